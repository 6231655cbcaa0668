//! What recording costs, and how soon a range of it is there.
//!
//! `cargo run --release -p watchfire-media --example recording -- STREAMS MINUTES SPEED FOLDER`. Each stream is made-up video of 2 Mbit/s, 25 pictures a second in
//! groups of two seconds, put in SPEED times as fast as it would come. It prints the processor time of a stream-minute (of the recorder alone: nothing is
//! received here), what was lost, and then the time to the first 64 KiB and to the whole of random ranges as ordinary MP4.

#![expect(clippy::print_stdout, reason = "a measure prints its figures")]
#![expect(clippy::unwrap_used, reason = "a measure that fails may stop")]

use bytes::Bytes;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use watchfire_media::record::{
    DiskId, DiskSettings, Files, Footage, Fragment, Init, PoolSettings, RecordEvent, Recorder, RoomLimits,
    Sink, StreamId, SystemFiles, fragment_stream, make_disk, plain_file,
};

const DISK: DiskId = DiskId(1);
const BEGIN_US: i64 = 1_795_924_800_000_000;
const GROUP_US: i64 = 2_000_000;
const PICTURES: u32 = 50;
const PICTURE_TICKS: u32 = 3_600;
const PICTURE_BYTES: u32 = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, streams, minutes, speed, folder] = &arguments[..] else { panic!("STREAMS MINUTES SPEED FOLDER") };
    let (streams, minutes): (u32, u32) = (streams.parse().unwrap(), minutes.parse().unwrap());
    let folder = PathBuf::from(folder);
    let footage = record(streams, minutes, speed.parse().unwrap(), &folder);
    read(&footage, i64::from(minutes) * 60_000_000);
}

/// Records, and returns what the ledger would have of each stream.
fn record(streams: u32, minutes: u32, speed: f64, folder: &std::path::Path) -> Vec<Vec<Footage>> {
    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    make_disk(files.as_ref(), folder, DISK, BEGIN_US).unwrap();
    let limits = RoomLimits { quota_bytes: 1 << 40, head_room_bytes: 1 << 30 };
    let disk = DiskSettings { root: folder.to_path_buf(), id: DISK, limits, used_bytes: 0 };
    let (told, events) = mpsc::channel();
    let sink: Sink = Arc::new(move |event| drop(told.send(event)));
    let recorder = Recorder::start(vec![disk], PoolSettings::default(), &files, sink).unwrap();
    let init = Arc::new(Init(init()));
    let mut writers: Vec<_> =
        (0..streams).map(|id| recorder.stream(StreamId(id.into()), "measured")).collect();
    let samples: Vec<Bytes> = (0..PICTURES).map(|_| picture()).collect();

    let (begun, cpu) = (Instant::now(), cpu_seconds());
    let groups = minutes * 30;
    for group in 0..groups {
        let head = head(group);
        for (number, writer) in writers.iter_mut().enumerate() {
            let place = f64::from(group) + number as f64 / f64::from(streams);
            let due = begun + Duration::from_secs_f64(place * 2.0 / speed);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            writer.push(Fragment {
                init: init.clone(),
                head: head.clone(),
                samples: samples.clone(),
                begins_at_us: BEGIN_US + i64::from(group) * GROUP_US,
                duration_us: GROUP_US,
                is_key: true,
                frames: PICTURES,
            });
        }
    }
    drop(writers);
    assert!(recorder.finish(Duration::from_mins(1)));
    drop(recorder);
    let stream_minutes = f64::from(streams * minutes);
    println!("{streams} streams, {minutes} minutes of video in {:.1} s", begun.elapsed().as_secs_f64());
    println!("processor: {:.4} s per stream-minute", (cpu_seconds() - cpu) / stream_minutes);

    let (mut rows, mut lost) = (BTreeMap::new(), 0);
    for event in events {
        match event {
            RecordEvent::Synced { segment, entries } | RecordEvent::Closed { segment, entries } => {
                let path = folder.join(&segment.path);
                rows.insert((segment.stream, segment.id), Footage { path, entries });
            }
            RecordEvent::Dropped { .. } => lost += 1,
            _ => {}
        }
    }
    let kept: usize = rows.values().map(|row| row.entries.len()).sum();
    println!("fragments: {kept} of {} kept, {lost} lost", streams * groups);
    let of = |id: u32| rows.iter().filter(move |((stream, _), _)| stream.0 == id.into());
    (0..streams).map(|id| of(id).map(|(_, row)| row.clone()).collect()).collect()
}

/// Random ranges of ten seconds, and the longest there is.
fn read(footage: &[Vec<Footage>], length_us: i64) {
    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    let mut chance = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..300 {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let footage = &footage[(chance >> 33) as usize % footage.len()];
        let from_us = BEGIN_US + ((chance >> 20) as i64 & 0xffff_ffff) % (length_us - 10_000_000).max(1);
        let begun = Instant::now();
        let plan = Arc::new(plain_file(files.as_ref(), footage, from_us, from_us + 10_000_000).unwrap());
        let length = plan.length();
        let bytes: usize = plan.read(files.clone(), 0..64 << 10).map(|chunk| chunk.unwrap().len()).sum();
        assert_eq!(bytes, 64 << 10);
        first.push(begun.elapsed());
        plan.read(files.clone(), 64 << 10..length).for_each(|chunk| drop(chunk.unwrap()));
        whole.push(begun.elapsed());
    }
    for (name, times) in [("first 64 KiB of 10 s", &mut first), ("all of 10 s", &mut whole)] {
        times.sort_unstable();
        println!("{name}: {:?} half, {:?} of 95 %, {:?} most", times[150], times[285], times[299]);
    }
    let begun = Instant::now();
    let plan = plain_file(files.as_ref(), &footage[0], 0, i64::MAX).unwrap();
    println!("plan of all {} MB as ordinary MP4: {:?}", plan.length() >> 20, begun.elapsed());
    let begun = Instant::now();
    let plan = fragment_stream(files.as_ref(), &footage[0], 0, i64::MAX, 0).unwrap().plan;
    println!("plan of all {} MB as fragments: {:?}", plan.length() >> 20, begun.elapsed());
}

/// Processor time of this program so far, threads that have ended included.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

/// A box of a kind.
fn boxed(kind: [u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&(content.len() as u32 + 8).to_be_bytes()[..], &kind, &content].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn init() -> Bytes {
    let stsd = boxed(*b"stsd", &[&words(&[0, 1]), &boxed(*b"avc1", &[&[0; 78]])]);
    let minf = boxed(*b"minf", &[&boxed(*b"stbl", &[&stsd])]);
    let hdlr = boxed(*b"hdlr", &[&words(&[0, 0]), b"vide", &[0; 13]]);
    let mdia = boxed(*b"mdia", &[&boxed(*b"mdhd", &[&words(&[0, 0, 0, 90_000, 0, 0])]), &hdlr, &minf]);
    let trak = boxed(*b"trak", &[&boxed(*b"tkhd", &[&words(&[3, 0, 0, 1, 0, 0]), &[0; 60]]), &mdia]);
    let moov = boxed(*b"moov", &[&trak]);
    [boxed(*b"ftyp", &[b"iso5\0\0\x02\0iso5"]), moov].concat().into()
}

fn picture() -> Bytes {
    let mut bytes = vec![0xa5; PICTURE_BYTES as usize];
    bytes[..4].copy_from_slice(&(PICTURE_BYTES - 4).to_be_bytes());
    bytes.into()
}

fn head(group: u32) -> Bytes {
    let moof = |data_at: u32| {
        let mut run = words(&[0x701, PICTURES, data_at]);
        for picture in 0..PICTURES {
            let flags = if picture == 0 { 0x200_0000 } else { 0x101_0000 };
            run.extend(words(&[PICTURE_TICKS, PICTURE_BYTES, flags]));
        }
        let tfhd = boxed(*b"tfhd", &[&words(&[0x2_0000, 1])]);
        let tfdt = boxed(*b"tfdt", &[&words(&[0x100_0000, 0, group * PICTURES * PICTURE_TICKS])]);
        let traf = boxed(*b"traf", &[&tfhd, &tfdt, &boxed(*b"trun", &[&run])]);
        boxed(*b"moof", &[&boxed(*b"mfhd", &[&words(&[0, group])]), &traf])
    };
    let mut head = moof(moof(0).len() as u32 + 8);
    head.extend(words(&[PICTURES * PICTURE_BYTES + 8]));
    head.extend(b"mdat");
    head.into()
}
