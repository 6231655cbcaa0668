//! Why bytes were not taken as a SIP message.

use super::limits;

/// Why a message was refused. None of them is worth an answer: whoever sends such bytes does not speak SIP, or does not speak it to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SipError {
    /// Nothing but blanks.
    #[error("no message, only blank bytes")]
    Empty,
    /// The first line is neither a request line nor a status line.
    #[error("the first line is not SIP")]
    NotSip,
    /// The header section is longer than [`limits::HEAD_BYTES_MAX`].
    #[error("header section longer than {} bytes", limits::HEAD_BYTES_MAX)]
    HeadTooLong,
    /// More headers than [`limits::HEADERS_MAX`].
    #[error("more than {} headers", limits::HEADERS_MAX)]
    TooManyHeaders,
    /// A body longer than its transport allows.
    #[error("body longer than {max} bytes")]
    BodyTooLong {
        /// The limit that was passed.
        max: usize,
    },
    /// A stream gave no message within [`limits::RESYNC_BYTES_MAX`] bytes; the connection should be closed.
    #[error("no message within {} bytes of the stream", limits::RESYNC_BYTES_MAX)]
    StreamLost,
    /// A header that the operation cannot do without is missing or unreadable.
    #[error("header {0} is missing or unreadable")]
    Header(&'static str),
    /// A table has no room.
    #[error("the table of {what} is full ({max})")]
    Full {
        /// What the table holds.
        what: &'static str,
        /// How many it may hold.
        max: usize,
    },
}
