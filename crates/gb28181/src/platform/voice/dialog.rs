//! The dialog of a voice: the device is the caller, we answer and send.

use super::answer::Wish;
use super::life::{Act, Event as Happening, State, step};
use super::over::{VoiceEnd, VoiceOver};
use super::{CONFIRM_MS, Dialog, Event, VoiceId, VoiceStarted};
use crate::id::GbId;
use crate::platform::Platform;
use crate::platform::outgoing::{Pending, Purpose};
use crate::platform::turn::Turn;
use crate::sdp::Sdp;
use crate::sip::{Call, CallEffect, CallEnd, CallEvent, Message, Method, Peer, bytes_of};
use crate::ssrc::Purpose as SsrcPurpose;

type InHand<'m, 'b> = Option<(&'m Message<'b>, Peer)>;

impl Platform {
    /// An INVITE of a device; false where nobody wants to speak to it.
    pub(in crate::platform) fn voice_invited(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        from: Peer,
        request: &Message<'_>,
    ) -> bool {
        let Some(id) = self.voices.by_device.get(&device).copied() else { return false };
        let is_expected =
            self.voices.all.get(&id).is_some_and(|open| matches!(open.state, State::Asked | State::Awaited));
        let dialog = if is_expected { self.dialog_of(id, from, request) } else { None };
        let event = if dialog.is_some() { Happening::Invited } else { Happening::InvitedInVain };
        if let (Some(dialog), Some(open)) = (dialog, self.voices.all.get_mut(&id)) {
            self.voices.by_name.insert(dialog.call.identity().call_id.clone(), id);
            open.dialog = Some(dialog);
            open.due_ms = Some(turn.now_ms() + CONFIRM_MS);
        }
        self.voice_step(turn, id, event, Some(VoiceEnd::Unfit), Some((request, from)));
        true
    }

    /// What is answered to an INVITE; `None` where it cannot be served.
    fn dialog_of(&mut self, id: VoiceId, from: Peer, request: &Message<'_>) -> Option<Dialog> {
        let offer = Sdp::parse(request.body).ok()?;
        let wish = Wish::read(&offer)?;
        let tag = self.tokens.text();
        let (contact, via) = (self.settings.contact(&from), self.settings.via_host(&from));
        let call = Call::incoming(&bytes_of(request), from, &tag, &contact, via).ok()?;
        let named = wish.ssrc.filter(|ssrc| ssrc.0 != 0);
        let own_ssrc =
            if named.is_none() { Some(self.ssrcs.allocate(SsrcPurpose::Live).ok()?) } else { None };
        let ssrc = named.or(own_ssrc)?;
        let plan = &self.voices.all.get(&id)?.plan;
        let place = (plan.media_host.as_str(), plan.media_port);
        let answer = wish.answer(&offer, self.settings.id, place, ssrc).write();
        let started = VoiceStarted {
            voice: id,
            device: plan.device,
            target: plan.target,
            format: wish.format,
            payload_type: wish.payload_type,
            ssrc,
            transport: wish.transport,
            remote: wish.remote,
            identity: call.identity().clone(),
        };
        Some(Dialog { call, answer, started, own_ssrc })
    }

    /// A request inside the dialog of a voice; false when the device has no such dialog.
    pub(in crate::platform) fn voice_request(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        from: Peer,
        request: &Message<'_>,
    ) -> bool {
        let name = request.call_id().and_then(|name| std::str::from_utf8(name).ok());
        let Some(id) = name.and_then(|name| self.voices.by_name.get(name)).copied() else { return false };
        let branch = self.tokens.branch();
        let open = self.voices.all.get_mut(&id).filter(|open| open.plan.device == device);
        let Some(dialog) = open.and_then(|open| open.dialog.as_mut()) else { return false };
        let effects = dialog.call.on_request(request, from, branch);
        self.apply_voice(turn, id, effects);
        true
    }

    /// Our BYE has its final answer, or none came.
    pub(in crate::platform) fn voice_answered(
        &mut self,
        turn: &mut Turn<'_>,
        id: VoiceId,
        method: Method,
        answer: InHand<'_, '_>,
    ) {
        let branch = self.tokens.branch();
        let open = self.voices.all.get_mut(&id);
        let Some(dialog) = open.and_then(|open| open.dialog.as_mut()) else { return };
        let effects = match answer {
            Some((response, from)) => dialog.call.on_response(response, from, branch),
            None => dialog.call.on_timed_out(method, branch),
        };
        self.apply_voice(turn, id, effects);
    }

    pub(super) fn voice_dialog_timer(&mut self, turn: &mut Turn<'_>, id: VoiceId) {
        let branch = self.tokens.branch();
        let open = self.voices.all.get_mut(&id);
        let Some(dialog) = open.and_then(|open| open.dialog.as_mut()) else { return };
        let effects = dialog.call.on_timer(turn.now_ms(), branch);
        self.apply_voice(turn, id, effects);
    }

    /// Lets something happen to a voice and does what follows. `reason` counts where it is the beginning of the end.
    pub(super) fn voice_step(
        &mut self,
        turn: &mut Turn<'_>,
        id: VoiceId,
        event: Happening,
        reason: Option<VoiceEnd>,
        in_hand: InHand<'_, '_>,
    ) {
        let Some(open) = self.voices.all.get_mut(&id) else { return };
        let decided = step(open.state, event);
        open.state = decided.next;
        if matches!(open.state, State::Speaking | State::Ending) {
            open.due_ms = None;
        }
        if matches!(open.state, State::Ending | State::Over) {
            open.reason = open.reason.or(reason);
            let device = open.plan.device;
            if self.voices.by_device.get(&device) == Some(&id) {
                self.voices.by_device.remove(&device);
            }
        }
        for act in decided.acts {
            self.voice_act(turn, id, *act, in_hand);
        }
        self.voices.plan(id);
    }

    fn voice_act(&mut self, turn: &mut Turn<'_>, id: VoiceId, act: Act, in_hand: InHand<'_, '_>) {
        match act {
            Act::Accept => {
                let open = self.voices.all.get_mut(&id);
                let Some(dialog) = open.and_then(|open| open.dialog.as_mut()) else { return };
                let effects = dialog.call.accept(dialog.answer.as_bytes(), turn.now_ms());
                self.apply_voice(turn, id, effects);
            }
            Act::Refuse => {
                if let Some((request, from)) = in_hand {
                    self.reply(turn, from, request, 488, "Not Acceptable Here");
                }
            }
            Act::EndDialog => {
                let branch = self.tokens.branch();
                let Some(device) = self.voices.all.get(&id).map(|open| open.plan.device) else { return };
                // It may have moved, or come back over a new connection.
                let peer = self.reach(turn, &device);
                let open = self.voices.all.get_mut(&id);
                let Some(dialog) = open.and_then(|open| open.dialog.as_mut()) else { return };
                if let Ok(peer) = peer {
                    dialog.call.move_to(peer);
                }
                let effects = dialog.call.hang_up(branch);
                self.apply_voice(turn, id, effects);
            }
            Act::ReportStarted => {
                let dialog = self.voices.all.get(&id).and_then(|open| open.dialog.as_ref());
                if let Some(started) = dialog.map(|dialog| dialog.started.clone()) {
                    turn.tell(Event::VoiceStarted(Box::new(started)));
                }
            }
            Act::ReportOver => self.voice_over(turn, id),
        }
    }

    fn voice_over(&mut self, turn: &mut Turn<'_>, id: VoiceId) {
        let Some(open) = self.voices.all.remove(&id) else { return };
        let mut unconfirmed = None;
        if let Some(Dialog { call, own_ssrc, .. }) = open.dialog {
            self.voices.by_name.remove(&call.identity().call_id);
            if let Some(ssrc) = own_ssrc {
                self.ssrcs.release(ssrc);
            }
            unconfirmed = open.is_unconfirmed.then(|| Box::new(call.identity().clone()));
        }
        let reason = open.reason.unwrap_or(VoiceEnd::ByDevice);
        turn.tell(Event::VoiceOver { voice: id, over: VoiceOver { reason, unconfirmed } });
    }

    /// Does what the dialog of a voice wants done.
    fn apply_voice(&mut self, turn: &mut Turn<'_>, id: VoiceId, effects: Vec<CallEffect>) {
        for effect in effects {
            let Some(device) = self.voices.all.get(&id).map(|open| open.plan.device) else { return };
            match effect {
                CallEffect::Request { branch, method, bytes, to } => {
                    let pending = Pending { device, purpose: Purpose::Voice(id) };
                    if self.start(turn, branch, method, bytes, to, pending).is_err() {
                        self.voice_answered(turn, id, method, None);
                    }
                }
                CallEffect::Send { bytes, to } => {
                    self.diagnosis.note_bytes(device, turn.now.unix_ms, &bytes);
                    self.answer(turn, bytes, to);
                }
                CallEffect::Tell(CallEvent::Started) => {
                    self.voice_step(turn, id, Happening::Stands, None, None);
                }
                CallEffect::Tell(CallEvent::Over(end)) => {
                    if let Some(open) = self.voices.all.get_mut(&id) {
                        open.is_unconfirmed = end == CallEnd::Unconfirmed;
                    }
                    self.voice_step(turn, id, Happening::DialogOver, Some(VoiceEnd::ByDevice), None);
                }
                CallEffect::Tell(CallEvent::Info) => {}
            }
        }
        self.voices.plan(id);
    }
}
