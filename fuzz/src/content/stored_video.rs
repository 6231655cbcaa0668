//! A stored video, decoded picture by picture.

use media::{NalKind, VideoCodec, nal};
use vision::{Coding, Times, VideoDecoder};

use super::picture::check;

/// Pictures of an input that are decoded.
const UNITS_MAX: usize = 30;

/// Each slice with the parameter sets before it is a unit; every picture that comes out keeps its limits.
pub fn stored_video(bytes: &[u8]) {
    for (codec, coding) in [(VideoCodec::H264, Coding::H264), (VideoCodec::H265, Coding::H265)] {
        let mut decoder = VideoDecoder::new(coding);
        for (number, unit) in (0..).zip(access_units(codec, bytes).iter().take(UNITS_MAX)) {
            let dts_us = number * 40_000;
            match decoder.decode(unit, Times { dts_us, pts_us: dts_us + 80_000 }) {
                Ok(shown) => shown.iter().for_each(|shown| check(&shown.picture)),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        decoder.finish().iter().for_each(|shown| check(&shown.picture));
    }
}

fn access_units(codec: VideoCodec, bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut units, mut unit) = (Vec::new(), Vec::new());
    for found in nal::byte_stream_units(bytes) {
        nal::push_to_byte_stream(&mut unit, found);
        if matches!(codec.kind(found), NalKind::Key | NalKind::Picture) {
            units.push(std::mem::take(&mut unit));
        }
    }
    units.push(unit);
    units
}
