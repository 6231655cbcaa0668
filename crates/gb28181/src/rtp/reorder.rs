//! Puts datagrams back in order, and says what is missing.
//!
//! A packet that is next in line passes at once. One that is ahead waits for those before it, for a bounded time and a bounded number
//! of packets; then the missing ones are given up. Who sends is settled by the first packets: a shared port may hear
//! strangers (ZLM PR#1572), so after lock-on other SSRCs are dropped until ours has fallen silent.

use super::Faults;
use super::packet::Packet;
use std::collections::VecDeque;

/// Silence of the sender followed after which another one takes over, in milliseconds.
const SILENCE_MS: u64 = 1_000;
/// Steps ahead that are still a gap and not a restart (RFC 3550 A.1 has 3000).
const DROPOUT_MAX: u16 = 3_000;
/// Late packets in unbroken order that show a restart rather than stragglers.
const LATE_RUN: u16 = 32;

/// Bounds of the waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReorderSettings {
    /// How long a packet waits for those before it, in milliseconds. The standard allows a network 50 ms of jitter.
    pub wait_ms: u64,
    /// How many places ahead a packet may be kept; at least 1.
    pub packets_max: usize,
    /// The SSRC agreed on. A sender that has it is preferred; one that has not is heard nevertheless.
    pub ssrc: Option<u32>,
}

impl Default for ReorderSettings {
    /// 150 ms; 1024 packets, i.e. the largest key frame of a 4K camera; any sender.
    fn default() -> Self {
        Self { wait_ms: 150, packets_max: 1_024, ssrc: None }
    }
}

/// What comes out, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The next packet.
    Packet(Packet),
    /// So many packets are missing here.
    Lost(u32),
    /// The sender has begun to count anew, or another one has taken over.
    Restart,
}

/// The packets of one stream on their way into order.
#[derive(Debug)]
pub struct Reorder {
    settings: ReorderSettings,
    source: Option<Source>,
    /// Packets ahead of the next one; the first place is that of the next one, so it is empty.
    ahead: VecDeque<Option<Waiting>>,
    kept: usize,
}

#[derive(Debug)]
struct Source {
    ssrc: u32,
    next: u16,
    heard_ms: u64,
    /// What a packet far off would be followed by, if the sender had started anew.
    suspect: Option<u16>,
    /// Late packets in order: the next number, and how many there were.
    late: (u16, u16),
}

#[derive(Debug)]
struct Waiting {
    packet: Packet,
    arrived_ms: u64,
}

impl Reorder {
    /// An empty buffer.
    pub fn new(settings: ReorderSettings) -> Self {
        Self { settings, source: None, ahead: VecDeque::new(), kept: 0 }
    }

    /// Takes a packet that arrived at `now_ms`; what has come into order is appended to `out`.
    pub fn push(&mut self, packet: Packet, now_ms: u64, faults: &mut Faults, out: &mut Vec<Delivery>) {
        self.expire(now_ms, faults, out);
        let (ssrc, sequence) = (packet.header.ssrc, packet.header.sequence);
        let Some(source) = &mut self.source else {
            self.lock_on(ssrc, sequence, now_ms);
            return self.place(packet, 0, now_ms, faults, out);
        };
        if source.ssrc != ssrc {
            let is_wanted = self.settings.ssrc == Some(ssrc);
            if !is_wanted && now_ms.saturating_sub(source.heard_ms) < SILENCE_MS {
                faults.foreign_packets += 1;
                return;
            }
            faults.ssrc_changes += 1;
            return self.restart(packet, now_ms, faults, out);
        }
        source.heard_ms = now_ms;
        let steps = sequence.wrapping_sub(source.next);
        let is_suspected = source.suspect.take() == Some(sequence);
        if steps < DROPOUT_MAX {
            source.late = (0, 0);
            self.place(packet, usize::from(steps), now_ms, faults, out);
        } else if is_suspected {
            faults.restarts += 1;
            self.restart(packet, now_ms, faults, out);
        } else if steps.wrapping_neg() <= DROPOUT_MAX {
            let (next, run) = source.late;
            source.late = (sequence.wrapping_add(1), if next == sequence { run + 1 } else { 1 });
            if source.late.1 >= LATE_RUN {
                faults.restarts += 1;
                return self.restart(packet, now_ms, faults, out);
            }
            faults.late_packets += 1;
        } else {
            // Far off: a stray, or the first packet of a restart, whose second will tell. (RFC 3550 A.1)
            source.suspect = Some(sequence.wrapping_add(1));
            faults.late_packets += 1;
        }
    }

    /// Gives up what has been waited for long enough by `now_ms`.
    pub fn expire(&mut self, now_ms: u64, faults: &mut Faults, out: &mut Vec<Delivery>) {
        while self.deadline_ms().is_some_and(|deadline_ms| deadline_ms <= now_ms) {
            self.give_up_gap(faults, out);
        }
    }

    /// When [`expire`](Self::expire) has something to do, if no packet comes before.
    pub fn deadline_ms(&self) -> Option<u64> {
        // The first in line may have come later than one behind it, which would then wait for more than its time.
        let oldest_ms = self.ahead.iter().flatten().map(|waiting| waiting.arrived_ms).min()?;
        Some(oldest_ms.saturating_add(self.settings.wait_ms))
    }

    /// Nothing more will come: everything kept is delivered.
    pub fn flush(&mut self, faults: &mut Faults, out: &mut Vec<Delivery>) {
        while self.kept > 0 {
            self.give_up_gap(faults, out);
        }
    }

    /// The sender locked on to.
    pub fn ssrc(&self) -> Option<u32> {
        self.source.as_ref().map(|source| source.ssrc)
    }

    fn lock_on(&mut self, ssrc: u32, next: u16, now_ms: u64) {
        self.source = Some(Source { ssrc, next, heard_ms: now_ms, suspect: None, late: (0, 0) });
    }

    fn restart(&mut self, packet: Packet, now_ms: u64, faults: &mut Faults, out: &mut Vec<Delivery>) {
        self.flush(faults, out);
        out.push(Delivery::Restart);
        self.lock_on(packet.header.ssrc, packet.header.sequence, now_ms);
        self.place(packet, 0, now_ms, faults, out);
    }

    /// Puts a packet `steps` places ahead.
    fn place(
        &mut self,
        packet: Packet,
        steps: usize,
        now_ms: u64,
        faults: &mut Faults,
        out: &mut Vec<Delivery>,
    ) {
        let mut steps = steps;
        while steps >= self.settings.packets_max.max(1) {
            // Too far ahead to wait for everything in between.
            let passed =
                if self.kept > 0 { self.give_up_gap(faults, out) } else { self.skip(steps, faults, out) };
            steps = steps.saturating_sub(passed);
        }
        while self.ahead.len() <= steps {
            self.ahead.push_back(None);
        }
        let place = &mut self.ahead[steps];
        if place.is_some() {
            faults.duplicate_packets += 1;
            return;
        }
        *place = Some(Waiting { packet, arrived_ms: now_ms });
        self.kept += 1;
        self.deliver(out);
    }

    /// Delivers what is next in line; returns how many places that were.
    fn deliver(&mut self, out: &mut Vec<Delivery>) -> usize {
        let mut passed = 0;
        while let Some(waiting) = self.ahead.front_mut().and_then(Option::take) {
            self.ahead.pop_front();
            self.kept -= 1;
            passed += 1;
            out.push(Delivery::Packet(waiting.packet));
        }
        self.step(passed);
        passed
    }

    /// Gives up the packets before the first one kept; returns how many places were passed.
    fn give_up_gap(&mut self, faults: &mut Faults, out: &mut Vec<Delivery>) -> usize {
        let missing = self.ahead.iter().take_while(|place| place.is_none()).count();
        self.skip(missing, faults, out) + self.deliver(out)
    }

    fn skip(&mut self, places: usize, faults: &mut Faults, out: &mut Vec<Delivery>) -> usize {
        self.ahead.drain(..places.min(self.ahead.len()));
        self.step(places);
        if places > 0 {
            faults.lost_packets += places as u64;
            out.push(Delivery::Lost(places as u32));
        }
        places
    }

    fn step(&mut self, places: usize) {
        if let Some(source) = &mut self.source {
            source.next = source.next.wrapping_add(places as u16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rtp::Header;
    use bytes::Bytes;

    struct Bench {
        reorder: Reorder,
        faults: Faults,
        out: Vec<Delivery>,
    }

    fn bench(settings: ReorderSettings) -> Bench {
        Bench { reorder: Reorder::new(settings), faults: Faults::default(), out: Vec::new() }
    }

    impl Bench {
        fn push(&mut self, ssrc: u32, sequence: u16, now_ms: u64) {
            let header = Header { marker: false, payload_type: 96, sequence, timestamp: 0, ssrc };
            let packet = Packet { header, payload: Bytes::new() };
            self.reorder.push(packet, now_ms, &mut self.faults, &mut self.out);
        }

        /// Sequence numbers as they are, losses negative, a restart as `i64::MIN`.
        fn told(&self) -> Vec<i64> {
            let told = |delivery: &Delivery| match delivery {
                Delivery::Packet(packet) => i64::from(packet.header.sequence),
                Delivery::Lost(packets) => -i64::from(*packets),
                Delivery::Restart => i64::MIN,
            };
            self.out.iter().map(told).collect()
        }
    }

    #[test]
    fn packets_out_of_order_are_put_in_order_over_the_wrap() {
        let mut bench = bench(ReorderSettings::default());
        for sequence in [65_533, 65_535, 65_534, 1, 0, 2] {
            bench.push(7, sequence, 0);
        }
        assert_eq!(bench.told(), [65_533, 65_534, 65_535, 0, 1, 2]);
        assert_eq!(bench.faults, Faults::default());
    }

    #[test]
    fn a_packet_waits_no_longer_because_a_later_one_stands_before_it() {
        let mut bench = bench(ReorderSettings::default());
        bench.push(7, 1, 0);
        bench.push(7, 8, 10);
        bench.push(7, 4, 140);
        bench.reorder.expire(160, &mut bench.faults, &mut bench.out);
        assert_eq!((bench.told(), bench.reorder.deadline_ms()), (vec![1, -2, 4, -3, 8], None));
    }

    #[test]
    fn a_missing_packet_is_waited_for_and_then_given_up() {
        let mut bench = bench(ReorderSettings::default());
        bench.push(7, 1, 0);
        bench.push(7, 4, 10);
        assert_eq!(bench.reorder.deadline_ms(), Some(160));
        bench.reorder.expire(159, &mut bench.faults, &mut bench.out);
        assert_eq!(bench.told(), [1]);
        bench.reorder.expire(160, &mut bench.faults, &mut bench.out);
        assert_eq!((bench.told(), bench.faults.lost_packets), (vec![1, -2, 4], 2));
        bench.push(7, 3, 170);
        assert_eq!((bench.out.len(), bench.faults.late_packets), (3, 1));
    }

    #[test]
    fn no_more_packets_are_kept_than_allowed() {
        let mut bench = bench(ReorderSettings { packets_max: 4, ..ReorderSettings::default() });
        for sequence in [1, 3, 5, 6, 7, 8, 9] {
            bench.push(7, sequence, 0);
        }
        assert_eq!(bench.told(), [1, -1, 3, -1, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn a_packet_that_comes_twice_is_taken_once() {
        let mut bench = bench(ReorderSettings::default());
        for sequence in [1, 3, 3, 2, 2] {
            bench.push(7, sequence, 0);
        }
        assert_eq!(
            (bench.told(), bench.faults.duplicate_packets, bench.faults.late_packets),
            (vec![1, 2, 3], 1, 1)
        );
    }

    #[test]
    fn a_sender_that_counts_anew_is_followed_from_its_second_packet() {
        let mut bench = bench(ReorderSettings::default());
        for sequence in [30_000, 30_001, 5, 6, 7] {
            bench.push(7, sequence, 0);
        }
        assert_eq!(bench.told(), [30_000, 30_001, i64::MIN, 6, 7]);
    }

    #[test]
    fn a_short_step_back_is_followed_after_a_while() {
        let mut bench = bench(ReorderSettings::default());
        (400..500).chain(0..60).for_each(|sequence| bench.push(7, sequence, 0));
        assert_eq!((bench.faults.restarts, bench.told().last()), (1, Some(&59)));
    }

    #[test]
    fn a_stranger_is_not_heard_until_our_sender_has_fallen_silent() {
        let mut bench = bench(ReorderSettings::default());
        bench.push(7, 1, 0);
        bench.push(8, 900, 500);
        bench.push(7, 2, 600);
        bench.push(8, 901, 1_700);
        assert_eq!(bench.told(), [1, 2, i64::MIN, 901]);
        assert_eq!((bench.faults.foreign_packets, bench.faults.ssrc_changes), (1, 1));
    }

    #[test]
    fn the_sender_agreed_on_takes_over_at_once() {
        let mut bench = bench(ReorderSettings { ssrc: Some(8), ..ReorderSettings::default() });
        for (ssrc, sequence) in [(7, 1), (8, 900), (7, 2), (8, 901)] {
            bench.push(ssrc, sequence, 0);
        }
        assert_eq!((bench.told(), bench.faults.foreign_packets), (vec![1, i64::MIN, 900, 901], 1));
    }

    proptest::proptest! {
        #[test]
        fn memory_stays_bounded_and_order_holds(
            steps in proptest::collection::vec((0u32..3, proptest::num::u16::ANY, 0u64..400), 0..400)
        ) {
            let mut bench = bench(ReorderSettings { packets_max: 16, ..ReorderSettings::default() });
            let mut now_ms = 0;
            for (ssrc, sequence, wait_ms) in steps {
                now_ms += wait_ms;
                bench.push(ssrc, sequence % 97 + sequence / 97 % 3 * 20_000, now_ms);
                proptest::prop_assert!(bench.reorder.ahead.len() <= 16);
                proptest::prop_assert_eq!(bench.reorder.ahead.iter().flatten().count(), bench.reorder.kept);
            }
            let mut last: Option<u16> = None;
            for delivery in &bench.out {
                match (delivery, last) {
                    (Delivery::Packet(packet), before) => {
                        if let Some(before) = before {
                            proptest::prop_assert_eq!(packet.header.sequence, before.wrapping_add(1));
                        }
                        last = Some(packet.header.sequence);
                    }
                    (Delivery::Lost(packets), before) => last = before.map(|before| before.wrapping_add(*packets as u16)),
                    (Delivery::Restart, _) => last = None,
                }
            }
        }
    }
}
