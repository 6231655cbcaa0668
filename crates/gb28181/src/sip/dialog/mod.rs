//! INVITE dialogs in both directions: a platform that asks for pictures, a device that asks for a voice.
//!
//! [`step`] decides, in one `match` without data; [`Call`] owns the data and turns decisions into messages; [`DialogIdentity`] is what must
//! survive a restart, so that a session nobody remembers can still be ended ([`healing_bye`]).

mod acts;
mod call;
mod identity;
mod life;
mod messages;

pub use call::{Call, CallEffect, CallEnd, CallEvent, CallSetup};
pub use identity::{DialogIdentity, healing_bye};
pub use life::{Act, Event, Role, State, Step, step};
