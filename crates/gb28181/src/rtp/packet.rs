//! One RTP packet (RFC 3550 §5.1).

use super::text;
use bytes::Bytes;

/// Bytes of the part of a header that every packet has.
pub(crate) const HEADER_BYTES: usize = 12;

/// The fields of a header that matter here; sources contributing and extensions are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Set on the last packet of a frame, if the sender can be believed.
    pub marker: bool,
    /// What the payload is, 0 to 127; see [`PayloadTypes`](super::PayloadTypes).
    pub payload_type: u8,
    /// Counts packets, wrapping.
    pub sequence: u16,
    /// Time in units of the payload type's clock, wrapping; one value for all packets of a frame.
    pub timestamp: u32,
    /// Who sends; for GB/T 28181 the number behind `y=`.
    pub ssrc: u32,
}

/// A packet with its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// The fields of the header.
    pub header: Header,
    /// What it carries, padding removed.
    pub payload: Bytes,
}

/// Why bytes are no RTP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRtp {
    /// Fewer bytes than the header, its extension or its padding claim.
    #[error("shorter than its own header says")]
    Short,
    /// Another version than 2.
    #[error("RTP version {0}")]
    Version(u8),
    /// A control packet (RFC 5761 §4), no fault.
    #[error("an RTCP packet")]
    Control,
    /// A SIP message on the media port.
    #[error("a SIP message")]
    Sip,
}

impl Packet {
    /// Reads a packet; the payload shares memory with `data`.
    pub fn parse(data: &Bytes) -> Result<Self, NotRtp> {
        let (header, from, to) = locate(data)?;
        Ok(Self { header, payload: data.slice(from..to) })
    }
}

impl Header {
    /// The twelve bytes of a header without contributing sources and extension.
    pub fn to_bytes(self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[0] = 0x80;
        bytes[1] = u8::from(self.marker) << 7 | self.payload_type & 0x7f;
        bytes[2..4].copy_from_slice(&self.sequence.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.timestamp.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.ssrc.to_be_bytes());
        bytes
    }
}

/// True for the second byte of a control packet: types 192 to 223 (RFC 5761 §4).
pub(crate) fn is_control(second_byte: u8) -> bool {
    (192..=223).contains(&second_byte)
}

/// The header of a packet, and where its payload begins and ends.
fn locate(data: &[u8]) -> Result<(Header, usize, usize), NotRtp> {
    if text::is_sip(data) {
        return Err(NotRtp::Sip);
    }
    let [b0, b1, s0, s1, t0, t1, t2, t3, ..] = *data else { return Err(NotRtp::Short) };
    if b0 >> 6 != 2 {
        return Err(NotRtp::Version(b0 >> 6));
    }
    if is_control(b1) {
        return Err(NotRtp::Control);
    }
    let Some(&[r0, r1, r2, r3]) = data.get(8..12) else { return Err(NotRtp::Short) };
    let mut from = HEADER_BYTES + 4 * usize::from(b0 & 0x0f);
    if b0 & 0x10 != 0 {
        let Some(&[_, _, w0, w1]) = data.get(from..from + 4) else { return Err(NotRtp::Short) };
        from += 4 + 4 * usize::from(u16::from_be_bytes([w0, w1]));
    }
    let padding = match data.last() {
        Some(&last) if b0 & 0x20 != 0 => usize::from(last),
        _ => 0,
    };
    let to = data.len().checked_sub(padding).filter(|&to| to >= from).ok_or(NotRtp::Short)?;
    let header = Header {
        marker: b1 & 0x80 != 0,
        payload_type: b1 & 0x7f,
        sequence: u16::from_be_bytes([s0, s1]),
        timestamp: u32::from_be_bytes([t0, t1, t2, t3]),
        ssrc: u32::from_be_bytes([r0, r1, r2, r3]),
    };
    Ok((header, from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header { marker: true, payload_type: 96, sequence: 65_535, timestamp: 0xfedc_ba98, ssrc: 100_000_001 }
    }

    #[test]
    fn sources_extension_and_padding_are_taken_off() {
        let mut bytes = header().to_bytes().to_vec();
        bytes[0] |= 0x20 | 0x10 | 2;
        bytes.extend([0; 8]);
        bytes.extend([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
        bytes.extend(b"load");
        bytes.extend([0, 0, 3]);
        let packet = Packet::parse(&bytes.into()).expect("a packet");
        assert_eq!((packet.header, packet.payload.as_ref()), (header(), b"load".as_slice()));
    }

    #[test]
    fn what_is_no_packet_is_told_apart() {
        let parse = |bytes: &[u8]| Packet::parse(&Bytes::copy_from_slice(bytes)).expect_err("no packet");
        assert_eq!(parse(&[0x80; 7]), NotRtp::Short);
        assert_eq!(parse(&[0x40; 12]), NotRtp::Version(1));
        assert_eq!(parse(&[0x80, 200, 0, 6, 0, 0, 0, 1]), NotRtp::Control);
        assert_eq!(parse(b"REGISTER sip:34020000002000000001@3402000000 SIP/2.0\r\n"), NotRtp::Sip);
        let mut padded = header().to_bytes();
        padded[0] |= 0x20;
        padded[11] = 200;
        assert_eq!(parse(&padded), NotRtp::Short);
    }

    proptest::proptest! {
        #[test]
        fn any_header_comes_back(marker: bool, payload_type in 0u8..64, sequence: u16, timestamp: u32, ssrc: u32) {
            let header = Header { marker, payload_type, sequence, timestamp, ssrc };
            let packet = Packet::parse(&Bytes::copy_from_slice(&header.to_bytes())).expect("a packet");
            proptest::prop_assert_eq!(packet.header, header);
        }
    }
}
