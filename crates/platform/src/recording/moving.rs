//! Moving: finished segments go from folders to buckets, oldest first, one after the other, each made sure of before its row changes.
//!
//! The order that survives a stop at any moment is the store's (`store::recordings::moving`): a copy is noted, sent and looked at, then the row changes
//! and the file left behind is noted. What a broken round left in a bucket is written over by the next one, or removed where its segment is gone. The file left behind stays
//! for a while, because films that were planned before still read it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::recording::DiskState;
use jiff::{SignedDuration, Timestamp};
use media::record::{BucketFiles, BucketTrouble, Pace, remove_recorded};
use store::{BucketRecord, DiskRow, DueToMove, ErrorKind, SegmentKey};
use tracing::{info, warn};

use super::buckets::rule_of;
use super::mending::blocking;
use super::rounds::Rounds;
use super::{disk_id, file_of};
use crate::{Platform, PlatformError};

/// From one round to the next.
const PERIOD: Duration = Duration::from_secs(30);
/// Segments of one round and folder, so that a deleted object and a changed bucket wait no longer than that.
const ROUND_MAX: usize = 200;
/// How long a file that was moved stays where it was: longer than a planned film is kept.
pub(super) const COPY_STAYS: SignedDuration = SignedDuration::from_mins(30);
/// How long a copy that was begun may lie in a bucket before it is taken for one that was given up: longer than a copy takes. Until then it is made
/// anew over what is there.
const UNFINISHED_STAYS: SignedDuration = SignedDuration::from_hours(2);
/// Segments whose files cannot be read that are remembered, so that each is told once.
const LEFT_MAX: usize = 10_000;

/// What became of one segment.
enum Moved {
    Yes,
    /// Its file cannot be read, or it is gone meanwhile.
    Left,
    /// Nothing more goes to the bucket in this round.
    Halt,
}

/// Where from and where to.
struct Way<'a> {
    from: &'a DiskRow,
    to: &'a DiskRow,
    bucket: &'a BucketRecord,
    files: Arc<BucketFiles>,
}

/// Moves what is due, until the platform stops.
pub(super) async fn run(platform: Platform) {
    let mut rounds = Rounds::every(PERIOD);
    while rounds.next(&platform, &platform.inner.recording.wants_move).await {
        match platform.move_due(platform.inner.surroundings.now()).await {
            // There may be more.
            Ok(moved) if moved >= ROUND_MAX as u64 => platform.inner.recording.wants_move.notify_one(),
            Ok(_) => {}
            Err(error) => warn!(%error, "recordings not moved"),
        }
    }
}

impl Platform {
    /// One round over all buckets: removes from them what is deleted or was not finished, and moves what is due at `now`; how many segments moved.
    pub async fn move_due(&self, now: Timestamp) -> Result<u64, PlatformError> {
        let _one = self.inner.recording.moving.lock().await;
        let disks = self.inner.store.disks().await?;
        let mut moved = 0;
        for row in disks.iter().filter(|row| row.disk.state != DiskState::Retired) {
            let Some(bucket) = &row.disk.bucket else { continue };
            if !self.is_bucket_there(row, now).await? {
                continue;
            }
            self.remove_garbage(row).await?;
            self.remove_copies(row, now - UNFINISHED_STAYS).await?;
            if row.disk.state != DiskState::ReadOnly {
                moved += self.move_to(row, bucket, &disks, now).await?;
            }
        }
        if moved > 0 {
            info!(moved, "segments moved to buckets");
        }
        Ok(moved)
    }

    async fn move_to(
        &self,
        to: &DiskRow,
        bucket: &BucketRecord,
        disks: &[DiskRow],
        now: Timestamp,
    ) -> Result<u64, PlatformError> {
        let Some(files) = self.inner.recording.places.bucket(to.disk.folder.as_ref()) else { return Ok(0) };
        // As the sums are after what was removed.
        let Some(fresh) = self.disk_row(to.disk.id).await? else { return Ok(0) };
        let mut left_bytes = fresh.disk.quota_bytes - fresh.used_bytes - fresh.garbage_bytes;
        let mut moved = 0;
        for from in disks.iter().filter(|row| row.disk.bucket.is_none() && row.disk.state.gives_room()) {
            let way = Way { from, to, bucket, files: Arc::clone(&files) };
            let (mut after, mut tried) = (None, 0);
            'folder: loop {
                let due = self
                    .inner
                    .store
                    .segments_to_move(from.disk.id, &rule_of(bucket, now), after.as_ref())
                    .await?;
                let Some(last) = due.last().cloned() else { break };
                after = Some(last);
                for one in due {
                    if tried == ROUND_MAX || self.inner.stop.is_cancelled() {
                        break 'folder;
                    }
                    if self.inner.recording.left().contains(&one.key) {
                        continue;
                    }
                    if one.size_bytes > left_bytes {
                        self.inner.recording.buckets().entry(to.disk.id).or_default().is_full = true;
                        return Ok(moved);
                    }
                    tried += 1;
                    match self.move_one(&way, &one, now).await? {
                        Moved::Yes => {
                            moved += 1;
                            left_bytes -= one.size_bytes;
                        }
                        Moved::Left => {}
                        Moved::Halt => return Ok(moved),
                    }
                }
            }
        }
        if let Some(standing) = self.inner.recording.buckets().get_mut(&to.disk.id) {
            standing.is_full = false;
        }
        Ok(moved)
    }

    async fn move_one(&self, way: &Way<'_>, one: &DueToMove, now: Timestamp) -> Result<Moved, PlatformError> {
        let (store, to) = (&self.inner.store, way.to.disk.id);
        match store.note_copy(one.key, to, now).await {
            Ok(()) => {}
            // Deleted meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Moved::Left),
            Err(error) => return Err(error.into()),
        }
        match self.send(way, one).await? {
            Ok(()) => {}
            Err(error) => return Ok(self.not_sent(way, one, &error, now)),
        }
        match store.move_segment(one.key, way.from.disk.id, to, self.inner.surroundings.now()).await {
            Ok(()) => Ok(Moved::Yes),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Moved::Left),
            Err(error) => Err(error.into()),
        }
    }

    /// Copies a file and makes sure of the copy.
    async fn send(&self, way: &Way<'_>, one: &DueToMove) -> Result<std::io::Result<()>, PlatformError> {
        let path = file_of(one.camera_id, one.start_at);
        let local = PathBuf::from(&way.from.disk.folder).join(&path);
        let (system, bucket) = (self.inner.recording.files(), Arc::clone(&way.files));
        let rate = way.bucket.bytes_per_second_max.map(i64::unsigned_abs);
        let size_bytes = one.size_bytes.unsigned_abs();
        let stop = Arc::new(AtomicBool::new(false));
        let halt = Arc::clone(&stop);
        let work = blocking(move || {
            let file = system.open(&local)?;
            if file.length()? < size_bytes {
                return Err(std::io::Error::new(
                    std::io::ErrorKind::UnexpectedEof,
                    "shorter than its row says",
                ));
            }
            bucket.put(&path, file.as_ref(), Pace { bytes_per_s_max: rate, stop: &stop }).map(|_| ())
        });
        tokio::pin!(work);
        tokio::select! {
            sent = &mut work => sent,
            () = self.inner.stop.cancelled() => {
                halt.store(true, Ordering::Relaxed);
                work.await
            }
        }
    }

    fn not_sent(&self, way: &Way<'_>, one: &DueToMove, error: &std::io::Error, now: Timestamp) -> Moved {
        match BucketTrouble::of(error) {
            _ if self.inner.stop.is_cancelled() => Moved::Halt,
            Some(trouble) => {
                self.bucket_out(way.to, trouble.code(), &trouble.to_string(), now);
                Moved::Halt
            }
            None => {
                warn!(camera = %one.camera_id, at = %one.start_at, disk = %way.from.disk.id, %error, "segment cannot be read and is not moved");
                let mut left = self.inner.recording.left();
                if left.len() < LEFT_MAX {
                    left.insert(one.key);
                }
                Moved::Left
            }
        }
    }

    /// Removes files on a disk that are not the place of their segment and were noted before a moment, and forgets them.
    pub(super) async fn remove_copies(
        &self,
        row: &DiskRow,
        noted_before: Timestamp,
    ) -> Result<(), PlatformError> {
        let mut after = None;
        loop {
            let copies = self.inner.store.copies(row.disk.id, noted_before, after).await?;
            let Some(last) = copies.last() else { return Ok(()) };
            after = Some(last.key);
            let paths: Vec<PathBuf> = copies.iter().map(|one| file_of(one.camera_id, one.start_at)).collect();
            let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
            let id = disk_id(row.disk.id);
            let removed = blocking(move || remove_recorded(files.as_ref(), &root, id, &paths)).await?;
            if let Err(reason) = removed {
                warn!(disk = %row.disk.id, %reason, "copies could not be removed yet");
                return Ok(());
            }
            let keys: Vec<SegmentKey> = copies.iter().map(|one| one.key).collect();
            self.inner.store.forget_copies(row.disk.id, &keys).await?;
            let freed_bytes: u64 = copies.iter().map(|one| one.size_bytes.unsigned_abs()).sum();
            if let Some(recorder) = self.inner.recording.recorder() {
                recorder.freed(id, freed_bytes);
            }
            info!(disk = %row.disk.id, files = copies.len(), freed_bytes, "copies removed");
        }
    }
}
