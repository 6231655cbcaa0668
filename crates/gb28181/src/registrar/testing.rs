//! A site for tests: a registrar, a clock, and devices that speak like devices.

use crate::id::GbId;
use std::borrow::Cow;
use std::cell::Cell;

use super::{Admission, Approved, Change, Effect, Proof, Registrar, Registration, Settings, Standing, Terms};
use crate::digest::{Account, Challenge, Hashers, answer};
use crate::sip::{Channel, HeaderName, Message, Now, Peer};

pub(super) const DEVICE: &str = "34020000001320000001";
pub(super) const PLATFORM: &str = "34020000002000000001";

/// 2026-11-24 03:25 in Beijing.
const START_UNIX_MS: i64 = 1_795_461_900_000;

pub(super) fn device(id: &str) -> GbId {
    GbId::from_digits(id.as_bytes()).unwrap()
}

pub(super) fn peer(port: u16) -> Peer {
    Peer { address: ([203, 0, 113, 9], port).into(), channel: Channel::Udp { socket: 0 } }
}

pub(super) fn on_connection(connection: u64) -> Peer {
    Peer { address: ([203, 0, 113, 9], connection as u16).into(), channel: Channel::Tcp { connection } }
}

/// What came of one message. Status 0 means silence.
pub(super) struct Answer {
    pub status: u16,
    pub text: String,
    pub changes: Vec<Change>,
    pub probes: usize,
    pub registration: Option<Registration>,
    pub standing: Option<Standing>,
}

pub(super) struct Site {
    pub registrar: Registrar,
    pub now: Now,
    pub cseq: u32,
    pub terms: Terms,
    pub redirect: Option<&'static str>,
    pub commissioning: Option<&'static [u8]>,
    pub asked: Cell<usize>,
}

impl Site {
    pub fn new() -> Self {
        let now = Now { mono_ms: 1_000_000, unix_ms: START_UNIX_MS };
        let registrar = Registrar::new(Settings::new(device(PLATFORM)), &[5; 32], now);
        Self {
            registrar,
            now,
            cseq: 1,
            terms: Terms::default(),
            redirect: None,
            commissioning: None,
            asked: Cell::new(0),
        }
    }

    /// Lets time pass second by second, and tells what changed.
    pub fn pass_s(&mut self, seconds: u64) -> Vec<Change> {
        (0..seconds).flat_map(|_| self.pass_ms(1_000)).collect()
    }

    pub fn pass_ms(&mut self, ms: u64) -> Vec<Change> {
        self.now.mono_ms += ms;
        self.now.unix_ms += ms as i64;
        let mut out = Vec::new();
        self.registrar.on_timer(self.now, &mut out);
        summed_up(out).changes
    }

    pub fn probes_in_s(&mut self, seconds: u64) -> usize {
        let mut out = Vec::new();
        for _ in 0..seconds {
            self.now.mono_ms += 1_000;
            self.now.unix_ms += 1_000;
            self.registrar.on_timer(self.now, &mut out);
        }
        summed_up(out).probes
    }

    pub fn register(&mut self, id: &str, from: Peer, extra: Option<&str>) -> Answer {
        self.send_register(id, from, extra.unwrap_or_default())
    }

    pub fn register_with(&mut self, id: &str, from: Peer, extra: &str) -> Answer {
        self.send_register(id, from, extra)
    }

    pub fn send_register(&mut self, id: &str, from: Peer, extra: &str) -> Answer {
        let cseq = self.cseq;
        let text = format!(
            "REGISTER sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
             Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK{cseq}\r\n\
             From: <sip:{id}@3402000000>;tag=dev\r\nTo: <sip:{id}@3402000000>\r\n\
             Call-ID: {id}@192.168.1.64\r\nCSeq: {cseq} REGISTER\r\n\
             Contact: <sip:{id}@192.168.1.64:5060>\r\n{extra}Content-Length: 0\r\n\r\n"
        );
        self.cseq += 1;
        // A nonce may be used once, and two of one millisecond are one.
        self.now.mono_ms += 1;
        self.raw_register(text.as_bytes(), from)
    }

    pub fn raw_register(&mut self, bytes: &[u8], from: Peer) -> Answer {
        let message = Message::from_datagram(bytes).unwrap();
        let mut out = Vec::new();
        let directory = Directory::of(self);
        let registration = self.registrar.on_register(
            self.now,
            &message,
            from,
            |device| directory.admission(device),
            &mut out,
        );
        self.asked.set(self.asked.get() + directory.asked.get());
        Answer { registration: Some(registration), ..summed_up(out) }
    }

    pub fn authorization(challenge: &Answer, id: &str, password: &[u8]) -> String {
        let message = Message::from_datagram(challenge.text.as_bytes()).unwrap();
        let challenge = Challenge::parse(message.header(HeaderName::WwwAuthenticate).unwrap()).unwrap();
        let account = Account { username: id, password };
        let uri = format!("sip:{PLATFORM}@3402000000");
        let value = answer(&challenge, account, "REGISTER", &uri, "c", 1, &Hashers::default()).unwrap();
        format!("Authorization: {}\r\n", String::from_utf8(value).unwrap())
    }

    pub fn answer(&mut self, challenge: &Answer, id: &str, from: Peer, extra: &str) -> Answer {
        self.answer_with(challenge, id, from, extra, b"secret")
    }

    pub fn answer_with(
        &mut self,
        challenge: &Answer,
        id: &str,
        from: Peer,
        extra: &str,
        password: &[u8],
    ) -> Answer {
        let authorization = Self::authorization(challenge, id, password);
        self.send_register(id, from, &format!("{authorization}{extra}"))
    }

    pub fn log_in(&mut self, id: &str, from: Peer) -> Answer {
        self.log_in_with(id, from, "Expires: 3600\r\n")
    }

    pub fn log_in_with(&mut self, id: &str, from: Peer, extra: &str) -> Answer {
        let challenge = self.register(id, from, None);
        assert_eq!(challenge.status, 401, "{}", challenge.text);
        self.answer(&challenge, id, from, extra)
    }

    pub fn keepalive(&mut self, id: &str, from: Peer) -> Answer {
        self.message(id, from, "<Notify><CmdType>Keepalive</CmdType><SN>1</SN><Status>OK</Status></Notify>")
    }

    pub fn message(&mut self, id: &str, from: Peer, body: &str) -> Answer {
        self.request("MESSAGE", id, from, body)
    }

    pub fn request(&mut self, method: &str, id: &str, from: Peer, body: &str) -> Answer {
        let cseq = self.cseq;
        self.cseq += 1;
        let length = body.len();
        let text = format!(
            "{method} sip:{PLATFORM}@3402000000 SIP/2.0\r\n\
             Via: SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK{cseq}\r\n\
             From: <sip:{id}@3402000000>;tag=dev\r\nTo: <sip:{PLATFORM}@3402000000>\r\n\
             Call-ID: m{cseq}\r\nCSeq: {cseq} {method}\r\nContent-Type: Application/MANSCDP+xml\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let message = Message::from_datagram(text.as_bytes()).unwrap();
        let mut out = Vec::new();
        let directory = Directory::of(self);
        let standing = self.registrar.on_request(
            self.now,
            &message,
            from,
            |device| directory.admission(device),
            &mut out,
        );
        Answer { standing: Some(standing), ..summed_up(out) }
    }
}

struct Directory {
    terms: Terms,
    redirect: Option<&'static str>,
    commissioning: Option<&'static [u8]>,
    asked: Cell<usize>,
}

impl Directory {
    fn of(site: &Site) -> Self {
        Self {
            terms: site.terms,
            redirect: site.redirect,
            commissioning: site.commissioning,
            asked: Cell::new(0),
        }
    }

    /// Cameras (type 132) with a serial below nine million are ours; 34020000001310000000 is blocked.
    fn admission(&self, device: &GbId) -> Admission<'static> {
        self.asked.set(self.asked.get() + 1);
        if device.as_str() == "34020000001310000000" {
            return Admission::Blocked;
        }
        if device.as_str().starts_with("3402000000132") && !device.as_str().starts_with("34020000001329") {
            return Admission::Approved(Approved {
                proof: Proof::Password(Cow::Borrowed(b"secret")),
                terms: self.terms,
                redirect: self.redirect.map(Cow::Borrowed),
            });
        }
        let commissioning = self.commissioning.map(|password| Proof::Password(Cow::Borrowed(password)));
        Admission::Unknown { commissioning }
    }
}

fn summed_up(out: Vec<Effect>) -> Answer {
    let mut answer = Answer {
        status: 0,
        text: String::new(),
        changes: Vec::new(),
        probes: 0,
        registration: None,
        standing: None,
    };
    for effect in out {
        match effect {
            Effect::Send { bytes, .. } => {
                answer.status = Message::from_datagram(&bytes).unwrap().status().unwrap();
                answer.text = String::from_utf8(bytes).unwrap();
            }
            Effect::Changed { change, .. } => answer.changes.push(change),
            Effect::Probe { .. } => answer.probes += 1,
            Effect::Waiting { .. } => {}
        }
    }
    answer
}
