//! The certificate with which viewers know this server: signed by itself, made anew at every start and never stored.
//!
//! Browsers compare its hash with the one in the answer, which came to them by HTTP, and look at nothing else in it (RFC 8827 §6.5). So it
//! carries no name and no end (RFC 5280 §4.1.2.5), and some fifty lines of DER take the place of a library for certificates.

use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use str0m::config::DtlsCert;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT: u8 = 0x06;
const UTF8_STRING: u8 = 0x0c;
const GENERALIZED_TIME: u8 = 0x18;
/// The explicit tag around the version.
const VERSION: u8 = 0xa0;
/// Version 3.
const V3: u8 = 2;
/// ecdsa-with-SHA256, 1.2.840.10045.4.3.2.
const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
/// id-ecPublicKey, 1.2.840.10045.2.1.
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// prime256v1, 1.2.840.10045.3.1.7.
const PRIME256V1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// id-at-commonName, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const NAME: &[u8] = b"watchfire";
const FROM: &[u8] = b"20000101000000Z";
/// "No well-defined end" of RFC 5280 §4.1.2.5.
const UNTIL: &[u8] = b"99991231235959Z";
/// Bytes of the serial number; it must differ between certificates or Firefox refuses the second.
const SERIAL_BYTES: usize = 16;

/// Makes a key and its certificate. `None` where the system has no randomness.
pub(super) fn make() -> Option<DtlsCert> {
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).ok()?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random).ok()?;
    let mut serial = [0; SERIAL_BYTES];
    random.fill(&mut serial).ok()?;
    // A whole positive number without leading zeros.
    serial[0] = serial[0] & 0x7f | 0x40;
    let signed = signed_part(&serial, pair.public_key().as_ref());
    let signature = pair.sign(&random, &signed).ok()?;
    let certificate = sequence(&[signed, algorithm(), bits(signature.as_ref())]);
    Some(DtlsCert { certificate, private_key: key.as_ref().to_vec() })
}

/// `TBSCertificate` of RFC 5280 §4.1.
fn signed_part(serial: &[u8], public_key: &[u8]) -> Vec<u8> {
    let attribute = sequence(&[tagged(OBJECT, COMMON_NAME), tagged(UTF8_STRING, NAME)]);
    let name = sequence(&[tagged(SET, &attribute)]);
    let validity = sequence(&[tagged(GENERALIZED_TIME, FROM), tagged(GENERALIZED_TIME, UNTIL)]);
    let kind = sequence(&[tagged(OBJECT, EC_PUBLIC_KEY), tagged(OBJECT, PRIME256V1)]);
    sequence(&[
        tagged(VERSION, &tagged(INTEGER, &[V3])),
        tagged(INTEGER, serial),
        algorithm(),
        name.clone(),
        validity,
        name,
        sequence(&[kind, bits(public_key)]),
    ])
}

fn algorithm() -> Vec<u8> {
    sequence(&[tagged(OBJECT, ECDSA_WITH_SHA256)])
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(SEQUENCE, &parts.concat())
}

/// A string of whole bytes.
fn bits(content: &[u8]) -> Vec<u8> {
    tagged(BIT_STRING, &[&[0], content].concat())
}

/// Tag, length (ITU-T X.690 §8.1.3), content.
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..0x80 => out.push(short as u8),
        middle @ 0x80..0x100 => out.extend([0x81, middle as u8]),
        long => out.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

    /// The content of the part that begins here, and what follows it.
    fn part(der: &[u8]) -> (&[u8], &[u8]) {
        let (head, length) = match der[1] {
            0x81 => (3, usize::from(der[2])),
            0x82 => (4, usize::from(der[2]) << 8 | usize::from(der[3])),
            short => (2, usize::from(short)),
        };
        (&der[head..head + length], &der[head + length..])
    }

    #[test]
    fn a_certificate_is_signed_by_the_key_in_it() {
        let made = make().unwrap();
        let (content, rest) = part(&made.certificate);
        assert!(rest.is_empty());
        let (_, after_signed) = part(content);
        let signed = &content[..content.len() - after_signed.len()];
        let (_, signature) = part(after_signed);
        let key_at = signed.len() - 65;
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &signed[key_at..]);
        key.verify(signed, &part(signature).0[1..]).unwrap();
    }

    #[test]
    fn no_two_certificates_are_alike() {
        assert_ne!(make().unwrap().certificate, make().unwrap().certificate);
    }
}
