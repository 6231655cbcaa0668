//! What the last run left behind: files that were being written are made whole, and files that no row knows are taken into the ledger. Before
//! the recorder starts, because a file that is being written is not for mending.

use std::path::PathBuf;
use std::sync::Arc;

use domain::access::Access;
use domain::ids::{CameraId, DiskId};
use domain::recording::{DiskState, Span};
use jiff::SignedDuration;
use media::record::{
    Entry, Files, Mended, Recorded, ScanError, check_identity, inventory, mend, read_entries, recorded_file,
    write_entries,
};
use store::{DiskRow, ErrorKind, NewSegment, OpenSegment, PageAsk, SegmentGrowth};
use tracing::{info, warn};

use super::ledger::{end_of, size_of};
use super::{camera_of, disk_id, stream_id, time};
use crate::{Platform, PlatformError};

/// Files that begin so long before the newest one known are looked at too: those of a database that was slow.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(2);
/// Files written down in one transaction.
const BATCH: usize = 500;

/// What was found on a disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Files that were open and are whole now.
    pub(super) mended: u64,
    /// Files that no row knew.
    pub(super) adopted: u64,
    /// Files that could not be taken in.
    pub(super) left: u64,
}

impl Platform {
    /// Mends every folder that is there; in a bucket everything is whole. A disk that is missing is left to the recorder, which says so.
    pub(super) async fn mend_disks(&self, disks: &[DiskRow]) -> Result<(), PlatformError> {
        for row in
            disks.iter().filter(|row| row.disk.state != DiskState::Retired && row.disk.bucket.is_none())
        {
            let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
            let id = disk_id(row.disk.id);
            let looked = blocking(move || check_identity(files.as_ref(), &root, id)).await?;
            if let Err(reason) = looked {
                warn!(disk = %row.disk.id, folder = row.disk.folder, %reason, "disk is not there; nothing of it is mended");
                continue;
            }
            self.remove_garbage(row).await?;
            let mut found = self.mend_open(row).await?;
            let since = self.inner.store.newest_segment_at(row.disk.id).await?;
            let since_us = since.map_or(0, |at| (at - LOOK_BACK).as_microsecond());
            let adopted = self.adopt(row, since_us).await?;
            found.adopted = adopted.adopted;
            found.left = adopted.left;
            if found != Found::default() {
                let Found { mended, adopted, left } = found;
                info!(disk = %row.disk.id, mended, adopted, left, "recordings of the last run taken in");
            }
        }
        Ok(())
    }

    /// Closes every segment that was open.
    pub(super) async fn mend_open(&self, disk: &DiskRow) -> Result<Found, PlatformError> {
        let store = &self.inner.store;
        let mut found = Found::default();
        let mut after = None;
        loop {
            let open = store.open_segments(disk.disk.id, after).await?;
            let Some(last) = open.last() else { return Ok(found) };
            after = Some(last.key);
            let mut closed = Vec::with_capacity(open.len());
            for one in &open {
                let (_, packed) = store.segment(&Access::PLATFORM, one.key).await?;
                closed.push(self.closed(disk, one, &packed).await?);
                found.mended += 1;
            }
            for chunk in closed.chunks(BATCH) {
                store.write_segments(&[], chunk).await?;
            }
        }
    }

    async fn closed(
        &self,
        disk: &DiskRow,
        open: &OpenSegment,
        packed: &[u8],
    ) -> Result<SegmentGrowth, PlatformError> {
        let begins_at_us = open.start_at.as_microsecond();
        let known = read_entries(packed).unwrap_or_else(|error| {
            warn!(camera = %open.camera_id, at = %open.start_at, %error, "index of a recorded file is damaged and made anew");
            Vec::new()
        });
        let path =
            PathBuf::from(&disk.disk.folder).join(recorded_file(stream_id(open.camera_id), begins_at_us));
        let (files, of_ledger) = (self.inner.recording.files(), known.clone());
        let mended = blocking(move || mend(files.as_ref(), &path, &of_ledger, begins_at_us)).await?;
        let entries = match mended {
            Ok(Mended::Kept { entries, .. }) => entries,
            Ok(Mended::Removed | Mended::SetAside { .. }) => Vec::new(),
            Err(error) => {
                // Nothing is forgotten for it: whoever looks should find the damage.
                warn!(camera = %open.camera_id, at = %open.start_at, %error, "recorded file cannot be mended");
                known
            }
        };
        Ok(SegmentGrowth {
            key: open.key,
            end_at: end_of(begins_at_us, &entries),
            size_bytes: size_of(&entries),
            is_open: false,
            fragments: write_entries(&entries),
        })
    }

    /// Takes files into the ledger that begin at `since_us` or later and that no row knows.
    pub(super) async fn adopt(&self, disk: &DiskRow, since_us: i64) -> Result<Found, PlatformError> {
        let (files, root) = (self.inner.recording.files(), PathBuf::from(&disk.disk.folder));
        let listed = blocking(move || inventory(files.as_ref(), &root, since_us)).await?;
        let listed = listed.map_err(|error| {
            PlatformError::Unavailable(format!("recordings in {}: {error}", disk.disk.folder))
        })?;
        let mut found = Found::default();
        let mut new = Vec::new();
        for file in listed {
            match self.unknown(disk, &file).await? {
                Some(segment) => new.push(segment),
                None => continue,
            }
            found.adopted += 1;
            if new.len() == BATCH {
                self.take_in(std::mem::take(&mut new), &mut found).await?;
            }
        }
        self.take_in(new, &mut found).await?;
        Ok(found)
    }

    async fn take_in(&self, new: Vec<NewSegment>, found: &mut Found) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        if store.write_segments(&new, &[]).await.is_ok() {
            return Ok(());
        }
        // A camera that nobody knows spoils the batch; its files stay where they are.
        for one in &new {
            match store.write_segments(std::slice::from_ref(one), &[]).await {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Unavailable => return Err(error.into()),
                Err(error) => {
                    warn!(camera = %one.camera_id, at = %one.start_at, %error, "recorded file belongs to no camera and is left alone");
                    found.adopted -= 1;
                    found.left += 1;
                }
            }
        }
        Ok(())
    }

    /// The segment of a file that no row knows; none where one does, or where nothing is in it.
    async fn unknown(&self, disk: &DiskRow, file: &Recorded) -> Result<Option<NewSegment>, PlatformError> {
        let camera_id = camera_of(file.stream);
        if self.knows(camera_id, file.begins_at_us).await?
            || file.path != recorded_file(file.stream, file.begins_at_us)
        {
            return Ok(None);
        }
        let path = PathBuf::from(&disk.disk.folder).join(&file.path);
        let Some(entries) = self.entries_of(path.clone(), file.begins_at_us).await? else { return Ok(None) };
        // The name says the millisecond, the file the microsecond.
        let exact_us = entries.first().map_or(file.begins_at_us, |first| first.begins_at_us);
        let is_same = exact_us.div_euclid(1000) == file.begins_at_us.div_euclid(1000);
        let begins_at_us = if is_same { exact_us } else { file.begins_at_us };
        info!(camera = %camera_id, path = %path.display(), "recorded file that was not written down is taken in");
        Ok(Some(NewSegment {
            camera_id,
            disk_id: disk.disk.id,
            start_at: time(begins_at_us),
            end_at: end_of(begins_at_us, &entries),
            size_bytes: size_of(&entries),
            is_open: false,
            fragments: write_entries(&entries),
        }))
    }

    async fn entries_of(
        &self,
        path: PathBuf,
        begins_at_us: i64,
    ) -> Result<Option<Vec<Entry>>, PlatformError> {
        let files: Arc<dyn Files> = self.inner.recording.files();
        let mended: Result<Mended, ScanError> =
            blocking(move || mend(files.as_ref(), &path, &[], begins_at_us)).await?;
        Ok(match mended {
            Ok(Mended::Kept { entries, .. }) => Some(entries),
            Ok(Mended::Removed | Mended::SetAside { .. }) => None,
            Err(error) => {
                warn!(%error, "recorded file cannot be read and is left alone");
                None
            }
        })
    }

    /// Whether a row knows the file of a camera that begins in this millisecond, wherever it lies.
    async fn knows(&self, camera_id: CameraId, begins_at_us: i64) -> Result<bool, PlatformError> {
        Ok(self.place_of(camera_id, begins_at_us).await?.is_some())
    }

    /// On which disk the file of a camera lies that begins in this millisecond; none where no row knows it.
    pub(super) async fn place_of(
        &self,
        camera_id: CameraId,
        begins_at_us: i64,
    ) -> Result<Option<DiskId>, PlatformError> {
        let begin = begins_at_us.div_euclid(1000) * 1000;
        let span = Span::new(time(begin), time(begin + 1000));
        match self.inner.store.segments(&Access::PLATFORM, camera_id, &span, &PageAsk::first(200)).await {
            Ok(page) => {
                let found = page.items.iter().find(|one| one.start_at.as_millisecond() == begin / 1000);
                Ok(found.map(|one| one.disk_id))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Runs what waits for a disk on a thread that may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PlatformError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|fault| PlatformError::Internal(format!("recordings: {fault}")))
}
