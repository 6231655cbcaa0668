//! RTP and RTCP packets, interleaved in the RTSP connection (RFC 3550, RFC 6184, RFC 2326 §10.12).

use media::h264;

/// Largest RTP payload; leaves room for headers in an Ethernet frame, as cameras do.
const PAYLOAD_MAX: usize = 1400;
/// Payload type announced in the SDP.
pub(crate) const PAYLOAD_TYPE: u8 = 96;
/// Interleaved channels of media and control.
pub(crate) const CHANNEL_RTP: u8 = 0;
pub(crate) const CHANNEL_RTCP: u8 = 1;
/// NAL unit type of a fragment (RFC 6184 §5.8).
const FU_A: u8 = 28;
/// Seconds between 1900 (NTP) and 1970 (Unix).
const NTP_OFFSET_S: u64 = 2_208_988_800;

/// The RTP side of one client.
#[derive(Debug)]
pub(crate) struct Packetiser {
    pub(crate) ssrc: u32,
    pub(crate) sequence: u16,
    packets: u32,
    octets: u32,
}

impl Packetiser {
    pub(crate) fn new(ssrc: u32, sequence: u16) -> Self {
        Self { ssrc, sequence, packets: 0, octets: 0 }
    }

    /// Appends the packets of one access unit to `out`.
    pub(crate) fn access_unit(&mut self, out: &mut Vec<u8>, data: &[u8], timestamp: u32) {
        let mut nals = h264::nal_units(data).peekable();
        while let Some(nal) = nals.next() {
            let last = nals.peek().is_none();
            if nal.len() <= PAYLOAD_MAX {
                self.packet(out, timestamp, last, &[nal]);
                continue;
            }
            let (header, body) = (nal[0], &nal[1..]);
            let mut chunks = body.chunks(PAYLOAD_MAX - 2).peekable();
            let mut start = 0x80;
            while let Some(chunk) = chunks.next() {
                let end = if chunks.peek().is_none() { 0x40 } else { 0 };
                let fragment = [header & 0xe0 | FU_A, start | end | header & 0x1f];
                self.packet(out, timestamp, last && end != 0, &[&fragment, chunk]);
                start = 0;
            }
        }
    }

    /// Appends a packet whose content is nonsense for H.264: a fragment that was never begun, of a reserved type.
    pub(crate) fn garbage(&mut self, out: &mut Vec<u8>, timestamp: u32) {
        self.packet(out, timestamp, true, &[&[0x1e, 0xff, 0x00, 0xde, 0xad, 0xbe, 0xef]]);
    }

    fn packet(&mut self, out: &mut Vec<u8>, timestamp: u32, marker: bool, parts: &[&[u8]]) {
        let payload: usize = parts.iter().map(|part| part.len()).sum();
        out.extend_from_slice(&[b'$', CHANNEL_RTP]);
        out.extend_from_slice(&((payload + 12) as u16).to_be_bytes());
        out.extend_from_slice(&[0x80, PAYLOAD_TYPE | if marker { 0x80 } else { 0 }]);
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&timestamp.to_be_bytes());
        out.extend_from_slice(&self.ssrc.to_be_bytes());
        for part in parts {
            out.extend_from_slice(part);
        }
        self.sequence = self.sequence.wrapping_add(1);
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(payload as u32);
    }

    /// Appends a sender report (RFC 3550 §6.4.1) saying that `timestamp` is `unix_us`.
    pub(crate) fn sender_report(&self, out: &mut Vec<u8>, timestamp: u32, unix_us: u64) {
        let seconds = unix_us / 1_000_000 + NTP_OFFSET_S;
        let fraction = ((unix_us % 1_000_000) << 32) / 1_000_000;
        out.extend_from_slice(&[b'$', CHANNEL_RTCP, 0, 28, 0x80, 200, 0, 6]);
        for field in [self.ssrc, seconds as u32, fraction as u32, timestamp, self.packets, self.octets] {
            out.extend_from_slice(&field.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_unit_is_cut_and_only_the_last_packet_is_marked() {
        let mut data = vec![0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 1, 0x65];
        data.extend(std::iter::repeat_n(7, 3000));
        let mut out = Vec::new();
        Packetiser::new(9, 65_535).access_unit(&mut out, &data, 1234);
        let mut rest = out.as_slice();
        let mut packets = Vec::new();
        while let [b'$', 0, high, low, tail @ ..] = rest {
            let length = usize::from(*high) << 8 | usize::from(*low);
            packets.push(&tail[..length]);
            rest = &tail[length..];
        }
        assert!(rest.is_empty());
        assert_eq!(packets.len(), 4);
        let marks: Vec<bool> = packets.iter().map(|packet| packet[1] & 0x80 != 0).collect();
        assert_eq!(marks, [false, false, false, true]);
        assert_eq!(&packets[1][12..14], &[0x7c, 0x85]);
        assert_eq!(&packets[3][12..14], &[0x7c, 0x45]);
        assert_eq!(&packets[1][2..4], &[0, 0], "sequence wraps");
        let payload: usize = packets[1..].iter().map(|packet| packet.len() - 14).sum();
        assert_eq!(payload, 3000);
    }
}
