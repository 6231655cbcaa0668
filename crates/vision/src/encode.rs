//! Pictures to H.264: what every browser, telephone and office program shows.
//!
//! OpenH264 in one thread. Baseline features only; what is asked of it is that a picture that was altered can be seen, not that the file is
//! small.

use openh264::encoder::{
    BitRate, Complexity, Encoder, EncoderConfig, FrameRate, IntraFramePeriod, RateControlMode, UsageType,
    VuiConfig,
};
use openh264::formats::YUVSlices;
use openh264::{OpenH264API, Timestamp};
use thiserror::Error;

use crate::picture::{Colour, Picture};

/// Longest edge that the encoder takes (level 5.2), in pixels.
pub const ENCODED_EDGE_MAX_PX: u32 = 3840;
/// Longest shorter edge.
const SHORT_EDGE_MAX_PX: u32 = 2160;

/// How pictures are coded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EncoderSettings {
    /// Bits a second to keep to; none for an even quality whatever it takes.
    pub bits_per_s: Option<u32>,
    /// About how many pictures come a second; an estimate will do.
    pub frame_rate_hz: f32,
    /// Longest distance of key frames in microseconds.
    pub group_us: i64,
}

/// A picture that cannot be coded.
#[derive(Debug, Error)]
pub enum EncodeError {
    /// Larger than what the encoder takes, or of an odd width or height.
    #[error("pictures of {width}x{height} px cannot be coded as H.264 here")]
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The encoder failed.
    #[error("H.264 encoder: {0}")]
    Failed(#[from] openh264::Error),
}

/// A coded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// When it is shown, in microseconds. It is decoded at the same time: no picture needs a later one.
    pub pts_us: i64,
    /// Needs no other; begins with parameter sets.
    pub is_key: bool,
    /// The access unit in Annex B form.
    pub access_unit: Vec<u8>,
}

/// Codes the pictures of one video.
pub struct VideoEncoder {
    settings: EncoderSettings,
    running: Option<Running>,
}

struct Running {
    encoder: Encoder,
    /// Size and colour, which stand in the parameter sets.
    form: (u32, u32, Colour),
    began_us: i64,
    key_us: i64,
}

impl VideoEncoder {
    /// An encoder before the first picture.
    pub const fn new(settings: EncoderSettings) -> Self {
        Self { settings, running: None }
    }

    /// Codes the next picture. Times rise. A picture of another size or colour begins anew with a key frame. None where the encoder
    /// leaves a picture out.
    pub fn encode(&mut self, picture: &Picture, pts_us: i64) -> Result<Option<Coded>, EncodeError> {
        let (width, height) = (picture.width(), picture.height());
        let (long, short) = (width.max(height), width.min(height));
        if !width.is_multiple_of(2)
            || !height.is_multiple_of(2)
            || short < 16
            || long > ENCODED_EDGE_MAX_PX
            || short > SHORT_EDGE_MAX_PX
        {
            return Err(EncodeError::Size { width, height });
        }
        let form = (width, height, picture.colour());
        let running = match self.running.take() {
            Some(running) if running.form == form => running,
            _ => Running {
                encoder: Encoder::with_api_config(
                    OpenH264API::from_source(),
                    config(&self.settings, form.2),
                )?,
                form,
                began_us: pts_us,
                key_us: pts_us,
            },
        };
        let running = self.running.insert(running);
        let is_key = running.key_us == pts_us || pts_us - running.key_us >= self.settings.group_us;
        if is_key {
            running.encoder.force_intra_frame();
            running.key_us = pts_us;
        }
        let [luma, blue, red] = picture.planes();
        let (row, rows) = (width as usize, height as usize);
        let planes = YUVSlices::new((luma, blue, red), (row, rows), (row, row / 2, row / 2));
        let since_ms = u64::try_from((pts_us - running.began_us) / 1000).unwrap_or(0);
        let access_unit = running.encoder.encode_at(&planes, Timestamp::from_millis(since_ms))?.to_vec();
        Ok((!access_unit.is_empty()).then_some(Coded { pts_us, is_key, access_unit }))
    }
}

fn config(settings: &EncoderSettings, colour: Colour) -> EncoderConfig {
    let vui = if colour.bt709 { VuiConfig::bt709() } else { VuiConfig::bt601() };
    let config = EncoderConfig::new()
        .max_frame_rate(FrameRate::from_hz(settings.frame_rate_hz))
        // Without that it does not keep to a rate.
        .skip_frames(settings.bits_per_s.is_some())
        .usage_type(UsageType::CameraVideoRealTime)
        .complexity(Complexity::Low)
        .scene_change_detect(false)
        .num_threads(1)
        // Key frames are asked for by time, because pictures do not come evenly.
        .intra_frame_period(IntraFramePeriod::from_num_frames(0))
        .vui(vui.full_range(colour.full_range));
    match settings.bits_per_s {
        Some(bits_per_s) => {
            config.rate_control_mode(RateControlMode::Bitrate).bitrate(BitRate::from_bps(bits_per_s))
        }
        None => config.rate_control_mode(RateControlMode::Off),
    }
}
