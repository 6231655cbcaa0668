//! How a stream that has to be asked for is asked for: the little that media and signalling must tell each other.

use futures::future::BoxFuture;
use gb28181::rtp::PayloadTypes;
use std::fmt;
use tokio::sync::oneshot;

/// Asks a device for pictures. Implemented by whoever speaks the signalling; one caller stands for one wish, e.g. the live main
/// stream of one channel.
pub trait Caller: Send + Sync + fmt::Debug {
    /// Asks for media to `port`, on which UDP and TCP are already listened on. Resolves when the device has answered.
    ///
    /// Dropping the future before it resolves must end the call that may come of it.
    fn call(&self, port: u16) -> BoxFuture<'_, Result<Call, CallError>>;
}

/// A call that a device has answered. Dropping it hangs up.
#[derive(Debug)]
pub struct Call {
    /// The number that the packets should bear.
    pub ssrc: u32,
    /// Whether packets of other numbers are to be dropped; otherwise the port decides alone.
    pub is_ssrc_checked: bool,
    /// How media come.
    pub transport: Transport,
    /// Where the device sends from, or listens: host and port. Needed where the platform connects.
    pub remote: Option<(String, u16)>,
    /// What the payload types mean.
    pub payloads: PayloadTypes,
    /// Resolves when the call is over; a sender that is dropped says that the device ended it.
    pub over: oneshot::Receiver<CallEnd>,
    /// Ends the call when dropped.
    pub hang_up: HangUp,
}

/// How media come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Datagrams to our port.
    Udp,
    /// Over a TCP connection that the device opens to our port.
    DeviceConnects,
    /// Over a TCP connection that we open.
    PlatformConnects,
}

/// Why there is no call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The device is not registered.
    #[error("the device is not registered")]
    Offline,
    /// The device said no.
    #[error("refused with {status} {words}")]
    Refused {
        /// SIP status, 300 to 699.
        status: u16,
        /// What the device wrote beside it; may be empty.
        words: String,
    },
    /// The device said nothing.
    #[error("no answer")]
    NoAnswer,
    /// We have no place for another call.
    #[error("no place for another call")]
    Busy,
}

/// Why a call is over, where we did not hang up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallEnd {
    /// The device ended it.
    ByDevice,
    /// The recording was sent to its end; some of it may still be on the way.
    FileEnd,
    /// The device went offline.
    Offline,
}

/// What ends a call, done once when this is dropped. It must not block.
pub struct HangUp(Option<Box<dyn FnOnce() + Send + Sync>>);

impl HangUp {
    /// Keeps what is to be done. It is done also when the call is over already.
    pub fn new(act: impl FnOnce() + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(act)))
    }
}

impl Drop for HangUp {
    fn drop(&mut self) {
        if let Some(act) = self.0.take() {
            act();
        }
    }
}

impl fmt::Debug for HangUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HangUp")
    }
}
