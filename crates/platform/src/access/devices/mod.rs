//! The devices of the access desk: cameras, recorders and lower platforms that register by themselves and speak GB/T 28181.
//!
//! People enter devices, approve ids that knock, place channels in the tree, turn cameras and reset alarm inputs; [`line`] speaks with the
//! devices, [`clerk`] writes down what they told. The protocol is the crate `gb28181`; here are its owner's duties: secrets, approval,
//! what survives a restart, and what an alarm means.

mod calls;
mod captures;
mod channels;
mod clerk;
mod condition;
mod control;
mod diagnosis;
mod directory;
mod greetings;
mod habits;
mod happenings;
mod head;
mod import;
mod line;
mod memory;
mod notices;
mod questions;
mod recordings;
mod rows;
mod settings;
mod standing;
pub(crate) mod thinning;
mod uploads;
mod voice;
mod voice_calls;

pub use captures::{Capture, CaptureFrom};
pub use channels::{ChannelPlacing, Placed};
pub use condition::{AlarmPoint, DeviceCondition, DeviceParameters, DevicePosition, MemoryCard, PointDuty};
pub use control::{ChannelOrder, DeviceOrder, MoveOrder};
pub use diagnosis::{Diagnosis, Finding, Step, StepState, TraceLine};
pub use habits::{CharsetHabit, EventHabit, Habits, MediaHabit, RuleHabit, StreamHabit, SubStreamHabit};
pub use head::{Cruise, CruiseStop, HeadPosition, Home, Preset};
pub use import::{DeviceImport, DeviceSecret};
pub(crate) use line::Line;
pub(in crate::access) use line::wire_id;
pub use notices::NoticeMeaning;
pub use recordings::{Playback, PlaybackOrder, RecordingSpan, Recordings};
pub use rows::{DeviceAdded, DeviceEdit, DeviceView, NewDevice};
pub use settings::{AccessSettings, AllowedIds};
pub use standing::{AccessStanding, LineCounts, WaitingDevice};
pub(crate) use uploads::Uploads;
pub use uploads::{UPLOAD_BYTES_MAX, Upload};
pub use voice::{SPEECH_MAX, Voice, VoiceStop};
