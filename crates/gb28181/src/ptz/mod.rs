//! Control of a camera's head: eight bytes as sixteen hexadecimal digits (A.3).
//!
//! [`Frame`] is the eight bytes with address and check sum, [`PtzCommand`] what they mean. Bytes that mean nothing to us are kept as
//! [`PtzCommand::Raw`], because vendors use free numbers.

mod command;
mod frame;
#[cfg(test)]
mod tests;

pub use command::{Focus, Iris, Pan, PresetAction, PtzCommand, ScanAction, Tilt, Zoom};
pub use frame::{Frame, PtzError};
