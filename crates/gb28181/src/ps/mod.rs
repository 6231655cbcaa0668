//! MPEG-2 program streams (ISO/IEC 13818-1 §2.5) as GB/T 28181 uses them, and the frames inside.
//!
//! [`Demuxer`] takes the bytes of a program stream in pieces of any size and gives whole [`Frame`]s; [`Muxer`] does
//! the reverse. Neither knows about packets or sockets: what a network adds (the RTP time of a piece, the marker bit, a
//! gap) comes in through arguments, and a recorded file needs none of it.
//!
//! Devices in the field break every rule of the container, so nothing here trusts a length, a checksum or a declared
//! codec further than the bytes that follow confirm it. Whatever was repaired, skipped or dropped is counted in
//! [`Faults`].

mod adts;
mod audio;
mod choice;
mod clock;
mod codec;
mod demux;
mod faults;
mod frame;
mod map;
mod mux;
mod nal;
mod parser;
mod pes;
mod sets;
mod start_code;
mod trust;
mod video;

pub use codec::Codec;
pub use demux::{Demuxer, Hints};
pub use faults::Faults;
pub use frame::{Frame, ParameterSets};
pub use mux::{Muxer, Sample};
pub use nal::nal_units;

pub(crate) use audio::Audio;
pub(crate) use clock::{Stamp, Unwrap};
pub(crate) use frame::Sink;
pub(crate) use video::Video;
