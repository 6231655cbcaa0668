//! How long to wait before trying a camera again: for ever, growing, never in step with the other cameras.
//!
//! The upper bound is low (a camera that comes back should be seen within seconds, and one connection attempt
//! costs nothing); the jitter keeps a school whose switch restarts from knocking with all cameras at once.
//! A refused password waits much longer, because cameras lock an account after a handful of wrong attempts.

/// Bounds of the waiting time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackoffLimits {
    /// Wait before the first repetition, in milliseconds.
    pub first_ms: u64,
    /// Longest wait between attempts to connect, in milliseconds.
    pub max_ms: u64,
    /// Wait after a refused password or a stream we cannot use, in milliseconds.
    pub refused_ms: u64,
}

impl Default for BackoffLimits {
    fn default() -> Self {
        Self { first_ms: 500, max_ms: 5_000, refused_ms: 60_000 }
    }
}

/// The waiting times of one camera; deterministic from its seed.
#[derive(Debug)]
pub struct Backoff {
    limits: BackoffLimits,
    attempt: u32,
    random: u64,
}

impl Backoff {
    /// Starts with `first_ms`; `seed` decides the jitter.
    pub fn new(limits: BackoffLimits, seed: u64) -> Self {
        Self { limits, attempt: 0, random: seed }
    }

    /// Waiting time in milliseconds after one more failure to connect: doubles up to the limit, 50–100 % of it.
    pub fn after_failure_ms(&mut self) -> u64 {
        let full = self.limits.first_ms.saturating_mul(1 << self.attempt.min(16)).min(self.limits.max_ms);
        self.attempt = self.attempt.saturating_add(1);
        self.jitter(full)
    }

    /// Waiting time in milliseconds after the camera answered, but with a refusal that repetition cannot cure.
    pub fn after_refusal_ms(&mut self) -> u64 {
        self.jitter(self.limits.refused_ms)
    }

    /// Frames arrived: the next failure starts from the beginning.
    pub fn succeeded(&mut self) {
        self.attempt = 0;
    }

    fn jitter(&mut self, full: u64) -> u64 {
        // SplitMix64: enough for spreading, and no state to share.
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        full / 2 + mixed % (full / 2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_the_limit_and_starts_again_after_success() {
        let mut backoff = Backoff::new(BackoffLimits::default(), 7);
        let waits: Vec<u64> = (0..40).map(|_| backoff.after_failure_ms()).collect();
        assert!((250..=500).contains(&waits[0]), "{waits:?}");
        assert!((1000..=2000).contains(&waits[2]), "{waits:?}");
        assert!(waits[5..].iter().all(|wait| (2500..=5000).contains(wait)), "{waits:?}");
        backoff.succeeded();
        assert!(backoff.after_failure_ms() <= 500);
        assert!(backoff.after_refusal_ms() >= 30_000);
    }

    #[test]
    fn two_cameras_do_not_knock_in_step() {
        let mut one = Backoff::new(BackoffLimits::default(), 1);
        let mut two = Backoff::new(BackoffLimits::default(), 2);
        let differing = (0..20).filter(|_| one.after_failure_ms() != two.after_failure_ms()).count();
        assert!(differing >= 18);
    }
}
