//! MANSCDP: the XML bodies of MESSAGE, SUBSCRIBE and NOTIFY (annex A), both ways.
//!
//! [`Message::parse`] reads whatever devices send, [`Message::write`] writes for a device's edition and charset. One file holds one family of
//! messages; reading and writing of a message are one table of fields, so they cannot drift apart.
//!
//! The 200 to a MESSAGE has no body: an answer is a new MESSAGE in the other direction with the same SN. [`crate::answers`] matches
//! them.

pub mod alarm;
pub mod broadcast;
pub mod catalog;
pub mod config;
pub mod control;
pub mod cruise;
pub mod device_info;
pub mod device_status;
pub mod keepalive;
pub mod media_status;
pub mod mobile_position;
pub mod outcome;
pub mod preset;
pub mod ptz_position;
pub mod record_info;
pub mod sd_card;
pub mod time;
pub mod upgrade;
pub mod upload;
pub mod xml;

pub(crate) mod block;
mod body;
mod list;
mod message;
pub(crate) mod value;

pub use body::{Body, Root};
pub use list::List;
pub use message::{BodyError, Message};
pub use time::LocalTime;

/// `Content-Type` of these bodies; compare without regard to letter case.
pub const CONTENT_TYPE: &str = "Application/MANSCDP+xml";
