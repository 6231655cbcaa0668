//! GB/T 28181 as a state machine that eats and emits bytes: signalling, bodies and media, both as platform and as device.
//!
//! Sans-I/O: the state machines open no socket, read no clock and draw no random number. Bytes and the current time come in as arguments,
//! bytes and deadlines go out; chance is one secret at the start. Nothing here knows a school, a row or a picture. The module `net`, behind
//! the feature of that name, is the thin shell of sockets around them, and no other module knows it. Section numbers in the comments are those
//! of GB/T 28181—2022 unless another edition is named; `WVP#987` and the like name threads about devices of the field.
//!
//! # The endpoints
//!
//! - [`platform`]: what cameras, recorders and lower platforms speak to: registrations, catalogs, calls, alarms, diagnosis.
//! - [`device`]: what speaks to a platform: a simulated camera with the oddities of the field, the lower half of cascading.
//!
//! # Their parts, each usable alone
//!
//! Signalling:
//! - [`sip`]: messages as devices write them, transactions, dialogs.
//! - [`digest`]: who proved to know a password.
//! - [`registrar`]: who is there, where, and until when.
//!
//! Bodies:
//! - [`manscdp`]: the XML of queries, answers, orders and news.
//! - [`mansrtsp`]: the control of a playback.
//! - [`sdp`]: descriptions of media, with the lines `y=` and `f=`.
//! - [`answers`]: answers that come in many messages, put together.
//!
//! Media:
//! - [`rtp`]: packets from UDP and TCP into frames, and back.
//! - [`ps`]: program streams, both ways.
//! - [`g711`]: the codec of voices.
//!
//! Words that all of them use:
//! - [`id`]: the twenty digits.
//! - [`edition`]: 2011, 2016 or 2022.
//! - [`charset`]: GB 18030 and what calls itself otherwise.
//! - [`profile`]: the habits of one device.
//! - [`ptz`]: eight bytes that turn a camera.
//! - [`ssrc`]: the numbers of streams.
//!
//! # A platform in a few lines
//!
//! ```
//! use std::borrow::Cow;
//! use watchfire_gb28181::id::GbId;
//! use watchfire_gb28181::platform::{Devices, Effect, Platform, Settings};
//! use watchfire_gb28181::profile::DeviceProfile;
//! use watchfire_gb28181::registrar::{Admission, Approved, Proof};
//! use watchfire_gb28181::sip::{Channel, Now, Peer};
//!
//! struct OneCamera;
//!
//! impl Devices for OneCamera {
//!     fn admission(&self, device: &GbId) -> Admission<'_> {
//!         if device.as_str() != "33010000111320000001" {
//!             return Admission::Unknown { commissioning: None };
//!         }
//!         let proof = Proof::Password(Cow::Borrowed(b"12345678"));
//!         Admission::Approved(Approved { proof, terms: self.profile(device).terms(), redirect: None })
//!     }
//!     fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
//!         Cow::Owned(DeviceProfile::default())
//!     }
//! }
//!
//! let now = Now { mono_ms: 0, unix_ms: 1_764_000_000_000 };
//! let id = GbId::parse("33010000112000000001")?;
//! let mut platform = Platform::new(Settings::new(id, "10.0.0.1:5060"), &[42; 32], now);
//!
//! let from = Peer { address: ([10, 0, 0, 64], 5060).into(), channel: Channel::Udp { socket: 0 } };
//! let datagram = b"REGISTER sip:33010000112000000001@3301000011 SIP/2.0\r\n\
//!     Via: SIP/2.0/UDP 10.0.0.64:5060;rport;branch=z9hG4bK1\r\n\
//!     From: <sip:33010000111320000001@3301000011>;tag=1\r\n\
//!     To: <sip:33010000111320000001@3301000011>\r\n\
//!     Call-ID: 1@10.0.0.64\r\nCSeq: 1 REGISTER\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n";
//! let mut effects = Vec::new();
//! platform.receive(now, from, datagram, &OneCamera, &mut effects);
//!
//! let [Effect::Send { bytes, to }] = effects.as_slice() else { panic!("one answer") };
//! assert!(bytes.starts_with(b"SIP/2.0 401 Unauthorized") && *to == from);
//! # Ok::<(), watchfire_gb28181::id::IdError>(())
//! ```
//!
//! The caller sends what it is told to send, acts on [`platform::Event`]s, and calls [`platform::Platform::on_timer`] at
//! [`platform::Platform::next_deadline_ms`].

pub mod device;
pub mod platform;

pub mod digest;
pub mod registrar;
pub mod sip;

pub mod answers;
pub mod manscdp;
pub mod mansrtsp;
pub mod sdp;

pub mod g711;
pub mod ps;
pub mod rtp;

#[cfg(feature = "net")]
pub mod net;

pub mod charset;
pub mod edition;
pub mod id;
pub mod profile;
pub mod ptz;
pub mod ssrc;

mod deadlines;
mod intake;
mod tokens;
