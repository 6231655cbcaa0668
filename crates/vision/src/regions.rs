//! From what the cells of the grid say to rectangles: every cell names one box a kind, the strongest of those that
//! overlap stays.
//!
//! A cell gives a heat (does it lie in such a thing), a quality (how well its box fits) and the logarithms of the distances, in cells,
//! from its middle to the four sides of the box (FCOS, Tian et al., arXiv 1904.01355). `training/boxes.py` does the same.

use crate::observation::{Kind, Rect, Region};

/// Most regions reported for one kind in one picture.
pub const MAX_REGIONS: usize = 8;

/// Values a cell gives: heats, then qualities, then four distances, each for every kind.
pub const VALUES: usize = 6 * KINDS;

const KINDS: usize = Kind::ALL.len();
/// Boxes below this score are not worth a word.
const LEAST_SCORE: f32 = 0.02;
/// Limits of a distance's logarithm: 1/20 of a cell to 33 cells.
const LOG_LIMITS: (f32, f32) = (-3.0, 3.5);
/// A box is left out when it shares more than this part of the union with a stronger one …
const MOST_OVERLAP: f32 = 0.5;
/// … or of the smaller of the two.
const MOST_COVERED: f32 = 0.8;

/// The boxes of one kind, strongest first. `cells` holds [`VALUES`] values a cell, row by row.
pub fn regions(cells: &[f32], width: usize, kind: Kind) -> Vec<Region> {
    if width == 0 {
        return Vec::new();
    }
    let height = cells.len() / VALUES / width;
    let mut candidates: Vec<(usize, f32)> = cells
        .chunks_exact(VALUES)
        .map(|cell| sigmoid(cell[kind.index()]) * sigmoid(cell[KINDS + kind.index()]))
        .enumerate()
        .filter(|(_, score)| *score >= LEAST_SCORE)
        .collect();
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut kept: Vec<Region> = Vec::new();
    for (at, score) in candidates {
        let sides = &cells[at * VALUES + 2 * KINDS + 4 * kind.index()..][..4];
        let rect = decoded(sides, (at % width, at / width), (width, height));
        if rect.w > 0.0 && rect.h > 0.0 && !kept.iter().any(|region| same(region.rect, rect)) {
            kept.push(Region { rect, score });
            if kept.len() == MAX_REGIONS {
                break;
            }
        }
    }
    kept
}

/// The box a cell names, cut at the edges of the picture.
fn decoded(sides: &[f32], (column, row): (usize, usize), (width, height): (usize, usize)) -> Rect {
    let reach = |i: usize| sides[i].clamp(LOG_LIMITS.0, LOG_LIMITS.1).exp();
    let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
    let (w, h) = (width as f32, height as f32);
    let (x0, y0) = ((x - reach(0)).max(0.0), (y - reach(1)).max(0.0));
    let (x1, y1) = ((x + reach(2)).min(w), (y + reach(3)).min(h));
    Rect { x: x0 / w, y: y0 / h, w: (x1 - x0) / w, h: (y1 - y0) / h }
}

fn same(a: Rect, b: Rect) -> bool {
    a.overlap(b) > MOST_OVERLAP || a.shared_area(b) > MOST_COVERED * (a.w * a.h).min(b.w * b.h)
}

/// The logistic function: what the model's outputs become scores by.
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLD: f32 = -9.0;

    /// A cold grid of 6 by 4 in which some cells name a box of flame: place, heat, the four distances in cells.
    fn grid(cells: &[((usize, usize), f32, [f32; 4])]) -> Vec<f32> {
        let mut out = vec![COLD; 6 * 4 * VALUES];
        for &((x, y), heat, sides) in cells {
            let cell = &mut out[(y * 6 + x) * VALUES..][..VALUES];
            cell[0] = heat;
            cell[KINDS] = 9.0;
            cell[2 * KINDS..][..4].copy_from_slice(&sides.map(f32::ln));
        }
        out
    }

    #[test]
    fn the_strongest_of_those_that_name_the_same_box_stays() {
        let cells = grid(&[
            ((1, 1), 1.0, [1.5, 1.5, 1.5, 1.5]),
            ((2, 1), 2.0, [2.5, 1.5, 0.5, 1.5]),
            ((5, 3), 0.0, [0.5, 0.5, 0.5, 0.5]),
        ]);
        let found = regions(&cells, 6, Kind::Flame);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!((found[0].score - sigmoid(2.0)).abs() < 0.01 && (found[1].score - 0.5).abs() < 0.01);
        for (got, wanted) in
            [(found[0].rect, [0.0, 0.0, 0.5, 0.75]), (found[1].rect, [5.0 / 6.0, 0.75, 1.0 / 6.0, 0.25])]
        {
            let got: [f32; 4] = got.into();
            assert!(got.iter().zip(wanted).all(|(g, w)| (g - w).abs() < 1e-5), "{got:?}, wanted {wanted:?}");
        }
        assert!(regions(&cells, 6, Kind::Smoke).is_empty());
    }

    #[test]
    fn a_box_inside_a_stronger_one_is_left_out() {
        let cells = grid(&[((2, 2), 3.0, [2.0, 2.0, 2.0, 1.5]), ((3, 2), 1.0, [0.5, 0.5, 0.5, 0.5])]);
        assert_eq!(regions(&cells, 6, Kind::Flame).len(), 1);
    }

    #[test]
    fn whatever_the_cells_say_boxes_lie_in_the_picture() {
        for side in [f32::MIN_POSITIVE, 1e30, f32::NAN] {
            for region in regions(&grid(&[((3, 2), 3.0, [side; 4])]), 6, Kind::Flame) {
                let Rect { x, y, w, h } = region.rect;
                assert!(x >= 0.0 && y >= 0.0 && x + w <= 1.0001 && y + h <= 1.0001, "{side}: {region:?}");
            }
        }
        assert!(regions(&[], 0, Kind::Flame).is_empty());
    }
}
