//! A marked part of the picture that has to stay as a person approved it: an exit kept free, a fire door shut, an extinguisher in its
//! place.
//!
//! It says which share of the zone differs from the approved picture and for how long; which alarm that is, is said elsewhere.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::standing::{COLUMNS, ROWS, StandingCells};

/// Corners of a zone at most.
pub const CORNERS_MAX: usize = 32;
/// Share of a zone that has to differ, by something that stands.
const BLOCKED_SHARE: f32 = 0.12;
/// Below this it is free again.
const FREE_SHARE: f32 = 0.06;
/// It has to be free for this long before that is said.
const FREE_AFTER: SignedDuration = SignedDuration::from_secs(4);

/// An outline that is no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PolygonError {
    /// Too few or too many corners.
    #[error("a zone has 3 to {CORNERS_MAX} corners, not {0}")]
    Corners(usize),
    /// A corner outside the picture.
    #[error("corner {0} lies outside the picture (0 to 1 in both directions)")]
    Outside(usize),
    /// No area that could be watched.
    #[error("the zone is too small to be watched")]
    Empty,
}

/// An outline in shares of the picture, origin top left. In JSON `[[x, y], …]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<[f32; 2]>", into = "Vec<[f32; 2]>")]
pub struct Polygon(Vec<[f32; 2]>);

impl TryFrom<Vec<[f32; 2]>> for Polygon {
    type Error = PolygonError;

    fn try_from(corners: Vec<[f32; 2]>) -> Result<Self, PolygonError> {
        if !(3..=CORNERS_MAX).contains(&corners.len()) {
            return Err(PolygonError::Corners(corners.len()));
        }
        let inside = |c: &[f32; 2]| c.iter().all(|v| (0.0..=1.0).contains(v));
        if let Some(bad) = corners.iter().position(|c| !inside(c)) {
            return Err(PolygonError::Outside(bad + 1));
        }
        let polygon = Self(corners);
        if polygon.cells().is_empty() { Err(PolygonError::Empty) } else { Ok(polygon) }
    }
}

impl From<Polygon> for Vec<[f32; 2]> {
    fn from(polygon: Polygon) -> Self {
        polygon.0
    }
}

impl Polygon {
    /// Whether a point lies inside (even-odd rule).
    pub fn contains(&self, [x, y]: [f32; 2]) -> bool {
        let mut inside = false;
        let mut previous = self.0[self.0.len() - 1];
        for &corner in &self.0 {
            let ([x0, y0], [x1, y1]) = (previous, corner);
            if (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0 {
                inside = !inside;
            }
            previous = corner;
        }
        inside
    }

    fn cells(&self) -> Vec<usize> {
        let centre = |cell: usize| [(cell % COLUMNS) as f32 + 0.5, (cell / COLUMNS) as f32 + 0.5];
        (0..COLUMNS * ROWS)
            .filter(|cell| {
                let [x, y] = centre(*cell);
                self.contains([x / COLUMNS as f32, y / ROWS as f32])
            })
            .collect()
    }
}

/// What is known about a zone after a look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ZoneState {
    /// Share of the zone that differs by something standing there, 0 to 1.
    pub share: f32,
    /// Since when, once the hold is over; `None` while the zone is as it was approved.
    pub blocked_since: Option<Timestamp>,
}

/// One zone of one camera.
#[derive(Debug, Clone)]
pub struct ZoneWatch {
    cells: Vec<usize>,
    hold: SignedDuration,
    blocked_since: Option<Timestamp>,
    free_since: Option<Timestamp>,
}

impl ZoneWatch {
    /// A zone that counts as blocked when something has stood in it for `hold`.
    pub fn new(outline: &Polygon, hold: SignedDuration) -> Self {
        Self { cells: outline.cells(), hold, blocked_since: None, free_since: None }
    }

    /// Takes a look of the camera whose cells these are; they have observed the look's picture already.
    pub fn observe(&mut self, at: Timestamp, cells: &StandingCells) -> ZoneState {
        let share_of = |count: usize| count as f32 / self.cells.len().max(1) as f32;
        let standing: Vec<Timestamp> = self
            .cells
            .iter()
            .filter(|c| cells.stands(**c, at, self.hold))
            .filter_map(|c| cells.since(*c))
            .collect();
        let share = share_of(standing.len());
        match self.blocked_since {
            None if share >= BLOCKED_SHARE => self.blocked_since = standing.into_iter().min(),
            Some(_) => {
                // What is only covered by somebody passing is still there.
                let changed = share_of(self.cells.iter().filter(|c| cells.is_changed(**c)).count());
                if changed >= FREE_SHARE {
                    self.free_since = None;
                } else if at.duration_since(*self.free_since.get_or_insert(at)) >= FREE_AFTER {
                    (self.blocked_since, self.free_since) = (None, None);
                }
            }
            None => {}
        }
        ZoneState { share, blocked_since: self.blocked_since }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{MEDIUM_HEIGHT, MEDIUM_WIDTH};

    fn square() -> Polygon {
        vec![[0.5, 0.5], [0.8, 0.5], [0.8, 0.9], [0.5, 0.9]].try_into().unwrap()
    }

    #[test]
    fn bad_outlines_say_what_is_wrong() {
        let try_of = |corners: Vec<[f32; 2]>| Polygon::try_from(corners).unwrap_err();
        assert_eq!(try_of(vec![[0.0, 0.0]; 2]), PolygonError::Corners(2));
        assert_eq!(try_of(vec![[0.0, 0.0]; 33]), PolygonError::Corners(33));
        assert_eq!(try_of(vec![[0.0, 0.0], [1.0, 0.0], [f32::NAN, 1.0]]), PolygonError::Outside(3));
        assert_eq!(try_of(vec![[0.0, 0.0], [1.0, 0.0], [1.2, 1.0]]), PolygonError::Outside(3));
        assert_eq!(try_of(vec![[0.5, 0.5]; 3]), PolygonError::Empty);
        assert!(square().contains([0.6, 0.6]) && !square().contains([0.4, 0.6]));
    }

    fn door(has_box: bool, walker_at: Option<usize>, light: f32) -> Vec<u8> {
        (0..MEDIUM_WIDTH * MEDIUM_HEIGHT)
            .map(|i| {
                let (x, y) = (i % MEDIUM_WIDTH, i / MEDIUM_WIDTH);
                let mut shade = if (100..220).contains(&x) { 140.0 } else { 90.0 };
                if has_box && (180..220).contains(&x) && (110..150).contains(&y) {
                    shade = 60.0;
                }
                if walker_at.is_some_and(|w| (w..w + 36).contains(&x)) && y > 60 {
                    shade = 25.0;
                }
                (shade * light) as u8
            })
            .collect()
    }

    #[test]
    fn a_blocked_exit_is_told_after_its_hold_and_free_after_the_thing_is_gone() {
        let at = |s: i64| Timestamp::from_second(1_800_000_000 + s).unwrap();
        let mut cells = StandingCells::approved(&door(false, None, 1.0));
        let mut zone = ZoneWatch::new(&square(), SignedDuration::from_secs(20));
        let (mut told, mut before) = (Vec::new(), None);
        for s in (0..90).step_by(2) {
            let walker = (s % 10 < 4).then_some(20 * (s as usize % 16));
            let light = if s > 40 { 0.7 } else { 1.0 };
            cells.observe(at(s), &door((10..60).contains(&s), walker, light));
            let state = zone.observe(at(s), &cells);
            if state.blocked_since != std::mem::replace(&mut before, state.blocked_since) {
                told.push((s, state.blocked_since.map(|t| t.as_second() - 1_800_000_000)));
            }
        }
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            (30..=36).contains(&told[0].0) && told[0].1.is_some_and(|since| (10..=14).contains(&since)),
            "{told:?}"
        );
        assert!((62..=72).contains(&told[1].0) && told[1].1.is_none(), "{told:?}");
    }
}
