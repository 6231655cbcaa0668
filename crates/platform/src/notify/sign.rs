//! HMAC-SHA256 (RFC 2104) as the receivers ask for it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// The tag in lower-case hex.
pub(super) fn hex(key: &str, text: &str) -> String {
    store::hex(tag(key, text).as_ref())
}

/// The tag in Base64.
pub(super) fn base64(key: &str, text: &str) -> String {
    STANDARD.encode(tag(key, text))
}

fn tag(key: &str, text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_those_of_rfc_4231() {
        let tag = hex("Jefe", "what do ya want for nothing?");
        assert_eq!(tag, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
