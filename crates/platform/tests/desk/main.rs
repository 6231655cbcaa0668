//! Stories at the desks, on a real store in a temporary folder, with a clock and randomness that the story decides.

extern crate watchfire_platform as platform;

mod alarms;
mod fixture;
mod people;
mod registry;
