//! NAL units, as far as a container must look into them: where a picture begins, which one is a key frame, what the
//! parameter sets are, and whether this is H.264 or H.265 at all (ITU-T H.264 table 7-1, H.265 table 7-1).

use super::sets::without_trailing_zeros;
use super::{Codec, start_code};

/// Bytes of a NAL unit, from its header on, that [`role`] needs to see.
pub(crate) const LOOK_BYTES: usize = 3;

/// What a NAL unit means for the borders between access units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Part of a coded picture.
    Slice { first: bool, key: bool },
    /// A parameter set; opens the next access unit if a picture came before.
    Set(Set),
    /// Opens the next access unit if a picture came before: delimiter, supplemental information and the like.
    Opens,
    /// Belongs to the access unit in progress.
    Stays,
}

/// Kinds of parameter sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Video,
    Sequence,
    Picture,
}

impl Role {
    /// True if an access unit can begin with this.
    pub(crate) fn can_open(self) -> bool {
        matches!(self, Self::Slice { first: true, .. } | Self::Set(_) | Self::Opens)
    }
}

/// The role of a NAL unit that begins with `nal`.
pub(crate) fn role(codec: Codec, nal: &[u8]) -> Role {
    let byte = |at: usize| nal.get(at).copied().unwrap_or_default();
    if codec == Codec::H265 { role_h265(byte(0), byte(1), byte(2)) } else { role_h264(byte(0), byte(1)) }
}

fn role_h264(header: u8, slice: u8) -> Role {
    // first_mb_in_slice is an Exp-Golomb number: a leading one bit is zero, the first macroblock of the picture.
    match header & 0x1f {
        kind @ (1 | 2 | 5) => Role::Slice { first: slice & 0x80 != 0, key: kind == 5 },
        7 => Role::Set(Set::Sequence),
        8 => Role::Set(Set::Picture),
        6 | 9 | 14..=18 => Role::Opens,
        _ => Role::Stays,
    }
}

fn role_h265(header: u8, second: u8, slice: u8) -> Role {
    let layer = (header & 1) << 5 | second >> 3;
    // The temporal layer is counted from 1 (§7.4.2.2): with 0 it is no unit but the start code after an empty one.
    if layer != 0 || second.trailing_zeros() >= 3 {
        return Role::Stays;
    }
    match (header >> 1) & 0x3f {
        kind @ (0..=9 | 16..=21) => Role::Slice { first: slice & 0x80 != 0, key: kind >= 16 },
        32 => Role::Set(Set::Video),
        33 => Role::Set(Set::Sequence),
        34 => Role::Set(Set::Picture),
        35 | 39 | 41..=44 | 48..=55 => Role::Opens,
        _ => Role::Stays,
    }
}

/// The codec that a NAL unit proves: H.265 parameter sets 32 to 34 or an H.264 parameter set 7 or 8. Each of these
/// bytes would be a type that the other standard leaves unspecified or that no camera uses (ZLM#266, ZLM#1192).
pub(crate) fn sniff(nal: &[u8]) -> Option<Codec> {
    const PROFILES: [u8; 10] = [66, 77, 88, 100, 110, 118, 122, 128, 144, 244];
    match *nal {
        // Layer 0, temporal layer 0: the second byte of a parameter set is always 01.
        [0x40 | 0x42 | 0x44, 0x01, ..] => Some(Codec::H265),
        [0x67 | 0x47 | 0x27, profile, ..] if PROFILES.contains(&profile) => Some(Codec::H264),
        [0x68, ..] => Some(Codec::H264),
        _ => None,
    }
}

/// The NAL units of an Annex B byte stream, without start codes and trailing zeros.
pub fn nal_units(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut next = start_code::find(data, 0);
    std::iter::from_fn(move || {
        loop {
            let from = next? + start_code::PREFIX.len();
            next = start_code::find(data, from);
            let nal = without_trailing_zeros(&data[from..next.unwrap_or(data.len())]);
            if !nal.is_empty() {
                return Some(nal);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_codec_is_known_by_its_own_parameter_sets_only() {
        assert_eq!(sniff(&[0x40, 0x01, 0x0c]), Some(Codec::H265));
        assert_eq!(sniff(&[0x42, 0x01, 0x01]), Some(Codec::H265));
        assert_eq!(sniff(&[0x44, 0x01, 0xc1]), Some(Codec::H265));
        assert_eq!(sniff(&[0x67, 0x42, 0x00]), Some(Codec::H264));
        assert_eq!(sniff(&[0x68, 0xce, 0x3c]), Some(Codec::H264));
        for slice in [[0x65, 0x88], [0x41, 0x9a], [0x61, 0xe0], [0x26, 0x01], [0x02, 0x01], [0x28, 0x01]] {
            assert_eq!(sniff(&slice), None, "{slice:02x?}");
        }
    }

    #[test]
    fn the_first_slice_of_a_picture_is_told_from_the_others() {
        assert_eq!(role(Codec::H264, &[0x65, 0x88, 0]), Role::Slice { first: true, key: true });
        assert_eq!(role(Codec::H264, &[0x41, 0x22, 0]), Role::Slice { first: false, key: false });
        assert_eq!(role(Codec::H265, &[0x26, 0x01, 0xaf]), Role::Slice { first: true, key: true });
        assert_eq!(role(Codec::H265, &[0x02, 0x01, 0x40]), Role::Slice { first: false, key: false });
    }

    #[test]
    fn a_start_code_after_an_empty_unit_is_no_picture() {
        for codec in [Codec::H264, Codec::H265] {
            assert_eq!(role(codec, &[0, 0, 1]), Role::Stays);
            assert_eq!(role(codec, &[0, 0, 0]), Role::Stays);
        }
    }

    #[test]
    fn a_second_layer_belongs_to_the_picture_of_the_first() {
        assert_eq!(role(Codec::H265, &[0x26, 0x09, 0xaf]), Role::Stays);
    }
}
