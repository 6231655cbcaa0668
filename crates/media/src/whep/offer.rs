//! What a browser offers: text from outside, looked at before a library reads it, and why it may be refused.
//!
//! Addresses in an offer are taken out. This server only answers checks (ICE lite) and learns from them where a viewer is, so nobody
//! can name an address to which it should send.

use crate::codec::VideoCodec;
use str0m::change::SdpOffer;
use thiserror::Error;

/// Longest offer read; browsers send 3 to 9 kB for one picture with sound.
pub const OFFER_BYTES_MAX: usize = 64 << 10;
/// Most lines of an offer; browsers send 100 to 250.
const LINES_MAX: usize = 2_000;
/// Most media of an offer: a picture, sound, and one to spare.
const MEDIA_MAX: usize = 3;

/// Why an offer is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OfferError {
    /// Too long, or not a session description.
    #[error("not a session description that can be read: {0}")]
    Unreadable(String),
    /// Nothing to show pictures with.
    #[error("the offer has no video that would receive")]
    NoVideo,
    /// The camera's coding is not among those offered.
    #[error("the camera sends {}, which the offer does not take", .0.name())]
    Codec(VideoCodec),
    /// As many viewers as are allowed.
    #[error("too many viewers at once")]
    Full,
    /// The camera sends nothing.
    #[error("the camera sends no picture yet")]
    NoPicture,
}

/// Reads an offer.
pub(super) fn read(text: &str) -> Result<SdpOffer, OfferError> {
    let unreadable = |why: &str| Err(OfferError::Unreadable(why.to_owned()));
    if text.len() > OFFER_BYTES_MAX || text.lines().count() > LINES_MAX {
        return unreadable("too long");
    }
    let is_plain = |byte: u8| matches!(byte, b'\r' | b'\n' | b'\t' | b' '..=b'~');
    if !text.bytes().all(is_plain) {
        return unreadable("not plain text");
    }
    let media = || text.lines().filter(|line| line.starts_with("m="));
    if media().count() > MEDIA_MAX {
        return unreadable("too many media");
    }
    if !media().any(|line| line.starts_with("m=video ")) {
        return Err(OfferError::NoVideo);
    }
    let is_address = |line: &&str| line.starts_with("a=candidate") || line.starts_with("a=end-of-candidates");
    let kept: Vec<&str> = text.lines().filter(|line| !is_address(line)).collect();
    let kept = kept.join("\r\n") + "\r\n";
    SdpOffer::from_sdp_string(&kept).map_err(|error| OfferError::Unreadable(error.to_string()))
}
