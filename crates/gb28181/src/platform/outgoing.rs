//! Requests of ours outside of calls: written, sent to where the device was last heard, and remembered until they are answered.

use bytes::Bytes;

use super::Platform;
use super::calls::CallId;
use super::effect::{Effect, Event};
use super::questions::{CommandError, Failure};
use super::subscriptions::Topic;
use super::turn::Turn;
use super::voice::VoiceId;
use crate::id::GbId;
use crate::manscdp::{CONTENT_TYPE, Message as Manscdp};
use crate::sip::{Branch, Message, MessageWriter, Method, Outcome, Peer, RequestHead};

/// Whose request it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A question or order, by its number.
    Question(u64),
    /// A query for the catalog, by its number.
    Catalog(u64),
    /// A query for recordings, by its number.
    Records(u64),
    /// An INVITE, BYE or CANCEL of a call.
    Call(CallId),
    /// A control of a playback.
    Control(CallId),
    /// The notification that somebody wants to speak.
    Broadcast(VoiceId),
    /// A BYE of a voice.
    Voice(VoiceId),
    /// A SUBSCRIBE.
    Subscription(Topic),
    /// A BYE for a dialog of an earlier life, by its Call-ID.
    Heal(String),
    /// Nobody waits for the outcome; an answer is a sign of life.
    Nothing,
}

/// An open request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    pub device: GbId,
    pub purpose: Purpose,
}

/// What a request outside of a dialog is written from.
pub(super) struct Dialog<'a> {
    pub call_id: &'a str,
    pub local_tag: &'a str,
    pub remote_tag: &'a str,
    pub cseq: u32,
}

impl Platform {
    /// Where a registered device was last heard.
    pub(super) fn reach(&self, turn: &Turn<'_>, device: &GbId) -> Result<Peer, CommandError> {
        if !self.registrar.is_registered(device) {
            return Err(CommandError::NotRegistered);
        }
        let binding = self.registrar.binding(device, turn.now);
        binding.map(|binding| binding.peer).ok_or(CommandError::NotRegistered)
    }

    /// Begins a request to a device.
    pub(super) fn request(
        &self,
        method: Method,
        device: &GbId,
        peer: &Peer,
        branch: Branch,
        dialog: &Dialog<'_>,
    ) -> MessageWriter {
        let settings = &self.settings;
        RequestHead {
            method,
            uri: &format!("sip:{device}@{}", peer.address),
            from_uri: &settings.uri(),
            from_tag: dialog.local_tag,
            to_uri: &format!("sip:{device}@{}", settings.domain),
            to_tag: dialog.remote_tag,
            call_id: dialog.call_id,
            cseq: dialog.cseq,
            via_host: settings.via_host(peer),
            branch,
            route: "",
            user_agent: &settings.user_agent,
            peer: *peer,
        }
        .write()
    }

    /// Sends a body to a device in a MESSAGE of its own.
    pub(super) fn send_message(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        message: &Manscdp,
        purpose: Purpose,
    ) -> Result<(), CommandError> {
        let peer = self.reach(turn, &device)?;
        let body = message.write(turn.devices.profile(&device).dialect);
        let (branch, call_id, tag) = (self.tokens.branch(), self.tokens.text(), self.tokens.text());
        let dialog = Dialog { call_id: &call_id, local_tag: &tag, remote_tag: "", cseq: 1 };
        let bytes = self.request(Method::Message, &device, &peer, branch, &dialog).body(CONTENT_TYPE, &body);
        self.start(turn, branch, Method::Message, bytes, peer, Pending { device, purpose })
    }

    /// Sends a request and remembers it.
    pub(super) fn start(
        &mut self,
        turn: &mut Turn<'_>,
        branch: Branch,
        method: Method,
        bytes: Vec<u8>,
        to: Peer,
        pending: Pending,
    ) -> Result<(), CommandError> {
        self.diagnosis.note_bytes(pending.device, turn.now.unix_ms, &bytes);
        let bytes = Bytes::from(bytes);
        self.transactions
            .start(turn.now_ms(), branch, method, bytes.clone(), to, pending)
            .map_err(|_| CommandError::TooMany)?;
        turn.send(bytes, to);
        Ok(())
    }

    /// A response came.
    pub(super) fn take_response(&mut self, turn: &mut Turn<'_>, from: Peer, response: &Message<'_>) {
        let mut sends = Vec::new();
        let outcome = self.transactions.on_response(turn.now_ms(), response, &mut sends);
        turn.out.extend(sends.into_iter().map(|(bytes, to)| Effect::Send { bytes, to }));
        match outcome {
            Some((_, Outcome::Final { status, context })) => {
                self.heard(turn, context.device, from);
                self.diagnosis.note(context.device, turn.now.unix_ms, super::Way::In, response);
                let method = response.cseq().map_or(Method::Other, |cseq| cseq.method);
                self.finish(turn, context, method, status, Some((response, from)));
            }
            // A provisional answer, or a 2xx that repeats: only its call can make something of it.
            Some((_, Outcome::Provisional { .. })) | None => self.call_response(turn, from, response),
            Some((_, Outcome::Repeated | Outcome::TimedOut { .. })) => {}
        }
    }

    /// An answer of a device is a sign of life.
    fn heard(&mut self, turn: &mut Turn<'_>, device: GbId, from: Peer) {
        let mut effects = Vec::new();
        self.registrar.on_answered(turn.now, &device, from, &mut effects);
        self.registrar_effects(turn, effects);
    }

    /// A request has its final answer, 408 when none came.
    pub(super) fn finish(
        &mut self,
        turn: &mut Turn<'_>,
        pending: Pending,
        method: Method,
        status: u16,
        answer: Option<(&Message<'_>, Peer)>,
    ) {
        let Pending { device, purpose } = pending;
        match purpose {
            Purpose::Question(sn) => {
                let failure = if answer.is_some() { Failure::Refused { status } } else { Failure::NoAnswer };
                self.question_sent(turn, sn, (status >= 300).then_some(failure));
            }
            Purpose::Catalog(sn) if status >= 300 => {
                if let Some(answer) = self.catalogs.cancel(device, sn) {
                    turn.tell(Event::Catalog(answer));
                }
            }
            Purpose::Records(sn) if status >= 300 => {
                self.records.refused(device, sn, turn.now_ms());
                self.pump_records(turn);
            }
            Purpose::Call(call) => self.call_answered(turn, call, method, answer),
            Purpose::Control(call) => {
                Self::control_answered(turn, call, status, answer.map(|(message, _)| message));
            }
            Purpose::Broadcast(voice) => {
                let failure = if answer.is_some() { Failure::Refused { status } } else { Failure::NoAnswer };
                self.broadcast_sent(turn, voice, (status >= 300).then_some(failure));
            }
            Purpose::Voice(voice) => self.voice_answered(turn, voice, method, answer),
            Purpose::Subscription(topic) => {
                self.subscribe_answered(turn, device, topic, status, answer.map(|(message, _)| message));
            }
            Purpose::Heal(call_id) => turn.tell(Event::Healed { call_id, is_known: answer.is_some() }),
            Purpose::Catalog(_) | Purpose::Records(_) | Purpose::Nothing => {}
        }
    }
}
