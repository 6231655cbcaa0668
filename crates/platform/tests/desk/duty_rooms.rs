//! A duty room as a script of time: a browser becomes its seat, a guard goes on post and is asked for a sign of life, the shifts change, and
//! a handover that nobody signs is told.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::duty::roll_call::RollCallOrigin;
use domain::duty::roster::{ProblemKind, RoomKind};
use domain::duty::seat::handover::HandoverSide;
use domain::duty::seat::{HandoverState, VigilanceState};
use domain::ids::{OrganisationId, StaffId};
use domain::organisation::Post;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::role::Role;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use platform::duty::{DutyRoomView, DutyRoomWish, PairWish, RosterStep, SeatProof, ShiftWish};
use platform::organisations::StaffWish;
use platform::rows::{AlarmFilter, DutyCallFilter, PageAsk, Seat};
use platform::{Ask, PlatformError};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::fixture::World;

/// A browser with a key of its own.
struct Browser {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Browser {
    fn new() -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap();
        Self { pair, random }
    }

    fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.sign(&self.random, text.as_bytes()).unwrap().as_ref())
    }

    fn pairing(&self, code: &str) -> PairWish {
        let public_key = URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref());
        let signature = self.sign(&format!("watchfire-seat-pairing/1\n{code}\n{public_key}\n"));
        PairWish { code: code.to_owned(), public_key, signature }
    }

    /// The proof of a request without a body, signed at a moment.
    fn proof(&self, seat: &Seat, at: Timestamp) -> SeatProof {
        const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let ms = at.as_millisecond();
        let signature = self.sign(&format!("watchfire-seat/1\nGET\n/api/seat\n{ms}\n{NOTHING}\n"));
        SeatProof::read(&format!("{}.{ms}.{signature}", seat.id), "GET", "/api/seat", b"").unwrap()
    }
}

struct Office {
    world: World,
    leader: Ask,
    room: DutyRoomView,
    /// Two people and their accounts.
    people: Vec<(StaffId, Access)>,
}

impl Office {
    async fn open() -> Self {
        let world = World::new().await;
        let county = world.person("county", Role::County, Scope::Region(world.county)).await;
        let id = world.organisation(county, "值守公司").await;
        let leader = world.ask(world.person("leader", Role::Organisation, Scope::Organisation(id)).await);
        let mut people = Vec::new();
        for name in ["甲", "乙"] {
            people.push(person(&world, &leader, id, name).await);
        }
        let wish = DutyRoomWish {
            name: "一号值班室".to_owned(),
            kind: RoomKind::Organisation,
            organisation_id: id,
            unit_id: None,
            quiet_s: 180,
        };
        let room = world.platform.open_duty_room(&leader, wish).await.unwrap();
        Self { world, leader, room, people }
    }

    fn ask(&self, person: usize) -> Ask {
        self.world.ask(self.people[person].1)
    }

    async fn seat(&self, browser: &Browser) -> Seat {
        let room = self.room.room.id;
        let code = self.world.platform.make_pairing(&self.leader, room, "主席位").await.unwrap().code;
        self.world.platform.pair_seat(&self.ask(0), &browser.pairing(&code)).await.unwrap()
    }

    /// The first person sits until the hour is over, the second one from then on.
    async fn roster(&self, hours: i64) -> Timestamp {
        let now = self.world.now();
        let change = Timestamp::from_second((now.as_second() / 3600 + hours) * 3600).unwrap();
        let begin = Timestamp::from_second(now.as_second() / 60 * 60).unwrap();
        let eight = SignedDuration::from_hours(8);
        let shifts = vec![
            ShiftWish { staff_id: self.people[0].0, starts_at: begin, ends_at: change },
            ShiftWish { staff_id: self.people[1].0, starts_at: change, ends_at: change + eight },
        ];
        let leader = Ask { now, ..self.leader.clone() };
        self.world
            .platform
            .change_roster(&leader, self.room.room.id, RosterStep::Enter(shifts), "")
            .await
            .unwrap();
        change
    }
}

async fn person(world: &World, leader: &Ask, organisation: OrganisationId, name: &str) -> (StaffId, Access) {
    let certificate = Certificate {
        number: format!("21360000{}", name.len() + name.as_bytes()[2] as usize),
        level: CertificateLevel::Four,
        direction: CertificateDirection::Monitoring,
        valid_until: Some(date(2099, 1, 1)),
        query: CertificateQuery::NotAsked,
        queried_on: None,
    };
    let wish = StaffWish { name: name.to_owned(), post: Post::Guard, certificate: Some(certificate) };
    let staff = world.platform.put_staff(leader, organisation, None, wish).await.unwrap().row.record.id;
    let login = format!("guard-{}", name.as_bytes()[2]);
    world.platform.give_staff_account(leader, organisation, staff, &login).await.unwrap();
    let account = world.platform.account_named(&world.operator(), &login).await.unwrap();
    (staff, Access::person(account.id, Role::DutyGuard, Scope::Organisation(organisation)))
}

fn code_of<T: std::fmt::Debug>(answer: Result<T, PlatformError>) -> &'static str {
    match answer {
        Err(PlatformError::Invalid(fields)) => fields[0].code,
        other => panic!("no field refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_seat_is_a_key_and_not_a_cookie() {
    let office = Office::open().await;
    let (platform, browser, other) = (&office.world.platform, Browser::new(), Browser::new());
    assert_eq!(code_of(platform.pair_seat(&office.ask(0), &browser.pairing("00000000")).await), "unknown");
    let seat = office.seat(&browser).await;
    let now = office.world.now();
    assert_eq!(platform.seat(&browser.proof(&seat, now), now).await.unwrap().id, seat.id);
    assert_eq!(code_of(platform.seat(&other.proof(&seat, now), now).await), "signature");
    let late = now + SignedDuration::from_secs(61);
    assert_eq!(
        code_of(platform.seat(&browser.proof(&seat, now), late).await),
        "clock",
        "an old request is none of now"
    );
    assert_eq!(
        code_of(platform.seat(&browser.proof(&seat, late), now).await),
        "clock",
        "nor one of tomorrow"
    );
    // Whoever is not of the organisation sits at no seat of it.
    let guard = office.world.ask(office.world.guard().await);
    assert!(matches!(platform.sign_on(&guard, &seat).await, Err(PlatformError::Conflict(_))));
    platform.unpair_seat(&office.leader, seat.room_id, seat.id).await.unwrap();
    assert_eq!(code_of(platform.seat(&browser.proof(&seat, now), now).await), "unbound");
    let stranger = office.world.person("other", Role::County, Scope::Region(office.world.city().await)).await;
    let seen = platform.duty_room(&office.world.ask(stranger), seat.room_id).await;
    assert!(seen.is_ok(), "the city sees what stands in its county");
}

#[tokio::test]
async fn who_does_nothing_is_asked_and_only_who_is_on_post_answers() {
    let office = Office::open().await;
    let (platform, browser) = (&office.world.platform, Browser::new());
    let seat = office.seat(&browser).await;
    assert!(matches!(platform.note_activity(&office.ask(0), &seat).await, Err(PlatformError::Conflict(_))));
    platform.sign_on(&office.ask(0), &seat).await.unwrap();
    let state =
        || async { platform.seat_view(&office.ask(0), seat.clone()).await.unwrap().vigilance.unwrap().state };
    assert_eq!(state().await, VigilanceState::Quiet);
    for (passes_s, expected) in [
        (179, VigilanceState::Quiet),
        (1, VigilanceState::Light),
        (15, VigilanceState::Sound),
        (15, VigilanceState::Leader),
        (90, VigilanceState::Lost),
    ] {
        office.world.wait_s(passes_s);
        assert_eq!(state().await, expected);
    }
    let awake = platform.note_activity(&office.ask(0), &seat).await.unwrap().unwrap();
    assert_eq!(awake.state, VigilanceState::Quiet);
    // The other one, on post elsewhere or nowhere, keeps nobody awake here.
    assert!(matches!(platform.note_activity(&office.ask(1), &seat).await, Err(PlatformError::Conflict(_))));
    platform.sign_off(&office.ask(0), &seat).await.unwrap();
    assert_eq!(platform.seat_view(&office.ask(0), seat.clone()).await.unwrap().vigilance, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_shows_no_sign_of_life_is_asked() {
    let office = Office::open().await;
    let (platform, browser) = (&office.world.platform, Browser::new());
    let seat = office.seat(&browser).await;
    platform.sign_on(&office.ask(0), &seat).await.unwrap();
    office.world.wait_s(180 + 15 + 15 + 90);
    platform.start().await.unwrap();
    let began = Instant::now();
    let asked = loop {
        let filter = DutyCallFilter::default();
        let found =
            platform.duty_roll_calls(&office.world.operator(), &filter, &PageAsk::first(9)).await.unwrap();
        if !found.items.is_empty() {
            break found.items;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "not asked");
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert_eq!((asked.len(), asked[0].origin), (1, RollCallOrigin::Absence));
    platform.stop().await;
}

#[tokio::test]
async fn both_sign_the_change_of_shifts_and_what_was_shown_stays() {
    let office = Office::open().await;
    let (platform, browser) = (&office.world.platform, Browser::new());
    let seat = office.seat(&browser).await;
    let change = office.roster(2).await;
    let until_s = change.duration_since(office.world.now()).as_secs();
    let sign = |person: usize, side| {
        let ask = office.ask(person);
        let seat = seat.clone();
        async move { platform.sign_handover(&ask, &seat, (change, side), "一路离线").await }
    };
    assert_eq!(code_of(sign(0, HandoverSide::Leaves).await), "too_early");
    office.world.wait_s(until_s - 600);
    assert_eq!(code_of(sign(0, HandoverSide::Comes).await), "not_of_shift");
    sign(0, HandoverSide::Leaves).await.unwrap();
    assert_eq!(code_of(sign(0, HandoverSide::Leaves).await), "signed_already");
    let view = platform.seat_view(&office.ask(1), seat.clone()).await.unwrap();
    let handover = view.handover.unwrap();
    assert_eq!(handover.handover.state(), HandoverState::GivenOver);
    assert_eq!(handover.sheet["open_alarms"], serde_json::json!([0, 0, 0, 0]));
    sign(1, HandoverSide::Comes).await.unwrap();
    let view = platform.seat_view(&office.ask(1), seat.clone()).await.unwrap();
    assert!(view.handover.is_none(), "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_that_nobody_signs_is_told_once() {
    let office = Office::open().await;
    let change = office.roster(1).await;
    let until_s = change.duration_since(office.world.now()).as_secs();
    office.world.wait_s(until_s + 16 * 60);
    let platform = &office.world.platform;
    platform.start().await.unwrap();
    let filter = AlarmFilter { code: Some(AlarmCode::D08), ..AlarmFilter::default() };
    let began = Instant::now();
    let told = loop {
        let found = platform.alarms(&office.world.operator(), &filter, &PageAsk::first(9)).await.unwrap();
        if !found.items.is_empty() {
            break found.items;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "not told");
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert_eq!((told.len(), told[0].alarm.unit_id), (1, office.room.room.unit_id));
    // The organisation sees the alarm of its own site.
    let own = platform
        .alarms(&Ask { now: office.world.now(), ..office.leader.clone() }, &filter, &PageAsk::first(9))
        .await
        .unwrap();
    assert_eq!(own.items.len(), 1);
    platform.stop().await;
}

#[tokio::test]
async fn a_roster_shows_what_is_missing_and_a_stand_in_says_why() {
    let office = Office::open().await;
    let (platform, room) = (&office.world.platform, office.room.room.id);
    let change = office.roster(2).await;
    let leader = Ask { now: office.world.now(), ..office.leader.clone() };
    let view = platform.roster(&leader, room, domain::beijing::day_of(leader.now), 2).await.unwrap();
    assert!(!view.is_complete);
    let kinds: Vec<ProblemKind> = view.problems.iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&ProblemKind::TooFew) && kinds.contains(&ProblemKind::Nobody), "{kinds:?}");
    let later = view.shifts.iter().find(|row| row.shift.span.start == change).unwrap();
    let wish = platform::duty::StandInWish {
        shift_id: later.shift.id,
        from: office.people[1].0,
        to: office.people[0].0,
        span: None,
    };
    let step = RosterStep::StandIn(wish);
    assert_eq!(code_of(platform.change_roster(&leader, room, step.clone(), "").await), "required");
    assert_eq!(
        code_of(platform.change_roster(&leader, room, step, "发烧").await),
        "little_rest",
        "straight after a shift"
    );
    let guard = office.ask(0);
    let refused = platform.change_roster(&guard, room, RosterStep::Enter(vec![]), "").await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "a guard writes no roster");
}
