//! The films of an export: as they were recorded, or altered copies of them.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use domain::recording::Span;
use media::record::SystemFiles;
use sha2::{Digest as _, Sha256};
use store::{ExportRow, hex};

use super::export_share::FilmWriting;
use super::film::Film;
use super::manifest::{ManifestFile, file_name, marks};
use super::mending::blocking;
use super::remake::{Name, Remade, RemakeError, remake};
use crate::{Platform, PlatformError};

/// A file that was written.
struct Written {
    size_bytes: u64,
    /// Lower-case hex.
    sha256: String,
    /// Pictures that could not be decoded and are left out.
    undecodable: u64,
}

impl Platform {
    /// Writes one film of an export into its folder.
    pub(super) async fn write_film(
        &self,
        row: &ExportRow,
        (film, span): (Film, Span),
        (folder, number): (&Path, usize),
        share: FilmWriting,
    ) -> Result<ManifestFile, PlatformError> {
        let name = file_name(number, &span, !row.alteration.is_none());
        let path = folder.join(&name);
        let (damaged, marks) = (film.damaged(), marks(film.marks()));
        let outcome = if row.alteration.is_none() {
            let stop = self.inner.stop.clone();
            let goes_on = move |done: f64| share.at(done) && !stop.is_cancelled();
            blocking(move || written(film.read(0..film.length()), film.length(), &path, &goes_on)).await?
        } else {
            self.write_altered(row, film, path, share).await?
        };
        let Written { size_bytes, sha256, undecodable } =
            outcome.map_err(|error| not_written(folder, &error))?;
        Ok(ManifestFile {
            name,
            size_bytes,
            sha256,
            from: span.start,
            to: span.end,
            damaged,
            undecodable,
            marks,
        })
    }

    async fn write_altered(
        &self,
        row: &ExportRow,
        film: Film,
        path: PathBuf,
        share: FilmWriting,
    ) -> Result<io::Result<Written>, PlatformError> {
        let (stop, alteration, faces) =
            (self.inner.stop.clone(), row.alteration.clone(), self.inner.faces.clone());
        let by = row.asked_by.as_ref().map_or("", |(_, name)| name.as_str());
        let text = format!("{by} {}", domain::beijing::say_moment(row.asked_at));
        let altered = blocking(move || {
            let (original, parts) = (path.with_extension("original"), path.with_extension("parts"));
            fs::create_dir_all(&parts)?;
            // Time passes in coding and not in writing, so writing has no part in the share.
            written(film.read(0..film.length()), film.length(), &original, &|_| !stop.is_cancelled())?;
            let fonts = if alteration.watermark { Some(faces.get()?) } else { None };
            let name = fonts.as_deref().map(|fonts| Name { text: &text, fonts });
            let goes_on = |done: f64| share.at(done) && !stop.is_cancelled();
            let Remade { plan, undecodable } = remake(&original, &parts, (&alteration, name), &goes_on)?;
            let length = plan.length();
            let copy = plan.read(Arc::new(SystemFiles), 0..length);
            let whole = written(copy, length, &path, &|_| !stop.is_cancelled())?;
            fs::remove_file(&original)?;
            fs::remove_dir_all(&parts)?;
            Ok(Written { undecodable, ..whole })
        });
        match altered.await? {
            Ok(written) => Ok(Ok(written)),
            Err(RemakeError::Io(error)) => Ok(Err(error)),
            Err(error) => Err(PlatformError::Conflict(error.to_string())),
        }
    }
}

/// Writes the parts of a film of this length. `goes_on` hears how much of it is there, 0 to 1, and may end it.
fn written(
    parts: impl Iterator<Item = io::Result<Bytes>>,
    length: u64,
    path: &Path,
    goes_on: &dyn Fn(f64) -> bool,
) -> io::Result<Written> {
    let mut file = fs::File::create(path)?;
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    for part in parts {
        if !goes_on(size_bytes as f64 / length.max(1) as f64) {
            return Err(io::Error::from(io::ErrorKind::Interrupted));
        }
        let part = part?;
        hash.update(&part);
        file.write_all(&part)?;
        size_bytes += part.len() as u64;
    }
    file.sync_all()?;
    let digest: [u8; 32] = hash.finalize().into();
    Ok(Written { size_bytes, sha256: hex(&digest), undecodable: 0 })
}

/// A file of an export that cannot be written.
pub(super) fn not_written(folder: &Path, error: &io::Error) -> PlatformError {
    PlatformError::Unavailable(format!("{}: {error}", folder.display()))
}
