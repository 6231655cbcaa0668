//! One turn of the platform: the time, the table of devices, and where effects go.

use bytes::Bytes;

use super::devices::Devices;
use super::effect::{Effect, Event};
use crate::sip::{Now, Peer};

/// What every step of one call of the owner needs.
pub(super) struct Turn<'a> {
    pub now: Now,
    pub devices: &'a dyn Devices,
    pub out: &'a mut Vec<Effect>,
}

impl Turn<'_> {
    pub fn now_ms(&self) -> u64 {
        self.now.mono_ms
    }

    pub fn send(&mut self, bytes: impl Into<Bytes>, to: Peer) {
        self.out.push(Effect::Send { bytes: bytes.into(), to });
    }

    pub fn tell(&mut self, event: Event) {
        self.out.push(Effect::Tell(event));
    }
}
