//! Signature version 4 of the S3 interface: a request is signed in its header, digest of the content included. Pure; the clock comes in.

use std::fmt;

use jiff::Timestamp;
use ring::{digest, hmac};

use crate::address::percent_encode;
use crate::hex::hex;

/// What the digest of the time's and the service's scope ends with.
const SCOPE_END: &str = "s3/aws4_request";

/// An access key with its secret. `Debug` never prints the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketKeys {
    id: String,
    secret: String,
}

impl BucketKeys {
    /// As the service gave them.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { id: id.into(), secret: secret.into() }
    }

    /// The part that is no secret.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for BucketKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BucketKeys({}:***)", self.id)
    }
}

/// What is signed.
#[derive(Debug)]
pub(super) struct Unsigned<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// Names and values in the order of their names, not escaped yet.
    pub(super) query: &'a [(&'a str, String)],
    /// Headers to sign, lower case, in the order of their names; host, date and digest are among them.
    pub(super) headers: &'a [(&'a str, String)],
    /// SHA-256 of the content, lower-case hex.
    pub(super) content_sha256: &'a str,
}

/// The value of `Authorization`.
pub(super) fn authorization(ask: &Unsigned<'_>, region: &str, keys: &BucketKeys, now: Timestamp) -> String {
    let stamp = stamp(now);
    let scope = format!("{}/{region}/{SCOPE_END}", &stamp[..8]);
    let names: Vec<&str> = ask.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let headers: Vec<String> =
        ask.headers.iter().map(|(name, value)| format!("{name}:{}", value.trim())).collect();
    let headers = headers.join("\n") + "\n";
    let canonical =
        [ask.method, ask.path, &query_text(ask.query), &headers, &names, ask.content_sha256].join("\n");
    let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", sha256_hex(canonical.as_bytes()));
    let mut key = hmac_of(format!("AWS4{}", keys.secret).as_bytes(), &stamp[..8]);
    for part in [region, "s3", "aws4_request"] {
        key = hmac_of(key.as_ref(), part);
    }
    let signature = hex(hmac_of(key.as_ref(), &to_sign).as_ref());
    format!("AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}", keys.id)
}

/// The moment as the interface writes it.
pub(super) fn stamp(now: Timestamp) -> String {
    now.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A query as it is signed and sent.
pub(super) fn query_text(query: &[(&str, String)]) -> String {
    let pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    pairs.join("&")
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hmac_of(key: &[u8], text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of "Signature Calculations for the Authorization Header" in the interface's reference.
    fn signature_of(query: &[(&str, String)], path: &str, range: Option<&str>) -> String {
        let empty = sha256_hex(b"");
        let mut headers = vec![("host", "examplebucket.s3.amazonaws.com".to_owned())];
        headers.extend(range.map(|range| ("range", range.to_owned())));
        headers.push(("x-amz-content-sha256", empty.clone()));
        headers.push(("x-amz-date", "20130524T000000Z".to_owned()));
        let keys = BucketKeys::new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let ask = Unsigned { method: "GET", path, query, headers: &headers, content_sha256: &empty };
        let whole = authorization(&ask, "us-east-1", &keys, "2013-05-24T00:00:00Z".parse().unwrap());
        assert!(!format!("{keys:?}").contains("wJalr"), "the secret is printed");
        whole.rsplit_once('=').unwrap().1.to_owned()
    }

    #[test]
    fn the_published_examples_come_out() {
        let part = signature_of(&[], "/test.txt", Some("bytes=0-9"));
        assert_eq!(part, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        let list = signature_of(&[("max-keys", "2".to_owned()), ("prefix", "J".to_owned())], "/", None);
        assert_eq!(list, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    #[test]
    fn a_slash_in_a_query_is_escaped() {
        assert_eq!(query_text(&[("prefix", "a/b c~".to_owned())]), "prefix=a%2Fb%20c~");
    }
}
