//! Answers that have to be waited for: an owner that must ask somebody else first gives them when it has them.

use super::Device;
use super::effect::Effect;
use super::equipment::{Accepted, Declined, Invitation, SessionId};
use super::sessions::Session;
use crate::id::CatalogId;
use crate::manscdp::record_info::Recording;
use crate::manscdp::{Body, Message as Manscdp};
use crate::sdp::Sdp;
use crate::sip::{Call, Message, Now, Peer, respond};

impl Device {
    /// Answers a question or an order that was to be answered later, under its number.
    pub fn respond(&mut self, now: Now, sn: u64, about: CatalogId, body: Body, out: &mut Vec<Effect>) {
        self.send_in_turn(now, vec![Manscdp::new(sn, about, body)], out);
    }

    /// Answers a search for recordings that was to be answered later, in as many messages as it takes.
    pub fn respond_recordings(
        &mut self,
        now: Now,
        sn: u64,
        about: CatalogId,
        recordings: &[Recording],
        out: &mut Vec<Effect>,
    ) {
        let messages = self.record_answers(sn, about, recordings);
        self.send_in_turn(now, messages, out);
    }

    /// Accepts an invitation that was to be answered later. Nothing when it was taken back meanwhile.
    pub fn accept(&mut self, now: Now, session: SessionId, accepted: &Accepted, out: &mut Vec<Effect>) {
        let Some(open) = self.sessions.get_mut(&session) else { return };
        let Some((offer, key)) = open.pondered.take().filter(|_| !open.is_over) else { return };
        let invitation = open.invitation.clone();
        let sdp = self.answer_sdp(&offer, &invitation, accepted);
        let Some(open) = self.sessions.get_mut(&session) else { return };
        let effects = open.call.accept(sdp.as_bytes(), now.mono_ms);
        self.answering = Some(key);
        self.apply(now, session, effects, out);
        self.answering = None;
    }

    /// Declines an invitation that was to be answered later. Nothing when it was taken back meanwhile.
    pub fn decline(&mut self, now: Now, session: SessionId, declined: Declined, out: &mut Vec<Effect>) {
        let Some(open) = self.sessions.get_mut(&session) else { return };
        let Some((_, key)) = open.pondered.take().filter(|_| !open.is_over) else { return };
        let effects = open.call.reject(declined.status, declined.reason);
        self.answering = Some(key);
        self.apply(now, session, effects, out);
        self.answering = None;
    }

    /// Keeps an invitation and says that it has come, so that it is not repeated.
    pub(super) fn ponder(
        &mut self,
        from: Peer,
        request: &Message<'_>,
        call: Call,
        (invitation, offer): (Invitation, Sdp),
        out: &mut Vec<Effect>,
    ) {
        let tag = call.identity().local_tag.clone();
        self.send(respond(request, &from, 100, "Trying", &tag), from, out);
        let pondered = self.answering.take().map(|key| (Box::new(offer), key));
        self.sessions.insert(invitation.session, Session { call, invitation, is_over: false, pondered });
    }
}
