//! The life of a drill, from its plan to its end, and what may be planned.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::DrillKind;
use crate::alarm::{AlarmCode, Level};
use crate::words::words;

/// A drill is planned so long ahead at most.
pub const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(62 * 24);
/// Longest words of a plan.
pub const WORDS_CHARS_MAX: usize = 500;

/// Where a drill stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillState {
    /// Its moment has not come.
    Planned,
    /// The made-up alarm waits or is being worked.
    Running,
    /// Over and scored.
    Done,
    /// Called off: never counted as held.
    Cancelled,
}

words! { DrillState:
    Planned = "planned", "待演练", "Planned";
    Running = "running", "演练中", "Running";
    Done = "done", "已演练", "Held";
    Cancelled = "cancelled", "已中止", "Called off";
}

/// What happens to a drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillEvent {
    /// Its moment has come.
    Begin,
    /// Every step is done, or its time is over.
    End,
    /// Somebody calls it off: a real alarm goes first.
    Cancel,
}

words! { DrillEvent:
    Begin = "begin", "开始演练", "Begin";
    End = "end", "结束演练", "End";
    Cancel = "cancel", "中止演练", "Call off";
}

/// Why a drill, or a step of one, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DrillRefusal {
    /// The state does not know the event.
    #[error("a drill that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(DrillState, DrillEvent),
    /// Only what people run for is drilled.
    #[error("a drill makes up an alarm of level one")]
    NotGrave,
    /// Nobody would keep the fire brigade at home.
    #[error("a double-blind drill names who knows of it, 1 to {WORDS_CHARS_MAX} characters")]
    NobodyKnows,
    /// Too long.
    #[error("at most {WORDS_CHARS_MAX} characters")]
    TooLong,
    /// Its moment is over.
    #[error("a drill begins now or later")]
    Begun,
    /// Too far ahead.
    #[error("a drill is planned two months ahead at most")]
    TooFar,
}

/// The state after an event.
pub fn next_state(state: DrillState, event: DrillEvent) -> Result<DrillState, DrillRefusal> {
    use DrillEvent as E;
    use DrillState as S;
    Ok(match (state, event) {
        (S::Planned, E::Begin) => S::Running,
        (S::Running, E::End) => S::Done,
        (S::Planned | S::Running, E::Cancel) => S::Cancelled,
        _ => return Err(DrillRefusal::NotNow(state, event)),
    })
}

/// Whether a drill may be planned.
pub fn check_wish(
    kind: DrillKind,
    code: AlarmCode,
    (begins_at, now): (Timestamp, Timestamp),
    (knows, place): (&str, &str),
) -> Result<(), DrillRefusal> {
    if code.default_level() != Level::One {
        return Err(DrillRefusal::NotGrave);
    }
    if kind == DrillKind::DoubleBlind && knows.trim().is_empty() {
        return Err(DrillRefusal::NobodyKnows);
    }
    if knows.chars().count() > WORDS_CHARS_MAX || place.chars().count() > WORDS_CHARS_MAX {
        return Err(DrillRefusal::TooLong);
    }
    if begins_at < now {
        return Err(DrillRefusal::Begun);
    }
    if begins_at.duration_since(now) > AHEAD_MAX {
        return Err(DrillRefusal::TooFar);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DrillEvent as E;
    use DrillState as S;

    #[test]
    fn every_pair_of_state_and_event() {
        for (state, row) in [
            (S::Planned, [Some(S::Running), None, Some(S::Cancelled)]),
            (S::Running, [None, Some(S::Done), Some(S::Cancelled)]),
            (S::Done, [None; 3]),
            (S::Cancelled, [None; 3]),
        ] {
            for (event, expected) in E::ALL.into_iter().zip(row) {
                assert_eq!(next_state(state, event).ok(), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn a_plan_makes_up_what_people_run_for_and_names_who_knows() {
        let now = Timestamp::from_second(1_796_000_000).unwrap();
        let later = |s: i64| now + SignedDuration::from_secs(s);
        let long = "知".repeat(WORDS_CHARS_MAX + 1);
        for (kind, code, at, knows, expected) in [
            (DrillKind::Scripted, AlarmCode::F01, now, "", Ok(())),
            (DrillKind::Scripted, AlarmCode::D01, now, "", Err(DrillRefusal::NotGrave)),
            (DrillKind::DoubleBlind, AlarmCode::F02, later(60), "校安全负责人", Ok(())),
            (DrillKind::DoubleBlind, AlarmCode::F02, later(60), " ", Err(DrillRefusal::NobodyKnows)),
            (DrillKind::Scripted, AlarmCode::F01, later(-1), "", Err(DrillRefusal::Begun)),
            (DrillKind::Scripted, AlarmCode::F01, later(63 * 86_400), "", Err(DrillRefusal::TooFar)),
            (DrillKind::Scripted, AlarmCode::F01, now, long.as_str(), Err(DrillRefusal::TooLong)),
        ] {
            assert_eq!(check_wish(kind, code, (at, now), (knows, "")), expected, "{kind:?} {code:?}");
        }
    }
}
