//! Gathers the bytes of one audio stream into frames: one for each PES packet, except that AAC is divided at its ADTS
//! headers, wherever the packets end.

use super::Codec;
use super::adts::{self, Look};
use super::choice::Choice;
use super::clock::{FrameClock, Stamp};
use super::frame::{Frame, Sink};
use bytes::Bytes;

/// Bytes kept of an audio packet, more than the PES length can say. Devices send 160 to 2048 at a time.
const PACKET_BYTES_MAX: usize = 64 << 10;

/// One audio stream.
#[derive(Debug)]
pub(crate) struct Audio {
    stream: u8,
    choice: Choice,
    clock: FrameClock,
    data: Vec<u8>,
    stamp: Option<Stamp>,
    /// Bytes of an AAC frame that the packet before has begun.
    carried: usize,
    lost_packets: u32,
    is_broken: bool,
}

impl Audio {
    /// A stream of which nothing is known but perhaps a codec promised elsewhere.
    pub(crate) fn new(stream: u8, hint: Option<Codec>) -> Self {
        let mut choice = Choice::new(hint);
        choice.fall_back();
        Self {
            stream,
            choice,
            clock: FrameClock::default(),
            data: Vec::new(),
            stamp: None,
            carried: 0,
            lost_packets: 0,
            is_broken: false,
        }
    }

    /// The map names the codec.
    pub(crate) fn declare(&mut self, codec: Codec) {
        self.choice.declare(codec);
    }

    /// A packet begins.
    pub(crate) fn begin(&mut self, stamp: Stamp) {
        // Bytes before `carried` belong to an AAC frame that goes on in this packet.
        self.data.truncate(self.carried);
        self.is_broken = false;
        self.stamp = Some(stamp);
    }

    /// Bytes of the packet.
    pub(crate) fn data(&mut self, bytes: &[u8], sink: &mut Sink) {
        if self.data.len() + bytes.len() > PACKET_BYTES_MAX {
            sink.faults.oversized_frames += u64::from(!self.is_broken);
            self.is_broken = true;
            self.data.clear();
            self.carried = 0;
        }
        if !self.is_broken {
            self.data.extend_from_slice(bytes);
        }
    }

    /// The packet is complete.
    pub(crate) fn end(&mut self, sink: &mut Sink) {
        if self.data.is_empty() {
            return;
        }
        let looks_like_aac = matches!(adts::look(&self.data), Look::Frame { .. });
        match self.choice.codec() {
            Some(Codec::Aac) => self.split(sink),
            None if looks_like_aac => {
                self.choice.prove(Codec::Aac, sink.faults);
                self.split(sink);
            }
            Some(codec) => {
                let data = std::mem::take(&mut self.data);
                let stamp = self.stamp.take();
                self.give(codec, stamp, &data, sink);
            }
            None => {
                sink.faults.codec_unknown_bytes += self.data.len() as u64;
                self.data.clear();
            }
        }
    }

    /// Packets are missing here.
    pub(crate) fn lost(&mut self, packets: u32, sink: &mut Sink) {
        sink.faults.damaged_frames += u64::from(!self.data.is_empty());
        self.data.clear();
        self.carried = 0;
        self.is_broken = true;
        self.lost_packets = self.lost_packets.saturating_add(packets);
    }

    /// The sender starts anew.
    pub(crate) fn restart(&mut self, sink: &mut Sink) {
        self.lost(0, sink);
        self.clock.restart();
    }

    /// Divides AAC at its headers and keeps a frame that has only begun.
    fn split(&mut self, sink: &mut Sink) {
        let data = std::mem::take(&mut self.data);
        let mut rest = data.as_slice();
        let mut stamp = self.stamp.take();
        let mut carried = std::mem::take(&mut self.carried);
        loop {
            match adts::look(rest) {
                Look::Frame { bytes, rate_hz } if bytes <= rest.len() => {
                    // The time of a packet is that of the first frame which begins in it.
                    let own = if carried > 0 { None } else { stamp.take() };
                    carried = carried.saturating_sub(bytes);
                    self.clock.set_step(adts::FRAME_SAMPLES * 90_000 / i64::from(rate_hz));
                    self.give(Codec::Aac, own, &rest[..bytes], sink);
                    rest = &rest[bytes..];
                }
                Look::Frame { .. } | Look::Short => break,
                Look::Other => {
                    // Bare AAC without headers is passed on as it came.
                    if rest.len() == data.len() {
                        self.give(Codec::Aac, stamp.take(), rest, sink);
                    } else {
                        sink.faults.damaged_frames += 1;
                    }
                    rest = &[];
                    break;
                }
            }
        }
        self.data.extend_from_slice(rest);
        self.carried = rest.len();
    }

    fn give(&mut self, codec: Codec, stamp: Option<Stamp>, data: &[u8], sink: &mut Sink) {
        let timed = self.clock.time(stamp, sink.faults);
        sink.out.push(Frame {
            codec,
            stream: self.stream,
            pts: timed.pts,
            dts: None,
            is_key: true,
            discontinuity: timed.discontinuity,
            lost_packets: std::mem::take(&mut self.lost_packets),
            parameter_sets: None,
            data: Bytes::copy_from_slice(data),
        });
    }
}
