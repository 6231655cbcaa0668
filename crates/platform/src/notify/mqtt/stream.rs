//! What a broker is spoken with over: a bare connection, or TLS on it.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::super::channel::Fault;
use super::super::http::Http;
use super::super::line::{Encryption, Server};

/// Both ways, whatever lies below.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Connects, and encrypts where that is asked for.
pub(super) async fn open(server: &Server, out: &Http) -> Result<Box<dyn Stream>, Fault> {
    let bare = server.connect(out).await?;
    if server.encryption == Encryption::Off {
        return Ok(Box::new(bare));
    }
    let roots = roots(server).await?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Fault::lasting(format!("no TLS: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(server.host.clone())
        .map_err(|_| Fault::lasting(format!("{} is no name that a certificate could be for", server.host)))?;
    let encrypted = TlsConnector::from(Arc::new(config)).connect(name, bare).await;
    Ok(Box::new(
        encrypted.map_err(|error| Fault::passing(format!("no TLS with {}: {error}", server.name())))?,
    ))
}

async fn roots(server: &Server) -> Result<RootCertStore, Fault> {
    let Some(pem) = server.authority_pem().await? else {
        return Ok(webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect());
    };
    let mut roots = RootCertStore::empty();
    let bad = |why: String| Fault::lasting(format!("no certificates of an authority: {why}"));
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| bad(error.to_string()))?;
        roots.add(certificate).map_err(|error| bad(error.to_string()))?;
    }
    if roots.is_empty() { Err(bad("the file holds none".to_owned())) } else { Ok(roots) }
}
