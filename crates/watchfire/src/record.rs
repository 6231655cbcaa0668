//! `record`: the recorder alone, for measuring: streams to a folder, without accounts, alarms or a ledger.
//!
//! What it leaves is what the platform's recorder leaves: files that say themselves whose they are and when they were. A platform whose disk
//! the folder becomes takes them up.

use anyhow::Context as _;
use media::record::{
    DiskId, DiskSettings, DropCause, Files, IdentityError, PoolSettings, RecordEvent, Recorder, RoomLimits,
    Sink, StreamId, SystemFiles, make_disk, read_identity,
};
use media::{
    CameraConfig, CameraStream, Clock, HubLimits, PART_US, Recording, RtspUrl, Source, spawn_camera,
    spawn_recording,
};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::cli::RecordArgs;

/// What the disks are given to finish at the end.
const PATIENCE: Duration = Duration::from_secs(30);
/// Free space that is left to others.
const HEAD_ROOM_BYTES: u64 = 1 << 30;
/// How long arrivals are gathered before they are looked at.
const GATHER: Duration = Duration::from_millis(8);
/// What the ring of a stream keeps after a group has ended: the recorder takes it at once.
const RING_US: i64 = 500_000;

/// Footage lost for each stream, in microseconds.
type Lost = Arc<Mutex<HashMap<StreamId, (i64, DropCause)>>>;

struct Stream {
    shown: String,
    id: StreamId,
    camera: CameraStream,
    recording: Recording,
}

/// Records on one thread: streams only hand bytes on, and the disks have threads of their own.
pub fn run(args: RecordArgs) -> anyhow::Result<()> {
    // Nobody watches, so pictures may wait a moment: the thread then wakes once for several streams.
    let gather = || std::thread::sleep(GATHER);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.on_thread_park(gather).enable_all().build()?.block_on(record(args))
}

/// Records until the time is over or it is interrupted; prints a line a stream.
async fn record(args: RecordArgs) -> anyhow::Result<()> {
    let mut urls = args.urls;
    if let Some(path) = &args.from_file {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        urls.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }
    anyhow::ensure!(
        !urls.is_empty(),
        "give at least one rtsp:// address, or a file of them with --from-file"
    );
    let lost: Lost = Arc::default();
    let recorder = start(&args.data, &lost)?;
    let clock: Clock = Arc::new(|| jiff::Timestamp::now().as_microsecond());
    let streams = urls.iter().zip(1..).map(|(url, seed)| begin(url, seed, &recorder, &clock));
    let streams = streams.collect::<anyhow::Result<Vec<_>>>()?;
    let end = async {
        match args.seconds {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = end => {}
        () = crate::wire::interrupted() => {}
    }
    let mut lines = Vec::new();
    for Stream { shown, id, camera, recording } in streams {
        let (state, counters) = (camera.status().state, camera.status().counters);
        camera.stop().await;
        lines.push((shown, id, state, counters, recording.stop().await));
    }
    let is_whole = tokio::task::spawn_blocking(move || recorder.finish(PATIENCE)).await?;
    let lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
    for (shown, id, state, counters, counts) in lines {
        let (lost_us, cause) = lost.get(&id).copied().unzip();
        let cause = cause.map(DropCause::code);
        if args.json {
            let line = json!({
                "url": shown, "folder": id.to_string(), "state": state.code(), "received_frames": counters.frames,
                "recorded_frames": counts.frames, "recorded_bytes": counts.bytes, "lost_frames": counts.lost_frames,
                "lost_s": lost_us.unwrap_or(0) as f64 / 1e6, "lost_because": cause,
                "reconnects": counters.reconnects, "clock_drift_ppm": counts.clock_drift_ppm,
            });
            println!("{line}");
        } else {
            let mib = counts.bytes >> 20;
            let (frames, received) = (counts.frames, counters.frames);
            let trouble = cause.map_or(String::new(), |cause| format!(", lost some: {cause}"));
            println!("{shown}: {frames} of {received} pictures, {mib} MiB in {id}{trouble}");
        }
    }
    anyhow::ensure!(is_whole, "the disk did not take everything within {} s", PATIENCE.as_secs());
    Ok(())
}

fn start(data: &Path, lost: &Lost) -> anyhow::Result<Arc<Recorder>> {
    let files: Arc<dyn Files> = Arc::new(SystemFiles);
    let root: PathBuf = std::path::absolute(data)?;
    let id = match read_identity(files.as_ref(), &root) {
        Ok(id) => id,
        Err(IdentityError::Missing) => {
            let mut random = [0; 16];
            SystemRandom::new()
                .fill(&mut random)
                .ok()
                .context("the operating system gives no random bytes")?;
            let id = DiskId(u128::from_be_bytes(random));
            make_disk(files.as_ref(), &root, id, jiff::Timestamp::now().as_microsecond())?;
            id
        }
        Err(error) => return Err(error).with_context(|| root.display().to_string()),
    };
    let limits = RoomLimits { quota_bytes: u64::MAX >> 1, head_room_bytes: HEAD_ROOM_BYTES };
    let disk = DiskSettings { root, id, limits, used_bytes: 0 };
    let lost = lost.clone();
    let sink: Sink = Arc::new(move |event| {
        if let RecordEvent::Dropped { stream, from_us, to_us, cause } = event {
            let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
            let (sum_us, last) = lost.entry(stream).or_insert((0, cause));
            *sum_us += to_us - from_us;
            *last = cause;
        }
    });
    Ok(Recorder::start(vec![disk], PoolSettings::default(), &files, sink)?)
}

fn begin(url: &str, seed: u64, recorder: &Arc<Recorder>, clock: &Clock) -> anyhow::Result<Stream> {
    let (url, credentials) = RtspUrl::parse(url).with_context(|| format!("{seed}. address"))?;
    let shown = url.to_string();
    // The same address is the same stream the next time, too.
    let hash = digest(&SHA256, shown.as_bytes());
    let id = StreamId(hash.as_ref().iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte)));
    let source = Source::Rtsp { url, credentials };
    let mut config = CameraConfig::new(shown.clone(), source, seed);
    config.limits = HubLimits { ring_us: RING_US, ..config.limits };
    let camera = spawn_camera(config, clock.clone());
    let groups = camera.subscribe_groups(Duration::from_micros(PART_US.unsigned_abs()));
    let recording = spawn_recording(groups, recorder.stream(id, &shown));
    Ok(Stream { shown, id, camera, recording })
}
