//! Any range as a file, and as fragments for a player.

use super::support::*;
use crate::record::moof::read_runs;
use crate::record::moov::read_tracks;
use crate::record::walk::{boxes, find, path, u32_at, u64_at};
use crate::record::{Footage, Fragment, Mark, Plan, PlanError, SystemFiles, fragment_stream, plain_file};
use proptest::prelude::*;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

const SECOND: i64 = 1_000_000;

/// Two minutes with sound; parameters change at 90 s, and the camera was away from 100 to 110 s.
fn footage() -> (Setting, Vec<Footage>) {
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    let inits = [init(true, 0), init(true, 1)];
    for number in (0..50).chain(55..60) {
        stream.push(fragment(&inits[usize::from(number >= 45)], number));
    }
    setting.finish();
    let ledger = setting.ledger();
    (setting, ledger)
}

fn shared() -> &'static [Footage] {
    static FOOTAGE: OnceLock<(Setting, Vec<Footage>)> = OnceLock::new();
    &FOOTAGE.get_or_init(footage).1
}

fn read(plan: &Arc<Plan>, range: Range<u64>) -> Vec<u8> {
    plan.read(Arc::new(SystemFiles), range).flat_map(|chunk| chunk.unwrap()).collect()
}

pub(super) fn whole(plan: Plan) -> Vec<u8> {
    let plan = Arc::new(plan);
    let bytes = read(&plan, 0..u64::MAX);
    assert_eq!(bytes.len() as u64, plan.length());
    bytes
}

fn plain(from_s: i64, to_s: i64) -> Plan {
    plain_file(&SystemFiles, shared(), NOON_US + from_s * SECOND, NOON_US + to_s * SECOND).unwrap()
}

/// The content of a table of a track, behind version, flags and count.
pub(super) fn table(file: &[u8], track: usize, kind: [u8; 4]) -> Vec<u32> {
    let moov = path(file, 0..file.len(), &[*b"moov"]).unwrap();
    let trak = boxes(file, moov).filter(|place| place.kind == *b"trak").nth(track).unwrap().body;
    let stbl = path(file, trak, &[*b"mdia", *b"minf", *b"stbl"]).unwrap();
    let Some(place) = find(file, stbl, kind) else { return Vec::new() };
    (place.body.start + 8..place.body.end).step_by(4).map(|at| u32_at(file, at).unwrap()).collect()
}

/// Samples by the tables of a file: bytes of each.
fn samples(file: &[u8], track: usize) -> Vec<Vec<u8>> {
    let sizes = table(file, track, *b"stsz");
    let mut sizes = sizes[1..].iter();
    let chunks = table(file, track, *b"co64");
    let runs = table(file, track, *b"stsc");
    let mut samples = Vec::new();
    for (number, offset) in (1..).zip(chunks.chunks(2)) {
        let run = runs.chunks(3).rfind(|run| run[0] <= number).unwrap();
        let mut at = (offset[0] as usize) << 32 | offset[1] as usize;
        for size in sizes.by_ref().take(run[1] as usize) {
            samples.push(file[at..at + *size as usize].to_vec());
            at += *size as usize;
        }
    }
    samples
}

fn fragments(numbers: Range<u32>) -> Vec<Fragment> {
    let init = init(true, 0);
    numbers.map(|number| fragment(&init, number)).collect()
}

#[test]
fn a_range_is_an_ordinary_file_with_every_sample_in_its_place() {
    let file = whole(plain(4, 30));
    let expected = fragments(2..15);
    let pictures: Vec<Vec<u8>> =
        expected.iter().flat_map(|part| part.samples[..10].iter().map(|sample| sample.to_vec())).collect();
    assert_eq!(samples(&file, 0), pictures);
    let sound: Vec<u8> = expected.iter().flat_map(|part| part.samples[10].to_vec()).collect();
    assert_eq!(samples(&file, 1).concat(), sound);
    assert_eq!(table(&file, 0, *b"stts"), [130, PICTURE_TICKS]);
    assert_eq!(table(&file, 1, *b"stts"), [13 * 16, 1_000]);
    assert_eq!(table(&file, 0, *b"stss"), (0..13).map(|number| 1 + number * 10).collect::<Vec<_>>());
    assert_eq!(table(&file, 0, *b"ctts").len(), 130 * 2, "pictures are shown now at once, now late");
}

#[test]
fn the_sound_keeps_its_distance_to_the_pictures() {
    let file = whole(plain(4, 30));
    let moov = path(&file, 0..file.len(), &[*b"moov"]).unwrap();
    let traks: Vec<_> = boxes(&file, moov).filter(|place| place.kind == *b"trak").collect();
    assert!(path(&file, traks[0].body.clone(), &[*b"edts"]).is_none());
    let elst = path(&file, traks[1].body.clone(), &[*b"edts", *b"elst"]).unwrap();
    // 800 of 8 000 are 9 000 of 90 000.
    let delay = u64_at(&file, elst.start + 8).unwrap();
    assert!((9_000 - 12..=9_000).contains(&delay), "{delay}");
}

#[test]
fn other_parameters_become_another_description_of_the_same_track() {
    let file = whole(plain(80, 100));
    let runs = table(&file, 0, *b"stsc");
    assert_eq!(runs, [1, 10, 1, 6, 10, 2]);
    let first = table(&file, 0, *b"stsd")[2..][..20].to_vec();
    assert_ne!(first, table(&file, 0, *b"stsd")[22..][..20]);
}

#[test]
fn a_long_hole_is_closed_and_marked() {
    let plan = plain(96, 120);
    let marks: Vec<(i64, i64)> =
        plan.marks().iter().map(|mark| (mark.position_us, (mark.wall_us - NOON_US) / SECOND)).collect();
    assert_eq!(marks, [(0, 96), (4 * SECOND, 110)]);
    let durations = table(&whole(plan), 0, *b"stts");
    assert_eq!(durations.chunks(2).map(|run| run[0] * run[1]).sum::<u32>(), 14 * PICTURES_SCALE);
}

#[test]
fn decoding_times_that_begin_anew_are_played_on() {
    let setting = setting();
    let mut stream = setting.recorder.stream(STREAM, "gate");
    let init = init(true, 0);
    for number in 0..6 {
        // From the fourth on the camera counts from the beginning again; our clock does not.
        let counted = fragment(&init, number % 3);
        stream.push(Fragment { begins_at_us: NOON_US + i64::from(number) * FRAGMENT_US, ..counted });
    }
    setting.finish();
    let ledger = setting.ledger();
    assert_eq!(ledger.len(), 2);
    let plan = plain_file(&SystemFiles, &ledger, NOON_US, i64::MAX).unwrap();
    assert_eq!(table(&whole(plan), 0, *b"stts"), [60, PICTURE_TICKS]);
    let plan = fragment_stream(&SystemFiles, &ledger, NOON_US, i64::MAX, 0).unwrap().plan;
    let times: Vec<u64> = stream_of(&whole(plan)).1.iter().map(|fragment| fragment.1[0] / 90_000).collect();
    assert_eq!(times, [0, 2, 4, 6, 8, 10]);
}

#[test]
fn nothing_recorded_is_said_so() {
    let nothing = plain_file(&SystemFiles, shared(), 0, NOON_US);
    assert!(matches!(nothing, Err(PlanError::Nothing)), "{nothing:?}");
    let nothing = fragment_stream(&SystemFiles, shared(), NOON_US + 101 * SECOND, NOON_US + 109 * SECOND, 0);
    assert!(matches!(nothing, Err(PlanError::Nothing)), "{nothing:?}");
}

#[test]
fn a_missing_file_is_named() {
    let (_setting, footage) = footage();
    std::fs::remove_file(&footage[1].path).unwrap();
    let failed = plain_file(&SystemFiles, &footage, NOON_US, i64::MAX);
    assert!(matches!(failed, Err(PlanError::File { path, .. }) if path == footage[1].path));
}

#[test]
fn a_damaged_fragment_is_left_out() {
    let (_setting, footage) = footage();
    let entry = footage[0].entries[1];
    let mut bytes = std::fs::read(&footage[0].path).unwrap();
    bytes[entry.offset as usize..][..60].fill(0xff);
    std::fs::write(&footage[0].path, bytes).unwrap();
    let plan = plain_file(&SystemFiles, &footage, NOON_US, NOON_US + 8 * SECOND).unwrap();
    assert_eq!(plan.damaged(), 1);
    assert_eq!(samples(&whole(plan), 0).len(), 30);
}

/// Number and decoding times of each fragment of a stream, and how many beginnings it has.
fn stream_of(bytes: &[u8]) -> (usize, Vec<(u32, Vec<u64>)>) {
    let (mut beginnings, mut tracks, mut found) = (0, Vec::new(), Vec::new());
    for place in boxes(bytes, 0..bytes.len()) {
        match &place.kind {
            b"moov" => {
                beginnings += 1;
                tracks = read_tracks(&bytes[place.whole]).unwrap();
            }
            b"moof" => {
                let runs = read_runs(&bytes[place.whole.clone()], &tracks).unwrap();
                let mfhd = path(bytes, place.body, &[*b"mfhd"]).unwrap();
                let times = runs.iter().map(|run| run.decoding_time).collect();
                found.push((u32_at(bytes, mfhd.start + 4).unwrap(), times));
            }
            _ => {}
        }
    }
    (beginnings, found)
}

#[test]
fn fragments_go_on_from_the_players_position_and_sound_with_them() {
    let (from_us, to_us) = (NOON_US + 20 * SECOND, NOON_US + 80 * SECOND);
    let plan = fragment_stream(&SystemFiles, shared(), from_us, to_us, 3 * SECOND).unwrap().plan;
    assert_eq!(plan.marks()[0], Mark { position_us: 3 * SECOND, wall_us: from_us });
    let (beginnings, found) = stream_of(&whole(plan));
    assert_eq!((beginnings, found.len()), (1, 30), "one beginning although there are two files");
    for (number, fragment) in (1..).zip(&found) {
        let begins = 3 + u64::from(number - 1) * 2;
        assert_eq!((fragment.0, fragment.1[0]), (number, begins * 90_000));
        let sound = begins * 8_000 + 800;
        assert!((sound - 1..=sound).contains(&fragment.1[1]), "{fragment:?}");
    }
}

#[test]
fn other_parameters_bring_another_beginning_and_a_hole_is_closed() {
    let plan = fragment_stream(&SystemFiles, shared(), NOON_US + 88 * SECOND, i64::MAX, 0).unwrap().plan;
    let positions: Vec<i64> = plan.marks().iter().map(|mark| mark.position_us / SECOND).collect();
    assert_eq!(positions[0], 0);
    assert_eq!(positions.last(), Some(&12));
    let (beginnings, found) = stream_of(&whole(plan));
    assert_eq!(beginnings, 2);
    let times: Vec<u64> = found.iter().map(|fragment| fragment.1[0] / 90_000).collect();
    assert_eq!(times, (0..found.len() as u64).map(|number| number * 2).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_part_of_a_plan_is_that_part_of_the_whole(
        from_s in 0i64..118, length_s in 1i64..60, is_plain: bool, from in 0.0f64..1.0, to in 0.0f64..1.1,
    ) {
        let (from_us, to_us) = (NOON_US + from_s * SECOND, NOON_US + (from_s + length_s) * SECOND);
        let plan = if is_plain {
            plain_file(&SystemFiles, shared(), from_us, to_us)
        } else {
            fragment_stream(&SystemFiles, shared(), from_us, to_us, 7).map(|stream| stream.plan)
        };
        let Ok(plan) = plan.map(Arc::new) else { return Ok(()) };
        let bytes = read(&plan, 0..plan.length());
        let at = |part: f64| (plan.length() as f64 * part) as u64;
        let range = at(from)..at(to);
        let expected: &[u8] = if range.start < range.end {
            &bytes[range.start as usize..(range.end as usize).min(bytes.len())]
        } else {
            &[]
        };
        prop_assert!(read(&plan, range) == expected);
    }
}
