//! A clip ready to be served: access units with their times, to be played round and round.
//!
//! Clips are made once and shared by all cameras that show them; on disk they are a small format of our own
//! (`WFCLIP1`, then a record per frame), because writing them back and forth through MP4 would gain nothing.

use crate::soundtrack::{SoundPiece, Soundtrack};
use bytes::Bytes;
use media::file::{FileError, VideoFile};
use media::{VideoCodec, VideoParameters, nal};
use std::path::Path;
use std::sync::Arc;

/// RTP ticks per second of video (RFC 6184 §8.2.1).
pub const RTP_CLOCK: u32 = 90_000;
/// Longest clip taken from a file, in frames: one hour at 25 fps.
const FRAMES_MAX: usize = 90_000;
/// First bytes of a cached clip; change it when the drawing changes, and old caches are made again.
const CACHE_MARK: &[u8; 8] = b"WFCLIP1\n";

/// Why there is no clip.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// The user's file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file holds no picture that can be decoded by itself.
    #[error("no key frame in the clip")]
    NoKeyFrame,
    /// The encoder failed.
    #[error("encoder: {0}")]
    Encoder(#[from] openh264::Error),
}

/// One encoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Display time in RTP ticks since the beginning of the clip.
    pub pts: u32,
    /// When it is sent, in RTP ticks since the beginning; rises. Differs from `pts` only with B-frames.
    pub send_at: u32,
    /// Decodable by itself.
    pub is_key: bool,
    /// Access unit with start codes.
    pub data: Bytes,
}

/// Pictures to be played for ever; begins with a key frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// The pictures in decoding order.
    pub units: Vec<Unit>,
    /// Length of one round in RTP ticks.
    pub duration: u32,
    /// Parameter sets of the pictures.
    pub parameters: Arc<VideoParameters>,
    /// The sound, where there is some.
    pub sound: Option<Arc<Soundtrack>>,
}

impl Clip {
    /// Builds a silent clip from pictures of H.264.
    pub fn new(units: Vec<Unit>, duration: u32) -> Result<Self, ClipError> {
        let first = units.first().filter(|unit| unit.is_key).ok_or(ClipError::NoKeyFrame)?;
        let parameters = parameters_of(&first.data).ok_or(ClipError::NoKeyFrame)?;
        Ok(Self { duration: duration.max(1), parameters: parameters.into(), sound: None, units })
    }

    /// Takes a user's own clip: MP4 with H.264 or H.265, with AAC or G.711 beside it, or a bare byte stream.
    pub fn from_file(path: &Path) -> Result<Self, ClipError> {
        let mut file = VideoFile::open(path)?;
        let mut units: Vec<Unit> = Vec::new();
        let mut origin_us = None;
        while let Some(sample) = file.next_sample()? {
            if (units.is_empty() && !sample.is_key) || units.len() >= FRAMES_MAX {
                continue;
            }
            let origin_us = *origin_us.get_or_insert(sample.dts_us);
            units.push(Unit {
                pts: ticks(sample.pts_us - origin_us),
                send_at: ticks(sample.dts_us - origin_us),
                is_key: sample.is_key,
                data: sample.byte_stream().into(),
            });
        }
        let last_step = match units.as_slice() {
            [.., before, last] => last.send_at - before.send_at.min(last.send_at),
            _ => RTP_CLOCK / 10,
        };
        let duration = units.last().map_or(0, |last| last.send_at) + last_step;
        units.first().ok_or(ClipError::NoKeyFrame)?;
        let sound = soundtrack(&mut file, origin_us.unwrap_or_default(), duration)?.map(Arc::new);
        Ok(Self { units, duration: duration.max(1), parameters: file.parameters().clone(), sound })
    }

    /// Mean bit rate in kbit/s.
    pub fn bitrate_kbps(&self) -> u32 {
        let bytes: u64 = self.units.iter().map(|unit| unit.data.len() as u64).sum();
        (bytes * 8 * u64::from(RTP_CLOCK) / u64::from(self.duration) / 1000) as u32
    }

    /// The clip as bytes for a cache file.
    pub fn to_cache(&self) -> Vec<u8> {
        let mut out = CACHE_MARK.to_vec();
        out.extend_from_slice(&self.duration.to_be_bytes());
        for unit in &self.units {
            for field in [unit.pts, unit.send_at, u32::from(unit.is_key), unit.data.len() as u32] {
                out.extend_from_slice(&field.to_be_bytes());
            }
            out.extend_from_slice(&unit.data);
        }
        out
    }

    /// Reads a cache file; `None` when it is from another version or cut short.
    pub fn from_cache(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(CACHE_MARK.as_slice())?;
        let field = |rest: &mut &[u8]| {
            let (head, tail) = rest.split_first_chunk::<4>()?;
            *rest = tail;
            Some(u32::from_be_bytes(*head))
        };
        let duration = field(&mut rest)?;
        let mut units = Vec::new();
        while !rest.is_empty() {
            let (pts, send_at, is_key) = (field(&mut rest)?, field(&mut rest)?, field(&mut rest)? == 1);
            let length = field(&mut rest)? as usize;
            let (data, tail) = rest.split_at_checked(length)?;
            rest = tail;
            units.push(Unit { pts, send_at, is_key, data: Bytes::copy_from_slice(data) });
        }
        Self::new(units, duration).ok()
    }
}

/// The parameters of a key frame of H.264 with start codes.
pub(crate) fn parameters_of(key_frame: &[u8]) -> Option<VideoParameters> {
    VideoParameters::new(VideoCodec::H264, nal::byte_stream_units(key_frame))
}

/// The sound of a file from its first picture on.
fn soundtrack(file: &mut VideoFile, origin_us: i64, duration: u32) -> Result<Option<Soundtrack>, FileError> {
    let Some(parameters) = file.sound_parameters().cloned() else { return Ok(None) };
    let mut pieces = Vec::new();
    while let Some(sound) = file.next_sound(i64::MAX)? {
        let at = ticks(sound.pts_us - origin_us);
        if sound.pts_us >= origin_us && at < duration {
            pieces.push(SoundPiece { at, data: sound.data });
        }
    }
    Ok(Some(Soundtrack { parameters, pieces }))
}

fn ticks(us: i64) -> u32 {
    u32::try_from(us.max(0) * i64::from(RTP_CLOCK) / 1_000_000).unwrap_or(u32::MAX)
}
