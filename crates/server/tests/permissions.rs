//! The permission table: every role at every route, written from what the platform really answers and compared with the checked-in
//! page. `WATCHFIRE_BLESS=1` writes the page anew; its diff is reviewed like code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use std::fmt::Write as _;
use std::path::Path;

use axum::http::{Method, StatusCode};
use domain::role::Role;
use fixture::{Browser, Fixture};
use serde_json::{Value, json};

const NOBODY: &str = "00000000-0000-0000-0000-00000000dead";

/// A stretch that nobody recorded.
const FROM: &str = "2026-11-23T00:00:00Z";
const TO: &str = "2026-11-23T01:00:00Z";

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security/permissions.md");

const HEAD: &str = "# Who may do what\n\n\
    Written by the test `permissions` of `crates/server` from the answers of a running platform: every role asks every route about a \
    thing within its reach.\n`●` the desk did the work or looked at the request; `–` refused (403). Which rows a person reaches is \
    decided by region and unit besides.\nRoutes without a session (health, set-up, signing in, this API's description) are not \
    listed.\n\n";

/// Reviewing is another capability behind the same route as taking.
const REVIEW: &str = "/api/alarms/{id}/events (review)";

/// Operations that need no session, besides those of sessions themselves.
const PUBLIC: [(&str, &str); 12] = [
    ("get", "/api/health"),
    ("get", "/api/setup"),
    ("post", "/api/setup"),
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

/// A body that is read without complaint, so that what answers is the desk; written to change nothing that later rows need.
#[expect(clippy::too_many_lines, reason = "one arm a route")]
fn body(fixture: &Fixture, method: &str, path: &str) -> Option<Value> {
    let unit = fixture.ours.unit;
    Some(match (method, path) {
        ("post", "/api/session/password") => json!({ "old": "", "new": "short" }),
        ("put", "/api/contacts/mail") => json!({ "mail": "nobody" }),
        ("post", "/api/contacts/browsers") => {
            json!({ "endpoint": "", "public_key": "", "auth_secret": "" })
        }
        ("post", "/api/users") => {
            json!({ "login_name": "a b", "display_name": "x", "role": "unit", "scope_kind": "unit", "scope_id": unit })
        }
        ("post", "/api/cameras") => {
            json!({ "unit_id": unit, "name": "", "place_type": "gate", "address": "", "watch_enabled": false })
        }
        (
            "patch",
            "/api/cameras/{id}"
            | "/api/devices/{id}"
            | "/api/transmitters/{id}"
            | "/api/upper-platforms/{id}",
        ) => {
            json!({ "name": "" })
        }
        ("post", "/api/upper-platforms") => {
            json!({ "name": "", "server_gb_id": "", "address": "", "transport": "udp", "unit_id": unit,
                "shares": { "live": true, "playback": true, "ptz": true, "alarms": true } })
        }
        ("post", "/api/devices") => json!({ "unit_id": unit, "gb_id": "", "name": "" }),
        ("post", "/api/devices/{id}/orders") => json!({ "order": "catalogue" }),
        ("put", "/api/devices/{id}/parameters") => json!({ "keepalive_s": 0 }),
        ("put", "/api/cameras/{id}/zones") => json!({ "version": -1, "zones": [] }),
        ("post", "/api/cameras/{id}/reference") => json!({ "sha256": "" }),
        ("post", "/api/cameras/{id}/orders") => json!({ "order": "preset_call", "preset": "" }),
        ("post", "/api/channels/{id}/orders") => json!({ "order": "preset_call", "preset": 0 }),
        ("post", "/api/devices/{id}/cameras" | "/api/channels/{id}/camera") => {
            json!({ "place_type": "dormitory_room", "watch_enabled": false })
        }
        ("post", "/api/device-notices/{id}/meaning") => json!({ "kind": "ignored", "from_now_on": false }),
        ("post", "/api/alarms") => {
            json!({ "unit_id": unit, "code": "F01", "note": "x", "occurred_at": "2999-01-01T00:00:00Z" })
        }
        ("post", "/api/alarms/{id}/events") => json!({ "event": "take", "version": -1 }),
        ("post", "/api/alarms/{id}/order/acts") => json!({ "act": "remark", "side": "site", "words": "x" }),
        ("put", "/api/alarms/{id}/incident") => {
            json!({ "event": "save", "version": -1, "form": { "place": "", "seen": "", "cause": "", "measures": "",
                "told": "", "damage": "", "injured": 0, "dead": 0, "evacuated": 0 } })
        }
        ("post", REVIEW | "/api/silences/{id}/events") => json!({ "event": "approve", "version": -1 }),
        ("post", "/api/alarms/{id}/receipt" | "/api/notices/{id}/receipt") => json!({}),
        ("post", "/api/notices" | "/api/notices/preview") => {
            json!({ "batch_id": NOBODY, "kind": "notice", "alarm_ids": [NOBODY] })
        }
        ("post", "/api/notices/{id}/steps") => json!({ "event": "accept", "version": -1 }),
        ("post", "/api/quarantines/{id}/events") => json!({ "event": "lift", "version": 0, "why": "x" }),
        ("post", "/api/silences") => {
            json!({ "unit_id": unit, "reason": "", "starts_at": FROM, "ends_at": TO })
        }
        ("post", "/api/lookups") => {
            json!({ "camera_id": fixture.ours.camera, "from": FROM, "to": TO, "kind": "playback", "reason": "patrol" })
        }
        ("post", "/api/cameras/{id}/exports") => json!({ "from": FROM, "to": TO, "reason": "incident" }),
        ("post", "/api/cameras/{id}/recording/deletions") => json!({ "from": FROM, "to": TO, "note": "" }),
        ("post", "/api/recording/pins") => {
            json!({ "camera_id": fixture.ours.camera, "from": FROM, "to": TO, "reason": "", "keep_until": TO })
        }
        ("put", "/api/units/{id}/retention") => {
            json!({ "basis": "public_safety", "class": "custom", "floor_days": 1, "ceiling_days": 1 })
        }
        ("post", "/api/recording/disks") => {
            json!({ "name": "", "folder": "", "quota_gib": 0, "head_room_gib": 0 })
        }
        ("patch", "/api/recording/disks/{id}") => json!({ "name": "" }),
        ("post", "/api/snapshots") => json!({ "as_of": "2999-01-01T00:00:00Z" }),
        ("post", "/api/register/changes") => json!({ "unit_id": unit, "kind": "add", "reason": "closed" }),
        ("post", "/api/register/changes/decide") => json!({ "ids": [NOBODY], "approve": true }),
        ("post", "/api/bulletins") => json!({ "snapshot_id": "latest" }),
        ("put", "/api/bulletins/{id}/settings") | ("post", "/api/bulletins/{id}/approve") => {
            json!({ "version": 1 })
        }
        ("post", "/api/bulletins/{id}/consultation") => json!({ "hours": 24 }),
        ("post", "/api/bulletins/{id}/objections") => json!({ "text": "x" }),
        ("post", "/api/bulletins/{id}/objections/{objection_id}/reply") => {
            json!({ "accepted": true, "text": "x" })
        }
        _ => return facility_body(fixture, method, path),
    })
}

/// The same for fire facilities.
fn facility_body(fixture: &Fixture, method: &str, path: &str) -> Option<Value> {
    Some(match (method, path) {
        ("post", "/api/transmitters") => json!({ "unit_id": fixture.ours.unit, "address": "", "name": "" }),
        ("post", "/api/transmitters/{id}/roll-calls") => json!({ "minutes": 0 }),
        ("put", "/api/components/{id}/place") => json!({ "place": "", "camera_ids": [] }),
        _ => return organisation_body(fixture, method, path),
    })
}

/// The same for organisations and contracts.
fn organisation_body(fixture: &Fixture, method: &str, path: &str) -> Option<Value> {
    let facts = json!({ "address": "", "premises_m2": 0, "phone": "", "units_max": 0, "version": -1 });
    Some(match (method, path) {
        ("post", "/api/organisations") => {
            json!({ "name": "", "credit_code": "", "region_id": NOBODY, "address": "", "premises_m2": 0, "phone": "", "units_max": 0 })
        }
        ("put", "/api/organisations/{id}") => facts,
        ("post", "/api/organisations/{id}/events") => json!({ "event": "approve", "version": -1 }),
        ("post", "/api/organisations/{id}/staff") | ("put", "/api/organisations/{id}/staff/{staff_id}") => {
            json!({ "name": "", "post": "guard" })
        }
        ("post", "/api/organisations/{id}/staff/{staff_id}/account") => json!({ "login_name": "" }),
        ("post", "/api/organisations/{id}/assessments") => json!({ "criteria": [] }),
        ("post", "/api/contracts") => {
            json!({ "unit_id": fixture.ours.unit, "organisation_id": NOBODY, "starts_at": TO, "ends_at": FROM })
        }
        ("post", "/api/contracts/{id}/events" | "/api/censuses/{id}/regions/{region}/events") => {
            json!({ "event": "accept", "version": -1 })
        }
        ("post", "/api/violations") => {
            json!({ "organisation_id": NOBODY, "kind": "duty_gap", "from": FROM, "until": TO, "words": "" })
        }
        ("post", "/api/violations/{id}/events") => json!({ "event": "confirm", "words": "x", "version": -1 }),
        ("post", "/api/organisation-applications/{id}/events") => json!({ "event": "refuse", "version": -1 }),
        ("post", "/api/censuses") => json!({ "title": "", "deadline_at": FROM }),
        ("post", "/api/censuses/{id}/close") => json!({ "version": -1 }),
        _ => return duty_body(fixture, method, path),
    })
}

/// The same for duty rooms.
fn duty_body(_: &Fixture, method: &str, path: &str) -> Option<Value> {
    Some(match (method, path) {
        ("post", "/api/duty-rooms") => {
            json!({ "name": "", "kind": "organisation", "organisation_id": NOBODY })
        }
        ("patch", "/api/duty-rooms/{id}") => json!({ "version": -1 }),
        ("post", "/api/duty-rooms/{id}/cameras") => json!({ "name": "", "address": "" }),
        ("post", "/api/duty-rooms/{id}/close") => json!({ "version": -1, "reason": "" }),
        ("post", "/api/duty-rooms/{id}/seats") => json!({ "name": "" }),
        ("post", "/api/seats") => json!({ "code": "", "public_key": "", "signature": "" }),
        ("put", "/api/head-counts/{region}/{kind}") => json!({ "people": 0, "basis": "gb_25201" }),
        ("post", "/api/duty-rooms/{id}/roster") => json!({ "shifts": [] }),
        ("post", "/api/duty-rooms/{id}/roster/copy") => {
            json!({ "from": "2026-11-01", "days": 0, "to": "2026-11-08" })
        }
        ("post", "/api/duty-rooms/{id}/shifts/{shift}/take-off") => {
            json!({ "staff_id": NOBODY, "reason": "" })
        }
        ("post", "/api/duty-rooms/{id}/shifts/{shift}/stand-in") => {
            json!({ "from": NOBODY, "to": NOBODY, "reason": "" })
        }
        ("post", "/api/duty-rooms/{id}/shifts/{shift}/swap") => {
            json!({ "from": NOBODY, "other_shift": NOBODY, "other": NOBODY, "reason": "" })
        }
        ("post", "/api/duty-rooms/{id}/corrections") => {
            json!({ "day": "2026-11-23", "from": 0, "minutes": 1, "to": "proven", "reason": "x", "known": 0 })
        }
        ("post", "/api/duty/reports") => json!({ "kind": "daily", "day": "2999-01-01" }),
        ("post", "/api/suspicions/{id}/events") => json!({ "event": "reply", "words": "x", "version": -1 }),
        _ => return roll_call_body(method, path),
    })
}

/// The same for roll-calls of duty rooms.
fn roll_call_body(method: &str, path: &str) -> Option<Value> {
    Some(match (method, path) {
        ("post", "/api/roll-call-rounds") => json!({ "rooms": [NOBODY], "reason": "x" }),
        ("post", "/api/roll-call-exemptions") => {
            json!({ "room_id": NOBODY, "starts_at": FROM, "ends_at": TO, "reason": "" })
        }
        ("post", "/api/roll-call-exemptions/{id}/events") => json!({ "event": "approve", "version": -1 }),
        ("post", "/api/seat/roll-calls/{id}/answer") => json!({ "digits": "0000" }),
        ("post", "/api/drills") => json!({ "kind": "scripted", "code": "F01", "rooms": [] }),
        ("post", "/api/drills/{id}/cancel") => json!({ "why": "" }),
        ("put", "/api/drill-plans/{region}") => json!({ "code": "F01", "knows": "" }),
        ("post", "/api/seat/drill/{id}/steps") => json!({ "step": "take" }),
        _ => return None,
    })
}

fn path_of(fixture: &Fixture, method: &str, path: &str) -> String {
    let id = match path.split('/').nth(2) {
        // Nothing is removed by this walk.
        _ if method == "delete" => NOBODY.to_owned(),
        Some("units") => fixture.ours.unit.to_string(),
        Some("cameras") => fixture.ours.camera.to_string(),
        Some("devices") => fixture.ours.device.to_string(),
        Some("channels") => fixture.ours.channel.to_string(),
        Some("transmitters") => fixture.ours.transmitter.to_string(),
        Some("components") => fixture.ours.component.to_string(),
        Some("device-notices") => fixture.ours.notice.to_string(),
        Some("alarms") => fixture.ours.alarm.to_string(),
        Some("snapshots") => "latest".to_owned(),
        // A person that does not exist: nobody is reset or disabled either.
        _ => NOBODY.to_owned(),
    };
    let path = path.trim_end_matches(" (review)").replace("{id}", &id);
    let path = path.replace("{from}", &id).replace("{to}", &id);
    let path = path.replace("{number}", "1").replace("{objection_id}", NOBODY).replace("{staff_id}", NOBODY);
    let path = path.replace("{shift}", NOBODY).replace("{seat}", NOBODY).replace("{region}", NOBODY);
    let kind = if path.contains("roll-calls") { "asked" } else { "organisation" };
    let path = path.replace("{month}", "2026-11").replace("{document}", NOBODY);
    let path = path.replace("{day}", "2026-11-23").replace("{kind}", kind);
    let path = path.replace("{name}", "manifest.json").replace("{sha256}", NOBODY);
    let span = format!("from={FROM}&to={TO}");
    match path.rsplit('/').next() {
        Some("document") => path + "?format=text",
        Some("recordings" | "playback") => format!("{path}?{span}&reason=patrol"),
        Some("reference") if method == "get" => path + "?light=day",
        Some("alarms") if path.contains("rule-quality") => path + "?code=F01",
        Some("roster") if method == "get" => path + "?from=2026-11-01",
        Some("coverage" | "ledger-proof") => path + "?day=2026-11-23",
        Some("corrections") if method == "get" => path + "?day=2026-11-23",
        Some("room-days" | "duty-days") => path + "?first=2026-11-22&last=2026-11-23",
        Some("days") => path + "?first=2026-11-01&until=2026-11-30",
        Some("timeline" | "recording.mp4" | "marks" | "posts" | "handovers") => format!("{path}?{span}"),
        _ => path,
    }
}

async fn may(fixture: &Fixture, who: &Browser, method: &str, path: &str) -> bool {
    let sent = body(fixture, method, path);
    let mut at = path_of(fixture, method, path);
    if path.ends_with("/timeline") || path.ends_with("/recording.mp4") || path.ends_with("/marks") {
        // A reason was given, by whoever may.
        let answer = fixture.post("/api/lookups", who, &body(fixture, "post", "/api/lookups").unwrap()).await;
        at.push_str("&grant=");
        at.push_str(answer.json()["grant"].as_str().unwrap_or_default());
    }
    let method_name: Method = method.to_uppercase().parse().unwrap();
    let request = fixture.request(method_name, &at, Some(who), sent.as_ref());
    // The body is not read: an event stream has no end.
    let status = fixture.open(request).await.status();
    assert_ne!(status, StatusCode::UNAUTHORIZED, "{method} {path}");
    assert!(
        !status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE,
        "{method} {path}: {status}"
    );
    status != StatusCode::FORBIDDEN
}

async fn write_row(fixture: &Fixture, browsers: &[Browser], page: &mut String, method: &str, path: &str) {
    let _ = write!(page, "| {} {} |", method.to_uppercase(), path);
    for browser in browsers {
        let mark = if may(fixture, browser, method, path).await { "●" } else { "–" };
        let _ = write!(page, " {mark} |");
    }
    page.push('\n');
}

#[tokio::test]
async fn the_permission_table_is_as_checked_in() {
    let fixture = Fixture::new().await;
    let mut browsers = Vec::new();
    for role in Role::ALL {
        browsers.push(fixture.of_ours(role).await);
    }
    let mut page = HEAD.to_owned() + "| route |";
    for role in Role::ALL {
        let _ = write!(page, " {} |", role.as_str());
    }
    page.push_str("\n|---|");
    page.push_str(&":-:|".repeat(Role::ALL.len()));
    page.push('\n');
    let document: Value = serde_json::from_str(&server::openapi_json()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let is_session = path.starts_with("/api/session") && method != "get";
            if PUBLIC.contains(&(method.as_str(), path.as_str())) || is_session {
                continue;
            }
            write_row(&fixture, &browsers, &mut page, method, path).await;
            if REVIEW.strip_suffix(" (review)") == Some(path) {
                write_row(&fixture, &browsers, &mut page, method, REVIEW).await;
            }
        }
    }
    if std::env::var_os("WATCHFIRE_BLESS").is_some() {
        std::fs::write(Path::new(PAGE), &page).unwrap();
    }
    let checked_in = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(page == checked_in, "docs/security/permissions.md is not what the platform answers:\n{page}");
}
