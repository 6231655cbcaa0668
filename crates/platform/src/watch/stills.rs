//! Single pictures of a camera's stream as JPEG files.

use std::sync::Arc;
use std::time::Duration;

use domain::duty::roll_call::code::ReadCode;
use jiff::Timestamp;
use media::{CameraStream, Frame};
use vision::scale::Scaler;
use vision::{Times, VideoDecoder, Worker};

use super::coding_of;
use super::turns::Urgency;
use crate::Platform;

/// A stream that gives nothing for so long has no such picture any more.
const WAIT: Duration = Duration::from_secs(2);

/// A key frame of a camera as a JPEG file, in its own size or so many pixels wide; none when it cannot be decoded.
pub(crate) async fn key_frame_jpeg(
    platform: &Platform,
    frame: Arc<Frame>,
    width_px: Option<u32>,
) -> Option<Vec<u8>> {
    let encode = move |worker: &mut Worker| {
        let picture = worker.decode(coding_of(frame.parameters.codec), &frame.byte_stream()).ok()?;
        match width_px {
            Some(width_px) => Scaler::new().thumbnail(&picture, width_px).ok(),
            None => picture.to_jpeg().ok(),
        }
    };
    platform.inner.workers.lend(Urgency::Now, encode).await.flatten()
}

/// A picture and when it was received.
pub(crate) struct Still {
    /// JPEG file.
    pub(crate) jpeg: Vec<u8>,
    /// When its frame was received.
    pub(crate) taken_at: Timestamp,
}

/// What a camera shows at a moment: the first picture received then or later, the newest where none comes.
pub(crate) async fn picture_at(platform: &Platform, stream: &CameraStream, at: Timestamp) -> Option<Still> {
    let mut reader = stream.subscribe();
    let mut newest: Option<Arc<Frame>> = None;
    while newest.as_ref().is_none_or(|frame| frame.received_at_us < at.as_microsecond()) {
        match tokio::time::timeout(WAIT, reader.next()).await {
            Ok(Some(frame)) => newest = Some(frame),
            Ok(None) | Err(_) => break,
        }
    }
    let frame = newest?;
    let taken_at = Timestamp::from_microsecond(frame.received_at_us).ok()?;
    let jpeg = match frame_jpeg(platform, stream, Arc::clone(&frame)).await {
        Some(jpeg) => jpeg,
        // A new group began in between, and the frame's own is gone.
        None => key_frame_jpeg(platform, stream.latest_key_frame()?, None).await?,
    };
    Some(Still { jpeg, taken_at })
}

/// The code card that a key frame shows, and the picture as a JPEG file; none where it shows none.
pub(crate) async fn code_in_key_frame(platform: &Platform, frame: Arc<Frame>) -> Option<(ReadCode, Vec<u8>)> {
    let look = move |worker: &mut Worker| {
        let picture = worker.decode(coding_of(frame.parameters.codec), &frame.byte_stream()).ok()?;
        let read = vision::room_code::read_room_code(&picture)?;
        Some((read.code, picture.to_jpeg().ok()?))
    };
    platform.inner.workers.lend(Urgency::Now, look).await.flatten()
}

/// Any frame of a stream as a JPEG file, decoded from its key frame on; none where that is gone or cannot be decoded.
pub(super) async fn frame_jpeg(
    platform: &Platform,
    stream: &CameraStream,
    frame: Arc<Frame>,
) -> Option<Vec<u8>> {
    if frame.is_key {
        return key_frame_jpeg(platform, frame, None).await;
    }
    let mut reader = stream.subscribe();
    let mut frames: Vec<Arc<Frame>> = Vec::new();
    while frames.last().is_none_or(|last| last.sequence < frame.sequence) {
        frames.push(tokio::time::timeout(WAIT, reader.next()).await.ok().flatten()?);
    }
    let decode = move |_: &mut Worker| {
        let mut decoder = VideoDecoder::new(coding_of(frame.parameters.codec));
        let mut newest = None;
        for one in &frames {
            let times = Times { dts_us: one.dts_us, pts_us: one.pts_us };
            newest = decoder.decode(&one.byte_stream(), times).ok()?.pop().or(newest);
        }
        newest?.picture.to_jpeg().ok()
    };
    platform.inner.workers.lend(Urgency::Now, decode).await.flatten()
}
