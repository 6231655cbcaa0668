//! Why a call is over, in words that a person can act on.

use std::fmt;

use crate::sip::DialogIdentity;

/// How a call ended.
#[derive(Debug, Clone, PartialEq)]
pub struct CallOver {
    /// Why.
    pub reason: Reason,
    /// The dialog, when our BYE was not answered: the device may go on sending. Keep it and [`crate::platform::Platform::heal`] later.
    pub unconfirmed: Option<Box<DialogIdentity>>,
}

/// Why a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nobody here wanted it any more.
    HungUp,
    /// The device ended it.
    ByDevice,
    /// The recording was sent to its end.
    FileEnd,
    /// The device refused.
    Refused {
        /// 300 to 699.
        status: u16,
    },
    /// The device said nothing.
    NoAnswer,
    /// The device went offline.
    Offline,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HungUp => f.write_str("hung up by the platform"),
            Self::ByDevice => f.write_str("ended by the device"),
            Self::FileEnd => f.write_str("the recording was sent to its end"),
            Self::Refused { status } => write!(f, "refused by the device with status {status}"),
            Self::NoAnswer => f.write_str("the device did not answer the INVITE"),
            Self::Offline => f.write_str("the device went offline"),
        }
    }
}

impl Reason {
    /// What was behind it in the field, and what helps; empty where nothing is wrong.
    pub fn advice(self) -> &'static str {
        match self {
            Self::HungUp | Self::FileEnd => "",
            Self::ByDevice => {
                "the device or somebody at it ended the stream; see its other viewers and its network"
            }
            Self::NoAnswer => {
                "the INVITE or its answer is lost: see firewall and NAT, or use TCP for signalling"
            }
            Self::Offline => "see the device's power and network",
            Self::Refused { status } => match status {
                400 | 487 => "the channel id's type digits or the domain are not what the device expects",
                403 | 401 | 407 => {
                    "the device does not let this platform see pictures; see its access settings"
                }
                404 | 480 => "the channel does not exist, or its camera is not connected to the recorder",
                408 | 504 => "the recorder did not reach its camera in time",
                415 | 488 => "the device cannot do the media offered: try another transport or stream",
                486 => {
                    "the device is busy: it still serves a session that it was not told the end of, or has too many viewers"
                }
                500 | 503 => "the device is overloaded, or has no recording in this span",
                _ => "the device's log may say more",
            },
        }
    }
}
