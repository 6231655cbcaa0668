//! What is told to whoever runs the simulator.

use gb28181::device::SessionId;
use gb28181::id::GbId;
use gb28181::mansrtsp::Action;
use gb28181::profile::MediaTransport;
use gb28181::sdp::SessionKind;

/// Something happened at a device.
#[derive(Debug, Clone, PartialEq)]
pub struct GbEvent {
    /// Which.
    pub device: GbId,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// It registered, or renewed its registration.
    Registered,
    /// The platform refused it, or said nothing (408). It tries again after a minute.
    Refused {
        /// The status.
        status: u16,
    },
    /// It was sent to another server.
    Redirected {
        /// `host:port`.
        to: String,
    },
    /// It has left.
    Unregistered,
    /// Its connection was lost or could not be opened; it tries again soon.
    Disconnected,
    /// A call stands.
    SessionStarted {
        /// Its number at this device.
        session: SessionId,
        /// Of which channel.
        channel: GbId,
        /// Live, playback or download.
        kind: SessionKind,
        /// How pictures travel.
        transport: MediaTransport,
        /// Where they go or come from.
        remote: String,
    },
    /// A playback was controlled.
    Controlled {
        /// Which.
        session: SessionId,
        /// What was ordered.
        action: Action,
    },
    /// A playback has come to its end and said so.
    FileEnded {
        /// Which.
        session: SessionId,
    },
    /// Pictures cannot be sent; the call is hung up.
    MediaFailed {
        /// Which.
        session: SessionId,
        /// Why.
        reason: String,
    },
    /// Somebody speaks.
    VoiceStarted {
        /// Its number at this device.
        session: SessionId,
        /// Where the voice comes from.
        remote: String,
    },
    /// Nobody speaks any more.
    VoiceHeard {
        /// Which.
        session: SessionId,
        /// Samples that were heard, 8 000 a second, silence included.
        samples: u64,
        /// How loud they were on the whole: the root of their mean square, 0 to 32 767. Silence in A-law is 8.
        rms: u16,
    },
    /// A call is over.
    SessionEnded {
        /// Which.
        session: SessionId,
    },
}

/// Sums over all devices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GbTotals {
    /// Devices registered now.
    pub registered: u64,
    /// Registrations and renewals accepted.
    pub registrations: u64,
    /// Registrations refused or unanswered.
    pub refused: u64,
    /// Signs of life given, repetitions included.
    pub keepalives: u64,
    /// Requests other than REGISTER that the platform answered with 200: mostly signs of life.
    pub answered: u64,
    /// Sessions standing now.
    pub sessions: u64,
    /// Connections lost, or not opened.
    pub disconnected: u64,
    /// Datagrams that the system's buffers had no room for.
    pub dropped: u64,
    /// Events that nobody fetched in time.
    pub events_lost: u64,
}
