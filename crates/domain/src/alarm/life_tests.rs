//! The state machine as a table over every (state, event) pair, and the life of an alarm as short stories.

use uuid::Uuid;

use super::*;
use crate::alarm::state::ALARM_EVENTS;

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(s).unwrap()
}

fn person(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn flame() -> Alarm {
    Alarm {
        id: AlarmId(Uuid::from_u128(1)),
        code: AlarmCode::F02,
        level: Level::One,
        state: AlarmState::Waiting,
        marks: vec![],
        drill: false,
        unit_id: UnitId(Uuid::from_u128(2)),
        camera_id: None,
        source: Source::Ai,
        owner_id: None,
        handler_id: None,
        times: Times::raised(at(0), at(1)),
        false_alarm_reason: None,
        has_result_picture: false,
        version: 0,
    }
}

fn apply(alarm: &mut Alarm, event: AlarmEvent, actor: Option<UserId>, s: i64) -> Result<(), Refusal> {
    let change = decide(alarm, event, actor, None, at(s))?;
    alarm.state = change.to;
    alarm.owner_id = change.owner_id;
    alarm.handler_id = change.handler_id;
    alarm.times = change.times;
    alarm.marks.extend(change.mark);
    Ok(())
}

/// One row a state, one letter an event in the order of `ALARM_EVENTS`; `.` means refused.
/// W waiting, T taken, V verifying, C confirmed, H handling, R in review, X closed, F false alarm, E test, M merged.
const TABLE: [(AlarmState, &str); 10] = [
    (AlarmState::Waiting, "WT.....M......W.W"),
    (AlarmState::Taken, "T.WVCFEM......TWT"),
    (AlarmState::Verifying, "V.W.CFEM......VWV"),
    (AlarmState::Confirmed, "C.......HH....C.C"),
    (AlarmState::Handling, "H.......H.R...H.H"),
    (AlarmState::InReview, "R..........XH.R.R"),
    (AlarmState::Closed, ".............W..."),
    (AlarmState::FalseAlarm, ".............W..."),
    (AlarmState::Test, "................."),
    (AlarmState::Merged, "................."),
];

#[test]
fn every_pair_of_state_and_event() {
    for (state, row) in TABLE {
        assert_eq!(row.len(), ALARM_EVENTS.len());
        for (event, letter) in ALARM_EVENTS.into_iter().zip(row.chars()) {
            let expected = match letter {
                '.' => None,
                'W' => Some(AlarmState::Waiting),
                'T' => Some(AlarmState::Taken),
                'V' => Some(AlarmState::Verifying),
                'C' => Some(AlarmState::Confirmed),
                'H' => Some(AlarmState::Handling),
                'R' => Some(AlarmState::InReview),
                'X' => Some(AlarmState::Closed),
                'F' => Some(AlarmState::FalseAlarm),
                'E' => Some(AlarmState::Test),
                _ => Some(AlarmState::Merged),
            };
            assert_eq!(next_state(state, event), expected, "{state:?} × {event:?}");
        }
    }
}

#[test]
fn a_flame_is_taken_confirmed_handled_and_reviewed_by_a_second_person() {
    let (guard, manager) = (Some(person(10)), Some(person(11)));
    let mut alarm = flame();
    apply(&mut alarm, AlarmEvent::Take, guard, 8).unwrap();
    apply(&mut alarm, AlarmEvent::Confirm, guard, 20).unwrap();
    apply(&mut alarm, AlarmEvent::Arrive, guard, 60).unwrap();
    assert_eq!(apply(&mut alarm, AlarmEvent::Handle, guard, 90), Err(Refusal::PictureMissing));
    alarm.has_result_picture = true;
    apply(&mut alarm, AlarmEvent::Handle, guard, 100).unwrap();
    assert_eq!(apply(&mut alarm, AlarmEvent::Approve, guard, 110), Err(Refusal::SecondPersonMissing));
    apply(&mut alarm, AlarmEvent::Approve, manager, 120).unwrap();
    assert_eq!(alarm.state, AlarmState::Closed);
    assert_eq!(alarm.times.taken_at, Some(at(8)));
    assert_eq!(alarm.times.reviewed_at, Some(at(120)));
}

#[test]
fn only_the_owner_moves_a_taken_alarm() {
    let mut alarm = flame();
    apply(&mut alarm, AlarmEvent::Take, Some(person(10)), 8).unwrap();
    assert_eq!(apply(&mut alarm, AlarmEvent::Confirm, Some(person(12)), 9), Err(Refusal::NotOwner));
    assert_eq!(
        apply(&mut alarm, AlarmEvent::Take, Some(person(12)), 9),
        Err(Refusal::NotNow(AlarmState::Taken, AlarmEvent::Take))
    );
}

#[test]
fn a_silent_owner_loses_the_alarm_and_the_first_taking_time_stays() {
    let mut alarm = flame();
    apply(&mut alarm, AlarmEvent::Take, Some(person(10)), 8).unwrap();
    apply(&mut alarm, AlarmEvent::SilenceTimeout, None, 200).unwrap();
    assert_eq!((alarm.state, alarm.owner_id), (AlarmState::Waiting, None));
    apply(&mut alarm, AlarmEvent::Take, Some(person(12)), 210).unwrap();
    assert_eq!(alarm.times.taken_at, Some(at(8)));
    assert_eq!(alarm.marks, [Mark::Reassigned]);
}

#[test]
fn a_false_alarm_needs_a_reason() {
    let mut alarm = flame();
    apply(&mut alarm, AlarmEvent::Take, Some(person(10)), 8).unwrap();
    assert_eq!(
        decide(&alarm, AlarmEvent::Reject, Some(person(10)), None, at(9)),
        Err(Refusal::ReasonMissing)
    );
    let change =
        decide(&alarm, AlarmEvent::Reject, Some(person(10)), Some(FalseAlarmReason::Sunlight), at(9))
            .unwrap();
    assert_eq!(change.to, AlarmState::FalseAlarm);
}

#[test]
fn an_ended_alarm_reopens_for_a_day() {
    let mut alarm = flame();
    alarm.state = AlarmState::Closed;
    alarm.times.reviewed_at = Some(at(100));
    assert_eq!(
        decide(&alarm, AlarmEvent::Reopen, Some(person(11)), None, at(100 + 86_401)),
        Err(Refusal::TooLate)
    );
    let change = decide(&alarm, AlarmEvent::Reopen, Some(person(11)), None, at(100 + 86_400)).unwrap();
    assert_eq!((change.to, change.mark), (AlarmState::Waiting, Some(Mark::Reopened)));
}

#[test]
fn what_went_away_by_itself_is_noted_and_ends_nothing() {
    let mut alarm = Alarm { code: AlarmCode::E01, level: Level::Two, ..flame() };
    apply(&mut alarm, AlarmEvent::Take, Some(person(10)), 8).unwrap();
    let before = alarm.clone();
    apply(&mut alarm, AlarmEvent::Clear, None, 60).unwrap();
    assert_eq!(alarm, before);
}
