//! `Authorization` and `WWW-Authenticate`, as devices write them: quotes missing or doubled, any order, unknown parameters.

use super::algorithm::Algorithm;

/// Parameters of one header that are looked at; more are ignored.
const PARAMETERS_MAX: usize = 32;

/// A device's answer to a challenge. Values are raw: quotes are taken off, nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the parameter of that name, RFC 2617 3.2.2")]
pub struct Credentials<'a> {
    pub username: &'a [u8],
    pub realm: &'a [u8],
    pub nonce: &'a [u8],
    pub uri: &'a [u8],
    pub response: &'a [u8],
    /// `None` when absent.
    pub algorithm: Option<&'a [u8]>,
    pub qop: Option<&'a [u8]>,
    /// Any width.
    pub nc: &'a [u8],
    pub cnonce: &'a [u8],
}

impl<'a> Credentials<'a> {
    /// Reads an `Authorization` value; `None` when its scheme is not Digest (GB 35114 devices send `Capability`).
    pub fn parse(value: &'a [u8]) -> Option<Self> {
        let mut credentials = Self::default();
        for (name, value) in parameters(value)? {
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
            if is("username") {
                credentials.username = value;
            } else if is("realm") {
                credentials.realm = value;
            } else if is("nonce") {
                credentials.nonce = value;
            } else if is("uri") {
                credentials.uri = value;
            } else if is("response") {
                credentials.response = value;
            } else if is("algorithm") {
                credentials.algorithm = Some(value);
            } else if is("qop") {
                credentials.qop = Some(value);
            } else if is("nc") {
                credentials.nc = value;
            } else if is("cnonce") {
                credentials.cnonce = value;
            }
        }
        Some(credentials)
    }

    /// The algorithm, MD5 when none is named; `None` for one that is not known.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm.map_or(Some(Algorithm::Md5), Algorithm::parse)
    }
}

/// A server's challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge<'a> {
    /// What the password is for.
    pub realm: &'a [u8],
    /// To be hashed into the answer.
    pub nonce: &'a [u8],
    /// The hash.
    pub algorithm: Algorithm,
    /// Whether `auth` is among the offered qualities of protection.
    pub qop_auth: bool,
    /// To be given back.
    pub opaque: Option<&'a [u8]>,
    /// Only the nonce was wrong: the password need not be doubted.
    pub stale: bool,
}

impl<'a> Challenge<'a> {
    /// Reads a `WWW-Authenticate` value; `None` when it is no digest or its algorithm is unknown.
    pub fn parse(value: &'a [u8]) -> Option<Self> {
        let mut challenge = Self {
            realm: b"",
            nonce: b"",
            algorithm: Algorithm::Md5,
            qop_auth: false,
            opaque: None,
            stale: false,
        };
        for (name, value) in parameters(value)? {
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
            if is("realm") {
                challenge.realm = value;
            } else if is("nonce") {
                challenge.nonce = value;
            } else if is("algorithm") {
                challenge.algorithm = Algorithm::parse(value)?;
            } else if is("qop") {
                let mut offered = value.split(|byte| *byte == b',');
                challenge.qop_auth = offered.any(|word| word.trim_ascii().eq_ignore_ascii_case(b"auth"));
            } else if is("opaque") {
                challenge.opaque = Some(value);
            } else if is("stale") {
                challenge.stale = value.eq_ignore_ascii_case(b"true");
            }
        }
        Some(challenge)
    }
}

/// The parameters after `Digest`; `None` for another scheme.
fn parameters(value: &[u8]) -> Option<impl Iterator<Item = (&[u8], &[u8])>> {
    let value = value.trim_ascii();
    let (scheme, rest) = value.split_at_checked(6)?;
    if !scheme.eq_ignore_ascii_case(b"Digest") || !rest.first().is_none_or(u8::is_ascii_whitespace) {
        return None;
    }
    let mut rest = rest;
    Some(std::iter::from_fn(move || next_parameter(&mut rest)).take(PARAMETERS_MAX))
}

fn next_parameter<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let start = rest.iter().position(|byte| !matches!(byte, b',' | b' ' | b'\t' | b'\r' | b'\n'))?;
    let text = &rest[start..];
    let equals = text.iter().position(|byte| *byte == b'=')?;
    let name = text[..equals].trim_ascii();
    let after = text[equals + 1..].trim_ascii_start();
    if let Some(inner) = after.strip_prefix(b"\"") {
        let close = closing_quote(inner).unwrap_or(inner.len());
        *rest = inner.get(close + 1..).unwrap_or_default();
        return Some((name, &inner[..close]));
    }
    let end = after.iter().position(|byte| matches!(byte, b',' | b' ' | b'\t')).unwrap_or(after.len());
    *rest = &after[end..];
    Some((name, &after[..end]))
}

fn closing_quote(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_case_do_not_matter() {
        let ways: [&[u8]; 3] = [
            b"Digest username=\"u\",realm=\"r\",nonce=\"n\",uri=\"sip:a@b\",response=\"0f\",algorithm=MD5",
            b"digest  Username=u, Realm=r , Nonce=n,URI=\"sip:a@b\",Response=0f,algorithm=\"md5\"",
            b"Digest username=\"u\" realm=\"r\" nonce=\"n\" uri=\"sip:a@b\" response=\"0f\" algorithm=MD5,",
        ];
        for way in ways {
            let c = Credentials::parse(way).unwrap();
            assert_eq!(
                (c.username, c.realm, c.nonce, c.uri, c.response),
                (&b"u"[..], &b"r"[..], &b"n"[..], &b"sip:a@b"[..], &b"0f"[..])
            );
            assert_eq!(c.algorithm(), Some(Algorithm::Md5));
        }
    }

    #[test]
    fn a_comma_or_escaped_quote_inside_quotes_belongs_to_the_value() {
        let c = Credentials::parse(b"Digest realm=\"a,\\\"b\", nonce=\"n\"").unwrap();
        assert_eq!((c.realm, c.nonce), (&b"a,\\\"b"[..], &b"n"[..]));
    }

    #[test]
    fn another_scheme_is_not_ours() {
        assert_eq!(Credentials::parse(b"Capability algorithm=\"A:SM2;H:SM3\""), None);
        assert_eq!(Credentials::parse(b"Digestive x=1"), None);
        assert_eq!(Credentials::parse(b""), None);
    }

    #[test]
    fn a_challenge_of_an_upper_platform_is_read() {
        let c = Challenge::parse(
            b"Digest realm=\"3402000000\",nonce=\"n\",qop=\"auth,auth-int\",stale=TRUE,opaque=\"o\"",
        )
        .unwrap();
        assert!(c.qop_auth && c.stale);
        assert_eq!((c.opaque, c.algorithm), (Some(&b"o"[..]), Algorithm::Md5));
        assert_eq!(Challenge::parse(b"Digest realm=\"r\",nonce=\"n\",algorithm=MD5-sess"), None);
    }
}
