//! Whose messages these are: a token for the push service, signed with the platform's key (RFC 8292, RFC 7515 with ES256).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use store::PUBLIC_KEY_BYTES;
use thiserror::Error;

/// How long a token is good; RFC 8292 2 allows a day.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);

/// The platform's key pair for push services.
#[derive(Clone)]
pub struct PushKey {
    signing: SigningKey,
    public: [u8; PUBLIC_KEY_BYTES],
}

/// The text is no address of a push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the browser's push service has no address")]
pub(super) struct NoAddress;

impl PushKey {
    /// From its secret half; none where the bytes are no secret of P-256.
    pub fn from_secret(secret: &[u8; 32]) -> Option<Self> {
        let signing = SigningKey::from_slice(secret).ok()?;
        let public = signing.verifying_key().to_sec1_bytes();
        Some(Self { public: public.as_ref().try_into().ok()?, signing })
    }

    /// The public half, a point of P-256, as browsers ask for it.
    pub fn public(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.public
    }
}

/// Value of the header `authorization`.
pub(super) fn authorization(
    key: &PushKey,
    endpoint: &str,
    contact: &str,
    now: Timestamp,
) -> Result<String, NoAddress> {
    let expires = now.saturating_add(GOOD_FOR).unwrap_or(Timestamp::MAX).as_second();
    let head = json!({ "typ": "JWT", "alg": "ES256" });
    let claims = json!({ "aud": origin(endpoint)?, "exp": expires, "sub": contact });
    let signed = format!("{}.{}", BASE64.encode(head.to_string()), BASE64.encode(claims.to_string()));
    let signature: Signature = key.signing.sign(signed.as_bytes());
    let token = format!("{signed}.{}", BASE64.encode(signature.to_bytes()));
    Ok(format!("vapid t={token}, k={}", BASE64.encode(key.public)))
}

/// Scheme, host and port (RFC 6454 6.1), for which alone the token is.
fn origin(endpoint: &str) -> Result<String, NoAddress> {
    let uri: ureq::http::Uri = endpoint.parse().map_err(|_| NoAddress)?;
    let (scheme, host) = (uri.scheme_str().ok_or(NoAddress)?, uri.host().ok_or(NoAddress)?);
    let usual = if scheme == "https" { 443 } else { 80 };
    Ok(match uri.port_u16().filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_for_one_service_and_half_a_day() {
        assert_eq!(origin("https://push.example.net/p/abc?x"), Ok("https://push.example.net".to_owned()));
        assert_eq!(origin("https://u@push.example.net:443/"), Ok("https://push.example.net".to_owned()));
        assert_eq!(origin("http://127.0.0.1:81/p"), Ok("http://127.0.0.1:81".to_owned()));
        assert_eq!(origin("nonsense"), Err(NoAddress));
        assert!(PushKey::from_secret(&[0; 32]).is_none());
    }
}
