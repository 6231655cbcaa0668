//! One media section of a session.

/// What is carried: the first word of `m=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaKind {
    /// Pictures, with or without sound.
    Video,
    /// Sound.
    Audio,
    /// Something else.
    Raw(String),
}

impl MediaKind {
    /// Reads the word; letter case aside.
    pub fn from_text(text: &str) -> Self {
        match text {
            text if text.eq_ignore_ascii_case("video") => Self::Video,
            text if text.eq_ignore_ascii_case("audio") => Self::Audio,
            text => Self::Raw(text.to_owned()),
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Raw(text) => text,
        }
    }
}

/// How it is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    /// `RTP/AVP`.
    Udp,
    /// `TCP/RTP/AVP` (RFC 4571 framing).
    Tcp,
    /// Something else.
    Raw(String),
}

impl Transport {
    /// Reads the word; letter case aside.
    pub fn from_text(text: &str) -> Self {
        match text {
            text if text.eq_ignore_ascii_case("RTP/AVP") || text.eq_ignore_ascii_case("UDP/RTP/AVP") => {
                Self::Udp
            }
            text if text.eq_ignore_ascii_case("TCP/RTP/AVP") => Self::Tcp,
            text => Self::Raw(text.to_owned()),
        }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Udp => "RTP/AVP",
            Self::Tcp => "TCP/RTP/AVP",
            Self::Raw(text) => text,
        }
    }
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The writer sends.
    SendOnly,
    /// The writer receives.
    RecvOnly,
    /// Both.
    SendRecv,
    /// Nobody.
    Inactive,
}

impl Direction {
    const ALL: [Self; 4] = [Self::SendOnly, Self::RecvOnly, Self::SendRecv, Self::Inactive];

    /// The attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::SendRecv => "sendrecv",
            Self::Inactive => "inactive",
        }
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.as_str().eq_ignore_ascii_case(text))
    }
}

/// Who opens the TCP connection, from the writer's point of view (RFC 4145).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setup {
    /// The writer connects.
    Active,
    /// The writer listens.
    Passive,
    /// The answerer may choose.
    ActPass,
}

impl Setup {
    /// The value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Passive => "passive",
            Self::ActPass => "actpass",
        }
    }

    /// The role of the other side; listening where it may be chosen.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Passive => Self::Active,
            Self::Active | Self::ActPass => Self::Passive,
        }
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let all = [Self::Active, Self::Passive, Self::ActPass];
        all.into_iter().find(|setup| setup.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// What a payload type means: `a=rtpmap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RtpMap {
    /// The number.
    pub payload_type: u8,
    /// The encoding, such as `PS` or `H264`.
    pub encoding: String,
    /// Ticks a second.
    pub clock_hz: u32,
}

/// An attribute that is kept as it came: `a=name:value`, or `a=name` with an empty value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value; empty where there is none.
    pub value: String,
}

impl Attribute {
    /// An attribute with a value.
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value: value.into() }
    }
}

/// A media section.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// What is carried.
    pub kind: MediaKind,
    /// To which port; 0 turns the section off.
    pub port: u16,
    /// How.
    pub transport: Transport,
    /// Payload types in order of preference.
    pub payload_types: Vec<u8>,
    /// Where to, when it differs from the session's.
    pub address: Option<String>,
    /// Who sends.
    pub direction: Option<Direction>,
    /// What the payload types mean.
    pub rtp_maps: Vec<RtpMap>,
    /// Other attributes in their order: setup, connection, filesize, downloadspeed, streamnumber, fmtp, vendors' own.
    pub attributes: Vec<Attribute>,
}

impl Media {
    /// A section with pictures.
    pub fn video(port: u16, transport: Transport) -> Self {
        Self {
            kind: MediaKind::Video,
            port,
            transport,
            payload_types: Vec::new(),
            address: None,
            direction: None,
            rtp_maps: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Adds a payload type and what it means.
    #[must_use]
    pub fn with_payload(mut self, payload_type: u8, encoding: &str, clock_hz: u32) -> Self {
        self.payload_types.push(payload_type);
        self.rtp_maps.push(RtpMap { payload_type, encoding: encoding.to_owned(), clock_hz });
        self
    }

    /// Adds an attribute.
    #[must_use]
    pub fn with_attribute(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push(Attribute::new(name, value));
        self
    }

    /// What a payload type means: by its map, or by the table of RFC 3551 and of 9.2 where there is none.
    pub fn encoding(&self, payload_type: u8) -> Option<&str> {
        let mapped = self.rtp_maps.iter().find(|map| map.payload_type == payload_type);
        mapped.map(|map| map.encoding.as_str()).or(match payload_type {
            0 => Some("PCMU"),
            4 => Some("G723"),
            8 => Some("PCMA"),
            9 => Some("G722"),
            18 => Some("G729"),
            20 => Some("SVACA"),
            96 => Some("PS"),
            97 => Some("MPEG4"),
            98 => Some("H264"),
            99 => Some("SVAC"),
            100 => Some("H265"),
            _ => None,
        })
    }
}
