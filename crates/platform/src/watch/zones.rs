//! The ledger of one camera's zones: look by look, which became blocked and is to be told, and which alarm's cause is gone.
//!
//! An alarm is about all zones of its code, so its cause is gone when the last of them is free. A zone that was put just now, or whose
//! picture changed, is neither: it is free only when it has been looked at for longer than its hold. Outside its hours a zone is followed and
//! not told.

use domain::alarm::AlarmCode;
use domain::ids::ZoneId;
use domain::zone::Zone;
use jiff::{SignedDuration, Timestamp};
use vision::ZoneState;

use super::standing::ZoneIs;

/// A zone that is looked at for so much longer than its hold, and is not blocked, is free.
const SETTLE: SignedDuration = SignedDuration::from_secs(10);
/// A zone that stays blocked is told again after this: it joins the open alarm, or makes a new one where somebody closed it too early.
pub(super) const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// What a look means for the alarm desk.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ZoneStep {
    /// Something stands in a zone.
    Blocked {
        /// Which.
        zone: Box<Zone>,
        /// Since when, or since the zone's hours began.
        since: Timestamp,
        /// When it was told.
        at: Timestamp,
    },
    /// Every zone of this code is free.
    Cleared(AlarmCode),
}

/// The zones of one camera.
#[derive(Debug, Default)]
pub(super) struct ZoneLedger {
    kept: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    zone: Zone,
    is: Is,
    told_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Is {
    /// Not known; looked at since.
    Unknown(Option<Timestamp>),
    Free,
    Blocked {
        since: Timestamp,
        share: f32,
    },
}

impl ZoneLedger {
    /// Takes the zones as they are from now on; nothing is known of any.
    pub(super) fn take(&mut self, zones: Vec<Zone>) {
        self.kept =
            zones.into_iter().map(|zone| Kept { zone, is: Is::Unknown(None), told_at: None }).collect();
    }

    /// Forgets what was known: they are compared with another picture from now on.
    pub(super) fn restart(&mut self) {
        for kept in &mut self.kept {
            kept.is = Is::Unknown(None);
        }
    }

    /// Takes a look. `states` in the order of the zones; none where the picture could not be compared.
    pub(super) fn look(&mut self, at: Timestamp, states: Option<&[ZoneState]>) -> Vec<ZoneStep> {
        let Some(states) = states else {
            for kept in &mut self.kept {
                if matches!(kept.is, Is::Unknown(_)) {
                    kept.is = Is::Unknown(None);
                }
            }
            return Vec::new();
        };
        let mut steps = Vec::new();
        let mut freed = Vec::new();
        for (kept, state) in self.kept.iter_mut().zip(states) {
            if kept.observe(at, state) {
                freed.extend(kept.zone.kind.alarm());
            }
            steps.extend(kept.tell(at));
        }
        freed.dedup();
        freed.retain(|code| {
            self.kept
                .iter()
                .filter(|kept| kept.zone.kind.alarm() == Some(*code))
                .all(|kept| kept.is == Is::Free)
        });
        steps.extend(freed.into_iter().map(ZoneStep::Cleared));
        steps
    }

    /// How they are, for the page.
    pub(super) fn standing(&self) -> Vec<(ZoneId, ZoneIs)> {
        let is = |kept: &Kept| match kept.is {
            Is::Unknown(_) => ZoneIs::Checking,
            Is::Free => ZoneIs::Free,
            Is::Blocked { since, share } => ZoneIs::Blocked { since, share },
        };
        self.kept.iter().map(|kept| (kept.zone.id, is(kept))).collect()
    }
}

impl Kept {
    /// Takes a look. True where the zone became free by it.
    fn observe(&mut self, at: Timestamp, state: &ZoneState) -> bool {
        let hold = SignedDuration::from_secs(i64::from(self.zone.hold_s));
        let before = self.is;
        self.is = match (state.blocked_since, before) {
            (Some(since), _) => Is::Blocked { since, share: state.share },
            (None, Is::Blocked { .. } | Is::Free) => Is::Free,
            (None, Is::Unknown(Some(from))) if at.duration_since(from) >= hold + SETTLE => Is::Free,
            (None, Is::Unknown(from)) => Is::Unknown(from.or(Some(at))),
        };
        if self.is == Is::Free {
            self.told_at = None;
        }
        self.is == Is::Free && before != Is::Free
    }

    fn tell(&mut self, at: Timestamp) -> Option<ZoneStep> {
        let Is::Blocked { since, .. } = self.is else { return None };
        let is_due = self.told_at.is_none_or(|told| at.duration_since(told) >= AGAIN_AFTER);
        if !is_due || !self.zone.counts_at(at) {
            return None;
        }
        self.told_at = Some(at);
        let since = if self.zone.counts_at(since) { since } else { at };
        Some(ZoneStep::Blocked { zone: Box::new(self.zone.clone()), since, at })
    }
}

#[cfg(test)]
mod tests {
    use domain::zone::{Hours, ZoneKind};
    use uuid::Uuid;

    use super::*;

    /// Seconds after 10:00 in Beijing.
    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_004_000 + s).unwrap()
    }

    fn zone(n: u128, kind: ZoneKind, hours: Option<Hours>) -> Zone {
        Zone {
            id: ZoneId(Uuid::from_u128(n)),
            kind,
            name: n.to_string(),
            corners: vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]],
            hold_s: 20,
            hours,
        }
    }

    fn blocked(since: Option<i64>) -> ZoneState {
        ZoneState { share: 0.3, blocked_since: since.map(at) }
    }

    /// What looks every ten seconds tell, one text a zone: `#` blocked, `.` free, `?` cannot be compared. Each step with its second.
    fn told(zones: Vec<Zone>, looks: &[&str]) -> Vec<(i64, String)> {
        let mut ledger = ZoneLedger::default();
        ledger.take(zones);
        let mut told = Vec::new();
        for look in 0..looks[0].len() {
            let s = look as i64 * 10;
            let marks: Vec<u8> = looks.iter().map(|one| one.as_bytes()[look]).collect();
            let begins = |zone: &&str| {
                let clear = zone.as_bytes()[..=look].iter().rposition(|mark| *mark == b'.');
                clear.map_or(0, |clear| (clear as i64 + 1) * 10)
            };
            let states: Vec<ZoneState> = looks
                .iter()
                .zip(&marks)
                .map(|(zone, mark)| blocked((*mark == b'#').then(|| begins(zone))))
                .collect();
            let states = (marks[0] != b'?').then_some(states.as_slice());
            told.extend(ledger.look(at(s), states).into_iter().map(|step| {
                (
                    s,
                    match step {
                        ZoneStep::Blocked { zone, since, .. } => {
                            format!("{} since {}", zone.name, since.as_second() - at(0).as_second())
                        }
                        ZoneStep::Cleared(code) => format!("{} cleared", code.as_str()),
                    },
                )
            }));
        }
        told
    }

    #[test]
    fn a_zone_is_told_once_and_cleared_once() {
        let zones = || vec![zone(1, ZoneKind::Exit, None)];
        let steps = told(zones(), &[".....###..##.."]);
        assert_eq!(
            steps,
            [
                (30, "E01 cleared".to_owned()),
                (50, "1 since 50".to_owned()),
                (80, "E01 cleared".to_owned()),
                (100, "1 since 100".to_owned()),
                (120, "E01 cleared".to_owned()),
            ]
        );
    }

    #[test]
    fn what_cannot_be_compared_changes_nothing_and_settles_nothing() {
        let steps = told(vec![zone(1, ZoneKind::Exit, None)], &["..?..##???#..?"]);
        assert_eq!(steps, [(50, "1 since 50".to_owned()), (110, "E01 cleared".to_owned())]);
    }

    #[test]
    fn an_alarm_is_cleared_by_the_last_zone_of_its_code() {
        let zones = vec![
            zone(1, ZoneKind::Exit, None),
            zone(2, ZoneKind::Exit, None),
            zone(3, ZoneKind::Hydrant, None),
        ];
        let steps = told(zones, &["....###...", "....#####.", "....##...."]);
        assert_eq!(
            steps[2..],
            [
                (40, "1 since 40".to_owned()),
                (40, "2 since 40".to_owned()),
                (40, "3 since 40".to_owned()),
                (60, "S02 cleared".to_owned()),
                (90, "E01 cleared".to_owned()),
            ]
        );
    }

    #[test]
    fn outside_its_hours_a_zone_is_followed_and_not_told() {
        let hours = Hours::parse("10:01", "10:02");
        let steps = told(vec![zone(1, ZoneKind::FireLane, hours)], &["....####....#.##"]);
        // Blocked from before the hours began, and from within; not after 10:02.
        assert_eq!(
            steps,
            [
                (30, "E03 cleared".to_owned()),
                (60, "1 since 60".to_owned()),
                (80, "E03 cleared".to_owned()),
                (130, "E03 cleared".to_owned()),
            ]
        );
    }

    #[test]
    fn what_stays_is_told_again_and_what_is_put_anew_is_not_known() {
        let mut ledger = ZoneLedger::default();
        ledger.take(vec![zone(1, ZoneKind::Exit, None)]);
        let states = [blocked(Some(0))];
        let looks: Vec<i64> =
            (0..4000).step_by(10).filter(|s| !ledger.look(at(*s), Some(&states)).is_empty()).collect();
        assert_eq!(looks, [0, 1800, 3600]);
        ledger.restart();
        assert_eq!(ledger.standing(), [(ZoneId(Uuid::from_u128(1)), ZoneIs::Checking)]);
        assert!(ledger.look(at(4000), Some(&[blocked(None)])).is_empty());
        assert!(ledger.look(at(4029), Some(&[blocked(None)])).is_empty());
        assert_eq!(ledger.look(at(4030), Some(&[blocked(None)])), [ZoneStep::Cleared(AlarmCode::E01)]);
    }
}
