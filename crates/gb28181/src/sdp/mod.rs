//! SDP as GB/T 28181 writes it (9.2, annex C and G): RFC 4566 with the lines `y=` (SSRC) and `f=` (media parameters) of its own.
//!
//! The reader takes any order of lines, any line ends, and whatever it does not know as an attribute. The writer puts `y=` behind
//! everything and `f=` behind that, because a Hikvision device refuses a TCP session with 415 otherwise (Monibuca PR#123).

mod format;
mod media;
mod offer;
mod read;
mod session;
#[cfg(test)]
mod tests;
mod write;

pub use format::{
    AudioCodec, AudioFormat, BitRate, MediaFormat, RateType, Resolution, SampleRate, VideoCodec, VideoFormat,
};
pub use media::{Attribute, Direction, Media, MediaKind, RtpMap, Setup, Transport};
pub use offer::{Offer, Wanted};
pub use session::{History, Sdp, SessionKind};

/// `Content-Type` of these bodies; compare without regard to letter case.
pub const CONTENT_TYPE: &str = "APPLICATION/SDP";

/// The largest body that is read; real ones have 20 lines.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// How many lines are looked at.
pub const LINES_MAX: usize = 256;

/// How many media sections are kept; two, sound and pictures, are the most that was seen.
pub const MEDIA_MAX: usize = 8;

/// How many attributes one section keeps.
pub const ATTRIBUTES_MAX: usize = 64;

/// Why a body is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// More than [`BODY_BYTES_MAX`].
    #[error("the SDP has {0} bytes, more than {BODY_BYTES_MAX}")]
    TooLarge(usize),
    /// There is no `m=` that can be read.
    #[error("the SDP has no media line")]
    NoMedia,
}
