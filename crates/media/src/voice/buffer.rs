//! What was said and is not sent yet: a little, so that a network that stutters is not heard, and never much.

use std::collections::VecDeque;

/// Samples of one packet: 20 ms.
pub(super) const PACKET_SAMPLES: usize = 160;
/// Samples of a millisecond.
const SAMPLES_PER_MS: usize = 8;
/// What waits longer is dropped, in milliseconds. A voice that lags behind the picture by more is taken for an echo.
pub const WAITING_MAX_MS: usize = 300;
/// What is gathered after a pause before any of it is sent, in milliseconds: more than a browser's usual stutter.
const GATHER_MS: usize = 60;

/// Samples that wait.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    samples: VecDeque<i16>,
    is_flowing: bool,
    is_ending: bool,
    late_samples: u64,
}

impl Buffer {
    /// Takes what was said; drops the oldest where too much waits.
    pub(super) fn push(&mut self, samples: &[i16]) {
        let room = WAITING_MAX_MS * SAMPLES_PER_MS;
        // Of more than fits only the end is heard.
        let heard = &samples[samples.len().saturating_sub(room)..];
        self.samples.extend(heard);
        let late = self.samples.len().saturating_sub(room);
        self.samples.drain(..late);
        self.late_samples += (late + samples.len() - heard.len()) as u64;
    }

    /// Nothing more will be said.
    pub(super) fn end(&mut self) {
        self.is_ending = true;
    }

    /// The next packet, silence where nothing waits; `None` when all was given that will ever be said.
    pub(super) fn take(&mut self) -> Option<[i16; PACKET_SAMPLES]> {
        let mut packet = [0; PACKET_SAMPLES];
        if self.is_ending && self.samples.is_empty() {
            return None;
        }
        if !self.is_flowing && !self.is_ending && self.samples.len() < GATHER_MS * SAMPLES_PER_MS {
            return Some(packet);
        }
        let ready = self.samples.len().min(PACKET_SAMPLES);
        for (place, sample) in packet.iter_mut().zip(self.samples.drain(..ready)) {
            *place = sample;
        }
        self.is_flowing = ready == PACKET_SAMPLES;
        Some(packet)
    }

    /// Samples dropped so far.
    pub(super) fn late_samples(&self) -> u64 {
        self.late_samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples that count up from a number.
    fn said(from: i16, count: i16) -> Vec<i16> {
        (from..from + count).collect()
    }

    #[test]
    fn a_voice_begins_when_a_little_of_it_has_gathered() {
        let mut buffer = Buffer::default();
        buffer.push(&said(1, 400));
        assert_eq!(buffer.take(), Some([0; PACKET_SAMPLES]), "too little");
        buffer.push(&said(401, 80));
        assert_eq!(buffer.take().unwrap()[..], said(1, 160));
        assert_eq!(buffer.take().unwrap()[..], said(161, 160));
    }

    #[test]
    fn what_is_late_is_dropped_and_never_heard_later() {
        let mut buffer = Buffer::default();
        buffer.push(&said(0, 3_000));
        assert_eq!(buffer.late_samples(), 600);
        assert_eq!(buffer.take().unwrap()[0], 600);
        buffer.push(&said(3_000, 1_000));
        assert_eq!(buffer.take().unwrap()[0], 1_600, "the last 300 ms");
    }

    #[test]
    fn a_pause_is_silence_and_the_end_gives_out_what_waits() {
        let mut buffer = Buffer::default();
        buffer.push(&said(1, 500));
        for _ in 0..3 {
            buffer.take().unwrap();
        }
        let last = buffer.take().unwrap();
        assert_eq!((&last[..20], &last[20..]), (&said(481, 20)[..], &[0; 140][..]));
        assert_eq!(buffer.take(), Some([0; PACKET_SAMPLES]));
        buffer.push(&said(1, 10));
        buffer.end();
        assert_eq!(buffer.take().unwrap()[..10], said(1, 10));
        assert_eq!(buffer.take(), None);
    }
}
