//! Byte traces of devices and platforms that went wrong in the field, one test per complaint. The name of a test ends with the thread that
//! reported it where there is one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::borrow::Cow;
use watchfire_gb28181::id::GbId;

use bytes::Bytes;
use watchfire_gb28181::digest::{Account, Challenge, Hashers, answer};
use watchfire_gb28181::registrar::{
    Admission, Approved, Change, Effect, IdRule, Proof, Registrar, Registration, Settings, Standing, Terms,
};
use watchfire_gb28181::sip::{
    Branch, Call, CallEffect, CallSetup, Channel, ClientTransactions, DatagramAssembler, HeaderName, Message,
    Method, Now, Outcome, Patience, Peer, Quirks, Received, response_head,
};

const DEVICE: &str = "34020000001320000001";
const PLATFORM: &str = "34020000002000000001";

/// The device's public address after NAT.
fn public(port: u16) -> Peer {
    Peer { address: ([203, 0, 113, 9], port).into(), channel: Channel::Udp { socket: 1 } }
}

fn admit(device: &GbId) -> Admission<'static> {
    if device.as_str() != DEVICE {
        return Admission::Unknown { commissioning: None };
    }
    Admission::Approved(Approved {
        proof: Proof::Password(Cow::Borrowed(b"12345678")),
        terms: Terms::default(),
        redirect: None,
    })
}

struct Site {
    registrar: Registrar,
    now: Now,
    cseq: u32,
}

#[derive(Default)]
struct Seen {
    answer: Vec<u8>,
    to: Option<Peer>,
    changes: Vec<Change>,
    probes: usize,
}

impl Seen {
    fn of(effects: Vec<Effect>) -> Self {
        let mut seen = Self::default();
        for effect in effects {
            match effect {
                Effect::Send { bytes, to } => (seen.answer, seen.to) = (bytes, Some(to)),
                Effect::Changed { change, .. } => seen.changes.push(change),
                Effect::Probe { .. } => seen.probes += 1,
                Effect::Waiting { .. } => {}
            }
        }
        seen
    }

    fn status(&self) -> u16 {
        if self.answer.is_empty() {
            0
        } else {
            Message::from_datagram(&self.answer).unwrap().status().unwrap()
        }
    }
}

impl Site {
    fn new() -> Self {
        let now = Now { mono_ms: 50_000, unix_ms: 1_795_461_900_000 };
        let settings = Settings::new(GbId::from_digits(PLATFORM.as_bytes()).unwrap());
        Self { registrar: Registrar::new(settings, &[3; 32], now), now, cseq: 0 }
    }

    fn register(&mut self, text: &str, from: Peer) -> (Registration, Seen) {
        let mut out = Vec::new();
        let message = Message::from_datagram(text.as_bytes()).unwrap();
        let registration = self.registrar.on_register(self.now, &message, from, admit, &mut out);
        (registration, Seen::of(out))
    }

    fn request(&mut self, text: &str, from: Peer) -> (Standing, Seen) {
        let mut out = Vec::new();
        let message = Message::from_datagram(text.as_bytes()).unwrap();
        let standing = self.registrar.on_request(self.now, &message, from, admit, &mut out);
        (standing, Seen::of(out))
    }

    /// Registers with a challenge; `shape` writes the REGISTER around the headers it is given.
    fn log_in(&mut self, from: Peer, shape: impl Fn(u32, &str) -> String) -> (Registration, Seen) {
        self.now.mono_ms += 1;
        self.cseq += 2;
        let (_, challenge) = self.register(&shape(self.cseq - 1, ""), from);
        let authorization = authorization(&challenge.answer);
        self.register(&shape(self.cseq, &authorization), from)
    }

    fn pass_s(&mut self, seconds: u64) -> Seen {
        let mut out = Vec::new();
        for _ in 0..seconds {
            self.now.mono_ms += 1_000;
            self.now.unix_ms += 1_000;
            self.registrar.on_timer(self.now, &mut out);
        }
        Seen::of(out)
    }
}

fn authorization(challenge: &[u8]) -> String {
    let message = Message::from_datagram(challenge).unwrap();
    let challenge = Challenge::parse(message.header(HeaderName::WwwAuthenticate).unwrap()).unwrap();
    let account = Account { username: DEVICE, password: b"12345678" };
    // Another form than the request line has, as several brands do it.
    let uri = format!("sip:{PLATFORM}@198.51.100.1:5060");
    let value = answer(&challenge, account, "REGISTER", &uri, "", 1, &Hashers::default()).unwrap();
    format!("Authorization: {}\r\n", String::from_utf8(value).unwrap())
}

fn plain(cseq: u32, extra: &str) -> String {
    format!(
        "REGISTER sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK{cseq}\r\n\
         From: <sip:{DEVICE}@3402000000>;tag=1\r\nTo: <sip:{DEVICE}@3402000000>\r\nCall-ID: r{cseq}\r\n\
         CSeq: {cseq} REGISTER\r\nContact: <sip:{DEVICE}@192.168.1.64:5060>\r\nMax-Forwards: 70\r\n\
         Expires: 3600\r\n{extra}Content-Length: 0\r\n\r\n"
    )
}

fn message(cseq: u32, body: &str) -> String {
    let length = body.len();
    format!(
        "MESSAGE sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bKm{cseq}\r\n\
         From: <sip:{DEVICE}@3402000000>;tag=1\r\nTo: <sip:{PLATFORM}@3402000000>\r\nCall-ID: m{cseq}\r\n\
         CSeq: {cseq} MESSAGE\r\nContent-Type: Application/MANSCDP+xml\r\nMax-Forwards: 70\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
}

const KEEPALIVE: &str = "<?xml version=\"1.0\"?>\r\n<Notify>\r\n<CmdType>Keepalive</CmdType>\r\n<SN>1</SN>\r\n\
                         <DeviceID>34020000001320000001</DeviceID>\r\n<Status>OK</Status>\r\n</Notify>\r\n";

/// A call to a device behind NAT that answers from `from`, and what we then send.
fn answered_call(asked: Peer, from: Peer) -> (Call, Vec<u8>, Vec<CallEffect>) {
    let setup = CallSetup {
        call_id: "c1",
        local_tag: "t1",
        local_uri: "sip:34020000002000000001@3402000000",
        remote_uri: "sip:34020000001320000001@3402000000",
        contact: "sip:34020000002000000001@198.51.100.1:5060",
        via_host: "198.51.100.1:5060",
        subject: "34020000001320000001:0,34020000002000000001:0",
        user_agent: "",
        peer: asked,
    };
    let (mut call, effect) = Call::invite(&setup, b"v=0\r\n", Branch(1));
    let CallEffect::Request { bytes: invite, .. } = effect else { panic!("an INVITE is a request") };
    let request = Message::from_frame(&invite).unwrap();
    let ok = response_head(&request, &asked, 200, "OK", "dev")
        .header("Contact", "<sip:34020000001320000001@192.168.1.64:5060>")
        .body("application/sdp", b"v=0\r\n");
    let effects = call.on_response(&Message::from_frame(&ok).unwrap(), from, Branch(2));
    (call, invite, effects)
}

#[test]
fn an_ack_goes_to_the_source_of_the_packet_and_not_to_the_private_contact_wvp_sw_10_11() {
    let (_, _, effects) = answered_call(public(40_123), public(40_123));
    assert!(matches!(&effects[0], CallEffect::Send { to, .. } if *to == public(40_123)));
}

#[test]
fn a_device_on_tcp_gets_every_request_down_its_own_connection() {
    let tcp = Peer { address: ([203, 0, 113, 9], 51_000).into(), channel: Channel::Tcp { connection: 77 } };
    let (mut call, invite, effects) = answered_call(tcp, tcp);
    assert!(Message::from_frame(&invite).unwrap().via().unwrap().transport == b"TCP");
    assert!(matches!(&effects[0], CallEffect::Send { to, .. } if *to == tcp));
    assert!(matches!(&call.hang_up(Branch(3))[0], CallEffect::Request { to, .. } if *to == tcp));
}

#[test]
fn an_ack_goes_to_the_port_that_answered_and_not_to_the_one_in_the_via_wvp_sw_20() {
    // Asked at 5060, answered from 5080: the answer's source counts.
    let (_, _, effects) = answered_call(public(5_060), public(5_080));
    assert!(matches!(&effects[0], CallEffect::Send { to, .. } if *to == public(5_080)));
}

#[test]
fn our_requests_name_the_address_that_the_device_knows_as_its_server_wvp_8() {
    let (mut call, invite, _) = answered_call(public(5_060), public(5_060));
    let CallEffect::Request { bytes: bye, .. } = call.hang_up(Branch(3)).remove(0) else { panic!() };
    for bytes in [&invite, &bye] {
        let request = Message::from_frame(bytes).unwrap();
        assert_eq!(
            (request.via().unwrap().host, request.via().unwrap().port),
            (&b"198.51.100.1"[..], Some(5_060))
        );
    }
}

#[test]
fn an_answer_leaves_by_the_socket_that_heard_the_question_srs_2695() {
    let mut site = Site::new();
    let second_card = Peer { channel: Channel::Udp { socket: 2 }, ..public(5_060) };
    let (_, seen) = site.register(&plain(1, ""), second_card);
    assert_eq!(seen.to, Some(second_card));
    let text = String::from_utf8(seen.answer).unwrap();
    assert!(text.contains(";received=203.0.113.9;rport=5060\r\n"), "{text}");
}

#[test]
fn register_uris_with_an_address_instead_of_the_domain_are_read_srs_3549() {
    let mut site = Site::new();
    let by_address = |cseq: u32, extra: &str| plain(cseq, extra).replace("@3402000000", "@198.51.100.1:5060");
    assert!(matches!(site.log_in(public(1), by_address).0, Registration::Accepted(_)));
}

#[test]
fn route_headers_of_dahua_and_hikvision_do_not_disturb_srs_2071() {
    let mut site = Site::new();
    let routed = |cseq: u32, extra: &str| {
        plain(cseq, &format!("Route: <sip:{PLATFORM}@198.51.100.1:5060;lr>\r\n{extra}"))
    };
    assert!(matches!(site.log_in(public(1), routed).0, Registration::Accepted(_)));
}

#[test]
fn an_expiry_that_stands_only_in_the_contact_is_granted() {
    let mut site = Site::new();
    let in_contact = |cseq: u32, extra: &str| {
        plain(cseq, extra)
            .replace("Expires: 3600\r\n", "")
            .replace(":5060>\r\nMax", ":5060>;expires=1800\r\nMax")
    };
    let (_, seen) = site.log_in(public(1), in_contact);
    assert!(String::from_utf8(seen.answer).unwrap().contains("\r\nExpires: 1800\r\n"));
}

#[test]
fn a_nat_mapping_that_moved_between_keepalives_is_followed_wvp_114() {
    let mut site = Site::new();
    site.log_in(public(40_000), plain);
    let (standing, seen) = site.request(&message(9, KEEPALIVE), public(40_777));
    assert!(matches!(standing, Standing::Keepalive { .. }));
    assert_eq!((seen.to, seen.changes), (Some(public(40_777)), vec![Change::Moved]));
    let device = GbId::from_digits(DEVICE.as_bytes()).unwrap();
    assert_eq!(site.registrar.binding(&device, site.now).unwrap().peer, public(40_777));
}

#[test]
fn a_message_that_a_hikvision_recorder_cut_over_datagrams_is_whole_wvp_853() {
    let text = message(1, &format!("<Response>{}</Response>", "<Item/>".repeat(600)));
    let mut assembler = DatagramAssembler::new();
    let mut whole = Vec::new();
    for part in text.as_bytes().chunks(1_472) {
        assembler.receive(0, public(1), part, &mut |_, received| {
            let Received::Message(message) = received else { panic!("{received:?}") };
            whole.push((message.body.to_vec(), message.quirks.contains(Quirks::SPLIT)));
        });
    }
    assert_eq!(whole.len(), 1);
    assert!(whole[0].1 && text.as_bytes().ends_with(&whole[0].0));
}

#[test]
fn a_catalog_with_content_length_zero_is_read_to_the_end_of_the_datagram_wvp_920() {
    let text =
        message(1, KEEPALIVE).replace(&format!("Content-Length: {}", KEEPALIVE.len()), "Content-Length: 0");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert_eq!(message.body, KEEPALIVE.as_bytes());
    assert!(message.quirks.contains(Quirks::LENGTH_ZERO_WITH_BODY));
}

#[test]
fn a_content_length_beyond_the_datagram_takes_what_came_wvp_920() {
    let text = message(1, KEEPALIVE)
        .replace(&format!("Content-Length: {}", KEEPALIVE.len()), "Content-Length: 4000");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    assert_eq!(message.body, KEEPALIVE.as_bytes());
    assert!(message.quirks.contains(Quirks::LENGTH_BEYOND_END));
}

#[test]
fn a_101_dialog_establishment_of_dahua_is_provisional_srs_1500_zlm_2217() {
    let (_, invite, _) = answered_call(public(1), public(1));
    let mut transactions = ClientTransactions::new(Patience::default());
    transactions.start(0, Branch(1), Method::Invite, Bytes::from(invite.clone()), public(1), ()).unwrap();
    let request = Message::from_frame(&invite).unwrap();
    let odd = response_head(&request, &public(1), 101, "Dialog Establishment", "dev").empty();
    let outcome = transactions.on_response(10, &Message::from_datagram(&odd).unwrap(), &mut Vec::new());
    assert_eq!(outcome, Some((Branch(1), Outcome::Provisional { status: 101 })));
}

#[test]
fn a_kept_call_id_does_not_spare_the_digest() {
    let mut site = Site::new();
    let same_call =
        |cseq: u32, extra: &str| plain(cseq, extra).replace(&format!("Call-ID: r{cseq}"), "Call-ID: kept");
    assert!(matches!(site.log_in(public(1), same_call).0, Registration::Accepted(_)));
    let (registration, seen) = site.register(&same_call(99, ""), public(1));
    assert_eq!((registration, seen.status()), (Registration::Challenged, 401));
}

#[test]
fn a_call_id_that_changes_each_time_is_the_same_device() {
    let mut site = Site::new();
    site.log_in(public(1), plain);
    let (_, seen) = site.log_in(public(1), plain);
    assert_eq!((seen.changes, site.registrar.len()), (vec![Change::Renewed], 1));
}

#[test]
fn a_camera_with_the_server_s_id_is_refused_wvp_2006() {
    let mut site = Site::new();
    let (registration, seen) = site.register(&plain(1, "").replace(DEVICE, PLATFORM), public(1));
    assert_eq!((registration, seen.status()), (Registration::Refused, 403));
    assert_eq!(site.registrar.counters().own_id, 1);
}

#[test]
fn public_scanners_hear_nothing_and_are_counted_wvp_2054_wvp_sw_72() {
    let mut site = Site::new();
    for name in ["1001", "admin", "sipvicious", "100' or 1=1"] {
        let (registration, seen) = site.register(&plain(1, "").replace(DEVICE, name), public(1));
        assert_eq!((registration, seen.answer.len()), (Registration::Dropped, 0), "{name}");
    }
    assert_eq!(site.registrar.counters().not_an_id, 4);
}

#[test]
fn ids_of_other_regions_are_refused_before_anything_expensive_owl() {
    let now = Site::new().now;
    let mut settings = Settings::new(GbId::from_digits(PLATFORM.as_bytes()).unwrap());
    settings.allowed = vec![IdRule::parse("3301").unwrap()];
    let mut registrar = Registrar::new(settings, &[3; 32], now);
    let text = plain(1, "");
    let message = Message::from_datagram(text.as_bytes()).unwrap();
    let nobody_is_asked = |_: &GbId| -> Admission<'static> { panic!("the directory was asked") };
    let registration = registrar.on_register(now, &message, public(1), nobody_is_asked, &mut Vec::new());
    assert_eq!(registration, Registration::Refused);
}

#[test]
fn an_unknown_keepalive_is_refused_so_that_the_device_registers_wvp_814() {
    let mut site = Site::new();
    let (standing, seen) = site.request(&message(1, KEEPALIVE), public(1));
    assert_eq!((standing, seen.status()), (Standing::Refused, 403));
}

#[test]
fn bindings_that_were_stored_live_on_after_a_restart_wvp_814() {
    let mut before = Site::new();
    before.log_in(public(1), plain);
    let stored: Vec<_> = before.registrar.snapshot(before.now).collect();
    let mut after = Site::new();
    for binding in stored {
        after.registrar.restore(binding, after.now);
    }
    let (standing, seen) = after.request(&message(1, KEEPALIVE), public(1));
    assert!(matches!(standing, Standing::Keepalive { .. }));
    assert_eq!(seen.status(), 200);
}

#[test]
fn any_valid_request_is_life_wvp_1633_wvp_2025() {
    let mut site = Site::new();
    site.log_in(public(1), plain);
    for round in 0..10 {
        let seen = site.pass_s(170);
        assert_eq!(seen.changes, [], "round {round}");
        site.request(&message(round, "<Notify><CmdType>Alarm</CmdType></Notify>"), public(1));
    }
}

#[test]
fn a_2022_device_without_keepalives_is_asked_before_it_is_lost_wvp_2006() {
    let mut site = Site::new();
    site.log_in(public(1), plain);
    let seen = site.pass_s(150);
    assert_eq!((seen.probes, seen.changes), (1, vec![]));
    let device = GbId::from_digits(DEVICE.as_bytes()).unwrap();
    site.registrar.on_answered(site.now, &device, public(1), &mut Vec::new());
    assert_eq!(site.pass_s(120).changes, []);
}

#[test]
fn a_registration_is_good_until_its_own_expiry_wvp_1069() {
    let mut site = Site::new();
    site.log_in(public(1), plain);
    let device = GbId::from_digits(DEVICE.as_bytes()).unwrap();
    for second in 0..3_600 {
        site.pass_s(1);
        if second % 60 == 0 {
            site.request(&message(second, KEEPALIVE), public(1));
        }
    }
    assert!(site.registrar.is_registered(&device));
    assert_eq!(site.pass_s(31).changes, [Change::Expired]);
}
