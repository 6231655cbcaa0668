//! Bright regions of a picture: what is brighter than its surroundings, in one piece, with the hull around each.

use super::cells::between;

/// Half the edge of the surroundings that a pixel is compared with.
const REACH: usize = 12;
/// How much brighter than its surroundings a pixel has to be, in grey levels.
const BRIGHTER_BY: u32 = 8;
/// Smallest region: below that no stroke of a card has two pixels.
const WIDTH_MIN: u32 = 44;
const HEIGHT_MIN: u32 = 24;
/// Share of its box that a frame alone takes at least, and a card in which all runs together at most.
const FILL: [f32; 2] = [0.06, 0.95];

/// More stretches than this are noise and would take memory; at half its size the picture has less of it.
const RUNS_MAX: usize = 1_500_000;

/// A grey picture.
#[derive(Debug, Clone)]
pub(super) struct Luma {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) samples: Vec<u8>,
}

impl Luma {
    /// The picture at half its size.
    pub(super) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut samples = Vec::with_capacity(width * height);
        for row in 0..height {
            let upper = &self.samples[row * 2 * self.width..];
            let lower = &self.samples[(row * 2 + 1) * self.width..];
            for column in 0..width {
                let at = column * 2;
                let sum =
                    [upper[at], upper[at + 1], lower[at], lower[at + 1]].map(u16::from).iter().sum::<u16>();
                samples.push(((sum + 2) / 4) as u8);
            }
        }
        Self { width, height, samples }
    }

    /// The picture between its pixels; at its edge the last pixel goes on.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        between(&self.samples, [self.width, self.height], x, y)
    }
}

/// A stretch of bright pixels in a row.
#[derive(Debug, Clone, Copy)]
struct Run {
    row: u32,
    from: u32,
    to: u32,
}

/// What is known of a region while it is put together.
#[derive(Debug, Clone, Copy)]
struct Region {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
    area: u32,
}

/// The hulls of all bright regions that could be a frame, clockwise on the screen, in pixels of this picture.
pub(super) fn bright_regions(luma: &Luma) -> Vec<Vec<[f32; 2]>> {
    if luma.width < 2 * REACH || luma.height < 2 * REACH {
        return Vec::new();
    }
    let runs = bright_runs(luma);
    if runs.len() >= RUNS_MAX {
        return Vec::new();
    }
    let roots = joined(&runs);
    let mut regions: Vec<Option<Region>> = vec![None; runs.len()];
    for (run, root) in runs.iter().zip(&roots) {
        let region = regions[*root as usize].get_or_insert(Region {
            left: run.from,
            top: run.row,
            right: run.to,
            bottom: run.row + 1,
            area: 0,
        });
        region.left = region.left.min(run.from);
        region.right = region.right.max(run.to);
        region.bottom = run.row + 1;
        region.area += run.to - run.from;
    }
    let mut edges: Vec<Vec<[f32; 2]>> = Vec::new();
    let mut place = vec![u32::MAX; runs.len()];
    for (root, region) in regions.iter().enumerate() {
        if region.is_some_and(|region| could_be_frame(&region, luma)) {
            place[root] = edges.len() as u32;
            edges.push(Vec::new());
        }
    }
    for (run, root) in runs.iter().zip(&roots) {
        if let Some(edge) = edges.get_mut(place[*root as usize] as usize) {
            for row in [run.row, run.row + 1] {
                edge.push([run.from as f32, row as f32]);
                edge.push([run.to as f32, row as f32]);
            }
        }
    }
    edges.into_iter().map(hull).collect()
}

fn could_be_frame(region: &Region, luma: &Luma) -> bool {
    let (width, height) = (region.right - region.left, region.bottom - region.top);
    let fill = region.area as f32 / (width * height) as f32;
    let is_whole = region.left > 0
        && region.top > 0
        && (region.right as usize) < luma.width
        && (region.bottom as usize) < luma.height;
    is_whole && width >= WIDTH_MIN && height >= HEIGHT_MIN && (FILL[0]..FILL[1]).contains(&fill)
}

/// Stretches of pixels that are brighter than the mean of the square around them; no further rows once there are too many.
fn bright_runs(luma: &Luma) -> Vec<Run> {
    let (width, height) = (luma.width, luma.height);
    let mut columns = vec![0_u32; width];
    let row_of = |row: usize| &luma.samples[row * width..][..width];
    let add = |columns: &mut [u32], row: &[u8]| {
        for (sum, sample) in columns.iter_mut().zip(row) {
            *sum += u32::from(*sample);
        }
    };
    for row in 0..REACH.min(height) {
        add(&mut columns, row_of(row));
    }
    let mut runs = Vec::new();
    for row in 0..height {
        if row + REACH < height {
            add(&mut columns, row_of(row + REACH));
        }
        if row > REACH {
            for (sum, sample) in columns.iter_mut().zip(row_of(row - REACH - 1)) {
                *sum -= u32::from(*sample);
            }
        }
        let rows = (row + REACH).min(height - 1) - row.saturating_sub(REACH) + 1;
        bright_runs_of_row(row_of(row), &columns, rows as u32, row as u32, &mut runs);
        if runs.len() >= RUNS_MAX {
            break;
        }
    }
    runs
}

fn bright_runs_of_row(samples: &[u8], columns: &[u32], rows: u32, row: u32, runs: &mut Vec<Run>) {
    let width = samples.len();
    let mut sum: u32 = columns[..REACH.min(width)].iter().sum();
    let mut count = REACH.min(width) as u32;
    let mut from = None;
    for (column, sample) in samples.iter().enumerate() {
        if column + REACH < width {
            sum += columns[column + REACH];
            count += 1;
        }
        if column > REACH {
            sum -= columns[column - REACH - 1];
            count -= 1;
        }
        let is_bright = u32::from(*sample).saturating_sub(BRIGHTER_BY) * (rows * count) > sum;
        match (is_bright, from) {
            (true, None) => from = Some(column as u32),
            (false, Some(begun)) => {
                runs.push(Run { row, from: begun, to: column as u32 });
                from = None;
            }
            _ => {}
        }
    }
    if let Some(from) = from {
        runs.push(Run { row, from, to: width as u32 });
    }
}

/// For each run the first run of the region it belongs to; runs of neighbouring rows that touch, at a corner too, are one region.
fn joined(runs: &[Run]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..runs.len() as u32).collect();
    let (mut above, mut this_row) = (0..0, 0..0);
    let mut reached = 0;
    for (number, run) in runs.iter().enumerate() {
        if this_row.is_empty() || runs[this_row.start].row != run.row {
            let is_next = !this_row.is_empty() && runs[this_row.start].row + 1 == run.row;
            above = if is_next { this_row.clone() } else { 0..0 };
            reached = above.start;
            this_row = number..number;
        }
        this_row.end = number + 1;
        while reached < above.end && runs[reached].to < run.from {
            reached += 1;
        }
        for (other, upper) in runs.iter().enumerate().take(above.end).skip(reached) {
            if upper.from > run.to {
                break;
            }
            let (a, b) = (root_of(&mut parent, other as u32), root_of(&mut parent, number as u32));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    (0..runs.len() as u32).map(|run| root_of(&mut parent, run)).collect()
}

fn root_of(parent: &mut [u32], of: u32) -> u32 {
    let mut at = of;
    while parent[at as usize] != at {
        parent[at as usize] = parent[parent[at as usize] as usize];
        at = parent[at as usize];
    }
    at
}

/// The convex hull (Andrew's chain), clockwise as seen on the screen.
fn hull(mut points: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    let turns = |chain: &[[f32; 2]], next: [f32; 2]| {
        let [.., a, b] = chain else { return true };
        (b[0] - a[0]) * (next[1] - a[1]) - (b[1] - a[1]) * (next[0] - a[0]) > 0.0
    };
    let half = |points: &mut dyn Iterator<Item = [f32; 2]>| {
        let mut chain: Vec<[f32; 2]> = Vec::new();
        for point in points {
            while !turns(&chain, point) {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut around = half(&mut points.iter().copied());
    around.extend(half(&mut points.iter().rev().copied()));
    around
}
