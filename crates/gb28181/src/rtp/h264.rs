//! H.264 in RTP packets (RFC 6184): single NAL units, STAP-A and FU-A, the three that cameras use.

/// Aggregation of several NAL units (RFC 6184 §5.7.1).
const STAP_A: u8 = 24;
/// A fragment (RFC 6184 §5.8).
const FU_A: u8 = 28;

/// Takes a payload apart: `put` gets the bytes of NAL units, with true where one begins. `is_open` says, and keeps, whether a fragmented
/// NAL unit is in progress. False if the payload makes no sense.
pub(crate) fn unpack(payload: &[u8], is_open: &mut bool, put: &mut impl FnMut(bool, &[u8])) -> bool {
    let Some(&first) = payload.first() else { return true };
    let was_open = std::mem::take(is_open);
    match first & 0x1f {
        1..=23 => put(true, payload),
        STAP_A => return unpack_aggregate(&payload[1..], put),
        FU_A => {
            let [_, fragment, rest @ ..] = payload else { return false };
            let (is_start, is_end) = (fragment & 0x80 != 0, fragment & 0x40 != 0);
            if is_start {
                put(true, &[first & 0xe0 | fragment & 0x1f]);
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

/// NAL units each behind a 16-bit length; the form is the same in H.265.
pub(crate) fn unpack_aggregate(mut rest: &[u8], put: &mut impl FnMut(bool, &[u8])) -> bool {
    while let [high, low, after @ ..] = rest {
        let bytes = usize::from(*high) << 8 | usize::from(*low);
        let Some((nal, after)) = after.split_at_checked(bytes) else { return false };
        if !nal.is_empty() {
            put(true, nal);
        }
        rest = after;
    }
    rest.is_empty()
}

/// Cuts a NAL unit into payloads of at most `payload_bytes_max`: `put` gets the two parts of each, and true with the last.
pub(crate) fn pack(nal: &[u8], payload_bytes_max: usize, mut put: impl FnMut(&[u8], &[u8], bool)) {
    let Some((&header, body)) = nal.split_first() else { return };
    if nal.len() <= payload_bytes_max {
        return put(&[], nal, true);
    }
    let indicator = header & 0xe0 | FU_A;
    let mut pieces = body.chunks(payload_bytes_max.saturating_sub(2).max(1)).peekable();
    let mut is_start = true;
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        let flags = u8::from(is_start) << 7 | u8::from(is_last) << 6;
        put(&[indicator, flags | header & 0x1f], piece, is_last);
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
        let (nals, sense) = run(&[&[0x78, 0, 2, 0x67, 0x42, 0, 3, 0x68, 0xce, 0x3c]]);
        assert_eq!((nals, sense), (vec![vec![0x67, 0x42], vec![0x68, 0xce, 0x3c]], vec![true]));
    }

    #[test]
    fn fragments_make_one_unit_and_one_without_its_beginning_makes_none() {
        let (nals, _) =
            run(&[&[0x7c, 0x05, 7], &[0x7c, 0x85, 1], &[0x7c, 0x05, 2], &[0x7c, 0x45, 3], &[0x7c, 0x45, 9]]);
        assert_eq!(nals, [[0x65, 1, 2, 3]]);
    }

    #[test]
    fn what_no_camera_sends_is_refused() {
        let (nals, sense) = run(&[&[0x78, 0, 9, 1], &[0x79, 0, 0], &[0x7c], &[]]);
        assert_eq!((nals.len(), sense), (0, vec![false, false, false, true]));
    }
}
