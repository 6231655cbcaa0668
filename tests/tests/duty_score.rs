//! `watchfire duty score`: the figure of a month from its file alone, without a platform, a data folder or a network.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use stories::binary;

/// A month worked by hand: 1380 of 1440 minutes, one of two calls, one of two alarms, no drill, one finding.
fn file() -> Value {
    let room = "00000000-0000-0000-0000-000000000001";
    let call = |n: u8, state: &str| json!({ "id": format!("00000000-0000-0000-0000-0000000001{n:02}"), "room_id": room, "asked_at": "2026-11-02T00:00:00Z", "state": state });
    let alarm = |n: u8, taken: Value| json!({ "id": format!("00000000-0000-0000-0000-0000000002{n:02}"), "rings_at": "2026-11-03T00:00:00Z", "taken_at": taken, "limit_s": 60 });
    json!({
        "format": "watchfire-score/1", "rules": "watchfire-score-rules/1", "organisation_id": "00000000-0000-0000-0000-000000000009",
        "organisation": "值守公司", "credit_code": "91440300708461136T", "month": "2026-11",
        "room_days": [{ "room_id": room, "day": "2026-11-01", "required": 1440, "proven": 1380, "exempt": 0, "camera": 1440 }],
        "roll_calls": [call(1, "answered"), call(2, "absent"), call(3, "exempt")],
        "alarms": [alarm(1, json!("2026-11-03T00:01:00Z")), alarm(2, Value::Null)],
        "drills": [],
        "findings": [{ "id": "00000000-0000-0000-0000-000000000301", "confirmed_at": "2026-11-05T00:00:00Z" }],
        // 40 × 1380/1440 = 38.33, 20 × 1/2 = 10, 20 × 1/2 = 10, 10, 0, less 20.
        "hundredths": 3833 + 1000 + 1000 + 1000 - 2000,
    })
}

fn score(path: &Path) -> Output {
    Command::new(binary().unwrap()).args(["duty", "score"]).arg(path).arg("--json").output().unwrap()
}

#[test]
fn the_figure_follows_from_the_rows_and_a_tampered_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("score.json");
    let put = |value: &Value| std::fs::write(&path, value.to_string()).unwrap();
    put(&file());
    let genuine = score(&path);
    let answer: Value = serde_json::from_slice(&genuine.stdout).unwrap();
    assert_eq!(
        (genuine.status.code(), &answer["hundredths"], &answer["equal"]),
        (Some(0), &json!(4833), &json!(true))
    );

    let mut better = file();
    better["hundredths"] = json!(9000);
    put(&better);
    let other = score(&path);
    let answer: Value = serde_json::from_slice(&other.stdout).unwrap();
    assert_eq!(
        (other.status.code(), &answer["hundredths"], &answer["in_file"]),
        (Some(1), &json!(4833), &json!(9000))
    );

    let mut twice = file();
    let row = twice["room_days"][0].clone();
    twice["room_days"].as_array_mut().unwrap().push(row);
    for (what, bytes) in
        [("a row twice", twice.to_string()), ("no JSON", "<html>".to_owned()), ("nothing", String::new())]
    {
        std::fs::write(&path, bytes).unwrap();
        let refused = score(&path);
        assert_eq!(refused.status.code(), Some(2), "{what}: {}", String::from_utf8_lossy(&refused.stderr));
    }
    assert_eq!(score(&folder.path().join("absent.json")).status.code(), Some(2));
}
