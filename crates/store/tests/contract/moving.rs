//! Moving to buckets: no note is forgotten, no segment lies in two places, and the sums stay right.

use domain::access::Access;
use domain::ids::DiskId;
use domain::recording::{BucketTakes, DiskState, Span};
use store::{BucketRecord, DiskRecord, ErrorKind, MoveRule, NewSegment, Store, WaitingToMove};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_CAMERA, SOUTH_CAMERA, at, north};
use crate::recorder::{DISK, condemned, disk, minute, pin, whole};

contract!(
    a_bucket_is_a_disk_with_more_to_say,
    what_is_due_is_finished_old_enough_and_in_a_folder,
    evidence_is_what_is_pinned,
    a_move_changes_the_place_and_notes_what_is_left_behind,
    a_copy_that_was_not_finished_is_remembered,
);

const BUCKET: DiskId = DiskId(Uuid::from_u128(0x4001));

fn bucket() -> BucketRecord {
    BucketRecord {
        endpoint: "http://10.0.0.5:9000".to_owned(),
        region: "us-east-1".to_owned(),
        bucket: "footage".to_owned(),
        prefix: String::new(),
        path_style: true,
        access_key_id: "AK1".to_owned(),
        sealed_secret: vec![1, 2, 255],
        takes: BucketTakes::All,
        after_hours: 24,
        bytes_per_second_max: None,
    }
}

fn bucket_disk() -> DiskRecord {
    DiskRecord { bucket: Some(bucket()), ..disk(BUCKET, "s3://10.0.0.5:9000/footage") }
}

async fn hang(store: &Store) {
    store.add_disk(&bucket_disk(), None, at(1)).await.unwrap();
}

fn all_until(s: i64) -> MoveRule {
    MoveRule { takes: BucketTakes::All, ended_before: at(s), now: at(s) }
}

/// Used bytes, segments and garbage of folder and bucket.
async fn sums(store: &Store) -> [(i64, i64, i64); 2] {
    let rows = store.disks().await.unwrap();
    for row in &rows {
        assert!(store.recount_disk(row.disk.id).await.unwrap(), "the sums of {} were wrong", row.disk.name);
    }
    [DISK, BUCKET].map(|id| {
        let row = rows.iter().find(|row| row.disk.id == id).unwrap();
        (row.used_bytes, row.segments, row.garbage_bytes)
    })
}

async fn a_bucket_is_a_disk_with_more_to_say(house: House) {
    let store = &house.furnish().await.mount().await.store;
    hang(store).await;
    let twice = DiskRecord { id: DiskId(Uuid::from_u128(5)), ..bucket_disk() };
    assert_eq!(store.add_disk(&twice, None, at(2)).await.unwrap_err().kind(), ErrorKind::Conflict);
    let changed = BucketRecord {
        sealed_secret: vec![9],
        takes: BucketTakes::Evidence,
        bytes_per_second_max: Some(1_000),
        ..bucket()
    };
    let edited = DiskRecord { state: DiskState::ReadOnly, bucket: Some(changed), ..bucket_disk() };
    store.update_disk(&edited, None, at(3)).await.unwrap();
    let rows: Vec<DiskRecord> = store.disks().await.unwrap().into_iter().map(|row| row.disk).collect();
    assert_eq!(rows, [disk(DISK, "/media/one"), edited]);
}

async fn what_is_due_is_finished_old_enough_and_in_a_folder(house: House) {
    let store = &house.furnish().await.mount().await.store;
    hang(store).await;
    let open = NewSegment { is_open: true, ..minute(NORTH_CAMERA, 120) };
    let empty = NewSegment { size_bytes: 0, ..minute(NORTH_CAMERA, 180) };
    let there = NewSegment { disk_id: BUCKET, ..minute(NORTH_CAMERA, 240) };
    house.record(&[minute(NORTH_CAMERA, 60), minute(SOUTH_CAMERA, 0), open, empty, there]).await;
    house.record(&[minute(SOUTH_CAMERA, 600)]).await;
    let due = store.segments_to_move(DISK, &all_until(400), None).await.unwrap();
    assert_eq!(due.iter().map(|one| one.start_at).collect::<Vec<_>>(), [at(0), at(60)], "oldest first");
    let rest = store.segments_to_move(DISK, &all_until(400), Some(&due[0])).await.unwrap();
    assert_eq!(rest, due[1..]);
    let waiting = store.waiting_to_move(&all_until(400)).await.unwrap();
    assert_eq!(waiting, WaitingToMove { segments: 2, size_bytes: 2_000 });
}

async fn evidence_is_what_is_pinned(house: House) {
    let store = &house.furnish().await.mount().await.store;
    hang(store).await;
    let minutes: Vec<NewSegment> = (0..6).map(|number| minute(NORTH_CAMERA, number * 60)).collect();
    house.record(&minutes).await;
    house.record(&[minute(SOUTH_CAMERA, 60)]).await;
    let pins = [
        pin(1, Span::new(at(70), at(130)), at(9_999)),
        pin(2, Span::new(at(100), at(110)), at(9_999)),
        pin(3, whole(&minutes[4]), at(500)),
        pin(4, whole(&minutes[5]), at(9_999)),
    ];
    for one in &pins {
        store.add_pin(&north(), one, at(400)).await.unwrap();
    }
    store.release_pin(&north(), pins[3].id, at(410)).await.unwrap();
    let rule = MoveRule { takes: BucketTakes::Evidence, ..all_until(600) };
    let due = store.segments_to_move(DISK, &rule, None).await.unwrap();
    assert_eq!(due.iter().map(|one| one.start_at).collect::<Vec<_>>(), [at(60), at(120)], "each once");
    let waiting = store.waiting_to_move(&rule).await.unwrap();
    assert_eq!(waiting, WaitingToMove { segments: 2, size_bytes: 2_000 });
}

async fn a_move_changes_the_place_and_notes_what_is_left_behind(house: House) {
    let store = &house.furnish().await.mount().await.store;
    hang(store).await;
    let keys = house.record(&[minute(NORTH_CAMERA, 0), minute(NORTH_CAMERA, 60)]).await;
    let unnoted = store.move_segment(keys[0], DISK, BUCKET, at(90)).await.unwrap_err();
    assert_eq!(unnoted.kind(), ErrorKind::NotFound, "a copy that was not noted is none");
    store.note_copy(keys[0], BUCKET, at(90)).await.unwrap();
    store.note_copy(keys[0], BUCKET, at(91)).await.unwrap();
    assert_eq!(sums(store).await, [(2_000, 2, 0), (0, 0, 1_000)], "room is taken before the copy");
    store.move_segment(keys[0], DISK, BUCKET, at(100)).await.unwrap();
    assert_eq!(sums(store).await, [(1_000, 1, 1_000), (1_000, 1, 0)]);
    let again = store.move_segment(keys[0], DISK, BUCKET, at(101)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::NotFound);
    assert_eq!(store.segment(&Access::PLATFORM, keys[0]).await.unwrap().0.disk_id, BUCKET);
    assert!(store.copies(DISK, at(100), None).await.unwrap().is_empty(), "films may still read it");
    let left = store.copies(DISK, at(200), None).await.unwrap();
    assert_eq!(left.iter().map(|one| (one.key, one.start_at)).collect::<Vec<_>>(), [(keys[0], at(0))]);
    // Deleted from the bucket: what is left behind goes at once.
    assert_eq!(store.condemn_segments(&condemned(&keys[..1])).await.unwrap(), 1);
    assert_eq!(store.copies(DISK, at(100), None).await.unwrap(), left);
    assert_eq!(sums(store).await, [(1_000, 1, 1_000), (0, 0, 1_000)]);
    assert_eq!(store.forget_copies(DISK, &keys).await.unwrap(), 1);
    assert_eq!(store.forget_garbage(BUCKET, &keys, at(300)).await.unwrap(), 1);
    assert_eq!(sums(store).await, [(1_000, 1, 0), (0, 0, 0)]);
}

async fn a_copy_that_was_not_finished_is_remembered(house: House) {
    let store = &house.furnish().await.mount().await.store;
    hang(store).await;
    let keys = house.record(&[minute(NORTH_CAMERA, 0)]).await;
    store.note_copy(keys[0], BUCKET, at(90)).await.unwrap();
    assert_eq!(store.condemn_segments(&condemned(&keys)).await.unwrap(), 1);
    let gone = store.move_segment(keys[0], DISK, BUCKET, at(95)).await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound, "what is deleted does not come back");
    assert_eq!(store.note_copy(keys[0], BUCKET, at(96)).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.copies(BUCKET, at(0), None).await.unwrap().len(), 1);
    assert_eq!(sums(store).await, [(0, 0, 1_000), (0, 0, 1_000)]);
    let retired = DiskRecord { state: DiskState::Retired, ..bucket_disk() };
    assert_eq!(store.update_disk(&retired, None, at(97)).await.unwrap_err().kind(), ErrorKind::Conflict);
    store.forget_copies(BUCKET, &keys).await.unwrap();
    store.update_disk(&retired, None, at(98)).await.unwrap();
}
