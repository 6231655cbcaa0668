//! What goes: over the ceiling, oldest first, by hand; pins; certificates; two phases with a crash between.

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after, day_of};
use domain::ids::{CameraId, DiskId, PinId};
use domain::recording::{
    Candidate, DeletionWhy, DiskState, FloorBasis, Retention, RetentionClass, Span, Standing, due,
};
use domain::role::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{
    CameraRecord, Condemned, DeletionCandidate, DeletionFilter, DiskRecord, ErrorKind, NewPin, NewSegment,
    PageAsk, SegmentAge, SegmentKey, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    DISK, House, NORTH_ALARM, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_GUARD,
    SOUTH_SCHOOL, UNIVERSITY, at, camera, disk, minute, north, province, south, south_guard,
};

contract!(
    what_is_over_the_ceiling_is_what_the_domain_says,
    the_oldest_come_first_over_all_cameras,
    room_is_looked_for_past_the_floors_first,
    a_pin_holds_until_it_ends_or_is_let_go,
    a_pin_is_set_listed_and_let_go_once,
    deleting_leaves_a_certificate_that_nobody_changes,
    a_crash_between_the_phases_forgets_no_file,
    what_is_open_or_pinned_does_not_go_whoever_chose_it,
    a_unit_pins_what_a_camera_left_with_it,
    a_person_deletes_all_of_a_stretch_or_nothing,
    a_unit_is_told_what_goes_next_and_when,
    a_class_holds_from_the_moment_it_is_said,
    a_neighbour_neither_sees_nor_touches_what_goes,
);

/// The day of all stories.
fn today() -> Date {
    day_of(at(0))
}

/// A minute at noon, `age` days ago.
fn aged(camera_id: CameraId, age: i32) -> NewSegment {
    let noon = begin_of(day_after(today(), -age)) + jiff::SignedDuration::from_hours(12);
    let end_at = noon + jiff::SignedDuration::from_mins(1);
    NewSegment { start_at: noon, end_at, ..minute(camera_id, 0) }
}

fn ages(candidates: &[DeletionCandidate]) -> Vec<(CameraId, i64)> {
    let age =
        |one: &DeletionCandidate| (begin_of(today()).as_second() - one.start_at.as_second()) / 86_400 + 1;
    candidates.iter().map(|one| (one.camera_id, age(one))).collect()
}

async fn over_ceiling(store: &Store) -> Vec<(CameraId, i64)> {
    let mut over = ages(&store.segments_over_ceiling(at(0), today()).await.unwrap());
    over.sort_unstable();
    over
}

async fn oldest(store: &Store, age: SegmentAge, limit: u32) -> Vec<DeletionCandidate> {
    store.oldest_segments(DISK, age, (at(0), today()), None, limit).await.unwrap()
}

async fn keep(
    store: &Store,
    access: &Access,
    unit_id: domain::ids::UnitId,
    floor_days: u16,
    ceiling_days: u16,
) {
    let retention = Retention::custom(FloorBasis::PublicSafety, floor_days, ceiling_days).unwrap();
    store.set_unit_retention(access, unit_id, &retention, Some("试点"), at(1)).await.unwrap();
}

fn pin(n: u128, span: Span, keep_until: Timestamp) -> NewPin {
    let id = PinId(Uuid::from_u128(0x5000 + n));
    NewPin {
        id,
        unit_id: NORTH_SCHOOL,
        camera_id: NORTH_CAMERA,
        span,
        reason: "火情取证".to_owned(),
        alarm_id: None,
        keep_until,
    }
}

fn whole(one: &NewSegment) -> Span {
    Span::new(one.start_at, one.end_at)
}

fn condemned(keys: &[SegmentKey]) -> Condemned<'_> {
    Condemned { keys, why: DeletionWhy::Ceiling, below_floor: false, at: at(10) }
}

async fn what_is_over_the_ceiling_is_what_the_domain_says(house: House) {
    let store = &house.furnish().await.mount().await.store;
    keep(store, &south(), SOUTH_SCHOOL, 30, 40).await;
    let bound = begin_of(day_after(today(), -30));
    let us = jiff::SignedDuration::from_micros;
    // Ends exactly when its last day does, and a microsecond later.
    let last = NewSegment { start_at: bound - us(1_000_000), end_at: bound, ..minute(NORTH_CAMERA, 0) };
    let over = NewSegment { start_at: bound - us(500_000), end_at: bound + us(1), ..minute(NORTH_CAMERA, 0) };
    let mut all = vec![last, over];
    for age in [29, 30, 31, 40, 41, 300] {
        all.extend([aged(NORTH_CAMERA, age), aged(SOUTH_CAMERA, age)]);
    }
    let keys = house.record(&all).await;
    let mut found: Vec<SegmentKey> =
        store.segments_over_ceiling(at(0), today()).await.unwrap().iter().map(|one| one.key).collect();
    found.sort_unstable();
    let ceiling = |camera_id| if camera_id == NORTH_CAMERA { 30 } else { 40 };
    let mut said: Vec<SegmentKey> = all
        .iter()
        .zip(keys)
        .filter(|(one, _)| {
            let keep = Retention::custom(FloorBasis::PublicSafety, 30, ceiling(one.camera_id)).unwrap();
            keep.standing(one.end_at, false, today()) == Standing::Over
        })
        .map(|(_, key)| key)
        .collect();
    said.sort_unstable();
    assert_eq!(found, said);
    assert_eq!(found.len(), 1 + 4 + 2);
}

async fn the_oldest_come_first_over_all_cameras(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let elsewhere = DiskId(Uuid::from_u128(0x4001));
    store.add_disk(&disk(elsewhere, "/media/two"), None, at(0)).await.unwrap();
    let lent = NewSegment { disk_id: elsewhere, ..aged(NORTH_CAMERA, 99) };
    let open = NewSegment { is_open: true, ..aged(NORTH_CAMERA, 98) };
    house.record(&[aged(NORTH_CAMERA, 3), aged(SOUTH_CAMERA, 9), aged(NORTH_CAMERA, 7), lent, open]).await;
    house.record(&[aged(SOUTH_CAMERA, 3), aged(SOUTH_CAMERA, 1)]).await;
    let first = oldest(store, SegmentAge::Any, 3).await;
    assert_eq!(ages(&first), [(SOUTH_CAMERA, 9), (NORTH_CAMERA, 7), (NORTH_CAMERA, 3)]);
    assert_eq!((first[0].unit_id, first[0].disk_id, first[0].size_bytes), (SOUTH_SCHOOL, DISK, 1_000));
    let when = (at(0), today());
    let rest = store.oldest_segments(DISK, SegmentAge::Any, when, first.last(), 9).await.unwrap();
    assert_eq!(ages(&rest), [(SOUTH_CAMERA, 3), (SOUTH_CAMERA, 1)]);
}

async fn room_is_looked_for_past_the_floors_first(house: House) {
    let store = &house.furnish().await.mount().await.store;
    keep(store, &south(), SOUTH_SCHOOL, 90, 90).await;
    for age in [20, 35, 40, 80] {
        house.record(&[aged(SOUTH_CAMERA, age)]).await;
    }
    house.record(&[aged(NORTH_CAMERA, 35), aged(NORTH_CAMERA, 33), aged(NORTH_CAMERA, 20)]).await;
    let free = oldest(store, SegmentAge::PastFloor, 9).await;
    assert_eq!(ages(&free), [(NORTH_CAMERA, 35), (NORTH_CAMERA, 33)]);
    // The rule of the domain over the rows of the store: room for four takes two that are owed.
    let all = oldest(store, SegmentAge::Any, 99).await;
    let candidates: Vec<Candidate> = all
        .iter()
        .map(|one| Candidate {
            end: one.end_at,
            size_bytes: one.size_bytes as u64,
            pinned: false,
            retention: one.retention,
        })
        .collect();
    let goes = due(&candidates, today(), 4_000);
    let goes: Vec<_> =
        goes.going.iter().map(|one| (ages(&all)[one.index], one.why, one.below_floor)).collect();
    let (ceiling, quota) = (DeletionWhy::Ceiling, DeletionWhy::Quota);
    assert_eq!(
        goes,
        [
            ((NORTH_CAMERA, 35), ceiling, false),
            ((NORTH_CAMERA, 33), ceiling, false),
            ((SOUTH_CAMERA, 80), quota, true),
            ((SOUTH_CAMERA, 40), quota, true),
        ]
    );
}

async fn a_pin_holds_until_it_ends_or_is_let_go(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let old = [50, 51, 52].map(|age| aged(NORTH_CAMERA, age));
    house.record(&old).await;
    house.record(&[aged(SOUTH_CAMERA, 50)]).await;
    let touching = Span::new(old[0].end_at, old[0].end_at + jiff::SignedDuration::from_secs(1));
    let pins = [
        pin(0, touching, at(9)),
        // Ended, holding, and one to be let go.
        pin(1, whole(&old[0]), at(0)),
        pin(2, whole(&old[1]), at(9)),
        pin(3, whole(&old[2]), at(9)),
    ];
    for one in &pins {
        store.add_pin(&north(), one, at(-9)).await.unwrap();
    }
    assert_eq!(over_ceiling(store).await, [(NORTH_CAMERA, 50), (SOUTH_CAMERA, 50)]);
    assert_eq!(ages(&oldest(store, SegmentAge::Any, 9).await), [(NORTH_CAMERA, 50), (SOUTH_CAMERA, 50)]);
    store.release_pin(&north(), pins[3].id, at(-1)).await.unwrap();
    assert_eq!(ages(&oldest(store, SegmentAge::PastFloor, 1).await), [(NORTH_CAMERA, 52)]);
    let later = store.segments_over_ceiling(at(9), today()).await.unwrap();
    assert_eq!(later.len(), 4, "a pin that ended holds nothing");
}

async fn a_pin_is_set_listed_and_let_go_once(house: House) {
    let store = &house.furnish().await.mount().await.ignite().await.store;
    let ahead = Span::new(at(0), at(600));
    let with_alarm = NewPin { alarm_id: Some(NORTH_ALARM), ..pin(1, ahead, at(9_999)) };
    // Before anything was recorded: it holds for what comes.
    store.add_pin(&north(), &with_alarm, at(20)).await.unwrap();
    store.add_pin(&Access::PLATFORM, &pin(2, ahead, at(9_999)), at(21)).await.unwrap();
    let listed = store.pins(&north(), Some(NORTH_CAMERA), &PageAsk::first(1)).await.unwrap();
    assert_eq!((listed.items[0].pin.id, listed.items[0].pinned_by.clone()), (pin(2, ahead, at(1)).id, None));
    let next = PageAsk::after(9, listed.next.unwrap());
    let listed = store.pins(&north(), None, &next).await.unwrap().items;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].pin, listed[0].unit_name.as_str()), (&with_alarm, "武宁第一中学"));
    assert_eq!(listed[0].pinned_by.as_ref().map(|(id, _)| *id), Some(NORTH_GUARD));
    assert!(listed[0].holds_at(at(30)) && !listed[0].holds_at(at(9_999)));
    store.release_pin(&north(), with_alarm.id, at(30)).await.unwrap();
    let again = store.release_pin(&north(), with_alarm.id, at(31)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
    for (bad, kind) in [
        (pin(2, ahead, at(9_999)), ErrorKind::Conflict),
        (pin(3, Span::new(at(5), at(5)), at(9_999)), ErrorKind::Invalid),
        (pin(3, ahead, at(20)), ErrorKind::Invalid),
        (NewPin { reason: String::new(), ..pin(3, ahead, at(9_999)) }, ErrorKind::Invalid),
    ] {
        assert_eq!(store.add_pin(&north(), &bad, at(20)).await.unwrap_err().kind(), kind, "{bad:?}");
    }
}

async fn deleting_leaves_a_certificate_that_nobody_changes(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let old = [aged(NORTH_CAMERA, 40), aged(NORTH_CAMERA, 41), aged(SOUTH_CAMERA, 40)];
    let keys = house.record(&old).await;
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 3);
    let filter = DeletionFilter::default();
    let listed = store.recording_deletions(&north(), &filter, &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(listed.len(), 1, "one for each camera");
    let row = &listed[0];
    assert_eq!((row.from_at, row.until_at), (old[1].start_at, old[0].end_at));
    assert_eq!((row.segments, row.size_bytes, row.why), (2, 2_000, DeletionWhy::Ceiling));
    assert_eq!((row.unit_id, row.camera_id, row.disk_id), (NORTH_SCHOOL, NORTH_CAMERA, DISK));
    assert_eq!((row.decided_at, row.removed_at, row.deleted_by.clone()), (at(10), None, None));
    for forgery in [
        "update recording_deletion set segments = 1",
        "update recording_deletion set why = 'quota', removed_at = 9999999999999999",
        "delete from recording_deletion",
    ] {
        assert!(house.behind(forgery).await.is_err(), "{forgery}");
    }
    assert_eq!(store.forget_garbage(DISK, &keys[..2], at(20)).await.unwrap(), 2);
    let listed = store.recording_deletions(&north(), &filter, &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(listed[0].removed_at, Some(at(20)));
    assert!(
        house
            .behind("update recording_deletion set removed_at = null where removed_at is not null")
            .await
            .is_err()
    );
    let of_quota = DeletionFilter { why: Some(DeletionWhy::Quota), ..filter };
    assert!(
        store.recording_deletions(&north(), &of_quota, &PageAsk::first(9)).await.unwrap().items.is_empty()
    );
}

async fn a_crash_between_the_phases_forgets_no_file(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let keys = house.record(&[aged(NORTH_CAMERA, 40), aged(NORTH_CAMERA, 41), aged(SOUTH_CAMERA, 42)]).await;
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 3);
    // The first file is unlinked and known to be; then the power goes.
    assert_eq!(store.forget_garbage(DISK, &keys[..1], at(11)).await.unwrap(), 1);
    let again = Store::open(&house.config).await.unwrap();
    let left = again.garbage(DISK, None).await.unwrap();
    let mut files: Vec<_> = left.iter().map(|one| (one.key, one.camera_id, one.size_bytes)).collect();
    files.sort_unstable();
    let mut expected = vec![(keys[1], NORTH_CAMERA, 1_000), (keys[2], SOUTH_CAMERA, 1_000)];
    expected.sort_unstable();
    assert_eq!(files, expected);
    let disks = again.disks().await.unwrap();
    assert_eq!((disks[0].used_bytes, disks[0].segments, disks[0].garbage_bytes), (0, 0, 2_000));
    let open = |rows: Vec<store::DeletionRow>| rows.iter().filter(|one| one.removed_at.is_none()).count();
    let everyone = Access::PLATFORM;
    let rows =
        again.recording_deletions(&everyone, &DeletionFilter::default(), &PageAsk::first(9)).await.unwrap();
    assert_eq!(open(rows.items), 2, "a certificate is open while one of its files may be there");
    // Told twice, and of files that are no garbage: counted once.
    assert_eq!(again.forget_garbage(DISK, &keys, at(12)).await.unwrap(), 2);
    assert_eq!(again.forget_garbage(DISK, &keys, at(13)).await.unwrap(), 0);
    let rows =
        again.recording_deletions(&everyone, &DeletionFilter::default(), &PageAsk::first(9)).await.unwrap();
    assert_eq!(open(rows.items), 0);
    assert_eq!(again.disks().await.unwrap()[0].garbage_bytes, 0);
    assert!(again.recount_disk(DISK).await.unwrap());
    assert!(again.garbage(DISK, None).await.unwrap().is_empty());
    again.close().await;
}

async fn what_is_open_or_pinned_does_not_go_whoever_chose_it(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let (pinned, plain) = (aged(NORTH_CAMERA, 50), aged(NORTH_CAMERA, 51));
    let open = NewSegment { is_open: true, ..aged(NORTH_CAMERA, 52) };
    let keys = house.record(&[pinned.clone(), open, plain]).await;
    store.add_pin(&north(), &pin(1, whole(&pinned), at(99)), at(1)).await.unwrap();
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 1);
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 0, "nobody dies twice");
    assert_eq!(store.garbage(DISK, None).await.unwrap()[0].key, keys[2]);
    assert!(store.segment(&north(), keys[0]).await.is_ok() && store.segment(&north(), keys[1]).await.is_ok());
    let failed = DiskRecord { state: DiskState::Failed, ..disk(DISK, "/media/one") };
    store.update_disk(&failed, None, at(2)).await.unwrap();
    let over = store.segments_over_ceiling(at(100), today()).await.unwrap();
    assert!(over.is_empty(), "from a disk that is not itself nothing goes");
}

async fn a_unit_pins_what_a_camera_left_with_it(house: House) {
    let store = &house.furnish().await.mount().await.store;
    let old = aged(NORTH_CAMERA, 50);
    house.record(std::slice::from_ref(&old)).await;
    let moved = CameraRecord { unit_id: SOUTH_SCHOOL, ..camera(NORTH_CAMERA, SOUTH_SCHOOL) };
    store.update_camera(&province(), &moved, None, at(1)).await.unwrap();
    store.add_pin(&north(), &pin(1, whole(&old), at(99)), at(2)).await.unwrap();
    assert!(over_ceiling(store).await.is_empty());
    // Nothing of it lies at its new unit, but from now on it may.
    let there = NewPin { unit_id: SOUTH_SCHOOL, ..pin(2, whole(&old), at(99)) };
    store.add_pin(&south(), &there, at(3)).await.unwrap();
    let nowhere = NewPin { unit_id: UNIVERSITY, ..pin(3, whole(&old), at(99)) };
    assert_eq!(
        store.add_pin(&Access::PLATFORM, &nowhere, at(3)).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

async fn a_person_deletes_all_of_a_stretch_or_nothing(house: House) {
    let store = &house.furnish().await.mount().await.store;
    keep(store, &north(), NORTH_SCHOOL, 30, 60).await;
    let all = [aged(NORTH_CAMERA, 42), aged(NORTH_CAMERA, 41), aged(NORTH_CAMERA, 40), aged(NORTH_CAMERA, 5)];
    house.record(&all).await;
    let delete = async |access: &Access, first: usize, last: usize| {
        let span = Span::new(all[first].start_at, all[last].end_at);
        let who = (NORTH_GUARD, "误录");
        store.delete_recordings(access, NORTH_CAMERA, &span, who, (at(10), today())).await
    };
    let owed = delete(&north(), 2, 3).await.unwrap_err();
    assert_eq!(owed.kind(), ErrorKind::Conflict, "the law wants it");
    store.add_pin(&north(), &pin(1, whole(&all[0]), at(99)), at(1)).await.unwrap();
    assert_eq!(delete(&north(), 0, 1).await.unwrap_err().kind(), ErrorKind::Conflict, "it is evidence");
    assert_eq!(delete(&south(), 1, 2).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.disks().await.unwrap()[0].segments, 4);
    assert_eq!(delete(&north(), 1, 2).await.unwrap(), 2);
    let filter = DeletionFilter { camera_id: Some(NORTH_CAMERA), ..DeletionFilter::default() };
    let row = &store.recording_deletions(&north(), &filter, &PageAsk::first(9)).await.unwrap().items[0];
    assert_eq!((row.why, row.segments, row.note.as_deref()), (DeletionWhy::Operator, 2, Some("误录")));
    assert_eq!(row.deleted_by.as_ref().map(|(id, _)| *id), Some(NORTH_GUARD));
}

async fn a_unit_is_told_what_goes_next_and_when(house: House) {
    let store = &house.furnish().await.mount().await.store;
    keep(store, &south(), SOUTH_SCHOOL, 30, 45).await;
    let pinned = aged(NORTH_CAMERA, 80);
    house
        .record(&[pinned.clone(), aged(NORTH_CAMERA, 20), aged(NORTH_CAMERA, 10), aged(SOUTH_CAMERA, 33)])
        .await;
    store.add_pin(&north(), &pin(1, whole(&pinned), at(99)), at(1)).await.unwrap();
    let first = store.next_deletions(&Access::PLATFORM, at(5), &PageAsk::first(1)).await.unwrap();
    let second = PageAsk::after(1, first.next.unwrap());
    let second = store.next_deletions(&Access::PLATFORM, at(5), &second).await.unwrap();
    assert_eq!((&first.items[0].camera_id, second.items.len(), &second.next), (&NORTH_CAMERA, 1, &None));
    let (north_one, south_one) = (&first.items[0], &second.items[0]);
    assert_eq!(north_one.oldest_at, aged(NORTH_CAMERA, 20).start_at);
    assert_eq!(north_one.goes_at, begin_of(day_after(today(), 11)));
    assert_eq!(south_one.may_go_at, begin_of(day_after(today(), -2)));
    assert_eq!(south_one.goes_at, begin_of(day_after(today(), 13)));
    let mine = store.next_deletions(&south_guard(), at(5), &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(mine, std::slice::from_ref(south_one));
}

async fn a_class_holds_from_the_moment_it_is_said(house: House) {
    let store = &house.furnish().await.mount().await.store;
    house.record(&[aged(NORTH_CAMERA, 40), aged(SOUTH_CAMERA, 40)]).await;
    let unsaid = store.unit_retention(&north(), NORTH_SCHOOL).await.unwrap();
    assert_eq!((unsaid.retention, unsaid.changed), (Retention::default(), None));
    assert_eq!(over_ceiling(store).await, [(NORTH_CAMERA, 40), (SOUTH_CAMERA, 40)]);
    let key_target = Retention::of_class(FloorBasis::KeyTarget, RetentionClass::Days90).unwrap();
    let guard = Access::person(NORTH_GUARD, Role::County, Scope::Unit(NORTH_SCHOOL));
    store.set_unit_retention(&guard, NORTH_SCHOOL, &key_target, Some("重点目标"), at(2)).await.unwrap();
    assert_eq!(over_ceiling(store).await, [(SOUTH_CAMERA, 40)]);
    let said = store.unit_retention(&north(), NORTH_SCHOOL).await.unwrap();
    assert_eq!((said.retention, said.note.as_deref()), (key_target, Some("重点目标")));
    assert_eq!(said.changed, Some((at(2), Some(NORTH_GUARD))));
    // Said before the first recording, it holds for the track that begins.
    keep(store, &south(), SOUTH_SCHOOL, 30, 60).await;
    assert!(over_ceiling(store).await.is_empty());
    let rows = store.unit_retentions(&Access::PLATFORM, &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(rows.iter().map(|row| row.unit_id).collect::<Vec<_>>(), [NORTH_SCHOOL, SOUTH_SCHOOL]);
    let below = "update unit_retention set class = 'days_30', floor_days = 30, ceiling_days = 30";
    assert!(house.behind(below).await.is_err(), "the database knows the law");
}

async fn a_neighbour_neither_sees_nor_touches_what_goes(house: House) {
    let store = &house.furnish().await.mount().await.ignite().await.store;
    let old = aged(NORTH_CAMERA, 40);
    let keys = house.record(std::slice::from_ref(&old)).await;
    let held = pin(1, whole(&old), at(99));
    store.add_pin(&north(), &held, at(1)).await.unwrap();
    house.record(&[aged(NORTH_CAMERA, 41)]).await;
    let over = store.segments_over_ceiling(at(5), today()).await.unwrap();
    store.condemn_segments(&condemned(&[over[0].key])).await.unwrap();
    let ask = PageAsk::first(9);
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), south_guard(), forged] {
        assert!(store.pins(&stranger, None, &ask).await.unwrap().items.is_empty());
        assert!(store.pins(&stranger, Some(NORTH_CAMERA), &ask).await.unwrap().items.is_empty());
        assert!(store.next_deletions(&stranger, at(5), &ask).await.unwrap().items.is_empty());
        let filter = DeletionFilter { unit_id: Some(NORTH_SCHOOL), ..DeletionFilter::default() };
        for filter in [filter, DeletionFilter::default()] {
            assert!(store.recording_deletions(&stranger, &filter, &ask).await.unwrap().items.is_empty());
        }
        assert!(store.unit_retentions(&stranger, &ask).await.unwrap().items.is_empty());
        let span = whole(&old);
        let refused = [
            store.unit_retention(&stranger, NORTH_SCHOOL).await.map(|_| ()),
            store.set_unit_retention(&stranger, NORTH_SCHOOL, &Retention::default(), None, at(5)).await,
            store.release_pin(&stranger, held.id, at(5)).await,
            store.add_pin(&stranger, &pin(2, span, at(99)), at(5)).await,
            store
                .add_pin(
                    &stranger,
                    &NewPin {
                        unit_id: SOUTH_SCHOOL,
                        camera_id: SOUTH_CAMERA,
                        alarm_id: Some(NORTH_ALARM),
                        ..pin(2, span, at(99))
                    },
                    at(5),
                )
                .await,
            store
                .delete_recordings(&stranger, NORTH_CAMERA, &span, (SOUTH_GUARD, "x"), (at(5), today()))
                .await
                .map(|_| ()),
        ];
        for result in refused {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::NotFound);
        }
    }
    assert!(store.pins(&north(), None, &ask).await.unwrap().items[0].holds_at(at(5)));
    assert!(store.segment(&north(), keys[0]).await.is_ok());
}
