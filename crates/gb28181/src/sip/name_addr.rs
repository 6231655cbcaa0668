//! `From`, `To`, `Contact`, `Route`: a URI with a name before it and parameters after it.

use super::params::{Params, decimal, find_outside, unquote};
use super::uri::Uri;

/// The value of an address header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameAddr<'a> {
    /// The name shown to people, without quotes, in whatever charset it came.
    pub display: &'a [u8],
    /// The address.
    pub uri: Uri<'a>,
    /// The parameters of the header, such as `tag` and `expires`.
    pub params: Params<'a>,
}

impl<'a> NameAddr<'a> {
    /// Takes the first address of a header value. Never fails; see [`Uri::parse`].
    pub fn parse(value: &'a [u8]) -> Self {
        let value = value.trim_ascii();
        // Nearly every device writes `<sip:…>;tag=…`: two searches instead of five.
        if let Some(inner) = value.strip_prefix(b"<") {
            let close = inner.iter().position(|byte| *byte == b'>');
            let (uri, after) = close.map_or((inner, &b""[..]), |at| (&inner[..at], &inner[at + 1..]));
            let end = find_outside(after, b',').unwrap_or(after.len());
            return Self { display: b"", uri: Uri::parse(uri), params: Params(&after[..end]) };
        }
        let value = find_outside(value, b',').map_or(value, |at| &value[..at]);
        if let Some(open) = find_outside(value, b'<') {
            let inner = &value[open + 1..];
            let close = inner.iter().position(|b| *b == b'>');
            let (uri, after) = close.map_or((inner, &b""[..]), |at| (&inner[..at], &inner[at + 1..]));
            return Self {
                display: unquote(value[..open].trim_ascii()),
                uri: Uri::parse(uri),
                params: Params(after),
            };
        }
        // Without brackets the parameters belong to the header (RFC 3261 20).
        let at = value.iter().position(|b| *b == b';').unwrap_or(value.len());
        Self { display: b"", uri: Uri::parse(&value[..at]), params: Params(&value[at..]) }
    }

    /// The dialog tag.
    pub fn tag(&self) -> Option<&'a [u8]> {
        self.params.get("tag")
    }

    /// The `expires` parameter in seconds, also when a device put it inside the brackets.
    pub fn expires_s(&self) -> Option<u32> {
        let value = self.params.get("expires").or_else(|| self.uri.params.get("expires"))?;
        decimal(value).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_with_and_without_brackets() {
        for value in ["<sip:a@b>;tag=x1", "sip:a@b;tag=x1", "\"Gate; <1>\" <sip:a@b;lr>;foo;tag=x1"] {
            let parsed = NameAddr::parse(value.as_bytes());
            assert_eq!((parsed.tag(), parsed.uri.user), (Some(&b"x1"[..]), &b"a"[..]), "{value}");
        }
    }

    #[test]
    fn expires_inside_the_brackets_is_found_too() {
        assert_eq!(NameAddr::parse(b"<sip:a@b;expires=3600>").expires_s(), Some(3600));
        assert_eq!(NameAddr::parse(b"<sip:a@b>;expires=60, <sip:c@d>;expires=1").expires_s(), Some(60));
    }
}
