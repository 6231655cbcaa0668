//! Clips on this machine: MP4 with H.264 or H.265, with AAC or G.711 beside it, and bare byte streams.
//!
//! [`VideoFile`] hands out pictures and sound as fast as they are asked for; [`play`] feeds them to a camera's hub at
//! their own speed.

use crate::codec::{NalKind, VideoCodec, VideoParameters};
use crate::fmp4::micros;
use crate::frame::{SoundCodec, SoundParameters};
use crate::ingest::{ACCESS_UNIT_BYTES_MAX, AccessUnit, Ingest, SoundUnit};
use crate::mp4_index::{Description, Entry, Index, IndexError, SoundIndex, read_index};
use crate::state::CameraState;
use crate::{aac, h264, h265, nal};
use bytes::Bytes;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Largest bare byte stream read, in bytes; it has no index and is kept in memory.
const BYTE_STREAM_BYTES_MAX: u64 = 1 << 30;
/// A bare byte stream carries no times; this rate is assumed.
pub const BYTE_STREAM_FRAME_RATE: i64 = 25;
/// Longest pause between two frames that is played as such.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// Why a file cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not what it should be.
    #[error("{path}: {reason}", path = path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl FileError {
    fn io(path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    fn invalid(path: &Path, reason: impl Into<String>) -> Self {
        Self::Invalid { path: path.to_owned(), reason: reason.into() }
    }
}

/// One picture of a file, in decoding order.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Decodable by itself.
    pub is_key: bool,
    /// Display time in microseconds since the beginning of the file.
    pub pts_us: i64,
    /// Decoding time in microseconds.
    pub dts_us: i64,
    /// Access unit in sample form; key frames begin with the parameter sets.
    pub data: Bytes,
    /// How it is coded; in a file that was joined of several it changes on the way.
    pub parameters: Arc<VideoParameters>,
}

impl Sample {
    /// The access unit with start codes, as decoders want it.
    pub fn byte_stream(&self) -> Vec<u8> {
        nal::to_byte_stream(&self.data)
    }
}

/// One piece of sound of a file.
#[derive(Debug, Clone)]
pub struct SoundSample {
    /// Time of its first sample in microseconds since the beginning of the file.
    pub pts_us: i64,
    /// Samples of one channel in it.
    pub samples: u32,
    /// The coded bytes; AAC without headers.
    pub data: Bytes,
}

/// An opened clip.
#[derive(Debug)]
pub struct VideoFile {
    path: PathBuf,
    parameters: Arc<VideoParameters>,
    content: Content,
    next: usize,
    next_sound: usize,
}

#[derive(Debug)]
enum Content {
    Mp4 {
        file: BufReader<File>,
        entries: Vec<Entry>,
        timescale: u32,
        descriptions: Vec<Option<Description>>,
        sound: Option<SoundIndex>,
    },
    ByteStream {
        units: Vec<Bytes>,
    },
}

impl VideoFile {
    /// Opens a clip; blocks while its index is read. The content decides the format, not the name.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let mut file = BufReader::new(File::open(path).map_err(FileError::io(path))?);
        match read_index(&mut file) {
            Ok(index) => Self::from_index(path, file, index),
            Err(IndexError::NoMoov | IndexError::Damaged(_)) if begins_with_start_code(&mut file) => {
                Self::from_byte_stream(path, file)
            }
            Err(IndexError::Io(error)) => Err(FileError::io(path)(error)),
            Err(error) => Err(FileError::invalid(path, error.to_string())),
        }
    }

    fn from_index(path: &Path, file: BufReader<File>, index: Index) -> Result<Self, FileError> {
        if index.entries.is_empty() {
            return Err(FileError::invalid(path, "no pictures in the file"));
        }
        let Index { entries, timescale, descriptions, sound } = index;
        let first = descriptions.first().cloned().flatten();
        let first = first.ok_or_else(|| FileError::invalid(path, "no description of its pictures"))?;
        let parameters = first.parameters;
        let content = Content::Mp4 { file, entries, timescale, descriptions, sound };
        Ok(Self::new(path, parameters, content))
    }

    fn from_byte_stream(path: &Path, mut file: BufReader<File>) -> Result<Self, FileError> {
        let mut data = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(FileError::io(path))?;
        file.take(BYTE_STREAM_BYTES_MAX + 1).read_to_end(&mut data).map_err(FileError::io(path))?;
        if data.len() as u64 > BYTE_STREAM_BYTES_MAX {
            return Err(FileError::invalid(path, "longer than 1 GiB; put it into an MP4 file"));
        }
        // Neither coding finds its parameter sets in the other.
        let found = [VideoCodec::H264, VideoCodec::H265].into_iter().find_map(|codec| {
            let units = access_units(codec, &data);
            let parameters = units.iter().find_map(|unit| codec.parameters_of(unit))?;
            Some((units, parameters))
        });
        let (units, parameters) =
            found.ok_or_else(|| FileError::invalid(path, "neither H.264 nor H.265 video in the file"))?;
        Ok(Self::new(path, Arc::new(parameters), Content::ByteStream { units }))
    }

    fn new(path: &Path, parameters: Arc<VideoParameters>, content: Content) -> Self {
        Self { path: path.to_owned(), parameters, content, next: 0, next_sound: 0 }
    }

    /// How the sound is coded, where there is some that is understood: AAC or G.711.
    pub fn sound_parameters(&self) -> Option<&SoundParameters> {
        match &self.content {
            Content::Mp4 { sound, .. } => sound.as_ref().map(|sound| &sound.parameters),
            Content::ByteStream { .. } => None,
        }
    }

    /// The parameter sets and picture size with which it begins.
    pub fn parameters(&self) -> &Arc<VideoParameters> {
        &self.parameters
    }

    /// Number of pictures.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Mp4 { entries, .. } => entries.len(),
            Content::ByteStream { units } => units.len(),
        }
    }

    /// True when there is no picture.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Time of the last picture in microseconds.
    pub fn duration_us(&self) -> i64 {
        match &self.content {
            Content::Mp4 { entries, timescale, .. } => {
                entries.last().map_or(0, |entry| micros(entry.dts, *timescale))
            }
            Content::ByteStream { units } => byte_stream_us(units.len()),
        }
    }

    /// Begins again with the first picture.
    pub fn rewind(&mut self) {
        (self.next, self.next_sound) = (0, 0);
    }

    /// The next picture, `None` at the end. Blocks while it is read.
    pub fn next_sample(&mut self) -> Result<Option<Sample>, FileError> {
        let number = self.next;
        self.next += 1;
        self.sample(number)
    }

    /// Which pictures need no other, counted from 0.
    pub fn key_numbers(&self) -> Vec<usize> {
        match &self.content {
            Content::Mp4 { entries, .. } => {
                (0..).zip(entries).filter(|(_, entry)| entry.is_key).map(|(number, _)| number).collect()
            }
            Content::ByteStream { units } => (0..)
                .zip(units)
                .filter(|(_, unit)| self.parameters.codec.is_key(unit))
                .map(|(number, _)| number)
                .collect(),
        }
    }

    /// A picture by its number, counted from 0; `None` behind the end. Blocks while it is read.
    pub fn sample(&mut self, number: usize) -> Result<Option<Sample>, FileError> {
        match &mut self.content {
            Content::ByteStream { units } => Ok(units.get(number).map(|unit| Sample {
                is_key: self.parameters.codec.is_key(unit),
                pts_us: byte_stream_us(number),
                dts_us: byte_stream_us(number),
                data: unit.clone(),
                parameters: self.parameters.clone(),
            })),
            Content::Mp4 { file, entries, timescale, descriptions, .. } => {
                let Some(entry) = entries.get(number) else { return Ok(None) };
                let what = || format!("picture {number}");
                let description = descriptions.get(usize::from(entry.description)).and_then(Option::as_ref);
                let Description { parameters, length_bytes } = description.ok_or_else(|| {
                    FileError::invalid(&self.path, format!("{}: not H.264 or H.265", what()))
                })?;
                let sample = read_entry(&self.path, file, entry, &what)?;
                let front: &[u8] = if entry.is_key { &parameters.sets } else { &[] };
                let data = nal::from_lengths(&sample, *length_bytes, front).ok_or_else(|| {
                    FileError::invalid(&self.path, format!("{} at byte {}: damaged", what(), entry.offset))
                })?;
                Ok(Some(Sample {
                    is_key: entry.is_key,
                    pts_us: micros(entry.pts, *timescale),
                    dts_us: micros(entry.dts, *timescale),
                    data: data.into(),
                    parameters: parameters.clone(),
                }))
            }
        }
    }

    /// The next piece of sound if it begins before `until_us`, in microseconds since the beginning of the file.
    pub fn next_sound(&mut self, until_us: i64) -> Result<Option<SoundSample>, FileError> {
        let Content::Mp4 { file, sound: Some(sound), .. } = &mut self.content else { return Ok(None) };
        let number = self.next_sound;
        let Some(entry) = sound.entries.get(number) else { return Ok(None) };
        let pts_us = micros(entry.pts, sound.timescale);
        if pts_us >= until_us {
            return Ok(None);
        }
        self.next_sound += 1;
        let data = read_entry(&self.path, file, entry, &|| format!("sound {number}"))?;
        let samples = match sound.parameters.codec {
            SoundCodec::Aac => aac::SAMPLES,
            SoundCodec::G711A | SoundCodec::G711U => entry.size / u32::from(sound.parameters.channels.max(1)),
        };
        Ok(Some(SoundSample { pts_us, samples, data: data.into() }))
    }
}

fn read_entry(
    path: &Path,
    file: &mut BufReader<File>,
    entry: &Entry,
    what: &dyn Fn() -> String,
) -> Result<Vec<u8>, FileError> {
    if entry.size as usize > ACCESS_UNIT_BYTES_MAX {
        return Err(FileError::invalid(path, format!("{} at byte {}: too large", what(), entry.offset)));
    }
    let mut sample = vec![0; entry.size as usize];
    file.seek(SeekFrom::Start(entry.offset)).map_err(FileError::io(path))?;
    file.read_exact(&mut sample).map_err(FileError::io(path))?;
    Ok(sample)
}

impl Iterator for &mut VideoFile {
    type Item = Result<Sample, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_sample().transpose()
    }
}

fn byte_stream_us(number: usize) -> i64 {
    number as i64 * 1_000_000 / BYTE_STREAM_FRAME_RATE
}

fn begins_with_start_code(file: &mut BufReader<File>) -> bool {
    let mut head = [0; 4];
    file.seek(SeekFrom::Start(0)).is_ok()
        && file.read_exact(&mut head).is_ok()
        && (head == [0, 0, 0, 1] || head[..3] == [0, 0, 1])
}

/// Splits a byte stream into access units in sample form (ITU-T H.264 §7.4.1.2.3, H.265 §7.4.2.4.4, the cases that occur in practice).
fn access_units(codec: VideoCodec, data: &[u8]) -> Vec<Bytes> {
    let mut units = Vec::new();
    let mut unit = Vec::new();
    let mut has_slice = false;
    for found in nal::byte_stream_units(data) {
        let kind = codec.kind(found);
        let is_slice = matches!(kind, NalKind::Key | NalKind::Picture);
        // first_mb_in_slice = 0 is coded as a single 1 bit, as is first_slice_segment_in_pic_flag = 1.
        let header_bytes = if codec == VideoCodec::H264 { 1 } else { 2 };
        let first_slice = is_slice && found.get(header_bytes).is_some_and(|byte| byte & 0x80 != 0);
        if has_slice && (first_slice || opens_access_unit(codec, kind, found)) {
            units.push(Bytes::from(std::mem::take(&mut unit)));
            has_slice = false;
        }
        has_slice |= is_slice;
        nal::push(&mut unit, found);
    }
    if has_slice {
        units.push(Bytes::from(unit));
    }
    units
}

/// Whether a unit other than a slice begins the next access unit.
fn opens_access_unit(codec: VideoCodec, kind: NalKind, unit: &[u8]) -> bool {
    match kind {
        NalKind::VideoSet | NalKind::SequenceSet | NalKind::PictureSet => true,
        NalKind::Idle | NalKind::Other => match codec {
            VideoCodec::H264 => {
                matches!(h264::nal_unit_type(unit), h264::nal_type::SEI | h264::nal_type::DELIMITER)
            }
            VideoCodec::H265 => {
                matches!(h265::nal_unit_type(unit), h265::nal_type::PREFIX_SEI | h265::nal_type::DELIMITER)
            }
        },
        NalKind::Key | NalKind::Picture => false,
    }
}

/// Plays a file into a hub at its own speed; ends in `Ended` or `BadFile`.
pub(crate) async fn play(name: &str, path: &Path, repeat: bool, ingest: &mut Ingest) -> CameraState {
    let (to_hub, mut pieces) = tokio::sync::mpsc::channel(4);
    let owned = path.to_owned();
    // Reading blocks; it stops by itself when the receiver is gone.
    let reading = tokio::task::spawn_blocking(move || read_all(&owned, repeat, &to_hub));
    let mut due = tokio::time::Instant::now();
    let mut last_dts_us = None;
    while let Some(piece) = pieces.recv().await {
        let Piece { codec, picture, sounds } = piece;
        match last_dts_us.map(|last| u64::try_from(picture.dts_us.saturating_sub(last))) {
            Some(Ok(step_us)) => due += Duration::from_micros(step_us).min(PAUSE_MAX),
            Some(Err(_)) => {
                due += Duration::from_micros(1_000_000 / BYTE_STREAM_FRAME_RATE as u64);
                ingest.timeline.restart();
            }
            None => {}
        }
        last_dts_us = Some(picture.dts_us);
        tokio::time::sleep_until(due).await;
        let (camera_us, is_key, data) = (picture.pts_us, picture.is_key, picture.data);
        ingest.push(AccessUnit { camera_us, codec, is_key, lost_packets: 0, data });
        for sound in sounds {
            ingest.push_sound(sound);
        }
    }
    let ending = match reading.await {
        Ok(Ok(())) => CameraState::Ended,
        Ok(Err(error)) => CameraState::BadFile(error.to_string()),
        Err(error) => CameraState::BadFile(format!("reading failed: {error}")),
    };
    tracing::info!(camera = name, path = %path.display(), code = ending.code(), "file ended");
    ending
}

/// A picture and the sound up to the next.
struct Piece {
    codec: VideoCodec,
    picture: Sample,
    sounds: Vec<SoundUnit>,
}

fn read_all(path: &Path, repeat: bool, to_hub: &tokio::sync::mpsc::Sender<Piece>) -> Result<(), FileError> {
    let mut file = VideoFile::open(path)?;
    loop {
        while let Some(picture) = file.next_sample()? {
            let mut sounds = Vec::new();
            while let Some(sound) = file.next_sound(picture.dts_us)? {
                let Some(parameters) = file.sound_parameters().cloned() else { break };
                let SoundSample { pts_us: camera_us, samples, data } = sound;
                sounds.push(SoundUnit { camera_us, samples, data, parameters });
            }
            let codec = picture.parameters.codec;
            if to_hub.blocking_send(Piece { codec, picture, sounds }).is_err() {
                return Ok(());
            }
        }
        if !repeat {
            return Ok(());
        }
        file.rewind();
    }
}
