//! The methods that GB/T 28181 uses.

use std::fmt;

/// A request method. Method names are case-sensitive (RFC 3261 7.1), and no device has been seen to get that wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// A device makes itself known, 9.1.
    Register,
    /// Everything in MANSCDP: keep-alive, queries, answers, controls, alarms.
    Message,
    /// Asks for notifications, 9.11.
    Subscribe,
    /// A notification.
    Notify,
    /// Asks for a media session, 9.2.
    Invite,
    /// Confirms the final answer to an INVITE.
    Ack,
    /// Ends a session.
    Bye,
    /// Withdraws an INVITE that has no answer yet.
    Cancel,
    /// Playback control inside a session, 9.8.
    Info,
    /// Asks what the other side can do; used as a probe.
    Options,
    /// Any other token; answered with 405.
    Other,
}

impl Method {
    /// Every method that has a name of its own.
    pub const ALL: [Self; 10] = [
        Self::Register,
        Self::Message,
        Self::Subscribe,
        Self::Notify,
        Self::Invite,
        Self::Ack,
        Self::Bye,
        Self::Cancel,
        Self::Info,
        Self::Options,
    ];

    /// The method of a token.
    pub fn of(token: &[u8]) -> Self {
        match token {
            b"REGISTER" => Self::Register,
            b"MESSAGE" => Self::Message,
            b"SUBSCRIBE" => Self::Subscribe,
            b"NOTIFY" => Self::Notify,
            b"INVITE" => Self::Invite,
            b"ACK" => Self::Ack,
            b"BYE" => Self::Bye,
            b"CANCEL" => Self::Cancel,
            b"INFO" => Self::Info,
            b"OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }

    /// The token; `OTHER` for [`Method::Other`], which is never sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Register => "REGISTER",
            Self::Message => "MESSAGE",
            Self::Subscribe => "SUBSCRIBE",
            Self::Notify => "NOTIFY",
            Self::Invite => "INVITE",
            Self::Ack => "ACK",
            Self::Bye => "BYE",
            Self::Cancel => "CANCEL",
            Self::Info => "INFO",
            Self::Options => "OPTIONS",
            Self::Other => "OTHER",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
