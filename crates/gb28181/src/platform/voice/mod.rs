//! Voices: somebody here speaks through the speaker of a device (9.12).
//!
//! The platform notifies, the device calls back: it alone knows what it can hear and where. So an INVITE of a device is taken only where it
//! answers a notification, from the device that was notified, and within seconds; every other one is refused. [`life`] decides about a voice as
//! a whole, [`Call`] about the dialog inside it. A device has one speaker, so it is spoken to by one voice at a time.

mod answer;
mod dialog;
mod life;
mod over;

use std::collections::HashMap;

pub use answer::VoiceFormat;
pub use over::{VoiceEnd, VoiceOver};

use super::effect::{Effect, Event};
use super::outgoing::Purpose;
use super::questions::{CommandError, Failure};
use super::turn::Turn;
use super::{Devices, Platform};
use crate::deadlines::Deadlines;
use crate::id::GbId;
use crate::manscdp::broadcast::Broadcast;
use crate::manscdp::outcome::Outcome;
use crate::manscdp::{Body, Message as Manscdp};
use crate::profile::MediaTransport;
use crate::sip::{Call, DialogIdentity, Now};
use crate::ssrc::Ssrc;
use life::{Event as Happening, State};

/// How long the INVITE is waited for, from the notification. Who holds a button waits no longer, and devices that call back do so within two.
const INVITE_MS: u64 = 10_000;

/// How long the ACK is waited for.
const CONFIRM_MS: u64 = 10_000;

/// Voices at once: people who speak, not devices.
const VOICES_MAX: usize = 256;

/// Names a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoiceId(pub u64);

/// Whom to speak to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoicePlan {
    /// The registered device.
    pub device: GbId,
    /// Its voice output (type 137), the camera with the speaker, or the device itself.
    pub target: GbId,
    /// Our address for media, as the device can reach it.
    pub media_host: String,
    /// Our port for media, which sends, and is listened on where the device connects.
    pub media_port: u16,
}

/// A voice that stands: sound may flow.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceStarted {
    /// Which.
    pub voice: VoiceId,
    /// To which device.
    pub device: GbId,
    /// To which of its outputs.
    pub target: GbId,
    /// How sound is carried.
    pub format: VoiceFormat,
    /// Under which payload type.
    pub payload_type: u8,
    /// The number that packets bear: the device's, or ours where it named none.
    pub ssrc: Ssrc,
    /// How media go.
    pub transport: MediaTransport,
    /// Where the device listens, or comes from: host and port.
    pub remote: (String, u16),
    /// To be stored, so that the dialog can be ended after a restart; see [`Platform::heal`].
    pub identity: DialogIdentity,
}

/// All voices.
#[derive(Debug, Default)]
pub(super) struct Voices {
    all: HashMap<VoiceId, Open>,
    /// The voice that a device hears or is asked to hear; not one that is ending.
    by_device: HashMap<GbId, VoiceId>,
    by_name: HashMap<String, VoiceId>,
    deadlines: Deadlines<VoiceId>,
    last: u64,
}

#[derive(Debug)]
struct Open {
    plan: VoicePlan,
    state: State,
    sn: u64,
    due_ms: Option<u64>,
    reason: Option<VoiceEnd>,
    is_unconfirmed: bool,
    dialog: Option<Dialog>,
}

/// What came of the device's INVITE.
#[derive(Debug)]
struct Dialog {
    call: Call,
    answer: String,
    started: VoiceStarted,
    /// The number that was taken from ours.
    own_ssrc: Option<Ssrc>,
}

impl Voices {
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.deadlines.next_ms()
    }

    /// Looks at a voice when it or its dialog wants it.
    fn plan(&mut self, id: VoiceId) {
        let due = self.all.get(&id).and_then(|open| {
            let dialog = open.dialog.as_ref().and_then(|dialog| dialog.call.next_deadline_ms());
            [open.due_ms, dialog].into_iter().flatten().min()
        });
        self.deadlines.set(id, due);
    }
}

impl Platform {
    /// Asks a device to listen. The outcome is [`Event::VoiceStarted`] or [`Event::VoiceOver`].
    ///
    /// # Errors
    /// When the device is not registered, somebody speaks to it already ([`CommandError::Busy`]), or too many speak.
    pub fn speak(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        plan: VoicePlan,
        out: &mut Vec<Effect>,
    ) -> Result<VoiceId, CommandError> {
        let turn = &mut Turn { now, devices, out };
        if self.voices.by_device.contains_key(&plan.device) {
            return Err(CommandError::Busy);
        }
        if self.voices.all.len() >= VOICES_MAX {
            return Err(CommandError::TooMany);
        }
        let (id, sn) = (VoiceId(self.voices.last + 1), self.next_sn());
        let broadcast = Broadcast { source: self.settings.id, target: plan.target };
        let message = Manscdp::new(sn, plan.target, Body::Broadcast(broadcast));
        self.send_message(turn, plan.device, &message, Purpose::Broadcast(id))?;
        self.voices.last = id.0;
        self.voices.by_device.insert(plan.device, id);
        let due_ms = Some(turn.now_ms() + INVITE_MS);
        let open =
            Open { plan, state: State::Asked, sn, due_ms, reason: None, is_unconfirmed: false, dialog: None };
        self.voices.all.insert(id, open);
        self.voices.plan(id);
        Ok(id)
    }

    /// Ends a voice. The outcome is [`Event::VoiceOver`]; nothing when it is over already.
    pub fn stop_speaking(&mut self, now: Now, devices: &dyn Devices, voice: VoiceId, out: &mut Vec<Effect>) {
        let turn = &mut Turn { now, devices, out };
        self.voice_step(turn, voice, Happening::HangUp, Some(VoiceEnd::HungUp), None);
    }

    /// Voices that are not over.
    pub fn voices_standing(&self) -> usize {
        self.voices.all.len()
    }

    /// The notification has its final answer.
    pub(super) fn broadcast_sent(&mut self, turn: &mut Turn<'_>, id: VoiceId, failure: Option<Failure>) {
        match failure {
            None => self.voice_step(turn, id, Happening::Taken, None, None),
            Some(Failure::Refused { status }) => {
                self.voice_step(turn, id, Happening::Declined, Some(VoiceEnd::Refused { status }), None);
            }
            Some(_) => self.voice_step(turn, id, Happening::Declined, Some(VoiceEnd::NoAnswer), None),
        }
    }

    /// The device says whether it will listen; false where nobody asked. Many say nothing and call back.
    pub(super) fn broadcast_answered(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        sn: u64,
        outcome: &Outcome,
    ) -> bool {
        let Some(id) = self.voices.by_device.get(&device).copied() else { return false };
        if self.voices.all.get(&id).is_none_or(|open| open.sn != sn) {
            return false;
        }
        if outcome.worked() {
            self.voice_step(turn, id, Happening::Taken, None, None);
        } else {
            self.voice_step(turn, id, Happening::Declined, Some(VoiceEnd::Declined), None);
        }
        true
    }

    /// A device is gone: nobody hears.
    pub(super) fn end_voice_of(&mut self, turn: &mut Turn<'_>, device: GbId) {
        if let Some(id) = self.voices.by_device.get(&device).copied() {
            self.voice_step(turn, id, Happening::Gone, Some(VoiceEnd::Offline), None);
        }
    }

    /// Ends what has been waited for long enough, and repeats answers that were not confirmed.
    pub(super) fn look_at_voices(&mut self, turn: &mut Turn<'_>) {
        while let Some(id) = self.voices.deadlines.pop_due(turn.now_ms()) {
            self.voice_dialog_timer(turn, id);
            let Some(open) = self.voices.all.get_mut(&id) else { continue };
            if open.due_ms.take_if(|due_ms| *due_ms <= turn.now.mono_ms).is_some() {
                let reason = match open.state {
                    State::Asked => VoiceEnd::NoAnswer,
                    State::Awaited => VoiceEnd::NeverInvited,
                    _ => VoiceEnd::NeverConfirmed,
                };
                self.voice_step(turn, id, Happening::Due, Some(reason), None);
            }
            self.voices.plan(id);
        }
    }
}
