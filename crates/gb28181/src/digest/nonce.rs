//! Nonces that need no memory: the time of making, and a keyed code over it and over who asked.

use std::fmt;

use super::algorithm::Output;
use super::hmac::Hmac;

/// Length of a nonce: 12 digits of time and 20 of code. 32 characters, as MD5-minded firmware with fixed buffers expects; 80 bits cannot be
/// guessed within the life of a nonce.
pub const NONCE_BYTES: usize = 32;

const TIME_DIGITS: usize = 12;
const CODE_DIGITS: usize = NONCE_BYTES - TIME_DIGITS;

/// The secret that nonces are made with. It may change at any time: devices are then challenged once more.
#[derive(Clone)]
pub struct NonceKey(Hmac);

/// What is wrong with a nonce, or when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonceAge {
    /// Ours, made at this time, and young enough.
    Fresh {
        /// When it was made.
        made_ms: i64,
    },
    /// Ours and too old, or from the future of a clock that was set back.
    Stale,
    /// Not ours, or made for somebody else.
    Foreign,
}

impl NonceKey {
    /// Takes 32 random bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(Hmac::new(secret))
    }

    /// A nonce for whoever `context` names: the same parts must be given to [`NonceKey::age`]. The time is in milliseconds of any clock, the
    /// same for both; a monotonic one is never set back.
    pub fn make(&self, now_ms: i64, context: &[&[u8]]) -> [u8; NONCE_BYTES] {
        let time = (now_ms.max(0) as u64 & 0xFFFF_FFFF_FFFF).to_be_bytes();
        let mut nonce = [0; NONCE_BYTES];
        nonce[..TIME_DIGITS].copy_from_slice(Output::new(&time[2..]).as_bytes());
        nonce[TIME_DIGITS..].copy_from_slice(&self.code(time, context).as_bytes()[..CODE_DIGITS]);
        nonce
    }

    /// Judges a nonce that came back.
    pub fn age(&self, nonce: &[u8], now_ms: i64, age_ms_max: i64, context: &[&[u8]]) -> NonceAge {
        let Some(time) = parse_time(nonce) else { return NonceAge::Foreign };
        let code = self.code(time.to_be_bytes(), context);
        let pairs = code.as_bytes()[..CODE_DIGITS].iter().zip(&nonce[TIME_DIGITS..]);
        if std::hint::black_box(pairs.fold(0, |all, (ours, theirs)| all | (ours ^ theirs))) != 0 {
            return NonceAge::Foreign;
        }
        let made_ms = time as i64;
        if (0..=age_ms_max).contains(&(now_ms - made_ms)) {
            NonceAge::Fresh { made_ms }
        } else {
            NonceAge::Stale
        }
    }

    fn code(&self, time: [u8; 8], context: &[&[u8]]) -> Output {
        // Separators keep ("ab", "c") and ("a", "bc") apart; no part contains a zero byte of its own meaning.
        let mut parts: [&[u8]; 8] = [b""; 8];
        parts[0] = &time;
        for (slots, part) in parts[1..].chunks_exact_mut(2).zip(context) {
            slots[0] = b"\0";
            slots[1] = part;
        }
        Output::new(&self.0.code(&parts))
    }
}

impl fmt::Debug for NonceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NonceKey(…)")
    }
}

fn parse_time(nonce: &[u8]) -> Option<u64> {
    if nonce.len() != NONCE_BYTES {
        return None;
    }
    nonce[..TIME_DIGITS].iter().try_fold(0, |time, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(time << 4 | u64::from(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_764_000_000_000;

    fn key() -> NonceKey {
        NonceKey::new(&[7; 32])
    }

    #[test]
    fn a_nonce_is_ours_and_fresh_for_whom_it_was_made() {
        let nonce = key().make(NOW, &[b"a", b"b"]);
        assert_eq!(key().age(&nonce, NOW + 5, 1000, &[b"a", b"b"]), NonceAge::Fresh { made_ms: NOW });
    }

    #[test]
    fn a_nonce_grows_stale_and_is_never_from_the_future() {
        let nonce = key().make(NOW, &[b"a"]);
        assert_eq!(key().age(&nonce, NOW + 1001, 1000, &[b"a"]), NonceAge::Stale);
        assert_eq!(key().age(&nonce, NOW - 1, 1000, &[b"a"]), NonceAge::Stale);
    }

    #[test]
    fn a_nonce_of_another_key_device_or_time_is_foreign() {
        let nonce = key().make(NOW, &[b"a", b"bc"]);
        let mut later = nonce;
        later[11] = if later[11] == b'0' { b'1' } else { b'0' };
        for (key, nonce, context) in [
            (NonceKey::new(&[8; 32]), &nonce[..], [&b"a"[..], b"bc"]),
            (key(), &nonce[..], [b"ab", b"c"]),
            (key(), &later[..], [b"a", b"bc"]),
            (key(), &nonce[..31], [b"a", b"bc"]),
        ] {
            assert_eq!(key.age(nonce, NOW, 1000, &context), NonceAge::Foreign);
        }
    }
}
