//! The recorder as streams see it: a fragment is put in and never waited for.

use super::disk::{Disk, DiskSettings, DiskStatus, OutReason};
use super::event::{DropCause, RecordEvent, SegmentId, Sink};
use super::files::Files;
use super::fragment::{Fragment, StreamId};
use super::identity::DiskId;
use super::pool::{Pool, PoolSettings};
use super::queue::Job;
use super::rotation::{Rotation, is_possible};
use super::writer::dropped;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tracing::warn;

/// All disks, and what is common to all streams. Shared by cloning the `Arc` it comes in.
pub struct Recorder {
    pools: Vec<Pool>,
    sink: Sink,
    next_segment: AtomicU64,
}

/// One stream's way into the recorder.
pub struct StreamRecorder {
    recorder: Arc<Recorder>,
    stream: StreamId,
    name: String,
    place: Option<Place>,
    /// What was lost last; goes on until the next key picture.
    lost: Option<DropCause>,
}

struct Place {
    pool: usize,
    segment: SegmentId,
    /// How often the disk had gone out when the file was begun.
    outs: u64,
    rotation: Rotation,
}

impl Recorder {
    /// Starts the threads of all disks. Disks that are not what they should be begin out of service. Fails where the system gives no threads.
    /// Tries each disk by writing to it: not for a thread that must not wait.
    pub fn start(
        disks: Vec<DiskSettings>,
        settings: PoolSettings,
        files: &Arc<dyn Files>,
        sink: Sink,
    ) -> io::Result<Arc<Self>> {
        let start = |disk| {
            let disk = Arc::new(Disk::open(disk, files.clone(), sink.clone()));
            Pool::start(disk, settings, sink.clone())
        };
        let pools = disks.into_iter().map(start).collect::<io::Result<_>>()?;
        Ok(Arc::new(Self { pools, sink, next_segment: AtomicU64::new(1) }))
    }

    /// A way in for a stream; one at a time for each. `name` is for logs.
    pub fn stream(self: &Arc<Self>, stream: StreamId, name: &str) -> StreamRecorder {
        StreamRecorder { recorder: self.clone(), stream, name: name.to_owned(), place: None, lost: None }
    }

    /// What is known of each disk.
    pub fn disks(&self) -> Vec<DiskStatus> {
        self.pools.iter().map(|pool| pool.disk.status()).collect()
    }

    /// Puts a disk back into service, if it is the right one and takes data. Writes to it: not for a thread that must not wait. After a
    /// failed sync somebody should have looked at it first.
    pub fn take_back(&self, disk: DiskId) -> Result<(), OutReason> {
        self.disk(disk).map_or(Ok(()), Disk::take_back)
    }

    /// Footage was deleted from a disk.
    pub fn freed(&self, disk: DiskId, bytes: u64) {
        if let Some(disk) = self.disk(disk) {
            disk.freed(bytes);
        }
    }

    fn disk(&self, id: DiskId) -> Option<&Disk> {
        self.pools.iter().map(|pool| pool.disk.as_ref()).find(|disk| disk.id == id)
    }

    /// Takes nothing more, writes what waits, makes all safe. `false` where a disk did not finish within `patience`; what it had not written is
    /// then reported as lost. Waits: not for a thread that must not.
    pub fn finish(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        // All of them write at the same time.
        self.pools.iter().for_each(Pool::close);
        let finished: Vec<bool> = self.pools.iter().map(|pool| pool.finish(deadline)).collect();
        finished.into_iter().all(|is_finished| is_finished)
    }

    /// Has the disk been in service since the file was begun?
    fn is_well(&self, place: &Place) -> bool {
        let disk = &self.pools[place.pool].disk;
        disk.is_in_service() && disk.outs() == place.outs
    }

    /// The disk for a stream: always the same one as long as it is in service, has room and keeps up. Streams spread evenly, and when a disk
    /// fails only its streams move (highest random weight).
    fn choose(&self, stream: StreamId) -> Option<usize> {
        let weight = |disk: DiskId| {
            let mixed = stream.0 ^ disk.0.rotate_left(64);
            let folded = (mixed ^ mixed >> 64) as u64;
            let spread = (folded ^ folded >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (spread ^ spread >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
        };
        let in_service = self.pools.iter().enumerate().filter(|(_, pool)| pool.disk.is_in_service());
        in_service
            .max_by_key(|(_, pool)| (!pool.disk.is_full(), !pool.is_behind(), weight(pool.disk.id)))
            .map(|(number, _)| number)
    }
}

impl StreamRecorder {
    /// Puts a fragment in. Never waits; what cannot be taken is reported as lost.
    pub fn push(&mut self, fragment: Fragment) {
        match self.placed(&fragment) {
            Ok(place) => {
                let (pool, segment, outs) = (place.pool, place.segment, place.outs);
                let stream = self.stream;
                let job = Job::Write { stream, segment, outs, fragment };
                let offered = self.recorder.pools[pool].offer(stream, job);
                self.lost = None;
                if let Err(refused) = offered
                    && let (Job::Write { fragment, .. }, cause) = *refused
                {
                    self.lose(&fragment, cause);
                }
            }
            Err(cause) => self.lose(&fragment, cause),
        }
    }

    /// Footage was lost before it could be put in, because the machine is overloaded.
    pub fn missed(&mut self, from_us: i64, to_us: i64) {
        let (stream, cause) = (self.stream, DropCause::Overload);
        (self.recorder.sink)(RecordEvent::Dropped { stream, from_us, to_us, cause });
    }

    /// Where it goes, or why it cannot be kept.
    fn placed(&mut self, fragment: &Fragment) -> Result<&Place, DropCause> {
        if !is_possible(fragment) || (self.place.is_none() && !fragment.is_key) {
            return Err(self.lost.unwrap_or(DropCause::Refused));
        }
        if let Some(cause) = self.lost.filter(|_| !fragment.is_key) {
            return Err(cause);
        }
        let is_well = self.place.as_ref().is_some_and(|place| self.recorder.is_well(place));
        if !is_well && self.place.is_some() && !fragment.is_key {
            // Elsewhere nothing could be decoded before the next key picture.
            return Err(DropCause::DiskOut);
        }
        // A full disk is left where there is another, but a file cannot begin without a key picture.
        let stays = is_well && (!fragment.is_key || !self.is_on_full_disk());
        let goes_on = self.place.as_ref().is_some_and(|place| place.rotation.takes(fragment));
        let begun = if stays && goes_on { None } else { self.begin(fragment, is_well, goes_on)? };
        let place = match begun {
            Some(begun) => self.place.insert(begun),
            None => self.place.as_mut().ok_or(DropCause::NoDisk)?,
        };
        place.rotation.add(fragment);
        Ok(place)
    }

    fn is_on_full_disk(&self) -> bool {
        self.place.as_ref().is_some_and(|place| self.recorder.pools[place.pool].disk.is_full())
    }

    /// A new place that begins with this fragment; `None` where the best is the one it has.
    fn begin(&mut self, first: &Fragment, is_well: bool, goes_on: bool) -> Result<Option<Place>, DropCause> {
        let recorder = self.recorder.clone();
        let pool = recorder.choose(self.stream).ok_or(DropCause::NoDisk)?;
        match &self.place {
            Some(place) if is_well && goes_on && place.pool == pool => return Ok(None),
            Some(place) if place.pool != pool => self.leave(),
            _ => {}
        }
        let segment = SegmentId(recorder.next_segment.fetch_add(1, Ordering::Relaxed));
        let outs = recorder.pools[pool].disk.outs();
        Ok(Some(Place { pool, segment, outs, rotation: Rotation::begin(self.stream, first) }))
    }

    fn lose(&mut self, fragment: &Fragment, cause: DropCause) {
        if self.lost.replace(cause) != Some(cause) {
            let (stream, name) = (self.stream, &self.name);
            warn!(%stream, name, cause = cause.code(), "footage is lost");
        }
        (self.recorder.sink)(dropped(self.stream, fragment, cause));
    }

    fn leave(&mut self) {
        if let Some(place) = self.place.take() {
            // Where the disk takes nothing more, it has closed the file itself.
            let _ = self.recorder.pools[place.pool].offer(self.stream, Job::Close(self.stream));
        }
    }
}

impl Drop for StreamRecorder {
    fn drop(&mut self) {
        self.leave();
    }
}
