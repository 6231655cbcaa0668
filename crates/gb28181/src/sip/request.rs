//! The headers that every request of ours carries, inside a dialog or alone.

use super::client_transactions::Branch;
use super::method::Method;
use super::peer::Peer;
use super::write::MessageWriter;

/// What a request is written from. URIs stand without brackets, tags may be empty.
#[derive(Debug, Clone, Copy)]
pub struct RequestHead<'a> {
    /// The method.
    pub method: Method,
    /// The Request-URI.
    pub uri: &'a str,
    /// Our URI.
    pub from_uri: &'a str,
    /// Our tag.
    pub from_tag: &'a str,
    /// The peer's URI.
    pub to_uri: &'a str,
    /// The peer's tag; empty outside a dialog.
    pub to_tag: &'a str,
    /// `Call-ID`.
    pub call_id: &'a str,
    /// The number in `CSeq`.
    pub cseq: u32,
    /// `host:port` that the peer knows us by (WVP#8).
    pub via_host: &'a str,
    /// The transaction.
    pub branch: Branch,
    /// `Route`; empty for none.
    pub route: &'a str,
    /// `User-Agent`; empty for none.
    pub user_agent: &'a str,
    /// Where it will be sent; decides the transport named in `Via`.
    pub peer: Peer,
}

impl RequestHead<'_> {
    /// Starts the message; the caller adds its own headers and the body.
    pub fn write(&self) -> MessageWriter {
        let transport = self.peer.via_transport();
        let mut writer = MessageWriter::request(self.method, self.uri)
            .header("Via", format!("SIP/2.0/{transport} {};rport;branch={}", self.via_host, self.branch))
            .header("From", tagged(self.from_uri, self.from_tag))
            .header("To", tagged(self.to_uri, self.to_tag))
            .header("Call-ID", self.call_id)
            .header("CSeq", format!("{} {}", self.cseq, self.method));
        if !self.route.is_empty() {
            writer = writer.header("Route", self.route);
        }
        writer = writer.header("Max-Forwards", "70");
        if self.user_agent.is_empty() { writer } else { writer.header("User-Agent", self.user_agent) }
    }
}

fn tagged(uri: &str, tag: &str) -> String {
    if tag.is_empty() { format!("<{uri}>") } else { format!("<{uri}>;tag={tag}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::{Channel, Message};

    #[test]
    fn a_query_to_a_device_has_every_header_that_a_request_needs() {
        let head = RequestHead {
            method: Method::Message,
            uri: "sip:34020000001320000001@203.0.113.9:40123",
            from_uri: "sip:34020000002000000001@3402000000",
            from_tag: "a1",
            to_uri: "sip:34020000001320000001@3402000000",
            to_tag: "",
            call_id: "q1",
            cseq: 20,
            via_host: "198.51.100.1:5060",
            branch: Branch(3),
            route: "",
            user_agent: "",
            peer: Peer {
                address: ([203, 0, 113, 9], 40_123).into(),
                channel: Channel::Tcp { connection: 1 },
            },
        };
        let bytes = head.write().body("Application/MANSCDP+xml", b"<Query/>");
        let message = Message::from_frame(&bytes).unwrap();
        let via = message.via().unwrap();
        assert_eq!((via.transport, via.branch()), (&b"TCP"[..], Some(Branch(3).to_string().as_bytes())));
        assert_eq!((message.from().unwrap().tag(), message.to().unwrap().tag()), (Some(&b"a1"[..]), None));
        assert_eq!((message.cseq().unwrap().number, message.call_id()), (20, Some(&b"q1"[..])));
        assert_eq!(message.body, b"<Query/>");
    }
}
