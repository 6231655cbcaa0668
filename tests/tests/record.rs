//! `watchfire record` at cameras on the loopback: an orderly stop keeps everything, a kill costs no more than the group of pictures in progress, and
//! other programs read every file.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "a skipped story says so")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use stories::binary;

const STREAMS: usize = 2;
const FRAME_RATE: u64 = 25;
/// Pictures of a group.
const GROUP: u64 = 25;
/// Pictures on their way through a busy machine.
const SLACK: u64 = 8;

/// Cameras that show ffmpeg's test pattern; stopped when dropped.
struct Cameras {
    child: Child,
    urls: Vec<String>,
}

impl Drop for Cameras {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `None`, with a word about it, where ffmpeg is missing.
fn cameras(folder: &Path) -> Option<Cameras> {
    let clip = folder.join("pattern.mp4");
    let arguments = "-v error -y -f lavfi -i testsrc2=size=320x240:rate=25:duration=10 -f lavfi -i sine=duration=10 \
                     -c:v libx264 -g 25 -bf 0 -pix_fmt yuv420p -c:a aac -ar 16000";
    let made = Command::new("ffmpeg").args(arguments.split_whitespace()).arg(&clip).output();
    if !made.as_ref().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no ffmpeg with H.264: {made:?}");
        return None;
    }
    let mut child = Command::new(binary().unwrap())
        .args(["simulate", "rtsp", "--listen", "127.0.0.1:0", "--count", &STREAMS.to_string(), "--video"])
        .arg(&clip)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let urls = lines.take(STREAMS).map(Result::unwrap).collect();
    Some(Cameras { child, urls })
}

fn record(cameras: &Cameras, disk: &Path) -> Child {
    let mut command = Command::new(binary().unwrap());
    command.arg("record").args(&cameras.urls).arg("--data").arg(disk).arg("--json");
    command.stdout(Stdio::piped()).spawn().unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "mp4") {
                found.push(path);
            }
        }
    }
    found
}

/// Pictures that ffprobe finds in a file, which must have sound, too.
fn pictures(path: &Path) -> u64 {
    let output = Command::new("ffprobe")
        .args(
            "-v error -count_packets -show_entries stream=codec_type,nb_read_packets -of json"
                .split_whitespace(),
        )
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}: {output:?}", path.display());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |kind: &str| {
        let streams = told["streams"].as_array().unwrap();
        let stream = streams.iter().find(|stream| stream["codec_type"] == kind);
        stream.and_then(|stream| stream["nb_read_packets"].as_str()?.parse::<u64>().ok()).unwrap_or(0)
    };
    assert!(of("audio") > 0, "no sound in {}", path.display());
    of("video")
}

#[test]
fn an_orderly_stop_leaves_every_picture_that_was_received() {
    let folder = tempfile::tempdir().unwrap();
    let Some(cameras) = cameras(folder.path()) else { return };
    let disk = folder.path().join("disk");
    let recording = record(&cameras, &disk);
    sleep(Duration::from_secs(6));
    let stopped = Command::new("kill").arg("-TERM").arg(recording.id().to_string()).status().unwrap();
    assert!(stopped.success());
    let output = recording.wait_with_output().unwrap();
    assert!(output.status.success());
    let told: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(told.len(), STREAMS);
    for line in told {
        let (received, recorded) =
            (line["received_frames"].as_u64().unwrap(), line["recorded_frames"].as_u64().unwrap());
        assert!(recorded >= received && received > 100, "{line}");
        let kept: u64 =
            files(&disk.join(line["folder"].as_str().unwrap())).iter().map(|path| pictures(path)).sum();
        assert_eq!(kept, recorded, "{line}");
    }
}

#[test]
fn a_kill_costs_no_more_than_a_group_of_pictures_and_leaves_no_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    let Some(cameras) = cameras(folder.path()) else { return };
    let disk = folder.path().join("disk");
    let mut recording = record(&cameras, &disk);
    // From here on both stand: a file is begun with its first whole group.
    let until = Instant::now() + Duration::from_secs(20);
    while files(&disk).len() < STREAMS && Instant::now() < until {
        sleep(Duration::from_millis(20));
    }
    let begun = Instant::now();
    sleep(Duration::from_secs(5));
    let passed = begun.elapsed().as_millis() as u64 * FRAME_RATE / 1_000;
    recording.kill().unwrap();
    recording.wait().unwrap();
    let kept: u64 = files(&disk).iter().map(|path| pictures(path)).sum();
    // The group that was whole when the files began makes up for the one in progress at the end.
    let sent = STREAMS as u64 * (passed + GROUP);
    assert!(sent.saturating_sub(kept) <= STREAMS as u64 * (GROUP + SLACK), "{kept} of {sent}");
}
