//! What a person looks at when devices complain.

/// Counts since the start, except where another thing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Datagrams received.
    pub datagrams: u64,
    /// Datagrams not sent because the system's buffer was full.
    pub datagrams_dropped: u64,
    /// Datagrams not sent because there is no way or no such socket, and errors of receiving.
    pub datagrams_failed: u64,
    /// Connections open now.
    pub connections: u64,
    /// Connections accepted.
    pub accepted: u64,
    /// Connections closed at once, over a limit.
    pub refused: u64,
    /// Failures to accept: mostly a process out of file descriptors.
    pub accept_failed: u64,
    /// Connections closed because nothing was heard.
    pub closed_idle: u64,
    /// Connections closed because nobody vouched for them.
    pub closed_unproven: u64,
    /// Connections closed because their peer did not read.
    pub closed_full: u64,
}
