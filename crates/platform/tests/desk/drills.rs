//! Drills as scripts of time: planned, blind until taken, timed by the server, scored at the last step or when their time is over; by lot once a
//! month; and nothing that is counted of real work moves by one.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, Source};
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::drill::{DrillKind, DrillState, DrillStep, LASTS, blind_moment};
use domain::duty::presence::{Seen, pack};
use domain::ids::{DrillId, DutyRoomId};
use domain::role::Role;
use jiff::SignedDuration;
use platform::drills::{DrillWish, SeatDrill};
use platform::notices::OverdueAsk;
use platform::roll_calls::RollCallWish;
use platform::rows::{
    AlarmFilter, AlarmStates, DrillFilter, DrillRow, OverdueFilter, PageAsk, PresenceDay, RoomDayFilter,
    Seat, Store,
};
use platform::seal::Seal;
use platform::{Ask, Platform, PlatformError};

use crate::duty_room::{self, GUARD, SEAT};
use crate::fixture::World;

struct Post {
    world: World,
    store: Store,
    county: Access,
    rooms: Vec<DutyRoomId>,
    seat: Seat,
    guard: Access,
}

async fn post() -> Post {
    let world = World::new().await;
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let store = world.store().await;
    let (_, rooms) = duty_room::rooms(&world, &store, 2).await;
    let seat = store.bound_seat(SEAT).await.unwrap().unwrap();
    let guard = duty_room::account(&world, &store, GUARD, "li").await;
    Post { world, store, county, rooms, seat, guard }
}

impl Post {
    fn platform(&self) -> &Platform {
        &self.world.platform
    }

    fn wish(&self, kind: DrillKind) -> DrillWish {
        DrillWish {
            kind,
            rooms: vec![self.rooms[0]],
            unit_id: None,
            camera_id: None,
            code: AlarmCode::F01,
            place: "三楼东侧走廊".to_owned(),
            knows: "校安全负责人".to_owned(),
            begins_at: None,
        }
    }

    async fn plan(&self, wish: DrillWish) -> Result<DrillRow, PlatformError> {
        let planned = self.platform().plan_drills(&self.world.ask(self.county), wish).await?;
        Ok(planned.into_iter().next().unwrap())
    }

    async fn pass_s(&self, seconds: i64) {
        self.world.wait_s(seconds);
        self.platform().keep_drills(self.world.now()).await.unwrap();
    }

    async fn at_seat(&self) -> Option<SeatDrill> {
        self.platform().seat_drill(&self.world.ask(self.guard), &self.seat).await.unwrap()
    }

    async fn do_step(&self, id: DrillId, step: DrillStep) -> Result<SeatDrill, PlatformError> {
        self.platform().do_drill_step(&self.world.ask(self.guard), &self.seat, id, step).await
    }

    async fn known(&self, who: Access) -> usize {
        let page = PageAsk::first(50);
        let found = self.platform().drills(&self.world.ask(who), &DrillFilter::default(), &page).await;
        found.unwrap().items.len()
    }

    async fn state(&self, id: DrillId) -> (DrillState, Option<u32>) {
        let row = self.platform().drill(&self.world.ask(self.county), id).await.unwrap().row;
        (row.state, row.half_points)
    }
}

fn field(error: PlatformError) -> (&'static str, &'static str) {
    match error {
        PlatformError::Invalid(fields) => (fields[0].field, fields[0].code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_double_blind_drill_looks_like_an_alarm_until_it_is_taken_and_ends_with_its_last_step() {
    let post = post().await;
    let row = post.plan(post.wish(DrillKind::DoubleBlind)).await.unwrap();
    let id = row.plan.id;
    assert_eq!((post.state(id).await, post.known(post.county).await), ((DrillState::Running, None), 1));
    assert_eq!(post.known(post.guard).await, 0, "whoever is drilled does not know");
    let unknown = post.platform().drill(&post.world.ask(post.guard), id).await;
    assert!(matches!(unknown, Err(PlatformError::NotFound)));
    let shown = post.at_seat().await.unwrap();
    assert!(!shown.is_known && shown.row.plan.place == "三楼东侧走廊", "{shown:?}");

    post.pass_s(20).await;
    let early = post.do_step(id, DrillStep::Verify).await.unwrap_err();
    assert!(matches!(early, PlatformError::Conflict(_)), "nothing before it is taken");
    let mut after_s = 20;
    for (step, seconds) in [
        (DrillStep::Take, 0),
        (DrillStep::Verify, 40),
        (DrillStep::CallFireBrigade, 100),
        (DrillStep::CallNearest, 60),
        (DrillStep::CallManager, 30),
        (DrillStep::Record, 300),
    ] {
        post.pass_s(seconds).await;
        after_s += seconds;
        assert!(post.do_step(id, step).await.unwrap().is_known, "from now on the screen says so");
    }
    let detail = post.platform().drill(&post.world.ask(post.guard), id).await.unwrap();
    assert_eq!((detail.row.state, detail.row.half_points), (DrillState::Done, Some(180)));
    let scores = detail.scores.unwrap();
    let late: Vec<_> = scores.iter().filter(|one| one.half_points < one.step.points() * 2).collect();
    assert_eq!(late.len(), 1, "the nearest person was sent after 220 of 180 s: half its points");
    assert_eq!((late[0].step, late[0].after_ms), (DrillStep::CallNearest, Some(220_000)));
    assert_eq!(scores[5].after_ms, Some(after_s as u64 * 1000));
    assert_eq!(post.at_seat().await, None);
    assert_eq!(post.known(post.guard).await, 1, "now everybody may read it");
}

#[tokio::test]
async fn a_drill_that_nobody_works_ends_by_itself_with_nothing() {
    let post = post().await;
    let begins_at = Some(post.world.now() + SignedDuration::from_mins(10));
    let row = post.plan(DrillWish { begins_at, ..post.wish(DrillKind::Scripted) }).await.unwrap();
    let id = row.plan.id;
    post.pass_s(599).await;
    assert_eq!((post.state(id).await.0, post.at_seat().await), (DrillState::Planned, None));
    post.pass_s(1).await;
    assert!(post.at_seat().await.unwrap().is_known, "an announced one says what it is");
    post.pass_s(LASTS.as_secs() - 1).await;
    assert_eq!(post.state(id).await.0, DrillState::Running);
    post.pass_s(1).await;
    assert_eq!(post.state(id).await, (DrillState::Done, Some(0)));
    let late = post.do_step(id, DrillStep::Take).await.unwrap_err();
    assert!(matches!(late, PlatformError::Conflict(_)));
}

#[tokio::test]
async fn plans_out_of_reach_or_without_sense_are_refused_and_one_that_runs_is_called_off() {
    let post = post().await;
    let wish = post.wish(DrillKind::DoubleBlind);
    let camera = post.world.camera("走廊", domain::place::PlaceType::Gate, "rtsp://127.0.0.1:9/1".to_owned());
    let camera = post.world.add_camera(post.world.manager().await, camera).await;
    for (changed, expected) in [
        (DrillWish { knows: " ".to_owned(), ..wish.clone() }, ("knows", "required")),
        (DrillWish { code: AlarmCode::V04, ..wish.clone() }, ("code", "not_grave")),
        (DrillWish { rooms: vec![], ..wish.clone() }, ("rooms", "out_of_range")),
        (
            DrillWish { begins_at: Some(post.world.now() - SignedDuration::from_secs(1)), ..wish.clone() },
            ("begins_at", "in_past"),
        ),
        (DrillWish { camera_id: Some(camera), ..wish.clone() }, ("camera_id", "other_unit")),
    ] {
        assert_eq!(field(post.plan(changed).await.unwrap_err()), expected);
    }
    let stranger = post.world.stranger().await;
    let foreign = post.platform().plan_drills(&post.world.ask(stranger), wish.clone()).await;
    assert_eq!(field(foreign.unwrap_err()), ("rooms", "unknown"));
    for drilled in [post.guard, post.world.guard().await] {
        let own = post.platform().plan_drills(&post.world.ask(drilled), wish.clone()).await;
        assert!(matches!(own, Err(PlatformError::Denied(_))), "nobody plans their own");
    }
    let seen = DrillWish { unit_id: Some(post.world.school), camera_id: Some(camera), ..wish };
    let id = post.plan(seen).await.unwrap().plan.id;
    let why = "真实警情";
    let foreign = post.platform().cancel_drill(&post.world.ask(stranger), id, why).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
    let ask = post.world.ask(post.county);
    let silent = post.platform().cancel_drill(&ask, id, " ").await.unwrap_err();
    assert_eq!(field(silent), ("why", "required"));
    post.platform().cancel_drill(&ask, id, why).await.unwrap();
    assert_eq!((post.state(id).await, post.at_seat().await), ((DrillState::Cancelled, None), None));
    let month = post.platform().drill_month(&ask, day_of(post.world.now()), None).await.unwrap();
    assert_eq!((month.rows.len(), month.scripted, month.double_blind), (2, 0, 0), "not held");
    let other = post.platform().drill_month(&post.world.ask(stranger), day_of(post.world.now()), None).await;
    assert!(other.unwrap().rows.is_empty());
}

/// Everything that is counted of real work.
async fn counted(post: &Post) -> (String, usize, usize) {
    let (platform, now) = (post.platform(), post.world.now());
    platform.keep_rooms(now).await.unwrap();
    let snapshot = platform.take_snapshot(&post.world.operator(), None, None).await.unwrap();
    let province = Ask::platform(now);
    let overview = platform.overview(&province).await.unwrap().alarms.unwrap();
    let overdue = OverdueAsk { filter: OverdueFilter::default(), days: 0 };
    let page = PageAsk::first(50);
    let overdue = post.store.overdue_alarms(&Access::PLATFORM, &overdue.filter, now, &page).await.unwrap();
    let filter = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
    let alarms = post.store.alarms(&Access::PLATFORM, &filter, &page).await.unwrap();
    let day = day_of(now);
    let rooms = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: Some(post.rooms[0]) };
    let minutes = post.store.room_days(&Access::PLATFORM, &rooms).await.unwrap();
    let minutes: Vec<_> = minutes.iter().map(|row| row.kept.minutes.clone()).collect();
    let acts = post.store.seat_acts(post.rooms[0], domain::recording::Span::new(begin_of(day), now)).await;
    let rest =
        format!("{:?} {:?} {overview:?} {minutes:?} {:?}", snapshot.parts, snapshot.alarms, acts.unwrap());
    (rest, overdue.items.len(), alarms.items.len())
}

#[tokio::test]
async fn a_drill_moves_no_figure_no_list_and_no_minute() {
    let post = post().await;
    let seen = [Some(Seen::Staffed); 1440];
    let days = [PresenceDay { room_id: post.rooms[0], seen: pack(&seen) }];
    post.store.put_presence_days(day_of(post.world.now()), &days, post.world.now()).await.unwrap();
    // A real alarm that is overdue, and a room that failed: there is something to move.
    let real = platform::alarms::Reported {
        code: AlarmCode::F01,
        unit_id: post.world.school,
        camera_id: None,
        source: Source::Device,
        occurred_at: post.world.now(),
        note: None,
        simulated: false,
        observation_id: uuid::Uuid::from_u128(0xd1),
        detector: None,
    };
    post.platform().raise_reported(real, post.world.now()).await.unwrap();
    let wish = RollCallWish {
        rooms: vec![post.rooms[0]],
        region_id: None,
        organisation_id: None,
        sample: None,
        minutes: None,
        reason: "夜间抽查".to_owned(),
    };
    post.platform().keep_roll_calls(post.world.now()).await;
    post.platform().ask_rooms(&post.world.ask(post.county), wish).await.unwrap();
    post.pass_s(200).await;
    post.platform().keep_roll_calls(post.world.now()).await;
    let settled = post.world.now();
    let before = counted(&post).await;
    assert!(
        before.1 == 1 && before.2 == 2,
        "an overdue alarm, and one of the room that did not answer: {before:?}"
    );

    // Two drills at once, one worked and one left alone, while the clock stands still for everything else.
    let id = post.plan(post.wish(DrillKind::DoubleBlind)).await.unwrap().plan.id;
    for step in DrillStep::ALL {
        post.do_step(id, step).await.unwrap();
    }
    assert_eq!(post.state(id).await, (DrillState::Done, Some(200)));
    let left = post.plan(post.wish(DrillKind::Scripted)).await.unwrap().plan.id;
    post.platform().keep_drills(settled + LASTS).await.unwrap();
    assert_eq!(post.state(left).await, (DrillState::Done, Some(0)));
    assert_eq!(counted(&post).await, before);
    let month =
        post.platform().drill_month(&post.world.ask(post.county), day_of(settled), None).await.unwrap();
    assert_eq!((month.rows.len(), month.scripted, month.double_blind), (2, 1, 1), "it is counted here alone");
}

#[tokio::test]
async fn a_lot_decides_the_moment_is_committed_to_beforehand_and_published_afterwards() {
    let post = post().await;
    let platform = post.platform();
    let ask = async || post.world.ask(post.county);
    let region = post.world.county;
    let stranger = post.world.ask(post.world.stranger().await);
    let foreign = platform.put_drill_plan(&stranger, region, (AlarmCode::F02, "局值班领导")).await;
    assert!(matches!(foreign, Err(PlatformError::NotFound)));
    platform.put_drill_plan(&ask().await, region, (AlarmCode::F02, "局值班领导")).await.unwrap();
    platform.keep_lots(post.world.now()).await;
    let this = day_of(post.world.now()).first_of_month();
    let next = day_after(this.last_of_month(), 1);
    let lots = platform.drill_months(&ask().await).await.unwrap();
    assert_eq!(
        lots.iter().map(|one| (one.month, one.seed)).collect::<Vec<_>>(),
        [(next, None), (this, None)]
    );

    // What nobody else can read: when next month's drills will be.
    let sealed = post.store.drill_months().await.unwrap()[0].committed.sealed_seed.clone();
    let opened = Seal::new(&[7; 32]).open(&sealed, &format!("drills of {next}")).unwrap();
    let secret: [u8; 32] =
        std::array::from_fn(|n| u8::from_str_radix(&opened[n * 2..n * 2 + 2], 16).unwrap());
    let sha256 = |bytes: &[u8]| platform::rows::sha256(bytes);
    let mut moments: Vec<_> =
        post.rooms.iter().map(|room| blind_moment(&secret, next, *room, &sha256)).collect();
    moments.sort_unstable();
    let held = async || platform.drills(&ask().await, &DrillFilter::default(), &PageAsk::first(50)).await;
    let go_to = async |at: jiff::Timestamp| {
        post.world.wait_s(at.duration_since(post.world.now()).as_secs());
        platform.keep_lots(post.world.now()).await;
        platform.keep_drills(post.world.now()).await.unwrap();
    };
    for (n, at) in moments.into_iter().enumerate() {
        go_to(at - SignedDuration::from_secs(1)).await;
        assert_eq!(held().await.unwrap().items.len(), n, "not a second before");
        for late_s in [1, 2] {
            go_to(at + SignedDuration::from_secs(late_s)).await;
            assert_eq!(held().await.unwrap().items.len(), n + 1, "once");
        }
    }
    go_to(begin_of(day_after(next.last_of_month(), 1))).await;
    let lot = platform.drill_months(&ask().await).await.unwrap().into_iter().find(|one| one.month == next);
    let seed = lot.unwrap().seed.unwrap();
    let text = format!(
        "watchfire-drill-month/1\nmonth {next}\nseed {}\n",
        domain::duty::roll_call::draw::hex(&seed)
    );
    assert_eq!(platform::rows::sha256(text.as_bytes()), lot.unwrap().commitment);
    for row in held().await.unwrap().items {
        assert_eq!(row.plan.begins_at, blind_moment(&seed, next, row.plan.room_id, &sha256));
        assert_eq!(
            (row.plan.kind, row.plan.code, row.planner),
            (DrillKind::DoubleBlind, AlarmCode::F02, None)
        );
        assert_eq!(row.state, DrillState::Done);
    }
}
