//! What is stored of a registration, so that a restart does not send 200 000 devices into a storm of registrations.

use super::admission::Terms;
use super::presence::Presence;
use crate::edition::Edition;
use crate::id::GbId;
use crate::sip::Peer;

/// A registration as it is stored and restored. Devices do not notice a restart: they go on sending keep-alives, and WVP#814 shows what
/// happens to a platform that does not know them any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// Whose.
    pub device: GbId,
    /// Where it was last heard.
    pub peer: Peer,
    /// When the registration runs out, Unix milliseconds.
    pub expires_unix_ms: i64,
    /// What it speaks.
    pub version: Edition,
    /// Its switches.
    pub terms: Terms,
    /// Whether it was there.
    pub presence: Presence,
}
