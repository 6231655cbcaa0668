//! The line `f=`: `v/codec/resolution/fps/rate type/kbit/s` and `a/codec/bit rate/sample rate` (annex G of 2022).
//!
//! Every slot may be empty; its slash stays. Slots whose codes the table lacks are kept raw.

use std::fmt;

use crate::manscdp::block::codes;

codes! {
    /// How pictures are encoded.
    pub enum VideoCodec {
        /// MPEG-4.
        Mpeg4 = "1",
        /// H.264.
        H264 = "2",
        /// SVAC.
        Svac = "3",
        /// 3GP.
        ThreeGp = "4",
        /// H.265.
        H265 = "5",
    }
}

codes! {
    /// How large pictures are; another size is kept raw as `1920x1080`.
    pub enum Resolution {
        /// QCIF, 176 by 144.
        Qcif = "1",
        /// CIF, 352 by 288.
        Cif = "2",
        /// 4CIF, 704 by 576.
        FourCif = "3",
        /// D1, 720 by 576.
        D1 = "4",
        /// 1280 by 720.
        P720 = "5",
        /// 1920 by 1080.
        P1080 = "6",
    }
}

codes! {
    /// How the bit rate behaves.
    pub enum RateType {
        /// Constant.
        Constant = "1",
        /// Variable.
        Variable = "2",
    }
}

codes! {
    /// How sound is encoded.
    pub enum AudioCodec {
        /// G.711.
        G711 = "1",
        /// G.723.1.
        G723 = "2",
        /// G.729.
        G729 = "3",
        /// G.722.1.
        G722 = "4",
        /// SVAC.
        Svac = "5",
        /// AAC.
        Aac = "6",
    }
}

codes! {
    /// The bit rate of sound.
    pub enum BitRate {
        /// 5.3 kbit/s.
        K5_3 = "1",
        /// 6.3 kbit/s.
        K6_3 = "2",
        /// 8 kbit/s.
        K8 = "3",
        /// 16 kbit/s.
        K16 = "4",
        /// 24 kbit/s.
        K24 = "5",
        /// 32 kbit/s.
        K32 = "6",
        /// 48 kbit/s.
        K48 = "7",
        /// 64 kbit/s.
        K64 = "8",
        /// 12 kbit/s.
        K12 = "9",
        /// 80 kbit/s.
        K80 = "10",
        /// 96 kbit/s.
        K96 = "11",
        /// 112 kbit/s.
        K112 = "12",
        /// 128 kbit/s.
        K128 = "13",
    }
}

codes! {
    /// How often a second sound is sampled.
    pub enum SampleRate {
        /// 8 kHz.
        K8 = "1",
        /// 14 kHz.
        K14 = "2",
        /// 16 kHz.
        K16 = "3",
        /// 32 kHz.
        K32 = "4",
        /// 7 kHz.
        K7 = "5",
        /// 11 kHz.
        K11 = "6",
        /// 12 kHz.
        K12 = "7",
        /// 22 kHz.
        K22 = "8",
        /// 24 kHz.
        K24 = "9",
        /// 44 kHz.
        K44 = "10",
        /// 48 kHz.
        K48 = "11",
    }
}

/// What a stream is to be like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaFormat {
    /// Its pictures.
    pub video: VideoFormat,
    /// Its sound.
    pub audio: AudioFormat,
}

/// Pictures; each field may be left open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VideoFormat {
    /// How encoded.
    pub codec: Option<VideoCodec>,
    /// How large.
    pub resolution: Option<Resolution>,
    /// Pictures a second.
    pub fps: Option<u16>,
    /// How the rate behaves.
    pub rate_type: Option<RateType>,
    /// How many kbit/s.
    pub kbps: Option<u32>,
}

/// Sound; each field may be left open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AudioFormat {
    /// How encoded.
    pub codec: Option<AudioCodec>,
    /// How many bits.
    pub bit_rate: Option<BitRate>,
    /// How often.
    pub sample_rate: Option<SampleRate>,
}

impl MediaFormat {
    /// Reads the value of `f=`. `None` when it has neither part.
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        let audio_at = value.find("a/");
        let (video, audio) = value.split_at(audio_at.unwrap_or(value.len()));
        let video = video.trim().strip_prefix("v/");
        let audio = audio.trim().strip_prefix("a/");
        if video.is_none() && audio.is_none() {
            return None;
        }
        let mut video = video.unwrap_or_default().split('/').map(str::trim);
        let mut audio = audio.unwrap_or_default().split('/').map(str::trim);
        Some(Self {
            video: VideoFormat {
                codec: video_slot(video.next()).map(VideoCodec::from_text),
                resolution: video_slot(video.next()).map(Resolution::from_text),
                fps: slot(video.next()).and_then(|text| text.parse().ok()),
                rate_type: video_slot(video.next()).map(RateType::from_text),
                kbps: slot(video.next()).and_then(|text| text.parse().ok()),
            },
            audio: AudioFormat {
                codec: slot(audio.next()).map(AudioCodec::from_text),
                bit_rate: slot(audio.next()).map(BitRate::from_text),
                sample_rate: slot(audio.next()).map(SampleRate::from_text),
            },
        })
    }
}

impl Resolution {
    /// Width and height in pixels, also of a size such as `1920x1080`.
    pub fn pixels(&self) -> Option<(u32, u32)> {
        match self {
            Self::Qcif => Some((176, 144)),
            Self::Cif => Some((352, 288)),
            Self::FourCif => Some((704, 576)),
            Self::D1 => Some((720, 576)),
            Self::P720 => Some((1280, 720)),
            Self::P1080 => Some((1920, 1080)),
            Self::Raw(text) => {
                let (width, height) = text.split_once(['x', 'X', '*'])?;
                Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
            }
        }
    }
}

/// A slot of the pictures. One that ends in `a` would be taken for the beginning of the sound when it is written.
fn video_slot(text: Option<&str>) -> Option<&str> {
    slot(text).filter(|text| !text.ends_with('a'))
}

fn slot(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

impl fmt::Display for MediaFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let video = &self.video;
        let audio = &self.audio;
        write!(
            f,
            "v/{}/{}/{}/{}/{}a/{}/{}/{}",
            video.codec.as_ref().map_or("", VideoCodec::as_str),
            video.resolution.as_ref().map_or("", Resolution::as_str),
            video.fps.map(|fps| fps.to_string()).unwrap_or_default(),
            video.rate_type.as_ref().map_or("", RateType::as_str),
            video.kbps.map(|kbps| kbps.to_string()).unwrap_or_default(),
            audio.codec.as_ref().map_or("", AudioCodec::as_str),
            audio.bit_rate.as_ref().map_or("", BitRate::as_str),
            audio.sample_rate.as_ref().map_or("", SampleRate::as_str),
        )
    }
}
