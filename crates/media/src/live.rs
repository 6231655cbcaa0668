//! Live view for browsers: an initialisation segment, then one fragment per frame, sent the moment it is here.
//!
//! Waiting for the next frame to know this one's duration would cost one frame of delay; instead the duration is
//! guessed from the steps so far and the next fragment's own decoding time corrects it. A guess may be too long
//! without harm; where the next frame comes more than twice the guess later, players throw everything away up to
//! the next key frame (Media Source Extensions, coded frame processing), so such a gap is closed: a viewer of live
//! pictures has no use for it.
//!
//! A recording that is sent faster or slower than it was made is shown as it arrives: its time is divided by its speed.

use crate::codec::VideoParameters;
use crate::fmp4::{self, TIMESCALE};
use crate::hub::FrameReader;
use crate::pace::Pace;
use bytes::Bytes;
use std::sync::Arc;

/// Duration of the first frame, before a step is known: 1/10 s.
const FIRST_DURATION: i64 = TIMESCALE as i64 / 10;
/// Longest duration announced: 1 s.
const DURATION_MAX: i64 = TIMESCALE as i64;

/// One message for a player.
#[derive(Debug, Clone)]
pub enum LivePart {
    /// `ftyp` and `moov`; first, and again when the picture changes.
    Init {
        /// For the MIME type `video/mp4; codecs="…"`.
        codec: String,
        /// Width of the picture.
        width_px: u16,
        /// Height of the picture.
        height_px: u16,
        /// The segment.
        data: Bytes,
    },
    /// `moof` and `mdat` with one frame.
    Fragment {
        /// The segment.
        data: Bytes,
        /// A player can begin here.
        is_key: bool,
        /// When the frame was complete here, microseconds UTC.
        received_at_us: i64,
    },
}

/// The live view of one viewer.
#[derive(Debug)]
pub struct LiveReader {
    frames: FrameReader,
    parameters: Option<Arc<VideoParameters>>,
    pending: Option<LivePart>,
    clock: LiveClock,
    pace: Pace,
    number: u32,
}

/// The time line of one viewer, in ticks: begins at 0 and has no gaps.
#[derive(Debug)]
struct LiveClock {
    /// Decoding time of the last frame, by the camera and by the viewer.
    last: Option<(i64, i64)>,
    duration: i64,
    mean_step: i64,
}

impl LiveClock {
    fn new() -> Self {
        Self { last: None, duration: FIRST_DURATION, mean_step: FIRST_DURATION }
    }

    /// Places a frame of a stream of this speed; returns its decoding time and the duration to announce.
    fn place(&mut self, dts: i64, speed: f64) -> (i64, i64) {
        let Some((last_in, last_out)) = self.last else {
            self.last = Some((dts, 0));
            return (0, self.duration);
        };
        let step = (((dts - last_in) as f64 / speed) as i64).max(1);
        let gap = step * 10 > self.duration * 19;
        let placed = last_out + if gap { self.duration } else { step };
        if !gap || step <= DURATION_MAX {
            self.mean_step += (step - self.mean_step) / 8;
            self.duration = step.max(self.mean_step).min(DURATION_MAX);
        }
        self.last = Some((dts, placed));
        (placed, self.duration)
    }
}

impl LiveReader {
    pub(crate) fn new(frames: FrameReader) -> Self {
        Self {
            frames,
            parameters: None,
            pending: None,
            clock: LiveClock::new(),
            pace: Pace::new(),
            number: 0,
        }
    }

    /// The next message; `None` when the camera is stopped. Cancel-safe.
    pub async fn next(&mut self) -> Option<LivePart> {
        if let Some(part) = self.pending.take() {
            return Some(part);
        }
        let frame = self.frames.next().await?;
        let speed = self.pace.speed(frame.dts_us, frame.received_at_us, frame.discontinuity);
        let (dts, duration) = self.clock.place(fmp4::ticks(frame.dts_us), speed);
        let offset = (fmp4::ticks(frame.pts_us - frame.dts_us) as f64 / speed) as i32;
        self.number = self.number.wrapping_add(1);
        let data = frame.sample();
        let sample = fmp4::Sample {
            dts: dts as u64,
            offset,
            duration: duration as u32,
            is_key: frame.is_key,
            data: &data,
        };
        let fragment = LivePart::Fragment {
            data: fmp4::fragment(self.number, &sample).into(),
            is_key: frame.is_key,
            received_at_us: frame.received_at_us,
        };
        if self.parameters.as_ref() == Some(&frame.parameters) {
            return Some(fragment);
        }
        self.pending = Some(fragment);
        self.parameters = Some(frame.parameters.clone());
        Some(LivePart::Init {
            codec: frame.parameters.codec_string.clone(),
            width_px: frame.parameters.width_px,
            height_px: frame.parameters.height_px,
            data: fmp4::init_segment(&frame.parameters, None).into(),
        })
    }

    /// Frames left out because this viewer was too slow.
    pub fn lost(&self) -> u64 {
        self.frames.lost()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a player does: no step may be longer than twice the duration announced before it.
    fn watch(steps: &[i64]) -> i64 {
        watch_at(1.0, steps)
    }

    fn watch_at(speed: f64, steps: &[i64]) -> i64 {
        let mut clock = LiveClock::new();
        let (mut camera, mut last) = (5_000, None);
        for step in steps {
            camera += step;
            let (dts, duration) = clock.place(camera, speed);
            if let Some((last_dts, last_duration)) = last {
                assert!(dts > last_dts && dts - last_dts <= 2 * last_duration, "{step}: {dts} {last:?}");
            }
            last = Some((dts, duration));
        }
        last.map_or(0, |(dts, _)| dts)
    }

    #[test]
    fn a_playback_is_shown_as_fast_as_it_is_sent() {
        assert_eq!(watch_at(4.0, &[3_600; 101]), 100 * 900);
        let slow = watch_at(0.25, &[3_600; 101]);
        assert!((99 * 14_400..=100 * 14_400).contains(&slow), "{slow}");
    }

    #[test]
    fn players_never_see_a_gap_and_steady_cameras_keep_their_time() {
        assert_eq!(watch(&[9_000; 50]), 49 * 9_000);
        assert_eq!(watch(&[3_600; 50]), 49 * 3_600);
        watch(&[3_600, 3_600, 900_000, 3_600, 5_400_000, 1, 1, 3_600]);
        watch(&[90_000; 20]);
        let uneven: Vec<i64> = (0..400).map(|number| if number % 2 == 0 { 1_000 } else { 6_200 }).collect();
        let shown = watch(&uneven);
        assert!((1_400_000..=1_440_000).contains(&shown), "{shown}");
    }
}
