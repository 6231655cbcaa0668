//! The doorway: accounts, sessions, links that work once, settings.

use domain::access::Scope;
use domain::ids::{SessionId, UserId};
use store::{ErrorKind, PageAsk, Session};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH, NORTH_GUARD, SOUTH_GUARD, account, at};

contract!(
    a_login_name_belongs_to_one_person_whatever_its_case,
    wrong_passwords_are_counted_and_a_right_one_forgets_them,
    a_session_ends_by_time_by_hand_and_with_its_account,
    a_link_works_once_however_many_try,
    a_setting_put_first_stays,
);

async fn a_login_name_belongs_to_one_person_whatever_its_case(house: House) {
    let store = &house.furnish().await.store;
    assert_eq!(store.count_accounts().await.unwrap(), 2);
    let double = account(UserId(Uuid::from_u128(5)), "NORTH ", Scope::Region(NORTH));
    assert_eq!(store.add_account(&double).await.unwrap_err().kind(), ErrorKind::Conflict);
    let nowhere = account(
        UserId(Uuid::from_u128(5)),
        "third",
        Scope::Region(domain::ids::RegionId(Uuid::from_u128(9))),
    );
    assert_eq!(store.add_account(&nowhere).await.unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(store.account_by_login("North").await.unwrap().unwrap().id, NORTH_GUARD);
    assert_eq!(store.account_by_login("nobody").await.unwrap(), None);
    let first = store.accounts(&PageAsk::first(1)).await.unwrap();
    assert_eq!(first.items[0].login_name, "north");
    let second = store.accounts(&PageAsk::after(1, first.next.unwrap())).await.unwrap();
    assert_eq!((second.items[0].login_name.as_str(), second.next), ("south", None));
}

async fn wrong_passwords_are_counted_and_a_right_one_forgets_them(house: House) {
    let store = &house.furnish().await.store;
    store.set_password(NORTH_GUARD, "$argon2id$…").await.unwrap();
    store.note_login(NORTH_GUARD, false, at(2), None).await.unwrap();
    store.note_login(NORTH_GUARD, false, at(3), Some(at(99))).await.unwrap();
    let locked = store.account(NORTH_GUARD).await.unwrap().unwrap();
    assert_eq!((locked.failed_count, locked.locked_until, locked.last_seen_at), (2, Some(at(99)), None));
    store.note_login(NORTH_GUARD, true, at(100), None).await.unwrap();
    let open = store.account(NORTH_GUARD).await.unwrap().unwrap();
    assert_eq!((open.failed_count, open.locked_until, open.last_seen_at), (0, None, Some(at(100))));
    assert_eq!(open.password_hash.as_deref(), Some("$argon2id$…"));
    let nobody = store.set_password(UserId(Uuid::from_u128(5)), "x").await;
    assert_eq!(nobody.unwrap_err().kind(), ErrorKind::NotFound);
}

fn session(n: u8, user_id: UserId) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(u128::from(n))),
        user_id,
        token_sha256: [n; 32],
        created_at: at(0),
        last_seen_at: at(0),
        idle_expires_at: at(60),
        expires_at: at(100),
        address: Some("127.0.0.1".to_owned()),
        agent: None,
    }
}

async fn a_session_ends_by_time_by_hand_and_with_its_account(house: House) {
    let store = &house.furnish().await.store;
    for n in 1..=4 {
        store.add_session(&session(n, if n == 4 { SOUTH_GUARD } else { NORTH_GUARD })).await.unwrap();
    }
    let alive = async |n: u8, s| store.session_by_token(&[n; 32], at(s)).await.unwrap().is_some();
    let (found, account) = store.session_by_token(&[1; 32], at(59)).await.unwrap().unwrap();
    assert_eq!((found, account.id), (session(1, NORTH_GUARD), NORTH_GUARD));
    assert!(!alive(1, 60).await, "idle too long");
    store.touch_session(session(1, NORTH_GUARD).id, at(59), at(200)).await.unwrap();
    assert!(alive(1, 99).await);
    assert!(!alive(1, 100).await, "over, however busy");
    store.revoke_session(session(1, NORTH_GUARD).id, at(70)).await.unwrap();
    assert!(!alive(1, 70).await);
    assert_eq!(store.revoke_sessions_of(NORTH_GUARD, at(71)).await.unwrap(), 2);
    assert!(!alive(2, 10).await);
    assert!(alive(4, 10).await);
    store.set_disabled(SOUTH_GUARD, true).await.unwrap();
    assert!(!alive(4, 10).await);
}

async fn a_link_works_once_however_many_try(house: House) {
    let store = &house.furnish().await.store;
    store.add_one_time_token(&[7; 32], NORTH_GUARD, at(60)).await.unwrap();
    store.add_one_time_token(&[8; 32], NORTH_GUARD, at(60)).await.unwrap();
    assert_eq!(store.use_one_time_token(&[8; 32], at(60)).await.unwrap(), None, "too late");
    assert_eq!(store.use_one_time_token(&[9; 32], at(1)).await.unwrap(), None, "never given");
    let tries: Vec<_> = (0..16)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.use_one_time_token(&[7; 32], at(1)).await.unwrap() })
        })
        .collect();
    let mut winners = Vec::new();
    for one in tries {
        winners.extend(one.await.unwrap());
    }
    assert_eq!(winners, [NORTH_GUARD]);
}

async fn a_setting_put_first_stays(house: House) {
    let store = &house.store;
    assert_eq!(store.setting("key").await.unwrap(), None);
    assert_eq!(store.put_setting_if_absent("key", "first").await.unwrap(), "first");
    assert_eq!(store.put_setting_if_absent("key", "second").await.unwrap(), "first");
    store.put_setting("key", "third").await.unwrap();
    assert_eq!(store.setting("key").await.unwrap().as_deref(), Some("third"));
}
