//! The codings that GB/T 28181 carries, and their numbers in a program stream map (Annex C, table C.1 of the 2016
//! edition; 0x0F, 0x24 and 0x91 are new in 2022 but were used long before).

/// How the bytes of a frame are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// ITU-T H.264 in Annex B form.
    H264,
    /// ITU-T H.265 in Annex B form.
    H265,
    /// MPEG-4 part 2 video.
    Mpeg4,
    /// SVAC video (GB/T 25724). Carried, not understood.
    Svac,
    /// G.711 with A-law, 8 kHz mono.
    G711A,
    /// G.711 with µ-law, 8 kHz mono.
    G711U,
    /// G.722.1.
    G7221,
    /// G.723.1.
    G7231,
    /// G.729.
    G729,
    /// SVAC audio. Carried, not understood.
    SvacAudio,
    /// AAC with ADTS headers.
    Aac,
}

impl Codec {
    /// The codec behind a `stream_type` of a program stream map; `None` for an unknown number, zero included.
    pub fn from_stream_type(stream_type: u8) -> Option<Self> {
        Some(match stream_type {
            0x0f => Self::Aac,
            0x10 => Self::Mpeg4,
            0x1b => Self::H264,
            0x24 => Self::H265,
            0x80 => Self::Svac,
            0x90 => Self::G711A,
            0x91 => Self::G711U,
            0x92 => Self::G7221,
            0x93 => Self::G7231,
            0x99 => Self::G729,
            0x9b => Self::SvacAudio,
            _ => return None,
        })
    }

    /// The `stream_type` that a program stream map carries for this codec.
    pub fn stream_type(self) -> u8 {
        match self {
            Self::Aac => 0x0f,
            Self::Mpeg4 => 0x10,
            Self::H264 => 0x1b,
            Self::H265 => 0x24,
            Self::Svac => 0x80,
            Self::G711A => 0x90,
            Self::G711U => 0x91,
            Self::G7221 => 0x92,
            Self::G7231 => 0x93,
            Self::G729 => 0x99,
            Self::SvacAudio => 0x9b,
        }
    }

    /// True for pictures, false for sound.
    pub fn is_video(self) -> bool {
        matches!(self, Self::H264 | Self::H265 | Self::Mpeg4 | Self::Svac)
    }

    /// True where the bytes are NAL units with start codes, so that pictures can be told apart by looking at them.
    pub(crate) fn has_nal_units(self) -> bool {
        matches!(self, Self::H264 | Self::H265)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stream_type_comes_back() {
        let known: Vec<u8> = (0..=255).filter(|&number| Codec::from_stream_type(number).is_some()).collect();
        assert_eq!(known, [0x0f, 0x10, 0x1b, 0x24, 0x80, 0x90, 0x91, 0x92, 0x93, 0x99, 0x9b]);
        for number in known {
            assert_eq!(Codec::from_stream_type(number).map(Codec::stream_type), Some(number));
        }
    }
}
