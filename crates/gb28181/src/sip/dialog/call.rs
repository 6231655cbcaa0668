//! A call with its data: turns the decisions of [`super::step`] into messages.
//!
//! Requests inside the dialog name the peer's `Contact` but travel to the address its packets came from, because a `Contact` behind NAT is a
//! private address at which nothing is ever heard (wvp-sw#10, #11).

use std::borrow::Cow;

use super::acts::record_route;
use super::identity::DialogIdentity;
use super::life::{Event, Role, State};
use crate::sip::limits::TOKEN_BYTES_MAX;
use crate::sip::{Branch, Message, Method, Peer, SipError, response_head};

/// First repetition of our 200 (T1) and the longest pause (T2), RFC 3261 13.3.1.4.
const REPEAT_FIRST_MS: u64 = 500;
const REPEAT_LONGEST_MS: u64 = 4_000;

/// When a missing ACK ends the call (64 × T1).
const ACK_OVERDUE_MS: u64 = 32_000;

/// What we need to call.
#[derive(Debug, Clone)]
pub struct CallSetup<'a> {
    /// A new `Call-ID`, never used before.
    pub call_id: &'a str,
    /// A new random tag.
    pub local_tag: &'a str,
    /// Our URI, `sip:<platform id>@<domain>`.
    pub local_uri: &'a str,
    /// The channel's URI, also the Request-URI.
    pub remote_uri: &'a str,
    /// Our `Contact`, without brackets.
    pub contact: &'a str,
    /// `host:port` that the device knows as its server (WVP#8).
    pub via_host: &'a str,
    /// `Subject`, see [`crate::sip::Subject`].
    pub subject: &'a str,
    /// `User-Agent`; empty for none.
    pub user_agent: &'a str,
    /// The device's present address.
    pub peer: Peer,
}

/// Why a call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallEnd {
    /// The peer refused with this status, or with 408 said nothing.
    Failed {
        /// 300 to 699, or 408.
        status: u16,
    },
    /// Both sides know.
    Ended,
    /// Our BYE was not answered; keep [`Call::identity`] and heal later.
    Unconfirmed,
}

/// What the owner of a call is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallEvent {
    /// Media may flow. As caller, the SDP is the body of the response in hand.
    Started,
    /// The request in hand carries playback control; it has been answered with 200.
    Info,
    /// Over.
    Over(CallEnd),
}

/// What is to be done for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallEffect {
    /// Send and start a client transaction.
    Request {
        /// The transaction's name.
        branch: Branch,
        /// The method.
        method: Method,
        /// The message.
        bytes: Vec<u8>,
        /// Where to.
        to: Peer,
    },
    /// Send as it is: an ACK or an answer.
    Send {
        /// The message.
        bytes: Vec<u8>,
        /// Where to.
        to: Peer,
    },
    /// Tell the owner.
    Tell(CallEvent),
}

/// One INVITE dialog.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) role: Role,
    pub(super) state: State,
    pub(super) identity: DialogIdentity,
    pub(super) via_host: String,
    pub(super) contact: String,
    pub(super) user_agent: String,
    pub(super) invite_branch: Branch,
    pub(super) invite_cseq: u32,
    // Callee only: the INVITE, needed until it has its final answer, and that answer while it is repeated.
    pub(super) invite: Vec<u8>,
    pub(super) answer: Vec<u8>,
    pub(super) refusal: (u16, Cow<'static, str>),
    pub(super) repeat_at_ms: u64,
    pub(super) repeat_pause_ms: u64,
    pub(super) overdue_at_ms: u64,
}

/// What a decision was made on.
#[derive(Default, Clone, Copy)]
pub(super) struct Cause<'m, 'b> {
    pub(super) message: Option<(&'m Message<'b>, Peer)>,
    pub(super) fresh: Option<Branch>,
    pub(super) failure: Option<u16>,
}

impl Call {
    /// Calls a channel: the call and its INVITE, to be sent with [`Branch`] `fresh` as a client transaction.
    pub fn invite(setup: &CallSetup<'_>, sdp: &[u8], fresh: Branch) -> (Self, CallEffect) {
        let identity = DialogIdentity {
            call_id: setup.call_id.to_owned(),
            local_uri: setup.local_uri.to_owned(),
            local_tag: setup.local_tag.to_owned(),
            remote_uri: setup.remote_uri.to_owned(),
            remote_tag: String::new(),
            target: setup.remote_uri.to_owned(),
            cseq: 1,
            route: String::new(),
            peer: setup.peer,
        };
        let call = Self::new(
            Role::Caller,
            State::Calling,
            identity,
            fresh,
            setup.via_host,
            setup.contact,
            setup.user_agent,
        );
        let mut writer = call.headers(fresh).request(Method::Invite, 1, setup.remote_uri);
        writer = writer.header("Contact", format!("<{}>", setup.contact));
        if !setup.subject.is_empty() {
            writer = writer.header("Subject", setup.subject);
        }
        let bytes = writer.body("APPLICATION/SDP", sdp);
        (call, CallEffect::Request { branch: fresh, method: Method::Invite, bytes, to: setup.peer })
    }

    /// Is called: `raw` is the whole INVITE. Nothing is answered yet; a 100 may be sent with [`crate::sip::respond`].
    pub fn incoming(
        raw: &[u8],
        from: Peer,
        local_tag: &str,
        contact: &str,
        via_host: &str,
    ) -> Result<Self, SipError> {
        let invite = Message::from_frame(raw)?;
        let text =
            |value: &[u8]| String::from_utf8_lossy(&value[..value.len().min(TOKEN_BYTES_MAX)]).into_owned();
        let remote = invite.from().ok_or(SipError::Header("From"))?;
        let local = invite.to().ok_or(SipError::Header("To"))?;
        let identity = DialogIdentity {
            call_id: text(invite.call_id().ok_or(SipError::Header("Call-ID"))?),
            local_uri: text(local.uri.raw),
            local_tag: local_tag.to_owned(),
            remote_uri: text(remote.uri.raw),
            remote_tag: text(remote.tag().unwrap_or_default()),
            target: text(invite.contact().map_or(remote.uri.raw, |contact| contact.uri.raw)),
            cseq: 0,
            route: record_route(&invite, Role::Callee),
            peer: from,
        };
        let cseq = invite.cseq().ok_or(SipError::Header("CSeq"))?.number;
        let mut call = Self::new(Role::Callee, State::Offered, identity, Branch(0), via_host, contact, "");
        call.invite_cseq = cseq;
        call.invite = raw.to_vec();
        Ok(call)
    }

    fn new(
        role: Role,
        state: State,
        identity: DialogIdentity,
        invite_branch: Branch,
        via_host: &str,
        contact: &str,
        user_agent: &str,
    ) -> Self {
        Self {
            role,
            state,
            identity,
            via_host: via_host.to_owned(),
            contact: contact.to_owned(),
            user_agent: user_agent.to_owned(),
            invite_branch,
            invite_cseq: 1,
            invite: Vec::new(),
            answer: Vec::new(),
            refusal: (603, Cow::Borrowed("Decline")),
            repeat_at_ms: 0,
            repeat_pause_ms: REPEAT_FIRST_MS,
            overdue_at_ms: 0,
        }
    }

    /// Where the call stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// Who called.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What to store, so that the call can be ended after a restart.
    pub fn identity(&self) -> &DialogIdentity {
        &self.identity
    }

    /// Whether a message belongs to this call, by its Call-ID.
    pub fn has(&self, message: &Message<'_>) -> bool {
        message.call_id() == Some(self.identity.call_id.as_bytes())
    }

    /// The peer is reached in another way from now on: its NAT mapping changed, or it came back over a new connection.
    pub fn move_to(&mut self, peer: Peer) {
        self.identity.peer = peer;
    }

    /// A response to INVITE, BYE, CANCEL or INFO of this call. `fresh` is an unused branch.
    pub fn on_response(&mut self, response: &Message<'_>, from: Peer, fresh: Branch) -> Vec<CallEffect> {
        let (Some(status), Some(cseq)) = (response.status(), response.cseq()) else { return Vec::new() };
        let event = match (cseq.method, status) {
            (Method::Invite, 100..=199) => Event::Provisional,
            (Method::Invite, 200..=299) => Event::Success,
            (Method::Invite, _) => Event::Failure,
            (Method::Bye, 200..) => Event::ByeAnswered,
            _ => return Vec::new(),
        };
        if event == Event::Success {
            self.learn(response, from);
        }
        self.advance(
            event,
            Cause { message: Some((response, from)), fresh: Some(fresh), failure: Some(status) },
        )
    }

    /// A request of the peer inside this call.
    pub fn on_request(&mut self, request: &Message<'_>, from: Peer, fresh: Branch) -> Vec<CallEffect> {
        let event = match request.method() {
            Some(Method::Ack) => Event::AckArrived,
            Some(Method::Cancel) => Event::CancelArrived,
            Some(Method::Bye) => Event::ByeArrived,
            Some(Method::Info) => Event::InfoArrived,
            Some(Method::Invite) => Event::ReinviteArrived,
            _ => return Vec::new(),
        };
        // A NAT mapping may have moved; the peer's newest packet knows best.
        self.identity.peer = from;
        self.advance(event, Cause { message: Some((request, from)), fresh: Some(fresh), failure: None })
    }

    /// A request of ours got no final answer.
    pub fn on_timed_out(&mut self, method: Method, fresh: Branch) -> Vec<CallEffect> {
        let event = match method {
            Method::Invite => Event::InviteTimedOut,
            Method::Bye => Event::ByeTimedOut,
            _ => return Vec::new(),
        };
        self.advance(event, Cause { message: None, fresh: Some(fresh), failure: Some(408) })
    }

    /// Nobody here wants the session any more.
    pub fn hang_up(&mut self, fresh: Branch) -> Vec<CallEffect> {
        self.advance(Event::HangUp, Cause { fresh: Some(fresh), ..Cause::default() })
    }

    /// Takes the peer's INVITE.
    pub fn accept(&mut self, sdp: &[u8], now_ms: u64) -> Vec<CallEffect> {
        let Ok(invite) = Message::from_frame(&self.invite) else { return Vec::new() };
        self.answer = response_head(&invite, &self.identity.peer, 200, "OK", &self.identity.local_tag)
            .header("Contact", format!("<{}>", self.contact))
            .body("APPLICATION/SDP", sdp);
        self.repeat_at_ms = now_ms + REPEAT_FIRST_MS;
        self.overdue_at_ms = now_ms + ACK_OVERDUE_MS;
        self.advance(Event::Accept, Cause::default())
    }

    /// Refuses the peer's INVITE.
    pub fn reject(&mut self, status: u16, reason: impl Into<Cow<'static, str>>) -> Vec<CallEffect> {
        self.refusal = (status, reason.into());
        self.advance(Event::Reject, Cause::default())
    }

    /// Sends playback control (9.8) inside the session; `None` when there is none.
    pub fn info(&mut self, content_type: &str, body: &[u8], fresh: Branch) -> Option<CallEffect> {
        (self.state == State::Confirmed).then(|| {
            let cseq = self.next_cseq();
            let writer = self.headers(fresh).request(Method::Info, cseq, &self.identity.target);
            let bytes = writer.body(content_type, body);
            CallEffect::Request { branch: fresh, method: Method::Info, bytes, to: self.identity.peer }
        })
    }

    /// When [`Call::on_timer`] has something to do.
    pub fn next_deadline_ms(&self) -> Option<u64> {
        (self.state == State::Accepted).then(|| self.repeat_at_ms.min(self.overdue_at_ms))
    }

    /// Repeats our 200 until the ACK comes, on UDP and TCP alike (RFC 3261 13.3.1.4).
    pub fn on_timer(&mut self, now_ms: u64, fresh: Branch) -> Vec<CallEffect> {
        if self.next_deadline_ms().is_none_or(|due| due > now_ms) {
            return Vec::new();
        }
        let cause = Cause { fresh: Some(fresh), ..Cause::default() };
        if now_ms >= self.overdue_at_ms {
            return self.advance(Event::AckOverdue, cause);
        }
        self.repeat_pause_ms = (self.repeat_pause_ms * 2).min(REPEAT_LONGEST_MS);
        self.repeat_at_ms = now_ms + self.repeat_pause_ms;
        self.advance(Event::RepeatDue, cause)
    }
}

#[cfg(test)]
#[path = "call_tests.rs"]
mod tests;
