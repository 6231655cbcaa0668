//! Real video, and programs that are not ours: what ffmpeg encodes is recorded, and what is read back satisfies it. Skipped where there is
//! no ffmpeg.

use super::support::*;
use crate::record::{
    Entry, Files as _, Footage, Fragment, Init, Plan, PoolSettings, SystemFiles, fragment_stream, plain_file,
    scan,
};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Runs a program; its output, or nothing where it is not installed.
fn run(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = Command::new(program).args(arguments).arg(file).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{program}: {said}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Twenty seconds of a moving picture with B pictures, and of a tone, as a fragmented file.
fn encoded(folder: &Path) -> Option<(Arc<Init>, Vec<Fragment>)> {
    let path = folder.join("encoded.mp4");
    let arguments = "-v error -f lavfi -i testsrc2=size=320x240:rate=25:duration=20 -f lavfi -i sine=duration=20 -c:v libx264 \
        -preset ultrafast -bf 2 -g 50 -keyint_min 50 -sc_threshold 0 -c:a aac -movflags empty_moov+default_base_moof+frag_keyframe";
    run("ffmpeg", &arguments.split_whitespace().collect::<Vec<_>>(), &path)?;
    let found = scan(SystemFiles.open(&path).unwrap().as_ref(), 0, NOON_US).unwrap();
    let bytes = bytes::Bytes::from(fs::read(&path).unwrap());
    let init = Arc::new(Init(found.init));
    let fragment = |entry: &Entry| Fragment {
        init: init.clone(),
        head: bytes.slice(entry.offset as usize..entry.samples_at() as usize),
        samples: vec![bytes.slice(entry.samples_at() as usize..entry.end() as usize)],
        begins_at_us: entry.begins_at_us,
        duration_us: entry.duration_us,
        is_key: entry.is_key,
        frames: entry.frames,
    };
    Some((init.clone(), found.entries.iter().map(fragment).collect()))
}

/// Records what ffmpeg encoded, under a stream whose file changes on the way.
fn recorded() -> Option<(Setting, Vec<Footage>)> {
    let setting = setting_with(1, PoolSettings { queue_bytes_max: 64 << 20, ..POOL }, QUOTA, |_| ());
    let Some((_, fragments)) = encoded(setting.root()) else {
        eprintln!("skipped: no ffmpeg");
        return None;
    };
    assert_eq!(fragments.len(), 10);
    let mut stream = setting.recorder.stream(STREAM, "gate");
    for fragment in fragments {
        // The minute of this stream ends in the middle.
        let begins_at_us = fragment.begins_at_us + 30_000_000;
        stream.push(Fragment { begins_at_us, ..fragment });
    }
    setting.finish();
    let ledger = setting.ledger();
    assert_eq!((ledger.len(), setting.lost_s()), (2, Vec::new()));
    Some((setting, ledger))
}

fn written(setting: &Setting, plan: Plan) -> std::path::PathBuf {
    let path = setting.root().join("out.mp4");
    let bytes: Vec<u8> =
        Arc::new(plan).read(Arc::new(SystemFiles), 0..u64::MAX).flat_map(|chunk| chunk.unwrap()).collect();
    fs::write(&path, bytes).unwrap();
    path
}

fn count(file: &Path, stream: &str) -> String {
    let arguments = format!(
        "-v error -select_streams {stream} -count_frames -show_entries stream=nb_read_frames -of csv=p=0"
    );
    run("ffprobe", &arguments.split_whitespace().collect::<Vec<_>>(), file).unwrap().trim().to_owned()
}

#[test]
fn a_recorded_file_plays_as_it_lies() {
    let Some((_setting, ledger)) = recorded() else { return };
    let frames: u32 = ledger.iter().map(|footage| count(&footage.path, "v").parse::<u32>().unwrap()).sum();
    assert_eq!(frames, 500);
}

#[test]
fn a_range_decodes_without_a_complaint() {
    let Some((setting, ledger)) = recorded() else { return };
    let from_us = NOON_US + 30_000_000 + 5_000_000;
    let plan = plain_file(&SystemFiles, &ledger, from_us, from_us + 9_000_000).unwrap();
    let file = written(&setting, plan);
    assert_eq!(count(&file, "v"), "250", "from 4 s to 14 s");
    assert!(count(&file, "a").parse::<u32>().unwrap() > 400);
    let seconds =
        run("ffprobe", &["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"], &file);
    let seconds: f64 = seconds.unwrap().trim().parse().unwrap();
    assert!((9.9..10.3).contains(&seconds), "{seconds}");
}

#[test]
fn fragments_for_a_player_decode_without_a_complaint() {
    let Some((setting, ledger)) = recorded() else { return };
    let plan = fragment_stream(&SystemFiles, &ledger, 0, i64::MAX, 0).unwrap().plan;
    let file = written(&setting, plan);
    assert_eq!(count(&file, "v"), "500");
    assert!(count(&file, "a").parse::<u32>().unwrap() > 800);
}
