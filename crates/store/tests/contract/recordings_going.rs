//! What goes: over the ceiling, oldest first, by hand; certificates; two phases with a crash between.

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after};
use domain::ids::DiskId;
use domain::recording::{Candidate, DeletionWhy, FloorBasis, Retention, RetentionClass, Span, Standing, due};
use domain::role::Role;
use store::{DeletionFilter, ErrorKind, NewPin, NewSegment, PageAsk, SegmentAge, SegmentKey, Store};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_GUARD, SOUTH_SCHOOL, at,
    north, south, south_guard,
};
use crate::recorder::{DISK, aged, ages, condemned, disk, minute, oldest, over_ceiling, pin, today, whole};

contract!(
    what_is_over_the_ceiling_is_what_the_domain_says,
    the_oldest_come_first_over_all_cameras,
    room_is_looked_for_past_the_floors_first,
    deleting_leaves_a_certificate_that_nobody_changes,
    a_crash_between_the_phases_forgets_no_file,
    a_person_deletes_all_of_a_stretch_or_nothing,
    a_unit_is_told_what_goes_next_and_when,
    a_class_holds_from_the_moment_it_is_said,
    a_neighbour_neither_sees_nor_touches_what_goes,
);

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
