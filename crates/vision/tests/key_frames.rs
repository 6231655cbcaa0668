//! Key frames as cameras send them, and as they arrive when something went wrong.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use openh264::{
    encoder::Encoder,
    formats::{RgbSliceU8, YUVBuffer},
};
use proptest::prelude::*;
use vision::{
    Coding::H264, DecodeError, FireSmoke, KeyframeDecoder, Picture, Times, VideoDecoder,
    decode::MAX_ACCESS_UNIT_BYTES,
};

fn rgb(width: usize, height: usize, seed: u8) -> Vec<u8> {
    let shade =
        |i: usize, k: usize| ((i % width) * k / 4 + (i / width) * 3 + usize::from(seed)) as u8 / 2 + 40;
    (0..width * height).flat_map(|i| [shade(i, 1), shade(i, 2), shade(i, 3)]).collect()
}

/// One access unit with parameter sets and an IDR picture.
fn key_frame(width: usize, height: usize, seed: u8) -> Vec<u8> {
    let rgb = rgb(width, height, seed);
    let yuv = YUVBuffer::from_rgb_source(RgbSliceU8::new(&rgb, (width, height)));
    Encoder::new().unwrap().encode(&yuv).unwrap().to_vec()
}

fn assert_shows(picture: &Picture, expected: &[u8]) {
    let off: u64 = picture.to_rgb().iter().zip(expected).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = off as f64 / expected.len() as f64;
    assert!(mean < 12.0, "mean difference {mean:.1} grey levels");
}

#[test]
fn one_decoder_serves_cameras_of_several_sizes() {
    let mut decoder = KeyframeDecoder::new();
    for round in 0..3 {
        for (width, height) in [(640, 360), (320, 240), (704, 576)] {
            let picture = decoder.decode(H264, &key_frame(width, height, round)).unwrap();
            assert_eq!((picture.width() as usize, picture.height() as usize), (width, height));
            assert_shows(&picture, &rgb(width, height, round));
        }
    }
}

#[test]
fn a_frame_that_does_not_stand_alone_is_refused() {
    let mut decoder = KeyframeDecoder::new();
    let whole = key_frame(320, 240, 1);
    let starts: Vec<usize> =
        whole.windows(4).enumerate().filter(|(_, w)| *w == [0, 0, 0, 1]).map(|(i, _)| i).collect();
    let only_slice = &whole[starts[2]..];
    assert!(matches!(
        decoder.decode(H264, only_slice),
        Err(DecodeError::Incomplete("sequence parameter set"))
    ));
    let without_slice = &whole[..starts[2]];
    assert!(matches!(decoder.decode(H264, without_slice), Err(DecodeError::Incomplete("IDR slice"))));
    assert!(matches!(decoder.decode(H264, &[]), Err(DecodeError::Incomplete(_))));
    let endless = vec![0; MAX_ACCESS_UNIT_BYTES + 1];
    assert!(matches!(decoder.decode(H264, &endless), Err(DecodeError::TooLong(_))));
}

#[test]
fn a_cut_frame_does_not_spoil_the_next_camera() {
    let mut decoder = KeyframeDecoder::new();
    let cut = key_frame(320, 240, 1);
    let _ = decoder.decode(H264, &cut[..cut.len() / 2]);
    let picture = decoder.decode(H264, &key_frame(320, 240, 9)).unwrap();
    assert_shows(&picture, &rgb(320, 240, 9));
}

/// Found by fuzzing: the first unit holds a picture and the beginning of a second, the other one less than a picture.
#[test]
fn what_a_unit_leaves_over_does_not_become_the_next_cameras_picture() {
    let mut decoder = KeyframeDecoder::new();
    let before = decoder.decode(H264, include_bytes!("frames/more-than-one.h264")).unwrap();
    let less_than_one = include_bytes!("frames/less-than-one.h264");
    let after = decoder.decode(H264, less_than_one).unwrap();
    assert!(before != after && after == KeyframeDecoder::new().decode(H264, less_than_one).unwrap());
}

#[test]
fn a_video_is_decoded_from_its_first_key_frame_on_and_survives_damage() {
    let mut encoder = Encoder::new().unwrap();
    let units: Vec<Vec<u8>> = (0..6)
        .map(|i| {
            if i == 4 {
                encoder.force_intra_frame();
            }
            let rgb = rgb(320, 240, i);
            encoder.encode(&YUVBuffer::from_rgb_source(RgbSliceU8::new(&rgb, (320, 240)))).unwrap().to_vec()
        })
        .collect();
    let at = |number: i64| Times { dts_us: number * 40_000, pts_us: number * 40_000 };
    let mut decoder = VideoDecoder::new(H264);
    assert!(decoder.decode(&units[1], at(1)).unwrap().is_empty(), "nothing before the key frame");
    for (unit, seed) in units.iter().zip(0..3) {
        let shown = decoder.decode(unit, at(seed.into())).unwrap().remove(0);
        assert_shows(&shown.picture, &rgb(320, 240, seed));
    }
    let mut damaged = units[3].clone();
    damaged.truncate(damaged.len() / 3);
    let _ = decoder.decode(&damaged, at(3));
    let shown = decoder.decode(&units[4], at(4)).unwrap();
    assert_shows(&shown.last().unwrap().picture, &rgb(320, 240, 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_key_frames_are_errors_or_pictures(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24)) {
        let mut unit = key_frame(128, 96, 3);
        for (at, value) in flips {
            let at = at.index(unit.len());
            unit[at] = value;
        }
        let mut decoder = KeyframeDecoder::new();
        let _ = decoder.decode(H264, &unit);
        prop_assert!(decoder.decode(H264, &key_frame(64, 64, 3)).is_ok());
    }

    #[test]
    fn noise_is_an_error(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(KeyframeDecoder::new().decode(H264, &bytes).is_err());
        prop_assert!(Picture::from_encoded(&bytes).is_err());
    }

    #[test]
    fn damaged_weights_are_errors_or_weights(at in any::<prop::sample::Index>(), value in any::<u8>(), cut in 0_usize..64) {
        let mut bytes = include_bytes!("../../../models/firesmoke.safetensors").to_vec();
        bytes.truncate(bytes.len() - cut);
        let header = 8 + usize::try_from(u64::from_le_bytes(bytes[..8].try_into().unwrap())).unwrap();
        let at = at.index(header);
        bytes[at] = value;
        let _ = FireSmoke::load(&bytes);
    }
}
