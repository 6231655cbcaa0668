//! Schools in a box: cameras that behave, and misbehave, without a school.
//!
//! Scenes are drawn by our own code (a ray-cast interior, a fluid fire, a person made of a few shapes), encoded
//! once as H.264 (files may bring H.265 and sound) and served for ever over real RTSP, with faults on demand, or sent to a platform that
//! invites them by GB/T 28181; a duty room is drawn live instead, because its screen shows a code that nobody knows before; a small ONVIF device can announce them, and a small S3 service takes their recordings. A transmission device
//! tells what the detectors of a school say, by GB/T 26875.3. Guards of a duty room do their duty, or play the tricks that inspections have found. Every picture carries the word SIMULATED. Only `demo`, `simulate` and tests use this crate; the product never needs it.

pub mod clip;
mod drawing;
pub mod duty_room;
pub mod encode;
pub mod gb28181;
pub mod guards;
mod hex;
mod label;
pub mod onvif;
pub mod picture;
mod reel;
pub mod room_code;
pub mod rtsp;
pub mod scene;
mod simulator;
mod soundtrack;
pub mod storage;
pub mod transmitter;

pub use clip::{Clip, ClipError};
pub use duty_room::DutyRoom;
pub use guards::{CodeShown, Conduct, Glance, Guards, Lens, Reply};
pub use room_code::RoomCode;
pub use rtsp::Faults;
pub use scene::Scene;
pub use simulator::{
    SimulatedCamera, Simulator, SimulatorConfig, SimulatorError, VideoSource, cameras_of, many_cameras,
};
pub use soundtrack::{SoundPiece, Soundtrack};
