//! Two towns that must not see each other: every route that takes an id answers about the neighbour's things as about nothing,
//! media and streams included; lists, counts and events hold only the own ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::http::{Method, StatusCode, header};
use domain::ids::CameraId;
use domain::role::Role;
use fixture::{Browser, Fixture, Town};
use serde_json::{Value, json};

/// Every operation on one thing, with a valid body.
fn operations(town: &Town) -> Vec<(Method, String, Option<Value>)> {
    let (unit, camera, alarm) = (town.unit, town.camera, town.alarm);
    let event = json!({ "event": "take", "version": 0 });
    let act = json!({ "act": "remark", "side": "remote", "words": "x" });
    let incident = json!({ "event": "save", "version": 0, "form": { "place": "", "seen": "", "cause": "", "measures": "",
        "told": "", "damage": "", "injured": 0, "dead": 0, "evacuated": 0 } });
    let report = json!({ "unit_id": unit, "code": "F02", "note": "烟" });
    let report_on_camera = json!({ "unit_id": unit, "camera_id": camera, "code": "F02", "note": "烟" });
    let departure = json!({ "unit_id": unit, "kind": "remove", "reason": "closed" });
    let new_camera = json!({ "unit_id": unit, "name": "二楼", "place_type": "gate",
        "address": "rtsp://127.0.0.1:9/2", "watch_enabled": false });
    let mut operations = vec![
        (Method::GET, format!("/api/units/{unit}"), None),
        (Method::GET, format!("/api/cameras/{camera}"), None),
        (Method::PATCH, format!("/api/cameras/{camera}"), Some(json!({ "name": "x" }))),
        (Method::DELETE, format!("/api/cameras/{camera}"), None),
        (Method::GET, format!("/api/cameras/{camera}/thumbnail"), None),
        (Method::GET, format!("/api/cameras/{camera}/thumbnail.jpg"), None),
        (Method::GET, format!("/api/cameras/{camera}/live"), None),
        (Method::GET, format!("/api/cameras/{camera}/head"), None),
        (Method::GET, format!("/api/cameras/{camera}/presets"), None),
        (Method::POST, format!("/api/cameras/{camera}/orders"), Some(json!({ "order": "stop" }))),
        (Method::POST, format!("/api/cameras/{camera}/whep"), None),
        (Method::DELETE, format!("/api/cameras/{camera}/whep/{camera}"), None),
        (Method::GET, format!("/api/alarms/{alarm}"), None),
        (Method::POST, format!("/api/alarms/{alarm}/events"), Some(event)),
        (Method::GET, format!("/api/alarms/{alarm}/ladder"), None),
        (Method::GET, format!("/api/alarms/{alarm}/order"), None),
        (Method::POST, format!("/api/alarms/{alarm}/order/acts"), Some(act)),
        (Method::GET, format!("/api/alarms/{alarm}/incident"), None),
        (Method::PUT, format!("/api/alarms/{alarm}/incident"), Some(incident)),
        (Method::POST, format!("/api/alarms/{alarm}/receipt"), Some(json!({}))),
        (Method::GET, format!("/api/alarms/{alarm}/picture"), None),
        (Method::GET, format!("/api/alarms/{alarm}/clip"), None),
        (Method::GET, format!("/api/alarms/{alarm}/result-picture"), None),
        (Method::PUT, format!("/api/alarms/{alarm}/result-picture"), Some(json!("\u{0}"))),
        (Method::POST, "/api/alarms".to_owned(), Some(report)),
        (Method::POST, "/api/alarms".to_owned(), Some(report_on_camera)),
        (Method::POST, "/api/cameras".to_owned(), Some(new_camera)),
        (Method::POST, "/api/register/changes".to_owned(), Some(departure)),
    ];
    operations.extend(zone_operations(camera));
    operations.extend(device_operations(town));
    operations.extend(facility_operations(town));
    operations.extend(recording_operations(town));
    operations.extend(duty_operations(town));
    operations
}

/// The same for duty: rooms, rosters, the ledger. Which organisations there are, every office of the province knows.
fn duty_operations(town: &Town) -> Vec<(Method, String, Option<Value>)> {
    let (unit, alarm, room, organisation) = (town.unit, town.alarm, town.room, town.organisation);
    let days = "first=2026-11-23&last=2026-11-24";
    let (from, to) = ("2026-11-23T00:00:00Z", "2026-11-23T08:00:00Z");
    let span = format!("from={from}&to={to}");
    let shift = json!({ "staff_id": unit, "starts_at": from, "ends_at": to });
    let copy = json!({ "from": "2026-11-23", "days": 1, "to": "2026-11-24" });
    let correction =
        json!({ "day": "2026-11-23", "from": 0, "minutes": 5, "to": "proven", "reason": "x", "known": 0 });
    let opening = json!({ "name": "x", "kind": "organisation", "organisation_id": organisation });
    let camera = json!({ "name": "x", "address": "rtsp://127.0.0.1:9/1" });
    vec![
        (Method::GET, format!("/api/alarms/{alarm}/duty"), None),
        (Method::GET, format!("/api/units/{unit}/duty-days?{days}"), None),
        (Method::GET, format!("/api/units/{unit}/contracts"), None),
        (Method::POST, "/api/duty-rooms".to_owned(), Some(opening)),
        (Method::GET, format!("/api/duty-rooms/{room}"), None),
        (Method::PATCH, format!("/api/duty-rooms/{room}"), Some(json!({ "name": "x", "version": 0 }))),
        (Method::POST, format!("/api/duty-rooms/{room}/cameras"), Some(camera)),
        (Method::POST, format!("/api/duty-rooms/{room}/close"), Some(json!({ "version": 0 }))),
        (Method::GET, format!("/api/duty-rooms/{room}/seats"), None),
        (Method::POST, format!("/api/duty-rooms/{room}/seats"), Some(json!({ "name": "x" }))),
        (Method::DELETE, format!("/api/duty-rooms/{room}/seats/{room}"), None),
        (Method::GET, format!("/api/duty-rooms/{room}/posts?{span}"), None),
        (Method::GET, format!("/api/duty-rooms/{room}/roster?from=2026-11-23"), None),
        (Method::POST, format!("/api/duty-rooms/{room}/roster"), Some(json!({ "shifts": [shift] }))),
        (Method::POST, format!("/api/duty-rooms/{room}/roster/copy"), Some(copy)),
        (Method::GET, format!("/api/duty-rooms/{room}/handovers?{span}"), None),
        (Method::GET, format!("/api/duty-rooms/{room}/corrections?day=2026-11-23"), None),
        (Method::POST, format!("/api/duty-rooms/{room}/corrections"), Some(correction)),
    ]
}

/// The same for transmission devices and their components.
fn facility_operations(town: &Town) -> Vec<(Method, String, Option<Value>)> {
    let (unit, device, component) = (town.unit, town.transmitter, town.component);
    let new = json!({ "unit_id": unit, "address": "360100000009", "name": "x" });
    let place = json!({ "place": "x", "camera_ids": [] });
    vec![
        (Method::POST, "/api/transmitters".to_owned(), Some(new)),
        (Method::GET, format!("/api/transmitters/{device}"), None),
        (Method::PATCH, format!("/api/transmitters/{device}"), Some(json!({ "name": "x" }))),
        (Method::DELETE, format!("/api/transmitters/{device}"), None),
        (Method::GET, format!("/api/transmitters/{device}/components"), None),
        (Method::PUT, format!("/api/components/{component}/place"), Some(place)),
        (Method::GET, format!("/api/transmitters/{device}/roll-calls"), None),
        (Method::POST, format!("/api/transmitters/{device}/roll-calls"), Some(json!({ "minutes": 3 }))),
    ]
}

/// The same for zones and reference pictures.
fn zone_operations(camera: CameraId) -> Vec<(Method, String, Option<Value>)> {
    let zone = json!({ "kind": "exit", "name": "x", "corners": [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]] });
    vec![
        (Method::GET, format!("/api/cameras/{camera}/zones"), None),
        (Method::PUT, format!("/api/cameras/{camera}/zones"), Some(json!({ "version": 0, "zones": [zone] }))),
        (Method::GET, format!("/api/cameras/{camera}/reference?light=day"), None),
        (Method::POST, format!("/api/cameras/{camera}/reference"), Some(json!({ "sha256": "00" }))),
        (Method::POST, format!("/api/cameras/{camera}/reference/candidate"), None),
        (Method::GET, format!("/api/cameras/{camera}/reference/candidates/00"), None),
    ]
}

/// The same for what is recorded.
fn recording_operations(town: &Town) -> Vec<(Method, String, Option<Value>)> {
    let (unit, camera) = (town.unit, town.camera);
    let (from, to) = ("2026-11-23T00:00:00Z", "2026-11-23T01:00:00Z");
    let look = json!({ "camera_id": camera, "from": from, "to": to, "kind": "playback", "reason": "patrol" });
    let export = json!({ "from": from, "to": to, "reason": "patrol" });
    let order = json!({ "from": from, "to": to, "note": "x" });
    let pin = json!({ "camera_id": camera, "from": from, "to": to, "reason": "x", "keep_until": "2999-01-01T00:00:00Z" });
    let class = json!({ "basis": "public_safety", "class": "days_90" });
    vec![
        (Method::POST, "/api/lookups".to_owned(), Some(look)),
        (
            Method::GET,
            format!("/api/cameras/{camera}/recording/days?first=2026-11-01&until=2026-11-30"),
            None,
        ),
        (Method::POST, format!("/api/cameras/{camera}/recording/deletions"), Some(order)),
        (Method::POST, format!("/api/cameras/{camera}/exports"), Some(export)),
        (Method::POST, "/api/recording/pins".to_owned(), Some(pin)),
        (Method::GET, format!("/api/units/{unit}/retention"), None),
        (Method::PUT, format!("/api/units/{unit}/retention"), Some(class)),
    ]
}

/// The same for devices, their channels and what they reported.
fn device_operations(town: &Town) -> Vec<(Method, String, Option<Value>)> {
    let (unit, device, channel, notice) = (town.unit, town.device, town.channel, town.notice);
    let new_device = json!({ "unit_id": unit, "gb_id": "36010200001118000009", "name": "x" });
    let placing = json!({ "place_type": "gate", "watch_enabled": false });
    let span = "from=2026-11-23T00:00:00Z&to=2026-11-23T01:00:00Z&reason=patrol";
    vec![
        (Method::POST, "/api/devices".to_owned(), Some(new_device)),
        (Method::GET, format!("/api/devices/{device}"), None),
        (Method::PATCH, format!("/api/devices/{device}"), Some(json!({ "name": "x" }))),
        (Method::DELETE, format!("/api/devices/{device}"), None),
        (Method::GET, format!("/api/devices/{device}/diagnosis"), None),
        (Method::GET, format!("/api/devices/{device}/channels"), None),
        (Method::POST, format!("/api/devices/{device}/cameras"), Some(placing.clone())),
        (Method::POST, format!("/api/devices/{device}/orders"), Some(json!({ "order": "restart" }))),
        (Method::POST, format!("/api/channels/{channel}/camera"), Some(placing)),
        (Method::POST, format!("/api/channels/{channel}/orders"), Some(json!({ "order": "stop" }))),
        (Method::GET, format!("/api/devices/{device}/condition"), None),
        (Method::GET, format!("/api/devices/{device}/parameters"), None),
        (Method::PUT, format!("/api/devices/{device}/parameters"), Some(json!({ "keepalive_s": 60 }))),
        (Method::GET, format!("/api/devices/{device}/cards"), None),
        (Method::GET, format!("/api/devices/{device}/position"), None),
        (Method::POST, format!("/api/channels/{channel}/capture"), None),
        (Method::GET, format!("/api/channels/{channel}/presets"), None),
        (Method::GET, format!("/api/channels/{channel}/cruises"), None),
        (Method::GET, format!("/api/channels/{channel}/cruises/1"), None),
        (Method::GET, format!("/api/channels/{channel}/home"), None),
        (Method::GET, format!("/api/channels/{channel}/position"), None),
        (Method::GET, format!("/api/channels/{channel}/recordings?{span}"), None),
        (Method::GET, format!("/api/channels/{channel}/playback?{span}"), None),
        (Method::GET, format!("/api/channels/{channel}/voice"), None),
        (
            Method::POST,
            format!("/api/device-notices/{notice}/meaning"),
            Some(json!({ "kind": "ignored", "from_now_on": false })),
        ),
        (Method::POST, format!("/api/device-notices/{notice}/reset"), None),
    ]
}

#[tokio::test]
async fn what_is_the_neighbours_does_not_exist() {
    let fixture = Fixture::new().await;
    let nowhere = Town::nowhere(0xdead);
    for role in [Role::Unit, Role::DutyGuard, Role::Installer, Role::City, Role::County, Role::Auditor] {
        let browser = fixture.of_ours(role).await;
        for ((method, path, body), (_, missing, missing_body)) in
            operations(&fixture.theirs).into_iter().zip(operations(&nowhere))
        {
            let theirs =
                fixture.send(fixture.request(method.clone(), &path, Some(&browser), body.as_ref())).await;
            let nothing = fixture
                .send(fixture.request(method.clone(), &missing, Some(&browser), missing_body.as_ref()))
                .await;
            assert_eq!(theirs.status, nothing.status, "{role:?} {method} {path}");
            assert_eq!(theirs.body, nothing.body, "{role:?} {method} {path}: told apart from nothing");
            let expected = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY];
            assert!(expected.contains(&theirs.status), "{role:?} {method} {path}: {}", theirs.status);
        }
    }
}

#[tokio::test]
async fn the_unit_manager_meets_404_on_everything_of_the_neighbour() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    for (method, path, body) in operations(&fixture.theirs) {
        let is_offices = path.starts_with("/api/duty-rooms");
        if method == Method::PUT || path.starts_with("/api/register") || path.ends_with("/receipt") {
            continue; // its body is no picture, which is said first; a unit proposes and acknowledges nothing
        }
        if is_offices && method != Method::GET {
            continue; // a unit keeps no rooms of others, whosever they are
        }
        let answer =
            fixture.send(fixture.request(method.clone(), &path, Some(&manager), body.as_ref())).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
    let path = format!("/api/alarms/{}/result-picture", fixture.theirs.alarm);
    let mut request = fixture.request(Method::PUT, &path, Some(&manager), None);
    *request.body_mut() = axum::body::Body::from(&b"\xff\xd8\xff\xe0"[..]);
    assert_eq!(fixture.send(request).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn lists_and_counts_hold_only_the_own() {
    let fixture = Fixture::new().await;
    let ours =
        [fixture.ours.unit.to_string(), fixture.ours.camera.to_string(), fixture.ours.alarm.to_string()];
    let theirs = [
        fixture.theirs.unit.to_string(),
        fixture.theirs.camera.to_string(),
        fixture.theirs.alarm.to_string(),
    ];
    for role in [Role::Unit, Role::DutyGuard, Role::City, Role::County, Role::Auditor] {
        let browser = fixture.of_ours(role).await;
        for path in [
            "/api/units",
            "/api/cameras",
            "/api/alarms?state=all",
            "/api/devices",
            "/api/device-notices",
            "/api/transmitters",
            "/api/facility-events",
        ] {
            let answer = fixture.get(path, &browser).await;
            assert_eq!(answer.status, StatusCode::OK, "{role:?} {path}");
            let text = String::from_utf8(answer.body).unwrap();
            assert!(ours.iter().any(|id| text.contains(id.as_str())), "{role:?} {path}: {text}");
            assert!(!theirs.iter().any(|id| text.contains(id.as_str())), "{role:?} {path}: {text}");
        }
        // A filter for the neighbour's things widens nothing.
        for path in [
            format!("/api/units?region_id={}", fixture.theirs.city),
            format!("/api/cameras?unit_id={}", fixture.theirs.unit),
            format!("/api/devices?unit_id={}", fixture.theirs.unit),
            "/api/devices?q=200".to_owned(),
            format!("/api/transmitters?unit_id={}", fixture.theirs.unit),
            "/api/transmitters?q=200".to_owned(),
            format!("/api/facility-events?transmitter_id={}", fixture.theirs.transmitter),
            format!("/api/device-notices?device_id={}", fixture.theirs.device),
            format!("/api/device-notices?unit_id={}", fixture.theirs.unit),
            format!("/api/alarms?state=all&unit_id={}", fixture.theirs.unit),
            format!("/api/alarms?state=all&camera_id={}", fixture.theirs.camera),
        ] {
            let answer = fixture.get(&path, &browser).await;
            assert_eq!(answer.json()["items"].as_array().unwrap().len(), 0, "{role:?} {path}");
        }
        let overview = fixture.get("/api/overview", &browser).await.json();
        assert_eq!(overview["units"]["should"], 1, "{role:?}");
        assert_eq!(overview["alarms"]["open"], 1, "{role:?}");
        assert_eq!(overview["cameras"]["total"], 1, "{role:?}");
        let standing = fixture.get("/api/access", &browser).await.json();
        assert_eq!(standing["states"]["never_seen"], 1, "{role:?}");
        let regions = fixture.get("/api/regions", &browser).await.json().to_string();
        assert!(!regions.contains(&fixture.theirs.county.to_string()), "{role:?}");
    }
}

#[tokio::test]
async fn the_province_sees_both_and_administrators_see_neither() {
    let fixture = Fixture::new().await;
    let province = fixture.of_ours(Role::Province).await;
    assert_eq!(fixture.get("/api/units", &province).await.json()["items"].as_array().unwrap().len(), 2);
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin] {
        let admin = fixture.of_ours(role).await;
        for path in [
            "/api/units",
            "/api/cameras",
            "/api/alarms",
            "/api/devices",
            "/api/access",
            "/api/device-notices",
            "/api/transmitters",
            "/api/facility-events",
            "/api/snapshots",
            "/api/bulletins",
        ] {
            let answer = fixture.get(path, &admin).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {path}");
            assert_eq!(answer.code(), "denied");
        }
    }
}

#[tokio::test]
async fn no_answer_holds_a_secret() {
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let admin = fixture.of_ours(Role::SecurityAdmin).await;
    for (browser, path) in [
        (&manager, "/api/cameras".to_owned()),
        (&manager, format!("/api/cameras/{}", fixture.ours.camera)),
        (&manager, format!("/api/units/{}", fixture.ours.unit)),
        (&manager, "/api/devices".to_owned()),
        (&manager, format!("/api/devices/{}", fixture.ours.device)),
        (&manager, format!("/api/devices/{}/diagnosis", fixture.ours.device)),
        (&manager, "/api/access".to_owned()),
        (&manager, format!("/api/alarms/{}", fixture.ours.alarm)),
        (&manager, "/api/session".to_owned()),
        (&admin, "/api/users".to_owned()),
    ] {
        let answer = fixture.get(&path, browser).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let text = String::from_utf8(answer.body).unwrap();
        for secret in
            ["camera-secret", "recorder-secret", "argon2", "password", "sealed", "token", &browser.cookie]
        {
            assert!(!text.contains(secret), "{path} tells {secret}");
        }
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
    }
    let address = json!({ "unit_id": fixture.ours.unit, "name": "二楼", "place_type": "gate",
        "address": "rtsp://root:Very-Secret@127.0.0.1:9/2", "watch_enabled": false });
    let added = fixture.post("/api/cameras", &manager, &address).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
    assert_eq!(added.json()["address"], "rtsp://127.0.0.1:9/2");
    assert_eq!(added.json()["user_name"], "root");
    assert!(!String::from_utf8(added.body).unwrap().contains("Very-Secret"));
}

#[tokio::test]
async fn figures_are_everybodys_and_the_rows_behind_them_only_the_own() {
    let fixture = Fixture::new().await;
    let province = fixture.of_ours(Role::Province).await;
    let take = async || {
        let taken = fixture.post("/api/snapshots", &province, &json!({})).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&taken.body));
        taken.json()["id"].as_str().unwrap().to_owned()
    };
    let first = take().await;
    fixture.platform.register_new_units(&fixture.own_ask(), "first").await.unwrap();
    for unit in [fixture.ours.unit, fixture.theirs.unit] {
        let departure = json!({ "unit_id": unit, "kind": "remove", "reason": "closed", "note": "停办" });
        let proposed = fixture.post("/api/register/changes", &province, &departure).await;
        assert_eq!(proposed.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&proposed.body));
        assert_eq!(proposed.json()["own"], true);
    }
    let theirs = fixture.theirs.unit.to_string();
    let city = fixture.of_ours(Role::City).await;
    let open = fixture.get("/api/register/changes?state=proposed", &city).await.json();
    assert_eq!(open["items"].as_array().unwrap().len(), 1, "{open}");
    let ids: Vec<Value> = fixture.get("/api/register/changes", &province).await.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["id"].clone())
        .collect();
    let all = json!({ "ids": ids, "approve": true });
    let beyond = fixture.post("/api/register/changes/decide", &city, &all).await;
    assert_eq!(beyond.status, StatusCode::NOT_FOUND);
    let own = fixture.post("/api/register/changes/decide", &province, &all).await;
    assert_eq!(own.status, StatusCode::CONFLICT, "nobody decides an own proposal");
    let decided = json!({ "ids": [open["items"][0]["id"]], "approve": true, "note": "属实" });
    let version = fixture.post("/api/register/changes/decide", &city, &decided).await;
    assert_eq!(version.json()["version"], 2, "{}", String::from_utf8_lossy(&version.body));
    let second = take().await;
    let compared = fixture.get(&format!("/api/snapshots/{first}/compare/{second}"), &city).await.json();
    assert_eq!((&compared["added"], &compared["removed"]), (&json!(0), &json!(1)));
    for role in [Role::City, Role::County, Role::Auditor] {
        let browser = fixture.of_ours(role).await;
        let table =
            fixture.get(&format!("/api/snapshots/{first}/figures?since={second}"), &browser).await.json();
        assert_eq!(table["total"]["denominator"], 2, "{role:?}");
        for path in [
            format!("/api/snapshots/{first}/units"),
            format!("/api/snapshots/{first}/units.csv"),
            format!("/api/snapshots/{first}/alarms"),
            format!("/api/snapshots/{first}/compare/{second}/units"),
            format!("/api/snapshots/{second}/compare/{first}/units.csv"),
            format!("/api/figures/overdue?snapshot={first}"),
            format!("/api/figures/overdue.csv?snapshot={first}"),
            "/api/register/changes".to_owned(),
        ] {
            let answer = fixture.get(&path, &browser).await;
            assert_eq!(answer.status, StatusCode::OK, "{role:?} {path}");
            let text = String::from_utf8(answer.body).unwrap();
            assert!(!text.contains(&theirs) && !text.contains("章贡实验"), "{role:?} {path}: {text}");
        }
    }
    let alarms = fixture.get(&format!("/api/snapshots/{first}/alarms"), &city).await.json();
    assert_eq!(alarms["counts"]["raised"], 2, "counts are everybody's");
    assert_eq!(alarms["units"].as_array().unwrap().len(), 1, "rows are the own");
    let sheet = fixture.get(&format!("/api/snapshots/{first}/figures.xlsx"), &city).await;
    assert_eq!(sheet.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"figures.xlsx\"");
    assert!(sheet.body.starts_with(b"PK"));
}

#[tokio::test]
async fn contacts_are_ones_own_and_tests_of_them_are_braked() {
    let fixture = Fixture::new().await;
    let (guard, manager) = (fixture.of_ours(Role::DutyGuard).await, fixture.of_ours(Role::Unit).await);
    let put = async |who: &Browser, mail: &str| {
        let body = json!({ "mail": mail });
        fixture.send(fixture.request(Method::PUT, "/api/contacts/mail", Some(who), Some(&body))).await
    };
    assert_eq!(put(&guard, "guard@school.example").await.status, StatusCode::NO_CONTENT);
    assert_eq!(put(&guard, "guard at school").await.code(), "invalid");
    assert_eq!(fixture.get("/api/contacts", &guard).await.json()["mail"], "guard@school.example");
    assert!(fixture.get("/api/contacts", &manager).await.json()["mail"].is_null());
    let path = format!("/api/contacts/browsers/{}/test", uuid::Uuid::nil());
    let mut refused = 0;
    for _ in 0..15 {
        refused += usize::from(
            fixture.post(&path, &guard, &json!({})).await.status == StatusCode::TOO_MANY_REQUESTS,
        );
    }
    assert!(refused >= 4, "{refused}");
    assert_eq!(
        fixture.post(&path, &manager, &json!({})).await.status,
        StatusCode::NOT_FOUND,
        "the brake is one person's"
    );
}
