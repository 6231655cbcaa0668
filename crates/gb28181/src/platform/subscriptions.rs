//! Subscriptions (9.11): kept alive inside their dialog, begun anew when the device has forgotten them or comes back.

use std::collections::HashMap;

use super::effect::{Effect, Event};
use super::outgoing::{Dialog, Pending, Purpose};
use super::questions::CommandError;
use super::turn::Turn;
use super::{Devices, Platform};
use crate::deadlines::Deadlines;
use crate::id::GbId;
use crate::manscdp::alarm::{AlarmPriority, AlarmQuery};
use crate::manscdp::catalog::CatalogQuery;
use crate::manscdp::mobile_position::MobilePositionQuery;
use crate::manscdp::{Body, CONTENT_TYPE, Message as Manscdp};
use crate::sip::{Message, Method, NameAddr, Now, limits::TOKEN_BYTES_MAX};

/// Asked life of a subscription, in seconds. The standard's 600 is a request of every device each eight minutes; an hour is as safe, because
/// a device that comes back is subscribed to again.
const EXPIRES_S: u32 = 3_600;

/// Shortest life that is believed.
const EXPIRES_S_MIN: u32 = 60;

/// Pause before another try.
const RETRY_MS: u64 = 60_000;

/// Longest pause after a device came back, so that a whole site is not asked at once.
const SPREAD_MS: u64 = 8_000;

/// Subscriptions held.
const SUBSCRIPTIONS_MAX: usize = 600_000;

/// What may be subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Changes of the catalog.
    Catalog,
    /// Alarms.
    Alarm,
    /// Positions, each so many seconds.
    Position {
        /// Seconds between two.
        interval_s: u32,
    },
}

impl Topic {
    fn name(self) -> &'static str {
        match self {
            Self::Catalog => "Catalog",
            Self::Alarm => "Alarm",
            Self::Position { .. } => "MobilePosition",
        }
    }

    fn body(self) -> Body {
        match self {
            Self::Catalog => Body::CatalogQuery(CatalogQuery::default()),
            Self::Alarm => Body::AlarmQuery(AlarmQuery {
                start_priority: Some(AlarmPriority::First),
                end_priority: Some(AlarmPriority::Fourth),
                ..AlarmQuery::default()
            }),
            Self::Position { interval_s } => {
                Body::MobilePositionQuery(MobilePositionQuery { interval_s: Some(interval_s) })
            }
        }
    }
}

/// All subscriptions.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    held: HashMap<(GbId, Topic), Subscription>,
    by_device: HashMap<GbId, Vec<Topic>>,
    deadlines: Deadlines<(GbId, Topic)>,
}

#[derive(Debug, Default)]
struct Subscription {
    call_id: String,
    local_tag: String,
    remote_tag: String,
    cseq: u32,
    holds: bool,
}

impl Subscriptions {
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.deadlines.next_ms()
    }

    /// Forgets everything about a device.
    pub fn forget(&mut self, device: &GbId) {
        for topic in self.by_device.remove(device).unwrap_or_default() {
            self.held.remove(&(*device, topic));
            self.deadlines.set((*device, topic), None);
        }
    }

    /// Forgets the dialog of a subscription and has another begun later.
    fn begin_anew(&mut self, key: (GbId, Topic), at_ms: u64) {
        self.held.insert(key, Subscription::default());
        self.deadlines.set(key, Some(at_ms));
    }

    /// Which subscription a dialog belongs to.
    fn of_dialog(&self, device: &GbId, call_id: &[u8]) -> Option<Topic> {
        let topics = self.by_device.get(device)?;
        let is_its = |topic: &&Topic| {
            self.held.get(&(*device, **topic)).is_some_and(|held| held.call_id.as_bytes() == call_id)
        };
        topics.iter().find(is_its).copied()
    }
}

impl Platform {
    /// Subscribes, and keeps subscribed until told otherwise: through expiry, refusal, absence and restart of the device.
    ///
    /// # Errors
    /// When too many are held. A device that is away is subscribed to when it comes.
    pub fn subscribe(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        device: GbId,
        topic: Topic,
        out: &mut Vec<Effect>,
    ) -> Result<(), CommandError> {
        let turn = &mut Turn { now, devices, out };
        let key = (device, topic);
        if self.subscriptions.held.contains_key(&key) {
            return Ok(());
        }
        if self.subscriptions.held.len() >= SUBSCRIPTIONS_MAX {
            return Err(CommandError::TooMany);
        }
        self.subscriptions.held.insert(key, Subscription::default());
        self.subscriptions.by_device.entry(device).or_default().push(topic);
        self.send_subscribe(turn, device, topic, EXPIRES_S);
        Ok(())
    }

    /// Ends a subscription.
    pub fn unsubscribe(
        &mut self,
        now: Now,
        devices: &dyn Devices,
        device: GbId,
        topic: Topic,
        out: &mut Vec<Effect>,
    ) {
        let turn = &mut Turn { now, devices, out };
        if self.subscriptions.held.get(&(device, topic)).is_some_and(|held| held.holds) {
            self.send_subscribe(turn, device, topic, 0);
        }
        self.subscriptions.held.remove(&(device, topic));
        self.subscriptions.deadlines.set((device, topic), None);
        if let Some(topics) = self.subscriptions.by_device.get_mut(&device) {
            topics.retain(|held| *held != topic);
            if topics.is_empty() {
                self.subscriptions.by_device.remove(&device);
            }
        }
    }

    /// Sends SUBSCRIBE: the first of a dialog, or a refresh, or with `expires_s` 0 the last.
    fn send_subscribe(&mut self, turn: &mut Turn<'_>, device: GbId, topic: Topic, expires_s: u32) {
        let Ok(peer) = self.reach(turn, &device) else { return };
        let (branch, sn) = (self.tokens.branch(), self.next_sn());
        let names = (self.tokens.text(), self.tokens.text());
        let Some(held) = self.subscriptions.held.get_mut(&(device, topic)) else { return };
        if held.call_id.is_empty() {
            (held.call_id, held.local_tag) = names;
        }
        held.cseq += 1;
        let (call_id, local_tag, remote_tag) =
            (held.call_id.clone(), held.local_tag.clone(), held.remote_tag.clone());
        let dialog =
            Dialog { call_id: &call_id, local_tag: &local_tag, remote_tag: &remote_tag, cseq: held.cseq };
        let profile = turn.devices.profile(&device);
        let event = if topic == Topic::Catalog { profile.catalog_event } else { profile.alarm_event };
        let body = Manscdp::new(sn, device, topic.body()).write(profile.dialect);
        let bytes = self
            .request(Method::Subscribe, &device, &peer, branch, &dialog)
            .header("Contact", format!("<{}>", self.settings.contact(&peer)))
            .number("Expires", u64::from(expires_s))
            .header("Event", event.header(topic.name(), sn as u32))
            .body(CONTENT_TYPE, &body);
        let purpose = if expires_s == 0 { Purpose::Nothing } else { Purpose::Subscription(topic) };
        // When the table is full the next deadline tries again.
        let sent = self.start(turn, branch, Method::Subscribe, bytes, peer, Pending { device, purpose });
        let retry_ms = turn.now_ms() + RETRY_MS;
        self.subscriptions.deadlines.set((device, topic), sent.is_err().then_some(retry_ms));
    }

    /// A SUBSCRIBE has its answer.
    pub(super) fn subscribe_answered(
        &mut self,
        turn: &mut Turn<'_>,
        device: GbId,
        topic: Topic,
        status: u16,
        answer: Option<&Message<'_>>,
    ) {
        let key = (device, topic);
        let Some(held) = self.subscriptions.held.get_mut(&key) else { return };
        let did_hold = held.holds;
        held.holds = status < 300;
        let due_ms = if let Some(answer) = answer.filter(|_| status < 300) {
            if let Some(tag) = answer.to().as_ref().and_then(NameAddr::tag) {
                held.remote_tag =
                    String::from_utf8_lossy(&tag[..tag.len().min(TOKEN_BYTES_MAX)]).into_owned();
            }
            let life_s = answer.expires_s().unwrap_or(EXPIRES_S).clamp(EXPIRES_S_MIN, EXPIRES_S);
            turn.now_ms() + u64::from(life_s) * 800
        } else {
            // The device does not know the dialog any more, or never did: a new one.
            *held = Subscription::default();
            turn.now_ms() + if did_hold { 1_000 } else { RETRY_MS }
        };
        self.subscriptions.deadlines.set(key, Some(due_ms));
        if did_hold != (status < 300) {
            turn.tell(Event::Subscription { device, topic, holds: status < 300 });
        }
    }

    /// The device ended a subscription by its NOTIFY.
    pub(super) fn notify_ended(&mut self, turn: &mut Turn<'_>, device: GbId, call_id: &[u8]) {
        let Some(topic) = self.subscriptions.of_dialog(&device, call_id) else { return };
        self.subscriptions.begin_anew((device, topic), turn.now_ms() + RETRY_MS);
        turn.tell(Event::Subscription { device, topic, holds: false });
    }

    /// A device is there again: it may have forgotten everything.
    pub(super) fn resubscribe(&mut self, turn: &Turn<'_>, device: GbId) {
        let topics = self.subscriptions.by_device.get(&device).cloned().unwrap_or_default();
        for topic in topics {
            let spread_ms = self.tokens.number() % SPREAD_MS;
            self.subscriptions.begin_anew((device, topic), turn.now_ms() + spread_ms);
        }
    }

    /// Refreshes what is due.
    pub(super) fn refresh_subscriptions(&mut self, turn: &mut Turn<'_>) {
        while let Some((device, topic)) = self.subscriptions.deadlines.pop_due(turn.now_ms()) {
            self.send_subscribe(turn, device, topic, EXPIRES_S);
        }
    }
}
