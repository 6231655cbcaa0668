//! What every answer carries, and the web client's files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::Fixture;
use serde_json::json;
use server::{ServerConfig, ServerError};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let picture = format!("/api/alarms/{}/picture", fixture.ours.alarm);
    for (path, who) in [
        ("/", None),
        ("/no-such-file", None),
        ("/api/health", None),
        ("/api/users", None),
        ("/api/alarms", Some(&guard)),
        (picture.as_str(), Some(&guard)),
        ("/metrics", None),
    ] {
        let answer = fixture.send(fixture.request(Method::GET, path, who, None)).await;
        let text =
            |name: &str| answer.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let policy = text("content-security-policy");
        for part in [
            "default-src 'self'",
            "script-src 'self';",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-eval"));
        assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(text("x-frame-options"), "DENY", "{path}");
        assert_eq!(text("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(text("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(text("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(text("strict-transport-security"), "", "{path}: only behind TLS");
        assert_eq!(text("access-control-allow-origin"), "", "{path}");
        assert_eq!(text("x-request-id").len(), 36, "{path}");
        assert_eq!(text("server"), "", "{path}");
        if path.starts_with("/api") {
            let kept = text("cache-control");
            assert!(kept == "no-store" || kept == "private, no-cache", "{path}: {kept}");
        }
    }
    let behind_tls =
        server::router(fixture.platform.clone(), ServerConfig { tls_upstream: true, ..fixture::config() });
    let request = fixture.request(Method::GET, "/", None, None);
    let answer = tower::ServiceExt::oneshot(behind_tls, request).await.unwrap();
    assert!(answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn a_request_id_from_outside_is_not_taken_over() {
    let fixture = Fixture::new().await;
    let mut request = fixture.request(Method::GET, "/api/health", None, None);
    request.headers_mut().insert("x-request-id", "forged".parse().unwrap());
    let answer = fixture.send(request).await;
    assert_ne!(answer.headers["x-request-id"], "forged");
}

#[tokio::test]
async fn the_first_page_is_there_and_files_outside_are_not() {
    let fixture = Fixture::new().await;
    let page = fixture.send(fixture.request(Method::GET, "/", None, None)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-cache");
    assert!(page.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
    for path in [
        "/../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/../../Cargo.toml",
        "//etc/passwd",
        "/.git/config",
    ] {
        let answer = fixture.send(fixture.request(Method::GET, path, None, None)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let post = fixture.send(fixture.request(Method::POST, "/", None, None)).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn long_answers_are_packed_and_media_is_not() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let with_gzip = |path: &str| {
        let mut request = fixture.request(Method::GET, path, Some(&guard), None);
        request.headers_mut().insert(header::ACCEPT_ENCODING, "gzip".parse().unwrap());
        request
    };
    let words = fixture.send(with_gzip("/api/dictionary")).await;
    assert_eq!(words.headers[header::CONTENT_ENCODING], "gzip");
    let clip = fixture.send(with_gzip(&format!("/api/alarms/{}/clip", fixture.ours.alarm))).await;
    assert!(!clip.headers.contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn metrics_need_their_token() {
    let fixture = Fixture::new().await;
    fixture.send(fixture.request(Method::GET, "/api/health", None, None)).await;
    let with = |token: Option<&str>| {
        let mut request = fixture.request(Method::GET, "/metrics", None, None);
        if let Some(token) = token {
            request.headers_mut().insert(header::AUTHORIZATION, token.parse().unwrap());
        }
        request
    };
    for token in [None, Some("metrics-token"), Some("Bearer "), Some("Bearer metrics-tokex")] {
        assert_eq!(fixture.send(with(token)).await.status, StatusCode::NOT_FOUND, "{token:?}");
    }
    let shown = fixture.send(with(Some("Bearer metrics-token"))).await;
    let text = String::from_utf8(shown.body).unwrap();
    assert!(text.contains("watchfire_http_answers_total{route=\"/api/health\",status=\"200\"} 1"), "{text}");
    assert!(text.contains("watchfire_alarms_open{level=\"1\"} 2"), "{text}");
    let off =
        server::router(fixture.platform.clone(), ServerConfig { metrics_token: None, ..fixture::config() });
    let answer = tower::ServiceExt::oneshot(off, with(Some("Bearer "))).await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn passwords_never_cross_a_network_in_the_clear_and_a_taken_port_is_said() {
    let open = ServerConfig { listen: "0.0.0.0:0".parse().unwrap(), ..fixture::config() };
    let refused = server::bind(&open).await.err().unwrap();
    assert!(matches!(refused, ServerError::NotPrivate(_)));
    assert!(refused.to_string().contains("without TLS"), "{refused}");

    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let listen = taken.local_addr().unwrap();
    let config = ServerConfig { listen, ..fixture::config() };
    let refused = server::bind(&config).await.err().unwrap();
    let said = refused.to_string();
    assert!(said.contains("in use") && said.contains(&listen.to_string()) && !said.contains('\n'), "{said}");
}

#[tokio::test]
async fn the_checked_in_description_is_the_routes() {
    let checked_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../api/openapi.json");
    let text = std::fs::read_to_string(checked_in).unwrap_or_default();
    let again = "cargo run -p watchfire-server --example openapi > api/openapi.json";
    assert!(text == server::openapi_json(), "api/openapi.json is old; write it anew: {again}");
    assert_eq!(server::openapi_json(), server::openapi_json());
    let fixture = Fixture::empty().await;
    let served = fixture.send(fixture.request(Method::GET, "/api/openapi.json", None, None)).await;
    assert_eq!(served.json()["info"]["title"], json!("Watchfire"));
}
