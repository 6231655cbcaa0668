//! AAC frames with ADTS headers (ISO/IEC 14496-3 §1.A.2.2): finds where one ends and the next begins.

/// Samples in a frame.
pub(crate) const FRAME_SAMPLES: i64 = 1_024;
/// Bytes of a header without checksum, enough to know the length of the frame.
const HEADER_BYTES: usize = 7;
/// Sample rates by index, in Hz.
const RATES_HZ: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// What stands at the beginning of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// A header: length of the whole frame in bytes, sample rate in Hz.
    Frame { bytes: usize, rate_hz: u32 },
    /// Too few bytes to say.
    Short,
    /// No header.
    Other,
}

/// Looks at the beginning of `bytes`.
pub(crate) fn look(bytes: &[u8]) -> Look {
    match bytes {
        [] | [0xff] => Look::Short,
        // Twelve sync bits, then the layer, which is always zero.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => {
            let [_, _, b2, b3, b4, b5, _, ..] = *bytes else { return Look::Short };
            let length = usize::from(b3 & 3) << 11 | usize::from(b4) << 3 | usize::from(b5 >> 5);
            match RATES_HZ.get(usize::from(b2 >> 2 & 15)) {
                Some(&rate_hz) if length > HEADER_BYTES => Look::Frame { bytes: length, rate_hz },
                _ => Look::Other,
            }
        }
        _ => Look::Other,
    }
}

/// Writes a header for a frame of AAC-LC with `payload_bytes` bytes; for senders and tests.
#[cfg(test)]
pub(crate) fn header(rate_index: u8, channels: u8, payload_bytes: usize) -> [u8; HEADER_BYTES] {
    let length = payload_bytes + HEADER_BYTES;
    [
        0xff,
        0xf1,
        1 << 6 | rate_index << 2 | channels >> 2,
        (channels & 3) << 6 | (length >> 11) as u8,
        (length >> 3) as u8,
        (length << 5) as u8 | 0x1f,
        0xfc,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_length_and_rate() {
        assert_eq!(look(&header(8, 1, 200)), Look::Frame { bytes: 207, rate_hz: 16_000 });
        assert_eq!(look(&header(8, 1, 200)[..6]), Look::Short);
        assert_eq!(look(&[0xd5; 20]), Look::Other);
    }
}
