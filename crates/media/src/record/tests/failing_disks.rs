//! Disks that are full, slow, broken, missing or not the right ones.

use super::support::*;
use crate::record::{
    DropCause, Fragment, IDENTITY_FILE, IdentityError, OutReason, PoolSettings, RecordEvent, RoomLimits,
    Space, make_disk, scan,
};
use crate::record::{Files as _, SystemFiles};
use rustix::io::Errno;
use std::fs;
use std::time::Duration;

fn reasons(setting: &Setting) -> Vec<OutReason> {
    let reason = |event| match event {
        RecordEvent::DiskOut { reason, .. } => Some(reason),
        _ => None,
    };
    setting.events().into_iter().filter_map(reason).collect()
}

fn is_full_event(event: &RecordEvent) -> bool {
    matches!(event, RecordEvent::DiskFull { .. })
}

#[test]
fn a_used_up_quota_stops_before_the_write_and_goes_on_when_footage_is_deleted() {
    let init = init(false, 0);
    let bytes = fragment(&init, 0).bytes();
    let limits = RoomLimits { quota_bytes: init.0.len() as u64 + 3 * (bytes + 40) + 200, head_room_bytes: 0 };
    let setting = setting_with(1, POOL, limits, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..5).for_each(|number| stream.push(fragment(&init, number)));
    setting.wait_written();
    assert!(setting.recorder.disks()[0].room.used_bytes() <= limits.quota_bytes);
    setting.recorder.freed(DISK, bytes * 2);
    stream.push(fragment(&init, 5));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0, 2, 4, 10]);
    assert_eq!(setting.lost_s(), [(6, 8, DropCause::Full), (8, 10, DropCause::Full)]);
    assert_eq!(setting.events().iter().filter(|event| is_full_event(event)).count(), 1);
    assert_eq!(reasons(&setting), []);
}

#[test]
fn head_room_stays_free_when_others_fill_the_disk() {
    let init = init(false, 0);
    let limits = RoomLimits { head_room_bytes: 1_000_000, ..QUOTA };
    let setting = setting_with(1, POOL, limits, |_| ());
    setting.files.faults().space = Some(Space { free_bytes: 1_000_100, total_bytes: 9_000_000 });
    setting.wait_until(|| setting.recorder.disks()[0].room.left_bytes() == 100);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.finish();
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::Full)]);
    assert_eq!(fs::read_dir(setting.root()).unwrap().count(), 1, "nothing but the identity was made");
}

#[test]
fn a_disk_found_full_in_the_middle_of_a_write_leaves_whole_fragments_and_stays_in_service() {
    let init = init(true, 0);
    let setting = setting_with(1, UNSYNCED, QUOTA, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..3).for_each(|number| stream.push(fragment(&init, number)));
    setting.wait_written();
    setting.files.faults().write_after = Some((100, Errno::NOSPC));
    stream.push(fragment(&init, 3));
    stream.push(Fragment { is_key: false, ..fragment(&init, 4) });
    setting.wait_written();
    setting.files.faults().write_after = None;
    setting.recorder.take_back(DISK).unwrap();
    stream.push(fragment(&init, 5));
    drop(stream);
    setting.finish();
    assert_eq!(setting.recorded_s(), [0, 2, 4, 10]);
    assert_eq!(setting.lost_s(), [(6, 8, DropCause::Full), (8, 10, DropCause::Full)]);
    let footage = &setting.ledger()[0];
    let found = scan(SystemFiles.open(&footage.path).unwrap().as_ref(), 0, 0).unwrap();
    assert_eq!((&found.entries, found.whole_bytes), (&footage.entries, found.file_bytes));
    assert_eq!(reasons(&setting), []);
}

#[test]
fn a_full_disk_hands_its_streams_to_one_with_room() {
    let init = init(false, 0);
    let setting = setting_with(2, POOL, QUOTA, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait_written();
    setting.files.faults().write_after = Some((0, Errno::NOSPC));
    stream.push(fragment(&init, 1));
    setting.wait_written();
    setting.files.faults().write_after = None;
    stream.push(fragment(&init, 2));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0, 4]);
    let ledger = setting.ledger();
    assert_eq!(ledger.len(), 2);
    assert!(ledger[0].path.parent() != ledger[1].path.parent(), "{ledger:?}");
}

#[test]
fn a_failed_sync_takes_the_disk_out_and_what_was_not_safe_is_lost() {
    let init = init(false, 0);
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait(|event| matches!(event, RecordEvent::Synced { .. }));
    setting.files.faults().sync = Some(Errno::IO);
    stream.push(fragment(&init, 1));
    setting.wait(|event| matches!(event, RecordEvent::Closed { .. }));
    setting.files.faults().sync = None;
    stream.push(fragment(&init, 2));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0]);
    assert_eq!(setting.lost_s(), [(2, 4, DropCause::DiskOut), (4, 6, DropCause::NoDisk)]);
    assert!(matches!(reasons(&setting)[..], [OutReason::SyncFailed(_)]), "{:?}", reasons(&setting));
}

#[test]
fn a_name_that_cannot_be_made_safe_counts_as_a_failed_sync() {
    let setting = setting();
    setting.files.faults().sync_folder = Some(Errno::IO);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init(false, 0), 0));
    setting.wait(|event| matches!(event, RecordEvent::Dropped { .. }));
    assert!(matches!(reasons(&setting)[..], [OutReason::SyncFailed(_)]));
    assert_eq!(setting.recorded_s(), Vec::<i64>::new());
}

#[test]
fn a_read_only_disk_hands_its_streams_to_the_other_at_once() {
    let init = init(false, 0);
    let setting = setting_with(2, POOL, QUOTA, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait(|event| matches!(event, RecordEvent::Synced { .. }));
    setting.files.faults().write_after = Some((0, Errno::ROFS));
    stream.push(fragment(&init, 1));
    setting.wait(|event| matches!(event, RecordEvent::DiskOut { .. }));
    setting.files.faults().write_after = None;
    stream.push(fragment(&init, 2));
    setting.finish();
    assert_eq!(reasons(&setting), [OutReason::ReadOnly]);
    assert_eq!(setting.recorded_s(), [0, 4]);
    assert_eq!(setting.lost_s(), [(2, 4, DropCause::DiskOut)]);
}

#[test]
fn a_vanished_mount_is_noticed_and_nothing_is_written_beside_it() {
    let init = init(false, 0);
    let setting = setting();
    fs::remove_file(setting.root().join(IDENTITY_FILE)).unwrap();
    setting.wait(|event| matches!(event, RecordEvent::DiskOut { .. }));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.finish();
    assert_eq!(reasons(&setting), [OutReason::Identity(IdentityError::Missing)]);
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::NoDisk)]);
    assert_eq!(fs::read_dir(setting.root()).unwrap().count(), 0);
}

#[test]
fn a_mount_that_vanishes_between_two_rounds_gets_no_new_file() {
    let setting = setting_with(1, UNSYNCED, QUOTA, |_| ());
    fs::remove_file(setting.root().join(IDENTITY_FILE)).unwrap();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init(false, 0), 0));
    setting.finish();
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::DiskOut)]);
    assert_eq!(fs::read_dir(setting.root()).unwrap().count(), 0);
}

#[test]
fn another_disk_in_its_place_is_not_written_to() {
    let swap = |root: &std::path::Path| {
        fs::remove_file(root.join(IDENTITY_FILE)).unwrap();
        make_disk(&SystemFiles, root, OTHER_DISK, NOON_US).unwrap();
    };
    let setting = setting_with(1, POOL, QUOTA, swap);
    let found = OTHER_DISK;
    assert_eq!(reasons(&setting), [OutReason::Identity(IdentityError::Other { found })]);
    assert_eq!(reasons(&setting)[0].code(), "other_disk");
    assert_eq!(fs::read_dir(setting.root()).unwrap().count(), 1);
}

#[test]
fn a_disk_that_is_back_is_taken_back_when_asked() {
    let setting = setting_with(1, POOL, QUOTA, |root| fs::remove_file(root.join(IDENTITY_FILE)).unwrap());
    let missing = OutReason::Identity(IdentityError::Missing);
    assert_eq!(setting.recorder.take_back(DISK), Err(missing));
    make_disk(&SystemFiles, setting.root(), DISK, NOON_US).unwrap();
    assert_eq!(setting.recorder.take_back(DISK), Ok(()));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init(false, 0), 0));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0]);
    assert!(setting.events().contains(&RecordEvent::DiskBack { disk: DISK }));
}

#[test]
fn a_folder_that_is_a_disk_does_not_become_another() {
    let folder = tempfile::tempdir().unwrap();
    make_disk(&SystemFiles, folder.path(), DISK, NOON_US).unwrap();
    assert_eq!(make_disk(&SystemFiles, folder.path(), DISK, NOON_US), Ok(()));
    let found = DISK;
    assert_eq!(
        make_disk(&SystemFiles, folder.path(), OTHER_DISK, NOON_US),
        Err(IdentityError::Taken { found })
    );
    fs::write(folder.path().join(IDENTITY_FILE), "{").unwrap();
    assert_eq!(make_disk(&SystemFiles, folder.path(), DISK, NOON_US), Err(IdentityError::Damaged));
}

#[test]
fn a_disk_that_stands_still_costs_whole_fragments_and_no_stream_waits() {
    let init = init(false, 0);
    let bytes = fragment(&init, 0).bytes();
    let pool = PoolSettings { queue_bytes_max: bytes * 4 + 200, ..POOL };
    let setting = setting_with(1, pool, QUOTA, |_| ());
    setting.files.hold();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..6).for_each(|number| stream.push(fragment(&init, number)));
    setting.files.release();
    setting.wait_written();
    // Nothing can be decoded before the next key picture.
    stream.push(Fragment { is_key: false, ..fragment(&init, 6) });
    stream.push(fragment(&init, 7));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0, 2, 4, 6, 14]);
    assert_eq!(
        setting.lost_s(),
        [(8, 10, DropCause::Overload), (10, 12, DropCause::Overload), (12, 14, DropCause::Overload)]
    );
}

#[test]
fn a_disk_that_never_answers_does_not_hold_up_the_end() {
    let init = init(false, 0);
    let setting = setting_with(1, PoolSettings { writers: 1, ..POOL }, QUOTA, |_| ());
    setting.files.hold();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait_until(|| setting.root().join(STREAM.to_string()).exists());
    (1..3).for_each(|number| stream.push(fragment(&init, number)));
    assert!(!setting.recorder.finish(Duration::from_millis(50)));
    assert_eq!(setting.lost_s(), [(2, 4, DropCause::Stopped), (4, 6, DropCause::Stopped)]);
    setting.files.release();
}

#[test]
fn too_many_open_files_are_not_the_disks_fault() {
    let init = init(false, 0);
    let setting = setting();
    setting.files.faults().create = Some(Errno::MFILE);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait_written();
    setting.files.faults().create = None;
    stream.push(fragment(&init, 1));
    setting.finish();
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::WriteFailed)]);
    assert_eq!((setting.recorded_s(), reasons(&setting)), (vec![2], vec![]));
}

#[test]
fn a_disk_that_went_out_and_is_back_gets_a_new_file() {
    let init = init(false, 0);
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait(|event| matches!(event, RecordEvent::Synced { .. }));
    setting.files.faults().sync = Some(Errno::IO);
    stream.push(fragment(&init, 1));
    setting.wait(|event| matches!(event, RecordEvent::Closed { .. }));
    setting.files.faults().sync = None;
    setting.recorder.take_back(DISK).unwrap();
    stream.push(fragment(&init, 2));
    setting.finish();
    assert_eq!((setting.recorded_s(), setting.ledger().len()), (vec![0, 4], 2));
    assert_eq!((setting.lost_s(), reasons(&setting).len()), (vec![(2, 4, DropCause::DiskOut)], 1));
}

#[test]
fn a_stream_whose_disk_went_out_goes_on_elsewhere_with_a_key_picture() {
    let init = init(false, 0);
    let setting = setting_with(2, POOL, QUOTA, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    setting.wait(|event| matches!(event, RecordEvent::Synced { .. }));
    setting.files.faults().write_after = Some((0, Errno::IO));
    stream.push(fragment(&init, 1));
    setting.wait(|event| matches!(event, RecordEvent::DiskOut { .. }));
    setting.files.faults().write_after = None;
    stream.push(Fragment { is_key: false, ..fragment(&init, 2) });
    stream.push(fragment(&init, 3));
    setting.finish();
    assert_eq!(setting.recorded_s(), [0, 6]);
    assert_eq!(setting.lost_s(), [(2, 4, DropCause::DiskOut), (4, 6, DropCause::DiskOut)]);
}
