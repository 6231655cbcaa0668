//! H.264 and H.265: boundaries of units, parameter sets, the two forms, the way through MP4.

use media::fmp4::{Sample, fragment, init_segment};
use media::{NalKind, VideoCodec, VideoParameters, nal};

use super::video_file::opened;

/// Largest picture side that is believed, in pixels.
const SIDE_PX_MAX: u16 = 16_384;

/// Units lie in the stream and in order; one form is the other and back; what goes into a file comes out of it.
pub fn coded_video(bytes: &[u8]) {
    units(bytes);
    let sample = nal::from_byte_stream(bytes);
    assert!(nal::units(&sample).eq(nal::byte_stream_units(bytes)));
    let stream = nal::to_byte_stream(&sample);
    assert!(nal::byte_stream_units(&stream).eq(nal::units(&sample)));
    for length_bytes in 1..=4 {
        if let Some(found) = nal::from_lengths(bytes, length_bytes, &[]) {
            assert!(found.len() <= bytes.len() * 4);
        }
    }
    for codec in [VideoCodec::H264, VideoCodec::H265] {
        assert!(codec.bytes_ahead(&sample) <= sample.len());
        if let Some(found) = codec.parameters_of(&sample) {
            assert!(
                (1..=SIDE_PX_MAX).contains(&found.width_px) && (1..=SIDE_PX_MAX).contains(&found.height_px)
            );
            assert_eq!(VideoParameters::new(codec, found.units()).as_ref(), Some(&found));
            through_a_file(&found, &sample);
        }
    }
}

fn units(bytes: &[u8]) {
    let mut behind = bytes.as_ptr_range().start;
    for unit in nal::byte_stream_units(bytes) {
        let range = unit.as_ptr_range();
        assert!(behind <= range.start && range.end <= bytes.as_ptr_range().end);
        assert!(!unit.is_empty() && !unit.ends_with(&[0]));
        assert!(!unit.windows(3).any(|window| window == [0, 0, 1]), "a start code inside a unit");
        behind = range.end;
    }
}

fn through_a_file(parameters: &VideoParameters, sample: &[u8]) {
    let codec = parameters.codec;
    let mut mp4 = init_segment(parameters, None);
    let is_key = nal::units(sample).any(|unit| codec.kind(unit) == NalKind::Key);
    let data = &sample[codec.bytes_ahead(sample)..];
    mp4.extend(fragment(1, &Sample { dts: 90_000, offset: 0, duration: 3_600, is_key, data }));
    let mut file = opened(&mp4).expect("a file of our own");
    assert_eq!(file.parameters().as_ref(), parameters);
    let read = file.next_sample().expect("a picture of our own").expect("one picture");
    let front: &[u8] = if is_key { &parameters.sets } else { &[] };
    assert_eq!((read.dts_us, read.is_key), (1_000_000, is_key));
    assert_eq!(read.data, [front, data].concat());
}
