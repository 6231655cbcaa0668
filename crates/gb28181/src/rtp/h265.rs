//! H.265 in RTP packets (RFC 7798): single NAL units, aggregation packets and fragments, without the optional order
//! numbers, which no camera sends.

use super::h264::unpack_aggregate;

/// Aggregation packet (RFC 7798 §4.4.2).
const AGGREGATE: u8 = 48;
/// Fragmentation unit (RFC 7798 §4.4.3).
const FRAGMENT: u8 = 49;
/// The largest type of an ordinary NAL unit.
const ORDINARY_MAX: u8 = 47;

/// Like [`h264::unpack`](super::h264::unpack).
pub(crate) fn unpack(payload: &[u8], is_open: &mut bool, put: &mut impl FnMut(bool, &[u8])) -> bool {
    let [first, second, rest @ ..] = payload else { return payload.is_empty() };
    let was_open = std::mem::take(is_open);
    match first >> 1 & 0x3f {
        0..=ORDINARY_MAX => put(true, payload),
        AGGREGATE => return unpack_aggregate(rest, put),
        FRAGMENT => {
            let [fragment, rest @ ..] = rest else { return false };
            let (is_start, is_end) = (fragment & 0x80 != 0, fragment & 0x40 != 0);
            if is_start {
                put(true, &[first & 0x81 | (fragment & 0x3f) << 1, *second]);
            } else if !was_open {
                // The beginning was lost, which is counted elsewhere.
                return true;
            }
            put(false, rest);
            *is_open = !is_end;
        }
        _ => return false,
    }
    true
}

/// Like [`h264::pack`](super::h264::pack).
pub(crate) fn pack(nal: &[u8], payload_bytes_max: usize, mut put: impl FnMut(&[u8], &[u8], bool)) {
    let [first, second, body @ ..] = nal else { return };
    if nal.len() <= payload_bytes_max {
        return put(&[], nal, true);
    }
    let kind = first >> 1 & 0x3f;
    let mut pieces = body.chunks(payload_bytes_max.saturating_sub(3).max(1)).peekable();
    let mut is_start = true;
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        let flags = u8::from(is_start) << 7 | u8::from(is_last) << 6;
        put(&[first & 0x81 | FRAGMENT << 1, *second, flags | kind], piece, is_last);
        is_start = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The NAL units that come out of payloads, and whether each payload made sense.
    fn run(payloads: &[&[u8]]) -> (Vec<Vec<u8>>, Vec<bool>) {
        let (mut nals, mut is_open) = (Vec::<Vec<u8>>::new(), false);
        let mut sense = Vec::new();
        for payload in payloads {
            sense.push(unpack(payload, &mut is_open, &mut |is_start, bytes| match nals.last_mut() {
                Some(nal) if !is_start => nal.extend(bytes),
                _ => nals.push(bytes.to_vec()),
            }));
        }
        (nals, sense)
    }

    #[test]
    fn an_aggregate_is_divided_into_its_units() {
        let (nals, sense) = run(&[&[0x60, 1, 0, 3, 0x40, 1, 5, 0, 2, 0x42, 1]]);
        assert_eq!((nals, sense), (vec![vec![0x40, 1, 5], vec![0x42, 1]], vec![true]));
    }

    #[test]
    fn fragments_make_one_unit_and_one_without_its_beginning_makes_none() {
        let pieces: [&[u8]; 4] =
            [&[0x62, 1, 19, 7], &[0x62, 1, 0x93, 1], &[0x62, 1, 0x53, 3], &[0x62, 1, 19, 9]];
        assert_eq!(run(&pieces).0, [[0x26, 1, 1, 3]]);
    }

    #[test]
    fn what_no_camera_sends_is_refused() {
        let (nals, sense) = run(&[&[0x60, 1, 0, 9, 1], &[0x64, 1, 0], &[0x62, 1], &[0x62], &[]]);
        assert_eq!((nals.len(), sense), (0, vec![false, false, false, false, true]));
    }
}
