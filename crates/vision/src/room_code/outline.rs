//! Whether an outline is that of a card: four corners, a bright frame with black on both sides; and where exactly the frame lies.

use super::plane::Plane;
use super::search::Luma;
use super::{CARD_HEIGHT, CARD_WIDTH};

/// The card's corners in strokes.
pub(super) const CARD_CORNERS: [[f32; 2]; 4] =
    [[0.0, 0.0], [CARD_WIDTH, 0.0], [CARD_WIDTH, CARD_HEIGHT], [0.0, CARD_HEIGHT]];
/// The corners along the middle of the frame's stroke: the mean of its outer and inner edge stays where it is however far light spills.
pub(super) const MIDDLE_OF_FRAME: [[f32; 2]; 4] =
    [[0.5, 0.5], [CARD_WIDTH - 0.5, 0.5], [CARD_WIDTH - 0.5, CARD_HEIGHT - 0.5], [0.5, CARD_HEIGHT - 0.5]];
/// The hull may be so much larger than the four corners inside it.
const ROUNDER_THAN_CORNERS: f32 = 1.14;
/// Width by height of a card seen up to a half turned away.
const ASPECT: [f32; 2] = [0.75, 3.4];
/// Shortest side in pixels.
const SIDE_MIN_PX: f32 = 22.0;
/// How far the picture may be rotated: tangent of 42 degrees.
const ROTATED_MAX: f32 = 0.9;
/// Places along a side at which the frame is looked for.
const PROBES: usize = 28;
/// Of which so many have to lie on one line.
const PROBES_MIN: usize = 14;
/// Steepest edge that counts, in grey levels for two steps.
const EDGE_MIN: f32 = 4.0;
/// Least difference of the frame to the black beside it, in grey levels.
const CONTRAST_MIN: f32 = 14.0;
/// Share of the places around the card where the frame has to be brighter than both sides.
const FRAMED_MIN: f32 = 0.86;

/// The corners of a card along the middle of its frame, in pixels of the full picture; none where the hull is of something else.
/// `scale` is what a pixel of the hull measures there.
pub(super) fn card_corners(luma: &Luma, hull: &[[f32; 2]], scale: f32) -> Option<[[f32; 2]; 4]> {
    let outer = four_corners(hull)?.map(|corner| corner.map(|part| part * scale));
    let mut corners = None;
    let mut expected = Plane::through(outer, CARD_CORNERS)?;
    for _ in 0..2 {
        let found = framed(luma, &expected)?;
        expected = Plane::through(found, MIDDLE_OF_FRAME)?;
        corners = Some(found);
    }
    corners.filter(|_| is_frame(luma, &expected))
}

/// The corners of a hull that has four: upper left, upper right, lower right, lower left.
fn four_corners(hull: &[[f32; 2]]) -> Option<[[f32; 2]; 4]> {
    let distance = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let farthest_from = |from: [f32; 2]| {
        hull.iter().copied().max_by(|a, b| distance(from, *a).total_cmp(&distance(from, *b)))
    };
    // From anywhere the farthest point is a corner; a few more steps end at the longer diagonal.
    let first = farthest_from(*hull.first()?)?;
    let second = farthest_from(first)?;
    let first = farthest_from(second)?;
    let side = |point: &[f32; 2]| {
        (second[0] - first[0]) * (point[1] - first[1]) - (second[1] - first[1]) * (point[0] - first[0])
    };
    let third = hull.iter().copied().max_by(|a, b| side(a).total_cmp(&side(b)))?;
    let fourth = hull.iter().copied().min_by(|a, b| side(a).total_cmp(&side(b)))?;
    // Clockwise on the screen: from the first, what lies on its left when looking to the second comes first.
    let around = [first, fourth, second, third];
    if area(hull) > ROUNDER_THAN_CORNERS * area(&around) {
        return None;
    }
    let slant = |n: usize| {
        let (from, to) = (around[n], around[(n + 1) % 4]);
        (to[0] - from[0]) / distance(from, to).max(1e-3)
    };
    let begin = (0..4).max_by(|a, b| slant(*a).total_cmp(&slant(*b)))?;
    let ordered = [0, 1, 2, 3].map(|n| around[(begin + n) % 4]);
    let [top, right, bottom, left] = [0, 1, 2, 3].map(|n| distance(ordered[n], ordered[(n + 1) % 4]));
    let aspect = (top + bottom) / (left + right);
    let across = [ordered[1][0] - ordered[0][0], ordered[1][1] - ordered[0][1]];
    let is_upright = across[0] > 0.0 && across[1].abs() <= ROTATED_MAX * across[0];
    let shortest = top.min(right).min(bottom).min(left);
    (is_upright && shortest >= SIDE_MIN_PX / 2.0 && (ASPECT[0]..ASPECT[1]).contains(&aspect))
        .then_some(ordered)
}

fn area(around: &[[f32; 2]]) -> f32 {
    let next = around.iter().cycle().skip(1);
    let sum: f32 = around.iter().zip(next).map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum();
    sum.abs() / 2.0
}

/// The corners of the frame's middle, from where its edges are found around the place that is expected.
fn framed(luma: &Luma, expected: &Plane) -> Option<[[f32; 2]; 4]> {
    let mut lines = [[0.0; 3]; 4];
    for (side, line) in lines.iter_mut().enumerate() {
        let mut places = Vec::with_capacity(PROBES);
        for probe in 0..PROBES {
            let along = 0.06 + 0.88 * probe as f32 / (PROBES - 1) as f32;
            places.extend(middle_at(luma, expected, side, along));
        }
        *line = line_through(places)?;
    }
    let mut corners = [[0.0; 2]; 4];
    for (n, corner) in corners.iter_mut().enumerate() {
        *corner = crossing(lines[(n + 3) % 4], lines[n])?;
    }
    let fits = |corner: &[f32; 2]| {
        (-1.0..=luma.width as f32 + 1.0).contains(&corner[0])
            && (-1.0..=luma.height as f32 + 1.0).contains(&corner[1])
    };
    corners.iter().all(fits).then_some(corners)
}

/// A place in strokes: so far along a side, and so deep inside of the card's edge.
fn on_side(side: usize, along: f32, depth: f32) -> [f32; 2] {
    match side {
        0 => [along * CARD_WIDTH, depth],
        1 => [CARD_WIDTH - depth, along * CARD_HEIGHT],
        2 => [(1.0 - along) * CARD_WIDTH, CARD_HEIGHT - depth],
        _ => [depth, (1.0 - along) * CARD_HEIGHT],
    }
}

/// The middle of the frame's stroke on one side, in pixels: between where it becomes bright and where it becomes dark.
fn middle_at(luma: &Luma, expected: &Plane, side: usize, along: f32) -> Option<[f32; 2]> {
    const STEP: f32 = 0.125;
    let place = |depth: f32| expected.to_picture(on_side(side, along, depth));
    let depth_of = |step: usize| -1.4 + STEP * step as f32;
    let profile: [f32; 33] = std::array::from_fn(|step| {
        let [x, y] = place(depth_of(step));
        luma.at(x, y)
    });
    // Between neighbours two steps apart, so that steps smaller than pixels do no harm.
    let slope = |step: usize| profile[step + 2] - profile[step - 2];
    // The outer edge: within 0.9 strokes of where it is expected.
    let outer = (4..=18).max_by(|a, b| slope(*a).total_cmp(&slope(*b)))?;
    // The inner edge: 0.4 to 1.8 strokes inside of it.
    let inner = (outer + 3..=(outer + 14).min(29)).min_by(|a, b| slope(*a).total_cmp(&slope(*b)))?;
    if slope(outer) < EDGE_MIN || slope(inner) > -EDGE_MIN {
        return None;
    }
    let exact = |step: usize| {
        let (before, at, after) = (slope(step - 1).abs(), slope(step).abs(), slope(step + 1).abs());
        let bend = before - 2.0 * at + after;
        let off = if bend < -1e-3 { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) } else { 0.0 };
        depth_of(step) + STEP * off
    };
    Some(place(f32::midpoint(exact(outer), exact(inner))))
}

/// The line `a x + b y = c` through most of the places; those far off are left out.
fn line_through(mut places: Vec<[f32; 2]>) -> Option<[f32; 3]> {
    loop {
        if places.len() < PROBES_MIN {
            return None;
        }
        let count = places.len() as f32;
        let mean = [0, 1].map(|axis| places.iter().map(|place| place[axis]).sum::<f32>() / count);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for place in &places {
            let (x, y) = (place[0] - mean[0], place[1] - mean[1]);
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        // Normal of the direction in which they spread most.
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
        let (a, b) = (-angle.sin(), angle.cos());
        let c = a * mean[0] + b * mean[1];
        let off = |place: &[f32; 2]| (a * place[0] + b * place[1] - c).abs();
        let mut sorted: Vec<f32> = places.iter().map(off).collect();
        sorted.sort_by(f32::total_cmp);
        let limit = (2.5 * sorted[sorted.len() / 2]).max(0.5);
        if sorted[sorted.len() - 1] <= limit {
            return Some([a, b, c]);
        }
        places.retain(|place| off(place) <= limit);
    }
}

fn crossing(one: [f32; 3], other: [f32; 3]) -> Option<[f32; 2]> {
    let det = one[0] * other[1] - one[1] * other[0];
    (det.abs() > 1e-3).then(|| {
        [(one[2] * other[1] - one[1] * other[2]) / det, (one[0] * other[2] - one[2] * other[0]) / det]
    })
}

/// Whether there is a bright frame with black on both sides all around.
fn is_frame(luma: &Luma, plane: &Plane) -> bool {
    let (mut framed, mut count) = (0.0, 0.0);
    for side in 0..4 {
        for probe in 0..PROBES {
            let along = 0.03 + 0.94 * probe as f32 / (PROBES - 1) as f32;
            let [outside, frame, inside] = [-0.7, 0.5, 1.5].map(|depth| {
                let [x, y] = plane.to_picture(on_side(side, along, depth));
                luma.at(x, y)
            });
            count += 1.0;
            if frame - outside.max(inside) >= CONTRAST_MIN {
                framed += 1.0;
            }
        }
    }
    framed >= FRAMED_MIN * count
}
