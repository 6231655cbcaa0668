//! The receiving end of one session, over TCP or over UDP, without a socket.

use super::{
    Delivery, Faults, Framer, Header, Hopeless, NotRtp, Packet, PayloadTypes, Reorder, ReorderSettings,
    Unpacker,
};
use crate::ps::{Frame, Hints};
use bytes::Bytes;

/// Senders told apart on one connection: pictures and sound, and some that were replaced.
const SENDERS_MAX: usize = 4;
/// Steps ahead that are a gap; further ones are a sender that counts as it likes.
const GAP_MAX: u16 = 3_000;
/// How much a gap weighs against packets in order when the numbers themselves are doubted.
const GAP_WEIGHT: u32 = 4;
/// The doubt at which the numbers are not believed any more. Over TCP gaps are the sender's own doing and rare.
const DOUBT_MAX: u32 = 128;

/// What is known about a session before its first packet.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Meaning of the payload types.
    pub types: PayloadTypes,
    /// Codecs promised by the SDP.
    pub hints: Hints,
    /// Bounds of the waiting for missing packets; UDP only, except for the SSRC agreed on.
    pub reorder: ReorderSettings,
}

/// Receives over a TCP connection.
#[derive(Debug)]
pub struct TcpReceiver {
    framer: Framer,
    senders: Vec<Sender>,
    doubt: u32,
    packets: u64,
    unpacker: Unpacker,
    faults: Faults,
}

#[derive(Debug)]
struct Sender {
    ssrc: u32,
    payload_type: u8,
    next: u16,
}

impl TcpReceiver {
    /// The receiver of one connection.
    pub fn new(settings: Settings) -> Self {
        Self {
            framer: Framer::default(),
            senders: Vec::new(),
            doubt: 0,
            packets: 0,
            unpacker: Unpacker::new(settings.types, settings.hints),
            faults: Faults::default(),
        }
    }

    /// Takes what was read from the connection; complete frames are appended to `out`. After an error the connection
    /// should be closed.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), Hopeless> {
        self.framer.push(bytes);
        while let Some(data) = self.framer.next(&mut self.faults)? {
            if let Some(packet) = parse(&data, &mut self.faults) {
                self.packets += 1;
                self.check_order(packet.header, out);
                self.unpacker.take(Delivery::Packet(packet), &mut self.faults, out);
            }
        }
        Ok(())
    }

    /// The connection has ended, or nothing has come for a while: gives out the last picture.
    pub fn flush(&mut self, out: &mut Vec<Frame>) {
        self.unpacker.flush(out);
    }

    /// What has been wrong so far.
    pub fn faults(&self) -> Faults {
        Faults { program: self.unpacker.program_faults(), ..self.faults.clone() }
    }

    /// RTP packets taken so far, whoever sent them.
    pub fn packets(&self) -> u64 {
        self.packets
    }

    /// The SSRC of the sender heard last for the first time.
    pub fn ssrc(&self) -> Option<u32> {
        self.senders.last().map(|sender| sender.ssrc)
    }

    /// TCP keeps packets in order, but a sender may drop some when the network is slow.
    fn check_order(&mut self, header: Header, out: &mut Vec<Frame>) {
        let next = header.sequence.wrapping_add(1);
        if let Some(sender) = self.senders.iter_mut().find(|sender| sender.ssrc == header.ssrc) {
            let missing = header.sequence.wrapping_sub(sender.next);
            sender.next = next;
            if missing == 0 {
                self.doubt = self.doubt.saturating_sub(1);
            } else if missing < GAP_MAX && self.doubt < DOUBT_MAX {
                self.doubt += GAP_WEIGHT;
                self.faults.lost_packets += u64::from(missing);
                self.unpacker.take(Delivery::Lost(u32::from(missing)), &mut self.faults, out);
            }
            return;
        }
        // A new number for what another one sent before is a new session of the same sender.
        if let Some(at) = self.senders.iter().position(|sender| sender.payload_type == header.payload_type) {
            self.senders.remove(at);
            self.faults.ssrc_changes += 1;
            self.unpacker.take(Delivery::Restart, &mut self.faults, out);
        } else if self.senders.len() == SENDERS_MAX {
            self.senders.remove(0);
        }
        self.senders.push(Sender { ssrc: header.ssrc, payload_type: header.payload_type, next });
    }
}

/// Receives datagrams.
#[derive(Debug)]
pub struct UdpReceiver {
    reorder: Reorder,
    unpacker: Unpacker,
    queue: Vec<Delivery>,
    packets: u64,
    faults: Faults,
}

impl UdpReceiver {
    /// The receiver of one port, or of one SSRC on a shared port.
    pub fn new(settings: Settings) -> Self {
        Self {
            reorder: Reorder::new(settings.reorder),
            unpacker: Unpacker::new(settings.types, settings.hints),
            queue: Vec::new(),
            packets: 0,
            faults: Faults::default(),
        }
    }

    /// Takes a datagram that arrived at `now_ms`, on a clock that never runs back; complete frames are appended to `out`.
    pub fn push(&mut self, datagram: &Bytes, now_ms: u64, out: &mut Vec<Frame>) {
        if let Some(packet) = parse(datagram, &mut self.faults) {
            self.packets += 1;
            self.reorder.push(packet, now_ms, &mut self.faults, &mut self.queue);
            self.deliver(out);
        }
    }

    /// When [`expire`](Self::expire) has something to do, if nothing arrives before.
    pub fn deadline_ms(&self) -> Option<u64> {
        self.reorder.deadline_ms()
    }

    /// Gives up packets that have been waited for long enough by `now_ms`.
    pub fn expire(&mut self, now_ms: u64, out: &mut Vec<Frame>) {
        self.reorder.expire(now_ms, &mut self.faults, &mut self.queue);
        self.deliver(out);
    }

    /// Nothing more will come, or nothing has come for a while: gives out all that is kept, up to the last picture.
    pub fn flush(&mut self, out: &mut Vec<Frame>) {
        self.reorder.flush(&mut self.faults, &mut self.queue);
        self.deliver(out);
        self.unpacker.flush(out);
    }

    /// What has been wrong so far.
    pub fn faults(&self) -> Faults {
        Faults { program: self.unpacker.program_faults(), ..self.faults.clone() }
    }

    /// RTP packets taken so far, whoever sent them.
    pub fn packets(&self) -> u64 {
        self.packets
    }

    /// The SSRC locked on to.
    pub fn ssrc(&self) -> Option<u32> {
        self.reorder.ssrc()
    }

    fn deliver(&mut self, out: &mut Vec<Frame>) {
        for delivery in self.queue.drain(..) {
            self.unpacker.take(delivery, &mut self.faults, out);
        }
    }
}

fn parse(data: &Bytes, faults: &mut Faults) -> Option<Packet> {
    match Packet::parse(data) {
        Ok(packet) => return Some(packet),
        Err(NotRtp::Control) => {}
        Err(NotRtp::Sip) => faults.sip_messages += 1,
        Err(NotRtp::Short | NotRtp::Version(_)) => faults.bad_packets += 1,
    }
    None
}
