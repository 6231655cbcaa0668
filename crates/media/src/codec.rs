//! The two codings of pictures that are carried, and what of them must be known to carry them.

use crate::{h264, h265, nal};
use bytes::Bytes;
use gb28181::ps::Codec;

/// Longest parameter set believed; real ones have 10 to 200 bytes.
const PARAMETER_SET_BYTES_MAX: usize = 4_096;
/// Most parameter sets of one kind believed; cameras send one, a few one for each quality.
const PARAMETER_SETS_MAX: usize = 8;

/// How pictures are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VideoCodec {
    /// ITU-T H.264 (AVC).
    H264,
    /// ITU-T H.265 (HEVC).
    H265,
}

impl From<VideoCodec> for Codec {
    fn from(codec: VideoCodec) -> Self {
        match codec {
            VideoCodec::H264 => Self::H264,
            VideoCodec::H265 => Self::H265,
        }
    }
}

/// Kinds of NAL units that both codings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NalKind {
    /// Video parameter set; H.265 only.
    VideoSet,
    /// Sequence parameter set.
    SequenceSet,
    /// Picture parameter set.
    PictureSet,
    /// Access unit delimiter or padding: nothing is lost without it.
    Idle,
    /// A piece of a picture that can be decoded by itself.
    Key,
    /// A piece of another picture.
    Picture,
    /// Anything else, e.g. supplemental information.
    Other,
}

impl VideoCodec {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::H264 => "H.264",
            Self::H265 => "H.265",
        }
    }

    /// What a NAL unit is.
    pub fn kind(self, unit: &[u8]) -> NalKind {
        match self {
            Self::H264 => match h264::nal_unit_type(unit) {
                h264::nal_type::SPS => NalKind::SequenceSet,
                h264::nal_type::PPS => NalKind::PictureSet,
                h264::nal_type::DELIMITER | h264::nal_type::FILLER => NalKind::Idle,
                h264::nal_type::IDR => NalKind::Key,
                h264::nal_type::SLICE..h264::nal_type::IDR => NalKind::Picture,
                _ => NalKind::Other,
            },
            Self::H265 => match h265::nal_unit_type(unit) {
                h265::nal_type::VPS => NalKind::VideoSet,
                h265::nal_type::SPS => NalKind::SequenceSet,
                h265::nal_type::PPS => NalKind::PictureSet,
                h265::nal_type::DELIMITER | h265::nal_type::FILLER => NalKind::Idle,
                h265::nal_type::FIRST_KEY..=h265::nal_type::LAST_KEY => NalKind::Key,
                0..=h265::nal_type::LAST_PICTURE => NalKind::Picture,
                _ => NalKind::Other,
            },
        }
    }

    /// True when a picture in sample form can be decoded by itself.
    pub fn is_key(self, sample: &[u8]) -> bool {
        nal::units(sample).any(|unit| self.kind(unit) == NalKind::Key)
    }

    /// The parameter sets in a picture in sample form, if they are whole and readable.
    pub fn parameters_of(self, sample: &[u8]) -> Option<VideoParameters> {
        let sets = nal::units(sample).filter(|unit| self.kind(unit) <= NalKind::PictureSet);
        VideoParameters::new(self, sets)
    }

    /// A picture in sample form as it may be kept: its lengths add up, it has a piece of a picture in it and no more units than
    /// [`nal::UNITS_MAX`]. Empty units are taken out. `None` for anything else: a recorded file would count as damaged from there on.
    pub(crate) fn whole(self, sample: Bytes) -> Option<Bytes> {
        let (mut units, mut bytes, mut has_empty, mut has_picture) = (0, 0, false, false);
        for unit in nal::units(&sample).take(nal::UNITS_MAX + 1) {
            units += 1;
            bytes += unit.len() + 4;
            has_empty |= unit.is_empty();
            has_picture |= matches!(self.kind(unit), NalKind::Key | NalKind::Picture);
        }
        if units > nal::UNITS_MAX || bytes != sample.len() || !has_picture {
            return None;
        }
        if has_empty { nal::from_lengths(&sample, 4, &[]).map(Bytes::from) } else { Some(sample) }
    }

    /// How many bytes in front of a picture in sample form are parameter sets, delimiters and padding: MP4 keeps the former elsewhere and
    /// the latter not at all (ISO/IEC 14496-15 §5.3.3.1, §8.3.2).
    pub fn bytes_ahead(self, sample: &[u8]) -> usize {
        nal::units(sample)
            .take_while(|unit| self.kind(unit) <= NalKind::Idle)
            .map(|unit| unit.len() + 4)
            .sum()
    }
}

/// The parameter sets of a stream and what they say about the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoParameters {
    /// How pictures are coded.
    pub codec: VideoCodec,
    /// All parameter sets in sample form, in the order in which decoders want them.
    pub sets: Bytes,
    /// The decoder configuration of MP4: the content of `avcC` or `hvcC`.
    pub configuration: Bytes,
    /// The codec name for a MIME type, e.g. `avc1.42c01e` (RFC 6381 §3.3).
    pub codec_string: String,
    /// Width of the picture in pixels, cropping applied.
    pub width_px: u16,
    /// Height of the picture in pixels, cropping applied.
    pub height_px: u16,
}

impl VideoParameters {
    /// Makes sense of parameter sets, in any order, each without start code or length; repeated ones count once. `None` when one
    /// that is needed is missing, or cannot be read.
    pub fn new<'a>(codec: VideoCodec, units: impl IntoIterator<Item = &'a [u8]>) -> Option<Self> {
        let mut sets: [Vec<&[u8]>; 3] = Default::default();
        for unit in units {
            let list = match codec.kind(unit) {
                NalKind::VideoSet => &mut sets[0],
                NalKind::SequenceSet => &mut sets[1],
                NalKind::PictureSet => &mut sets[2],
                _ => continue,
            };
            if unit.len() > PARAMETER_SET_BYTES_MAX {
                return None;
            }
            if !list.contains(&unit) && list.len() < PARAMETER_SETS_MAX {
                list.push(unit);
            }
        }
        let [vps, sps, pps] = &sets;
        let first = sps.first()?;
        pps.first()?;
        let (configuration, codec_string, (width_px, height_px)) = match codec {
            VideoCodec::H264 => {
                (h264::configuration(sps, pps)?, h264::codec_string(first), h264::picture_size(first)?)
            }
            VideoCodec::H265 => {
                vps.first()?;
                let sequence = h265::sequence(first)?;
                let size = (sequence.width_px, sequence.height_px);
                (h265::configuration(&sequence, vps, sps, pps), h265::codec_string(&sequence), size)
            }
        };
        let mut in_order = Vec::new();
        sets.iter().flatten().for_each(|set| nal::push(&mut in_order, set));
        let (sets, configuration) = (in_order.into(), configuration.into());
        Some(Self { codec, sets, configuration, codec_string, width_px, height_px })
    }

    /// The parameter sets, each without length.
    pub fn units(&self) -> impl Iterator<Item = &[u8]> {
        nal::units(&self.sets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPS: &[u8] = &[
        0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00, 0x03, 0x00,
        0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58,
    ];
    const PPS: &[u8] = &[0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0];

    fn sample(units: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        for unit in units {
            nal::push(&mut out, unit);
        }
        out
    }

    #[test]
    fn parameter_sets_in_any_order_and_twice_are_the_same_parameters() {
        let one = VideoCodec::H264.parameters_of(&sample(&[SPS, PPS, &[0x65, 1]])).unwrap();
        let other = VideoCodec::H264.parameters_of(&sample(&[&[9, 0x10], PPS, SPS, SPS, PPS])).unwrap();
        assert_eq!(one, other);
        assert_eq!((one.width_px, one.height_px, one.codec_string.as_str()), (1920, 1080, "avc1.640028"));
        assert_eq!(VideoCodec::H264.parameters_of(&sample(&[SPS, &[0x65, 1]])), None);
    }

    #[test]
    fn what_stands_ahead_of_a_picture_is_counted_up_to_the_first_other_unit() {
        let data = sample(&[&[9, 0x10], SPS, PPS, &[6, 5, 1], PPS, &[0x65, 1]]);
        assert_eq!(VideoCodec::H264.bytes_ahead(&data), 6 + 4 + SPS.len() + 4 + PPS.len());
        assert_eq!(VideoCodec::H264.bytes_ahead(&sample(&[&[0x41, 1]])), 0);
        assert!(VideoCodec::H264.is_key(&data));
    }
}
