//! What is there, and what goes.

use super::support::*;
use crate::record::{
    IDENTITY_FILE, IdentityError, Recorded, SystemFiles, inventory, make_disk, remove_recorded,
};
use std::fs;
use std::path::PathBuf;

/// Three files of one stream: two of one day, and one past midnight.
fn recorded() -> Setting {
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    for number in [0, 30, 12 * 1_800] {
        stream.push(fragment(&init(false, 0), number));
    }
    setting.finish();
    setting
}

fn paths(recorded: &[Recorded]) -> Vec<PathBuf> {
    recorded.iter().map(|file| file.path.clone()).collect()
}

#[test]
fn the_inventory_finds_every_file_from_a_moment_on() {
    let setting = recorded();
    fs::write(setting.root().join("lost+found"), "").unwrap();
    fs::write(setting.root().join(STREAM.to_string()).join("20261129/note.txt"), "").unwrap();
    let all = inventory(&SystemFiles, setting.root(), NOON_US).unwrap();
    let begins: Vec<i64> = all.iter().map(|file| (file.begins_at_us - NOON_US) / 1_000_000).collect();
    assert_eq!(begins, [0, 60, 43_200]);
    assert!(all.iter().all(|file| file.stream == STREAM && setting.root().join(&file.path).is_file()));
    assert_eq!(inventory(&SystemFiles, setting.root(), NOON_US + 1).unwrap(), all, "names have milliseconds");
    assert_eq!(inventory(&SystemFiles, setting.root(), NOON_US + 1_000).unwrap(), all[1..]);
    assert_eq!(inventory(&SystemFiles, setting.root(), NOON_US + 61_000_000).unwrap(), all[2..]);
}

#[test]
fn what_is_deleted_is_gone_and_an_empty_day_with_it() {
    let setting = recorded();
    let all = paths(&inventory(&SystemFiles, setting.root(), 0).unwrap());
    remove_recorded(&SystemFiles, setting.root(), DISK, &all[1..]).unwrap();
    remove_recorded(&SystemFiles, setting.root(), DISK, &all[1..]).unwrap();
    assert_eq!(paths(&inventory(&SystemFiles, setting.root(), 0).unwrap()), all[..1]);
    let days = fs::read_dir(setting.root().join(STREAM.to_string())).unwrap().count();
    assert_eq!(days, 1);
}

#[test]
fn nothing_is_deleted_from_another_disk() {
    let setting = recorded();
    let all = paths(&inventory(&SystemFiles, setting.root(), 0).unwrap());
    fs::remove_file(setting.root().join(IDENTITY_FILE)).unwrap();
    let missing = remove_recorded(&SystemFiles, setting.root(), DISK, &all);
    make_disk(&SystemFiles, setting.root(), OTHER_DISK, NOON_US).unwrap();
    let other = remove_recorded(&SystemFiles, setting.root(), DISK, &all);
    let found = OTHER_DISK;
    assert_eq!((missing, other), (Err(IdentityError::Missing), Err(IdentityError::Other { found })));
    assert!(all.iter().all(|path| setting.root().join(path).exists()));
}
