//! The platform's key for push services: made when the first browser asks, kept sealed among the signing keys, never replaced by itself,
//! because browsers let in that one key alone (RFC 8292 4.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use store::SigningKey;

use super::PushKey;
use crate::{Platform, PlatformError};

/// The word in the rows of keys. No scheme of documents has it, so it signs and proves none.
const PUSH_KEY_ALGORITHM: &str = "vapid-es256";
/// Tries at a random secret; all but 1 in 2^32 succeed at once.
const TRIES_MAX: usize = 4;

impl Platform {
    /// The key, made now where there is none yet.
    pub(crate) async fn push_key(&self, now: Timestamp) -> Result<PushKey, PlatformError> {
        let store = &self.inner.store;
        let kept = match store.signing_key_in_use(PUSH_KEY_ALGORITHM).await? {
            Some(kept) => kept,
            None => store.add_first_signing_key(&self.fresh_push_key(now)?).await?,
        };
        let opened = self.inner.seal.open(&kept.sealed_secret, &context(&kept.key_id)).ok_or_else(|| {
            PlatformError::Unavailable(format!(
                "the key for push services, {}, does not open with the key file of this data folder; restore seal.key",
                kept.key_id
            ))
        })?;
        let secret = BASE64.decode(opened).ok().and_then(|secret| <[u8; 32]>::try_from(secret).ok());
        let key = secret.and_then(|secret| PushKey::from_secret(&secret));
        key.filter(|key| key.public()[..] == kept.public_key).ok_or_else(|| {
            PlatformError::Internal(format!("key {} for push services: the halves differ", kept.key_id))
        })
    }

    fn fresh_push_key(&self, now: Timestamp) -> Result<SigningKey, PlatformError> {
        let surroundings = &self.inner.surroundings;
        let made = (0..TRIES_MAX).find_map(|_| {
            let secret = surroundings.random();
            Some((secret, PushKey::from_secret(&secret)?))
        });
        let (secret, key) =
            made.ok_or_else(|| PlatformError::Internal("no random number makes a key".to_owned()))?;
        let key_id = crate::signing::key_id(key.public());
        let sealed_secret =
            self.inner.seal.close(&BASE64.encode(secret), &context(&key_id), surroundings.random());
        Ok(SigningKey {
            key_id,
            algorithm: PUSH_KEY_ALGORITHM.to_owned(),
            public_key: key.public().to_vec(),
            sealed_secret,
            valid_from: now,
            retired_at: None,
        })
    }
}

/// What the sealed secret is bound to.
fn context(key_id: &str) -> String {
    format!("push-key:{key_id}")
}
