//! RTP: packets, packets in byte streams, their order, and what they carry.

use bytes::Bytes;
use gb28181::ps::{Codec, Frame};
use gb28181::rtp::{
    Delivery, Faults, Framer, Header, Packet, Packetizer, Payload, Reorder, ReorderSettings, Settings,
    TcpReceiver, UdpReceiver, frame_packet,
};

use super::pieces;

/// Packets that may wait in the target of the order; few, so that the limit is met.
const WAITING_MAX: usize = 16;
/// How long one waits there.
const WAIT_MS: u64 = 150;
/// Largest packet that is sent.
const PACKET_BYTES_MAX: usize = 100;

/// A byte stream of packets gives the same packets and frames however it is cut; framed packets come back.
pub fn gb_rtp(bytes: &[u8]) {
    let Some((cut, stream)) = bytes.split_first() else { return };
    let data = Bytes::copy_from_slice(stream);
    let packet = Packet::parse(&data);
    if let Ok(packet) = &packet {
        assert!(packet.payload.len() + packet.header.to_bytes().len() <= stream.len());
    }
    let whole = packets(std::iter::once(stream));
    assert_eq!(packets(pieces(stream, *cut)), whole, "cut by {cut:#04x}");
    assert!(whole.0.iter().map(Bytes::len).sum::<usize>() <= stream.len());
    let frames = received(std::iter::once(stream));
    assert_eq!(received(pieces(stream, *cut)), frames, "cut by {cut:#04x}");
    assert!(given_bytes(&frames) <= 3 * stream.len());
}

fn packets<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<Bytes>, bool) {
    let (mut framer, mut faults, mut packets) = (Framer::default(), Faults::default(), Vec::new());
    for piece in pieces {
        framer.push(piece);
        loop {
            match framer.next(&mut faults) {
                Ok(Some(packet)) => packets.push(packet),
                Ok(None) => break,
                Err(_) => return (packets, false),
            }
        }
    }
    (packets, true)
}

fn received<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Frame> {
    let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
    for piece in pieces {
        if receiver.push(piece, &mut frames).is_err() {
            break;
        }
    }
    receiver.flush(&mut frames);
    frames
}

fn given_bytes(frames: &[Frame]) -> usize {
    frames.iter().map(|frame| frame.data.len()).sum()
}

/// Packets in any order and at any time: they come out in order, what is missing is counted, few wait, and none is lost or doubled.
pub fn gb_reorder(bytes: &[u8]) {
    let settings = ReorderSettings { wait_ms: WAIT_MS, packets_max: WAITING_MAX, ssrc: Some(1) };
    let (mut reorder, mut faults) = (Reorder::new(settings), Faults::default());
    let (mut now_ms, mut came, mut order) = (0, 0, Order::default());
    let mut out = Vec::new();
    for step in bytes.chunks_exact(4) {
        now_ms += u64::from(step[0]);
        let sequence = u16::from_be_bytes([step[1], step[2]]);
        let ssrc = u32::from(step[3] & 3);
        let header = Header { marker: false, payload_type: 96, sequence, timestamp: 0, ssrc };
        reorder.push(Packet { header, payload: Bytes::new() }, now_ms, &mut faults, &mut out);
        came += 1;
        out.drain(..).for_each(|delivery| order.take(&delivery));
        let waiting = came - order.packets - dropped(&faults);
        assert!(waiting < WAITING_MAX as u64, "{waiting} packets wait");
        assert_eq!(reorder.deadline_ms().is_some(), waiting > 0);
        assert!(reorder.deadline_ms().is_none_or(|at| at > now_ms && at <= now_ms + WAIT_MS));
    }
    reorder.flush(&mut faults, &mut out);
    out.drain(..).for_each(|delivery| order.take(&delivery));
    assert_eq!(order.packets + dropped(&faults), came);
    assert_eq!(order.lost, faults.lost_packets);
}

fn dropped(faults: &Faults) -> u64 {
    faults.late_packets + faults.duplicate_packets + faults.foreign_packets
}

/// What has come out so far.
#[derive(Default)]
struct Order {
    next: Option<u16>,
    packets: u64,
    lost: u64,
}

impl Order {
    fn take(&mut self, delivery: &Delivery) {
        match delivery {
            Delivery::Packet(packet) => {
                let sequence = packet.header.sequence;
                assert!(self.next.is_none_or(|next| next == sequence), "{sequence} for {:?}", self.next);
                self.next = Some(sequence.wrapping_add(1));
                self.packets += 1;
            }
            Delivery::Lost(packets) => {
                assert!(*packets > 0);
                self.next = self.next.map(|next| next.wrapping_add(*packets as u16));
                self.lost += u64::from(*packets);
            }
            Delivery::Restart => self.next = None,
        }
    }
}

/// Payloads of any sort in packets, by UDP; and any bytes as a byte stream of pictures, sent in packets and received.
pub fn gb_depacketise(bytes: &[u8]) {
    let Some((kind, mut rest)) = bytes.split_first() else { return };
    let payload_type = [96, 97, 98, 99, 100, 0, 8, 102][usize::from(kind & 7)];
    let codec = if kind & 8 == 0 { Codec::H264 } else { Codec::H265 };
    sent(codec, rest);
    let (mut receiver, mut frames) = (UdpReceiver::new(Settings::default()), Vec::new());
    let (mut sequence, mut timestamp, mut now_ms) = (0_u16, 0_u32, 0);
    while let [what, length, after @ ..] = rest {
        let (payload, after) = after.split_at(usize::from(*length).min(after.len()));
        rest = after;
        sequence = sequence.wrapping_add(1 + u16::from(what & 0x30 == 0x30));
        timestamp = timestamp.wrapping_add(u32::from(what & 7) * 900);
        now_ms += u64::from(what >> 6) * 60;
        let header = Header { marker: what & 8 != 0, payload_type, sequence, timestamp, ssrc: 7 };
        let packet = [&header.to_bytes()[..], payload].concat();
        receiver.push(&packet.into(), now_ms, &mut frames);
    }
    receiver.flush(&mut frames);
    // A start code is put before each unit; an aggregate has three bytes for one of a single byte.
    assert!(given_bytes(&frames) <= 5 * bytes.len(), "{} of {}", given_bytes(&frames), bytes.len());
}

/// What is sent comes in packets of the right size and order, the last one marked.
fn sent(codec: Codec, frame: &[u8]) {
    let mut packetizer = Packetizer::new(Payload::Elementary(codec), 98, 7, u16::MAX, PACKET_BYTES_MAX);
    let (mut stream, mut headers) = (Vec::new(), Vec::new());
    packetizer.frame(frame, 9, |packet| {
        assert!(packet.len() <= PACKET_BYTES_MAX);
        headers.push(Packet::parse(&Bytes::copy_from_slice(packet)).expect("a packet of our own").header);
        frame_packet(packet, &mut stream);
    });
    let numbers = headers.iter().map(|header| header.sequence);
    assert!(numbers.eq((0..headers.len()).map(|at| u16::MAX.wrapping_add(at as u16))));
    assert!(headers.iter().rev().skip(1).all(|header| !header.marker));
    assert!(headers.last().is_none_or(|last| last.marker));
    assert_eq!(packets(std::iter::once(&stream[..])).0.len(), headers.len());
    assert!(given_bytes(&received(std::iter::once(&stream[..]))) <= 2 * frame.len() + 8);
}
