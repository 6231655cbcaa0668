//! Roll-calls of duty rooms as scripts of time: asked, heard at the seat at once, answered or not; a day that is drawn, committed to, asked and
//! published; a stop in between that accuses nobody.

use std::time::Duration;

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::roll_call::draw::{SampleSize, sample};
use domain::duty::roll_call::exemption::{ExemptionEvent, ExemptionState};
use domain::duty::roll_call::schedule::LeftOutReason;
use domain::duty::roll_call::{RollCallOrigin, RollCallState};
use domain::ids::{DutyRollCallId, DutyRoomId, OrganisationId, RollCallRoundId};
use domain::place::PlaceType;
use domain::recording::Span;
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use platform::roll_calls::{Answered, ExemptionDecision, ExemptionWish, RollCallWish, SeatAnswer};
use platform::rows::{
    AlarmFilter, AlarmStates, DutyCallFilter, DutyCallRow, NewDutyCall, NewRound, PageAsk, RoundRow, Seat,
    SeatCall, Store,
};
use platform::{Ask, Platform, PlatformError};
use sha2::Digest as _;

use crate::duty_room::{self, GUARD, SEAT};
use crate::fixture::World;

/// Seconds between two looks at the clock in a day's story: below what leaves a moment out.
const LOOK_S: i64 = 50;

struct Post {
    world: World,
    store: Store,
    county: Access,
    province: Access,
    rooms: Vec<DutyRoomId>,
    firm: OrganisationId,
    seat: Seat,
    guard: Access,
}

/// So many rooms at the school; the first has a seat, and a guard on its roster for a day.
async fn post(rooms: usize) -> Post {
    let world = World::new().await;
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let province = world.province().await;
    let store = world.store().await;
    let (firm, rooms) = duty_room::rooms(&world, &store, rooms).await;
    let seat = store.bound_seat(SEAT).await.unwrap().unwrap();
    let guard = duty_room::account(&world, &store, GUARD, "li").await;
    // The first look at the clock after a start is another story.
    world.platform.keep_roll_calls(world.now()).await;
    Post { world, store, county, province, rooms, firm, seat, guard }
}

fn wish(rooms: &[DutyRoomId]) -> RollCallWish {
    RollCallWish {
        rooms: rooms.to_vec(),
        region_id: None,
        organisation_id: None,
        sample: None,
        minutes: None,
        reason: "夜间抽查".to_owned(),
    }
}

impl Post {
    fn platform(&self) -> &Platform {
        &self.world.platform
    }

    async fn ask(&self, wish: RollCallWish) -> Result<RoundRow, PlatformError> {
        self.platform().ask_rooms(&self.world.ask(self.county), wish).await
    }

    /// Time passes, and the platform looks at the clock.
    async fn pass_s(&self, seconds: i64) {
        self.world.wait_s(seconds);
        self.platform().keep_roll_calls(self.world.now()).await;
    }

    async fn at_seat(&self) -> Vec<SeatCall> {
        self.platform().seat_calls(self.rooms[0], &[], Duration::ZERO).await.unwrap()
    }

    async fn digits(&self, at: Timestamp) -> String {
        let ask = Ask { now: at, ..self.world.ask(self.guard) };
        let (code, _) = self.platform().seat_code(&ask, &self.seat).await.unwrap();
        code.digits.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    async fn answer(&self, call_id: DutyRollCallId, digits: String) -> Result<Answered, PlatformError> {
        self.answer_as(self.guard, self.rooms[0], SeatAnswer { call_id, digits, device_at: None }).await
    }

    async fn answer_as(
        &self,
        who: Access,
        room_id: DutyRoomId,
        answer: SeatAnswer,
    ) -> Result<Answered, PlatformError> {
        let seat = Seat { room_id, ..self.seat.clone() };
        self.platform().answer_duty_call(&self.world.ask(who), &seat, answer).await
    }

    async fn calls(&self, room: DutyRoomId) -> Vec<DutyCallRow> {
        let filter = DutyCallFilter { room_id: Some(room), ..DutyCallFilter::default() };
        let page = PageAsk::first(200);
        self.platform().duty_roll_calls(&self.world.ask(self.county), &filter, &page).await.unwrap().items
    }

    async fn alarms(&self, code: AlarmCode) -> usize {
        let filter = AlarmFilter { states: AlarmStates::Open, code: Some(code), ..AlarmFilter::default() };
        self.store.alarms(&Access::PLATFORM, &filter, &PageAsk::first(50)).await.unwrap().items.len()
    }
}

fn field(error: PlatformError) -> (&'static str, &'static str) {
    match error {
        PlatformError::Invalid(fields) => (fields[0].field, fields[0].code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_room_hears_at_once_and_answers_with_the_code_of_its_seat() {
    let post = post(2).await;
    let (platform, room) = (post.platform().clone(), post.rooms[0]);
    let listening =
        tokio::spawn(async move { platform.seat_calls(room, &[], Duration::from_secs(20)).await });
    // The seat listens before anybody asks.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let round = post.ask(wish(&post.rooms)).await.unwrap();
    let heard = tokio::time::timeout(Duration::from_secs(2), listening).await.unwrap().unwrap().unwrap();
    assert_eq!((heard.len(), heard[0].room_id, heard[0].origin), (1, room, RollCallOrigin::Regulator));
    assert_eq!((round.counts, round.of_rooms, round.minutes), ([2, 0, 0, 0, 0], 2, 3));

    let call = heard[0].id;
    post.world.wait_s(20);
    let right = post.digits(post.world.now()).await;
    let wrong = if right == "0000" { "0001" } else { "0000" };
    let answer = SeatAnswer { call_id: call, digits: right.clone(), device_at: None };
    let colleague = duty_room::colleague(&post.world, &post.store).await;
    for (who, seat_room, digits, expected) in [
        (post.guard, room, wrong, ("digits", "wrong_code")),
        (post.guard, room, "", ("digits", "wrong_code")),
        (post.guard, post.rooms[1], right.as_str(), ("seat", "other_room")),
        (colleague, room, right.as_str(), ("guard", "not_on_roster")),
    ] {
        let answer = SeatAnswer { digits: digits.to_owned(), ..answer.clone() };
        assert_eq!(field(post.answer_as(who, seat_room, answer).await.unwrap_err()), expected);
    }
    let answered = post.answer_as(post.guard, room, answer).await.unwrap();
    assert_eq!((answered.state, answered.after_ms), (RollCallState::Answered, 20_000));
    assert!(matches!(post.answer(call, right).await.unwrap_err(), PlatformError::Conflict(_)), "once");
    assert!(post.at_seat().await.is_empty());
    let row = &post.calls(room).await[0];
    assert_eq!(row.guard.as_ref().map(|(id, _)| *id), Some(GUARD));
    post.pass_s(1).await;
    let round = post.platform().roll_call_round(&post.world.ask(post.county), round.id).await.unwrap();
    assert_eq!(round.counts, [1, 1, 0, 0, 0]);
}

#[tokio::test]
async fn late_is_late_whatever_the_seat_says() {
    let post = post(1).await;
    post.ask(wish(&post.rooms)).await.unwrap();
    let call = post.at_seat().await[0].id;
    let pressed_at = post.world.now() + SignedDuration::from_secs(60);
    let digits = post.digits(pressed_at).await;
    // The line was down; the answer comes after the deadline with the code of the moment when the key was pressed.
    post.pass_s(181).await;
    assert_eq!(post.calls(post.rooms[0]).await[0].call.state, RollCallState::Absent);
    assert_eq!(field(post.answer(call, digits.clone()).await.unwrap_err()), ("digits", "wrong_code"));
    let queued = SeatAnswer { call_id: call, digits, device_at: Some(pressed_at) };
    let answered = post.answer_as(post.guard, post.rooms[0], queued).await.unwrap();
    assert_eq!(answered.state, RollCallState::Late);
    let row = &post.calls(post.rooms[0]).await[0];
    assert_eq!((row.call.answered_after_ms, row.device_at), (Some(181_000), Some(pressed_at)), "a note");
    post.pass_s(1).await;
    assert_eq!((post.alarms(AlarmCode::D06).await, post.alarms(AlarmCode::D07).await), (1, 1));
}

#[tokio::test]
async fn who_does_not_answer_is_an_alarm_and_is_asked_again_every_ten_minutes() {
    let post = post(1).await;
    let room = post.rooms[0];
    post.ask(wish(&[room])).await.unwrap();
    post.pass_s(180).await;
    assert_eq!(
        (post.calls(room).await[0].call.state, post.alarms(AlarmCode::D06).await),
        (RollCallState::Waiting, 0)
    );
    post.pass_s(1).await;
    let row = &post.calls(room).await[0];
    assert_eq!((row.call.state, post.alarms(AlarmCode::D06).await), (RollCallState::Absent, 1));
    assert!(row.alarm_id.is_some() && row.again_at.is_some());
    post.pass_s(598).await;
    assert_eq!(post.calls(room).await.len(), 1);
    post.pass_s(1).await;
    let calls = post.calls(room).await;
    assert_eq!(
        (calls.len(), calls[0].origin, calls[0].previous_id),
        (2, RollCallOrigin::Again, Some(calls[1].id))
    );
    post.pass_s(181).await;
    assert_eq!(post.alarms(AlarmCode::D06).await, 1, "the same matter is one alarm");
    post.pass_s(600).await;
    let waiting = post.at_seat().await;
    assert_eq!((waiting.len(), waiting[0].state), (1, RollCallState::Waiting));
    let digits = post.digits(post.world.now()).await;
    post.answer(waiting[0].id, digits).await.unwrap();
    post.pass_s(3600).await;
    assert_eq!(post.calls(room).await.len(), 3, "somebody is there: nobody asks again");
    let alarm = calls[1].alarm_id.unwrap();
    let steps = post.store.alarm_steps(&Access::PLATFORM, alarm).await.unwrap();
    assert!(steps.iter().any(|step| step.event.as_str() == "clear"), "and the alarm says so");
}

#[tokio::test]
async fn closed_rooms_and_those_of_others_are_refused_as_a_whole() {
    let post = post(3).await;
    post.store
        .close_duty_room(
            &Access::PLATFORM,
            post.rooms[2],
            duty_room::version(&post.store, post.rooms[2]).await,
            post.world.now(),
        )
        .await
        .unwrap();
    assert_eq!(field(post.ask(wish(&post.rooms)).await.unwrap_err()), ("rooms", "closed"));
    let unknown = [post.rooms[0], DutyRoomId(uuid::Uuid::from_u128(4))];
    assert_eq!(field(post.ask(wish(&unknown)).await.unwrap_err()), ("rooms", "unknown"));
    let stranger = post.world.stranger().await;
    let others = post.platform().ask_rooms(&post.world.ask(stranger), wish(&post.rooms[..1])).await;
    assert_eq!(field(others.unwrap_err()), ("rooms", "unknown"));
    let nobody = post.platform().ask_rooms(&post.world.ask(stranger), wish(&[])).await;
    assert_eq!(field(nobody.unwrap_err()), ("rooms", "none"));
    let guard = post.world.guard().await;
    let guard = post.platform().ask_rooms(&post.world.ask(guard), wish(&post.rooms[..1])).await;
    assert!(matches!(guard.unwrap_err(), PlatformError::Denied(_)), "nobody calls their own roll");
    for (changed, expected) in [
        (RollCallWish { minutes: Some(0), ..wish(&post.rooms[..1]) }, ("minutes", "out_of_range")),
        (RollCallWish { reason: " ".to_owned(), ..wish(&post.rooms[..1]) }, ("reason", "required")),
        (RollCallWish { sample: Some(SampleSize::Percent(0)), ..wish(&[]) }, ("sample", "out_of_range")),
    ] {
        assert_eq!(field(post.ask(changed).await.unwrap_err()), expected);
    }
    assert!(post.at_seat().await.is_empty(), "nobody was asked by any of these");
    assert_eq!(post.ask(wish(&[])).await.unwrap().counts[0], 2, "every open one");
}

#[tokio::test]
async fn a_sample_of_two_hundred_rooms_can_be_drawn_again() {
    let post = post(200).await;
    let everybody = post.ask(RollCallWish { minutes: Some(255), ..wish(&post.rooms) }).await.unwrap();
    assert_eq!(everybody.counts, [200, 0, 0, 0, 0]);
    let drawn =
        RollCallWish { sample: Some(SampleSize::Percent(10)), organisation_id: Some(post.firm), ..wish(&[]) };
    let round = post.platform().ask_rooms(&post.world.ask(post.province), drawn).await.unwrap();
    assert_eq!((round.counts[0], round.of_rooms), (20, 200));
    let filter = DutyCallFilter { round_id: Some(round.id), ..DutyCallFilter::default() };
    let page = PageAsk::first(200);
    let calls =
        post.platform().duty_roll_calls(&post.world.ask(post.province), &filter, &page).await.unwrap().items;
    let mut asked: Vec<DutyRoomId> = calls.iter().map(|row| row.call.room_id).collect();
    asked.sort_unstable();
    let sha256 = |bytes: &[u8]| sha2::Sha256::digest(bytes).into();
    let purpose = format!("round {}", round.id);
    let mut again = sample(&round.sample_seed.unwrap(), &purpose, &post.rooms, 20, &sha256);
    again.sort_unstable();
    assert_eq!(asked, again);
}

#[tokio::test]
async fn a_stop_of_the_platform_accuses_nobody() {
    let post = post(1).await;
    post.ask(wish(&post.rooms)).await.unwrap();
    post.pass_s(100).await;
    post.world.wait_s(600);
    let again = post.world.reopened().await;
    again.keep_roll_calls(post.world.now()).await;
    let row = post.calls(post.rooms[0]).await.remove(0);
    assert_eq!((row.call.state, row.held_up_at), (RollCallState::Waiting, Some(post.world.now())));
    assert_eq!(row.call.deadline_at, post.world.now() + SignedDuration::from_mins(3));
    post.world.wait_s(181);
    again.keep_roll_calls(post.world.now()).await;
    assert_eq!(post.calls(post.rooms[0]).await[0].call.state, RollCallState::Absent, "from here it counts");
}

#[tokio::test]
async fn an_exemption_is_asked_for_and_approved_beforehand_by_two_people() {
    let post = post(2).await;
    let manager = post.world.manager().await;
    let now = post.world.now();
    let span = |from_s, to_s| Span {
        start: now + SignedDuration::from_secs(from_s),
        end: now + SignedDuration::from_secs(to_s),
    };
    let wished = |span| ExemptionWish { room_id: post.rooms[0], span, reason: "停电检修".to_owned() };
    let ask = async |who, wish| post.platform().ask_for_exemption(&post.world.ask(who), wish).await;
    let long = ask(manager, wished(span(60, 5 * 3600))).await.unwrap_err();
    assert_eq!(field(long), ("ends_at", "too_long"));
    assert_eq!(field(ask(manager, wished(span(-60, 60))).await.unwrap_err()), ("starts_at", "in_past"));
    let row = ask(manager, wished(span(600, 3600))).await.unwrap();
    let decide = async |who, version, event| {
        let decision = ExemptionDecision { event, version, why: Some("已核实".to_owned()) };
        post.platform().decide_exemption(&post.world.ask(who), row.id, decision).await
    };
    assert!(matches!(decide(manager, 0, ExemptionEvent::Approve).await, Err(PlatformError::Denied(_))));
    let stranger = post.world.stranger().await;
    assert!(matches!(decide(stranger, 0, ExemptionEvent::Approve).await, Err(PlatformError::NotFound)));
    let approved = decide(post.county, 0, ExemptionEvent::Approve).await.unwrap();
    assert_eq!(approved.state, ExemptionState::Approved);
    assert_eq!(post.ask(wish(&post.rooms)).await.unwrap().counts, [2, 0, 0, 0, 0], "not begun");
    post.pass_s(600).await;
    assert_eq!(post.ask(wish(&post.rooms)).await.unwrap().counts, [1, 0, 0, 0, 1]);
    assert_eq!(post.calls(post.rooms[0]).await[0].call.state, RollCallState::Exempt);
    let taken_back = decide(manager, 1, ExemptionEvent::Withdraw).await.unwrap();
    assert_eq!(taken_back.state, ExemptionState::Withdrawn);
    assert_eq!(post.ask(wish(&post.rooms)).await.unwrap().counts, [2, 0, 0, 0, 0], "asked again from here");
    // Whoever decided nothing before it began has let it lapse.
    let row = ask(
        manager,
        wished(Span {
            start: post.world.now() + SignedDuration::from_secs(5),
            end: post.world.now() + SignedDuration::from_secs(900),
        }),
    )
    .await
    .unwrap();
    post.pass_s(10).await;
    let decision = ExemptionDecision { event: ExemptionEvent::Approve, version: 0, why: None };
    let late =
        post.platform().decide_exemption(&post.world.ask(post.county), row.id, decision).await.unwrap_err();
    assert_eq!(field(late), ("starts_at", "in_past"));
}

#[tokio::test]
async fn a_day_is_committed_to_asked_published_and_checked() {
    let post = post(3).await;
    let today = day_of(post.world.now());
    let (day, begin) = (day_after(today, 1), begin_of(day_after(today, 1)));
    let days = async || {
        post.platform()
            .roll_call_days(&post.world.ask(post.province), &PageAsk::first(9))
            .await
            .unwrap()
            .items
    };
    let to = async |at: Timestamp| post.pass_s(at.duration_since(post.world.now()).as_secs()).await;
    to(begin - SignedDuration::from_mins(61)).await;
    assert!(days().await.is_empty(), "as late as can be: rooms that open today are asked tomorrow");
    to(begin - SignedDuration::from_mins(59)).await;
    let committed = days().await;
    assert_eq!((committed.len(), committed[0].committed.day, committed[0].revealed), (1, day, None));
    assert_eq!(committed[0].committed.rooms.len(), 3);
    let check = async |room| {
        post.platform().check_roll_call_day(&post.world.ask(post.province), day, room).await.unwrap()
    };
    assert_eq!((check(None).await.proof, check(None).await.planned), (None, None), "nothing is told before");
    let text = post.platform().roll_call_day_text(&post.world.ask(post.province), day).await;
    assert!(matches!(text, Err(PlatformError::Conflict(_))));

    // A night, six hours during which the platform is down, and the rest of the day.
    let looks = |from_h: i64, to_h: i64| {
        (from_h * 3600 / LOOK_S..to_h * 3600 / LOOK_S)
            .map(move |n| begin + SignedDuration::from_secs(n * LOOK_S))
    };
    for at in looks(0, 9).chain(looks(15, 24)) {
        to(at).await;
    }
    to(begin + SignedDuration::from_hours(24)).await;
    let round = NewRound {
        id: RollCallRoundId(uuid::Uuid::from_u128(1)),
        origin: RollCallOrigin::Scheduled,
        asked_at: begin + SignedDuration::from_secs(7),
        deadline_at: begin + SignedDuration::from_secs(187),
        minutes: 3,
        asked_by: None,
        reason: None,
        of_rooms: 1,
        sample_seed: None,
    };
    let favour = NewDutyCall {
        id: DutyRollCallId(uuid::Uuid::from_u128(2)),
        room_id: post.rooms[1],
        unit_id: post.world.school,
        state: RollCallState::Exempt,
        planned_at: None,
        previous_id: None,
    };
    post.store.ask_rooms(&round, &[favour]).await.unwrap();
    to(begin + SignedDuration::from_hours(24) + SignedDuration::from_mins(6)).await;

    let checked = check(Some(post.rooms[0])).await;
    assert_eq!(checked.proof, Some(Ok(())));
    let planned = checked.planned.unwrap();
    assert!(planned >= 6, "{planned} of three rooms, two each at least");
    let (added, left): (Vec<_>, Vec<_>) = checked.deviations.iter().partition(|one| one.is_added);
    assert_eq!(planned - left.len() + 1, checked.made, "asked, left out, and one that was not drawn");
    assert_eq!(added.len(), 1, "{added:?}");
    assert_eq!((added[0].at.room_id, added[0].at.at), (post.rooms[1], begin + SignedDuration::from_secs(7)));
    for one in &left {
        let hour = one.at.at.duration_since(begin).as_hours();
        assert_eq!((one.reason, (8..15).contains(&hour)), (Some(LeftOutReason::NotRunning), true), "{one:?}");
    }
    assert!(checked.moments.unwrap().len() >= 2);
    let text = post.platform().roll_call_day_text(&post.world.ask(post.province), day).await.unwrap();
    let digest: [u8; 32] = sha2::Sha256::digest(text.as_bytes()).into();
    assert_eq!(digest, checked.day.committed.commitment, "anybody can check it with sha256sum");
    assert_eq!(days().await.len(), 2, "and the next day is committed to");
}

#[tokio::test]
async fn the_rooms_camera_is_looked_at_where_it_runs() {
    let post = post(1).await;
    let manager = post.world.manager().await;
    // A camera that does not run here: the call goes on without a picture, and accuses nobody.
    let camera = post.world.camera("值班室", PlaceType::DutyRoom, "rtsp://127.0.0.1:9/none".to_owned());
    let camera = post.world.add_camera(manager, camera).await;
    duty_room::give_camera(&post.store, post.rooms[0], camera).await;
    post.ask(wish(&post.rooms)).await.unwrap();
    let call = post.at_seat().await[0].id;
    let digits = post.digits(post.world.now()).await;
    post.answer(call, digits).await.unwrap();
    let detail = post.platform().duty_roll_call(&post.world.ask(post.county), call).await.unwrap();
    assert_eq!((detail.row.code, detail.frames.len()), (None, 0));
}
