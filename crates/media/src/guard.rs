//! The one way out: names are looked up for every connection, so every address is looked at for every connection. A name that points
//! elsewhere the next time (DNS rebinding) gains nothing by it.

use std::fmt;
use std::io;

use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::reach::Egress;

/// Looks up names for an HTTP agent and hands out admitted addresses only.
pub struct Guarded {
    inner: DefaultResolver,
    egress: Egress,
}

impl Guarded {
    /// One that admits what `egress` does.
    pub fn new(egress: Egress) -> Self {
        Self { inner: DefaultResolver::default(), egress }
    }
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guarded")
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut admitted = self.empty();
        for address in found.iter().filter(|address| self.egress.admits(address.ip())) {
            admitted.push(*address);
        }
        if admitted.is_empty() {
            Err(Error::Io(refused(uri.host().unwrap_or_default())))
        } else {
            Ok(admitted)
        }
    }
}

fn refused(host: &str) -> io::Error {
    let text = format!("{host} leads to no address that may be contacted");
    io::Error::new(io::ErrorKind::PermissionDenied, text)
}
