//! Registering, staying registered, and signs of life (9.1, 9.6).

use super::Device;
use super::effect::{Effect, Event};
use super::habits::Habit;
use super::outgoing::Purpose;
use crate::digest::{Account, Challenge, Hashers, answer};
use crate::manscdp::keepalive::Keepalive;
use crate::manscdp::{Body, Message as Manscdp};
use crate::sip::{HeaderName, Message, Method, Now, Peer};

/// Pause after a refusal: at least 60 s and a little of chance (9.1.2.2), so that a power cut is no storm.
const RETRY_MS: u64 = 60_000;
const RETRY_SPREAD_MS: u64 = 10_000;

/// Challenges answered in a row; a second one may say that the nonce was old.
const CHALLENGES_MAX: u32 = 2;

/// Where the registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not begun, or ended by our own wish.
    Idle,
    /// A REGISTER is on its way.
    Registering,
    /// Registered.
    Registered,
    /// Refused or unanswered; tried again later.
    Waiting,
}

/// The registration.
#[derive(Debug)]
pub(super) struct State {
    pub standing: Standing,
    pub call_id: String,
    pub tag: String,
    pub cseq: u32,
    pub challenges: u32,
    /// When to register again.
    pub register_at_ms: Option<u64>,
    /// When to give the next sign of life.
    pub keepalive_at_ms: Option<u64>,
    pub missed: u32,
    /// Whether the present server is one that we were sent to.
    pub is_redirected: bool,
    /// Whether the owner is to connect to the first server again before the next registration.
    pub is_going_home: bool,
    /// Whether the REGISTER on its way ends the registration.
    pub is_leaving: bool,
}

impl Device {
    /// Registers.
    pub fn start(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.state.is_leaving = false;
        self.register(now, None, out);
    }

    /// Says good-bye: `Expires: 0`.
    pub fn leave(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.state.is_leaving = true;
        self.register(now, None, out);
    }

    /// The server is reached in another way from now on: over a new connection, or from a new address. Registers there.
    pub fn move_to(&mut self, now: Now, server: Peer, out: &mut Vec<Effect>) {
        self.server = server;
        self.state.is_redirected &= server.address != self.settings.server.address;
        self.state.is_going_home = false;
        self.register(now, None, out);
    }

    /// Where the registration stands.
    pub fn standing(&self) -> Standing {
        self.state.standing
    }

    fn register(&mut self, now: Now, authorization: Option<Vec<u8>>, out: &mut Vec<Effect>) {
        if authorization.is_none() {
            self.state.challenges = 0;
        }
        self.state.standing = Standing::Registering;
        self.state.cseq += 1;
        self.state.register_at_ms = None;
        let branch = self.tokens.branch();
        let settings = &self.settings;
        let habits = &settings.habits;
        let us = format!("<sip:{}@{}>", settings.id, settings.domain);
        let expires_s = if self.state.is_leaving { 0 } else { settings.expires_s };
        let in_contact = habits.has(Habit::ExpiresInContact);
        let contact = format!("<{}>", self.contact());
        let contact = if in_contact { format!("{contact};expires={expires_s}") } else { contact };
        let mut writer = crate::sip::MessageWriter::request(Method::Register, self.register_uri())
            .header("Via", self.via(branch))
            .header("From", format!("{us};tag={}", self.state.tag))
            .header("To", us)
            .header("Call-ID", &self.state.call_id)
            .header("CSeq", format!("{} REGISTER", self.state.cseq))
            .header("Contact", contact)
            .header("Max-Forwards", "70")
            .header("User-Agent", &settings.user_agent)
            .header("X-GB-Ver", settings.edition.as_str());
        if expires_s == 0 || !(in_contact || habits.has(Habit::NoExpires)) {
            writer = writer.number("Expires", u64::from(expires_s));
        }
        if let Some(value) = authorization {
            writer = writer.header("Authorization", value);
        }
        self.send_request(now, branch, Method::Register, writer.empty(), Purpose::Register, out);
    }

    fn register_uri(&self) -> String {
        let settings = &self.settings;
        if settings.habits.has(Habit::AddressInUri) {
            format!("sip:{}@{}", settings.server_id, self.server.address)
        } else {
            format!("sip:{}@{}", settings.server_id, settings.domain)
        }
    }

    /// The answer to a REGISTER, 408 when there was none.
    pub(super) fn registered(
        &mut self,
        now: Now,
        status: u16,
        answer: Option<&Message<'_>>,
        out: &mut Vec<Effect>,
    ) {
        match (status, answer) {
            (200..=299, Some(_)) if self.state.is_leaving => {
                self.state.standing = Standing::Idle;
                self.state.keepalive_at_ms = None;
                out.push(Effect::Tell(Event::Unregistered));
            }
            (200..=299, Some(answer)) => self.accepted(now, answer, out),
            (401 | 407, Some(answer)) if self.state.challenges < CHALLENGES_MAX => {
                self.state.challenges += 1;
                match self.prove(answer) {
                    Some(value) => self.register(now, Some(value), out),
                    None => self.refused(now, status, out),
                }
            }
            (302, Some(answer)) => self.redirected(now, answer, out),
            _ => self.refused(now, status, out),
        }
    }

    fn accepted(&mut self, now: Now, answer: &Message<'_>, out: &mut Vec<Effect>) {
        let life_s = answer.expires_s().unwrap_or(self.settings.expires_s).max(1);
        self.state.standing = Standing::Registered;
        self.state.missed = 0;
        // Before the end, by a tenth, and never by less than the repetitions of one request need.
        let early_s = (life_s / 10).max(35).min(life_s / 2);
        self.state.register_at_ms = Some(now.mono_ms + u64::from(life_s - early_s) * 1_000);
        self.plan_keepalive(now);
        let date = answer.header(HeaderName::Date).map(|date| String::from_utf8_lossy(date).into_owned());
        out.push(Effect::Tell(Event::Registered { date }));
    }

    fn prove(&mut self, answer_401: &Message<'_>) -> Option<Vec<u8>> {
        let challenge = answer_401.all(HeaderName::WwwAuthenticate).find_map(Challenge::parse)?;
        let name = self.settings.user_name.clone().unwrap_or_else(|| self.settings.id.to_string());
        let account = Account { username: &name, password: &self.settings.password };
        let cnonce = self.tokens.text();
        answer(&challenge, account, "REGISTER", &self.register_uri(), &cnonce, 1, &Hashers::default())
    }

    fn redirected(&mut self, now: Now, answer: &Message<'_>, out: &mut Vec<Effect>) {
        let contact = answer.contact();
        let target = contact.as_ref().map(|contact| {
            let host = String::from_utf8_lossy(contact.uri.host).into_owned();
            format!("{host}:{}", contact.uri.port.unwrap_or(5060))
        });
        let Some(to) = target else { return self.refused(now, 302, out) };
        self.state.is_redirected = true;
        let address = to.parse().ok();
        out.push(Effect::Tell(Event::Redirected { to }));
        match address.filter(|_| self.server.is_datagram()) {
            Some(address) => self.move_to(now, Peer { address, ..self.server }, out),
            // An owner who cannot connect there has us ask here again.
            None => self.state.register_at_ms = Some(self.later_ms(now)),
        }
    }

    fn later_ms(&mut self, now: Now) -> u64 {
        now.mono_ms + RETRY_MS + self.tokens.number() % RETRY_SPREAD_MS
    }

    fn refused(&mut self, now: Now, status: u16, out: &mut Vec<Effect>) {
        self.state.standing = Standing::Waiting;
        self.state.keepalive_at_ms = None;
        out.push(Effect::Tell(Event::Refused { status }));
        if self.state.is_redirected {
            // The other server is gone: back to the one that sent us there.
            self.state.is_redirected = false;
            self.state.is_going_home = !self.server.is_datagram();
            if self.server.is_datagram() {
                self.server = self.settings.server;
            }
        }
        self.state.register_at_ms = Some(self.later_ms(now));
    }

    fn plan_keepalive(&mut self, now: Now) {
        let is_silent = self.settings.habits.has(Habit::NoKeepalive);
        let due_ms = now.mono_ms + u64::from(self.settings.keepalive_s) * 1_000;
        self.state.keepalive_at_ms = (!is_silent).then_some(due_ms);
    }

    /// The answer to a sign of life, 408 when there was none.
    pub(super) fn keepalive_answered(&mut self, now: Now, status: u16, out: &mut Vec<Effect>) {
        match status {
            200..=299 => self.state.missed = 0,
            // The server does not know us (any more).
            403 | 404 => self.register(now, None, out),
            _ => {
                self.state.missed += 1;
                if self.state.missed >= self.settings.keepalive_misses {
                    self.register(now, None, out);
                }
            }
        }
    }

    pub(super) fn registration_timer(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.state.register_at_ms.is_some_and(|due| due <= now.mono_ms) {
            if std::mem::take(&mut self.state.is_going_home) {
                let to = self.settings.server.address.to_string();
                out.push(Effect::Tell(Event::Redirected { to }));
                self.state.register_at_ms = Some(self.later_ms(now));
            } else {
                self.register(now, None, out);
            }
        }
        if self.state.keepalive_at_ms.is_some_and(|due| due <= now.mono_ms) {
            self.plan_keepalive(now);
            let message = Manscdp::new(self.next_sn(), self.settings.id, Body::Keepalive(Keepalive::well()));
            self.send_message(now, &message, Purpose::Keepalive, out);
        }
    }
}
