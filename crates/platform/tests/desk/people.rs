//! Signing in: set-up once, no guessing, links that work once, sessions that end.

use domain::access::Scope;
use domain::role::Role;
use platform::PlatformError;
use platform::people::NewAccount;

use crate::fixture::World;

const PASSWORD: &str = "Beacon-Tower-9";

async fn security_admin(world: &World) -> domain::access::Access {
    let code = world.platform.begin_setup().await.unwrap().unwrap();
    let ask = world.operator();
    let signed_in =
        world.platform.set_up(&ask, &code, "chief", "安全管理员", PASSWORD.to_owned(), "test").await.unwrap();
    signed_in.who.access
}

#[tokio::test]
async fn set_up_needs_the_code_and_happens_once() {
    let world = World::new().await;
    assert!(world.platform.setup_needed().await.unwrap());
    let code = world.platform.begin_setup().await.unwrap().unwrap();
    let ask = world.operator();
    let set_up = |code: String, password: &str| {
        let (platform, ask, password) = (world.platform.clone(), ask.clone(), password.to_owned());
        async move { platform.set_up(&ask, &code, "chief", "安全管理员", password, "test").await.map(|_| ()) }
    };
    assert!(matches!(set_up("AAAA-AAAA-AAAA".to_owned(), PASSWORD).await, Err(PlatformError::Invalid(_))));
    assert!(matches!(set_up(code.clone(), "short").await, Err(PlatformError::Invalid(_))));
    set_up(code.clone(), PASSWORD).await.unwrap();
    assert!(matches!(set_up(code, PASSWORD).await, Err(PlatformError::Conflict(_))));
    assert_eq!(world.platform.begin_setup().await.unwrap(), None);
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_half_an_hour() {
    let world = World::new().await;
    security_admin(&world).await;
    for _ in 0..5 {
        let wrong =
            world.platform.sign_in(&world.operator(), "chief", "Wrong-Password-1".to_owned(), "test").await;
        assert!(matches!(wrong, Err(PlatformError::NotSignedIn)));
    }
    let locked = world.platform.sign_in(&world.operator(), "chief", PASSWORD.to_owned(), "test").await;
    assert!(matches!(locked, Err(PlatformError::NotSignedIn)));
    world.wait_s(30 * 60 + 1);
    assert!(world.platform.sign_in(&world.operator(), "chief", PASSWORD.to_owned(), "test").await.is_ok());
}

#[tokio::test]
async fn a_link_works_once_and_a_session_ends_when_idle_or_signed_out() {
    let world = World::new().await;
    let admin = security_admin(&world).await;
    let new = NewAccount {
        login_name: "li.wei".to_owned(),
        display_name: "李伟".to_owned(),
        role: Role::DutyGuard,
        scope: Scope::Region(world.county),
    };
    let (_, link) = world.platform.create_account(&world.ask(admin), &new).await.unwrap();
    let signed_in = world.platform.sign_in_once(&world.operator(), &link.token, "test").await.unwrap();
    let again = world.platform.sign_in_once(&world.operator(), &link.token, "test").await;
    assert!(matches!(again, Err(PlatformError::NotSignedIn)));
    let who = world.platform.who(&signed_in.token, world.now()).await.unwrap();
    assert_eq!(who.account.display_name, "李伟");
    world.wait_s(31 * 60);
    assert!(
        world.platform.who(&signed_in.token, world.now()).await.is_err(),
        "idle for more than half an hour"
    );
    assert!(world.platform.who("made-up", world.now()).await.is_err());
}

#[tokio::test]
async fn only_the_security_administrator_manages_accounts() {
    let world = World::new().await;
    let guard = world.guard().await;
    let page = platform::rows::PageAsk { limit: 10, after: None };
    assert!(matches!(world.platform.accounts(&world.ask(guard), &page).await, Err(PlatformError::Denied(_))));
}
