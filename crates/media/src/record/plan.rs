//! A file that does not exist: bytes of our own and pieces of recorded files, one after the other, of a length that is known before the
//! first byte is read. HTTP's range requests are then arithmetic, and a gigabyte is sent without a gigabyte anywhere.

use super::files::{Files, OpenFile, read_exactly};
use super::moof::place_in_stream;
use super::scan::ScanError;
use bytes::Bytes;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes read from a disk at once.
const CHUNK_BYTES: u64 = 256 << 10;

/// A moment of what is played, and when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Microseconds since the beginning of what is played.
    pub position_us: i64,
    /// Wall clock, microseconds UTC. Time goes on from here until the next mark.
    pub wall_us: i64,
}

/// Why there is no file of a range.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Nothing of it is recorded, or nothing that can be decoded.
    #[error("nothing was recorded in this time")]
    Nothing,
    /// More samples than one file should have.
    #[error("too long for one file")]
    TooLong,
    /// A recorded file is missing or cannot be read.
    #[error("a recorded file cannot be read: {path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: ScanError,
    },
}

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    files: Vec<PathBuf>,
    parts: Vec<Part>,
    /// Where each part ends.
    ends: Vec<u64>,
    marks: Vec<Mark>,
    damaged: usize,
}

/// One piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Bytes of our own.
    Own(Bytes),
    /// A piece of a file.
    Recorded { file: usize, at: u64, bytes: u64 },
    /// The head of a fragment, given its place in the stream when it is read.
    Head { file: usize, at: u64, bytes: u64, number: u32, shifts: Arc<[(u32, i64)]> },
}

impl Part {
    fn bytes(&self) -> u64 {
        match self {
            Self::Own(own) => own.len() as u64,
            Self::Recorded { bytes, .. } | Self::Head { bytes, .. } => *bytes,
        }
    }
}

impl Plan {
    pub(super) fn new(files: Vec<PathBuf>, parts: Vec<Part>, marks: Vec<Mark>, damaged: usize) -> Self {
        let mut end = 0;
        let ends = parts.iter().map(|part| {
            end += part.bytes();
            end
        });
        Self { files, ends: ends.collect(), parts, marks, damaged }
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// When what is played was. The first mark stands at its beginning, which may be a little before what was asked for.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Fragments that are left out because they can no longer be read.
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    /// Reads a part of it; what lies behind the end is not there.
    pub fn read(self: &Arc<Self>, files: Arc<dyn Files>, range: Range<u64>) -> PlanReader {
        let end = range.end.min(self.length());
        PlanReader { plan: self.clone(), files, at: range.start, end, open: None }
    }
}

/// Reads a plan in chunks of at most 256 KiB. Blocking. Ends after an error: a file may be deleted while it is read.
pub struct PlanReader {
    plan: Arc<Plan>,
    files: Arc<dyn Files>,
    at: u64,
    end: u64,
    open: Option<(usize, Arc<dyn OpenFile>)>,
}

impl Iterator for PlanReader {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let chunk = self.chunk();
        match &chunk {
            Ok(chunk) => self.at += chunk.len() as u64,
            Err(_) => self.at = self.end,
        }
        Some(chunk)
    }
}

impl PlanReader {
    fn chunk(&mut self) -> io::Result<Bytes> {
        let plan = self.plan.clone();
        let number = plan.ends.partition_point(|end| *end <= self.at);
        let part = &plan.parts[number];
        let begin = plan.ends[number] - part.bytes();
        let within = self.at - begin..(self.end - begin).min(part.bytes());
        match part {
            Part::Own(own) => Ok(own.slice(within.start as usize..within.end as usize)),
            Part::Recorded { file, at, .. } => {
                let bytes = (within.end - within.start).min(CHUNK_BYTES);
                self.recorded(*file, at + within.start, bytes).map(Bytes::from)
            }
            Part::Head { file, at, bytes, number, shifts } => {
                let mut head = self.recorded(*file, *at, *bytes)?;
                let shifted = |track, time: u64| {
                    let shift = shifts.iter().find(|(id, _)| *id == track).map_or(0, |(_, shift)| *shift);
                    time.saturating_add_signed(shift)
                };
                place_in_stream(&mut head, *number, shifted).ok_or(io::ErrorKind::InvalidData)?;
                Ok(Bytes::from(head).slice(within.start as usize..within.end as usize))
            }
        }
    }

    fn recorded(&mut self, number: usize, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        let file = match &self.open {
            Some((open, file)) if *open == number => file.clone(),
            _ => self.files.open(&self.plan.files[number])?,
        };
        let mut content = vec![0; bytes as usize];
        read_exactly(file.as_ref(), &mut content, at)?;
        self.open = Some((number, file));
        Ok(content)
    }
}
