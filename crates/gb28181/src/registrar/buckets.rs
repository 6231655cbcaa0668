//! Token buckets in a table of fixed size.
//!
//! A flood from a million forged addresses must not cost a million entries. The table has sets of four; when a set is full, the bucket that is
//! fullest gives way, because it has the least to tell. Nothing is allocated after the start.

use std::hash::{BuildHasher as _, Hash, RandomState};

/// Sets of four: 65 536 buckets of 16 bytes, 1 MiB.
const SETS: usize = 16_384;
const WAYS: usize = 4;

/// Buckets under any kind of key.
#[derive(Debug)]
pub(super) struct Buckets {
    hasher: RandomState,
    slots: Box<[Bucket]>,
    rate: f32,
    burst: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    key: u64,
    tokens: f32,
    // The lowest 32 bits of milliseconds; a bucket untouched for 49 days may look emptier than it is, which harms nobody.
    at_ms: u32,
}

impl Buckets {
    /// Buckets that fill with `rate` tokens a second up to `burst`.
    pub fn new((rate, burst): (f32, f32)) -> Self {
        let slots = vec![Bucket { key: 0, tokens: f32::INFINITY, at_ms: 0 }; SETS * WAYS].into_boxed_slice();
        Self { hasher: RandomState::new(), slots, rate, burst }
    }

    /// Takes a token; `false` when there is none.
    pub fn take(&mut self, now_ms: u64, key: impl Hash) -> bool {
        let key = self.hasher.hash_one(key) | 1;
        let set = (key >> 32) as usize % SETS * WAYS;
        let set = &mut self.slots[set..set + WAYS];
        let at = if let Some(at) = set.iter().position(|bucket| bucket.key == key) {
            at
        } else {
            let mut fullest = 0;
            for way in 1..WAYS {
                if set[way].tokens > set[fullest].tokens {
                    fullest = way;
                }
            }
            set[fullest] = Bucket { key, tokens: self.burst, at_ms: now_ms as u32 };
            fullest
        };
        take(&mut set[at].tokens, &mut set[at].at_ms, now_ms, self.rate, self.burst)
    }
}

/// Takes a token out of one bucket.
pub(super) fn take(tokens: &mut f32, at_ms: &mut u32, now_ms: u64, rate: f32, burst: f32) -> bool {
    let passed_ms = (now_ms as u32).wrapping_sub(*at_ms);
    *tokens = (*tokens + passed_ms as f32 * rate / 1_000.0).min(burst);
    *at_ms = now_ms as u32;
    let granted = *tokens >= 1.0;
    if granted {
        *tokens -= 1.0;
    }
    granted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_granted_and_then_the_rate() {
        let mut buckets = Buckets::new((2.0, 5.0));
        let granted = (0..10).filter(|_| buckets.take(0, "a")).count();
        assert_eq!(granted, 5);
        let granted = (1..=10).filter(|i| buckets.take(i * 100, "a")).count();
        assert_eq!(granted, 2);
    }

    #[test]
    fn one_key_does_not_pay_for_another() {
        let mut buckets = Buckets::new((1.0, 1.0));
        assert!(buckets.take(0, "a") && buckets.take(0, "b"));
        assert!(!buckets.take(0, "a"));
    }

    #[test]
    fn a_flood_of_keys_does_not_free_the_one_that_floods() {
        let mut buckets = Buckets::new((0.001, 3.0));
        while buckets.take(0, "flooder") {}
        for stranger in 0..200_000_u32 {
            buckets.take(0, stranger);
        }
        assert!(!buckets.take(0, "flooder"));
        assert_eq!(buckets.slots.len(), SETS * WAYS);
    }
}
