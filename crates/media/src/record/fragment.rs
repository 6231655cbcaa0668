//! What is recorded: the fragments of a stream, as bytes.
//!
//! The recorder never looks into a sample. Whoever fills a [`Fragment`] vouches for its form; [`super::scan()`] checks it on the way
//! back, when the file may have been through a power cut.

use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// A stream: one camera's main or sub stream, or whatever else the caller records. Opaque here; printed as 32 hexadecimal digits, which is
/// also the name of its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId(pub u128);

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// `ftyp` and `moov` of a stream (ISO/IEC 14496-12 §8.16.3): what a player needs before the first fragment. Every new one begins a
/// new file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Init(pub Bytes);

/// Some whole seconds of a stream: one group of pictures as a rule, with the sound between, as `moof` and `mdat`.
///
/// Decoding times (`tfdt`) go on from fragment to fragment as long as the `Init` stays the same; from which number they count is of no
/// matter. The samples lie in `mdat` in the order of `samples`, each picture as length-prefixed units.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// What it needs to be played. The same `Arc` as before while nothing has changed.
    pub init: Arc<Init>,
    /// `moof` and the header of `mdat`.
    pub head: Bytes,
    /// Content of `mdat`, written as it is without being joined.
    pub samples: Vec<Bytes>,
    /// Wall clock of the first picture, microseconds UTC.
    pub begins_at_us: i64,
    /// Until the next fragment begins, microseconds.
    pub duration_us: i64,
    /// Begins with a picture that depends on no other. Recording begins with such a fragment, also after a loss.
    pub is_key: bool,
    /// Pictures in it.
    pub frames: u32,
}

impl Fragment {
    /// Bytes it takes on the disk and in the queue, the time stamp that the recorder adds left aside.
    pub fn bytes(&self) -> u64 {
        (self.head.len() + self.samples.iter().map(Bytes::len).sum::<usize>()) as u64
    }

    /// Wall clock of its end.
    pub fn ends_at_us(&self) -> i64 {
        self.begins_at_us.saturating_add(self.duration_us)
    }
}
