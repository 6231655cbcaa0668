//! The sound of a clip, played round and round with its pictures: taken from a file, or a steady tone for drawn scenes.

use bytes::Bytes;
use gb28181::g711::to_a_law;
use media::{SoundCodec, SoundParameters};
use std::f64::consts::TAU;

/// Pitch of the tone, as everybody knows it from test pictures.
const TONE_HZ: f64 = 1_000.0;
/// Loudness of the tone: -20 dB of full scale.
const TONE_PEAK: f64 = 3_276.0;
/// Samples per second of G.711.
const RATE_HZ: u32 = 8_000;
/// Samples of one piece of the tone: 40 ms, as cameras send.
const PIECE_SAMPLES: u32 = 320;

/// Sound that fits to a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soundtrack {
    /// How it is coded.
    pub parameters: SoundParameters,
    /// In order of time.
    pub pieces: Vec<SoundPiece>,
}

/// One piece of sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundPiece {
    /// RTP ticks of the pictures' clock since the beginning of the clip.
    pub at: u32,
    /// G.711, or AAC without headers.
    pub data: Bytes,
}

impl Soundtrack {
    /// A tone for a clip of so many ticks of `clock_hz`.
    pub fn tone(duration: u32, clock_hz: u32) -> Self {
        let piece_ticks = PIECE_SAMPLES * clock_hz / RATE_HZ;
        // 1 kHz has a whole number of waves in every piece, so all pieces are alike.
        let sample = |at: u32| (f64::from(at) * TONE_HZ * TAU / f64::from(RATE_HZ)).sin() * TONE_PEAK;
        let data: Bytes = (0..PIECE_SAMPLES).map(|at| to_a_law(sample(at) as i16)).collect::<Vec<_>>().into();
        let pieces =
            (0..duration / piece_ticks).map(|at| SoundPiece { at: at * piece_ticks, data: data.clone() });
        let (codec, configuration) = (SoundCodec::G711A, Bytes::new());
        let parameters = SoundParameters { codec, rate_hz: RATE_HZ, channels: 1, configuration };
        Self { parameters, pieces: pieces.collect() }
    }

    /// What begins from one tick of the clip up to another.
    pub(crate) fn between(&self, from: u32, to: u32) -> &[SoundPiece] {
        let begin = self.pieces.partition_point(|piece| piece.at < from);
        let end = self.pieces.partition_point(|piece| piece.at < to);
        &self.pieces[begin..end.max(begin)]
    }
}

/// AAC with the header that program streams want (ISO/IEC 13818-7 §6.2), from its `AudioSpecificConfig`.
pub(crate) fn with_adts_header(configuration: &[u8], aac: &[u8]) -> Vec<u8> {
    let [first, second] = [0, 1].map(|at| configuration.get(at).copied().unwrap_or_default());
    let (object, rate, channels) = (first >> 3, (first & 7) << 1 | second >> 7, second >> 3 & 0x0f);
    let length = aac.len() + 7;
    let mut out = vec![
        0xff,
        0xf1,
        (object.max(1) - 1) << 6 | rate << 2 | channels >> 2,
        (channels & 3) << 6 | (length >> 11) as u8 & 3,
        (length >> 3) as u8,
        (length << 5) as u8 | 0x1f,
        0xfc,
    ];
    out.extend_from_slice(aac);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_played_once_whatever_the_pictures_are() {
        let track = Soundtrack::tone(90_000, 90_000);
        let all: usize =
            (0..25).map(|picture| track.between(picture * 3_600, (picture + 1) * 3_600).len()).sum();
        assert_eq!((all, track.pieces.len()), (25, 25));
    }

    #[test]
    fn a_header_says_what_the_configuration_says() {
        // AAC-LC, 48 kHz, stereo.
        assert_eq!(
            with_adts_header(&[0x11, 0x90], &[1, 2]),
            [0xff, 0xf1, 0x4c, 0x80, 0x01, 0x3f, 0xfc, 1, 2]
        );
    }
}
