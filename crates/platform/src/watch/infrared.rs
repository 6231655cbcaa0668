//! A camera that sees by infrared in broad daylight: its filter is stuck, or its night mode was left on, and fire has no colour for it.
//!
//! A dark room is grey by day as well. So only a camera counts that has shown colour in the days before, and only around noon.

use domain::zone::Hours;
use jiff::{SignedDuration, Timestamp};

/// Hours in which a place that shows colour at all is light enough to: 10:00 to 15:00 in Beijing time.
const NOON: Hours = Hours { from_minute: 10 * 60, until_minute: 15 * 60 };
/// Grey for this long around noon.
const HOLD: SignedDuration = SignedDuration::from_hours(1);
/// Colour longer ago than this says nothing: a room may have been closed since.
const COLOUR_WITHIN: SignedDuration = SignedDuration::from_hours(72);
/// Looks with colour before it counts as one: a lamp that flashes is none.
const COLOUR_LOOKS: u32 = 3;

/// What a look means for the alarm desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InfraredStep {
    /// It is stuck.
    Stuck {
        /// Grey since, of this noon.
        since: Timestamp,
        /// When it was told.
        at: Timestamp,
    },
    /// There is colour again.
    Cleared,
}

/// Colour and grey of one camera.
#[derive(Debug, Default)]
pub(super) struct InfraredLedger {
    last_colour: Option<Timestamp>,
    colour_looks: u32,
    grey_since: Option<Timestamp>,
    is_told: bool,
}

impl InfraredLedger {
    /// Takes a look that shows the scene.
    pub(super) fn look(&mut self, at: Timestamp, is_grey: bool) -> Option<InfraredStep> {
        if !is_grey {
            self.grey_since = None;
            self.colour_looks = self.colour_looks.saturating_add(1);
            if self.colour_looks < COLOUR_LOOKS {
                return None;
            }
            self.last_colour = Some(at);
            return std::mem::take(&mut self.is_told).then_some(InfraredStep::Cleared);
        }
        self.colour_looks = 0;
        if !NOON.contains(at) {
            self.grey_since = None;
            return None;
        }
        let since = *self.grey_since.get_or_insert(at);
        let had_colour = self.last_colour.is_some_and(|last| at.duration_since(last) < COLOUR_WITHIN);
        let is_stuck = had_colour && at.duration_since(since) >= HOLD && !self.is_told;
        is_stuck.then(|| {
            self.is_told = true;
            InfraredStep::Stuck { since, at }
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::beijing;

    use super::*;

    /// So many minutes after 8:00 in Beijing.
    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_795_996_800 + 60 * minutes).unwrap()
    }

    /// Looks every ten minutes from 8:00 on: `c` colour, three looks of it, `g` grey. Minutes at which something was told.
    fn told(looks: &str) -> Vec<(i64, bool)> {
        let mut ledger = InfraredLedger::default();
        let mut all = Vec::new();
        for (number, mark) in looks.chars().enumerate() {
            let minutes = 10 * number as i64;
            let times = if mark == 'c' { COLOUR_LOOKS } else { 1 };
            for _ in 0..times {
                let step = ledger.look(at(minutes), mark == 'g');
                all.extend(step.map(|step| (minutes, matches!(step, InfraredStep::Stuck { .. }))));
            }
        }
        all
    }

    #[test]
    fn the_clock_of_the_tests_is_the_one_that_is_meant() {
        assert_eq!(beijing::minute_of_day(at(0)), 8 * 60);
    }

    #[test]
    fn grey_around_noon_is_told_after_an_hour_where_there_was_colour() {
        let morning = "cccccccccccc";
        assert_eq!(told(&format!("{morning}ggggggggcc")), [(180, true), (200, false)]);
        assert_eq!(told(&format!("{morning}gggggc")), []);
        // Dark before ten, and lit afterwards.
        assert_eq!(told("cgggggggggggc"), []);
    }

    #[test]
    fn a_room_that_never_shows_colour_is_only_dark() {
        assert_eq!(told(&"g".repeat(60)), []);
    }
}
