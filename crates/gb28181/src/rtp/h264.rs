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
