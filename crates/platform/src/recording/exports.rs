//! Exports: asked for with a reason, written by one task after the other, signed, served, and gone after some days.

use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use domain::access::{Access, Scope};
use domain::ids::{CameraId, ExportId};
use domain::recording::export::EXPORT_RANGE_MAX;
use domain::recording::{Alteration, AlterationError, ExportState, LookupReason, Span};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{ErrorKind, ExportFile, ExportRow, GapFilter, NewExport, Page, PageAsk, sha256_hex};
use tracing::{error, info, warn};

use super::export_films::not_written;
use super::film::FilmForm;
use super::lookups::{check_span, checked_note};
use super::manifest::{
    MANIFEST_FILE, Manifest, ManifestFile, ManifestSignature, SIGNATURE_FILE, is_file_name,
};
use super::mending::blocking;
use super::rounds::Rounds;
use crate::access::camera_object;
use crate::audit::Object;
use crate::signing::Purpose;
use crate::{Ask, Platform, PlatformError};

/// Longest film of one file; longer exports have several.
const FILE_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How often is looked for exports whose time is over.
const PERIOD: Duration = Duration::from_mins(1);
/// Bytes read from a file at once.
const CHUNK_BYTES: usize = 256 << 10;

/// What somebody wants to take along.
#[derive(Debug, Clone)]
pub struct NewExportAsk {
    /// Of which camera.
    pub camera_id: CameraId,
    /// What of it.
    pub span: Span,
    /// What is done to its pictures.
    pub alteration: Alteration,
    /// Why.
    pub reason: LookupReason,
    /// Said in words.
    pub note: Option<String>,
}

/// A file of an export, ready to be read.
#[derive(Debug, Clone)]
pub struct ExportedFile {
    /// Its length.
    pub length: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Its name.
    pub name: String,
    path: PathBuf,
}

impl ExportedFile {
    /// Reads a part. Waits for the disk: not for a thread that must not.
    pub fn read(&self, range: Range<u64>) -> impl Iterator<Item = io::Result<Bytes>> + Send + use<> {
        let path = self.path.clone();
        let mut open: Option<fs::File> = None;
        let mut left = range;
        std::iter::from_fn(move || {
            if left.is_empty() {
                return None;
            }
            let read = read_part(&path, &mut open, &left);
            match &read {
                Ok(part) if !part.is_empty() => left.start += part.len() as u64,
                _ => left.start = left.end,
            }
            Some(read)
        })
    }
}

fn read_part(path: &Path, open: &mut Option<fs::File>, left: &Range<u64>) -> io::Result<Bytes> {
    if open.is_none() {
        let mut file = fs::File::open(path)?;
        file.seek(SeekFrom::Start(left.start))?;
        *open = Some(file);
    }
    let Some(file) = open.as_mut() else { return Err(io::ErrorKind::NotFound.into()) };
    let wanted = usize::try_from(left.end - left.start).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
    let mut part = vec![0; wanted];
    file.read_exact(&mut part)?;
    Ok(part.into())
}

/// Writes what waits and removes what is over, until the platform stops.
pub(super) async fn run(platform: Platform) {
    let mut rounds = Rounds::every(PERIOD);
    while rounds.next(&platform, &platform.inner.recording.wants_export).await {
        let now = platform.inner.surroundings.now();
        if let Err(error) = platform.write_exports().await {
            warn!(%error, "exports not written");
        }
        if let Err(error) = platform.expire_exports(now).await {
            warn!(%error, "old exports not removed");
        }
    }
}

impl Platform {
    /// Asks for an export; its row of the register is written with it.
    pub async fn add_export(&self, ask: &Ask, wanted: NewExportAsk) -> Result<ExportRow, PlatformError> {
        ask.access.need(Capability::ExportRecordings)?;
        check_span(&wanted.span, EXPORT_RANGE_MAX)?;
        wanted.alteration.check()?;
        let note = checked_note(wanted.reason, wanted.note.as_deref())?;
        let camera = self.inner.store.camera(&ask.access, wanted.camera_id).await?.camera;
        self.need_recording()?;
        let new = NewExport {
            id: ExportId(self.inner.surroundings.id(ask.now)),
            unit_id: camera.unit_id,
            camera_id: camera.id,
            span: wanted.span,
            alteration: wanted.alteration,
            reason: wanted.reason,
            note,
            address: ask.address.clone(),
        };
        self.inner.store.add_export(&ask.access, &new, ask.now).await?;
        let detail = Some(format!("{} – {}", new.span.start, new.span.end));
        self.audit(ask, "export_recording", camera_object(&camera), "ok", detail).await?;
        self.inner.recording.wants_export.notify_one();
        Ok(self.inner.store.export(&ask.access, new.id).await?)
    }

    /// Exports in the asker's reach, newest first.
    pub async fn exports(&self, ask: &Ask, page: &PageAsk) -> Result<Page<ExportRow>, PlatformError> {
        ask.access.need(Capability::ExportRecordings)?;
        Ok(self.inner.store.exports(&ask.access, None, page).await?)
    }

    /// One export.
    pub async fn export(&self, ask: &Ask, id: ExportId) -> Result<ExportRow, PlatformError> {
        ask.access.need(Capability::ExportRecordings)?;
        Ok(self.inner.store.export(&ask.access, id).await?)
    }

    /// How far an export is that is being written, from 0 to 1 of the time that is wanted; none for any other. For whoever was shown its row.
    pub fn export_share(&self, id: ExportId) -> Option<f64> {
        self.inner.recording.export_shares.of(id)
    }

    /// Takes a request back.
    pub async fn cancel_export(&self, ask: &Ask, id: ExportId) -> Result<ExportRow, PlatformError> {
        ask.access.need(Capability::ExportRecordings)?;
        self.inner.store.cancel_export(&ask.access, id, ask.now).await?;
        self.inner.recording.export_shares.forget(id);
        let row = self.inner.store.export(&ask.access, id).await?;
        self.audit(ask, "cancel_export", export_object(&row), "ok", None).await?;
        Ok(row)
    }

    /// A file of an export. Gone when its time is over.
    pub async fn export_file(
        &self,
        ask: &Ask,
        id: ExportId,
        name: &str,
    ) -> Result<ExportedFile, PlatformError> {
        ask.access.need(Capability::ExportRecordings)?;
        let row = self.inner.store.export(&ask.access, id).await?;
        if row.state == ExportState::Expired {
            return Err(PlatformError::Gone("its files were removed; export again 文件已清除".to_owned()));
        }
        let file = row.files.iter().find(|file| file.name == name && is_file_name(name));
        let file = file.ok_or(PlatformError::NotFound)?;
        self.audit_look(ask, "download_export", export_object(&row)).await?;
        let path = self.export_folder(id)?.join(name);
        Ok(ExportedFile {
            length: file.size_bytes.unsigned_abs(),
            sha256: file.sha256.clone(),
            name: name.to_owned(),
            path,
        })
    }

    /// Writes every export that waits; how many were done.
    pub async fn write_exports(&self) -> Result<usize, PlatformError> {
        let mut done = 0;
        while !self.inner.stop.is_cancelled() {
            let now = self.inner.surroundings.now();
            let Some(row) = self.inner.store.take_export(now).await? else { break };
            let folder = self.export_folder(row.id)?;
            match self.write_export(&row, &folder).await {
                Ok(files) => done += usize::from(self.finish_export(&row, &files, folder).await?),
                // After the next start it waits again.
                Err(_) if self.inner.stop.is_cancelled() => break,
                Err(error) => {
                    warn!(export = %row.id, %error, "export failed");
                    remove_folder(folder).await;
                    let now = self.inner.surroundings.now();
                    match self.inner.store.fail_export(row.id, &error.to_string(), now).await {
                        Err(error) if error.kind() != ErrorKind::Conflict => return Err(error.into()),
                        _ => {}
                    }
                }
            }
        }
        Ok(done)
    }

    /// Removes the files of exports that were done long enough before `now`.
    pub async fn expire_exports(&self, now: Timestamp) -> Result<usize, PlatformError> {
        let Some(settings) = &self.inner.settings.recording else { return Ok(0) };
        let over = self.inner.store.exports_done_before(now - settings.export_keep).await?;
        for id in &over {
            remove_folder(self.export_folder(*id)?).await;
            self.inner.store.expire_export(*id).await?;
        }
        Ok(over.len())
    }

    async fn finish_export(
        &self,
        row: &ExportRow,
        files: &[ExportFile],
        folder: PathBuf,
    ) -> Result<bool, PlatformError> {
        match self.inner.store.finish_export(row.id, files, self.inner.surroundings.now()).await {
            Ok(_) => {
                info!(export = %row.id, files = files.len(), "export done");
                Ok(true)
            }
            // Taken back while it was written.
            Err(error) if error.kind() == ErrorKind::Conflict => {
                remove_folder(folder).await;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn write_export(&self, row: &ExportRow, folder: &Path) -> Result<Vec<ExportFile>, PlatformError> {
        remove_folder(folder.to_owned()).await;
        fs::create_dir_all(folder).map_err(|error| not_written(folder, &error))?;
        // Only what was recorded at this unit, wherever the camera stood before.
        let access = Access { user_id: None, role: None, scope: Some(Scope::Unit(row.unit_id)) };
        let writing = self.inner.recording.export_shares.begin(row.id, row.span);
        let mut films = Vec::new();
        for span in pieces(&row.span) {
            if self.inner.store.export(&Access::PLATFORM, row.id).await?.state != ExportState::Running {
                return Err(PlatformError::Conflict("the export was taken back".to_owned()));
            }
            let film = match self.film_of(&access, row.camera_id, span, FilmForm::File).await {
                Ok(film) => film,
                Err(PlatformError::NotFound | PlatformError::Gone(_)) => {
                    writing.reached(span.end);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let place = (folder, films.len() + 1);
            films.push(self.write_film(row, (film, span), place, writing.film(&span)).await?);
        }
        if films.is_empty() {
            return Err(PlatformError::Conflict("nothing of this time is there 该时段没有录像".to_owned()));
        }
        self.write_manifest(row, films, folder).await
    }

    async fn write_manifest(
        &self,
        row: &ExportRow,
        films: Vec<ManifestFile>,
        folder: &Path,
    ) -> Result<Vec<ExportFile>, PlatformError> {
        let filter = GapFilter {
            unit_id: Some(row.unit_id),
            camera_id: Some(row.camera_id),
            from: Some(row.span.start),
            until: Some(row.span.end),
            ..GapFilter::default()
        };
        let page = PageAsk::first(store::MAX_PAGE);
        let gaps = self.inner.store.recording_gaps(&Access::PLATFORM, &filter, &page).await?.items;
        let gaps: Vec<_> = gaps.into_iter().map(|row| row.gap).collect();
        let now = self.inner.surroundings.now();
        let mut files: Vec<ExportFile> = films.iter().map(listed).collect();
        let manifest = Manifest::of(row, films, &gaps, now);
        let text = in_json(&manifest)?;
        let digest = sha256_hex(text.as_bytes());
        let signed = self.sign(&self.signing_key(now).await?, Purpose::Export, &digest)?;
        let signature = in_json(&ManifestSignature::new(digest, signed))?;
        for (name, text) in [(MANIFEST_FILE, text), (SIGNATURE_FILE, signature)] {
            fs::write(folder.join(name), &text).map_err(|error| not_written(folder, &error))?;
            files.push(ExportFile {
                name: name.to_owned(),
                size_bytes: text.len() as i64,
                sha256: sha256_hex(text.as_bytes()),
            });
        }
        Ok(files)
    }

    fn export_folder(&self, id: ExportId) -> Result<PathBuf, PlatformError> {
        self.need_recording()?;
        let settings = self.inner.settings.recording.as_ref().ok_or(PlatformError::NotFound)?;
        Ok(settings.export_folder.join(id.to_string()))
    }
}

/// A stretch in pieces that are films.
fn pieces(span: &Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    while start < span.end {
        let end = (start + FILE_MAX).min(span.end);
        pieces.push(Span::new(start, end));
        start = end;
    }
    pieces
}

fn listed(file: &ManifestFile) -> ExportFile {
    ExportFile {
        name: file.name.clone(),
        size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
    }
}

impl From<AlterationError> for PlatformError {
    fn from(error: AlterationError) -> Self {
        Self::field("alteration", "alteration", error.to_string())
    }
}

fn in_json(value: &impl serde::Serialize) -> Result<String, PlatformError> {
    serde_json::to_string_pretty(value).map_err(|error| PlatformError::Internal(format!("manifest: {error}")))
}

async fn remove_folder(folder: PathBuf) {
    let path = folder.clone();
    match blocking(move || fs::remove_dir_all(&path)).await {
        Ok(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
            error!(folder = %folder.display(), %error, "files of an export not removed");
        }
        _ => {}
    }
}

fn export_object(row: &ExportRow) -> Object {
    Object {
        kind: "export",
        id: Some(row.id.to_string()),
        name: Some(row.camera_name.clone()),
        unit_id: Some(row.unit_id),
    }
}
