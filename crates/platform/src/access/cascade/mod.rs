//! Cascading (级联): towards platforms above ours this platform is a device with a big catalogue.
//!
//! People enter upper platforms and what they are shown ([`rows`]); [`line`] registers at each and stays registered; [`tree`] is what they
//! are shown; [`front`] decides what they may; [`session`] hands pictures on as they are, without coding them again; [`wishes`] hands on
//! searches and orders; [`news`] tells them what changed and what burns. The other direction, platforms below ours, is the devices' desk: a
//! lower platform registers like a recorder with many channels.

mod acts;
mod alarms;
mod connect;
mod front;
mod items;
mod line;
mod news;
mod preview;
mod rows;
mod running;
mod session;
mod standing;
mod tree;
mod turns;
mod wishes;

pub use preview::{SharedCounts, SharedItem, SharedPreview};
pub use rows::{NewUpper, UpperEdit, UpperView};
pub(crate) use running::Cascade;
pub use standing::{UpperSession, UpperStanding};
pub(in crate::access) use turns::OURS;
