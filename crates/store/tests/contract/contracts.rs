//! Organisations and duty contracts: who sees what, one certificate on one list, acceptance that two cannot both win, and the door that a
//! running contract opens and its end shuts.

use domain::access::{Access, Scope};
use domain::alarm::ladder::Rung;
use domain::contract::{Contract, ContractEvent, ContractState, Side};
use domain::ids::{ContractId, OrganisationId, StaffId, UnitId, UserId};
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::organisation::{OrganisationEvent, OrganisationState, Post, credit_code};
use domain::role::Role;
use store::{
    ContractChange, ContractFilter, ContractRow, ErrorKind, NewContract, OrganisationChange,
    OrganisationFilter, OrganisationRecord, PageAsk, StaffRecord, UnitFilter,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_COUNTY, SOUTH_GUARD, SOUTH_SCHOOL, account, at,
    north, province, south,
};

contract!(
    an_organisation_is_registered_once_and_known_to_offices,
    what_is_behind_an_organisation_is_seen_where_it_sits_and_serves,
    one_certificate_stands_on_one_list,
    a_running_contract_opens_the_door_and_its_end_shuts_it,
    of_two_acceptances_one_wins,
    an_organisation_that_serves_is_not_cancelled,
    what_time_has_to_say,
);

pub(crate) const FIRST: OrganisationId = OrganisationId(Uuid::from_u128(0x6_0001));
pub(crate) const SECOND: OrganisationId = OrganisationId(Uuid::from_u128(0x6_0002));
const LEADER: UserId = UserId(Uuid::from_u128(0x6_1001));

const GUARD: UserId = UserId(Uuid::from_u128(0x6_1002));

fn record(id: OrganisationId, body: &str, region: domain::ids::RegionId) -> OrganisationRecord {
    OrganisationRecord {
        id,
        name: format!("值守公司{}", id.0.as_u128() % 16),
        credit_code: credit_code::complete(body).unwrap(),
        region_id: region,
        address: "一号楼".to_owned(),
        premises_m2: 210,
        phone: "0791-1".to_owned(),
        units_max: 1,
        synthetic: false,
    }
}

async fn approve(house: &House, access: &Access, id: OrganisationId) {
    let change = OrganisationChange {
        event: OrganisationEvent::Approve,
        to: OrganisationState::Valid,
        rectify_by: None,
        reason: None,
        at: at(2),
    };
    house.store.change_organisation(access, id, 0, &change).await.unwrap();
}

/// One in the north and one in the south, both approved.
pub(crate) async fn trade(house: &House) -> &House {
    house.furnish().await;
    house
        .store
        .add_organisation(&north(), &record(FIRST, "91360100MA0000001", NORTH_COUNTY), at(1))
        .await
        .unwrap();
    house
        .store
        .add_organisation(&south(), &record(SECOND, "91360100MA0000002", SOUTH_COUNTY), at(1))
        .await
        .unwrap();
    approve(house, &north(), FIRST).await;
    approve(house, &south(), SECOND).await;
    let mut leader = account(LEADER, "leader", Scope::Organisation(FIRST));
    leader.role = Role::Organisation;
    house.store.add_account(&leader).await.unwrap();
    house
}

pub(crate) fn of(id: OrganisationId) -> Access {
    Access::person(LEADER, Role::Organisation, Scope::Organisation(id))
}

fn school(id: UnitId) -> Access {
    Access::person(NORTH_GUARD, Role::Unit, Scope::Unit(id))
}

/// From 100 s to 1000 s, proposed by the unit at 50 s.
fn proposal(n: u128, unit: UnitId, organisation: OrganisationId) -> NewContract {
    NewContract {
        contract: Contract {
            id: ContractId(Uuid::from_u128(0x6_2000 + n)),
            unit_id: unit,
            organisation_id: organisation,
            proposed_by: Side::Unit,
            proposed_at: at(50),
            state: ContractState::Proposed,
            starts_at: at(100),
            ends_at: at(1000),
            replaces: None,
            version: 0,
        },
        number: "1号".to_owned(),
        proposer: NORTH_GUARD,
    }
}

async fn step(
    house: &House,
    access: &Access,
    row: &ContractRow,
    event: ContractEvent,
    s: i64,
) -> ContractRow {
    let to = domain::contract::next_state(row.contract.state, event).unwrap();
    let change = ContractChange { event, to, reason: Some("到期".to_owned()), at: at(s) };
    house.store.change_contract(access, row.contract.id, row.contract.version, &change, None).await.unwrap()
}

pub(crate) async fn running(
    house: &House,
    n: u128,
    unit: UnitId,
    organisation: OrganisationId,
) -> ContractRow {
    let row = house.store.propose_contract(&school(unit), &proposal(n, unit, organisation)).await.unwrap();
    let row = step(house, &of(organisation), &row, ContractEvent::Accept, 60).await;
    step(house, &Access::PLATFORM, &row, ContractEvent::Start, 100).await
}

async fn an_organisation_is_registered_once_and_known_to_offices(house: House) {
    let store = &trade(&house).await.store;
    let twice = OrganisationRecord {
        id: OrganisationId(Uuid::from_u128(9)),
        ..record(FIRST, "91360100MA0000001", NORTH_COUNTY)
    };
    let refused = store.add_organisation(&north(), &twice, at(3)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    let elsewhere = OrganisationRecord {
        region_id: SOUTH_COUNTY,
        ..record(OrganisationId(Uuid::from_u128(9)), "91360100MA0000003", SOUTH_COUNTY)
    };
    let refused = store.add_organisation(&north(), &elsewhere, at(3)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound, "the office of the place registers");
    let known = |access: Access| async move {
        let page =
            store.organisations(&access, &OrganisationFilter::default(), &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row| row.record.id).collect::<Vec<_>>()
    };
    assert_eq!(known(south()).await, [FIRST, SECOND], "the register is open to every office");
    assert_eq!(known(of(FIRST)).await, [FIRST], "an organisation sees itself");
    assert_eq!(known(school(NORTH_SCHOOL)).await, [FIRST, SECOND], "a unit may choose among the valid ones");
    let filter =
        OrganisationFilter { name: Some("91360100ma0000002".to_owned()), ..OrganisationFilter::default() };
    let found = store.organisations(&province(), &filter, &PageAsk::first(10)).await.unwrap();
    assert_eq!(found.items.len(), 1, "found by its code");
    let filter = OrganisationFilter { region_id: Some(NORTH_COUNTY), ..OrganisationFilter::default() };
    let found = store.organisations(&province(), &filter, &PageAsk::first(10)).await.unwrap();
    assert_eq!(found.items[0].record.id, FIRST);
    let late = OrganisationChange {
        event: OrganisationEvent::Suspend,
        to: OrganisationState::Suspended,
        rectify_by: None,
        reason: Some("缺人".to_owned()),
        at: at(5),
    };
    let stale = store.change_organisation(&north(), FIRST, 0, &late).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict, "somebody was faster");
    let foreign = store.change_organisation(&south(), FIRST, 1, &late).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound, "another office's");
    let after = store.change_organisation(&north(), FIRST, 1, &late).await.unwrap();
    assert_eq!((after.state, after.version), (OrganisationState::Suspended, 2));
    assert_eq!(known(school(NORTH_SCHOOL)).await, [SECOND]);
}

async fn what_is_behind_an_organisation_is_seen_where_it_sits_and_serves(house: House) {
    let store = &trade(&house).await.store;
    let steps = |access: Access| async move { store.organisation_steps(&access, FIRST).await.unwrap().len() };
    assert_eq!(steps(north()).await, 2, "registered and approved");
    assert_eq!(steps(of(FIRST)).await, 2);
    assert_eq!(steps(of(SECOND)).await, 0, "a competitor looks behind nobody else");
    assert_eq!(steps(south()).await, 0);
    running(&house, 1, SOUTH_SCHOOL, FIRST).await;
    assert_eq!(steps(south()).await, 2, "it serves there now");
    assert_eq!(
        steps(school(SOUTH_SCHOOL)).await,
        0,
        "a unit sees whom it has a contract with, not their people"
    );
}

fn person(n: u128, organisation: OrganisationId, number: Option<&str>) -> StaffRecord {
    StaffRecord {
        id: StaffId(Uuid::from_u128(0x6_3000 + n)),
        organisation_id: organisation,
        name: format!("员工{n}"),
        post: Post::Guard,
        certificate: number.map(|number| Certificate {
            number: number.to_owned(),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(jiff::civil::date(2028, 1, 31)),
            query: CertificateQuery::Confirmed,
            queried_on: Some(jiff::civil::date(2026, 11, 1)),
        }),
    }
}

async fn one_certificate_stands_on_one_list(house: House) {
    let store = &trade(&house).await.store;
    let own = of(FIRST);
    let row = store.put_staff(&own, &person(1, FIRST, Some("2136000001")), at(10)).await.unwrap();
    assert_eq!(row.record, person(1, FIRST, Some("2136000001")), "read back as written");
    let lent =
        store.put_staff(&of(SECOND), &person(2, SECOND, Some("2136000001")), at(11)).await.unwrap_err();
    assert_eq!(lent.kind(), ErrorKind::Conflict, "a lent certificate");
    let foreign = store.put_staff(&of(SECOND), &person(3, FIRST, None), at(11)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let moved = store
        .put_staff(&own, &StaffRecord { name: "改名".to_owned(), ..person(1, FIRST, None) }, at(12))
        .await
        .unwrap();
    assert_eq!((moved.record.name.as_str(), moved.record.certificate), ("改名", None));
    assert_eq!(store.staff(&of(SECOND), FIRST, true).await.unwrap(), [], "another's list is empty to it");
    assert_eq!(store.staff(&north(), FIRST, false).await.unwrap().len(), 1);
    let foreign = store.end_staff(&of(SECOND), FIRST, row.record.id, at(13)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    assert_eq!(store.account(LEADER).await.unwrap().unwrap().scope, Scope::Organisation(FIRST));
    store.give_staff_account(&own, FIRST, row.record.id, LEADER).await.unwrap();
    let left = store.end_staff(&own, FIRST, row.record.id, at(14)).await.unwrap();
    assert_eq!(left.left_at, Some(at(14)));
    assert!(store.account(LEADER).await.unwrap().unwrap().disabled, "who leaves is shut out");
    assert_eq!(store.staff(&own, FIRST, false).await.unwrap(), []);
    assert_eq!(store.staff(&own, FIRST, true).await.unwrap().len(), 1, "the row stays");
    let back = store.put_staff(&own, &person(1, FIRST, None), at(15)).await.unwrap_err();
    assert_eq!(back.kind(), ErrorKind::Conflict, "who comes back is a new row");
}

async fn a_running_contract_opens_the_door_and_its_end_shuts_it(house: House) {
    let store = &trade(&house).await.store;
    let units = |access: Access| async move {
        let page = store.units(&access, &UnitFilter::default(), &PageAsk::first(10)).await.unwrap();
        page.items.into_iter().map(|row| row.unit.id).collect::<Vec<_>>()
    };
    store.add_account(&account(GUARD, "remote", Scope::Organisation(FIRST))).await.unwrap();
    let proposed =
        store.propose_contract(&school(NORTH_SCHOOL), &proposal(1, NORTH_SCHOOL, FIRST)).await.unwrap();
    assert_eq!(units(of(FIRST)).await, [], "a claim opens no door");
    let accepted = step(&house, &of(FIRST), &proposed, ContractEvent::Accept, 60).await;
    assert_eq!((accepted.accepted_at, accepted.over_at), (Some(at(60)), None));
    assert_eq!(units(of(FIRST)).await, [], "nor does one that has not begun");
    let began = step(&house, &Access::PLATFORM, &accepted, ContractEvent::Start, 100).await;
    assert_eq!(units(of(FIRST)).await, [NORTH_SCHOOL]);
    assert_eq!(units(of(SECOND)).await, []);
    let told = store.people_on_rung(Rung::DutyGuard, NORTH_SCHOOL, at(1)).await.unwrap();
    assert!(told.contains(&GUARD), "its guards are told of the unit's alarms");
    assert!(!store.people_on_rung(Rung::DutyGuard, SOUTH_SCHOOL, at(1)).await.unwrap().contains(&GUARD));
    let over = step(&house, &north(), &began, ContractEvent::Terminate, 500).await;
    assert_eq!(over.over_at, Some(at(500)));
    assert_eq!(units(of(FIRST)).await, []);
    assert!(!store.people_on_rung(Rung::DutyGuard, NORTH_SCHOOL, at(1)).await.unwrap().contains(&GUARD));
    let seen = |access: Access| async move {
        store.contracts(&access, &ContractFilter::default(), &PageAsk::first(10)).await.unwrap().items.len()
    };
    for (who, wanted) in
        [(of(FIRST), 1), (of(SECOND), 0), (north(), 1), (south(), 0), (school(NORTH_SCHOOL), 1)]
    {
        assert_eq!(seen(who).await, wanted, "{who:?}");
    }
    let steps = store.contract_steps(&north(), over.contract.id).await.unwrap();
    let words: Vec<_> = steps.iter().map(|step| step.event).collect();
    assert_eq!(
        words,
        [None, Some(ContractEvent::Accept), Some(ContractEvent::Start), Some(ContractEvent::Terminate)]
    );
    assert_eq!(
        store.contract_steps(&south(), over.contract.id).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

async fn of_two_acceptances_one_wins(house: House) {
    let store = &trade(&house).await.store;
    // One place left, and two units ask for it: what the second was decided on no longer holds.
    let first =
        store.propose_contract(&school(NORTH_SCHOOL), &proposal(1, NORTH_SCHOOL, FIRST)).await.unwrap();
    let second =
        store.propose_contract(&school(SOUTH_SCHOOL), &proposal(2, SOUTH_SCHOOL, FIRST)).await.unwrap();
    let before = store.contract_standing(&of(FIRST), second.contract.id).await.unwrap();
    assert_eq!((before.units, before.units_max, before.meets), (0, 1, None));
    let accept = ContractChange {
        event: ContractEvent::Accept,
        to: ContractState::Accepted,
        reason: None,
        at: at(60),
    };
    store.change_contract(&of(FIRST), first.contract.id, 0, &accept, Some(&before)).await.unwrap();
    let lost =
        store.change_contract(&of(FIRST), second.contract.id, 0, &accept, Some(&before)).await.unwrap_err();
    assert_eq!(lost.kind(), ErrorKind::Conflict);
    assert_eq!(
        store.contract(&of(FIRST), second.contract.id).await.unwrap().contract.state,
        ContractState::Proposed,
        "nothing was written"
    );
    let third =
        store.propose_contract(&school(NORTH_SCHOOL), &proposal(3, NORTH_SCHOOL, SECOND)).await.unwrap();
    let meets = store.contract_standing(&of(SECOND), third.contract.id).await.unwrap().meets;
    assert_eq!(meets, Some(first.contract.id), "the unit has one for that time");
    let stale = store.change_contract(&of(FIRST), first.contract.id, 0, &accept, None).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    let foreign = store.change_contract(&of(SECOND), first.contract.id, 1, &accept, None).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let for_another = NewContract { proposer: SOUTH_GUARD, ..proposal(4, NORTH_SCHOOL, FIRST) };
    let foreign = store.propose_contract(&school(SOUTH_SCHOOL), &for_another).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound, "a unit speaks for itself");
    let foreign = store.propose_contract(&north(), &proposal(5, NORTH_SCHOOL, FIRST)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound, "an office is no party");
}

async fn an_organisation_that_serves_is_not_cancelled(house: House) {
    let store = &trade(&house).await.store;
    let row = running(&house, 1, NORTH_SCHOOL, FIRST).await;
    let cancel = OrganisationChange {
        event: OrganisationEvent::Cancel,
        to: OrganisationState::Cancelled,
        rectify_by: None,
        reason: Some("注销".to_owned()),
        at: at(200),
    };
    let refused = store.change_organisation(&north(), FIRST, 1, &cancel).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    step(&house, &north(), &row, ContractEvent::Terminate, 300).await;
    let after = store.change_organisation(&north(), FIRST, 1, &cancel).await.unwrap();
    assert_eq!(after.state, OrganisationState::Cancelled);
    // Its code is free again.
    let again = OrganisationRecord {
        id: OrganisationId(Uuid::from_u128(8)),
        ..record(FIRST, "91360100MA0000001", NORTH_COUNTY)
    };
    store.add_organisation(&north(), &again, at(400)).await.unwrap();
}

async fn what_time_has_to_say(house: House) {
    let store = &trade(&house).await.store;
    let proposed =
        store.propose_contract(&school(NORTH_SCHOOL), &proposal(1, NORTH_SCHOOL, FIRST)).await.unwrap();
    let due = |s: i64, asked: i64| async move {
        let rows = store.contracts_due(at(s), at(asked)).await.unwrap();
        rows.into_iter().map(|row| row.contract.id).collect::<Vec<_>>()
    };
    assert_eq!(due(60, 40).await, []);
    assert_eq!(due(60, 50).await, [proposed.contract.id], "nobody answered");
    let accepted = step(&house, &of(FIRST), &proposed, ContractEvent::Accept, 60).await;
    assert_eq!(due(99, 0).await, []);
    assert_eq!(due(100, 0).await, [proposed.contract.id], "to begin");
    let began = step(&house, &Access::PLATFORM, &accepted, ContractEvent::Start, 100).await;
    assert_eq!(due(999, 0).await, []);
    assert_eq!(due(1000, 0).await, [proposed.contract.id], "to end");
    let mut follower = proposal(2, NORTH_SCHOOL, SECOND);
    follower.contract.replaces = Some(began.contract.id);
    follower.contract.starts_at = at(200);
    let follower = store.propose_contract(&school(NORTH_SCHOOL), &follower).await.unwrap();
    let standing = store.contract_standing(&of(SECOND), follower.contract.id).await.unwrap();
    assert_eq!(standing.meets, None, "the one that is replaced stands beside it");
    let follower = step(&house, &of(SECOND), &follower, ContractEvent::Accept, 150).await;
    step(&house, &Access::PLATFORM, &follower, ContractEvent::Start, 200).await;
    assert_eq!(store.contracts_followed(at(199)).await.unwrap(), []);
    let followed = store.contracts_followed(at(200)).await.unwrap();
    assert_eq!(followed.len(), 1);
    assert_eq!(
        (followed[0].contract.id, followed[0].follower),
        (began.contract.id, Some(follower.contract.id))
    );
    let replaced = step(&house, &Access::PLATFORM, &followed[0], ContractEvent::TakeOver, 300).await;
    assert_eq!((replaced.contract.state, replaced.over_at), (ContractState::Replaced, Some(at(300))));
    let of_unit = store.contracts_of_unit(&school(NORTH_SCHOOL), NORTH_SCHOOL).await.unwrap();
    assert_eq!(of_unit.iter().map(|row| row.contract.starts_at).collect::<Vec<_>>(), [at(100), at(200)]);
}
