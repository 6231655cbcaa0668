//! Calls: the platform asks a channel for pictures, controls a playback, and ends it.
//!
//! The platform is always the caller. [`crate::sip::Call`] decides and writes the messages of the dialog; here they are matched to what was
//! wanted, and their end is given a reason. An ended call is remembered for as long as a late 200 could come, so that it can be refused.

mod over;
mod plan;
mod started;

use std::collections::{BTreeSet, HashMap};

pub use over::{CallOver, Reason};
pub use plan::Plan;
pub use started::Started;

use super::effect::{Effect, Event};
use super::outgoing::{Pending, Purpose};
use super::questions::CommandError;
use super::turn::Turn;
use super::{Devices, Platform};
use crate::deadlines::Deadlines;
use crate::id::{CatalogId, GbId};
use crate::mansrtsp::{self, Action, Control};
use crate::sip::{
    Call, CallEffect, CallEnd, CallEvent, CallSetup, DialogIdentity, DialogState, Message, Method, Now, Peer,
    healing_bye,
};
use crate::ssrc::{Purpose as SsrcPurpose, Ssrc};

/// How long an ended call is remembered: as long as the device repeats its 200 (64 × T1).
const REMEMBERED_MS: u64 = 32_000;

/// Calls at once, ended ones included. One domain has 20 000 SSRCs.
const CALLS_MAX: usize = 40_000;

/// Names a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// All calls.
#[derive(Debug, Default)]
pub(super) struct Calls {
    all: HashMap<CallId, Open>,
    by_name: HashMap<String, CallId>,
    by_device: BTreeSet<(GbId, CallId)>,
    forget: Deadlines<CallId>,
    last: u64,
}

#[derive(Debug)]
struct Open {
    call: Call,
    plan: Plan,
    ssrc: Ssrc,
    controls: u32,
    // Why we wanted it to end.
    reason: Option<Reason>,
}

impl Calls {
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.forget.next_ms()
    }

    /// The call that a message belongs to by its Call-ID.
    pub fn named(&self, message: &Message<'_>) -> Option<CallId> {
        let name = std::str::from_utf8(message.call_id()?).ok()?;
        self.by_name.get(name).copied()
    }

    fn standing(&self) -> usize {
        self.all.values().filter(|open| open.call.state() != DialogState::Ended).count()
    }
}

impl Platform {
    /// Calls a channel. The outcome is [`Event::CallStarted`] or [`Event::CallOver`].
    ///
    /// # Errors
    /// When the device is not registered, or too many calls stand.
    pub fn call(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        plan: Plan,
        out: &mut Vec<Effect>,
    ) -> Result<CallId, CommandError> {
        let turn = &mut Turn { now, devices, out };
        let peer = self.reach(turn, &plan.device)?;
        if self.calls.all.len() >= CALLS_MAX {
            return Err(CommandError::TooMany);
        }
        let ssrc = self.ssrcs.allocate(plan.purpose())?;
        let profile = devices.profile(&plan.device);
        let sdp = plan.offer(&profile, ssrc).write();
        let (call_id, tag, branch) = (self.tokens.text(), self.tokens.text(), self.tokens.branch());
        let setup = CallSetup {
            call_id: &call_id,
            local_tag: &tag,
            local_uri: &self.settings.uri(),
            remote_uri: &format!("sip:{}@{}", plan.channel, peer.address),
            contact: &self.settings.contact(&peer),
            via_host: self.settings.via_host(&peer),
            // The SSRC begins with 0 for live and 1 for history and is new for each session, as the sender's number must be.
            subject: &format!("{}:{ssrc},{}:0", plan.channel, self.settings.id),
            user_agent: &self.settings.user_agent,
            peer,
        };
        let (call, invite) = Call::invite(&setup, sdp.as_bytes(), branch);
        let CallEffect::Request { branch, method, bytes, to } = invite else {
            return Err(CommandError::NoCall);
        };
        let id = CallId(self.calls.last + 1);
        let pending = Pending { device: plan.device, purpose: Purpose::Call(id) };
        if let Err(error) = self.start(turn, branch, method, bytes, to, pending) {
            self.ssrcs.release(ssrc);
            return Err(error);
        }
        self.calls.last = id.0;
        self.calls.by_name.insert(call_id, id);
        self.calls.by_device.insert((plan.device, id));
        self.calls.all.insert(id, Open { call, plan, ssrc, controls: 0, reason: None });
        Ok(id)
    }

    /// Ends a call. The outcome is [`Event::CallOver`]; nothing when it is over already.
    pub fn hang_up(&mut self, now: Now, devices: &dyn Devices, call: CallId, out: &mut Vec<Effect>) {
        self.end_call(&mut Turn { now, devices, out }, call, Reason::HungUp);
    }

    /// Controls a playback. The outcome is [`Event::Controlled`].
    ///
    /// # Errors
    /// When the call does not stand.
    pub fn control(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        call: CallId,
        action: Action,
        out: &mut Vec<Effect>,
    ) -> Result<(), CommandError> {
        let turn = &mut Turn { now, devices, out };
        let branch = self.tokens.branch();
        self.follow(turn, call);
        let open = self.calls.all.get_mut(&call).ok_or(CommandError::NoCall)?;
        open.controls += 1;
        let body = mansrtsp::Request { cseq: open.controls, action }.write();
        let info = open.call.info(mansrtsp::CONTENT_TYPE, body.as_bytes(), branch);
        let Some(CallEffect::Request { branch, method, bytes, to }) = info else {
            return Err(CommandError::NoCall);
        };
        let pending = Pending { device: open.plan.device, purpose: Purpose::Control(call) };
        self.start(turn, branch, method, bytes, to, pending)
    }

    /// Says BYE in a dialog that was stored by an earlier life of this platform, or whose BYE was not answered. The outcome is
    /// [`Event::Healed`].
    ///
    /// # Errors
    /// When the device is not registered.
    pub fn heal(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        device: GbId,
        mut identity: DialogIdentity,
        out: &mut Vec<Effect>,
    ) -> Result<(), CommandError> {
        let turn = &mut Turn { now, devices, out };
        let peer = self.reach(turn, &device)?;
        identity.peer = peer;
        let branch = self.tokens.branch();
        let bytes = healing_bye(&mut identity, self.settings.via_host(&peer), branch);
        let pending = Pending { device, purpose: Purpose::Heal(identity.call_id) };
        self.start(turn, branch, Method::Bye, bytes, peer, pending)
    }

    /// Calls that are not over.
    pub fn calls_standing(&self) -> usize {
        self.calls.standing()
    }

    /// SSRCs in use.
    pub fn ssrcs_in_use(&self, purpose: SsrcPurpose) -> usize {
        self.ssrcs.in_use(purpose)
    }

    pub(super) fn end_call(&mut self, turn: &mut Turn<'_>, id: CallId, reason: Reason) {
        let branch = self.tokens.branch();
        self.follow(turn, id);
        let Some(open) = self.calls.all.get_mut(&id) else { return };
        open.reason.get_or_insert(reason);
        let effects = open.call.hang_up(branch);
        self.apply(turn, id, effects, None);
    }

    /// Has a call speak to where its device was last heard: it may have moved, or come back over a new connection.
    fn follow(&mut self, turn: &Turn<'_>, id: CallId) {
        let Some(device) = self.calls.all.get(&id).map(|open| open.plan.device) else { return };
        if let (Ok(peer), Some(open)) = (self.reach(turn, &device), self.calls.all.get_mut(&id)) {
            open.call.move_to(peer);
        }
    }

    /// A device is gone: so are its calls.
    pub(super) fn end_calls_of(&mut self, turn: &mut Turn<'_>, device: GbId) {
        let span = (device, CallId(0))..=(device, CallId(u64::MAX));
        let calls: Vec<CallId> = self.calls.by_device.range(span).map(|(_, id)| *id).collect();
        for id in calls {
            self.end_call(turn, id, Reason::Offline);
        }
    }

    /// A recording has been sent to its end. Some devices say so under another Call-ID (WVP#1469): then the playback of that channel is meant.
    pub(super) fn file_ended(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        about: CatalogId,
        message: &Message<'_>,
    ) {
        let is_its = |id: &CallId| {
            self.calls.all.get(id).is_some_and(|open| {
                open.plan.purpose() == SsrcPurpose::History
                    && open.call.state() == DialogState::Confirmed
                    && (about == open.plan.channel.into() || about == open.plan.device.into())
            })
        };
        let span = (device, CallId(0))..=(device, CallId(u64::MAX));
        let named = self.calls.named(message).filter(|id| self.calls.by_device.contains(&(device, *id)));
        let meant = named.or_else(|| self.calls.by_device.range(span).map(|(_, id)| *id).find(is_its));
        if let Some(id) = meant {
            self.end_call(turn, id, Reason::FileEnd);
        }
    }

    /// A request inside a call of a device; false when it has no such call.
    pub(super) fn call_request(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        from: Peer,
        request: &Message<'_>,
    ) -> bool {
        let branch = self.tokens.branch();
        let Some(id) = self.calls.named(request) else { return false };
        let Some(open) = self.calls.all.get_mut(&id).filter(|open| open.plan.device == device) else {
            return false;
        };
        let effects = open.call.on_request(request, from, branch);
        self.apply(turn, id, effects, Some(request));
        true
    }

    /// A response that only its call can make something of.
    pub(super) fn call_response(&mut self, turn: &mut Turn<'_>, from: Peer, response: &Message<'_>) {
        if let Some(id) = self.calls.named(response) {
            self.advance(turn, id, response, from);
        }
    }

    /// An INVITE, BYE or CANCEL has its final answer, or none came.
    pub(super) fn call_answered(
        &mut self,
        turn: &mut Turn<'_>,
        id: CallId,
        method: Method,
        answer: Option<(&Message<'_>, Peer)>,
    ) {
        if let Some((response, from)) = answer {
            self.advance(turn, id, response, from);
            return;
        }
        let branch = self.tokens.branch();
        let Some(open) = self.calls.all.get_mut(&id) else { return };
        let effects = open.call.on_timed_out(method, branch);
        self.apply(turn, id, effects, None);
    }

    pub(super) fn control_answered(
        turn: &mut Turn<'_>,
        call: CallId,
        status: u16,
        answer: Option<&Message<'_>>,
    ) {
        let said = answer.and_then(|message| Control::parse(message.body).ok());
        let answer = match said {
            Some(Control::Response(response)) => Some(response),
            Some(Control::Request(_)) | None => None,
        };
        turn.tell(Event::Controlled { call, status, answer });
    }

    fn advance(&mut self, turn: &mut Turn<'_>, id: CallId, response: &Message<'_>, from: Peer) {
        let branch = self.tokens.branch();
        let Some(open) = self.calls.all.get_mut(&id) else { return };
        let effects = open.call.on_response(response, from, branch);
        self.apply(turn, id, effects, Some(response));
    }

    /// Does what a call wants done. `cause` is the message in hand.
    fn apply(
        &mut self,
        turn: &mut Turn<'_>,
        id: CallId,
        effects: Vec<CallEffect>,
        cause: Option<&Message<'_>>,
    ) {
        for effect in effects {
            let Some(device) = self.calls.all.get(&id).map(|open| open.plan.device) else { return };
            match effect {
                CallEffect::Request { branch, method, bytes, to } => {
                    let pending = Pending { device, purpose: Purpose::Call(id) };
                    if self.start(turn, branch, method, bytes, to, pending).is_err() {
                        self.call_answered(turn, id, method, None);
                    }
                }
                CallEffect::Send { bytes, to } => {
                    self.diagnosis.note_bytes(device, turn.now.unix_ms, &bytes);
                    self.answer(turn, bytes, to);
                }
                CallEffect::Tell(CallEvent::Started) => self.call_started(turn, id, cause),
                CallEffect::Tell(CallEvent::Over(end)) => self.call_over(turn, id, end),
                CallEffect::Tell(CallEvent::Info) => {
                    // One peer says the end of the file by INFO instead of MESSAGE.
                    if let Some(message) = cause {
                        self.take_body(turn, device, message);
                    }
                }
            }
        }
    }

    fn call_started(&mut self, turn: &mut Turn<'_>, id: CallId, cause: Option<&Message<'_>>) {
        let Some(open) = self.calls.all.get(&id) else { return };
        let profile = turn.devices.profile(&open.plan.device);
        let body = cause.map_or(&b""[..], |message| message.body);
        let identity = open.call.identity().clone();
        let started = started::started(id, &open.plan, open.ssrc, &profile, body, identity);
        turn.tell(Event::CallStarted(Box::new(started)));
    }

    fn call_over(&mut self, turn: &mut Turn<'_>, id: CallId, end: CallEnd) {
        let Some(open) = self.calls.all.get(&id) else { return };
        self.ssrcs.release(open.ssrc);
        self.calls.forget.set(id, Some(turn.now_ms() + REMEMBERED_MS));
        let reason = match (open.reason, end) {
            (Some(reason), _) => reason,
            (None, CallEnd::Failed { status: 408 }) => Reason::NoAnswer,
            (None, CallEnd::Failed { status }) => Reason::Refused { status },
            (None, CallEnd::Ended | CallEnd::Unconfirmed) => Reason::ByDevice,
        };
        let unconfirmed = (end == CallEnd::Unconfirmed).then(|| Box::new(open.call.identity().clone()));
        turn.tell(Event::CallOver { call: id, reason: CallOver { reason, unconfirmed } });
    }

    /// Forgets calls that have been over for long enough.
    pub(super) fn forget_calls(&mut self, turn: &Turn<'_>) {
        while let Some(id) = self.calls.forget.pop_due(turn.now_ms()) {
            if let Some(open) = self.calls.all.remove(&id) {
                self.calls.by_name.remove(&open.call.identity().call_id);
                self.calls.by_device.remove(&(open.plan.device, id));
            }
        }
    }
}
