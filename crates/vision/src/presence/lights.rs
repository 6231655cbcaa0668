//! Whether the picture answers a light that is switched: proof that the camera sees the room now, and not a film of it.
//!
//! The median of the picture is compared with what it was before the command. Brighter and darker both count, because a camera that changes to
//! infrared shows a dark room bright. Cameras follow the light within seconds, so the first step counts and not what remains of it.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// Looks before the command that say how bright it was.
const BEFORE_MAX: usize = 5;
/// Step of the median, in grey levels, that answers. Clouds and passers-by stay below it within seconds.
const STEP_MIN: f32 = 10.0;
/// The step must also be this many times as large as the brightness went up and down before.
const SPREAD_TIMES: f32 = 2.0;

/// What followed a command.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// The picture became brighter or darker.
    Seen {
        /// When the switch was commanded.
        commanded_at: Timestamp,
        /// Time until the first look that shows it.
        after: SignedDuration,
        /// In grey levels.
        step: f32,
    },
    /// It did not in time.
    NotSeen {
        /// When the switch was commanded.
        commanded_at: Timestamp,
        /// Largest step seen, in grey levels.
        step: f32,
    },
}

/// Brightness of the last pictures, and a command that waits for its answer.
#[derive(Debug, Clone, Default)]
pub struct Lights {
    before: VecDeque<f32>,
    open: Option<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    commanded_at: Timestamp,
    largest: f32,
}

impl Lights {
    /// A light was commanded to switch.
    pub fn commanded(&mut self, at: Timestamp) {
        self.open = Some(Open { commanded_at: at, largest: 0.0 });
    }

    /// Takes the small luma picture of a look.
    pub fn observe(&mut self, at: Timestamp, luma: &[u8], within: SignedDuration) -> Option<Answer> {
        let brightness = median(luma);
        let Some(open) = self.open.filter(|open| at > open.commanded_at) else {
            self.remember(brightness);
            return None;
        };
        let after = at.duration_since(open.commanded_at);
        let step = self.mean().map_or(0.0, |mean| brightness - mean);
        if after <= within && step.abs() >= STEP_MIN.max(SPREAD_TIMES * self.spread()) {
            self.close(brightness);
            return Some(Answer::Seen { commanded_at: open.commanded_at, after, step });
        }
        let largest = if step.abs() > open.largest.abs() { step } else { open.largest };
        if after >= within {
            self.close(brightness);
            return Some(Answer::NotSeen { commanded_at: open.commanded_at, step: largest });
        }
        self.open = Some(Open { largest, ..open });
        None
    }

    fn close(&mut self, brightness: f32) {
        self.open = None;
        self.before.clear();
        self.remember(brightness);
    }

    fn remember(&mut self, brightness: f32) {
        if self.before.len() == BEFORE_MAX {
            self.before.pop_front();
        }
        self.before.push_back(brightness);
    }

    fn mean(&self) -> Option<f32> {
        let count = self.before.len();
        (count > 0).then(|| self.before.iter().sum::<f32>() / count as f32)
    }

    fn spread(&self) -> f32 {
        let most = self.before.iter().copied().fold(f32::MIN, f32::max);
        let least = self.before.iter().copied().fold(f32::MAX, f32::min);
        (most - least).max(0.0)
    }
}

/// The median of the samples, between grey levels by how many lie on its level.
fn median(luma: &[u8]) -> f32 {
    let mut counts = [0_u32; 256];
    for level in luma {
        counts[usize::from(*level)] += 1;
    }
    let half = luma.len() as f32 / 2.0;
    let mut below = 0.0;
    for (level, count) in counts.into_iter().enumerate() {
        if count > 0 && below + count as f32 >= half {
            return level as f32 + (half - below) / count as f32;
        }
        below += count as f32;
    }
    0.0
}
