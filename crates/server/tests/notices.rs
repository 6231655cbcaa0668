//! Notices over HTTP: two towns that must not see each other's, one province above both, bodies that nobody should send.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::http::{Method, StatusCode, header};
use domain::role::Role;
use fixture::{Browser, Fixture};
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

/// A flame at each school that nobody has taken for two minutes.
async fn overdue() -> Fixture {
    let fixture = Fixture::new().await;
    fixture.pass(SignedDuration::from_mins(2));
    fixture
}

async fn send(fixture: &Fixture, who: &Browser, n: u128, alarms: &[Uuid]) -> fixture::Answer {
    let body = json!({ "batch_id": Uuid::from_u128(n), "kind": "notice", "alarm_ids": alarms });
    fixture.post("/api/notices", who, &body).await
}

async fn count(fixture: &Fixture, who: &Browser, path: &str) -> usize {
    let answer = fixture.get(path, who).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_town_sends_and_sees_its_own_and_the_neighbours_are_as_nothing() {
    let fixture = overdue().await;
    let (ours, theirs) = (fixture.ours.alarm.0, fixture.theirs.alarm.0);
    let county = fixture.of_ours(Role::County).await;
    let unit = fixture.of_ours(Role::Unit).await;
    let province = fixture.of_ours(Role::Province).await;
    for who in [&county, &unit] {
        assert_eq!(count(&fixture, who, "/api/overdue/parties").await, 1);
        assert_eq!(count(&fixture, who, "/api/overdue/alarms").await, 1);
        let foreign = format!("/api/overdue/alarms?unit_id={}", fixture.theirs.unit);
        assert_eq!(count(&fixture, who, &foreign).await, 0);
        let region = format!("/api/overdue/parties?region_id={}", fixture.theirs.city);
        assert_eq!(count(&fixture, who, &region).await, 0);
    }
    let refused = send(&fixture, &county, 1, &[ours, theirs]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["fields"][0]["code"], "not_found");
    let both = send(&fixture, &province, 2, &[ours, theirs]).await.json();
    assert_eq!(both["notices"].as_array().unwrap().len(), 2);
    let id_of = |unit: Value| {
        let notices = both["notices"].as_array().unwrap();
        notices.iter().find(|one| one["unit_id"] == unit).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (own, foreign) = (id_of(json!(fixture.ours.unit)), id_of(json!(fixture.theirs.unit)));
    for who in [&county, &unit] {
        assert_eq!(count(&fixture, who, "/api/notices").await, 1);
        assert_eq!(count(&fixture, who, &format!("/api/notices?alarm_id={theirs}")).await, 0);
        assert_eq!(fixture.get("/api/notices/counts", who).await.json()["all"], 1);
        let step = json!({ "event": "reply", "version": 1, "words": "x" });
        for (method, path, body) in [
            (Method::GET, format!("/api/notices/{foreign}"), None),
            (Method::GET, format!("/api/notices/{foreign}/alarms"), None),
            (Method::POST, format!("/api/notices/{foreign}/receipt"), Some(json!({}))),
        ] {
            let answer = fixture.send(fixture.request(method, &path, Some(who), body.as_ref())).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        let steps = fixture.post(&format!("/api/notices/{foreign}/steps"), &unit, &step).await;
        assert_eq!(steps.status, StatusCode::NOT_FOUND);
    }
    let signed =
        fixture.post(&format!("/api/notices/{own}/receipt"), &unit, &json!({ "note": "收到" })).await.json();
    assert_eq!(
        (signed["notice"]["state"].as_str(), signed["next"][0].as_str()),
        (Some("received"), Some("reply"))
    );
    let seen = fixture.get(&format!("/api/notices/{own}"), &county).await.json();
    let levels: Vec<(&str, bool)> = seen["levels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|level| (level["rung"].as_str().unwrap(), level["receipt"].is_object()))
        .collect();
    assert_eq!(levels, [("city", false), ("county", false), ("unit", true)]);
    assert_eq!(seen["levels"][2]["receipt"]["note"], "收到");
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_by_field() {
    let fixture = overdue().await;
    let county = fixture.of_ours(Role::County).await;
    let (alarm, unit) = (fixture.ours.alarm, fixture.ours.unit);
    let batch = Uuid::from_u128(1);
    for (body, field) in [
        (json!({ "batch_id": batch, "kind": "notice" }), "alarm_ids"),
        (
            json!({ "batch_id": batch, "kind": "notice", "alarm_ids": [alarm], "unit_ids": [unit] }),
            "alarm_ids",
        ),
        (json!({ "batch_id": batch, "kind": "love letter", "alarm_ids": [alarm] }), "kind"),
        (
            json!({ "batch_id": batch, "kind": "notice", "alarm_ids": [alarm], "deadline_at": "soon" }),
            "deadline_at",
        ),
        (
            json!({ "batch_id": batch, "kind": "notice", "alarm_ids": [alarm], "deadline_at": "2020-01-01T00:00:00Z" }),
            "deadline_at",
        ),
        (json!({ "batch_id": batch, "kind": "notice", "alarm_ids": [alarm], "remark": "a\u{7}b" }), "remark"),
        (json!({ "batch_id": batch, "kind": "notice", "unit_ids": [fixture.theirs.unit] }), "unit_ids"),
    ] {
        let answer = fixture.post("/api/notices", &county, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(answer.json()["fields"][0]["field"], field, "{body}");
    }
    for query in ["level=5", "level=0", "notices=100000", "days=4000000000"] {
        let answer = fixture.get(&format!("/api/overdue/parties?{query}"), &county).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    assert_eq!(count(&fixture, &county, "/api/notices").await, 0, "nothing was written");
    let sent = send(&fixture, &county, 2, &[alarm.0]).await.json();
    let path = format!("/api/notices/{}/steps", sent["notices"][0]["id"].as_str().unwrap());
    for (event, status) in [
        ("close", StatusCode::UNPROCESSABLE_ENTITY),
        ("dance", StatusCode::UNPROCESSABLE_ENTITY),
        ("accept", StatusCode::CONFLICT),
        ("send", StatusCode::CONFLICT),
        ("sign", StatusCode::CONFLICT),
        ("escalate", StatusCode::CONFLICT),
        ("withdraw", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = fixture.post(&path, &county, &json!({ "event": event, "version": 1 })).await;
        assert_eq!(answer.status, status, "{event}: {}", String::from_utf8_lossy(&answer.body));
    }
}

#[tokio::test]
async fn the_list_of_names_is_a_file_in_which_nothing_is_a_formula() {
    let fixture = overdue().await;
    let county = fixture.of_ours(Role::County).await;
    send(&fixture, &county, 1, &[fixture.ours.alarm.0]).await;
    for (path, kind) in [
        ("/api/overdue/parties.csv?notices=1", "text/csv"),
        ("/api/overdue/parties.xlsx?notices=1", "application/vnd.openxmlformats"),
    ] {
        let answer = fixture.get(path, &county).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(kind));
        assert!(answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("overdue-parties"));
        if kind == "text/csv" {
            let text = String::from_utf8(answer.body).unwrap();
            assert!(text.contains("东湖实验幼儿园") && !text.contains("章贡"), "{text}");
        }
    }
    let guard = fixture.of_ours(Role::DutyGuard).await;
    for path in ["/api/overdue/parties", "/api/overdue/parties.csv", "/api/notices", "/api/notices/counts"] {
        assert_eq!(fixture.get(path, &guard).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
