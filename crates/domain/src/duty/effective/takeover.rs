//! Replacing an organisation (更换): the next one should take over before the old one leaves. What lies between the two is nobody's duty and
//! proves nothing.

use jiff::SignedDuration;

use crate::duty::minutes::MINUTE_US;
use crate::recording::Span;

/// How long both should serve together before the old contract ends; a proposal: a day has every shift once.
pub const OVERLAP_MIN: SignedDuration = SignedDuration::from_hours(24);

/// How two contracts meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takeover {
    /// When both serve; empty where they do not.
    pub overlap: Span,
    /// When neither does; empty where they meet.
    pub uncovered: Span,
}

/// How the stretches of the old and the next contract meet. A next one that begins before the old one and ends after it covers it wholly.
pub fn takeover(old: &Span, next: &Span) -> Takeover {
    let none = Span::new(next.start, next.start);
    Takeover {
        overlap: old.overlap(next),
        uncovered: if next.start > old.end { Span::new(old.end, next.start) } else { none },
    }
}

impl Takeover {
    /// Whether queue and keys can be handed over in time: both serve together for at least [`OVERLAP_MIN`].
    pub fn is_smooth(&self) -> bool {
        self.overlap.length_us() >= OVERLAP_MIN.as_micros() as i64
    }

    /// Minutes that nobody covers, the begun ones too. Each is a required minute without proof, cause: no contract.
    pub fn uncovered_minutes(&self) -> u64 {
        (self.uncovered.length_us() as u64).div_ceil(MINUTE_US as u64)
    }
}
