//! The devices of the access desk: cameras, recorders and lower platforms that register by themselves and speak GB/T 28181.
//!
//! People enter devices, approve ids that knock, place channels in the tree, turn cameras and reset alarm inputs; [`line`] speaks with the
//! devices, [`clerk`] writes down what they told. The protocol is the crate `gb28181`; here are its owner's duties: secrets, approval,
//! what survives a restart, and what an alarm means.

mod calls;
mod channels;
mod clerk;
mod control;
mod diagnosis;
mod directory;
mod greetings;
mod habits;
mod happenings;
mod import;
mod line;
mod memory;
mod notices;
mod recordings;
mod rows;
mod settings;
mod standing;
mod voice;
mod voice_calls;

pub use channels::{ChannelPlacing, Placed};
pub use control::{ChannelOrder, DeviceOrder, MoveOrder, Preset};
pub use diagnosis::{Diagnosis, Finding, Step, StepState, TraceLine};
pub use habits::{CharsetHabit, EventHabit, Habits, MediaHabit, RuleHabit, SubStreamHabit};
pub use import::{DeviceImport, DeviceSecret};
pub(crate) use line::Line;
pub(in crate::access) use line::wire_id;
pub use notices::NoticeMeaning;
pub use recordings::{Playback, PlaybackOrder, RecordingSpan, Recordings};
pub use rows::{DeviceAdded, DeviceEdit, DeviceView, NewDevice};
pub use settings::{AccessSettings, AllowedIds};
pub use standing::{AccessStanding, LineCounts, WaitingDevice};
pub use voice::{SPEECH_MAX, Voice, VoiceStop};
