//! Decides cheaply whether a picture deserves the model: did anything change?
//!
//! Two backgrounds of the small luma picture are kept. The fast one follows within a few key frames and shows what
//! moves; the slow one follows over minutes and shows what grows too slowly to move, such as thin smoke. A
//! change of brightness of the whole picture is taken out first. Whatever the backgrounds say, a camera is
//! looked at now and then.

use jiff::{SignedDuration, Timestamp};

use crate::{
    median::median,
    observation::Rect,
    scale::{SMALL_HEIGHT, SMALL_WIDTH},
};

/// Edge of a cell in pixels of the small picture.
const CELL_PX: usize = 8;
const COLUMNS: usize = SMALL_WIDTH / CELL_PX;
const ROWS: usize = SMALL_HEIGHT.div_ceil(CELL_PX);
/// Share of a new picture in the backgrounds.
const FAST_SHARE: f32 = 0.5;
const SLOW_SHARE: f32 = 1.0 / 64.0;
/// Mean difference (grey levels) at which a cell has changed. Sensor noise averages to below 1 in a cell.
const FAST_LEVELS: f32 = 5.0;
const SLOW_LEVELS: f32 = 4.0;
/// Changed cells that make a look.
const FAST_CELLS: usize = 1;
const SLOW_CELLS: usize = 2;
/// A quiet camera is looked at this often all the same.
pub const FORCED_LOOK: SignedDuration = SignedDuration::from_secs(30);

/// What the gate says about one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing changed and the last look is recent.
    Quiet,
    /// Look: something changed.
    Changed {
        /// Cells that differ from the fast background.
        fast_cells: usize,
        /// Cells that differ from the slow background.
        slow_cells: usize,
    },
    /// Look: the first picture, or the last look is too long ago.
    Due,
}

/// The backgrounds of one camera.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    fast: Vec<f32>,
    slow: Vec<f32>,
    last_look: Option<Timestamp>,
    /// Difference of each cell of the last picture from the background it differs from more, in grey levels.
    change: Vec<f32>,
}

impl Gate {
    /// Takes the next small luma picture (160x90) and says whether to look.
    pub fn observe(&mut self, at: Timestamp, luma: &[u8]) -> Verdict {
        debug_assert_eq!(luma.len(), SMALL_WIDTH * SMALL_HEIGHT);
        let now: Vec<f32> = luma.iter().map(|&p| f32::from(p)).collect();
        if self.fast.len() != now.len() {
            self.fast.clone_from(&now);
            self.slow = now;
            self.last_look = Some(at);
            return Verdict::Due;
        }
        let (fast, slow) = (cell_changes(&now, &self.fast), cell_changes(&now, &self.slow));
        let fast_cells = fast.iter().filter(|c| **c >= FAST_LEVELS).count();
        let slow_cells = slow.iter().filter(|c| **c >= SLOW_LEVELS).count();
        self.change = fast.iter().zip(&slow).map(|(f, s)| f.max(*s)).collect();
        follow(&mut self.fast, &now, FAST_SHARE);
        follow(&mut self.slow, &now, SLOW_SHARE);
        let overdue = self.last_look.is_none_or(|last| at.duration_since(last) >= FORCED_LOOK);
        let verdict = if fast_cells >= FAST_CELLS || slow_cells >= SLOW_CELLS {
            Verdict::Changed { fast_cells, slow_cells }
        } else if overdue {
            Verdict::Due
        } else {
            return Verdict::Quiet;
        };
        self.last_look = Some(at);
        verdict
    }

    /// The strongest change in an area of the last picture, in grey levels; zero for the first picture.
    ///
    /// Flames flicker and smoke drifts: what looks like them and stays exactly as it was is a lamp, a poster or
    /// a wall.
    pub fn change_in(&self, rect: Rect) -> f32 {
        let cells = |from: f32, length: f32, count: f32, most: usize| {
            let first = ((from * count) as usize).min(most - 1);
            first..=(((from + length) * count) as usize).clamp(first, most - 1)
        };
        let columns = cells(rect.x, rect.w, SMALL_WIDTH as f32 / CELL_PX as f32, COLUMNS);
        let rows = cells(rect.y, rect.h, SMALL_HEIGHT as f32 / CELL_PX as f32, ROWS);
        let area = rows.flat_map(|row| columns.clone().map(move |column| row * COLUMNS + column));
        area.filter_map(|cell| self.change.get(cell)).fold(0.0, |most, c| most.max(*c))
    }
}

fn follow(background: &mut [f32], now: &[f32], share: f32) {
    for (b, n) in background.iter_mut().zip(now) {
        *b += share * (n - *b);
    }
}

/// Mean difference of each cell from a background, in grey levels.
fn cell_changes(now: &[f32], background: &[f32]) -> [f32; COLUMNS * ROWS] {
    let shift = median_shift(now, background);
    let mut sums = [0.0_f32; COLUMNS * ROWS];
    let mut counts = [0.0_f32; COLUMNS * ROWS];
    for (i, (n, b)) in now.iter().zip(background).enumerate() {
        let (x, y) = (i % SMALL_WIDTH, i / SMALL_WIDTH);
        let cell = (y / CELL_PX) * COLUMNS + x / CELL_PX;
        sums[cell] += (n - b - shift).abs();
        counts[cell] += 1.0;
    }
    std::array::from_fn(|cell| sums[cell] / counts[cell])
}

/// How much the whole picture became brighter: the median over a sparse sample, which a change in less than
/// half of the picture does not move.
fn median_shift(now: &[f32], background: &[f32]) -> f32 {
    const SAMPLE_EVERY: usize = 37;
    median(now.iter().zip(background).step_by(SAMPLE_EVERY).map(|(n, b)| n - b).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn grey(level: u8) -> Vec<u8> {
        vec![level; SMALL_WIDTH * SMALL_HEIGHT]
    }

    fn with_patch(base: u8, patch: u8, x0: usize, edge: usize) -> Vec<u8> {
        let mut picture = grey(base);
        for y in 40..40 + edge {
            picture[y * SMALL_WIDTH + x0..][..edge].fill(patch);
        }
        picture
    }

    #[test]
    fn a_quiet_camera_is_looked_at_every_thirty_seconds() {
        let mut gate = Gate::default();
        let looks: Vec<i64> =
            (0..=64).step_by(2).filter(|s| gate.observe(at(*s), &grey(90)) != Verdict::Quiet).collect();
        assert_eq!(looks, [0, 30, 60]);
    }

    #[test]
    fn something_that_appears_is_looked_at_at_once() {
        let mut gate = Gate::default();
        gate.observe(at(0), &grey(90));
        assert_eq!(gate.observe(at(2), &grey(90)), Verdict::Quiet);
        assert!(matches!(gate.observe(at(4), &with_patch(90, 200, 64, 8)), Verdict::Changed { .. }));
    }

    #[test]
    fn change_is_found_where_it_is() {
        let mut gate = Gate::default();
        gate.observe(at(0), &grey(90));
        assert!(gate.change_in(Rect::WHOLE) < 1e-6);
        gate.observe(at(2), &with_patch(90, 200, 64, 8));
        assert!(gate.change_in(Rect { x: 0.38, y: 0.40, w: 0.1, h: 0.2 }) > 50.0);
        assert!(gate.change_in(Rect { x: 0.7, y: 0.40, w: 0.3, h: 0.6 }) < 1.0);
        assert!(gate.change_in(Rect { x: 1.0, y: 1.0, w: 1.0, h: 1.0 }) < 1.0);
    }

    #[test]
    fn slow_haze_is_seen_against_the_slow_background() {
        let mut gate = Gate::default();
        gate.observe(at(0), &grey(90));
        let seen = (1..=14_u8).find(|i| {
            let verdict = gate.observe(at(2 * i64::from(*i)), &with_patch(90, 90 + i, 64, 24));
            matches!(verdict, Verdict::Changed { fast_cells: 0, .. })
        });
        assert!(seen.is_some_and(|i| i <= 8), "{seen:?}");
    }

    #[test]
    fn lights_that_dim_everywhere_alike_are_no_change() {
        let mut gate = Gate::default();
        gate.observe(at(0), &grey(120));
        assert_eq!(gate.observe(at(2), &grey(90)), Verdict::Quiet);
    }
}
