//! Pictures for those who invited, and an ear for those who speak: one task a session.

mod ear;
mod player;
mod port;
mod session;

pub(super) use ear::{Ear, Heard};
pub(super) use player::Player;
pub(super) use port::Port;
pub(super) use session::{News, Session};
