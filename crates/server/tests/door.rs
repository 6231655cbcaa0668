//! The door: nothing without a session, nothing from another origin, nothing about others; and how people come in and go out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use domain::access::Scope;
use domain::role::Role;
use fixture::{COOKIE, Fixture, HOST, ORIGIN, cookie_of};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Operations that answer without a session; everything else in the API's description must not.
const PUBLIC: [(&str, &str); 14] = [
    ("get", "/api/health"),
    ("get", "/api/setup"),
    ("post", "/api/setup"),
    ("post", "/api/session"),
    ("post", "/api/session/one-time"),
    ("get", "/api/openapi.json"),
    ("get", "/api/verify/{key}"),
    ("post", "/api/verify"),
    ("get", "/api/verify/keys"),
    ("post", "/api/device-uploads/{token}"),
    ("get", "/api/organisation-applications/regions"),
    ("post", "/api/organisation-applications"),
    ("post", "/api/organisation-applications/own"),
    ("put", "/api/organisation-applications/own"),
];

/// Every operation of the API's description as (method, path with its parameters filled in).
fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(&server::openapi_json()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            operations.push((method.clone(), path.clone()));
        }
    }
    assert!(operations.len() > 40, "{}", operations.len());
    operations
}

fn method(name: &str) -> Method {
    name.to_uppercase().parse().unwrap()
}

fn with_id(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

#[tokio::test]
async fn every_route_needs_a_session_but_the_public_ones() {
    let fixture = Fixture::new().await;
    for (name, path) in operations() {
        let is_public = PUBLIC.contains(&(name.as_str(), path.as_str()));
        let path = with_id(&path, "00000000-0000-0000-0000-000000000001");
        let request = fixture.request(method(&name), &path, None, None);
        let answer = fixture.send(request).await;
        if is_public {
            assert_ne!(answer.code_or_empty(), "denied", "{name} {path}");
            assert!(answer.status != StatusCode::UNAUTHORIZED || path.contains("session"), "{name} {path}");
        } else {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name} {path}");
            assert_eq!(answer.code(), "not_signed_in");
        }
    }
    for path in
        ["/api", "/api/", "/api/no/such/path", "/api/users/../users", "/api/%2e%2e/users", "/api/Users"]
    {
        let answer = fixture.send(fixture.request(Method::GET, path, None, None)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let head = fixture.send(fixture.request(Method::HEAD, "/api/users", None, None)).await;
    assert_eq!(head.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_made_up_token_is_no_session() {
    let fixture = Fixture::new().await;
    let mut browser = fixture.of_ours(Role::DutyGuard).await;
    assert_eq!(fixture.get("/api/session", &browser).await.status, StatusCode::OK);
    for token in ["", "a", "%00", "eyJhbGciOiJub25lIn0.e30.", &"A".repeat(43), &"x".repeat(4000)] {
        token.clone_into(&mut browser.cookie);
        assert_eq!(fixture.get("/api/session", &browser).await.status, StatusCode::UNAUTHORIZED, "{token}");
    }
}

#[tokio::test]
async fn what_changes_something_comes_from_our_own_origin() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let sent = |method: Method, origin: Option<&str>, host: &str, cookie: bool| {
        let mut request =
            Request::builder().method(method).uri("/api/session/password").header(header::HOST, host);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        if cookie {
            request = request.header(header::COOKIE, format!("{COOKIE}={}", guard.cookie));
        }
        request = request.header(header::CONTENT_TYPE, "application/json");
        request.body(Body::from(r#"{"old":"","new":"short"}"#)).unwrap()
    };
    for (origin, host, cookie, status) in [
        (Some(ORIGIN), HOST, true, StatusCode::UNPROCESSABLE_ENTITY),
        (None, HOST, true, StatusCode::FORBIDDEN),
        (Some("null"), HOST, true, StatusCode::FORBIDDEN),
        (Some("http://evil.test"), HOST, true, StatusCode::FORBIDDEN),
        (Some("http://127.0.0.1:9999"), HOST, true, StatusCode::FORBIDDEN),
        (Some("http://127.0.0.1:8080.evil.test"), HOST, true, StatusCode::FORBIDDEN),
        (Some("http://evil.test"), HOST, false, StatusCode::FORBIDDEN),
        (None, HOST, false, StatusCode::UNAUTHORIZED),
    ] {
        let answer = fixture.send(sent(Method::POST, origin, host, cookie)).await;
        assert_eq!(answer.status, status, "{origin:?} {host} {cookie}");
        assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let answer = fixture.send(sent(method.clone(), Some("http://evil.test"), HOST, true)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method}");
    }
    // A WebSocket is opened by GET, and still.
    let path = format!("/api/cameras/{}/live", fixture.ours.camera);
    let mut upgrade = fixture.request(Method::GET, &path, Some(&guard), None);
    upgrade.headers_mut().insert(header::UPGRADE, "websocket".parse().unwrap());
    upgrade.headers_mut().insert(header::ORIGIN, "http://evil.test".parse().unwrap());
    assert_eq!(fixture.send(upgrade).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_fresh_platform_answers_set_up_and_nothing_else() {
    let fixture = Fixture::empty().await;
    let state = fixture.send(fixture.request(Method::GET, "/api/setup", None, None)).await.json();
    assert_eq!(state["needed"], true);
    let sign_in = json!({ "login_name": "admin", "password": "admin" });
    let refused = fixture.send(fixture.request(Method::POST, "/api/session", None, Some(&sign_in))).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);

    let fixture = Fixture::new().await;
    let code = fixture.platform.begin_setup().await.unwrap().unwrap();
    let wanted = |code: &str, password: &str| json!({ "code": code, "login_name": "sec", "display_name": "安全管理员", "password": password });
    let post = |body: Value| fixture.request(Method::POST, "/api/setup", None, Some(&body));
    assert_eq!(fixture.send(post(wanted("AAAA-AAAA-AAAA", "Fire-2026!x"))).await.code(), "invalid");
    assert_eq!(fixture.send(post(wanted(&code, "admin"))).await.json()["fields"][0]["field"], "password");
    let done = fixture.send(post(wanted(&code, "Fire-2026!x"))).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&done.body));
    assert_eq!(done.json()["capabilities"], json!(["manage_users", "manage_keys"]));
    cookie_of(&done);
    assert_eq!(fixture.send(post(wanted(&code, "Fire-2026!x"))).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_link_works_once() {
    let fixture = Fixture::new().await;
    let (token, _, _) = fixture.account(Role::DutyGuard, Scope::Unit(fixture.ours.unit)).await;
    let post = |token: &str| {
        fixture.request(Method::POST, "/api/session/one-time", None, Some(&json!({ "token": token })))
    };
    assert_eq!(fixture.send(post(&token)).await.status, StatusCode::OK);
    assert_eq!(fixture.send(post(&token)).await.status, StatusCode::UNAUTHORIZED);
    let (late, _, _) = fixture.account(Role::DutyGuard, Scope::Unit(fixture.ours.unit)).await;
    fixture.pass(SignedDuration::from_hours(25));
    assert_eq!(fixture.send(post(&late)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn wrong_name_and_wrong_password_are_answered_alike_and_five_tries_lock() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let set =
        fixture.post("/api/session/password", &guard, &json!({ "old": "", "new": "Fire-2026!x" })).await;
    assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&set.body));
    assert_eq!(
        fixture.get("/api/session", &guard).await.status,
        StatusCode::UNAUTHORIZED,
        "older sessions end"
    );

    let try_in = |name: &str, password: &str| {
        let body = json!({ "login_name": name, "password": password });
        fixture.request(Method::POST, "/api/session", None, Some(&body))
    };
    let right = fixture.send(try_in(&guard.login_name, "Fire-2026!x")).await;
    assert_eq!(right.status, StatusCode::OK);
    assert_eq!(right.json()["user"]["login_name"], guard.login_name.as_str());

    let nobody = fixture.send(try_in("nobody", "Fire-2026!x")).await;
    for _ in 0..5 {
        let wrong = fixture.send(try_in(&guard.login_name, "Fire-2026!y")).await;
        assert_eq!((wrong.status, &wrong.body), (nobody.status, &nobody.body));
    }
    let locked = fixture.send(try_in(&guard.login_name, "Fire-2026!x")).await;
    assert_eq!((locked.status, &locked.body), (nobody.status, &nobody.body), "a lock is not told");
    fixture.pass(SignedDuration::from_mins(31));
    assert_eq!(fixture.send(try_in(&guard.login_name, "Fire-2026!x")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn guessing_is_braked_by_name_and_by_address() {
    let fixture = Fixture::new().await;
    let body = json!({ "login_name": "nobody", "password": "x" });
    let mut refused = None;
    for _ in 0..12 {
        let answer = fixture.send(fixture.request(Method::POST, "/api/session", None, Some(&body))).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the name is braked whatever the address");
    assert_eq!(refused.code(), "limit");
    assert!(refused.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap() > 0);

    let mut from_one_address = 0;
    for _ in 0..40 {
        let mut request =
            fixture.request(Method::POST, "/api/session/one-time", None, Some(&json!({ "token": "x" })));
        request
            .extensions_mut()
            .insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([192, 0, 2, 1], 1))));
        // Believed only from a named proxy, and none is named.
        let forged = format!("203.0.113.{from_one_address}");
        request.headers_mut().insert("x-forwarded-for", forged.parse().unwrap());
        if fixture.send(request).await.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        from_one_address += 1;
    }
    assert!(from_one_address < 40, "the address is braked");
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_idling_and_by_the_administrator() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let out = fixture.send(fixture.request(Method::DELETE, "/api/session", Some(&guard), None)).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(fixture.get("/api/session", &guard).await.status, StatusCode::UNAUTHORIZED);

    let guard = fixture.of_ours(Role::DutyGuard).await;
    for _ in 0..3 {
        fixture.pass(SignedDuration::from_mins(20));
        assert_eq!(
            fixture.get("/api/session", &guard).await.status,
            StatusCode::OK,
            "activity keeps it alive"
        );
    }
    fixture.pass(SignedDuration::from_mins(31));
    assert_eq!(fixture.get("/api/session", &guard).await.status, StatusCode::UNAUTHORIZED);

    let guard = fixture.of_ours(Role::DutyGuard).await;
    let admin = fixture.of_ours(Role::SecurityAdmin).await;
    let path = format!("/api/users/{}/disable", guard.id);
    assert_eq!(fixture.post(&path, &admin, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(fixture.get("/api/session", &guard).await.status, StatusCode::UNAUTHORIZED);
}
