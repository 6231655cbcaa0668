//! A stored video, decoded picture by picture.

use media::{NalKind, VideoCodec, nal};
use vision::VideoDecoder;

use super::picture::check;

/// Pictures of an input that are decoded.
const UNITS_MAX: usize = 30;

/// Each slice with the parameter sets before it is a unit; every picture that comes out keeps its limits.
pub fn stored_video(bytes: &[u8]) {
    let mut decoder = VideoDecoder::new();
    for unit in access_units(bytes).iter().take(UNITS_MAX) {
        match decoder.decode(unit) {
            Ok(Some(picture)) => check(&picture),
            Ok(None) => {}
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn access_units(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut units, mut unit) = (Vec::new(), Vec::new());
    for found in nal::byte_stream_units(bytes) {
        nal::push_to_byte_stream(&mut unit, found);
        if matches!(VideoCodec::H264.kind(found), NalKind::Key | NalKind::Picture) {
            units.push(std::mem::take(&mut unit));
        }
    }
    units.push(unit);
    units
}
