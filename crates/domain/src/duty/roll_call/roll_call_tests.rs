//! The table of a roll-call, and whose clock decides.

use proptest::prelude::*;

use super::*;
use crate::facility::roll_call::MINUTES_DEFAULT;
use RollCallState as S;

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_796_000_000 + s).unwrap()
}

fn room(n: u128) -> DutyRoomId {
    DutyRoomId(uuid::Uuid::from_u128(n))
}

fn answer(s: i64) -> RollCallAnswer {
    RollCallAnswer {
        seat_room_id: room(1),
        guard_id: StaffId(uuid::Uuid::from_u128(7)),
        code_is_right: true,
        received_at: at(s),
        device_at: None,
    }
}

fn asked() -> RollCall {
    RollCall::ask(room(1), at(0), MINUTES_DEFAULT, &[])
}

#[test]
fn every_pair_of_state_and_event() {
    let table = [
        (S::Waiting, [Some(S::Answered), Some(S::Late), Some(S::Absent)]),
        (S::Answered, [None, None, None]),
        (S::Late, [None, None, None]),
        (S::Absent, [Some(S::Answered), Some(S::Late), None]),
        (S::Exempt, [None, None, None]),
    ];
    assert_eq!(table.map(|(state, _)| state), S::ALL);
    for (state, after) in table {
        for (event, expected) in ROLL_CALL_EVENTS.into_iter().zip(after) {
            assert_eq!(next_state(state, event), expected, "{state:?} {event:?}");
        }
        assert_eq!(state.alarm().is_some(), matches!(state, S::Late | S::Absent));
    }
}

#[test]
fn the_last_moment_is_in_time_and_the_next_one_is_late() {
    for (s, expected) in [
        (-1, Err(AnswerRefusal::BeforeAsked)),
        (0, Ok((S::Answered, 0))),
        (180, Ok((S::Answered, 180_000))),
        (181, Ok((S::Late, 181_000))),
        (180 + 3600, Ok((S::Late, 3_780_000))),
        (180 + 3601, Err(AnswerRefusal::TooLate)),
    ] {
        let done = asked().answered(&answer(s), true);
        assert_eq!(done.map(|call| (call.state, call.answered_after_ms.unwrap())), expected, "{s}");
    }
    assert_eq!((asked().at(at(180)).state, asked().at(at(181)).state), (S::Waiting, S::Absent));
    let absent = asked().at(at(181));
    assert_eq!(absent.answered(&answer(300), true).unwrap().state, S::Late);
    let late = asked().answered(&answer(200), true).unwrap();
    assert_eq!(late.answered(&answer(201), true), Err(AnswerRefusal::NotNow(S::Late)));
}

#[test]
fn only_the_rooms_own_seat_a_guard_of_the_roster_and_the_code_answer() {
    let refusal = |answer: RollCallAnswer, on_roster| asked().answered(&answer, on_roster).unwrap_err();
    assert_eq!(
        refusal(RollCallAnswer { seat_room_id: room(2), ..answer(5) }, true),
        AnswerRefusal::OtherRoom
    );
    assert_eq!(refusal(answer(5), false), AnswerRefusal::NotOnRoster);
    assert_eq!(refusal(RollCallAnswer { code_is_right: false, ..answer(5) }, true), AnswerRefusal::WrongCode);
}

#[test]
fn a_deadline_has_one_to_255_minutes() {
    for (minutes, s) in [(0, 60), (1, 60), (3, 180), (255, 15_300)] {
        assert_eq!(RollCall::ask(room(1), at(0), minutes, &[]).deadline_at, at(s));
    }
}

#[test]
fn what_nobody_could_answer_is_asked_with_its_whole_time_anew() {
    let held = asked().held_up(at(170), 3);
    assert_eq!((held.state, held.asked_at, held.deadline_at), (S::Waiting, at(0), at(350)));
    let answered = asked().answered(&answer(20), true).unwrap();
    assert_eq!(answered.held_up(at(170), 3), answered, "what is settled stays");
    assert_eq!(asked().held_up(at(1), 1).deadline_at, at(180), "never less than it had");
}

#[test]
fn a_sample_is_so_many_or_a_share_and_never_empty() {
    use super::draw::SampleSize as Size;
    for (size, all, expected) in [
        (Size::Rooms(5), 200, 5),
        (Size::Rooms(5), 3, 3),
        (Size::Percent(10), 200, 20),
        (Size::Percent(1), 3, 1),
        (Size::Percent(100), 3, 3),
        (Size::Percent(255), 3, 3),
    ] {
        assert_eq!(size.of(all), expected, "{size:?} of {all}");
    }
}

#[test]
fn an_exemption_is_planned_before_or_is_none() {
    let exemption = |from, until, approved| Exemption {
        room_id: room(1),
        span: Span::new(at(from), at(until)),
        approved_at: at(approved),
    };
    for (exemption, room_n, expected) in [
        (exemption(0, 60, -1), 1, S::Exempt),
        (exemption(-60, 1, -61), 1, S::Exempt),
        (exemption(-60, 0, -61), 1, S::Waiting),
        (exemption(1, 60, -1), 1, S::Waiting),
        (exemption(0, 60, 0), 1, S::Waiting),
        (exemption(-60, 60, 10), 1, S::Waiting),
        (exemption(-60, 4 * 3600, -61), 1, S::Waiting),
        (exemption(0, 60, -1), 2, S::Waiting),
    ] {
        let call = RollCall::ask(room(room_n), at(0), 3, &[exemption]);
        assert_eq!(call.state, expected, "{exemption:?}");
    }
}

proptest! {
    /// Whether the clock or the answer is worked on first makes no difference.
    #[test]
    fn clock_and_answer_may_come_in_any_order(received in 0_i64..3780, noted in 0_i64..8000) {
        let answer_first = asked().answered(&answer(received), true).map(|call| call.at(at(noted)));
        let clock_first = asked().at(at(noted)).answered(&answer(received), true);
        prop_assert_eq!(answer_first, clock_first);
    }

    /// A seat that was cut off may claim any time of its own: the server's clock decides.
    #[test]
    fn the_device_never_beats_the_server(received in 0_i64..8000, device in -100_000_i64..100_000) {
        let plain = asked().answered(&answer(received), true);
        let queued = RollCallAnswer { device_at: Some(at(device)), ..answer(received) };
        prop_assert_eq!(asked().answered(&queued, true), plain);
    }
}
