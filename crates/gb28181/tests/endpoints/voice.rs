//! Speaking to a place: the device is notified, calls back, and listens until somebody ends it.

use watchfire_gb28181::device::{Event as DeviceEvent, Habit, Habits, Listening, Speech};
use watchfire_gb28181::platform::{
    CommandError, Event, VoiceEnd, VoiceFormat, VoiceId, VoiceOver, VoicePlan, VoiceStarted,
};
use watchfire_gb28181::profile::MediaTransport;
use watchfire_gb28181::registrar::Change;
use watchfire_gb28181::sip::Peer;
use watchfire_gb28181::ssrc::Purpose;

use crate::net::{Net, device_id, heavy_loss};
use crate::stage::channel;

fn ear(transport: MediaTransport) -> Listening {
    Listening { host: "10.1.0.1".to_owned(), port: 16_000, transport }
}

/// A recorder with a speaker.
fn net(habits: Habits, transport: MediaTransport) -> Net {
    let mut net = Net::with_odd_recorder(1, habits);
    net.nodes[0].stage.listens = Some(ear(transport));
    net
}

fn try_to_speak(net: &mut Net) -> Result<VoiceId, CommandError> {
    let plan = VoicePlan {
        device: device_id(0),
        target: channel(0),
        media_host: "10.0.0.1".to_owned(),
        media_port: 30_000,
    };
    net.with_platform(|platform, now, owner, out| platform.speak(now, owner, plan, out))
}

fn speak(net: &mut Net) -> VoiceId {
    let voice = try_to_speak(net).expect("a voice");
    net.run_for(2_000);
    voice
}

fn stop(net: &mut Net, voice: VoiceId) {
    net.with_platform(|platform, now, owner, out| platform.stop_speaking(now, owner, voice, out));
}

fn started(net: &Net) -> Option<VoiceStarted> {
    net.events.iter().rev().find_map(|event| match event {
        Event::VoiceStarted(started) => Some((**started).clone()),
        _ => None,
    })
}

fn over(net: &Net) -> Option<VoiceOver> {
    net.events.iter().rev().find_map(|event| match event {
        Event::VoiceOver { over, .. } => Some(over.clone()),
        _ => None,
    })
}

fn reason(net: &Net) -> Option<VoiceEnd> {
    over(net).map(|over| over.reason)
}

fn speech(net: &Net) -> Option<Speech> {
    net.nodes[0].events.iter().find_map(|event| match event {
        DeviceEvent::VoiceStarted(speech) => Some(speech.clone()),
        _ => None,
    })
}

/// An INVITE for sound in the name of device number `at`, from where that device is.
fn inject_invite(net: &mut Net, at: usize) {
    let (device, host, channel) = (device_id(at), net.nodes[at].seen_as, net.nodes[at].channel);
    let sdp = "v=0\r\no=x 0 0 IN IP4 10.1.0.1\r\ns=Play\r\nc=IN IP4 10.1.0.1\r\nt=0 0\r\nm=audio 16000 RTP/AVP 8\r\n";
    let invite = format!(
        "INVITE sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK{at}\r\nFrom: <sip:{device}@y>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: own-{at}\r\n\
         CSeq: 1 INVITE\r\nContact: <sip:{device}@{host}>\r\nContent-Type: APPLICATION/SDP\r\nContent-Length: {}\r\n\r\n{sdp}",
        sdp.len()
    );
    net.inject(Peer { address: host, channel }, invite.as_bytes());
}

#[test]
fn a_device_is_spoken_to_over_every_transport_until_the_platform_ends_it() {
    for transport in
        [MediaTransport::Udp, MediaTransport::TcpDeviceConnects, MediaTransport::TcpPlatformConnects]
    {
        let mut net = net(Habits::default(), transport);
        let voice = speak(&mut net);
        let started = started(&net).expect("a voice that stands");
        assert_eq!((started.voice, started.device, started.target), (voice, device_id(0), channel(0)));
        assert_eq!((started.transport, started.payload_type), (transport, 8));
        assert_eq!(started.remote, ("10.1.0.1".to_owned(), 16_000));
        let speech = speech(&net).expect("the device listens");
        assert_eq!(speech.remote, ("10.0.0.1".to_owned(), 30_000));
        assert_eq!(speech.ssrc, Some(started.ssrc));
        stop(&mut net, voice);
        net.run_for(1_000);
        assert_eq!(over(&net), Some(VoiceOver { reason: VoiceEnd::HungUp, unconfirmed: None }));
        assert!(net.nodes[0].events.contains(&DeviceEvent::VoiceEnded { session: speech.session }));
        assert_eq!(net.platform.voices_standing(), 0);
    }
}

#[test]
fn a_device_hears_what_it_asks_for() {
    for (habit, format, payload_type) in
        [(Habit::VoiceMuLaw, VoiceFormat::MuLaw, 0), (Habit::VoiceProgram, VoiceFormat::Program, 96)]
    {
        let mut net = net(Habits::only(habit), MediaTransport::Udp);
        speak(&mut net);
        let started = started(&net).expect("a voice that stands");
        assert_eq!((started.format, started.payload_type), (format, payload_type));
    }
}

#[test]
fn a_device_without_a_speaker_says_so() {
    let mut net = Net::with_recorder(1);
    speak(&mut net);
    assert_eq!(reason(&net), Some(VoiceEnd::Declined));
    assert!(VoiceEnd::Declined.advice().contains("no speaker"));
}

#[test]
fn a_device_that_agrees_and_never_calls_back_is_given_up_after_ten_seconds() {
    let mut net = net(Habits::only(Habit::NeverInvites), MediaTransport::Udp);
    speak(&mut net);
    net.run_for(7_000);
    assert_eq!(reason(&net), None);
    net.run_for(2_000);
    assert_eq!(reason(&net), Some(VoiceEnd::NeverInvited));
}

#[test]
fn a_device_that_does_not_hear_the_notification_is_given_up() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    net.loss = Box::new(|text, is_to_platform| !is_to_platform && text.starts_with("MESSAGE"));
    speak(&mut net);
    net.run_for(9_000);
    assert_eq!(reason(&net), Some(VoiceEnd::NoAnswer));
}

#[test]
fn a_device_that_ends_it_at_once_ended_it() {
    let mut net = net(Habits::only(Habit::ByesAtOnce), MediaTransport::Udp);
    speak(&mut net);
    assert_eq!(over(&net), Some(VoiceOver { reason: VoiceEnd::ByDevice, unconfirmed: None }));
}

#[test]
fn a_voice_survives_the_loss_of_four_packets_of_ten() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    net.loss = heavy_loss();
    let voice = speak(&mut net);
    net.run_for(6_000);
    assert!(started(&net).is_some() && speech(&net).is_some());
    stop(&mut net, voice);
    net.run_for(10_000);
    assert_eq!(over(&net), Some(VoiceOver { reason: VoiceEnd::HungUp, unconfirmed: None }));
}

#[test]
fn one_voice_at_a_time_and_the_next_when_it_is_ended() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    let voice = speak(&mut net);
    assert_eq!(try_to_speak(&mut net), Err(CommandError::Busy));
    stop(&mut net, voice);
    // Not even the answer to the BYE has to be waited for.
    let next = try_to_speak(&mut net).expect("the next voice");
    net.run_for(2_000);
    assert_eq!(started(&net).map(|started| started.voice), Some(next));
}

#[test]
fn an_invite_that_nobody_waits_for_is_refused() {
    let mut net = net(Habits::only(Habit::NeverInvites), MediaTransport::Udp);
    net.add(crate::stage::Stage::with_channels(1), false, |_| {});
    net.start(1);
    net.run_for(1_000);
    inject_invite(&mut net, 0);
    net.run_for(1_000);
    assert_eq!(net.count_sent("SIP/2.0 488"), 1, "nobody has notified it");
    speak(&mut net);
    inject_invite(&mut net, 1);
    net.run_for(1_000);
    assert_eq!(net.count_sent("SIP/2.0 488"), 2, "another device was notified");
    net.run_for(10_000);
    inject_invite(&mut net, 0);
    net.run_for(1_000);
    assert_eq!((started(&net), reason(&net)), (None, Some(VoiceEnd::NeverInvited)), "it came too late");
}

#[test]
fn the_voice_ends_with_its_device() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    speak(&mut net);
    net.with_device(0, |device, now, _, out| device.leave(now, out));
    net.run_for(60_000);
    let is_gone = |event: &Event| matches!(event, Event::Presence { change: Change::Unregistered, .. });
    assert!(net.events.iter().any(is_gone));
    assert_eq!(reason(&net), Some(VoiceEnd::Offline));
    assert_eq!(net.platform.voices_standing(), 0);
}

#[test]
fn a_bye_that_is_lost_leaves_a_dialog_to_be_ended_later() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    let voice = speak(&mut net);
    net.loss = Box::new(|text, _| text.starts_with("BYE"));
    stop(&mut net, voice);
    net.run_for(40_000);
    let identity = *over(&net).and_then(|over| over.unconfirmed).expect("a dialog to heal");
    net.loss = Box::new(|_, _| false);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out)).unwrap();
    net.run_for(1_000);
    assert!(matches!(net.nodes[0].events.last(), Some(DeviceEvent::VoiceEnded { .. })));
}

#[test]
fn a_voice_of_an_earlier_life_is_ended_after_a_restart() {
    let mut net = net(Habits::default(), MediaTransport::Udp);
    speak(&mut net);
    let identity = started(&net).expect("a voice that stands").identity;
    net.restart_platform(true);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out)).unwrap();
    net.run_for(1_000);
    assert!(matches!(net.nodes[0].events.last(), Some(DeviceEvent::VoiceEnded { .. })));
}

#[test]
fn a_number_of_our_own_is_given_back() {
    let mut net = net(Habits::only(Habit::NeverInvites), MediaTransport::Udp);
    let voice = speak(&mut net);
    // This one names no number.
    inject_invite(&mut net, 0);
    net.run_for(100);
    assert_eq!(net.platform.ssrcs_in_use(Purpose::Live), 1);
    stop(&mut net, voice);
    net.run_for(40_000);
    assert_eq!(net.platform.ssrcs_in_use(Purpose::Live), 0);
}
