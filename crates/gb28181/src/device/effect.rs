//! What the device wants done, and what it tells its owner.

use bytes::Bytes;

use super::equipment::{Invitation, SessionId, Speech};
use crate::mansrtsp::Action;
use crate::sip::Peer;

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send these bytes there.
    Send {
        /// A message, or a piece of one.
        bytes: Bytes,
        /// Where to.
        to: Peer,
    },
    /// Something happened.
    Tell(Event),
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Registered or refreshed.
    Registered {
        /// `Date` of the answer, local time of China, as it came.
        date: Option<String>,
    },
    /// The server refused, or said nothing (408). It is tried again after a minute.
    Refused {
        /// The status.
        status: u16,
    },
    /// Sent to another server (2022, 9.1.2.4), or a minute after that one refused back to the first. On TCP the owner has to connect and say
    /// so by [`super::Device::move_to`].
    Redirected {
        /// `host:port`.
        to: String,
    },
    /// No longer registered, by our own wish.
    Unregistered,
    /// The platform subscribed to something, or said that it still wants to hear of it.
    Subscribed {
        /// The command: `Catalog`, `Alarm` …
        cmd_type: String,
        /// Whether the subscription is new.
        is_new: bool,
    },
    /// Media are to be sent, from now on.
    SessionStarted(Box<Invitation>),
    /// A playback is controlled.
    Controlled {
        /// Which.
        session: SessionId,
        /// What to do.
        action: Action,
    },
    /// Somebody speaks, from now on.
    VoiceStarted(Speech),
    /// Nobody speaks any more, or nobody will.
    VoiceEnded {
        /// Which.
        session: SessionId,
    },
    /// Nothing more is to be sent.
    SessionEnded {
        /// Which.
        session: SessionId,
    },
}
