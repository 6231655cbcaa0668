//! The file of a month's score (评分数据文件): every row that was counted, so that an organisation gets the same number by itself.
//!
//! The platform computes a score from this file and from nothing else, keeps the file with the figure, and hands it out. Whoever has the file
//! and these rules needs no platform: [`ScoreFile::inputs`] counts the rows, [`super::score`] does the arithmetic. A row holds what was
//! measured and never a verdict: whether an alarm was taken in time follows from its two times and the limit beside them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Score, ScoreInputs, score};
use crate::beijing::{begin_of, day_after};
use crate::duty::effective::EXEMPT_MINUTES_MAX;
use crate::duty::minutes::DAY_MINUTES;
use crate::duty::roll_call::RollCallState;
use crate::figures::Ratio;
use crate::ids::{AlarmId, DutyRollCallId, DutyRoomId, OrganisationId, ViolationId};
use crate::recording::Span;

/// The form of the file.
pub const FORMAT: &str = "watchfire-score/1";
/// The rules by which it is counted: weights of [`super::ScorePart`], [`super::UPHELD_HUNDREDTHS`], and the limits of this module. A change of
/// any of them is another version.
pub const RULES: &str = "watchfire-score-rules/1";
/// Minutes of a room that planned exemptions take out of a month at most: four weeks of what seven days allow.
pub const EXCUSED_MINUTES_MAX: u64 = EXEMPT_MINUTES_MAX * 4;
/// Most rows of one kind: the alarms of a month of an organisation with thousands of units.
pub const ROWS_MAX: usize = 200_000;

/// A calendar month in Beijing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { first: day.first_of_month() }
    }

    /// Reads `YYYY-MM`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 7 {
            return None;
        }
        let first: Date = format!("{text}-01").parse().ok()?;
        Some(Self { first })
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first.last_of_month()
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(day_after(self.first, -1))
    }

    /// From its first moment to the first one of the next.
    pub fn span(self) -> Span {
        Span::new(begin_of(self.first), begin_of(day_after(self.last(), 1)))
    }

    /// `YYYY-MM`.
    pub fn text(self) -> String {
        format!("{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// A day of a duty room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoredDay {
    /// Which room.
    pub room_id: DutyRoomId,
    /// Which Beijing day.
    pub day: Date,
    /// Minutes in which somebody had to be there, the exempt ones too.
    pub required: u16,
    /// Of these, proven.
    pub proven: u16,
    /// Of these, exempt by plan.
    pub exempt: u16,
    /// Minutes in which the room's camera showed it.
    pub camera: u16,
}

/// A roll-call of a duty room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoredCall {
    /// Which.
    pub id: DutyRollCallId,
    /// Which room.
    pub room_id: DutyRoomId,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// What came of it. Those that wait and exempt ones do not count.
    pub state: RollCallState,
}

/// An alarm of a unit while the organisation's contract was in force. Drills, tests and repetitions are not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoredAlarm {
    /// Which.
    pub id: AlarmId,
    /// When it began to ring.
    pub rings_at: Timestamp,
    /// When it was taken; none: never.
    pub taken_at: Option<Timestamp>,
    /// Within how many seconds an alarm of its level is taken.
    pub limit_s: u32,
}

/// A drill with the half points that it earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoredDrill {
    /// When it began.
    pub at: Timestamp,
    /// Half points earned.
    pub half_points: u32,
    /// Half points that could be had.
    pub half_points_max: u32,
}

/// A finding of feigned or false duty that was confirmed in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoredFinding {
    /// Entry of the violation file.
    pub id: ViolationId,
    /// When it was confirmed.
    pub confirmed_at: Timestamp,
}

/// All that a month's score rests on, and the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreFile {
    /// [`FORMAT`].
    pub format: String,
    /// [`RULES`].
    pub rules: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// Its unified social credit code.
    pub credit_code: String,
    /// `YYYY-MM`, Beijing time.
    pub month: String,
    /// Days of its rooms.
    pub room_days: Vec<ScoredDay>,
    /// Roll-calls of its rooms.
    pub roll_calls: Vec<ScoredCall>,
    /// Alarms of its units.
    pub alarms: Vec<ScoredAlarm>,
    /// Drills in its rooms.
    pub drills: Vec<ScoredDrill>,
    /// What was confirmed against it.
    pub findings: Vec<ScoredFinding>,
    /// What the platform computed, hundredths of a point.
    pub hundredths: u32,
}

/// How many rows of each kind a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowCounts {
    /// Days of rooms.
    pub room_days: u64,
    /// Roll-calls, those that do not count too.
    pub roll_calls: u64,
    /// Alarms.
    pub alarms: u64,
    /// Drills.
    pub drills: u64,
    /// Confirmed findings.
    pub findings: u64,
}

/// Why a file is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileFault {
    /// Another form.
    #[error("the file is {0:?}, not {FORMAT}")]
    Format(String),
    /// Other rules.
    #[error("the file was counted by {0:?}; this program knows {RULES}")]
    Rules(String),
    /// No month.
    #[error("{0:?} is no month: YYYY-MM")]
    Month(String),
    /// A day twice, of another month, or with more minutes than a day has.
    #[error("room {0} on {1}: twice, of another month, or with minutes that no day has")]
    Day(DutyRoomId, Date),
    /// A roll-call twice or of another month.
    #[error("roll-call {0}: twice, or asked in another month")]
    Call(DutyRollCallId),
    /// An alarm twice or of another month.
    #[error("alarm {0}: twice, or of another month")]
    Alarm(AlarmId),
    /// A drill of another month, or with more half points than it has.
    #[error("the drill of {0}: of another month, or with more half points than could be had")]
    Drill(Timestamp),
    /// A finding twice or of another month.
    #[error("finding {0}: twice, or confirmed in another month")]
    Finding(ViolationId),
    /// Too many rows.
    #[error("more than {ROWS_MAX} rows of one kind")]
    TooMany,
}

impl ScoreFile {
    /// What the rows come to.
    pub fn inputs(&self) -> ScoreInputs {
        let mut required = 0_u64;
        let (mut proven, mut camera) = (0_u64, 0_u64);
        let mut exempt: BTreeMap<DutyRoomId, u64> = BTreeMap::new();
        for day in &self.room_days {
            required += u64::from(day.required);
            proven += u64::from(day.proven);
            camera += u64::from(day.camera.min(day.required));
            *exempt.entry(day.room_id).or_default() += u64::from(day.exempt);
        }
        let excused: u64 = exempt.values().map(|minutes| (*minutes).min(EXCUSED_MINUTES_MAX)).sum();
        let counted = |call: &&ScoredCall| call.state.counts();
        let in_time = |call: &&ScoredCall| call.state == RollCallState::Answered;
        let count = |n: usize| n as u64;
        ScoreInputs {
            coverage: Ratio::new(proven, required.saturating_sub(excused)),
            roll_calls: Ratio::new(
                count(self.roll_calls.iter().filter(in_time).count()),
                count(self.roll_calls.iter().filter(counted).count()),
            ),
            alarms: Ratio::new(
                count(self.alarms.iter().filter(|one| one.is_in_time()).count()),
                count(self.alarms.len()),
            ),
            camera: Ratio::new(camera, required),
            drills: Ratio::new(
                self.drills.iter().map(|one| u64::from(one.half_points)).sum(),
                self.drills.iter().map(|one| u64::from(one.half_points_max)).sum(),
            ),
            upheld: u32::try_from(self.findings.len()).unwrap_or(u32::MAX),
        }
    }

    /// The score that follows from the rows.
    pub fn score(&self) -> Score {
        score(&self.inputs())
    }

    /// How many rows there are.
    pub fn counts(&self) -> RowCounts {
        let count = |n: usize| n as u64;
        RowCounts {
            room_days: count(self.room_days.len()),
            roll_calls: count(self.roll_calls.len()),
            alarms: count(self.alarms.len()),
            drills: count(self.drills.len()),
            findings: count(self.findings.len()),
        }
    }

    /// Whether it is a file of these rules whose rows can be: each once, all of its month.
    pub fn check(&self) -> Result<(), FileFault> {
        if self.format != FORMAT {
            return Err(FileFault::Format(self.format.clone()));
        }
        if self.rules != RULES {
            return Err(FileFault::Rules(self.rules.clone()));
        }
        let month = Month::parse(&self.month).ok_or_else(|| FileFault::Month(self.month.clone()))?;
        let counts = self.counts();
        let most = [counts.room_days, counts.roll_calls, counts.alarms, counts.drills, counts.findings];
        if most.into_iter().any(|rows| rows > ROWS_MAX as u64) {
            return Err(FileFault::TooMany);
        }
        let span = month.span();
        let is_within = |at: Timestamp| span.start <= at && at < span.end;
        let mut days = BTreeSet::new();
        for one in &self.room_days {
            let is_of_month = (month.first()..=month.last()).contains(&one.day);
            let adds_up = one.required <= DAY_MINUTES
                && one.camera <= DAY_MINUTES
                && u32::from(one.proven) + u32::from(one.exempt) <= u32::from(one.required);
            if !is_of_month || !adds_up || !days.insert((one.room_id, one.day)) {
                return Err(FileFault::Day(one.room_id, one.day));
            }
        }
        let mut calls = BTreeSet::new();
        if let Some(one) =
            self.roll_calls.iter().find(|one| !is_within(one.asked_at) || !calls.insert(one.id))
        {
            return Err(FileFault::Call(one.id));
        }
        let mut alarms = BTreeSet::new();
        if let Some(one) = self.alarms.iter().find(|one| !is_within(one.rings_at) || !alarms.insert(one.id)) {
            return Err(FileFault::Alarm(one.id));
        }
        let is_drill = |one: &&ScoredDrill| !is_within(one.at) || one.half_points > one.half_points_max;
        if let Some(one) = self.drills.iter().find(is_drill) {
            return Err(FileFault::Drill(one.at));
        }
        let mut findings = BTreeSet::new();
        match self.findings.iter().find(|one| !is_within(one.confirmed_at) || !findings.insert(one.id)) {
            Some(one) => Err(FileFault::Finding(one.id)),
            None => Ok(()),
        }
    }
}

impl ScoredAlarm {
    /// Whether it was taken within its limit.
    pub fn is_in_time(&self) -> bool {
        let limit = SignedDuration::from_secs(i64::from(self.limit_s));
        self.taken_at.is_some_and(|taken| taken.duration_since(self.rings_at) <= limit)
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
