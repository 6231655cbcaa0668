//! What must be known of AAC to carry it: its headers in program streams and its description in MP4 and RTP.

use crate::frame::{SoundCodec, SoundParameters};
use bytes::Bytes;

/// Samples of one channel in a frame.
pub(crate) const SAMPLES: u32 = 1_024;

/// Sampling rates by their number (ISO/IEC 14496-3 table 1.18).
const RATES_HZ: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// The frame behind an ADTS header, and what the header says of it (ISO/IEC 13818-7 §6.2).
pub(crate) fn from_adts(adts: &Bytes) -> Option<(SoundParameters, Bytes)> {
    let header: [u8; 4] = adts.get(..4)?.try_into().ok()?;
    let [0xff, second, third, fourth] = header else { return None };
    let (object, rate, channels) = ((third >> 6) + 1, third >> 2 & 0x0f, (third & 1) << 2 | fourth >> 6);
    let configuration = Bytes::from(vec![object << 3 | rate >> 1, rate << 7 | channels << 3]);
    let header_bytes = if second & 1 == 0 { 9 } else { 7 };
    let frame = adts.get(header_bytes..).filter(|rest| !rest.is_empty())?;
    Some((parameters(configuration)?, adts.slice_ref(frame)))
}

/// What an `AudioSpecificConfig` says (ISO/IEC 14496-3 §1.6.2.1); `None` for rates and channels that it spells out.
pub(crate) fn parameters(configuration: Bytes) -> Option<SoundParameters> {
    let [first, second] = *configuration.first_chunk()?;
    let rate_hz = *RATES_HZ.get(usize::from((first & 7) << 1 | second >> 7))?;
    let channels = match second >> 3 & 0x0f {
        0 => return None,
        7 => 8,
        channels => channels,
    };
    Some(SoundParameters { codec: SoundCodec::Aac, rate_hz, channels, configuration })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_the_same_as_the_configuration_made_of_it() {
        // AAC-LC, 48 kHz, stereo.
        let adts = Bytes::from_static(&[0xff, 0xf1, 0x4c, 0x80, 0x01, 0x3f, 0xfc, 1, 2]);
        let (found, frame) = from_adts(&adts).unwrap();
        assert_eq!((found.rate_hz, found.channels, &found.configuration[..]), (48_000, 2, &[0x11, 0x90][..]));
        assert_eq!(&frame[..], [1, 2]);
        assert_eq!(from_adts(&adts.slice(..7)).map(|_| ()), None);
    }
}
