//! What must be remembered of a dialog to end it later, even after a restart.

use std::fmt::Write as _;

use super::messages::DialogHeaders;
use crate::sip::{Branch, Channel, Method, Peer, limits::TOKEN_BYTES_MAX};

/// A dialog's names. After a lost BYE or a crash of ours a device keeps streaming and answers 486 for minutes; with this it can be told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogIdentity {
    /// `Call-ID`.
    pub call_id: String,
    /// Our URI as we wrote it.
    pub local_uri: String,
    /// Our tag.
    pub local_tag: String,
    /// The peer's URI.
    pub remote_uri: String,
    /// The peer's tag; empty for a device that gives none.
    pub remote_tag: String,
    /// The Request-URI of requests inside the dialog: the peer's `Contact`, or the URI that was called.
    pub target: String,
    /// The highest `CSeq` that we used.
    pub cseq: u32,
    /// `Route` header value; empty when there was no `Record-Route`.
    pub route: String,
    /// Where packets go: the source of the peer's last packet. After a restart a TCP connection is gone; the caller puts the device's
    /// present one here.
    pub peer: Peer,
}

/// Longest text form that is read: six tokens and eight hops, each of which may have grown threefold where it was not UTF-8.
const TEXT_BYTES_MAX: usize = 16 * 3 * TOKEN_BYTES_MAX;

impl DialogIdentity {
    /// One line of text with tabs between the fields, for storage.
    pub fn to_text(&self) -> String {
        let mut text = String::from("1");
        for field in [
            &self.call_id,
            &self.local_uri,
            &self.local_tag,
            &self.remote_uri,
            &self.remote_tag,
            &self.target,
            &self.route,
        ] {
            text.push('\t');
            text.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        let channel = match self.peer.channel {
            Channel::Udp { socket } => format!("udp/{socket}"),
            Channel::Tcp { connection } => format!("tcp/{connection}"),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "\t{}\t{}\t{channel}", self.cseq, self.peer.address);
        text
    }

    /// Reads [`DialogIdentity::to_text`]; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() > TEXT_BYTES_MAX {
            return None;
        }
        let fields: Vec<&str> = text.split('\t').collect();
        let [
            version,
            call_id,
            local_uri,
            local_tag,
            remote_uri,
            remote_tag,
            target,
            route,
            cseq,
            address,
            channel,
        ] = fields.as_slice()
        else {
            return None;
        };
        let channel = match channel.split_once('/')? {
            ("udp", socket) => Channel::Udp { socket: socket.parse().ok()? },
            ("tcp", connection) => Channel::Tcp { connection: connection.parse().ok()? },
            _ => return None,
        };
        (*version == "1").then_some(())?;
        Some(Self {
            call_id: (*call_id).to_owned(),
            local_uri: (*local_uri).to_owned(),
            local_tag: (*local_tag).to_owned(),
            remote_uri: (*remote_uri).to_owned(),
            remote_tag: (*remote_tag).to_owned(),
            target: (*target).to_owned(),
            route: (*route).to_owned(),
            cseq: cseq.parse().ok()?,
            peer: Peer { address: address.parse().ok()?, channel },
        })
    }
}

/// A BYE for a dialog that only its identity is left of. `via_host` is `host:port` as the device knows us. Counts `cseq` up, so that a second
/// try is a new request. Any final answer, 481 included, means that the device knows.
pub fn healing_bye(identity: &mut DialogIdentity, via_host: &str, branch: Branch) -> Vec<u8> {
    identity.cseq = identity.cseq.saturating_add(1);
    DialogHeaders { identity, via_host, branch, user_agent: "" }
        .request(Method::Bye, identity.cseq, &identity.target)
        .empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::Message;

    fn identity() -> DialogIdentity {
        DialogIdentity {
            call_id: "c1@h".into(),
            local_uri: "sip:34020000002000000001@3402000000".into(),
            local_tag: "l1".into(),
            remote_uri: "sip:34020000001320000001@3402000000".into(),
            remote_tag: String::new(),
            target: "sip:34020000001320000001@192.168.1.64:5060".into(),
            cseq: 1,
            route: String::new(),
            peer: Peer { address: ([203, 0, 113, 9], 5060).into(), channel: Channel::Udp { socket: 2 } },
        }
    }

    #[test]
    fn an_identity_survives_storage() {
        assert_eq!(DialogIdentity::from_text(&identity().to_text()), Some(identity()));
        for bad in ["", "1\t2", &identity().to_text().replace("udp", "xyz"), &"\t".repeat(50_000)] {
            assert_eq!(DialogIdentity::from_text(bad), None);
        }
    }

    #[test]
    fn after_a_restart_a_device_is_told_to_stop() {
        let mut stored = DialogIdentity::from_text(&identity().to_text()).unwrap();
        let bytes = healing_bye(&mut stored, "10.0.0.1:5060", Branch(7));
        let bye = Message::from_datagram(&bytes).unwrap();
        assert_eq!((bye.method(), bye.cseq().unwrap().number), (Some(Method::Bye), 2));
        assert_eq!((bye.call_id(), bye.to().unwrap().tag()), (Some(&b"c1@h"[..]), None));
        assert_eq!(bye.request_uri(), Some(&b"sip:34020000001320000001@192.168.1.64:5060"[..]));
    }
}
