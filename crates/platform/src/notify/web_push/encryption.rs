//! Encryption of a message to a browser: RFC 8291 over RFC 8188, one record, no padding.
//!
//! The platform makes a key pair for each message, agrees with the browser's on a secret (ECDH on P-256), mixes in what only browser and
//! platform know, and encrypts with AES-128-GCM. Push services see length and time, nothing else.

use p256::{PublicKey, SecretKey};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use thiserror::Error;

use super::{BODY_BYTES_MAX, Knock};

/// The record size that is announced; the one record is shorter (RFC 8188 2.1).
const RECORD_BYTES: u32 = 4096;
/// Salt, record size, length of the key, the key.
const HEADER_BYTES: usize = 16 + 4 + 1 + store::PUBLIC_KEY_BYTES;
/// Tag of AES-GCM.
const TAG_BYTES: usize = 16;
/// Ends the last record (RFC 8188 2).
const LAST_RECORD: u8 = 2;

/// Why a message cannot be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Refused {
    /// The browser's key is no point of P-256.
    #[error("the browser's key is none")]
    Key,
    /// The random number is no secret of P-256; 1 in 2^32.
    #[error("no key for this message")]
    Chance,
    /// More than a push service takes.
    #[error("the message is too long for web push")]
    Length,
    /// The cipher refused.
    #[error("the message could not be encrypted")]
    Cipher,
}

/// The body of the request.
pub(super) fn encrypt(
    plain: &[u8],
    browser: &[u8],
    auth_secret: &[u8],
    knock: &Knock,
) -> Result<Vec<u8>, Refused> {
    if HEADER_BYTES + plain.len() + 1 + TAG_BYTES > BODY_BYTES_MAX {
        return Err(Refused::Length);
    }
    let browser_key = PublicKey::from_sec1_bytes(browser).map_err(|_| Refused::Key)?;
    let own = SecretKey::from_slice(&knock.secret).map_err(|_| Refused::Chance)?;
    let own_public = own.public_key().to_sec1_bytes();
    let shared = own.diffie_hellman(&browser_key);

    // RFC 8291 3.4
    let info = [&b"WebPush: info\0"[..], browser, &own_public];
    let keying: [u8; 32] = derive(auth_secret, shared.raw_secret_bytes(), &info)?;
    // RFC 8188 2.2, 2.3
    let key: [u8; 16] = derive(&knock.salt, &keying, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = derive(&knock.salt, &keying, &[b"Content-Encoding: nonce\0"])?;

    let mut record = plain.to_vec();
    record.push(LAST_RECORD);
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(|_| Refused::Cipher)?);
    cipher
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .map_err(|_| Refused::Cipher)?;

    let mut body = Vec::with_capacity(HEADER_BYTES + record.len());
    body.extend(knock.salt);
    body.extend(RECORD_BYTES.to_be_bytes());
    body.push(store::PUBLIC_KEY_BYTES as u8);
    body.extend(own_public);
    body.extend(record);
    Ok(body)
}

/// HKDF with SHA-256 (RFC 5869).
fn derive<const N: usize>(salt: &[u8], keying: &[u8], info: &[&[u8]]) -> Result<[u8; N], Refused> {
    let mut out = [0; N];
    let pseudo_random = Salt::new(HKDF_SHA256, salt).extract(keying);
    let expanded = pseudo_random.expand(info, Bytes(N)).map_err(|_| Refused::Cipher)?;
    expanded.fill(&mut out).map_err(|_| Refused::Cipher)?;
    Ok(out)
}

/// How many bytes are derived.
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

    use super::super::PushKey;
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        BASE64.decode(text).unwrap().try_into().unwrap()
    }

    fn knock() -> Knock {
        Knock {
            key: PushKey::from_secret(&[7; 32]).unwrap(),
            secret: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        }
    }

    const BROWSER: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn the_example_of_rfc_8291_comes_out_byte_by_byte() {
        // RFC 8291 5 and appendix A.
        let plain = b"When I grow up, I want to be a watermelon";
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        let body = encrypt(plain, &bytes::<65>(BROWSER), &bytes::<16>(AUTH), &knock()).unwrap();
        assert_eq!(BASE64.encode(body), expected);
    }

    #[test]
    fn what_is_too_long_or_no_key_is_refused() {
        let most = BODY_BYTES_MAX - HEADER_BYTES - 1 - TAG_BYTES;
        let (browser, auth) = (bytes::<65>(BROWSER), bytes::<16>(AUTH));
        assert_eq!(encrypt(&vec![b'x'; most], &browser, &auth, &knock()).unwrap().len(), BODY_BYTES_MAX);
        assert_eq!(encrypt(&vec![b'x'; most + 1], &browser, &auth, &knock()), Err(Refused::Length));
        assert_eq!(encrypt(b"x", &[4; 65], &auth, &knock()), Err(Refused::Key), "not on the curve");
        assert_eq!(
            encrypt(b"x", &browser, &auth, &Knock { secret: [0; 32], ..knock() }),
            Err(Refused::Chance)
        );
    }
}
