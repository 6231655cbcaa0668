//! Why the simulator did not start.

use crate::SimulatorError;
use gb28181::id::GbId;
use gb28181::net::BindError;
use std::net::SocketAddr;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum GbSimulatorError {
    /// Nothing leads to the server.
    #[error("no way to {server}: {source}")]
    NoWay {
        /// The server.
        server: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// A socket cannot be opened.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// A scene or clip cannot be had.
    #[error(transparent)]
    Picture(#[from] SimulatorError),
    /// Two things have one id.
    #[error("the id {0} is given twice")]
    SameId(GbId),
}
