//! What the registrar wants done.

use crate::id::GbId;
use crate::sip::Peer;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send these bytes there.
    Send {
        /// A whole message.
        bytes: Vec<u8>,
        /// Where to.
        to: Peer,
    },
    /// Something about a device changed and is worth storing or showing.
    Changed {
        /// Whose.
        device: GbId,
        /// What.
        change: Change,
    },
    /// A device is late. Ask it something (OPTIONS, DeviceStatus): an answer is life. Some devices of 2022 send no keep-alive at all after
    /// their registration (WVP#2006).
    Probe {
        /// Who.
        device: GbId,
    },
    /// An id that nobody approved knocked for the first time; see [`super::Registrar::waiting`].
    Waiting {
        /// Who.
        device: GbId,
    },
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is there: registered after it was not.
    Registered,
    /// Registered again in time. Only the expiry moved; storing it may wait.
    Renewed,
    /// Heard again while its registration was still good.
    Returned,
    /// Its address changed.
    Moved,
    /// Silent for all its keep-alives.
    FellSilent,
    /// Its TCP connection broke.
    ConnectionLost,
    /// Its registration ran out.
    Expired,
    /// It said good-bye.
    Unregistered,
}
