//! Reports of fires as kept: which alarms owe one is what the domain says, a form is written once for each version, and it rings once.

use domain::alarm::incident::{IncidentForm, IncidentState, due_at};
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, decide};
use domain::ids::{AlarmId, DutyReportId};
use domain::recording::Span;
use store::{
    AlarmFilter, AlarmStates, ErrorKind, IncidentChange, IncidentFilter, NewDutyReport, PageAsk, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_SCHOOL, alarm_id, at, new_alarm, north, province, south,
};

contract!(
    which_alarm_owes_a_report_is_what_the_domain_says,
    a_form_is_written_over_nobodys_head_and_sealed_once,
    a_late_report_is_found_once
);

async fn confirm(store: &Store, id: AlarmId, s: i64) {
    for event in [AlarmEvent::Take, AlarmEvent::Confirm] {
        let alarm = store.alarm(&north(), id).await.unwrap().alarm;
        let change = decide(&alarm, event, north().user_id, None, at(s)).unwrap();
        let step =
            store::StepRecord { at: at(s), event, actor_id: north().user_id, note: None, reason: None };
        store.change_alarm(&north(), id, alarm.version, &change, &step).await.unwrap();
    }
}

async fn which_alarm_owes_a_report_is_what_the_domain_says(house: House) {
    house.furnish().await.equip().await;
    let states = [AlarmState::Waiting, AlarmState::Confirmed, AlarmState::Closed, AlarmState::FalseAlarm];
    let mut n = 0x5000;
    for code in [AlarmCode::F01, AlarmCode::F04, AlarmCode::F05, AlarmCode::E01] {
        for state in states {
            for drill in [false, true] {
                n += 1;
                let mut new =
                    new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, i64::try_from(n).unwrap() * 1000);
                (new.alarm.code, new.alarm.state, new.alarm.drill) = (code, state, drill);
                // Of no camera: nothing joins.
                new.alarm.camera_id = None;
                new.alarm.times.verified_at =
                    (state != AlarmState::Waiting).then(|| at(i64::try_from(n).unwrap() * 1000 + 60));
                house.raise(new).await;
            }
        }
    }
    let all = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
    let rows = house.store.alarms(&province(), &all, &PageAsk::first(200)).await.unwrap().items;
    let mut wanted: Vec<AlarmId> =
        rows.iter().filter(|row| due_at(&row.alarm).is_some()).map(|row| row.alarm.id).collect();
    wanted.sort_unstable();
    assert_eq!(wanted.len(), 4, "two codes, two states, no drill");
    let mut found = Vec::new();
    let mut page = PageAsk::first(3);
    loop {
        let some = house.store.incidents(&north(), IncidentFilter::Open, &page).await.unwrap();
        found.extend(some.items.iter().map(|one| one.alarm.alarm.id));
        let Some(next) = some.next else { break };
        page = PageAsk::after(3, next);
    }
    found.sort_unstable();
    assert_eq!(found, wanted);
    let others = house.store.incidents(&south(), IncidentFilter::All, &PageAsk::first(9)).await.unwrap();
    assert_eq!(others.items, [], "another town sees none");
}

fn change(to: IncidentState, paper: Option<NewDutyReport>, s: i64) -> IncidentChange {
    let form = IncidentForm { seen: "油锅起火".to_owned(), ..IncidentForm::default() };
    IncidentChange { to, due_at: at(7260), form, paper, at: at(s) }
}

fn paper() -> NewDutyReport {
    NewDutyReport {
        id: DutyReportId(Uuid::from_u128(7)),
        kind: "incident".to_owned(),
        title: "火情报告".to_owned(),
        organisation_id: None,
        region_id: None,
        alarm_id: Some(NORTH_ALARM),
        span: Span::new(at(0), at(90)),
        made_at: at(90),
        content: "{}".to_owned(),
        digest: "0".repeat(64),
        key_id: "k".to_owned(),
        signature: "s".to_owned(),
    }
}

async fn a_form_is_written_over_nobodys_head_and_sealed_once(house: House) {
    house.furnish().await.equip().await.ignite().await;
    let store = &house.store;
    confirm(store, NORTH_ALARM, 60).await;
    let owed = store.incident(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((owed.state, owed.version, owed.due_at), (IncidentState::Owed, 0, at(60 + 7200)));
    let kept = store
        .change_incident(&north(), NORTH_ALARM, 0, &change(IncidentState::Drafted, None, 70))
        .await
        .unwrap();
    assert_eq!(
        (kept.state, kept.version, kept.form.unwrap().seen.as_str()),
        (IncidentState::Drafted, 1, "油锅起火")
    );
    let stale =
        store.change_incident(&north(), NORTH_ALARM, 0, &change(IncidentState::Drafted, None, 71)).await;
    assert_eq!(stale.unwrap_err().kind(), ErrorKind::Conflict);
    let foreign =
        store.change_incident(&south(), NORTH_ALARM, 1, &change(IncidentState::Drafted, None, 72)).await;
    assert_eq!(foreign.unwrap_err().kind(), ErrorKind::NotFound);
    let sealed = change(IncidentState::Submitted, Some(paper()), 90);
    let done = store.change_incident(&north(), NORTH_ALARM, 1, &sealed).await.unwrap();
    assert_eq!((done.state, done.report_id), (IncidentState::Submitted, Some(paper().id)));
    let again = change(IncidentState::Drafted, None, 91);
    assert_eq!(
        store.change_incident(&north(), NORTH_ALARM, 2, &again).await.unwrap_err().kind(),
        ErrorKind::Conflict,
        "what is sealed stays"
    );
    assert_eq!(store.duty_report(&north(), paper().id).await.unwrap().made, paper());
    assert_eq!(store.duty_report(&south(), paper().id).await.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn a_late_report_is_found_once(house: House) {
    house.furnish().await.equip().await.ignite().await;
    let store = &house.store;
    confirm(store, NORTH_ALARM, 60).await;
    let late = async |s| store.incidents_late(at(0), at(s), 9).await.unwrap();
    assert_eq!(late(60 + 7200).await, []);
    assert_eq!(late(60 + 7201).await, [NORTH_ALARM]);
    assert_eq!(store.incidents_late(at(60), at(99_999), 9).await.unwrap(), [], "what was confirmed long ago");
    let mut ring = new_alarm(alarm_id(0x77), NORTH_SCHOOL, NORTH_CAMERA, 90_000);
    (ring.alarm.code, ring.alarm.camera_id) = (AlarmCode::M06, None);
    let ring = house.raise(ring).await;
    store.note_incident_late(NORTH_ALARM, at(7260), ring.alarm.id, at(90_000)).await.unwrap();
    assert_eq!(late(99_999).await, []);
    let row = store.incident(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((row.state, row.late_alarm_id), (IncidentState::Owed, Some(ring.alarm.id)));
    let draft = change(IncidentState::Drafted, None, 91_000);
    let kept = store.change_incident(&north(), NORTH_ALARM, row.version, &draft).await;
    assert_eq!(kept.unwrap().state, IncidentState::Drafted, "late is written all the same");
}
