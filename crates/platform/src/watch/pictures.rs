//! Which pictures of a camera are looked at.
//!
//! Key frames of the stream that is pulled anyway, because a key frame needs no other picture. A camera that sends them more rarely than
//! [`RARE`] would be looked at too seldom: the key frames of its sub-stream are tried, and where those are no better or there are none, every
//! picture is decoded for a minute and one looked at every two seconds, which costs some ten times as much. After that it is asked again.

use std::sync::Arc;
use std::time::Duration;

use media::{CameraStream, Frame, KeyFrameReader};

/// Key frames further apart are too rare: four seconds, and what a network adds.
pub const RARE: Duration = Duration::from_millis(4_500);

/// Where the pictures that are looked at come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LooksAt {
    /// Key frames of the main stream.
    #[default]
    KeyFrames,
    /// Key frames of the sub-stream.
    SubStream,
    /// One of all pictures every two seconds.
    EveryPicture,
}

impl LooksAt {
    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::KeyFrames => "key_frames",
            Self::SubStream => "sub_stream",
            Self::EveryPicture => "every_picture",
        }
    }

    /// What is looked at when the key frames of this turned out to be too rare.
    fn after_rare(self, has_sub: bool) -> Self {
        match self {
            Self::KeyFrames if has_sub => Self::SubStream,
            _ => Self::EveryPicture,
        }
    }
}

/// The streams of a camera.
#[derive(Debug, Clone)]
pub(crate) struct Streams {
    /// Pulled anyway.
    pub(crate) main: Arc<CameraStream>,
    /// Pulled while somebody reads it.
    pub(crate) sub: Option<Arc<CameraStream>>,
}

/// What is to be looked at next.
pub(super) enum Next {
    /// A key frame.
    KeyFrame(Arc<Frame>),
    /// All pictures, for a while.
    EveryPicture,
}

/// Chooses what is looked at.
pub(super) struct Pictures {
    streams: Streams,
    looks_at: LooksAt,
    key_frames: KeyFrameReader,
    /// Key frames replaced before they were taken, of readers that are gone.
    skipped: u64,
}

impl Pictures {
    pub(super) fn new(streams: Streams) -> Self {
        let key_frames = streams.main.subscribe_key_frames();
        Self { streams, looks_at: LooksAt::default(), key_frames, skipped: 0 }
    }

    /// What is looked at.
    pub(super) const fn looks_at(&self) -> LooksAt {
        self.looks_at
    }

    /// The stream that it comes from.
    pub(super) fn stream(&self) -> &Arc<CameraStream> {
        match (self.looks_at, &self.streams.sub) {
            (LooksAt::SubStream | LooksAt::EveryPicture, Some(sub)) => sub,
            _ => &self.streams.main,
        }
    }

    /// Key frames that were replaced by newer ones before they were taken.
    pub(super) fn skipped(&self) -> u64 {
        self.skipped + self.key_frames.skipped()
    }

    /// What to look at next; none when the camera is stopped. Cancel-safe.
    pub(super) async fn next(&mut self) -> Option<Next> {
        loop {
            match self.looks_at {
                LooksAt::SubStream if !is_rare(&self.streams.main) => self.look_at(LooksAt::KeyFrames),
                LooksAt::EveryPicture if self.stream().status().state.is_online() => {
                    return Some(Next::EveryPicture);
                }
                _ => {}
            }
            match tokio::time::timeout(RARE, self.key_frames.next()).await {
                Ok(frame) => return frame.map(Next::KeyFrame),
                // A stream that stands still is no stream of rare key frames.
                Err(_) if !self.stream().status().state.is_online() => {}
                Err(_) => self.look_at(self.looks_at.after_rare(self.streams.sub.is_some())),
            }
        }
    }

    /// All pictures were looked at for a while: key frames again where they come often enough now.
    pub(super) fn reconsider(&mut self) {
        if !is_rare(&self.streams.main) {
            self.look_at(LooksAt::KeyFrames);
        } else if self.streams.sub.as_deref().is_some_and(|sub| !is_rare(sub)) {
            self.look_at(LooksAt::SubStream);
        }
    }

    fn look_at(&mut self, looks_at: LooksAt) {
        self.looks_at = looks_at;
        self.skipped += self.key_frames.skipped();
        self.key_frames = self.stream().subscribe_key_frames();
    }
}

/// Whether the last key frames came too far apart; also where there were no two yet.
fn is_rare(stream: &CameraStream) -> bool {
    stream.status().counters.key_frame_interval_ms.is_none_or(|ms| Duration::from_millis(ms.into()) > RARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_key_frames_lead_to_the_sub_stream_and_then_to_every_picture() {
        assert_eq!(LooksAt::KeyFrames.after_rare(true), LooksAt::SubStream);
        assert_eq!(LooksAt::KeyFrames.after_rare(false), LooksAt::EveryPicture);
        assert_eq!(LooksAt::SubStream.after_rare(true), LooksAt::EveryPicture);
    }
}
