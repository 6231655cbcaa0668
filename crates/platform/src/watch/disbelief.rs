//! Disbelief: which of what a camera tells is inhibited by what is wrong with its pictures now (`domain::alarm::inhibition` decides the pairs).
//!
//! Fire that was told before the fault is believed on, for as long as it is seen: smoke that grows until it covers the lens is still that smoke.

use domain::alarm::AlarmCode;
use domain::alarm::inhibition::{Why, verdict};
use vision::{Kind, Observation};

use crate::alarms::code_of;

/// Why a kind is inhibited by these faults; none where it is told.
pub(super) fn inhibits(faults: &[AlarmCode], seen: AlarmCode) -> Option<Why> {
    faults.iter().find_map(|fault| verdict(*fault, seen).inhibits())
}

/// Of which kinds of fire the first telling was inhibited.
#[derive(Debug, Default)]
pub(super) struct Disbelief {
    inhibited: Vec<Kind>,
}

impl Disbelief {
    /// Why an observation is inhibited; none where it is told. What was inhibited at first and is seen on is told when the fault is over.
    pub(super) fn of_fire(&mut self, observation: &Observation, faults: &[AlarmCode]) -> Option<Why> {
        let kind = observation.kind;
        if observation.is_again && !self.inhibited.contains(&kind) {
            return None;
        }
        let why = inhibits(faults, code_of(kind));
        self.inhibited.retain(|one| *one != kind);
        self.inhibited.extend(why.map(|_| kind));
        why
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use vision::{Certainty, Evidence};

    fn seen(kind: Kind, is_again: bool) -> Observation {
        Observation {
            kind,
            certainty: Certainty::Confirmed,
            score: 0.9,
            boxes: Vec::new(),
            at: Timestamp::UNIX_EPOCH,
            first_seen_at: Timestamp::UNIX_EPOCH,
            is_again,
            model_version: String::new(),
            evidence: Evidence { plain_jpeg: Vec::new(), marked_jpeg: Vec::new() },
        }
    }

    #[test]
    fn smoke_told_before_the_lens_is_covered_is_believed_on_and_smoke_seen_first_by_a_covered_lens_is_not() {
        let covered = [AlarmCode::V02];
        let mut disbelief = Disbelief::default();
        let mut is_told =
            |kind, is_again, faults: &[AlarmCode]| disbelief.of_fire(&seen(kind, is_again), faults).is_none();
        assert!(is_told(Kind::Smoke, false, &[]));
        assert!(is_told(Kind::Smoke, true, &covered), "the smoke covers the lens by now");
        assert!(is_told(Kind::Flame, false, &covered), "a flame is told through every fault");
        // Gone, and then seen for the first time by a lens that is covered.
        assert!(!is_told(Kind::Smoke, false, &covered));
        assert!(!is_told(Kind::Smoke, true, &covered), "still covered");
        assert!(is_told(Kind::Smoke, true, &[]), "the fault is over and the smoke is still there");
        assert!(is_told(Kind::Smoke, true, &covered), "and it stays told");
    }
}
