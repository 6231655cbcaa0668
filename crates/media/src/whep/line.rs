//! The time line of the pictures of one viewer, in ticks of 90 kHz.
//!
//! A viewer begins with a key frame that may be seconds old, and gets all pictures since then at once. A browser shows pictures at the
//! distance that their times have, so with the camera's times it would stay behind by those seconds for ever. Pictures of the past are
//! therefore placed one millisecond apart: the browser decodes them as fast as it can and is in the present at once.

/// Ticks of a millisecond.
const MS: i64 = 90;
/// Distance of pictures that come from the past.
const PAST_STEP: i64 = MS;
/// Distance after a jump of the camera's clock: one picture at 25 a second.
const JUMP_STEP: i64 = 40 * MS;
/// A longer pause between two pictures is taken for a jump; cameras that send one picture a second are known, slower ones are not.
const PAUSE_MAX_US: i64 = 3_000_000;

/// Where pictures are placed.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The camera's time of the last picture, and where it was placed.
    last: Option<(i64, i64)>,
    /// What is added to the camera's time in ticks; a sum and not steps, so that rounding does not add up.
    shift: i64,
}

impl Line {
    /// Places a picture; `is_past` where younger ones are there already.
    pub(super) fn place(&mut self, pts_us: i64, is_past: bool) -> u64 {
        let camera = ticks(pts_us);
        let placed = match self.last {
            None => 0,
            Some((_, last)) if is_past => last + PAST_STEP,
            Some((before_us, last)) if pts_us <= before_us || pts_us - before_us > PAUSE_MAX_US => {
                last + JUMP_STEP
            }
            Some((_, last)) => (camera + self.shift).max(last + 1),
        };
        self.shift = placed - camera;
        self.last = Some((pts_us, placed));
        placed as u64
    }
}

fn ticks(us: i64) -> i64 {
    us * MS / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_is_pushed_together_and_the_present_keeps_the_cameras_time() {
        let mut line = Line::default();
        let past: Vec<u64> = (0..50).map(|n| line.place(n * 40_000, true)).collect();
        assert_eq!(past.last(), Some(&(49 * 90)));
        assert_eq!(line.place(50 * 40_000, false), 49 * 90 + 3_600);
        assert_eq!(line.place(51 * 40_000, false), 49 * 90 + 7_200);
    }

    #[test]
    fn an_hour_of_odd_steps_adds_no_error() {
        let mut line = Line::default();
        let last = (0..108_000).map(|n| line.place(n * 33_333, false)).last();
        assert!(last.unwrap().abs_diff(107_999 * 33_333 * 9 / 100) <= 1);
    }

    #[test]
    fn time_never_stands_still_or_goes_back() {
        let mut line = Line::default();
        let times = [0, 40_000, 20_000, 90_000_000, 5, 5, 6, i64::from(i32::MAX), 0];
        let placed: Vec<u64> = times.iter().map(|pts_us| line.place(*pts_us, false)).collect();
        assert!(placed.is_sorted_by(|one, next| one < next), "{placed:?}");
        assert!(placed.windows(2).all(|pair| pair[1] - pair[0] <= 3_600), "{placed:?}");
    }
}
