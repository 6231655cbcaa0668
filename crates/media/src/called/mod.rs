//! Pictures that have to be asked for: channels of GB/T 28181 devices.
//!
//! Media does not speak the signalling. It takes a port, has its [`Caller`] ask the device, receives what comes, and hangs up. What
//! can go wrong between "yes" and a picture is most of this module: nothing comes (firewalls), something else comes (other numbers,
//! other codecs, private containers), it stops. Each has its own state with its own advice, and [`Reception`](crate::Reception) has the facts.

mod arrival;
mod caller;
mod pictures;
mod ports;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod wire;

pub use caller::{Call, CallEnd, CallError, Caller, HangUp, Transport};
pub use ports::{MediaPort, MediaPorts, NoPort};

use crate::attempts::Attempts;
use crate::camera::{CameraConfig, Timing};
use crate::ingest::Ingest;
use crate::reception::Reception;
use crate::state::CameraState;
use crate::unreachable::Unreachable;
use arrival::Arrival;
use pictures::Pictures;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};
use wire::{Agreement, Wire, WireEnd};

/// After the end of a recording was announced: no packet for this long means that all of it is here.
const TAIL_GAP: Duration = Duration::from_millis(500);
/// Longest time that the rest of a recording may take.
const TAIL_MAX: Duration = Duration::from_secs(10);
/// Longest pause of a playback. A person may stop it and look; the port is not kept for ever.
const PAUSE_MAX: Duration = Duration::from_mins(10);

/// A stream that is asked for.
#[derive(Debug, Clone)]
pub struct Called {
    /// Asks the device.
    pub caller: Arc<dyn Caller>,
    /// Where the ports come from.
    pub ports: Arc<MediaPorts>,
    /// What is asked for.
    pub what: Asked,
}

/// What a device is asked for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Live pictures: called again whenever the call is over.
    Live,
    /// Something that is not asked for again when the call is over, such as a recording. It falls silent while it is paused, which whoever
    /// ordered that says here; silence at any other time ends it, because datagrams stop without a word where a device is switched off.
    Once(Option<watch::Receiver<bool>>),
}

impl Asked {
    fn is_live(&self) -> bool {
        matches!(self, Self::Live)
    }

    fn is_paused(&self) -> bool {
        matches!(self, Self::Once(Some(paused)) if *paused.borrow())
    }

    /// Resolves when a pause has begun or ended.
    async fn pause_turned(&mut self) {
        if let Self::Once(Some(paused)) = self
            && paused.changed().await.is_ok()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

/// Keeps a channel called; returns only where it is not to be called again, with the state it ended in.
pub(crate) async fn run(config: &CameraConfig, called: &Called, ingest: &mut Ingest) -> CameraState {
    let mut attempts = Attempts::new(config, ingest);
    loop {
        let ending = session(&config.timing, called, ingest).await;
        if !called.what.is_live() {
            return ending;
        }
        attempts.failed(config, &"call", ending, ingest).await;
    }
}

/// One call, from the port to the end.
async fn session(timing: &Timing, called: &Called, ingest: &mut Ingest) -> CameraState {
    let Ok(port) = called.ports.take().await else { return CameraState::Unreachable(Unreachable::Busy) };
    ingest.board.begin_reception(Reception::new(port.number(), (ingest.clock)()));
    let limit = Duration::from_millis(timing.call_ms);
    let mut call = match timeout(limit, called.caller.call(port.number())).await {
        Ok(Ok(call)) => call,
        Ok(Err(error)) => return error.into(),
        Err(_) => return CameraState::Unreachable(Unreachable::NoAnswer),
    };
    let answered_at_us = (ingest.clock)();
    ingest.board.note(|reception| {
        reception.answered_at_us = Some(answered_at_us);
        reception.transport = Some(call.transport);
        reception.ssrc_expected = Some(call.ssrc);
    });
    let agreement = Agreement::of(&call);
    let (_, never) = oneshot::channel();
    let mut over = std::mem::replace(&mut call.over, never);
    let mut wire = tokio::select! {
        end = &mut over => return state_of(end.unwrap_or(CallEnd::ByDevice), called.what.is_live()),
        first = first_media(timing, &port, &call, &agreement, ingest) => match first {
            Ok(wire) => wire,
            Err(state) => return state,
        },
    };
    let mut pictures = Pictures::new(ingest);
    let ending = match receive(timing, called.what.clone(), &mut wire, &mut over, &mut pictures).await {
        Ok(ending) | Err(ending) => ending,
    };
    wire.flush();
    if let Err(state) = pictures.take(&mut wire) {
        return state;
    }
    let is_broken_off =
        matches!(ending, CameraState::Unreachable(Unreachable::HungUp | Unreachable::Dropped));
    // Many devices just stop where a recording ends.
    if is_broken_off && !called.what.is_live() && pictures.have_come() { CameraState::Ended } else { ending }
}

/// The first packet, or the connection that it will come over.
async fn first_media<'a>(
    timing: &Timing,
    port: &'a MediaPort,
    call: &Call,
    agreement: &'a Agreement,
    ingest: &Ingest,
) -> Result<Wire<'a>, CameraState> {
    let limit = Duration::from_millis(timing.first_media_ms);
    if call.transport == Transport::PlatformConnects {
        let unreachable = CameraState::Unreachable(Unreachable::NoMediaConnection);
        let Some((host, port)) = &call.remote else { return Err(unreachable) };
        let connected = timeout(limit, arrival::connect(host, *port, agreement)).await;
        return connected.ok().flatten().ok_or(unreachable);
    }
    let mut arrival = Arrival::new(port, agreement);
    let first = timeout(limit, arrival.first()).await;
    let strangers = arrival.strangers();
    ingest.board.note(|reception| {
        reception.strangers = strangers.count;
        reception.ssrc_seen = strangers.ssrc;
        if let Ok(Ok((_, transport))) = &first {
            reception.transport = Some(*transport);
        }
    });
    match first {
        Ok(Ok((wire, _))) => Ok(wire),
        Ok(Err(end)) => Err(end.into()),
        Err(_) if strangers.ssrc.is_some() => Err(CameraState::Unreachable(Unreachable::WrongSsrc)),
        Err(_) if arrival.heard_noise() => Err(CameraState::Unreachable(Unreachable::Unreadable)),
        Err(_) => Err(CameraState::Unreachable(Unreachable::NoMedia)),
    }
}

/// Receives until something ends it; returns what.
async fn receive(
    timing: &Timing,
    mut what: Asked,
    wire: &mut Wire<'_>,
    over: &mut oneshot::Receiver<CallEnd>,
    pictures: &mut Pictures<'_>,
) -> Result<CameraState, CameraState> {
    let silence = Duration::from_millis(timing.silence_ms);
    let is_live = what.is_live();
    let mut tail_ends: Option<Instant> = None;
    loop {
        pictures.take(wire)?;
        let patience = if what.is_paused() { PAUSE_MAX } else { silence };
        let due = match tail_ends {
            Some(end) => end.min(Instant::now() + TAIL_GAP),
            None => pictures.heard + patience,
        };
        tokio::select! {
            read = wire.read() => match read {
                Ok(()) => {}
                Err(_) if tail_ends.is_some() => return Ok(CameraState::Ended),
                Err(end) => return Ok(end.into()),
            },
            end = &mut *over, if tail_ends.is_none() => match end {
                Ok(CallEnd::FileEnd) if !is_live => tail_ends = Some(Instant::now() + TAIL_MAX),
                Ok(end) => return Ok(state_of(end, is_live)),
                Err(_) => return Ok(state_of(CallEnd::ByDevice, is_live)),
            },
            () = what.pause_turned() => pictures.heard = Instant::now(),
            () = sleep_until(due) => {
                return Ok(if tail_ends.is_some() { CameraState::Ended } else { silent(wire, pictures) });
            }
        }
    }
}

/// What it means that no frame has come for too long.
fn silent(wire: &Wire<'_>, pictures: &Pictures<'_>) -> CameraState {
    let facts = wire.facts();
    if pictures.have_come() {
        CameraState::Silent
    } else if pictures.are_sound_only() {
        CameraState::NoVideo
    } else if facts.packets == 0 && facts.bytes == 0 {
        CameraState::Unreachable(Unreachable::NoMedia)
    } else {
        CameraState::Unreachable(Unreachable::Unreadable)
    }
}

fn state_of(end: CallEnd, is_live: bool) -> CameraState {
    match end {
        CallEnd::FileEnd if !is_live => CameraState::Ended,
        CallEnd::Offline => CameraState::Unreachable(Unreachable::DeviceOffline),
        CallEnd::ByDevice | CallEnd::FileEnd => CameraState::Unreachable(Unreachable::HungUp),
    }
}

impl From<CallError> for CameraState {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Offline => Self::Unreachable(Unreachable::DeviceOffline),
            CallError::Refused { status, words } => Self::CallRefused { status, words },
            CallError::NoAnswer => Self::Unreachable(Unreachable::NoAnswer),
            CallError::Busy => Self::Unreachable(Unreachable::Busy),
        }
    }
}

impl From<WireEnd> for CameraState {
    fn from(end: WireEnd) -> Self {
        Self::Unreachable(match end {
            WireEnd::Closed => Unreachable::Dropped,
            WireEnd::Hopeless => Unreachable::Unreadable,
            WireEnd::WrongSsrc(_) => Unreachable::WrongSsrc,
        })
    }
}
