//! From frames to rows to answers: what one read of a connection brought is taken in one go, committed, and only then confirmed.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use domain::ids::{RollCallId, TransmitterId};
use gb26875::{Address, Command, Frame};
use jiff::Timestamp;
use store::Intake;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::directory::{Entered, Line};
use super::moments::label;
use super::orders::{Addressed, Order};
use super::session::{Answer, Order as Heard, SAME_FRAME_WITHIN, Session};
use crate::events::Event;
use crate::{Platform, PlatformError};

/// Most devices behind one connection: a gateway of a school, not of a province.
const DEVICES_MAX: usize = 64;
/// Frames of unknown senders that one connection may bring.
const KNOCKS_MAX: u32 = 100;

/// Who speaks on one connection.
pub(super) struct Talk {
    pub(super) number: u64,
    pub(super) peer: SocketAddr,
    pub(super) orders: mpsc::Sender<Addressed>,
    pub(super) end: CancellationToken,
    sessions: HashMap<Address, Session>,
    knocks: u32,
}

/// What one read came to.
#[derive(Default)]
pub(super) struct Answers {
    /// Frames to send.
    pub(super) frames: Vec<Frame>,
    /// What the devices said to our orders: number, and whether they took it.
    pub(super) orders: Vec<(u16, bool)>,
}

impl Talk {
    pub(super) fn new(
        number: u64,
        peer: SocketAddr,
        orders: mpsc::Sender<Addressed>,
        end: CancellationToken,
    ) -> Self {
        Self { number, peer, orders, end, sessions: HashMap::new(), knocks: 0 }
    }

    /// The devices that speak here.
    pub(super) fn devices(&self) -> Vec<Entered> {
        self.sessions.values().map(|session| session.entered.clone()).collect()
    }
}

impl Platform {
    /// Takes frames: writes what they say, then answers. An error ends the connection, and the device sends again what was not confirmed.
    pub(super) async fn take_frames(
        &self,
        talk: &mut Talk,
        frames: &[Frame],
        now: Timestamp,
    ) -> Result<Answers, PlatformError> {
        let counters = &self.inner.transmitters.counters;
        let (mut intake, mut answers) = (Intake::default(), Answers::default());
        for frame in frames {
            counters.frames.fetch_add(1, Ordering::Relaxed);
            let Some(session) = self.session(talk, frame, now).await? else {
                self.knocked(talk, frame, now, &mut answers)?;
                continue;
            };
            let mut id = || self.inner.surroundings.id(now);
            let taken = session.take(frame, now, &mut intake, &mut id);
            counters.repeated.fetch_add(u64::from(taken.repeated), Ordering::Relaxed);
            counters.unknown.fetch_add(u64::from(taken.unknown), Ordering::Relaxed);
            match taken.order {
                Some(Heard::Confirmed(serial)) => answers.orders.push((serial, true)),
                Some(Heard::Denied(serial)) => answers.orders.push((serial, false)),
                None => {}
            }
            match taken.answer {
                Answer::Nothing => {}
                Answer::Confirm => answers.frames.push(frame.answer(Command::Confirm, label(now))),
                Answer::Deny => {
                    counters.denied.fetch_add(1, Ordering::Relaxed);
                    answers.frames.push(frame.answer(Command::Deny, label(now)));
                }
            }
        }
        self.inner.store.keep_intake(&intake).await?;
        if !intake.events.is_empty() {
            self.inner.events.publish(Event::Facilities);
        }
        if intake.events.iter().any(|event| !event.settled) {
            self.inner.facility_told.notify_one();
        }
        Ok(answers)
    }

    /// The session of the device that sent a frame; none where nobody has entered it.
    async fn session<'a>(
        &self,
        talk: &'a mut Talk,
        frame: &Frame,
        now: Timestamp,
    ) -> Result<Option<&'a mut Session>, PlatformError> {
        let desk = &self.inner.transmitters;
        let Some(entered) = desk.find(frame.source) else {
            talk.sessions.remove(&frame.source);
            return Ok(None);
        };
        if !talk.sessions.contains_key(&frame.source) {
            if talk.sessions.len() >= DEVICES_MAX {
                return Ok(None);
            }
            let store = &self.inner.store;
            let seen = store.transmitter(&domain::access::Access::PLATFORM, entered.id).await?.seen;
            let components = store.components_of(entered.id).await?;
            let since = now.saturating_sub(SAME_FRAME_WITHIN).unwrap_or(Timestamp::MIN);
            let frames = store.frames_seen(entered.id, since).await?;
            let line = Line { number: talk.number, orders: talk.orders.clone(), end: talk.end.clone() };
            desk.take_line(entered.id, &line);
            info!(transmitter = %entered.id, address = %frame.source, peer = %talk.peer, "transmission device connected");
            let session =
                Session::new(entered.clone(), seen, components, &frames, (talk.peer.to_string(), now));
            talk.sessions.insert(frame.source, session);
            self.inner.events.publish(Event::Facilities);
        }
        desk.heard(entered.id, now);
        Ok(talk.sessions.get_mut(&frame.source))
    }

    fn knocked(
        &self,
        talk: &mut Talk,
        frame: &Frame,
        now: Timestamp,
        answers: &mut Answers,
    ) -> Result<(), PlatformError> {
        let desk = &self.inner.transmitters;
        desk.counters.denied.fetch_add(1, Ordering::Relaxed);
        if desk.knock(frame.source, (talk.peer, &talk.end), now) {
            warn!(address = %frame.source, peer = %talk.peer, "an unknown transmission device knocks");
            self.inner.events.publish(Event::Facilities);
        }
        talk.knocks += 1;
        if talk.knocks > KNOCKS_MAX {
            let detail = "too many frames of devices that nobody has entered".to_owned();
            return Err(PlatformError::Limit { detail, retry_after_s: None });
        }
        if matches!(frame.command, Command::Send | Command::Request | Command::Control) {
            answers.frames.push(frame.answer(Command::Deny, label(now)));
        }
        Ok(())
    }

    /// The connection ended: who spoke there is away, unless it speaks on another one.
    pub(super) async fn talk_ended(&self, talk: Talk, lost: Vec<RollCallId>, now: Timestamp) {
        let desk = &self.inner.transmitters;
        let mut intake = Intake::default();
        for session in talk.sessions.into_values() {
            if desk.drop_line(session.entered.id, talk.number) {
                intake.transmitters.push((session.entered.id, session.ended(now)));
            }
        }
        if let Err(error) = self.inner.store.keep_intake(&intake).await {
            warn!(%error, "end of a connection not written");
        }
        for id in lost {
            self.roll_call_lost(id).await;
        }
        self.inner.events.publish(Event::Facilities);
    }
}

/// What an order is addressed with.
pub(super) fn addressed(
    order: &Order,
    (serial, centre, device): (u16, Address, Address),
    now: Timestamp,
) -> Result<Vec<u8>, PlatformError> {
    let broken = |error: String| PlatformError::Internal(format!("order to a transmission device: {error}"));
    let data = gb26875::Data::encode(&order.objects).map_err(|error| broken(error.to_string()))?;
    let frame = Frame {
        serial,
        version: gb26875::Version::OF_2011,
        label: label(now),
        source: centre,
        destination: device,
        command: order.command,
        data,
    };
    frame.encode().map_err(|error| broken(error.to_string()))
}

/// Which device an order goes to, where several speak on one connection.
pub(super) fn address_of(talk: &Talk, id: TransmitterId) -> Option<Address> {
    talk.devices().into_iter().find(|entered| entered.id == id).map(|entered| entered.address)
}
