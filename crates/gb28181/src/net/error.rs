//! Why an endpoint has no sockets.

use std::io;
use std::net::SocketAddr;

/// An address that cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open {transport} {address}: {source}")]
pub struct BindError {
    /// `UDP` or `TCP`.
    pub transport: &'static str,
    /// The address asked for.
    pub address: SocketAddr,
    /// What the system says.
    pub source: io::Error,
}

impl BindError {
    /// For an address of this transport.
    pub(super) fn of(transport: &'static str, address: SocketAddr) -> impl Fn(io::Error) -> Self {
        move |source| Self { transport, address, source }
    }
}
