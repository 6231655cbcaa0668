//! Requests inside a dialog: [`RequestHead`] filled from the dialog's identity.

use super::identity::DialogIdentity;
use crate::sip::{Branch, MessageWriter, Method, RequestHead};

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
        let head = RequestHead {
            method,
            uri: target,
            from_uri: &identity.local_uri,
            from_tag: &identity.local_tag,
            to_uri: &identity.remote_uri,
            to_tag: &identity.remote_tag,
            call_id: &identity.call_id,
            cseq,
            via_host: self.via_host,
            branch: self.branch,
            route: &identity.route,
            user_agent: self.user_agent,
            peer: identity.peer,
        };
        head.write()
    }
}
