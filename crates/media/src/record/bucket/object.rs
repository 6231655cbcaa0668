//! An object as an open file: read by ranges, a little more at once than asked for.
//!
//! Two kinds of reading come here. Whoever plans a film reads the heads of fragments, some hundred bytes every half a megabyte: one small range each.
//! Whoever plays reads on from where it ended: large ranges, so that a minute of 2 Mbit/s is four requests.

use std::io::{self, IoSlice};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::files::OpenFile;
use super::trouble::BucketTrouble;
use super::wire::{Ask, Wire};

/// Fetched where it is not known whether reading goes on.
const FIRST_BYTES: u64 = 64 << 10;
/// Fetched where reading goes on.
const AHEAD_BYTES: u64 = 4 << 20;
/// Reading goes on also behind a hole so small: the head of the next fragment is left out.
const HOLE_BYTES: u64 = 64 << 10;

/// An object that is read.
pub(super) struct Object {
    wire: Arc<Wire>,
    key: String,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    length: Option<u64>,
    at: u64,
    block: Vec<u8>,
}

impl Object {
    pub(super) fn new(wire: Arc<Wire>, key: String) -> Self {
        Self { wire, key, known: Mutex::default() }
    }

    fn fetch(&self, known: &mut Known, at: u64, wanted: u64) -> io::Result<()> {
        let end = known.at + known.block.len() as u64;
        let goes_on = end > 0 && (end..=end + HOLE_BYTES).contains(&at);
        let bytes = wanted.max(if goes_on { AHEAD_BYTES } else { FIRST_BYTES }).min(AHEAD_BYTES);
        let last = known.length.map_or(at + bytes, |length| length.min(at + bytes)) - 1;
        let mut ask = Ask::of("GET", &self.key);
        ask.headers.push(("range", format!("bytes={at}-{last}")));
        ask.bytes_max = bytes;
        let answer = self.wire.ask(&ask)?;
        let told = answer.header("content-range").and_then(read_range);
        match told {
            Some((begin, end, length))
                if answer.status == 206 && begin == at && answer.body.len() as u64 == end + 1 - begin =>
            {
                *known = Known { length: Some(length), at, block: answer.body };
                Ok(())
            }
            _ => Err(BucketTrouble::Answer(format!(
                "{} and {} bytes to a range of {bytes} at {at} of {}",
                answer.status,
                answer.body.len(),
                self.key
            ))
            .into()),
        }
    }
}

impl OpenFile for Object {
    fn write_at(&self, _: &[IoSlice<'_>], _: u64) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.is_empty() || known.length.is_some_and(|length| at >= length) {
            return Ok(0);
        }
        let is_there = |known: &Known| at >= known.at && at < known.at + known.block.len() as u64;
        if !is_there(&known) {
            self.fetch(&mut known, at, buffer.len() as u64)?;
        }
        if !is_there(&known) {
            return Ok(0);
        }
        let from = &known.block[(at - known.at) as usize..];
        let read = from.len().min(buffer.len());
        buffer[..read].copy_from_slice(&from[..read]);
        Ok(read)
    }

    fn length(&self) -> io::Result<u64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(length) = known.length {
            return Ok(length);
        }
        let length = length_of(&self.wire, &self.key)?;
        known.length = Some(length);
        Ok(length)
    }

    fn set_length(&self, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// An object that is there is safe.
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Asks for the length of an object.
fn length_of(wire: &Wire, key: &str) -> io::Result<u64> {
    let answer = wire.ask(&Ask::of("HEAD", key)).map_err(|error| in_words(wire, key, error))?;
    let length = answer.header("content-length").and_then(|text| text.parse().ok());
    length.ok_or_else(|| BucketTrouble::Answer(format!("no length of {key}")).into())
}

/// Refusals of `HEAD` have no words: the same is asked so that there are some.
fn in_words(wire: &Wire, key: &str, refused: io::Error) -> io::Error {
    match BucketTrouble::of(&refused) {
        Some(BucketTrouble::Denied { .. } | BucketTrouble::Answer(_)) => {
            let mut ask = Ask::of("GET", key);
            ask.headers.push(("range", "bytes=0-0".to_owned()));
            wire.ask(&ask).err().unwrap_or(refused)
        }
        _ => refused,
    }
}

/// `bytes 0-9/100` (RFC 9110 §14.4).
fn read_range(text: &str) -> Option<(u64, u64, u64)> {
    let (range, length) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (begin, end) = range.split_once('-')?;
    let (begin, end, length) = (begin.parse().ok()?, end.parse().ok()?, length.parse().ok()?);
    (begin <= end && end < length).then_some((begin, end, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_or_refused() {
        assert_eq!(read_range("bytes 5-9/100"), Some((5, 9, 100)));
        for text in ["bytes 9-5/100", "bytes 0-100/100", "bytes */100", "items 0-1/2", "bytes 0-1/*", ""] {
            assert_eq!(read_range(text), None, "{text}");
        }
    }
}
