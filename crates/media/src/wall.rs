//! When a recorded picture was: the node's clock, never the camera's, and never in leaps.
//!
//! Pictures come in bursts, so the moment of arrival alone would make a recording stutter; stamps alone would let it follow a camera's clock
//! for hours. So time goes on with the stamps and is bent towards arrival, gently enough that nobody sees it. Only where the two are seconds
//! apart does it go to the moment of arrival at once.

/// Fastest gentle correction, in millionths: half a millisecond a second.
const SLEW_PPM: i64 = 500;
/// Further from arrival than this, stamps run at a wrong speed and not just with a poor crystal, in microseconds.
const WRONG_SPEED_US: i64 = 1_000_000;
/// Fastest correction of a wrong speed, in millionths.
const WRONG_SPEED_PPM: i64 = 50_000;
/// Further from arrival than this, one of the clocks was set.
const SET_US: i64 = 5_000_000;
/// A camera's clock is judged over at least so long, in microseconds; shorter, jitter of the network is seen instead.
const JUDGED_OVER_US: i64 = 120_000_000;

/// Places one stream on the wall clock.
#[derive(Debug, Default)]
pub struct WallClock {
    last: Option<Place>,
    judged: Option<Judged>,
    drift_ppm: Option<i32>,
}

#[expect(clippy::struct_field_names, reason = "units at the end of names")]
#[derive(Debug, Clone, Copy)]
struct Place {
    dts_us: i64,
    wall_us: i64,
    /// So much later it arrived.
    apart_us: i64,
}

/// Since when the camera's clock is judged.
#[derive(Debug, Clone, Copy)]
struct Judged {
    since_dts_us: i64,
    since_received_us: i64,
}

impl WallClock {
    /// When a picture with this decoding time was, that arrived at `received_us`. Decoding times rise; `is_anew` says that this one has
    /// nothing to do with the last.
    pub fn place(&mut self, dts_us: i64, received_us: i64, is_anew: bool) -> i64 {
        let wall_us = match self.last.filter(|_| !is_anew) {
            None => self.begin(dts_us, received_us),
            Some(last) => {
                let passed_us = dts_us.saturating_sub(last.dts_us).max(0);
                let expected_us = last.wall_us.saturating_add(passed_us);
                let apart_us = received_us.saturating_sub(expected_us);
                let is_wrong_speed = apart_us.saturating_abs() > WRONG_SPEED_US;
                let ppm = if is_wrong_speed { WRONG_SPEED_PPM } else { SLEW_PPM };
                let bent_us = (i128::from(passed_us) * i128::from(ppm) / 1_000_000) as i64;
                let is_set = apart_us.saturating_sub(last.apart_us).saturating_abs() > SET_US;
                if is_set {
                    self.begin(dts_us, received_us)
                } else if apart_us.saturating_abs() > SET_US {
                    // They came apart step by step: a wrong speed, which is judged on.
                    received_us
                } else {
                    expected_us + apart_us.clamp(-bent_us, bent_us)
                }
            }
        };
        self.last = Some(Place { dts_us, wall_us, apart_us: received_us.saturating_sub(wall_us) });
        self.judge(dts_us, received_us);
        wall_us
    }

    /// How much faster the camera's clock runs than ours, in millionths, once it has been watched for two minutes without a break.
    pub fn drift_ppm(&self) -> Option<i32> {
        self.drift_ppm
    }

    fn begin(&mut self, dts_us: i64, received_us: i64) -> i64 {
        self.judged = Some(Judged { since_dts_us: dts_us, since_received_us: received_us });
        received_us
    }

    fn judge(&mut self, dts_us: i64, received_us: i64) {
        let Some(judged) = self.judged else { return };
        let by_us_us = received_us.saturating_sub(judged.since_received_us);
        let by_camera_us = dts_us.saturating_sub(judged.since_dts_us);
        if by_us_us >= JUDGED_OVER_US {
            let ahead_us = i128::from(by_camera_us - by_us_us);
            self.drift_ppm = i32::try_from(ahead_us * 1_000_000 / i128::from(by_us_us)).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP_US: i64 = 2_000_000;
    const NOON_US: i64 = 1_795_924_800_000_000;

    /// Wall times of groups whose stamps run by `ppm` faster than they arrive, with some jitter; relative to the moment of arrival.
    fn apart(clock: &mut WallClock, groups: i64, ppm: i64) -> Vec<i64> {
        (0..groups)
            .map(|group| {
                let true_us = group * GROUP_US;
                let received_us = NOON_US + true_us + group % 7 * 9_000;
                clock.place(true_us + true_us * ppm / 1_000_000, received_us, false) - NOON_US - true_us
            })
            .collect()
    }

    #[test]
    fn jitter_of_arrival_is_hardly_seen() {
        let places = apart(&mut WallClock::default(), 1_000, 0);
        let steps = places.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.max().is_some_and(|step| step <= 1_000));
    }

    #[test]
    fn a_poor_crystal_is_followed_and_measured() {
        let mut clock = WallClock::default();
        let places = apart(&mut clock, 43_200, 200);
        assert!(places.iter().all(|apart| (-60_000..120_000).contains(apart)));
        assert!(clock.drift_ppm().is_some_and(|ppm| (199..=201).contains(&ppm)), "{:?}", clock.drift_ppm());
    }

    #[test]
    fn stamps_at_a_wrong_speed_stay_within_a_second() {
        for ppm in [-20_000, 20_000] {
            let places = apart(&mut WallClock::default(), 2_000, ppm);
            assert!(places.iter().all(|apart| apart.abs() < 1_300_000), "{ppm}");
        }
    }

    #[test]
    fn stamps_at_half_or_double_speed_are_measured_and_never_far_from_the_truth() {
        for (ppm, expected) in [(-500_000, -500_000), (1_000_000, 1_000_000)] {
            let mut clock = WallClock::default();
            let places = apart(&mut clock, 100, ppm);
            assert!(places.iter().all(|apart| apart.abs() < SET_US + 100_000), "{ppm}");
            let drift = clock.drift_ppm().unwrap();
            assert!((drift - expected).abs() < 1_000, "{ppm}: {drift}");
        }
    }

    #[test]
    fn a_clock_that_was_set_is_followed_at_once() {
        let mut clock = WallClock::default();
        clock.place(0, NOON_US, true);
        assert_eq!(clock.place(GROUP_US, NOON_US + 3_600_000_000, false), NOON_US + 3_600_000_000);
        assert_eq!(clock.place(2 * GROUP_US, NOON_US + GROUP_US, false), NOON_US + GROUP_US);
    }
}
