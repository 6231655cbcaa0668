//! Roll-calls of duty rooms: asked all or not at all, answered once, settled by time in one statement, seen within reach; days that are
//! committed to once; exemptions that two people make.

use domain::access::Access;
use domain::alarm::AlarmState;
use domain::duty::roll_call::code::CodeVerdict;
use domain::duty::roll_call::exemption::{ExemptionEvent, ExemptionState};
use domain::duty::roll_call::schedule::{LeftOutReason, Planned, ScheduleRules};
use domain::duty::roll_call::{RollCallOrigin, RollCallState};
use domain::duty::roster::RoomKind;
use domain::ids::{
    CameraId, DutyRollCallId, DutyRoomId, ExemptionId, OrganisationId, RollCallRoundId, SeatId, StaffId,
    UnitId,
};
use domain::organisation::{Post, credit_code};
use domain::place::PlaceType;
use domain::recording::Span;
use jiff::civil::date;
use store::{
    AlarmFilter, DutyAnswer, DutyCallFilter, DutyRoomChange, ErrorKind, ExemptionChange, ExemptionFilter,
    FrameKind, LeftOut, NewDutyCall, NewDutyRoom, NewExemption, NewFrame, NewRollCallDay, NewRound, NewSeat,
    OrganisationRecord, PageAsk, RoomChoice, RoundFilter, SeatPairing, StaffRecord,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_ALARM, NORTH_CAMERA, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, PROVINCE, SOUTH_GUARD,
    SOUTH_SCHOOL, at, camera, new_alarm, north, province, south,
};

contract!(
    a_round_is_written_whole_or_not_at_all,
    rooms_are_found_within_reach,
    a_call_is_answered_once_and_ends_what_was_to_follow,
    the_ledger_reads_a_rooms_calls_as_the_rules_see_them,
    deadlines_are_settled_and_failed_rooms_asked_again,
    a_failure_is_raised_once_and_ends_with_the_next_answer,
    what_a_stop_held_up_gets_its_time_anew,
    the_code_that_says_more_is_kept,
    pictures_are_kept_once_and_seen_within_reach,
    pictures_go_by_their_age_and_those_of_failures_later,
    a_day_is_committed_to_once_and_published_once,
    a_schedule_is_held_against_what_was_asked,
    an_exemption_takes_two_people_and_holds_in_its_time,
    ten_thousand_rooms_are_one_round,
);

pub const FIRM: OrganisationId = OrganisationId(Uuid::from_u128(0x7_0001));
pub const GUARD: StaffId = StaffId(Uuid::from_u128(0x7_0002));
pub const ROOM_CAMERA: CameraId = CameraId(Uuid::from_u128(0x7_0004));
const SEAT: SeatId = SeatId(Uuid::from_u128(0x7_0003));

pub fn room(n: u128) -> DutyRoomId {
    DutyRoomId(Uuid::from_u128(0x7_1000 + n))
}

fn call_id(n: u128) -> DutyRollCallId {
    DutyRollCallId(Uuid::from_u128(0x7_2000 + n))
}

fn round_id(n: u128) -> RollCallRoundId {
    RollCallRoundId(Uuid::from_u128(0x7_3000 + n))
}

fn page() -> PageAsk {
    PageAsk::first(50)
}

fn new_room(n: u128, unit: UnitId) -> NewDutyRoom {
    NewDutyRoom {
        id: room(n),
        name: format!("{n}号值班室"),
        kind: RoomKind::Organisation,
        organisation_id: FIRM,
        unit_id: unit,
        quiet_s: 300,
        sealed_secret: vec![1, 2, 3],
        at: at(0),
        synthetic: true,
    }
}

/// A firm with a guard, room 1 in the north with a camera and a seat, room 2 in the south, room 3 in the north and closed.
pub async fn firm(house: &House) -> &House {
    let store = &house.furnish().await.store;
    let record = OrganisationRecord {
        id: FIRM,
        name: "值守公司".to_owned(),
        credit_code: credit_code::complete("91360100MA0000007").unwrap(),
        region_id: NORTH_COUNTY,
        address: "一号楼".to_owned(),
        premises_m2: 210,
        phone: "0791-1".to_owned(),
        units_max: 9,
        synthetic: true,
    };
    store.add_organisation(&Access::PLATFORM, &record, at(0)).await.unwrap();
    let guard = StaffRecord {
        id: GUARD,
        organisation_id: FIRM,
        name: "李值守".to_owned(),
        post: Post::Guard,
        certificate: None,
    };
    store.put_staff(&Access::PLATFORM, &guard, at(0)).await.unwrap();
    for (n, unit) in [(1, NORTH_SCHOOL), (2, SOUTH_SCHOOL), (3, NORTH_SCHOOL)] {
        store.open_duty_room(&Access::PLATFORM, &new_room(n, unit)).await.unwrap();
    }
    let mut watching = camera(ROOM_CAMERA, NORTH_SCHOOL);
    watching.place_type = PlaceType::DutyRoom;
    store.add_camera(&Access::PLATFORM, &watching, None, at(0)).await.unwrap();
    let change =
        DutyRoomChange { name: "1号值班室".to_owned(), quiet_s: 300, cameras: vec![ROOM_CAMERA] };
    store.change_duty_room(&Access::PLATFORM, room(1), 0, &change).await.unwrap();
    store.close_duty_room(&Access::PLATFORM, room(3), 0, at(1)).await.unwrap();
    let pairing = SeatPairing {
        digest: vec![9; 32],
        room_id: room(1),
        name: "主席位".to_owned(),
        made_at: at(1),
        expires_at: at(99),
    };
    store.add_seat_pairing(&Access::PLATFORM, &pairing).await.unwrap();
    let seat = NewSeat { id: SEAT, digest: vec![9; 32], public_key: vec![4; 65], at: at(2) };
    store.pair_seat(&Access::PLATFORM, &seat).await.unwrap();
    house
}

fn round(n: u128, s: i64, origin: RollCallOrigin) -> NewRound {
    NewRound {
        id: round_id(n),
        origin,
        asked_at: at(s),
        deadline_at: at(s + 180),
        minutes: 3,
        asked_by: (origin == RollCallOrigin::Regulator).then_some(NORTH_GUARD),
        reason: Some("夜间抽查".to_owned()),
        of_rooms: 2,
        sample_seed: Some([7; 32]),
    }
}

fn call(n: u128, room_n: u128, unit: UnitId) -> NewDutyCall {
    NewDutyCall {
        id: call_id(n),
        room_id: room(room_n),
        unit_id: unit,
        state: RollCallState::Waiting,
        planned_at: None,
        previous_id: None,
    }
}

/// Rooms 1 and 2 asked at 100 s, as calls 1 and 2.
async fn asked(house: &House) -> &House {
    let calls = [call(1, 1, NORTH_SCHOOL), call(2, 2, SOUTH_SCHOOL)];
    firm(house).await.store.ask_rooms(&round(1, 100, RollCallOrigin::Regulator), &calls).await.unwrap();
    house
}

fn answer(s: i64, from: RollCallState, to: RollCallState) -> DutyAnswer {
    DutyAnswer {
        states: (from, to),
        at: at(s),
        after_ms: u32::try_from((s - 100) * 1000).unwrap(),
        guard_id: GUARD,
        seat_id: SEAT,
        device_at: Some(at(s - 1)),
    }
}

async fn state(house: &House, n: u128) -> RollCallState {
    house.store.duty_roll_call(&Access::PLATFORM, call_id(n)).await.unwrap().call.state
}

async fn a_round_is_written_whole_or_not_at_all(house: House) {
    let store = &firm(&house).await.store;
    let unknown = NewDutyCall { room_id: room(99), ..call(2, 2, SOUTH_SCHOOL) };
    let calls = [call(1, 1, NORTH_SCHOOL), unknown];
    store.ask_rooms(&round(1, 100, RollCallOrigin::Regulator), &calls).await.unwrap_err();
    assert!(
        store.roll_call_rounds(&province(), &RoundFilter::default(), &page()).await.unwrap().items.is_empty()
    );
    assert!(store.seat_calls(room(1), at(0)).await.unwrap().is_empty(), "half a round asks nobody");

    let exempt = NewDutyCall { state: RollCallState::Exempt, ..call(2, 2, SOUTH_SCHOOL) };
    let calls = [call(1, 1, NORTH_SCHOOL), exempt];
    store.ask_rooms(&round(1, 100, RollCallOrigin::Regulator), &calls).await.unwrap();
    let row = store.roll_call_round(&province(), round_id(1)).await.unwrap();
    assert_eq!((row.counts, row.of_rooms, row.sample_seed), ([1, 0, 0, 0, 1], 2, Some([7; 32])));
    assert_eq!((row.asked_by.unwrap().0, row.reason.as_deref()), (NORTH_GUARD, Some("夜间抽查")));
    let row = store.roll_call_round(&north(), round_id(1)).await.unwrap();
    assert_eq!(row.counts, [1, 0, 0, 0, 0], "each office counts its own");
    let waiting = store.seat_calls(room(1), at(0)).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].deadline_at), (1, call_id(1), at(280)));
    assert!(store.seat_calls(room(2), at(0)).await.unwrap().is_empty(), "an exempt room is not asked");
}

async fn rooms_are_found_within_reach(house: House) {
    let store = &firm(&house).await.store;
    let reach = |region_id, organisation_id| RoomChoice::Reach { region_id, organisation_id };
    let found = async |access: &Access, choice| {
        let rooms = store.rooms_to_ask(access, choice).await.unwrap();
        rooms.into_iter().map(|one| (one.id, one.is_closed)).collect::<Vec<_>>()
    };
    assert_eq!(found(&province(), reach(None, None)).await, [(room(1), false), (room(2), false)]);
    assert_eq!(found(&north(), reach(None, None)).await, [(room(1), false)], "closed ones are not asked");
    assert_eq!(found(&province(), reach(Some(NORTH), Some(FIRM))).await, [(room(1), false)]);
    assert_eq!(found(&province(), reach(Some(PROVINCE), None)).await.len(), 2);
    assert_eq!(found(&province(), reach(None, Some(OrganisationId(Uuid::from_u128(5))))).await, []);
    let named = [room(1), room(2), room(3)];
    assert_eq!(
        found(&north(), RoomChoice::Rooms(&named)).await,
        [(room(1), false), (room(3), true)],
        "a closed one says so, one out of reach is not found"
    );
    assert_eq!(store.cameras_of_rooms(&named).await.unwrap(), [(room(1), ROOM_CAMERA)]);
}

async fn a_call_is_answered_once_and_ends_what_was_to_follow(house: House) {
    let store = &asked(&house).await.store;
    let in_time = answer(130, RollCallState::Waiting, RollCallState::Answered);
    store.answer_duty_call(call_id(1), &in_time).await.unwrap();
    let twice = store.answer_duty_call(call_id(1), &in_time).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    let row = store.duty_roll_call(&north(), call_id(1)).await.unwrap();
    assert_eq!((row.call.state, row.call.answered_after_ms), (RollCallState::Answered, Some(30_000)));
    assert_eq!(
        (row.answered_at, row.device_at, row.guard),
        (Some(at(130)), Some(at(129)), Some((GUARD, "李值守".to_owned())))
    );
    assert_eq!((row.room_name.as_str(), row.organisation.0, row.unit_id), ("1号值班室", FIRM, NORTH_SCHOOL));
    let hidden = store.duty_roll_call(&south(), call_id(1)).await.unwrap_err();
    assert_eq!(hidden.kind(), ErrorKind::NotFound);
    let listed = async |access: &Access, filter: DutyCallFilter| {
        let found = store.list_duty_roll_calls(access, &filter, &page()).await.unwrap().items;
        found.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = DutyCallFilter::default();
    assert_eq!(listed(&province(), all).await, [call_id(2), call_id(1)]);
    assert_eq!(listed(&south(), all).await, [call_id(2)]);
    let answered =
        DutyCallFilter { state: Some(RollCallState::Answered), round_id: Some(round_id(1)), ..all };
    assert_eq!(listed(&province(), answered).await, [call_id(1)]);
    assert_eq!(listed(&province(), DutyCallFilter { region_id: Some(NORTH), ..all }).await, [call_id(1)]);
    assert_eq!(listed(&province(), DutyCallFilter { origin: Some(RollCallOrigin::Again), ..all }).await, []);
}

async fn the_ledger_reads_a_rooms_calls_as_the_rules_see_them(house: House) {
    let store = &asked(&house).await.store;
    store.ask_rooms(&round(2, 500, RollCallOrigin::Absence), &[call(3, 1, NORTH_SCHOOL)]).await.unwrap();
    store
        .answer_duty_call(call_id(3), &answer(520, RollCallState::Waiting, RollCallState::Answered))
        .await
        .unwrap();
    let calls = store.duty_roll_calls(&[room(1)], Span::new(at(100), at(501))).await.unwrap();
    let seen: Vec<_> = calls.iter().map(|one| (one.asked_at, one.state, one.answered_after_ms)).collect();
    assert_eq!(
        seen,
        [(at(100), RollCallState::Waiting, None), (at(500), RollCallState::Answered, Some(420_000))]
    );
    assert_eq!(store.duty_roll_calls(&[room(1)], Span::new(at(101), at(500))).await.unwrap(), []);
}

async fn deadlines_are_settled_and_failed_rooms_asked_again(house: House) {
    let store = &asked(&house).await.store;
    assert_eq!(store.end_duty_calls(at(280)).await.unwrap(), 0, "the deadline itself is in time");
    assert_eq!(store.end_duty_calls(at(281)).await.unwrap(), 2);
    assert_eq!(state(&house, 1).await, RollCallState::Absent);
    let at_seat = store.seat_calls(room(1), at(0)).await.unwrap();
    assert_eq!((at_seat.len(), at_seat[0].state), (1, RollCallState::Absent), "a late answer is taken");
    assert!(store.seat_calls(room(1), at(281)).await.unwrap().is_empty(), "not for ever");

    assert!(store.duty_calls_to_repeat(at(879)).await.unwrap().is_empty());
    let due = store.duty_calls_to_repeat(at(880)).await.unwrap();
    assert_eq!(
        due.iter().map(|one| (one.id, one.minutes)).collect::<Vec<_>>(),
        [(call_id(1), 3), (call_id(2), 3)]
    );
    let again = NewDutyCall { previous_id: Some(call_id(1)), ..call(3, 1, NORTH_SCHOOL) };
    store.ask_rooms(&round(2, 880, RollCallOrigin::Again), &[again]).await.unwrap();
    let due = store.duty_calls_to_repeat(at(900)).await.unwrap();
    assert_eq!(due.iter().map(|one| one.room_id).collect::<Vec<_>>(), [room(2)], "asked once");
    assert_eq!(
        store.seat_calls(room(1), at(0)).await.unwrap().len(),
        1,
        "the new question takes the old one's place"
    );

    store.end_duty_calls(at(1061)).await.unwrap();
    let due = store.duty_calls_to_repeat(at(1660)).await.unwrap();
    assert_eq!(due.len(), 2, "and again");
    let late = answer(1100, RollCallState::Absent, RollCallState::Late);
    store.answer_duty_call(call_id(3), &late).await.unwrap();
    let due = store.duty_calls_to_repeat(at(1660)).await.unwrap();
    assert_eq!(due.iter().map(|one| one.room_id).collect::<Vec<_>>(), [room(2)], "somebody is there");
    store.stop_asking_room(room(2)).await.unwrap();
    assert!(store.duty_calls_to_repeat(at(9999)).await.unwrap().is_empty());
}

async fn a_failure_is_raised_once_and_ends_with_the_next_answer(house: House) {
    let store = &asked(&house).await.store;
    assert!(store.failed_duty_calls(10).await.unwrap().is_empty());
    store.end_duty_calls(at(281)).await.unwrap();
    let failed = store.failed_duty_calls(10).await.unwrap();
    assert_eq!(failed.len(), 2);
    assert_eq!((failed[0].room_name.as_str(), failed[0].camera_id), ("1号值班室", Some(ROOM_CAMERA)));
    assert_eq!(store.failed_duty_calls(1).await.unwrap().len(), 1);
    house.raise(new_alarm(NORTH_ALARM, NORTH_SCHOOL, NORTH_CAMERA, 281)).await;
    store.note_duty_call_alarm(call_id(1), false, NORTH_ALARM).await.unwrap();
    let failed = store.failed_duty_calls(10).await.unwrap();
    assert_eq!(failed.iter().map(|one| one.id).collect::<Vec<_>>(), [call_id(2)]);
    assert_eq!(store.unanswered_alarms(room(1), at(0)).await.unwrap(), [NORTH_ALARM]);
    assert!(store.unanswered_alarms(room(1), at(101)).await.unwrap().is_empty());
    assert!(store.unanswered_alarms(room(2), at(0)).await.unwrap().is_empty());
    let late = answer(400, RollCallState::Absent, RollCallState::Late);
    store.answer_duty_call(call_id(1), &late).await.unwrap();
    let failed = store.failed_duty_calls(10).await.unwrap();
    assert_eq!(
        failed.iter().map(|one| one.id).collect::<Vec<_>>(),
        [call_id(2), call_id(1)],
        "late is another alarm"
    );
    assert_eq!(store.duty_roll_call(&north(), call_id(1)).await.unwrap().alarm_id, Some(NORTH_ALARM));
    let open = store.alarms(&Access::PLATFORM, &AlarmFilter::default(), &page()).await.unwrap();
    assert_eq!(open.items[0].alarm.state, AlarmState::Waiting);
}

async fn what_a_stop_held_up_gets_its_time_anew(house: House) {
    let store = &asked(&house).await.store;
    store
        .answer_duty_call(call_id(1), &answer(130, RollCallState::Waiting, RollCallState::Answered))
        .await
        .unwrap();
    let waiting = store.waiting_duty_calls().await.unwrap();
    assert_eq!(waiting.iter().map(|one| (one.id, one.minutes)).collect::<Vec<_>>(), [(call_id(2), 3)]);
    store.hold_up_duty_calls(&[(call_id(1), at(900)), (call_id(2), at(900))], at(720)).await.unwrap();
    let row = store.duty_roll_call(&province(), call_id(2)).await.unwrap();
    assert_eq!((row.call.deadline_at, row.held_up_at), (at(900), Some(at(720))));
    let row = store.duty_roll_call(&province(), call_id(1)).await.unwrap();
    assert_eq!((row.call.deadline_at, row.held_up_at), (at(280), None), "what is settled stays");
}

async fn the_code_that_says_more_is_kept(house: House) {
    use CodeVerdict as V;
    let store = &asked(&house).await.store;
    for (verdict, s, is_kept) in [
        (V::Unreadable, 101, true),
        (V::Unreadable, 102, false),
        (V::Wrong, 103, true),
        (V::Unreadable, 104, false),
        (V::Seen, 105, true),
        (V::SeenLate, 106, false),
        (V::Old, 107, false),
    ] {
        assert_eq!(store.note_code(call_id(1), verdict, at(s)).await.unwrap(), is_kept, "{verdict:?}");
    }
    let row = store.duty_roll_call(&north(), call_id(1)).await.unwrap();
    assert_eq!(row.code, Some((V::Seen, at(105))));
    assert_eq!(store.roll_call_round(&north(), round_id(1)).await.unwrap().seen, 1);
}

async fn pictures_are_kept_once_and_seen_within_reach(house: House) {
    let store = &asked(&house).await.store;
    let frame =
        |kind, s: i64, jpeg: &'static [u8]| NewFrame { kind, camera_id: ROOM_CAMERA, taken_at: at(s), jpeg };
    for frame in [
        frame(FrameKind::Asked, 100, b"first"),
        frame(FrameKind::Asked, 101, b"second"),
        frame(FrameKind::Code, 102, b"wrong"),
        frame(FrameKind::Code, 103, b"right"),
    ] {
        store.add_roll_call_frame(call_id(1), &frame).await.unwrap();
    }
    let frames = store.roll_call_frames(&north(), call_id(1)).await.unwrap();
    assert_eq!(
        frames.iter().map(|one| (one.kind, one.taken_at)).collect::<Vec<_>>(),
        [(FrameKind::Asked, at(100)), (FrameKind::Code, at(103))]
    );
    let (_, bytes) = store.roll_call_frame(&north(), call_id(1), FrameKind::Asked).await.unwrap();
    assert_eq!(bytes, b"first", "the question is photographed once");
    let (_, bytes) = store.roll_call_frame(&north(), call_id(1), FrameKind::Code).await.unwrap();
    assert_eq!(bytes, b"right", "the picture that decided");
    let hidden = store.roll_call_frame(&south(), call_id(1), FrameKind::Code).await.unwrap_err();
    assert_eq!(hidden.kind(), ErrorKind::NotFound);
    assert!(store.roll_call_frames(&south(), call_id(1)).await.unwrap().is_empty());
}

fn day(n: i8) -> NewRollCallDay {
    NewRollCallDay {
        day: date(2026, 11, n),
        committed_at: at(0),
        commitment: [3; 32],
        sealed_seed: vec![8; 60],
        rules: ScheduleRules::default(),
        rooms: vec![room(1), room(2)],
    }
}

async fn a_day_is_committed_to_once_and_published_once(house: House) {
    let store = &firm(&house).await.store;
    assert!(store.commit_roll_call_day(&day(23)).await.unwrap());
    let other = NewRollCallDay { commitment: [4; 32], ..day(23) };
    assert!(!store.commit_roll_call_day(&other).await.unwrap(), "a commitment stands");
    assert!(store.commit_roll_call_day(&day(24)).await.unwrap());
    let kept = store.roll_call_day(date(2026, 11, 23)).await.unwrap().unwrap();
    assert_eq!((kept.committed, kept.revealed), (day(23), None));
    assert_eq!(store.roll_call_day(date(2026, 11, 22)).await.unwrap(), None);

    let due = store.roll_call_days_to_reveal(date(2026, 11, 24)).await.unwrap();
    assert_eq!(due.iter().map(|one| one.committed.day).collect::<Vec<_>>(), [date(2026, 11, 23)]);
    store.reveal_roll_call_day(date(2026, 11, 23), &[5; 32], at(9)).await.unwrap();
    store.reveal_roll_call_day(date(2026, 11, 23), &[6; 32], at(10)).await.unwrap();
    let kept = store.roll_call_day(date(2026, 11, 23)).await.unwrap().unwrap();
    assert_eq!(kept.revealed, Some(([5; 32], at(9))), "published once");
    assert!(store.roll_call_days_to_reveal(date(2026, 11, 24)).await.unwrap().is_empty());
    let first = store.roll_call_days(&PageAsk::first(1)).await.unwrap();
    assert_eq!(first.items[0].committed.day, date(2026, 11, 24), "the last first");
    let second = store.roll_call_days(&PageAsk::after(1, first.next.unwrap())).await.unwrap();
    assert_eq!((second.items[0].committed.day, second.next), (date(2026, 11, 23), None));
}

async fn a_schedule_is_held_against_what_was_asked(house: House) {
    let store = &firm(&house).await.store;
    store.commit_roll_call_day(&day(23)).await.unwrap();
    let planned = |n, s| Planned { at: at(s), room_id: room(n) };
    let scheduled = NewDutyCall { planned_at: Some(at(99)), ..call(1, 1, NORTH_SCHOOL) };
    let unnamed = call(2, 2, SOUTH_SCHOOL);
    store.ask_rooms(&round(1, 100, RollCallOrigin::Scheduled), &[scheduled, unnamed]).await.unwrap();
    let twice = NewDutyCall { id: call_id(3), ..scheduled };
    let refused = store.ask_rooms(&round(2, 101, RollCallOrigin::Scheduled), &[twice]).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict, "a moment is asked once");
    assert_eq!(store.scheduled_moments(Span::new(at(0), at(100))).await.unwrap(), [planned(1, 99)]);
    assert!(store.scheduled_moments(Span::new(at(0), at(99))).await.unwrap().is_empty());
    let made = async |access: &Access, from, to| {
        store.calls_made_as_scheduled(access, Span::new(at(from), at(to)), at(1000)).await.unwrap()
    };
    assert_eq!(made(&province(), 0, 1000).await, [planned(1, 100), planned(2, 100)]);
    assert_eq!(made(&north(), 0, 1000).await, [planned(1, 100)]);
    assert_eq!(
        made(&province(), 0, 100).await,
        [planned(1, 100)],
        "told by its moment, or by when it was asked"
    );

    let left = |n, s, reason| LeftOut { planned: planned(n, s), reason };
    let not_running = left(1, 50, LeftOutReason::NotRunning);
    let closed = left(2, 60, LeftOutReason::RoomClosed);
    store.leave_out(date(2026, 11, 23), &[not_running, closed], at(200)).await.unwrap();
    let again = left(1, 50, LeftOutReason::RoomClosed);
    store.leave_out(date(2026, 11, 23), &[again], at(201)).await.unwrap();
    store.leave_out(date(2026, 11, 23), &[], at(201)).await.unwrap();
    assert_eq!(store.left_out(&province(), date(2026, 11, 23)).await.unwrap(), [not_running, closed]);
    assert_eq!(store.left_out(&north(), date(2026, 11, 23)).await.unwrap(), [not_running]);
}

async fn an_exemption_takes_two_people_and_holds_in_its_time(house: House) {
    let store = &firm(&house).await.store;
    let id = |n: u128| ExemptionId(Uuid::from_u128(0x7_4000 + n));
    let wish = |n: u128, room_n: u128| NewExemption {
        id: id(n),
        room_id: room(room_n),
        span: Span::new(at(1000), at(2000)),
        reason: "停电检修".to_owned(),
        asked_by: NORTH_GUARD,
        at: at(10),
    };
    let row = store.ask_for_exemption(&north(), &wish(1, 1)).await.unwrap();
    assert_eq!((row.state, row.room_name.as_str(), row.version), (ExemptionState::Asked, "1号值班室", 0));
    for (n, room_n, why) in [(2, 2, "of others"), (3, 3, "closed")] {
        let refused = store.ask_for_exemption(&north(), &wish(n, room_n)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::NotFound, "{why}");
    }
    assert!(store.exemptions_in_force(at(1500)).await.unwrap().is_empty(), "asked for is not approved");
    let approve = |by, s| ExemptionChange {
        event: ExemptionEvent::Approve,
        to: ExemptionState::Approved,
        by,
        at: at(s),
        why: None,
    };
    store.change_exemption(&north(), id(1), 0, &approve(NORTH_GUARD, 20)).await.unwrap_err();
    store.change_exemption(&north(), id(1), 0, &approve(SOUTH_GUARD, 1000)).await.unwrap_err();
    let foreign = store.change_exemption(&south(), id(1), 0, &approve(SOUTH_GUARD, 20)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let row = store.change_exemption(&province(), id(1), 0, &approve(SOUTH_GUARD, 20)).await.unwrap();
    assert_eq!(
        (row.state, row.decided_by.unwrap().0, row.version),
        (ExemptionState::Approved, SOUTH_GUARD, 1)
    );
    let late = store.change_exemption(&province(), id(1), 0, &approve(SOUTH_GUARD, 21)).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    for (s, count) in [(999, 0), (1000, 1), (1999, 1), (2000, 0)] {
        let held = store.exemptions_in_force(at(s)).await.unwrap();
        assert_eq!(held.len(), count, "at {s} s");
        assert!(held.iter().all(domain::duty::roll_call::Exemption::is_planned));
    }
    let of_room = async |n, from, to| {
        store.exemptions_of_rooms(&[room(n)], Span::new(at(from), at(to))).await.unwrap().len()
    };
    assert_eq!((of_room(1, 0, 1000).await, of_room(1, 0, 1001).await, of_room(2, 0, 9000).await), (0, 1, 0));
    let listed =
        async |access: &Access, filter| store.exemptions(access, &filter, &page()).await.unwrap().items.len();
    let open = |s| ExemptionFilter { open_at: Some(at(s)), room_id: Some(room(1)) };
    assert_eq!((listed(&north(), open(1999)).await, listed(&north(), open(2000)).await), (1, 0));
    assert_eq!(listed(&south(), ExemptionFilter::default()).await, 0);
    let withdraw = ExemptionChange {
        event: ExemptionEvent::Withdraw,
        to: ExemptionState::Withdrawn,
        ..approve(NORTH_GUARD, 1500)
    };
    let row = store.change_exemption(&north(), id(1), 1, &withdraw).await.unwrap();
    assert_eq!((row.withdrawn_at, row.decided_at), (Some(at(1500)), Some(at(20))));
    assert!(store.exemptions_in_force(at(1600)).await.unwrap().is_empty());
}

async fn ten_thousand_rooms_are_one_round(house: House) {
    const ROOMS: u128 = 10_000;
    let store = &firm(&house).await.store;
    // Every call is one of the same room here: what is asked for is the length of the statement.
    let calls: Vec<NewDutyCall> = (0..ROOMS).map(|n| call(n, 1, NORTH_SCHOOL)).collect();
    store.ask_rooms(&round(1, 100, RollCallOrigin::Regulator), &calls).await.unwrap();
    assert_eq!(store.roll_call_round(&province(), round_id(1)).await.unwrap().counts, [10_000, 0, 0, 0, 0]);
    let ids: Vec<DutyRoomId> = (0..ROOMS).map(room).collect();
    let rooms = store.rooms_to_ask(&province(), RoomChoice::Rooms(&ids)).await.unwrap();
    assert_eq!(rooms.len(), 3);
    assert_eq!(store.end_duty_calls(at(281)).await.unwrap(), 10_000);
}

async fn pictures_go_by_their_age_and_those_of_failures_later(house: House) {
    let store = &asked(&house).await.store;
    let frame = |kind, s: i64| NewFrame { kind, camera_id: ROOM_CAMERA, taken_at: at(s), jpeg: b"jpeg" };
    store.add_roll_call_frame(call_id(1), &frame(FrameKind::Asked, 100)).await.unwrap();
    store.add_roll_call_frame(call_id(1), &frame(FrameKind::Answered, 200)).await.unwrap();
    assert_eq!(store.drop_roll_call_frames(at(100), at(0)).await.unwrap(), 0, "not older than that");
    assert_eq!(store.drop_roll_call_frames(at(150), at(0)).await.unwrap(), 1);
    let kept = store.roll_call_frames(&north(), call_id(1)).await.unwrap();
    assert_eq!(kept.iter().map(|one| one.kind).collect::<Vec<_>>(), [FrameKind::Answered]);
    // Nobody answered: that is a matter for longer.
    store.end_duty_calls(at(100_000)).await.unwrap();
    assert_eq!(store.drop_roll_call_frames(at(100_000), at(0)).await.unwrap(), 0);
    assert_eq!(store.drop_roll_call_frames(at(100_000), at(201)).await.unwrap(), 1);
    let gone = store.roll_call_frame(&north(), call_id(1), FrameKind::Answered).await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
}
