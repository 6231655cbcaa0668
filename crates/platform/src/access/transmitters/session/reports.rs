//! What the objects of a frame say, as events: states against the state before, operations as they are.

use domain::facility::{ComponentSort, Condition, FacilityEventKind as Kind};
use domain::ids::{ComponentId, TransmitterId};
use gb26875::units::{AnalogReport, ComponentConfiguration, ComponentReport, DeviceReport, SystemReport};
use gb26875::{ComponentRef, DeviceState, Objects, Operations, SystemState, TimeLabel, words};
use jiff::{SignedDuration, Timestamp};
use store::{ComponentSeen, Reading};

use super::super::moments::happened;
use super::{Hand, Known, Session};

/// Most components of one device; panels have some thousand points.
const COMPONENTS_MAX: usize = 20_000;
/// A fire told with a time that differs by less than this from the one on disk is the same fire.
const SAME_TIME: SignedDuration = SignedDuration::from_secs(5);
/// Bits of a component's state that the standard names.
const STATE_BITS: u16 = 0x01ff;

impl Session {
    /// Whether these are objects that a device sends.
    pub(super) fn take_objects(&mut self, objects: &Objects, hand: &mut Hand<'_>) -> bool {
        match objects {
            Objects::System(reports) => {
                for report in reports {
                    self.take_system(report, hand);
                }
            }
            Objects::Component(reports) => {
                for report in reports {
                    self.take_component(report, hand);
                }
            }
            Objects::Analog(reports) => {
                for report in reports {
                    self.take_analog(report, hand);
                }
            }
            Objects::Operation(records) => {
                for one in records {
                    self.take_operations(one.operations, Kind::Confirm, (one.operator, one.at), hand);
                }
            }
            Objects::DeviceOperation(records) => {
                for one in records {
                    self.take_operations(one.operations, Kind::Answer, (one.operator, one.at), hand);
                }
            }
            Objects::Device(reports) => {
                for report in reports {
                    self.take_device(report, hand);
                }
            }
            Objects::ComponentConfiguration(all) => {
                for one in all {
                    self.take_configuration(one, hand);
                }
            }
            Objects::Version(_)
            | Objects::DeviceVersion(_)
            | Objects::Configuration(_)
            | Objects::DeviceConfiguration(_) => {
                self.take_information(objects, hand);
            }
            // Clocks: the frame's own label says how the device's stands.
            Objects::Time(_) | Objects::DeviceTime(_) => {}
            _ => return false,
        }
        true
    }

    /// Versions and configurations, told where they are new.
    fn take_information(&mut self, objects: &Objects, hand: &mut Hand<'_>) {
        match objects {
            Objects::Version(versions) => {
                for one in versions {
                    let system = words::system(one.system.kind).map_or("系统", |(zh, _)| zh);
                    self.inform(format!("{system} {}.{}", one.main, one.minor), hand);
                }
            }
            Objects::Configuration(all) => {
                for one in all {
                    self.inform(format!("系统配置 System: {}", one.text), hand);
                }
            }
            Objects::DeviceVersion(versions) => {
                for one in versions {
                    let words = format!("{}.{}", one.main, one.minor);
                    if self.seen.software.as_ref() != Some(&words) {
                        self.inform(format!("软件版本 Software {words}"), hand);
                        self.seen.software = Some(words);
                        self.written_at = None;
                    }
                }
            }
            Objects::DeviceConfiguration(all) => {
                for one in all {
                    if self.seen.configuration.as_ref() != Some(&one.text) {
                        self.inform(format!("装置配置 Device: {}", one.text), hand);
                        self.seen.configuration = Some(one.text.clone());
                        self.written_at = None;
                    }
                }
            }
            _ => {}
        }
    }

    fn take_component(&mut self, report: &ComponentReport, hand: &mut Hand<'_>) {
        let at = happened(hand.sent, report.at, hand.now);
        let bits = report.state.0 & STATE_BITS;
        let transmitter_id = self.entered.id;
        let known = self.known(report.component(), (report.kind, &report.description), hand);
        let Some(known) = known else {
            // More components than are kept: a fire still rings.
            for kind in Condition(0).changes_to(Condition(bits), sort_of(report.kind)) {
                let detail = format!(
                    "部件 Component {}/{}/{}",
                    report.system.kind, report.system.address, report.address
                );
                self.tell(kind, (None, None), Some(detail), at, hand);
            }
            return;
        };
        let (before, next) = (Condition(known.bits), Condition(bits));
        let is_other_time = match known.label {
            Some(label) => label != report.at,
            None => at.duration_since(known.bits_at).abs() > SAME_TIME,
        };
        let has_time = report.at.readings().next().is_some();
        let mut kinds = before.changes_to(next, sort_of(report.kind));
        if before.is_fire() && next.is_fire() && is_other_time && has_time {
            kinds.splice(0..0, Condition(0).changes_to(Condition(next.0 & 0b10), sort_of(report.kind)));
        }
        let is_changed = known.bits != bits
            || known.kind != report.kind
            || known.description != report.description
            || !kinds.is_empty();
        known.kind = report.kind;
        known.description.clone_from(&report.description);
        known.label = Some(report.at);
        if is_changed {
            (known.bits, known.bits_at) = (bits, at);
        }
        let id = known.id;
        if is_changed {
            hand.intake.components.push(seen_of(report.component(), known, transmitter_id, None));
        }
        for kind in kinds {
            self.tell(kind, (Some(id), None), None, at, hand);
        }
    }

    fn take_configuration(&mut self, one: &ComponentConfiguration, hand: &mut Hand<'_>) {
        let reference = ComponentRef { system: one.system, address: one.address };
        let id = self.entered.id;
        if let Some(known) = self.known(reference, (one.kind, &one.description), hand)
            && (known.kind != one.kind || known.description != one.description)
        {
            known.kind = one.kind;
            known.description.clone_from(&one.description);
            let seen = seen_of(reference, known, id, None);
            hand.intake.components.push(seen);
        }
    }

    fn take_analog(&mut self, report: &AnalogReport, hand: &mut Hand<'_>) {
        let reference = ComponentRef { system: report.system, address: report.address };
        let at = happened(hand.sent, report.at, hand.now);
        let id = self.entered.id;
        let words = words::analog(report.quantity, report.value);
        if let Some(known) = self.known(reference, (report.kind, ""), hand)
            && known.reading.as_ref() != Some(&words)
        {
            known.reading = Some(words.clone());
            let seen = seen_of(reference, known, id, Some(Reading { words, at }));
            hand.intake.components.push(seen);
        }
    }

    /// The component, entered where it is new; none where there are too many.
    fn known(
        &mut self,
        reference: ComponentRef,
        (kind, description): (u8, &str),
        hand: &mut Hand<'_>,
    ) -> Option<&mut Known> {
        if !self.components.contains_key(&reference) {
            if self.components.len() >= COMPONENTS_MAX {
                return None;
            }
            let known = Known {
                id: ComponentId((hand.id)()),
                kind,
                description: description.to_owned(),
                bits: 0,
                bits_at: hand.now,
                label: None,
                reading: None,
            };
            hand.intake.components.push(seen_of(reference, &known, self.entered.id, None));
            self.components.insert(reference, known);
        }
        self.components.get_mut(&reference)
    }

    /// A system's general fault and disablement are those of its components, which tell them by themselves; they are noted and no alarm.
    fn take_system(&mut self, report: &SystemReport, hand: &mut Hand<'_>) {
        use SystemState as S;
        let at = happened(hand.sent, report.at, hand.now);
        let before = self.systems.insert(report.system, report.state).unwrap_or_default();
        let next = report.state;
        let name = words::system(report.system.kind).map_or("系统", |(zh, _)| zh);
        let powers = S::MAINS_FAULT.and(S::BATTERY_FAULT).and(S::BUS_FAULT);
        let steps = [
            (before.has(S::FIRE), next.has(S::FIRE), Kind::Fire, Some(Kind::FireGone)),
            (before.any(powers), next.any(powers), Kind::DeviceFault, Some(Kind::DeviceFaultGone)),
            (before.has(S::SUPERVISED), next.has(S::SUPERVISED), Kind::Supervised, None),
            (before.has(S::STARTED), next.has(S::STARTED), Kind::Started, None),
            (before.has(S::FEEDBACK), next.has(S::FEEDBACK), Kind::Feedback, None),
            (before.has(S::RESET), next.has(S::RESET), Kind::Reset, None),
        ];
        self.tell_steps(
            &steps,
            (name, &named(next.0.into(), S::NAMED.iter().map(|(bit, _, zh, _)| (u32::from(bit.0), *zh)))),
            at,
            hand,
        );
    }

    fn take_device(&mut self, report: &DeviceReport, hand: &mut Hand<'_>) {
        use DeviceState as S;
        let at = happened(hand.sent, report.at, hand.now);
        let before = self.device.replace(report.state).unwrap_or_default();
        let next = report.state;
        if self.seen.bits != Some(next.0) {
            self.seen.bits = Some(next.0);
            self.written_at = None;
        }
        let faults = S::MAINS_FAULT.and(S::BATTERY_FAULT).and(S::CENTRE_FAULT).and(S::LINE_FAULT);
        let steps = [
            (before.has(S::FIRE), next.has(S::FIRE), Kind::Fire, Some(Kind::FireGone)),
            (before.any(faults), next.any(faults), Kind::DeviceFault, Some(Kind::DeviceFaultGone)),
        ];
        self.tell_steps(
            &steps,
            (
                "传输装置",
                &named(next.0.into(), S::NAMED.iter().map(|(bit, _, zh, _)| (u32::from(bit.0), *zh))),
            ),
            at,
            hand,
        );
    }

    fn tell_steps(
        &mut self,
        steps: &[(bool, bool, Kind, Option<Kind>)],
        (name, state): (&str, &str),
        at: Timestamp,
        hand: &mut Hand<'_>,
    ) {
        for (was, is, came, gone) in steps {
            let kind = match (was, is) {
                (false, true) => Some(*came),
                (true, false) => *gone,
                _ => None,
            };
            if let Some(kind) = kind {
                self.tell(kind, (None, None), Some(format!("{name} {state}")), at, hand);
                if kind == Kind::Reset {
                    self.forget_fires(hand);
                }
            }
        }
    }

    fn take_operations(
        &mut self,
        operations: Operations,
        fifth: Kind,
        (operator, at): (u8, TimeLabel),
        hand: &mut Hand<'_>,
    ) {
        use Operations as O;
        let at = happened(hand.sent, at, hand.now);
        let kinds = [
            (O::MANUAL_ALARM, Kind::ManualAlarm),
            (O::RESET, Kind::Reset),
            (O::SILENCE, Kind::Silence),
            (O::CLEARED, Kind::Cleared),
            (O::SELF_TEST, Kind::SelfTest),
            (O::ANSWER, fifth),
            (O::TEST, Kind::Test),
        ];
        for (_, kind) in kinds.into_iter().filter(|(bit, _)| operations.has(*bit)) {
            self.tell(kind, (None, Some(operator)), None, at, hand);
            if kind == Kind::Reset {
                self.forget_fires(hand);
            }
        }
    }

    /// After a reset nothing burns any more as far as is known, so that the next fire is one.
    fn forget_fires(&mut self, hand: &mut Hand<'_>) {
        for state in self.systems.values_mut() {
            state.0 &= !SystemState::FIRE.0;
        }
        if let Some(state) = &mut self.device {
            state.0 &= !DeviceState::FIRE.0;
        }
        let transmitter_id = self.entered.id;
        for (reference, known) in &mut self.components {
            if Condition(known.bits).is_fire() {
                known.bits &= !gb26875::ComponentState::FIRE.0;
                known.bits_at = hand.now;
                hand.intake.components.push(seen_of(*reference, known, transmitter_id, None));
            }
        }
    }
}

fn sort_of(kind: u8) -> ComponentSort {
    match kind {
        words::MANUAL_CALL_POINT | words::HYDRANT_BUTTON => ComponentSort::Button,
        kind if words::ELECTRICAL.contains(&kind) => ComponentSort::Electrical,
        _ => ComponentSort::Detector,
    }
}

fn seen_of(
    reference: ComponentRef,
    known: &Known,
    transmitter_id: TransmitterId,
    reading: Option<Reading>,
) -> ComponentSeen {
    ComponentSeen {
        id: known.id,
        transmitter_id,
        system: (reference.system.kind, reference.system.address),
        kind: known.kind,
        address: reference.address,
        description: known.description.clone(),
        bits: known.bits,
        bits_at: known.bits_at,
        reading,
    }
}

/// The names of the bits that are set.
fn named(bits: u32, names: impl Iterator<Item = (u32, &'static str)>) -> String {
    names.filter(|(bit, _)| bits & bit != 0).map(|(_, zh)| zh).collect::<Vec<_>>().join("、")
}
