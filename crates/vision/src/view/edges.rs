//! The lines of a scene: which way brightness changes at each point, whatever the light.
//!
//! A scene keeps its lines when lamps go off, when clouds pass and when people walk through; it loses them when the camera is turned,
//! covered or out of focus. The reference is learned from the looks themselves and follows slowly.

use super::{MEDIUM_HEIGHT, MEDIUM_WIDTH};

/// Share of pixels that count as lines: the strongest of the reference.
const LINE_SHARE: f32 = 0.08;
/// A gradient below this share of the picture's own mean gradient is no line at all.
const FAINT: f32 = 0.5;
/// Share of a new look in the reference, once it is known.
const FOLLOW: f32 = 1.0 / 32.0;
/// Looks from which the reference is known.
pub const KNOWN_AFTER_LOOKS: u32 = 3;
/// A reference with lines in fewer pixels than this (a white wall, fog) cannot tell a turned camera.
const LINES_MIN: usize = 150;
/// How far the camera may have moved (pixels of the medium picture) and still be said to look at the same scene: wind, a lorry, a thumb.
const SHAKE_PX: isize = 4;

/// Brightness gradients of one picture, softened, in units of the picture's own mean gradient.
#[derive(Debug, Clone)]
pub struct EdgeField {
    /// Horizontal and vertical part for each pixel.
    gradients: Vec<[f32; 2]>,
}

impl EdgeField {
    /// Of a medium luma picture.
    pub fn of(luma: &[u8]) -> Self {
        debug_assert_eq!(luma.len(), MEDIUM_WIDTH * MEDIUM_HEIGHT);
        let soft = softened(luma);
        let mut gradients = vec![[0.0; 2]; soft.len()];
        let mut sum = 0.0;
        for y in 1..MEDIUM_HEIGHT - 1 {
            for x in 1..MEDIUM_WIDTH - 1 {
                let at = y * MEDIUM_WIDTH + x;
                let gradient =
                    [soft[at + 1] - soft[at - 1], soft[at + MEDIUM_WIDTH] - soft[at - MEDIUM_WIDTH]];
                sum += length(gradient);
                gradients[at] = gradient;
            }
        }
        let mean = (sum / soft.len() as f32).max(f32::MIN_POSITIVE);
        // Noise of a flat picture must not become lines: below a third of a grey level a pixel nothing is a line.
        let unit = 1.0 / mean.max(0.3);
        gradients.iter_mut().flatten().for_each(|part| *part *= unit);
        Self { gradients }
    }
}

/// What is known about the lines of one camera's scene.
#[derive(Debug, Clone, Default)]
pub struct ReferenceEdges {
    field: Vec<[f32; 2]>,
    lines: Vec<u32>,
    looks: u32,
}

impl ReferenceEdges {
    /// Whether enough looks were taken, and the scene has lines enough, to tell anything.
    pub fn is_known(&self) -> bool {
        self.looks >= KNOWN_AFTER_LOOKS && self.lines.len() >= LINES_MIN
    }

    /// Takes a look at the unchanged scene.
    pub fn follow(&mut self, now: &EdgeField) {
        self.looks = self.looks.saturating_add(1);
        if self.field.is_empty() {
            self.field.clone_from(&now.gradients);
        }
        let share = FOLLOW.max(1.0 / self.looks as f32);
        for (kept, new) in self.field.iter_mut().zip(&now.gradients) {
            for (k, n) in kept.iter_mut().zip(new) {
                *k += share * (n - *k);
            }
        }
        self.lines = strongest(&self.field);
    }

    /// Share of the scene's lines that are where they were, 0 to 1, the best over small movements of the camera. 1 while nothing is known.
    pub fn kept(&self, now: &EdgeField) -> f32 {
        /// Kept this well in place, there is no need to try movements.
        const IN_PLACE: f32 = 0.6;
        if !self.is_known() {
            return 1.0;
        }
        let in_place = self.kept_moved(now, (0, 0));
        if in_place >= IN_PLACE {
            return in_place;
        }
        let moves = (-SHAKE_PX..=SHAKE_PX)
            .step_by(2)
            .flat_map(|dy| (-SHAKE_PX..=SHAKE_PX).step_by(2).map(move |dx| (dx, dy)));
        moves.fold(in_place, |best, by| best.max(self.kept_moved(now, by)))
    }

    fn kept_moved(&self, now: &EdgeField, (dx, dy): (isize, isize)) -> f32 {
        let offset = dy * MEDIUM_WIDTH as isize + dx;
        let sum: f32 = self
            .lines
            .iter()
            .map(|&at| {
                let then = self.field[at as usize];
                let Some(&seen) =
                    (at as usize).checked_add_signed(offset).and_then(|at| now.gradients.get(at))
                else {
                    return 0.0;
                };
                let (a, b) = (length(then), length(seen));
                if b < FAINT {
                    return 0.0;
                }
                ((then[0] * seen[0] + then[1] * seen[1]) / (a * b)).max(0.0) * (2.0 * b / a).min(1.0)
            })
            .sum();
        sum / self.lines.len().max(1) as f32
    }
}

/// Pixels with the strongest gradients, weakest excluded.
fn strongest(field: &[[f32; 2]]) -> Vec<u32> {
    let lengths: Vec<f32> = field.iter().map(|g| length(*g)).collect();
    let rank = (field.len() as f32 * (1.0 - LINE_SHARE)) as usize;
    let mut ranked = lengths.clone();
    let (_, limit, _) = ranked.select_nth_unstable_by(rank, f32::total_cmp);
    // A scene of few lines has fewer: twice the mean gradient at least.
    let limit = limit.max(2.0);
    lengths.iter().enumerate().filter(|(_, l)| **l >= limit).map(|(at, _)| at as u32).collect()
}

fn length([x, y]: [f32; 2]) -> f32 {
    x.hypot(y)
}

/// Mean over 3x3 pixels, twice: lines become wide enough to survive a pixel of movement, noise goes.
fn softened(luma: &[u8]) -> Vec<f32> {
    let mut from: Vec<f32> = luma.iter().map(|&p| f32::from(p)).collect();
    let mut to = from.clone();
    for _ in 0..2 {
        for y in 0..MEDIUM_HEIGHT {
            let row = y * MEDIUM_WIDTH;
            for x in 1..MEDIUM_WIDTH - 1 {
                to[row + x] = (from[row + x - 1] + from[row + x] + from[row + x + 1]) / 3.0;
            }
        }
        for y in 1..MEDIUM_HEIGHT - 1 {
            let row = y * MEDIUM_WIDTH;
            for x in 0..MEDIUM_WIDTH {
                from[row + x] = (to[row + x - MEDIUM_WIDTH] + to[row + x] + to[row + x + MEDIUM_WIDTH]) / 3.0;
            }
        }
        to.clone_from(&from);
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A room: a bright floor, a dark door, stripes; `light` scales it, `shift` moves it to the right.
    fn room(light: f32, shift: usize) -> Vec<u8> {
        let mut out = vec![0; MEDIUM_WIDTH * MEDIUM_HEIGHT];
        for (at, p) in out.iter_mut().enumerate() {
            let (x, y) = ((at % MEDIUM_WIDTH + MEDIUM_WIDTH - shift) % MEDIUM_WIDTH, at / MEDIUM_WIDTH);
            let door = (60..110).contains(&x) && (40..130).contains(&y);
            let stripe = (x + 2 * y) % 90 < 20 && y > 110;
            let shade = if door {
                30.0
            } else if stripe {
                90.0
            } else {
                120.0 + 0.3 * y as f32
            };
            *p = (shade * light) as u8;
        }
        out
    }

    fn known() -> ReferenceEdges {
        let mut reference = ReferenceEdges::default();
        for _ in 0..KNOWN_AFTER_LOOKS {
            reference.follow(&EdgeField::of(&room(1.0, 0)));
        }
        assert!(reference.is_known());
        reference
    }

    #[test]
    fn lines_stay_when_the_light_goes_and_when_the_camera_shakes() {
        let reference = known();
        for (what, picture) in [("same", room(1.0, 0)), ("dim", room(0.25, 0)), ("shaken", room(1.0, 3))] {
            let kept = reference.kept(&EdgeField::of(&picture));
            assert!(kept > 0.6, "{what}: {kept}");
        }
    }

    #[test]
    fn lines_go_when_the_camera_is_turned_or_covered() {
        let reference = known();
        for (what, picture) in
            [("turned", room(1.0, 70)), ("covered", vec![90; MEDIUM_WIDTH * MEDIUM_HEIGHT])]
        {
            let kept = reference.kept(&EdgeField::of(&picture));
            assert!(kept < 0.3, "{what}: {kept}");
        }
    }

    #[test]
    fn a_white_wall_tells_nothing() {
        let mut reference = ReferenceEdges::default();
        for _ in 0..10 {
            reference.follow(&EdgeField::of(&vec![220; MEDIUM_WIDTH * MEDIUM_HEIGHT]));
        }
        assert!(!reference.is_known());
        assert!((reference.kept(&EdgeField::of(&room(1.0, 0))) - 1.0).abs() < f32::EPSILON);
    }
}
