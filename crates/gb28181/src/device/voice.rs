//! Being spoken to (9.12): the platform notifies, we say whether we will listen and call back for the sound.

use super::Device;
use super::effect::{Effect, Event};
use super::equipment::{Equipment, Listening, SessionId, Speech};
use super::habits::Habit;
use super::outgoing::Purpose;
use crate::id::GbId;
use crate::manscdp::broadcast::Broadcast;
use crate::manscdp::outcome::Outcome;
use crate::manscdp::{Body, Message as Manscdp};
use crate::profile::MediaTransport;
use crate::sdp::{Direction, Media, MediaKind, Sdp, SessionKind, Setup, Transport};
use crate::sip::{Call, CallEffect, CallEvent, CallSetup, Message, Method, Now, Peer};
use crate::ssrc::{Purpose as Use, Ssrc};

/// Voices at once; a device has one speaker, a lower platform some.
const VOICES_MAX: usize = 64;

/// A voice that is heard, or called for.
#[derive(Debug)]
pub(super) struct Voice {
    pub call: Call,
    is_over: bool,
}

impl Device {
    /// Somebody wants to speak.
    pub(super) fn spoken_to(
        &mut self,
        now: Now,
        sn: u64,
        broadcast: &Broadcast,
        equipment: &mut dyn Equipment,
        out: &mut Vec<Effect>,
    ) {
        self.voices.retain(|_, voice| !voice.is_over);
        let session = SessionId(self.last_session + 1);
        let has_room = self.voices.len() < VOICES_MAX;
        let listening = has_room.then(|| equipment.spoken_to(session, broadcast)).flatten();
        let outcome = Body::BroadcastAnswer(Outcome::new(listening.is_some()));
        self.send_in_turn(now, vec![Manscdp::new(sn, broadcast.target, outcome)], out);
        let Some(listening) = listening else { return };
        self.last_session = session.0;
        if !self.settings.habits.has(Habit::NeverInvites) {
            self.call_back(now, session, broadcast, &listening, out);
        }
    }

    fn call_back(
        &mut self,
        now: Now,
        session: SessionId,
        broadcast: &Broadcast,
        listening: &Listening,
        out: &mut Vec<Effect>,
    ) {
        let Broadcast { source, target } = *broadcast;
        let ssrc = Ssrc::compose(Use::Live, self.settings.id, session.0 as u16);
        let (call_id, tag, branch) = (self.tokens.text(), self.tokens.text(), self.tokens.branch());
        let domain = &self.settings.domain;
        let setup = CallSetup {
            call_id: &call_id,
            local_tag: &tag,
            // As devices do: the output that will be heard stands for the device.
            local_uri: &format!("sip:{target}@{domain}"),
            remote_uri: &format!("sip:{source}@{domain}"),
            contact: &self.contact(),
            via_host: &self.settings.local,
            subject: &format!("{source}:{ssrc},{target}:0"),
            user_agent: &self.settings.user_agent,
            peer: self.server,
        };
        let sdp = self.wish(target, listening, ssrc).write();
        let (call, invite) = Call::invite(&setup, sdp.as_bytes(), branch);
        self.voices.insert(session, Voice { call, is_over: false });
        self.apply_voice(now, session, vec![invite], None, out);
    }

    /// The offer: what we can hear, and where.
    fn wish(&self, target: GbId, listening: &Listening, ssrc: Ssrc) -> Sdp {
        let habits = &self.settings.habits;
        let (transport, setup) = match listening.transport {
            MediaTransport::Udp => (Transport::Udp, None),
            MediaTransport::TcpDeviceConnects => (Transport::Tcp, Some(Setup::Active)),
            MediaTransport::TcpPlatformConnects => (Transport::Tcp, Some(Setup::Passive)),
        };
        let media = Media { kind: MediaKind::Audio, ..Media::video(listening.port, transport) };
        let mut media = if habits.has(Habit::VoiceMuLaw) {
            media.with_payload(0, "PCMU", 8_000)
        } else if habits.has(Habit::VoiceProgram) {
            media.with_payload(96, "PS", 90_000)
        } else {
            media.with_payload(8, "PCMA", 8_000)
        };
        media.direction = Some(Direction::RecvOnly);
        if let Some(setup) = setup {
            media = media.with_attribute("setup", setup.as_str()).with_attribute("connection", "new");
        }
        let mut offer = Sdp::new(target, &listening.host, SessionKind::Play);
        offer.media.push(media);
        offer.ssrc = Some(ssrc);
        offer
    }

    /// Listens no more.
    pub fn stop_listening(&mut self, now: Now, session: SessionId, out: &mut Vec<Effect>) {
        let branch = self.tokens.branch();
        let Some(voice) = self.voices.get_mut(&session) else { return };
        let effects = voice.call.hang_up(branch);
        self.apply_voice(now, session, effects, None, out);
    }

    /// A request inside the dialog of a voice; false when there is no such dialog.
    pub(super) fn voice_request(
        &mut self,
        now: Now,
        from: Peer,
        request: &Message<'_>,
        out: &mut Vec<Effect>,
    ) -> bool {
        let branch = self.tokens.branch();
        let Some((session, voice)) = self.voices.iter_mut().find(|(_, voice)| voice.call.has(request)) else {
            return false;
        };
        let session = *session;
        let effects = voice.call.on_request(request, from, branch);
        self.apply_voice(now, session, effects, None, out);
        true
    }

    /// An INVITE, CANCEL or BYE of a voice has its answer, or none came.
    pub(super) fn voice_answered(
        &mut self,
        now: Now,
        session: SessionId,
        method: Method,
        answer: Option<(&Message<'_>, Peer)>,
        out: &mut Vec<Effect>,
    ) {
        let branch = self.tokens.branch();
        let Some(voice) = self.voices.get_mut(&session) else { return };
        let effects = match answer {
            Some((response, from)) => voice.call.on_response(response, from, branch),
            None => voice.call.on_timed_out(method, branch),
        };
        self.apply_voice(now, session, effects, answer.map(|(response, _)| response), out);
    }

    /// A response that belongs to no open request: a 200 that is repeated because our ACK was lost.
    pub(super) fn voice_response(
        &mut self,
        now: Now,
        from: Peer,
        response: &Message<'_>,
        out: &mut Vec<Effect>,
    ) {
        let found = self.voices.iter().find(|(_, voice)| voice.call.has(response));
        let found = found.map(|(session, _)| *session);
        if let Some(session) = found {
            self.voice_answered(now, session, Method::Invite, Some((response, from)), out);
        }
    }

    fn apply_voice(
        &mut self,
        now: Now,
        session: SessionId,
        effects: Vec<CallEffect>,
        cause: Option<&Message<'_>>,
        out: &mut Vec<Effect>,
    ) {
        for effect in effects {
            match effect {
                CallEffect::Request { branch, method, bytes, .. } => {
                    self.send_request(now, branch, method, bytes, Purpose::Voice(session), out);
                }
                CallEffect::Send { bytes, to } => self.answer(bytes, to, out),
                CallEffect::Tell(CallEvent::Started) => {
                    let speech = cause.and_then(|response| speech_of(session, response.body));
                    let is_unfit = speech.is_none();
                    out.extend(speech.map(|speech| Effect::Tell(Event::VoiceStarted(speech))));
                    if is_unfit || self.settings.habits.has(Habit::ByesAtOnce) {
                        self.stop_listening(now, session, out);
                    }
                }
                CallEffect::Tell(CallEvent::Over(_)) => {
                    if let Some(voice) = self.voices.get_mut(&session) {
                        voice.is_over = true;
                    }
                    out.push(Effect::Tell(Event::VoiceEnded { session }));
                }
                CallEffect::Tell(CallEvent::Info) => {}
            }
        }
    }
}

/// Reads the platform's answer.
fn speech_of(session: SessionId, body: &[u8]) -> Option<Speech> {
    let answer = Sdp::parse(body).ok()?;
    let media = answer.section(&MediaKind::Audio).or(answer.media.first())?;
    Some(Speech { session, remote: (answer.address_of(media).to_owned(), media.port), ssrc: answer.ssrc })
}
