//! Bytes that arrive, and what each request of a device is answered with.

use bytes::Bytes;

use super::diagnosis::Way;
use super::effect::{Effect, Event};
use super::turn::Turn;
use super::{Devices, Platform};
use crate::id::GbId;
use crate::intake::{Arrival, Intake};
use crate::registrar::{self, Change, Registration, Standing};
use crate::sip::{Message, Method, Now, Peer, Seen, response_head};

/// What we understand; told to OPTIONS and with 405.
const ALLOW: &str = "REGISTER, MESSAGE, NOTIFY, INVITE, ACK, BYE, CANCEL, INFO, OPTIONS";

impl Platform {
    /// Takes what a socket or connection gave: a datagram, or any piece of a stream.
    pub fn receive(
        &mut self,
        now: Now,
        from: Peer,
        bytes: &[u8],
        devices: &dyn Devices,
        out: &mut Vec<Effect>,
    ) {
        if !self.registrar.admits(now, from.address.ip()) {
            return;
        }
        let turn = &mut Turn { now, devices, out };
        let mut intake = std::mem::take(&mut self.intake);
        intake.receive(now.mono_ms, from, bytes, &mut |peer, arrival| self.arrive(turn, peer, &arrival));
        self.intake = intake;
    }

    /// A connection ended. Whoever lived on it is offline until heard again.
    pub fn connection_lost(
        &mut self,
        now: Now,
        connection: u64,
        devices: &dyn Devices,
        out: &mut Vec<Effect>,
    ) {
        self.intake.connection_lost(connection);
        let turn = &mut Turn { now, devices, out };
        let mut effects = Vec::new();
        self.registrar.connection_lost(connection, &mut effects);
        self.registrar_effects(turn, effects);
    }

    pub(super) fn intake_timer(&mut self, turn: &mut Turn<'_>) {
        let mut intake: Intake = std::mem::take(&mut self.intake);
        intake.on_timer(turn.now_ms(), &mut |peer, arrival| self.arrive(turn, peer, &arrival));
        self.intake = intake;
    }

    fn arrive(&mut self, turn: &mut Turn<'_>, from: Peer, arrival: &Arrival<'_>) {
        match arrival {
            Arrival::Message(message) if message.status().is_some() => {
                self.take_response(turn, from, message);
            }
            Arrival::Message(message) => self.take_request(turn, from, message),
            Arrival::Ping => turn.send(Bytes::from_static(b"\r\n"), from),
            Arrival::NotSip => self.counters.not_sip += 1,
            Arrival::Malformed => self.counters.malformed += 1,
            Arrival::Close(connection) => turn.out.push(Effect::Close { connection: *connection }),
        }
    }

    fn take_request(&mut self, turn: &mut Turn<'_>, from: Peer, request: &Message<'_>) {
        let devices = turn.devices;
        let directory = |device: &GbId| devices.admission(device);
        let mut effects = Vec::new();
        if request.method() == Some(Method::Register) {
            let wrong_before = self.registrar.counters().wrong_digest;
            let registration = self.registrar.on_register(turn.now, request, from, directory, &mut effects);
            let is_wrong = self.registrar.counters().wrong_digest > wrong_before;
            if let Some(device) =
                request.to().and_then(|to| GbId::from_digits(to.uri.subject())).filter(|_| is_wrong)
            {
                self.diagnosis.forgive(device, "wrong password");
                turn.tell(Event::WrongPassword { device });
            }
            // A renewal is a sign of life and would push out what explains something.
            let is_renewal = |effect: &registrar::Effect| {
                matches!(effect, registrar::Effect::Changed { change: Change::Renewed, .. })
            };
            if let Registration::Accepted(device) | Registration::Unregistered(device) = registration
                && !effects.iter().any(is_renewal)
            {
                self.diagnosis.note(device, turn.now.unix_ms, Way::In, request);
            }
            self.registrar_effects(turn, effects);
            return;
        }
        let standing = self.registrar.on_request(turn.now, request, from, directory, &mut effects);
        self.registrar_effects(turn, effects);
        match standing {
            Standing::Registered(device) => self.serve(turn, device, from, request),
            Standing::Keepalive { device, has_news: true } => self.take_body(turn, device, request),
            Standing::Keepalive { has_news: false, .. } | Standing::Refused | Standing::Dropped => {}
        }
    }

    /// A request of a registered device.
    fn serve(&mut self, turn: &mut Turn<'_>, device: GbId, from: Peer, request: &Message<'_>) {
        let method = request.method().unwrap_or(Method::Other);
        if method == Method::Ack {
            let _ = self.dialog_request(turn, device, from, request);
            return;
        }
        let key = self.responses.key(request, &from);
        match self.responses.see(turn.now_ms(), key) {
            Seen::Answered(bytes) => return turn.send(bytes, from),
            Seen::Working => return,
            Seen::New => {}
        }
        self.diagnosis.note(device, turn.now.unix_ms, Way::In, request);
        self.answering = Some(key);
        match method {
            Method::Message => {
                self.reply(turn, from, request, 200, "OK");
                self.take_body(turn, device, request);
            }
            Method::Notify => {
                self.reply(turn, from, request, 200, "OK");
                self.take_body(turn, device, request);
                let is_over = request.subscription_state().is_some_and(|state| state.is_terminated());
                if let Some(call_id) = request.call_id().filter(|_| is_over) {
                    self.notify_ended(turn, device, call_id);
                }
            }
            Method::Options => self.reply(turn, from, request, 200, "OK"),
            Method::Bye | Method::Info | Method::Cancel | Method::Invite
                if self.dialog_request(turn, device, from, request) => {}
            Method::Bye | Method::Info | Method::Cancel => {
                self.reply(turn, from, request, 481, "Call/Transaction Does Not Exist");
            }
            // A device that was asked to listen calls back (9.12).
            Method::Invite if self.voice_invited(turn, device, from, request) => {}
            Method::Invite => self.reply(turn, from, request, 488, "Not Acceptable Here"),
            Method::Register | Method::Subscribe | Method::Ack | Method::Other => {
                self.reply(turn, from, request, 405, "Method Not Allowed");
            }
        }
        self.answering = None;
    }

    /// A request inside a dialog of a device; false when it has no such dialog.
    fn dialog_request(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        from: Peer,
        request: &Message<'_>,
    ) -> bool {
        self.call_request(turn, device, from, request) || self.voice_request(turn, device, from, request)
    }

    /// Answers a request without a body.
    pub(super) fn reply(
        &mut self,
        turn: &mut Turn<'_>,
        from: Peer,
        request: &Message<'_>,
        status: u16,
        reason: &str,
    ) {
        let tag = self.tokens.text();
        let mut head = response_head(request, &from, status, reason, &tag);
        if status == 405 || request.method() == Some(Method::Options) {
            head = head.header("Allow", ALLOW);
        }
        self.answer(turn, head.empty(), from);
    }

    /// Sends an answer and remembers it for the repetition of its request.
    pub(super) fn answer(&mut self, turn: &mut Turn<'_>, bytes: Vec<u8>, to: Peer) {
        let bytes = Bytes::from(bytes);
        if let Some(key) = self.answering.take() {
            self.responses.answer(key, bytes.clone());
        }
        turn.send(bytes, to);
    }

    /// Does what the registrar wants done.
    pub(super) fn registrar_effects(&mut self, turn: &mut Turn<'_>, effects: Vec<registrar::Effect>) {
        for effect in effects {
            match effect {
                registrar::Effect::Send { bytes, to } => turn.send(bytes, to),
                registrar::Effect::Changed { device, change } => {
                    self.presence_changed(turn, device, change);
                }
                registrar::Effect::Probe { device } => {
                    self.probe(turn, device);
                }
                registrar::Effect::Waiting { device } => {
                    turn.tell(Event::Waiting { device });
                }
            }
        }
    }

    fn presence_changed(&mut self, turn: &mut Turn<'_>, device: GbId, change: Change) {
        turn.tell(Event::Presence { device, change });
        match change {
            Change::Registered => self.resubscribe(turn, device),
            Change::FellSilent | Change::Expired | Change::Unregistered => {
                self.end_calls_of(turn, device);
                self.end_voice_of(turn, device);
            }
            // Media have ways of their own, and the device is mostly back in a second.
            Change::ConnectionLost | Change::Renewed | Change::Returned | Change::Moved => {}
        }
    }
}
