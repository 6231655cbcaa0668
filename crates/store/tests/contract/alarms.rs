//! Alarms: raised once, joined, told, changed by whoever is first, with their files.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmEvent, AlarmState, FalseAlarmReason, Mark, decide};
use domain::role::Role;
use store::{
    AlarmBlobKind, AlarmFilter, AlarmRow, AlarmStates, ErrorKind, NewAlarm, PageAsk, Raised, StepRecord,
    Store, StoreError,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, RULE, SOUTH_CAMERA, SOUTH_SCHOOL, alarm_id,
    at, new_alarm, north, province,
};

contract!(
    a_raised_alarm_is_committed_with_its_step_and_its_outbox_entry,
    the_same_fire_joins_and_the_same_observation_counts_once,
    of_many_raising_at_once_one_is_new,
    raised_together_each_is_what_it_would_be_alone,
    a_stale_change_is_refused_and_leaves_nothing,
    a_step_remembers_who_and_as_what,
    open_alarms_come_most_urgent_first,
    files_are_kept_checked_and_told,
    a_silent_owner_is_found,
    what_the_platform_notes_is_no_sign_of_an_owner,
    what_was_told_stays_told,
);

fn guard() -> Access {
    Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL))
}

async fn step(
    store: &Store,
    row: &AlarmRow,
    event: AlarmEvent,
    reason: Option<FalseAlarmReason>,
    s: i64,
) -> Result<AlarmRow, StoreError> {
    let change = decide(&row.alarm, event, Some(NORTH_GUARD), reason, at(s)).unwrap();
    let record =
        StepRecord {
            at: at(s), event, actor_id: Some(NORTH_GUARD), note: Some("看到了".to_owned()), reason
        };
    store.change_alarm(&guard(), row.alarm.id, row.alarm.version, &change, &record).await
}

async fn a_raised_alarm_is_committed_with_its_step_and_its_outbox_entry(house: House) {
    let store = &house.furnish().await.store;
    let new = new_alarm(NORTH_ALARM, NORTH_SCHOOL, NORTH_CAMERA, 10);
    let row = house.raise(new.clone()).await;
    assert_eq!(row.alarm, new.alarm);
    assert_eq!((row.score, &row.boxes, row.simulated), (new.score, &new.boxes, true));
    assert_eq!((row.unit_name.as_str(), row.city.as_deref()), ("武宁第一中学", Some("九江市")));
    assert_eq!(row.camera_name.as_deref(), Some("一号宿舍楼三层东走廊"));
    assert_eq!(store.alarm(&north(), NORTH_ALARM).await.unwrap(), row);
    let steps = store.alarm_steps(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((steps.len(), steps[0].event.as_str(), steps[0].from), (1, "raise", None));
    let told = store.outbox_pending(10).await.unwrap();
    assert_eq!((told.len(), told[0].topic.as_str()), (1, "alarm.raised"));
    assert_eq!(told[0].key, NORTH_ALARM.to_string());
    assert!(told[0].payload.contains("\"state\":\"waiting\""));

    // An alarm that cannot be written leaves no entry behind: the two are one transaction.
    let mut broken = new_alarm(alarm_id(5), NORTH_SCHOOL, NORTH_CAMERA, 500);
    broken.alarm.owner_id = Some(domain::ids::UserId(Uuid::from_u128(404)));
    broken.alarm.code = domain::alarm::AlarmCode::F01;
    let refused = store.raise_alarm(&Access::PLATFORM, &broken, RULE).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(store.outbox_pending(10).await.unwrap().len(), 1);
    assert_eq!(store.last_outbox_seq().await.unwrap(), told[0].seq);
}

async fn the_same_fire_joins_and_the_same_observation_counts_once(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let raise = async |n: u128, s: i64| {
        let new = new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
        store.raise_alarm(&Access::PLATFORM, &new, RULE).await.unwrap()
    };
    assert_eq!(raise(0x1002, 10).await, Raised::Joined(NORTH_ALARM), "the observation that raised it");
    assert_eq!(raise(0x51, 5000).await, Raised::Joined(NORTH_ALARM), "still open, long after");
    assert_eq!(raise(0x51, 5000).await, Raised::Joined(NORTH_ALARM), "told twice");
    let row = store.alarm(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((row.joined_count, row.last_joined_at, row.alarm.version), (1, Some(at(5000)), 0));
    let row = step(store, &row, AlarmEvent::Take, None, 5001).await.unwrap();
    step(store, &row, AlarmEvent::Reject, Some(FalseAlarmReason::Sunlight), 5002).await.unwrap();
    // Ended: it joins only within the window after it was pushed, at 10 s.
    assert_eq!(raise(0x52, 70).await, Raised::Joined(NORTH_ALARM));
    assert!(matches!(raise(0x53, 71).await, Raised::New(row) if row.alarm.id == alarm_id(0x53)));
    let other = NewAlarm {
        alarm: domain::alarm::Alarm {
            code: domain::alarm::AlarmCode::F01,
            ..new_alarm(alarm_id(0x54), NORTH_SCHOOL, NORTH_CAMERA, 72).alarm
        },
        ..new_alarm(alarm_id(0x54), NORTH_SCHOOL, NORTH_CAMERA, 72)
    };
    house.raise(other).await;
    let seqs = store.outbox_after(0, 100).await.unwrap();
    assert_eq!(seqs.iter().filter(|entry| entry.topic == "alarm.raised").count(), 4);
}

async fn of_many_raising_at_once_one_is_new(house: House) {
    let store = &house.furnish().await.store;
    let raising: Vec<_> = (0..12_u128)
        .map(|n| {
            let store = store.clone();
            let new = new_alarm(alarm_id(0x60 + n), NORTH_SCHOOL, NORTH_CAMERA, 10);
            tokio::spawn(async move { store.raise_alarm(&Access::PLATFORM, &new, RULE).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for one in raising {
        new += usize::from(matches!(one.await.unwrap(), Raised::New(_)));
    }
    assert_eq!(new, 1);
    assert_eq!(store.outbox_pending(100).await.unwrap().len(), 1);
    let open = store.alarms(&north(), &AlarmFilter::default(), &PageAsk::first(10)).await.unwrap().items;
    assert_eq!((open.len(), open[0].joined_count), (1, 11));
}

async fn raised_together_each_is_what_it_would_be_alone(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let anyone = |n: u128, s: i64| new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
    let smoke = |n: u128| {
        let mut new = anyone(n, 100);
        new.alarm.code = domain::alarm::AlarmCode::F01;
        new
    };
    let nowhere = |n: u128| {
        let mut new = anyone(n, 100);
        new.alarm.camera_id = None;
        new
    };
    let asked = [
        (Access::PLATFORM, anyone(0x71, 20)),
        (Access::PLATFORM, smoke(0x72)),
        (Access::PLATFORM, smoke(0x73)),
        (guard(), nowhere(0x74)),
        (guard(), nowhere(0x74)),
        (guard(), new_alarm(alarm_id(0x75), SOUTH_SCHOOL, SOUTH_CAMERA, 100)),
        (Access::PLATFORM, new_alarm(alarm_id(0x76), NORTH_SCHOOL, SOUTH_CAMERA, 100)),
        (Access::PLATFORM, NewAlarm { boxes: vec![anyone(1, 1).boxes[0].clone(); 65], ..nowhere(0x77) }),
    ];
    let before = store.last_outbox_seq().await.unwrap();
    let raised: Vec<String> = store.raise_alarms(&asked, RULE).await.unwrap().iter().map(word).collect();
    let joined = format!("joined {NORTH_ALARM}");
    let expected = [
        joined.as_str(),
        &format!("new {}", alarm_id(0x72)),
        &format!("joined {}", alarm_id(0x72)),
        &format!("new {}", alarm_id(0x74)),
        &format!("joined {}", alarm_id(0x74)),
        "NotFound",
        "NotFound",
        "Limit",
    ];
    assert_eq!(raised, expected);
    let told = store.outbox_after(before, 10).await.unwrap();
    let keys: Vec<String> = told.iter().map(|entry| entry.key.clone()).collect();
    assert_eq!(keys, [alarm_id(0x72).to_string(), alarm_id(0x74).to_string()]);
    let smoke = store.alarm(&north(), alarm_id(0x72)).await.unwrap();
    assert_eq!((smoke.joined_count, smoke.last_joined_at), (1, Some(at(100))));
    let steps = store.alarm_steps(&north(), alarm_id(0x74)).await.unwrap();
    assert_eq!(
        steps[0].actor.as_ref().map(|(id, _, role)| (*id, *role)),
        Some((NORTH_GUARD, Role::DutyGuard))
    );

    // What the database refuses is everybody's: nothing is written.
    let mut broken = nowhere(0x78);
    broken.alarm.owner_id = Some(domain::ids::UserId(Uuid::from_u128(404)));
    let asked = [(Access::PLATFORM, nowhere(0x79)), (Access::PLATFORM, broken)];
    assert_eq!(store.raise_alarms(&asked, RULE).await.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(store.alarm(&province(), alarm_id(0x79)).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert!(store.raise_alarms(&[], RULE).await.unwrap().is_empty());
}

fn word(raised: &Result<Raised, StoreError>) -> String {
    match raised {
        Ok(Raised::New(row)) => format!("new {}", row.alarm.id),
        Ok(Raised::Joined(id) | Raised::Fused(id)) => format!("joined {id}"),
        Err(error) => format!("{:?}", error.kind()),
    }
}

async fn a_stale_change_is_refused_and_leaves_nothing(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let row = store.alarm(&guard(), NORTH_ALARM).await.unwrap();
    let taken = step(store, &row, AlarmEvent::Take, None, 20).await.unwrap();
    assert_eq!((taken.alarm.version, taken.alarm.state), (1, AlarmState::Taken));
    assert_eq!(taken.owner_name.as_deref(), Some("north 值班员"));
    let late = step(store, &row, AlarmEvent::Take, None, 21).await;
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.alarm_steps(&guard(), NORTH_ALARM).await.unwrap().len(), 2);
    assert_eq!(store.outbox_pending(100).await.unwrap().len(), 3, "two raised, one changed");
    let racing: Vec<_> = [AlarmEvent::Confirm, AlarmEvent::MarkTest]
        .map(|event| {
            let (store, row) = (store.clone(), taken.clone());
            tokio::spawn(async move { step(&store, &row, event, None, 30).await.is_ok() })
        })
        .into();
    let mut won = 0;
    for one in racing {
        won += usize::from(one.await.unwrap());
    }
    assert_eq!(won, 1);
}

async fn a_step_remembers_who_and_as_what(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let row = store.alarm(&guard(), NORTH_ALARM).await.unwrap();
    let row = step(store, &row, AlarmEvent::Take, None, 20).await.unwrap();
    let row = step(store, &row, AlarmEvent::Release, None, 21).await.unwrap();
    assert_eq!((row.alarm.marks.as_slice(), row.alarm.owner_id), ([Mark::Reassigned].as_slice(), None));
    let row = step(store, &row, AlarmEvent::Take, None, 22).await.unwrap();
    let row = step(store, &row, AlarmEvent::Reject, Some(FalseAlarmReason::SteamFog), 23).await.unwrap();
    assert_eq!(row.alarm.false_alarm_reason, Some(FalseAlarmReason::SteamFog));
    let steps = store.alarm_steps(&guard(), NORTH_ALARM).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!(last.actor, Some((NORTH_GUARD, "north 值班员".to_owned(), Role::DutyGuard)));
    assert_eq!(
        (last.event.as_str(), last.from, last.to),
        ("reject", Some(AlarmState::Taken), AlarmState::FalseAlarm)
    );
    assert_eq!((last.note.as_deref(), last.reason), (Some("看到了"), Some(FalseAlarmReason::SteamFog)));
    let counts = store.alarm_counts(&province(), at(0)).await.unwrap();
    assert_eq!((counts.open_by_level, counts.today, counts.today_false), ([1, 0, 0, 0], 2, 1));
    assert!(house.behind("update alarm_step set event = 'take'").await.is_err());
    assert!(house.behind("delete from alarm_step").await.is_err());
}

async fn open_alarms_come_most_urgent_first(house: House) {
    let store = &house.furnish().await.store;
    for (n, level, s) in [(1_u128, 3, 10), (2, 1, 11), (3, 1, 12), (4, 4, 13)] {
        let mut new = new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s);
        new.alarm.camera_id = None;
        new.alarm.level = level.try_into().unwrap();
        house.raise(new).await;
    }
    let listed = async |filter: AlarmFilter| {
        let page = store.alarms(&province(), &filter, &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row| row.alarm.id.0.as_u128()).collect::<Vec<_>>()
    };
    let all = |states| AlarmFilter { states, ..AlarmFilter::default() };
    assert_eq!(listed(all(AlarmStates::Open)).await, [3, 2, 1, 4]);
    assert_eq!(listed(all(AlarmStates::All)).await, [4, 3, 2, 1]);
    assert_eq!(listed(all(AlarmStates::Closed)).await, [0; 0]);
    assert_eq!(listed(all(AlarmStates::One(AlarmState::Waiting))).await, [4, 3, 2, 1]);
    assert_eq!(
        listed(AlarmFilter { level: Some(1.try_into().unwrap()), ..all(AlarmStates::All) }).await,
        [3, 2]
    );
    let some = AlarmFilter { from: Some(at(11)), until: Some(at(13)), ..all(AlarmStates::All) };
    assert_eq!(listed(some).await, [3, 2]);
    assert_eq!(listed(AlarmFilter { unit_id: Some(SOUTH_SCHOOL), ..all(AlarmStates::All) }).await, [0; 0]);
    assert_eq!(listed(AlarmFilter { camera_id: Some(SOUTH_CAMERA), ..all(AlarmStates::All) }).await, [0; 0]);
}

async fn files_are_kept_checked_and_told(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let add = async |kind, bytes: &[u8], s| {
        store
            .add_alarm_blob(&guard(), NORTH_ALARM, kind, "image/jpeg", bytes, Some(NORTH_GUARD), at(s))
            .await
            .unwrap()
    };
    let picture = add(AlarmBlobKind::Picture, b"a flame", 11).await;
    assert_eq!(picture, add(AlarmBlobKind::Picture, b"a flame", 11).await, "the same file twice is one");
    add(AlarmBlobKind::ResultPicture, b"first", 12).await;
    let result = add(AlarmBlobKind::ResultPicture, b"second", 13).await;
    let row = store.alarm(&guard(), NORTH_ALARM).await.unwrap();
    assert!(row.alarm.has_result_picture);
    assert_eq!((row.alarm.version, row.blobs.as_slice()), (2, [picture.clone(), result].as_slice()));
    let (blob, bytes) = store.alarm_blob(&guard(), NORTH_ALARM, AlarmBlobKind::ResultPicture).await.unwrap();
    assert_eq!((blob.size_bytes, bytes.as_slice()), (6, b"second".as_slice()));
    let none = store.alarm_blob(&guard(), NORTH_ALARM, AlarmBlobKind::Clip).await;
    assert_eq!(none.unwrap_err().kind(), ErrorKind::NotFound);
    assert!(
        store
            .outbox_pending(100)
            .await
            .unwrap()
            .iter()
            .filter(|entry| entry.topic == "alarm.changed")
            .count()
            >= 3
    );

    let name = picture.blob_id.to_string();
    let path = house.blobs().join(&name[..2]).join(&name);
    std::fs::write(&path, b"retouched").unwrap();
    let altered = store.alarm_blob(&guard(), NORTH_ALARM, AlarmBlobKind::Picture).await;
    assert_eq!(altered.unwrap_err().kind(), ErrorKind::Corrupt);
    let large = vec![0; store::blobs::MAX_BLOB_BYTES + 1];
    let refused = store
        .add_alarm_blob(&guard(), NORTH_ALARM, AlarmBlobKind::Clip, "video/mp4", &large, None, at(14))
        .await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Limit);
}

async fn a_silent_owner_is_found(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let row = store.alarm(&guard(), NORTH_ALARM).await.unwrap();
    step(store, &row, AlarmEvent::Take, None, 20).await.unwrap();
    assert_eq!(store.taken_silent_since(at(20)).await.unwrap(), []);
    assert_eq!(store.taken_silent_since(at(21)).await.unwrap(), [NORTH_ALARM]);
}

async fn what_the_platform_notes_is_no_sign_of_an_owner(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let row = store.alarm(&guard(), NORTH_ALARM).await.unwrap();
    let row = step(store, &row, AlarmEvent::Take, None, 20).await.unwrap();
    let change = decide(&row.alarm, AlarmEvent::Clear, None, None, at(50)).unwrap();
    let record =
        StepRecord { at: at(50), event: AlarmEvent::Clear, actor_id: None, note: None, reason: None };
    let version = row.alarm.version;
    let noted = store.change_alarm(&Access::PLATFORM, NORTH_ALARM, version, &change, &record).await.unwrap();
    assert_eq!((noted.alarm.state, noted.alarm.owner_id), (AlarmState::Taken, Some(NORTH_GUARD)));
    let steps = store.alarm_steps(&guard(), NORTH_ALARM).await.unwrap();
    assert_eq!(steps.last().map(|step| (step.event.as_str(), step.actor.is_none())), Some(("clear", true)));
    assert_eq!(store.taken_silent_since(at(21)).await.unwrap(), [NORTH_ALARM]);
}

async fn what_was_told_stays_told(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let pending = store.outbox_pending(1).await.unwrap();
    assert_eq!(pending.len(), 1);
    store.outbox_delivered(pending[0].seq, at(12)).await.unwrap();
    store.outbox_delivered(pending[0].seq, at(13)).await.unwrap();
    let rest = store.outbox_pending(10).await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(store.outbox_after(pending[0].seq, 10).await.unwrap(), rest);
    assert_eq!(store.last_outbox_seq().await.unwrap(), rest[0].seq);
}
