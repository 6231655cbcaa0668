//! A stored video, decoded picture by picture.

use media::h264::{nal_type, nal_unit_type, nal_units, push_annex_b};
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
    for nal in nal_units(bytes) {
        push_annex_b(&mut unit, nal);
        if (nal_type::SLICE..=nal_type::IDR).contains(&nal_unit_type(nal)) {
            units.push(std::mem::take(&mut unit));
        }
    }
    units.push(unit);
    units
}
