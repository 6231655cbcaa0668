//! Every picture of a camera is decoded for a while, and some of them are looked at.
//!
//! On a first sign of fire or smoke for some seconds, several looks a second, so that what key frames two seconds apart hint at is settled before
//! the next but one: it costs as much as a minute of key frames, and a camera gets one a minute at most. And for a minute, a look every two
//! seconds, where key frames are too rare to be looked at alone.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use media::{CameraStream, Frame, FrameReader};
use tracing::debug;
use vision::{CameraWatch, Look, Times, VideoDecoder};

use super::coding_of;
use super::turns::Urgency;
use super::workers::Workers;

/// After a sign: how long, and the time between looks.
const SIGN_LASTS_US: i64 = 4_000_000;
const SIGN_STEP_US: i64 = 400_000;
/// Where key frames are rare: how long, and the time between looks.
const RARE_LASTS_US: i64 = 60_000_000;
const RARE_STEP_US: i64 = 2_000_000;
/// Between two closer looks at one camera.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(60);
/// Frames decoded at one go; a seat among the looks is taken for no longer.
const BATCH_FRAMES: usize = 25;
/// A stream that gives nothing for so long ends it.
const WAIT: Duration = Duration::from_secs(2);

/// When a camera was looked at closely.
#[derive(Debug, Default)]
pub(super) struct Closer {
    last: Option<Timestamp>,
}

impl Closer {
    /// Whether a look shows a first sign, a reason to look closer now; if so, notes it.
    pub(super) fn is_due(&mut self, look: &Look) -> bool {
        let rested = self.last.is_none_or(|last| look.at.duration_since(last) >= AGAIN_AFTER);
        let is_due = rested && !look.supported.is_empty();
        if is_due {
            self.last = Some(look.at);
        }
        is_due
    }
}

/// Decoding that goes on.
pub(super) struct EveryPicture {
    reader: FrameReader,
    decoder: Option<VideoDecoder>,
    due_us: i64,
    step_us: i64,
    until_us: i64,
}

impl EveryPicture {
    /// From the key frame on that was just looked at, unless a newer one has come.
    pub(super) fn after_a_sign(stream: &CameraStream, key: &Frame) -> Self {
        Self {
            reader: stream.subscribe(),
            decoder: Some(VideoDecoder::new(coding_of(key.parameters.codec))),
            due_us: key.received_at_us + SIGN_STEP_US,
            step_us: SIGN_STEP_US,
            until_us: key.received_at_us + SIGN_LASTS_US,
        }
    }

    /// From the newest key frame on, however old it is, to a minute after the newest picture; none where there is no picture.
    pub(super) fn for_a_minute(stream: &CameraStream) -> Option<Self> {
        let newest_us = stream.status().counters.last_frame_at_us?;
        let key = stream.latest_key_frame()?;
        Some(Self {
            reader: stream.subscribe(),
            decoder: Some(VideoDecoder::new(coding_of(key.parameters.codec))),
            due_us: newest_us,
            step_us: RARE_STEP_US,
            until_us: newest_us + RARE_LASTS_US,
        })
    }

    /// From now on looks as often as after a sign.
    pub(super) fn look_closer(&mut self) {
        self.step_us = SIGN_STEP_US;
    }

    /// The next looks, with the camera after them and the newest frame they rest on; `None` when it is over.
    pub(super) async fn next(
        &mut self,
        workers: &Workers,
        urgency: Urgency,
        seen: &CameraWatch,
    ) -> Option<(CameraWatch, Vec<Look>, Arc<Frame>)> {
        let frames = self.batch().await;
        let newest = frames.last().cloned()?;
        let mut decoder = self.decoder.take()?;
        let (mut seen, mut due_us, step_us) = (seen.clone(), self.due_us, self.step_us);
        let looked = workers.lend(urgency, move |worker| {
            let mut looks = Vec::new();
            for frame in &frames {
                let times = Times {
                    dts_us: frame.received_at_us,
                    pts_us: frame.received_at_us + (frame.pts_us - frame.dts_us).max(0),
                };
                let shown = decoder.decode(&frame.byte_stream(), times).unwrap_or_else(|error| {
                    debug!(%error, "a picture between key frames");
                    Vec::new()
                });
                for picture in shown {
                    let Ok(at) = Timestamp::from_microsecond(picture.pts_us) else { continue };
                    if picture.pts_us >= due_us {
                        due_us = picture.pts_us + step_us;
                        looks.push(seen.look_at(worker, at, &picture.picture));
                    }
                }
            }
            (seen, decoder, due_us, looks)
        });
        let (seen, decoder, due_us, looks) = looked.await?;
        (self.decoder, self.due_us) = (Some(decoder), due_us);
        Some((seen, looks, newest))
    }

    /// Frames that are there, at least one; none when time is up or the stream stands still.
    async fn batch(&mut self) -> Vec<Arc<Frame>> {
        let mut frames = Vec::new();
        while frames.len() < BATCH_FRAMES && (frames.is_empty() || !self.reader.is_at_newest()) {
            match tokio::time::timeout(WAIT, self.reader.next()).await {
                Ok(Some(frame)) if frame.received_at_us <= self.until_us => frames.push(frame),
                _ => break,
            }
        }
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vision::Kind;

    #[test]
    fn a_sign_is_looked_at_closely_once_a_minute() {
        let mut closer = Closer::default();
        let mut is_due = |s: i64, has_sign: bool| {
            let mut look = Look::empty(Timestamp::from_second(1_800_000_000 + s).unwrap());
            look.supported.extend(has_sign.then_some(Kind::Smoke));
            closer.is_due(&look)
        };
        assert!(!is_due(0, false));
        assert!(is_due(2, true));
        assert!(!is_due(4, true) && !is_due(60, true));
        assert!(is_due(62, true));
    }
}
