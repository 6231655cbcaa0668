//! An alarm worked over HTTP: taken, confirmed, handled and reviewed; stale versions and foreign owners are refused; evidence is read
//! whole and in parts; every step is in the audit register.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::{Browser, Fixture};
use serde_json::{Value, json};

async fn step(fixture: &Fixture, who: &Browser, event: &str, version: &Value) -> fixture::Answer {
    let path = format!("/api/alarms/{}/events", fixture.ours.alarm);
    fixture.post(&path, who, &json!({ "event": event, "version": version })).await
}

/// The same, looking again where the ladder climbed between look and step, as a person would.
async fn step_after_a_look(fixture: &Fixture, who: &Browser, event: &str) -> fixture::Answer {
    let path = format!("/api/alarms/{}", fixture.ours.alarm);
    for _ in 0..10 {
        let version = fixture.get(&path, who).await.json()["version"].clone();
        let answer = step(fixture, who, event, &version).await;
        if answer.status != StatusCode::CONFLICT {
            return answer;
        }
    }
    panic!("{event}: the ladder climbs before every step");
}

fn keys(alarm: &Value) -> Vec<String> {
    alarm["next"].as_array().unwrap().iter().map(|next| next["event"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_flame_from_waiting_to_closed() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let manager = fixture.of_ours(Role::Unit).await;
    let path = format!("/api/alarms/{}", fixture.ours.alarm);

    let listed = fixture.get("/api/alarms", &guard).await.json()["items"][0].clone();
    assert_eq!((listed["code"].as_str(), listed["level"].as_i64()), (Some("F02"), Some(1)));
    assert_eq!(listed["times"]["opened_at"], Value::Null, "a list is no look");
    let seen = fixture.get(&path, &guard).await.json();
    assert!(seen["times"]["opened_at"].is_string(), "the first look is T2");
    assert_eq!(seen["next"][0], json!({ "event": "take", "key": " " }));
    assert_eq!(seen["neighbours"].as_array().unwrap().len(), 1);

    let mut alarm = step(&fixture, &guard, "take", &seen["version"]).await.json();
    assert_eq!(alarm["state"], "taken");
    assert_eq!(alarm["owner"]["id"], guard.id.to_string());
    for event in ["start_verify", "confirm", "arrive"] {
        assert!(keys(&alarm).contains(&event.to_owned()), "{event}: {:?}", keys(&alarm));
        let answer = step_after_a_look(&fixture, &guard, event).await;
        assert_eq!(answer.status, StatusCode::OK, "{event}: {}", String::from_utf8_lossy(&answer.body));
        alarm = answer.json();
    }
    let picture = format!("{path}/result-picture");
    let mut put = fixture.request(Method::PUT, &picture, Some(&guard), None);
    *put.body_mut() = Body::from(&b"\xff\xd8\xff\xe0 dealt with"[..]);
    let kept = fixture.send(put).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&kept.body));
    let result = fixture.get(&picture, &guard).await;
    assert_eq!(result.body, b"\xff\xd8\xff\xe0 dealt with");
    assert_eq!(result.headers[header::CONTENT_TYPE], "image/jpeg");

    alarm = fixture.get(&path, &guard).await.json();
    alarm = step(&fixture, &guard, "handle", &alarm["version"]).await.json();
    assert_eq!(alarm["state"], "in_review");
    let own = step(&fixture, &guard, "approve", &alarm["version"]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "a guard does not review");
    alarm = step(&fixture, &manager, "approve", &alarm["version"]).await.json();
    assert_eq!(alarm["state"], "closed");
    assert!(alarm["derived"]["close_ms"].as_i64().unwrap() >= 0);
    let events: Vec<_> =
        alarm["steps"].as_array().unwrap().iter().map(|step| step["event"].clone()).collect();
    assert!(events.len() >= 7, "{events:?}");

    let auditor = fixture.of_ours(Role::Auditor).await;
    let rows = fixture.get(&format!("/api/audit?object_id={}", fixture.ours.alarm), &auditor).await.json();
    let actions: Vec<_> = rows["items"].as_array().unwrap().iter().map(|row| row["action"].clone()).collect();
    for action in ["alarm_take", "alarm_confirm", "alarm_handle", "alarm_approve", "view_evidence"] {
        assert!(actions.contains(&json!(action)), "{action} missing in {actions:?}");
    }
    let row = &rows["items"][0];
    assert!(
        row["request_id"].as_str().unwrap().len() == 36
            && row["address"].as_str().unwrap().starts_with("10.0.")
    );
}

#[tokio::test]
async fn two_guards_press_take_and_one_has_it() {
    let fixture = Fixture::new().await;
    let (first, second) = (fixture.of_ours(Role::DutyGuard).await, fixture.of_ours(Role::DutyGuard).await);
    let version =
        fixture.get(&format!("/api/alarms/{}", fixture.ours.alarm), &first).await.json()["version"].clone();
    let (one, other) =
        tokio::join!(step(&fixture, &first, "take", &version), step(&fixture, &second, "take", &version));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    let (won, lost) = if one.status == StatusCode::OK { (one, other) } else { (other, one) };
    assert_eq!(lost.code(), "conflict");
    let loser = if won.json()["owner"]["id"] == first.id.to_string() { &second } else { &first };
    let answer = step(&fixture, loser, "confirm", &won.json()["version"]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "only the owner moves it on");
    assert!(answer.json()["detail"].as_str().unwrap().contains("another person"));
}

#[tokio::test]
async fn a_step_is_done_to_its_end_when_the_caller_hangs_up() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let path = format!("/api/alarms/{}", fixture.ours.alarm);
    let version = fixture.get(&path, &guard).await.json()["version"].clone();
    let body = json!({ "event": "take", "version": version });
    let request = fixture.request(Method::POST, &format!("{path}/events"), Some(&guard), Some(&body));
    let mut asked = Box::pin(fixture.open(request));
    assert!(futures::poll!(&mut asked).is_pending());
    drop(asked);
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if fixture.get(&path, &guard).await.json()["state"] == "taken" {
            let auditor = fixture.of_ours(Role::Auditor).await;
            let rows = fixture.get("/api/audit?action=alarm_take", &auditor).await.json();
            assert_eq!(rows["items"].as_array().unwrap().len(), 1, "the act has its row");
            return;
        }
    }
    panic!("the step was lost with its caller");
}

#[tokio::test]
async fn the_platforms_own_steps_are_not_for_people() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    for event in ["escalate", "silence_timeout", "merge", "clear", "explode"] {
        let answer = step(&fixture, &guard, event, &json!(0)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{event}");
        assert_eq!(answer.json()["fields"][0]["field"], "event");
    }
}

#[tokio::test]
async fn evidence_is_read_whole_in_parts_and_only_when_it_changed() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let path = format!("/api/alarms/{}/clip", fixture.ours.alarm);
    let whole = fixture.get(&path, &guard).await;
    assert_eq!((whole.status, whole.body.as_slice()), (StatusCode::OK, &b"0123456789"[..]));
    assert_eq!(whole.headers[header::CONTENT_TYPE], "video/mp4");
    assert_eq!(whole.headers[header::ACCEPT_RANGES], "bytes");
    assert_eq!(whole.headers[header::CACHE_CONTROL], "private, no-cache");
    assert!(!whole.headers.contains_key(header::CONTENT_ENCODING));
    let with = |name: header::HeaderName, value: &str| {
        let mut request = fixture.request(Method::GET, &path, Some(&guard), None);
        request.headers_mut().insert(name, value.parse().unwrap());
        request
    };
    let part = fixture.send(with(header::RANGE, "bytes=2-4")).await;
    assert_eq!((part.status, part.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &b"234"[..]));
    assert_eq!(part.headers[header::CONTENT_RANGE], "bytes 2-4/10");
    let outside = fixture.send(with(header::RANGE, "bytes=10-")).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(outside.headers[header::CONTENT_RANGE], "bytes */10");
    let tag = whole.headers[header::ETAG].to_str().unwrap().to_owned();
    let same = fixture.send(with(header::IF_NONE_MATCH, &tag)).await;
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));

    let picture = |query: &str| format!("/api/alarms/{}/picture{query}", fixture.ours.alarm);
    assert_eq!(fixture.get(&picture(""), &guard).await.body, b"\xff\xd8\xffplain");
    assert_eq!(fixture.get(&picture("?boxes=true"), &guard).await.status, StatusCode::OK);
}

#[tokio::test]
async fn uploads_have_a_size_and_a_kind() {
    let fixture = Fixture::new().await;
    let guard = fixture.of_ours(Role::DutyGuard).await;
    let put = |bytes: Vec<u8>| {
        let path = format!("/api/alarms/{}/result-picture", fixture.ours.alarm);
        let mut request = fixture.request(Method::PUT, &path, Some(&guard), None);
        *request.body_mut() = Body::from(bytes);
        request
    };
    let svg = fixture.send(put(b"<svg onload=alert(1)>".to_vec())).await;
    assert_eq!(svg.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = fixture.send(put(vec![0xff; 8 * 1024 * 1024 + 1])).await;
    assert_eq!((large.status, large.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "limit"));
    let body = json!({ "login_name": "x".repeat(300 * 1024), "password": "x" });
    let json_body = fixture.send(fixture.request(Method::POST, "/api/session", None, Some(&body))).await;
    assert_eq!(json_body.status, StatusCode::PAYLOAD_TOO_LARGE);
}
