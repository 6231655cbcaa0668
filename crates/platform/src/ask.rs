//! A request to a desk: who is asking, when, and from where (for the audit register).

use domain::access::Access;
use jiff::Timestamp;

/// Who asks, when, from where.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who, and how far they see.
    pub access: Access,
    /// Time of the request.
    pub now: Timestamp,
    /// Ties log lines, audit rows and answers together.
    pub request_id: Option<String>,
    /// Peer address.
    pub address: Option<String>,
}

impl Ask {
    /// The platform acting by itself.
    pub fn platform(now: Timestamp) -> Self {
        Self { access: Access::PLATFORM, now, request_id: None, address: None }
    }
}
