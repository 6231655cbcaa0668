//! Samples (样本): pictures of answered alarms that a later model may be measured on and trained with. Where they may be kept, and what an
//! answer says of a picture.

use serde::{Deserialize, Serialize};

use crate::alarm::{AlarmCode, FalseAlarmReason};
use crate::place::PlaceType;
use crate::words::words;

/// What a person said of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was one.
    Real,
    /// It was none.
    False,
}

words! { Answer:
    Real = "real", "真警", "Real";
    False = "false", "误报", "False";
}

/// Whether pictures of a place may become samples. Not of places where no camera may be (State Council Decree 799 art. 8), not of the
/// corridors of dormitories, where people are as they are at home, and not of places of which nobody said what they are.
pub fn allows_samples(place: PlaceType) -> bool {
    !place.is_forbidden() && !matches!(place, PlaceType::DormitoryCorridor | PlaceType::Other)
}

/// What a picture shows, as labelled folders say it: whether fire and whether smoke, none where the answer does not tell; and the context
/// `controlled` for a flame that somebody tends.
pub fn label_of(
    code: AlarmCode,
    answer: Answer,
    reason: Option<FalseAlarmReason>,
) -> (Option<bool>, Option<bool>, Option<&'static str>) {
    const TENDED: Option<&str> = Some("controlled");
    let is_real = answer == Answer::Real;
    match code {
        AlarmCode::F01 => (None, Some(is_real), None),
        // A permitted flame was no fire, and is a flame all the same.
        AlarmCode::F02 | AlarmCode::U04 if reason == Some(FalseAlarmReason::PermittedFlame) => {
            (Some(true), None, TENDED)
        }
        AlarmCode::F02 => (Some(is_real), None, None),
        AlarmCode::U04 => (Some(is_real), None, if is_real { TENDED } else { None }),
        _ => (None, None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_labels_what_it_was_about_and_nothing_else() {
        use Answer::{False, Real};
        let permitted = Some(FalseAlarmReason::PermittedFlame);
        let steam = Some(FalseAlarmReason::SteamFog);
        assert_eq!(label_of(AlarmCode::F01, Real, None), (None, Some(true), None));
        assert_eq!(label_of(AlarmCode::F01, False, steam), (None, Some(false), None));
        assert_eq!(label_of(AlarmCode::F02, Real, None), (Some(true), None, None));
        assert_eq!(label_of(AlarmCode::F02, False, permitted), (Some(true), None, Some("controlled")));
        assert_eq!(label_of(AlarmCode::U04, Real, None), (Some(true), None, Some("controlled")));
        assert_eq!(label_of(AlarmCode::U04, False, None), (Some(false), None, None));
        assert_eq!(label_of(AlarmCode::E01, Real, None), (None, None, None));
    }

    #[test]
    fn samples_come_from_places_that_were_named_and_are_nobodys_home() {
        let kept: Vec<_> = PlaceType::ALL.into_iter().filter(|place| allows_samples(*place)).collect();
        assert_eq!(kept.len(), PlaceType::ALL.len() - 8);
        assert!(kept.contains(&PlaceType::Kitchen) && !kept.contains(&PlaceType::DormitoryCorridor));
    }
}
