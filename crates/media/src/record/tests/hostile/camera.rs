//! A camera whose pictures a test writes itself, recorded beside one that behaves, and what can be read of both in the end.

use super::super::reading::{table, whole};
use super::super::support::*;
use crate::called::testing::{PPS, SPS};
use crate::codec::VideoCodec;
use crate::file::{Sample, VideoFile};
use crate::hub::{Hub, HubLimits};
use crate::ingest::{AccessUnit, Board, Ingest};
use crate::nal;
use crate::record::{
    Entry, Files as _, Footage, PoolSettings, RecordEvent, StreamId, SystemFiles, plain_file, scan,
};
use crate::recording::{PART_US, Recording, RecordingCounts, spawn_recording};
use crate::state::Counters;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Whose pictures nothing is wrong with.
pub(super) const NEIGHBOUR: StreamId = StreamId(8);
/// Distance of pictures, and pictures from key frame to key frame.
pub(super) const STEP_US: i64 = 40_000;
pub(super) const GROUP: i64 = 10;
/// Disks that keep up with everything.
pub(super) const PATIENT: PoolSettings = PoolSettings { queue_bytes_max: 256 << 20, ..POOL };
/// Baseline, 640x480.
pub(super) const SPS_SMALL: &[u8] = &[0x67, 0x42, 0xc0, 0x1e, 0xda, 0x02, 0x80, 0xf6, 0x40];

/// Units in sample form.
pub(super) fn sample(units: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for unit in units {
        nal::push(&mut out, unit);
    }
    out
}

/// A slice of H.264.
pub(super) fn slice(number: i64) -> Vec<u8> {
    let kind = if number % GROUP == 0 { 0x65 } else { 0x41 };
    [&[kind, 0x88, number as u8 | 1][..], &[0x77; 300]].concat()
}

/// Units of H.264 as the picture of a number, stamped as it should be.
pub(super) fn picture(number: i64, units: &[&[u8]]) -> AccessUnit {
    AccessUnit {
        camera_us: number * STEP_US,
        codec: VideoCodec::H264,
        data: sample(units).into(),
        is_key: number % GROUP == 0,
        lost_packets: 0,
    }
}

/// The picture of a number with nothing wrong about it.
pub(super) fn ordinary(number: i64) -> AccessUnit {
    let slice = slice(number);
    let front: &[&[u8]] = if number % GROUP == 0 { &[SPS, PPS] } else { &[] };
    picture(number, &[front, &[&slice]].concat())
}

/// A camera that is recorded.
pub(super) struct Camera {
    pub(super) ingest: Ingest,
    now_us: Arc<AtomicI64>,
    recording: Recording,
}

impl Camera {
    fn new(setting: &Setting, stream: StreamId) -> Self {
        let now_us = Arc::new(AtomicI64::new(NOON_US));
        let clock = now_us.clone();
        let hub = Hub::new(HubLimits::default());
        let recording =
            spawn_recording(hub.group_reader(PART_US, None), setting.recorder.stream(stream, "gate"));
        let board = Arc::new(Board::new(NOON_US));
        let ingest = Ingest::new(hub, board, Arc::new(move || clock.load(Ordering::SeqCst)));
        Self { ingest, now_us, recording }
    }
}

/// Two cameras at one recorder.
pub(super) struct Story {
    setting: Setting,
    pub(super) camera: Camera,
    neighbour: Camera,
    sent: i64,
}

/// What became of the camera of a story.
pub(super) struct Kept {
    pub(super) counters: Counters,
    pub(super) counts: RecordingCounts,
    /// Size of the pictures of each file.
    pub(super) sizes: Vec<(u16, u16)>,
    /// Of all files.
    pub(super) entries: Vec<Entry>,
    /// Of all files, key frames with their parameter sets.
    pub(super) pictures: Vec<Sample>,
}

impl Story {
    pub(super) fn begin() -> Self {
        let setting = setting_with(1, PATIENT, QUOTA, |_| ());
        let (camera, neighbour) = (Camera::new(&setting, STREAM), Camera::new(&setting, NEIGHBOUR));
        Self { setting, camera, neighbour, sent: 0 }
    }

    /// The next picture of both cameras. True where that of the first was taken.
    pub(super) async fn send(&mut self, unit: AccessUnit) -> bool {
        let is_taken = self.camera.ingest.push(unit);
        assert!(self.neighbour.ingest.push(ordinary(self.sent)));
        self.sent += 1;
        for camera in [&self.camera, &self.neighbour] {
            camera.now_us.fetch_add(STEP_US, Ordering::SeqCst);
        }
        tokio::task::yield_now().await;
        is_taken
    }

    /// All pictures of a stretch as they should be.
    pub(super) async fn send_ordinary(&mut self, numbers: std::ops::Range<i64>) {
        for number in numbers {
            self.send(ordinary(number)).await;
        }
    }

    /// Stops and reads. Whatever the first camera did, every file is whole, one range has all, and the neighbour has lost nothing.
    pub(super) async fn end(self) -> Kept {
        let counters = [&self.camera, &self.neighbour].map(|camera| camera.ingest.board.status().counters);
        let counts = self.camera.recording.stop().await;
        let of_neighbour = self.neighbour.recording.stop().await;
        self.setting.finish();
        assert_eq!(self.setting.lost_s(), []);
        let [counters, neighbour] = counters;
        let kept = read(&self.setting, STREAM, counters, counts);
        let neighbour = read(&self.setting, NEIGHBOUR, neighbour, of_neighbour);
        assert_eq!((neighbour.pictures.len() as i64, neighbour.counters.corrupt), (self.sent, 0));
        kept
    }
}

/// Reads what is recorded of a stream, in every way.
pub(super) fn read(setting: &Setting, stream: StreamId, counters: Counters, counts: RecordingCounts) -> Kept {
    let footage = footage_of(setting, stream);
    let mut kept = Kept { counters, counts, sizes: Vec::new(), entries: Vec::new(), pictures: Vec::new() };
    for Footage { path, entries } in &footage {
        let found = scan(SystemFiles.open(path).unwrap().as_ref(), 0, 0).unwrap();
        assert_eq!((&found.entries, found.whole_bytes), (entries, found.file_bytes), "{}", path.display());
        kept.entries.extend(entries);
        let mut file = VideoFile::open(path).unwrap();
        kept.sizes.push((file.parameters().width_px, file.parameters().height_px));
        let begin = kept.pictures.len();
        while let Some(picture) = file.next_sample().unwrap() {
            kept.pictures.push(picture);
        }
        let times = kept.pictures[begin..].iter().map(|picture| picture.dts_us);
        assert!(times.is_sorted_by(|a, b| a < b), "times go on within {}", path.display());
        assert!(kept.pictures[begin].is_key, "{} can be played from its beginning", path.display());
    }
    assert_eq!(kept.pictures.len() as u64, kept.counts.frames);
    if !footage.is_empty() {
        let plan = plain_file(&SystemFiles, &footage, 0, i64::MAX).unwrap();
        assert_eq!(plan.damaged(), 0);
        assert_eq!(table(&whole(plan), 0, *b"stsz")[0] as usize, kept.pictures.len());
    }
    kept
}

/// The ledger of one stream.
fn footage_of(setting: &Setting, stream: StreamId) -> Vec<Footage> {
    let of_stream = |event| match event {
        RecordEvent::Closed { segment, entries } if segment.stream == stream => {
            Some(Footage { path: setting.root().join(&segment.path), entries })
        }
        _ => None,
    };
    let mut footage: Vec<Footage> = setting.events().into_iter().filter_map(of_stream).collect();
    footage.sort_by_key(|footage| footage.entries[0].begins_at_us);
    footage
}
