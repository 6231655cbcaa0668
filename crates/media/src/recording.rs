//! From the groups of a camera to the fragments of a recording: one task a stream, woken once a group.
//!
//! Nothing is decoded or coded again, and the samples written are the bytes received. What a recording needs beside them is decided here: which
//! parameters its file has, where its decoding times count from, and when it was.

use crate::codec::VideoParameters;
use crate::fmp4::{gather, init_segment};
use crate::frame::{Frame, Sound, SoundParameters};
use crate::hub::{Group, GroupPosition, GroupReader};
use crate::record::{Fragment, Init, StreamRecorder};
use crate::wall::WallClock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Longest part of a group that waits in memory, in microseconds: longer groups are written in parts, so that a power cut takes no more of
/// them than of others.
pub const PART_US: i64 = 2_200_000;

/// What a recording has taken so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordingCounts {
    /// Groups of pictures, or parts of long ones.
    pub fragments: u64,
    /// Pictures.
    pub frames: u64,
    /// Bytes of pictures and sound.
    pub bytes: u64,
    /// Pictures that were forgotten before they could be taken, because this machine is overloaded.
    pub lost_frames: u64,
    /// Wall clock of the end of the last fragment, microseconds UTC.
    pub recorded_until_us: Option<i64>,
    /// How much faster the camera's clock runs than ours, in millionths.
    pub clock_drift_ppm: Option<i32>,
}

/// A camera being recorded. Dropping it stops it, too, but does not wait.
#[derive(Debug)]
pub struct Recording {
    counts: Arc<Mutex<RecordingCounts>>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    leaves_rest: Arc<AtomicBool>,
    task: JoinHandle<GroupPosition>,
}

/// Records the groups of a reader until the camera is stopped or the recording is. Must be called inside a tokio runtime.
pub fn spawn_recording(groups: GroupReader, writer: StreamRecorder) -> Recording {
    let counts = Arc::new(Mutex::default());
    let stop = CancellationToken::new();
    let leaves_rest = Arc::new(AtomicBool::new(false));
    let task = tokio::spawn(run(groups, writer, counts.clone(), (stop.clone(), leaves_rest.clone())));
    Recording { counts, _stop_on_drop: stop.clone().drop_guard(), stop, leaves_rest, task }
}

impl Recording {
    /// What has been taken so far.
    pub fn counts(&self) -> RecordingCounts {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops and waits until what was received is handed to the disks; what was taken in all.
    pub async fn stop(self) -> RecordingCounts {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "recording task ended badly");
        }
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops without the group that is being received, and says where another recording of the same stream goes on: nothing is lost between
    /// the two, and nothing is in both. None where the task ended badly.
    pub async fn leave(self) -> Option<GroupPosition> {
        self.leaves_rest.store(true, Ordering::Release);
        self.stop.cancel();
        self.task.await.inspect_err(|error| tracing::error!(%error, "recording task ended badly")).ok()
    }
}

async fn run(
    mut groups: GroupReader,
    mut writer: StreamRecorder,
    counts: Arc<Mutex<RecordingCounts>>,
    (stop, leaves_rest): (CancellationToken, Arc<AtomicBool>),
) -> GroupPosition {
    let mut shape = Shape::default();
    while let Some(group) = stop.run_until_cancelled(groups.next()).await.flatten() {
        record(&mut shape, &mut writer, &counts, &group);
    }
    while !leaves_rest.load(Ordering::Acquire)
        && let Some(group) = groups.rest()
    {
        record(&mut shape, &mut writer, &counts, &group);
    }
    groups.position()
}

fn record(shape: &mut Shape, writer: &mut StreamRecorder, counts: &Mutex<RecordingCounts>, group: &Group) {
    let missed_from_us = shape.ends_at_us;
    let Some(fragment) = shape.fragment(group) else { return };
    if let (1.., Some(from_us)) = (group.lost, missed_from_us) {
        writer.missed(from_us, fragment.begins_at_us);
    }
    {
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.fragments += 1;
        counts.frames += u64::from(fragment.frames);
        counts.bytes += fragment.bytes();
        counts.lost_frames += group.lost;
        counts.recorded_until_us = shape.ends_at_us;
        counts.clock_drift_ppm = shape.clock.drift_ppm();
    }
    writer.push(fragment);
}

/// What the fragments of a stream have in common.
#[derive(Debug, Default)]
struct Shape {
    clock: WallClock,
    file: Option<File>,
    number: u32,
    ends_at_us: Option<i64>,
}

/// What a file is made for.
#[derive(Debug)]
struct File {
    video: Arc<VideoParameters>,
    sound: Option<Arc<SoundParameters>>,
    init: Arc<Init>,
    /// Decoding time that counts as 0.
    origin_us: i64,
}

impl Shape {
    fn fragment(&mut self, group: &Group) -> Option<Fragment> {
        let first = group.frames.first()?;
        let is_anew = first.discontinuity;
        let begins_at_us = self.clock.place(first.dts_us, first.received_at_us, is_anew);
        let file = match self.file.take() {
            Some(file) if file.fits(group) => self.file.insert(file),
            last => self.file.insert(File::of(group, first, last.and_then(|last| last.sound))),
        };
        let sounds: Vec<Arc<Sound>> = match &file.sound {
            Some(known) => group.sounds.iter().filter(|sound| sound.parameters == *known).cloned().collect(),
            None => Vec::new(),
        };
        self.number = self.number.wrapping_add(1);
        let gathered = gather(self.number, file.origin_us, &group.frames, &sounds, group.next_dts_us);
        self.ends_at_us = Some(begins_at_us.saturating_add(gathered.duration_us));
        Some(Fragment {
            init: file.init.clone(),
            head: gathered.head,
            samples: gathered.samples,
            begins_at_us,
            duration_us: gathered.duration_us,
            is_key: first.is_key,
            frames: group.frames.len() as u32,
        })
    }
}

impl File {
    /// A file for this group. A camera that had sound keeps its track: a moment without sound is silence and no reason for another file.
    fn of(group: &Group, first: &Frame, sound_before: Option<Arc<SoundParameters>>) -> Self {
        let video = first.parameters.clone();
        let sound = group.sounds.last().map(|sound| sound.parameters.clone()).or(sound_before);
        let init = Arc::new(Init(init_segment(&video, sound.as_deref()).into()));
        Self { video, sound, init, origin_us: first.dts_us }
    }

    fn fits(&self, group: &Group) -> bool {
        let is_same_video = group.frames.first().is_some_and(|first| {
            Arc::ptr_eq(&first.parameters, &self.video) || first.parameters == self.video
        });
        let is_same_sound =
            group.sounds.last().is_none_or(|last| Some(&last.parameters) == self.sound.as_ref());
        is_same_video && is_same_sound
    }
}
