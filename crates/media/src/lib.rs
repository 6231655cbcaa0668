//! Video as bytes: cameras and files in, whole access units out.
//!
//! Cameras are RTSP cameras, channels of GB/T 28181 devices that a [`Caller`] asks for, or files. One [`CameraStream`] per
//! camera pulls the pictures once and hands them to everybody: the detector takes key frames, browsers take fragmented
//! MP4 or WebRTC, an alarm takes a clip of the seconds around it, another platform takes a program stream ([`spawn_sender`]).
//! The other way goes only a [`voice`], to the speaker of a device.
//! Nothing here decodes a picture, knows a school or an alarm, or reads the clock: the clock is an argument.
//!
//! The one idea to read first: the [`hub`] keeps a short ring of whole groups of pictures and every reader is
//! only a position in that ring. There is no queue per reader, so a slow reader can hurt nobody: when its
//! position falls off the ring it continues at the newest key frame and counts what it lost.

mod aac;
pub mod address;
mod attempts;
pub mod backoff;
mod bits;
mod boxes;
pub mod called;
mod camera;
mod clip;
mod codec;
pub mod file;
mod film;
pub mod fmp4;
mod frame;
pub mod guard;
pub mod h264;
pub mod h265;
mod hex;
pub mod hub;
mod ingest;
mod live;
mod made;
pub mod mp4;
mod mp4_index;
pub mod nal;
pub mod onvif;
mod pace;
mod reach;
mod reception;
pub mod record;
mod recording;
mod refusal;
mod reply;
mod rtsp;
pub mod scan;
pub mod sender;
mod state;
mod stir;
pub mod timeline;
mod unreachable;
pub mod voice;
mod wall;
pub mod whep;
mod xml;

pub use address::{Credentials, RtspUrl, UrlError, percent_encode};
pub use called::{Asked, Call, CallEnd, CallError, Called, Caller, HangUp, MediaPort, MediaPorts, Transport};
pub use camera::{CameraConfig, CameraStream, Clock, Source, Timing, spawn_camera};
pub use clip::{Clip, ClipError};
pub use codec::{NalKind, VideoCodec, VideoParameters};
pub use film::{FilmError, FilmWriter};
pub use frame::{Frame, Sound, SoundCodec, SoundParameters};
pub use hub::{FrameReader, Group, GroupPosition, GroupReader, HubLimits, KeyFrameReader};
pub use live::{LivePart, LiveReader};
pub use made::{Made, MadePicture, Maker};
pub use reach::{Egress, Network, Reach};
pub use reception::Reception;
pub use recording::{PART_US, Recording, RecordingCounts, spawn_recording};
pub use scan::{Scan, ScanEvent, ScanPlan, ScanRow, spawn_scan};
pub use sender::{SendEnd, SendPlan, Sender, Sent, spawn_sender};
pub use state::{CameraState, CameraStatus, Counters};
pub use unreachable::Unreachable;
pub use voice::{VoiceCodec, VoicePlan, VoiceSender, VoiceSent, spawn_voice};
pub use whep::{OfferError, Viewing, Whep, WhepConfig};
