//! How a component is, and what changed since it last said so.

use super::FacilityEventKind;

/// The state of a component or system: the low nine bits as GB/T 26875.3 8.2.1.2 has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Condition(pub u16);

/// What a component is, as far as its alarms differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentSort {
    /// A detector, or anything else that is not named below.
    Detector,
    /// Something that a person presses: call point, hydrant button.
    Button,
    /// Something that watches the electrical installation.
    Electrical,
}

const FIRE: u16 = 1 << 1;
const SUPERVISED: u16 = 1 << 4;
const STARTED: u16 = 1 << 5;
const FEEDBACK: u16 = 1 << 6;
/// Its own fault and that of its power.
const FAULTS: u16 = 1 << 2 | 1 << 8;
const DISABLED: u16 = 1 << 3;

impl Condition {
    /// What happened from this condition to the next, the most urgent first. "Test" and "normal" are one bit that many devices never set, so
    /// nothing is made of it: a fire alarm is one in any case.
    pub fn changes_to(self, next: Self, sort: ComponentSort) -> Vec<FacilityEventKind> {
        use FacilityEventKind as K;
        let fire = match sort {
            ComponentSort::Detector => K::Fire,
            ComponentSort::Button => K::ManualAlarm,
            ComponentSort::Electrical => K::ElectricalWarning,
        };
        let table = [
            (FIRE, fire, Some(K::FireGone)),
            (FAULTS, K::Fault, Some(K::FaultGone)),
            (DISABLED, K::Disabled, Some(K::Enabled)),
            (SUPERVISED, K::Supervised, None),
            (STARTED, K::Started, None),
            (FEEDBACK, K::Feedback, None),
        ];
        let step = |(bits, came, gone): (u16, K, Option<K>)| match (self.0 & bits != 0, next.0 & bits != 0) {
            (false, true) => Some(came),
            (true, false) => gone,
            _ => None,
        };
        table.into_iter().filter_map(step).collect()
    }

    /// Whether it tells a fire.
    pub fn is_fire(self) -> bool {
        self.0 & FIRE != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FacilityEventKind as K;

    #[test]
    fn what_changed_is_told_once_and_fire_first() {
        let changes = |from, to| Condition(from).changes_to(Condition(to), ComponentSort::Detector);
        assert_eq!(changes(0, FIRE | FAULTS), [K::Fire, K::Fault]);
        assert_eq!(changes(FIRE, FIRE | 1), []);
        assert_eq!(changes(FIRE, 1), [K::FireGone]);
        assert_eq!(changes(1 << 2, 1 << 8), [], "one fault after the other is still a fault");
        assert_eq!(changes(DISABLED | STARTED, 0), [K::Enabled]);
    }

    #[test]
    fn a_button_is_pressed_by_a_person_and_a_cable_warns() {
        let fire = |sort| Condition(0).changes_to(Condition(FIRE), sort);
        assert_eq!(fire(ComponentSort::Button), [K::ManualAlarm]);
        assert_eq!(fire(ComponentSort::Electrical), [K::ElectricalWarning]);
    }
}
