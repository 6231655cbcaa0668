//! Pictures for those who invited: one task a session.

mod player;
mod port;
mod session;

pub(super) use player::Player;
pub(super) use port::Port;
pub(super) use session::{News, Session};
