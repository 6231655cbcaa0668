//! Orders to a device (9.3, A.2.3.1). One message carries one order.

mod blocks;
mod command;

pub use blocks::{PtzParams, PtzPrecise, TargetTrack, TrackMode, Window};
pub use command::{Command, DeviceControl};
