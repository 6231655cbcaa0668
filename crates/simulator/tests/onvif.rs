//! Stories of ONVIF devices and of a site scan on loopback: simulated devices on one side, the media crate on the other.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "onvif/scan.rs"]
mod scan;
#[path = "onvif/setting.rs"]
mod setting;

use media::onvif::{Encoding, OnvifError, PtzAction, UrlRefusal, Velocity, discovery};
use media::{CameraConfig, Source, spawn_camera};
use setting::{ANSWER_MS, address, client, clock, credentials, device, device_at, moving_clip, streams};
use simulator::onvif::{Hostility, OnvifConfig, OnvifDevice, OnvifHabits};
use simulator::{SimulatedCamera, Simulator, SimulatorConfig};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use watchfire_simulator as simulator;

#[tokio::test(flavor = "multi_thread")]
async fn from_an_address_and_a_password_to_the_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    let mut camera = SimulatedCamera::new("main", moving_clip(folder.path()));
    camera.credentials = Some(("admin".into(), "right-1".into()));
    let listen = "127.0.0.1:0".parse().unwrap();
    let cameras =
        Simulator::start(SimulatorConfig { listen, cameras: vec![camera], cache: None }).await.unwrap();
    let onvif = OnvifDevice::start(OnvifConfig {
        streams: streams(&[("main", &cameras.url("main"))]),
        credentials: Some(("admin".into(), "right-1".into())),
        ..OnvifConfig::new()
    })
    .await
    .unwrap();

    let facts = client().probe(address(&onvif), Some(credentials("right-1"))).await.unwrap();
    let profile = &facts.profiles[0];
    assert_eq!((facts.identity.maker.as_str(), facts.has_ptz), ("Watchfire", true));
    assert_eq!((&profile.encoding, profile.width, profile.height), (&Some(Encoding::H264), 320, 192));
    assert!(profile.snapshot.is_some());

    let url = profile.stream.clone().unwrap();
    let source = Source::Rtsp { url, credentials: Some(credentials("right-1")) };
    let stream = spawn_camera(CameraConfig::new("found", source, 5), clock());
    let frame = tokio::time::timeout(Duration::from_secs(20), stream.subscribe().next()).await.unwrap();
    assert!(frame.unwrap().is_key);
}

#[tokio::test]
async fn a_device_whose_clock_is_years_off_is_asked_by_its_own_time() {
    for offset_s in [-200_000_000, -3_600, 7, 86_400] {
        let onvif = device(OnvifHabits { clock_offset_s: offset_s, ..OnvifHabits::default() }).await;
        let facts = client().probe(address(&onvif), Some(credentials("right-1"))).await.unwrap();
        let skew_ms = facts.clock_skew_ms.unwrap();
        // The device tells whole seconds.
        assert!((skew_ms - offset_s * 1_000).abs() <= 1_500, "{offset_s} s: {skew_ms} ms");
        assert_eq!(onvif.refused(), 0);
    }
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_and_named() {
    for asks_digest in [false, true] {
        let onvif = device(OnvifHabits { asks_digest, ..OnvifHabits::default() }).await;
        let error = client().probe(address(&onvif), Some(credentials("wrong"))).await.unwrap_err();
        assert_eq!(error, OnvifError::WrongPassword);
        // With digest the first refusal is the one that asks for it.
        assert_eq!(onvif.refused(), 1 + u32::from(asks_digest));
        assert_eq!(onvif.asked().last().map(String::as_str), Some("GetServices"));
    }
}

#[tokio::test]
async fn without_a_password_the_device_says_that_it_wants_one() {
    let onvif = device(OnvifHabits::default()).await;
    let error = client().probe(address(&onvif), None).await.unwrap_err();
    assert_eq!(error, OnvifError::NeedsPassword);
}

#[tokio::test]
async fn a_device_that_hides_its_clock_is_told_apart_from_a_wrong_password() {
    let hides = OnvifHabits { hides_clock: true, ..OnvifHabits::default() };
    let right = device(hides).await;
    let facts = client().probe(address(&right), Some(credentials("right-1"))).await.unwrap();
    assert_eq!(facts.clock_skew_ms, None);

    let late = device(OnvifHabits { clock_offset_s: 60, ..hides }).await;
    let error = client().probe(address(&late), Some(credentials("right-1"))).await.unwrap_err();
    assert_eq!(error, OnvifError::ClockOrPassword);
}

#[tokio::test]
async fn digest_of_http_and_devices_of_the_first_generation_work() {
    let digest = OnvifHabits { asks_digest: true, ..OnvifHabits::default() };
    let old = OnvifHabits { is_old: true, ..OnvifHabits::default() };
    for habits in [digest, old, OnvifHabits { is_old: true, ..digest }] {
        let onvif = device(habits).await;
        let facts = client().probe(address(&onvif), Some(credentials("right-1"))).await.unwrap();
        assert_eq!((facts.profiles.len(), facts.has_ptz), (2, true), "{habits:?}");
        assert!(facts.profiles.iter().all(|profile| profile.stream.is_ok()), "{facts:?}");
        // The web server's nonce serves all questions.
        assert_eq!(onvif.refused(), u32::from(habits.asks_digest));
    }
}

#[tokio::test]
async fn a_device_that_names_another_host_sends_us_nowhere() {
    let elsewhere = Ipv4Addr::new(10, 255, 255, 1);
    let onvif = device(OnvifHabits { names: Some(elsewhere), ..OnvifHabits::default() }).await;
    let facts = client().probe(address(&onvif), Some(credentials("right-1"))).await.unwrap();
    for profile in &facts.profiles {
        assert_eq!(profile.stream, Err(UrlRefusal::OtherHost(elsewhere.to_string())));
        assert_eq!(profile.snapshot, None);
    }
}

#[tokio::test]
async fn hostile_answers_are_errors_within_the_limits() {
    for (hostility, wanted) in [
        (Hostility::Huge, "too_large"),
        (Hostility::Bomb, "unreadable"),
        (Hostility::Cut, "unreadable"),
        (Hostility::WebPage, "not_onvif"),
        (Hostility::Redirect, "not_onvif"),
        (Hostility::Drip, "timed_out"),
    ] {
        let onvif = device(OnvifHabits { hostility: Some(hostility), ..OnvifHabits::default() }).await;
        let began = Instant::now();
        let error = client().probe(address(&onvif), Some(credentials("right-1"))).await.unwrap_err();
        assert_eq!(error.code(), wanted, "{hostility:?}: {error}");
        assert!(began.elapsed() < Duration::from_millis(3 * ANSWER_MS), "{hostility:?}");
    }
}

#[tokio::test]
async fn slow_and_absent_devices_and_strangers_are_named() {
    let slow = OnvifHabits { delay: Duration::from_secs(30), ..OnvifHabits::default() };
    let onvif = device(slow).await;
    assert_eq!(client().probe(address(&onvif), None).await, Err(OnvifError::TimedOut));

    let gone = address(&onvif);
    drop(onvif);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(client().probe(gone, None).await, Err(OnvifError::Refused));

    let public = media::onvif::OnvifAddress::parse("8.8.8.8").unwrap();
    assert_eq!(client().probe(public, None).await, Err(OnvifError::OutOfReach));
}

#[tokio::test]
async fn a_head_turns_stops_and_finds_its_presets() {
    let onvif = device(OnvifHabits::default()).await;
    let opened = client().open(address(&onvif), Some(credentials("right-1"))).await.unwrap();
    let velocity = Velocity { pan: 0.5, ..Velocity::default() };
    opened.ptz("main", &PtzAction::Move { velocity, at_most_s: 5 }).await.unwrap();
    opened.ptz("main", &PtzAction::Stop).await.unwrap();
    let presets = opened.presets("main").await.unwrap();
    opened.ptz("main", &PtzAction::GoTo { preset: presets[0].token.clone() }).await.unwrap();
    assert_eq!((presets.len(), presets[0].name.as_str()), (2, "Door"));
    assert_eq!(onvif.asked()[2..], ["ContinuousMove", "Stop", "GetPresets", "GotoPreset"]);
}

#[tokio::test]
async fn a_device_is_found_by_asking_its_address_and_believed_about_itself_only() {
    let wait = Duration::from_secs(2);
    let onvif = device(OnvifHabits::default()).await;
    let port = onvif.discovery().port();
    let found = discovery::ask(Ipv4Addr::LOCALHOST, port, wait, [7; 16]).await.unwrap().unwrap();
    assert_eq!(found.address, Some(address(&onvif)));
    assert_eq!((found.scopes.name.as_str(), found.scopes.hardware.as_str()), ("Simulated camera", "SIM-1"));

    let liar =
        device(OnvifHabits { names: Some(Ipv4Addr::new(10, 255, 255, 1)), ..OnvifHabits::default() }).await;
    let found = discovery::ask(Ipv4Addr::LOCALHOST, liar.discovery().port(), wait, [8; 16]).await.unwrap();
    assert_eq!(found.unwrap().address, None);

    let silent = discovery::ask(Ipv4Addr::new(127, 0, 0, 9), port, wait, [9; 16]).await.unwrap();
    assert_eq!(silent, None);
}

#[tokio::test]
async fn a_question_to_everybody_finds_the_device() {
    let onvif = device(OnvifHabits::default()).await;
    let search = discovery::Search {
        interfaces: vec![Ipv4Addr::LOCALHOST],
        collect: Duration::from_millis(900),
        port: onvif.discovery().port(),
        id: [6; 16],
    };
    let found = discovery::search(&search).await.unwrap();
    // Asked twice, listed once.
    assert_eq!(found.iter().map(|found| found.address.clone()).collect::<Vec<_>>(), [Some(address(&onvif))]);
}

#[tokio::test]
async fn passwords_are_not_in_what_is_printed() {
    let onvif = device_at(Ipv4Addr::LOCALHOST, OnvifHabits::default()).await;
    let opened = client().open(address(&onvif), Some(credentials("right-1"))).await.unwrap();
    let facts = opened.facts().await.unwrap();
    assert!(!format!("{opened:?} {facts:?}").contains("right-1"));
}
