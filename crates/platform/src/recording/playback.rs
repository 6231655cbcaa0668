//! Playing what was recorded: the segments of a stretch become one file with its index in front.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use domain::access::Access;
use domain::ids::{CameraId, DiskId};
use domain::recording::{LookupKind, Span};
use jiff::SignedDuration;
use media::record::{Footage, FragmentStream, PlanError, fragment_stream, plain_file, read_entries};
use store::{DeletionFilter, PageAsk, SegmentRow, sha256_hex};
use tracing::warn;

use super::file_of;
use super::film::{Film, FilmForm};
use super::lookups::check_span;
use super::mending::blocking;
use crate::{Ask, Platform, PlatformError};

/// Longest range of one file that is played.
const FILM_MAX: SignedDuration = SignedDuration::from_hours(1);
/// Pages of segments of one range: some days of minutes.
const PAGES_MAX: usize = 50;

impl Platform {
    /// A range of a camera's recording as MP4, an hour at most, in the name of a grant.
    ///
    /// LookupNeeded without one; NotFound where nothing was recorded; Gone where it was and is not any more.
    pub async fn film(
        &self,
        ask: &Ask,
        grant: &str,
        id: CameraId,
        span: Span,
        form: FilmForm,
    ) -> Result<Film, PlatformError> {
        self.need_grant(ask, grant, (id, span, LookupKind::Playback))?;
        check_span(&span, FILM_MAX)?;
        // Whoever lost the camera since the grant sees nothing of it.
        self.inner.store.camera(&ask.access, id).await?;
        let key = (grant.to_owned(), id, span, form);
        if let Some(film) = self.inner.recording.films.get(&key, ask.now) {
            return Ok(film);
        }
        let film = self.film_of(&ask.access, id, span, form).await?;
        self.inner.recording.films.put(key, film.clone(), ask.now);
        Ok(film)
    }

    /// Plans a range without asking for a reason; whoever calls has.
    pub(super) async fn film_of(
        &self,
        access: &Access,
        id: CameraId,
        span: Span,
        form: FilmForm,
    ) -> Result<Film, PlatformError> {
        let (segments, footage) = self.footage(access, id, span).await?;
        let files = self.inner.recording.files();
        let (from_us, to_us) = (span.start.as_microsecond(), span.end.as_microsecond());
        let plan = move || match form {
            FilmForm::File => plain_file(files.as_ref(), &footage, from_us, to_us)
                .map(|plan| FragmentStream { plan, steps: Vec::new() }),
            FilmForm::Fragments => fragment_stream(files.as_ref(), &footage, from_us, to_us, 0),
        };
        let FragmentStream { plan, steps } = match blocking(plan).await? {
            Ok(planned) => planned,
            Err(PlanError::Nothing) => return Err(self.why_nothing(access, id, span).await),
            Err(PlanError::TooLong) => {
                return Err(PlatformError::field("to", "too_long", "more pictures than one file holds"));
            }
            Err(error @ PlanError::File { .. }) => {
                warn!(camera = %id, %error, "recording cannot be read");
                return Err(PlatformError::Gone(
                    "its disk is missing or damaged; look at the disks 录像所在磁盘缺失或损坏".to_owned(),
                ));
            }
        };
        let tag = tag_of(span, &segments, plan.length());
        Ok(Film { plan: plan.into(), files: self.inner.recording.files(), tag, steps: steps.into() })
    }

    /// The recorded files of a stretch with where each fragment lies.
    pub(super) async fn footage(
        &self,
        access: &Access,
        id: CameraId,
        span: Span,
    ) -> Result<(Vec<SegmentRow>, Vec<Footage>), PlatformError> {
        let disks = self.inner.store.disks().await?;
        let folders: HashMap<DiskId, PathBuf> =
            disks.into_iter().map(|row| (row.disk.id, row.disk.folder.into())).collect();
        let (mut segments, mut footage) = (Vec::new(), Vec::new());
        let mut ask = PageAsk::first(store::MAX_PAGE);
        for _ in 0..PAGES_MAX {
            let page = self.inner.store.segments(access, id, &span, &ask).await?;
            for row in page.items {
                let Some(folder) = folders.get(&row.disk_id) else { continue };
                // Deleted at this moment: the others are still there.
                let Ok((row, packed)) = self.inner.store.segment(access, row.key).await else { continue };
                let entries = read_entries(&packed).unwrap_or_else(|error| {
                    warn!(camera = %id, at = %row.start_at, %error, "index of a recorded file is damaged");
                    Vec::new()
                });
                let path = folder.join(file_of(id, row.start_at));
                footage.push(Footage { path, entries });
                segments.push(row);
            }
            let Some(next) = page.next else { break };
            ask = PageAsk::after(store::MAX_PAGE, next);
        }
        Ok((segments, footage))
    }

    /// Whether a stretch was never recorded, or was and is deleted.
    async fn why_nothing(&self, access: &Access, id: CameraId, span: Span) -> PlatformError {
        let filter = DeletionFilter { camera_id: Some(id), ..DeletionFilter::default() };
        let deletions =
            self.inner.store.recording_deletions(access, &filter, &PageAsk::first(store::MAX_PAGE)).await;
        let lies_in = |row: &store::DeletionRow| row.from_at < span.end && row.until_at > span.start;
        match deletions {
            Ok(page) => match page.items.iter().find(|row| lies_in(row)) {
                Some(row) => PlatformError::Gone(format!(
                    "deleted at {} ({}), certificate {} 录像已按规定删除",
                    row.decided_at,
                    row.why.as_str(),
                    row.seq
                )),
                None => PlatformError::NotFound,
            },
            Err(error) => error.into(),
        }
    }
}

/// Another range, another file or more of one: another tag.
fn tag_of(span: Span, segments: &[SegmentRow], length: u64) -> String {
    let mut text = format!("{} {} {length}", span.start, span.end);
    for one in segments {
        let _ = write!(text, " {} {}", one.key.0, one.size_bytes);
    }
    sha256_hex(text.as_bytes())
}
