//! The incident report (火情报告): a confirmed fire is reported to the education authority within two hours (Ministry of Public Security Decree 28 of 2009),
//! on a form that the platform fills in as far as rows know and people complete. Late is late: what was owed and not submitted stays so in the rows.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::life::Alarm;
use super::order::is_fire;
use super::state::AlarmState;
use crate::words::words;

/// From the confirmation of a fire to its report.
pub const WITHIN: SignedDuration = SignedDuration::from_hours(2);
/// Longest answer of the form, in characters.
pub const ANSWER_LEN_MAX: usize = 2000;
/// Most people that a number of the form can say; more is a mistake of typing.
pub const PEOPLE_MAX: u32 = 100_000;

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    /// Nobody has written on the form.
    Owed,
    /// Somebody has.
    Drafted,
    /// It was handed in, and is sealed.
    Submitted,
}

/// What a person does with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentEvent {
    /// Keeps it, unfinished.
    Save,
    /// Hands it in.
    Submit,
}

words! { IncidentState:
    Owed = "owed", "待报告", "Owed";
    Drafted = "drafted", "填写中", "Being written";
    Submitted = "submitted", "已报告", "Submitted";
}

words! { IncidentEvent:
    Save = "save", "保存", "Save";
    Submit = "submit", "提交报告", "Submit";
}

/// The answers of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IncidentForm {
    /// Where exactly.
    pub place: String,
    /// What was seen.
    pub seen: String,
    /// What burned, and why as far as is known.
    pub cause: String,
    /// What was done.
    pub measures: String,
    /// Who was told, by whom, when.
    pub told: String,
    /// What was lost.
    pub damage: String,
    /// People hurt.
    pub injured: u32,
    /// People dead.
    pub dead: u32,
    /// People led out.
    pub evacuated: u32,
}

/// Why a form is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IncidentRefusal {
    /// It is no confirmed fire, or one of a drill.
    #[error("this alarm is no confirmed fire; it owes no report")]
    NotOwed,
    /// It was handed in.
    #[error(
        "a report that was submitted is sealed; write what came to light later into the alarm's work order or a letter"
    )]
    Sealed,
    /// Nothing stands there.
    #[error("{0} is empty")]
    Missing(&'static str),
    /// Too much stands there.
    #[error("{0} has more than 2000 characters")]
    TooLong(&'static str),
    /// No such number of people.
    #[error("{0} is more than 100000")]
    TooMany(&'static str),
}

/// Until when the report of an alarm is due; none where it owes none.
pub fn due_at(alarm: &Alarm) -> Option<Timestamp> {
    let is_confirmed = matches!(
        alarm.state,
        AlarmState::Confirmed | AlarmState::Handling | AlarmState::InReview | AlarmState::Closed
    );
    let confirmed_at =
        alarm.times.verified_at.filter(|_| is_confirmed && is_fire(alarm.code) && !alarm.drill)?;
    Some(confirmed_at.saturating_add(WITHIN).unwrap_or(Timestamp::MAX))
}

/// The state machine: the state after an event, or none where the state does not know it.
pub fn next_state(state: IncidentState, event: IncidentEvent) -> Option<IncidentState> {
    match (state, event) {
        (IncidentState::Owed | IncidentState::Drafted, IncidentEvent::Save) => Some(IncidentState::Drafted),
        (IncidentState::Owed | IncidentState::Drafted, IncidentEvent::Submit) => {
            Some(IncidentState::Submitted)
        }
        (IncidentState::Submitted, _) => None,
    }
}

/// Decides whether a form is kept or handed in.
pub fn decide(
    state: IncidentState,
    event: IncidentEvent,
    form: &IncidentForm,
) -> Result<IncidentState, IncidentRefusal> {
    let to = next_state(state, event).ok_or(IncidentRefusal::Sealed)?;
    for (name, answer, is_needed) in form.answers() {
        if answer.chars().count() > ANSWER_LEN_MAX {
            return Err(IncidentRefusal::TooLong(name));
        }
        if is_needed && event == IncidentEvent::Submit && answer.trim().is_empty() {
            return Err(IncidentRefusal::Missing(name));
        }
    }
    for (name, people) in [("injured", form.injured), ("dead", form.dead), ("evacuated", form.evacuated)] {
        if people > PEOPLE_MAX {
            return Err(IncidentRefusal::TooMany(name));
        }
    }
    Ok(to)
}

impl IncidentForm {
    /// Name and answer of each field of words, and whether a report needs it.
    pub fn answers(&self) -> [(&'static str, &str, bool); 6] {
        [
            ("place", &self.place, true),
            ("seen", &self.seen, true),
            ("cause", &self.cause, true),
            ("measures", &self.measures, true),
            ("told", &self.told, true),
            ("damage", &self.damage, false),
        ]
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::alarm::state::Source;
    use crate::alarm::{AlarmCode, Times};
    use crate::ids::{AlarmId, UnitId};

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    fn fire(code: AlarmCode, state: AlarmState) -> Alarm {
        Alarm {
            id: AlarmId(Uuid::from_u128(1)),
            code,
            level: code.default_level(),
            state,
            marks: vec![],
            drill: false,
            unit_id: UnitId(Uuid::from_u128(2)),
            camera_id: None,
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times { verified_at: Some(at(60)), ..Times::raised(at(0), at(1)) },
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        }
    }

    fn full() -> IncidentForm {
        let text = |words: &str| words.to_owned();
        IncidentForm {
            place: text("食堂"),
            seen: text("油锅起火"),
            cause: text("油温过高"),
            measures: text("灭火毯扑灭"),
            told: text("校长"),
            ..IncidentForm::default()
        }
    }

    #[test]
    fn a_confirmed_fire_owes_a_report_within_two_hours_and_a_drill_none() {
        assert_eq!(due_at(&fire(AlarmCode::F02, AlarmState::Confirmed)), Some(at(60 + 7200)));
        assert_eq!(due_at(&fire(AlarmCode::F02, AlarmState::Closed)), Some(at(60 + 7200)));
        for state in [AlarmState::Waiting, AlarmState::Taken, AlarmState::FalseAlarm, AlarmState::Test] {
            assert_eq!(due_at(&fire(AlarmCode::F02, state)), None, "{state:?}");
        }
        assert_eq!(due_at(&fire(AlarmCode::E01, AlarmState::Confirmed)), None);
        let drill = Alarm { drill: true, ..fire(AlarmCode::F02, AlarmState::Confirmed) };
        assert_eq!(due_at(&drill), None);
    }

    #[test]
    fn every_pair_of_state_and_event() {
        use IncidentEvent::{Save, Submit};
        use IncidentState::{Drafted, Owed, Submitted};
        for (state, save, submit) in [
            (Owed, Some(Drafted), Some(Submitted)),
            (Drafted, Some(Drafted), Some(Submitted)),
            (Submitted, None, None),
        ] {
            assert_eq!((next_state(state, Save), next_state(state, Submit)), (save, submit), "{state:?}");
        }
    }

    #[test]
    fn what_is_handed_in_is_complete_and_what_is_kept_need_not_be() {
        use IncidentEvent::{Save, Submit};
        let state = IncidentState::Owed;
        assert_eq!(decide(state, Submit, &full()), Ok(IncidentState::Submitted));
        let cause = IncidentForm { cause: " ".to_owned(), ..full() };
        assert_eq!(decide(state, Submit, &cause), Err(IncidentRefusal::Missing("cause")));
        assert_eq!(decide(state, Save, &cause), Ok(IncidentState::Drafted));
        let long = IncidentForm { damage: "x".repeat(ANSWER_LEN_MAX + 1), ..full() };
        assert_eq!(decide(state, Save, &long), Err(IncidentRefusal::TooLong("damage")));
        let many = IncidentForm { dead: PEOPLE_MAX + 1, ..full() };
        assert_eq!(decide(state, Save, &many), Err(IncidentRefusal::TooMany("dead")));
        assert_eq!(decide(IncidentState::Submitted, Save, &full()), Err(IncidentRefusal::Sealed));
    }
}
