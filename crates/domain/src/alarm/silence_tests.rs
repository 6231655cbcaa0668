//! Who may ask for what, who may approve it, and what rings all the same.

use super::*;

fn at(h: i64) -> Timestamp {
    Timestamp::from_second(1_796_000_000 + h * 3600).unwrap()
}

fn unit(n: u128) -> UnitId {
    UnitId(uuid::Uuid::from_u128(n))
}

fn camera(n: u128) -> CameraId {
    CameraId(uuid::Uuid::from_u128(n))
}

fn user(n: u128) -> UserId {
    UserId(uuid::Uuid::from_u128(n))
}

/// Of unit 1 from hour 1 to hour 5, approved, asked by user 1.
fn silence() -> Silence {
    Silence {
        unit_id: unit(1),
        camera_id: None,
        code: None,
        state: SilenceState::Approved,
        starts_at: at(1),
        ends_at: at(5),
        asked_by: user(1),
        with_fire: false,
    }
}

#[test]
fn every_pair_of_state_and_event_is_known_or_refused() {
    use SilenceEvent as E;
    use SilenceState as S;
    let known = [
        (S::Asked, E::Approve, S::Approved),
        (S::Asked, E::Decline, S::Declined),
        (S::Asked, E::Lift, S::Lifted),
        (S::Asked, E::Expire, S::Lapsed),
        (S::Approved, E::Lift, S::Lifted),
        (S::Approved, E::Expire, S::Ended),
    ];
    for state in S::ALL {
        for event in E::ALL {
            let wanted = known.iter().find(|(s, e, _)| (*s, *e) == (state, event)).map(|(_, _, to)| *to);
            assert_eq!(next_state(state, event).ok(), wanted, "{state:?} {event:?}");
        }
    }
}

#[test]
fn a_silence_holds_between_its_ends_and_only_once_approved() {
    for (h, holds) in [(0, false), (1, true), (4, true), (5, false)] {
        assert_eq!(silence().holds_at(at(h)), holds, "hour {h}");
    }
    for state in SilenceState::ALL {
        let one = Silence { state, ..silence() };
        assert_eq!(one.holds_at(at(2)), state == SilenceState::Approved, "{state:?}");
    }
    assert_eq!(silence().state_at(at(5)), SilenceState::Ended, "over, though nobody has written it down");
    let asked = Silence { state: SilenceState::Asked, ..silence() };
    assert_eq!((asked.state_at(at(4)), asked.state_at(at(5))), (SilenceState::Asked, SilenceState::Lapsed));
}

#[test]
fn what_rings_and_what_does_not() {
    use AlarmCode::{E01, F01, F02, F03, F04, F05, V01};
    use Source::{Ai, Device, Manual};
    let of_camera = Silence { camera_id: Some(camera(1)), ..silence() };
    let of_rule = Silence { code: Some(E01), ..silence() };
    let with_fire = Silence { with_fire: true, ..silence() };
    // Which silence, unit, camera, code and source of the alarm; true where it is quiet.
    let rows = [
        ("a blocked exit seen by a camera", silence(), 1, Some(1), E01, Ai, true),
        ("the camera away", silence(), 1, Some(1), V01, Device, true),
        ("another unit", silence(), 2, Some(1), E01, Ai, false),
        ("smoke that is not named rings", silence(), 1, Some(1), F01, Ai, false),
        ("smoke that is named", with_fire, 1, Some(1), F01, Ai, true),
        ("flame that is named", with_fire, 1, Some(1), F02, Ai, true),
        ("a detector, whatever is named", with_fire, 1, None, F03, Device, false),
        ("a call point, whatever is named", with_fire, 1, None, F04, Device, false),
        ("smoke that a device tells", with_fire, 1, Some(1), F01, Device, false),
        ("smoke that a person tells", with_fire, 1, Some(1), F01, Manual, false),
        ("a hot cable is no fire of level 1", silence(), 1, Some(1), F05, Device, true),
        ("the camera that is silenced", of_camera, 1, Some(1), E01, Ai, true),
        ("its neighbour", of_camera, 1, Some(2), E01, Ai, false),
        ("what no camera saw", of_camera, 1, None, E01, Manual, false),
        ("the rule that is silenced", of_rule, 1, Some(2), E01, Ai, true),
        ("another rule", of_rule, 1, Some(2), V01, Ai, false),
    ];
    for (name, one, unit_n, camera_n, code, source, is_quiet) in rows {
        let sounding = Sounding { unit_id: unit(unit_n), camera_id: camera_n.map(camera), code, source };
        let wanted = is_quiet.then_some(at(5));
        assert_eq!(one.quiet_until(&sounding, at(2)), wanted, "{name}");
        assert_eq!(one.quiet_until(&sounding, at(5)), None, "{name}, when it is over");
    }
}

#[test]
fn a_wish_has_a_reason_and_bounds() {
    let refused = |change: fn(&mut Silence), reason: &str| {
        let mut one = Silence { state: SilenceState::Asked, ..silence() };
        change(&mut one);
        check_wish(&one, reason, at(0)).err()
    };
    assert_eq!(refused(|_| {}, "消防改造"), None);
    assert_eq!(refused(|one| one.starts_at = at(-1), "已开工"), None, "works that have begun");
    assert_eq!(refused(|_| {}, "  "), Some(SilenceRefusal::Reason));
    assert_eq!(refused(|_| {}, &"工".repeat(501)), Some(SilenceRefusal::Reason));
    assert_eq!(refused(|one| one.ends_at = at(1), "x"), Some(SilenceRefusal::Backwards));
    assert_eq!(
        refused(|one| (one.starts_at, one.ends_at) = (at(-2), at(0)), "x"),
        Some(SilenceRefusal::Over)
    );
    assert_eq!(refused(|one| one.ends_at = at(1 + 7 * 24), "x"), None);
    assert_eq!(refused(|one| one.ends_at = at(2 + 7 * 24), "x"), Some(SilenceRefusal::TooLong));
    assert_eq!(
        refused(|one| (one.starts_at, one.ends_at) = (at(721), at(722)), "x"),
        Some(SilenceRefusal::TooFar)
    );
    assert_eq!(refused(|one| one.code = Some(AlarmCode::F03), "x"), Some(SilenceRefusal::Detector));
    let long_smoke: fn(&mut Silence) = |one| (one.code, one.ends_at) = (Some(AlarmCode::F01), at(26));
    assert_eq!(refused(long_smoke, "x"), Some(SilenceRefusal::TooLongWithFire));
}

#[test]
fn another_person_approves_and_names_fire() {
    let asked = Silence { state: SilenceState::Asked, ..silence() };
    let smoke = Silence { code: Some(AlarmCode::F01), ..asked };
    let long = Silence { ends_at: at(30), ..asked };
    let exit = Silence { code: Some(AlarmCode::E01), ..long };
    for (name, one, with_fire, by, refusal) in [
        ("another person", asked, false, 2, None),
        ("the same person", asked, false, 1, Some(SilenceRefusal::OwnWish)),
        ("smoke named", smoke, true, 2, None),
        ("smoke not named", smoke, false, 2, Some(SilenceRefusal::FireNotNamed)),
        ("more than a day without fire", long, false, 2, None),
        ("more than a day with fire", long, true, 2, Some(SilenceRefusal::TooLongWithFire)),
        ("a rule that is no fire has no day's limit", exit, true, 2, None),
    ] {
        assert_eq!(check_approval(&one, with_fire, user(by), at(0)).err(), refusal, "{name}");
    }
    assert_eq!(check_approval(&asked, false, user(2), at(5)).err(), Some(SilenceRefusal::Over));
}
