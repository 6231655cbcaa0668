//! The device's endpoint: a camera, a recorder with any number of channels, or a lower platform towards its upper one.
//!
//! [`Device`] takes bytes and the time and gives back [`Effect`]s, as the platform's endpoint does. What stands behind it answers through
//! [`Equipment`]. It is what our simulator and our cascade are made of, and the platform's counterpart in tests: [`Habit`] makes it as odd
//! as the devices of the field.

mod effect;
mod equipment;
mod habits;
mod later;
mod outgoing;
mod queries;
mod registration;
mod sessions;
mod settings;
mod subscriptions;
mod voice;

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;

pub use effect::{Effect, Event};
pub use equipment::{Accepted, Declined, Equipment, Handling, Invitation, Listening, SessionId, Speech};
pub use habits::{Habit, Habits};
pub use registration::Standing;
pub use settings::Settings;

use crate::intake::{Arrival, Intake};
use crate::sip::{
    ClientTransactions, Message, Method, Now, Outcome, Peer, ResponseCache, Seen, TransactionKey, respond,
};
use crate::tokens::Tokens;

/// A device.
#[derive(Debug)]
pub struct Device {
    settings: Settings,
    server: Peer,
    state: registration::State,
    tokens: Tokens,
    transactions: ClientTransactions<outgoing::Purpose>,
    responses: ResponseCache,
    // The request that is being answered.
    answering: Option<TransactionKey>,
    intake: Intake,
    sn: u64,
    // Bodies of answers, one after the other.
    waiting: VecDeque<outgoing::Waiting>,
    is_answering: bool,
    sessions: BTreeMap<SessionId, sessions::Session>,
    last_session: u64,
    voices: BTreeMap<SessionId, voice::Voice>,
    subscriptions: Vec<subscriptions::Subscription>,
}

impl Device {
    /// A device that has not registered yet. `secret` is 32 random bytes, new at each start.
    pub fn new(settings: Settings, secret: &[u8; 32]) -> Self {
        let mut tokens = Tokens::new(secret);
        let state = registration::State {
            standing: Standing::Idle,
            call_id: tokens.text(),
            tag: tokens.text(),
            cseq: 0,
            challenges: 0,
            register_at_ms: None,
            keepalive_at_ms: None,
            missed: 0,
            is_redirected: false,
            is_going_home: false,
            is_leaving: false,
        };
        Self {
            server: settings.server,
            state,
            tokens,
            transactions: ClientTransactions::new(settings.patience),
            responses: ResponseCache::new(),
            answering: None,
            intake: Intake::default(),
            sn: 0,
            waiting: VecDeque::new(),
            is_answering: false,
            sessions: BTreeMap::new(),
            last_session: 0,
            voices: BTreeMap::new(),
            subscriptions: Vec::new(),
            settings,
        }
    }

    /// Takes what the socket or connection gave.
    pub fn receive(
        &mut self,
        now: Now,
        from: Peer,
        bytes: &[u8],
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        let mut intake = std::mem::take(&mut self.intake);
        intake.receive(now.mono_ms, from, bytes, &mut |peer, arrival| {
            self.arrive(now, peer, &arrival, equipment, out);
        });
        self.intake = intake;
    }

    /// Repeats, refreshes and gives signs of life.
    pub fn on_timer(&mut self, now: Now, equipment: &mut dyn Equipment, out: &mut Vec<Effect>) {
        let mut intake = std::mem::take(&mut self.intake);
        intake.on_timer(now.mono_ms, &mut |peer, arrival| self.arrive(now, peer, &arrival, equipment, out));
        self.intake = intake;
        let mut sends = Vec::new();
        let ended = self.transactions.on_timer(now.mono_ms, &mut sends);
        for (bytes, to) in sends {
            self.send(bytes.to_vec(), to, out);
        }
        for (_, method, outcome) in ended {
            if let Outcome::TimedOut { context } = outcome {
                self.finish(now, context, method, 408, None, out);
            }
        }
        self.registration_timer(now, out);
        self.session_timer(now, out);
    }

    /// Follows parameters that the platform has changed (A.2.3.2), from the next registration and the next sign of life on: the life of a
    /// registration and the spacing of signs of life in seconds, and how many may be missed. An absent one stays.
    pub fn retune(&mut self, expires_s: Option<u32>, keepalive_s: Option<u32>, misses: Option<u32>) {
        let settings = &mut self.settings;
        settings.expires_s = expires_s.unwrap_or(settings.expires_s);
        settings.keepalive_s = keepalive_s.unwrap_or(settings.keepalive_s).max(1);
        settings.keepalive_misses = misses.unwrap_or(settings.keepalive_misses);
    }

    /// When [`Device::on_timer`] has something to do, monotonic milliseconds; `None` before [`Device::start`].
    pub fn next_deadline_ms(&self) -> Option<u64> {
        let sessions = self.sessions.values().filter_map(|session| session.call.next_deadline_ms()).min();
        [
            self.intake.next_deadline_ms(),
            self.transactions.next_deadline_ms(),
            self.state.register_at_ms,
            self.state.keepalive_at_ms,
            sessions,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn arrive(
        &mut self,
        now: Now,
        from: Peer,
        arrival: &Arrival<'_>,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        // Only the server has anything to say here: a device listens on an open port, and strangers ask as well.
        if from.address.ip() != self.server.address.ip() {
            return;
        }
        match arrival {
            Arrival::Message(message) if message.status().is_some() => {
                self.take_response(now, from, message, out);
            }
            Arrival::Message(message) => self.serve(now, from, message, equipment, out),
            Arrival::Ping => out.push(Effect::Send { bytes: Bytes::from_static(b"\r\n"), to: from }),
            Arrival::NotSip | Arrival::Malformed | Arrival::Close(_) => {}
        }
    }

    fn serve(
        &mut self,
        now: Now,
        from: Peer,
        request: &Message<'_>,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        let method = request.method().unwrap_or(Method::Other);
        if method == Method::Ack {
            let _ = self.dialog_request(now, from, request, out);
            return;
        }
        let key = self.responses.key(request, &from);
        match self.responses.see(now.mono_ms, key) {
            Seen::Answered(bytes) => return self.send(bytes.to_vec(), from, out),
            Seen::Working => return,
            Seen::New => {}
        }
        self.answering = Some(key);
        match method {
            Method::Message => self.take_message(now, from, request, equipment, out),
            Method::Subscribe => self.subscribed(now, from, request, out),
            Method::Options => self.reply(from, request, (200, "OK"), out),
            _ if self.dialog_request(now, from, request, out) => {}
            Method::Invite => self.invited(now, from, request, equipment, out),
            _ => self.reply(from, request, (481, "Call/Transaction Does Not Exist"), out),
        }
        self.answering = None;
    }

    /// A request inside a dialog; false when there is no such dialog.
    fn dialog_request(&mut self, now: Now, from: Peer, request: &Message<'_>, out: &mut Vec<Effect>) -> bool {
        self.session_request(now, from, request, out) || self.voice_request(now, from, request, out)
    }

    /// Answers a request without a body.
    fn reply(
        &mut self,
        from: Peer,
        request: &Message<'_>,
        (status, reason): (u16, &str),
        out: &mut Vec<Effect>,
    ) {
        let tag = self.tokens.text();
        self.answer(respond(request, &from, status, reason, &tag), from, out);
    }

    /// Sends an answer and remembers it for the repetition of its request.
    fn answer(&mut self, bytes: Vec<u8>, to: Peer, out: &mut Vec<Effect>) {
        if let Some(key) = self.answering.take() {
            self.responses.answer(key, Bytes::from(bytes.clone()));
        }
        self.send(bytes, to, out);
    }
}
