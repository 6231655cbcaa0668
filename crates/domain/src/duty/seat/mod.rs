//! The duty seat (值班席位): the timer that asks for a sign of life, the handover between two shifts, and the card that is filled every two hours.

pub mod act;
pub mod handover;
pub mod record_card;
pub mod vigilance;

pub use act::SeatActKind;
pub use handover::{Handover, HandoverRefusal, HandoverState, Signature};
pub use record_card::{RecordState, record_slots};
pub use vigilance::{Vigilance, VigilanceEvent, VigilanceRules, VigilanceState};
