//! Finding frames in what a connection brings: several at once, cut anywhere, with rubbish before, between and inside.
//!
//! Nothing is allocated for a length that a frame only tells: the buffer holds what came and is never asked to hold more than one longest
//! frame besides the last piece. What turns out to be no frame is given up one byte at a time, so a frame that hides behind a false start
//! is found.

use crate::frame::{DATA_BYTES_MAX, END, Frame, FrameError, HEAD_BYTES, START, TAIL_BYTES, told_length};

/// What was found in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A whole frame whose checksum holds.
    Frame(Frame),
    /// Bytes that belong to no frame.
    Rubbish(Rubbish),
}

/// Bytes that were given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rubbish {
    /// How many.
    pub bytes: usize,
    /// What was wrong with them; none where nothing looked like the start of a frame.
    pub error: Option<FrameError>,
}

/// Finds frames.
#[derive(Debug, Clone, Default)]
pub struct FrameReader {
    buffer: Vec<u8>,
    read: usize,
}

impl FrameReader {
    /// Takes bytes as they came. Ask [`FrameReader::next_found`] until it has nothing more before the next piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.read);
        self.read = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next thing in the bytes that came; none where more have to come.
    pub fn next_found(&mut self) -> Option<Found> {
        let rest = self.buffer.get(self.read..).unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        let start = start_of(rest);
        if start > 0 {
            return Some(self.give_up(start, None));
        }
        let head = rest.first_chunk::<HEAD_BYTES>()?;
        let data_bytes = told_length(head);
        if data_bytes > DATA_BYTES_MAX {
            return Some(self.give_up(1, Some(FrameError::TooLong(data_bytes))));
        }
        let whole = rest.get(..HEAD_BYTES + data_bytes + TAIL_BYTES)?;
        match Frame::parse(whole) {
            Ok(frame) => {
                self.read += whole.len();
                Some(Found::Frame(frame))
            }
            Err(error) => Some(self.give_up(1, Some(error))),
        }
    }

    /// True while something stands in the buffer that may still become a frame.
    pub fn is_waiting(&self) -> bool {
        self.read < self.buffer.len()
    }

    /// Says that nothing more comes for what is waiting: the line has been quiet. What hides behind a false start is found now, not when
    /// the next frame pushes it out.
    pub fn settle(&mut self) -> Option<Found> {
        self.is_waiting().then(|| self.give_up(1, Some(FrameError::Length(self.buffer.len() - self.read))))
    }

    fn give_up(&mut self, bytes: usize, error: Option<FrameError>) -> Found {
        self.read += bytes;
        Found::Rubbish(Rubbish { bytes, error })
    }
}

/// How many bytes stand before the first start, or before what may become one.
fn start_of(bytes: &[u8]) -> usize {
    let whole = bytes.windows(START.len()).position(|two| two == START);
    let half = usize::from(bytes.last() == START.first());
    whole.unwrap_or(bytes.len() - half)
}

const _: () = assert!(END.len() + 1 == TAIL_BYTES);
