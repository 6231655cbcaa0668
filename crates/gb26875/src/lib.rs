//! GB/T 26875.3—2011: the protocol between user information transmission devices (用户信息传输装置) and a monitoring centre (监控中心), as bytes.
//!
//! Fire alarm panels speak to a transmission device, and that speaks to us: a frame with a control unit and at most 1 024 bytes of application
//! data, answered by a confirmation. [`FrameReader`] finds frames in what a connection brings, however it is cut; [`Frame`] is one of them;
//! [`Data`] is what its application data says. Everything is bytes in, values out, and back: no sockets, no clock, no schools.
//!
//! The series is being renumbered and replaced from 2026 on, so this crate carries the edition in its types and nobody else names a part.

pub mod address;
pub mod data;
pub mod frame;
pub mod label;
pub mod reader;
pub mod states;
mod text;
pub mod units;
pub mod words;

pub use address::Address;
pub use data::{Data, DataError, Objects, TypeFlag};
pub use frame::{Command, DATA_BYTES_MAX, FRAME_BYTES_MAX, Frame, FrameError, Version};
pub use label::{Civil, TimeLabel};
pub use reader::{Found, FrameReader, Rubbish};
pub use states::{ComponentState, DeviceState, Operations, SystemState};
pub use units::{ComponentRef, SystemRef};
