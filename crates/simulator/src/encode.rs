//! Drawn pictures to H.264, as a cheap camera would do it: baseline, a key frame every two seconds, no B-frames.
//!
//! Rate control is off: with it the encoder wants to leave pictures out, and a camera with holes in its rate would
//! make every measurement of lateness doubtful.

use crate::clip::{Clip, ClipError, RTP_CLOCK, Unit};
use crate::picture::Picture;
use media::{NalKind, VideoCodec, nal};
use openh264::OpenH264API;
use openh264::Timestamp;
use openh264::encoder::{
    Complexity, Encoder, EncoderConfig, FrameRate, IntraFramePeriod, RateControlMode, UsageType,
};
use openh264::formats::YUVSlices;

/// Distance of key frames in seconds.
pub const GROUP_S: u32 = 2;

/// Encodes pictures of a constant rate into a clip, all at once.
pub fn encode(pictures: impl Iterator<Item = Picture>, frame_rate: u32) -> Result<Clip, ClipError> {
    let mut units = Vec::new();
    encode_each(at_rate(pictures, frame_rate), frame_rate, |unit| {
        units.push(unit);
        true
    })?;
    let duration = units.last().map_or(0, |unit| unit.pts) + RTP_CLOCK / frame_rate;
    Clip::new(units, duration)
}

/// Pictures with their times in RTP ticks, at a constant rate.
pub fn at_rate(
    pictures: impl Iterator<Item = Picture>,
    frame_rate: u32,
) -> impl Iterator<Item = (u32, Picture)> {
    (0..).step_by((RTP_CLOCK / frame_rate) as usize).zip(pictures)
}

/// Encodes pictures with their times in RTP ticks and hands out each as it is ready, until `take` answers false. The rate is what the distance
/// of key frames is counted by.
pub fn encode_each(
    pictures: impl Iterator<Item = (u32, Picture)>,
    frame_rate: u32,
    mut take: impl FnMut(Unit) -> bool,
) -> Result<(), ClipError> {
    let config = EncoderConfig::new()
        .max_frame_rate(FrameRate::from_hz(frame_rate as f32))
        .rate_control_mode(RateControlMode::Off)
        .skip_frames(false)
        .usage_type(UsageType::CameraVideoRealTime)
        .complexity(Complexity::Low)
        .scene_change_detect(false)
        .num_threads(1)
        .intra_frame_period(IntraFramePeriod::from_num_frames(frame_rate * GROUP_S));
    let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config)?;
    for (pts, picture) in pictures {
        let (width, height) = (picture.width, picture.height);
        let planes = YUVSlices::new(picture.planes(), (width, height), (width, width / 2, width / 2));
        let at = Timestamp::from_millis(u64::from(pts) * 1000 / u64::from(RTP_CLOCK));
        let data = encoder.encode_at(&planes, at)?.to_vec();
        let unit = Unit { pts, send_at: pts, is_key: is_key(&data), data: data.into() };
        if !unit.data.is_empty() && !take(unit) {
            break;
        }
    }
    Ok(())
}

fn is_key(data: &[u8]) -> bool {
    nal::byte_stream_units(data).any(|unit| VideoCodec::H264.kind(unit) == NalKind::Key)
}
