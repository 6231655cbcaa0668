//! The score that would have told a rule's real alarms from its false ones. A suggestion to a person who knows what it costs; never applied
//! by itself.

/// With fewer real alarms nothing is suggested: one that has not happened yet may score lower than the few that have.
pub const REAL_MIN: u32 = 5;
/// Scores are shown, and thresholds set, in so many steps from 0 to 1.
const STEPS: f64 = 100.0;

/// What a higher threshold would have done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// The lowest threshold that drops the false ones and keeps every real one, 0 to 1.
    pub threshold: f64,
    /// False alarms that it would have dropped.
    pub dropped: u32,
}

/// From the lowest score of `real` real alarms, and the number of false ones that scored lower, with the highest score among these. None where
/// there are too few real alarms, and where the two cannot be told apart.
pub fn suggest(
    (real, lowest_real): (u32, Option<f64>),
    (below, highest_below): (u32, Option<f64>),
) -> Option<Suggestion> {
    let (lowest_real, highest_below) = (lowest_real?, highest_below?);
    if real < REAL_MIN || below == 0 {
        return None;
    }
    let above = ((highest_below * STEPS).floor() + 1.0) / STEPS;
    // Between two neighbouring steps there is none: the real alarm's own score keeps it.
    Some(Suggestion { threshold: above.min(lowest_real), dropped: below })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_threshold_that_drops_false_ones_and_keeps_the_real() {
        let said = |real, lowest, below, highest| {
            suggest((real, lowest), (below, highest)).map(|s| (s.threshold, s.dropped))
        };
        assert_eq!(said(5, Some(0.9), 7, Some(0.612)), Some((0.62, 7)));
        assert_eq!(said(5, Some(0.615), 7, Some(0.612)), Some((0.615, 7)), "no step between them");
        assert_eq!(said(4, Some(0.9), 7, Some(0.6)), None, "too few real ones");
        assert_eq!(said(9, Some(0.5), 0, None), None, "false ones score as high as real ones");
        assert_eq!(said(9, None, 3, Some(0.4)), None, "rules without a score");
    }
}
