//! Alarms of a duty room's presence: when each of D01 to D05 and D10 begins and ends.
//!
//! Each condition has a threshold in seconds for which it has to last without a break. A stretch that nobody looked at breaks it; a picture
//! that cannot be trusted neither lengthens a condition of people nor ends it, because nothing is known. A replay is never taken back here:
//! the pictures that would show its end are the ones that cannot be believed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::minute::DUMMY_MINUTES;
use super::{PictureState, Sample};
use crate::alarm::AlarmCode;
use crate::calendar::{Applies, WorkingHours};
use crate::duty::roster::head_count::PEOPLE_MAX;

/// Longest threshold, seconds; what vendors' leave-post detection offers too (§3.1 of the domain notes: required 1–5, threshold 1–600 s,
/// calendar).
pub const THRESHOLD_S_MAX: u16 = 600;
/// Seconds between two samples after which nobody looked.
const UNWATCHED_S: i64 = 10;

/// For how long each condition has to last, seconds, 1 to [`THRESHOLD_S_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// D01 脱岗
    pub empty_s: u16,
    /// D02 在岗人数不足
    pub too_few_s: u16,
    /// D03 睡岗
    pub asleep_s: u16,
    /// D04 静止画面; the shape of a person is a dummy after [`DUMMY_MINUTES`] minutes.
    pub frozen_s: u16,
    /// D05 画面重放
    pub replay_s: u16,
    /// D10 值班室视频中断
    pub down_s: u16,
}

impl Default for Thresholds {
    /// Five minutes for an empty room and for one person too few (§3.5 of the domain notes: gap alarm at five minutes), which is also the
    /// longest pardoned break.
    fn default() -> Self {
        Self { empty_s: 300, too_few_s: 300, asleep_s: 180, frozen_s: 60, replay_s: 1, down_s: 60 }
    }
}

/// When the room is watched for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Armed {
    /// Always, in working hours, or outside them.
    pub applies: Applies,
    /// Which hours these are.
    pub hours: WorkingHours,
}

impl Default for Armed {
    fn default() -> Self {
        Self { applies: Applies::Always, hours: WorkingHours::default() }
    }
}

impl Armed {
    /// Whether the room is watched at a moment.
    pub fn is_armed(&self, at: Timestamp) -> bool {
        match self.applies {
            Applies::Always => true,
            Applies::InHours => self.hours.is_in_hours(at),
            Applies::OutOfHours => !self.hours.is_in_hours(at),
        }
    }
}

/// By what a room is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceRule {
    required: u8,
    thresholds: Thresholds,
    armed: Armed,
}

impl Default for PresenceRule {
    /// Two people, as the national standard asks, and the usual thresholds at every hour.
    fn default() -> Self {
        Self { required: 2, thresholds: Thresholds::default(), armed: Armed::default() }
    }
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PresenceRuleError {
    /// None, or more than can be counted.
    #[error("a room needs 1 to {PEOPLE_MAX} people, not {0}")]
    Required(u8),
    /// Too short or too long.
    #[error("the threshold of {0:?} is 1 to {THRESHOLD_S_MAX} seconds, not {1}")]
    Threshold(AlarmCode, u16),
}

/// An alarm that begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresenceStep {
    /// It begins.
    Begun {
        /// Which.
        code: AlarmCode,
        /// Since when what it is about has lasted.
        since: Timestamp,
        /// When the threshold was reached.
        at: Timestamp,
    },
    /// What it was about is over.
    Ended {
        /// Which.
        code: AlarmCode,
        /// When.
        at: Timestamp,
    },
}

/// The conditions of a room, in the order of their codes.
const CODES: [AlarmCode; 6] =
    [AlarmCode::D01, AlarmCode::D02, AlarmCode::D03, AlarmCode::D04, AlarmCode::D05, AlarmCode::D10];

impl PresenceRule {
    /// A rule within its limits.
    pub fn new(required: u8, thresholds: Thresholds, armed: Armed) -> Result<Self, PresenceRuleError> {
        if required == 0 || required > PEOPLE_MAX {
            return Err(PresenceRuleError::Required(required));
        }
        let rule = Self { required, thresholds, armed };
        for code in CODES {
            let threshold_s = rule.threshold_s(code);
            if threshold_s == 0 || threshold_s > THRESHOLD_S_MAX {
                return Err(PresenceRuleError::Threshold(code, threshold_s));
            }
        }
        Ok(rule)
    }

    fn threshold_s(&self, code: AlarmCode) -> u16 {
        match code {
            AlarmCode::D01 => self.thresholds.empty_s,
            AlarmCode::D02 => self.thresholds.too_few_s,
            AlarmCode::D03 => self.thresholds.asleep_s,
            AlarmCode::D04 => self.thresholds.frozen_s,
            AlarmCode::D05 => self.thresholds.replay_s,
            _ => self.thresholds.down_s,
        }
    }

    /// What a sample says of a condition: since when it has held, that it does not, or – none – that nothing is known. A shape's stillness
    /// began before the sample.
    fn holds(&self, code: AlarmCode, start: Timestamp, sample: &Sample) -> Option<Held> {
        let now = |is: bool| Some(if is { Held::Since(start) } else { Held::No });
        if code == AlarmCode::D05 || code == AlarmCode::D10 {
            let picture = if code == AlarmCode::D05 { PictureState::Repeating } else { PictureState::Down };
            return now(sample.picture == picture);
        }
        match (code, sample.picture) {
            (AlarmCode::D04, PictureState::Frozen) => return now(true),
            (_, PictureState::Live) => {}
            _ => return None,
        }
        let still_since = |seconds: u16| {
            let longest =
                sample.still_s.iter().take(usize::from(sample.people)).max().copied().unwrap_or_default();
            let is_short =
                sample.people > 0 && sample.moving_within(seconds) < self.required.min(sample.people);
            let since = after(start, i64::from(sample.seconds) - i64::from(longest));
            Some(if is_short { Held::Since(since) } else { Held::No })
        };
        match code {
            AlarmCode::D01 => now(sample.people == 0),
            AlarmCode::D02 => now((1..self.required).contains(&sample.people)),
            AlarmCode::D03 => still_since(self.thresholds.asleep_s),
            _ => still_since(DUMMY_MINUTES * 60),
        }
    }
}

/// What a sample says of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Since(Timestamp),
    No,
}

/// A condition that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Lasting {
    since: Option<Timestamp>,
    is_told: bool,
}

/// The watch over one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceWatch {
    rule: PresenceRule,
    lasting: [Lasting; CODES.len()],
    seen_until: Option<Timestamp>,
}

impl PresenceWatch {
    /// A watch that knows nothing yet.
    pub fn new(rule: PresenceRule) -> Self {
        Self { rule, lasting: Default::default(), seen_until: None }
    }

    /// Takes the sample that began at `start`. Samples come in order.
    pub fn look(&mut self, start: Timestamp, sample: Sample) -> Vec<PresenceStep> {
        let end = after(start, i64::from(sample.seconds));
        let is_gap = self.seen_until.is_none_or(|until| start.duration_since(until).as_secs() > UNWATCHED_S);
        self.seen_until = Some(end);
        let mut steps = Vec::new();
        let is_armed = self.rule.armed.is_armed(start);
        for (place, code) in CODES.into_iter().enumerate() {
            let held =
                self.rule.holds(code, start, &sample).map(|held| if is_armed { held } else { Held::No });
            let lasting = &mut self.lasting[place];
            match held {
                Some(Held::Since(began)) => {
                    let since = lasting.since.filter(|_| !is_gap).map_or(began, |since| since.min(began));
                    lasting.since = Some(since);
                    let is_due =
                        end.duration_since(since).as_secs() >= i64::from(self.rule.threshold_s(code));
                    if is_due && !lasting.is_told {
                        lasting.is_told = true;
                        steps.push(PresenceStep::Begun { code, since, at: end });
                    }
                }
                // What cannot be seen neither ends nor lengthens: the time does not count.
                None => lasting.since = lasting.since.map(|since| after(since, i64::from(sample.seconds))),
                Some(Held::No) if code == AlarmCode::D05 && lasting.is_told => {}
                Some(Held::No) => {
                    if lasting.is_told {
                        steps.push(PresenceStep::Ended { code, at: start });
                    }
                    *lasting = Lasting::default();
                }
            }
        }
        steps
    }

    /// A person has dealt with an alarm: it may begin again.
    pub fn settle(&mut self, code: AlarmCode) {
        if let Some(place) = place(code) {
            self.lasting[place] = Lasting::default();
        }
    }
}

fn place(code: AlarmCode) -> Option<usize> {
    CODES.iter().position(|one| *one == code)
}

fn after(time: Timestamp, s: i64) -> Timestamp {
    time.saturating_add(SignedDuration::from_secs(s)).unwrap_or(time)
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
