//! Signatures on bulletins and exports: one seam for the schemes, and the keys.
//!
//! Today bulletins are signed with Ed25519 (RFC 8032). SM2 with SM3 (GB/T 32918, GB/T 32905) has its place in [`Scheme`] and says
//! honestly that it is not supported. The first key is made on first use; its secret half is kept sealed in the database under the
//! key file of the data folder (see [`crate::seal`]). Replacing a key keeps the old public half, so that old bulletins stay provable.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::role::Capability;
use jiff::Timestamp;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use store::SigningKey;
use thiserror::Error;

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Hex digits of a key's short name.
const KEY_ID_LEN: usize = 16;
/// Bytes of an Ed25519 secret.
const SEED_LEN: usize = 32;

/// What is signed. Its word, a colon, and the digest in hex are what the signature is over: one over a bulletin can stand for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A bulletin.
    Bulletin,
    /// The manifest of an export of recordings.
    Export,
    /// A report of duty.
    DutyReport,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Bulletin => "watchfire-bulletin/1",
            Self::Export => "watchfire-export/1",
            Self::DutyReport => "watchfire-duty-report/1",
        }
    }
}

/// A signature scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Ed25519, RFC 8032.
    Ed25519,
    /// SM2 with SM3, GB/T 32918 and GB/T 32905. Known by name only.
    Sm2Sm3,
}

/// The scheme is known by name only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("signatures by {} are not supported by this version", .0.as_str())]
pub struct Unsupported(pub Scheme);

/// A signature, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Name of the scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// Public half of the key, base64.
    pub public_key: String,
    /// The signature, base64.
    pub value: String,
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Short name: the first 16 hex digits of SHA-256 over the public key.
    pub key_id: String,
    /// Name of the scheme.
    pub algorithm: String,
    /// The key, base64.
    pub public_key: String,
    /// First moment of use.
    pub valid_from: Timestamp,
    /// When it was replaced; none: in use.
    pub retired_at: Option<Timestamp>,
}

impl Scheme {
    /// The scheme new bulletins are signed with.
    pub const CURRENT: Self = Self::Ed25519;

    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::Sm2Sm3 => "sm2-sm3",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Ed25519, Self::Sm2Sm3].into_iter().find(|scheme| scheme.as_str() == word)
    }

    /// Whether `signature` over `digest` was made with the secret half of `public_key`.
    pub fn verify(
        self,
        purpose: Purpose,
        public_key: &[u8],
        digest: &str,
        signature: &[u8],
    ) -> Result<bool, Unsupported> {
        match self {
            Self::Ed25519 => {
                let key = UnparsedPublicKey::new(&ED25519, public_key);
                Ok(key.verify(message(purpose, digest).as_bytes(), signature).is_ok())
            }
            Self::Sm2Sm3 => Err(Unsupported(self)),
        }
    }

    /// Public half of the key that `seed` makes, and the signature over `digest`.
    fn sign(
        self,
        purpose: Purpose,
        seed: &[u8; SEED_LEN],
        digest: &str,
    ) -> Result<(Vec<u8>, Vec<u8>), Unsupported> {
        match self {
            Self::Ed25519 => {
                let pair =
                    Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are an Ed25519 seed");
                let public_key = pair.public_key().as_ref().to_vec();
                Ok((public_key, pair.sign(message(purpose, digest).as_bytes()).as_ref().to_vec()))
            }
            Self::Sm2Sm3 => Err(Unsupported(self)),
        }
    }
}

impl From<Unsupported> for PlatformError {
    fn from(unsupported: Unsupported) -> Self {
        Self::Conflict(unsupported.to_string())
    }
}

impl Platform {
    /// The public halves of all keys that sign documents, oldest first. For everybody.
    pub async fn public_keys(&self) -> Result<Vec<PublicKey>, PlatformError> {
        let keys = self.inner.store.signing_keys().await?;
        let of_documents = keys.into_iter().filter(|key| Scheme::parse(&key.algorithm).is_some());
        Ok(of_documents.map(PublicKey::from).collect())
    }

    /// Puts a new key in use; the old one stays for checking.
    pub async fn replace_signing_key(&self, ask: &Ask) -> Result<PublicKey, PlatformError> {
        ask.access.need(Capability::ManageKeys)?;
        let key = self.fresh_key(Scheme::CURRENT, ask.now)?;
        match self.inner.store.replace_signing_key(&key).await {
            Err(error) if error.kind() == store::ErrorKind::NotFound => {
                self.inner.store.add_first_signing_key(&key).await?;
            }
            other => other?,
        }
        let object = Object {
            kind: "signing_key",
            id: Some(key.key_id.clone()),
            name: Some(key.algorithm.clone()),
            unit_id: None,
        };
        self.audit(ask, "replace_signing_key", object, "ok", None).await?;
        Ok(key.into())
    }

    /// The key in use, made now where there is none yet.
    pub(crate) async fn signing_key(&self, now: Timestamp) -> Result<SigningKey, PlatformError> {
        let store = &self.inner.store;
        if let Some(key) = store.signing_key_in_use(Scheme::CURRENT.as_str()).await? {
            return Ok(key);
        }
        Ok(store.add_first_signing_key(&self.fresh_key(Scheme::CURRENT, now)?).await?)
    }

    /// Signs a digest with a key of ours.
    pub(crate) fn sign(
        &self,
        key: &SigningKey,
        purpose: Purpose,
        digest: &str,
    ) -> Result<Signed, PlatformError> {
        let scheme = Scheme::parse(&key.algorithm).ok_or_else(|| {
            PlatformError::Internal(format!("key {}: scheme {}", key.key_id, key.algorithm))
        })?;
        let opened = self.inner.seal.open(&key.sealed_secret, &context(&key.key_id)).ok_or_else(|| {
            PlatformError::Unavailable(format!(
                "signing key {} does not open with the key file of this data folder; restore seal.key, or replace the signing key",
                key.key_id
            ))
        })?;
        let seed = BASE64.decode(opened).ok().and_then(|seed| <[u8; SEED_LEN]>::try_from(seed).ok());
        let seed = seed.ok_or_else(|| PlatformError::Internal(format!("key {} is no seed", key.key_id)))?;
        let (public_key, signature) = scheme.sign(purpose, &seed, digest)?;
        // A key whose halves do not belong together would sign what nobody can check.
        if public_key != key.public_key {
            return Err(PlatformError::Internal(format!("key {}: the halves differ", key.key_id)));
        }
        Ok(Signed {
            algorithm: key.algorithm.clone(),
            key_id: key.key_id.clone(),
            public_key: BASE64.encode(public_key),
            value: BASE64.encode(signature),
        })
    }

    fn fresh_key(&self, scheme: Scheme, now: Timestamp) -> Result<SigningKey, PlatformError> {
        let seed: [u8; SEED_LEN] = self.inner.surroundings.random();
        let (public_key, _) = scheme.sign(Purpose::Bulletin, &seed, "")?;
        let key_id = key_id(&public_key);
        let nonce = self.inner.surroundings.random();
        let sealed_secret = self.inner.seal.close(&BASE64.encode(seed), &context(&key_id), nonce);
        let algorithm = scheme.as_str().to_owned();
        Ok(SigningKey { key_id, algorithm, public_key, sealed_secret, valid_from: now, retired_at: None })
    }
}

impl From<SigningKey> for PublicKey {
    fn from(key: SigningKey) -> Self {
        Self {
            key_id: key.key_id,
            algorithm: key.algorithm,
            public_key: BASE64.encode(key.public_key),
            valid_from: key.valid_from,
            retired_at: key.retired_at,
        }
    }
}

/// Whether a printed signature over `digest` was made with one of these keys; the key where it was.
pub fn check<'a>(
    keys: &'a [PublicKey],
    purpose: Purpose,
    algorithm: &str,
    key_id: &str,
    digest: &str,
    value: &str,
) -> Result<Option<&'a PublicKey>, Unsupported> {
    let Some(scheme) = Scheme::parse(algorithm) else { return Ok(None) };
    let Some(key) = keys.iter().find(|key| key.key_id == key_id && key.algorithm == algorithm) else {
        return Ok(None);
    };
    let (Ok(public_key), Ok(signature)) = (BASE64.decode(&key.public_key), BASE64.decode(value)) else {
        return Ok(None);
    };
    Ok(scheme.verify(purpose, &public_key, digest, &signature)?.then_some(key))
}

/// The first hex digits of SHA-256 over the public key.
pub fn key_id(public_key: &[u8]) -> String {
    let mut text = store::sha256_hex(public_key);
    text.truncate(KEY_ID_LEN);
    text
}

fn message(purpose: Purpose, digest: &str) -> String {
    format!("{}:{digest}", purpose.as_str())
}

/// What a sealed secret is bound to.
fn context(key_id: &str) -> String {
    format!("signing-key:{key_id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_digest_and_its_key_only() {
        let (public_key, signature) = Scheme::Ed25519.sign(Purpose::Bulletin, &[7; SEED_LEN], "aa").unwrap();
        let (stranger, _) = Scheme::Ed25519.sign(Purpose::Bulletin, &[8; SEED_LEN], "aa").unwrap();
        assert_eq!(Scheme::Ed25519.verify(Purpose::Bulletin, &public_key, "aa", &signature), Ok(true));
        assert_eq!(Scheme::Ed25519.verify(Purpose::Bulletin, &public_key, "ab", &signature), Ok(false));
        assert_eq!(Scheme::Ed25519.verify(Purpose::Export, &public_key, "aa", &signature), Ok(false));
        assert_eq!(Scheme::Ed25519.verify(Purpose::Bulletin, &stranger, "aa", &signature), Ok(false));
        assert_eq!(Scheme::Ed25519.verify(Purpose::Bulletin, b"short", "aa", b"short"), Ok(false));
    }

    #[test]
    fn what_is_not_supported_says_so() {
        let refused = Scheme::Sm2Sm3.verify(Purpose::Bulletin, &[0; 65], "aa", &[0; 64]).unwrap_err();
        assert_eq!(refused.to_string(), "signatures by sm2-sm3 are not supported by this version");
        assert_eq!(Scheme::parse("sm2-sm3"), Some(Scheme::Sm2Sm3));
        assert_eq!(Scheme::parse("none"), None);
    }
}
