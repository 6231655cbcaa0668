//! A newcomer's first minutes with the demonstration, as the API shows them.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::time::Duration;

use stories::{Browser, Running};

const ROLES: [&str; 10] = [
    "province",
    "city",
    "county",
    "unit",
    "duty_guard",
    "installer",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
];

#[test]
fn one_link_for_each_kind_of_user_works_once_and_a_dead_camera_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&folder.path().join("data")).unwrap();

    let nobody = Browser::new(&running.url).get("/api/units").unwrap();
    assert_eq!(nobody.status, 401, "{nobody:?}");

    for role in ROLES {
        let token = running.token(role).unwrap();
        let mut browser = Browser::enter(&running.url, &token).unwrap();
        let me = browser.get("/api/session").unwrap();
        assert_eq!(me.body["user"]["role"], role, "{me:?}");
        assert!(Browser::enter(&running.url, &token).is_err(), "{role}: the link worked twice");
    }
    drop(running);

    // A fresh start gives fresh links to the same accounts.
    let running = Running::start(&folder.path().join("data")).unwrap();
    let mut installer = Browser::enter(&running.url, &running.token("installer").unwrap()).unwrap();
    let me = installer.get("/api/session").unwrap().body;
    let camera = serde_json::json!({
        "unit_id": me["user"]["scope"]["id"], "name": "拔了网线的摄像机", "place_type": "other",
        "address": "rtsp://127.0.0.1:1/nothing", "watch_enabled": true,
    });
    let added = installer.post("/api/cameras", &camera).unwrap();
    assert_eq!(added.status, 201, "{added:?}");
    let path = format!("/api/cameras/{}", added.body["id"].as_str().unwrap());
    let mut state = serde_json::Value::Null;
    for _ in 0..60 {
        state = installer.get(&path).unwrap().body;
        if state["state"] == "unreachable" {
            break;
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    assert_eq!(state["state"], "unreachable", "{state}");
    assert!(state["reason_zh"].as_str().is_some_and(|reason| !reason.is_empty()), "{state}");
}
