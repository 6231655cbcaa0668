//! How fast the time of a stream runs against ours: 1 for a live camera, 4 for a recording played four times as fast.
//!
//! The speed that was asked for is not asked about, because some devices ignore it and some write the time of sending instead of that of
//! the pictures. A speed other than 1 is believed when two stretches of a second in a row show it: a network that
//! held frames back shows one that no other second confirms.

/// Shortest stretch measured, in microseconds.
const STRETCH_US: i64 = 1_000_000;
/// A pause of the sender: nothing is measured over it, in microseconds.
const PAUSE_US: i64 = 2_000_000;
/// Speeds between these are that of a live camera with an inexact clock.
const LIVE: std::ops::RangeInclusive<f64> = 0.75..=1.33;
/// Two stretches within this factor agree.
const AGREEMENT: f64 = 1.2;
/// Fastest and slowest speed followed.
const SPEED_MAX: f64 = 32.0;

/// The speed of one stream.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Decoding time and time of arrival where the stretch began.
    began: Option<(i64, i64)>,
    last_received_us: i64,
    shown: f64,
    speed: f64,
}

impl Pace {
    pub(crate) fn new() -> Self {
        Self { began: None, last_received_us: 0, shown: 1.0, speed: 1.0 }
    }

    /// The speed at a frame with this decoding time, whole at `received_us`. `jumps` where its time was carried over a gap.
    pub(crate) fn speed(&mut self, dts_us: i64, received_us: i64, jumps: bool) -> f64 {
        let pause_us = received_us - std::mem::replace(&mut self.last_received_us, received_us);
        match self.began {
            Some((began_dts_us, began_us)) if !jumps && pause_us < PAUSE_US => {
                let passed_us = received_us - began_us;
                if passed_us >= STRETCH_US {
                    self.measured((dts_us - began_dts_us) as f64 / passed_us as f64);
                    self.began = Some((dts_us, received_us));
                }
            }
            _ => self.began = Some((dts_us, received_us)),
        }
        self.speed
    }

    fn measured(&mut self, speed: f64) {
        let speed = if LIVE.contains(&speed) { 1.0 } else { speed.clamp(1.0 / SPEED_MAX, SPEED_MAX) };
        let before = std::mem::replace(&mut self.shown, speed);
        if agree(before, speed) {
            self.speed = speed;
        }
    }
}

fn agree(one: f64, other: f64) -> bool {
    one.max(other) <= one.min(other) * AGREEMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The speed in thousandths after some frames, given as the step of decoding time and the arrival in milliseconds.
    fn watch(pace: &mut Pace, frames: usize, step_ms: i64, arrival_ms: impl Fn(i64) -> i64) -> i64 {
        let (dts_us, begin_us) = (pace.began.map_or(0, |(dts, _)| dts), pace.last_received_us);
        let speed = (1..=frames as i64).fold(0.0, |_, at| {
            pace.speed(dts_us + at * step_ms * 1000, begin_us + arrival_ms(at) * 1000, at == 1)
        });
        (speed * 1000.0).round() as i64
    }

    #[test]
    fn fast_and_slow_playbacks_are_recognised_and_so_is_their_end() {
        let mut pace = Pace::new();
        assert_eq!(watch(&mut pace, 300, 40, |at| at * 10), 4_000);
        assert_eq!(watch(&mut pace, 30, 40, |at| at * 160), 250);
        assert_eq!(watch(&mut pace, 80, 40, |at| at * 40), 1_000);
    }

    #[test]
    fn a_live_camera_keeps_its_time_however_unevenly_it_arrives() {
        let mut pace = Pace::new();
        assert_eq!(watch(&mut pace, 500, 40, |at| at * 41), 1_000);
        assert_eq!(watch(&mut pace, 500, 40, |at| at / 25 * 1_000), 1_000);
        // Held back for 1.5 s, then all at once.
        let held = |at: i64| if (100..138).contains(&at) { 5_500 + at / 10 } else { at * 40 };
        assert_eq!(watch(&mut pace, 140, 40, held), 1_000);
    }
}
