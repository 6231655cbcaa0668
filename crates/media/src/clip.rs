//! The seconds around an event, cut from the ring as one playable file.

use crate::frame::Frame;
use crate::hub::Hub;
use crate::mp4;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

/// Longest part after the event that may be asked for.
const AFTER_MAX: Duration = Duration::from_mins(1);
/// A stream that delivers nothing for this long ends the clip early.
const STALL: Duration = Duration::from_secs(3);
/// Where nothing is kept, the first frame may have to be asked for.
const FIRST: Duration = Duration::from_secs(10);
/// Largest clip in bytes of video; the cut ends early there.
const CLIP_BYTES_MAX: usize = 64 << 20;

/// A finished clip.
#[derive(Debug, Clone)]
pub struct Clip {
    /// MP4 file, index in front.
    pub data: Bytes,
    /// For the MIME type `video/mp4; codecs="…"`.
    pub codec: String,
    /// Width of the picture.
    pub width_px: u16,
    /// Height of the picture.
    pub height_px: u16,
    /// When the first frame was received, microseconds UTC.
    pub first_us: i64,
    /// When the last frame was received, microseconds UTC.
    pub last_us: i64,
    /// Number of frames.
    pub frames: usize,
}

/// Why there is no clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClipError {
    /// Nothing of that time is kept, and nothing arrives.
    #[error("no video of that time: the camera was not delivering")]
    NoFrames,
}

pub(crate) async fn cut_clip(
    hub: &Arc<Hub>,
    around_us: i64,
    before: Duration,
    after: Duration,
) -> Result<Clip, ClipError> {
    let from_us = around_us.saturating_sub(micros(before));
    let until_us = around_us.saturating_add(micros(after.min(AFTER_MAX)));
    let mut frames = from_key_frame(hub.kept(), from_us);
    if frames.last().is_some_and(|newest| newest.received_at_us > until_us) {
        frames.retain(|frame| frame.received_at_us <= until_us);
        return finish(frames);
    }
    let mut reader = match frames.last() {
        Some(last) => hub.reader_from(last.sequence + 1),
        None => hub.reader(),
    };
    let mut bytes: usize = frames.iter().map(|frame| frame.data.len()).sum();
    let mut patience = if frames.is_empty() { FIRST } else { STALL };
    while let Ok(Some(frame)) = tokio::time::timeout(patience, reader.next()).await {
        patience = STALL;
        bytes += frame.data.len();
        let hole = frames.last().is_some_and(|last| last.sequence + 1 != frame.sequence);
        if frame.received_at_us > until_us || bytes > CLIP_BYTES_MAX || hole {
            break;
        }
        if frame.received_at_us >= from_us {
            frames.push(frame);
        }
    }
    finish(frames)
}

/// The kept frames from the last key frame at or before `from_us`, or from the first one kept.
fn from_key_frame(mut kept: Vec<Arc<Frame>>, from_us: i64) -> Vec<Arc<Frame>> {
    let begin = kept.iter().rposition(|frame| frame.is_key && frame.received_at_us <= from_us).unwrap_or(0);
    kept.drain(..begin);
    kept
}

fn finish(mut frames: Vec<Arc<Frame>>) -> Result<Clip, ClipError> {
    let begin = frames.iter().position(|frame| frame.is_key).ok_or(ClipError::NoFrames)?;
    frames.drain(..begin);
    // One sample description per file: a clip ends where the picture size changes.
    let parameters = frames[0].parameters.clone();
    let same = frames.iter().position(|frame| frame.parameters != parameters).unwrap_or(frames.len());
    frames.truncate(same);
    let last_us = frames.last().map_or(frames[0].received_at_us, |frame| frame.received_at_us);
    Ok(Clip {
        data: mp4::write(&parameters, &frames).into(),
        codec: parameters.codec_string.clone(),
        width_px: parameters.width_px,
        height_px: parameters.height_px,
        first_us: frames[0].received_at_us,
        last_us,
        frames: frames.len(),
    })
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
