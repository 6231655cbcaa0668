//! Stretches of time and what is left of one when others are taken away.

use jiff::Timestamp;

/// A stretch of time: from `start`, up to but without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first moment.
    pub start: Timestamp,
    /// The moment after its last.
    pub end: Timestamp,
}

impl Span {
    /// A stretch; empty when it ends before it begins.
    pub fn new(start: Timestamp, end: Timestamp) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Its length, microseconds.
    pub fn length_us(&self) -> i64 {
        self.end.as_microsecond() - self.start.as_microsecond()
    }

    /// True when no moment lies in it.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// What both have; empty when they do not touch.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Self {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

/// The same moments as stretches that neither touch nor overlap, in order.
pub fn union(spans: &[Span]) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
    sorted.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The moments of `whole` that lie in none of `taken`, in order.
pub fn subtract(whole: &[Span], taken: &[Span]) -> Vec<Span> {
    let taken = union(taken);
    let mut left = Vec::new();
    for span in union(whole) {
        let mut start = span.start;
        let from = taken.partition_point(|one| one.end <= span.start);
        for one in taken[from..].iter().take_while(|one| one.start < span.end) {
            if start < one.start {
                left.push(Span { start, end: one.start });
            }
            start = one.end;
        }
        if start < span.end {
            left.push(Span { start, end: span.end });
        }
    }
    left
}

/// The moments that lie in both, in order.
pub fn overlap(one: &[Span], other: &[Span]) -> Vec<Span> {
    subtract(one, &subtract(one, other))
}

/// Length of all of them together, microseconds; moments named twice count twice.
pub fn total_us(spans: &[Span]) -> i64 {
    spans.iter().map(Span::length_us).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> Span {
        Span::new(Timestamp::from_second(start).unwrap(), Timestamp::from_second(end).unwrap())
    }

    #[test]
    fn what_touches_becomes_one() {
        assert_eq!(
            union(&[span(5, 9), span(0, 2), span(2, 4), span(6, 7), span(3, 3)]),
            [span(0, 4), span(5, 9)]
        );
    }

    #[test]
    fn what_is_left_has_neither_ends_nor_middles_of_what_was_taken() {
        for (whole, taken, left) in [
            (vec![span(0, 10)], vec![], vec![span(0, 10)]),
            (vec![span(0, 10)], vec![span(0, 10)], vec![]),
            (vec![span(0, 10)], vec![span(-5, 20)], vec![]),
            (vec![span(0, 10)], vec![span(-5, 2), span(4, 5), span(9, 12)], vec![span(2, 4), span(5, 9)]),
            (vec![span(0, 4), span(6, 10)], vec![span(3, 7)], vec![span(0, 3), span(7, 10)]),
            (vec![span(0, 4)], vec![span(4, 9)], vec![span(0, 4)]),
        ] {
            assert_eq!(subtract(&whole, &taken), left, "{whole:?} without {taken:?}");
        }
    }
}
