//! The sender's clocks: counters that wrap, stand still and jump, made into one 90 kHz time a frame.
//!
//! A picture has up to two times, that of its PES header (33 bit) and that of the RTP packets that carried it (32 bit).
//! The PES time is the better one, because it survives re-packetising and knows about B-frames; but some
//! devices write the same number for ever, so the RTP time takes over where it moves and the other does not.

use super::Faults;

/// Distance assumed between frames when nothing is known: 25 a second.
const STEP_NOMINAL: i64 = 3_600;
/// Longest distance between frames taken as the rhythm of a stream: one second.
const STEP_MAX: i64 = 90_000;
/// A step forward that is a jump of the clock and not a pause: ten seconds.
const JUMP_FORWARD: i64 = 900_000;
/// A step back that no order of B-frames explains: two seconds.
const JUMP_BACK: i64 = 180_000;
/// Frames with one and the same PES time, at moving RTP times, after which the PES clock is given up.
const STUCK_AFTER: u8 = 3;

/// Continues a wrapping counter as a 64-bit number: every value is taken at the place nearest to the one before.
#[derive(Debug, Clone)]
pub(crate) struct Unwrap {
    bits: u32,
    last: Option<i64>,
}

impl Unwrap {
    /// A counter of `bits` bits, at most 33.
    pub(crate) fn new(bits: u32) -> Self {
        Self { bits, last: None }
    }

    /// The next value.
    pub(crate) fn next(&mut self, raw: u64) -> i64 {
        let span = 1i64 << self.bits;
        let raw = raw as i64 & (span - 1);
        let value = match self.last {
            None => raw,
            Some(last) => {
                let ahead = (raw - last).rem_euclid(span);
                last + if ahead < span / 2 { ahead } else { ahead - span }
            }
        };
        self.last = Some(value);
        value
    }
}

/// The times that came with the bytes of a frame, unwrapped, at 90 kHz.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Time of display from the PES header.
    pub(crate) pts: Option<i64>,
    /// Time of decoding from the PES header.
    pub(crate) dts: Option<i64>,
    /// Time of the RTP packet.
    pub(crate) rtp: Option<i64>,
}

impl Stamp {
    /// True if the two surely belong to different frames.
    pub(crate) fn differs(&self, other: &Self) -> bool {
        let differ = |a: Option<i64>, b: Option<i64>| a.zip(b).map(|(a, b)| a != b);
        differ(self.pts, other.pts).or(differ(self.rtp, other.rtp)).unwrap_or(false)
    }
}

/// When a frame is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Timed {
    pub(crate) pts: i64,
    pub(crate) dts: Option<i64>,
    pub(crate) discontinuity: bool,
}

/// The clock of one elementary stream.
#[derive(Debug, Default)]
pub(crate) struct FrameClock {
    last: Option<i64>,
    last_stamp: Stamp,
    step: Option<i64>,
    equal_pts: u8,
    /// Set once the PES clock has been found standing: what to add to the RTP time.
    rtp_offset: Option<i64>,
}

impl FrameClock {
    /// The sender starts anew: the next frame is a discontinuity.
    pub(crate) fn restart(&mut self) {
        *self = Self::default();
    }

    /// The frames of this stream are known to be so far apart.
    pub(crate) fn set_step(&mut self, step: i64) {
        self.step = Some(step);
    }

    /// The time of the next frame. Without a stamp it follows the last frame at the usual distance.
    pub(crate) fn time(&mut self, stamp: Option<Stamp>, faults: &mut Faults) -> Timed {
        let stamp = stamp.unwrap_or_default();
        self.watch_for_standstill(&stamp, faults);
        let usable = stamp.pts.filter(|_| self.rtp_offset.is_none());
        let pts = usable.unwrap_or_else(|| self.by_rtp(&stamp));
        let dts = usable.and(stamp.dts).filter(|dts| (0..JUMP_FORWARD).contains(&(pts - dts)));
        let discontinuity = match self.last {
            None => true,
            Some(last) => {
                let step = pts - last;
                if (1..=STEP_MAX).contains(&step) {
                    self.step = Some(step);
                }
                let jumped = !(-JUMP_BACK..=JUMP_FORWARD).contains(&step);
                faults.time_jumps += u64::from(jumped);
                jumped
            }
        };
        self.last = Some(pts);
        self.last_stamp = Stamp {
            pts: stamp.pts.or(self.last_stamp.pts),
            dts: None,
            rtp: stamp.rtp.or(self.last_stamp.rtp),
        };
        Timed { pts, dts, discontinuity }
    }

    fn watch_for_standstill(&mut self, stamp: &Stamp, faults: &mut Faults) {
        let (Some(pts), Some(rtp), Some(last)) = (stamp.pts, stamp.rtp, self.last) else { return };
        if self.last_stamp.pts != Some(pts) {
            self.equal_pts = 0;
            // A clock that runs again is the better one again.
            self.rtp_offset = None;
        } else if self.last_stamp.rtp.is_some_and(|last_rtp| last_rtp != rtp) && self.rtp_offset.is_none() {
            self.equal_pts += 1;
            if self.equal_pts >= STUCK_AFTER {
                faults.stuck_clocks += 1;
                self.rtp_offset = Some(last + STEP_NOMINAL - rtp);
            }
        }
    }

    fn by_rtp(&self, stamp: &Stamp) -> i64 {
        match (stamp.rtp, self.rtp_offset, self.last, self.last_stamp.rtp) {
            (Some(rtp), Some(offset), ..) => rtp + offset,
            (Some(rtp), None, Some(last), Some(last_rtp)) if rtp != last_rtp => last + (rtp - last_rtp),
            (Some(rtp), None, None, _) => rtp,
            (_, _, Some(last), _) => last + self.step.unwrap_or(STEP_NOMINAL),
            (None, _, None, _) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pes(pts: i64, rtp: i64) -> Stamp {
        Stamp { pts: Some(pts), dts: None, rtp: Some(rtp) }
    }

    #[test]
    fn counters_go_on_over_their_wrap_in_both_directions() {
        let mut pts = Unwrap::new(33);
        let wrap = 1u64 << 33;
        assert_eq!(pts.next(wrap - 3_600), (wrap - 3_600) as i64);
        assert_eq!(pts.next(0), wrap as i64);
        assert_eq!(pts.next(wrap - 1), wrap as i64 - 1);
        let mut rtp = Unwrap::new(32);
        rtp.next(0xffff_ffff);
        assert_eq!(rtp.next(1), 0x1_0000_0001);
    }

    #[test]
    fn a_pes_clock_that_stands_still_is_replaced_by_the_rtp_clock() {
        let (mut clock, mut faults) = (FrameClock::default(), Faults::default());
        let times: Vec<i64> =
            (0..8).map(|n| clock.time(Some(pes(500, n * 3_600)), &mut faults).pts).collect();
        assert_eq!(&times[3..], [4_100, 7_700, 11_300, 14_900, 18_500]);
        assert_eq!(faults.stuck_clocks, 1);
    }

    #[test]
    fn a_frame_without_any_time_follows_at_the_usual_distance() {
        let (mut clock, mut faults) = (FrameClock::default(), Faults::default());
        clock.time(Some(pes(0, 0)), &mut faults);
        clock.time(Some(pes(6_000, 6_000)), &mut faults);
        assert_eq!(clock.time(None, &mut faults), Timed { pts: 12_000, dts: None, discontinuity: false });
    }

    #[test]
    fn a_jump_by_an_hour_is_followed_and_said() {
        let (mut clock, mut faults) = (FrameClock::default(), Faults::default());
        clock.time(Some(pes(324_000_000, 0)), &mut faults);
        assert!(clock.time(Some(pes(0, 3_600)), &mut faults).discontinuity);
        assert!(!clock.time(Some(pes(3_600, 7_200)), &mut faults).discontinuity);
        assert_eq!(faults.time_jumps, 1);
    }
}
