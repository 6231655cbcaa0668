//! Who may speak: entered devices by their address, those that knock, who is connected, what was counted. In memory, because a frame must not wait
//! for the rows.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::{TransmitterId, UnitId};
use gb26875::Address;
use jiff::Timestamp;
use store::TransmitterRecord;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::orders::Addressed;
use super::standing::Knock;

/// Most addresses that knock at a time; above, the one that knocked longest ago is forgotten.
const KNOCKS_MAX: usize = 1000;

/// An entered device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entered {
    pub(super) id: TransmitterId,
    pub(super) unit_id: UnitId,
    pub(super) address: Address,
    pub(super) simulated: bool,
}

/// The line of a device that is connected.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) orders: mpsc::Sender<Addressed>,
    /// Ends the connection; a newer one of the same address does.
    pub(super) end: CancellationToken,
}

/// What has been counted since the start.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) connections: AtomicUsize,
    pub(super) refused: AtomicU64,
    pub(super) frames: AtomicU64,
    pub(super) repeated: AtomicU64,
    pub(super) denied: AtomicU64,
    pub(super) unknown: AtomicU64,
    pub(super) rubbish_bytes: AtomicU64,
}

/// The desk of fire facilities.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    entered: Mutex<HashMap<Address, Entered>>,
    knocks: Mutex<HashMap<Address, (Knock, CancellationToken)>>,
    lines: Mutex<HashMap<TransmitterId, Line>>,
    heard: Mutex<HashMap<TransmitterId, Timestamp>>,
    listens: Mutex<Vec<SocketAddr>>,
    numbers: AtomicU64,
    pub(super) counters: Counters,
    /// One settles at a time, so that what came first is raised first.
    pub(super) settling: tokio::sync::Mutex<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Takes the rows for what is entered. Who was changed, removed or switched off is hung up on and has to connect anew.
    pub(super) fn enter_all(&self, records: &[TransmitterRecord]) {
        let entered: HashMap<Address, Entered> = records
            .iter()
            .filter(|record| !record.disabled)
            .filter_map(|record| {
                let address = record.address.parse().ok()?;
                let (id, unit_id, simulated) = (record.id, record.unit_id, record.simulated);
                Some((address, Entered { id, unit_id, address, simulated }))
            })
            .collect();
        let before = std::mem::replace(&mut *lock(&self.entered), entered.clone());
        for (address, was) in before {
            if entered.get(&address) != Some(&was)
                && let Some(line) = lock(&self.lines).remove(&was.id)
            {
                line.end.cancel();
            }
        }
        // Who was denied until now connects anew and tells how everything is.
        lock(&self.knocks).retain(|address, (_, end)| {
            let is_entered = entered.contains_key(address);
            if is_entered {
                end.cancel();
            }
            !is_entered
        });
    }

    pub(super) fn find(&self, address: Address) -> Option<Entered> {
        lock(&self.entered).get(&address).cloned()
    }

    pub(super) fn all(&self) -> Vec<Entered> {
        lock(&self.entered).values().cloned().collect()
    }

    /// Notes a knock on the connection that `end` ends; whether it is the first.
    pub(super) fn knock(
        &self,
        address: Address,
        (peer, end): (SocketAddr, &CancellationToken),
        now: Timestamp,
    ) -> bool {
        let mut knocks = lock(&self.knocks);
        if let Some((knock, its_end)) = knocks.get_mut(&address) {
            (knock.peer, knock.last_at, knock.knocks) = (peer, now, knock.knocks.saturating_add(1));
            *its_end = end.clone();
            return false;
        }
        if knocks.len() >= KNOCKS_MAX
            && let Some(oldest) =
                knocks.values().min_by_key(|(knock, _)| knock.last_at).map(|(knock, _)| knock.address)
        {
            knocks.remove(&oldest);
        }
        let knock = Knock { address, peer, first_at: now, last_at: now, knocks: 1 };
        knocks.insert(address, (knock, end.clone()));
        true
    }

    pub(super) fn knocks(&self) -> Vec<Knock> {
        let mut knocks: Vec<Knock> = lock(&self.knocks).values().map(|(knock, _)| knock.clone()).collect();
        knocks.sort_by_key(|knock| std::cmp::Reverse(knock.last_at));
        knocks
    }

    /// A number for a connection: later ones are larger.
    pub(super) fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A device speaks on this line from now on; an older line of it ends.
    pub(super) fn take_line(&self, id: TransmitterId, line: &Line) {
        if let Some(older) = lock(&self.lines).insert(id, line.clone())
            && older.number != line.number
        {
            older.end.cancel();
        }
    }

    /// The line of a device ended; true where it had no newer one.
    pub(super) fn drop_line(&self, id: TransmitterId, number: u64) -> bool {
        let mut lines = lock(&self.lines);
        let is_last = lines.get(&id).is_some_and(|line| line.number == number);
        if is_last {
            lines.remove(&id);
        }
        is_last
    }

    pub(super) fn line(&self, id: TransmitterId) -> Option<Line> {
        lock(&self.lines).get(&id).cloned()
    }

    /// Something was heard of a device.
    pub(super) fn heard(&self, id: TransmitterId, now: Timestamp) {
        lock(&self.heard).insert(id, now);
    }

    /// When a device was last heard; one that is asked about for the first time counts as heard now.
    pub(super) fn heard_at(&self, id: TransmitterId, now: Timestamp) -> Timestamp {
        *lock(&self.heard).entry(id).or_insert(now)
    }

    pub(super) fn listens_on(&self, address: SocketAddr) {
        lock(&self.listens).push(address);
    }

    pub(super) fn listens(&self) -> Vec<SocketAddr> {
        lock(&self.listens).clone()
    }
}
