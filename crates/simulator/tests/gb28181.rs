//! Stories of simulated devices at the product's own platform endpoint, over real sockets on the loopback.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

#[path = "gb28181/host.rs"]
mod host;
#[path = "gb28181/media.rs"]
mod media;

use ::media::called::Transport;
use ::media::{MediaPort, MediaPorts, VoiceCodec, VoicePlan, spawn_voice};
use gb28181::device::{Habit, Habits};
use gb28181::id::CatalogId;
use gb28181::manscdp::alarm::AlarmKind;
use gb28181::manscdp::control::Command;
use gb28181::manscdp::{Body, LocalTime};
use gb28181::mansrtsp::{Action, Range};
use gb28181::platform::{CallOver, Event, Reason, VoiceFormat, VoiceStarted};
use gb28181::profile::MediaTransport;
use gb28181::sdp::Wanted;
use host::{Host, PASSWORD, clip_file, id, recorder, simulator};
use media::Receiver;
use simulator::VideoSource;
use simulator::gb28181::{Crowd, GbChannel, GbDevice, GbSimulator, Happening, Raised, Signalling};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use watchfire_simulator as simulator;

const TRANSPORTS: [MediaTransport; 3] =
    [MediaTransport::Udp, MediaTransport::TcpDeviceConnects, MediaTransport::TcpPlatformConnects];

fn unix_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

#[tokio::test]
async fn a_recorder_registers_tells_its_channels_and_leaves() {
    for signalling in [Signalling::Udp, Signalling::Tcp] {
        let mut host = Host::new().await;
        let folder = tempfile::tempdir().unwrap();
        let mut device = recorder(1, 3, &clip_file(folder.path()));
        device.signalling = signalling;
        let simulator = simulator(&host, vec![device.clone()]).await;

        host.registered(device.id).await;
        let items = host.catalog(device.id).await;
        let parents: Vec<_> = items.iter().map(|item| item.parent_id.clone().unwrap()).collect();
        assert_eq!(
            items.iter().map(|item| item.id).collect::<Vec<_>>(),
            device.channels.iter().map(|channel| CatalogId::from(channel.id)).collect::<Vec<_>>()
        );
        assert_eq!(parents, vec![device.id.to_string(); 3]);

        let stopping = tokio::spawn(simulator.stop());
        host.unregistered(device.id).await;
        // It waits for the answers, which the platform gives while it is looked at.
        host.run_for(Duration::from_millis(100)).await;
        stopping.await.unwrap();
    }
}

#[tokio::test]
async fn a_lower_platform_has_an_organisation_above_its_channels() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 2, &clip_file(folder.path()));
    device.id = id(200, 77);
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    let items = host.catalog(device.id).await;
    let organisation = items[0].id;
    assert_eq!(organisation, CatalogId::from(id(216, 77)));
    assert!(items[1..].iter().all(|item| item.parents() == [organisation]));
}

#[tokio::test]
async fn a_device_says_who_and_how_it_is() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let device = recorder(1, 2, &clip_file(folder.path()));
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    let Some(Body::DeviceInfo(info)) = host.ask(device.id, Body::DeviceInfoQuery).await else {
        panic!("an answer")
    };
    let Some(Body::DeviceStatus(status)) = host.ask(device.id, Body::DeviceStatusQuery).await else {
        panic!("an answer")
    };
    assert_eq!((info.manufacturer.as_deref(), info.channels), (Some("Watchfire"), Some(2)));
    assert!((status.device_time.unwrap().unix_s() - unix_s()).abs() <= 2);
}

#[tokio::test]
async fn live_pictures_come_over_every_transport() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let device = recorder(1, 1, &clip_file(folder.path()));
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    for transport in TRANSPORTS {
        let mut receiver = Receiver::open(transport).await;
        let call = host.call(device.id, device.channels[0].id, Wanted::Live, transport, receiver.port());
        receiver.begin(&host.started(call).await).await;
        let frames = receiver.frames(15).await;
        assert!(frames[0].is_key, "{transport:?}");
        let step = frames[1].pts - frames[0].pts;
        assert!(step > 0 && frames.windows(2).all(|pair| pair[1].pts - pair[0].pts == step), "{transport:?}");
        host.hang_up(call).await;
    }
}

/// Three seconds of H.265 and AAC; `None`, with a word about it, where ffmpeg or an encoder is missing.
fn pattern(folder: &Path) -> Option<VideoSource> {
    let path = folder.join("pattern.mp4");
    let arguments = "-v error -y -f lavfi -i testsrc2=size=320x240:rate=25:duration=3 -f lavfi -i sine=duration=3 \
                     -c:v libx265 -g 25 -bf 0 -pix_fmt yuv420p -c:a aac -ar 16000";
    let made = std::process::Command::new("ffmpeg").args(arguments.split_whitespace()).arg(&path).output();
    let is_made = made.as_ref().is_ok_and(|output| output.status.success());
    if !is_made {
        eprintln!("skipped: no ffmpeg with H.265: {made:?}");
    }
    is_made.then_some(VideoSource::File(path))
}

/// So many frames of a live call, by coding.
async fn live_codecs(device: GbDevice, has_tone: bool, count: usize) -> BTreeMap<String, usize> {
    let mut host = Host::new().await;
    let mut config = host.config(vec![device.clone()]);
    config.has_tone = has_tone;
    let _simulator = GbSimulator::start(config).await.unwrap();
    host.registered(device.id).await;
    let transport = MediaTransport::TcpDeviceConnects;
    let mut receiver = Receiver::open(transport).await;
    let call = host.call(device.id, device.channels[0].id, Wanted::Live, transport, receiver.port());
    receiver.begin(&host.started(call).await).await;
    let mut seen = BTreeMap::new();
    for frame in receiver.frames(count).await {
        *seen.entry(format!("{:?}", frame.codec)).or_default() += 1;
    }
    seen
}

#[tokio::test]
async fn a_file_of_h265_and_aac_is_sent_as_both() {
    let folder = tempfile::tempdir().unwrap();
    let Some(source) = pattern(folder.path()) else { return };
    let seen = live_codecs(recorder(1, 1, &source), false, 60).await;
    assert_eq!(seen.keys().map(String::as_str).collect::<Vec<_>>(), ["Aac", "H265"]);
    assert!((15..30).contains(&seen["Aac"]), "{seen:?}");
}

#[tokio::test]
async fn a_tone_goes_with_pictures_that_have_no_sound() {
    let folder = tempfile::tempdir().unwrap();
    let seen = live_codecs(recorder(1, 1, &clip_file(folder.path())), true, 40).await;
    assert!(seen["G711A"] >= 15 && seen["H264"] >= 10, "{seen:?}");
}

#[tokio::test]
async fn a_playback_is_sought_paused_and_ends_by_itself() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let device = recorder(1, 1, &clip_file(folder.path()));
    let channel = device.channels[0].id;
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    let now_s = unix_s();
    let recordings = host.recordings(device.id, channel, (now_s - 7_200, now_s)).await;
    assert!(
        (2..=4).contains(&recordings.len()) && recordings[0].name.as_deref().unwrap().contains("SIMULATED")
    );

    let start = recordings[0].start.unix_s();
    let wanted = Wanted::Playback(LocalTime::from_unix_s(start), LocalTime::from_unix_s(start + 30));
    let mut receiver = Receiver::open(MediaTransport::TcpDeviceConnects).await;
    let call = host.call(device.id, channel, wanted, MediaTransport::TcpDeviceConnects, receiver.port());
    receiver.begin(&host.started(call).await).await;
    let first = receiver.frames(3).await;
    assert_eq!((first[0].pts, first[0].is_key), (0, true));

    host.control(call, Action::Play { range: Some(Range::From(20.0)), scale: None }).await;
    let sought = receiver.frame_from(19 * 90_000).await;
    assert!(sought.is_key && sought.pts <= 20 * 90_000, "{}", sought.pts);

    host.control(call, Action::Pause).await;
    receiver.drain().await;
    assert!(receiver.is_still().await);

    host.control(call, Action::Play { range: Some(Range::From(29.0)), scale: Some(2.0) }).await;
    assert!(matches!(host.over(call).await, CallOver { reason: Reason::FileEnd, .. }));
}

#[tokio::test]
async fn a_playback_at_twice_the_speed_arrives_at_twice_the_speed() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let device = recorder(1, 1, &clip_file(folder.path()));
    let channel = device.channels[0].id;
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    let now_s = unix_s();
    let start = host.recordings(device.id, channel, (now_s - 7_200, now_s)).await[0].start.unix_s();
    let wanted = Wanted::Playback(LocalTime::from_unix_s(start), LocalTime::from_unix_s(start + 60));
    let mut receiver = Receiver::open(MediaTransport::TcpDeviceConnects).await;
    let call = host.call(device.id, channel, wanted, MediaTransport::TcpDeviceConnects, receiver.port());
    receiver.begin(&host.started(call).await).await;
    receiver.frames(10).await;

    host.control(call, Action::Play { range: None, scale: Some(2.0) }).await;
    let (first, began) = (receiver.fresh_frame().await, Instant::now());
    let last = receiver.frame_from(first.pts + 6 * 90_000).await;
    let passed_s = began.elapsed().as_secs_f64();
    let speed = (last.pts - first.pts) as f64 / 90_000.0 / passed_s;
    assert!((1.7..2.3).contains(&speed), "{speed}");
}

#[tokio::test]
async fn what_cannot_be_played_is_declined() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 1, &clip_file(folder.path()));
    device.media = vec![MediaTransport::Udp];
    device.channels.push(GbChannel::alarm_point(id(134, 1), "烟感"));
    let (camera, detector) = (device.channels[0].id, device.channels[1].id);
    let _simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    let long_ago = Wanted::Playback(LocalTime::from_unix_s(1_000_000), LocalTime::from_unix_s(1_000_060));
    let calls = [
        (camera, Wanted::Live, MediaTransport::TcpDeviceConnects),
        (camera, long_ago, MediaTransport::Udp),
        (detector, Wanted::Live, MediaTransport::Udp),
    ];
    for (channel, wanted, transport) in calls {
        let call = host.call(device.id, channel, wanted, transport, 9);
        let over = host.over(call).await;
        assert!(!matches!(over.reason, Reason::HungUp | Reason::FileEnd), "{over:?}");
    }
}

#[tokio::test]
async fn a_detector_is_silent_until_it_is_reset() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 1, &clip_file(folder.path()));
    let point = id(134, 1);
    device.channels.push(GbChannel::alarm_point(point, "烟感"));
    let mut simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    assert_eq!(simulator.next_event().await.unwrap().what, Happening::Registered);
    let raise = || simulator.raise_alarm(device.id, point.into(), AlarmKind::Input);

    assert_eq!([raise().await, raise().await], [Raised::Sent, Raised::Silent]);
    let alarm = host.until(|event| match event {
        Event::Alarm { point, alarm, .. } => Some((*point, alarm.kind())),
        _ => None,
    });
    assert_eq!(alarm.await, (CatalogId::from(point), Some(AlarmKind::Input)));
    host.order(device.id, point.into(), Command::ResetAlarm { methods: None, alarm_type: None }).await;
    assert_eq!(raise().await, Raised::Sent);
}

#[tokio::test]
async fn every_oddity_leaves_registration_and_catalog_working() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let source = clip_file(folder.path());
    let devices: Vec<_> = (0..)
        .zip(Habit::ALL)
        .map(|(number, habit)| {
            let mut device = recorder(number + 1, 5, &source);
            device.habits = Habits::only(habit);
            device
        })
        .collect();
    let _simulator = simulator(&host, devices.clone()).await;
    for (device, habit) in devices.iter().zip(Habit::ALL) {
        host.registered(device.id).await;
        assert_eq!(host.catalog(device.id).await.len(), 5, "{habit:?}");
    }
}

#[tokio::test]
async fn hundreds_of_devices_share_a_few_ports() {
    let mut host = Host::new().await;
    let crowd = Crowd {
        first: id(118, 1),
        count: 600,
        channels: 2,
        password: PASSWORD.to_owned(),
        signalling: vec![Signalling::Udp, Signalling::Udp, Signalling::Tcp],
        habits: Habits::default(),
        video: None,
    };
    let devices = crowd.devices().unwrap();
    let last = devices[597].id;
    let mut config = host.config(devices);
    config.has_media = false;
    config.starts_per_s = 10_000;
    let simulator = GbSimulator::start(config).await.unwrap();
    while simulator.totals().registered < 600 {
        host.run_for(Duration::from_millis(50)).await;
    }
    let items = host.catalog(last).await;
    let call = host.call(last, items[1].id.device().unwrap(), Wanted::Live, MediaTransport::Udp, 9);
    assert_eq!(host.started(call).await.device, last);
    assert_eq!((simulator.totals().refused, simulator.totals().disconnected), (0, 0));
}

#[tokio::test]
async fn a_device_that_lost_its_connection_comes_back() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 1, &clip_file(folder.path()));
    device.signalling = Signalling::Tcp;
    let mut simulator = simulator(&host, vec![device.clone()]).await;
    host.registered(device.id).await;
    host.close_connections();
    host.registered(device.id).await;
    let mut seen = Vec::new();
    while seen.len() < 3 {
        seen.push(simulator.next_event().await.unwrap().what);
    }
    assert_eq!(seen, [Happening::Registered, Happening::Disconnected, Happening::Registered]);
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 1, &clip_file(folder.path()));
    device.password = "wrong".into();
    let mut simulator = simulator(&host, vec![device]).await;
    let refused = tokio::select! {
        event = simulator.next_event() => event.unwrap().what,
        () = host.run_for(Duration::from_secs(10)) => panic!("nothing happened"),
    };
    assert!(matches!(refused, Happening::Refused { status: 401 | 403 }), "{refused:?}");
}

fn voice_plan(started: VoiceStarted, port: MediaPort) -> VoicePlan {
    let transport = match started.transport {
        MediaTransport::Udp => Transport::Udp,
        MediaTransport::TcpDeviceConnects => Transport::DeviceConnects,
        MediaTransport::TcpPlatformConnects => Transport::PlatformConnects,
    };
    let codec = match started.format {
        VoiceFormat::ALaw => VoiceCodec::ALaw,
        VoiceFormat::MuLaw => VoiceCodec::MuLaw,
        VoiceFormat::Program => VoiceCodec::Program,
    };
    let VoiceStarted { remote, ssrc, payload_type, .. } = started;
    VoicePlan { port, transport, remote, only_from: None, ssrc: ssrc.0, payload_type, codec }
}

/// A second of a loud tone, spoken to a recorder; what it heard.
async fn spoken_to(hears: MediaTransport, habits: Habits) -> (u64, u16) {
    let mut host = Host::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut device = recorder(1, 1, &clip_file(folder.path()));
    device.hears = Some(hears);
    device.habits = habits;
    let (recorder, target) = (device.id, device.channels[0].id);
    let mut simulator = simulator(&host, vec![device]).await;
    host.registered(recorder).await;
    let port = MediaPorts::new(Ipv4Addr::LOCALHOST.into(), 24_000..=24_999).take().await.unwrap();
    let voice = host.speak(recorder, target, port.number());
    let started = host.voice_started(voice).await;
    let sender = spawn_voice(voice_plan(started, port));
    let speaking = async {
        let mut pace = tokio::time::interval(Duration::from_millis(40));
        for piece in 0..25 {
            pace.tick().await;
            let tone = |at: i32| if (piece * 320 + at) % 16 < 8 { 10_000 } else { -10_000 };
            sender.say(&(0..320).map(tone).collect::<Vec<i16>>());
        }
    };
    tokio::join!(speaking, host.run_for(Duration::from_secs(1)));
    sender.finish().await;
    host.stop_speaking(voice).await;
    let heard = async {
        loop {
            if let Some(Happening::VoiceHeard { samples, rms, .. }) =
                simulator.next_event().await.map(|event| event.what)
            {
                return (samples, rms);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), heard).await.unwrap()
}

#[tokio::test]
async fn a_recorder_hears_a_voice_over_every_transport_and_in_every_codec() {
    let udp = MediaTransport::Udp;
    for (hears, habits) in TRANSPORTS
        .map(|hears| (hears, Habits::default()))
        .into_iter()
        .chain([(udp, Habits::only(Habit::VoiceMuLaw)), (udp, Habits::only(Habit::VoiceProgram))])
    {
        let (samples, rms) = spoken_to(hears, habits.clone()).await;
        // How long it took is this machine's affair; silence would have a loudness of 8.
        assert!(samples >= 7_000, "{hears:?} {habits:?}: {samples} samples");
        assert!((3_000..=11_000).contains(&rms), "{hears:?} {habits:?}: loudness {rms}");
    }
}
