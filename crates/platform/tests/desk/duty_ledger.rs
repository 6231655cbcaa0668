//! The ledger of duty as scripts of days: what a camera, a roster and a contract say becomes minutes, a day is closed once and chained, a
//! correction lies beside it, and the state of a unit follows when there are seven days to speak of.

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::beijing::{begin_of, day_after, day_of};
use domain::contract::ContractEvent;
use domain::duty::falsehood::Trick;
use domain::duty::falsehood::case::{SuspicionEvent, SuspicionState};
use domain::duty::ledger::MinuteState;
use domain::duty::presence::{Seen, SeenDay, pack};
use domain::duty::roster::{RoomKind, Shift};
use domain::ids::{DutyRoomId, OrganisationId, ShiftId, StaffId};
use domain::organisation::Post;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::recording::Span;
use domain::role::Role;
use domain::unit::{Duty, Provenance};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use platform::PlatformError;
use platform::alarms::ManualAlarm;
use platform::bulletins::DocumentFormat;
use platform::ledger::{CorrectionWish, OBSERVED_SOURCE, SuspicionStepWish};
use platform::organisations::{ContractStepWish, ContractWish, StaffWish};
use platform::reports::{ReportKind, ReportWish};
use platform::rows::{
    DutyStandingFilter, NewDutyRoom, PageAsk, PresenceDay, RoomDayFilter, RosterChange, Store,
    SuspicionFilter, UnitChange,
};
use uuid::Uuid;

use crate::fixture::World;

pub(crate) const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(0x7_0001));
pub(crate) const DAY_S: i64 = 86_400;
pub(crate) const HOUR_S: i64 = 3_600;

/// A school whose control room an organisation mans around the clock.
pub(crate) struct Duties {
    pub(crate) world: World,
    pub(crate) store: Store,
    pub(crate) county: Access,
    pub(crate) leader: Access,
    pub(crate) organisation: OrganisationId,
    /// The first day, which begins with the story.
    pub(crate) first: Date,
}

pub(crate) async fn duties() -> Duties {
    let world = World::new().await;
    let store = world.store().await;
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let platform = &world.platform;
    let organisation = world.organisation(county, "安守公司").await;
    let leader = world.person("leader", Role::Organisation, Scope::Organisation(organisation)).await;
    let manager = world.manager().await;
    let now = world.now();
    let contract = ContractWish {
        unit_id: world.school,
        organisation_id: organisation,
        number: String::new(),
        starts_at: now,
        ends_at: now + SignedDuration::from_hours(24 * 300),
        replaces: None,
    };
    let proposed = platform.propose_contract(&world.ask(manager), contract).await.unwrap();
    let accept = ContractStepWish {
        event: ContractEvent::Accept,
        version: proposed.contract.version,
        reason: String::new(),
    };
    platform.step_contract(&world.ask(leader), proposed.contract.id, accept).await.unwrap();
    let first = day_of(now);
    let duties = Duties { world, store, county, leader, organisation, first };
    duties.furnish().await;
    duties
}

impl Duties {
    /// The room, six guards with certificates, and a roster of three shifts of two for a month.
    async fn furnish(&self) {
        let new = NewDutyRoom {
            id: ROOM,
            name: "消防控制室".to_owned(),
            kind: RoomKind::FireControl,
            organisation_id: self.organisation,
            unit_id: self.world.school,
            quiet_s: 180,
            sealed_secret: vec![1],
            at: self.world.now(),
            synthetic: false,
        };
        self.store.open_duty_room(&Access::PLATFORM, &new).await.unwrap();
        let mut guards: Vec<StaffId> = Vec::new();
        for n in 0..6 {
            let certificate = Certificate {
                number: format!("213600000{n}"),
                level: CertificateLevel::Four,
                direction: CertificateDirection::Monitoring,
                valid_until: Some(date(2099, 1, 1)),
                query: CertificateQuery::Confirmed,
                queried_on: Some(self.first),
            };
            let wish =
                StaffWish {
                    name: format!("值班员{n}"), post: Post::Guard, certificate: Some(certificate)
                };
            let member = self
                .world
                .platform
                .put_staff(&self.world.ask(self.leader), self.organisation, None, wish)
                .await
                .unwrap();
            guards.push(member.row.record.id);
        }
        let begin = begin_of(self.first);
        let at = |hours: i64| begin + SignedDuration::from_hours(hours);
        let shifts: Vec<Shift> = (0..90)
            .flat_map(|turn: i64| {
                let pair = [0, 1].map(|one| guards[(turn as usize % 3) * 2 + one]);
                pair.into_iter().enumerate().map(move |(one, guard_id)| (turn, one, guard_id))
            })
            .map(|(turn, one, guard_id)| Shift {
                id: ShiftId(Uuid::from_u128(0x8_0000 + turn as u128 * 2 + one as u128)),
                room_id: ROOM,
                guard_id,
                span: Span::new(at(turn * 8), at(turn * 8 + 8)),
            })
            .collect();
        let change = RosterChange {
            room_id: ROOM,
            window: Span::new(begin, at(24 * 30)),
            reason: None,
            at: self.world.now(),
        };
        let decide = |_: &[Shift]| Ok::<_, platform::rows::StoreError>(shifts);
        self.store.change_roster(&Access::PLATFORM, &change, decide).await.unwrap();
    }

    /// What the camera showed on a day: enough people, but for these minutes.
    pub(crate) async fn show(&self, day: Date, but: &[(usize, usize, Seen)]) {
        let mut seen: SeenDay = [Some(Seen::Staffed); 1440];
        for (from, until, what) in but {
            seen[*from..*until].fill(Some(*what));
        }
        let days = [PresenceDay { room_id: ROOM, seen: pack(&seen) }];
        self.store.put_presence_days(day, &days, self.world.now()).await.unwrap();
    }

    /// Goes to a moment of the story, in seconds since its beginning, and does what the platform does every minute.
    pub(crate) async fn go_to(&self, s: i64) {
        let since = self.world.now().duration_since(begin_of(self.first)).as_secs();
        self.world.wait_s(s - since);
        self.world.platform.keep_rooms(self.world.now()).await.unwrap();
        self.world.platform.close_ledger_days(self.world.now()).await.unwrap();
    }

    async fn proven(&self, day: Date) -> u16 {
        let ask = self.world.ask(self.county);
        let days = self.world.platform.unit_ledger(&ask, self.world.school, day, day).await.unwrap();
        days.first().map_or(0, |one| one.totals.proven)
    }

    async fn duty(&self) -> (Duty, Provenance, String) {
        let last =
            self.store.unit_history(&Access::PLATFORM, self.world.school).await.unwrap().pop().unwrap();
        (last.unit.duty, last.duty_provenance, last.source)
    }
}

#[tokio::test]
async fn a_day_runs_is_closed_once_and_chained() {
    let duties = duties().await;
    let (platform, ask) = (&duties.world.platform, duties.world.ask(duties.county));
    duties.show(duties.first, &[(600, 630, Seen::Empty)]).await;
    duties.go_to(12 * HOUR_S).await;
    let filter = RoomDayFilter { from: duties.first, to: duties.first, organisation_id: None, room_id: None };
    let room = platform.ledger_rooms(&duties.world.ask(duties.county), &filter).await.unwrap().pop().unwrap();
    // What comes late is waited for: the last minute is not known yet.
    assert_eq!((room.totals.required, room.totals.proven, room.totals.claimed), (719, 689, 719));
    assert_eq!((room.totals.contradicted, room.row.closed_at), (30, None));
    let coverage = platform.ledger_coverage(&duties.world.ask(duties.county), duties.first).await.unwrap();
    assert_eq!((coverage.is_closed, coverage.units.days, coverage.units.proven), (false, 1, 689));

    duties.show(day_after(duties.first, 1), &[]).await;
    duties.go_to(DAY_S + 3 * HOUR_S).await;
    assert_eq!(platform.ledger_days(&ask, 9).await.unwrap().len(), 0, "not before four in the morning");
    duties.go_to(DAY_S + 4 * HOUR_S).await;
    duties.go_to(DAY_S + 5 * HOUR_S).await;
    let closed = platform.ledger_days(&ask, 9).await.unwrap();
    assert_eq!(
        closed.iter().map(|one| (one.day, one.units, one.rooms)).collect::<Vec<_>>(),
        [(duties.first, 1, 1)]
    );
    assert_eq!(duties.proven(duties.first).await, 1410);
    // What comes after the close changes nothing any more.
    duties.show(duties.first, &[]).await;
    duties.go_to(DAY_S + 6 * HOUR_S).await;
    assert_eq!(duties.proven(duties.first).await, 1410);

    duties.go_to(2 * DAY_S + 4 * HOUR_S).await;
    let days = platform
        .unit_ledger(
            &duties.world.ask(duties.county),
            duties.world.school,
            duties.first,
            day_after(duties.first, 1),
        )
        .await
        .unwrap();
    let kept: Vec<_> = days.iter().map(|one| one.closed.as_ref().unwrap().kept.clone()).collect();
    assert_eq!((kept[0].previous, kept[1].previous), ([0; 32], kept[0].digest));
    assert_eq!((kept[0].camera, kept[0].served.len()), (1440, 1));
    for day in [duties.first, day_after(duties.first, 1)] {
        let proof = platform.verify_ledger_day(&duties.world.ask(duties.county), day).await.unwrap();
        assert!(proof.is_day_right && proof.faults.is_empty() && proof.links == 1, "{proof:?}");
    }
}

#[tokio::test]
async fn an_alarm_stands_beside_the_duty_of_its_minute() {
    let duties = duties().await;
    let (world, platform) = (&duties.world, &duties.world.platform);
    duties.show(duties.first, &[(600, 630, Seen::Empty)]).await;
    let mut rung = Vec::new();
    for minute in [590, 610] {
        duties.go_to(minute * 60).await;
        let seen = ManualAlarm {
            unit_id: world.school,
            camera_id: None,
            code: AlarmCode::F02,
            note: "三楼走廊有烟".to_owned(),
            occurred_at: None,
        };
        rung.push(platform.raise_manual(&world.operator(), seen).await.unwrap().alarm.id);
    }
    let at = async |id, who| platform.duty_at_alarm(&world.ask(who), id).await;
    let early = at(rung[1], duties.county).await.unwrap();
    assert!(!early.is_known && !early.is_closed, "cameras' minutes come a little later: {early:?}");
    duties.go_to(12 * HOUR_S).await;
    let state =
        async |id| at(id, duties.county).await.unwrap().run.map(|run| (run.from, run.minutes, run.state));
    assert_eq!(state(rung[0]).await, Some((0, 600, MinuteState::Proven)));
    assert_eq!(state(rung[1]).await, Some((600, 30, MinuteState::Empty)));
    let guard = world.guard().await;
    assert!(at(rung[1], guard).await.unwrap().is_known, "who sees the alarm sees its minute");
    let stranger = world.stranger().await;
    assert!(matches!(at(rung[1], stranger).await, Err(PlatformError::NotFound)));
    duties.show(day_after(duties.first, 1), &[]).await;
    duties.go_to(DAY_S + 4 * HOUR_S).await;
    assert!(at(rung[1], duties.county).await.unwrap().is_closed);
    assert_eq!(state(rung[1]).await, Some((600, 30, MinuteState::Empty)));
}

#[tokio::test]
async fn a_correction_lies_beside_what_was_computed() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    let province = duties.world.province().await;
    duties.show(duties.first, &[(600, 630, Seen::Empty)]).await;
    let wish = |from, known| CorrectionWish {
        day: duties.first,
        room_id: ROOM,
        from,
        minutes: 20,
        to: MinuteState::Proven,
        reason: "摄像机被柜门遮挡，录像可见两人".to_owned(),
        known,
    };
    duties.go_to(12 * HOUR_S).await;
    let early = platform.correct_ledger(&duties.world.ask(province), wish(600, 0)).await;
    assert!(matches!(early, Err(PlatformError::Conflict(_))), "{early:?}");
    duties.go_to(DAY_S + 4 * HOUR_S).await;
    let refused = platform.correct_ledger(&duties.world.ask(duties.county), wish(600, 0)).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "the county answers for this duty");
    let refused = platform
        .correct_ledger(
            &duties.world.ask(province),
            CorrectionWish { reason: " ".to_owned(), ..wish(600, 0) },
        )
        .await;
    assert!(matches!(refused, Err(PlatformError::Invalid(fields)) if fields[0].field == "reason"));
    platform.correct_ledger(&duties.world.ask(province), wish(600, 0)).await.unwrap();
    assert_eq!(duties.proven(duties.first).await, 1430);
    let stale = platform.correct_ledger(&duties.world.ask(province), wish(610, 0)).await;
    assert!(matches!(stale, Err(PlatformError::Conflict(_))), "{stale:?}");
    platform.correct_ledger(&duties.world.ask(province), wish(610, 1)).await.unwrap();
    assert_eq!(duties.proven(duties.first).await, 1440);
    let kept =
        platform.ledger_corrections(&duties.world.ask(duties.county), ROOM, duties.first).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept[0].old.contains("empty") && kept[0].by.1 == "province", "{kept:?}");
    let proof = platform.verify_ledger_day(&duties.world.ask(province), duties.first).await.unwrap();
    assert!(proof.is_day_right && proof.faults.is_empty(), "{proof:?}");
    assert_eq!(proof.links, 3, "what was computed, and two editions");
}

#[tokio::test]
async fn the_state_of_a_unit_follows_when_there_are_seven_days() {
    let duties = duties().await;
    // The register claims valid duty; a claim stands until there is something to put in its place.
    let unit =
        duties.store.unit_history(&Access::PLATFORM, duties.world.school).await.unwrap().pop().unwrap().unit;
    let claim = UnitChange {
        unit: domain::unit::Unit { duty: Duty::Valid, ..unit },
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "register".to_owned(),
    };
    duties.store.apply_units(&Access::PLATFORM, &[claim], None, duties.world.now()).await.unwrap();
    for days in 0..=7 {
        duties.show(day_after(duties.first, days), &[]).await;
    }
    let count = async |s: i64| {
        duties.go_to(s).await;
        duties.world.platform.count_standings(duties.world.now()).await.unwrap();
        let filter =
            DutyStandingFilter { unit_id: Some(duties.world.school), ..DutyStandingFilter::default() };
        let ask = duties.world.ask(duties.county);
        let page = duties.world.platform.duty_standings(&ask, &filter, &PageAsk::first(9)).await;
        page.unwrap().items.pop().unwrap().standing
    };
    for days in 1..7 {
        duties.go_to(days * DAY_S + 4 * HOUR_S).await;
    }
    let six = count(6 * DAY_S + 5 * HOUR_S).await;
    assert_eq!((six.days, six.state, six.met), (6, None, 4), "all but the roll-calls: there were none");
    assert_eq!(duties.duty().await.0, Duty::Valid);
    let seven = count(7 * DAY_S + 5 * HOUR_S).await;
    assert_eq!(
        (seven.days, seven.state),
        (7, Some(Duty::Doubtful)),
        "a claim that is not proved is in doubt"
    );
    assert_eq!((seven.facts.required, seven.facts.proven, seven.facts.unproven_run), (7 * 1440, 7 * 1440, 0));
    assert_eq!(duties.duty().await, (Duty::Doubtful, Provenance::Observed, OBSERVED_SOURCE.to_owned()));
    // Nobody for a whole shift.
    duties.show(day_after(duties.first, 7), &[(300, 1440, Seen::Empty)]).await;
    let silent = count(7 * DAY_S + 14 * HOUR_S).await;
    assert_eq!((silent.facts.unproven_run, silent.state), (539, Some(Duty::Interrupted)));
    assert_eq!(duties.duty().await.0, Duty::Interrupted);
}

#[tokio::test]
async fn a_shape_that_never_moves_is_suspected_replied_to_and_decided() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    duties.show(duties.first, &[(600, 660, Seen::Dummy)]).await;
    duties.go_to(12 * HOUR_S).await;
    for _ in 0..2 {
        platform.look_for_feigned_duty(duties.world.now()).await.unwrap();
    }
    let filter = SuspicionFilter::default();
    let page =
        platform.suspicions(&duties.world.ask(duties.county), &filter, &PageAsk::first(9)).await.unwrap();
    let [row] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((row.raised.trick, row.state), (Trick::Mannequin, SuspicionState::Raised));
    let id = row.raised.id;
    let step = async |who: Access, event, version| {
        let wish = SuspicionStepWish { event, words: "已核".to_owned(), version };
        platform.step_suspicion(&duties.world.ask(who), id, wish).await
    };
    let hasty = step(duties.county, SuspicionEvent::Uphold, 0).await;
    assert!(matches!(hasty, Err(PlatformError::Conflict(_))), "nothing is upheld before a reply: {hasty:?}");
    let refused = step(duties.leader, SuspicionEvent::Dismiss, 0).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))), "nobody decides about themselves");
    let stranger = duties.world.stranger().await;
    assert!(platform.suspicion(&duties.world.ask(stranger), id).await.is_err());
    let replied = step(duties.leader, SuspicionEvent::Reply, 0).await.unwrap();
    assert_eq!((replied.row.state, replied.numbers[0].found), (SuspicionState::Replied, 75));
    let upheld = step(duties.county, SuspicionEvent::Uphold, 1).await.unwrap();
    assert_eq!((upheld.row.state, upheld.steps.len()), (SuspicionState::Upheld, 2));
    assert_eq!(platform::rows::sha256(upheld.row.raised.package.as_bytes()), upheld.row.raised.digest);
}

#[tokio::test]
async fn a_daily_report_is_counted_sealed_and_printed() {
    let duties = duties().await;
    let platform = &duties.world.platform;
    duties.show(duties.first, &[(600, 630, Seen::Empty)]).await;
    duties.show(day_after(duties.first, 1), &[]).await;
    let wish = ReportWish { kind: ReportKind::Daily, organisation_id: None, day: duties.first };
    let early = platform.make_duty_report(&duties.world.ask(duties.leader), wish).await;
    assert!(matches!(early, Err(PlatformError::Invalid(fields)) if fields[0].code == "not_over"));
    duties.go_to(DAY_S + 9 * HOUR_S).await;
    let made = platform.make_duty_report(&duties.world.ask(duties.leader), wish).await.unwrap().made;
    assert!(made.title.starts_with("安守公司值守日报"), "{}", made.title);
    let document = async |format| {
        let ask = duties.world.ask(duties.county);
        platform.duty_report_document(&ask, made.id, format).await.unwrap().bytes
    };
    let text = String::from_utf8(document(DocumentFormat::Text).await).unwrap();
    assert!(text.contains("应值守1440分钟，证实1410分钟") && text.contains("无人在岗30分钟"), "{text}");
    assert!(text.contains("值班室视频在线100%"), "{text}");
    assert_eq!(platform::rows::sha256_hex(&document(DocumentFormat::Json).await), made.digest);
    let keys = platform.public_keys().await.unwrap();
    let purpose = platform::signing::Purpose::DutyReport;
    let signed =
        platform::signing::check(&keys, purpose, "ed25519", &made.key_id, &made.digest, &made.signature);
    assert!(signed.unwrap().is_some());
    assert!(document(DocumentFormat::Docx).await.starts_with(b"PK"));
    assert!(document(DocumentFormat::Xlsx).await.starts_with(b"PK"));
    let week = ReportWish { kind: ReportKind::Weekly, organisation_id: None, day: duties.first };
    let week = platform.make_duty_report(&duties.world.ask(duties.county), week).await.unwrap().made;
    assert!(
        week.content.contains("安守公司") && week.region_id == Some(duties.world.county),
        "{}",
        week.content
    );
}
