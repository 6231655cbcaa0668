//! Video decoded in the order in which it is shown, and coded anew.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use vision::{
    Coding, EncoderSettings, KeyframeDecoder, Picture, Shown, Times, TranscodeSettings, Transcoder,
    VideoDecoder,
};

const STEP_US: i64 = 40_000;
/// Twelve pictures, each twelve levels lighter than the one before, in groups of six with pictures that need later ones.
const H264: &[u8] = include_bytes!("frames/reordered.h264");
const H265: &[u8] = include_bytes!("frames/reordered.h265");
/// When the pictures of a stream are shown, in the order in which they are coded.
const H264_SHOWN: [i64; 12] = [0, 4, 2, 1, 3, 5, 6, 10, 8, 7, 9, 11];
const H265_SHOWN: [i64; 12] = [0, 4, 2, 1, 3, 6, 5, 10, 8, 7, 9, 11];

/// Cuts a stream at its access unit delimiters.
fn access_units(coding: Coding, stream: &[u8]) -> Vec<&[u8]> {
    let is_delimiter = |byte: u8| match coding {
        Coding::H264 => byte & 0x1f == 9,
        Coding::H265 => byte >> 1 & 0x3f == 35,
    };
    let starts: Vec<usize> = (0..stream.len() - 4)
        .filter(|at| stream[*at..*at + 4] == [0, 0, 0, 1] && is_delimiter(stream[*at + 4]))
        .chain([stream.len()])
        .collect();
    starts.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect()
}

fn timed(coding: Coding) -> Vec<(&'static [u8], Times)> {
    let (stream, shown) = match coding {
        Coding::H264 => (H264, H264_SHOWN),
        Coding::H265 => (H265, H265_SHOWN),
    };
    let units = access_units(coding, stream);
    assert_eq!(units.len(), shown.len());
    let times = (-2..).zip(shown).map(|(dts, pts)| Times { dts_us: dts * STEP_US, pts_us: pts * STEP_US });
    units.into_iter().zip(times).collect()
}

fn mean(picture: &Picture) -> f64 {
    let luma = picture.planes()[0];
    luma.iter().map(|sample| f64::from(*sample)).sum::<f64>() / luma.len() as f64
}

fn assert_is(shown: &Shown, number: i64) {
    assert_eq!(shown.pts_us, number * STEP_US);
    // The lightness of 40 and 12 a picture, and a slope of 16 levels from left to right.
    let expected = 47.5 + number as f64 * 12.0;
    assert!(
        (mean(&shown.picture) - expected).abs() < 3.0,
        "{number}: {} for {expected}",
        mean(&shown.picture)
    );
}

#[test]
fn pictures_come_in_the_order_in_which_they_are_shown() {
    for coding in [Coding::H264, Coding::H265] {
        let mut decoder = VideoDecoder::new(coding);
        let mut shown = Vec::new();
        for (unit, times) in timed(coding) {
            shown.extend(decoder.decode(unit, times).unwrap());
        }
        shown.extend(decoder.finish());
        assert_eq!(shown.len(), 12, "{coding:?}");
        for (number, shown) in (0..).zip(&shown) {
            assert_is(shown, number);
        }
    }
}

#[test]
fn a_key_frame_of_either_coding_is_a_picture() {
    for coding in [Coding::H264, Coding::H265] {
        let picture = KeyframeDecoder::new().decode(coding, timed(coding)[0].0).unwrap();
        assert_is(&Shown { pts_us: 0, picture }, 0);
        assert!(KeyframeDecoder::new().decode(coding, timed(coding)[1].0).is_err());
    }
}

#[test]
fn a_stream_is_joined_at_its_next_key_frame() {
    for coding in [Coding::H264, Coding::H265] {
        let mut decoder = VideoDecoder::new(coding);
        let mut shown = Vec::new();
        for (unit, times) in timed(coding).into_iter().skip(1) {
            shown.extend(decoder.decode(unit, times).unwrap());
        }
        shown.extend(decoder.finish());
        assert!((5..=6).contains(&shown.len()), "{coding:?}: {}", shown.len());
        shown.iter().zip((12 - shown.len() as i64)..).for_each(|(shown, number)| assert_is(shown, number));
    }
}

fn settings() -> TranscodeSettings {
    let encoder = EncoderSettings { bits_per_s: None, frame_rate_hz: 25.0, group_us: 200_000 };
    TranscodeSettings { encoder, height_max_px: 1080, step_min_us: 0 }
}

#[test]
fn video_is_altered_and_coded_anew() {
    for coding in [Coding::H264, Coding::H265] {
        let mut transcoder = Transcoder::new(coding, settings());
        let mut darken =
            |picture: &mut Picture, _: i64| picture.planes_mut()[0].iter_mut().for_each(|y| *y /= 2);
        let mut coded = Vec::new();
        for (unit, times) in timed(coding) {
            coded.extend(transcoder.push(unit, times, &mut darken).unwrap());
        }
        coded.extend(transcoder.finish(&mut darken).unwrap());
        assert_eq!(
            coded.iter().map(|coded| coded.pts_us / STEP_US).collect::<Vec<_>>(),
            (0..12).collect::<Vec<_>>()
        );
        let keys: Vec<i64> =
            coded.iter().filter(|coded| coded.is_key).map(|coded| coded.pts_us / STEP_US).collect();
        assert_eq!(keys, [0, 5, 10], "a group of pictures is at most 200 ms long");
        let mut decoder = VideoDecoder::new(Coding::H264);
        for (number, coded) in (0..).zip(&coded) {
            let times = Times { dts_us: coded.pts_us, pts_us: coded.pts_us };
            let shown = decoder.decode(&coded.access_unit, times).unwrap().remove(0);
            let expected = 23.75 + f64::from(number) * 6.0;
            assert!((mean(&shown.picture) - expected).abs() < 3.0, "{}", mean(&shown.picture));
        }
        assert_eq!(transcoder.undecodable(), 0);
    }
}

#[test]
fn pictures_are_made_smaller_and_fewer_where_that_is_asked_for() {
    let settings = TranscodeSettings { height_max_px: 100, step_min_us: 75_000, ..settings() };
    let mut transcoder = Transcoder::new(Coding::H264, settings);
    let mut sizes = Vec::new();
    let mut look = |picture: &mut Picture, _: i64| sizes.push((picture.width(), picture.height()));
    for (unit, times) in timed(Coding::H264) {
        transcoder.push(unit, times, &mut look).unwrap();
    }
    transcoder.finish(&mut look).unwrap();
    assert_eq!(sizes, [(134, 100); 6]);
}

#[test]
fn what_cannot_be_decoded_is_counted_and_the_rest_goes_on() {
    let mut transcoder = Transcoder::new(Coding::H264, settings());
    let mut coded = Vec::new();
    for (number, (unit, times)) in timed(Coding::H264).into_iter().enumerate() {
        let broken: Vec<u8> =
            if number == 3 { unit[..6].iter().copied().chain([0xff; 40]).collect() } else { unit.to_vec() };
        coded.extend(transcoder.push(&broken, times, &mut |_, _| ()).unwrap());
    }
    coded.extend(transcoder.finish(&mut |_, _| ()).unwrap());
    assert!(coded.len() >= 8, "{}", coded.len());
}
