//! What coding anew costs: `transcode_speed FILE.h264|FILE.h265 [HEIGHT_MAX]`, a bare byte stream of one slice a picture at 25 a second.
//!
//! Prints how many times real time one core makes of decoding alone, of an altered copy (whole size, people hidden), and of a conversion for
//! browsers (720 lines, 15 a second).
#![allow(clippy::print_stdout, reason = "a measurement for a terminal")]

use std::error::Error;
use std::time::Instant;

use vision::{
    Alter, Coding, Disguise, EmptyRoom, EncoderSettings, KeyframeDecoder, Picture, Times, TranscodeSettings,
    Transcoder, VideoDecoder,
};

const STEP_US: i64 = 40_000;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: transcode_speed FILE.h264|FILE.h265")?;
    let coding = if path.ends_with("265") { Coding::H265 } else { Coding::H264 };
    let stream = std::fs::read(&path)?;
    let units = access_units(coding, &stream);
    let length_s = units.len() as f64 * STEP_US as f64 / 1e6;
    let times = |number: usize| {
        let dts_us = number as i64 * STEP_US;
        Times { dts_us, pts_us: dts_us }
    };
    let tell = |what: &str, began: Instant, pictures: usize| {
        let took_s = began.elapsed().as_secs_f64();
        println!(
            "{what}: {:.1} times real time, {pictures} pictures of {length_s:.1} s in {took_s:.1} s",
            length_s / took_s
        );
    };

    let (began, mut decoder, mut pictures) = (Instant::now(), VideoDecoder::new(coding), 0);
    for (number, unit) in units.iter().enumerate() {
        pictures += decoder.decode(unit, times(number))?.len();
    }
    pictures += decoder.finish().len();
    tell("decoding", began, pictures);

    let mut room = EmptyRoom::new();
    let keys = units.iter().filter_map(|unit| KeyframeDecoder::new().decode(coding, unit).ok());
    keys.take(EmptyRoom::LOOKS_MAX).for_each(|picture| room.add(&picture));
    let encoder = EncoderSettings { bits_per_s: None, frame_rate_hz: 25.0, group_us: 2_000_000 };
    let copy = TranscodeSettings { encoder, height_max_px: 2160, step_min_us: 0 };
    let encoder = EncoderSettings { bits_per_s: Some(1_200_000), frame_rate_hz: 15.0, ..encoder };
    let conversion = TranscodeSettings { encoder, height_max_px: 720, step_min_us: 62_000 };
    let mut disguise = Disguise::new(Vec::new(), Some(&room));
    let mut hide = |picture: &mut Picture, pts_us: i64| disguise.apply(picture, pts_us);
    let mut nothing = |_: &mut Picture, _: i64| ();
    let ways: [(&str, TranscodeSettings, Alter<'_>); 2] =
        [("altered copy", copy, &mut hide), ("conversion", conversion, &mut nothing)];
    for (what, settings, alter) in ways {
        let (began, mut transcoder, mut pictures) = (Instant::now(), Transcoder::new(coding, settings), 0);
        for (number, unit) in units.iter().enumerate() {
            pictures += transcoder.push(unit, times(number), alter)?.len();
        }
        pictures += transcoder.finish(alter)?.len();
        tell(what, began, pictures);
    }
    Ok(())
}

/// Access units: whatever stands before a picture belongs to it.
fn access_units(coding: Coding, stream: &[u8]) -> Vec<&[u8]> {
    let is_picture = |head: u8| match coding {
        Coding::H264 => matches!(head & 0x1f, 1 | 5),
        Coding::H265 => (head >> 1 & 0x3f) < 32,
    };
    let starts: Vec<usize> =
        (0..stream.len().saturating_sub(4)).filter(|at| stream[*at..*at + 3] == [0, 0, 1]).collect();
    let (mut units, mut begin) = (Vec::new(), 0);
    for (number, start) in starts.iter().enumerate() {
        if is_picture(stream[start + 3]) {
            let end = starts.get(number + 1).copied().unwrap_or(stream.len());
            units.push(&stream[begin..end]);
            begin = end;
        }
    }
    units
}
