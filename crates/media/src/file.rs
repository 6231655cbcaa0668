//! Clips on this machine: MP4 with H.264, and bare H.264 byte streams.
//!
//! [`VideoFile`] hands out access units as fast as they are asked for; [`play`] feeds them to a camera's hub at
//! their own speed. Audio and other tracks are left alone.

use crate::frame::VideoParameters;
use crate::h264::{self, nal_type};
use crate::ingest::{ACCESS_UNIT_BYTES_MAX, AccessUnit, Ingest};
use crate::mp4_index::{Entry, Index, IndexError, read_index};
use crate::state::CameraState;
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
    /// Access unit in Annex B form; key frames begin with SPS and PPS.
    pub data: Bytes,
}

/// An opened clip.
#[derive(Debug)]
pub struct VideoFile {
    path: PathBuf,
    parameters: Arc<VideoParameters>,
    content: Content,
    next: usize,
}

#[derive(Debug)]
enum Content {
    Mp4 { file: BufReader<File>, entries: Vec<Entry>, timescale: u32, length_bytes: usize, prefix: Vec<u8> },
    ByteStream { units: Vec<Bytes> },
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
        let mut prefix = Vec::new();
        h264::push_annex_b(&mut prefix, &index.parameters.sps);
        h264::push_annex_b(&mut prefix, &index.parameters.pps);
        let Index { entries, timescale, parameters, length_bytes } = index;
        let content = Content::Mp4 { file, entries, timescale, length_bytes, prefix };
        Ok(Self { path: path.to_owned(), parameters: Arc::new(parameters), content, next: 0 })
    }

    fn from_byte_stream(path: &Path, mut file: BufReader<File>) -> Result<Self, FileError> {
        let mut data = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(FileError::io(path))?;
        file.take(BYTE_STREAM_BYTES_MAX + 1).read_to_end(&mut data).map_err(FileError::io(path))?;
        if data.len() as u64 > BYTE_STREAM_BYTES_MAX {
            return Err(FileError::invalid(path, "longer than 1 GiB; put it into an MP4 file"));
        }
        let units = access_units(&data);
        let parameters = units.iter().find_map(|unit| h264::parameters_of(unit));
        let parameters = parameters.ok_or_else(|| FileError::invalid(path, "no H.264 video in the file"))?;
        let content = Content::ByteStream { units };
        Ok(Self { path: path.to_owned(), parameters: Arc::new(parameters), content, next: 0 })
    }

    /// The stream's parameter sets and picture size.
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
                entries.last().map_or(0, |entry| to_us(entry.dts, *timescale))
            }
            Content::ByteStream { units } => byte_stream_us(units.len()),
        }
    }

    /// Begins again with the first picture.
    pub fn rewind(&mut self) {
        self.next = 0;
    }

    /// The next picture, `None` at the end. Blocks while it is read.
    pub fn next_sample(&mut self) -> Result<Option<Sample>, FileError> {
        let number = self.next;
        self.next += 1;
        match &mut self.content {
            Content::ByteStream { units } => Ok(units.get(number).map(|unit| Sample {
                is_key: h264::is_key(unit),
                pts_us: byte_stream_us(number),
                dts_us: byte_stream_us(number),
                data: unit.clone(),
            })),
            Content::Mp4 { file, entries, timescale, length_bytes, prefix } => {
                let Some(entry) = entries.get(number) else { return Ok(None) };
                let at = || format!("picture {number} at byte {}", entry.offset);
                if entry.size as usize > ACCESS_UNIT_BYTES_MAX {
                    return Err(FileError::invalid(&self.path, format!("{}: too large", at())));
                }
                let mut sample = vec![0; entry.size as usize];
                file.seek(SeekFrom::Start(entry.offset)).map_err(FileError::io(&self.path))?;
                file.read_exact(&mut sample).map_err(FileError::io(&self.path))?;
                let prefix = if entry.is_key { prefix.as_slice() } else { &[] };
                let data = h264::from_length_prefixed(&sample, *length_bytes, prefix)
                    .ok_or_else(|| FileError::invalid(&self.path, format!("{}: damaged", at())))?;
                Ok(Some(Sample {
                    is_key: entry.is_key,
                    pts_us: to_us(entry.pts, *timescale),
                    dts_us: to_us(entry.dts, *timescale),
                    data: data.into(),
                }))
            }
        }
    }
}

impl Iterator for &mut VideoFile {
    type Item = Result<Sample, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_sample().transpose()
    }
}

fn to_us(ticks: i64, timescale: u32) -> i64 {
    let us = i128::from(ticks) * 1_000_000 / i128::from(timescale);
    us.clamp(i64::MIN.into(), i64::MAX.into()) as i64
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

/// Splits a byte stream into access units (ITU-T H.264 §7.4.1.2.3, the cases that occur in practice).
fn access_units(data: &[u8]) -> Vec<Bytes> {
    let mut units = Vec::new();
    let mut unit = Vec::new();
    let mut has_slice = false;
    for nal in h264::nal_units(data) {
        let kind = h264::nal_unit_type(nal);
        let is_slice = (nal_type::SLICE..=nal_type::IDR).contains(&kind);
        // first_mb_in_slice = 0 is coded as a single 1 bit.
        let first_slice = is_slice && nal.get(1).is_some_and(|byte| byte & 0x80 != 0);
        let opens = first_slice || matches!(kind, nal_type::SEI..=nal_type::DELIMITER);
        if has_slice && opens {
            units.push(Bytes::from(std::mem::take(&mut unit)));
            has_slice = false;
        }
        has_slice |= is_slice;
        h264::push_annex_b(&mut unit, nal);
    }
    if has_slice {
        units.push(Bytes::from(unit));
    }
    units
}

/// Plays a file into a hub at its own speed; ends in `Ended` or `BadFile`.
pub(crate) async fn play(name: &str, path: &Path, repeat: bool, ingest: &mut Ingest) -> CameraState {
    let (to_hub, mut samples) = tokio::sync::mpsc::channel(4);
    let owned = path.to_owned();
    // Reading blocks; it stops by itself when the receiver is gone.
    let reading = tokio::task::spawn_blocking(move || read_all(&owned, repeat, &to_hub));
    let mut due = tokio::time::Instant::now();
    let mut last_dts_us = None;
    while let Some(sample) = samples.recv().await {
        let sample: Sample = sample;
        match last_dts_us.map(|last| u64::try_from(sample.dts_us.saturating_sub(last))) {
            Some(Ok(step_us)) => due += Duration::from_micros(step_us).min(PAUSE_MAX),
            Some(Err(_)) => {
                due += Duration::from_micros(1_000_000 / BYTE_STREAM_FRAME_RATE as u64);
                ingest.timeline.restart();
            }
            None => {}
        }
        last_dts_us = Some(sample.dts_us);
        tokio::time::sleep_until(due).await;
        let (camera_us, is_key) = (sample.pts_us, sample.is_key);
        ingest.push(AccessUnit { camera_us, is_key, lost_packets: 0, data: sample.data });
    }
    let ending = match reading.await {
        Ok(Ok(())) => CameraState::Ended,
        Ok(Err(error)) => CameraState::BadFile(error.to_string()),
        Err(error) => CameraState::BadFile(format!("reading failed: {error}")),
    };
    tracing::info!(camera = name, path = %path.display(), code = ending.code(), "file ended");
    ending
}

fn read_all(path: &Path, repeat: bool, to_hub: &tokio::sync::mpsc::Sender<Sample>) -> Result<(), FileError> {
    let mut file = VideoFile::open(path)?;
    loop {
        while let Some(sample) = file.next_sample()? {
            if to_hub.blocking_send(sample).is_err() {
                return Ok(());
            }
        }
        if !repeat {
            return Ok(());
        }
        file.rewind();
    }
}
