//! Stories of a stream that is asked for: what a device does, and what becomes of it here. The device is in [`super::testing`].

use super::testing::{Device, Habits, PPS, SPS, SSRC, wait_for};
use super::{Asked, CallEnd, CallError, Transport};
use crate::camera::Timing;
use crate::codec::VideoCodec;
use crate::state::CameraState;
use crate::unreachable::Unreachable;
use gb28181::ps::Codec;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;

async fn online_by(transport: Transport) -> crate::Reception {
    let device = Device::new(Habits { transport, is_ssrc_checked: true, ..Habits::default() });
    let stream = device.stream(true);
    let mut frames = stream.subscribe();
    let mut last = None;
    for _ in 0..30 {
        let frame = frames.next().await.expect("the stream goes on");
        assert!(last.is_none_or(|last| frame.pts_us == last + 10_000), "{last:?} {}", frame.pts_us);
        last = Some(frame.pts_us);
    }
    assert_eq!(stream.status().state, CameraState::Online);
    let reception = stream.reception().expect("a call was made");
    assert_eq!((device.calls(), device.hung_up()), (1, 0));
    stream.stop().await;
    assert_eq!(device.hung_up(), 1);
    reception
}

#[tokio::test]
async fn pictures_come_by_datagrams_and_what_came_is_known() {
    let seen = online_by(Transport::Udp).await;
    assert_eq!((seen.transport, seen.codec), (Some(Transport::Udp), Some(Codec::H264)));
    assert_eq!((seen.ssrc_expected, seen.ssrc_seen), (Some(SSRC), Some(SSRC)));
    assert!(seen.packets >= 60 && seen.bytes > 60_000 && seen.strangers == 0, "{seen:?}");
    let times =
        [Some(seen.called_at_us), seen.answered_at_us, seen.first_packet_at_us, seen.first_frame_at_us];
    assert!(times.is_sorted() && times[3].is_some(), "{times:?}");
    assert_eq!(seen.faults, gb28181::rtp::Faults::default());
}

#[tokio::test]
async fn pictures_come_over_a_connection_that_the_device_opens() {
    assert_eq!(online_by(Transport::DeviceConnects).await.transport, Some(Transport::DeviceConnects));
}

#[tokio::test]
async fn pictures_come_over_a_connection_that_the_platform_opens() {
    assert_eq!(online_by(Transport::PlatformConnects).await.transport, Some(Transport::PlatformConnects));
}

#[tokio::test]
async fn somebody_who_connects_and_says_nothing_does_not_keep_the_device_out() {
    let device = Device::new(Habits { pictures: 0, ..Habits::default() });
    let mut config = device.config(Asked::Live);
    config.timing.first_media_ms = 10_000;
    let stream = crate::spawn_camera(config, super::testing::clock());
    let port = loop {
        match stream.reception() {
            Some(seen) if seen.answered_at_us.is_some() => break seen.port,
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let sender =
        super::testing::send_to(Habits { transport: Transport::DeviceConnects, ..Habits::default() }, port);
    tokio::select! {
        _ = wait_for(&stream, CameraState::is_online) => {}
        () = sender => panic!("it sends for ever"),
    }
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason_and_not_repeated_at_once() {
    let refusal = CallError::Refused { status: 403, words: "Forbidden".into() };
    let device = Device::new(Habits { answer: Err(refusal), ..Habits::default() });
    let stream = device.stream(true);
    let state = wait_for(&stream, |state| *state != CameraState::Connecting).await;
    assert_eq!(state, CameraState::CallRefused { status: 403, words: "Forbidden".into() });
    assert!(state.message_zh().contains("403 Forbidden") && state.message_zh().contains("权限"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(device.calls(), 1);
}

#[tokio::test]
async fn a_device_that_is_away_is_called_again_and_again() {
    let device = Device::new(Habits { answer: Err(CallError::Offline), ..Habits::default() });
    let stream = device.stream(true);
    wait_for(&stream, |state| *state == CameraState::Unreachable(Unreachable::DeviceOffline)).await;
    while device.calls() < 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The state that a device with these habits leads to first.
async fn first_state(habits: Habits) -> CameraState {
    let device = Device::new(habits);
    let stream = device.stream(true);
    let state = wait_for(&stream, |state| *state != CameraState::Connecting).await;
    let expected_calls = device.calls();
    assert!(device.hung_up() >= 1 && expected_calls >= 1, "every call is hung up");
    state
}

#[tokio::test]
async fn an_answer_without_media_is_a_state_of_its_own() {
    for transport in [Transport::Udp, Transport::DeviceConnects] {
        let state = first_state(Habits { transport, pictures: 0, ..Habits::default() }).await;
        assert_eq!(state, CameraState::Unreachable(Unreachable::NoMedia), "{transport:?}");
    }
}

#[tokio::test]
async fn media_under_a_wrong_number_only_is_a_state_of_its_own() {
    for transport in [Transport::Udp, Transport::DeviceConnects, Transport::PlatformConnects] {
        let habits = Habits { transport, is_ssrc_checked: true, ssrc_sent: 77, ..Habits::default() };
        assert_eq!(
            first_state(habits).await,
            CameraState::Unreachable(Unreachable::WrongSsrc),
            "{transport:?}"
        );
    }
}

#[tokio::test]
async fn a_wrong_number_is_forgiven_where_it_is_not_checked() {
    let device = Device::new(Habits { ssrc_sent: 77, ..Habits::default() });
    let stream = device.stream(true);
    wait_for(&stream, CameraState::is_online).await;
    assert_eq!(stream.reception().unwrap().ssrc_seen, Some(77));
}

#[tokio::test]
async fn a_private_stream_is_told_from_silence() {
    let state = first_state(Habits { is_private: true, ..Habits::default() }).await;
    assert_eq!(state, CameraState::Unreachable(Unreachable::Unreadable));
}

#[tokio::test]
async fn a_camera_with_another_codec_is_told_so() {
    let state = first_state(Habits { codec: Codec::Mpeg4, ..Habits::default() }).await;
    assert_eq!(state, CameraState::UnsupportedCodec("MPEG-4".into()));
}

#[tokio::test]
async fn a_device_that_sends_only_sound_is_told_so() {
    let device = Device::new(Habits { is_sound: true, ..Habits::default() });
    let stream = device.stream(true);
    let state = wait_for(&stream, |state| *state != CameraState::Connecting).await;
    assert_eq!(state, CameraState::NoVideo);
    assert!(stream.reception().is_some_and(|seen| seen.sound_frames > 10), "{:?}", stream.reception());
}

#[tokio::test]
async fn pictures_of_h265_come_with_their_parameters() {
    let device = Device::new(Habits { codec: Codec::H265, ..Habits::default() });
    let frame = device.stream(true).subscribe().next().await.unwrap();
    assert_eq!(frame.parameters.codec_string, "hvc1.1.6.L120.90");
    assert_eq!((frame.parameters.width_px, frame.parameters.codec), (1920, VideoCodec::H265));
}

#[tokio::test]
async fn parameter_sets_sent_once_stand_before_every_key_frame() {
    let device = Device::new(Habits { sets_once: true, ..Habits::default() });
    let stream = device.stream(true);
    let mut frames = stream.subscribe();
    let mut key_frames = 0;
    while key_frames < 3 {
        let frame = frames.next().await.unwrap();
        if frame.is_key {
            key_frames += 1;
            let found = VideoCodec::H264.parameters_of(&frame.data).expect("complete by itself");
            assert_eq!((found.units().collect::<Vec<_>>(), found.width_px), (vec![SPS, PPS], 1920));
        }
    }
}

#[tokio::test]
async fn lost_packets_are_counted_and_the_pictures_go_on() {
    let device = Device::new(Habits { loses: 40, ..Habits::default() });
    let stream = device.stream(true);
    let mut frames = stream.subscribe();
    while stream.reception().is_none_or(|seen| seen.faults.lost_packets < 3) {
        frames.next().await.unwrap();
    }
    let (status, seen) = (stream.status(), stream.reception().unwrap());
    assert_eq!(status.state, CameraState::Online);
    assert!(status.counters.lost_packets >= 1 && seen.faults.program.damaged_frames >= 1, "{seen:?}");
}

#[tokio::test]
async fn a_call_that_ends_is_made_again_and_the_readers_go_on() {
    let device = Device::new(Habits { pictures: 25, end: Some(CallEnd::ByDevice), ..Habits::default() });
    let stream = device.stream(true);
    let mut frames = stream.subscribe();
    let mut breaks = 0;
    while breaks < 3 {
        breaks += u64::from(frames.next().await.unwrap().discontinuity);
    }
    assert!(device.calls() >= 3 && device.hung_up() >= 2);
    assert!(stream.status().counters.reconnects >= 2);
}

#[tokio::test]
async fn a_device_that_falls_silent_is_called_again() {
    let device = Device::new(Habits { pictures: 25, ..Habits::default() });
    let stream = device.stream(true);
    wait_for(&stream, |state| *state == CameraState::Silent).await;
    wait_for(&stream, CameraState::is_online).await;
    assert!(device.calls() >= 2);
}

#[tokio::test]
async fn a_playback_ends_with_its_file_and_nothing_of_it_is_missing() {
    for (transport, end) in [
        (Transport::Udp, CallEnd::FileEnd),
        (Transport::DeviceConnects, CallEnd::FileEnd),
        (Transport::DeviceConnects, CallEnd::ByDevice),
    ] {
        let device = Device::new(Habits { transport, pictures: 35, end: Some(end), ..Habits::default() });
        let stream = device.stream(false);
        let mut frames = stream.subscribe();
        let mut count = 0;
        while frames.next().await.is_some() {
            count += 1;
        }
        assert_eq!((stream.status().state, device.calls()), (CameraState::Ended, 1));
        assert!(count == 35 || end == CallEnd::ByDevice, "{count} by {transport:?}");
    }
}

#[tokio::test]
async fn a_playback_that_is_paused_is_not_given_up() {
    let device = Device::new(Habits { pictures: 5, ..Habits::default() });
    let (pause, paused) = watch::channel(true);
    let stream = crate::spawn_camera(device.config(Asked::Once(Some(paused))), super::testing::clock());
    wait_for(&stream, CameraState::is_online).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!((stream.status().state, device.hung_up()), (CameraState::Online, 0));
    pause.send_replace(false);
    wait_for(&stream, |state| *state == CameraState::Silent).await;
}

#[tokio::test]
async fn a_playback_that_falls_silent_without_a_pause_ends_after_ten_seconds() {
    let device = Device::new(Habits { pictures: 5, ..Habits::default() });
    let config = device.config(Asked::Once(None));
    let patience = Duration::from_millis(config.timing.silence_ms);
    let stream = crate::spawn_camera(config, super::testing::clock());
    wait_for(&stream, CameraState::is_online).await;
    let began = tokio::time::Instant::now();
    wait_for(&stream, |state| *state == CameraState::Silent).await;
    assert!(began.elapsed() >= patience / 2 && device.hung_up() == 1);
    assert!(Timing::default().silence_ms <= 10_000);
}

fn on_demand(device: &std::sync::Arc<Device>, linger_ms: u64) -> crate::CameraStream {
    let mut config = device.config(Asked::Live);
    config.on_demand = true;
    config.timing.linger_ms = linger_ms;
    crate::spawn_camera(config, super::testing::clock())
}

#[tokio::test]
async fn a_stream_on_demand_rests_until_it_is_read_and_again_afterwards() {
    let device = Device::new(Habits::default());
    let stream = on_demand(&device, 50);
    wait_for(&stream, |state| *state == CameraState::Resting).await;
    assert_eq!(device.calls(), 0);
    for round in 1..=2 {
        let mut frames = stream.subscribe();
        frames.next().await.expect("it wakes");
        assert_eq!((device.calls(), device.hung_up()), (round, round - 1));
        drop(frames);
        wait_for(&stream, |state| *state == CameraState::Resting).await;
        assert_eq!((device.calls(), device.hung_up()), (round, round));
    }
}

#[tokio::test]
async fn what_was_seen_before_a_rest_is_not_shown_after_it() {
    let device = Device::new(Habits::default());
    let stream = on_demand(&device, 50);
    let old = stream.subscribe().next().await.unwrap();
    wait_for(&stream, |state| *state == CameraState::Resting).await;
    let rests_since = stream.status().since_us;
    assert!(
        stream.latest_key_frame().is_some_and(|newest| newest.sequence >= old.sequence),
        "kept to look at"
    );
    let (mut frames, mut key_frames, mut live) =
        (stream.subscribe(), stream.subscribe_key_frames(), stream.live());
    assert!(frames.next().await.unwrap().received_at_us > rests_since);
    assert!(key_frames.next().await.unwrap().received_at_us > rests_since);
    live.next().await.unwrap();
    let Some(crate::LivePart::Fragment { received_at_us, .. }) = live.next().await else { panic!("a frame") };
    assert!(received_at_us > rests_since);
}

#[tokio::test]
async fn a_reader_who_comes_back_soon_finds_the_stream_running() {
    let device = Device::new(Habits::default());
    let stream = on_demand(&device, 60_000);
    for _ in 0..3 {
        stream.subscribe_key_frames().next().await.unwrap();
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert_eq!((device.calls(), device.hung_up()), (1, 0));
}
