//! Chance that anybody can repeat: numbers drawn from a secret seed by a digest, and a sample of rooms by lot.
//!
//! The digest (SHA-256 in the product) is handed in as a function. Each draw hashes a short text that names the seed, the day, the room and
//! a counter, so a draw of one room says nothing of another's or of the next, and can be repeated with a text editor and `sha256sum`.

use std::fmt::Write as _;

use crate::ids::DutyRoomId;

/// What SHA-256 gives.
pub type Digest = [u8; 32];
/// A secret seed: 32 bytes from the machine's source of randomness.
pub type Seed = [u8; 32];

/// How many rooms a sample is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleSize {
    /// So many, or all where there are fewer.
    Rooms(u32),
    /// So many of a hundred, 1 to 100; rounded up, so that a sample is never empty.
    Percent(u8),
}

/// A stream of whole numbers drawn from a text.
pub struct Draws<'a, D: Fn(&[u8]) -> Digest> {
    digest: &'a D,
    text: String,
    block: u32,
    words: [u32; 8],
    used: usize,
}

impl SampleSize {
    /// Of so many.
    pub fn of(self, all: usize) -> usize {
        match self {
            Self::Rooms(rooms) => all.min(rooms as usize),
            Self::Percent(percent) => (all * usize::from(percent.min(100))).div_ceil(100),
        }
    }
}

/// Bytes as small hex digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl<'a, D: Fn(&[u8]) -> Digest> Draws<'a, D> {
    /// The stream of `text`: block n is the digest of the text with the line `block n` after it, read as eight big-endian words.
    pub fn new(text: String, digest: &'a D) -> Self {
        Self { digest, text, block: 0, words: [0; 8], used: 8 }
    }

    /// A whole number from 0 up to but without `limit`, each equally likely: words from the uneven rest of the range are passed over.
    pub fn below(&mut self, limit: u32) -> u32 {
        let limit = limit.max(1);
        let uneven = (u32::MAX % limit + 1) % limit;
        loop {
            let word = self.word();
            if word <= u32::MAX - uneven {
                return word % limit;
            }
        }
    }

    fn word(&mut self) -> u32 {
        if self.used == self.words.len() {
            let block = (self.digest)(format!("{}block {}\n", self.text, self.block).as_bytes());
            for (word, bytes) in self.words.iter_mut().zip(block.chunks_exact(4)) {
                *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
            }
            self.block += 1;
            self.used = 0;
        }
        self.used += 1;
        self.words[self.used - 1]
    }
}

/// `count` rooms by lot: each room's ticket is the digest of seed, purpose and room, and the lowest tickets are drawn. `purpose` says what
/// the sample is for and when, so that one seed never serves twice. In the order of the tickets; all rooms where there are no more.
pub fn sample(
    seed: &Seed,
    purpose: &str,
    rooms: &[DutyRoomId],
    count: usize,
    digest: &impl Fn(&[u8]) -> Digest,
) -> Vec<DutyRoomId> {
    let mut tickets: Vec<(Digest, DutyRoomId)> =
        rooms.iter().map(|room| (digest(ticket_text(seed, purpose, *room).as_bytes()), *room)).collect();
    tickets.sort_unstable();
    tickets.dedup();
    tickets.into_iter().take(count).map(|(_, room)| room).collect()
}

/// What is hashed for the ticket of one room. A line break in `purpose` would let one text stand for another, so it becomes a space.
fn ticket_text(seed: &Seed, purpose: &str, room: DutyRoomId) -> String {
    let purpose = purpose.replace(['\n', '\r'], " ");
    format!("watchfire-roll-call-sample/1\nseed {}\npurpose {purpose}\nroom {room}\n", hex(seed))
}
