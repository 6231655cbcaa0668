//! Deleting: what is over its ceiling, and the oldest when a disk is short of room. First the rows go and leave certificates, then the files, then
//! the notes of them; a crash in between is finished by the next round. `domain::recording::due` says what goes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::beijing::day_of;
use domain::ids::{CameraId, UnitId, UserId};
use domain::recording::{Candidate, DeletionWhy, DiskState, Due, Span, due};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use media::record::{Room, RoomLimits, Space, remove_recorded};
use store::{Condemned, DeletionCandidate, DiskRow, SegmentAge, SegmentKey};
use tracing::{info, warn};

use super::mending::blocking;
use super::moving::COPY_STAYS;
use super::rounds::Rounds;
use super::{disk_id, file_of};
use crate::access::camera_object;
use crate::{Ask, Platform, PlatformError};

/// From one round to the next; a disk without room does not wait for it.
const PERIOD: Duration = Duration::from_mins(1);
/// Pages of one round and disk: a day of 500 cameras. The next round goes on.
const PAGES_MAX: usize = 150;
/// Candidates of one page: an hour of 100 cameras.
const PAGE: u32 = 5_000;
/// Longest note of a deletion by hand, characters.
const NOTE_LEN_MAX: usize = 500;

/// Deletes what is due, until the platform stops.
pub(super) async fn run(platform: Platform) {
    let mut rounds = Rounds::every(PERIOD);
    while rounds.next(&platform, &platform.inner.recording.wants_room).await {
        if let Err(error) = platform.delete_due(platform.inner.surroundings.now()).await {
            warn!(%error, "recordings not deleted");
        }
    }
}

impl Platform {
    /// One round: deletes what is due at `now`; how many files were condemned.
    pub async fn delete_due(&self, now: Timestamp) -> Result<u64, PlatformError> {
        let mut gone = self.delete_over_ceiling(now).await?;
        for row in self.inner.store.disks().await? {
            if row.disk.state.gives_room() {
                gone += self.make_room(&row, now).await?;
            }
            let is_there = row.disk.state != DiskState::Retired && row.disk.state != DiskState::Failed;
            // Nobody waits here for a bucket; its objects go with the next round of moving.
            if is_there && row.disk.bucket.is_none() {
                self.remove_garbage(&row).await?;
                let stays = if self.is_short(&row) { SignedDuration::ZERO } else { COPY_STAYS };
                self.remove_copies(&row, now - stays).await?;
            }
        }
        Ok(gone)
    }

    async fn delete_over_ceiling(&self, now: Timestamp) -> Result<u64, PlatformError> {
        let mut gone = 0;
        for _ in 0..PAGES_MAX {
            let candidates = self.inner.store.segments_over_ceiling(now, day_of(now)).await?;
            if candidates.is_empty() {
                break;
            }
            let due = due(&as_candidates(&candidates), day_of(now), 0);
            let deleted = self.condemn(&candidates, &due, now).await?;
            if deleted == 0 {
                break;
            }
            gone += deleted;
        }
        if gone > 0 {
            info!(gone, "recordings over their ceiling deleted");
        }
        Ok(gone)
    }

    /// Deletes the oldest of a disk until it has the room that the recorder asks for: past the floors first, and only then what is owed.
    async fn make_room(&self, row: &DiskRow, now: Timestamp) -> Result<u64, PlatformError> {
        let mut wanted = self.wanted_room(row);
        let mut gone = 0;
        for age in [SegmentAge::PastFloor, SegmentAge::Any] {
            for _ in 0..PAGES_MAX {
                if wanted == 0 {
                    return Ok(gone);
                }
                let today = day_of(now);
                let found =
                    self.inner.store.oldest_segments(row.disk.id, age, (now, today), None, PAGE).await?;
                let due = due(&as_candidates(&found), today, wanted);
                let deleted = self.condemn(&found, &due, now).await?;
                if deleted == 0 {
                    break;
                }
                gone += deleted;
                wanted = wanted.saturating_sub(due.freed_bytes);
            }
        }
        if wanted > 0 {
            let note = format!("录像磁盘“{}”空间不足，且没有可以删除的录像", row.disk.name);
            self.tell_of_disk(row.disk.id, "full", &note, now).await;
        }
        Ok(gone)
    }

    /// How much has to be deleted from a disk. Deleted files that are not unlinked yet are on their way.
    fn wanted_room(&self, row: &DiskRow) -> u64 {
        self.short_bytes(row).saturating_sub(row.garbage_bytes.unsigned_abs())
    }

    /// Whether a folder is short of room now.
    fn is_short(&self, row: &DiskRow) -> bool {
        self.short_bytes(row) > 0
    }

    /// How much room a disk is short of: a folder as the recorder says, a bucket by its quota.
    fn short_bytes(&self, row: &DiskRow) -> u64 {
        if row.disk.bucket.is_some() {
            let limits = RoomLimits { quota_bytes: row.disk.quota_bytes.unsigned_abs(), head_room_bytes: 0 };
            let used_bytes = row.used_bytes.saturating_add(row.garbage_bytes).unsigned_abs();
            let space = Space { free_bytes: u64::MAX, total_bytes: u64::MAX };
            return Room::new(limits, used_bytes, space).to_free_bytes();
        }
        let status = self.inner.recording.recorder().and_then(|recorder| {
            recorder.disks().into_iter().find(|one| one.id == disk_id(row.disk.id) && one.out.is_none())
        });
        status.map_or(0, |status| status.room.to_free_bytes())
    }

    /// The first phase for what is due, by reason; how many went. What is owed raises V05.
    async fn condemn(
        &self,
        candidates: &[DeletionCandidate],
        due: &Due,
        now: Timestamp,
    ) -> Result<u64, PlatformError> {
        let mut by_reason: BTreeMap<(&str, bool), (DeletionWhy, Vec<SegmentKey>)> = BTreeMap::new();
        let mut owed: BTreeMap<CameraId, UnitId> = BTreeMap::new();
        for going in &due.going {
            let one = &candidates[going.index];
            let group = by_reason.entry((going.why.as_str(), going.below_floor));
            group.or_insert_with(|| (going.why, Vec::new())).1.push(one.key);
            if going.below_floor {
                owed.insert(one.camera_id, one.unit_id);
            }
        }
        let mut gone = 0;
        for ((_, below_floor), (why, keys)) in by_reason {
            let condemned = Condemned { keys: &keys, why, below_floor, at: now };
            gone += self.inner.store.condemn_segments(&condemned).await?;
        }
        if !owed.is_empty() {
            warn!(cameras = owed.len(), "recordings went that are owed, for want of room");
        }
        for (camera_id, unit_id) in owed {
            let note = "磁盘空间不足，未到保存期限的录像已被删除".to_owned();
            self.tell_of_missing((unit_id, camera_id), note, now).await;
        }
        Ok(gone)
    }

    /// The last phases: unlinks the files of a disk that are condemned, and forgets them.
    pub(super) async fn remove_garbage(&self, row: &DiskRow) -> Result<(), PlatformError> {
        let mut after = None;
        loop {
            let garbage = self.inner.store.garbage(row.disk.id, after).await?;
            let Some(last) = garbage.last() else { return Ok(()) };
            after = Some(last.key);
            let paths: Vec<PathBuf> =
                garbage.iter().map(|one| file_of(one.camera_id, one.start_at)).collect();
            let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
            let id = disk_id(row.disk.id);
            let removed = blocking(move || remove_recorded(files.as_ref(), &root, id, &paths)).await?;
            if let Err(reason) = removed {
                warn!(disk = %row.disk.id, %reason, "deleted recordings could not be unlinked yet");
                return Ok(());
            }
            let keys: Vec<SegmentKey> = garbage.iter().map(|one| one.key).collect();
            let now = self.inner.surroundings.now();
            self.inner.store.forget_garbage(row.disk.id, &keys, now).await?;
            let freed_bytes: u64 = garbage.iter().map(|one| one.size_bytes.unsigned_abs()).sum();
            if let Some(recorder) = self.inner.recording.recorder() {
                recorder.freed(id, freed_bytes);
            }
            info!(disk = %row.disk.id, files = garbage.len(), freed_bytes, "deleted recordings unlinked");
        }
    }

    /// Deletes a stretch of a camera by hand; how many files went. Conflict where something in it is pinned or owed.
    pub async fn delete_recordings(
        &self,
        ask: &Ask,
        id: CameraId,
        span: Span,
        note: &str,
    ) -> Result<u64, PlatformError> {
        ask.access.need(Capability::ManageRecording)?;
        let note = note.trim();
        if note.is_empty() || note.chars().count() > NOTE_LEN_MAX {
            return Err(PlatformError::field("note", "missing", "say why, in 1 to 500 characters"));
        }
        let by: UserId = ask.access.user_id.ok_or(PlatformError::NotSignedIn)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let detail = Some(format!("{} – {}: {note}", span.start, span.end));
        let when = (ask.now, day_of(ask.now));
        let gone = self.inner.store.delete_recordings(&ask.access, id, &span, (by, note), when).await?;
        self.audit(ask, "delete_recordings", camera_object(&camera), "ok", detail).await?;
        self.inner.recording.wants_room.notify_one();
        self.inner.recording.wants_move.notify_one();
        Ok(gone)
    }
}

fn as_candidates(found: &[DeletionCandidate]) -> Vec<Candidate> {
    let candidate = |one: &DeletionCandidate| Candidate {
        end: one.end_at,
        size_bytes: one.size_bytes.unsigned_abs(),
        pinned: false,
        retention: one.retention,
    };
    found.iter().map(candidate).collect()
}
