//! The register of units that should connect: proposed by one, approved by another, counted from then on.

use domain::access::{Access, Scope};
use domain::figures::Measure;
use domain::ids::{RegisterChangeId, SnapshotId, UnitId, UserId};
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use domain::role::Role;
use store::{ErrorKind, FigureFilter, NewRegisterChange, NewSnapshot, PageAsk};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_SCHOOL, PROVINCE, SOUTH_SCHOOL, UNIVERSITY, at, north, province, south};

contract!(
    a_unit_counts_only_while_the_approved_register_has_it,
    the_first_version_is_what_is_there_and_later_units_wait,
    approving_before_the_first_version_keeps_what_counted,
    a_city_founds_the_register_for_everybody,
    nobody_decides_an_own_proposal_or_twice_or_beyond_the_border,
    what_fits_not_is_refused_whole,
    the_register_is_kept_for_good,
);

fn change(n: u128, unit_id: UnitId, kind: ChangeKind, reason: ChangeReason) -> NewRegisterChange {
    NewRegisterChange {
        id: RegisterChangeId(Uuid::from_u128(n)),
        unit_id,
        kind,
        reason,
        note: Some("说明".to_owned()),
    }
}

fn closed(n: u128, unit_id: UnitId) -> NewRegisterChange {
    change(n, unit_id, ChangeKind::Remove, ChangeReason::Closed)
}

fn ids(from: u128) -> impl FnMut() -> RegisterChangeId + Send {
    let mut next = from;
    move || {
        next += 1;
        RegisterChangeId(Uuid::from_u128(next))
    }
}

fn second() -> Access {
    Access::person(UserId(Uuid::from_u128(0x9002)), Role::Province, Scope::Region(PROVINCE))
}

async fn counted(house: &House, n: u128, as_of: i64) -> (Option<i64>, Vec<UnitId>) {
    let id = SnapshotId(Uuid::from_u128(n));
    let snapshot =
        house.store.take_snapshot(&province(), &NewSnapshot::of(id, at(as_of), at(9000))).await.unwrap();
    let all = FigureFilter::all(Measure::Connection);
    let rows = house.store.snapshot_unit_list(&province(), id, &all, 99).await.unwrap();
    let mut units: Vec<_> = rows.into_iter().map(|row| row.unit.id).collect();
    units.sort();
    (snapshot.register_version, units)
}

async fn a_unit_counts_only_while_the_approved_register_has_it(house: House) {
    let store = &house.furnish().await.store;
    let founded = store.register_new_units(&province(), true, at(10), "first", ids(0)).await.unwrap();
    assert_eq!((founded.version, founded.units), (Some(1), 3));
    store.propose_register_changes(&south(), &[closed(1, SOUTH_SCHOOL)], at(20)).await.unwrap();
    let open =
        store.register_changes(&province(), Some(ChangeState::Proposed), &PageAsk::first(9)).await.unwrap();
    assert_eq!((open.items.len(), open.items[0].proposed_by), (1, south().user_id));
    let version =
        store.decide_register_changes(&province(), &[open.items[0].id], true, at(30), Some("同意")).await;
    let version = version.unwrap().unwrap();
    assert_eq!((version.version, version.units, version.added, version.removed), (2, 2, 0, 1));
    assert_eq!(
        counted(&house, 1, 9).await,
        (None, vec![NORTH_SCHOOL, SOUTH_SCHOOL, UNIVERSITY]),
        "before the first"
    );
    assert_eq!(counted(&house, 2, 29).await, (Some(1), vec![NORTH_SCHOOL, SOUTH_SCHOOL, UNIVERSITY]));
    assert_eq!(counted(&house, 3, 30).await, (Some(2), vec![NORTH_SCHOOL, UNIVERSITY]));
    // Back again: a correction is a third version, and the hash of the members is that of the first.
    let back = change(2, SOUTH_SCHOOL, ChangeKind::Add, ChangeReason::Correction);
    store.propose_register_changes(&province(), &[back], at(40)).await.unwrap();
    let third = store
        .decide_register_changes(&second(), &[RegisterChangeId(Uuid::from_u128(2))], true, at(50), None)
        .await;
    let third = third.unwrap().unwrap();
    assert_eq!(third.hash, store.register_version(1).await.unwrap().hash);
    assert_ne!(third.hash, version.hash);
    let versions = store.register_versions(&PageAsk::first(2)).await.unwrap();
    assert_eq!(versions.items.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 2]);
    let rest = store.register_versions(&PageAsk::after(2, versions.next.unwrap())).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
}

async fn the_first_version_is_what_is_there_and_later_units_wait(house: House) {
    let store = &house.furnish().await.store;
    // Somebody who may not approve only proposes, also the first time.
    let proposed = store.register_new_units(&north(), false, at(1), "sheet.csv", ids(100)).await.unwrap();
    assert_eq!((proposed.version, proposed.units), (None, 1));
    let again = store.register_new_units(&north(), false, at(2), "sheet.csv", ids(200)).await.unwrap();
    assert_eq!(again.units, 0, "proposed once");
    let founded = store.register_new_units(&province(), true, at(3), "first", ids(300)).await.unwrap();
    assert_eq!((founded.version, founded.units), (Some(1), 2), "what waits for a decision is left out");
    let new = crate::house::unit(
        UnitId(Uuid::from_u128(0x400)),
        "新设学校",
        domain::category::Category::Kindergarten,
        crate::house::NORTH_COUNTY,
    );
    store.apply_units(&province(), &[crate::house::change(new)], None, at(4)).await.unwrap();
    let later = store.register_new_units(&province(), true, at(4), "second.csv", ids(400)).await.unwrap();
    assert_eq!((later.version, later.units), (None, 1), "a second version needs a second person");
    assert_eq!(counted(&house, 1, 5).await, (Some(1), vec![SOUTH_SCHOOL, UNIVERSITY]));
}

async fn approving_before_the_first_version_keeps_what_counted(house: House) {
    let store = &house.furnish().await.store;
    let proposed = store.register_new_units(&north(), false, at(1), "sheet.csv", ids(100)).await.unwrap();
    assert_eq!((proposed.version, proposed.units), (None, 1));
    let open = store.register_changes(&province(), None, &PageAsk::first(9)).await.unwrap().items;
    let version = store.decide_register_changes(&province(), &[open[0].id], true, at(2), None).await.unwrap();
    assert_eq!(version.unwrap().units, 3, "the others counted until now and still do");
    let standing = store.register_standing(&south(), SOUTH_SCHOOL).await.unwrap();
    assert_eq!((standing.is_member, standing.has_proposal), (true, false));
    assert_eq!(
        store.register_standing(&north(), SOUTH_SCHOOL).await.unwrap_err().kind(),
        ErrorKind::NotFound
    );
}

async fn a_city_founds_the_register_for_everybody(house: House) {
    let store = &house.furnish().await.store;
    let founded = store.register_new_units(&north(), true, at(1), "first", ids(0)).await.unwrap();
    assert_eq!((founded.version, founded.units), (Some(1), 3));
    let empty = store.register_new_units(&north(), true, at(2), "again", ids(9)).await.unwrap();
    assert_eq!((empty.version, empty.units), (None, 0));
}

async fn nobody_decides_an_own_proposal_or_twice_or_beyond_the_border(house: House) {
    let store = &house.furnish().await.store;
    store.register_new_units(&province(), true, at(1), "first", ids(0)).await.unwrap();
    store.propose_register_changes(&north(), &[closed(1, NORTH_SCHOOL)], at(2)).await.unwrap();
    let one = [RegisterChangeId(Uuid::from_u128(1))];
    let decide = async |who: Access, ids: &[RegisterChangeId]| {
        store
            .decide_register_changes(&who, ids, true, at(3), None)
            .await
            .map(|_| ())
            .map_err(|error| error.kind())
    };
    assert_eq!(decide(north(), &one).await, Err(ErrorKind::Conflict), "an own proposal");
    assert_eq!(decide(south(), &one).await, Err(ErrorKind::NotFound));
    assert_eq!(
        decide(province(), &[one[0], RegisterChangeId(Uuid::from_u128(9))]).await,
        Err(ErrorKind::NotFound)
    );
    assert_eq!(decide(province(), &[]).await, Err(ErrorKind::NotFound));
    assert_eq!(decide(province(), &[one[0], one[0]]).await, Ok(()), "named twice, decided once");
    assert_eq!(decide(province(), &one).await, Err(ErrorKind::Conflict), "decided before");
    let beyond = store.propose_register_changes(&south(), &[closed(2, NORTH_SCHOOL)], at(4)).await;
    assert_eq!(beyond.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn what_fits_not_is_refused_whole(house: House) {
    let store = &house.furnish().await.store;
    store.register_new_units(&province(), true, at(1), "first", ids(0)).await.unwrap();
    for (wrong, kind) in [
        (change(1, NORTH_SCHOOL, ChangeKind::Add, ChangeReason::New), ErrorKind::Conflict),
        (change(2, NORTH_SCHOOL, ChangeKind::Remove, ChangeReason::New), ErrorKind::Invalid),
        (closed(3, UnitId(Uuid::from_u128(0xdead))), ErrorKind::NotFound),
    ] {
        let good = closed(9, SOUTH_SCHOOL);
        let refused = store.propose_register_changes(&province(), &[good, wrong], at(2)).await;
        assert_eq!(refused.unwrap_err().kind(), kind);
    }
    assert!(store.register_changes(&province(), None, &PageAsk::first(9)).await.unwrap().items.is_empty());
    store.propose_register_changes(&province(), &[closed(1, NORTH_SCHOOL)], at(2)).await.unwrap();
    let twice = store.propose_register_changes(&province(), &[closed(2, NORTH_SCHOOL)], at(2)).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Conflict, "one proposal at a time");
    let rejected = store
        .decide_register_changes(
            &second(),
            &[RegisterChangeId(Uuid::from_u128(1))],
            false,
            at(3),
            Some("不同意"),
        )
        .await;
    assert_eq!(rejected.unwrap(), None);
    let rows = store
        .register_changes(&province(), Some(ChangeState::Rejected), &PageAsk::first(9))
        .await
        .unwrap()
        .items;
    assert_eq!((rows[0].decision_note.as_deref(), rows[0].version), (Some("不同意"), None));
    store.propose_register_changes(&province(), &[closed(3, NORTH_SCHOOL)], at(4)).await.unwrap();
}

async fn the_register_is_kept_for_good(house: House) {
    let store = &house.furnish().await.store;
    store.register_new_units(&province(), true, at(1), "first", ids(0)).await.unwrap();
    store.propose_register_changes(&south(), &[closed(1, SOUTH_SCHOOL)], at(2)).await.unwrap();
    store
        .decide_register_changes(&province(), &[RegisterChangeId(Uuid::from_u128(1))], true, at(3), None)
        .await
        .unwrap();
    for sql in [
        "update register_version set units = 0",
        "delete from register_version",
        "update register_member set from_version = 2",
        "update register_member set until_version = null where until_version is not null",
        "delete from register_member",
        "update register_change set state = 'rejected', version = null",
        "delete from register_change",
    ] {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
}
