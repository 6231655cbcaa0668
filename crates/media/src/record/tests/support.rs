//! A stream of tiny pictures, a disk in a temporary folder, and a record of what was told.

use crate::boxes::{all_u32_be, full, plain, u32_be, u64_be};
use crate::record::faults::FaultyFiles;
use crate::record::{
    DiskId, DiskSettings, DropCause, Entry, Files, Footage, Fragment, Init, PoolSettings, RecordEvent,
    Recorder, RoomLimits, Sink, StreamId, make_disk,
};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(super) const STREAM: StreamId = StreamId(7);
pub(super) const DISK: DiskId = DiskId(0x0192_0000_0000_7000_8000_0000_0000_0001);
pub(super) const OTHER_DISK: DiskId = DiskId(0x0192_0000_0000_7000_8000_0000_0000_0002);
/// 2026-11-29 12:00:00 in Beijing.
pub(super) const NOON_US: i64 = 1_795_924_800_000_000;
/// Pictures of a fragment, and their clock.
pub(super) const PICTURES: u32 = 10;
pub(super) const PICTURE_TICKS: u32 = 18_000;
pub(super) const PICTURES_SCALE: u32 = 90_000;
pub(super) const FRAGMENT_US: i64 = 2_000_000;
/// Sound: 8 000 samples a second in packets of 1 000, which begin a tenth of a second after the pictures.
const SOUND_PACKETS: u32 = 16;
const SOUND_TICKS: u32 = 1_000;
const SOUND_LATE_TICKS: u64 = 800;

/// `ftyp` and `moov`; `mark` makes one different from another.
pub(super) fn init(has_sound: bool, mark: u8) -> Arc<Init> {
    let mut out = Vec::new();
    plain(&mut out, *b"ftyp", |out| out.extend_from_slice(b"iso5\0\0\x02\0iso5"));
    plain(&mut out, *b"moov", |out| {
        full(out, *b"mvhd", 0, 0, |out| out.extend_from_slice(&[0; 96]));
        track(out, 1, *b"vide", PICTURES_SCALE, *b"avc1", mark);
        if has_sound {
            track(out, 2, *b"soun", 8_000, *b"alaw", 0);
        }
        plain(out, *b"mvex", |out| {
            for id in 1..=1 + u32::from(has_sound) {
                full(out, *b"trex", 0, 0, |out| all_u32_be(out, &[id, 1, SOUND_TICKS, 0, 0]));
            }
        });
    });
    Arc::new(Init(out.into()))
}

fn track(out: &mut Vec<u8>, id: u32, handler: [u8; 4], timescale: u32, coding: [u8; 4], mark: u8) {
    plain(out, *b"trak", |out| {
        full(out, *b"tkhd", 0, 3, |out| {
            all_u32_be(out, &[0, 0, id, 0, 0]);
            out.extend_from_slice(&[0; 60]);
        });
        plain(out, *b"mdia", |out| {
            full(out, *b"mdhd", 0, 0, |out| all_u32_be(out, &[0, 0, timescale, 0, 0x55c4_0000]));
            full(out, *b"hdlr", 0, 0, |out| {
                u32_be(out, 0);
                out.extend_from_slice(&handler);
                out.extend_from_slice(&[0; 13]);
            });
            plain(out, *b"minf", |out| {
                full(out, *b"vmhd", 0, 1, |out| out.extend_from_slice(&[0; 8]));
                plain(out, *b"stbl", |out| {
                    full(out, *b"stsd", 0, 0, |out| {
                        u32_be(out, 1);
                        plain(out, coding, |out| out.extend_from_slice(&[mark; 78]));
                    });
                });
            });
        });
    });
}

/// The fragment with a number, 2 s long, 10 pictures; with sound where its `init` has it.
pub(super) fn fragment(init: &Arc<Init>, number: u32) -> Fragment {
    let has_sound = init.0.windows(4).any(|word| word == b"alaw");
    let sizes: Vec<u32> = (0..PICTURES).map(|picture| 20 + picture * 7 + number % 5).collect();
    let sound_bytes = if has_sound { SOUND_PACKETS * 40 } else { 0 };
    let picture_bytes: u32 = sizes.iter().sum();
    let head = head(number, &sizes, has_sound);
    let mut samples: Vec<Bytes> = (0..).zip(&sizes).map(|(at, size)| picture(number, at, *size)).collect();
    if has_sound {
        samples.push(vec![0xd5; sound_bytes as usize].into());
    }
    let mut head = head;
    u32_be(&mut head, 8 + picture_bytes + sound_bytes);
    head.extend_from_slice(b"mdat");
    Fragment {
        init: init.clone(),
        head: head.into(),
        samples,
        begins_at_us: NOON_US + i64::from(number) * FRAGMENT_US,
        duration_us: FRAGMENT_US,
        is_key: true,
        frames: PICTURES,
    }
}

/// One unit behind its length.
fn picture(number: u32, at: u32, size: u32) -> Bytes {
    let mut out = Vec::new();
    u32_be(&mut out, size - 4);
    out.extend((4..size).map(|byte| (number * 31 + at * 7 + byte) as u8 | 1));
    out.into()
}

fn head(number: u32, sizes: &[u32], has_sound: bool) -> Vec<u8> {
    let picture_bytes: u32 = sizes.iter().sum();
    let moof = |data_at: u32| {
        let mut out = Vec::new();
        plain(&mut out, *b"moof", |out| {
            full(out, *b"mfhd", 0, 0, |out| u32_be(out, number + 1));
            plain(out, *b"traf", |out| {
                full(out, *b"tfhd", 0, 0x2_0000, |out| u32_be(out, 1));
                let begins = u64::from(number) * u64::from(PICTURES * PICTURE_TICKS);
                full(out, *b"tfdt", 1, 0, |out| u64_be(out, begins + 1_000_000));
                full(out, *b"trun", 1, 1 | 0x100 | 0x200 | 0x400 | 0x800, |out| {
                    all_u32_be(out, &[sizes.len() as u32, data_at]);
                    for (at, size) in sizes.iter().enumerate() {
                        let flags = if at == 0 { 0x200_0000 } else { 0x101_0000 };
                        let offset = if at % 2 == 1 { PICTURE_TICKS } else { 0 };
                        all_u32_be(out, &[PICTURE_TICKS, *size, flags, offset]);
                    }
                });
            });
            if has_sound {
                plain(out, *b"traf", |out| {
                    full(out, *b"tfhd", 0, 0x2_0000 | 0x10, |out| all_u32_be(out, &[2, 40]));
                    // The same moment as 1 000 000 ticks of the pictures, and a little later.
                    let begins = u64::from(number * SOUND_PACKETS * SOUND_TICKS) + 88_888 + SOUND_LATE_TICKS;
                    full(out, *b"tfdt", 1, 0, |out| u64_be(out, begins));
                    full(out, *b"trun", 0, 1, |out| {
                        all_u32_be(out, &[SOUND_PACKETS, data_at + picture_bytes]);
                    });
                });
            }
        });
        out
    };
    let length = moof(0).len() as u32;
    moof(length + 8)
}

/// A fragment as it should lie in a file.
pub(super) fn content(fragment: &Fragment) -> Vec<u8> {
    let samples = fragment.samples.iter().flat_map(|sample| sample.iter().copied());
    fragment.head.iter().copied().chain(samples).collect()
}

/// A recorder on one or two disks, and what it told.
pub(super) struct Setting {
    pub(super) folders: Vec<TempDir>,
    pub(super) files: FaultyFiles,
    pub(super) recorder: Arc<Recorder>,
    events: Arc<Mutex<Vec<RecordEvent>>>,
}

/// What is not said in a test.
pub(super) const QUOTA: RoomLimits = RoomLimits { quota_bytes: 1 << 30, head_room_bytes: 0 };
pub(super) const POOL: PoolSettings = PoolSettings { writers: 2, queue_bytes_max: 1 << 20, sync_ms: 10 };
/// Nothing is synced before the end.
pub(super) const UNSYNCED: PoolSettings = PoolSettings { sync_ms: 3_600_000, ..POOL };

/// One disk with everything in order.
pub(super) fn setting() -> Setting {
    setting_with(1, POOL, QUOTA, |_| ())
}

/// Some disks; `prepare` may break them before the recorder starts.
pub(super) fn setting_with(
    disks: usize,
    pool: PoolSettings,
    limits: RoomLimits,
    prepare: impl Fn(&Path),
) -> Setting {
    let files = FaultyFiles::default();
    let folders: Vec<TempDir> = (0..disks).map(|_| tempfile::tempdir().unwrap()).collect();
    let settings = [DISK, OTHER_DISK].into_iter().zip(&folders).map(|(id, folder)| {
        make_disk(&files, folder.path(), id, NOON_US).unwrap();
        prepare(folder.path());
        DiskSettings { root: folder.path().to_path_buf(), id, limits, used_bytes: 0 }
    });
    let events: Arc<Mutex<Vec<RecordEvent>>> = Arc::default();
    let told = events.clone();
    let sink: Sink = Arc::new(move |event| told.lock().unwrap().push(event));
    let shared: Arc<dyn Files> = Arc::new(files.clone());
    let recorder = Recorder::start(settings.collect(), pool, &shared, sink).unwrap();
    Setting { folders, files, recorder, events }
}

impl Setting {
    pub(super) fn root(&self) -> &Path {
        self.folders[0].path()
    }

    pub(super) fn events(&self) -> Vec<RecordEvent> {
        self.events.lock().unwrap().clone()
    }

    /// Waits until something was told.
    pub(super) fn wait(&self, what: impl Fn(&RecordEvent) -> bool) {
        self.wait_until(|| self.events().iter().any(&what));
    }

    pub(super) fn wait_until(&self, is_so: impl Fn() -> bool) {
        let patience = Instant::now() + Duration::from_secs(10);
        while !is_so() {
            assert!(Instant::now() < patience, "never came; told: {:#?}", self.events());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until all that was put in is written.
    pub(super) fn wait_written(&self) {
        self.wait_until(|| self.recorder.disks().iter().all(|disk| disk.queued_bytes == 0));
    }

    pub(super) fn finish(&self) {
        assert!(self.recorder.finish(Duration::from_secs(10)));
    }

    /// The ledger: what was last told of each file, as whole paths.
    pub(super) fn ledger(&self) -> Vec<Footage> {
        let mut rows: BTreeMap<_, (PathBuf, Vec<Entry>)> = BTreeMap::new();
        for event in self.events() {
            match event {
                RecordEvent::Opened(segment) => {
                    let root = if segment.disk == DISK { &self.folders[0] } else { &self.folders[1] };
                    rows.insert(segment.id, (root.path().join(&segment.path), Vec::new()));
                }
                RecordEvent::Synced { segment, entries } | RecordEvent::Closed { segment, entries } => {
                    rows.get_mut(&segment.id).expect("told before it was opened").1 = entries;
                }
                _ => {}
            }
        }
        rows.into_values().map(|(path, entries)| Footage { path, entries }).collect()
    }

    /// Beginnings of all fragments in the ledger, in seconds since noon.
    pub(super) fn recorded_s(&self) -> Vec<i64> {
        let ledger = self.ledger();
        let entries = ledger.iter().flat_map(|footage| &footage.entries);
        entries.map(|entry| (entry.begins_at_us - NOON_US) / 1_000_000).collect()
    }

    /// What was lost, in seconds since noon, with its cause.
    pub(super) fn lost_s(&self) -> Vec<(i64, i64, DropCause)> {
        let second = |us: i64| (us - NOON_US) / 1_000_000;
        let lost = |event| match event {
            RecordEvent::Dropped { from_us, to_us, cause, .. } => {
                Some((second(from_us), second(to_us), cause))
            }
            _ => None,
        };
        self.events().into_iter().filter_map(lost).collect()
    }
}
