//! A device on TCP that is sent to another server (2022, 9.1.2.4). It has no sockets: whom it wants to be connected to it tells its owner.

use watchfire_gb28181::device::{Device, Effect, Event, Settings, Standing};
use watchfire_gb28181::sip::{Channel, Message, Method, Now, Peer, response_head};

use crate::net::{device_id, server_id};
use crate::stage::{PASSWORD, Stage};

const FIRST: Peer = tcp([10, 0, 0, 1], 1);
const OTHER: Peer = tcp([10, 0, 0, 2], 2);
/// The first server again, over a connection of its own.
const FIRST_AGAIN: Peer = tcp([10, 0, 0, 1], 3);

const fn tcp(ip: [u8; 4], connection: u64) -> Peer {
    let ip = std::net::IpAddr::V4(std::net::Ipv4Addr::from_octets(ip));
    Peer { address: std::net::SocketAddr::new(ip, 5060), channel: Channel::Tcp { connection } }
}

struct Story {
    device: Device,
    stage: Stage,
    now_ms: u64,
    /// REGISTERs that nobody has answered yet, and where they went.
    asked: Vec<(Vec<u8>, Peer)>,
    events: Vec<Event>,
}

impl Story {
    /// A device that was sent to the other server.
    fn sent_elsewhere() -> Self {
        let settings = Settings::new(device_id(0), PASSWORD, server_id(), FIRST, "10.1.0.1:5060");
        let (device, stage) = (Device::new(settings, &[5; 32]), Stage::with_channels(1));
        let mut story = Self { device, stage, now_ms: 0, asked: Vec::new(), events: Vec::new() };
        story.act(|device, now, _, out| device.start(now, out));
        story.answer(302, "Contact: <sip:33010000112000000002@10.0.0.2:5060>");
        story
    }

    /// The same, and its owner has connected there.
    fn connected_elsewhere() -> Self {
        let mut story = Self::sent_elsewhere();
        story.act(|device, now, _, out| device.move_to(now, OTHER, out));
        story
    }

    fn act(&mut self, act: impl FnOnce(&mut Device, Now, &mut Stage, &mut Vec<Effect>)) {
        let now = Now { mono_ms: self.now_ms, unix_ms: 1_764_000_000_000 };
        let mut out = Vec::new();
        act(&mut self.device, now, &mut self.stage, &mut out);
        for effect in out {
            match effect {
                Effect::Send { bytes, to } => self.asked.push((bytes.to_vec(), to)),
                Effect::Tell(event) => self.events.push(event),
            }
        }
    }

    /// Whoever was asked last answers.
    fn answer(&mut self, status: u16, header: &str) {
        let (asked, to) = self.asked.pop().expect("somebody was asked");
        let request = Message::from_frame(&asked).expect("a request");
        assert_eq!(request.method(), Some(Method::Register));
        let (name, value) = header.split_once(": ").unwrap_or(("X-GB-Ver", "3.0"));
        let bytes = response_head(&request, &to, status, "As It Is", "s").header(name, value).empty();
        self.act(|device, now, stage, out| device.receive(now, to, &bytes, stage, out));
    }

    fn pass(&mut self, ms: u64) {
        let end_ms = self.now_ms + ms;
        while let Some(due_ms) = self.device.next_deadline_ms().filter(|due_ms| *due_ms <= end_ms) {
            self.now_ms = due_ms;
            self.act(|device, now, stage, out| device.on_timer(now, stage, out));
        }
        self.now_ms = end_ms;
    }
}

#[test]
fn on_tcp_the_owner_is_told_whom_to_connect_to_and_nothing_is_sent_before() {
    let story = Story::sent_elsewhere();
    assert_eq!(story.events, [Event::Redirected { to: "10.0.0.2:5060".to_owned() }]);
    assert!(story.asked.is_empty());
}

#[test]
fn on_tcp_a_device_registers_over_the_new_connection_and_stays_there() {
    let mut story = Story::connected_elsewhere();
    assert_eq!(story.asked.last().map(|(_, to)| *to), Some(OTHER));
    story.answer(200, "Expires: 3600");
    assert_eq!(story.device.standing(), Standing::Registered);
    story.pass(60_000);
    assert_eq!(story.asked.last().map(|(_, to)| *to), Some(OTHER), "the first sign of life");
}

#[test]
fn on_tcp_a_device_that_the_other_server_refuses_wants_to_go_home_after_a_minute() {
    for status in [403, 500] {
        let mut story = Story::connected_elsewhere();
        story.answer(status, "");
        assert_eq!(story.events.last(), Some(&Event::Refused { status }));
        story.pass(59_000);
        assert!(story.asked.is_empty() && story.events.last() == Some(&Event::Refused { status }));
        story.pass(12_000);
        assert_eq!(story.events.last(), Some(&Event::Redirected { to: "10.0.0.1:5060".to_owned() }));
        assert!(story.asked.is_empty(), "the connection to the other server is not for the first one");
    }
}

#[test]
fn on_tcp_a_device_that_went_home_is_at_home_when_it_is_refused_there() {
    let mut story = Story::connected_elsewhere();
    story.answer(403, "");
    story.act(|device, now, _, out| device.move_to(now, FIRST_AGAIN, out));
    story.answer(403, "");
    story.pass(71_000);
    assert_eq!(story.asked.last().map(|(_, to)| *to), Some(FIRST_AGAIN));
}

#[test]
fn on_tcp_a_device_whose_owner_cannot_connect_there_asks_the_first_server_again() {
    let mut story = Story::sent_elsewhere();
    story.pass(71_000);
    assert_eq!(story.asked.last().map(|(_, to)| *to), Some(FIRST));
}

#[test]
fn on_tcp_silence_of_the_other_server_is_a_refusal() {
    let mut story = Story::connected_elsewhere();
    story.pass(33_000);
    assert_eq!(story.events.last(), Some(&Event::Refused { status: 408 }));
    story.asked.clear();
    story.pass(71_000);
    assert_eq!(story.events.last(), Some(&Event::Redirected { to: "10.0.0.1:5060".to_owned() }));
}
