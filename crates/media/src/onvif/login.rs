//! How a question is signed: WS-Security UsernameToken in the envelope, or digest of HTTP where the device asks for that.
//!
//! The password itself never leaves: Basic is not spoken, and a token always bears a digest.

use super::client::OnvifClient;
use super::envelope::text;
use crate::address::Credentials;
use crate::hex::hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use gb28181::digest::{Account, Challenge, Hashers, answer};
use sha1::{Digest as _, Sha1};

const NAMESPACE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

/// The header of an envelope signed at the device's time `created_us` (WS-Security UsernameToken Profile 1.0, 3.1).
pub(super) fn token(credentials: &Credentials, nonce: &[u8; 16], created_us: i64) -> String {
    let created =
        jiff::Timestamp::from_microsecond(created_us / 1_000 * 1_000).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let created = format!("{created:.3}");
    let digest = Sha1::new()
        .chain_update(nonce)
        .chain_update(created.as_bytes())
        .chain_update(credentials.expose_password().as_bytes())
        .finalize();
    format!(
        "<wsse:Security s:mustUnderstand=\"1\" xmlns:wsse=\"{NAMESPACE}wssecurity-secext-1.0.xsd\" \
         xmlns:wsu=\"{NAMESPACE}wssecurity-utility-1.0.xsd\"><wsse:UsernameToken><wsse:Username>{}</wsse:Username>\
         <wsse:Password Type=\"{NAMESPACE}username-token-profile-1.0#PasswordDigest\">{}</wsse:Password>\
         <wsse:Nonce EncodingType=\"{NAMESPACE}soap-message-security-1.0#Base64Binary\">{}</wsse:Nonce>\
         <wsu:Created>{created}</wsu:Created></wsse:UsernameToken></wsse:Security>",
        text(credentials.username()),
        BASE64.encode(digest),
        BASE64.encode(nonce),
    )
}

/// A challenge of the device's web server, kept because its nonce serves many questions.
#[derive(Debug, Clone)]
pub(super) struct Challenged {
    challenge: String,
    uses: u32,
}

impl Challenged {
    /// The first challenge that can be answered with a digest. Basic is left alone.
    pub(super) fn of<'a>(mut headers: impl Iterator<Item = &'a str>) -> Option<Self> {
        let challenge = headers.find(|value| Challenge::parse(value.as_bytes()).is_some())?;
        Some(Self { challenge: challenge.to_owned(), uses: 0 })
    }

    /// True where the device only wants another nonce.
    pub(super) fn is_new_after(&self, used: &Self) -> bool {
        let stale = Challenge::parse(self.challenge.as_bytes()).is_some_and(|challenge| challenge.stale);
        stale && self.challenge != used.challenge
    }

    /// The value of `Authorization` for a POST to `path`; `None` where the user name cannot be written in a header.
    pub(super) fn answer(
        &mut self,
        credentials: &Credentials,
        path: &str,
        client: &OnvifClient,
    ) -> Option<String> {
        if credentials.username().chars().any(|letter| letter.is_control() || matches!(letter, '"' | '\\')) {
            return None;
        }
        self.uses += 1;
        let challenge = Challenge::parse(self.challenge.as_bytes())?;
        let account =
            Account { username: credentials.username(), password: credentials.expose_password().as_bytes() };
        let cnonce = hex(&client.nonce());
        let value = answer(&challenge, account, "POST", path, &cnonce, self.uses, &Hashers::default())?;
        String::from_utf8(value).ok().filter(|value| !value.contains(['\r', '\n']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_bears_the_digest_of_nonce_time_and_password() {
        // The example that ONVIF's application programmer's guide prints: nonce, time and password give this digest.
        let nonce: [u8; 16] = BASE64.decode("LKqI6G/AikKCQrN0zqZFlg==").unwrap().try_into().unwrap();
        let digest = Sha1::new()
            .chain_update(nonce)
            .chain_update(b"2010-09-16T07:50:45Z")
            .chain_update(b"userpassword")
            .finalize();
        assert_eq!(BASE64.encode(digest), "tuOSpGlFlIXsozq4HFNeeGeFLEI=");

        let header = token(&Credentials::new("a<b", "userpassword"), &nonce, 1_284_623_445_123_456);
        assert!(header.contains("<wsu:Created>2010-09-16T07:50:45.123Z<"), "{header}");
        assert!(header.contains("<wsse:Username>a&lt;b<") && !header.contains("userpassword"));
    }
}
