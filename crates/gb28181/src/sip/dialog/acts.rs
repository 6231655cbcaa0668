//! What a call does: each [`Act`] as a message or as news.

use super::call::{Call, CallEffect, CallEnd, CallEvent, Cause};
use super::life::{Act, Event, Role, State, step};
use super::messages::DialogHeaders;
use crate::sip::limits::TOKEN_BYTES_MAX;
use crate::sip::params::split;
use crate::sip::{Branch, HeaderName, Message, Method, NameAddr, Peer, response_head};

/// Hops of a route that are kept. Platforms cascade four levels deep: centre, province, city, county.
const HOPS_MAX: usize = 8;

impl Call {
    pub(super) fn advance(&mut self, event: Event, cause: Cause<'_, '_>) -> Vec<CallEffect> {
        let decided = step(self.state, event);
        self.state = decided.next;
        let effects = decided.acts.iter().filter_map(|act| self.act(*act, cause)).collect();
        if !matches!(self.state, State::Offered | State::Accepted) {
            self.invite = Vec::new();
            self.answer = Vec::new();
        }
        effects
    }

    fn act(&mut self, act: Act, cause: Cause<'_, '_>) -> Option<CallEffect> {
        let peer = self.identity.peer;
        let answer = |status, reason, tag: &str| {
            let (request, from) = cause.message?;
            Some(CallEffect::Send {
                bytes: response_head(request, &from, status, reason, tag).empty(),
                to: from,
            })
        };
        let over = |end| Some(CallEffect::Tell(CallEvent::Over(end)));
        match act {
            Act::SendAck => {
                let writer =
                    self.headers(cause.fresh?).request(Method::Ack, self.invite_cseq, &self.identity.target);
                Some(CallEffect::Send { bytes: writer.empty(), to: peer })
            }
            Act::SendCancel => {
                // Same branch, same number, same URI as the INVITE (RFC 3261 9.1).
                let headers = self.headers(self.invite_branch);
                let bytes =
                    headers.request(Method::Cancel, self.invite_cseq, &self.identity.remote_uri).empty();
                Some(CallEffect::Request {
                    branch: self.invite_branch,
                    method: Method::Cancel,
                    bytes,
                    to: peer,
                })
            }
            Act::SendBye => {
                let (branch, cseq) = (cause.fresh?, self.next_cseq());
                // The ACK of the same step may have used the branch; transactions are told apart by their method.
                let bytes = self.headers(branch).request(Method::Bye, cseq, &self.identity.target).empty();
                Some(CallEffect::Request { branch, method: Method::Bye, bytes, to: peer })
            }
            Act::AnswerOk => answer(200, "OK", &self.identity.local_tag),
            Act::AnswerGone => answer(481, "Call/Transaction Does Not Exist", &self.identity.local_tag),
            Act::AnswerNotAcceptable => answer(488, "Not Acceptable Here", &self.identity.local_tag),
            Act::AnswerInviteOk => Some(CallEffect::Send { bytes: self.answer.clone(), to: peer }),
            Act::AnswerInviteRefused => self.answer_invite(self.refusal.0, &self.refusal.1),
            Act::AnswerInviteCancelled => self.answer_invite(487, "Request Terminated"),
            Act::ReportStarted => Some(CallEffect::Tell(CallEvent::Started)),
            Act::ReportFailed => over(CallEnd::Failed { status: cause.failure.unwrap_or(408) }),
            Act::ReportEnded => over(CallEnd::Ended),
            Act::ReportUnconfirmed => over(CallEnd::Unconfirmed),
            Act::ReportInfo => Some(CallEffect::Tell(CallEvent::Info)),
        }
    }

    fn answer_invite(&self, status: u16, reason: &str) -> Option<CallEffect> {
        let invite = Message::from_frame(&self.invite).ok()?;
        let bytes =
            response_head(&invite, &self.identity.peer, status, reason, &self.identity.local_tag).empty();
        Some(CallEffect::Send { bytes, to: self.identity.peer })
    }

    /// Takes the peer's tag, target and address from its 2xx.
    pub(super) fn learn(&mut self, response: &Message<'_>, from: Peer) {
        let text =
            |value: &[u8]| String::from_utf8_lossy(&value[..value.len().min(TOKEN_BYTES_MAX)]).into_owned();
        if let Some(tag) = response.to().as_ref().and_then(NameAddr::tag) {
            self.identity.remote_tag = text(tag);
        }
        if let Some(contact) = response.contact().filter(|contact| !contact.uri.raw.is_empty()) {
            self.identity.target = text(contact.uri.raw);
        }
        self.identity.route = record_route(response, Role::Caller);
        self.identity.peer = from;
    }

    pub(super) fn next_cseq(&mut self) -> u32 {
        self.identity.cseq = self.identity.cseq.saturating_add(1);
        self.identity.cseq
    }

    pub(super) fn headers(&self, branch: Branch) -> DialogHeaders<'_> {
        DialogHeaders {
            identity: &self.identity,
            via_host: &self.via_host,
            branch,
            user_agent: &self.user_agent,
        }
    }
}

/// The route set: `Record-Route` as it came for the callee, backwards for the caller (RFC 3261 12.1).
pub(super) fn record_route(message: &Message<'_>, role: Role) -> String {
    let hops = message.all(HeaderName::RecordRoute).flat_map(|value| split(value, b','));
    let short = hops.map(<[u8]>::trim_ascii).filter(|hop| !hop.is_empty() && hop.len() <= TOKEN_BYTES_MAX);
    let mut hops: Vec<_> = short.take(HOPS_MAX).map(String::from_utf8_lossy).collect();
    if role == Role::Caller {
        hops.reverse();
    }
    hops.join(", ")
}
