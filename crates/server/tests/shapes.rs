//! Bodies and queries of every wrong shape: refused with a problem, never a fault of ours; and texts of every kind come back as sent.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::{Answer, Browser, Fixture};
use serde_json::{Value, json};

fn is_refused(answer: &Answer) -> bool {
    let refused = [
        StatusCode::BAD_REQUEST,
        StatusCode::UNPROCESSABLE_ENTITY,
        StatusCode::NOT_FOUND,
        StatusCode::CONFLICT,
    ];
    refused.contains(&answer.status) && !answer.code().is_empty()
}

/// Every JSON body of the API, valid.
fn bodies(fixture: &Fixture) -> Vec<(Role, Method, String, Value)> {
    let (unit, camera, alarm) = (fixture.ours.unit, fixture.ours.camera, fixture.ours.alarm);
    let post = |role, path: &str, body| (role, Method::POST, path.to_owned(), body);
    vec![
        post(
            Role::Unit,
            "/api/setup",
            json!({ "code": "a", "login_name": "a", "display_name": "a", "password": "a" }),
        ),
        post(Role::Unit, "/api/session/password", json!({ "old": "a", "new": "b" })),
        post(
            Role::SecurityAdmin,
            "/api/users",
            json!({ "login_name": "a b", "display_name": "a",
            "role": "unit", "scope_kind": "unit", "scope_id": unit }),
        ),
        post(
            Role::Unit,
            "/api/cameras",
            json!({ "unit_id": unit, "name": "", "place_type": "gate",
            "address": "rtsp://127.0.0.1:9/1", "user_name": "a", "password": "b", "watch_enabled": true }),
        ),
        (
            Role::Unit,
            Method::PATCH,
            format!("/api/cameras/{camera}"),
            json!({ "name": "", "place_type": "gate",
            "address": "rtsp://127.0.0.1:9/1", "user_name": "a", "password": "b" }),
        ),
        post(
            Role::Unit,
            "/api/alarms",
            json!({ "unit_id": unit, "camera_id": camera, "code": "F02", "note": "x",
            "occurred_at": "2999-01-01T00:00:00Z" }),
        ),
        post(
            Role::Unit,
            "/api/devices",
            json!({ "unit_id": unit, "gb_id": "3601", "name": "x", "secret": "y",
            "habits": { "media": "udp", "keepalive_s": 1, "alarm_rules": [{ "method": "5", "point_type": 134,
            "words": ["x"], "meaning": "F01" }] } }),
        ),
        post(
            Role::DutyGuard,
            &format!("/api/alarms/{alarm}/events"),
            json!({ "event": "take", "version": -1,
            "reason": "sunlight", "note": "x" }),
        ),
    ]
}

/// The same for figures, the register and bulletins.
fn bodies_of_figures(fixture: &Fixture) -> Vec<(Role, Method, String, Value)> {
    let unit = fixture.ours.unit;
    let post = |role, path: &str, body| (role, Method::POST, path.to_owned(), body);
    vec![
        post(
            Role::Province,
            "/api/snapshots",
            json!({ "as_of": "2999-01-01T00:00:00Z", "alarms_from": "2999-01-01T00:00:00Z", "note": "x" }),
        ),
        post(
            Role::Province,
            "/api/register/changes",
            json!({ "unit_id": unit, "kind": "add", "reason": "closed", "note": "x" }),
        ),
        post(
            Role::Province,
            "/api/register/changes/decide",
            json!({ "ids": [unit], "approve": true, "note": "x" }),
        ),
        post(
            Role::Province,
            "/api/bulletins",
            json!({ "snapshot_id": "none", "compare_snapshot_id": "none", "settings": { "title": "a" } }),
        ),
        post(
            Role::Province,
            "/api/bulletins/00000000-0000-0000-0000-00000000dead/approve",
            json!({ "version": 1, "override_reason": "x" }),
        ),
        post(
            Role::Unit,
            "/api/bulletins/00000000-0000-0000-0000-00000000dead/objections",
            json!({ "figure_id": "F001", "paragraph": 1, "text": "x", "evidence_note": "y" }),
        ),
    ]
}

#[tokio::test]
async fn a_text_is_a_text() {
    let fixture = Fixture::new().await;
    let mut people: Vec<Browser> = Vec::new();
    for role in [Role::Unit, Role::DutyGuard, Role::SecurityAdmin, Role::Province] {
        people.push(fixture.of_ours(role).await);
    }
    for (role, method, path, valid) in bodies(&fixture).into_iter().chain(bodies_of_figures(&fixture)) {
        let who = people.iter().find(|browser| browser.role == role).unwrap();
        for field in valid.as_object().unwrap().keys() {
            let wrong = [
                json!(["a", "b"]),
                json!({ "a": 1 }),
                json!([]),
                json!(1e99),
                json!("x".repeat(5000)),
                json!("\u{0}"),
            ];
            for value in wrong {
                let mut body = valid.clone();
                body[field] = value;
                let answer =
                    fixture.send(fixture.request(method.clone(), &path, Some(who), Some(&body))).await;
                assert!(is_refused(&answer), "{method} {path} {field}: {} {}", answer.status, body);
            }
        }
        for text in [
            "",
            "null",
            "[]",
            "\"a\"",
            "{",
            "{\"a\":1,\"a\":2}",
            "{\"unknown\":1}",
            &"[".repeat(10_000),
            "\u{feff}{}",
        ] {
            let mut request = fixture.request(method.clone(), &path, Some(who), Some(&Value::Null));
            *request.body_mut() = Body::from(text.to_owned());
            let answer = fixture.send(request).await;
            // A body without any known field may be a patch that changes nothing.
            assert!(
                is_refused(&answer) || method == Method::PATCH,
                "{method} {path} {text:.20}: {}",
                answer.status
            );
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        }
        let key = valid.as_object().unwrap().keys().next().unwrap();
        let twice = format!("{{\"{key}\":\"a\",\"{key}\":\"b\"}}");
        let mut request = fixture.request(method.clone(), &path, Some(who), Some(&Value::Null));
        *request.body_mut() = Body::from(twice);
        assert!(is_refused(&fixture.send(request).await), "{method} {path}: {key} twice");
        let mut form = fixture.request(method.clone(), &path, Some(who), Some(&valid));
        form.headers_mut().insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        let answer = fixture.send(form).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{method} {path}: a form is no JSON");
    }
}

#[tokio::test]
async fn queries_and_paths_of_any_kind_are_answered() {
    let fixture = Fixture::new().await;
    let province = fixture.of_ours(Role::Province).await;
    for path in [
        "/api/units?limit=0",
        "/api/units?limit=201",
        "/api/units?limit=-1",
        "/api/units?limit=abc",
        "/api/units?category=school",
        "/api/units?q=%00",
        "/api/units?region_id=1",
        "/api/units?after=not-a-token",
        "/api/units?after=%27%3B%20drop%20table%20unit%20--",
        "/api/alarms?state=burning",
        "/api/alarms?level=9",
        "/api/alarms?code=F99",
        "/api/cameras?state=dead",
        "/api/snapshots/latest/figures?measure=height",
        "/api/snapshots/latest/units?value=both",
        "/api/snapshots/latest/figures?by=village",
        "/api/snapshots/latest/figures?by=county",
        "/api/snapshots/latest/figures?since=yesterday",
        "/api/snapshots/latest/compare/yesterday",
        "/api/snapshots/latest/compare/latest/units?change=burnt",
        "/api/snapshots/latest/units.xlsx?value=both",
        "/api/snapshots/none/units.csv",
        "/api/figures/trend?weeks=0",
        "/api/figures/trend?weeks=9999",
        "/api/figures/trend?region_id=00000000-0000-0000-0000-00000000dead",
        "/api/figures/overdue?category=school",
        "/api/figures/overdue?snapshot=0",
        "/api/register/changes?state=lost",
        "/api/register/versions?after=%27",
        "/api/units/1",
        "/api/units/%2e%2e",
        "/api/units/..%2f..%2fetc%2fpasswd",
        "/api/alarms/%00/picture",
        "/api/cameras/00000000-0000-0000-0000-00000000000g",
        "/api/snapshots/latest%27/figures",
        "/api/bulletins/latest",
        "/api/bulletins?state=burnt",
        "/api/bulletins/00000000-0000-0000-0000-00000000dead/annexes/1?after=x",
        "/api/bulletins/00000000-0000-0000-0000-00000000dead/annexes/-1",
        "/api/bulletins/00000000-0000-0000-0000-00000000dead/document?format=exe",
    ] {
        let answer = fixture.get(path, &province).await;
        assert!(is_refused(&answer), "{path}: {}", answer.status);
    }
    for query in ["'", "%22", ";--", "%25", "_", "%F0%9F%94%A5", "%E7%83%BD", "a%20b", "%5C"] {
        let answer = fixture.get(&format!("/api/units?q={query}"), &province).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(answer.json()["items"], json!([]), "{query}");
    }
    let answer = fixture.send(fixture.request(Method::DELETE, "/api/units", Some(&province), None)).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::METHOD_NOT_ALLOWED, "invalid"));
}

#[tokio::test]
async fn texts_come_back_as_sent() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    for note in [
        "'; drop table alarm; --",
        "\"<script>alert(1)</script>",
        "🔥 烽燧 𠮷",
        "line\nline\ttab",
        "\u{202e}rtl",
        "100%_\\",
    ] {
        let body = json!({ "unit_id": fixture.ours.unit, "code": "F01", "note": note });
        let raised = fixture.post("/api/alarms", &guard, &body).await;
        assert_eq!(raised.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&raised.body));
        let path = format!("/api/alarms/{}", raised.json()["id"].as_str().unwrap());
        assert_eq!(fixture.get(&path, &guard).await.json()["note"], note);
    }
}

#[tokio::test]
async fn only_rtsp_addresses_and_lawful_places_become_cameras() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let camera = |address: &str, place: &str| json!({ "unit_id": fixture.ours.unit, "name": "x", "place_type": place, "address": address, "watch_enabled": false });
    for address in [
        "exec:id",
        "echo:x",
        "file:///etc/passwd",
        "/etc/passwd",
        "gopher://a",
        "unix:/run/x",
        "http://169.254.169.254/",
        "rtsp://",
    ] {
        let answer = fixture.post("/api/cameras", &manager, &camera(address, "gate")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert_eq!(answer.json()["fields"][0]["field"], "address");
    }
    for place in ["bathroom", "dormitory_room", "toilet"] {
        let answer = fixture.post("/api/cameras", &manager, &camera("rtsp://127.0.0.1:9/x", place)).await;
        assert_eq!(answer.json()["fields"][0]["code"], "forbidden_place", "{place}");
    }
}
