//! What an earlier life of the platform knew: the devices, their registrations, and the dialogs that nobody ended. Read in pages before the
//! line opens, so that the first packet meets a table that knows its sender.

use std::collections::{HashMap, HashSet};

use domain::device::{DeviceReason, DeviceState, Transport};
use gb28181::edition::Edition;
use gb28181::id::GbId;
use gb28181::registrar::{Binding, Presence};
use gb28181::sip::{Channel, DialogIdentity, Peer};
use store::Registrant;

use super::directory::Directory;
use super::line::wire_id;
use super::settings::AccessSettings;
use crate::{Platform, PlatformError};

/// Everything that was known.
pub(super) struct Memory {
    pub(super) directory: Directory,
    /// Registrations that may still hold.
    pub(super) bindings: Vec<Binding>,
    /// Dialogs whose device must be told their end.
    pub(super) unhealed: Vec<(GbId, DialogIdentity)>,
    /// Call-IDs of dialogs whose device is no more.
    pub(super) orphans: Vec<String>,
}

impl Memory {
    pub(super) async fn read(platform: &Platform, settings: &AccessSettings) -> Result<Self, PlatformError> {
        let store = &platform.inner.store;
        let realm = &settings.id.as_str()[..10];
        let mut memory = Self {
            directory: Directory::new(realm, settings.commissioning_password.as_deref()),
            bindings: Vec::new(),
            unhealed: Vec::new(),
            orphans: Vec::new(),
        };
        let dialogs = store.open_dialogs().await?;
        let in_dialog: HashSet<_> = dialogs.iter().map(|open| open.device_id).collect();
        let mut by_id = HashMap::new();
        let mut after = None;
        loop {
            let page = store.all_devices(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.gb_id);
            for row in &page {
                memory.directory.put(row, &platform.inner.seal);
                if in_dialog.contains(&row.id) {
                    by_id.insert(row.id, wire_id(&row.gb_id));
                }
                memory.bindings.extend(stored_binding(row, &memory.directory).filter(|_| !row.disabled));
            }
        }
        for open in dialogs {
            match (by_id.get(&open.device_id), DialogIdentity::from_text(&open.dialog)) {
                (Some(device), Some(identity)) => memory.unhealed.push((*device, identity)),
                _ => memory.orphans.push(open.call_id),
            }
        }
        Ok(memory)
    }
}

fn stored_binding(row: &Registrant, directory: &Directory) -> Option<Binding> {
    let seen = row.seen.as_ref()?;
    let stored = seen.binding.as_ref()?;
    let device = wire_id(&row.gb_id);
    let is_gone = matches!(seen.reason, Some(DeviceReason::Expired | DeviceReason::Unregistered));
    let presence = match seen.state {
        DeviceState::Online => Presence::Online,
        DeviceState::Offline if !is_gone => Presence::Silent,
        _ => return None,
    };
    let channel = match stored.transport {
        Transport::Udp => Channel::Udp { socket: 0 },
        // Numbers begin at 1, so that this one is nobody's.
        Transport::Tcp => Channel::Tcp { connection: 0 },
    };
    // Renewals are written when half of the life on disk is over; so the true end may be half a life later.
    let life_ms = stored.expires_at.as_millisecond() - stored.registered_at.as_millisecond();
    Some(Binding {
        device,
        peer: Peer { address: stored.address.parse().ok()?, channel },
        expires_unix_ms: stored.expires_at.as_millisecond() + life_ms / 2,
        version: stored
            .version
            .as_deref()
            .and_then(|text| Edition::parse(text.as_bytes()))
            .unwrap_or_default(),
        terms: directory.get(&device)?.sort.profile.terms(),
        presence,
    })
}
