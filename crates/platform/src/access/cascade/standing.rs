//! How a line to an upper platform stands, in memory, for whoever looks.

use std::sync::{Mutex, PoisonError};

use domain::device::{UpperState, UpperTrouble};
use gb28181::sdp::SessionKind;
use jiff::Timestamp;

/// Pictures on their way to an upper platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpperSession {
    /// Its number on this line.
    pub session: u64,
    /// The name of the camera.
    pub camera: String,
    /// Its 20 digits there.
    pub gb_id: String,
    /// `live`, `playback` or `download`.
    pub kind: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// Frames sent.
    pub frames: u64,
    /// Bytes sent.
    pub bytes: u64,
}

/// How a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpperStanding {
    /// The state.
    pub state: UpperState,
    /// Since when.
    pub since: Timestamp,
    /// What was wrong last; none since it has taken our registration.
    pub trouble: Option<UpperTrouble>,
    /// The same for a technician: the status of the refusal, or what the system said of the address.
    pub reason: Option<String>,
    /// When it last took our registration.
    pub registered_at: Option<Timestamp>,
    /// Items of the catalogue that it is shown; none before the first look.
    pub items: Option<usize>,
    /// Whether it wants to be told what changes in the catalogue.
    pub is_subscribed: bool,
    /// Orders that were refused.
    pub refused_orders: u64,
    /// Alarms told.
    pub alarms_told: u64,
    /// Pictures on their way.
    pub sessions: Vec<UpperSession>,
}

/// A standing that a line writes and others read.
#[derive(Debug)]
pub(super) struct Board(Mutex<UpperStanding>);

impl Board {
    pub(super) fn new(state: UpperState, since: Timestamp) -> Self {
        Self(Mutex::new(UpperStanding::new(state, since)))
    }

    pub(super) fn read(&self) -> UpperStanding {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn note(&self, change: impl FnOnce(&mut UpperStanding)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Enters a state; the same again keeps its beginning. A trouble is remembered until it is over: whoever tries again is not yet
    /// through.
    pub(super) fn enter(&self, state: UpperState, now: Timestamp) {
        self.note(|standing| {
            if standing.state != state {
                standing.since = now;
            }
            standing.state = state;
            if state == UpperState::Registered {
                standing.registered_at = Some(now);
                (standing.trouble, standing.reason) = (None, None);
            }
        });
    }

    /// Enters a state that something is wrong in.
    pub(super) fn fail(&self, state: UpperState, trouble: UpperTrouble, reason: String, now: Timestamp) {
        self.enter(state, now);
        self.note(|standing| (standing.trouble, standing.reason) = (Some(trouble), Some(reason)));
    }
}

impl UpperStanding {
    pub(super) fn new(state: UpperState, since: Timestamp) -> Self {
        Self {
            state,
            since,
            trouble: None,
            reason: None,
            registered_at: None,
            items: None,
            is_subscribed: false,
            refused_orders: 0,
            alarms_told: 0,
            sessions: Vec::new(),
        }
    }
}

/// The word for what is looked at.
pub(super) fn kind_of(kind: &SessionKind) -> &'static str {
    match kind {
        SessionKind::Playback => "playback",
        SessionKind::Download => "download",
        SessionKind::Play | SessionKind::Talk | SessionKind::Raw(_) => "live",
    }
}

/// What a refused registration means. No answer counts as 408 (RFC 3261 8.1.3.1).
pub(super) fn refusal(status: u16) -> (UpperState, UpperTrouble) {
    match status {
        401 | 403 | 407 => (UpperState::Refused, UpperTrouble::WrongSecret),
        404 => (UpperState::Refused, UpperTrouble::UnknownId),
        408 => (UpperState::Unreachable, UpperTrouble::Silent),
        _ => (UpperState::Refused, UpperTrouble::RefusedOtherwise),
    }
}
