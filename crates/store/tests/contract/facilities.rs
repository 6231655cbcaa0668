//! Fire facilities: intake is all or nothing, what was told is settled once, a neighbour finds nothing; and one card for a detector and the
//! cameras beside it, on which the detector always leads.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Level, Source};
use domain::facility::{FacilityEventKind, RollCallState};
use domain::ids::{AlarmId, ComponentId, FacilityEventId, RollCallId, TransmitterId, UserId};
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmRow, ComponentFilter, ComponentSeen, Detector, ErrorKind, FacilityEventFilter, FrameKey, Intake,
    JoinRule, NewAlarm, NewFacilityEvent, NewRollCall, PageAsk, Raised, StepRecord, Store, TransmitterFilter,
    TransmitterRecord, TransmitterSeen,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_SCHOOL, alarm_id, at, new_alarm,
    north, south,
};

contract!(
    a_neighbour_finds_no_device_and_takes_no_address,
    an_intake_is_kept_as_a_whole_and_read_back,
    what_was_told_is_settled_once,
    a_component_is_placed_with_cameras_of_its_unit,
    a_roll_call_moves_on_once,
    what_a_camera_sees_joins_the_card_of_a_detector,
    a_detector_is_raised_although_a_camera_saw_it_before,
    what_somebody_found_true_stays_a_card_of_its_own,
    a_quiet_rule_weakens_no_detector_and_the_stronger_level_wins,
    an_ended_or_distant_detector_swallows_no_camera,
    a_detector_joins_only_its_own_and_its_panels,
);

const DEVICE: TransmitterId = TransmitterId(Uuid::from_u128(0x7001));
const SMOKE: ComponentId = ComponentId(Uuid::from_u128(0x7101));
const HEAT: ComponentId = ComponentId(Uuid::from_u128(0x7102));
const RULE: JoinRule =
    JoinRule { window: SignedDuration::from_secs(60), fuse_within: SignedDuration::from_mins(10) };

fn device(id: TransmitterId, address: &str) -> TransmitterRecord {
    TransmitterRecord {
        id,
        unit_id: NORTH_SCHOOL,
        address: address.to_owned(),
        name: format!("传输装置 {address}"),
        disabled: false,
        simulated: false,
        created_at: at(0),
    }
}

fn component(id: ComponentId, address: u32) -> ComponentSeen {
    ComponentSeen {
        id,
        transmitter_id: DEVICE,
        system: (1, 1),
        kind: 42,
        address,
        description: format!("{address} 号烟感"),
        bits: 1,
        bits_at: at(1),
        reading: None,
    }
}

fn event(n: u128, kind: FacilityEventKind, settled: bool) -> NewFacilityEvent {
    NewFacilityEvent {
        id: FacilityEventId(Uuid::from_u128(n)),
        transmitter_id: DEVICE,
        unit_id: NORTH_SCHOOL,
        component_id: Some(SMOKE),
        kind,
        frame: FrameKey { serial: n as u16, label: "1e0f0a090b1a".to_owned(), digest: format!("{n:032x}") },
        type_flag: 2,
        operator: None,
        detail: None,
        occurred_at: at(2),
        received_at: at(3),
        settled,
    }
}

/// A device at the school in the north with two components; the first one is where its camera looks.
async fn furnished(house: &House) -> &Store {
    let store = &house.furnish().await.store;
    store.add_transmitter(&north(), &device(DEVICE, "360100000001"), None, at(0)).await.unwrap();
    let components = vec![component(SMOKE, 1), component(HEAT, 2)];
    store.keep_intake(&Intake { components, ..Intake::default() }).await.unwrap();
    store.place_component(&north(), SMOKE, Some("二层走廊"), &[NORTH_CAMERA], None).await.unwrap();
    store
}

fn fire(n: u128, component_id: Option<ComponentId>, code: AlarmCode, s: i64) -> NewAlarm {
    let seen = new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
    let alarm =
        Alarm { code, level: code.default_level(), camera_id: None, source: Source::Device, ..seen.alarm };
    let detector = Some(Detector { transmitter_id: DEVICE, component_id });
    NewAlarm { alarm, score: None, boxes: vec![], model: None, detector, ..seen }
}

fn sight(n: u128, code: AlarmCode, level: Level, s: i64) -> NewAlarm {
    let seen = new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
    NewAlarm { alarm: Alarm { code, level, ..seen.alarm }, ..seen }
}

async fn raise(store: &Store, new: &NewAlarm) -> Raised {
    store.raise_alarm(&Access::PLATFORM, new, RULE).await.unwrap()
}

async fn card(store: &Store, n: u128) -> AlarmRow {
    store.alarm(&north(), alarm_id(n)).await.unwrap()
}

async fn step(store: &Store, id: AlarmId, event: AlarmEvent, by: Option<UserId>, now: Timestamp) {
    let row = store.alarm(&Access::PLATFORM, id).await.unwrap();
    let reason = (event == AlarmEvent::Reject).then_some(FalseAlarmReason::SteamFog);
    let change = domain::alarm::decide(&row.alarm, event, by, reason, now).unwrap();
    let step = StepRecord { at: now, event, actor_id: by, note: None, reason };
    store.change_alarm(&Access::PLATFORM, id, row.alarm.version, &change, &step).await.unwrap();
}

async fn a_neighbour_finds_no_device_and_takes_no_address(house: House) {
    let store = furnished(&house).await;
    let other = TransmitterId(Uuid::from_u128(0x7002));
    let taken = TransmitterRecord { unit_id: SOUTH_SCHOOL, ..device(other, "360100000001") };
    let refused = store.add_transmitter(&south(), &taken, None, at(1)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    let elsewhere =
        store.add_transmitter(&south(), &device(other, "360100000002"), None, at(1)).await.unwrap_err();
    assert_eq!(elsewhere.kind(), ErrorKind::NotFound);
    assert_eq!(store.transmitter(&south(), DEVICE).await.unwrap_err().kind(), ErrorKind::NotFound);
    let (all, page) = (TransmitterFilter::default(), PageAsk::first(10));
    assert_eq!(store.transmitters(&south(), &all, &page).await.unwrap().items, []);
    assert_eq!(
        store.components(&south(), DEVICE, ComponentFilter::default(), &page).await.unwrap().items,
        []
    );
    assert_eq!(store.component(&south(), SMOKE).await.unwrap_err().kind(), ErrorKind::NotFound);
    let placed = store.place_component(&south(), SMOKE, Some("x"), &[], None).await.unwrap_err();
    assert_eq!(placed.kind(), ErrorKind::NotFound);
    assert_eq!(
        store.remove_transmitter(&south(), DEVICE, at(2)).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
    let found = TransmitterFilter { text: Some("0001".to_owned()), online: Some(false), ..all };
    assert_eq!(store.transmitters(&north(), &found, &page).await.unwrap().items.len(), 1);
    store.remove_transmitter(&north(), DEVICE, at(2)).await.unwrap();
    store.add_transmitter(&south(), &taken, None, at(3)).await.unwrap();
}

async fn an_intake_is_kept_as_a_whole_and_read_back(house: House) {
    let store = furnished(&house).await;
    let seen = TransmitterSeen {
        is_online: true,
        since: at(3),
        heard_at: at(3),
        peer: "10.0.0.9:4000".to_owned(),
        bits: Some(9),
        clock_ahead_s: Some(-75),
        software: Some("1.2".to_owned()),
        configuration: None,
    };
    let burning =
        ComponentSeen { bits: 3, bits_at: at(2), id: ComponentId(Uuid::from_u128(1)), ..component(SMOKE, 1) };
    let intake = Intake {
        components: vec![burning],
        events: vec![event(1, FacilityEventKind::Fire, false), event(2, FacilityEventKind::Silence, true)],
        transmitters: vec![(DEVICE, seen.clone())],
    };
    store.keep_intake(&intake).await.unwrap();
    let row = store.transmitter(&north(), DEVICE).await.unwrap();
    assert_eq!((row.seen, row.components, row.placed), (Some(seen), 2, 1));
    let smoke = store.component(&north(), SMOKE).await.unwrap();
    assert!(smoke.condition.is_fire(), "the same component, whatever id came with it");
    assert_eq!(smoke.cameras.first().map(|(id, _)| *id), Some(NORTH_CAMERA));
    let told =
        store.facility_events(&north(), &FacilityEventFilter::default(), &PageAsk::first(10)).await.unwrap();
    assert_eq!(
        told.items.iter().map(|one| one.kind).collect::<Vec<_>>(),
        [FacilityEventKind::Silence, FacilityEventKind::Fire]
    );
    assert_eq!(told.items[0].component.as_ref().map(|(.., place)| place.as_str()), Some("二层走廊"));
    assert_eq!(store.frames_seen(DEVICE, at(3)).await.unwrap().len(), 2);
    assert_eq!(store.frames_seen(DEVICE, at(4)).await.unwrap(), []);
    let again = Intake {
        components: vec![ComponentSeen { bits: 1, ..component(SMOKE, 1) }],
        events: vec![event(1, FacilityEventKind::Fire, false)],
        ..Intake::default()
    };
    assert!(store.keep_intake(&again).await.is_err(), "the id is taken");
    assert!(store.component(&north(), SMOKE).await.unwrap().condition.is_fire(), "nothing of it is kept");
    let south = store.facility_events(&south(), &FacilityEventFilter::default(), &PageAsk::first(10)).await;
    assert_eq!(south.unwrap().items, []);
}

async fn what_was_told_is_settled_once(house: House) {
    let store = furnished(&house).await;
    let events = vec![
        event(1, FacilityEventKind::Fire, false),
        event(2, FacilityEventKind::Silence, true),
        event(3, FacilityEventKind::Reset, false),
    ];
    store.keep_intake(&Intake { events, ..Intake::default() }).await.unwrap();
    let kinds = async || -> Vec<_> {
        store.unsettled_events().await.unwrap().into_iter().map(|one| one.kind).collect()
    };
    assert_eq!(kinds().await, [FacilityEventKind::Fire, FacilityEventKind::Reset]);
    let new = fire(1, Some(SMOKE), AlarmCode::F03, 4);
    assert!(matches!(raise(store, &new).await, Raised::New(_)));
    assert_eq!(raise(store, &new).await, Raised::Joined(alarm_id(1)), "the same telling again");
    store.settle_event(FacilityEventId(Uuid::from_u128(1)), Some(alarm_id(1))).await.unwrap();
    assert_eq!(kinds().await, [FacilityEventKind::Reset]);
    let all = store.open_facility_alarms(DEVICE, None, &[AlarmCode::F03]).await.unwrap();
    assert_eq!(all, [alarm_id(1)]);
    let other = store.open_facility_alarms(DEVICE, Some(Some(HEAT)), &[AlarmCode::F03]).await.unwrap();
    assert_eq!(other, []);
}

async fn a_component_is_placed_with_cameras_of_its_unit(house: House) {
    let store = furnished(&house).await;
    let place = store.place_component(&north(), HEAT, Some("厨房"), &[SOUTH_CAMERA], None).await.unwrap_err();
    assert_eq!(place.kind(), ErrorKind::Invalid);
    assert_eq!(store.component(&north(), HEAT).await.unwrap().place, None, "nothing is kept");
    let unplaced = ComponentFilter { unplaced: true, ..ComponentFilter::default() };
    let found = store.components(&north(), DEVICE, unplaced, &PageAsk::first(10)).await.unwrap();
    assert_eq!(found.items.iter().map(|one| one.id).collect::<Vec<_>>(), [HEAT]);
    let troubled = ComponentFilter { troubled: true, ..ComponentFilter::default() };
    assert_eq!(store.components(&north(), DEVICE, troubled, &PageAsk::first(10)).await.unwrap().items, []);
}

async fn a_roll_call_moves_on_once(house: House) {
    let store = furnished(&house).await;
    let id = RollCallId(Uuid::from_u128(0x7201));
    let new = NewRollCall {
        id,
        transmitter_id: DEVICE,
        asked_at: at(0),
        asked_by: Some(NORTH_GUARD),
        minutes: 3,
        deadline_at: at(180),
    };
    assert_eq!(store.add_roll_call(&south(), &new).await.unwrap_err().kind(), ErrorKind::NotFound);
    store.add_roll_call(&north(), &new).await.unwrap();
    store.roll_call_received(id, at(1)).await.unwrap();
    assert_eq!(store.roll_calls_overdue(at(180)).await.unwrap(), []);
    assert_eq!(store.roll_calls_overdue(at(181)).await.unwrap().len(), 1);
    let answer = Some((at(60), Some(7)));
    assert!(
        store.move_roll_call(id, (RollCallState::Waiting, RollCallState::Answered), answer).await.unwrap()
    );
    assert!(
        !store.move_roll_call(id, (RollCallState::Waiting, RollCallState::Absent), None).await.unwrap(),
        "it waits no longer"
    );
    let call = store.roll_call(&north(), id).await.unwrap();
    assert_eq!(
        (call.state, call.answered_at, call.operator),
        (RollCallState::Answered, Some(at(60)), Some(7))
    );
    assert_eq!(call.asked_by.map(|(_, name)| name), Some("north 值班员".to_owned()));
    assert_eq!(store.roll_call(&south(), id).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.roll_calls(&south(), None, &PageAsk::first(5)).await.unwrap().items, []);
}

async fn what_a_camera_sees_joins_the_card_of_a_detector(house: House) {
    let store = furnished(&house).await;
    assert!(matches!(raise(store, &fire(1, Some(SMOKE), AlarmCode::F03, 10)).await, Raised::New(_)));
    let before = card(store, 1).await;
    assert_eq!(before.alarm.camera_id, Some(NORTH_CAMERA), "the camera beside it");
    step(store, alarm_id(1), AlarmEvent::Take, Some(NORTH_GUARD), at(12)).await;
    let taken = card(store, 1).await;
    assert_eq!(raise(store, &sight(2, AlarmCode::F01, Level::One, 20)).await, Raised::Fused(alarm_id(1)));
    assert_eq!(raise(store, &sight(3, AlarmCode::F01, Level::One, 25)).await, Raised::Joined(alarm_id(1)));
    let after = card(store, 1).await;
    assert_eq!(after.alarm, taken.alarm, "state, owner, version and level are the detector's");
    assert_eq!(after.sources.len(), 2, "both are named");
    let (detector, seen) = (&after.sources[0], &after.sources[1]);
    assert_eq!((detector.source, detector.code), (Source::Device, AlarmCode::F03));
    assert_eq!(
        detector.component.as_ref().map(|(id, _, place)| (*id, place.as_str())),
        Some((SMOKE, "二层走廊"))
    );
    assert_eq!(detector.cameras.first().map(|(id, _)| *id), Some(NORTH_CAMERA));
    assert_eq!((seen.source, seen.code, seen.times), (Source::Ai, AlarmCode::F01, 2));
    assert_eq!((after.joined_count, after.last_joined_at), (2, Some(at(25))));
    assert_eq!(after.boxes, sight(2, AlarmCode::F01, Level::One, 20).boxes, "where the camera saw it");
    let elsewhere = sight(4, AlarmCode::E01, Level::Two, 30);
    assert!(matches!(raise(store, &elsewhere).await, Raised::New(_)), "a blocked exit is no fire");
}

async fn a_detector_is_raised_although_a_camera_saw_it_before(house: House) {
    let store = furnished(&house).await;
    assert!(matches!(raise(store, &sight(1, AlarmCode::F01, Level::One, 10)).await, Raised::New(_)));
    step(store, alarm_id(1), AlarmEvent::Take, Some(NORTH_GUARD), at(11)).await;
    let told = store.outbox_after(0, 100).await.unwrap().len();
    let Raised::New(row) = raise(store, &fire(2, Some(SMOKE), AlarmCode::F03, 20)).await else {
        panic!("a detector's alarm is one of its own")
    };
    assert_eq!(
        (row.alarm.state, row.alarm.level, row.alarm.owner_id),
        (AlarmState::Waiting, Level::One, None)
    );
    assert_eq!(row.alarm.times.pushed_at, at(20), "at once");
    let entries = store.outbox_after(0, 100).await.unwrap();
    assert!(
        entries[told..]
            .iter()
            .any(|entry| entry.topic == "alarm.raised" && entry.payload.contains(&row.alarm.id.to_string()))
    );
    let seen = card(store, 1).await;
    assert_eq!(seen.alarm.state, AlarmState::Merged, "the sighting went onto its card");
    let sources = card(store, 2).await.sources;
    assert_eq!(sources.iter().map(|one| one.source).collect::<Vec<_>>(), [Source::Device, Source::Ai]);
    assert_eq!(sources[1].seen_alarm_id, Some(alarm_id(1)), "picture and clip are found there");
    assert_eq!(raise(store, &sight(3, AlarmCode::F01, Level::One, 25)).await, Raised::Joined(alarm_id(2)));
    assert_eq!(raise(store, &sight(4, AlarmCode::F02, Level::One, 26)).await, Raised::Fused(alarm_id(2)));
}

async fn what_somebody_found_true_stays_a_card_of_its_own(house: House) {
    let store = furnished(&house).await;
    raise(store, &sight(1, AlarmCode::F02, Level::One, 10)).await;
    step(store, alarm_id(1), AlarmEvent::Take, Some(NORTH_GUARD), at(11)).await;
    step(store, alarm_id(1), AlarmEvent::Confirm, Some(NORTH_GUARD), at(12)).await;
    assert!(matches!(raise(store, &fire(2, Some(SMOKE), AlarmCode::F03, 20)).await, Raised::New(_)));
    assert_eq!(card(store, 1).await.alarm.state, AlarmState::Confirmed);
    let named = card(store, 2).await.sources;
    assert_eq!(
        named.get(1).and_then(|one| one.seen_alarm_id),
        Some(alarm_id(1)),
        "and is named on the other"
    );
}

async fn a_quiet_rule_weakens_no_detector_and_the_stronger_level_wins(house: House) {
    let store = furnished(&house).await;
    raise(store, &sight(1, AlarmCode::F01, Level::Four, 5)).await;
    let Raised::New(row) = raise(store, &fire(2, Some(SMOKE), AlarmCode::F03, 10)).await else {
        panic!("raised by itself")
    };
    assert_eq!(row.alarm.level, Level::One, "a quiet rule takes nothing away");
    raise(store, &sight(3, AlarmCode::F02, Level::Four, 12)).await;
    assert_eq!(card(store, 2).await.alarm.level, Level::One);
    step(store, alarm_id(2), AlarmEvent::Take, Some(NORTH_GUARD), at(13)).await;
    step(store, alarm_id(2), AlarmEvent::Reject, Some(NORTH_GUARD), at(14)).await;
    // An electrical detector only warns; smoke at the same place makes it urgent.
    raise(store, &fire(4, Some(SMOKE), AlarmCode::F06, 700)).await;
    assert_eq!(card(store, 4).await.alarm.level, Level::Two);
    assert_eq!(raise(store, &sight(5, AlarmCode::F01, Level::One, 710)).await, Raised::Fused(alarm_id(4)));
    assert_eq!(card(store, 4).await.alarm.level, Level::One);
}

async fn an_ended_or_distant_detector_swallows_no_camera(house: House) {
    let store = furnished(&house).await;
    raise(store, &fire(1, Some(SMOKE), AlarmCode::F03, 10)).await;
    step(store, alarm_id(1), AlarmEvent::Take, Some(NORTH_GUARD), at(11)).await;
    step(store, alarm_id(1), AlarmEvent::Reject, Some(NORTH_GUARD), at(12)).await;
    assert!(
        matches!(raise(store, &sight(2, AlarmCode::F01, Level::One, 15)).await, Raised::New(_)),
        "it was ended"
    );
    step(store, alarm_id(2), AlarmEvent::Take, Some(NORTH_GUARD), at(16)).await;
    step(store, alarm_id(2), AlarmEvent::Reject, Some(NORTH_GUARD), at(17)).await;
    raise(store, &fire(3, Some(HEAT), AlarmCode::F03, 100)).await;
    assert!(
        matches!(raise(store, &sight(4, AlarmCode::F01, Level::One, 110)).await, Raised::New(_)),
        "another place"
    );
    step(store, alarm_id(4), AlarmEvent::Take, Some(NORTH_GUARD), at(111)).await;
    step(store, alarm_id(4), AlarmEvent::Reject, Some(NORTH_GUARD), at(112)).await;
    raise(store, &fire(5, Some(SMOKE), AlarmCode::F03, 1000)).await;
    assert!(
        matches!(raise(store, &sight(6, AlarmCode::F01, Level::One, 1601)).await, Raised::New(_)),
        "long ago"
    );
    let Raised::New(late) = raise(store, &fire(7, Some(SMOKE), AlarmCode::F06, 2300)).await else { panic!() };
    assert_eq!(late.sources.len(), 1, "what a camera saw long ago is another matter");
}

async fn a_detector_joins_only_its_own_and_its_panels(house: House) {
    let store = furnished(&house).await;
    assert!(
        matches!(raise(store, &fire(1, None, AlarmCode::F03, 10)).await, Raised::New(_)),
        "the panel's own"
    );
    assert_eq!(raise(store, &fire(2, Some(SMOKE), AlarmCode::F03, 12)).await, Raised::Joined(alarm_id(1)));
    let located = card(store, 1).await;
    assert_eq!(located.alarm.camera_id, Some(NORTH_CAMERA), "the panel's fire has a place now");
    assert_eq!(located.sources.len(), 2);
    assert_eq!(
        raise(store, &fire(3, Some(SMOKE), AlarmCode::F03, 900)).await,
        Raised::Joined(alarm_id(1)),
        "still open"
    );
    let other = raise(store, &fire(4, Some(HEAT), AlarmCode::F03, 901)).await;
    assert!(matches!(other, Raised::New(_)), "another detector is another card");
    assert_eq!(raise(store, &fire(5, None, AlarmCode::F03, 902)).await, Raised::Joined(alarm_id(4)));
    step(store, alarm_id(1), AlarmEvent::Take, Some(NORTH_GUARD), at(903)).await;
    step(store, alarm_id(1), AlarmEvent::Reject, Some(NORTH_GUARD), at(904)).await;
    let anew = raise(store, &fire(6, Some(SMOKE), AlarmCode::F03, 905)).await;
    assert!(matches!(anew, Raised::New(_)), "an alarm that was ended swallows no new fire");
}
