//! What happens when nothing arrives.

use super::effect::{Effect, Event};
use super::outgoing::Purpose;
use super::turn::Turn;
use super::{Devices, Platform};
use crate::id::GbId;
use crate::manscdp::{Body, Message as Manscdp};
use crate::sip::{Now, Outcome};

impl Platform {
    /// Repeats, expires and refreshes what is due.
    pub fn on_timer(&mut self, now: Now, devices: &dyn Devices, out: &mut Vec<Effect>) {
        let turn = &mut Turn { now, devices, out };
        self.intake_timer(turn);
        let mut sends = Vec::new();
        let ended = self.transactions.on_timer(now.mono_ms, &mut sends);
        turn.out.extend(sends.into_iter().map(|(bytes, to)| Effect::Send { bytes, to }));
        for (_, method, outcome) in ended {
            if let Outcome::TimedOut { context } = outcome {
                self.finish(turn, context, method, 408, None);
            }
        }
        let mut effects = Vec::new();
        self.registrar.on_timer(now, &mut effects);
        self.registrar_effects(turn, effects);
        for answer in self.catalogs.expire(turn.now_ms()) {
            turn.tell(Event::Catalog(answer));
        }
        self.records.expire(turn.now_ms());
        self.pump_records(turn);
        self.expire_questions(turn);
        self.refresh_subscriptions(turn);
        self.forget_calls(turn);
        self.look_at_voices(turn);
    }

    /// When [`Platform::on_timer`] has something to do, monotonic milliseconds.
    pub fn next_deadline_ms(&self) -> u64 {
        let earliest = [
            self.catalogs.deadline_ms(),
            self.records.deadline_ms(),
            self.intake.next_deadline_ms(),
            self.transactions.next_deadline_ms(),
            self.questions.next_deadline_ms(),
            self.subscriptions.next_deadline_ms(),
            self.calls.next_deadline_ms(),
            self.voices.next_deadline_ms(),
        ];
        earliest.into_iter().flatten().min().map_or(self.registrar.next_deadline_ms(), |earliest| {
            earliest.min(self.registrar.next_deadline_ms())
        })
    }

    /// Asks a late device for a sign of life. A question in MESSAGE, because OPTIONS is unknown to many; any answer is life.
    pub(super) fn probe(&mut self, turn: &mut Turn<'_>, device: GbId) {
        let message = Manscdp::new(self.next_sn(), device, Body::DeviceStatusQuery);
        // When it cannot be sent, the device falls silent and comes back at its next word.
        let _ = self.send_message(turn, device, &message, Purpose::Nothing);
    }
}
