//! What was wrong on the way, counted for the page where a person looks for the reason of a bad picture.

/// Counters since the receiver was made; they only rise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Packets that the sequence numbers show to be missing.
    pub lost_packets: u64,
    /// Packets that came after they had been given up.
    pub late_packets: u64,
    /// Packets that came twice.
    pub duplicate_packets: u64,
    /// Times that a sender began to count anew.
    pub restarts: u64,
    /// Times that another SSRC took over.
    pub ssrc_changes: u64,
    /// Packets of a sender that is not ours, on a shared port.
    pub foreign_packets: u64,
    /// Datagrams, or places in a byte stream, that are no RTP.
    pub bad_packets: u64,
    /// Pieces of SIP that came to the media port.
    pub sip_messages: u64,
    /// Times that the packets of a byte stream had to be searched for.
    pub resyncs: u64,
    /// Bytes thrown away in these searches.
    pub skipped_bytes: u64,
    /// Packets of private payload types, e.g. 40 of Hikvision.
    pub private_packets: u64,
    /// Packets with a vendor's own container instead of a program stream.
    pub foreign_containers: u64,
    /// Fragments and aggregates of elementary streams that cannot be read.
    pub bad_payloads: u64,
    /// What was wrong inside.
    pub program: crate::ps::Faults,
}
