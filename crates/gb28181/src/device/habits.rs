//! The oddities of devices in the field, as switches: each was seen, and each must leave a call working.

use std::collections::BTreeSet;

/// One oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Habit {
    /// `Contact` holds an address behind NAT at which nothing is ever heard (wvp-sw#10).
    PrivateContact,
    /// REGISTER names the server by address and port (srs#3549).
    AddressInUri,
    /// The life of a registration stands in `Contact` alone.
    ExpiresInContact,
    /// No life of a registration is named at all.
    NoExpires,
    /// No sign of life after the registration (WVP#2006).
    NoKeepalive,
    /// Long messages are cut over several datagrams (WVP#853).
    SplitDatagrams,
    /// `Content-Length: 0` with a body, by a middlebox (WVP#920).
    ZeroLength,
    /// Lines end with LF alone.
    BareLf,
    /// 101 before the 200 to INVITE (srs#1500).
    Dialog101,
    /// One item of a catalog a message (WVP#464).
    OneItemAMessage,
    /// Every item twice.
    RepeatedItems,
    /// A catalog answer with an old number that nobody asked for, before the true one (WVP#1425).
    UnaskedCatalog,
    /// `ParentID` is the SIP domain (WVP#21).
    DomainAsParent,
    /// Control characters in XML (WVP#291).
    ControlCharacters,
    /// UTF-8 that calls itself GB2312.
    MislabelledCharset,
    /// Two recordings a message (WVP#985).
    TwoRecordingsAMessage,
    /// The answer's `y=` differs from the offer (WVP#127).
    OtherSsrc,
    /// The answer has no `y=` (WVP PR#678).
    NoSsrc,
    /// SSRC 0 in the answer (srs#1500).
    ZeroSsrc,
    /// The 200 to INVITE has no body (srs-bench).
    NoSdp,
    /// The end of a file is reported under another Call-ID (WVP#1469).
    FileEndElsewhere,
    /// The end of a file is reported by INFO.
    FileEndByInfo,
    /// `AlarmType` stands beside `Info`.
    AlarmTypeBeside,
    /// Agrees to be spoken to and never calls back (WVP#1080).
    NeverInvites,
    /// Ends a voice right after its ACK (WVP#1479).
    ByesAtOnce,
    /// Wants to be spoken to in µ-law (WVP PR#1012).
    VoiceMuLaw,
    /// Wants to be spoken to in a program stream (WVP PR#1012).
    VoiceProgram,
}

impl Habit {
    /// Every oddity.
    pub const ALL: [Self; 27] = [
        Self::PrivateContact,
        Self::AddressInUri,
        Self::ExpiresInContact,
        Self::NoExpires,
        Self::NoKeepalive,
        Self::SplitDatagrams,
        Self::ZeroLength,
        Self::BareLf,
        Self::Dialog101,
        Self::OneItemAMessage,
        Self::RepeatedItems,
        Self::UnaskedCatalog,
        Self::DomainAsParent,
        Self::ControlCharacters,
        Self::MislabelledCharset,
        Self::TwoRecordingsAMessage,
        Self::OtherSsrc,
        Self::NoSsrc,
        Self::ZeroSsrc,
        Self::NoSdp,
        Self::FileEndElsewhere,
        Self::FileEndByInfo,
        Self::AlarmTypeBeside,
        Self::NeverInvites,
        Self::ByesAtOnce,
        Self::VoiceMuLaw,
        Self::VoiceProgram,
    ];
}

/// The oddities of one device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits(pub BTreeSet<Habit>);

impl Habits {
    /// One oddity and no other.
    pub fn only(habit: Habit) -> Self {
        Self(BTreeSet::from([habit]))
    }

    /// Whether it has this one.
    pub fn has(&self, habit: Habit) -> bool {
        self.0.contains(&habit)
    }

    /// Changes the bytes of a message that is about to leave; several datagrams when it is cut.
    pub(super) fn spoil(&self, bytes: Vec<u8>, is_datagram: bool) -> Vec<Vec<u8>> {
        let mut bytes = bytes;
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        if self.has(Habit::ZeroLength) && is_datagram {
            bytes = without_length(&bytes, head);
        }
        if self.has(Habit::BareLf) && is_datagram {
            bytes.retain(|byte| *byte != b'\r');
        }
        if self.has(Habit::SplitDatagrams) && is_datagram && bytes.len() > PIECE_BYTES {
            return bytes.chunks(PIECE_BYTES).map(<[u8]>::to_vec).collect();
        }
        vec![bytes]
    }

    /// Changes the XML of a body.
    pub(super) fn spoil_body(&self, body: Vec<u8>) -> Vec<u8> {
        let mut body = body;
        if self.has(Habit::ControlCharacters) {
            let at = body.iter().rposition(|byte| *byte == b'<').unwrap_or(0);
            body.splice(at..at, [1, 2, 8]);
        }
        body
    }
}

/// Pieces that a recorder cuts its messages into.
const PIECE_BYTES: usize = 512;

fn without_length(bytes: &[u8], head: usize) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes[..head]);
    let lines: Vec<String> = text
        .split("\r\n")
        .map(|line| {
            let is_length = line.to_ascii_lowercase().starts_with("content-length:");
            if is_length { "Content-Length: 0".to_owned() } else { line.to_owned() }
        })
        .collect();
    [lines.join("\r\n").as_bytes(), &bytes[head..]].concat()
}
