//! One condition over time: it has to hold for a while before it is told, and to be gone for a while before it is over.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What can be wrong with a camera's picture. At most one holds in a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// No light and no scene: cable, sensor, cap.
    Black,
    /// The same picture again and again.
    Frozen,
    /// Something lies on the lens.
    Covered,
    /// The camera looks elsewhere.
    Moved,
    /// Out of focus, or the lens is dirty or wet.
    Blurred,
    /// Nearly everything is white.
    WashedOut,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 6] =
        [Self::Black, Self::Frozen, Self::Covered, Self::Moved, Self::Blurred, Self::WashedOut];

    /// The word used in JSON and in reports; as an event it stands behind `camera_`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Black => "black",
            Self::Frozen => "frozen",
            Self::Covered => "covered",
            Self::Moved => "moved",
            Self::Blurred => "blurred",
            Self::WashedOut => "washed_out",
        }
    }

    /// How long it has to hold. Somebody walking past close to the lens takes one to two seconds; a quiet scene under a strong encoder can
    /// stand still for a few.
    pub const fn hold(self) -> SignedDuration {
        match self {
            Self::Black => SignedDuration::from_millis(1500),
            Self::Frozen => SignedDuration::from_millis(2000),
            Self::Covered | Self::Blurred | Self::WashedOut => SignedDuration::from_millis(2500),
            Self::Moved => SignedDuration::from_millis(3000),
        }
    }
}

/// Good looks for this long end a condition.
const GONE_AFTER: SignedDuration = SignedDuration::from_secs(2);
/// One look in between that does not show it (an I frame, a flash) does not start the hold anew.
const MISSES_MAX: u32 = 1;

/// A condition began or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ConditionChange {
    /// Which.
    pub condition: Condition,
    /// Began or ended.
    pub step: ConditionStep,
    /// First look that showed it.
    pub since: Timestamp,
    /// The look that settled it: the last of the hold, or the first without it.
    pub at: Timestamp,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionStep {
    /// It has held for long enough.
    Began,
    /// It has been gone for long enough; `at` is the first look without it.
    Ended,
}

#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) condition: Condition,
    since: Option<Timestamp>,
    misses: u32,
    told: bool,
    gone_since: Option<Timestamp>,
}

impl Held {
    pub(super) const fn new(condition: Condition) -> Self {
        Self { condition, since: None, misses: 0, told: false, gone_since: None }
    }

    pub(super) fn told_since(&self) -> Option<Timestamp> {
        self.since.filter(|_| self.told)
    }

    pub(super) fn observe(&mut self, at: Timestamp, present: bool) -> Option<ConditionChange> {
        let condition = self.condition;
        let change = |step, since, at| ConditionChange { condition, step, since, at };
        match (present, self.told, self.since) {
            (true, true, _) => {
                self.gone_since = None;
                None
            }
            (true, false, since) => {
                let since = *self.since.insert(since.unwrap_or(at));
                self.misses = 0;
                (at.duration_since(since) >= self.condition.hold()).then(|| {
                    self.told = true;
                    change(ConditionStep::Began, since, at)
                })
            }
            (false, true, Some(since)) => {
                let gone = *self.gone_since.get_or_insert(at);
                (at.duration_since(gone) >= GONE_AFTER).then(|| {
                    *self = Self::new(condition);
                    change(ConditionStep::Ended, since, gone)
                })
            }
            (false, ..) => {
                self.misses += 1;
                if self.misses > MISSES_MAX {
                    *self = Self::new(condition);
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
    }

    /// Looks every half second; `#` shows the condition. Milliseconds at which it began and ended.
    fn told(looks: &str) -> Vec<(ConditionStep, i64, i64)> {
        let mut held = Held::new(Condition::Covered);
        looks
            .bytes()
            .enumerate()
            .filter_map(|(i, look)| held.observe(at(i as i64 * 500), look == b'#'))
            .map(|c| {
                let ms = |t: Timestamp| t.as_millisecond() - at(0).as_millisecond();
                (c.step, ms(c.since), ms(c.at))
            })
            .collect()
    }

    #[test]
    fn a_condition_is_told_after_its_hold_and_over_after_it_is_gone() {
        use ConditionStep::{Began, Ended};
        for (looks, expected) in [
            ("..####....", vec![]),
            ("..######....", vec![(Began, 1000, 3500)]),
            ("..######.....", vec![(Began, 1000, 3500), (Ended, 1000, 4000)]),
            ("..###.##....", vec![(Began, 1000, 3500)]),
            ("..###..###...", vec![]),
            ("..#########.##########", vec![(Began, 1000, 3500)]),
        ] {
            assert_eq!(told(looks), expected, "{looks}");
        }
    }
}
