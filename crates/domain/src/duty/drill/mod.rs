//! Drills (演练): a made-up alarm with known steps, timed; once a month announced, and once a month mixed into the queue unannounced.
//!
//! A drill shows whether people can do what their certificate says. It is kept apart from real work by its type: a drill has no alarm code
//! and no level, is in no list and no figure of alarms, and says so on every screen once it is over. In a double-blind drill neither the
//! guards nor their leader know; the unit's safety manager is told beforehand, so that nobody calls the fire brigade. It is blind until it is taken:
//! from then on the screen says that it is a drill, because nobody may call the fire brigade for one.

pub mod life;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::roll_call::draw::{Digest, Draws, Seed, hex};
use crate::beijing::begin_of;
use crate::ids::DutyRoomId;
use crate::words::words;

pub use life::{DrillEvent, DrillRefusal, DrillState, check_wish, next_state};

/// How long a drill lasts at most: the time for its last step, and five minutes for whoever is late.
pub const LASTS: SignedDuration = SignedDuration::from_mins(20);

/// How a drill is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillKind {
    /// Announced, with the steps on the screen.
    Scripted,
    /// Nobody at the seat knows.
    DoubleBlind,
}

words! { DrillKind:
    Scripted = "scripted", "脚本演练", "Scripted";
    DoubleBlind = "double_blind", "双盲演练", "Double-blind";
}

/// A step of a drill. The order is that of GB 25201—2010 and of the 四快 procedure (§2.2 of the domain notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillStep {
    /// 接警
    Take,
    /// 视频核实
    Verify,
    /// 通知最近人员到场
    CallNearest,
    /// 拨打119并启动设施
    CallFireBrigade,
    /// 报告单位安全负责人
    CallManager,
    /// 记录
    Record,
}

words! { DrillStep:
    Take = "take", "接警", "Take";
    Verify = "verify", "视频核实", "Verify by video";
    CallNearest = "call_nearest", "通知最近人员到场", "Send the nearest person";
    CallFireBrigade = "call_fire_brigade", "报告119、启动设施", "Call the fire brigade, start the systems";
    CallManager = "call_manager", "报告单位安全负责人", "Call the unit's safety manager";
    Record = "record", "填写处置记录", "Write the record";
}

impl DrillStep {
    /// Seconds from the beginning of the drill within which the step is in time: the clocks of a level-one alarm (60 s to take, 60 s to verify),
    /// and one minute for each call. A proposal.
    pub fn within_s(self) -> u32 {
        match self {
            Self::Take => 60,
            Self::Verify => 120,
            Self::CallNearest => 180,
            Self::CallFireBrigade => 240,
            Self::CallManager => 300,
            Self::Record => 900,
        }
    }

    /// Points of 100 for the step in time; half of them for the step done late.
    pub fn points(self) -> u32 {
        match self {
            Self::Take => 30,
            Self::Verify | Self::CallNearest | Self::CallFireBrigade => 20,
            Self::CallManager | Self::Record => 5,
        }
    }
}

/// The half points of a drill in which every step was in time.
pub fn half_points_max() -> u32 {
    DrillStep::ALL.iter().map(|step| 2 * step.points()).sum()
}

/// The half points of a drill; none while a step of it contradicts another.
pub fn half_points(drill: &Drill) -> Result<u32, DrillError> {
    Ok(score(drill)?.iter().map(|step| step.half_points).sum())
}

/// Whether a step may be done now: each once, and nothing before the alarm was taken.
pub fn may_do(done: &[DrillStep], step: DrillStep) -> bool {
    !done.contains(&step) && (step == DrillStep::Take || done.contains(&DrillStep::Take))
}

/// Whether a drill is due at a room on `today`: each kind once a calendar month. `held` are the days of the drills of this kind.
pub fn is_due(held: &[Date], today: Date) -> bool {
    !held.iter().any(|day| day.first_of_month() == today.first_of_month())
}

/// The moment of a room's double-blind drill in the month of `month`: any second of it is as likely as any other. Drawn like a roll-call, from a
/// seed that is published afterwards, so that nobody chooses an hour for whoever they like.
pub fn blind_moment(
    seed: &Seed,
    month: Date,
    room_id: DutyRoomId,
    digest: &impl Fn(&[u8]) -> Digest,
) -> Timestamp {
    let first = month.first_of_month();
    let text = format!("watchfire-drill-draw/1\nseed {}\nmonth {first}\nroom {room_id}\n", hex(seed));
    let seconds = u32::from(first.days_in_month().unsigned_abs()) * 86_400;
    let second = Draws::new(text, digest).below(seconds);
    begin_of(first).saturating_add(SignedDuration::from_secs(i64::from(second))).unwrap_or(Timestamp::MAX)
}

/// A drill that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// How.
    pub kind: DrillKind,
    /// When it began.
    pub begun_at: Timestamp,
    /// What was done when, by the server's clock.
    pub done: Vec<(DrillStep, Timestamp)>,
}

/// Why a drill cannot be scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DrillError {
    /// Twice the same step.
    #[error("the step {} was done twice", .0.as_str())]
    Twice(DrillStep),
    /// A step before the drill.
    #[error("the step {} was done before the drill began", .0.as_str())]
    Before(DrillStep),
}

/// How a step was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepScore {
    /// Which.
    pub step: DrillStep,
    /// Milliseconds from the beginning; none where it was left out.
    pub after_ms: Option<u64>,
    /// Points for it, times two, so that a half is a whole number.
    pub half_points: u32,
}

/// The steps with their times and points, in order; the sum of the half points is at most 200. A step that is done before one that belongs
/// before it earns its points all the same – whoever calls the fire brigade first is not punished – except that nothing counts before the
/// alarm was taken.
pub fn score(drill: &Drill) -> Result<[StepScore; DrillStep::ALL.len()], DrillError> {
    for (n, (step, at)) in drill.done.iter().enumerate() {
        if drill.done[..n].iter().any(|(before, _)| before == step) {
            return Err(DrillError::Twice(*step));
        }
        if *at < drill.begun_at {
            return Err(DrillError::Before(*step));
        }
    }
    let done_at = |step| drill.done.iter().find(|(done, _)| *done == step).map(|(_, at)| *at);
    let taken_at = done_at(DrillStep::Take);
    Ok(DrillStep::ALL.map(|step| {
        let at = done_at(step).filter(|at| taken_at.is_some_and(|taken| taken <= *at));
        let after_ms = at.map(|at| at.duration_since(drill.begun_at).as_millis() as u64);
        let half_points = match after_ms {
            None => 0,
            Some(ms) if ms <= u64::from(step.within_s()) * 1000 => step.points() * 2,
            Some(_) => step.points(),
        };
        StepScore { step, after_ms, half_points }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::sha256_tests::sha256;
    use DrillStep as S;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    fn drill(done: &[(DrillStep, i64)]) -> Drill {
        let done = done.iter().map(|(step, s)| (*step, at(*s))).collect();
        Drill { kind: DrillKind::DoubleBlind, begun_at: at(0), done }
    }

    fn half_points(done: &[(DrillStep, i64)]) -> Result<u32, DrillError> {
        super::half_points(&drill(done))
    }

    #[test]
    fn nothing_is_done_before_the_alarm_is_taken_and_nothing_twice() {
        for step in S::ALL {
            assert_eq!(may_do(&[], step), step == S::Take, "{step:?}");
            assert!(!may_do(&S::ALL, step), "{step:?}");
            assert_eq!(may_do(&[S::Take], step), step != S::Take, "{step:?}");
        }
        assert!(S::ALL.iter().all(|step| i64::from(step.within_s()) < LASTS.as_secs()));
    }

    #[test]
    fn each_month_has_its_drill_at_a_moment_that_nobody_chooses() {
        let date = jiff::civil::date;
        for (held, due) in [
            (vec![], true),
            (vec![date(2026, 11, 30)], true),
            (vec![date(2025, 12, 5)], true),
            (vec![date(2026, 11, 30), date(2026, 12, 1)], false),
        ] {
            assert_eq!(is_due(&held, date(2026, 12, 31)), due, "{held:?}");
        }
        let (mut by_week, room) = ([0_u32; 4], DutyRoomId(uuid::Uuid::from_u128(1)));
        for n in 0..400_u16 {
            let seed = sha256(&n.to_be_bytes());
            let at = blind_moment(&seed, date(2027, 2, 14), room, &sha256);
            assert_eq!(at, blind_moment(&seed, date(2027, 2, 1), room, &sha256), "any day names the month");
            let days = at.duration_since(begin_of(date(2027, 2, 1))).as_hours() / 24;
            by_week[days as usize / 7] += 1;
        }
        // Five standard deviations around 100.
        assert!(by_week.iter().all(|count| count.abs_diff(100) < 44), "{by_week:?}");
    }

    #[test]
    fn a_drill_is_worth_a_hundred_points_and_a_late_step_half_of_its_own() {
        let all: Vec<_> = S::ALL.into_iter().map(|step| (step, i64::from(step.within_s()))).collect();
        assert_eq!(half_points(&all), Ok(200));
        let late: Vec<_> = S::ALL.into_iter().map(|step| (step, i64::from(step.within_s()) + 1)).collect();
        assert_eq!(half_points(&late), Ok(100));
        for (done, expected) in [
            (vec![], Ok(0)),
            (vec![(S::Take, 10)], Ok(60)),
            (vec![(S::CallFireBrigade, 30), (S::Take, 20)], Ok(100)),
            (vec![(S::CallFireBrigade, 10), (S::Take, 20)], Ok(60)),
            (vec![(S::CallFireBrigade, 10)], Ok(0)),
            (vec![(S::Take, 1), (S::Take, 2)], Err(DrillError::Twice(S::Take))),
            (vec![(S::Take, -1)], Err(DrillError::Before(S::Take))),
        ] {
            assert_eq!(half_points(&done), expected, "{done:?}");
        }
    }
}
