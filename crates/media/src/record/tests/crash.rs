//! The program is killed, the power is cut, a file is damaged: what was told is there, and nothing is cut that could be played.

use super::support::*;
use crate::record::{
    DiskSettings, Entry, Files, Footage, Fragment, Mended, PoolSettings, Recorder, SystemFiles, day_folder,
    inventory, make_disk, mend, scan,
};
use proptest::prelude::*;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// A file of ten fragments, as the ledger has it.
fn recorded() -> (Setting, Footage) {
    let (setting, init) = (setting(), init(true, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..10).for_each(|number| stream.push(fragment(&init, number)));
    setting.finish();
    let footage = setting.ledger().remove(0);
    assert_eq!(footage.entries.len(), 10);
    (setting, footage)
}

fn cut(path: &Path, length: u64) {
    fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn found_after(path: &Path) -> Vec<Entry> {
    let found = scan(SystemFiles.open(path).unwrap().as_ref(), 0, 0).unwrap();
    assert_eq!(found.whole_bytes, found.file_bytes, "nothing torn is left");
    found.entries
}

fn video_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = paths
        .flat_map(|path| if path.is_dir() { video_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "mp4"))
        .collect();
    files.sort();
    files
}

#[test]
fn a_killed_program_loses_nothing_that_was_written() {
    let setting = setting_with(1, UNSYNCED, QUOTA, |_| ());
    let init = init(true, 0);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    (0..10).for_each(|number| stream.push(fragment(&init, number)));
    setting.wait_written();
    // Nothing was told, and nobody says goodbye.
    assert_eq!(setting.events(), []);
    let files = video_files(setting.root());
    let folder = setting.root().join(day_folder(STREAM, NOON_US));
    assert!(files[0].starts_with(folder));
    let Mended::Kept { entries, adopted, damaged: 0, cut_bytes: 0 } =
        mend(&SystemFiles, &files[0], &[], 0).unwrap()
    else {
        panic!("not kept")
    };
    let begins: Vec<i64> = (0..10).map(|number| NOON_US + number * FRAGMENT_US).collect();
    assert_eq!(entries.iter().map(|entry| entry.begins_at_us).collect::<Vec<_>>(), begins);
    assert_eq!(adopted, 10);
}

/// Where the program that is to be killed records.
const KILLED_FOLDER: &str = "WATCHFIRE_TEST_KILLED_FOLDER";

/// Records without end, and says what is written. Run by the next story only.
#[test]
#[ignore = "runs until it is killed"]
fn program_that_is_killed() {
    let Ok(folder) = std::env::var(KILLED_FOLDER) else { return };
    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    let disk = DiskSettings { root: folder.into(), id: DISK, limits: QUOTA, used_bytes: 0 };
    let recorder = Recorder::start(vec![disk], POOL, &files, Arc::new(|_| ())).unwrap();
    let mut stream = recorder.stream(STREAM, "gate");
    let init = init(true, 0);
    for number in 0.. {
        stream.push(fragment(&init, number));
        while recorder.disks()[0].queued_bytes > 0 {
            std::thread::yield_now();
        }
        println!("written {number}");
    }
}

#[test]
fn a_program_that_is_killed_by_the_system_loses_no_written_fragment() {
    let folder = tempfile::tempdir().unwrap();
    make_disk(&SystemFiles, folder.path(), DISK, NOON_US).unwrap();
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "record::tests::crash::program_that_is_killed", "--ignored", "--nocapture"])
        .env(KILLED_FOLDER, folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut written = || loop {
        let Some(Ok(line)) = lines.next() else { return None };
        if let Some(number) = line.strip_prefix("written ") {
            return number.parse::<i64>().ok();
        }
    };
    let mut last = 0;
    while last < 70 {
        last = written().unwrap();
    }
    program.kill().unwrap();
    while let Some(number) = written() {
        last = number;
    }
    program.wait().unwrap();
    let mut begins = Vec::new();
    for file in inventory(&SystemFiles, folder.path(), NOON_US).unwrap() {
        let path = folder.path().join(&file.path);
        if let Mended::Kept { entries, .. } = mend(&SystemFiles, &path, &[], file.begins_at_us).unwrap() {
            assert_eq!(found_after(&path), entries);
            begins.extend(entries.iter().map(|entry| (entry.begins_at_us - NOON_US) / FRAGMENT_US));
        }
    }
    assert!(begins.len() as i64 > last, "{last} written, {} found", begins.len());
    assert_eq!(begins, (0..begins.len() as i64).collect::<Vec<_>>());
}

#[test]
fn wherever_a_file_is_torn_the_whole_fragments_stay() {
    let (_setting, footage) = recorded();
    let bytes = fs::read(&footage.path).unwrap();
    let first = footage.entries[0];
    for length in (0..bytes.len()).step_by(37) {
        let path = footage.path.with_extension("again.mp4");
        fs::write(&path, &bytes[..length]).unwrap();
        let whole = footage.entries.iter().filter(|entry| entry.end() <= length as u64).count();
        match mend(&SystemFiles, &path, &[], NOON_US).unwrap() {
            Mended::Removed => assert_eq!(length, 0),
            Mended::SetAside { path, bytes } => {
                assert!(whole == 0 && (length as u64) < first.end() && bytes == length as u64);
                fs::remove_file(path).unwrap();
            }
            Mended::Kept { entries, adopted, damaged: 0, cut_bytes } => {
                assert_eq!((entries.len(), adopted), (whole, whole));
                assert_eq!(cut_bytes, length as u64 - entries[whole - 1].end());
                assert_eq!(found_after(&path), footage.entries[..whole]);
            }
            other @ Mended::Kept { .. } => panic!("{other:?} at {length}"),
        }
    }
}

#[test]
fn what_the_ledger_did_not_know_is_adopted() {
    let (_setting, footage) = recorded();
    let known = &footage.entries[..4];
    cut(&footage.path, footage.entries[7].end() + 5);
    let mended = mend(&SystemFiles, &footage.path, known, NOON_US).unwrap();
    let entries = footage.entries[..8].to_vec();
    assert_eq!(mended, Mended::Kept { entries, adopted: 4, damaged: 0, cut_bytes: 5 });
}

#[test]
fn content_that_never_reached_the_medium_is_not_adopted() {
    let (_setting, footage) = recorded();
    let mut bytes = fs::read(&footage.path).unwrap();
    let entry = footage.entries[6];
    // The length is right and the head is there; a page of pictures is not.
    bytes[entry.samples_at() as usize + 100..entry.end() as usize].fill(0);
    fs::write(&footage.path, &bytes).unwrap();
    let Mended::Kept { entries, .. } =
        mend(&SystemFiles, &footage.path, &footage.entries[..2], NOON_US).unwrap()
    else {
        panic!("not kept")
    };
    assert_eq!(entries, footage.entries[..6]);
}

#[test]
fn what_the_ledger_knows_is_never_cut_off() {
    let (_setting, footage) = recorded();
    let mut bytes = fs::read(&footage.path).unwrap();
    bytes[footage.entries[3].offset as usize + 4..][..4].copy_from_slice(b"junk");
    fs::write(&footage.path, &bytes).unwrap();
    let mended = mend(&SystemFiles, &footage.path, &footage.entries, NOON_US).unwrap();
    let entries = footage.entries.clone();
    assert_eq!(mended, Mended::Kept { entries, adopted: 0, damaged: 7, cut_bytes: 0 });
    assert_eq!(fs::read(&footage.path).unwrap(), bytes);
}

#[test]
fn mending_twice_changes_nothing_more() {
    let (_setting, footage) = recorded();
    cut(&footage.path, footage.entries[7].end() + 5);
    let first = mend(&SystemFiles, &footage.path, &[], NOON_US).unwrap();
    let bytes = fs::read(&footage.path).unwrap();
    let Mended::Kept { entries, .. } = first else { panic!("not kept") };
    let again = mend(&SystemFiles, &footage.path, &entries, NOON_US).unwrap();
    assert_eq!(again, Mended::Kept { entries, adopted: 0, damaged: 0, cut_bytes: 0 });
    assert_eq!(fs::read(&footage.path).unwrap(), bytes);
}

#[test]
fn a_fragment_without_a_time_stamp_follows_the_one_before() {
    let (_setting, footage) = recorded();
    let mut bytes = fs::read(&footage.path).unwrap();
    for entry in &footage.entries[..2] {
        bytes[entry.offset as usize - 28..][..4].copy_from_slice(b"free");
    }
    fs::write(&footage.path, bytes).unwrap();
    let found = scan(SystemFiles.open(&footage.path).unwrap().as_ref(), 0, NOON_US + 5).unwrap();
    let begins: Vec<i64> = found.entries[..3].iter().map(|entry| entry.begins_at_us - NOON_US).collect();
    assert_eq!(begins, [5, FRAGMENT_US + 5, 2 * FRAGMENT_US]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The power is cut at any moment, and of what was not synced any part reached the medium.
    #[test]
    fn what_was_told_survives_a_power_cut(
        before in 0u32..40, after in 0u32..6, part in 0.0f64..=1.0, sync_ms in prop_oneof![Just(1u64), Just(3_600_000)],
    ) {
        let setting = setting_with(1, PoolSettings { sync_ms, ..POOL }, QUOTA, |_| ());
        let init = init(true, 0);
        let mut stream = setting.recorder.stream(STREAM, "gate");
        (0..before).for_each(|number| stream.push(fragment(&init, number)));
        setting.wait_written();
        (before..before + after).for_each(|number| stream.push(fragment(&init, number)));
        let told = {
            // Nothing is written or synced while the plug is pulled.
            let told = setting.ledger();
            setting.wait_written();
            setting.files.hold();
            told
        };
        setting.files.cut_power(|safe, written| safe + ((written - safe) as f64 * part) as u64);
        for footage in &told {
            prop_assert!(footage.path.exists());
            match mend(&SystemFiles, &footage.path, &footage.entries, NOON_US).unwrap() {
                Mended::Kept { entries, damaged, .. } => {
                    prop_assert_eq!(damaged, 0);
                    prop_assert_eq!(&entries[..footage.entries.len()], &footage.entries[..]);
                    prop_assert_eq!(found_after(&footage.path), entries);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
        for path in video_files(setting.root()) {
            if told.iter().any(|footage| footage.path == path) {
                continue;
            }
            if let Mended::Kept { entries, .. } = mend(&SystemFiles, &path, &[], NOON_US).unwrap() {
                prop_assert_eq!(found_after(&path), entries);
            }
        }
        setting.files.release();
    }

    #[test]
    fn a_damaged_file_is_an_error_or_whole_fragments(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>(),
    ) {
        let init = init(true, 0);
        let mut bytes = init.0.to_vec();
        (0..3).for_each(|number| bytes.extend(content(&fragment(&init, number))));
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.mp4");
        fs::write(&path, &bytes).unwrap();
        if let Ok(found) = scan(SystemFiles.open(&path).unwrap().as_ref(), 0, NOON_US) {
            prop_assert!(found.whole_bytes <= bytes.len() as u64);
            prop_assert!(found.entries.windows(2).all(|pair| pair[0].end() <= pair[1].offset));
            let footage = [Footage { path, entries: found.entries }];
            let _ = crate::record::plain_file(&SystemFiles, &footage, 0, i64::MAX);
            let _ = crate::record::fragment_stream(&SystemFiles, &footage, 0, i64::MAX, 0);
        }
    }
}

#[test]
fn a_fragment_of_no_key_picture_is_found_as_such() {
    let (setting, init) = (setting(), init(false, 0));
    let mut stream = setting.recorder.stream(STREAM, "gate");
    stream.push(fragment(&init, 0));
    let mut second: Fragment = fragment(&init, 1);
    let mut head = second.head.to_vec();
    let flags = head.windows(4).rposition(|word| word == 0x200_0000u32.to_be_bytes()).unwrap();
    head[flags..flags + 4].copy_from_slice(&0x101_0000u32.to_be_bytes());
    second.head = head.into();
    stream.push(Fragment { is_key: false, ..second });
    setting.finish();
    let keys: Vec<bool> = found_after(&setting.ledger()[0].path).iter().map(|entry| entry.is_key).collect();
    assert_eq!(keys, [true, false]);
}
