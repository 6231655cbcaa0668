//! Stories of recording: cameras that misbehave over real RTSP on one side, files that are read back on the other. What is received must be in the
//! files, whatever the camera does to its clock and its connection.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use media::file::VideoFile;
use media::record::{
    DiskId, DiskSettings, Files, Footage, PoolSettings, RecordEvent, Recorder, RoomLimits, Sink, StreamId,
    SystemFiles, make_disk, plain_file,
};
use media::{
    CameraConfig, CameraStream, Clock, Counters, PART_US, Recording, RtspUrl, Source, spawn_camera,
    spawn_recording,
};
use simulator::clip::Clip;
use simulator::encode::encode;
use simulator::picture::{Picture, Random};
use simulator::{Faults, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use watchfire_simulator as simulator;

const DISK: DiskId = DiskId(7);
const STREAM: StreamId = StreamId(1);

fn now_us() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64
}

/// Four seconds of moving bars, 25 pictures a second, a key frame a second.
fn bars() -> Clip {
    let (width, height) = (160usize, 96usize);
    let mut random = Random::new(3);
    let pictures = (0..100usize).map(move |number| {
        let mut i420 = vec![128u8; width * height * 3 / 2];
        for (at, luma) in i420[..width * height].iter_mut().enumerate() {
            let bar = (at % width + number * 4) / 20 % 2;
            *luma = if bar == 0 { 60 } else { 180 } + (random.bits() % 9) as u8;
        }
        Picture { width, height, i420 }
    });
    encode(pictures, 25).unwrap()
}

fn clip_file(folder: &Path) -> VideoSource {
    let path = folder.join("bars.h264");
    let bytes: Vec<u8> = bars().units.iter().flat_map(|unit| unit.data.to_vec()).collect();
    std::fs::write(&path, bytes).unwrap();
    VideoSource::File(path)
}

/// A camera that is recorded to a folder.
struct Recorded {
    folder: TempDir,
    simulator: Simulator,
    camera: CameraStream,
    recording: Recording,
    recorder: Arc<Recorder>,
    /// What the ledger would have.
    ledger: Arc<Mutex<BTreeMap<PathBuf, Footage>>>,
    began_us: i64,
}

/// What is there in the end.
struct Kept {
    _folder: TempDir,
    counters: Counters,
    footage: Vec<Footage>,
    began_us: i64,
}

async fn record(faults: Faults) -> Recorded {
    let folder = tempfile::tempdir().unwrap();
    let camera = SimulatedCamera { faults, ..SimulatedCamera::new("cam", clip_file(folder.path())) };
    let listen = "127.0.0.1:0".parse().unwrap();
    let simulator =
        Simulator::start(SimulatorConfig { listen, cameras: vec![camera], cache: None }).await.unwrap();
    let root = folder.path().join("disk");
    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    make_disk(files.as_ref(), &root, DISK, 0).unwrap();
    let ledger: Arc<Mutex<BTreeMap<PathBuf, Footage>>> = Arc::default();
    let (written, below) = (ledger.clone(), root.clone());
    let sink: Sink = Arc::new(move |event| match event {
        RecordEvent::Synced { segment, entries } | RecordEvent::Closed { segment, entries } => {
            let path = below.join(&segment.path);
            written.lock().unwrap().insert(path.clone(), Footage { path, entries });
        }
        RecordEvent::Dropped { cause, .. } => panic!("footage was dropped: {}", cause.code()),
        _ => {}
    });
    let limits = RoomLimits { quota_bytes: 1 << 30, head_room_bytes: 0 };
    let disk = DiskSettings { root, id: DISK, limits, used_bytes: 0 };
    let settings = PoolSettings { sync_ms: 200, ..PoolSettings::default() };
    let recorder = Recorder::start(vec![disk], settings, &files, sink).unwrap();
    let (url, credentials) = RtspUrl::parse(&simulator.url("cam")).unwrap();
    let mut config = CameraConfig::new("test", Source::Rtsp { url, credentials }, 5);
    config.timing.silence_ms = 1_500;
    config.timing.backoff.first_ms = 100;
    config.timing.backoff.max_ms = 400;
    let clock: Clock = Arc::new(now_us);
    let camera = spawn_camera(config, clock);
    let groups = camera.subscribe_groups(Duration::from_micros(PART_US.unsigned_abs()));
    let recording = spawn_recording(groups, recorder.stream(STREAM, "test"));
    Recorded { folder, simulator, camera, recording, recorder, ledger, began_us: now_us() }
}

impl Recorded {
    async fn stop(self) -> Kept {
        let counters = self.camera.status().counters;
        // What comes between the two lines is recorded and not counted.
        self.recording.stop().await;
        self.camera.stop().await;
        self.simulator.stop().await;
        let recorder = self.recorder;
        let is_finished = tokio::task::spawn_blocking(move || recorder.finish(Duration::from_secs(10)));
        assert!(is_finished.await.unwrap());
        let mut footage: Vec<Footage> = self.ledger.lock().unwrap().values().cloned().collect();
        footage.sort_by_key(|footage| footage.entries.first().map(|entry| entry.begins_at_us));
        Kept { _folder: self.folder, counters, footage, began_us: self.began_us }
    }
}

impl Kept {
    /// Pictures in the files, which must all be readable to the end.
    fn pictures(&self) -> u64 {
        self.footage.iter().map(|footage| pictures_of(&footage.path)).sum()
    }

    /// Ends and beginnings of what is recorded, in seconds since the beginning, joined where nothing is missing.
    fn spans_s(&self) -> Vec<(f64, f64)> {
        let mut spans: Vec<(f64, f64)> = Vec::new();
        let second = |us: i64| (us - self.began_us) as f64 / 1e6;
        for entry in self.footage.iter().flat_map(|footage| &footage.entries) {
            let (from, to) = (second(entry.begins_at_us), second(entry.ends_at_us()));
            match spans.last_mut() {
                Some((_, end)) if from - *end < 0.3 => *end = to,
                _ => spans.push((from, to)),
            }
        }
        spans
    }
}

fn pictures_of(path: &Path) -> u64 {
    let mut file = VideoFile::open(path).unwrap();
    let mut count = 0;
    let mut last_us = i64::MIN;
    while let Some(sample) = file.next_sample().unwrap() {
        assert!(sample.dts_us > last_us, "times go on within {}", path.display());
        last_us = sample.dts_us;
        count += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_received_is_in_one_file_and_any_range_of_it_plays() {
    let recorded = record(Faults::default()).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let kept = recorded.stop().await;
    assert!(kept.pictures() >= kept.counters.frames && kept.counters.frames >= 100, "{:?}", kept.counters);
    assert!(kept.footage.len() <= 2, "a minute may have ended");
    let (from, to) = kept.spans_s()[0];
    assert!(to - from > 4.0, "{from} {to}");

    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    let (from_us, to_us) = (kept.began_us + 2_000_000, kept.began_us + 4_000_000);
    let plan = Arc::new(plain_file(files.as_ref(), &kept.footage, from_us, to_us).unwrap());
    let range = 0..plan.length();
    let bytes: Vec<u8> = plan.read(files, range).flat_map(|chunk| chunk.unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("range.mp4");
    std::fs::write(&path, bytes).unwrap();
    assert!((50..=150).contains(&pictures_of(&path)), "{}", pictures_of(&path));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_dropped_every_two_seconds_costs_nothing_that_was_received() {
    let recorded = record(Faults { drop_after_s: Some(2.0), ..Faults::default() }).await;
    tokio::time::sleep(Duration::from_secs(9)).await;
    let kept = recorded.stop().await;
    assert!(kept.counters.reconnects >= 3, "{:?}", kept.counters);
    assert!(kept.pictures() >= kept.counters.frames, "{} {:?}", kept.pictures(), kept.counters);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_by_hours_neither_loses_a_picture_nor_begins_a_file() {
    for by_s in [-3_600, 36_000] {
        let recorded = record(Faults { jump_s: Some((2.5, by_s)), ..Faults::default() }).await;
        tokio::time::sleep(Duration::from_secs(6)).await;
        let kept = recorded.stop().await;
        assert!(kept.pictures() >= kept.counters.frames, "{by_s}: {:?}", kept.counters);
        assert!(kept.footage.len() <= 2, "{by_s}: {} files", kept.footage.len());
        let spans = kept.spans_s();
        assert!(spans.len() == 1 && spans[0].1 - spans[0].0 > 4.5, "{by_s}: {spans:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_a_hole_of_its_length_and_nothing_around_it_is_missing() {
    let recorded = record(Faults { silent_s: Some((2.0, 60.0)), ..Faults::default() }).await;
    tokio::time::sleep(Duration::from_secs(8)).await;
    let kept = recorded.stop().await;
    assert!(kept.pictures() >= kept.counters.frames);
    let spans = kept.spans_s();
    // It is called again after 1.5 s of silence and sends for two seconds each time.
    assert!(spans.len() >= 2, "{spans:?}");
    assert!(spans.windows(2).all(|pair| (1.0..3.0).contains(&(pair[1].0 - pair[0].1))), "{spans:?}");
}
