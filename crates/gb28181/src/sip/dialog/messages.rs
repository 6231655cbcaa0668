//! The headers that every request inside a dialog carries.

use super::identity::DialogIdentity;
use crate::sip::{Branch, MessageWriter, Method};

/// What a request is written from.
pub(super) struct DialogHeaders<'a> {
    pub identity: &'a DialogIdentity,
    pub via_host: &'a str,
    pub branch: Branch,
    pub user_agent: &'a str,
}

impl DialogHeaders<'_> {
    /// A request with all headers but its own.
    pub fn request(&self, method: Method, cseq: u32, target: &str) -> MessageWriter {
        let identity = self.identity;
        let transport = identity.peer.via_transport();
        let mut writer = MessageWriter::request(method, target)
            .header("Via", format!("SIP/2.0/{transport} {};rport;branch={}", self.via_host, self.branch))
            .header("From", tagged(&identity.local_uri, &identity.local_tag))
            .header("To", tagged(&identity.remote_uri, &identity.remote_tag))
            .header("Call-ID", &identity.call_id)
            .header("CSeq", format!("{cseq} {method}"));
        if !identity.route.is_empty() {
            writer = writer.header("Route", &identity.route);
        }
        writer = writer.header("Max-Forwards", "70");
        if self.user_agent.is_empty() { writer } else { writer.header("User-Agent", self.user_agent) }
    }
}

fn tagged(uri: &str, tag: &str) -> String {
    if tag.is_empty() { format!("<{uri}>") } else { format!("<{uri}>;tag={tag}") }
}
