//! The access desk: cameras of every unit, their secrets, their streams and what is wrong with them, and the devices that have cameras as
//! channels, and those that fire facilities speak through.
//!
//! A camera's row says what should be; the running stream says what is. Passwords are sealed before they reach the store and are
//! never given out again. Decoding pictures is `watch`.

mod camera;
pub mod cascade;
mod clocks;
mod convert;
pub mod devices;
pub mod heads;
mod look;
mod offline;
mod running;
mod thumbnails;
pub mod transmitters;
mod windows;

pub(crate) use camera::camera_object;
pub use camera::{CameraEdit, CameraView, NewCamera};
pub(crate) use clocks::{CameraClocks, run as run_clocks};
pub(crate) use convert::Conversions;
pub use look::StreamKind;
pub use media::whep::OFFER_BYTES_MAX;
pub use media::{LivePart, LiveReader, Viewing};
pub(crate) use offline::run as run_offline;
pub(crate) use running::state_of;
pub use running::{Health, Running};
pub use thumbnails::{THUMBNAIL_WIDTH_PX, Thumbnail};
pub use windows::{LiveSettings, Windows};
