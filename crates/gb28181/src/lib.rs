//! GB/T 28181 as a state machine that eats and emits bytes: signalling, bodies and media, both as platform and
//! as device.
//!
//! Sans-I/O: nothing here opens a socket, reads a clock or draws a random number. Bytes and the current time come in as arguments, bytes
//! and deadlines go out. Nothing here knows a school, a row or a picture.
//!
//! Section numbers in the comments are those of GB/T 28181—2022 unless another edition is named.

pub mod digest;
pub mod registrar;
pub mod sip;

pub mod answers;
pub mod charset;
pub mod edition;
pub mod id;
pub mod manscdp;
pub mod mansrtsp;
pub mod profile;
pub mod ptz;
pub mod sdp;
pub mod ssrc;

pub mod ps;
pub mod rtp;

pub mod device;
pub mod platform;

mod deadlines;
mod intake;
mod tokens;
