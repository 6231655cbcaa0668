//! Who is at the other end of the connection. `X-Forwarded-For` is believed only from proxies that the configuration names.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Address of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The caller's address: the connection's own, or, when that is a trusted proxy, the nearest address before it that is none.
pub fn of(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpAddr]) -> Peer {
    let connected = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip().to_canonical());
    if !trusted.contains(&connected) {
        return Peer(connected);
    }
    let mut nearest = connected;
    let lines: Vec<&str> =
        headers.get_all(FORWARDED_FOR).iter().map(|value| value.to_str().unwrap_or("")).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
        if !trusted.contains(&nearest) {
            break;
        }
    }
    Peer(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(connected: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(connected.parse().unwrap(), 1)));
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        of(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn a_forwarded_address_is_believed_only_from_a_named_proxy() {
        for (connected, forwarded, trusted, expected) in [
            ("192.0.2.9", &["127.0.0.1"][..], &[][..], "192.0.2.9"),
            ("192.0.2.9", &["127.0.0.1"], &["10.0.0.1"], "192.0.2.9"),
            ("10.0.0.1", &["203.0.113.7"], &["10.0.0.1"], "203.0.113.7"),
            ("10.0.0.1", &["127.0.0.1, 203.0.113.7"], &["10.0.0.1"], "203.0.113.7"),
            ("10.0.0.1", &["203.0.113.7, 10.0.0.2"], &["10.0.0.1", "10.0.0.2"], "203.0.113.7"),
            ("10.0.0.1", &["127.0.0.1", "203.0.113.7"], &["10.0.0.1"], "203.0.113.7"),
            ("10.0.0.1", &["<script>"], &["10.0.0.1"], "10.0.0.1"),
            ("10.0.0.1", &[""], &["10.0.0.1"], "10.0.0.1"),
            ("10.0.0.1", &[], &["10.0.0.1"], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["203.0.113.7"], &["10.0.0.1"], "203.0.113.7"),
        ] {
            assert_eq!(
                seen(connected, forwarded, trusted),
                expected,
                "{connected} {forwarded:?} {trusted:?}"
            );
        }
    }
}
