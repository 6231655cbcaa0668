//! Quarantine (静默) of a noisy rule at one camera: the platform proposes, a regulator approves with a reason and an end, time ends it.
//!
//! A quarantined rule still sees and its alarms are still rows with pictures, marked and at the quietest level; nobody is called for them. What
//! is quiet by mistake is a fire that nobody hears, so a rule of level one is quiet for a week at most, and nobody whose own cameras are
//! concerned decides.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::alarm::{AlarmCode, Level};
use crate::words::words;

/// Longest quarantine of a rule of level one, in days.
pub const LEVEL_ONE_DAYS_MAX: i64 = 7;
/// Longest quarantine of any other, in days: after a window of answers it is judged anew.
pub const DAYS_MAX: i64 = 30;
/// A declined proposal is not made again for this long.
pub const REST_AFTER_DECLINE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A proposal that nobody decided in this time lapses; where it still holds it is made again.
pub const STALE_AFTER: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Longest reason.
pub const REASON_CHARS_MAX: usize = 500;

/// Where a quarantine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    /// The platform proposes it.
    Proposed,
    /// A person approved it, and its end has not come.
    InForce,
    /// A person declined it.
    Declined,
    /// Nobody decided in time.
    Lapsed,
    /// Its time was over.
    Ended,
    /// A person ended it before.
    Lifted,
}

words! { QuarantineState:
    Proposed = "proposed", "待批准", "Proposed";
    InForce = "in_force", "静默中", "In force";
    Declined = "declined", "未批准", "Declined";
    Lapsed = "lapsed", "逾期未决", "Lapsed";
    Ended = "ended", "到期结束", "Ended";
    Lifted = "lifted", "提前解除", "Lifted";
}

/// What happens to a quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineEvent {
    /// A person approves it.
    Approve,
    /// A person declines it.
    Decline,
    /// A person ends it before its time.
    Lift,
    /// Its time is over.
    Expire,
}

words! { QuarantineEvent:
    Approve = "approve", "批准静默", "Approve";
    Decline = "decline", "不批准", "Decline";
    Lift = "lift", "提前解除", "Lift";
    Expire = "expire", "到期", "Expire";
}

/// A quarantine as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarantine {
    /// Which rule.
    pub code: AlarmCode,
    /// Where it stands.
    pub state: QuarantineState,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// When it ends; none before it is approved.
    pub until: Option<Timestamp>,
}

impl Quarantine {
    /// Whether the rule is quiet at a moment. Its end counts, not when somebody got round to writing it down.
    pub fn is_quiet_at(&self, at: Timestamp) -> bool {
        self.state == QuarantineState::InForce && self.until.is_some_and(|until| at < until)
    }

    /// Whether its time is over.
    pub fn is_over_at(&self, at: Timestamp) -> bool {
        match self.state {
            QuarantineState::Proposed => at.duration_since(self.proposed_at) >= STALE_AFTER,
            QuarantineState::InForce => self.until.is_none_or(|until| at >= until),
            _ => false,
        }
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuarantineRefusal {
    /// The state does not know the event.
    #[error("a quarantine in state {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(QuarantineState, QuarantineEvent),
    /// Nobody can answer for it without one.
    #[error("a reason of 1 to {REASON_CHARS_MAX} characters")]
    Reason,
    /// It would be over before it begins.
    #[error("it has to end after now")]
    Over,
    /// A rule of level one may not be quiet for so long.
    #[error("a rule of level one is quiet for {LEVEL_ONE_DAYS_MAX} days at most")]
    TooLongForLevelOne,
    /// No rule may.
    #[error("a rule is quiet for {DAYS_MAX} days at most")]
    TooLong,
}

/// The state machine: the state after an event.
pub fn next_state(
    state: QuarantineState,
    event: QuarantineEvent,
) -> Result<QuarantineState, QuarantineRefusal> {
    use QuarantineEvent as E;
    use QuarantineState as S;
    Ok(match (state, event) {
        (S::Proposed, E::Approve) => S::InForce,
        (S::Proposed, E::Decline) => S::Declined,
        (S::Proposed, E::Expire) => S::Lapsed,
        (S::InForce, E::Lift) => S::Lifted,
        (S::InForce, E::Expire) => S::Ended,
        _ => return Err(QuarantineRefusal::NotNow(state, event)),
    })
}

/// Whether a rule may be quiet from `now` until `until` for this reason.
pub fn check_approval(
    code: AlarmCode,
    reason: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), QuarantineRefusal> {
    let length = reason.trim().chars().count();
    if length == 0 || length > REASON_CHARS_MAX {
        return Err(QuarantineRefusal::Reason);
    }
    let lasts = until.duration_since(now);
    if !lasts.is_positive() {
        return Err(QuarantineRefusal::Over);
    }
    if lasts <= SignedDuration::from_hours(24 * days_max(code)) {
        return Ok(());
    }
    Err(match code.default_level() {
        Level::One => QuarantineRefusal::TooLongForLevelOne,
        _ => QuarantineRefusal::TooLong,
    })
}

/// Most days that a rule may be quiet.
pub fn days_max(code: AlarmCode) -> i64 {
    if code.default_level() == Level::One { LEVEL_ONE_DAYS_MAX } else { DAYS_MAX }
}

/// The level of an alarm whose rule is quiet: listed, looked at within the day, nobody is called.
pub const fn quiet_level() -> Level {
    Level::Four
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + n * 86_400).unwrap()
    }

    #[test]
    fn every_pair_of_state_and_event_is_known_or_refused() {
        use QuarantineEvent as E;
        use QuarantineState as S;
        let known = [
            (S::Proposed, E::Approve, S::InForce),
            (S::Proposed, E::Decline, S::Declined),
            (S::Proposed, E::Expire, S::Lapsed),
            (S::InForce, E::Lift, S::Lifted),
            (S::InForce, E::Expire, S::Ended),
        ];
        for state in S::ALL {
            for event in E::ALL {
                let expected =
                    known.iter().find(|(s, e, _)| (*s, *e) == (state, event)).map(|(_, _, to)| *to);
                assert_eq!(next_state(state, event).ok(), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn a_rule_of_level_one_is_quiet_for_a_week_at_most() {
        let refused = |code, reason: &str, days| check_approval(code, reason, day(days), day(0)).err();
        assert_eq!(refused(AlarmCode::F01, "食堂蒸汽", 7), None);
        assert_eq!(refused(AlarmCode::F01, "食堂蒸汽", 8), Some(QuarantineRefusal::TooLongForLevelOne));
        assert_eq!(refused(AlarmCode::E01, "施工", 30), None);
        assert_eq!(refused(AlarmCode::E01, "施工", 31), Some(QuarantineRefusal::TooLong));
        assert_eq!(refused(AlarmCode::E01, "施工", 0), Some(QuarantineRefusal::Over));
        assert_eq!(refused(AlarmCode::E01, "  ", 3), Some(QuarantineRefusal::Reason));
        assert_eq!(refused(AlarmCode::E01, &"工".repeat(501), 3), Some(QuarantineRefusal::Reason));
    }

    #[test]
    fn a_quarantine_is_quiet_until_its_end_and_not_a_moment_longer() {
        let of = |state, until: Option<i64>| Quarantine {
            code: AlarmCode::F01,
            state,
            proposed_at: day(0),
            until: until.map(day),
        };
        let in_force = of(QuarantineState::InForce, Some(3));
        assert!(in_force.is_quiet_at(day(2)) && !in_force.is_over_at(day(2)));
        assert!(!in_force.is_quiet_at(day(3)) && in_force.is_over_at(day(3)));
        let proposed = of(QuarantineState::Proposed, None);
        assert!(
            !proposed.is_quiet_at(day(1)) && !proposed.is_over_at(day(13)) && proposed.is_over_at(day(14))
        );
        assert!(!of(QuarantineState::Lifted, Some(3)).is_quiet_at(day(1)));
    }
}
