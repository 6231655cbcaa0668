//! SIP URIs in every form that devices write.

use super::params::{Params, decimal, find_outside};

/// A URI as it came, and its parts. GB/T 28181 keys everything on the user part: the domain may be ten digits, ten digits with `.spvmn.cn`,
/// a DNS name or an address with port (srs#3549), and all of them mean the same device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uri<'a> {
    /// The whole URI, untouched.
    pub raw: &'a [u8],
    /// Before the `@`; empty when there is none.
    pub user: &'a [u8],
    /// Host without brackets and port.
    pub host: &'a [u8],
    /// Port, when one is written and readable.
    pub port: Option<u16>,
    /// What follows the first `;` of the host part.
    pub params: Params<'a>,
}

impl<'a> Uri<'a> {
    /// Takes a URI apart. Never fails: what cannot be found is empty, and the raw form stays.
    pub fn parse(raw: &'a [u8]) -> Self {
        let raw = raw.trim_ascii();
        let rest = strip_scheme(raw);
        let (user, rest) = match rest.iter().position(|b| *b == b'@') {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (&b""[..], rest),
        };
        // A password in the user part is legal and meaningless here.
        let user = user.split(|b| *b == b':').next().unwrap_or(user);
        let without_headers = rest.split(|b| *b == b'?').next().unwrap_or(rest);
        let (host_port, params) = match find_outside(without_headers, b';') {
            Some(at) => (&without_headers[..at], &without_headers[at + 1..]),
            None => (without_headers, &b""[..]),
        };
        let (host, port) = split_host_port(host_port);
        Self { raw, user, host, port, params: Params(params) }
    }

    /// Who is meant: the user part, or the host of a URI such as `sip:34020000001320000001` that has no `@`.
    pub fn subject(&self) -> &'a [u8] {
        if self.user.is_empty() { self.host } else { self.user }
    }
}

/// Splits `host`, `host:port`, `[v6]` and `[v6]:port`.
pub(crate) fn split_host_port(value: &[u8]) -> (&[u8], Option<u16>) {
    let value = value.trim_ascii();
    let port_of = |digits: &[u8]| decimal(digits).and_then(|n| u16::try_from(n).ok());
    if let Some(inner) = value.strip_prefix(b"[") {
        let Some(end) = inner.iter().position(|b| *b == b']') else { return (inner, None) };
        return (&inner[..end], inner[end + 1..].strip_prefix(b":").and_then(port_of));
    }
    match value.iter().position(|b| *b == b':') {
        Some(at) => (value[..at].trim_ascii(), port_of(&value[at + 1..])),
        None => (value, None),
    }
}

fn strip_scheme(raw: &[u8]) -> &[u8] {
    for scheme in [&b"sip:"[..], b"sips:", b"tel:"] {
        if raw.len() >= scheme.len() && raw[..scheme.len()].eq_ignore_ascii_case(scheme) {
            return &raw[scheme.len()..];
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_one_device_has_the_same_user() {
        for form in [
            "sip:34020000001320000001@3402000000",
            "sip:34020000001320000001@3402000000.spvmn.cn",
            "SIP:34020000001320000001@192.168.1.2:5060",
            "34020000001320000001@[2001:db8::1]:5060;transport=tcp",
            "sip:34020000001320000001:secret@host?x=y",
            "sip:34020000001320000001",
        ] {
            assert_eq!(Uri::parse(form.as_bytes()).subject(), b"34020000001320000001", "{form}");
        }
    }

    #[test]
    fn host_port_and_parameters_are_taken_apart() {
        let uri = Uri::parse(b"sip:a@[2001:db8::1]:5062;transport=tcp?h=1");
        assert_eq!((uri.host, uri.port), (&b"2001:db8::1"[..], Some(5062)));
        assert_eq!(uri.params.get("transport"), Some(&b"tcp"[..]));
    }

    #[test]
    fn a_port_that_is_too_large_is_no_port() {
        assert_eq!(Uri::parse(b"sip:a@h:70000").port, None);
    }
}
