//! Requests of the device: to the server, in a MESSAGE or NOTIFY of its own, one after the other where an answer has several.

use bytes::Bytes;

use super::Device;
use super::effect::Effect;
use super::equipment::SessionId;
use super::habits::Habit;
use crate::manscdp::{CONTENT_TYPE, Message as Manscdp};
use crate::sip::{Branch, Message, MessageWriter, Method, Now, Outcome, Peer};

/// Messages of answers that wait for their turn: a catalog of 10 000 items, one a message, and a search beside it.
const WAITING_MAX: usize = 25_000;

/// Whose request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Register,
    Keepalive,
    /// A message of an answer; the next one waits for its 200.
    Answer,
    /// News in a subscription; the next message waits for its 200 too.
    News,
    /// A BYE or INFO of a session.
    Session(SessionId),
    /// An INVITE, CANCEL or BYE of a voice.
    Voice(SessionId),
    Nothing,
}

/// A message that waits for its turn.
#[derive(Debug)]
pub(super) enum Waiting {
    /// The body of an answer.
    Answer(Vec<u8>),
    /// The body of news for whoever subscribed to this command.
    News(&'static str, Vec<u8>),
}

impl Device {
    pub(super) fn via(&self, branch: Branch) -> String {
        format!("SIP/2.0/{} {};rport;branch={branch}", self.server.via_transport(), self.settings.local)
    }

    pub(super) fn contact(&self) -> String {
        let settings = &self.settings;
        let is_private = settings.habits.has(Habit::PrivateContact);
        let host = if is_private { "192.168.1.64:5060" } else { settings.local.as_str() };
        format!("sip:{}@{host}", settings.id)
    }

    pub(super) fn next_sn(&mut self) -> u64 {
        self.sn += 1;
        self.sn
    }

    /// The bytes of a body, with this device's oddities.
    pub(super) fn body_of(&self, message: &Manscdp) -> Vec<u8> {
        let dialect = self.settings.dialect();
        let body = message.write(dialect);
        let body = if self.settings.habits.has(Habit::MislabelledCharset) {
            let text = crate::charset::decode(&body).replace(dialect.charset.name(), "GB2312");
            text.into_bytes()
        } else {
            body
        };
        self.settings.habits.spoil_body(body)
    }

    /// Sends a body to the server in a MESSAGE of its own.
    pub(super) fn send_message(
        &mut self,
        now: Now,
        message: &Manscdp,
        purpose: Purpose,
        out: &mut Vec<Effect>,
    ) {
        let body = self.body_of(message);
        self.send_body(now, &body, purpose, out);
    }

    pub(super) fn send_body(&mut self, now: Now, body: &[u8], purpose: Purpose, out: &mut Vec<Effect>) {
        let call_id = self.tokens.text();
        let tag = self.tokens.text();
        let branch = self.tokens.branch();
        let settings = &self.settings;
        let bytes = MessageWriter::request(
            Method::Message,
            format!("sip:{}@{}", settings.server_id, settings.domain),
        )
        .header("Via", self.via(branch))
        .header("From", format!("<sip:{}@{}>;tag={tag}", settings.id, settings.domain))
        .header("To", format!("<sip:{}@{}>", settings.server_id, settings.domain))
        .header("Call-ID", call_id)
        .header("CSeq", "20 MESSAGE")
        .header("Max-Forwards", "70")
        .header("User-Agent", &settings.user_agent)
        .body(CONTENT_TYPE, body);
        self.send_request(now, branch, Method::Message, bytes, purpose, out);
    }

    /// Queues the messages of an answer: the sender waits for the 200 before the next (9.5.3).
    pub(super) fn send_in_turn(&mut self, now: Now, messages: Vec<Manscdp>, out: &mut Vec<Effect>) {
        for message in messages {
            if self.waiting.len() < WAITING_MAX {
                let body = self.body_of(&message);
                self.waiting.push_back(Waiting::Answer(body));
            }
        }
        self.send_next(now, out);
    }

    /// Queues news behind what is being sent.
    pub(super) fn send_news_in_turn(
        &mut self,
        now: Now,
        cmd_type: &'static str,
        messages: Vec<Manscdp>,
        out: &mut Vec<Effect>,
    ) {
        for message in messages {
            if self.waiting.len() < WAITING_MAX {
                let body = self.body_of(&message);
                self.waiting.push_back(Waiting::News(cmd_type, body));
            }
        }
        self.send_next(now, out);
    }

    pub(super) fn send_next(&mut self, now: Now, out: &mut Vec<Effect>) {
        while !self.is_answering {
            match self.waiting.pop_front() {
                None => return,
                Some(Waiting::Answer(body)) => {
                    self.is_answering = true;
                    self.send_body(now, &body, Purpose::Answer, out);
                }
                // Without a subscription any more there is nobody to tell it.
                Some(Waiting::News(cmd_type, body)) => {
                    self.is_answering = self.notify(now, cmd_type, &body, Purpose::News, out);
                }
            }
        }
    }

    pub(super) fn send_request(
        &mut self,
        now: Now,
        branch: Branch,
        method: Method,
        bytes: Vec<u8>,
        purpose: Purpose,
        out: &mut Vec<Effect>,
    ) {
        let to = self.server;
        // The table holds more requests than one device ever sends.
        let _ = self.transactions.start(now.mono_ms, branch, method, Bytes::from(bytes.clone()), to, purpose);
        self.send(bytes, to, out);
    }

    /// Sends bytes with this device's oddities.
    pub(super) fn send(&self, bytes: Vec<u8>, to: Peer, out: &mut Vec<Effect>) {
        for piece in self.settings.habits.spoil(bytes, to.is_datagram()) {
            out.push(Effect::Send { bytes: piece.into(), to });
        }
    }

    pub(super) fn take_response(
        &mut self,
        now: Now,
        from: Peer,
        response: &Message<'_>,
        out: &mut Vec<Effect>,
    ) {
        let mut sends = Vec::new();
        let outcome = self.transactions.on_response(now.mono_ms, response, &mut sends);
        out.extend(sends.into_iter().map(|(bytes, to)| Effect::Send { bytes, to }));
        match outcome {
            Some((_, Outcome::Final { status, context })) => {
                let method = response.cseq().map_or(Method::Other, |cseq| cseq.method);
                self.finish(now, context, method, status, Some((response, from)), out);
            }
            Some((_, Outcome::Provisional { .. })) | None => self.voice_response(now, from, response, out),
            Some((_, Outcome::Repeated | Outcome::TimedOut { .. })) => {}
        }
    }

    /// A request has its final answer, 408 when none came.
    pub(super) fn finish(
        &mut self,
        now: Now,
        purpose: Purpose,
        method: Method,
        status: u16,
        answer: Option<(&Message<'_>, Peer)>,
        out: &mut Vec<Effect>,
    ) {
        match purpose {
            Purpose::Register => self.registered(now, status, answer.map(|(message, _)| message), out),
            Purpose::Keepalive => self.keepalive_answered(now, status, out),
            Purpose::Answer => {
                self.is_answering = false;
                if status >= 300 {
                    // Whoever does not take one message does not take the rest.
                    self.waiting.retain(|waiting| matches!(waiting, Waiting::News(..)));
                }
                self.send_next(now, out);
            }
            Purpose::News => {
                self.is_answering = false;
                if status >= 300 {
                    self.waiting.retain(|waiting| matches!(waiting, Waiting::Answer(_)));
                }
                self.send_next(now, out);
            }
            Purpose::Session(session) => self.session_answered(now, session, method, answer, out),
            Purpose::Voice(session) => self.voice_answered(now, session, method, answer, out),
            Purpose::Nothing => {}
        }
    }
}
