//! What was counted: the fault page's first look at a flood, a scanner or a mistyped password.

/// Counts since the registrar was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Challenges sent.
    pub challenged: u64,
    /// Registrations and refreshes accepted.
    pub registered: u64,
    /// Unregistrations accepted.
    pub unregistered: u64,
    /// Keep-alives answered with 200.
    pub keepalives: u64,
    /// Digests that were wrong.
    pub wrong_digest: u64,
    /// Answers with an old nonce, challenged again.
    pub stale_nonce: u64,
    /// Right digests that had been used before, challenged again.
    pub replayed: u64,
    /// Names that are no device id: scanners.
    pub not_an_id: u64,
    /// Ids outside the allowed rules.
    pub not_allowed: u64,
    /// Devices that call themselves by an id of ours.
    pub own_id: u64,
    /// Ids that nobody has approved.
    pub unknown_id: u64,
    /// Ids that somebody has blocked.
    pub blocked_id: u64,
    /// Requests of devices that are not registered, answered with 403.
    pub not_registered: u64,
    /// Requests of registered devices from another address, answered with 403.
    pub moved_address: u64,
    /// Datagrams and requests dropped because their address sent too many.
    pub limited_address: u64,
    /// Requests dropped because their id sent too many.
    pub limited_id: u64,
    /// Refusals not sent, because the address had its share.
    pub silent: u64,
    /// Registrations refused because the table is full.
    pub table_full: u64,
}
