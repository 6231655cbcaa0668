//! How the desk of fire facilities stands: where it listens, what it counted, who knocks.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use domain::access::{Access, Scope};
use domain::role::Capability;
use gb26875::Address;
use jiff::Timestamp;

use crate::{Ask, Platform, PlatformError};

/// An address that spoke and that nobody has entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// Its address in the protocol.
    pub address: Address,
    /// Where it connects from.
    pub peer: SocketAddr,
    /// First knock.
    pub first_at: Timestamp,
    /// Last knock.
    pub last_at: Timestamp,
    /// How many frames were denied.
    pub knocks: u64,
}

/// What was counted since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransmitterCounts {
    /// Connections now.
    pub connections: usize,
    /// Connections refused because there were too many.
    pub refused: u64,
    /// Frames read.
    pub frames: u64,
    /// Of these, sent again by the device and taken once.
    pub repeated: u64,
    /// Of these, denied.
    pub denied: u64,
    /// Of these, of a type that is not known.
    pub unknown: u64,
    /// Bytes that were no frame.
    pub rubbish_bytes: u64,
}

/// How the desk stands.
#[derive(Debug, Clone)]
pub struct TransmitterStanding {
    /// Where it listens; empty where it does not.
    pub listens: Vec<SocketAddr>,
    /// The centre's own address, which devices are given.
    pub address: Option<Address>,
    /// What was counted, for those who see more than one unit.
    pub counts: Option<TransmitterCounts>,
    /// Addresses that knock, the latest first, for those who may enter them.
    pub knocks: Vec<Knock>,
}

impl Platform {
    /// How the desk stands. An address that knocks has no unit yet, so whoever may enter devices sees all of them.
    pub fn transmitter_standing(&self, ask: &Ask) -> Result<TransmitterStanding, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let desk = &self.inner.transmitters;
        let counters = &desk.counters;
        let sees_region =
            ask.access == Access::PLATFORM || matches!(ask.access.scope, Some(Scope::Region(_)));
        let read = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
        let counts = sees_region.then(|| TransmitterCounts {
            connections: counters.connections.load(Ordering::Relaxed),
            refused: read(&counters.refused),
            frames: read(&counters.frames),
            repeated: read(&counters.repeated),
            denied: read(&counters.denied),
            unknown: read(&counters.unknown),
            rubbish_bytes: read(&counters.rubbish_bytes),
        });
        let knocks = if ask.access.may(Capability::ManageCameras) { desk.knocks() } else { Vec::new() };
        let address = self.inner.settings.transmitters.as_ref().map(|settings| settings.address);
        Ok(TransmitterStanding { listens: desk.listens(), address, counts, knocks })
    }

    /// Where devices are listened to, for who starts simulated ones.
    pub fn transmitter_addresses(&self) -> Vec<SocketAddr> {
        self.inner.transmitters.listens()
    }
}
