//! The header of a PES packet (ISO/IEC 13818-1 §2.4.3.6): stream id, length, time of display and of decoding.
//!
//! One sender leaves out the first of the two flag bytes and puts a filler in front of the payload instead, so that
//! its header has the right size and a wrong layout; that form is read too.

/// Bytes up to and including the length of the optional part.
pub(crate) const FIXED_BYTES: usize = 9;
/// Largest value of the packet length field.
const LENGTH_MAX: usize = 0xffff;

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PesHeader {
    pub(crate) stream: u8,
    /// Bytes of payload; `None` for a packet of length 0, which lasts until the next start code of the container.
    pub(crate) payload_bytes: Option<usize>,
    /// 33 bits at 90 kHz.
    pub(crate) pts: Option<u64>,
    /// 33 bits at 90 kHz.
    pub(crate) dts: Option<u64>,
    /// The first flag byte was missing.
    pub(crate) is_short: bool,
}

/// Bytes of the whole header, once the first [`FIXED_BYTES`] are there.
pub(crate) fn header_bytes(head: &[u8]) -> usize {
    let at = if is_short(head) { 7 } else { 8 };
    FIXED_BYTES + usize::from(head[at])
}

/// Recognises the layout without its first flag byte: flags and length agree there, and in the ordinary reading the top
/// bits would be wrong or promise no time at all.
fn is_short(head: &[u8]) -> bool {
    match (head[6], head[7]) {
        (0xc0, 10) | (0x00, 0) => true,
        (0x80, 5) => head[8] & 0xf1 == 0x21,
        _ => false,
    }
}

/// Reads a complete header; `None` if it cannot be one.
pub(crate) fn parse(head: &[u8]) -> Option<PesHeader> {
    let short = is_short(head);
    let flags_at = if short { 6 } else { 7 };
    if !short && head[6] & 0xc0 != 0x80 {
        return None;
    }
    let optional = head.get(flags_at + 2..)?;
    let flags = head[flags_at] >> 6;
    let pts = optional.get(..5).filter(|_| flags & 2 != 0).map(timestamp);
    let dts = optional.get(5..10).filter(|_| flags == 3).map(timestamp);
    let length = usize::from(head[4]) << 8 | usize::from(head[5]);
    let payload_bytes = match length {
        0 => None,
        length => Some(length.checked_sub(head.len() - 6)?),
    };
    Some(PesHeader { stream: head[3], payload_bytes, pts, dts, is_short: short })
}

fn timestamp(bytes: &[u8]) -> u64 {
    let byte = |at: usize| u64::from(bytes[at]);
    (byte(0) >> 1 & 7) << 30 | byte(1) << 22 | (byte(2) >> 1) << 15 | byte(3) << 7 | byte(4) >> 1
}

/// Writes the packets for one frame: as many as its size needs, the first one with the times.
pub(crate) fn write(stream: u8, pts: u64, dts: Option<u64>, payload: &[u8], out: &mut Vec<u8>) {
    let mut rest = payload;
    let mut is_first = true;
    while is_first || !rest.is_empty() {
        let optional_bytes = match (is_first, dts) {
            (false, _) => 0,
            (true, None) => 5,
            (true, Some(_)) => 10,
        };
        let take = rest.len().min(LENGTH_MAX - 3 - optional_bytes);
        let (piece, after) = rest.split_at(take);
        out.extend_from_slice(&[0, 0, 1, stream]);
        out.extend_from_slice(&((3 + optional_bytes + take) as u16).to_be_bytes());
        // "10", and data_alignment_indicator where a frame begins.
        out.push(if is_first { 0x84 } else { 0x80 });
        out.extend_from_slice(&[[0, 0x80, 0xc0][optional_bytes / 5], optional_bytes as u8]);
        if is_first {
            let mark = if dts.is_some() { 3 } else { 2 };
            out.extend_from_slice(&coded_timestamp(mark, pts));
            if let Some(dts) = dts {
                out.extend_from_slice(&coded_timestamp(1, dts));
            }
        }
        out.extend_from_slice(piece);
        rest = after;
        is_first = false;
    }
}

fn coded_timestamp(mark: u8, time: u64) -> [u8; 5] {
    [
        (mark << 4) | ((time >> 29) as u8 & 0x0e) | 1,
        (time >> 22) as u8,
        (time >> 14) as u8 | 1,
        (time >> 7) as u8,
        (time << 1) as u8 | 1,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_writing_and_reading() {
        for time in [0, 1, 0x7fff, 0x8000, 0x1_2345_6789, (1 << 33) - 1] {
            for mark in 1..4 {
                assert_eq!(timestamp(&coded_timestamp(mark, time)), time);
            }
        }
    }

    #[test]
    fn a_frame_above_64_kib_becomes_several_packets_with_one_time() {
        let mut out = Vec::new();
        write(0xe0, 7, Some(5), &vec![9; 150_000], &mut out);
        let (mut at, mut headers, mut payload) = (0, Vec::new(), 0);
        while at < out.len() {
            let bytes = header_bytes(&out[at..at + FIXED_BYTES]);
            let header = parse(&out[at..at + bytes]).expect("a header");
            let length = header.payload_bytes.expect("bounded");
            payload += length;
            at += bytes + length;
            headers.push((header.pts, header.dts));
        }
        assert_eq!(payload, 150_000);
        assert_eq!(headers, [(Some(7), Some(5)), (None, None), (None, None)]);
    }

    #[test]
    fn a_header_without_its_first_flag_byte_is_read() {
        let head = [[0, 0, 1, 0xe0, 0, 12, 0x80, 5].as_slice(), &coded_timestamp(2, 90_000), &[0]].concat();
        assert_eq!(header_bytes(&head[..FIXED_BYTES]), head.len());
        let header = parse(&head).expect("a header");
        assert_eq!((header.pts, header.payload_bytes, header.is_short), (Some(90_000), Some(4), true));
    }

    #[test]
    fn a_header_longer_than_its_packet_is_refused() {
        let head = [0, 0, 1, 0xe0, 0, 5, 0x80, 0, 4, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(parse(&head), None);
    }
}
