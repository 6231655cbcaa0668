//! RTP and RTCP packets, interleaved in the RTSP connection (RFC 3550, RFC 6184, RFC 2326 §10.12).

use gb28181::ps::Codec;
use gb28181::rtp::{Packetizer, Payload};
use media::{SoundCodec, VideoCodec};

/// Largest RTP packet; passes Ethernet, as cameras do.
const PACKET_BYTES_MAX: usize = 1412;
/// Bytes of an RTP header without extensions.
const HEADER_BYTES: usize = 12;
/// Payload type of the pictures announced in the SDP.
pub(crate) const PAYLOAD_TYPE: u8 = 96;
/// Interleaved channels of the pictures and of the sound; their control channels are one higher.
pub(crate) const VIDEO_CHANNEL: u8 = 0;
pub(crate) const SOUND_CHANNEL: u8 = 2;
/// Seconds between 1900 (NTP) and 1970 (Unix).
const NTP_OFFSET_S: u64 = 2_208_988_800;

/// The RTP side of one track of one client.
#[derive(Debug)]
pub(crate) struct Track {
    channel: u8,
    ssrc: u32,
    packets: u32,
    octets: u32,
    packetizer: Packetizer,
}

/// The payload type of sound: numbers of RFC 3551 where there are some.
pub(crate) fn sound_payload_type(codec: SoundCodec) -> u8 {
    match codec {
        SoundCodec::G711U => 0,
        SoundCodec::G711A => 8,
        SoundCodec::Aac => 97,
    }
}

impl Track {
    /// The pictures.
    pub(crate) fn video(codec: VideoCodec, ssrc: u32) -> Self {
        Self::new(VIDEO_CHANNEL, PAYLOAD_TYPE, codec.into(), ssrc)
    }

    /// The sound.
    pub(crate) fn sound(codec: SoundCodec, ssrc: u32) -> Self {
        Self::new(SOUND_CHANNEL, sound_payload_type(codec), codec.into(), ssrc)
    }

    fn new(channel: u8, payload_type: u8, codec: Codec, ssrc: u32) -> Self {
        let payload = Payload::Elementary(codec);
        let packetizer = Packetizer::new(payload, payload_type, ssrc, (ssrc >> 7) as u16, PACKET_BYTES_MAX);
        Self { channel, ssrc, packets: 0, octets: 0, packetizer }
    }

    /// Appends the packets of one access unit with start codes, or of one piece of sound, to `out`.
    pub(crate) fn frame(&mut self, out: &mut Vec<u8>, data: &[u8], timestamp: u32) {
        let (channel, packets, octets) = (self.channel, &mut self.packets, &mut self.octets);
        self.packetizer.frame(data, timestamp, |packet| {
            out.extend_from_slice(&[b'$', channel]);
            out.extend_from_slice(&(packet.len() as u16).to_be_bytes());
            out.extend_from_slice(packet);
            *packets = packets.wrapping_add(1);
            *octets = octets.wrapping_add((packet.len() - HEADER_BYTES) as u32);
        });
    }

    /// Appends a packet whose content is nonsense: a fragment that was never begun, of a reserved type.
    pub(crate) fn garbage(&mut self, out: &mut Vec<u8>, timestamp: u32) {
        self.frame(out, &[0, 0, 1, 0x1e, 0xff, 0x00, 0xde, 0xad, 0xbe, 0xef], timestamp);
    }

    /// Appends a sender report (RFC 3550 §6.4.1) saying that `timestamp` is `unix_us`.
    pub(crate) fn sender_report(&self, out: &mut Vec<u8>, timestamp: u32, unix_us: u64) {
        let seconds = unix_us / 1_000_000 + NTP_OFFSET_S;
        let fraction = ((unix_us % 1_000_000) << 32) / 1_000_000;
        out.extend_from_slice(&[b'$', self.channel + 1, 0, 28, 0x80, 200, 0, 6]);
        for field in [self.ssrc, seconds as u32, fraction as u32, timestamp, self.packets, self.octets] {
            out.extend_from_slice(&field.to_be_bytes());
        }
    }
}

/// AAC as one packet carries it: the length of the header in bits, then 13 bits of size and 3 of index (RFC 3640 §3.3.6).
pub(crate) fn aac_payload(aac: &[u8]) -> Vec<u8> {
    let mut out = vec![0, 16];
    out.extend_from_slice(&((aac.len() as u16) << 3).to_be_bytes());
    out.extend_from_slice(aac);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_unit_is_cut_and_only_the_last_packet_is_marked() {
        let mut data = vec![0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 1, 0x65];
        data.extend(std::iter::repeat_n(7, 3000));
        let mut out = Vec::new();
        Track::video(VideoCodec::H264, 0xffff << 7).frame(&mut out, &data, 1234);
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
