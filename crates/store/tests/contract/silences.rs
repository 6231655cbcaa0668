//! Planned silences: seen within reach, decided once, found by those who raise alarms; an alarm that is quiet swallows nothing that rings.

use domain::access::Access;
use domain::alarm::silence::{Silence, SilenceEvent, SilenceState};
use domain::alarm::{AlarmEvent, Mark, decide};
use domain::ids::{SilenceId, UserId};
use jiff::SignedDuration;
use store::{
    AlarmFilter, AlarmStates, ErrorKind, JoinRule, NewAlarm, NewSilence, PageAsk, Raised, SilenceChange,
    SilenceFilter, SilenceRow, StepRecord,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_GUARD, SOUTH_SCHOOL, alarm_id, at,
    new_alarm, north, province, south,
};

contract!(
    a_silence_is_seen_within_reach_and_decided_once,
    a_silence_holds_from_its_beginning_to_its_end,
    whoever_asked_cannot_have_approved,
    an_alarm_keeps_its_silence_until_that_is_lifted,
    a_quiet_alarm_takes_in_only_what_is_quiet,
);

fn silence_id(n: u128) -> SilenceId {
    SilenceId(Uuid::from_u128(0x5_0000 + n))
}

fn page() -> PageAsk {
    PageAsk::first(10)
}

/// Of the northern school, from 100 s to 200 s, asked for by its guard.
fn wish(n: u128) -> NewSilence {
    let silence = Silence {
        unit_id: NORTH_SCHOOL,
        camera_id: None,
        code: None,
        state: SilenceState::Asked,
        starts_at: at(100),
        ends_at: at(200),
        asked_by: NORTH_GUARD,
        with_fire: false,
    };
    NewSilence { id: silence_id(n), silence, reason: "消防改造".to_owned(), at: at(50) }
}

fn change(event: SilenceEvent, to: SilenceState, by: Option<UserId>, s: i64) -> SilenceChange {
    SilenceChange { event, to, at: at(s), by, why: Some("已核实".to_owned()), with_fire: true }
}

/// Asked for and approved by the southern guard's account, who stands for another person.
async fn approved(house: &House, n: u128) -> SilenceRow {
    house.store.ask_for_silence(&north(), &wish(n)).await.unwrap();
    let approve = change(SilenceEvent::Approve, SilenceState::Approved, Some(SOUTH_GUARD), 60);
    house.store.change_silence(&province(), silence_id(n), 0, &approve).await.unwrap().0
}

async fn a_silence_is_seen_within_reach_and_decided_once(house: House) {
    let store = &house.furnish().await.store;
    let row = store.ask_for_silence(&north(), &wish(1)).await.unwrap();
    assert_eq!((row.silence, row.version, row.alarms), (wish(1).silence, 0, 0));
    assert_eq!((row.reason.as_str(), row.decided_at, row.camera_name), ("消防改造", None, None));
    let refused = store.ask_for_silence(&south(), &wish(2)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound, "a school of others");
    let silence = Silence { camera_id: Some(SOUTH_CAMERA), ..wish(3).silence };
    let refused = store.ask_for_silence(&north(), &NewSilence { silence, ..wish(3) }).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound, "a camera of others");
    let silence = Silence { camera_id: Some(NORTH_CAMERA), ..wish(4).silence };
    let row = store.ask_for_silence(&north(), &NewSilence { silence, ..wish(4) }).await.unwrap();
    assert!(row.camera_name.is_some());

    assert_eq!(store.silence(&south(), silence_id(1)).await.unwrap_err().kind(), ErrorKind::NotFound);
    let listed =
        async |access: &Access, filter| store.silences(access, &filter, &page()).await.unwrap().items.len();
    let all = SilenceFilter::default();
    assert_eq!((listed(&north(), all).await, listed(&south(), all).await), (2, 0));
    let open = |s| SilenceFilter { open_at: Some(at(s)), unit_id: Some(NORTH_SCHOOL) };
    assert_eq!((listed(&province(), open(199)).await, listed(&province(), open(200)).await), (2, 0));

    let approve = change(SilenceEvent::Approve, SilenceState::Approved, Some(SOUTH_GUARD), 60);
    let foreign = store.change_silence(&south(), silence_id(1), 0, &approve).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let (row, _) = store.change_silence(&province(), silence_id(1), 0, &approve).await.unwrap();
    assert_eq!((row.silence.state, row.silence.with_fire, row.version), (SilenceState::Approved, true, 1));
    assert_eq!((row.decided_at, row.decided_by.unwrap().0), (Some(at(60)), SOUTH_GUARD));
    let late = store.change_silence(&province(), silence_id(1), 0, &approve).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);

    assert!(store.silences_over(at(199)).await.unwrap().is_empty());
    let over: Vec<_> = store.silences_over(at(200)).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(over.len(), 2);
    let expire = change(SilenceEvent::Expire, SilenceState::Ended, None, 200);
    let (row, _) = store.change_silence(&Access::PLATFORM, silence_id(1), 1, &expire).await.unwrap();
    assert_eq!((row.silence.state, row.closed_at, row.closed_by), (SilenceState::Ended, Some(at(200)), None));
    assert_eq!(store.silences_over(at(200)).await.unwrap().len(), 1);
}

async fn a_silence_holds_from_its_beginning_to_its_end(house: House) {
    let store = &house.furnish().await.store;
    store.ask_for_silence(&north(), &wish(1)).await.unwrap();
    let held = async |unit, s| store.silences_in_force(&Access::PLATFORM, unit, at(s)).await.unwrap().len();
    assert_eq!(held(NORTH_SCHOOL, 150).await, 0, "asked for is not approved");
    let row = approved(&house, 2).await;
    for (s, count) in [(99, 0), (100, 1), (199, 1), (200, 0)] {
        assert_eq!(held(NORTH_SCHOOL, s).await, count, "at {s} s");
    }
    assert_eq!(held(SOUTH_SCHOOL, 150).await, 0);
    let found = store.silences_in_force(&Access::PLATFORM, NORTH_SCHOOL, at(150)).await.unwrap();
    assert_eq!(found, [(row.id, row.silence)]);
}

async fn whoever_asked_cannot_have_approved(house: House) {
    let store = &house.furnish().await.store;
    store.ask_for_silence(&north(), &wish(1)).await.unwrap();
    let approve = change(SilenceEvent::Approve, SilenceState::Approved, Some(NORTH_GUARD), 60);
    store.change_silence(&province(), silence_id(1), 0, &approve).await.unwrap_err();
    let row = store.silence(&province(), silence_id(1)).await.unwrap();
    assert_eq!((row.silence.state, row.version), (SilenceState::Asked, 0), "the rows say no too");
}

/// Raised at `s`, quiet until 200 s where `silence` says so.
fn quiet(n: u128, s: i64, silence: Option<SilenceId>) -> NewAlarm {
    let mut new = new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
    if silence.is_some() {
        new.alarm.marks.push(Mark::Silenced);
        new.alarm.times.quiet_until = Some(at(200));
    }
    NewAlarm { silence_id: silence, ..new }
}

async fn an_alarm_keeps_its_silence_until_that_is_lifted(house: House) {
    let store = &house.furnish().await.store;
    let row = approved(&house, 1).await;
    let raised = house.raise(quiet(70, 120, Some(row.id))).await;
    assert_eq!((raised.silence_id, raised.alarm.times.quiet_until), (Some(row.id), Some(at(200))));
    let filter = AlarmFilter { states: AlarmStates::All, silence_id: Some(row.id), ..AlarmFilter::default() };
    assert_eq!(store.alarms(&province(), &filter, &page()).await.unwrap().items.len(), 1);
    assert_eq!(store.silence(&province(), row.id).await.unwrap().alarms, 1);

    // A step keeps it.
    let to = decide(&raised.alarm, AlarmEvent::Take, Some(NORTH_GUARD), None, at(130)).unwrap();
    let step = StepRecord {
        at: at(130),
        event: AlarmEvent::Take,
        actor_id: Some(NORTH_GUARD),
        note: None,
        reason: None,
    };
    let taken = store.change_alarm(&province(), raised.alarm.id, 0, &to, &step).await.unwrap();
    assert_eq!(taken.alarm.times.quiet_until, Some(at(200)));

    let lift = change(SilenceEvent::Lift, SilenceState::Lifted, Some(SOUTH_GUARD), 140);
    let (row, ringing) = store.change_silence(&province(), row.id, row.version, &lift).await.unwrap();
    assert_eq!((row.silence.state, ringing), (SilenceState::Lifted, vec![raised.alarm.id]));
    let rings = store.alarm(&province(), raised.alarm.id).await.unwrap().alarm;
    assert_eq!((rings.times.quiet_until, rings.version), (Some(at(140)), taken.alarm.version + 1));
}

async fn a_quiet_alarm_takes_in_only_what_is_quiet(house: House) {
    let store = &house.furnish().await.store;
    let row = approved(&house, 1).await;
    let first = house.raise(quiet(70, 120, Some(row.id))).await.alarm.id;
    let rule = JoinRule { window: SignedDuration::from_mins(2), fuse_within: SignedDuration::ZERO };
    let raise = async |new: NewAlarm| match store.raise_alarm(&Access::PLATFORM, &new, rule).await.unwrap() {
        Raised::New(row) => (true, row.alarm.id),
        Raised::Joined(id) | Raised::Fused(id) => (false, id),
    };
    assert_eq!(raise(quiet(71, 130, Some(row.id))).await, (false, first), "quiet joins quiet");
    let (is_new, loud) = raise(quiet(72, 140, None)).await;
    assert!(is_new && loud == alarm_id(72), "what rings is an alarm of its own");
    assert_eq!(raise(quiet(73, 150, None)).await, (false, loud), "and takes in what rings");
    assert!(!raise(quiet(74, 160, Some(row.id))).await.0, "and what is quiet");
    assert!(!raise(quiet(75, 200, None)).await.0, "after the end both ring: one more sighting joins");
}
