//! G.711 (ITU-T G.711, GB/T 28181 9.12 names it for voice): sixteen-bit samples at 8 kHz into bytes of A-law or µ-law, and back.
//!
//! Both laws keep a sign, the place of the highest bit, and the four bits behind it, so that quiet sounds are as exact as loud ones. The bytes
//! of a pause are [`A_LAW_SILENCE`] and [`MU_LAW_SILENCE`].

/// Samples a second.
pub const SAMPLE_RATE_HZ: u32 = 8_000;

/// Silence in A-law.
pub const A_LAW_SILENCE: u8 = 0xd5;

/// Silence in µ-law.
pub const MU_LAW_SILENCE: u8 = 0xff;

/// Every other bit of an A-law byte is turned over on the line, so that a pause is no row of zeros.
const A_LAW_TURNED: u8 = 0x55;

/// The sign of a byte, before bits are turned over: set for positive samples.
const SIGN: u8 = 0x80;

/// Added in µ-law before the highest bit is looked for, so that every sample has one.
const MU_LAW_BIAS: u16 = 0x84;

/// Loudest sample of µ-law.
const MU_LAW_LOUDEST: u16 = 32_635;

/// A sample in A-law.
pub fn to_a_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample < 0 { (0, !sample) } else { (SIGN, sample) };
    // Eleven bits of size.
    let size = magnitude.unsigned_abs() >> 4;
    let code = if size < 32 {
        // The two lowest segments have the same steps.
        size as u8
    } else {
        let segment = (u16::BITS - size.leading_zeros() - 4) as u8;
        segment << 4 | (size >> (segment - 1) & 0x0f) as u8
    };
    (sign | code) ^ A_LAW_TURNED
}

/// The sample behind a byte of A-law: the middle of its step.
pub fn from_a_law(byte: u8) -> i16 {
    let code = byte ^ A_LAW_TURNED;
    let (segment, step) = (code >> 4 & 7, i16::from(code & 0x0f));
    let magnitude = if segment == 0 { (step << 4) + 8 } else { ((step << 4) + 0x108) << (segment - 1) };
    if code & SIGN == 0 { -magnitude } else { magnitude }
}

/// A sample in µ-law.
pub fn to_mu_law(sample: i16) -> u8 {
    let sign = if sample < 0 { SIGN } else { 0 };
    let size = sample.unsigned_abs().min(MU_LAW_LOUDEST) + MU_LAW_BIAS;
    let segment = (u16::BITS - size.leading_zeros() - 8) as u8;
    !(sign | segment << 4 | (size >> (segment + 3) & 0x0f) as u8)
}

/// The sample behind a byte of µ-law.
pub fn from_mu_law(byte: u8) -> i16 {
    let code = !byte;
    let (segment, step) = (code >> 4 & 7, i16::from(code & 0x0f));
    let bias = MU_LAW_BIAS as i16;
    let magnitude = (((step << 3) + bias) << segment) - bias;
    if code & SIGN == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_middle_are_those_of_the_recommendation() {
        assert_eq!([0, -1, 32_767, -32_768].map(to_a_law), [0xd5, 0x55, 0xaa, 0x2a]);
        assert_eq!([0, -1, 32_767, -32_768].map(to_mu_law), [0xff, 0x7f, 0x80, 0x00]);
        assert_eq!([A_LAW_SILENCE, 0xaa, 0x2a].map(from_a_law), [8, 32_256, -32_256]);
        assert_eq!([MU_LAW_SILENCE, 0x80, 0x00].map(from_mu_law), [0, 32_124, -32_124]);
    }

    #[test]
    fn every_byte_means_a_sample_that_is_written_as_that_byte() {
        for byte in 0..=u8::MAX {
            assert_eq!(to_a_law(from_a_law(byte)), byte, "A-law {byte:#x}");
            // µ-law has two zeros.
            let expected = if byte == 0x7f { MU_LAW_SILENCE } else { byte };
            assert_eq!(to_mu_law(from_mu_law(byte)), expected, "µ-law {byte:#x}");
        }
    }

    #[test]
    fn no_sample_is_off_by_more_than_a_sixteenth() {
        for sample in i16::MIN..=i16::MAX {
            let (wanted, allowed) = (i32::from(sample), i32::from(sample).abs() / 16 + 16);
            for heard in [from_a_law(to_a_law(sample)), from_mu_law(to_mu_law(sample))] {
                assert!((i32::from(heard) - wanted).abs() <= allowed, "{sample} became {heard}");
            }
        }
    }
}
