//! Scripts of what cameras show, and what the desk makes of them.

use uuid::Uuid;

use super::*;

const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(1));
const ONE: CameraId = CameraId(Uuid::from_u128(11));
const TWO: CameraId = CameraId(Uuid::from_u128(12));

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + s).unwrap()
}

fn desk(people: u8, cameras: &[CameraId]) -> PresenceDesk {
    let desk = PresenceDesk::default();
    desk.set_rooms(&[WatchedRoom { id: ROOM, people, cameras: cameras.to_vec() }], Thresholds::default());
    desk
}

fn live(people: u8) -> Sample {
    Sample::of_people(10, people)
}

/// (second, code, begun) of ten-second samples from `from_s` on.
fn show(
    desk: &PresenceDesk,
    camera: CameraId,
    from_s: i64,
    samples: &[Sample],
) -> Vec<(i64, &'static str, bool)> {
    let mut told = Vec::new();
    for (n, sample) in samples.iter().enumerate() {
        let s = from_s + 10 * n as i64;
        for step in desk.take(camera, (at(s), *sample), (1, Thresholds::default())) {
            told.push(match step {
                PresenceStep::Told { code, .. } => (s + 10, code.as_str(), true),
                PresenceStep::Cleared(code, _) => (s + 10, code.as_str(), false),
            });
        }
    }
    told
}

fn minutes(desk: &PresenceDesk, now_s: i64) -> Vec<(i64, Seen)> {
    let all = desk.verdicts(at(now_s));
    all.into_iter().map(|one| (one.minute.duration_since(at(0)).as_secs() / 60, one.seen)).collect()
}

#[test]
fn a_registered_room_is_measured_by_its_own_head_count_and_another_by_the_settings() {
    let desk = desk(2, &[ONE]);
    let registered = show(&desk, ONE, 0, &[live(1); 31]);
    assert_eq!(registered, [(300, "D02", true)]);
    assert_eq!(show(&desk, TWO, 0, &[live(1)]).len(), 4, "what was open before the start is settled");
    assert_eq!(show(&desk, TWO, 10, &[live(1); 40]), []);
    assert_eq!(minutes(&desk, 400).len(), 5, "of the other no minute is kept");
}

#[test]
fn a_minute_gets_one_verdict_when_it_is_over_and_only_once() {
    let desk = desk(2, &[ONE]);
    show(&desk, ONE, 0, &[live(2); 6]);
    show(&desk, ONE, 60, &[live(0); 6]);
    assert_eq!(minutes(&desk, 125), [(0, Seen::Staffed)], "the second may still get samples");
    assert_eq!(minutes(&desk, 166), [(1, Seen::Empty)]);
    assert_eq!(minutes(&desk, 999), []);
    let verdicts = [Verdict { room_id: ROOM, minute: at(0), seen: Seen::Staffed }];
    desk.put_back(&verdicts);
    assert_eq!(desk.verdicts(at(999)), verdicts);
}

#[test]
fn of_two_cameras_the_one_that_sees_more_counts_and_a_film_always() {
    let seen = |one: Sample, two: Sample| {
        let desk = desk(2, &[ONE, TWO]);
        for s in (0..120).step_by(10) {
            // The second camera's looks lie beside the first one's.
            desk.take(TWO, (at(s), two), (1, Thresholds::default()));
            desk.take(ONE, (at(s), one), (1, Thresholds::default()));
        }
        minutes(&desk, 999).last().map(|(_, seen)| *seen)
    };
    let film = Sample { picture: PictureState::Repeating, ..live(2) };
    let down = Sample { picture: PictureState::Down, ..live(0) };
    for (one, two, expected) in [
        (live(0), live(2), Seen::Staffed),
        (live(2), live(0), Seen::Staffed),
        (live(1), live(1), Seen::TooFew),
        (live(2), film, Seen::Replay),
        (down, live(2), Seen::Staffed),
        (live(0), down, Seen::Empty),
    ] {
        assert_eq!(seen(one, two), Some(expected), "{one:?} {two:?}");
    }
}

#[test]
fn a_camera_that_gives_nothing_is_down_and_one_that_nobody_looked_at_is_not_seen() {
    let desk = desk(1, &[ONE]);
    show(&desk, ONE, 0, &[live(1); 6]);
    for s in (70..300).step_by(10) {
        desk.note_down(at(s), |_| s >= 120);
    }
    // From 120 on the stream is down; what lies before was not looked at.
    assert_eq!(
        minutes(&desk, 999),
        [(0, Seen::Staffed), (1, Seen::Down), (2, Seen::Down), (3, Seen::Down), (4, Seen::Down)]
    );
    assert_eq!(show(&desk, ONE, 300, &[live(1); 6]), []);
}

#[test]
fn after_a_start_people_settle_what_was_open_and_an_absence_does_not() {
    let desk = desk(1, &[ONE]);
    assert_eq!(show(&desk, ONE, 0, &[live(0); 3]), []);
    let settled = show(&desk, ONE, 30, &[live(1); 3]);
    assert_eq!(settled, [(40, "D01", false), (40, "D02", false), (40, "D03", false), (40, "D04", false)]);
}
