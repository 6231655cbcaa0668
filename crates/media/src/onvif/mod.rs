//! Cameras and recorders that speak ONVIF: what they are, which streams they have, how their heads are turned.
//!
//! [`OnvifClient::open`] greets a device, [`Device::facts`] asks what it is and has, [`Device::ptz`] turns it, and [`discovery`]
//! finds devices on a network. Pictures do not come this way: the result of asking is an [`RtspUrl`](crate::RtspUrl) for a
//! [`Source`](crate::Source).
//!
//! The one idea to read first: **the device is asked for its clock before anything is signed**. The usual log-in (WS-Security
//! UsernameToken) hashes the time, a device refuses a time that is not its own, and clocks of cameras are wrong by hours. So the
//! signature bears the device's time, and the difference is a fact about the device that people should see.
//!
//! Devices are not trusted. Answers have limits of bytes, elements, depth and time; no document type, no redirect; and a device
//! may only speak of itself: an address at another host is refused, never asked. Only `http` is spoken; over it a password
//! is never sent, only hashes of it.

mod address;
mod answer;
mod client;
mod clock;
mod device;
pub mod discovery;
mod envelope;
mod error;
mod facts;
mod login;
mod profiles;
mod ptz;
mod services;

pub use crate::reply::ReplyLimits;
pub use address::{AddressError, HTTP_PORT, OnvifAddress, SnapshotUrl, UrlRefusal};
pub use answer::Answer;
pub use client::{OnvifClient, OnvifSettings};
pub use clock::SKEW_TOLERATED_MS;
pub use device::Device;
pub use error::OnvifError;
pub(crate) use facts::said;
pub use facts::{DeviceFacts, Encoding, Identity, Profile};
pub use ptz::{HeadPosition, MOVE_SECONDS_MAX, Preset, PtzAction, Velocity};
pub use services::Services;
