//! Index against files: does every row have its file, and every file its row? For whoever doubts, with the platform stopped. What is mended is said;
//! nothing is deleted: a row without a file stays as the trace of what is lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::access::Access;
use domain::ids::CameraId;
use domain::recording::{DiskState, Span};
use jiff::Timestamp;
use media::record::{check_identity, inventory};
use store::{DiskRow, PageAsk};

use super::mending::blocking;
use super::{camera_of, disk_id, file_of};
use crate::{Platform, PlatformError};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The disk is not there, or another is.
    DiskMissing,
    /// A row whose file is not there.
    FileMissing,
    /// A row whose file is shorter than it says.
    FileShort,
    /// A file that no row knows.
    FileUnknown,
    /// A row that says that its file is being written, while nobody writes.
    LeftOpen,
    /// A file that is deleted or was moved, and still there.
    NotUnlinked,
    /// A file whose row says that it lies on another disk, and of which no move is known.
    Copy,
    /// The sums of a disk were wrong.
    Sums,
}

impl DifferenceKind {
    /// Stable code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DiskMissing => "disk_missing",
            Self::FileMissing => "file_missing",
            Self::FileShort => "file_short",
            Self::FileUnknown => "file_unknown",
            Self::LeftOpen => "left_open",
            Self::NotUnlinked => "not_unlinked",
            Self::Copy => "copy",
            Self::Sums => "sums",
        }
    }
}

/// A difference between index and files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is wrong.
    pub kind: DifferenceKind,
    /// Where: a file or a disk.
    pub place: PathBuf,
    /// Whether it was put right.
    pub is_mended: bool,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Disks looked at.
    pub disks: u64,
    /// Rows looked at.
    pub rows: u64,
    /// Files looked at.
    pub files: u64,
    /// What is wrong.
    pub differences: Vec<Difference>,
}

impl CheckReport {
    /// Whether something is wrong that was not put right.
    pub fn is_clean(&self) -> bool {
        self.differences.iter().all(|one| one.is_mended)
    }

    fn add(&mut self, kind: DifferenceKind, place: PathBuf, is_mended: bool) {
        self.differences.push(Difference { kind, place, is_mended });
    }
}

impl Platform {
    /// Compares rows and files of every disk; puts right what can be where that is wanted. With the platform stopped: a file that is being
    /// written is not for mending.
    pub async fn check_recordings(&self, is_mending: bool) -> Result<CheckReport, PlatformError> {
        let mut report = CheckReport::default();
        let disks = self.inner.store.disks().await?;
        self.connect_buckets(&disks);
        for row in disks {
            if row.disk.state == DiskState::Retired {
                continue;
            }
            report.disks += 1;
            let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
            let id = disk_id(row.disk.id);
            if blocking(move || check_identity(files.as_ref(), &root, id)).await?.is_err() {
                report.add(DifferenceKind::DiskMissing, row.disk.folder.clone().into(), false);
                continue;
            }
            self.check_open(&row, is_mending, &mut report).await?;
            self.check_garbage(&row, is_mending, &mut report).await?;
            self.check_files(&row, is_mending, &mut report).await?;
        }
        self.check_rows(&mut report).await?;
        self.check_sums(is_mending, &mut report).await?;
        Ok(report)
    }

    async fn check_open(
        &self,
        row: &DiskRow,
        is_mending: bool,
        report: &mut CheckReport,
    ) -> Result<(), PlatformError> {
        let mut after = None;
        loop {
            let open = self.inner.store.open_segments(row.disk.id, after).await?;
            let Some(last) = open.last() else { break };
            after = Some(last.key);
            for one in &open {
                let path = file_of(one.camera_id, one.start_at);
                let place = PathBuf::from(&row.disk.folder).join(path);
                report.add(DifferenceKind::LeftOpen, place, is_mending);
            }
        }
        if is_mending {
            self.mend_open(row).await?;
        }
        Ok(())
    }

    async fn check_garbage(
        &self,
        row: &DiskRow,
        is_mending: bool,
        report: &mut CheckReport,
    ) -> Result<(), PlatformError> {
        for path in self.condemned_files(row).await? {
            let place = PathBuf::from(&row.disk.folder).join(path);
            report.add(DifferenceKind::NotUnlinked, place, is_mending);
        }
        if is_mending {
            self.remove_garbage(row).await?;
            self.remove_copies(row, Timestamp::MAX).await?;
        }
        Ok(())
    }

    /// Files that no row knows.
    async fn check_files(
        &self,
        row: &DiskRow,
        is_mending: bool,
        report: &mut CheckReport,
    ) -> Result<(), PlatformError> {
        let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
        let listed = blocking(move || inventory(files.as_ref(), &root, 0)).await?;
        let listed = listed.map_err(|error| {
            PlatformError::Unavailable(format!("recordings in {}: {error}", row.disk.folder))
        })?;
        let condemned = self.condemned_files(row).await?;
        let mut unknown = Vec::new();
        for file in listed {
            report.files += 1;
            if condemned.contains(&file.path) {
                continue;
            }
            match self.place_of(camera_of(file.stream), file.begins_at_us).await? {
                None => unknown.push(file),
                Some(disk) if disk == row.disk.id => {}
                Some(_) => {
                    report.add(DifferenceKind::Copy, PathBuf::from(&row.disk.folder).join(file.path), false);
                }
            }
        }
        if is_mending && let Some(first) = unknown.iter().map(|file| file.begins_at_us).min() {
            self.adopt(row, first).await?;
        }
        for file in unknown {
            let is_mended =
                is_mending && self.place_of(camera_of(file.stream), file.begins_at_us).await?.is_some();
            let place = PathBuf::from(&row.disk.folder).join(file.path);
            report.add(DifferenceKind::FileUnknown, place, is_mended);
        }
        Ok(())
    }

    /// Files that are noted to go: deleted ones, and those that are not the place of their segment.
    async fn condemned_files(&self, row: &DiskRow) -> Result<BTreeSet<PathBuf>, PlatformError> {
        let mut paths = BTreeSet::new();
        let mut after = None;
        loop {
            let copies = self.inner.store.copies(row.disk.id, Timestamp::MAX, after).await?;
            let Some(last) = copies.last() else { break };
            after = Some(last.key);
            paths.extend(copies.iter().map(|one| file_of(one.camera_id, one.start_at)));
        }
        let mut after = None;
        loop {
            let garbage = self.inner.store.garbage(row.disk.id, after).await?;
            let Some(last) = garbage.last() else { return Ok(paths) };
            after = Some(last.key);
            paths.extend(garbage.iter().map(|one| file_of(one.camera_id, one.start_at)));
        }
    }

    /// Rows whose files are not there or too short, camera by camera.
    async fn check_rows(&self, report: &mut CheckReport) -> Result<(), PlatformError> {
        let disks = self.inner.store.disks().await?;
        let ever = Span::new(Timestamp::UNIX_EPOCH, Timestamp::MAX);
        for camera in self.inner.store.all_cameras().await? {
            self.check_rows_of(camera.camera.id, &ever, &disks, report).await?;
        }
        Ok(())
    }

    async fn check_rows_of(
        &self,
        id: CameraId,
        span: &Span,
        disks: &[DiskRow],
        report: &mut CheckReport,
    ) -> Result<(), PlatformError> {
        let mut ask = PageAsk::first(store::MAX_PAGE);
        loop {
            let page = self.inner.store.segments(&Access::PLATFORM, id, span, &ask).await?;
            for one in &page.items {
                report.rows += 1;
                let Some(disk) = disks.iter().find(|row| row.disk.id == one.disk_id) else { continue };
                let path = file_of(id, one.start_at);
                let place = PathBuf::from(&disk.disk.folder).join(path);
                let is_missing_disk = report.differences.iter().any(|known| {
                    known.kind == DifferenceKind::DiskMissing && known.place == Path::new(&disk.disk.folder)
                });
                // Nothing was ever in an empty one.
                if is_missing_disk || one.size_bytes == 0 {
                    continue;
                }
                let (files, looked_at) = (self.inner.recording.files(), place.clone());
                let length = blocking(move || files.open(&looked_at)?.length()).await?;
                match length {
                    Err(_) => report.add(DifferenceKind::FileMissing, place, false),
                    Ok(length) if length < one.size_bytes.unsigned_abs() => {
                        report.add(DifferenceKind::FileShort, place, false);
                    }
                    Ok(_) => {}
                }
            }
            let Some(next) = page.next else { return Ok(()) };
            ask = PageAsk::after(store::MAX_PAGE, next);
        }
    }

    /// The sums of each disk; only counted again where mending is wanted, because counting writes.
    async fn check_sums(&self, is_mending: bool, report: &mut CheckReport) -> Result<(), PlatformError> {
        if !is_mending {
            return Ok(());
        }
        for row in self.inner.store.disks().await? {
            if !self.inner.store.recount_disk(row.disk.id).await? {
                report.add(DifferenceKind::Sums, row.disk.folder.into(), true);
            }
        }
        Ok(())
    }
}
