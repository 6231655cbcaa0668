//! Heads of cameras over HTTP, against simulated devices that speak ONVIF: turned, stopped, presets; and who may not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod fixture;

use axum::http::{Method, StatusCode};
use domain::access::Scope;
use domain::role::Role;
use fixture::{Browser, Fixture};
use serde_json::{Value, json};
use simulator::onvif::{OnvifConfig, OnvifDevice, OnvifHabits, OnvifStream};
use std::net::{Ipv4Addr, SocketAddr};

const PASSWORD: &str = "right-1";

/// A camera of our town with its device.
struct Setting {
    fixture: Fixture,
    manager: Browser,
    device: OnvifDevice,
    camera: String,
}

fn device_config(habits: OnvifHabits) -> OnvifConfig {
    let stream = |name: &str| OnvifStream {
        name: name.to_owned(),
        encoding: "H264".to_owned(),
        size: (640, 360),
        url: format!("rtsp://127.0.0.1:9/{name}"),
    };
    let credentials = Some(("admin".to_owned(), PASSWORD.to_owned()));
    let streams = vec![stream("main"), stream("sub")];
    OnvifConfig { streams, credentials, habits, ..OnvifConfig::new() }
}

impl Setting {
    async fn of(habits: OnvifHabits, password: &str) -> Self {
        Self::with(device_config(habits), password).await
    }

    async fn with(config: OnvifConfig, password: &str) -> Self {
        let device = OnvifDevice::start(config).await.unwrap();
        let fixture = Fixture::demo().await;
        let manager = fixture.of_ours(Role::Unit).await;
        let wanted = json!({ "unit_id": fixture.ours.unit, "name": "操场", "place_type": "gate", "address": "rtsp://127.0.0.1:9/main",
            "onvif_address": device.address().to_string(), "user_name": "admin", "password": password, "watch_enabled": false });
        let added = fixture.post("/api/cameras", &manager, &wanted).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.body));
        let camera = format!("/api/cameras/{}", added.json()["id"].as_str().unwrap());
        Self { fixture, manager, device, camera }
    }

    async fn well_behaved() -> Self {
        Self::of(OnvifHabits::default(), PASSWORD).await
    }

    async fn get(&self, what: &str) -> Value {
        let answer = self.fixture.get(&format!("{}/{what}", self.camera), &self.manager).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    async fn order(&self, order: Value) -> StatusCode {
        self.fixture.post(&format!("{}/orders", self.camera), &self.manager, &order).await.status
    }

    /// Actions of the audit register about the camera, with their details, newest first.
    async fn audited(&self) -> Vec<(String, Value)> {
        let reader = self.fixture.of_ours(Role::Auditor).await;
        let rows = self.fixture.get("/api/audit?limit=50", &reader).await.json();
        let rows = rows["items"].as_array().unwrap();
        let is_head = |row: &&Value| matches!(row["action"].as_str(), Some("camera_turn" | "camera_preset"));
        let told = |row: &Value| (row["action"].as_str().unwrap().to_owned(), row["detail"].clone());
        rows.iter().filter(is_head).map(told).collect()
    }
}

#[tokio::test]
async fn a_head_turns_until_it_is_stopped_and_leaves_one_row() {
    let setting = Setting::well_behaved().await;
    let head = setting.get("head").await;
    assert_eq!((&head["way"], &head["pan"]), (&json!("onvif"), &json!(0.0)));
    assert_eq!(
        setting.order(json!({ "order": "move", "pan": 80, "tilt": -40 })).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(setting.order(json!({ "order": "stop" })).await, StatusCode::NO_CONTENT);
    let looks = setting.device.looks();
    assert!(looks.pan > 0.0 && looks.tilt < 0.0, "{looks:?}");
    assert_eq!(setting.device.looks(), looks, "it rests");
    let told = setting.get("head").await;
    assert!((told["pan"].as_f64().unwrap() - f64::from(looks.pan)).abs() < 1e-6, "{told}");
    assert_eq!(setting.audited().await, [("camera_turn".to_owned(), Value::Null)]);
    let greetings = setting.device.asked().iter().filter(|asked| *asked == "GetServices").count();
    assert_eq!(greetings, 1, "the camera is greeted once");
}

#[tokio::test]
async fn a_place_is_kept_gone_to_and_forgotten() {
    let setting = Setting::well_behaved().await;
    assert_eq!(setting.order(json!({ "order": "preset_call", "preset": "1" })).await, StatusCode::NO_CONTENT);
    let door = setting.device.looks();
    assert!(door.pan < 0.0, "{door:?}");
    let set = json!({ "order": "preset_set", "name": "东<门>" });
    assert_eq!(setting.order(set).await, StatusCode::NO_CONTENT);
    let presets = setting.get("presets").await;
    assert_eq!(presets[2], json!({ "id": "3", "name": "东<门>" }), "{presets}");
    assert_eq!(setting.order(json!({ "order": "preset_call", "preset": "2" })).await, StatusCode::NO_CONTENT);
    assert_ne!(setting.device.looks(), door);
    assert_eq!(setting.order(json!({ "order": "preset_call", "preset": "3" })).await, StatusCode::NO_CONTENT);
    assert_eq!(setting.device.looks(), door);
    let delete = json!({ "order": "preset_delete", "preset": "3" });
    assert_eq!(setting.order(delete).await, StatusCode::NO_CONTENT);
    assert_eq!(setting.get("presets").await.as_array().unwrap().len(), 2);
    let rows = setting.audited().await;
    let detail = |text: &str| ("camera_preset".to_owned(), json!(text));
    assert_eq!(rows, [detail("delete 3"), detail("set 东<门>"), ("camera_turn".to_owned(), Value::Null)]);
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_turns_all_the_same() {
    let setting =
        Setting::of(OnvifHabits { clock_offset_s: -3_600, ..OnvifHabits::default() }, PASSWORD).await;
    assert_eq!(setting.order(json!({ "order": "move", "zoom": 100 })).await, StatusCode::NO_CONTENT);
    assert_eq!(setting.device.refused(), 0);
}

#[tokio::test]
async fn a_wrong_password_is_said_and_shown_to_the_camera_once() {
    let setting = Setting::of(OnvifHabits::default(), "wrong").await;
    let head = setting.get("head").await;
    assert_eq!((&head["way"], &head["reason_code"]), (&json!("none"), &json!("wrong_password")));
    assert!(head["reason_zh"].as_str().unwrap().contains("密码"), "{head}");
    assert_eq!(setting.order(json!({ "order": "move", "pan": 10 })).await, StatusCode::CONFLICT);
    assert_eq!(setting.order(json!({ "order": "stop" })).await, StatusCode::CONFLICT);
    assert_eq!(setting.device.refused(), 1);
    let mended = json!({ "password": PASSWORD });
    let patch =
        setting.fixture.request(Method::PATCH, &setting.camera, Some(&setting.manager), Some(&mended));
    assert_eq!(setting.fixture.send(patch).await.status, StatusCode::OK);
    assert_eq!(setting.get("head").await["way"], "onvif", "a new password is tried at once");
}

#[tokio::test]
async fn a_camera_without_a_head_and_one_that_is_gone_are_told_apart() {
    let headless = OnvifConfig { has_head: false, ..device_config(OnvifHabits::default()) };
    let fixed = Setting::with(headless, PASSWORD).await;
    assert_eq!(fixed.get("head").await["reason_code"], "no_head");
    assert_eq!(fixed.order(json!({ "order": "stop" })).await, StatusCode::CONFLICT);
    let Setting { fixture, manager, device, camera } = Setting::well_behaved().await;
    drop(device);
    let head = fixture.get(&format!("{camera}/head"), &manager).await.json();
    assert_eq!((&head["way"], &head["reason_code"]), (&json!("none"), &json!("refused")));
    let stop = fixture.post(&format!("{camera}/orders"), &manager, &json!({ "order": "stop" })).await;
    assert_eq!(stop.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_neighbours_camera_is_not_found_and_not_asked() {
    let setting = Setting::well_behaved().await;
    let scope = Scope::Unit(setting.fixture.theirs.unit);
    let neighbour = setting.fixture.browser(Role::Unit, scope).await;
    let orders = format!("{}/orders", setting.camera);
    let turned = setting.fixture.post(&orders, &neighbour, &json!({ "order": "move", "pan": 10 })).await;
    assert_eq!(turned.status, StatusCode::NOT_FOUND);
    for what in ["head", "presets"] {
        let asked = setting.fixture.get(&format!("{}/{what}", setting.camera), &neighbour).await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(setting.device.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn the_head_of_a_channel_is_ordered_at_its_channel() {
    let setting = Setting::well_behaved().await;
    let channel = setting.fixture.ours.channel;
    let placing = json!({ "place_type": "gate", "watch_enabled": false });
    let placed =
        setting.fixture.post(&format!("/api/channels/{channel}/camera"), &setting.manager, &placing).await;
    let camera = format!("/api/cameras/{}", placed.json()["id"].as_str().unwrap());
    let head = setting.fixture.get(&format!("{camera}/head"), &setting.manager).await.json();
    assert_eq!((&head["way"], &head["channel_id"]), (&json!("channel"), &json!(channel)));
    let (orders, stop) = (format!("{camera}/orders"), json!({ "order": "stop" }));
    let stopped = setting.fixture.post(&orders, &setting.manager, &stop).await;
    assert_eq!(stopped.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_no_camera_should_be_told_is_refused_by_field() {
    let setting = Setting::well_behaved().await;
    for (order, field) in [
        (json!({ "order": "move", "pan": 101 }), "pan"),
        (json!({ "order": "move", "pan": 1, "at_most_s": 61 }), "at_most_s"),
        (json!({ "order": "preset_set", "name": "" }), "name"),
        (json!({ "order": "preset_call", "preset": "a\nb" }), "preset"),
    ] {
        let orders = format!("{}/orders", setting.camera);
        let refused = setting.fixture.post(&orders, &setting.manager, &order).await;
        assert_eq!(refused.json()["fields"][0]["field"], field, "{order}");
    }
    assert_eq!(setting.device.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn the_account_is_shown_at_the_host_of_the_stream_alone() {
    let setting = Setting::well_behaved().await;
    let patch = |body: Value| {
        setting.fixture.request(Method::PATCH, &setting.camera, Some(&setting.manager), Some(&body))
    };
    let elsewhere = setting.fixture.send(patch(json!({ "onvif_address": "127.0.0.2:80" }))).await;
    assert_eq!(elsewhere.json()["fields"][0]["code"], "other_host");
    let moved = setting.fixture.send(patch(json!({ "address": "rtsp://127.0.0.3:9/main" }))).await;
    assert_eq!(moved.json()["onvif_address"], Value::Null, "the address of another device is not kept");
}

#[tokio::test]
async fn outside_a_demonstration_this_machine_is_not_asked() {
    let device = OnvifDevice::start(device_config(OnvifHabits::default())).await.unwrap();
    let fixture = Fixture::new().await;
    let manager = fixture.of_ours(Role::Unit).await;
    let camera = format!("/api/cameras/{}", fixture.ours.camera);
    let here = json!({ "onvif_address": SocketAddr::from((Ipv4Addr::LOCALHOST, device.address().port())).to_string() });
    let patch = fixture.request(Method::PATCH, &camera, Some(&manager), Some(&here));
    assert_eq!(fixture.send(patch).await.status, StatusCode::OK);
    let head = fixture.get(&format!("{camera}/head"), &manager).await.json();
    assert_eq!(head["reason_code"], "out_of_reach");
    assert_eq!(device.asked(), Vec::<String>::new());
}
