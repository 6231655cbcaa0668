//! `Via`: the way an answer takes back.

use super::params::{Params, find_outside};
use super::uri::split_host_port;

/// The topmost `Via`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Via<'a> {
    /// `UDP`, `TCP`, as written.
    pub transport: &'a [u8],
    /// The host that the sender believes to be.
    pub host: &'a [u8],
    /// The port that the sender believes to be.
    pub port: Option<u16>,
    /// `branch`, `rport`, `received` and others.
    pub params: Params<'a>,
}

impl<'a> Via<'a> {
    /// Takes the first element of a header value; `None` when it does not begin with `SIP/2.0/`.
    pub fn parse(value: &'a [u8]) -> Option<Self> {
        let value = first_element(value);
        let at = find_outside(value, b';').unwrap_or(value.len());
        let (head, params) = value.split_at(at);
        let mut words = head.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let protocol = words.next()?;
        let transport = protocol.rsplit(|b| *b == b'/').next()?;
        if !protocol.get(..4)?.eq_ignore_ascii_case(b"SIP/") {
            return None;
        }
        let (host, port) = split_host_port(words.next().unwrap_or_default());
        Some(Self { transport, host, port, params: Params(params) })
    }

    /// The transaction's name; devices of 2011 may lack it.
    pub fn branch(&self) -> Option<&'a [u8]> {
        self.params.get("branch").filter(|branch| !branch.is_empty())
    }
}

/// The first element of a comma list.
pub(crate) fn first_element(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii();
    find_outside(value, b',').map_or(value, |at| value[..at].trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_is_taken_apart() {
        let via = Via::parse(b"SIP/2.0/UDP 10.0.0.1:5060 ;rport;branch=z9hG4bK7, SIP/2.0/UDP b").unwrap();
        assert_eq!((via.transport, via.host, via.port), (&b"UDP"[..], &b"10.0.0.1"[..], Some(5060)));
        assert_eq!((via.branch(), via.params.get("rport")), (Some(&b"z9hG4bK7"[..]), Some(&b""[..])));
    }

    #[test]
    fn what_is_not_sip_is_none() {
        assert_eq!(Via::parse(b"HTTP/1.1 x"), None);
        assert_eq!(Via::parse(b""), None);
    }
}
