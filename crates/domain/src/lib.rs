//! The rules of the trade: who is who, what an alarm may become, which clock runs, what a figure means, what a bulletin says.
//!
//! Pure values and functions. Deliberately absent: I/O, async, the current time, randomness, SQL, HTTP. Time and ids come in as
//! arguments, so that every rule can be tested as a table and replayed from rows.

pub mod access;
pub mod alarm;
pub mod beijing;
pub mod bulletin;
pub mod calendar;
pub mod camera;
pub mod category;
pub mod contract;
pub mod device;
pub mod duty;
pub mod facility;
pub mod figures;
pub mod ids;
pub mod interval;
pub mod lint;
pub mod notice;
pub mod organisation;
pub mod place;
pub mod plan;
pub mod quality;
pub mod recording;
pub mod region;
pub mod register;
pub mod role;
pub mod unit;
mod words;
pub mod zone;
