//! A line to a server that is no web server: looked up, admitted and connected, in bounded time, for mail and MQTT.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::channel::Fault;
use super::http::{CONNECT_LIMIT, EXCHANGE_LIMIT, Http};

/// Longest file of certificates read.
const AUTHORITY_BYTES_MAX: u64 = 1 << 20;

/// A server and how it is spoken with.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Name or address; a certificate has to be for it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether others can read along.
    pub encryption: Encryption,
    /// File with the certificates (PEM) of the authority that vouches for it; none: those that browsers know.
    pub authority: Option<PathBuf>,
    /// Who we are there; none where it asks nobody.
    pub login: Option<Login>,
}

/// Name and password at a server.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// Name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// Whether others can read along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte.
    Tls,
    /// TLS after a plain greeting (RFC 3207), and nothing without it. Of mail alone.
    StartTls,
    /// None. Refused except to networks that were named.
    Off,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("name", &self.name()).finish_non_exhaustive()
    }
}

impl Server {
    /// Host and port, for people.
    pub(super) fn name(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// A connection, to an admitted address only.
    pub(super) async fn connect(&self, out: &Http) -> Result<TcpStream, Fault> {
        let mut last = None;
        for address in self.admitted(out).await? {
            match timeout(CONNECT_LIMIT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = Some(error.to_string()),
                Err(_) => last = Some("no connection in time".to_owned()),
            }
        }
        Err(Fault::passing(format!("{}: {}", self.name(), last.unwrap_or_default())))
    }

    /// Looked up for every connection, so that a name that points elsewhere the next time gains nothing by it.
    pub(super) async fn admitted(&self, out: &Http) -> Result<Vec<SocketAddr>, Fault> {
        let found = timeout(CONNECT_LIMIT, tokio::net::lookup_host((self.host.as_str(), self.port))).await;
        let found = found.map_err(|_| Fault::passing(format!("{} is not found in time", self.host)))?;
        let found = found.map_err(|error| Fault::passing(format!("{} is not found: {error}", self.host)))?;
        let admitted: Vec<SocketAddr> = found.filter(|one| out.egress.admits(one.ip())).collect();
        if admitted.is_empty() {
            let why = format!("{} leads to no address that may be contacted", self.host);
            return Err(Fault::lasting(why));
        }
        if self.encryption != Encryption::Off {
            return Ok(admitted);
        }
        let named: Vec<SocketAddr> = admitted
            .into_iter()
            .filter(|one| out.allowed.iter().any(|network| network.contains(one.ip())))
            .collect();
        if named.is_empty() {
            let why = format!(
                "{} is spoken with unencrypted, and lies in no network that notify.allowed_networks names",
                self.host
            );
            return Err(Fault::lasting(why));
        }
        Ok(named)
    }

    /// The certificates of the authority; none where browsers' are meant.
    pub(super) async fn authority_pem(&self) -> Result<Option<Vec<u8>>, Fault> {
        let Some(path) = &self.authority else { return Ok(None) };
        let bad = |why: &str| Fault::lasting(format!("{}: {why}", path.display()));
        let length = tokio::fs::metadata(path).await.map_err(|error| bad(&error.to_string()))?.len();
        if length > AUTHORITY_BYTES_MAX {
            return Err(bad("too long for a file of certificates"));
        }
        tokio::fs::read(path).await.map(Some).map_err(|error| bad(&error.to_string()))
    }
}

/// Waits on a sending thread for an exchange, as long as an exchange may take and no longer.
pub(super) fn wait_for(exchange: impl Future<Output = Result<String, Fault>>) -> Result<String, Fault> {
    Handle::current().block_on(async {
        timeout(EXCHANGE_LIMIT, exchange).await.unwrap_or_else(|_| Err(no_answer(EXCHANGE_LIMIT)))
    })
}

fn no_answer(limit: Duration) -> Fault {
    Fault::passing(format!("no answer within {} s", limit.as_secs()))
}
