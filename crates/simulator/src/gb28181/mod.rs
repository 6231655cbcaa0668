//! Devices that register at a platform by GB/T 28181: cameras, recorders with channels, lower platforms; one of each, or 200 000.
//!
//! Each is the product's own device endpoint ([`gb28181::device::Device`]) with something behind it ([`apparatus`]): a catalog, made-up
//! recordings, alarm points, and the drawn scenes as its pictures. One task owns all of them and their sockets; every media session is a
//! task of its own. What devices do wrong is switched on by [`gb28181::device::Habit`]s.
//!
//! A device can be spoken to; it tells how much it heard and how loud.
//!
//! Left out: sound of its own, playing backwards, heads that turn the picture; a position is told once a subscription. Few devices have a port
//! each, as real ones do; many share sixteen, and what
//! arrives is told apart by the id in it.

mod alarm;
mod apparatus;
mod arrivals;
mod crowd;
mod device;
mod error;
mod event;
mod happenings;
mod heads;
mod media;
mod node;
mod recordings;
mod run;
mod start;
mod timers;
mod upkeep;
mod upload;

pub use alarm::Raised;
pub use crowd::{Crowd, CrowdError};
pub use device::{GbChannel, GbDevice, GbSimulatorConfig, Signalling};
pub use error::GbSimulatorError;
pub use event::{GbEvent, GbTotals, Happening};
pub use gb28181::device::{Habit, Habits};
pub use start::GbSimulator;
