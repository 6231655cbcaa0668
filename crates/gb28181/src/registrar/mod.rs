//! The platform's registrar: who is there, at which address, and until when (9.1, 9.6), for up to 200 000 devices in one process.
//!
//! [`Registrar`] takes parsed messages and the time, and gives back [`Effect`]s: bytes to send, and *changes*. A keep-alive that changes nothing
//! produces an answer and nothing else, because writing 3 300 rows a second is what brought other platforms down. Deadlines stand in a wheel of
//! one-second slots that touches a device once in a few minutes; nothing ever walks over all devices.
//!
//! Three things it never does: it never lets in an id that nobody approved (that one waits in a list and is refused), it never skips the digest,
//! and it never believes an address inside a message.

mod admission;
mod answers;
mod beijing;
mod binding;
mod buckets;
mod counters;
mod effect;
mod keepalive;
mod liveness;
mod presence;
mod record;
mod register;
mod settings;
mod table;
#[cfg(test)]
mod testing;
mod waiting;
mod wheel;

pub use admission::{Admission, Approved, Proof, Terms};
pub use beijing::{DATE_BYTES, beijing_date};
pub use binding::Binding;
pub use counters::Counters;
pub use effect::{Change, Effect};
pub use liveness::Standing;
pub use presence::{Presence, PresenceEvent, change};
pub use register::Registration;
pub use settings::{IdRule, Settings};
pub use table::Registrar;
pub use waiting::Waiting;
