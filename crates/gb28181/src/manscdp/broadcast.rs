//! Speaking to a place: who wants to speak to whom (9.12, A.2.5.5). The voice itself is a session that the device opens.

use super::block::block;
use crate::id::GbId;

block! {
    /// `Broadcast`.
    pub struct Broadcast {
        /// Who speaks.
        source: GbId = "SourceID",
        /// The voice output, or the device.
        target: GbId = "TargetID",
    }
}
