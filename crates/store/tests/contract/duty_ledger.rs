//! The ledger of duty on either engine: days that close are closed, units' days are only added to, who sees what, and one suspicion of one matter.

use domain::access::{Access, Scope};
use domain::duty::effective::{Arrangement, DutyFacts};
use domain::duty::falsehood::Trick;
use domain::duty::ledger::{DayTotals, ServedBy};
use domain::duty::roster::RoomKind;
use domain::figures::Ratio;
use domain::ids::{DutyReportId, DutyRoomId, OrganisationId, SuspicionId};
use domain::organisation::credit_code;
use domain::recording::Span;
use domain::unit::Duty;
use jiff::civil::{Date, date};
use store::{
    DutyReportFilter, DutyStanding, DutyStandingFilter, LedgerDay, NewCorrection, NewDutyReport, NewDutyRoom,
    NewRoomDay, NewSuspicion, NewUnitDay, OrganisationRecord, PageAsk, PresenceDay, RoomDayFilter,
    SuspicionFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_SCHOOL, at, north, province, south,
};

contract!(
    a_closed_day_of_a_room_is_never_written_again,
    days_of_units_are_only_added_to_and_seen_in_reach,
    a_correction_that_did_not_see_the_last_one_is_refused,
    conditions_are_listed_by_what_they_meet,
    one_matter_is_suspected_once,
    reports_are_read_where_their_organisation_is,
);

const FIRST: OrganisationId = OrganisationId(Uuid::from_u128(0x9_0001));
const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(0x9_1001));
const DAY: Date = date(2026, 12, 1);

/// An organisation of the north with a room of its own, for which the school's place stands.
async fn furnished(house: &House) {
    house.furnish().await;
    let record = OrganisationRecord {
        id: FIRST,
        name: "安守公司".to_owned(),
        credit_code: credit_code::complete("91360100MA0000009").unwrap(),
        region_id: NORTH_COUNTY,
        address: "一号楼".to_owned(),
        premises_m2: 210,
        phone: "0791-1".to_owned(),
        units_max: 5,
        synthetic: false,
    };
    house.store.add_organisation(&north(), &record, at(1)).await.unwrap();
    let room = NewDutyRoom {
        id: ROOM,
        name: "一号值班室".to_owned(),
        kind: RoomKind::Organisation,
        organisation_id: FIRST,
        unit_id: NORTH_SCHOOL,
        quiet_s: 180,
        sealed_secret: vec![1],
        at: at(1),
        synthetic: false,
    };
    house.store.open_duty_room(&Access::PLATFORM, &room).await.unwrap();
}

fn room_day(minutes: &[u8]) -> NewRoomDay {
    NewRoomDay { room_id: ROOM, people: 2, minutes: minutes.to_vec(), camera: 1440, unseen_after: 3 }
}

fn filter() -> RoomDayFilter {
    RoomDayFilter { from: DAY, to: DAY, organisation_id: None, room_id: None }
}

async fn a_closed_day_of_a_room_is_never_written_again(house: House) {
    furnished(&house).await;
    let store = &house.store;
    let seen = |bytes: &[u8]| [PresenceDay { room_id: ROOM, seen: bytes.to_vec() }];
    store.put_presence_days(DAY, &seen(&[1]), at(2)).await.unwrap();
    store.put_presence_days(DAY, &seen(&[2]), at(3)).await.unwrap();
    assert_eq!(store.presence_days(DAY).await.unwrap(), seen(&[2]));
    store.put_room_days(DAY, &[room_day(&[1])], at(4)).await.unwrap();
    store.put_room_days(DAY, &[room_day(&[2])], at(5)).await.unwrap();
    assert_eq!(store.close_room_days(DAY, at(6)).await.unwrap(), 1);
    assert_eq!(store.close_room_days(DAY, at(7)).await.unwrap(), 0);
    store.put_room_days(DAY, &[room_day(&[3])], at(8)).await.unwrap();
    let rows = store.room_days(&north(), &filter()).await.unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.kept.minutes.as_slice(), row.closed_at, row.computed_at), (&[2][..], Some(at(6)), at(5)));
    assert_eq!((row.room_name.as_str(), row.organisation_name.as_str()), ("一号值班室", "安守公司"));
    assert_eq!(store.room_days(&south(), &filter()).await.unwrap(), []);
    let of_another = RoomDayFilter { organisation_id: Some(OrganisationId(Uuid::from_u128(7))), ..filter() };
    assert_eq!(store.room_days(&province(), &of_another).await.unwrap(), []);
}

fn unit_day(unit: domain::ids::UnitId, edition: u32, proven: u16) -> NewUnitDay {
    let totals = DayTotals { required: 1440, proven, at_seat: 0, exempt: 0, claimed: 1440, contradicted: 7 };
    NewUnitDay {
        unit_id: unit,
        edition,
        minutes: vec![edition as u8],
        served: vec![ServedBy { room_id: ROOM, minutes: 1440 }],
        totals,
        camera: 1439,
        previous: [0; 32],
        digest: [edition as u8 + 1; 32],
    }
}

async fn days_of_units_are_only_added_to_and_seen_in_reach(house: House) {
    furnished(&house).await;
    let store = &house.store;
    let days = [unit_day(NORTH_SCHOOL, 0, 1400), unit_day(SOUTH_SCHOOL, 0, 1000)];
    store.add_unit_days(DAY, &days, at(2)).await.unwrap();
    // Written again by a close that was cut off: what is kept stays.
    store.add_unit_days(DAY, &[unit_day(NORTH_SCHOOL, 0, 1)], at(3)).await.unwrap();
    assert_eq!(store.unit_day_sum(&province(), DAY).await.unwrap().proven, 2400);
    store.add_unit_days(DAY, &[unit_day(NORTH_SCHOOL, 1, 1440)], at(4)).await.unwrap();
    for (who, days, proven) in [(province(), 2, 2440), (north(), 1, 1440), (south(), 1, 1000)] {
        let sum = store.unit_day_sum(&who, DAY).await.unwrap();
        assert_eq!((sum.days, sum.proven, sum.camera), (days, proven, days * 1439));
    }
    let rows = store.unit_days(&north(), NORTH_SCHOOL, DAY, DAY).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.kept.clone()).collect::<Vec<_>>(),
        [unit_day(NORTH_SCHOOL, 1, 1440)]
    );
    assert_eq!(store.unit_days(&south(), NORTH_SCHOOL, DAY, DAY).await.unwrap(), []);
    assert_eq!(store.unit_days_of(&Access::PLATFORM, DAY).await.unwrap().len(), 3);
    let links = store.day_links(DAY).await.unwrap();
    assert!(
        links.len() == 2 && links.iter().all(|one| one.digest == [1; 32]),
        "the first editions: {links:?}"
    );
    assert_eq!(store.link_before(NORTH_SCHOOL, date(2026, 12, 5)).await.unwrap(), Some([1; 32]));
    assert_eq!(store.link_before(NORTH_SCHOOL, DAY).await.unwrap(), None);
    let sums = store.unit_sums(date(2026, 11, 25), DAY).await.unwrap();
    assert_eq!((sums[&NORTH_SCHOOL].proven, sums[&SOUTH_SCHOOL].days), (1440, 1));
    assert_eq!(store.unit_minutes(DAY).await.unwrap()[&NORTH_SCHOOL], [1]);
    let closed = LedgerDay { day: DAY, units: 2, rooms: 1, digest: [9; 32], closed_at: at(9) };
    store.close_ledger_day(&closed).await.unwrap();
    store.close_ledger_day(&LedgerDay { units: 5, ..closed }).await.unwrap();
    assert_eq!(store.ledger_days(3).await.unwrap(), [closed]);
}

async fn a_correction_that_did_not_see_the_last_one_is_refused(house: House) {
    furnished(&house).await;
    let new = NewCorrection {
        day: DAY,
        room_id: ROOM,
        from: 600,
        minutes: 30,
        to: "proven",
        old: "[]".to_owned(),
        by: NORTH_GUARD,
        at: at(5),
        reason: "录像可见".to_owned(),
    };
    house.store.add_correction(&north(), &new, 0, &[]).await.unwrap();
    assert_eq!(
        house.store.add_correction(&north(), &new, 0, &[]).await.unwrap_err().kind(),
        store::ErrorKind::Conflict
    );
    assert_eq!(
        house.store.add_correction(&south(), &new, 1, &[]).await.unwrap_err().kind(),
        store::ErrorKind::NotFound
    );
    let editions = [unit_day(NORTH_SCHOOL, 1, 1440)];
    house.store.add_correction(&north(), &new, 1, &editions).await.unwrap();
    // Somebody corrected another room of the same unit meanwhile: neither the correction nor an edition is kept.
    let both = [unit_day(SOUTH_SCHOOL, 1, 1440), unit_day(NORTH_SCHOOL, 1, 1440)];
    let beaten = house.store.add_correction(&north(), &new, 2, &both).await.unwrap_err();
    assert_eq!(beaten.kind(), store::ErrorKind::Conflict);
    assert_eq!(house.store.unit_days_of(&Access::PLATFORM, DAY).await.unwrap().len(), 1);
    let rows = house.store.corrections(&north(), Some(ROOM), DAY, DAY).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| (row.from, row.minutes, row.by.0)).collect::<Vec<_>>(),
        [(600, 30, NORTH_GUARD); 2]
    );
    assert_eq!(house.store.corrections(&south(), None, DAY, DAY).await.unwrap(), []);
}

async fn conditions_are_listed_by_what_they_meet(house: House) {
    furnished(&house).await;
    let standing = |unit_id, met, state| DutyStanding {
        unit_id,
        facts: DutyFacts {
            arrangement: Arrangement::Accepted,
            is_roster_complete: true,
            camera: Ratio::new(99, 100),
            required: 10_080,
            exempt: 0,
            proven: 10_000,
            roll_calls: Ratio::new(3, 4),
            unproven_run: 12,
            standing_suspicions: 1,
        },
        days: 7,
        met,
        state,
    };
    let both = [standing(NORTH_SCHOOL, 5, Some(Duty::Valid)), standing(SOUTH_SCHOOL, 2, None)];
    house.store.put_duty_standings(&both, at(3)).await.unwrap();
    house.store.put_duty_standings(&both[..1], at(4)).await.unwrap();
    let list = async |who: Access, filter: DutyStandingFilter| {
        let page = house.store.duty_standings(&who, &filter, &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|row| row.standing).collect::<Vec<_>>()
    };
    let all = DutyStandingFilter::default();
    assert_eq!(list(province(), all.clone()).await, [both[1].clone(), both[0].clone()]);
    assert_eq!(list(north(), all.clone()).await, both[..1]);
    assert_eq!(list(province(), DutyStandingFilter { unmet: true, ..all.clone() }).await, both[1..]);
    assert_eq!(
        list(province(), DutyStandingFilter { state: Some(Duty::Valid), ..all.clone() }).await,
        both[..1]
    );
    assert_eq!(
        list(province(), DutyStandingFilter { region_id: Some(NORTH_COUNTY), ..all }).await,
        both[..1]
    );
    let duties = house.store.duties_of(&[NORTH_SCHOOL], "duty_ledger").await.unwrap();
    assert!(duties.len() == 1 && !duties[0].2, "{duties:?}");
}

async fn one_matter_is_suspected_once(house: House) {
    furnished(&house).await;
    let new = |n: u128, room: Option<DutyRoomId>, from, until| NewSuspicion {
        id: SuspicionId(Uuid::from_u128(n)),
        trick: Trick::Mannequin,
        organisation_id: FIRST,
        room_id: room,
        staff_id: None,
        span: Span::new(at(from), at(until)),
        numbers: "[]".to_owned(),
        package: "{}".to_owned(),
        digest: [3; 32],
        raised_at: at(until),
    };
    let store = &house.store;
    for (n, room, from, until, is_new) in [
        (1, Some(ROOM), 100, 200, true),
        (2, Some(ROOM), 150, 300, false),
        (3, None, 150, 300, true),
        (4, Some(ROOM), 201, 300, true),
    ] {
        assert_eq!(store.raise_suspicion(&new(n, room, from, until)).await.unwrap(), is_new, "{n}");
    }
    let all = SuspicionFilter::default();
    let first = store.suspicions(&north(), &all, &PageAsk::first(2)).await.unwrap();
    let rest = store.suspicions(&north(), &all, &PageAsk::after(2, first.next.unwrap())).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (2, 1));
    assert_eq!(store.suspicions(&south(), &all, &PageAsk::first(9)).await.unwrap().items, []);
    let own = Access::person(NORTH_GUARD, domain::role::Role::Organisation, Scope::Organisation(FIRST));
    assert_eq!(store.suspicions(&own, &all, &PageAsk::first(9)).await.unwrap().items.len(), 3);
    assert_eq!(store.suspicions_since(at(250)).await.unwrap().len(), 2);
}

async fn reports_are_read_where_their_organisation_is(house: House) {
    furnished(&house).await;
    let report = NewDutyReport {
        id: DutyReportId(Uuid::from_u128(1)),
        kind: "daily".to_owned(),
        title: "值守日报".to_owned(),
        organisation_id: Some(FIRST),
        region_id: None,
        alarm_id: None,
        span: Span::new(at(0), at(9)),
        made_at: at(10),
        content: "{}".to_owned(),
        digest: "0".repeat(64),
        key_id: "k".to_owned(),
        signature: "s".to_owned(),
    };
    house.store.add_duty_report(&north(), &report).await.unwrap();
    let weekly = NewDutyReport {
        id: DutyReportId(Uuid::from_u128(2)),
        kind: "weekly".to_owned(),
        organisation_id: None,
        region_id: Some(NORTH_COUNTY),
        ..report.clone()
    };
    house.store.add_duty_report(&Access::PLATFORM, &weekly).await.unwrap();
    let count = async |who: Access| {
        let page = house.store.duty_reports(&who, &DutyReportFilter::default(), &PageAsk::first(9)).await;
        page.unwrap().items.len()
    };
    let own = Access::person(NORTH_GUARD, domain::role::Role::Organisation, Scope::Organisation(FIRST));
    assert_eq!((count(north()).await, count(south()).await, count(own).await), (2, 0, 1));
    let kept = house.store.duty_report(&north(), report.id).await.unwrap();
    assert_eq!((kept.made, kept.made_by.is_some()), (report, true));
    assert!(house.store.duty_report(&south(), weekly.id).await.is_err());
}
