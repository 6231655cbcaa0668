//! What all conversations share: limits, reach, the clock, and a source of nonces.

use super::address::OnvifAddress;
use super::clock::DeviceClock;
use super::device::Device;
use super::error::OnvifError;
use super::facts::DeviceFacts;
use crate::address::Credentials;
use crate::camera::Clock;
use crate::reach::Reach;
use crate::reply::ReplyLimits;
use sha1::{Digest as _, Sha1};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the caller decides.
#[derive(Clone)]
pub struct OnvifSettings {
    /// Which hosts may be asked.
    pub reach: Reach,
    /// For every answer.
    pub limits: ReplyLimits,
    /// Our time.
    pub clock: Clock,
    /// 32 random bytes that nonces are made of; new ones at every start.
    pub nonce_key: [u8; 32],
}

/// Asks ONVIF devices. Cheap to clone; clones share their nonces.
#[derive(Debug, Clone)]
pub struct OnvifClient {
    settings: Arc<OnvifSettings>,
    nonces: Arc<AtomicU64>,
}

impl fmt::Debug for OnvifSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnvifSettings")
            .field("reach", &self.reach)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl OnvifClient {
    /// A client; nothing is asked yet.
    pub fn new(settings: OnvifSettings) -> Self {
        Self { settings: Arc::new(settings), nonces: Arc::new(AtomicU64::new(0)) }
    }

    /// Greets the device: its clock, then where its services are. Sends no password to a device that does not ask for it.
    /// A refused password is tried once and not again, because devices lock accounts.
    pub async fn open(
        &self,
        address: OnvifAddress,
        credentials: Option<Credentials>,
    ) -> Result<Device, OnvifError> {
        Device::open(self.clone(), address, credentials).await
    }

    /// [`Self::open`] and [`Device::facts`].
    pub async fn probe(
        &self,
        address: OnvifAddress,
        credentials: Option<Credentials>,
    ) -> Result<DeviceFacts, OnvifError> {
        self.open(address, credentials).await?.facts().await
    }

    /// Asks only for the clock, which needs no password: whether ONVIF is spoken here. The device's time less ours in milliseconds;
    /// `None` where it does not tell.
    pub async fn greet(&self, address: &OnvifAddress) -> Result<Option<i64>, OnvifError> {
        let device = Device::at(self.clone(), address.clone(), None)?;
        let clock = DeviceClock::ask(&device).await?;
        Ok(clock.skew_ms())
    }

    pub(super) fn reach(&self) -> Reach {
        self.settings.reach
    }

    pub(super) fn limits(&self) -> ReplyLimits {
        self.settings.limits
    }

    pub(super) fn now_us(&self) -> i64 {
        (self.settings.clock)()
    }

    /// Sixteen bytes that no other question bears.
    pub(super) fn nonce(&self) -> [u8; 16] {
        let count = self.nonces.fetch_add(1, Ordering::Relaxed);
        let hash = Sha1::new()
            .chain_update(self.settings.nonce_key)
            .chain_update(count.to_be_bytes())
            .chain_update(self.now_us().to_be_bytes())
            .finalize();
        let mut nonce = [0; 16];
        nonce.copy_from_slice(&hash[..16]);
        nonce
    }
}
