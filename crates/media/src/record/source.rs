//! Recorded files while a plan is made of them: each is opened once, and beginnings that are the same are read as one.

use super::entries::Entry;
use super::files::{Files, OpenFile, read_exactly};
use super::moof::{MOOF_BYTES_MAX, Run, read_runs};
use super::moov::Track;
use super::plan::PlanError;
use super::scan::{ScanError, read_init};
use super::selection::Footage;
use bytes::Bytes;
use std::io;
use std::sync::Arc;

/// The file that is being planned.
pub(super) struct Source<'a> {
    files: &'a dyn Files,
    footage: &'a [Footage],
    open: Option<(usize, Arc<dyn OpenFile>)>,
    init: Bytes,
    tracks: Arc<[Track]>,
}

impl<'a> Source<'a> {
    pub(super) fn new(files: &'a dyn Files, footage: &'a [Footage]) -> Self {
        Self { files, footage, open: None, init: Bytes::new(), tracks: Arc::new([]) }
    }

    /// Goes to a file. `true` where it begins with something else than the one before.
    pub(super) fn go_to(&mut self, number: usize) -> Result<bool, PlanError> {
        if self.open.as_ref().is_some_and(|(open, _)| *open == number) {
            return Ok(false);
        }
        let failed = |error: ScanError| PlanError::File { path: self.footage[number].path.clone(), error };
        let file = self.files.open(&self.footage[number].path).map_err(|error| failed(error.into()))?;
        let length = file.length().map_err(|error| failed(error.into()))?;
        let (init, tracks) = read_init(file.as_ref(), length).map_err(failed)?;
        self.open = Some((number, file));
        if init == self.init {
            return Ok(false);
        }
        self.init = init;
        self.tracks = tracks.into();
        Ok(true)
    }

    /// `ftyp` and `moov` of the file.
    pub(super) fn init(&self) -> &Bytes {
        &self.init
    }

    pub(super) fn tracks(&self) -> Arc<[Track]> {
        self.tracks.clone()
    }

    /// The runs of a fragment of the file; `None` where it is damaged.
    pub(super) fn runs(&self, entry: &Entry) -> Result<Option<Vec<Run>>, PlanError> {
        let Some((number, file)) = &self.open else { return Ok(None) };
        let head_bytes = u64::from(entry.head_bytes);
        if head_bytes > MOOF_BYTES_MAX {
            return Ok(None);
        }
        let mut head = vec![0; head_bytes as usize];
        match read_exactly(file.as_ref(), &mut head, entry.offset) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => {
                let path = self.footage[*number].path.clone();
                return Err(PlanError::File { path, error: error.into() });
            }
        }
        let end = head_bytes + u64::from(entry.sample_bytes);
        let lies_inside = |run: &Run| run.data_at >= head_bytes && run.data_at + run.bytes() <= end;
        Ok(read_runs(&head, &self.tracks).filter(|runs| !runs.is_empty() && runs.iter().all(lies_inside)))
    }
}
