//! From a heat map to rectangles: connected cells above a level, strongest first.

use crate::observation::{Rect, Region};

/// Most regions reported for one kind in one picture.
pub const MAX_REGIONS: usize = 8;

/// Finds the connected areas (edges and corners touch) of cells at or above `level`.
///
/// `heat` holds one score a cell, row by row, `width` cells a row.
pub fn regions(heat: &[f32], width: usize, level: f32) -> Vec<Region> {
    if width == 0 {
        return Vec::new();
    }
    let height = heat.len() / width;
    let mut seen = vec![false; heat.len()];
    let mut found = Vec::new();
    for start in 0..width * height {
        if !seen[start] && heat[start] >= level {
            found.push(grow(heat, (width, height), level, start, &mut seen));
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(MAX_REGIONS);
    found
}

/// The cell with the highest score, as a region of one cell.
pub fn peak(heat: &[f32], width: usize) -> Option<Region> {
    let height = heat.len().checked_div(width)?;
    let (at, score) = heat.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let (x, y) = (at % width, at / width);
    Some(Region { rect: rect((x, y), (x, y), (width, height)), score: *score })
}

fn grow(heat: &[f32], size: (usize, usize), level: f32, start: usize, seen: &mut [bool]) -> Region {
    let (width, height) = size;
    let (mut low, mut high) = ((width, height), (0, 0));
    let mut score = 0.0_f32;
    let mut open = vec![start];
    seen[start] = true;
    while let Some(cell) = open.pop() {
        let (x, y) = (cell % width, cell / width);
        low = (low.0.min(x), low.1.min(y));
        high = (high.0.max(x), high.1.max(y));
        score = score.max(heat[cell]);
        for ny in y.saturating_sub(1)..(y + 2).min(height) {
            for nx in x.saturating_sub(1)..(x + 2).min(width) {
                let next = ny * width + nx;
                if !seen[next] && heat[next] >= level {
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
    }
    Region { rect: rect(low, high, size), score }
}

fn rect(low: (usize, usize), high: (usize, usize), (width, height): (usize, usize)) -> Rect {
    let (w, h) = (width as f32, height as f32);
    Rect {
        x: low.0 as f32 / w,
        y: low.1 as f32 / h,
        w: (high.0 - low.0 + 1) as f32 / w,
        h: (high.1 - low.1 + 1) as f32 / h,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spots_become_two_regions_strongest_first() {
        #[rustfmt::skip]
        let heat = [
            0.5, 0.0, 0.0, 0.0,
            0.0, 0.6, 0.0, 0.9,
            0.0, 0.0, 0.0, 0.8,
        ];
        let found = regions(&heat, 4, 0.4);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Region { rect: [0.75, 1.0 / 3.0, 0.25, 2.0 / 3.0].into(), score: 0.9 });
        assert_eq!(found[1].rect, [0.0, 0.0, 0.5, 2.0 / 3.0].into());
        assert_eq!(peak(&heat, 4).unwrap().rect, [0.75, 1.0 / 3.0, 0.25, 1.0 / 3.0].into());
    }

    #[test]
    fn nothing_warm_gives_nothing() {
        assert!(regions(&[0.1; 12], 4, 0.4).is_empty());
        assert!(regions(&[], 0, 0.4).is_empty());
        assert!(peak(&[], 0).is_none());
    }
}
