//! What connections may cost.

/// Limits of the connections of one endpoint. Those that we open ourselves count towards the whole, not towards an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at once. Beyond it new ones are closed as they come.
    pub connections_max: usize,
    /// Of these from one IPv4 address or one IPv6 network of 64 bits.
    pub connections_per_address_max: usize,
    /// Seconds without a byte received after which a connection is closed.
    pub idle_s: u64,
    /// Seconds after which a connection is closed that nobody vouched for.
    pub unproven_s: u64,
    /// Bytes that may wait to be written on one connection.
    pub send_queue_bytes_max: usize,
}

impl Default for Limits {
    /// For a platform: a whole city's recorders, a school behind one address, three missed signs of life of a device that gives one every
    /// two minutes, the minute in which a REGISTER is answered, and a catalog query many times over.
    fn default() -> Self {
        Self {
            connections_max: 200_000,
            connections_per_address_max: 1_024,
            idle_s: 400,
            unproven_s: 60,
            send_queue_bytes_max: 256 * 1024,
        }
    }
}
