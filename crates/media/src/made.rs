//! Video that is made in this program, of another stream as a rule: to its readers it is a camera like any other.
//!
//! Who makes it is behind a trait, because pictures are not decoded here.

use crate::codec::VideoCodec;
use crate::ingest::{AccessUnit, Ingest};
use crate::nal;
use crate::state::CameraState;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Pictures that wait on their way into the stream; who makes them is faster only for a moment.
const WAITING_MAX: usize = 4;
/// Pause before a maker that ended is asked again.
const PAUSE: Duration = Duration::from_secs(2);

/// A picture as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePicture {
    /// How it is coded.
    pub codec: VideoCodec,
    /// When it is shown, in microseconds; rises.
    pub pts_us: i64,
    /// Needs no other, and brings its parameter sets.
    pub is_key: bool,
    /// The access unit in Annex B form.
    pub access_unit: Vec<u8>,
}

/// Makes a stream.
pub trait Maker: Send + Sync {
    /// Begins anew with a key picture. It goes on by itself until nobody takes its pictures any more, or it cannot go on.
    fn begin(&self, pictures: mpsc::Sender<MadePicture>);
}

/// A stream that is made when it is wanted.
#[derive(Clone)]
pub struct Made(Arc<dyn Maker>);

impl Made {
    /// By this maker.
    pub fn by(maker: impl Maker + 'static) -> Self {
        Self(Arc::new(maker))
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

/// Takes what is made until nobody wants it.
pub(crate) async fn run(made: &Made, ingest: &mut Ingest) -> CameraState {
    loop {
        let (sender, mut pictures) = mpsc::channel(WAITING_MAX);
        ingest.timeline.restart();
        made.0.begin(sender);
        while let Some(picture) = pictures.recv().await {
            let MadePicture { codec, pts_us: camera_us, is_key, access_unit } = picture;
            let mut data = Vec::with_capacity(access_unit.len() + 16);
            nal::byte_stream_units(&access_unit).for_each(|unit| nal::push(&mut data, unit));
            ingest.push(AccessUnit { camera_us, codec, is_key, lost_packets: 0, data: data.into() });
        }
        ingest.board.enter(CameraState::NoVideo, (ingest.clock)());
        tokio::time::sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CameraConfig, Source, spawn_camera};
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Parameter sets and slices of x264 at 1920x1080, cut short.
    const KEY: &[u8] = &[
        0, 0, 0, 1, 0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00,
        0x03, 0x00, 0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58, 0, 0, 0, 1, 0x68, 0xeb, 0xe3,
        0xcb, 0x22, 0xc0, 0, 0, 0, 1, 0x65, 0x88, 0x80, 0x10,
    ];

    /// Makes one picture each time it is begun, and ends.
    struct OneEach(Arc<AtomicU32>);

    impl Maker for OneEach {
        fn begin(&self, pictures: mpsc::Sender<MadePicture>) {
            let pts_us = i64::from(self.0.fetch_add(1, Ordering::Relaxed)) * 1_000;
            let access_unit = KEY.to_vec();
            pictures
                .try_send(MadePicture { codec: VideoCodec::H264, pts_us, is_key: true, access_unit })
                .unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_maker_that_ended_is_asked_again_while_somebody_looks() {
        let begun = Arc::new(AtomicU32::new(0));
        let mut config = CameraConfig::new("made", Source::Made(Made::by(OneEach(begun.clone()))), 1);
        config.on_demand = true;
        let stream = spawn_camera(config, Arc::new(|| 0));
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(begun.load(Ordering::Relaxed), 0, "nothing is made for nobody");
        let mut reader = stream.subscribe();
        let (first, second) = (reader.next().await.unwrap(), reader.next().await.unwrap());
        assert!(first.is_key && second.is_key && second.sequence == first.sequence + 1);
        drop(reader);
        tokio::time::sleep(Duration::from_mins(1)).await;
        let made = begun.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_mins(1)).await;
        assert_eq!(begun.load(Ordering::Relaxed), made, "and nothing when the last one went");
    }
}
