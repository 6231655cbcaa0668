//! Which fragments show a stretch of time, and how they follow each other.

use super::entries::Entry;
use std::path::PathBuf;

/// Longest hole that stays in what is played: the picture stands for so long. Longer ones are closed, and a [`super::Mark`] tells of it.
pub(super) const HOLE_KEPT_US: i64 = 1_000_000;

/// A file of the stream, and what the ledger knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footage {
    /// Where it lies, folder of the disk included.
    pub path: PathBuf,
    /// Its fragments in order.
    pub entries: Vec<Entry>,
}

/// A fragment to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Which of the footage.
    pub(super) file: usize,
    pub(super) entry: Entry,
    /// Its decoding times do not simply go on from those of the piece before: it begins so many microseconds after that one's end.
    pub(super) begins_after_us: Option<i64>,
}

/// The fragments that show any of the time from `from_us` to `to_us`, which is not part of it, beginning with one that can be decoded by itself.
pub(super) fn select(footage: &[Footage], from_us: i64, to_us: i64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (file, footage) in footage.iter().enumerate() {
        let is_shown = |entry: &Entry| entry.ends_at_us() > from_us && entry.begins_at_us < to_us;
        let Some(first) = footage.entries.iter().position(is_shown) else { continue };
        let before = &footage.entries[..=first];
        let begin = if pieces.is_empty() {
            // Without a key picture before it, the first that comes after it.
            before.iter().rposition(|entry| entry.is_key).unwrap_or(first)
        } else {
            first
        };
        for &entry in footage.entries[begin..].iter().filter(|entry| entry.begins_at_us < to_us) {
            if pieces.is_empty() && !entry.is_key {
                continue;
            }
            let begins_after_us = match pieces.last() {
                None => Some(0),
                Some(last) => hole_us(last, file, &entry),
            };
            pieces.push(Piece { file, entry, begins_after_us });
        }
    }
    pieces
}

/// The hole before a piece where it begins anew: in another file, or after one.
fn hole_us(last: &Piece, file: usize, next: &Entry) -> Option<i64> {
    let hole_us = next.begins_at_us.saturating_sub(last.entry.ends_at_us());
    let is_long = hole_us.saturating_abs() > HOLE_KEPT_US;
    (is_long || last.file != file).then_some(if is_long { 0 } else { hole_us.max(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(second: i64, is_key: bool) -> Entry {
        let (begins_at_us, duration_us) = (second * 1_000_000, 2_000_000);
        Entry { offset: 0, head_bytes: 1, sample_bytes: 1, begins_at_us, duration_us, is_key, frames: 50 }
    }

    fn footage(seconds: &[(i64, bool)]) -> Footage {
        let entries = seconds.iter().map(|(second, is_key)| entry(*second, *is_key)).collect();
        Footage { path: PathBuf::new(), entries }
    }

    /// Beginnings in seconds, and how each follows the one before.
    fn selected(footage: &[Footage], from_s: i64, to_s: i64) -> Vec<(i64, Option<i64>)> {
        let pieces = select(footage, from_s * 1_000_000, to_s * 1_000_000);
        pieces.iter().map(|piece| (piece.entry.begins_at_us / 1_000_000, piece.begins_after_us)).collect()
    }

    #[test]
    fn a_range_begins_with_the_key_picture_before_it() {
        let footage = [footage(&[(0, true), (2, false), (4, false), (6, true)])];
        assert_eq!(selected(&footage, 5, 6), [(0, Some(0)), (2, None), (4, None)]);
        assert_eq!(selected(&footage, 6, 7), [(6, Some(0))]);
    }

    #[test]
    fn what_cannot_be_decoded_is_left_out_at_the_beginning() {
        let footage = [footage(&[(0, false), (2, false)]), footage(&[(4, false), (6, true), (8, false)])];
        assert_eq!(selected(&footage, 0, 100), [(6, Some(0)), (8, None)]);
    }

    #[test]
    fn a_short_hole_stays_and_a_long_one_is_closed() {
        let footage = [footage(&[(0, true), (2, true)]), footage(&[(5, true), (60, true), (62, true)])];
        assert_eq!(
            selected(&footage, 0, 100),
            [(0, Some(0)), (2, None), (5, Some(1_000_000)), (60, Some(0)), (62, None)]
        );
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_turn_the_picture_back() {
        let footage = [footage(&[(50, true)]), footage(&[(20, true)])];
        assert_eq!(selected(&footage, 0, 100), [(50, Some(0)), (20, Some(0))]);
    }
}
