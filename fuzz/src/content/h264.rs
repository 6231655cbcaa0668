//! H.264 byte streams: boundaries of units, parameter sets, the ways into MP4 and back.

use media::fmp4::{Sample, fragment, init_segment};
use media::h264::{
    from_length_prefixed, is_key, nal_type, nal_unit_type, nal_units, parameters_of, picture_size,
    push_annex_b, to_length_prefixed,
};
use media::{VideoParameters, h264::parameters};

use super::video_file::opened;

/// Largest picture side that is believed, in pixels.
const SIDE_PX_MAX: u16 = 16_384;

/// Units lie in the stream and in order; what is framed for MP4 is the same stream again, also through a file.
pub fn h264(bytes: &[u8]) {
    units(bytes);
    framing(bytes);
    if let Some((width, height)) = picture_size(bytes) {
        assert!((1..=SIDE_PX_MAX).contains(&width) && (1..=SIDE_PX_MAX).contains(&height));
    }
    if let Some(found) = parameters_of(bytes) {
        assert_eq!(parameters(&found.sps, &found.pps).as_ref(), Some(&found));
        assert_eq!(found.codec_string().len(), "avc1.42c01e".len());
        through_a_file(&found, bytes);
    }
}

fn units(bytes: &[u8]) {
    let mut behind = bytes.as_ptr_range().start;
    for unit in nal_units(bytes) {
        let range = unit.as_ptr_range();
        assert!(behind <= range.start && range.end <= bytes.as_ptr_range().end);
        assert!(!unit.is_empty() && !unit.ends_with(&[0]));
        assert!(!unit.windows(3).any(|window| window == [0, 0, 1]), "a start code inside a unit");
        behind = range.end;
    }
}

fn framing(bytes: &[u8]) {
    for length_bytes in 1..=4 {
        if let Some(stream) = from_length_prefixed(bytes, length_bytes, &[]) {
            assert!(stream.len() <= bytes.len() * 4);
        }
    }
    let mut framed = Vec::new();
    to_length_prefixed(bytes, &mut framed);
    assert_eq!(from_length_prefixed(&framed, 4, &[]), Some(kept(bytes)));
}

/// The units that MP4 keeps, as a byte stream.
fn kept(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let is_left_out =
        |kind| matches!(kind, nal_type::SPS | nal_type::PPS | nal_type::DELIMITER | nal_type::FILLER);
    for unit in nal_units(bytes).filter(|unit| !is_left_out(nal_unit_type(unit))) {
        push_annex_b(&mut stream, unit);
    }
    stream
}

fn through_a_file(parameters: &VideoParameters, bytes: &[u8]) {
    let mut mp4 = init_segment(parameters);
    let is_key = is_key(bytes);
    mp4.extend(fragment(1, &Sample { dts: 90_000, offset: 0, duration: 3_600, is_key, data: bytes }));
    let mut file = opened(&mp4).expect("a file of our own");
    assert_eq!(file.parameters().as_ref(), parameters);
    let sample = file.next_sample().expect("a picture of our own").expect("one picture");
    let mut expected = Vec::new();
    if is_key {
        push_annex_b(&mut expected, &parameters.sps);
        push_annex_b(&mut expected, &parameters.pps);
    }
    expected.extend(kept(bytes));
    assert_eq!(
        (sample.dts_us, sample.is_key, sample.data.as_ref()),
        (1_000_000, is_key, expected.as_slice())
    );
}
