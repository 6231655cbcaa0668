//! What stands in a scene that was not there before: cell by cell, against a background.
//!
//! Each cell of the picture remembers how the scene looks (its background) and, when something else is there, how that looks and since
//! when (its candidate). People who pass cover a candidate for a while and do not end it; only the background that comes back ends it. Everything
//! is compared both as it is and with the picture's gain taken out: lamps go off, and cameras set their exposure by what walks in.

use jiff::{SignedDuration, Timestamp};

use super::{MEDIUM_HEIGHT, MEDIUM_WIDTH};
use crate::median::median;

/// Edge of a cell in pixels of the medium picture.
const CELL_PX: usize = 4;
/// Cells in a row.
pub const COLUMNS: usize = MEDIUM_WIDTH / CELL_PX;
/// Rows of cells.
pub const ROWS: usize = MEDIUM_HEIGHT / CELL_PX;
/// Difference (grey levels of a cell's mean) up to which a cell looks as before.
const SAME_LEVELS: f32 = 10.0;
/// Share of a look in the background where it fits.
const FOLLOW: f32 = 1.0 / 32.0;
/// Looks from which a learned background is known.
const LEARN_LOOKS: usize = 5;
/// More changed cells than this are no object: the light went, the camera turned, somebody stands before the lens.
const UPSET_SHARE: f32 = 0.6;
/// So long an upset and the background is learned anew; never for an approved one.
const RELEARN_AFTER: SignedDuration = SignedDuration::from_mins(2);
/// A third appearance that stays for so many looks replaces the candidate.
const REPLACED_AFTER_LOOKS: u16 = 3;
/// Background in so many looks in a row ends a candidate.
const ENDED_AFTER_LOOKS: u16 = 2;

/// How one cell's candidate looks, and how surely it stands.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    level: f32,
    /// The same with the picture's gain taken out.
    plain: f32,
    since: Timestamp,
    seen: u16,
    missed: u16,
    background: u16,
    other: f32,
    other_looks: u16,
    here_now: bool,
}

/// The cells of one camera.
#[derive(Debug, Clone)]
pub struct StandingCells {
    background: Vec<f32>,
    is_approved: bool,
    /// First looks, until the background is known.
    learning: Vec<Vec<f32>>,
    candidates: Vec<Option<Candidate>>,
    upset_since: Option<Timestamp>,
}

impl StandingCells {
    /// A scene that is learned from its first looks.
    pub const fn learned() -> Self {
        Self {
            background: Vec::new(),
            is_approved: false,
            learning: Vec::new(),
            candidates: Vec::new(),
            upset_since: None,
        }
    }

    /// A scene that a person approved, as a medium luma picture.
    pub fn approved(medium: &[u8]) -> Self {
        Self {
            background: cell_means(medium),
            is_approved: true,
            learning: Vec::new(),
            candidates: vec![None; COLUMNS * ROWS],
            upset_since: None,
        }
    }

    /// Whether the scene is known well enough to compare with.
    pub const fn is_known(&self) -> bool {
        !self.background.is_empty()
    }

    /// Takes a look. False when the picture as a whole is upset, so that nothing can be said about any part of it.
    pub fn observe(&mut self, at: Timestamp, medium: &[u8]) -> bool {
        let now = cell_means(medium);
        if !self.is_known() {
            self.learn(now);
            return false;
        }
        let gain = gain(&now, &self.background);
        let is_changed = |(n, b): &(&f32, &f32)| !fits(**n, **n / gain, **b, **b);
        let changed = now.iter().zip(&self.background).filter(is_changed).count();
        if changed as f32 > UPSET_SHARE * now.len() as f32 {
            let since = *self.upset_since.get_or_insert(at);
            if !self.is_approved && at.duration_since(since) >= RELEARN_AFTER {
                *self = Self::learned();
                self.learn(now);
            }
            return false;
        }
        self.upset_since = None;
        for (cell, &level) in now.iter().enumerate() {
            let plain = level / gain;
            let background = &mut self.background[cell];
            let candidate = &mut self.candidates[cell];
            if is_background(candidate.as_ref(), level, plain, *background) {
                *background += FOLLOW * (plain - *background);
                background_seen(candidate);
            } else {
                something_seen(candidate, at, level, plain);
            }
        }
        true
    }

    /// Whether a cell has held the same new thing for at least `hold`, and holds it now.
    pub fn stands(&self, cell: usize, at: Timestamp, hold: SignedDuration) -> bool {
        self.since(cell).is_some_and(|since| at.duration_since(since) >= hold)
    }

    /// Since when a cell has held the new thing that it holds now; `None` when it holds none, or one that comes and goes.
    pub fn since(&self, cell: usize) -> Option<Timestamp> {
        /// Looks that a thing has to be seen in.
        const SEEN_LOOKS: u16 = 3;
        let c = self.candidates.get(cell)?.as_ref()?;
        let is_steady = c.seen >= SEEN_LOOKS && c.seen >= c.missed;
        (c.here_now && is_steady).then_some(c.since)
    }

    /// Whether a cell's candidate is there or only covered; false once the background came back.
    pub fn is_changed(&self, cell: usize) -> bool {
        self.candidates.get(cell).is_some_and(Option::is_some)
    }

    /// Whether an area shows what was behind something that has gone, and not something new: at its edge the background has the
    /// outline and the picture has not.
    pub fn is_uncovered(&self, area: &[usize]) -> bool {
        let (mut now, mut before) = (0.0, 0.0);
        for &cell in area {
            let (x, y) = (cell % COLUMNS, cell / COLUMNS);
            let level =
                |cell: usize| self.candidates[cell].as_ref().map_or(self.background[cell], |c| c.plain);
            let neighbours = [
                (x > 0).then(|| cell - 1),
                (x + 1 < COLUMNS).then(|| cell + 1),
                (y > 0).then(|| cell - COLUMNS),
                (y + 1 < ROWS).then(|| cell + COLUMNS),
            ];
            for outside in neighbours.into_iter().flatten().filter(|n| !area.contains(n)) {
                now += (level(cell) - level(outside)).abs();
                before += (self.background[cell] - self.background[outside]).abs();
            }
        }
        now < before
    }

    /// Makes what an area shows its background.
    pub fn accept(&mut self, area: &[usize]) {
        for &cell in area {
            if let Some(candidate) = self.candidates[cell].take() {
                self.background[cell] = candidate.plain;
            }
        }
    }

    /// The background is the median of the first looks: who walks away during them is not part of it.
    fn learn(&mut self, now: Vec<f32>) {
        self.learning.push(now);
        if self.learning.len() < LEARN_LOOKS {
            return;
        }
        let looks = std::mem::take(&mut self.learning);
        let usual = |cell: usize| median(looks.iter().map(|look| look[cell]).collect());
        self.background = (0..COLUMNS * ROWS).map(usual).collect();
        self.candidates = vec![None; self.background.len()];
    }
}

fn same(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_LEVELS
}

fn fits(level: f32, plain: f32, as_it_was: f32, without_gain: f32) -> bool {
    same(level, as_it_was) || same(plain, without_gain)
}

/// Whether a cell shows its background. With the gain taken out the background comes before the candidate; as it is, the candidate comes before the
/// background: a box in dim light may be as dark as the floor was in bright light.
fn is_background(candidate: Option<&Candidate>, level: f32, plain: f32, background: f32) -> bool {
    let is_candidate = candidate.is_some_and(|c| fits(level, plain, c.level, c.plain));
    same(plain, background) || (!is_candidate && same(level, background))
}

fn background_seen(candidate: &mut Option<Candidate>) {
    let Some(c) = candidate else { return };
    c.here_now = false;
    c.background += 1;
    if c.background >= ENDED_AFTER_LOOKS {
        *candidate = None;
    }
}

fn something_seen(candidate: &mut Option<Candidate>, at: Timestamp, level: f32, plain: f32) {
    const FOLLOW_CANDIDATE: f32 = 0.25;
    let fresh = Candidate {
        level,
        plain,
        since: at,
        seen: 1,
        missed: 0,
        background: 0,
        other: level,
        other_looks: 0,
        here_now: true,
    };
    let Some(c) = candidate else {
        *candidate = Some(fresh);
        return;
    };
    c.background = 0;
    if fits(level, plain, c.level, c.plain) {
        c.level += FOLLOW_CANDIDATE * (level - c.level);
        c.plain += FOLLOW_CANDIDATE * (plain - c.plain);
        c.seen = c.seen.saturating_add(1);
        c.other_looks = 0;
        c.here_now = true;
        return;
    }
    c.here_now = false;
    c.missed = c.missed.saturating_add(1);
    c.other_looks = if same(level, c.other) { c.other_looks + 1 } else { 0 };
    c.other = level;
    if c.other_looks >= REPLACED_AFTER_LOOKS {
        *candidate = Some(fresh);
    }
}

/// How much brighter the picture is than the background: the median, which a change in less than half of it does not move.
fn gain(now: &[f32], background: &[f32]) -> f32 {
    /// Ratios of nearly black cells say nothing.
    const DARK: f32 = 16.0;
    let ratios: Vec<f32> = now
        .iter()
        .zip(background)
        .filter(|(_, b)| **b > DARK)
        .map(|(n, b)| (n / b).clamp(0.2, 5.0))
        .collect();
    if ratios.len() < now.len() / 4 { 1.0 } else { median(ratios) }
}

fn cell_means(medium: &[u8]) -> Vec<f32> {
    debug_assert_eq!(medium.len(), MEDIUM_WIDTH * MEDIUM_HEIGHT);
    let mut sums = vec![0_u32; COLUMNS * ROWS];
    for (y, row) in medium.chunks_exact(MEDIUM_WIDTH).enumerate() {
        for (x, part) in row.chunks_exact(CELL_PX).enumerate() {
            sums[y / CELL_PX * COLUMNS + x] += part.iter().map(|p| u32::from(*p)).sum::<u32>();
        }
    }
    let share = 1.0 / (CELL_PX * CELL_PX) as f32;
    sums.into_iter().map(|sum| sum as f32 * share).collect()
}
