//! Live video coded anew for browsers that cannot show what a camera sends: H.265 where the machine has no decoder for it.
//!
//! The last rung of the ladder: the sub-stream is asked for first, because it costs nothing here. One conversion serves everybody who looks
//! at a camera; how many run at a time is limited, because each takes about half a core for 1080p.

use std::sync::Arc;

use domain::ids::CameraId;
use media::{CameraConfig, CameraState, CameraStream, Made, MadePicture, Maker, Source, VideoCodec};
use tokio::sync::{Semaphore, mpsc};
use tracing::{info, warn};
use vision::{Coded, EncoderSettings, Times, TranscodeSettings, Transcoder};

use crate::watch::coding_of;
use crate::{Platform, PlatformError};

/// What a browser gets instead: 720 lines, 15 pictures a second at most, 1.2 Mbit/s.
const CONVERTED: TranscodeSettings = TranscodeSettings {
    encoder: EncoderSettings { bits_per_s: Some(1_200_000), frame_rate_hz: 15.0, group_us: 2_000_000 },
    height_max_px: 720,
    step_min_us: 62_000,
};

/// The places for conversions.
#[derive(Debug)]
pub(crate) struct Conversions {
    seats: Arc<Semaphore>,
}

impl Conversions {
    /// So many at a time.
    pub(crate) fn new(conversions_max: usize) -> Self {
        Self { seats: Arc::new(Semaphore::new(conversions_max.min(Semaphore::MAX_PERMITS))) }
    }

    /// Limit where there is no place and the stream does not run already.
    pub(super) fn room_for(&self, stream: &CameraStream) -> Result<(), PlatformError> {
        let runs = matches!(stream.status().state, CameraState::Online);
        if runs || self.seats.available_permits() > 0 {
            return Ok(());
        }
        let detail = "as many cameras are being converted for browsers as may be 正在转码的摄像机已达上限";
        Err(PlatformError::Limit { detail: detail.to_owned(), retry_after_s: Some(30) })
    }
}

impl Platform {
    /// The stream of a camera coded anew, made while somebody looks.
    pub(super) fn convert(&self, id: CameraId, stream: &Arc<CameraStream>) -> CameraStream {
        let converter =
            Converter { id, stream: Arc::clone(stream), seats: Arc::clone(&self.inner.conversions.seats) };
        let seed = u64::from_be_bytes(self.inner.surroundings.random());
        let mut config =
            CameraConfig::new(format!("{id}/converted"), Source::Made(Made::by(converter)), seed);
        config.on_demand = true;
        media::spawn_camera(config, self.media_clock())
    }
}

/// Whether a stream is, or may be, something else than H.264.
pub(super) fn needs_conversion(stream: &CameraStream) -> bool {
    stream.latest_key_frame().is_none_or(|frame| frame.parameters.codec != VideoCodec::H264)
}

struct Converter {
    id: CameraId,
    stream: Arc<CameraStream>,
    seats: Arc<Semaphore>,
}

impl Maker for Converter {
    fn begin(&self, pictures: mpsc::Sender<MadePicture>) {
        let (id, stream, seats) = (self.id, Arc::clone(&self.stream), Arc::clone(&self.seats));
        let runtime = tokio::runtime::Handle::current();
        tokio::spawn(async move {
            let seat = tokio::select! {
                () = pictures.closed() => return,
                seat = seats.acquire_owned() => seat,
            };
            let Ok(_seat) = seat else { return };
            info!(camera = %id, "live video is coded anew");
            let coding = tokio::task::spawn_blocking(move || convert(&runtime, &stream, &pictures));
            match coding.await {
                Ok(Ok(())) => info!(camera = %id, "live video is no longer coded anew"),
                Ok(Err(error)) => warn!(camera = %id, %error, "live video cannot be coded anew"),
                Err(fault) => warn!(camera = %id, %fault, "live video cannot be coded anew"),
            }
        });
    }
}

/// Codes until nobody takes the pictures any more; what turns out to be H.264 goes on as it is. A reader of the stream that is too slow jumps to its newest key picture, so this is never
/// far behind.
fn convert(
    runtime: &tokio::runtime::Handle,
    stream: &CameraStream,
    pictures: &mpsc::Sender<MadePicture>,
) -> Result<(), vision::EncodeError> {
    let mut frames = stream.subscribe();
    let mut running: Option<(VideoCodec, Transcoder)> = None;
    loop {
        let next = async {
            tokio::select! {
                () = pictures.closed() => None,
                frame = frames.next() => frame,
            }
        };
        let Some(frame) = runtime.block_on(next) else { return Ok(()) };
        let codec = frame.parameters.codec;
        if running.as_ref().is_none_or(|(known, _)| *known != codec || frame.discontinuity) {
            running = Some((codec, Transcoder::new(coding_of(codec), CONVERTED)));
        }
        if codec == VideoCodec::H264 {
            let (pts_us, is_key, access_unit) = (frame.pts_us, frame.is_key, frame.byte_stream());
            if pictures.blocking_send(MadePicture { codec, pts_us, is_key, access_unit }).is_err() {
                return Ok(());
            }
            continue;
        }
        let Some((_, transcoder)) = &mut running else { return Ok(()) };
        let times = Times { dts_us: frame.dts_us, pts_us: frame.pts_us };
        for Coded { pts_us, is_key, access_unit } in
            transcoder.push(&frame.byte_stream(), times, &mut |_, _| ())?
        {
            let picture = MadePicture { codec: VideoCodec::H264, pts_us, is_key, access_unit };
            if pictures.blocking_send(picture).is_err() {
                return Ok(());
            }
        }
    }
}
