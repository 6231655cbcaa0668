//! Live pictures, playbacks and their ends.

use watchfire_gb28181::device::{Event as DeviceEvent, Invitation};
use watchfire_gb28181::manscdp::LocalTime;
use watchfire_gb28181::mansrtsp::{Action, Range};
use watchfire_gb28181::platform::{CallId, CallOver, Event, Plan, Reason, Started};
use watchfire_gb28181::profile::MediaTransport;
use watchfire_gb28181::sdp::{SessionKind, Wanted};
use watchfire_gb28181::sip::{Channel, Peer};
use watchfire_gb28181::ssrc::Purpose;

use crate::media::{packets, pictures, receive};
use crate::net::{Net, device_id, heavy_loss};
use crate::stage::channel;

pub fn playback() -> Wanted {
    let (start, end) = (LocalTime::from_unix_s(1_764_000_000), LocalTime::from_unix_s(1_764_003_600));
    Wanted::Playback(start, end)
}

pub fn call(net: &mut Net, wanted: Wanted, transport: MediaTransport) -> CallId {
    let plan = Plan {
        device: device_id(0),
        channel: channel(0),
        wanted,
        stream: 0,
        media_host: "10.0.0.1".to_owned(),
        media_port: 30_000,
        transport: Some(transport),
    };
    let called = net.with_platform(|platform, now, owner, out| platform.call(now, owner, plan, out));
    let call = called.expect("a call");
    net.run_for(2_000);
    call
}

pub fn started(net: &Net) -> Started {
    let started = |event: &Event| match event {
        Event::CallStarted(started) => Some((**started).clone()),
        _ => None,
    };
    net.events.iter().find_map(started).expect("a call that stands")
}

pub fn invitation(net: &Net) -> Invitation {
    let started = |event: &DeviceEvent| match event {
        DeviceEvent::SessionStarted(invitation) => Some((**invitation).clone()),
        _ => None,
    };
    net.nodes[0].events.iter().find_map(started).expect("a session")
}

pub fn over(net: &Net) -> Option<CallOver> {
    net.events.iter().find_map(|event| match event {
        Event::CallOver { reason, .. } => Some(reason.clone()),
        _ => None,
    })
}

/// Pictures flow from the device's session into the platform's frames, unchanged.
pub fn pictures_flow(net: &Net) -> bool {
    let (invitation, pictures) = (invitation(net), pictures(30));
    let ssrc = net.nodes[0].device.sent_ssrc(&invitation).0;
    receive(&started(net), &packets(&invitation, ssrc, &pictures)) == pictures
}

#[test]
fn live_pictures_come_over_every_transport() {
    for transport in
        [MediaTransport::Udp, MediaTransport::TcpDeviceConnects, MediaTransport::TcpPlatformConnects]
    {
        let mut net = Net::with_recorder(1);
        let id = call(&mut net, Wanted::Live, transport);
        assert_eq!(started(&net).transport, transport);
        assert_eq!(started(&net).remote, Some(("10.1.0.1".to_owned(), 15_060)));
        assert_eq!(invitation(&net).remote, ("10.0.0.1".to_owned(), 30_000));
        assert!(pictures_flow(&net), "{transport:?}");
        net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
        net.run_for(1_000);
        assert_eq!(over(&net), Some(CallOver { reason: Reason::HungUp, unconfirmed: None }));
        assert_eq!(net.platform.ssrcs_in_use(Purpose::Live), 0);
    }
}

#[test]
fn signalling_over_tcp_brings_pictures_too() {
    let mut net = Net::new();
    net.add(crate::stage::Stage::with_channels(1), true, |_| {});
    net.start(0);
    net.run_for(1_000);
    call(&mut net, Wanted::Live, MediaTransport::TcpDeviceConnects);
    assert!(pictures_flow(&net));
}

#[test]
fn a_playback_is_paused_sought_hastened_and_ends_by_itself() {
    let mut net = Net::with_recorder(1);
    let id = call(&mut net, playback(), MediaTransport::TcpDeviceConnects);
    assert_eq!(
        (invitation(&net).kind, invitation(&net).time),
        (SessionKind::Playback, (1_764_000_000, 1_764_003_600))
    );
    let actions = [
        Action::Pause,
        Action::Play { range: Some(Range::Now), scale: None },
        Action::Play { range: Some(Range::From(100.0)), scale: None },
        Action::Play { range: None, scale: Some(4.0) },
    ];
    for action in &actions {
        let action = action.clone();
        net.with_platform(|platform, now, owner, out| platform.control(now, owner, id, action, out)).unwrap();
        net.run_for(100);
    }
    let controlled = net.nodes[0].events.iter().filter_map(|event| match event {
        DeviceEvent::Controlled { action, .. } => Some(action.clone()),
        _ => None,
    });
    assert_eq!(controlled.collect::<Vec<_>>(), actions);
    let answered = net.events.iter().filter(|event| matches!(event, Event::Controlled { status: 200, .. }));
    assert_eq!(answered.count(), 4);
    let session = invitation(&net).session;
    net.with_device(0, |device, now, _, out| device.file_end(now, session, out));
    net.run_for(1_000);
    assert_eq!(over(&net), Some(CallOver { reason: Reason::FileEnd, unconfirmed: None }));
    assert!(net.nodes[0].events.contains(&DeviceEvent::SessionEnded { session }));
}

#[test]
fn a_refusal_says_what_may_help() {
    let mut net = Net::with_recorder(1);
    net.nodes[0].stage.declines = Some(486);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let reason = over(&net).expect("an end").reason;
    assert_eq!(reason, Reason::Refused { status: 486 });
    assert!(reason.advice().contains("busy"));
}

#[test]
fn a_device_that_does_not_hear_the_invite_is_given_up() {
    let mut net = Net::with_recorder(1);
    net.loss = Box::new(|text, is_to_platform| !is_to_platform && text.starts_with("INVITE"));
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.run_for(35_000);
    assert_eq!(over(&net).expect("an end").reason, Reason::NoAnswer);
}

#[test]
fn a_call_survives_the_loss_of_four_packets_of_ten() {
    let mut net = Net::with_recorder(1);
    net.loss = heavy_loss();
    let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.run_for(10_000);
    assert!(pictures_flow(&net));
    net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
    net.run_for(10_000);
    assert_eq!(over(&net), Some(CallOver { reason: Reason::HungUp, unconfirmed: None }));
}

#[test]
fn a_lost_bye_is_said_again_later() {
    let mut net = Net::with_recorder(1);
    let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.loss = Box::new(|text, _| text.starts_with("BYE"));
    net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
    net.run_for(40_000);
    let identity = *over(&net).expect("an end").unconfirmed.expect("a dialog to heal");
    net.loss = Box::new(|_, _| false);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out)).unwrap();
    net.run_for(1_000);
    assert!(matches!(net.events.last(), Some(Event::Healed { is_known: true, .. })));
    assert!(matches!(net.nodes[0].events.last(), Some(DeviceEvent::SessionEnded { .. })));
}

#[test]
fn a_stream_of_an_earlier_life_is_ended_after_a_restart() {
    let mut net = Net::with_recorder(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let identity = started(&net).identity;
    net.restart_platform(true);
    let device = device_id(0);
    net.with_platform(|platform, now, owner, out| platform.heal(now, owner, device, identity, out)).unwrap();
    net.run_for(1_000);
    assert!(matches!(net.nodes[0].events.last(), Some(DeviceEvent::SessionEnded { .. })));
}

#[test]
fn a_call_is_ended_where_its_device_moved_to() {
    let mut net = Net::with_recorder(1);
    let id = call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.nodes[0].seen_as.set_port(61_000);
    net.run_for(61_000);
    net.with_platform(|platform, now, owner, out| platform.hang_up(now, owner, id, out));
    net.run_for(1_000);
    assert_eq!(over(&net), Some(CallOver { reason: Reason::HungUp, unconfirmed: None }));
}

#[test]
fn another_device_cannot_end_a_call() {
    let mut net = Net::with_recorder(1);
    net.add(crate::stage::Stage::with_channels(1), false, |_| {});
    net.start(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let name = started(&net).identity.call_id;
    let (device, host) = (device_id(1), net.nodes[1].seen_as);
    let bye = format!(
        "BYE sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:{device}@y>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: {name}\r\nCSeq: 9 BYE\r\n\r\n"
    );
    net.inject(Peer { address: host, channel: Channel::Udp { socket: 0 } }, bye.as_bytes());
    net.run_for(1_000);
    assert_eq!(over(&net), None);
    assert!(net.sent.iter().any(|line| line.starts_with("SIP/2.0 481")));
}

#[test]
fn a_device_that_ends_a_call_ends_it() {
    let mut net = Net::with_recorder(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let session = invitation(&net).session;
    net.with_device(0, |device, now, _, out| device.hang_up(now, session, out));
    net.run_for(1_000);
    assert_eq!(over(&net), Some(CallOver { reason: Reason::ByDevice, unconfirmed: None }));
}

#[test]
fn the_calls_of_a_device_end_with_it() {
    let mut net = Net::with_recorder(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    net.with_device(0, |device, now, _, out| device.leave(now, out));
    net.run_for(60_000);
    assert_eq!(over(&net).expect("an end").reason, Reason::Offline);
    assert_eq!(net.platform.calls_standing(), 0);
}

#[test]
fn a_call_leaves_a_trace_without_secrets() {
    let mut net = Net::with_recorder(1);
    call(&mut net, Wanted::Live, MediaTransport::Udp);
    let text: String = net.platform.trace(&device_id(0)).map(|traced| traced.text.to_string()).collect();
    assert!(
        text.contains("INVITE sip:") && text.contains("REGISTER sip:") && text.contains("(removed)"),
        "{text}"
    );
    assert!(!text.contains("response="));
}
