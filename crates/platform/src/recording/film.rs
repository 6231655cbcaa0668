//! A range of a recording as a file that does not exist, kept planned for a while: players ask for it in many pieces, and each has to come from the
//! same file.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use domain::ids::CameraId;
use domain::recording::Span;
use jiff::{SignedDuration, Timestamp};
use media::record::{Files, Mark, Plan, Step, playlist};

/// How long a plan is kept after it was made.
const KEPT: SignedDuration = SignedDuration::from_mins(20);
/// Plans that are kept: an hour has 1.5 MB of index.
const FILMS_MAX: usize = 64;

/// As what a range is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilmForm {
    /// An ordinary MP4 file, index in front.
    File,
    /// Fragments, for a player that is given a list of them.
    Fragments,
}

/// A range of a recording, ready to be read.
#[derive(Clone)]
pub struct Film {
    pub(super) plan: Arc<Plan>,
    pub(super) files: Arc<dyn Files>,
    pub(super) tag: String,
    /// What lies where; empty for an ordinary file.
    pub(super) steps: Arc<[Step]>,
}

impl Film {
    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.plan.length()
    }

    /// Names its content: another content has another tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Which moment is which.
    pub fn marks(&self) -> &[Mark] {
        self.plan.marks()
    }

    /// The list of the fragments for HTTP Live Streaming, whose bytes are at an address.
    pub fn playlist(&self, uri: &str) -> String {
        playlist(&self.steps, uri)
    }

    /// Fragments that are left out because they can no longer be read.
    pub fn damaged(&self) -> usize {
        self.plan.damaged()
    }

    /// Reads a part. Waits for the disk: not for a thread that must not.
    pub fn read(&self, range: Range<u64>) -> impl Iterator<Item = io::Result<Bytes>> + Send + use<> {
        self.plan.read(self.files.clone(), range)
    }
}

/// For whom and what a film was planned: the grant counts, so that nobody gets what another's scope showed.
pub(super) type FilmKey = (String, CameraId, Span, FilmForm);

/// Films that were planned lately.
#[derive(Default)]
pub(super) struct Films {
    kept: Mutex<HashMap<FilmKey, (Timestamp, Film)>>,
}

impl Films {
    pub(super) fn get(&self, key: &FilmKey, now: Timestamp) -> Option<Film> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(made_at, _)| now.duration_since(*made_at) < KEPT).map(|(_, film)| film.clone())
    }

    pub(super) fn put(&self, key: FilmKey, film: Film, now: Timestamp) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (made_at, _)| now.duration_since(*made_at) < KEPT);
        if kept.len() >= FILMS_MAX
            && let Some(oldest) =
                kept.iter().min_by_key(|(_, (made_at, _))| *made_at).map(|(key, _)| key.clone())
        {
            kept.remove(&oldest);
        }
        kept.insert(key, (now, film));
    }
}
