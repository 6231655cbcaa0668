//! What an MP4 file says of how its pictures and its sound are coded: the sample descriptions of a track (ISO/IEC 14496-12 §8.5.2).

use super::{IndexError, boxes, field, path};
use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::{SoundCodec, SoundParameters};
use crate::{aac, h264, h265};
use bytes::Bytes;
use std::sync::Arc;

/// Most descriptions of one track that are read: a film has one for each change of a camera's settings.
const DESCRIPTIONS_MAX: usize = 256;

/// How some of the pictures are coded.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    pub(crate) parameters: Arc<VideoParameters>,
    /// Bytes of a length in front of a unit.
    pub(crate) length_bytes: usize,
}

/// How the pictures of a track are coded. Whether the first can be read decides; of the others those are left out that cannot.
pub(super) fn descriptions(trak: &[u8]) -> Result<Vec<Option<Description>>, IndexError> {
    let mut entries = sample_entries(trak)?;
    let (kind, first) = entries.next().ok_or(IndexError::Damaged("stsd"))?;
    let first = video_description(kind, first)?;
    let others = entries.map(|(kind, entry)| video_description(kind, entry).ok());
    Ok(std::iter::once(Some(first)).chain(others).collect())
}

/// Kind and content of the entries of a track's sample description.
fn sample_entries(trak: &[u8]) -> Result<impl Iterator<Item = ([u8; 4], &[u8])>, IndexError> {
    let stsd = path(trak, &[*b"mdia", *b"minf", *b"stbl", *b"stsd"]).and_then(|stsd| stsd.get(8..));
    Ok(boxes(stsd.ok_or(IndexError::Damaged("stsd"))?).take(DESCRIPTIONS_MAX))
}

fn video_description(kind: [u8; 4], entry: &[u8]) -> Result<Description, IndexError> {
    let inside = |name: [u8; 4]| entry.get(78..).and_then(|rest| path(rest, &[name]));
    let (codec, found, name) = match &kind {
        b"avc1" | b"avc3" => (VideoCodec::H264, inside(*b"avcC").and_then(h264::read_configuration), "avcC"),
        b"hvc1" | b"hev1" => (VideoCodec::H265, inside(*b"hvcC").and_then(h265::read_configuration), "hvcC"),
        _ => return Err(IndexError::Codec(String::from_utf8_lossy(&kind).into_owned())),
    };
    let (sets, length_bytes) = found.ok_or(IndexError::Damaged(name))?;
    let parameters = VideoParameters::new(codec, sets).ok_or(IndexError::Damaged(name))?;
    Ok(Description { parameters: Arc::new(parameters), length_bytes })
}

/// The parameters of the sound of a track; `None` where it is nothing that is understood here.
pub(super) fn sound_parameters(trak: &[u8]) -> Option<SoundParameters> {
    let (kind, entry) = sample_entries(trak).ok()?.next()?;
    sound_entry(kind, entry)
}

fn sound_entry(kind: [u8; 4], entry: &[u8]) -> Option<SoundParameters> {
    let codec = match &kind {
        b"mp4a" => SoundCodec::Aac,
        b"alaw" => SoundCodec::G711A,
        b"ulaw" => SoundCodec::G711U,
        _ => return None,
    };
    let channels = u8::try_from(u16::from_be_bytes([*entry.get(16)?, *entry.get(17)?])).ok()?;
    if codec == SoundCodec::Aac {
        // The entry's own rate and channels are often wrong.
        let configuration = decoder_specific(path(entry.get(28..)?, &[*b"esds"])?)?;
        return aac::parameters(Bytes::copy_from_slice(configuration));
    }
    Some(SoundParameters { codec, rate_hz: field(entry, 24)? >> 16, channels, configuration: Bytes::new() })
}

/// `DecoderSpecificInfo` within the descriptors of `esds` (ISO/IEC 14496-1 §7.2.6).
fn decoder_specific(esds: &[u8]) -> Option<&[u8]> {
    let mut rest = esds.get(4..)?;
    loop {
        let (tag, after) = rest.split_first()?;
        // Lengths have seven bits a byte; the high bit says that there are more.
        let bytes = after.iter().take(4).position(|byte| byte & 0x80 == 0)? + 1;
        let length = after[..bytes].iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let content = &after[bytes..];
        rest = match tag {
            0x03 => content.get(3..)?,
            0x04 => content.get(13..)?,
            0x05 => return content.get(..length),
            _ => return None,
        };
    }
}
