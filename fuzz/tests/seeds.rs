//! Every target over its seed files and over small changes of them, so that `cargo test` notices what a fuzzer would find first.
//!
//! The changes are the same in every run. How many there are is bounded by bytes and by time; finding more is the fuzzer's work.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use watchfire_fuzz::{run, targets};

/// Changed copies of one seed.
const CHANGES_MAX: u64 = 24;

/// Time for the changes of one target; seeds themselves are always run.
const CHANGES_TIME_MAX: Duration = Duration::from_millis(1_500);

/// All seeds of a target: they are kept in the repository and should not weigh.
const SEEDS_BYTES_MAX: usize = 48 * 1024;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Names in a folder without their endings.
fn names(name: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(name)).expect("a folder of this crate").flatten();
    entries.filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned())).collect()
}

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder("seeds").join(target)).expect("a folder of seeds").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(&path).expect("a seed"))).collect()
}

/// The same numbers in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// A copy cut short, with bytes changed, doubled or taken out.
fn changed(seed: &[u8], number: u64) -> Vec<u8> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (number + 1).wrapping_mul(0x1000_0000_01b3));
    let mut bytes = seed.to_vec();
    for _ in 0..=number % 4 {
        let at = chance.below(bytes.len());
        match chance.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << chance.below(8)),
            2 => bytes.iter_mut().skip(at).take(4).for_each(|byte| *byte = 0xff),
            3 => {
                let piece: Vec<u8> = bytes.iter().skip(at).take(chance.below(64)).copied().collect();
                bytes.splice(at..at, piece);
            }
            _ => drop(bytes.drain(at..bytes.len().min(at + chance.below(16)))),
        }
    }
    bytes
}

/// Runs a target over its seeds and changes of them.
fn keeps_its_word(target: &str) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    assert!(
        seeds.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= SEEDS_BYTES_MAX,
        "{target}: heavy seeds"
    );
    for (path, bytes) in &seeds {
        check(target, bytes, &path.display().to_string());
    }
    let start = Instant::now();
    for number in 0..CHANGES_MAX {
        for (path, bytes) in &seeds {
            if start.elapsed() > CHANGES_TIME_MAX {
                return;
            }
            check(target, &changed(bytes, number), &format!("{}, change {number}", path.display()));
        }
    }
}

fn check(target: &str, bytes: &[u8], what: &str) {
    let outcome = std::panic::catch_unwind(|| run(target, bytes));
    assert!(outcome.is_ok(), "{target} broke its word on {what}");
}

#[test]
fn every_target_has_its_fuzzer_and_its_seeds() {
    let targets: BTreeSet<String> = targets().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names("fuzz_targets"), targets);
    assert_eq!(names("seeds"), targets);
}

macro_rules! targets {
    ($($name:ident)+) => {$(
        #[test]
        fn $name() {
            keeps_its_word(stringify!($name));
        }
    )+

        #[test]
        fn every_target_is_run_here() {
            let here = [$(stringify!($name)),+];
            let targets: BTreeSet<&str> = targets().map(|(name, _)| name).collect();
            assert_eq!(BTreeSet::from(here), targets);
        }
    };
}

targets! {
    codes document document_docx document_json document_pdf document_text
    gb_depacketise gb_digest gb_fire gb_fire_data gb_ids gb_manscdp gb_mansrtsp gb_platform gb_ps gb_ptz gb_reorder
    gb_rtp gb_sdp gb_sip gb_sip_datagrams gb_sip_stream
    coded_video key_frame lint onvif_answer picture recorded_entries recorded_file red_head room_code
    register_rows rtsp_url sheet_csv stored_video timeline video_file workbook
}
