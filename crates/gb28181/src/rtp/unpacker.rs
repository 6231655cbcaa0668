//! From packets in order to frames: a program stream, or elementary streams, whichever the packets carry.

use super::elementary::{ElementaryAudio, ElementaryVideo};
use super::packet::Packet;
use super::{Delivery, Faults, Payload, PayloadTypes};
use crate::ps::{Demuxer, Frame, Hints, Sink};

/// A pack header: where a program stream begins, whatever the payload type says.
const PACK: [u8; 4] = [0, 0, 1, 0xba];
/// The beginning of Dahua's own container, sent instead of a program stream (ZLM#1299).
const DAHUA: &[u8] = b"DHAV";

/// Turns the packets of one session into frames.
#[derive(Debug)]
pub struct Unpacker {
    types: PayloadTypes,
    program: Demuxer,
    video: Option<ElementaryVideo>,
    audio: Option<ElementaryAudio>,
    elementary_faults: crate::ps::Faults,
}

impl Unpacker {
    /// An unpacker for a session with these payload types and hints.
    pub fn new(types: PayloadTypes, hints: Hints) -> Self {
        let program = Demuxer::new(hints);
        Self { types, program, video: None, audio: None, elementary_faults: crate::ps::Faults::default() }
    }

    /// Takes what comes next; complete frames are appended to `out`.
    pub fn take(&mut self, delivery: Delivery, faults: &mut Faults, out: &mut Vec<Frame>) {
        match delivery {
            Delivery::Packet(packet) => self.packet(&packet, faults, out),
            Delivery::Lost(packets) => {
                self.program.lost(packets, out);
                let mut sink = Sink { out, faults: &mut self.elementary_faults };
                if let Some(video) = &mut self.video {
                    video.lost(packets, &mut sink);
                }
                if let Some(audio) = &mut self.audio {
                    audio.audio.lost(packets, &mut sink);
                }
            }
            Delivery::Restart => {
                self.program.restart(out);
                let mut sink = Sink { out, faults: &mut self.elementary_faults };
                if let Some(video) = &mut self.video {
                    video.restart(&mut sink);
                }
                if let Some(audio) = &mut self.audio {
                    audio.restart(&mut sink);
                }
            }
        }
    }

    /// Nothing more will come, or nothing has come for a while: gives out the last picture.
    pub fn flush(&mut self, out: &mut Vec<Frame>) {
        self.program.flush(out);
        if let Some(video) = &mut self.video {
            video.flush(&mut Sink { out, faults: &mut self.elementary_faults });
        }
    }

    /// What was wrong inside the packets.
    pub fn program_faults(&self) -> crate::ps::Faults {
        let mut faults = self.program.faults().clone();
        faults += &self.elementary_faults;
        faults
    }

    fn packet(&mut self, packet: &Packet, faults: &mut Faults, out: &mut Vec<Frame>) {
        let payload_type = packet.header.payload_type;
        let (mut payload, clock_hz) = self.types.get(payload_type);
        if payload != Payload::Program && packet.payload.starts_with(&PACK) {
            payload = Payload::Program;
            self.types.set(payload_type, payload, clock_hz);
        }
        if packet.payload.starts_with(DAHUA) {
            faults.foreign_containers += 1;
            return;
        }
        let mut sink = Sink { out, faults: &mut self.elementary_faults };
        match payload {
            Payload::Program => {
                self.program.push(&packet.payload, Some(packet.header.timestamp), out);
                if packet.header.marker {
                    self.program.marker(out);
                }
            }
            Payload::Elementary(codec) if codec.is_video() => {
                let video =
                    self.video.get_or_insert_with(|| ElementaryVideo::new(codec, clock_hz, &mut sink));
                video.packet(packet, faults, &mut sink);
            }
            Payload::Elementary(codec) => {
                let audio = self.audio.get_or_insert_with(|| ElementaryAudio::new(codec, clock_hz));
                audio.packet(packet, &mut sink);
            }
            Payload::Private => faults.private_packets += 1,
        }
    }
}
