//! Things that were put into a scene and left: an area that looks different from before, the same all the time, for long enough.
//!
//! It does not know what the thing is. What moves does not count, nor what is taken away again before the hold is over.

use jiff::{SignedDuration, Timestamp};

use super::standing::{COLUMNS, ROWS, StandingCells};
use crate::observation::Rect;

/// When a change is a left thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftRule {
    /// How long it has to stand there.
    pub hold: SignedDuration,
    /// Share of the picture it takes, at least.
    pub area_min: f32,
    /// And at most: more is a change of the scene.
    pub area_max: f32,
}

impl LeftRule {
    /// A bag, a box, a bicycle, standing for eight seconds.
    pub const USUAL: Self = Self { hold: SignedDuration::from_secs(8), area_min: 0.002, area_max: 0.3 };
}

/// Something that was left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftObject {
    /// Where.
    pub rect: Rect,
    /// When it was put there.
    pub since: Timestamp,
    /// When the hold was over.
    pub at: Timestamp,
    /// When it was gone again.
    pub ended_at: Option<Timestamp>,
}

/// The left things of one camera.
#[derive(Debug, Clone)]
pub struct LeftObjects {
    rule: LeftRule,
    cells: StandingCells,
    told: Vec<Told>,
}

#[derive(Debug, Clone)]
struct Told {
    object: LeftObject,
    cells: Vec<usize>,
}

impl LeftObjects {
    /// A camera nothing is known about yet.
    pub const fn new(rule: LeftRule) -> Self {
        Self { rule, cells: StandingCells::learned(), told: Vec::new() }
    }

    /// Takes a medium luma picture; what was found left by it, and what of that was taken away (with its `ended_at`).
    pub fn observe(&mut self, at: Timestamp, medium: &[u8]) -> Vec<LeftObject> {
        if !self.cells.observe(at, medium) {
            return Vec::new();
        }
        let mut changes = self.taken_away(at);
        for area in self.standing_areas(at) {
            let share = area.len() as f32 / (COLUMNS * ROWS) as f32;
            let is_known = self.told.iter().any(|told| told.cells.iter().any(|cell| area.contains(cell)));
            if is_known || !(self.rule.area_min..=self.rule.area_max).contains(&share) {
                continue;
            }
            if self.cells.is_uncovered(&area) {
                self.cells.accept(&area);
                continue;
            }
            let since = area.iter().filter_map(|cell| self.cells.since(*cell)).min().unwrap_or(at);
            let object = LeftObject { rect: around(&area), since, at, ended_at: None };
            changes.push(object);
            self.told.push(Told { object, cells: area });
        }
        changes
    }

    fn taken_away(&mut self, at: Timestamp) -> Vec<LeftObject> {
        /// Share of a thing's cells that still differ while it is there.
        const THERE_SHARE: f32 = 0.4;
        let cells = &self.cells;
        let mut gone = Vec::new();
        self.told.retain(|told| {
            let there = told.cells.iter().filter(|cell| cells.is_changed(**cell)).count();
            let is_there = there as f32 >= THERE_SHARE * told.cells.len() as f32;
            if !is_there {
                gone.push(LeftObject { ended_at: Some(at), ..told.object });
            }
            is_there
        });
        gone
    }

    /// Connected areas of cells that have stood for the hold.
    fn standing_areas(&self, at: Timestamp) -> Vec<Vec<usize>> {
        let mut open: Vec<bool> =
            (0..COLUMNS * ROWS).map(|cell| self.cells.stands(cell, at, self.rule.hold)).collect();
        let mut areas = Vec::new();
        for start in 0..open.len() {
            if !std::mem::take(&mut open[start]) {
                continue;
            }
            let (mut area, mut next) = (vec![start], 0);
            while next < area.len() {
                let (x, y) = (area[next] % COLUMNS, area[next] / COLUMNS);
                next += 1;
                for ny in y.saturating_sub(1)..(y + 2).min(ROWS) {
                    for nx in x.saturating_sub(1)..(x + 2).min(COLUMNS) {
                        let cell = ny * COLUMNS + nx;
                        if std::mem::take(&mut open[cell]) {
                            area.push(cell);
                        }
                    }
                }
            }
            areas.push(area);
        }
        areas
    }
}

fn around(cells: &[usize]) -> Rect {
    let columns = cells.iter().map(|cell| cell % COLUMNS);
    let rows = cells.iter().map(|cell| cell / COLUMNS);
    let (x0, x1) = (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0) + 1);
    let (y0, y1) = (rows.clone().min().unwrap_or(0), rows.max().unwrap_or(0) + 1);
    let (w, h) = (COLUMNS as f32, ROWS as f32);
    Rect { x: x0 as f32 / w, y: y0 as f32 / h, w: (x1 - x0) as f32 / w, h: (y1 - y0) as f32 / h }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{MEDIUM_HEIGHT, MEDIUM_WIDTH};

    fn at(seconds: f64) -> Timestamp {
        Timestamp::from_microsecond(1_800_000_000_000_000 + (seconds * 1e6) as i64).unwrap()
    }

    /// A floor with a grain; things on it as (x, y, width, height, shade) in pixels of the medium picture.
    fn floor(light: f32, things: &[(usize, usize, usize, usize, f32)]) -> Vec<u8> {
        (0..MEDIUM_WIDTH * MEDIUM_HEIGHT)
            .map(|i| {
                let (x, y) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH);
                let ground = 100.0 + (x * 7 % 13 + y * 5 % 11) as f32;
                let thing = things
                    .iter()
                    .find(|(tx, ty, w, h, _)| (*tx..tx + w).contains(&x) && (*ty..ty + h).contains(&y));
                (thing.map_or(ground, |t| t.4) * light) as u8
            })
            .collect()
    }

    const BOX: (usize, usize, usize, usize, f32) = (200, 120, 40, 36, 180.0);

    /// Plays twenty seconds at two looks a second; seconds at which something was found left and taken away.
    fn play(scene: impl Fn(f64) -> Vec<u8>) -> (Vec<f64>, Vec<f64>) {
        let mut watch = LeftObjects::new(LeftRule::USUAL);
        let (mut left, mut taken) = (Vec::new(), Vec::new());
        for i in 0..60 {
            let t = f64::from(i) / 2.0;
            for change in watch.observe(at(t), &scene(t)) {
                if change.ended_at.is_some() { taken.push(t) } else { left.push(t) }
            }
        }
        (left, taken)
    }

    #[test]
    fn a_box_that_stays_is_found_and_one_that_is_taken_again_is_not() {
        let stays = play(|t| if t >= 3.0 { floor(1.0, &[BOX]) } else { floor(1.0, &[]) });
        assert_eq!(stays, (vec![11.0], vec![]));
        let short = play(|t| if (3.0..8.0).contains(&t) { floor(1.0, &[BOX]) } else { floor(1.0, &[]) });
        assert_eq!(short, (vec![], vec![]));
        let later = play(|t| if (3.0..20.0).contains(&t) { floor(1.0, &[BOX]) } else { floor(1.0, &[]) });
        assert_eq!(later.0, [11.0]);
        assert!(later.1.len() == 1 && later.1[0] <= 21.0, "{later:?}");
    }

    #[test]
    fn who_passes_in_front_neither_hides_nor_makes_a_left_thing() {
        let walker = |t: f64| ((t * 40.0) as usize % 280, 100, 30, 70, 30.0);
        let (left, _) = play(|t| {
            let passing = [walker(t), BOX];
            if t >= 3.0 { floor(1.0, &passing) } else { floor(1.0, &passing[..1]) }
        });
        assert!(left.len() == 1 && left[0] <= 14.0, "{left:?}");
        assert_eq!(play(|t| floor(1.0, &[walker(t)])).0, [0.0; 0]);
    }

    #[test]
    fn what_was_there_from_the_beginning_and_is_taken_away_leaves_nothing() {
        assert_eq!(play(|t| if t < 4.0 { floor(1.0, &[BOX]) } else { floor(1.0, &[]) }), (vec![], vec![]));
    }

    #[test]
    fn lights_that_go_off_and_on_leave_nothing() {
        assert_eq!(play(|t| floor(if t >= 5.0 { 0.3 } else { 1.0 }, &[])), (vec![], vec![]));
        let dim =
            play(
                |t| if t >= 3.0 { floor(if t >= 6.0 { 0.6 } else { 1.0 }, &[BOX]) } else { floor(1.0, &[]) },
            );
        assert_eq!(dim.0, [11.0]);
    }
}
