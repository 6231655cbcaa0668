//! The score of an organisation (机构评分): published rules over listed counts, so that the organisation itself gets the same number.
//!
//! Five shares, each with a published weight; whole numbers throughout, rounded once, downwards, at the end of each part. What was never
//! measured earns nothing and its weight stays: an organisation that was never asked has not answered. Upheld findings of feigned duty are
//! taken off the sum.
//!
//! Worked by hand, as the console shows it:
//!
//! ```
//! use watchfire_domain::duty::score::{ScoreInputs, score};
//! use watchfire_domain::figures::Ratio;
//!
//! let inputs = ScoreInputs {
//!     coverage: Ratio::new(295_200, 302_400),  // proven of required minutes: 97.619…%
//!     roll_calls: Ratio::new(402, 420),        // answered in time: 95.714…%
//!     alarms: Ratio::new(171, 180),            // taken in time: 95 %
//!     camera: Ratio::new(302_100, 302_400),    // duty room camera on-line: 99.9…%
//!     drills: Ratio::new(350, 400),            // half points of two drills: 87.5 %
//!     upheld: 0,
//! };
//! let score = score(&inputs);
//! // Hundredths of a point: weight × 100 × share, rounded down.
//! assert_eq!(score.parts.map(|part| part.hundredths), [3904, 1914, 1900, 999, 875]);
//! assert_eq!(score.hundredths, 9592); // 95.92 of 100
//! ```

pub mod file;

use serde::{Deserialize, Serialize};

use crate::figures::Ratio;
use crate::words::words;

/// Hundredths of a point that each upheld finding of feigned duty takes away: twenty points.
pub const UPHELD_HUNDREDTHS: u32 = 2000;

/// A part of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScorePart {
    /// Minutes proven, of those required.
    Coverage,
    /// Roll-calls answered in time, of those that count.
    RollCalls,
    /// Alarms taken in time, of those raised.
    Alarms,
    /// Minutes in which the duty room's camera was on-line, of all.
    Camera,
    /// Half points of drills, of those that could be had.
    Drills,
}

words! { ScorePart:
    Coverage = "coverage", "值守证实率", "Coverage proven";
    RollCalls = "roll_calls", "查岗按时应答率", "Roll-calls answered in time";
    Alarms = "alarms", "告警按时接警率", "Alarms taken in time";
    Camera = "camera", "值班室视频在线率", "Duty room camera on-line";
    Drills = "drills", "演练得分率", "Drills";
}

impl ScorePart {
    /// Points of 100; a proposal. What shows that somebody is there weighs most.
    pub fn weight(self) -> u32 {
        match self {
            Self::Coverage => 40,
            Self::RollCalls | Self::Alarms => 20,
            Self::Camera | Self::Drills => 10,
        }
    }
}

/// Everything that the score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScoreInputs {
    /// Minutes proven, of those required.
    pub coverage: Ratio,
    /// Roll-calls answered in time, of those that count.
    pub roll_calls: Ratio,
    /// Alarms taken in time, of those raised.
    pub alarms: Ratio,
    /// Minutes with the duty room's camera on-line, of all.
    pub camera: Ratio,
    /// Half points of drills, of those that could be had.
    pub drills: Ratio,
    /// Findings of feigned duty that were upheld in the period.
    pub upheld: u32,
}

/// One part of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartScore {
    /// Which.
    pub part: ScorePart,
    /// What was counted.
    pub share: Ratio,
    /// What it earns, hundredths of a point.
    pub hundredths: u32,
}

/// A score with its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The parts, in order.
    pub parts: [PartScore; ScorePart::ALL.len()],
    /// What upheld findings take away, hundredths of a point.
    pub taken_away: u32,
    /// The score, hundredths of a point, 0 to 10 000.
    pub hundredths: u32,
}

/// The score of an organisation.
pub fn score(inputs: &ScoreInputs) -> Score {
    let parts = ScorePart::ALL.map(|part| {
        let share = match part {
            ScorePart::Coverage => inputs.coverage,
            ScorePart::RollCalls => inputs.roll_calls,
            ScorePart::Alarms => inputs.alarms,
            ScorePart::Camera => inputs.camera,
            ScorePart::Drills => inputs.drills,
        };
        PartScore { part, share, hundredths: earned(share, part.weight() * 100) }
    });
    let sum: u32 = parts.iter().map(|part| part.hundredths).sum();
    let taken_away = inputs.upheld.saturating_mul(UPHELD_HUNDREDTHS);
    Score { parts, taken_away, hundredths: sum.saturating_sub(taken_away) }
}

/// `most` times the share, rounded down; nothing where nothing was measured. A share above one counts as one.
fn earned(share: Ratio, most: u32) -> u32 {
    if share.is_empty() {
        return 0;
    }
    let numerator = u128::from(share.numerator.min(share.denominator));
    // At most `most`, which is 32 bits.
    (numerator * u128::from(most) / u128::from(share.denominator)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_weights_are_a_hundred_and_what_was_not_measured_earns_nothing() {
        assert_eq!(ScorePart::ALL.map(ScorePart::weight).iter().sum::<u32>(), 100);
        assert_eq!(score(&ScoreInputs::default()).hundredths, 0);
        let one = Ratio::new(1, 1);
        let full =
            ScoreInputs { coverage: one, roll_calls: one, alarms: one, camera: one, drills: one, upheld: 0 };
        assert_eq!(score(&full).hundredths, 10_000);
        assert_eq!(score(&ScoreInputs { upheld: 2, ..full }).hundredths, 6_000);
        assert_eq!(score(&ScoreInputs { upheld: u32::MAX, ..full }).hundredths, 0);
        assert_eq!(score(&ScoreInputs { drills: Ratio::default(), ..full }).hundredths, 9_000);
        assert_eq!(
            score(&ScoreInputs { drills: Ratio::new(3, 2), ..full }).hundredths,
            10_000,
            "no share is above one"
        );
    }

    proptest! {
        #[test]
        fn a_score_stays_within_0_and_100_and_doing_better_never_lowers_it(
            counts in prop::array::uniform5((any::<u64>(), any::<u64>())), upheld in 0_u32..9, part in 0_usize..5,
        ) {
            let shares = counts.map(|(a, b)| Ratio::new(a.min(b), a.max(b)));
            let inputs = |shares: [Ratio; 5]| ScoreInputs {
                coverage: shares[0], roll_calls: shares[1], alarms: shares[2], camera: shares[3], drills: shares[4], upheld,
            };
            let before = score(&inputs(shares)).hundredths;
            prop_assert!(before <= 10_000);
            let mut better = shares;
            better[part].numerator = better[part].numerator.saturating_add(1).min(better[part].denominator);
            prop_assert!(score(&inputs(better)).hundredths >= before);
        }
    }
}
