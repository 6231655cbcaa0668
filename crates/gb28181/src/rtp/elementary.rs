//! One elementary stream that travels in RTP packets by itself, without a program stream.

use super::packet::Packet;
use super::{Faults, h264, h265};
use crate::ps::{Audio, Codec, Sink, Stamp, Unwrap, Video};

/// The clock of everything that comes out, in Hz.
const CLOCK_HZ: i64 = 90_000;
/// What stands in front of every NAL unit.
const START_CODE: [u8; 4] = [0, 0, 0, 1];
/// The stream id of pictures, as in a program stream.
const VIDEO: u8 = 0xe0;
/// The stream id of sound, as in a program stream.
const AUDIO: u8 = 0xc0;

/// RTP times of one payload type, at 90 kHz.
#[derive(Debug)]
struct Clock {
    unwrap: Unwrap,
    clock_hz: i64,
}

impl Clock {
    fn new(clock_hz: u32) -> Self {
        Self { unwrap: Unwrap::new(32), clock_hz: i64::from(clock_hz) }
    }

    fn stamp(&mut self, timestamp: u32) -> Stamp {
        let ticks = self.unwrap.next(u64::from(timestamp));
        Stamp { pts: None, dts: None, rtp: Some(ticks * CLOCK_HZ / self.clock_hz) }
    }
}

/// Pictures.
#[derive(Debug)]
pub(crate) struct ElementaryVideo {
    /// The rules by which packets are taken apart.
    form: Codec,
    video: Video,
    clock: Clock,
    timestamp: Option<u32>,
    is_open: bool,
}

impl ElementaryVideo {
    pub(crate) fn new(codec: Codec, clock_hz: u32, sink: &mut Sink) -> Self {
        let mut video = Video::new(VIDEO, None);
        video.declare(codec, sink);
        Self { form: codec, video, clock: Clock::new(clock_hz), timestamp: None, is_open: false }
    }

    pub(crate) fn packet(&mut self, packet: &Packet, faults: &mut Faults, sink: &mut Sink) {
        let payload = packet.payload.as_ref();
        if let Some(form) = form_shown_by(payload)
            && form != self.form
        {
            sink.faults.codec_corrections += 1;
            self.form = form;
            self.video.declare(form, sink);
        }
        if self.timestamp != Some(packet.header.timestamp) {
            self.timestamp = Some(packet.header.timestamp);
            self.video.begin(self.clock.stamp(packet.header.timestamp), sink);
        }
        let video = &mut self.video;
        let mut put = |is_start: bool, bytes: &[u8]| {
            if is_start {
                video.data(&START_CODE, sink);
            }
            video.data(bytes, sink);
        };
        let makes_sense = match self.form {
            // Some senders leave the start codes in; then nothing is to be taken apart.
            _ if payload.starts_with(&START_CODE) || payload.starts_with(&START_CODE[1..]) => {
                put(false, payload);
                true
            }
            Codec::H264 => h264::unpack(payload, &mut self.is_open, &mut put),
            Codec::H265 => h265::unpack(payload, &mut self.is_open, &mut put),
            _ => {
                put(false, payload);
                true
            }
        };
        faults.bad_payloads += u64::from(!makes_sense);
        if packet.header.marker {
            self.video.marker(sink);
        }
    }

    pub(crate) fn lost(&mut self, packets: u32, sink: &mut Sink) {
        self.is_open = false;
        self.video.lost(packets, sink);
    }

    /// Gives out the last picture, unless its end is missing.
    pub(crate) fn flush(&mut self, sink: &mut Sink) {
        if self.is_open {
            self.lost(0, sink);
        }
        self.video.flush(sink);
    }

    pub(crate) fn restart(&mut self, sink: &mut Sink) {
        self.is_open = false;
        self.timestamp = None;
        self.clock.unwrap = Unwrap::new(32);
        self.video.restart(sink);
    }
}

/// The form that only one of the two standards can have: parameter sets, aggregates and fragments of each are unspecified types
/// in the other.
fn form_shown_by(payload: &[u8]) -> Option<Codec> {
    match *payload {
        [0x40 | 0x42 | 0x44 | 0x60 | 0x62, 0x01, ..] => Some(Codec::H265),
        [0x67 | 0x68 | 0x78 | 0x7c | 0x5c, ..] => Some(Codec::H264),
        _ => None,
    }
}

/// Sound.
#[derive(Debug)]
pub(crate) struct ElementaryAudio {
    pub(crate) audio: Audio,
    clock: Clock,
}

impl ElementaryAudio {
    pub(crate) fn new(codec: Codec, clock_hz: u32) -> Self {
        Self { audio: Audio::new(AUDIO, Some(codec)), clock: Clock::new(clock_hz) }
    }

    pub(crate) fn packet(&mut self, packet: &Packet, sink: &mut Sink) {
        self.audio.begin(self.clock.stamp(packet.header.timestamp));
        self.audio.data(&packet.payload, sink);
        self.audio.end(sink);
    }

    pub(crate) fn restart(&mut self, sink: &mut Sink) {
        self.clock.unwrap = Unwrap::new(32);
        self.audio.restart(sink);
    }
}
