//! Seeds of draws (roll-calls of a day, drills of a month): sealed from the commitment to them until they are published, so that a copy of the
//! database tells nobody who will be asked when.

use domain::duty::roll_call::draw::{Seed, hex};

use crate::Platform;

impl Platform {
    /// A seed as it is kept until it is published.
    pub(crate) fn close_seed(&self, seed: &Seed, context: &str) -> Vec<u8> {
        self.inner.seal.close(&hex(seed), context, self.inner.surroundings.random())
    }

    /// The seed again; none where the key of this data folder does not open it.
    pub(crate) fn open_seed(&self, sealed: &[u8], context: &str) -> Option<Seed> {
        unhex(&self.inner.seal.open(sealed, context)?)
    }
}

/// Reads a seed from small hex digits.
fn unhex(text: &str) -> Option<Seed> {
    let mut seed = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (n, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(n * 2..n * 2 + 2)?, 16).ok()?;
    }
    Some(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_reads_back() {
        let seed: Seed = std::array::from_fn(|n| (n * 7) as u8);
        assert_eq!(unhex(&hex(&seed)), Some(seed));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }
}
