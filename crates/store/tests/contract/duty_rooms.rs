//! Duty rooms: who opens and sees them, one person on post in one room, a code that binds one browser once, a roster that two cannot both
//! write, and sites that no count knows.

use domain::access::{Access, Scope};
use domain::category::Category;
use domain::duty::roster::{HeadCount, HeadCountRule, LegalBasis, RoomKind, Shift};
use domain::duty::seat::SeatActKind;
use domain::duty::seat::handover::HandoverSide;
use domain::ids::{DutyRoomId, OrganisationId, RegisterChangeId, SeatId, ShiftId, StaffId, UnitId};
use domain::organisation::Post;
use domain::recording::Span;
use domain::role::Role;
use domain::unit::{Connection, Duty, Provenance, Unit};
use store::{
    DutyRoomChange, DutyRoomFilter, ErrorKind, NewDutyRoom, NewSeat, PageAsk, RosterChange, SeatAct,
    SeatPairing, StaffRecord, StoreError, UnitChange, UnitFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::contracts::{FIRST, of, running, trade};
use crate::house::{
    House, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_SCHOOL, at, north, province, south,
};

contract!(
    a_room_is_opened_by_its_keeper_and_seen_where_it_serves,
    a_site_holds_a_room_and_is_counted_nowhere,
    one_person_is_on_post_in_one_room,
    a_code_binds_one_browser_once,
    of_two_rosters_for_one_guard_one_wins,
    the_nearest_head_count_holds,
    each_side_signs_once,
);

const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(0x7_0001));
const OTHER_ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(0x7_0002));
const SITE: UnitId = UnitId(Uuid::from_u128(0x7_0003));
const SEAT: SeatId = SeatId(Uuid::from_u128(0x7_0004));
const GUARD: StaffId = StaffId(Uuid::from_u128(0x7_0005));
const RELIEF: StaffId = StaffId(Uuid::from_u128(0x7_0006));

fn new_room(id: DutyRoomId, kind: RoomKind, unit_id: UnitId) -> NewDutyRoom {
    NewDutyRoom {
        id,
        name: format!("值班室{}", id.0.as_u128() & 0xf),
        kind,
        organisation_id: FIRST,
        unit_id,
        quiet_s: 360,
        sealed_secret: vec![1, 2, 3],
        at: at(200),
        synthetic: false,
    }
}

async fn site(house: &House) {
    let unit = Unit {
        id: SITE,
        name: "值守公司值守场所".to_owned(),
        category: Category::DutySite,
        region_id: NORTH_COUNTY,
        ownership: None,
        study_level: None,
        boarding: false,
        school_code: None,
        connection: Connection::NotStarted,
        duty: Duty::None,
        synthetic: false,
    };
    let change = UnitChange {
        unit,
        connection_provenance: Provenance::Observed,
        duty_provenance: Provenance::Observed,
        source: "duty_room".to_owned(),
    };
    house.store.apply_units(&Access::PLATFORM, &[change], None, at(199)).await.unwrap();
}

async fn person(house: &House, id: StaffId, name: &str) {
    let record = StaffRecord {
        id,
        organisation_id: FIRST,
        name: name.to_owned(),
        post: Post::Guard,
        certificate: None,
    };
    house.store.put_staff(&of(FIRST), &record, at(150)).await.unwrap();
}

/// An organisation that serves the northern school, with one room of its own, two people and a seat.
async fn staffed(house: &House) {
    trade(house).await;
    running(house, 1, NORTH_SCHOOL, FIRST).await;
    site(house).await;
    house.store.open_duty_room(&of(FIRST), &new_room(ROOM, RoomKind::Organisation, SITE)).await.unwrap();
    person(house, GUARD, "甲").await;
    person(house, RELIEF, "乙").await;
    pair(house, ROOM, SEAT, 7).await.unwrap();
}

async fn pair(house: &House, room: DutyRoomId, seat: SeatId, key: u8) -> Result<store::Seat, StoreError> {
    let pairing = SeatPairing {
        digest: vec![key; 32],
        room_id: room,
        name: "主席位".to_owned(),
        made_at: at(210),
        expires_at: at(800),
    };
    house.store.add_seat_pairing(&of(FIRST), &pairing).await?;
    let new = NewSeat { id: seat, digest: vec![key; 32], public_key: vec![key; 65], at: at(220) };
    house.store.pair_seat(&of(FIRST), &new).await
}

fn act(room: DutyRoomId, staff: StaffId, s: i64, kind: SeatActKind) -> SeatAct {
    SeatAct { room_id: room, seat_id: SEAT, staff_id: staff, at: at(s), kind }
}

fn is_not_found<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> bool {
    answer.unwrap_err().kind() == ErrorKind::NotFound
}

fn is_conflict<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> bool {
    answer.unwrap_err().kind() == ErrorKind::Conflict
}

async fn a_room_is_opened_by_its_keeper_and_seen_where_it_serves(house: House) {
    trade(&house).await;
    site(&house).await;
    let store = &house.store;
    let own = new_room(ROOM, RoomKind::Organisation, SITE);
    assert!(is_not_found(store.open_duty_room(&south(), &own).await), "not the southern office's to keep");
    let opened = store.open_duty_room(&of(FIRST), &own).await.unwrap();
    assert_eq!((opened.seats, opened.on_post, opened.region_id), (0, 0, NORTH_COUNTY));
    let inside = new_room(OTHER_ROOM, RoomKind::FireControl, SOUTH_SCHOOL);
    assert!(is_conflict(store.open_duty_room(&of(FIRST), &inside).await), "no contract with that unit");

    let stranger =
        Access::person(NORTH_GUARD, Role::Organisation, Scope::Organisation(OrganisationId(Uuid::nil())));
    assert!(is_not_found(store.duty_room(&stranger, ROOM).await));
    assert!(is_not_found(store.duty_room(&south(), ROOM).await), "it neither stands nor serves there");
    let pupil = Access::person(NORTH_GUARD, Role::Unit, Scope::Unit(SOUTH_SCHOOL));
    assert!(is_not_found(store.duty_room(&pupil, ROOM).await));
    running(&house, 1, SOUTH_SCHOOL, FIRST).await;
    for who in [south(), pupil, north(), province(), of(FIRST)] {
        assert_eq!(store.duty_room(&who, ROOM).await.unwrap().id, ROOM, "{who:?}");
        let listed = store.duty_rooms(&who, &DutyRoomFilter::default(), &PageAsk::first(9)).await.unwrap();
        assert_eq!(listed.items.len(), 1);
    }
    let change = DutyRoomChange { name: "一号值班室".to_owned(), quiet_s: 200, cameras: vec![] };
    assert!(is_not_found(store.change_duty_room(&south(), ROOM, 0, &change).await), "seen, and not kept");
    assert_eq!(store.change_duty_room(&of(FIRST), ROOM, 0, &change).await.unwrap().version, 1);
    assert!(is_conflict(store.change_duty_room(&north(), ROOM, 0, &change).await), "somebody was faster");
    store.close_duty_room(&north(), ROOM, 1, at(300)).await.unwrap();
    assert!(is_conflict(store.change_duty_room(&of(FIRST), ROOM, 2, &change).await), "closed");
    let listed = store.duty_rooms(&of(FIRST), &DutyRoomFilter::default(), &PageAsk::first(9)).await.unwrap();
    assert_eq!(listed.items, []);
}

async fn a_site_holds_a_room_and_is_counted_nowhere(house: House) {
    staffed(&house).await;
    let store = &house.store;
    let listed = store.units(&north(), &UnitFilter::default(), &PageAsk::first(50)).await.unwrap();
    assert!(listed.items.iter().all(|row| row.unit.id != SITE));
    let sites = UnitFilter { category: Some(Category::DutySite), ..UnitFilter::default() };
    assert_eq!(store.units(&of(FIRST), &sites, &PageAsk::first(9)).await.unwrap().items[0].unit.id, SITE);
    assert_eq!(store.units(&south(), &sites, &PageAsk::first(9)).await.unwrap().items.len(), 0);
    let counts = store.count_units(&province()).await.unwrap();
    assert!(counts.iter().all(|count| count.category != Category::DutySite));
    let mut ids = (0x7_9000..).map(|id| RegisterChangeId(Uuid::from_u128(id)));
    let mut new_id = || ids.next().unwrap();
    let founded =
        store.register_new_units(&Access::PLATFORM, true, at(300), "底册", &mut new_id).await.unwrap();
    let counted: u64 = counts.iter().map(|count| count.should).sum();
    assert_eq!(founded.units as u64, counted, "the register is founded without it");
    let later = store.register_new_units(&north(), false, at(301), "底册", &mut new_id).await.unwrap();
    assert_eq!(later.units, 0, "and nobody proposes it");
    store.close_duty_room(&of(FIRST), ROOM, 0, at(300)).await.unwrap();
    assert!(is_not_found(store.unit(&of(FIRST), SITE).await), "a closed room opens no door");
}

async fn one_person_is_on_post_in_one_room(house: House) {
    staffed(&house).await;
    let store = &house.store;
    store.open_duty_room(&of(FIRST), &new_room(OTHER_ROOM, RoomKind::Organisation, SITE)).await.unwrap();
    store.sign_on(&act(ROOM, GUARD, 300, SeatActKind::SignOn)).await.unwrap();
    assert!(is_conflict(store.sign_on(&act(ROOM, GUARD, 301, SeatActKind::SignOn)).await));
    let elsewhere = store.sign_on(&act(OTHER_ROOM, GUARD, 302, SeatActKind::SignOn)).await.unwrap_err();
    assert!(elsewhere.to_string().contains("another duty room"), "{elsewhere}");
    assert!(is_conflict(store.sign_off(&act(OTHER_ROOM, GUARD, 303, SeatActKind::SignOff)).await));
    let there = store.on_post(ROOM, at(310)).await.unwrap();
    assert_eq!(there.iter().map(|one| (one.name.as_str(), one.since)).collect::<Vec<_>>(), [("甲", at(300))]);
    assert_eq!(store.timed_room(ROOM).await.unwrap().unwrap().since, at(300));
    store.note_seat_activity(ROOM, GUARD, at(365)).await.unwrap();
    store.note_seat_activity(ROOM, GUARD, at(366)).await.unwrap();
    let minutes = store.seat_activity(ROOM, Span::new(at(0), at(900))).await.unwrap();
    assert_eq!(minutes.len(), 2, "signing on, and one minute however often: {minutes:?}");
    store.sign_off(&act(ROOM, GUARD, 400, SeatActKind::SignOff)).await.unwrap();
    assert_eq!(store.timed_room(ROOM).await.unwrap(), None);
    let acts = store.seat_acts(ROOM, Span::new(at(0), at(900))).await.unwrap();
    assert_eq!(
        acts.iter().map(|act| act.kind).collect::<Vec<_>>(),
        [SeatActKind::SignOn, SeatActKind::SignOff]
    );
    // A seat that is given up takes whoever signed on there off post.
    store.sign_on(&act(ROOM, GUARD, 500, SeatActKind::SignOn)).await.unwrap();
    store.unpair_seat(&of(FIRST), ROOM, SEAT, at(510)).await.unwrap();
    assert_eq!(store.post_of(GUARD).await.unwrap(), None);
}

async fn a_code_binds_one_browser_once(house: House) {
    staffed(&house).await;
    let store = &house.store;
    assert_eq!(store.bound_seat(SEAT).await.unwrap().unwrap().room_id, ROOM);
    let again =
        NewSeat { id: SeatId(Uuid::from_u128(1)), digest: vec![7; 32], public_key: vec![8; 65], at: at(230) };
    assert!(is_not_found(store.pair_seat(&of(FIRST), &again).await), "a code is used once");
    assert!(is_conflict(pair(&house, ROOM, SeatId(Uuid::from_u128(2)), 7).await), "a browser is one seat");
    let late = SeatPairing {
        digest: vec![9; 32],
        room_id: ROOM,
        name: "副席位".to_owned(),
        made_at: at(300),
        expires_at: at(310),
    };
    store.add_seat_pairing(&of(FIRST), &late).await.unwrap();
    let new =
        NewSeat { id: SeatId(Uuid::from_u128(3)), digest: vec![9; 32], public_key: vec![9; 65], at: at(311) };
    assert!(is_not_found(store.pair_seat(&of(FIRST), &new).await), "too old");
    assert!(
        is_not_found(store.pair_seat(&north(), &NewSeat { at: at(305), ..new.clone() }).await),
        "an office is no seat"
    );
    assert!(is_not_found(store.add_seat_pairing(&south(), &late).await));
    store.unpair_seat(&of(FIRST), ROOM, SEAT, at(320)).await.unwrap();
    assert_eq!(store.bound_seat(SEAT).await.unwrap(), None);
    assert_eq!(store.seats(&north(), ROOM).await.unwrap()[0].unpaired_at, Some(at(320)));
}

fn shift(n: u128, room: DutyRoomId, guard: StaffId, from: i64) -> Shift {
    Shift {
        id: ShiftId(Uuid::from_u128(n)),
        room_id: room,
        guard_id: guard,
        span: Span::new(at(from), at(from + 28_800)),
    }
}

async fn of_two_rosters_for_one_guard_one_wins(house: House) {
    staffed(&house).await;
    let store = &house.store;
    store.open_duty_room(&of(FIRST), &new_room(OTHER_ROOM, RoomKind::Organisation, SITE)).await.unwrap();
    let enter = |room: DutyRoomId, n: u128| {
        let (access, store) = (of(FIRST), store.clone());
        async move {
            let change = RosterChange {
                room_id: room,
                window: Span::new(at(0), at(999_999)),
                reason: None,
                at: at(400),
            };
            store
                .change_roster(&access, &change, |before| {
                    if before.iter().any(|other| other.guard_id == GUARD) {
                        return Err(StoreError::Conflict("on duty elsewhere".to_owned()));
                    }
                    Ok([before, &[shift(n, room, GUARD, 3_600)]].concat())
                })
                .await
        }
    };
    let (one, other) = tokio::join!(enter(ROOM, 1), enter(OTHER_ROOM, 2));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let all = store.shifts(&[ROOM, OTHER_ROOM], Span::new(at(0), at(999_999))).await.unwrap();
    assert_eq!(all.len(), 1);
    // Taken off it stays as a row, and the same can be entered again.
    let room = all[0].room_id;
    let change = RosterChange {
        room_id: room,
        window: Span::new(at(0), at(999_999)),
        reason: Some("生病"),
        at: at(500),
    };
    store.change_roster::<StoreError>(&of(FIRST), &change, |_| Ok(vec![])).await.unwrap();
    assert_eq!(store.roster(&north(), room, Span::new(at(0), at(999_999))).await.unwrap(), []);
    store
        .change_roster::<StoreError>(&of(FIRST), &change, |_| Ok(vec![shift(3, room, RELIEF, 3_600)]))
        .await
        .unwrap();
    let rows = store.roster(&north(), room, Span::new(at(0), at(999_999))).await.unwrap();
    assert_eq!((rows.len(), rows[0].name.as_str(), rows[0].reason.as_deref()), (1, "乙", Some("生病")));
    let stranger = RosterChange { at: at(501), ..change };
    assert!(is_not_found(store.change_roster::<StoreError>(&south(), &stranger, |_| Ok(vec![])).await));
}

async fn the_nearest_head_count_holds(house: House) {
    staffed(&house).await;
    let store = &house.store;
    let people = || async { store.required_people(&[ROOM]).await.unwrap()[0] };
    assert_eq!(people().await, domain::duty::roster::head_count::DEFAULT);
    let rule = |region, people| {
        let head_count = HeadCount { people, basis: LegalBasis::Stricter };
        HeadCountRule::new(region, RoomKind::Organisation, head_count, "省厅文件").unwrap()
    };
    let Some(Scope::Region(top)) = province().scope else { panic!("the province has a scope") };
    let nobody_in_particular = |access| Access { user_id: None, ..access };
    store.put_head_count(&nobody_in_particular(province()), &rule(top, 3), at(300)).await.unwrap();
    assert_eq!(people().await.people, 3);
    store.put_head_count(&nobody_in_particular(north()), &rule(NORTH_COUNTY, 4), at(301)).await.unwrap();
    assert_eq!(people().await.people, 4);
    assert!(is_not_found(store.put_head_count(&south(), &rule(NORTH_COUNTY, 5), at(302)).await));
    assert_eq!(store.head_count_rules(&south()).await.unwrap().len(), 2, "what is asked for is no secret");
    store.drop_head_count(&north(), NORTH_COUNTY, RoomKind::Organisation).await.unwrap();
    assert_eq!(people().await.people, 3);
}

async fn each_side_signs_once(house: House) {
    staffed(&house).await;
    let store = &house.store;
    let leaves = act(ROOM, GUARD, 600, SeatActKind::Handover);
    let comes = act(ROOM, RELIEF, 610, SeatActKind::Handover);
    store.sign_handover(&leaves, (at(590), HandoverSide::Leaves), ("{\"first\":1}", None)).await.unwrap();
    assert!(is_conflict(store.sign_handover(&leaves, (at(590), HandoverSide::Leaves), ("{}", None)).await));
    store
        .sign_handover(&comes, (at(590), HandoverSide::Comes), ("{}", Some("一路摄像机离线")))
        .await
        .unwrap();
    let rows = store.handovers(&north(), ROOM, Span::new(at(0), at(900))).await.unwrap();
    assert_eq!(rows[0].sheet, "{\"first\":1}", "what was shown at the first signature stays");
    assert_eq!(rows[0].given.as_ref().map(|(by, name)| (by.at, name.as_str())), Some((at(600), "甲")));
    assert_eq!(rows[0].taken.as_ref().map(|(_, name)| name.as_str()), Some("乙"));
    assert_eq!(rows[0].remark.as_deref(), Some("一路摄像机离线"));
    let record = act(ROOM, GUARD, 700, SeatActKind::Record);
    store.add_duty_record(&record, at(0), ("{}", None)).await.unwrap();
    assert!(is_conflict(store.add_duty_record(&record, at(0), ("{}", None)).await));
    assert_eq!(store.duty_records(&north(), ROOM, Span::new(at(0), at(900))).await.unwrap().len(), 1);
}
