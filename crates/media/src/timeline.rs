//! A time line that never jumps: camera time is a hint, our clock is the judge.
//!
//! Cameras restart their time stamps at a reconnection, set their clocks by hours in mid-stream, or stamp two
//! frames alike. A recording or a player must survive all of it, so stamps are carried over such places by the
//! time that really passed. B-frames are allowed for: RTP tells only when a picture is shown, so decoding times are
//! then laid evenly below the display times, at the mean distance of the pictures.

use std::collections::VecDeque;

/// A step larger than this against the last frame is a jump of the camera's clock, not a pause.
const JUMP_US: i64 = 5_000_000;
/// A picture shown so long before one that was decoded earlier was not put into another order: the camera's clock went back. A decoder
/// keeps at most 16 pictures, which is 2 s at 8 a second; believing more would delay everything that follows.
const REORDER_MAX_US: i64 = 2_000_000;
/// Sound further than this from the pictures that came with it has a clock of its own.
const SOUND_AWAY_US: u64 = 1_000_000;
/// Distance assumed when nothing is known.
const NOMINAL_STEP_US: i64 = 40_000;
/// Least distance of two pictures: a tick of the clock of recordings, 90 kHz, where nearer ones would be at the same time.
const STEP_MIN_US: i64 = 12;
/// So many pictures in a row with the same stamp, and the camera's clock stands still. Two are the fields of one picture.
const ALIKE_MAX: u32 = 2;
/// Pictures over which the mean distance is taken when they are not in order.
const MEAN_OVER: usize = 32;
/// Share of the difference to the wanted decoding time that is made up with each picture.
const APPROACH: i64 = 8;

/// Turns the camera's time stamps into a continuous line.
#[derive(Debug, Default)]
pub struct Timeline {
    offset_us: Option<i64>,
    last_camera_us: Option<i64>,
    /// Pictures with this stamp, one after the other.
    alike: u32,
    last_pts_us: i64,
    last_dts_us: Option<i64>,
    max_pts_us: i64,
    reorder_us: i64,
    last_received_us: i64,
    /// Latest display time after each of the last pictures.
    recent_us: VecDeque<i64>,
}

/// The times of one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Display time in microseconds.
    pub pts_us: i64,
    /// Decoding time in microseconds, strictly increasing.
    pub dts_us: i64,
    /// The line was carried over a restart or a jump here.
    pub discontinuity: bool,
}

impl Timeline {
    /// The source starts anew: its next stamp has nothing to do with the last one.
    pub fn restart(&mut self) {
        self.offset_us = None;
    }

    /// Places a frame stamped `camera_us` by its source and complete here at `received_us`.
    pub fn place(&mut self, camera_us: i64, received_us: i64, is_key: bool) -> Stamp {
        let stands_still = self.stands_still(camera_us);
        let mut pts_us = camera_us.saturating_add(self.offset_us.unwrap_or_default());
        // Nothing is shown later than a key frame that was decoded before it: one that is earlier was jumped to.
        let behind_us = self.max_pts_us.saturating_sub(pts_us);
        let back = (is_key && behind_us > 0) || behind_us > REORDER_MAX_US;
        let jumped = back || pts_us.abs_diff(self.last_pts_us) > JUMP_US as u64;
        let discontinuity = self.offset_us.is_none() || jumped;
        if discontinuity {
            let passed = match self.last_dts_us {
                None => 0,
                Some(_) => (received_us - self.last_received_us).max(NOMINAL_STEP_US),
            };
            pts_us = self.max_pts_us + passed;
            self.offset_us = Some(pts_us.saturating_sub(camera_us));
        } else if stands_still {
            pts_us = self.max_pts_us + (received_us - self.last_received_us).max(0);
            self.offset_us = Some(pts_us.saturating_sub(camera_us));
        } else {
            self.reorder_us = self.reorder_us.max(behind_us);
        }
        self.max_pts_us = self.max_pts_us.max(pts_us);
        if discontinuity {
            self.recent_us.clear();
        }
        let dts_us = self.decoding_time(pts_us);
        self.last_dts_us = Some(dts_us);
        self.last_pts_us = pts_us;
        self.last_received_us = received_us;
        Stamp { pts_us, dts_us, discontinuity }
    }

    /// Places sound stamped `camera_us` on the clock of the pictures and here at `received_us`. Where that clock says something else than
    /// ours by more than a second, sound goes by ours.
    pub fn place_sound(&self, camera_us: i64, received_us: i64) -> i64 {
        let by_arrival = self.max_pts_us.saturating_add(received_us.saturating_sub(self.last_received_us));
        match self.offset_us.map(|offset| camera_us.saturating_add(offset)) {
            Some(by_camera) if by_camera.abs_diff(by_arrival) <= SOUND_AWAY_US => by_camera,
            _ => by_arrival,
        }
    }

    /// True where the camera says the same time again and again.
    fn stands_still(&mut self, camera_us: i64) -> bool {
        let is_same = self.last_camera_us.replace(camera_us) == Some(camera_us);
        self.alike = if is_same { self.alike.saturating_add(1) } else { 1 };
        self.alike > ALIKE_MAX
    }

    fn decoding_time(&mut self, pts_us: i64) -> i64 {
        self.recent_us.push_back(self.max_pts_us);
        if self.recent_us.len() > MEAN_OVER {
            self.recent_us.pop_front();
        }
        let Some(last) = self.last_dts_us else { return pts_us };
        let first = self.recent_us.front().copied().unwrap_or(self.max_pts_us);
        if self.reorder_us == 0 || self.recent_us.len() < 2 {
            return pts_us.max(last + STEP_MIN_US);
        }
        let mean = (self.max_pts_us - first) / (self.recent_us.len() as i64 - 1);
        let wanted = self.max_pts_us - self.reorder_us;
        last + (mean + (wanted - last - mean) / APPROACH).max(STEP_MIN_US)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_and_a_jump_by_hours_continue_by_our_clock() {
        let mut line = Timeline::default();
        assert_eq!(line.place(500, 1_000_000, true), Stamp { pts_us: 0, dts_us: 0, discontinuity: true });
        assert_eq!(line.place(100_500, 1_100_000, false).pts_us, 100_000);
        let jump = line.place(-3_600_000_000, 1_200_000, true);
        assert_eq!((jump.pts_us, jump.discontinuity), (200_000, true));
        assert_eq!(line.place(-3_599_900_000, 1_300_000, false).pts_us, 300_000);
        line.restart();
        let again = line.place(77, 9_300_000, true);
        assert_eq!((again.pts_us, again.discontinuity), (8_300_000, true));
    }

    #[test]
    fn sound_follows_the_clock_of_the_pictures_and_ours_where_it_has_another() {
        let mut line = Timeline::default();
        line.place(500_000, 1_000_000, true);
        line.place(540_000, 1_040_000, false);
        assert_eq!(line.place_sound(530_000, 1_050_000), 30_000);
        assert_eq!(line.place_sound(77_000_000, 1_050_000), 50_000);
    }

    #[test]
    fn a_playback_moved_back_by_a_second_goes_on_and_is_no_reordering() {
        let mut line = Timeline::default();
        (0..50).for_each(|at| _ = line.place(at * 40_000, at * 40_000, at == 0));
        let back = line.place(1_000_000, 2_000_000, true);
        assert_eq!(back, Stamp { pts_us: 2_000_000, dts_us: 2_000_000, discontinuity: true });
        let next = line.place(1_040_000, 2_040_000, false);
        assert_eq!((next.pts_us, next.dts_us), (2_040_000, 2_040_000));
    }

    #[test]
    fn a_clock_set_back_between_key_frames_is_no_reordering_either() {
        let mut line = Timeline::default();
        (0..100).for_each(|at| _ = line.place(at * 40_000, at * 40_000, at == 0));
        let back = line.place(1_000_000, 4_000_000, false);
        assert_eq!(back, Stamp { pts_us: 4_000_000, dts_us: 4_000_000, discontinuity: true });
        assert_eq!(line.place(1_040_000, 4_040_000, false).dts_us, 4_040_000);
    }

    #[test]
    fn a_camera_clock_that_stands_still_is_replaced_by_ours() {
        let mut line = Timeline::default();
        let placed: Vec<i64> = (0..6).map(|at| line.place(77, at * 40_000, at == 0).pts_us).collect();
        assert_eq!(placed, [0, 0, 40_000, 80_000, 120_000, 160_000]);
        assert_eq!(line.place(40_077, 240_000, false).pts_us, 200_000, "and believed again when it goes");
    }

    #[test]
    fn reordered_pictures_keep_decoding_times_rising() {
        let mut line = Timeline::default();
        let mut last = i64::MIN;
        for (at, camera_ms) in [0, 120, 40, 80, 240, 160, 200, 360, 280, 320].into_iter().enumerate() {
            let stamp = line.place(camera_ms * 1000, at as i64 * 40_000, at == 0);
            assert_eq!(stamp.pts_us, camera_ms * 1000);
            assert!(stamp.dts_us > last);
            last = stamp.dts_us;
        }
    }

    #[test]
    fn reordered_pictures_are_decoded_at_even_distances() {
        let mut line = Timeline::default();
        let mut last = 0;
        for at in 0..400i64 {
            // Display order 0 3 1 2 6 4 5 …, 40 ms apart.
            let shown = if at == 0 { 0 } else { (at - 1) / 3 * 3 + [3, 1, 2][(at as usize - 1) % 3] };
            let stamp = line.place(shown * 40_000, at * 40_000, at == 0);
            if at > 60 {
                let step = stamp.dts_us - last;
                assert!((20_000..70_000).contains(&step), "picture {at}: {step}");
                assert!((stamp.pts_us - stamp.dts_us).abs() < 250_000, "picture {at}");
            }
            last = stamp.dts_us;
        }
    }

    proptest::proptest! {
        #[test]
        fn decoding_time_always_rises(stamps in proptest::collection::vec((proptest::num::i64::ANY, 0i64..20_000_000, proptest::bool::ANY), 1..60)) {
            let mut line = Timeline::default();
            let (mut now, mut last) = (0, None);
            for (camera_us, wait, is_key) in stamps {
                now += wait;
                let stamp = line.place(camera_us / 4, now, is_key);
                if let Some(last) = last {
                    proptest::prop_assert!(stamp.dts_us > last);
                }
                last = Some(stamp.dts_us);
            }
        }
    }
}
