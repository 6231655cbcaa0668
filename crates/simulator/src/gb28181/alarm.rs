//! Alarm points: armed or not, and silent after an alarm until somebody resets it.

use gb28181::id::CatalogId;
use gb28181::manscdp::LocalTime;
use gb28181::manscdp::alarm::{Alarm, AlarmKind, AlarmMethod, AlarmPriority, alarm_kind};
use std::collections::BTreeSet;

/// Types of the longest list, that of video alarms.
const TYPES: u8 = 13;

/// What became of an alarm that was to be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    /// It was sent.
    Sent,
    /// The point has reported by method 2 before and nobody has reset it (9.4).
    Silent,
    /// The point is not armed.
    Disarmed,
    /// The device is not registered.
    NotRegistered,
    /// There is no such device.
    Unknown,
}

/// The alarm points of one device. Points are armed unless somebody disarmed them.
#[derive(Debug, Default)]
pub(super) struct Points {
    silent: BTreeSet<CatalogId>,
    disarmed: BTreeSet<CatalogId>,
}

impl Points {
    /// Takes note of an alarm; says whether it is sent.
    pub fn raise(&mut self, point: CatalogId, alarm: &Alarm) -> Raised {
        if self.disarmed.contains(&point) {
            return Raised::Disarmed;
        }
        if alarm.method != Some(AlarmMethod::Device) || self.silent.insert(point) {
            Raised::Sent
        } else {
            Raised::Silent
        }
    }

    /// Arms or disarms a point; `whole` says that it is the device itself, which means all that is known of.
    pub fn arm(&mut self, point: CatalogId, is_armed: bool, whole: bool) {
        if !is_armed {
            self.disarmed.insert(point);
        } else if whole {
            self.disarmed.clear();
        } else {
            self.disarmed.remove(&point);
        }
    }

    /// Forgets the alarm of a point, or of all.
    pub fn reset(&mut self, point: CatalogId, whole: bool) {
        if whole {
            self.silent.clear();
        } else {
            self.silent.remove(&point);
        }
    }

    /// Whether a point is armed, and whether it is in alarm.
    pub fn state(&self, point: CatalogId) -> (bool, bool) {
        (!self.disarmed.contains(&point), self.silent.contains(&point))
    }
}

/// An alarm of a kind that the standard knows.
pub(super) fn alarm_of(kind: AlarmKind, time: LocalTime) -> Alarm {
    let (method, alarm_type) = code_of(kind);
    Alarm {
        priority: Some(AlarmPriority::First),
        method: Some(method),
        time: Some(time),
        description: Some("模拟报警 SIMULATED".to_owned()),
        alarm_type,
        event_type: (kind == AlarmKind::Intrusion).then(|| "1".to_owned()),
        ..Alarm::default()
    }
}

/// Method and type of a kind, found in the standard's table.
fn code_of(kind: AlarmKind) -> (AlarmMethod, Option<String>) {
    let methods = [AlarmMethod::Device, AlarmMethod::Video, AlarmMethod::Fault];
    let codes = methods
        .into_iter()
        .flat_map(|method| (1..=TYPES).map(move |code| (method.clone(), code.to_string())));
    let found = codes.into_iter().find(|(method, code)| alarm_kind(method, Some(code)) == Some(kind));
    found.map_or((AlarmMethod::Device, None), |(method, code)| (method, Some(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point() -> CatalogId {
        CatalogId::parse("33010000111340000001").expect("an id")
    }

    #[test]
    fn every_kind_is_written_with_its_own_code() {
        for kind in [AlarmKind::Input, AlarmKind::VideoLoss, AlarmKind::Occlusion, AlarmKind::FanFault] {
            assert_eq!(alarm_of(kind, LocalTime::from_unix_s(0)).kind(), Some(kind));
        }
    }

    #[test]
    fn a_detector_is_silent_until_it_is_reset() {
        let smoke = alarm_of(AlarmKind::Input, LocalTime::from_unix_s(0));
        let mut points = Points::default();
        let raised = [points.raise(point(), &smoke), points.raise(point(), &smoke)];
        points.reset(point(), false);
        assert_eq!((raised, points.raise(point(), &smoke)), ([Raised::Sent, Raised::Silent], Raised::Sent));
    }

    #[test]
    fn an_analysed_picture_is_never_silent() {
        let motion = alarm_of(AlarmKind::Motion, LocalTime::from_unix_s(0));
        let mut points = Points::default();
        assert_eq!([points.raise(point(), &motion), points.raise(point(), &motion)], [Raised::Sent; 2]);
    }

    #[test]
    fn a_disarmed_point_says_nothing() {
        let smoke = alarm_of(AlarmKind::Input, LocalTime::from_unix_s(0));
        let mut points = Points::default();
        points.arm(point(), false, false);
        assert_eq!(points.raise(point(), &smoke), Raised::Disarmed);
        points.arm(point(), true, true);
        assert_eq!(points.raise(point(), &smoke), Raised::Sent);
    }
}
