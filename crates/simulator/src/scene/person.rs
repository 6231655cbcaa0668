//! A person made of rounded limbs: walks through a corridor, sits at a desk.
//!
//! Not a portrait: at the size a ceiling camera sees people, proportions, gait and clothing are what counts.

use super::stage::Stage;
use super::vector::{Vec3, add, mix, scale, smoothstep};
use crate::picture::{Canvas, Light};

/// How a person looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clothing {
    pub(crate) skin: Light,
    pub(crate) hair: Light,
    pub(crate) top: Light,
    pub(crate) trousers: Light,
    pub(crate) shoes: Light,
}

/// What a person does at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Posture {
    /// Walking; the phase of the step in turns.
    Walking(f32),
    /// Sitting at a desk; how far the head is turned and the hands have moved, both small.
    Sitting { head: f32, hands: f32 },
}

/// A person at a place; `facing` is the direction of the nose as an angle: 0 away from the camera, π towards it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) place: Vec3,
    pub(crate) facing: f32,
    pub(crate) posture: Posture,
    pub(crate) clothing: Clothing,
    /// Light on the person.
    pub(crate) light: f32,
}

/// A limb: thick line between two points.
struct Limb {
    ends: [Vec3; 2],
    radius: [f32; 2],
    colour: Light,
}

impl Person {
    /// Draws the person where nothing nearer hides it.
    pub(crate) fn draw(&self, stage: &Stage, canvas: &mut Canvas) {
        self.shadow(stage, canvas);
        let mut limbs: Vec<(f32, Limb)> = self
            .limbs()
            .into_iter()
            .filter_map(|limb| {
                let middle = scale(add(limb.ends[0], limb.ends[1]), 0.5);
                let (_, depth) = stage.eye.project(middle)?;
                Some((depth, limb))
            })
            .collect();
        limbs.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, limb) in limbs {
            self.draw_limb(stage, canvas, &limb);
        }
    }

    /// A point given in the person's own directions: x to their right, y up, z forward.
    fn at(&self, x: f32, y: f32, z: f32) -> Vec3 {
        let (sin, cos) = self.facing.sin_cos();
        add(self.place, [x * cos + z * sin, y, z * cos - x * sin])
    }

    fn limbs(&self) -> Vec<Limb> {
        match self.posture {
            Posture::Walking(phase) => self.walking(phase),
            Posture::Sitting { head, hands } => self.sitting(head, hands),
        }
    }

    fn limb(&self, ends: [[f32; 3]; 2], radius: [f32; 2], colour: Light) -> Limb {
        Limb { ends: ends.map(|[x, y, z]| self.at(x, y, z)), radius, colour }
    }

    fn head(&self, x: f32, y: f32, z: f32, out: &mut Vec<Limb>) {
        let wear = &self.clothing;
        out.push(self.limb([[x, y - 0.16, z], [x, y - 0.06, z]], [0.05, 0.055], scale(wear.skin, 0.75)));
        out.push(self.limb([[x, y - 0.03, z + 0.02], [x, y + 0.05, z + 0.015]], [0.082, 0.09], wear.skin));
        out.push(self.limb([[x, y + 0.06, z - 0.035], [x, y + 0.075, z - 0.01]], [0.1, 0.098], wear.hair));
        for side in [-1.0, 1.0] {
            let eye = [x + side * 0.033, y + 0.012, z + 0.098];
            out.push(self.limb([eye, eye], [0.011, 0.011], [0.03; 3]));
        }
    }

    fn walking(&self, phase: f32) -> Vec<Limb> {
        let wear = &self.clothing;
        let swing = (phase * std::f32::consts::TAU).sin();
        let bob = 0.02 * (phase * 2.0 * std::f32::consts::TAU).cos();
        let mut out = Vec::new();
        for (side, swing) in [(-1.0, swing), (1.0, -swing)] {
            let hip = [side * 0.09, 0.9 + bob, 0.0];
            let knee = [side * 0.09, 0.49 + bob, 0.2 * swing + 0.06];
            let lift = 0.1 * (-swing).max(0.0);
            let ankle = [side * 0.09, 0.08 + lift, 0.36 * swing - 0.05 - lift];
            out.push(self.limb([hip, knee], [0.095, 0.07], wear.trousers));
            out.push(self.limb([knee, ankle], [0.068, 0.05], scale(wear.trousers, 0.9)));
            let toe = [ankle[0], 0.04 + lift, ankle[2] + 0.16];
            out.push(self.limb([ankle, toe], [0.05, 0.04], wear.shoes));
            let shoulder = [side * 0.2, 1.42 + bob, 0.0];
            let elbow = [side * 0.25, 1.13 + bob, -0.16 * swing];
            let hand = [side * 0.24, 0.9 + bob, -0.3 * swing + 0.08];
            out.push(self.limb([shoulder, elbow], [0.062, 0.05], scale(wear.top, 0.92)));
            out.push(self.limb([elbow, hand], [0.046, 0.036], scale(wear.top, 0.85)));
            out.push(self.limb([hand, [hand[0], hand[1] - 0.05, hand[2] + 0.02]], [0.042, 0.034], wear.skin));
        }
        out.push(self.limb([[0.0, 0.98 + bob, 0.0], [0.0, 1.3 + bob, 0.0]], [0.155, 0.18], wear.top));
        out.push(self.limb([[-0.13, 1.38 + bob, 0.0], [0.13, 1.38 + bob, 0.0]], [0.085, 0.085], wear.top));
        self.head(0.0, 1.63 + bob, 0.02, &mut out);
        out
    }

    fn sitting(&self, head: f32, hands: f32) -> Vec<Limb> {
        let wear = &self.clothing;
        let lean = 0.06;
        let mut out = Vec::new();
        for side in [-1.0f32, 1.0] {
            let reach = hands * side.max(0.0);
            let hip = [side * 0.1, 0.5, 0.0];
            let knee = [side * 0.14, 0.52, 0.42];
            out.push(self.limb([hip, knee], [0.1, 0.075], wear.trousers));
            out.push(self.limb([knee, [side * 0.14, 0.08, 0.4]], [0.07, 0.05], wear.trousers));
            let shoulder = [side * 0.2, 1.03, lean];
            let elbow = [side * 0.27, 0.79, 0.16 + lean];
            let hand = [side * (0.12 + 0.1 * reach), 0.8 + 0.02 * reach, 0.42 + 0.08 * reach];
            out.push(self.limb([shoulder, elbow], [0.065, 0.052], scale(wear.top, 0.93)));
            out.push(self.limb([elbow, hand], [0.048, 0.036], scale(wear.top, 0.88)));
            out.push(self.limb([hand, [hand[0], hand[1], hand[2] + 0.06]], [0.04, 0.032], wear.skin));
        }
        out.push(self.limb([[0.0, 0.55, 0.0], [0.0, 0.92, lean]], [0.16, 0.185], wear.top));
        out.push(self.limb([[-0.13, 1.0, lean], [0.13, 1.0, lean]], [0.085, 0.085], wear.top));
        self.head(head * 0.05, 1.26 - 0.02 * head.abs(), 0.08 + lean, &mut out);
        out
    }

    fn draw_limb(&self, stage: &Stage, canvas: &mut Canvas, limb: &Limb) {
        let (Some((a, depth_a)), Some((b, depth_b))) =
            (stage.eye.project(limb.ends[0]), stage.eye.project(limb.ends[1]))
        else {
            return;
        };
        let radius_a = limb.radius[0] * stage.eye.scale_at(depth_a);
        let radius_b = limb.radius[1] * stage.eye.scale_at(depth_b);
        let reach = radius_a.max(radius_b) + 1.0;
        let along = [b[0] - a[0], b[1] - a[1]];
        let length2 = (along[0] * along[0] + along[1] * along[1]).max(1e-6);
        let rows = (a[1].min(b[1]) - reach).max(0.0) as i32
            ..=(a[1].max(b[1]) + reach).min(canvas.height as f32) as i32;
        for y in rows {
            let columns = (a[0].min(b[0]) - reach).max(0.0) as i32
                ..=(a[0].max(b[0]) + reach).min(canvas.width as f32) as i32;
            for x in columns {
                let to = [x as f32 + 0.5 - a[0], y as f32 + 0.5 - a[1]];
                let share = ((to[0] * along[0] + to[1] * along[1]) / length2).clamp(0.0, 1.0);
                let off = [to[0] - along[0] * share, to[1] - along[1] * share];
                let distance = (off[0] * off[0] + off[1] * off[1]).sqrt();
                let radius = radius_a + (radius_b - radius_a) * share;
                let cover = (radius - distance + 0.5).clamp(0.0, 1.0);
                let depth = depth_a + (depth_b - depth_a) * share;
                if cover <= 0.0 || hidden(stage, canvas, x, y, depth) {
                    continue;
                }
                // Round, and lit from above.
                let rim = (distance / radius.max(0.5)).min(1.0);
                let from_above = 0.5 - 0.5 * off[1] / radius.max(0.5);
                let shade = self.light * (1.0 - 0.45 * rim * rim) * (0.7 + 0.45 * from_above);
                canvas.blend(x, y, scale(limb.colour, shade), cover);
            }
        }
    }

    /// A soft shadow on the floor.
    fn shadow(&self, stage: &Stage, canvas: &mut Canvas) {
        for (at, pixel) in canvas.pixels.iter_mut().enumerate() {
            let point = stage.point[at];
            if stage.normal[at][1] < 0.5 || point[1] > 0.02 {
                continue;
            }
            let off =
                ((point[0] - self.place[0]).powi(2) + ((point[2] - self.place[2]) * 0.8).powi(2)).sqrt();
            let dark = 1.0 - 0.5 * smoothstep(0.5, 0.08, off);
            *pixel = mix([0.0; 3], *pixel, dark);
        }
    }
}

fn hidden(stage: &Stage, canvas: &Canvas, x: i32, y: i32, depth: f32) -> bool {
    if x < 0 || y < 0 || x >= canvas.width as i32 || y >= canvas.height as i32 {
        return true;
    }
    stage.depth[y as usize * canvas.width + x as usize] < depth - 0.12
}
