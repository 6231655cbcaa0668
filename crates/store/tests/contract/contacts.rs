//! Contacts: the own mail address, the own browsers, and who is found by them.

use domain::access::{Access, Scope};
use domain::ids::{PushBrowserId, UserId};
use domain::role::Role;
use store::{BROWSERS_MAX, ContactKind, ErrorKind, PushBrowser, Store};
use uuid::Uuid;

use crate::contract;
use crate::house::{House, NORTH_GUARD, NORTH_SCHOOL, SOUTH_GUARD, SOUTH_SCHOOL, at};

contract!(
    a_mail_address_is_ones_own_and_is_found_by_its_person,
    a_browser_belongs_to_who_used_it_last_and_the_oldest_go,
    a_browser_that_is_gone_goes_and_one_that_came_back_stays,
);

const BOTH: [UserId; 2] = [NORTH_GUARD, SOUTH_GUARD];

fn north() -> Access {
    Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL))
}

fn south() -> Access {
    Access::person(SOUTH_GUARD, Role::DutyGuard, Scope::Unit(SOUTH_SCHOOL))
}

fn browser(n: u8, user_id: UserId, endpoint: &str, s: i64) -> PushBrowser {
    PushBrowser {
        id: PushBrowserId(Uuid::from_u128(u128::from(n))),
        user_id,
        endpoint: endpoint.to_owned(),
        public_key: [n; 65],
        auth_secret: [n; 16],
        agent: format!("browser {n}"),
        created_at: at(s),
        last_told_at: None,
    }
}

async fn add(store: &Store, who: &Access, n: u8, endpoint: &str, s: i64) -> PushBrowser {
    store.add_own_browser(who, &browser(n, who.user_id.unwrap(), endpoint, s)).await.unwrap()
}

async fn a_mail_address_is_ones_own_and_is_found_by_its_person(house: House) {
    let store = &house.furnish().await.store;
    assert_eq!(store.own_mail(&north()).await.unwrap(), None);
    store.put_own_mail(&north(), Some("n@school.example")).await.unwrap();
    store.put_own_mail(&south(), Some("s@school.example")).await.unwrap();
    assert_eq!(store.own_mail(&north()).await.unwrap().as_deref(), Some("n@school.example"));
    let found = store.contacts_of(&BOTH, ContactKind::Mail).await.unwrap();
    assert_eq!(
        found,
        [(NORTH_GUARD, "n@school.example".to_owned()), (SOUTH_GUARD, "s@school.example".to_owned())]
    );
    assert!(store.contacts_of(&[], ContactKind::Mail).await.unwrap().is_empty());
    assert!(store.is_mail_of_somebody("n@school.example").await.unwrap());
    store.set_disabled(NORTH_GUARD, true).await.unwrap();
    assert!(!store.is_mail_of_somebody("n@school.example").await.unwrap(), "shut out");
    let found = store.contacts_of(&BOTH, ContactKind::Mail).await.unwrap();
    assert_eq!(found.len(), 1);
    store.put_own_mail(&south(), None).await.unwrap();
    assert!(store.contacts_of(&BOTH, ContactKind::Mail).await.unwrap().is_empty());
    let nobody = store.put_own_mail(&Access::PLATFORM, Some("x@y.cn")).await.unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::NotFound);
}

async fn a_browser_belongs_to_who_used_it_last_and_the_oldest_go(house: House) {
    let store = &house.furnish().await.store;
    let first = add(store, &north(), 1, "https://push.example/desk", 1).await;
    assert_eq!(store.browser_to_tell(first.id).await.unwrap(), Some(first.clone()));
    store.browser_was_told(first.id, at(2)).await.unwrap();
    assert_eq!(store.own_browsers(&north()).await.unwrap()[0].last_told_at, Some(at(2)));
    let foreign = store.drop_own_browser(&south(), first.id).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let taken = add(store, &south(), 2, "https://push.example/desk", 3).await;
    assert_eq!(
        (taken.id, taken.user_id, taken.public_key),
        (first.id, SOUTH_GUARD, [2; 65]),
        "the same row, another person and key"
    );
    assert_eq!(taken.last_told_at, None);
    assert!(store.own_browsers(&north()).await.unwrap().is_empty());
    let found = store.contacts_of(&BOTH, ContactKind::Browser).await.unwrap();
    assert_eq!(found, [(SOUTH_GUARD, first.id.to_string())]);
    for n in 10..23 {
        add(store, &south(), n, &format!("https://push.example/{n}"), i64::from(n)).await;
    }
    let own = store.own_browsers(&south()).await.unwrap();
    assert_eq!(
        (own.len() as i64, own[0].agent.as_str(), own[9].agent.as_str()),
        (BROWSERS_MAX, "browser 22", "browser 13")
    );
    store.drop_own_browser(&south(), own[0].id).await.unwrap();
    assert_eq!(store.own_browsers(&south()).await.unwrap().len(), 9);
    store.set_disabled(SOUTH_GUARD, true).await.unwrap();
    assert_eq!(store.browser_to_tell(own[1].id).await.unwrap(), None, "shut out");
    assert!(store.contacts_of(&BOTH, ContactKind::Browser).await.unwrap().is_empty());
    assert!(store.own_browsers(&Access::PLATFORM).await.unwrap().is_empty());
}

async fn a_browser_that_is_gone_goes_and_one_that_came_back_stays(house: House) {
    let store = &house.furnish().await.store;
    let before = add(store, &north(), 1, "https://push.example/desk", 1).await;
    add(store, &north(), 2, "https://push.example/desk", 9).await;
    store.browser_is_gone(&before).await.unwrap();
    let own = store.own_browsers(&north()).await.unwrap();
    assert_eq!(own.len(), 1, "it was asked for anew while the service said that it is gone");
    store.browser_is_gone(&own[0]).await.unwrap();
    assert!(store.own_browsers(&north()).await.unwrap().is_empty());
}
