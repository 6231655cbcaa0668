//! The encrypted side of listeners that stories start: certificates of the folder `certificates`, for `localhost`.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// A connection, encrypted or not.
pub trait Both: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

/// Vouches for [`acceptor`].
pub fn authority() -> PathBuf {
    certificate("authority.pem")
}

/// Vouches for nobody.
pub fn other_authority() -> PathBuf {
    certificate("other-authority.pem")
}

/// Speaks TLS as `localhost`.
pub fn acceptor() -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_file(certificate("server.pem")).unwrap()];
    let key = PrivatePkcs8KeyDer::from(std::fs::read(certificate("server-key.der")).unwrap());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

fn certificate(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desk/certificates")).join(name)
}
