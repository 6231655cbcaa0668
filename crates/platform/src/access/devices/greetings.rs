//! Greetings: a device that has come is asked who it is, what it has, and to report changes by itself; so is every device after a restart of
//! ours, because subscriptions end with the process that holds them.
//!
//! Some at a time. After a power cut a whole city registers within a minute, and a recorder that has just started answers slowly. And one
//! question first: a device that does not hear us is spared the others, each of which would be repeated ten times, until it registers again.

use std::collections::{HashMap, HashSet, VecDeque};

use gb28181::id::GbId;
use gb28181::manscdp::Body;
use gb28181::platform::{CommandError, Failure, Ticket, Topic};
use tracing::debug;

use super::line::Endpoint;

/// A catalogue older than this is asked for again.
const CATALOGUE_FRESH_S: i64 = 24 * 3_600;
/// Devices greeted at a time.
const GREETED_AT_ONCE: usize = 64;
/// How long a place among these is held for a device that does not answer.
const PATIENCE_MS: u64 = 5_000;

/// Who waits for a greeting, and who has been greeted and not answered yet.
#[derive(Debug, Default)]
pub(super) struct Greetings {
    queue: VecDeque<GbId>,
    queued: HashSet<GbId>,
    greeted: HashMap<GbId, u64>,
    /// First questions that are open.
    first: HashMap<Ticket, GbId>,
    /// Who did not hear the first question.
    deaf: HashSet<GbId>,
}

impl Greetings {
    /// A device answered: its place is free.
    pub(super) fn answered(&mut self, device: &GbId) {
        self.greeted.remove(device);
    }

    /// Whether a device still has to be greeted, because it did not hear us the last time.
    pub(super) fn is_owed(&self, device: &GbId) -> bool {
        self.deaf.contains(device)
    }

    fn push(&mut self, device: GbId) {
        self.deaf.remove(&device);
        if self.queued.insert(device) {
            self.queue.push_back(device);
        }
    }

    /// The next to be greeted, where there is room.
    fn next(&mut self) -> Option<GbId> {
        if self.greeted.len() >= GREETED_AT_ONCE {
            return None;
        }
        let device = self.queue.pop_front()?;
        self.queued.remove(&device);
        Some(device)
    }
}

impl Endpoint {
    /// Has a device greeted when its turn comes.
    pub(super) fn greet_later(&mut self, device: GbId) {
        self.facts.greetings.push(device);
    }

    /// Greets the next devices.
    pub(super) fn greet_some(&mut self) {
        let now_ms = self.now().mono_ms;
        self.facts.greetings.greeted.retain(|_, until_ms| *until_ms > now_ms);
        while let Some(device) = self.facts.greetings.next() {
            self.greet(device);
        }
    }

    /// What is subscribed to was changed by a person: what is no longer wanted ends, and what is new begins where the device is there.
    pub(super) fn subscribe_anew(&mut self, device: GbId, before: &[Topic]) {
        let now = self.now();
        let after = self.directory.get(&device).map(|entry| entry.sort.topics()).unwrap_or_default();
        for topic in before.iter().filter(|topic| !after.contains(topic)) {
            self.protocol.unsubscribe(now, &self.directory, device, *topic, &mut self.effects);
            self.facts.subscribed.remove(&(device, *topic));
        }
        let is_more = after.iter().any(|topic| !before.contains(topic));
        if is_more && self.protocol.registrar().is_registered(&device) {
            self.greet_later(device);
            self.greet_some();
        }
    }

    /// Asks who it is. The answer is read as it passes by, as all answers here.
    fn greet(&mut self, device: GbId) {
        let now = self.now();
        let node = (device, device.into());
        let held = now.mono_ms + PATIENCE_MS;
        match self.protocol.ask(now, &self.directory, node, Body::DeviceInfoQuery, &mut self.effects) {
            Ok(ticket) => {
                self.facts.greetings.first.insert(ticket, device);
                self.facts.greetings.greeted.insert(device, held);
            }
            // Somebody is asking already.
            Err(CommandError::Busy) => self.ask_further(device),
            // Its place is held all the same, so that nobody takes turns with itself.
            Err(CommandError::TooMany) => {
                self.facts.greetings.push(device);
                self.facts.greetings.greeted.insert(device, held);
            }
            // Gone again: its next registration asks.
            Err(error) => debug!(%device, %error, "not greeted"),
        }
    }

    /// A question is over: if it was the first of a greeting, the others follow.
    pub(super) fn greeted(&mut self, ticket: Ticket, failure: Option<Failure>) {
        let Some(device) = self.facts.greetings.first.remove(&ticket) else { return };
        if failure == Some(Failure::NoAnswer) {
            self.facts.greetings.deaf.insert(device);
        } else {
            self.ask_further(device);
        }
    }

    fn ask_further(&mut self, device: GbId) {
        let now = self.now();
        let Some(entry) = self.directory.get(&device) else { return };
        let is_fresh = self.surroundings.now().as_second() - entry.catalogue_s() < CATALOGUE_FRESH_S;
        let topics = entry.sort.topics();
        let mut waits = false;
        if !is_fresh {
            let node = (device, device.into());
            match self.protocol.ask_catalog(now, &self.directory, node, &mut self.effects) {
                Ok(_) => waits = true,
                Err(CommandError::TooMany) => self.facts.greetings.push(device),
                Err(error) => debug!(%device, %error, "catalogue not asked for"),
            }
        }
        for topic in topics {
            let topic = self.protocol.subscribe(now, &self.directory, device, topic, &mut self.effects);
            // A full table is told by its size; a device without a subscription still reports by MESSAGE.
            waits |= topic.is_ok();
        }
        if waits {
            self.facts.greetings.greeted.insert(device, now.mono_ms + PATIENCE_MS);
        }
    }
}
