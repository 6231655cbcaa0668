//! Media sessions: accepted, controlled and ended.

use super::Device;
use super::effect::{Effect, Event};
use super::equipment::{Equipment, Handling, Invitation, SessionId};
use super::habits::Habit;
use super::outgoing::Purpose;
use crate::id::GbId;
use crate::manscdp::media_status::{MediaEvent, MediaStatus};
use crate::manscdp::{Body, CONTENT_TYPE, Message as Manscdp};
use crate::mansrtsp::Control;
use crate::profile::MediaTransport;
use crate::sdp::{Attribute, MediaKind, Sdp, SessionKind, Setup, Transport};
use crate::sip::{
    Call, CallEffect, CallEvent, Message, MessageWriter, Method, Now, Peer, TransactionKey, bytes_of,
    response_head,
};
use crate::ssrc::{Purpose as Use, SSRCS_PER_USE, Ssrc};

/// Sessions at once; a recorder has as many viewers as channels, rarely more.
const SESSIONS_MAX: usize = 1_024;

/// A session.
#[derive(Debug)]
pub(super) struct Session {
    pub call: Call,
    pub invitation: Invitation,
    pub is_over: bool,
    /// The offer and the request, while an answer is being thought about.
    pub pondered: Option<(Box<Sdp>, TransactionKey)>,
}

impl Device {
    /// An INVITE outside of any session.
    pub(super) fn invited(
        &mut self,
        now: Now,
        from: Peer,
        request: &Message<'_>,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        self.sessions.retain(|_, session| !session.is_over);
        let id = SessionId(self.last_session + 1);
        if self.sessions.len() >= SESSIONS_MAX {
            return self.reply(from, request, (486, "Busy Here"), out);
        }
        let Some((invitation, offer)) = read_offer(id, request, self.settings.id) else {
            return self.reply(from, request, (488, "Not Acceptable Here"), out);
        };
        let decided = match equipment.handling_of_invitation(&invitation) {
            Handling::Now => equipment.invited(&invitation).map(Some),
            Handling::Later => Ok(None),
            Handling::Refuse(declined) => Err(declined),
        };
        let accepted = match decided {
            Ok(accepted) => accepted,
            Err(declined) => return self.reply(from, request, (declined.status, declined.reason), out),
        };
        let tag = self.tokens.text();
        let raw = bytes_of(request);
        let (contact, local) = (self.contact(), self.settings.local.clone());
        let Ok(mut call) = Call::incoming(&raw, from, &tag, &contact, &local) else {
            return self.reply(from, request, (400, "Bad Request"), out);
        };
        if self.settings.habits.has(Habit::Dialog101) {
            let bytes = response_head(request, &from, 101, "Dialog Establishment", &tag).empty();
            self.send(bytes, from, out);
        }
        self.last_session = id.0;
        let Some(accepted) = accepted else {
            return self.ponder(from, request, call, (invitation, offer), out);
        };
        let sdp = self.answer_sdp(&offer, &invitation, &accepted);
        let effects = call.accept(sdp.as_bytes(), now.mono_ms);
        self.sessions.insert(id, Session { call, invitation, is_over: false, pondered: None });
        self.apply(now, id, effects, out);
    }

    pub(super) fn answer_sdp(
        &self,
        offer: &Sdp,
        invitation: &Invitation,
        accepted: &super::Accepted,
    ) -> String {
        let habits = &self.settings.habits;
        if habits.has(Habit::NoSdp) {
            return String::new();
        }
        let Some(mut sdp) = offer.mirror(invitation.channel, &accepted.host, accepted.port) else {
            return String::new();
        };
        if let (Some(bytes), Some(media)) = (accepted.file_size, sdp.media.first_mut()) {
            media.attributes.push(Attribute::new("filesize", bytes.to_string()));
        }
        sdp.ssrc = Some(invitation.ssrc).filter(|_| !habits.has(Habit::NoSsrc));
        if habits.has(Habit::OtherSsrc) {
            sdp.ssrc = Some(self.sent_ssrc(invitation));
        } else if habits.has(Habit::ZeroSsrc) {
            sdp.ssrc = Some(Ssrc(0));
        }
        sdp.write()
    }

    /// The SSRC that packets of a session really bear.
    pub fn sent_ssrc(&self, invitation: &Invitation) -> Ssrc {
        if self.settings.habits.has(Habit::OtherSsrc) {
            Ssrc(invitation.ssrc.0 ^ 1)
        } else if self.settings.habits.has(Habit::ZeroSsrc) {
            Ssrc(0)
        } else {
            invitation.ssrc
        }
    }

    /// A request inside a session; false when there is no such session.
    pub(super) fn session_request(
        &mut self,
        now: Now,
        from: Peer,
        request: &Message<'_>,
        out: &mut Vec<Effect>,
    ) -> bool {
        let branch = self.tokens.branch();
        let Some((id, session)) = self.sessions.iter_mut().find(|(_, session)| session.call.has(request))
        else {
            return false;
        };
        let id = *id;
        let effects = session.call.on_request(request, from, branch);
        let is_info = effects.contains(&CallEffect::Tell(CallEvent::Info));
        self.apply(now, id, effects, out);
        if let (true, Ok(Control::Request(request))) = (is_info, Control::parse(request.body)) {
            out.push(Effect::Tell(Event::Controlled { session: id, action: request.action }));
        }
        true
    }

    /// Ends a session from this side.
    pub fn hang_up(&mut self, now: Now, session: SessionId, out: &mut Vec<Effect>) {
        let branch = self.tokens.branch();
        let Some(open) = self.sessions.get_mut(&session) else { return };
        let effects = open.call.hang_up(branch);
        self.apply(now, session, effects, out);
    }

    /// Reports that a recording has been sent to its end (9.8: in a MESSAGE of the media dialog).
    pub fn file_end(&mut self, now: Now, session: SessionId, out: &mut Vec<Effect>) {
        let sn = self.next_sn();
        let Some(open) = self.sessions.get(&session) else { return };
        let identity = open.call.identity().clone();
        let status = Body::MediaStatus(MediaStatus { event: MediaEvent::FileEnd });
        let body = self.body_of(&Manscdp::new(sn, open.invitation.channel, status));
        if self.settings.habits.has(Habit::FileEndElsewhere) {
            return self.send_body(now, &body, Purpose::Nothing, out);
        }
        let branch = self.tokens.branch();
        if self.settings.habits.has(Habit::FileEndByInfo) {
            let Some(open) = self.sessions.get_mut(&session) else { return };
            let info = open.call.info(CONTENT_TYPE, &body, branch);
            return self.apply(now, session, info.into_iter().collect(), out);
        }
        let bytes = MessageWriter::request(Method::Message, &identity.target)
            .header("Via", self.via(branch))
            .header("From", format!("<{}>;tag={}", identity.local_uri, identity.local_tag))
            .header("To", format!("<{}>;tag={}", identity.remote_uri, identity.remote_tag))
            .header("Call-ID", &identity.call_id)
            .header("CSeq", format!("{} MESSAGE", identity.cseq + 20))
            .header("Max-Forwards", "70")
            .body(CONTENT_TYPE, &body);
        self.send_request(now, branch, Method::Message, bytes, Purpose::Nothing, out);
    }

    /// A BYE or INFO of ours has its answer.
    pub(super) fn session_answered(
        &mut self,
        now: Now,
        id: SessionId,
        method: Method,
        answer: Option<(&Message<'_>, Peer)>,
        out: &mut Vec<Effect>,
    ) {
        let branch = self.tokens.branch();
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let effects = match answer {
            Some((response, from)) => session.call.on_response(response, from, branch),
            None => session.call.on_timed_out(method, branch),
        };
        self.apply(now, id, effects, out);
    }

    pub(super) fn session_timer(&mut self, now: Now, out: &mut Vec<Effect>) {
        let is_due =
            |session: &Session| session.call.next_deadline_ms().is_some_and(|due| due <= now.mono_ms);
        let due: Vec<SessionId> =
            self.sessions.iter().filter(|(_, session)| is_due(session)).map(|(id, _)| *id).collect();
        for id in due {
            let branch = self.tokens.branch();
            let Some(session) = self.sessions.get_mut(&id) else { continue };
            let effects = session.call.on_timer(now.mono_ms, branch);
            self.apply(now, id, effects, out);
        }
    }

    pub(super) fn apply(&mut self, now: Now, id: SessionId, effects: Vec<CallEffect>, out: &mut Vec<Effect>) {
        for effect in effects {
            match effect {
                CallEffect::Request { branch, method, bytes, .. } => {
                    self.send_request(now, branch, method, bytes, Purpose::Session(id), out);
                }
                CallEffect::Send { bytes, to } => self.answer(bytes, to, out),
                CallEffect::Tell(CallEvent::Started) => {
                    if let Some(session) = self.sessions.get(&id) {
                        let invitation = Box::new(session.invitation.clone());
                        out.push(Effect::Tell(Event::SessionStarted(invitation)));
                    }
                }
                CallEffect::Tell(CallEvent::Over(_)) => {
                    if let Some(session) = self.sessions.get_mut(&id) {
                        session.is_over = true;
                    }
                    out.push(Effect::Tell(Event::SessionEnded { session: id }));
                }
                CallEffect::Tell(CallEvent::Info) => {}
            }
        }
    }
}

/// Reads an INVITE; `None` when its offer cannot be understood. `own` picks the SSRC where the offer has none.
fn read_offer(session: SessionId, request: &Message<'_>, own: GbId) -> Option<(Invitation, Sdp)> {
    let offer = Sdp::parse(request.body).ok()?;
    let media = offer.section(&MediaKind::Video).or(offer.section(&MediaKind::Audio))?;
    let to = request.request_uri().map(|uri| String::from_utf8_lossy(uri).into_owned())?;
    let transport = match (&media.transport, offer.setup(media)) {
        (Transport::Udp, _) => MediaTransport::Udp,
        (Transport::Tcp, Some(Setup::Active)) => MediaTransport::TcpPlatformConnects,
        (Transport::Tcp, _) => MediaTransport::TcpDeviceConnects,
        (Transport::Raw(_), _) => return None,
    };
    let invitation = Invitation {
        session,
        channel: GbId::from_address(&to).ok()?,
        kind: offer.kind.clone(),
        time: offer.time,
        stream: offer.stream_number(media).unwrap_or_default(),
        transport,
        remote: (offer.address_of(media).to_owned(), media.port),
        ssrc: offer.ssrc.unwrap_or_else(|| ssrc_of(own, session, &offer.kind)),
        program_stream: media
            .payload_types
            .iter()
            .copied()
            .find(|number| media.encoding(*number) == Some("PS")),
    };
    Some((invitation, offer))
}

/// A number of our own domain, for a platform that leaves the choice to us.
fn ssrc_of(own: GbId, session: SessionId, kind: &SessionKind) -> Ssrc {
    let purpose = if *kind == SessionKind::Play { Use::Live } else { Use::History };
    Ssrc::compose(purpose, own, (session.0 % SSRCS_PER_USE as u64) as u16)
}
