//! The clip of an alarm: some seconds before and after, cut from what was recorded.

use jiff::{SignedDuration, Timestamp};

use super::span::{Span, overlap};

/// Seconds before the alarm: how it came to be.
pub const CLIP_BEFORE: SignedDuration = SignedDuration::from_secs(10);
/// Seconds after it: what became of it. Also how long a clip has to be waited for.
pub const CLIP_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// The stretch that the clip of an alarm shows.
pub fn clip_span(occurred_at: Timestamp) -> Span {
    let start = occurred_at.saturating_sub(CLIP_BEFORE).unwrap_or(Timestamp::MIN);
    let end = occurred_at.saturating_add(CLIP_AFTER).unwrap_or(Timestamp::MAX);
    Span::new(start, end)
}

/// The parts of it that were recorded, in order; none where the camera was not recorded then.
pub fn clip_parts(occurred_at: Timestamp, recorded: &[Span]) -> Vec<Span> {
    overlap(&[clip_span(occurred_at)], recorded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_what_was_recorded_of_thirty_seconds() {
        let at = |s| Timestamp::from_second(s).unwrap();
        let recorded = [Span::new(at(0), at(95)), Span::new(at(110), at(900))];
        assert_eq!(clip_span(at(100)), Span::new(at(90), at(120)));
        assert_eq!(clip_parts(at(100), &recorded), [Span::new(at(90), at(95)), Span::new(at(110), at(120))]);
        assert_eq!(clip_parts(at(5000), &recorded), []);
    }
}
