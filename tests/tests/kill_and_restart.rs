//! The power goes between observation and notification: the alarm is neither lost nor doubled.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::time::Duration;

use stories::{Browser, Running};

const FIRE_MAX: Duration = Duration::from_mins(2);

/// The demonstration's camera that sees a fire; its past alarms are other cameras'.
const BURNING: &str = "教学楼二层走廊";

/// Alarms of the burning corridor, whatever became of them.
fn fire_alarms(browser: &mut Browser) -> Vec<serde_json::Value> {
    let answer = browser.get("/api/alarms?state=all&limit=200").unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let items = answer.body["items"].as_array().cloned().unwrap_or_default();
    items.into_iter().filter(|alarm| alarm["code"] == "F02" && alarm["camera_name"] == BURNING).collect()
}

#[test]
fn killed_when_the_alarm_is_written_it_is_there_once_and_told_after_the_restart() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("data");
    let mut first = Running::start(&folder).unwrap();
    // The log line is written right after the commit, before or while the notifier reads the outbox.
    first.wait_for("alarm raised", FIRE_MAX).unwrap();
    first.kill_9().unwrap();

    let mut second = Running::start(&folder).unwrap();
    let mut guard = Browser::enter(&second.url, &second.token("duty_guard").unwrap()).unwrap();
    let alarms = fire_alarms(&mut guard);
    assert!(!alarms.is_empty(), "the committed alarm is lost");
    let id = alarms[0]["id"].clone();

    // A browser that was connected before comes back with what it saw last, and is told.
    let mut events = guard.events(Some("0")).unwrap();
    let told = events.wait_for("alarm", Duration::from_secs(20), |event| event["alarm"]["id"] == id).unwrap();
    assert_eq!(told["alarm"]["code"], "F02");

    // The corridor goes on burning after the restart: the camera's new sightings join the open alarm.
    second.wait_for("seen again, joined", FIRE_MAX).unwrap();
    let after = fire_alarms(&mut guard);
    assert_eq!(after.len(), 1, "{after:?}");
    assert_eq!(after[0]["id"], id);
}
