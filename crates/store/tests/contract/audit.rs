//! The audit register: chained, append-only, and a change behind its back shows.

use domain::access::{Access, Scope};
use domain::ids::UserId;
use domain::role::Role;
use store::{AuditEntry, AuditFilter, AuditProof, PageAsk};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_GUARD, NORTH_SCHOOL, PROVINCE, SOUTH_GUARD, SOUTH_SCHOOL, at, north};

contract!(
    rows_are_numbered_and_the_chain_holds,
    the_database_refuses_to_change_the_register,
    a_row_changed_behind_its_back_shows,
    of_many_writing_at_once_none_breaks_the_chain,
    the_audit_administrator_sees_all_others_their_own,
);

fn entry(n: i64) -> AuditEntry {
    AuditEntry {
        at: at(n),
        actor_id: Some(NORTH_GUARD),
        role: Some(Role::DutyGuard),
        action: "alarm.take".to_owned(),
        object_kind: "alarm".to_owned(),
        object_id: Some(n.to_string()),
        object_name: Some("明火 '; drop table audit; --".to_owned()),
        unit_id: Some(NORTH_SCHOOL),
        result: "ok".to_owned(),
        request_id: None,
        address: Some("127.0.0.1".to_owned()),
        detail: Some(String::new()),
    }
}

async fn rows_are_numbered_and_the_chain_holds(house: House) {
    let store = &house.furnish().await.store;
    assert_eq!(store.verify_audit().await.unwrap(), AuditProof { rows: 0, first_broken: None });
    for n in 1..=5 {
        assert_eq!(store.append_audit(&entry(n)).await.unwrap(), n);
    }
    assert_eq!(store.verify_audit().await.unwrap(), AuditProof { rows: 5, first_broken: None });
    let page = store.audit(&north(), &AuditFilter::default(), &PageAsk::first(2)).await.unwrap();
    assert_eq!(page.items.iter().map(|row| row.seq).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(
        (&page.items[0].entry, page.items[0].actor_name.as_deref()),
        (&entry(5), Some("north 值班员"))
    );
    let one = AuditFilter { object_id: Some("3".to_owned()), ..AuditFilter::default() };
    assert_eq!(store.audit(&north(), &one, &PageAsk::first(9)).await.unwrap().items[0].seq, 3);
}

async fn the_database_refuses_to_change_the_register(house: House) {
    let store = &house.store;
    store.append_audit(&entry(1)).await.unwrap();
    for sql in ["update audit set result = 'denied'", "delete from audit", "delete from audit where seq = 1"]
    {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
    if !house.is_sqlite() {
        assert!(house.behind("truncate audit").await.is_err());
    }
    assert_eq!(store.verify_audit().await.unwrap().rows, 1);
}

async fn a_row_changed_behind_its_back_shows(house: House) {
    let store = &house.store;
    for n in 1..=4 {
        store.append_audit(&entry(n)).await.unwrap();
    }
    let (open, close) = if house.is_sqlite() {
        ("drop trigger audit_no_update; drop trigger audit_no_delete", "select 1")
    } else {
        ("alter table audit disable trigger all", "alter table audit enable trigger all")
    };
    for sql in open.split("; ") {
        house.behind(sql).await.unwrap();
    }
    house.behind("update audit set result = 'denied' where seq = 3").await.unwrap();
    assert_eq!(store.verify_audit().await.unwrap(), AuditProof { rows: 2, first_broken: Some(3) });
    house.behind("update audit set result = 'ok' where seq = 3").await.unwrap();
    assert_eq!(store.verify_audit().await.unwrap().first_broken, None);
    house.behind("delete from audit where seq = 2").await.unwrap();
    assert_eq!(store.verify_audit().await.unwrap(), AuditProof { rows: 1, first_broken: Some(3) });
    house.behind(close).await.unwrap();
}

async fn of_many_writing_at_once_none_breaks_the_chain(house: House) {
    let store = &house.store;
    let writing: Vec<_> = (1..=20)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.append_audit(&entry(n)).await.unwrap() })
        })
        .collect();
    let mut numbers = Vec::new();
    for one in writing {
        numbers.push(one.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    assert_eq!(store.verify_audit().await.unwrap(), AuditProof { rows: 20, first_broken: None });
}

async fn the_audit_administrator_sees_all_others_their_own(house: House) {
    let store = &house.furnish().await.store;
    let south = AuditEntry { unit_id: Some(SOUTH_SCHOOL), actor_id: Some(SOUTH_GUARD), ..entry(1) };
    let nobody = AuditEntry { unit_id: None, actor_id: None, action: "sign_in".to_owned(), ..entry(2) };
    let away = AuditEntry { unit_id: None, ..entry(3) };
    for one in [&south, &nobody, &away] {
        store.append_audit(one).await.unwrap();
    }
    let seen = async |access: &Access| {
        let page = store.audit(access, &AuditFilter::default(), &PageAsk::first(9)).await.unwrap();
        page.items.iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    let person = |role, scope| Access::person(UserId(Uuid::from_u128(1)), role, scope);
    assert_eq!(seen(&person(Role::AuditAdmin, Scope::Region(PROVINCE))).await, [3, 2, 1]);
    assert_eq!(seen(&person(Role::Auditor, Scope::Region(PROVINCE))).await, [1]);
    assert_eq!(seen(&north()).await, [3], "what the north guard did anywhere");
}
