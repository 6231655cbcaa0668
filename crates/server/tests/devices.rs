//! Devices over HTTP: entering one, its secret that is shown once, its channels as cameras, what it reported; and the API under its
//! versioned name.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::http::{Method, StatusCode};
use domain::role::Role;
use fixture::Fixture;
use serde_json::json;

const RECORDER: &str = "36010200551118000007";

#[tokio::test]
async fn a_made_secret_is_shown_once_and_a_given_one_never() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let wanted = json!({ "unit_id": fixture.ours.unit, "gb_id": RECORDER, "name": "门卫室录像机",
        "habits": { "media": "tcp_device_connects", "keepalive_s": 30 } });
    let added = fixture.post("/api/devices", &manager, &wanted).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
    let added = added.json();
    let (device, secret) = (&added["device"], added["secret"].as_str().unwrap());
    assert_eq!(secret.len(), 16);
    assert_eq!((&device["state"], &device["has_secret"]), (&json!("never_seen"), &json!(true)));
    let path = format!("/api/devices/{}", device["id"].as_str().unwrap());
    let read = fixture.get(&path, &manager).await;
    assert!(!String::from_utf8_lossy(&read.body).contains(secret));
    assert_eq!(read.json()["habits"], json!({ "media": "tcp_device_connects", "keepalive_s": 30 }));
    let patch = json!({ "secret": "chosen-by-a-person" });
    let request = fixture.request(Method::PATCH, &path, Some(&manager), Some(&patch));
    let given = fixture.send(request).await;
    assert_eq!((given.status, &given.json()["secret"]), (StatusCode::OK, &json!(null)));
    assert!(!String::from_utf8_lossy(&given.body).contains("chosen-by-a-person"));
}

#[tokio::test]
async fn what_no_device_can_be_is_refused_by_field() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let unit = fixture.ours.unit;
    for (body, field) in [
        (json!({ "unit_id": unit, "gb_id": "3601", "name": "x" }), "gb_id"),
        (json!({ "unit_id": unit, "gb_id": RECORDER, "name": "" }), "name"),
        (json!({ "unit_id": unit, "gb_id": RECORDER, "name": "x", "secret": "short" }), "secret"),
        (
            json!({ "unit_id": unit, "gb_id": RECORDER, "name": "x", "habits": { "media": "pigeon" } }),
            "habits",
        ),
        (
            json!({ "unit_id": unit, "gb_id": RECORDER, "name": "x", "habits": { "keepalive_s": 1 } }),
            "habits",
        ),
    ] {
        let refused = fixture.post("/api/devices", &manager, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.json()["fields"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn a_channel_becomes_a_camera_once() {
    let fixture = Fixture::new().await;
    let installer = fixture.of_ours(Role::Installer).await;
    let placing = json!({ "place_type": "gate", "watch_enabled": false });
    let path = format!("/api/channels/{}/camera", fixture.ours.channel);
    let placed = fixture.post(&path, &installer, &placing).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&placed.body));
    let camera = placed.json();
    assert_eq!((&camera["source_kind"], &camera["address"]), (&json!("channel"), &json!("")));
    let again = fixture.post(&path, &installer, &placing).await;
    assert_eq!(again.code(), "conflict");
    let device = fixture.ours.device;
    let channels = fixture.get(&format!("/api/devices/{device}/channels"), &installer).await.json();
    assert_eq!(channels["items"][0]["camera_id"], camera["id"]);
    let all = fixture.post(&format!("/api/devices/{device}/cameras"), &installer, &placing).await;
    assert_eq!(all.json(), json!({ "placed": 0, "no_camera": 0, "had_camera": 1 }));
    let used = fixture.request(Method::DELETE, &format!("/api/devices/{device}"), Some(&installer), None);
    assert_eq!(fixture.send(used).await.code(), "conflict", "a camera gets its video from it");
}

#[tokio::test]
async fn a_notice_that_means_an_alarm_becomes_one_and_is_learnt() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let unmapped = "/api/device-notices?unmapped=true";
    let open = fixture.get(unmapped, &manager).await.json();
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
    let path = format!("/api/device-notices/{}/meaning", fixture.ours.notice);
    let unknown = fixture.post(&path, &manager, &json!({ "kind": "smoke", "from_now_on": true })).await;
    assert_eq!(unknown.json()["fields"][0]["field"], "kind");
    let meant = fixture.post(&path, &manager, &json!({ "kind": "F03", "from_now_on": true })).await;
    assert_eq!(meant.status, StatusCode::OK, "{}", String::from_utf8_lossy(&meant.body));
    let meant = meant.json();
    assert_eq!(meant["kind"], "F03");
    let alarm = fixture.get(&format!("/api/alarms/{}", meant["alarm_id"].as_str().unwrap()), &manager).await;
    assert_eq!((alarm.status, &alarm.json()["source"]), (StatusCode::OK, &json!("device")));
    let device = fixture.get(&format!("/api/devices/{}", fixture.ours.device), &manager).await.json();
    assert_eq!(device["habits"]["alarm_rules"][0]["meaning"], "F03");
    assert_eq!(fixture.get(unmapped, &manager).await.json()["items"], json!([]));
}

#[tokio::test]
async fn orders_are_read_and_a_platform_without_access_says_so() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let channel = format!("/api/channels/{}/orders", fixture.ours.channel);
    for order in [
        json!({ "order": "move", "pan": -40 }),
        json!({ "order": "stop" }),
        json!({ "order": "preset_call", "preset": 1 }),
        json!({ "order": "precise", "pan_deg": 90.0 }),
        json!({ "order": "home", "enabled": true, "after_s": 60, "preset": 1 }),
        json!({ "order": "key_frame" }),
        json!({ "order": "record", "on": true }),
    ] {
        let answer = fixture.post(&channel, &manager, &order).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{order}: {}", answer.json());
    }
    for order in [
        json!({ "order": "fly" }),
        json!({ "order": "preset_call" }),
        json!({ "order": "preset_call", "preset": 0 }),
        json!({ "order": "move", "pan": 101 }),
        json!({ "order": "move", "pan": 300 }),
    ] {
        let answer = fixture.post(&channel, &manager, &order).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{order}");
    }
    let diagnosis =
        fixture.get(&format!("/api/devices/{}/diagnosis", fixture.ours.device), &manager).await.json();
    assert_eq!(
        (&diagnosis["steps"][0]["step"], &diagnosis["steps"][0]["state"]),
        (&json!("entered"), &json!("bad"))
    );
}

#[tokio::test]
async fn an_upload_that_nobody_waits_for_is_not_found_whatever_it_holds() {
    let fixture = Fixture::new().await;
    for token in ["", "a", &"A".repeat(43), "..%2f..%2fusers"] {
        let path = format!("/api/device-uploads/{token}");
        let put = fixture.request(Method::POST, &path, None, Some(&json!({ "picture": "x" })));
        let answer = fixture.send(put).await;
        // Without a token it is no door for devices, but a path like any other.
        let expected = if token.is_empty() { StatusCode::UNAUTHORIZED } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, expected, "{token}");
    }
}

#[tokio::test]
async fn parameters_are_read_by_field_and_a_platform_without_access_says_so() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let device = format!("/api/devices/{}", fixture.ours.device);
    let put = async |body| {
        let request =
            fixture.request(Method::PUT, &format!("{device}/parameters"), Some(&manager), Some(&body));
        fixture.send(request).await
    };
    let refused = put(json!({ "keepalive_s": 1, "expires_s": 60 })).await;
    let fields = refused.json()["fields"].as_array().unwrap().len();
    assert_eq!((refused.status, fields), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    assert_eq!(put(json!({ "keepalive": 1 })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(put(json!({ "keepalive_s": 60 })).await.status, StatusCode::SERVICE_UNAVAILABLE);
    let position = fixture.get(&format!("{device}/position"), &manager).await;
    assert_eq!(position.json(), json!({ "position": null }));
    let capture =
        fixture.post(&format!("/api/channels/{}/capture", fixture.ours.channel), &manager, &json!({})).await;
    assert_eq!(capture.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_recording_is_played_by_websocket_and_never_beyond_a_day() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let base = format!("/api/channels/{}/playback", fixture.ours.channel);
    let span = "from=2026-11-23T00:00:00Z&to=2026-11-23T01:00:00Z&reason=patrol";
    let plain = fixture.get(&format!("{base}?{span}"), &manager).await;
    assert_eq!(plain.status, StatusCode::UPGRADE_REQUIRED);
    assert_eq!(fixture.get(&base, &manager).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let search = format!("/api/channels/{}/recordings?from=noon&to=now&reason=patrol", fixture.ours.channel);
    assert_eq!(fixture.get(&search, &manager).await.json()["fields"][0]["field"], "from");
}

#[tokio::test]
async fn the_versioned_name_meets_the_same_door_and_the_same_desk() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let plain = format!("/api/devices/{}/diagnosis", fixture.ours.device);
    let versioned = plain.replacen("/api", "/api/v1", 1);
    let (one, other) = (fixture.get(&plain, &manager).await, fixture.get(&versioned, &manager).await);
    assert_eq!((one.status, one.body), (StatusCode::OK, other.body));
    let stranger = fixture.send(fixture.request(Method::GET, &versioned, None, None)).await;
    assert_eq!((stranger.status, stranger.code().as_str()), (StatusCode::UNAUTHORIZED, "not_signed_in"));
    let health = fixture.send(fixture.request(Method::GET, "/api/v1/health", None, None)).await;
    assert_eq!(health.status, StatusCode::OK);
    let theirs = format!("/api/v1/devices/{}/diagnosis", fixture.theirs.device);
    assert_eq!(fixture.get(&theirs, &manager).await.status, StatusCode::NOT_FOUND);
    let nothing = fixture.get("/api/v1/no/such/path", &manager).await;
    assert_eq!((nothing.status, nothing.code().as_str()), (StatusCode::NOT_FOUND, "not_found"));
}
