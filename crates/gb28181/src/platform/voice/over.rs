//! Why a voice is over, in words that a person can act on.

use std::fmt;

use crate::sip::DialogIdentity;

/// How a voice ended.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceOver {
    /// Why.
    pub reason: VoiceEnd,
    /// The dialog, when our BYE was not answered: the device may go on listening. Keep it and [`crate::platform::Platform::heal`] later.
    pub unconfirmed: Option<Box<DialogIdentity>>,
}

/// Why a voice ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceEnd {
    /// Nobody here wanted to speak any more.
    HungUp,
    /// The device ended it; some do so at once (WVP#1479, WVP#1547).
    ByDevice,
    /// The device refused the notification.
    Refused {
        /// 300 to 699.
        status: u16,
    },
    /// The device answered that it will not listen.
    Declined,
    /// The device did not answer the notification.
    NoAnswer,
    /// The device took the notification and never called back (WVP#1080, WVP#1514).
    NeverInvited,
    /// The device called back for something else than sound that we can send.
    Unfit,
    /// The device called back and never confirmed our answer.
    NeverConfirmed,
    /// The device went offline.
    Offline,
}

impl fmt::Display for VoiceEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HungUp => f.write_str("hung up by the platform"),
            Self::ByDevice => f.write_str("ended by the device"),
            Self::Refused { status } => write!(f, "refused by the device with status {status}"),
            Self::Declined => f.write_str("the device answered that it will not listen"),
            Self::NoAnswer => f.write_str("the device did not answer the notification"),
            Self::NeverInvited => f.write_str("the device agreed but never called back"),
            Self::Unfit => f.write_str("the device called back for sound that cannot be sent"),
            Self::NeverConfirmed => f.write_str("the device never confirmed the answer to its call"),
            Self::Offline => f.write_str("the device went offline"),
        }
    }
}

impl VoiceEnd {
    /// What was behind it in the field, and what helps; empty where nothing is wrong.
    pub fn advice(self) -> &'static str {
        match self {
            Self::HungUp => "",
            Self::ByDevice => {
                "its speaker may be taken by somebody else, or its voice output is switched off; see its audio settings"
            }
            Self::Refused { .. } | Self::Declined => {
                "the channel may have no speaker: try the device's voice output (type 137), or see its audio settings"
            }
            Self::NoAnswer => "see the device's network",
            Self::NeverInvited => {
                "many devices know voice by an interface of their own only; see whether its maker offers voice over GB/T 28181"
            }
            Self::Unfit => "set the device's audio to G.711A",
            Self::NeverConfirmed => "the ACK is lost: see firewall and NAT, or use TCP for signalling",
            Self::Offline => "see the device's power and network",
        }
    }
}
