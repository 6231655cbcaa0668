//! The table of devices that the protocol asks while a packet is in hand: who may register, with which proof, and how it is spoken to.
//!
//! In memory, because it must not wait for anything; every byte is paid once for each of 200 000 devices, so what devices share is held
//! once. Passwords are not here: only the hash that the digest of this platform needs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use domain::ids::{DeviceId, UnitId};
use gb28181::digest::ha1_md5;
use gb28181::edition::Edition;
use gb28181::id::GbId;
use gb28181::platform::{Devices, Topic};
use gb28181::profile::DeviceProfile;
use gb28181::registrar::{Admission, Approved, Proof};
use jiff::Timestamp;
use store::Registrant;

use super::habits::Habits;
use super::line::wire_id;
use crate::seal::Seal;

/// One device.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: DeviceId,
    pub(super) unit_id: UnitId,
    pub(super) simulated: bool,
    pub(super) sort: Arc<Sort>,
    // Unix seconds, 0 for never.
    catalogue_s: u32,
    registered_s: u32,
    written_until_s: u32,
    ha1: Option<[u8; 16]>,
    disabled: bool,
}

impl Entry {
    /// When its catalogue was last complete, Unix seconds; 0 for never.
    pub(super) fn catalogue_s(&self) -> i64 {
        i64::from(self.catalogue_s)
    }

    /// Its catalogue came whole.
    pub(super) fn catalogue_complete(&mut self, at: Timestamp) {
        self.catalogue_s = packed(at);
    }

    /// When it registered last, in whole seconds; the epoch before that.
    pub(super) fn registered_at(&self) -> Timestamp {
        Timestamp::from_second(i64::from(self.registered_s)).unwrap_or_default()
    }

    /// It registered.
    pub(super) fn registered(&mut self, at: Timestamp) {
        self.registered_s = packed(at);
    }

    /// Until when the registration on disk holds, Unix seconds.
    pub(super) fn written_until_s(&self) -> i64 {
        i64::from(self.written_until_s)
    }

    /// The registration on disk holds until then.
    pub(super) fn written_until(&mut self, at: Timestamp) {
        self.written_until_s = packed(at);
    }
}

/// A time in half of its bytes, good until 2106.
fn packed(at: Timestamp) -> u32 {
    u32::try_from(at.as_second()).unwrap_or_default()
}

/// What devices of one maker, model, edition and the same changed habits have in common.
#[derive(Debug)]
pub(super) struct Sort {
    edition: Edition,
    pub(super) maker: String,
    model: String,
    habits: Habits,
    pub(super) profile: DeviceProfile,
    subscribes: bool,
    /// Seconds between reports of its position; none: it is not asked for them.
    position_s: Option<u32>,
    /// Which stream of its channels is asked for live, 0 the main one.
    pub(super) live_stream: u8,
    redirect: Option<String>,
}

impl Sort {
    /// What is subscribed to.
    pub(super) fn topics(&self) -> Vec<Topic> {
        let mut topics = Vec::new();
        if self.subscribes {
            topics.extend([Topic::Catalog, Topic::Alarm]);
        }
        topics.extend(self.position_s.map(|interval_s| Topic::Position { interval_s }));
        topics
    }
}

/// The table.
#[derive(Debug, Default)]
pub(super) struct Directory {
    realm: String,
    commissioning: Option<Vec<u8>>,
    entries: HashMap<GbId, Entry>,
    sorts: HashMap<(Edition, String, String, String), Arc<Sort>>,
}

impl Directory {
    pub(super) fn new(realm: &str, commissioning: Option<&str>) -> Self {
        Self {
            realm: realm.to_owned(),
            commissioning: commissioning.map(|password| password.as_bytes().to_vec()),
            ..Self::default()
        }
    }

    /// Enters a device, or anew.
    pub(super) fn put(&mut self, row: &Registrant, seal: &Seal) {
        let gb_id = wire_id(&row.gb_id);
        let secret = row.sealed_secret.as_deref().and_then(|sealed| seal.open(sealed, &row.id.to_string()));
        let binding = row.seen.as_ref().and_then(|seen| seen.binding.as_ref());
        let version = binding.and_then(|binding| binding.version.as_deref());
        let edition = version.and_then(|version| Edition::parse(version.as_bytes())).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let told = (edition, text(&row.info.maker), text(&row.info.model));
        // What a device told a moment ago is not in its row yet.
        let known = self.entries.get(&gb_id).filter(|known| known.id == row.id);
        let (edition, maker, model) = known.map_or(told, |known| {
            let sort = &known.sort;
            (sort.edition, sort.maker.clone(), sort.model.clone())
        });
        let times =
            known.map_or([0; 3], |known| [known.catalogue_s, known.registered_s, known.written_until_s]);
        let sort = self.sort(edition, maker, model, &row.profile);
        let entry = Entry {
            id: row.id,
            unit_id: row.unit_id,
            simulated: row.simulated,
            sort,
            catalogue_s: row
                .catalogue
                .filter(|catalogue| catalogue.complete)
                .map_or(0, |catalogue| packed(catalogue.at))
                .max(times[0]),
            registered_s: binding.map_or(0, |binding| packed(binding.registered_at)).max(times[1]),
            written_until_s: binding.map_or(0, |binding| packed(binding.expires_at)).max(times[2]),
            ha1: secret.map(|secret| ha1_md5(gb_id.as_bytes(), self.realm.as_bytes(), secret.as_bytes())),
            disabled: row.disabled,
        };
        self.entries.insert(gb_id, entry);
    }

    pub(super) fn remove(&mut self, device: &GbId) {
        self.entries.remove(device);
    }

    pub(super) fn get(&self, device: &GbId) -> Option<&Entry> {
        self.entries.get(device)
    }

    pub(super) fn get_mut(&mut self, device: &GbId) -> Option<&mut Entry> {
        self.entries.get_mut(device)
    }

    /// Every device, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&GbId, &Entry)> {
        self.entries.iter()
    }

    /// Devices in the table.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// A device registered under an edition, or told its maker: it may have to be spoken to otherwise.
    pub(super) fn learn(&mut self, device: &GbId, edition: Option<Edition>, maker: Option<(String, String)>) {
        let Some(entry) = self.entries.get(device) else { return };
        let known = Arc::clone(&entry.sort);
        let (maker, model) = maker.unwrap_or_else(|| (known.maker.clone(), known.model.clone()));
        let edition = edition.unwrap_or(known.edition);
        if (edition, &maker, &model) == (known.edition, &known.maker, &known.model) {
            return;
        }
        let sort = self.sort(edition, maker, model, &known.habits.write());
        if let Some(entry) = self.entries.get_mut(device) {
            entry.sort = sort;
        }
    }

    fn sort(&mut self, edition: Edition, maker: String, model: String, habits_json: &str) -> Arc<Sort> {
        let key = (edition, maker, model, habits_json.to_owned());
        if let Some(known) = self.sorts.get(&key) {
            return Arc::clone(known);
        }
        // Devices choose maker and model: what nobody uses any more makes room.
        if self.sorts.len() > 4_096 {
            self.sorts.retain(|_, sort| Arc::strong_count(sort) > 1);
        }
        let habits = Habits::read(habits_json);
        let sort = Arc::new(Sort {
            edition,
            profile: habits.profile(edition, &key.1, &key.2),
            maker: key.1.clone(),
            model: key.2.clone(),
            subscribes: habits.subscribes.unwrap_or(true),
            position_s: habits.position_s,
            live_stream: habits.stream(),
            redirect: habits.redirect.as_ref().map(|node| format!("sip:{node}")),
            habits,
        });
        self.sorts.insert(key, Arc::clone(&sort));
        sort
    }
}

impl Devices for Directory {
    fn admission(&self, device: &GbId) -> Admission<'_> {
        let commissioning = || self.commissioning.as_deref().map(|word| Proof::Password(Cow::Borrowed(word)));
        let Some(entry) = self.entries.get(device) else {
            return Admission::Unknown { commissioning: commissioning() };
        };
        match entry.ha1 {
            Some(ha1) if !entry.disabled => Admission::Approved(Approved {
                proof: Proof::Ha1Md5(ha1),
                terms: entry.sort.profile.terms(),
                redirect: entry.sort.redirect.as_deref().map(Cow::Borrowed),
            }),
            Some(_) | None => Admission::Blocked,
        }
    }

    fn profile(&self, device: &GbId) -> Cow<'_, DeviceProfile> {
        match self.entries.get(device) {
            Some(entry) => Cow::Borrowed(&entry.sort.profile),
            None => Cow::Owned(DeviceProfile::default()),
        }
    }
}
