//! Names that nobody outside can guess: branches, tags and Call-IDs from one secret and a counter.
//!
//! Chance comes in as an argument, once; whoever gives the same secret gets the same names, so a story can be told twice.

use sha2::{Digest as _, Sha256};

use crate::sip::Branch;

/// A source of names.
#[derive(Debug)]
pub(crate) struct Tokens {
    secret: [u8; 32],
    count: u64,
}

impl Tokens {
    /// `secret` is random and new at each start.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { secret: *secret, count: 0 }
    }

    /// A number never given before.
    pub fn number(&mut self) -> u64 {
        self.count += 1;
        let mut hasher = Sha256::new();
        hasher.update(self.secret);
        hasher.update(self.count.to_be_bytes());
        let hash = hasher.finalize();
        hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// A branch for a request.
    pub fn branch(&mut self) -> Branch {
        Branch(self.number())
    }

    /// Sixteen hexadecimal digits: a tag or a Call-ID.
    pub fn text(&mut self) -> String {
        format!("{:016x}", self.number())
    }
}
