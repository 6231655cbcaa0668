//! A session: what it is for, and its media.

use super::media::{Attribute, Media, MediaKind};
use super::{MediaFormat, Setup};
use crate::id::GbId;
use crate::ssrc::Ssrc;

/// What a session is for: `s=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionKind {
    /// Live pictures.
    Play,
    /// A recording at the speed of life.
    Playback,
    /// A recording as fast as it goes.
    Download,
    /// Speaking; vendors' own.
    Talk,
    /// Something else.
    Raw(String),
}

impl SessionKind {
    /// Reads the name; letter case aside.
    pub fn from_text(text: &str) -> Self {
        match text.trim() {
            text if text.eq_ignore_ascii_case("Play") => Self::Play,
            text if text.eq_ignore_ascii_case("Playback") => Self::Playback,
            text if text.eq_ignore_ascii_case("Download") => Self::Download,
            text if text.eq_ignore_ascii_case("Talk") => Self::Talk,
            text => Self::Raw(text.to_owned()),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Play => "Play",
            Self::Playback => "Playback",
            Self::Download => "Download",
            Self::Talk => "Talk",
            Self::Raw(text) => text,
        }
    }
}

/// Which recordings: `u=`, in sessions of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// Whose.
    pub channel: GbId,
    /// 0 all, 1 by hand, 2 by alarm, 3 by the clock.
    pub record_type: u8,
}

/// A description of a session, offered or answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Sdp {
    /// The name in `o=`: the id of whoever writes it.
    pub origin: String,
    /// The address in `o=`.
    pub origin_address: String,
    /// What for.
    pub kind: SessionKind,
    /// Which recordings.
    pub history: Option<History>,
    /// Where media go: `c=` of the session.
    pub address: Option<String>,
    /// Beginning and end in seconds since 1970, UTC; 0 and 0 for live.
    pub time: (u64, u64),
    /// Attributes before the first media section.
    pub attributes: Vec<Attribute>,
    /// The media; at least one in what was read.
    pub media: Vec<Media>,
    /// `y=`. Absent from some answers; then the offered one holds.
    pub ssrc: Option<Ssrc>,
    /// `f=`.
    pub format: Option<MediaFormat>,
}

impl Sdp {
    /// A session without media.
    pub fn new(origin: GbId, address: &str, kind: SessionKind) -> Self {
        Self {
            origin: origin.to_string(),
            origin_address: address.to_owned(),
            kind,
            history: None,
            address: Some(address.to_owned()),
            time: (0, 0),
            attributes: Vec::new(),
            media: Vec::new(),
            ssrc: None,
            format: None,
        }
    }

    /// The first section of a kind that is not turned off.
    pub fn section(&self, kind: &MediaKind) -> Option<&Media> {
        self.media.iter().find(|media| media.kind == *kind && media.port != 0)
    }

    /// Where a section's media go: its own address, the session's, or the one in `o=`.
    pub fn address_of<'a>(&'a self, media: &'a Media) -> &'a str {
        media.address.as_deref().or(self.address.as_deref()).unwrap_or(&self.origin_address)
    }

    /// An attribute's value: of the section, or of the session.
    pub fn attribute<'a>(&'a self, media: &'a Media, name: &str) -> Option<&'a str> {
        let all = media.attributes.iter().chain(&self.attributes);
        all.filter(|attribute| attribute.name.eq_ignore_ascii_case(name))
            .map(|attribute| attribute.value.as_str())
            .next()
    }

    /// Who connects, for TCP.
    pub fn setup(&self, media: &Media) -> Option<Setup> {
        self.attribute(media, "setup").and_then(Setup::from_text)
    }

    /// The size of a file that is downloaded, in bytes.
    pub fn file_size(&self, media: &Media) -> Option<u64> {
        self.attribute(media, "filesize")?.trim().parse().ok()
    }

    /// How many times faster than life a download is.
    pub fn download_speed(&self, media: &Media) -> Option<f64> {
        self.attribute(media, "downloadspeed")?.trim().parse().ok().filter(|speed: &f64| speed.is_finite())
    }

    /// Which stream of a camera is asked for, 0 the main one, by the name of 2022 or by those of vendors before.
    pub fn stream_number(&self, media: &Media) -> Option<u8> {
        ["streamnumber", "stream", "streamprofile", "streamMode"]
            .into_iter()
            .find_map(|name| stream_of(self.attribute(media, name)?))
    }
}

/// A stream's number, or the words `MAIN` and `SUB` that one vendor writes.
fn stream_of(value: &str) -> Option<u8> {
    match value.trim() {
        value if value.eq_ignore_ascii_case("main") => Some(0),
        value if value.eq_ignore_ascii_case("sub") => Some(1),
        value => value.parse().ok(),
    }
}
