//! The ciphers behind WebRTC, from the libraries that the platform has anyway.
//!
//! The WebRTC library comes with several sets of them. The one in C would need a C compiler and a second TLS library; the one in Rust
//! makes its certificates by that same library. So the joints stand here: hashes and AES-GCM by `ring`, counter mode, which `ring` does
//! not have and every browser speaks, by `aes` and `ctr`, and the handshake by `dimpl` with ciphers in Rust.

mod dtls;
mod srtp;

use ring::{digest, hmac};
use std::sync::Arc;
use str0m::crypto::{CryptoProvider, Sha1HmacProvider, Sha1Provider, Sha256Provider};

/// Bytes of a hash by SHA-1.
const SHA1_BYTES: usize = 20;
/// Bytes of a hash by SHA-256.
const SHA256_BYTES: usize = 32;

/// All ciphers for one connection.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider {
        srtp_provider: &srtp::Ciphers,
        sha1_hmac_provider: &Hashes,
        sha1_provider: &Hashes,
        sha256_provider: &Hashes,
        dtls_provider: &dtls::Handshakes,
    })
}

#[derive(Debug)]
struct Hashes;

impl Sha1HmacProvider for Hashes {
    fn sha1_hmac(&self, key: &[u8], payloads: &[&[u8]]) -> [u8; SHA1_BYTES] {
        // The standards of STUN (RFC 8489 §14.5) and SRTP (RFC 3711 §4.2.1) leave no other choice.
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
        let mut context = hmac::Context::with_key(&key);
        for payload in payloads {
            context.update(payload);
        }
        whole(context.sign().as_ref())
    }
}

impl Sha1Provider for Hashes {
    fn sha1(&self, data: &[u8]) -> [u8; SHA1_BYTES] {
        whole(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, data).as_ref())
    }
}

impl Sha256Provider for Hashes {
    fn sha256(&self, data: &[u8]) -> [u8; SHA256_BYTES] {
        whole(digest::digest(&digest::SHA256, data).as_ref())
    }
}

fn whole<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("a hash has the length of its kind")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex::hex;

    #[test]
    fn hashes_are_those_of_the_standards() {
        // RFC 2202 §3, case 2; FIPS 180-4, "abc".
        let signed = Hashes.sha1_hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(hex(&signed), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(hex(&Hashes.sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&Hashes.sha256(b"abc")), sha256);
    }
}
