//! The table of devices and what everybody asks it.

use crate::id::GbId;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;

use super::admission::Terms;
use super::binding::Binding;
use super::buckets::Buckets;
use super::counters::Counters;
use super::effect::{Change, Effect};
use super::presence::{Presence, PresenceEvent, change};
use super::record::{Due, Record};
use super::settings::Settings;
use super::waiting::{Waiting, WaitingList};
use super::wheel::Wheel;
use crate::digest::NonceKey;
use crate::sip::{Now, Peer};

/// The registrar. Its methods are called by one owner; none of them blocks, and each costs a few microseconds.
#[derive(Debug)]
pub struct Registrar {
    pub(super) settings: Settings,
    pub(super) nonces: NonceKey,
    pub(super) counters: Counters,
    pub(super) waiting: WaitingList,
    pub(super) hasher: RandomState,
    pub(super) refusals: Buckets,
    pub(super) by_id: Buckets,
    by_address: Buckets,
    records: Vec<Option<Record>>,
    free: Vec<u32>,
    index: HashMap<GbId, u32>,
    // Address to the device last heard there; a hint that is checked against the record.
    heard_at: HashMap<u64, u32>,
    riders: HashMap<u64, Vec<u32>>,
    wheel: Wheel,
}

impl Registrar {
    /// An empty registrar. `nonce_secret` is 32 random bytes, new at each start: monotonic time begins anew, and nonces carry it.
    pub fn new(settings: Settings, nonce_secret: &[u8; 32], now: Now) -> Self {
        Self {
            nonces: NonceKey::new(nonce_secret),
            counters: Counters::default(),
            waiting: WaitingList::default(),
            hasher: RandomState::new(),
            refusals: Buckets::new(settings.refusal_rate),
            by_id: Buckets::new(settings.id_rate),
            by_address: Buckets::new(settings.address_rate),
            records: Vec::new(),
            free: Vec::new(),
            index: HashMap::new(),
            heard_at: HashMap::new(),
            riders: HashMap::new(),
            wheel: Wheel::new(now.mono_ms),
            settings,
        }
    }

    /// Whether a datagram or a stream frame from this address is worth reading at all. To be asked before anything is parsed.
    pub fn admits(&mut self, now: Now, address: IpAddr) -> bool {
        let admitted = self.by_address.take(now.mono_ms, network(address));
        self.counters.limited_address += u64::from(!admitted);
        admitted
    }

    /// What was counted.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The ids that wait for a decision.
    pub fn waiting(&self) -> impl Iterator<Item = (&GbId, &Waiting)> {
        self.waiting.iter()
    }

    /// Takes an id off the waiting list, because somebody decided.
    pub fn decide(&mut self, device: &GbId) -> Option<Waiting> {
        self.waiting.remove(device)
    }

    /// Devices in the table, those that have just gone included.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// A device's registration as it is now.
    pub fn binding(&self, device: &GbId, now: Now) -> Option<Binding> {
        self.find(device).map(|index| bind(self.record(index), now))
    }

    /// All registrations as they are now, for storage.
    pub fn snapshot(&self, now: Now) -> impl Iterator<Item = Binding> {
        let present = self.records.iter().flatten().filter(|record| record.presence != Presence::Gone);
        present.map(move |record| bind(record, now))
    }

    /// Puts a stored registration back after a restart. A device that was there gets its whole patience again, spread over one interval, so that
    /// neither a storm of registrations nor a wave of offline marks follows. One on TCP is silent until it is back: its connection is gone.
    pub fn restore(&mut self, binding: Binding, now: Now) {
        let left_ms = binding.expires_unix_ms.saturating_sub(now.unix_ms);
        if left_ms <= 0 || binding.presence == Presence::Gone {
            return;
        }
        let Some(index) = self.find_or_add(binding.device, binding.peer, binding.terms, now) else { return };
        let spread_ms = self.hasher.hash_one(binding.device) % binding.terms.interval_ms();
        let longest_ms = u64::from(self.settings.expires_max_s) * 1_000;
        let record = self.record_mut(index);
        record.version = binding.version;
        record.terms = binding.terms;
        record.until_ms = now.mono_ms + (left_ms as u64).min(longest_ms);
        record.heard_ms = now.mono_ms + spread_ms;
        record.presence = if binding.peer.is_datagram() { binding.presence } else { Presence::Silent };
        // Connection numbers of another life name nobody.
        if binding.peer.is_datagram() {
            self.note_address(index);
        }
        self.schedule(index, now);
    }

    /// Changes a device's switches, because somebody edited them.
    pub fn reconfigure(&mut self, device: &GbId, terms: Terms, now: Now) {
        if let Some(index) = self.find(device) {
            self.record_mut(index).terms = terms;
            self.schedule(index, now);
        }
    }

    /// Forgets a device that was deleted or blocked.
    pub fn forget(&mut self, device: &GbId) {
        if let Some(index) = self.find(device) {
            self.remove(index);
        }
    }

    /// A TCP connection ended: everybody on it is silent until heard again (4.3.1: its loss means offline).
    pub fn connection_lost(&mut self, connection: u64, out: &mut Vec<Effect>) {
        for index in self.riders.remove(&connection).unwrap_or_default() {
            let rides = |record: &Record| record.connection() == Some(connection);
            if self.records[index as usize].as_ref().is_some_and(rides) {
                self.happen(index, PresenceEvent::ConnectionLost, out);
            }
        }
    }

    /// Looks at the devices whose time has come.
    pub fn on_timer(&mut self, now: Now, out: &mut Vec<Effect>) {
        while let Some((second, list)) = self.wheel.next_due(now.mono_ms) {
            for index in &list {
                let current = self.records[*index as usize].as_ref();
                if current.is_some_and(|record| Wheel::same_slot(record.check_s, second)) {
                    self.look_at(*index, now, out);
                }
            }
            self.wheel.recycle(second, list);
        }
    }

    /// When [`Registrar::on_timer`] has something to do, monotonic milliseconds.
    pub fn next_deadline_ms(&self) -> u64 {
        self.wheel.next_deadline_ms()
    }

    fn look_at(&mut self, index: u32, now: Now, out: &mut Vec<Effect>) {
        let record = self.record_mut(index);
        record.check_s = 0;
        match self.record(index).due(now.mono_ms, self.settings.keepalive_slack_ms) {
            Due::Later(_) => {}
            Due::Probe => {
                let record = self.record_mut(index);
                record.probed = true;
                out.push(Effect::Probe { device: record.device });
            }
            Due::Missed => self.happen(index, PresenceEvent::Missed, out),
            Due::Expired => self.happen(index, PresenceEvent::Expired, out),
            Due::Forget => {
                self.remove(index);
                return;
            }
        }
        self.schedule(index, now);
    }

    /// Enters a device into the wheel unless it stands there early enough.
    pub(super) fn schedule(&mut self, index: u32, now: Now) {
        let record = self.record(index);
        let due_ms = match record.due(now.mono_ms, self.settings.keepalive_slack_ms) {
            Due::Later(due_ms) => due_ms,
            Due::Probe | Due::Missed | Due::Expired | Due::Forget => now.mono_ms,
        };
        if record.check_s != 0 && u64::from(record.check_s) * 1_000 <= due_ms {
            return;
        }
        let check_s = self.wheel.enter(index, due_ms);
        self.record_mut(index).check_s = check_s;
    }

    /// Applies an event to a device and tells what changed.
    pub(super) fn happen(&mut self, index: u32, event: PresenceEvent, out: &mut Vec<Effect>) {
        let record = self.record_mut(index);
        let (next, told) = change(record.presence, event);
        record.presence = next;
        if let Some(change) = told {
            out.push(Effect::Changed { device: record.device, change });
        }
    }

    /// A valid packet of a device: it lives, and it lives there.
    pub(super) fn hear(&mut self, index: u32, peer: Peer, now: Now, out: &mut Vec<Effect>) {
        let record = self.record_mut(index);
        // A restored device may have been given a little of the future; never take it back.
        record.heard_ms = record.heard_ms.max(now.mono_ms);
        record.probed = false;
        self.move_to(index, peer, out);
        if self.record(index).presence == Presence::Silent {
            self.happen(index, PresenceEvent::Heard, out);
            self.schedule(index, now);
        }
    }

    pub(super) fn move_to(&mut self, index: u32, peer: Peer, out: &mut Vec<Effect>) {
        let record = self.record_mut(index);
        if record.peer == peer {
            return;
        }
        let before = record.peer;
        let moved = before.address != peer.address;
        let old_connection = record.connection();
        record.peer = peer;
        if moved && record.presence != Presence::Gone {
            out.push(Effect::Changed { device: record.device, change: Change::Moved });
        }
        if let Some(list) = old_connection.and_then(|old| self.riders.get_mut(&old)) {
            list.retain(|rider| *rider != index);
            if list.is_empty() {
                self.riders.remove(&old_connection.unwrap_or_default());
            }
        }
        self.forget_address(index, before);
        self.note_address(index);
    }

    /// Remembers where a device is heard.
    pub(super) fn note_address(&mut self, index: u32) {
        let (peer, connection) = (self.record(index).peer, self.record(index).connection());
        self.heard_at.insert(self.hasher.hash_one(peer.address), index);
        if let Some(connection) = connection {
            let riders = self.riders.entry(connection).or_default();
            if !riders.contains(&index) {
                riders.push(index);
            }
        }
    }

    fn forget_address(&mut self, index: u32, peer: Peer) {
        let key = self.hasher.hash_one(peer.address);
        if self.heard_at.get(&key) == Some(&index) {
            self.heard_at.remove(&key);
        }
    }

    /// The device last heard at exactly this address.
    pub(super) fn find_by_peer(&self, peer: &Peer) -> Option<u32> {
        let index = *self.heard_at.get(&self.hasher.hash_one(peer.address))?;
        let record = self.records.get(index as usize)?.as_ref()?;
        (record.peer == *peer).then_some(index)
    }

    pub(super) fn find(&self, device: &GbId) -> Option<u32> {
        self.index.get(device).copied()
    }

    /// The device's place; a new one when there is room.
    pub(super) fn find_or_add(&mut self, device: GbId, peer: Peer, terms: Terms, now: Now) -> Option<u32> {
        if let Some(index) = self.find(&device) {
            return Some(index);
        }
        if self.index.len() >= self.settings.devices_max {
            return None;
        }
        let record = Some(Record::new(device, peer, terms, now));
        let index = if let Some(index) = self.free.pop() {
            self.records[index as usize] = record;
            index
        } else {
            self.records.push(record);
            (self.records.len() - 1) as u32
        };
        self.index.insert(device, index);
        Some(index)
    }

    fn remove(&mut self, index: u32) {
        let Some(record) = self.records[index as usize].take() else { return };
        self.index.remove(&record.device);
        let key = self.hasher.hash_one(record.peer.address);
        if self.heard_at.get(&key) == Some(&index) {
            self.heard_at.remove(&key);
        }
        if let Some(list) = record.connection().and_then(|connection| self.riders.get_mut(&connection)) {
            list.retain(|rider| *rider != index);
        }
        self.free.push(index);
    }

    pub(super) fn record(&self, index: u32) -> &Record {
        self.records[index as usize]
            .as_ref()
            .expect("an index points to a record until the record is removed with it")
    }

    pub(super) fn record_mut(&mut self, index: u32) -> &mut Record {
        self.records[index as usize]
            .as_mut()
            .expect("an index points to a record until the record is removed with it")
    }
}

/// What shares a bucket: an IPv4 address, or the /64 that one IPv6 subscriber owns.
pub(super) fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits() >> 64 << 64,
    }
}

fn bind(record: &Record, now: Now) -> Binding {
    let left_ms = record.until_ms.saturating_sub(now.mono_ms);
    Binding {
        device: record.device,
        peer: record.peer,
        expires_unix_ms: now.unix_ms + left_ms as i64,
        version: record.version,
        terms: record.terms,
        presence: record.presence,
    }
}
