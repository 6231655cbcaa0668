//! What the protocol tells, and what is done about it at once: answers go to whoever waits, everything that has to be written goes to the
//! clerk, a device that has just come is asked who it is and what it has.

use std::collections::{HashMap, HashSet};

use domain::device::{DeviceReason, DeviceState, Transport};
use domain::ids::DeviceId;
use gb28181::answers::Answer;
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::Body;
use gb28181::manscdp::catalog::CatalogItem;
use gb28181::manscdp::mobile_position::Position;
use gb28181::platform::{Effect, Event, Topic};
use gb28181::registrar::{Binding, Change, Presence};
use gb28181::sip::Channel;
use jiff::Timestamp;
use store::{DeviceBinding, DeviceSeen, OpenDialog};
use tracing::{debug, info};

use super::clerk::Note;
use super::greetings::Greetings;
use super::line::{Endpoint, own_id};

/// How long devices on TCP have to connect again after a restart of ours, from its beginning.
const COME_BACK_MS: u64 = 90_000;
/// Devices of which facts are kept.
const FACTS_MAX: usize = 16_384;

/// What is known for the diagnosis of a device and kept nowhere else.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Children that a device said do not work.
    pub(super) faulty: HashMap<GbId, Vec<CatalogId>>,
    /// Where a device last said it was.
    pub(super) positions: HashMap<GbId, Position>,
    /// Subscriptions that hold.
    pub(super) subscribed: HashSet<(GbId, Topic)>,
    /// The outcome of the last question for the catalogue: items, announced, complete.
    pub(super) catalogues: HashMap<GbId, (usize, Option<u32>, bool)>,
    /// How the last call to a device ended, in words, and what helps.
    pub(super) calls_over: HashMap<GbId, (String, &'static str)>,
    /// Dialogs of an earlier life that their device has not yet been told the end of.
    pub(super) unhealed: HashMap<GbId, Vec<gb28181::sip::DialogIdentity>>,
    pub(super) greetings: Greetings,
    /// Devices on TCP that were there before a restart.
    pub(super) expected: Vec<GbId>,
}

impl Endpoint {
    /// Does what the protocol wants done, until it wants nothing more.
    pub(super) fn act(&mut self) {
        while !self.effects.is_empty() {
            for effect in std::mem::take(&mut self.effects) {
                match effect {
                    Effect::Send { bytes, to } => self.sockets.send(&bytes, to),
                    Effect::Close { connection } => self.sockets.close(connection),
                    Effect::Tell(event) => self.happened(event),
                }
            }
        }
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Presence { device, change } => self.presence(device, change),
            Event::Waiting { device } => info!(%device, "an unknown GB/T 28181 id knocks"),
            Event::WrongPassword { device } => self.wrong_password(device),
            Event::Unwell { device, faulty } => note_fact(&mut self.facts.faulty, device, faulty),
            Event::Catalog(answer) => self.catalogue(answer),
            Event::CatalogNews { device, items } => self.catalogue_news(device, items),
            Event::Recordings(result) => {
                if let Some(waiting) = self.searches.remove(&result.id) {
                    let _ = waiting.send(result);
                }
            }
            Event::Answered { ticket, device, body } => {
                if let Some(Body::DeviceInfo(info)) = &body {
                    self.told_who_it_is(device, info);
                }
                if let Some(waiting) = self.answers.remove(&ticket) {
                    let _ = waiting.send(Ok(body));
                }
                self.greeted(ticket, None);
            }
            Event::Failed { ticket, failure, .. } => {
                self.greeted(ticket, Some(failure));
                if let Some(waiting) = self.answers.remove(&ticket) {
                    let _ = waiting.send(Err(failure));
                }
            }
            Event::Alarm { device, point, alarm } => self.alarm(device, point, alarm),
            Event::Positions { device, positions } => {
                if let Some(last) = positions.into_iter().next_back() {
                    note_fact(&mut self.facts.positions, device, last);
                }
            }
            Event::News { device, message } => {
                if let Body::SnapShotsUploaded(told) = &message.body
                    && told.files.as_ref().is_none_or(|files| files.ids.is_empty())
                {
                    self.uploads.give_up(&told.session);
                }
                debug!(%device, command = message.body.cmd_type(), "a notification without a reader");
            }
            Event::Subscription { device, topic, holds } => {
                self.facts.greetings.answered(&device);
                if holds && self.facts.subscribed.len() < FACTS_MAX * 4 {
                    self.facts.subscribed.insert((device, topic));
                } else {
                    self.facts.subscribed.remove(&(device, topic));
                }
            }
            Event::CallStarted(started) => self.call_started(*started),
            Event::Controlled { call, status, .. } => self.controlled(call, status),
            Event::CallOver { call, reason } => self.call_over(call, reason),
            Event::VoiceStarted(started) => self.voice_started(*started),
            Event::VoiceOver { voice, over } => self.voice_over(voice, over),
            Event::Healed { call_id, is_known } => {
                if is_known {
                    self.tray.note(Note::DialogOver(call_id));
                }
            }
        }
    }

    fn presence(&mut self, device: GbId, change: Change) {
        let now = self.now();
        let Some(binding) = self.protocol.registrar().binding(&device, now) else { return };
        if let (Channel::Tcp { connection }, Change::Registered | Change::Renewed | Change::Returned) =
            (binding.peer.channel, change)
        {
            self.sockets.vouch(connection);
        }
        if matches!(change, Change::Registered | Change::Renewed) {
            self.directory.learn(&device, Some(binding.version), None);
        }
        let at = self.surroundings.now();
        let Some(entry) = self.directory.get_mut(&device) else { return };
        if matches!(change, Change::Registered | Change::Renewed) {
            entry.registered(at);
        }
        let (id, seen) = (entry.id, seen(&binding, change, at, entry.registered_at()));
        if change != Change::Renewed || self.is_worth_writing(device, &seen) {
            self.note_written(device, &seen);
            self.tray.state(id, seen);
        }
        if matches!(change, Change::Registered | Change::Returned) {
            self.heal(device);
        }
        let is_back = matches!(change, Change::Renewed | Change::Returned);
        if change == Change::Registered || is_back && self.facts.greetings.is_owed(&device) {
            self.greet_later(device);
            self.greet_some();
        }
    }

    /// Whether a renewed registration has to be written: only where the one on disk has less than half of its life left. Some devices register
    /// again every minute. A restart gives what is on disk half a life more, see [`super::memory`].
    fn is_worth_writing(&self, device: GbId, seen: &DeviceSeen) -> bool {
        let (Some(entry), Some(binding)) = (self.directory.get(&device), &seen.binding) else { return true };
        let life_s = binding.expires_at.as_second() - binding.registered_at.as_second();
        entry.written_until_s() - binding.registered_at.as_second() < life_s / 2
    }

    fn note_written(&mut self, device: GbId, seen: &DeviceSeen) {
        if let (Some(entry), Some(binding)) = (self.directory.get_mut(&device), &seen.binding) {
            entry.written_until(binding.expires_at);
        }
    }

    fn wrong_password(&mut self, device: GbId) {
        let Some(entry) = self.directory.get(&device) else { return };
        if self.protocol.registrar().is_registered(&device) {
            return;
        }
        let since = self.surroundings.now();
        let seen = DeviceSeen { state: DeviceState::Unauthorised, reason: None, since, binding: None };
        self.tray.state(entry.id, seen);
    }

    fn told_who_it_is(&mut self, device: GbId, info: &gb28181::manscdp::device_info::DeviceInfo) {
        self.facts.greetings.answered(&device);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        self.directory.learn(&device, None, Some((text(&info.manufacturer), text(&info.model))));
        let Some(entry) = self.directory.get(&device) else { return };
        let told = store::DeviceInfo {
            maker: info.manufacturer.clone(),
            model: info.model.clone(),
            firmware: info.firmware.clone(),
        };
        self.tray.note(Note::Info { device: entry.id, info: told });
    }

    fn catalogue(&mut self, answer: Answer<CatalogItem>) {
        let device = answer.device;
        self.facts.greetings.answered(&device);
        let complete = answer.is_complete();
        note_fact(&mut self.facts.catalogues, device, (answer.items.len(), answer.sum_num, complete));
        let at = self.surroundings.now();
        if let Some(entry) = self.directory.get_mut(&device) {
            if complete {
                entry.catalogue_complete(at);
            }
            let id = entry.id;
            self.tray.note(Note::Catalogue { device: id, of: device, items: answer.items, complete });
        }
        self.greet_some();
    }

    fn catalogue_news(&mut self, device: GbId, items: Vec<CatalogItem>) {
        if let Some(entry) = self.directory.get(&device) {
            self.tray.note(Note::CatalogueNews { device: entry.id, of: device, items });
        }
    }

    fn alarm(&mut self, device: GbId, point: CatalogId, alarm: Box<gb28181::manscdp::alarm::Alarm>) {
        let Some(entry) = self.directory.get(&device) else { return };
        let words = alarm.words();
        let meaning = entry.sort.profile.meaning_of(point, &alarm);
        let kind = meaning.and_then(|meaning| super::habits::meaning(meaning, &words));
        self.tray.note(Note::Alarm(Box::new(super::clerk::AlarmNote {
            device: entry.id,
            unit_id: entry.unit_id,
            simulated: entry.simulated,
            point,
            alarm: *alarm,
            kind,
            received_at: self.surroundings.now(),
        })));
    }

    /// Writes down who has not come back after a restart: on disk they are online still.
    pub(super) fn miss_expected(&mut self) {
        let now = self.now();
        if now.mono_ms < COME_BACK_MS || self.facts.expected.is_empty() {
            return;
        }
        for device in std::mem::take(&mut self.facts.expected) {
            let Some(binding) = self.protocol.registrar().binding(&device, now) else { continue };
            if let (Presence::Silent, Some(entry)) = (binding.presence, self.directory.get(&device)) {
                let at = self.surroundings.now();
                let seen = seen(&binding, Change::ConnectionLost, at, entry.registered_at());
                self.tray.state(entry.id, seen);
            }
        }
    }

    /// Tells a device that is back the end of dialogs that an earlier life of the platform left open.
    pub(super) fn heal(&mut self, device: GbId) {
        let now = self.now();
        for identity in self.facts.unhealed.remove(&device).unwrap_or_default() {
            let healed =
                self.protocol.heal(now, &self.directory, device, identity.clone(), &mut self.effects);
            if healed.is_err() {
                self.facts.unhealed.entry(device).or_default().push(identity);
            }
        }
    }

    /// A dialog stands and will be a row until it is over.
    pub(super) fn remember_dialog(
        &mut self,
        device: DeviceId,
        channel: &GbId,
        purpose: domain::device::DialogPurpose,
        identity: &gb28181::sip::DialogIdentity,
    ) {
        self.tray.note(Note::Dialog(OpenDialog {
            call_id: identity.call_id.clone(),
            device_id: device,
            channel_gb_id: Some(own_id(channel)),
            purpose,
            dialog: identity.to_text(),
            opened_at: self.surroundings.now(),
        }));
    }
}

/// Keeps a fact about a device, as long as there is room.
pub(super) fn note_fact<T>(facts: &mut HashMap<GbId, T>, device: GbId, fact: T) {
    if facts.len() < FACTS_MAX || facts.contains_key(&device) {
        facts.insert(device, fact);
    }
}

/// What a change of presence is in a row.
fn seen(binding: &Binding, change: Change, at: Timestamp, registered_at: Timestamp) -> DeviceSeen {
    let (state, reason) = match change {
        Change::Registered | Change::Renewed | Change::Returned | Change::Moved => {
            (DeviceState::Online, None)
        }
        Change::FellSilent => (DeviceState::Offline, Some(DeviceReason::KeepaliveMissed)),
        Change::ConnectionLost => (DeviceState::Offline, Some(DeviceReason::ConnectionLost)),
        Change::Expired => (DeviceState::Offline, Some(DeviceReason::Expired)),
        Change::Unregistered => (DeviceState::Offline, Some(DeviceReason::Unregistered)),
    };
    let transport = match binding.peer.channel {
        Channel::Udp { .. } => Transport::Udp,
        Channel::Tcp { .. } => Transport::Tcp,
    };
    let stored = DeviceBinding {
        address: binding.peer.address.to_string(),
        transport,
        version: Some(binding.version.as_str().to_owned()),
        registered_at,
        expires_at: Timestamp::from_millisecond(binding.expires_unix_ms).unwrap_or(at),
    };
    DeviceSeen { state, reason, since: at, binding: Some(stored) }
}
