//! Boxes inside bytes (ISO/IEC 14496-12 §4.2), read from files that may be damaged: nothing here panics, and a box that reaches past
//! its surroundings ends the walk.

use std::ops::Range;

/// Where a box lies in the bytes that were walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Four letters.
    pub(super) kind: [u8; 4],
    /// The whole box.
    pub(super) whole: Range<usize>,
    /// Without length and kind.
    pub(super) body: Range<usize>,
}

/// The boxes in a part of `bytes`, one after the other, until the first damaged one. Boxes of 64-bit length count as damaged: none of
/// what is kept in memory is so large.
pub(super) fn boxes(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Place> + '_ {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let length = u32_at(bytes, at)? as usize;
        let kind = [*bytes.get(at + 4)?, *bytes.get(at + 5)?, *bytes.get(at + 6)?, *bytes.get(at + 7)?];
        let end = at.checked_add(length).filter(|end| length >= 8 && *end <= within.end)?;
        let place = Place { kind, whole: at..end, body: at + 8..end };
        at = end;
        Some(place)
    })
}

/// The first box of a kind in a part of `bytes`.
pub(super) fn find(bytes: &[u8], within: Range<usize>, kind: [u8; 4]) -> Option<Place> {
    boxes(bytes, within).find(|place| place.kind == kind)
}

/// The first box along a path of kinds.
pub(super) fn path(bytes: &[u8], within: Range<usize>, kinds: &[[u8; 4]]) -> Option<Range<usize>> {
    kinds.iter().try_fold(within, |within, kind| find(bytes, within, *kind).map(|place| place.body))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_be_bytes)
}

/// Reads 32-bit fields one after the other.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn of(bytes: &'a [u8], body: &Range<usize>) -> Self {
        Self { bytes, at: body.start, end: body.end.min(bytes.len()) }
    }

    pub(super) fn next(&mut self) -> Option<u32> {
        let value = u32_at(self.bytes, self.at).filter(|_| self.at + 4 <= self.end)?;
        self.at += 4;
        Some(value)
    }

    /// The next field where a flag says that there is one, else `default`.
    pub(super) fn next_or(&mut self, is_there: bool, default: u32) -> Option<u32> {
        if is_there { self.next() } else { Some(default) }
    }

    pub(super) fn left(&self) -> usize {
        self.end.saturating_sub(self.at)
    }
}
