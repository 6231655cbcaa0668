//! What the owner of the devices is asked.

use std::borrow::Cow;

use crate::id::GbId;
use crate::profile::DeviceProfile;
use crate::registrar::Admission;

/// The owner's table of devices, in memory: it is asked while a packet is in hand and must not wait for anything.
pub trait Devices {
    /// What it thinks of an id that wants to register.
    fn admission(&self, device: &GbId) -> Admission<'_>;
    /// The habits of a registered device. Its edition stands in its registration ([`crate::registrar::Binding::version`]), from the
    /// first event on that tells of its presence.
    fn profile(&self, device: &GbId) -> Cow<'_, DeviceProfile>;
}
