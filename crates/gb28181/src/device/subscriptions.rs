//! What the platform subscribed to.

use super::Device;
use super::effect::{Effect, Event};
use super::outgoing::Purpose;
use crate::manscdp::{CONTENT_TYPE, Message as Manscdp};
use crate::sip::{
    HeaderName, Message, MessageWriter, Method, Now, Peer, limits::TOKEN_BYTES_MAX, response_head,
};

/// Life of a subscription that names none, in seconds.
const EXPIRES_S: u32 = 600;

/// Subscriptions held: one a topic and upper platform.
const SUBSCRIPTIONS_MAX: usize = 16;

/// A dialog in which things are reported.
#[derive(Debug)]
pub(super) struct Subscription {
    cmd_type: String,
    call_id: String,
    local: String,
    remote: String,
    event: String,
    cseq: u32,
    until_ms: u64,
}

impl Device {
    pub(super) fn subscribed(&mut self, now: Now, from: Peer, request: &Message<'_>, out: &mut Vec<Effect>) {
        let text = |value: Option<&[u8]>| {
            let value = value.unwrap_or_default();
            String::from_utf8_lossy(&value[..value.len().min(TOKEN_BYTES_MAX)]).into_owned()
        };
        let expires_s = request.expires_s().unwrap_or(EXPIRES_S);
        let call_id = text(request.call_id());
        let known = self.subscriptions.iter().position(|held| held.call_id == call_id);
        let tag = self.tokens.text();
        let head = response_head(request, &from, 200, "OK", &tag)
            .header("Contact", format!("<{}>", self.contact()))
            .number("Expires", u64::from(expires_s));
        self.answer(head.empty(), from, out);
        let until_ms = now.mono_ms + u64::from(expires_s) * 1_000;
        let command = Manscdp::parse(request.body).map(|message| message.body.cmd_type().to_owned());
        match (known, command) {
            (Some(at), _) if expires_s == 0 => drop(self.subscriptions.remove(at)),
            (Some(at), _) => {
                self.subscriptions[at].until_ms = until_ms;
                let cmd_type = self.subscriptions[at].cmd_type.clone();
                out.push(Effect::Tell(Event::Subscribed { cmd_type, is_new: false }));
            }
            (None, Ok(cmd_type)) if expires_s > 0 && self.subscriptions.len() < SUBSCRIPTIONS_MAX => {
                // A server that has started anew knows nothing of the dialog it had before.
                self.subscriptions.retain(|held| held.cmd_type != cmd_type);
                let to = text(request.header(HeaderName::To));
                self.subscriptions.push(Subscription {
                    cmd_type: cmd_type.clone(),
                    call_id,
                    local: format!("{to};tag={tag}"),
                    remote: text(request.header(HeaderName::From)),
                    event: text(request.header(HeaderName::Event)),
                    cseq: 0,
                    until_ms,
                });
                out.push(Effect::Tell(Event::Subscribed { cmd_type, is_new: true }));
            }
            _ => {}
        }
    }

    /// Whether the platform wants to be told of this command's news.
    pub fn is_subscribed(&self, now: Now, cmd_type: &str) -> bool {
        self.subscriptions.iter().any(|held| held.cmd_type == cmd_type && held.until_ms > now.mono_ms)
    }

    /// Reports in the dialog of a subscription; false when there is none.
    pub(super) fn notify(
        &mut self,
        now: Now,
        cmd_type: &str,
        body: &[u8],
        purpose: Purpose,
        out: &mut Vec<Effect>,
    ) -> bool {
        self.subscriptions.retain(|held| held.until_ms > now.mono_ms);
        let branch = self.tokens.branch();
        let via = self.via(branch);
        let uri = format!("sip:{}@{}", self.settings.server_id, self.server.address);
        let Some(held) = self.subscriptions.iter_mut().find(|held| held.cmd_type == cmd_type) else {
            return false;
        };
        held.cseq += 1;
        let left_s = (held.until_ms - now.mono_ms) / 1_000;
        let bytes = MessageWriter::request(Method::Notify, uri)
            .header("Via", via)
            .header("From", &held.local)
            .header("To", &held.remote)
            .header("Call-ID", &held.call_id)
            .header("CSeq", format!("{} NOTIFY", held.cseq))
            .header("Max-Forwards", "70")
            .header("Event", &held.event)
            .header("Subscription-State", format!("active;expires={left_s}"))
            .body(CONTENT_TYPE, body);
        self.send_request(now, branch, Method::Notify, bytes, purpose, out);
        true
    }
}
