//! Video that is decoded, altered and coded anew as H.264.
//!
//! For what leaves the house with somebody's name on it or with people made unrecognisable, and for browsers that cannot show what a
//! camera sends. Recording never comes this way: it is a hundred times as dear as passing bytes on.

use crate::coding::Coding;
use crate::decode::DecodeError;
use crate::encode::{Coded, EncodeError, EncoderSettings, VideoEncoder};
use crate::picture::Picture;
use crate::scale::Scaler;
use crate::video::{Shown, Times, VideoDecoder};

/// What shall come out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TranscodeSettings {
    /// How it is coded.
    pub encoder: EncoderSettings,
    /// Larger pictures are made smaller, in pixels of height.
    pub height_max_px: u32,
    /// Pictures that follow one another sooner than this, in microseconds, are left out.
    pub step_min_us: i64,
}

/// Alters a picture that is shown at a moment, in microseconds.
pub type Alter<'a> = &'a mut dyn FnMut(&mut Picture, i64);

/// Decodes, alters and encodes one video.
pub struct Transcoder {
    settings: TranscodeSettings,
    decoder: VideoDecoder,
    encoder: VideoEncoder,
    scaler: Scaler,
    last_us: Option<i64>,
    undecodable: u64,
    last_error: Option<DecodeError>,
}

impl Transcoder {
    /// A transcoder of video that is coded like this.
    pub fn new(coding: Coding, settings: TranscodeSettings) -> Self {
        Self {
            settings,
            decoder: VideoDecoder::new(coding),
            encoder: VideoEncoder::new(settings.encoder),
            scaler: Scaler::new(),
            last_us: None,
            undecodable: 0,
            last_error: None,
        }
    }

    /// Takes the next access unit; what is ready by it, altered by `alter`. A unit that cannot be decoded is counted, and the next key frame
    /// begins anew.
    pub fn push(
        &mut self,
        access_unit: &[u8],
        times: Times,
        alter: Alter<'_>,
    ) -> Result<Vec<Coded>, EncodeError> {
        match self.decoder.decode(access_unit, times) {
            Ok(shown) => self.encode(shown, alter),
            Err(error) => {
                self.undecodable += 1;
                self.last_error = Some(error);
                Ok(Vec::new())
            }
        }
    }

    /// What is left at the end.
    pub fn finish(&mut self, alter: Alter<'_>) -> Result<Vec<Coded>, EncodeError> {
        let left = self.decoder.finish();
        self.encode(left, alter)
    }

    /// Access units that could not be decoded.
    pub const fn undecodable(&self) -> u64 {
        self.undecodable
    }

    /// Why the last of them could not.
    pub const fn last_error(&self) -> Option<&DecodeError> {
        self.last_error.as_ref()
    }

    fn encode(&mut self, shown: Vec<Shown>, alter: Alter<'_>) -> Result<Vec<Coded>, EncodeError> {
        let mut out = Vec::new();
        for Shown { pts_us, picture } in shown {
            // A picture that comes too late, after a loss, would make time go back.
            if self.last_us.is_some_and(|last| pts_us - last < self.settings.step_min_us.max(1)) {
                continue;
            }
            self.last_us = Some(pts_us);
            let mut picture = self.fitted(picture);
            alter(&mut picture, pts_us);
            out.extend(self.encoder.encode(&picture, pts_us)?);
        }
        Ok(out)
    }

    /// The picture in a size that is asked for and has even edges.
    fn fitted(&mut self, picture: Picture) -> Picture {
        let (width, height) = (picture.width(), picture.height());
        let to_height = height.min(self.settings.height_max_px);
        let to_width = (width * to_height).div_ceil(height.max(1));
        let (to_width, to_height) = ((to_width & !1).max(2), (to_height & !1).max(2));
        if (to_width, to_height) == (width, height) {
            return picture;
        }
        // Of a size that is allowed, a smaller one is too.
        self.scaler.resized(&picture, (to_width, to_height)).unwrap_or(picture)
    }
}
