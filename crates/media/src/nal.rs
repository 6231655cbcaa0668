//! NAL units, and the two ways of putting them one after the other.
//!
//! In *sample form* each has its length in four bytes before it (ISO/IEC 14496-15 §5.3.3); that is how pictures travel here, because
//! recording and live view then take the bytes as they are. In *byte stream form* each has a start code before it (annex B of ITU-T
//! H.264 and H.265); decoders and program streams want that, and turning one into the other overwrites four bytes a unit.

/// Bytes of a length.
const LENGTH_BYTES: usize = 4;
const START_CODE: [u8; 4] = [0, 0, 0, 1];
/// Most units of one picture; an encoder with a slice a row of blocks has about a hundred. What has more is neither taken from a camera nor
/// believed in a recorded file.
pub(crate) const UNITS_MAX: usize = 4_096;

/// The NAL units of a picture in sample form; ends at the first length that points outside.
pub fn units(sample: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = sample;
    std::iter::from_fn(move || {
        let (head, tail) = rest.split_first_chunk::<LENGTH_BYTES>()?;
        let (unit, after) = tail.split_at_checked(u32::from_be_bytes(*head) as usize)?;
        rest = after;
        Some(unit)
    })
}

/// The NAL units of a byte stream, without start codes and trailing zeros.
pub fn byte_stream_units(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut next = start_code(data, 0);
    std::iter::from_fn(move || {
        loop {
            let begin = next? + 3;
            next = start_code(data, begin);
            let mut unit = &data[begin..next.unwrap_or(data.len())];
            while let [head @ .., 0] = unit {
                unit = head;
            }
            if !unit.is_empty() {
                return Some(unit);
            }
        }
    })
}

/// Offset of the next `00 00 01` at or after `from`.
fn start_code(data: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at + 3 <= data.len() {
        match data[at + 2] {
            0 => at += 1,
            1 if data[at] == 0 && data[at + 1] == 0 => return Some(at),
            _ => at += 3,
        }
    }
    None
}

/// Appends a unit in sample form.
pub fn push(out: &mut Vec<u8>, unit: &[u8]) {
    out.extend_from_slice(&(unit.len() as u32).to_be_bytes());
    out.extend_from_slice(unit);
}

/// Appends a unit in byte stream form.
pub fn push_to_byte_stream(out: &mut Vec<u8>, unit: &[u8]) {
    out.extend_from_slice(&START_CODE);
    out.extend_from_slice(unit);
}

/// Byte stream form to sample form.
pub fn from_byte_stream(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() + 16);
    byte_stream_units(data).for_each(|unit| push(&mut out, unit));
    out
}

/// Sample form to byte stream form.
pub fn to_byte_stream(sample: &[u8]) -> Vec<u8> {
    let mut out = sample.to_vec();
    let mut at = 0;
    while let Some(head) = out.get_mut(at..at + LENGTH_BYTES) {
        let length = head.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        head.copy_from_slice(&START_CODE);
        at = at.saturating_add(LENGTH_BYTES).saturating_add(length);
    }
    out
}

/// Sample form whose lengths have one to four bytes, with units in front. `None` when a length points outside the sample.
pub fn from_lengths(sample: &[u8], length_bytes: usize, front: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(front.len() + sample.len() + 16);
    out.extend_from_slice(front);
    let mut rest = sample;
    while !rest.is_empty() {
        let (head, tail) = rest.split_at_checked(length_bytes)?;
        let length = head.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        let (unit, after) = tail.split_at_checked(length)?;
        if !unit.is_empty() {
            push(&mut out, unit);
        }
        rest = after;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_with_both_start_codes_and_without_trailing_zeros() {
        let data = [0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x68, 2, 0, 0, 0, 0, 1, 0x65, 3, 0, 0];
        let found: Vec<&[u8]> = byte_stream_units(&data).collect();
        assert_eq!(found, [&[0x67, 1][..], &[0x68, 2], &[0x65, 3]]);
        let sample = from_byte_stream(&data);
        assert_eq!(sample, [0, 0, 0, 2, 0x67, 1, 0, 0, 0, 2, 0x68, 2, 0, 0, 0, 2, 0x65, 3]);
        assert_eq!(units(&sample).collect::<Vec<_>>(), found);
        assert_eq!(
            from_lengths(&[2, 0x65, 3], 1, &sample[..6]).unwrap(),
            [&sample[..6], &sample[12..]].concat()
        );
        assert_eq!(from_lengths(&[0, 0, 0, 9, 1], 4, &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn garbage_is_read_quietly(mut data in proptest::collection::vec(0u8..=255, 0..200), zeros in 0usize..50) {
            let _ = from_lengths(&data, 4, &[]);
            let _ = to_byte_stream(&data);
            let total: usize = units(&data).map(<[u8]>::len).sum();
            proptest::prop_assert!(total <= data.len());
            data.extend(std::iter::repeat_n(0, zeros));
            let total: usize = byte_stream_units(&data).map(<[u8]>::len).sum();
            proptest::prop_assert!(total <= data.len());
        }

        #[test]
        fn one_form_to_the_other_and_back(list in proptest::collection::vec(proptest::collection::vec(1u8..=255, 1..40), 1..6)) {
            let mut sample = Vec::new();
            for unit in &list {
                push(&mut sample, unit);
            }
            let stream = to_byte_stream(&sample);
            proptest::prop_assert_eq!(byte_stream_units(&stream).collect::<Vec<_>>(), list.iter().map(Vec::as_slice).collect::<Vec<_>>());
            proptest::prop_assert_eq!(from_byte_stream(&stream), sample);
        }
    }
}
