//! Listening: the socket, the rule that passwords never cross a network in the clear, and an orderly end.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use platform::Platform;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::app::App;

/// Time that requests in progress get when the server stops.
const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// How the server listens.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Address and port.
    pub listen: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed; empty: none.
    pub trusted_proxies: Vec<IpAddr>,
    /// True when a proxy in front speaks TLS with the browsers.
    pub tls_upstream: bool,
    /// Token of `/metrics`; none switches it off.
    pub metrics_token: Option<String>,
}

/// Why the server does not run.
#[derive(Debug, Error)]
pub enum ServerError {
    /// Passwords would cross the network in the clear.
    #[error(
        "refusing to listen on {0} without TLS: listen on 127.0.0.1, or put a TLS proxy in front and set tls_upstream = true"
    )]
    NotPrivate(SocketAddr),
    /// Somebody else has the port.
    #[error("{address}: the port is in use; stop the other program or choose another port")]
    PortInUse {
        /// The address.
        address: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The socket failed while serving.
    #[error("serving on {address} failed: {source}")]
    Serve {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// A listener that has its port and does not answer yet, so that "in use" is said before anything else is started.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    config: ServerConfig,
}

/// Takes the address, if passwords are private on it.
pub async fn bind(config: &ServerConfig) -> Result<Bound, ServerError> {
    let address = config.listen;
    if !address.ip().to_canonical().is_loopback() && !config.tls_upstream {
        return Err(ServerError::NotPrivate(address));
    }
    let wrong = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => ServerError::PortInUse { address },
        _ => ServerError::Listen { address, source },
    };
    let listener = TcpListener::bind(address).await.map_err(wrong)?;
    let address = listener.local_addr().map_err(wrong)?;
    Ok(Bound { listener, address, config: config.clone() })
}

impl Bound {
    /// The address, with the port the system chose where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop`, then lets requests in progress finish.
    pub async fn serve(self, platform: Platform, stop: CancellationToken) -> Result<(), ServerError> {
        let address = self.address;
        info!(%address, "listening");
        let router = App::new(platform, self.config, stop.clone()).router();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let asked = stop.clone();
        let serving = axum::serve(self.listener, service)
            .with_graceful_shutdown(async move { asked.cancelled().await });
        tokio::select! {
            served = serving => served.map_err(|source| ServerError::Serve { address, source }),
            () = late(stop) => {
                warn!("some requests did not finish in time");
                Ok(())
            }
        }
    }
}

async fn late(stop: CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(FINISH_WITHIN).await;
}
