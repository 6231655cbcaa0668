//! Feigned duty (虚假值班): signs that somebody only seems to be there (§3.5 of the domain notes).
//!
//! Every test answers with a suspicion (疑似), the numbers it rests on, and the limit that they passed; or with nothing. A suspicion is no
//! finding: whoever it is about replies, and a person decides ([`case`]). The limits are set so that honest guards are not accused – tired
//! ones, slow ones, ones that leave for five minutes –, which a simulation of honest days measures, beside how many cheats are caught.
//!
//! Where the picture itself says so minute by minute (dummy, replay) the verdict for the ledger and the alarm is [`super::presence`]; here
//! is the case that is made of it.

pub mod answers;
pub mod case;
pub mod codes;
pub mod days;
pub mod pictures;
pub mod places;

use serde::{Deserialize, Serialize};

use crate::alarm::AlarmCode;
use crate::recording::Span;
use crate::words::words;

/// What is suspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trick {
    /// A program answers roll-calls.
    AutoAnswer,
    /// One person in two rooms with less time between than the way takes.
    TwoPlaces,
    /// More units than the people on duty can watch over.
    TooManyUnits,
    /// Recorded pictures before the camera or in its place.
    Replay,
    /// Something that looks like a person.
    Mannequin,
}

words! { Trick:
    AutoAnswer = "auto_answer", "疑似自动应答", "Possibly answered by a program";
    TwoPlaces = "two_places", "疑似一人多岗", "Possibly one person in two places";
    TooManyUnits = "too_many_units", "疑似超能力承接", "Possibly more units than can be watched";
    Replay = "replay", "疑似画面重放", "Possible replayed picture";
    Mannequin = "mannequin", "疑似假人在岗", "Possible mannequin";
}

impl Trick {
    /// The alarm that a suspicion is; none where it is a matter for an office and not for somebody who runs.
    pub fn alarm(self) -> Option<AlarmCode> {
        match self {
            Self::TwoPlaces => Some(AlarmCode::D09),
            Self::Replay => Some(AlarmCode::D05),
            Self::Mannequin => Some(AlarmCode::D04),
            Self::AutoAnswer | Self::TooManyUnits => None,
        }
    }
}

/// Which number is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Answers looked at.
    Answers,
    /// Half of the answers took no longer, milliseconds.
    MedianMs,
    /// The middle half of the answers lies within so many milliseconds.
    MiddleHalfMs,
    /// Minutes in which one person answered without a rest of [`answers::REST_MINUTES`].
    AwakeMinutes,
    /// Minutes between two sightings.
    ApartMinutes,
    /// Minutes that the way takes.
    WayMinutes,
    /// Units served.
    Units,
    /// People on duty.
    People,
    /// Pictures looked at.
    Pictures,
    /// Pictures that were shown before.
    Repeated,
    /// Minutes in a row in which pictures were shown before.
    ReplayMinutes,
    /// Minutes after which they came again.
    PeriodMinutes,
    /// Minutes without the smallest movement.
    StillMinutes,
    /// Calls to the person that were not answered in that time.
    UnansweredCalls,
    /// Answered calls in a row in which the room's camera saw no code of the seat.
    UnseenCodes,
    /// Old or wrong codes in a row of calls.
    OldCodes,
}

words! { Evidence:
    Answers = "answers", "应答次数", "Answers";
    MedianMs = "median_ms", "应答用时中位数（毫秒）", "Median time of answers, ms";
    MiddleHalfMs = "middle_half_ms", "应答用时四分位距（毫秒）", "Middle half of answers within, ms";
    AwakeMinutes = "awake_minutes", "连续应答无休息（分钟）", "Answering without rest, minutes";
    ApartMinutes = "apart_minutes", "两处出现间隔（分钟）", "Between two sightings, minutes";
    WayMinutes = "way_minutes", "两处路程（分钟）", "Way between the places, minutes";
    Units = "units", "承接单位数", "Units served";
    People = "people", "在岗人数", "People on duty";
    Pictures = "pictures", "画面数", "Pictures";
    Repeated = "repeated", "重复画面数", "Pictures shown before";
    ReplayMinutes = "replay_minutes", "重放画面持续（分钟）", "Replayed pictures, minutes";
    PeriodMinutes = "period_minutes", "重复间隔（分钟）", "Repeated after, minutes";
    StillMinutes = "still_minutes", "无任何动作（分钟）", "Without movement, minutes";
    UnansweredCalls = "unanswered_calls", "呼叫未应答次数", "Calls not answered";
    UnseenCodes = "unseen_codes", "连续应答未见查岗码（次）", "Answers in a row without the code";
    OldCodes = "old_codes", "旧码或错码次数", "Old or wrong codes";
}

/// A number, beside the limit where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Of what.
    pub evidence: Evidence,
    /// What was found.
    pub found: u64,
    /// Where suspicion begins.
    pub limit: Option<u64>,
}

/// A suspicion with what it rests on. Whom it is about is the caller's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// What is suspected.
    pub trick: Trick,
    /// When it was seen.
    pub span: Span,
    /// The numbers.
    pub numbers: Vec<Number>,
}

fn found(evidence: Evidence, found: u64) -> Number {
    Number { evidence, found, limit: None }
}

fn beyond(evidence: Evidence, found: u64, limit: u64) -> Number {
    Number { evidence, found, limit: Some(limit) }
}
