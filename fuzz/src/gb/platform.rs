//! The platform's whole endpoint, with strangers, a device that misbehaves, and one that does not.

use std::borrow::Cow;

use gb28181::digest::{Account, Challenge, Hashers, answer};
use gb28181::edition::Edition;
use gb28181::id::GbId;
use gb28181::manscdp::Body;
use gb28181::platform::{Devices, Effect, Plan, Platform, Settings, Topic};
use gb28181::profile::DeviceProfile;
use gb28181::registrar::{Admission, Approved, Binding, Presence, Proof, Terms};
use gb28181::sdp::Wanted;
use gb28181::sip::{Channel, HeaderName, Message, Now, Peer, response_head};

use super::steps;

const PLATFORM: &str = "34020000002000000001";
const HONEST: &str = "34020000001320000001";
const WICKED: &str = "34020000001320000002";
const PASSWORD: &[u8] = b"secret";

/// Steps of a script that are done; each may wait for many seconds.
const STEPS_MAX: usize = 64;
/// Between two signs of life of the honest device.
const KEEPALIVE_MS: u64 = 30_000;
/// What one step may want done, beyond one thing for each byte of it.
const EFFECTS_MAX: usize = 64;
/// What a stranger's datagram may be answered with: an older message given up, and itself.
const ANSWERS_MAX: usize = 2;

/// The answer to a ping on a connection.
const PONG: &[u8] = b"\r\n";

/// The table of devices: two that may register, and whoever else.
struct Table;

impl Devices for Table {
    fn admission(&self, device: &GbId) -> Admission<'_> {
        if [HONEST, WICKED].contains(&device.as_str()) {
            let proof = Proof::Password(Cow::Borrowed(PASSWORD));
            Admission::Approved(Approved { proof, terms: Terms::default(), redirect: None })
        } else {
            Admission::Unknown { commissioning: None }
        }
    }

    fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
        Cow::Owned(DeviceProfile::default())
    }
}

/// A script: from whom bytes come, how long nothing came before, and whether they are a message or the body of an answer to what was
/// asked last. Whatever comes, the honest device is heard and stays, strangers are not answered at length, and nobody else gets in.
pub fn gb_platform(bytes: &[u8]) {
    let mut site = Site::new();
    site.log_in();
    site.ask();
    for (what, bytes) in steps(bytes).take(STEPS_MAX) {
        site.pass(u64::from(what >> 3 & 0x0f) * 500);
        let from = [wicked(), udp(10), tcp(1), tcp(2), udp(11)][usize::from(what & 7) % 5];
        if what & 0x80 != 0 {
            site.answer(bytes);
        } else {
            site.receive(from, bytes);
        }
        assert!(site.platform.registrar().len() <= 2, "somebody got in");
        assert!(site.platform.registrar().waiting().count() <= STEPS_MAX * 8);
        let forgiven = site.platform.forgiven(&id(WICKED)).len();
        assert!(site.platform.trace(&id(WICKED)).count() <= 24 && forgiven <= 64, "{forgiven} habits");
    }
    site.pass(KEEPALIVE_MS);
    site.keep_alive();
}

struct Site {
    platform: Platform,
    now: Now,
    heard_ms: u64,
    count: u32,
    /// The last request to the wicked device.
    asked: Vec<u8>,
}

impl Site {
    fn new() -> Self {
        let now = Now { mono_ms: 1_000, unix_ms: 1_795_461_900_000 };
        let settings = Settings::new(id(PLATFORM), "198.51.100.1:5060");
        let mut platform = Platform::new(settings, &[7; 32], now);
        let (terms, version) = (Terms::default(), Edition::V2016);
        let expires_unix_ms = now.unix_ms + 86_400_000;
        let (device, peer) = (id(WICKED), wicked());
        let presence = Presence::Online;
        platform.restore(Binding { device, peer, expires_unix_ms, version, terms, presence }, now);
        Self { platform, now, heard_ms: now.mono_ms, count: 0, asked: Vec::new() }
    }

    /// The honest device registers, with its challenge.
    fn log_in(&mut self) {
        let challenged = self.send("REGISTER", HONEST, "", "");
        let message = Message::from_datagram(&challenged).expect("an answer of our own");
        let challenge = message.header(HeaderName::WwwAuthenticate).and_then(Challenge::parse);
        let account = Account { username: HONEST, password: PASSWORD };
        let challenge = challenge.expect("a challenge");
        let value = answer(&challenge, account, "REGISTER", "sip:p@d", "c", 1, &Hashers::default());
        let value = String::from_utf8(value.expect("MD5 is at hand")).expect("ASCII");
        let answered = self.send("REGISTER", HONEST, &format!("Authorization: {value}\r\n"), "");
        assert_eq!(Message::from_datagram(&answered).ok().and_then(|answer| answer.status()), Some(200));
    }

    /// Everything that the wicked device can be asked.
    fn ask(&mut self) {
        let (now, device, mut out) = (self.now, id(WICKED), Vec::new());
        let platform = &mut self.platform;
        let _ = platform.ask(now, &Table, (device, device.into()), Body::DeviceInfoQuery, &mut out);
        let _ = platform.ask_catalog(now, &Table, (device, device.into()), &mut out);
        let _ = platform.subscribe(now, &Table, device, Topic::Catalog, &mut out);
        let media_host = "198.51.100.1".to_owned();
        let (wanted, transport, stream, media_port) = (Wanted::Live, None, 0, 30_000);
        let plan = Plan { device, channel: device, wanted, stream, media_host, media_port, transport };
        let _ = platform.call(now, &Table, plan, &mut out);
        self.took(&out);
    }

    /// Time passes, in seconds, with the honest device's signs of life.
    fn pass(&mut self, ms: u64) {
        let end_ms = self.now.mono_ms + ms;
        while self.now.mono_ms < end_ms {
            let step_ms = (end_ms - self.now.mono_ms).min(1_000);
            self.now =
                Now { mono_ms: self.now.mono_ms + step_ms, unix_ms: self.now.unix_ms + step_ms as i64 };
            let mut out = Vec::new();
            self.platform.on_timer(self.now, &Table, &mut out);
            assert!(out.len() <= EFFECTS_MAX, "{} effects of nothing", out.len());
            assert!(self.platform.next_deadline_ms() > self.now.mono_ms, "a deadline that does not pass");
            self.took(&out);
            if self.now.mono_ms >= self.heard_ms + KEEPALIVE_MS {
                self.keep_alive();
            }
        }
    }

    /// The honest device says that it is there, and is believed.
    fn keep_alive(&mut self) {
        self.heard_ms = self.now.mono_ms;
        let body = format!(
            "<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>{HONEST}</DeviceID><Status>OK</Status></Notify>"
        );
        let answered = self.send("MESSAGE", PLATFORM, "Content-Type: Application/MANSCDP+xml\r\n", &body);
        assert_eq!(Message::from_datagram(&answered).ok().and_then(|answer| answer.status()), Some(200));
        let binding = self.platform.registrar().binding(&id(HONEST), self.now).expect("the honest device");
        assert_eq!((binding.presence, binding.peer), (Presence::Online, udp(1)));
    }

    /// A request of the honest device; what it is answered.
    fn send(&mut self, method: &str, to: &str, extra: &str, body: &str) -> Vec<u8> {
        self.count += 1;
        let (count, length) = (self.count, body.len());
        let text = format!(
            "{method} sip:{PLATFORM}@3402000000 SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bKh{count}\r\n\
             From: <sip:{HONEST}@3402000000>;tag=h\r\nTo: <sip:{to}@3402000000>\r\nCall-ID: h{count}\r\n\
             CSeq: {count} {method}\r\nContact: <sip:{HONEST}@h>\r\n{extra}Content-Length: {length}\r\n\r\n{body}"
        );
        let mut out = Vec::new();
        self.platform.receive(self.now, udp(1), text.as_bytes(), &Table, &mut out);
        let sent = out.iter().find_map(|effect| match effect {
            Effect::Send { bytes, to } if *to == udp(1) => Some(bytes.to_vec()),
            _ => None,
        });
        sent.expect("the honest device is answered")
    }

    /// The wicked device answers its last request: a byte for the status, a byte for the sort of body, and the body.
    fn answer(&mut self, bytes: &[u8]) {
        let [status, sort, body @ ..] = bytes else { return };
        let asked = std::mem::take(&mut self.asked);
        let Ok(request) = Message::from_datagram(&asked) else { return };
        let status = [100, 180, 200, 200, 302, 401, 404, 481, 486, 500][usize::from(*status) % 10];
        let sort =
            ["APPLICATION/SDP", "Application/MANSCDP+xml", "Application/MANSRTSP"][usize::from(*sort) % 3];
        let answer = response_head(&request, &wicked(), status, "Said", "w").body(sort, body);
        self.asked.clone_from(&asked);
        self.receive(wicked(), &answer);
    }

    fn receive(&mut self, from: Peer, bytes: &[u8]) {
        let mut out = Vec::new();
        self.platform.receive(self.now, from, bytes, &Table, &mut out);
        assert!(out.len() <= EFFECTS_MAX + bytes.len(), "{} effects", out.len());
        if from.is_datagram() && from != wicked() {
            let answers =
                out.iter().filter(|effect| matches!(effect, Effect::Send { to, .. } if *to == from));
            assert!(answers.count() <= ANSWERS_MAX, "a stranger is answered at length");
        }
        if let Channel::Tcp { connection } = from.channel
            && out.contains(&Effect::Close { connection })
        {
            self.platform.connection_lost(self.now, connection, &Table, &mut out);
        }
        self.took(&out);
    }

    fn took(&mut self, out: &[Effect]) {
        for effect in out {
            if let Effect::Send { bytes, to } = effect {
                if bytes.as_ref() == PONG {
                    continue;
                }
                let sent = Message::from_frame(bytes).expect("a message of our own");
                if *to == wicked() && sent.method().is_some() {
                    self.asked = bytes.to_vec();
                }
            }
        }
    }
}

fn id(digits: &str) -> GbId {
    GbId::from_digits(digits.as_bytes()).expect("twenty digits")
}

fn wicked() -> Peer {
    udp(2)
}

fn udp(last: u8) -> Peer {
    Peer { address: ([203, 0, 113, last], 5060).into(), channel: Channel::Udp { socket: 0 } }
}

fn tcp(connection: u64) -> Peer {
    Peer { address: ([203, 0, 113, 20], 40_000).into(), channel: Channel::Tcp { connection } }
}
