//! The deviations from RFC 3261 that were forgiven in one message.

use std::fmt;

/// A set of forgiven deviations. They are counted per device: a fault page that says "this recorder cuts its messages" saves a site visit.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Quirks(u16);

impl Quirks {
    /// Lines end with LF alone.
    pub const BARE_LF: Self = Self(1);
    /// A header is continued on the next line (legal, but rare and often broken).
    pub const FOLDED: Self = Self(1 << 1);
    /// The blank line after the headers is missing.
    pub const NO_BLANK_LINE: Self = Self(1 << 2);
    /// `Content-Length: 0`, and a body nevertheless (a middlebox; WVP#920).
    pub const LENGTH_ZERO_WITH_BODY: Self = Self(1 << 3);
    /// `Content-Length` promises more than came.
    pub const LENGTH_BEYOND_END: Self = Self(1 << 4);
    /// `Content-Length` would cut an XML body in the middle.
    pub const LENGTH_TOO_SHORT: Self = Self(1 << 5);
    /// `Content-Length` is not a number.
    pub const LENGTH_UNREADABLE: Self = Self(1 << 6);
    /// Blank or NUL bytes in front of the start line.
    pub const LEADING_NOISE: Self = Self(1 << 7);
    /// A header line without a colon; it was skipped.
    pub const BAD_HEADER_LINE: Self = Self(1 << 8);
    /// A header value that is not UTF-8.
    pub const NOT_UTF8: Self = Self(1 << 9);
    /// The message came in several datagrams (WVP#853).
    pub const SPLIT: Self = Self(1 << 10);

    const NAMES: [(Self, &'static str); 11] = [
        (Self::BARE_LF, "bare LF"),
        (Self::FOLDED, "folded header"),
        (Self::NO_BLANK_LINE, "no blank line"),
        (Self::LENGTH_ZERO_WITH_BODY, "length 0 with a body"),
        (Self::LENGTH_BEYOND_END, "length beyond the end"),
        (Self::LENGTH_TOO_SHORT, "length too short"),
        (Self::LENGTH_UNREADABLE, "length unreadable"),
        (Self::LEADING_NOISE, "leading noise"),
        (Self::BAD_HEADER_LINE, "header without colon"),
        (Self::NOT_UTF8, "header not UTF-8"),
        (Self::SPLIT, "split over datagrams"),
    ];

    /// Whether every quirk of `other` is in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing had to be forgiven.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds the quirks of `other`.
    pub fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The names of the quirks in this set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(quirk, _)| self.contains(*quirk)).map(|(_, name)| name)
    }
}

impl fmt::Debug for Quirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
