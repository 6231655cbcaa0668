//! Everything is in order.

use super::support::*;
use crate::record::{DropCause, Fragment, RecordEvent, StreamId, scan};
use crate::record::{Files as _, SystemFiles};
use std::sync::Arc;

#[test]
fn after_an_orderly_stop_every_byte_is_there_and_told() {
    let (setting, init) = (setting(), init(true, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    let fragments: Vec<Fragment> = (0..100).map(|number| fragment(&init, number)).collect();
    for fragment in &fragments {
        stream.push(fragment.clone());
    }
    drop(stream);
    setting.finish();

    let mut left = fragments.iter();
    for footage in setting.ledger() {
        let bytes = std::fs::read(&footage.path).unwrap();
        assert!(bytes.starts_with(&init.0));
        assert_eq!(footage.entries.last().unwrap().end(), bytes.len() as u64);
        for entry in &footage.entries {
            let fragment = left.next().unwrap();
            assert!(bytes[entry.offset as usize..entry.end() as usize] == content(fragment));
            assert_eq!(
                (entry.begins_at_us, entry.duration_us),
                (fragment.begins_at_us, fragment.duration_us)
            );
        }
    }
    assert_eq!((left.next().is_none(), setting.lost_s()), (true, Vec::new()));
}

#[test]
fn a_file_explains_itself_without_the_ledger() {
    let (setting, init) = (setting(), init(true, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..40).for_each(|number| stream.push(fragment(&init, number)));
    setting.finish();
    let ledger = setting.ledger();
    assert!(ledger.len() > 1);
    for footage in ledger {
        let found = scan(SystemFiles.open(&footage.path).unwrap().as_ref(), 0, 0).unwrap();
        assert_eq!((found.entries, found.whole_bytes), (footage.entries, found.file_bytes));
        assert_eq!(found.init, init.0);
    }
}

#[test]
fn a_file_is_told_only_when_name_and_content_are_safe() {
    let setting = setting_with(1, UNSYNCED, QUOTA, |_| ());
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init(false, 0), 0));
    setting.wait_written();
    assert_eq!(setting.events(), []);
    setting.finish();
    assert_eq!(setting.recorded_s(), [0]);
}

#[test]
fn events_of_a_file_come_in_order_and_grow() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    for number in 0..3 {
        stream.push(fragment(&init, number));
        let length = number as usize + 1;
        let is_that = |event: &RecordEvent| matches!(event, RecordEvent::Synced { entries, .. } if entries.len() == length);
        setting.wait(is_that);
    }
    drop(stream);
    setting.wait(|event| matches!(event, RecordEvent::Closed { entries, .. } if entries.len() == 3));
    assert!(matches!(setting.events()[0], RecordEvent::Opened(_)));
}

#[test]
fn one_write_takes_a_whole_fragment_and_one_sync_many() {
    let (setting, init) = (setting_with(1, UNSYNCED, QUOTA, |_| ()), init(true, 0));
    let before = setting.files.faults().writes;
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..20).for_each(|number| stream.push(fragment(&init, number)));
    setting.wait_written();
    assert_eq!(setting.files.faults().writes - before, 20);
    let synced = setting.files.faults().syncs;
    drop(stream);
    setting.finish();
    assert_eq!(setting.files.faults().syncs - synced, setting.ledger().len());
}

#[test]
fn a_write_that_takes_little_at_a_time_goes_on() {
    let (setting, init) = (setting(), init(true, 0));
    setting.files.faults().piece_bytes = Some(13);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..3).for_each(|number| stream.push(fragment(&init, number)));
    setting.finish();
    let footage = &setting.ledger()[0];
    let found = scan(SystemFiles.open(&footage.path).unwrap().as_ref(), 0, 0).unwrap();
    assert_eq!(found.entries, footage.entries);
    assert_eq!(found.entries.len(), 3);
}

#[test]
fn two_files_of_one_millisecond_have_different_names() {
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init(false, 0), 0));
    stream.push(fragment(&init(false, 1), 0));
    setting.finish();
    let names: Vec<String> = setting
        .ledger()
        .iter()
        .map(|row| row.path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["120000000.mp4", "120000000-1.mp4"]);
}

#[test]
fn an_outage_in_which_the_camera_counted_on_or_not_costs_no_file() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    for (second, number) in [(0, 0), (2, 1), (7, 2), (9, 3), (14, 7), (16, 8)] {
        stream.push(Fragment { begins_at_us: NOON_US + second * 1_000_000, ..fragment(&init, number) });
    }
    setting.finish();
    assert_eq!((setting.ledger().len(), setting.recorded_s()), (1, vec![0, 2, 7, 9, 14, 16]));
}

#[test]
fn streams_do_not_mix() {
    let (setting, init) = (setting(), init(false, 0));
    let mut streams: Vec<_> = (0..9).map(|id| setting.recorder.stream(StreamId(id), "room")).collect();
    for number in 0..10 {
        for stream in &mut streams {
            stream.push(fragment(&init, number));
        }
    }
    setting.finish();
    let mut seconds = setting.recorded_s();
    seconds.sort_unstable();
    let expected: Vec<i64> = (0..90).map(|at| at / 9 * 2).collect();
    assert_eq!(seconds, expected);
    for footage in setting.ledger() {
        let begins: Vec<i64> = footage.entries.iter().map(|entry| entry.begins_at_us).collect();
        assert!(begins.is_sorted(), "{begins:?}");
    }
}

#[test]
fn recording_begins_with_a_picture_that_can_be_decoded() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(Fragment { is_key: false, ..fragment(&init, 0) });
    stream.push(fragment(&init, 1));
    stream.push(Fragment { is_key: false, ..fragment(&init, 2) });
    setting.finish();
    assert_eq!(setting.recorded_s(), [2, 4]);
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::Refused)]);
}

#[test]
fn an_impossible_fragment_is_refused_and_the_next_is_kept() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(Fragment { duration_us: -1, ..fragment(&init, 0) });
    stream.push(fragment(&init, 1));
    setting.finish();
    assert_eq!(setting.recorded_s(), [2]);
}

#[test]
fn what_comes_after_the_end_is_told_as_lost() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    setting.finish();
    stream.push(fragment(&init, 0));
    assert_eq!(setting.lost_s(), [(0, 2, DropCause::Stopped)]);
    assert!(Arc::strong_count(&setting.recorder) == 2);
}
