//! The still part of a scene: a room of painted boxes, ray-cast once with lamps, shadows and corners that darken.
//!
//! What moves (fire, smoke, people) is laid over it picture by picture, which is why the stage also keeps for
//! each pixel how far away it is, where it is, and what colour its surface has.

use super::paint::Paint;
use super::vector::{Vec3, add, dot, normalise, scale, sub};
use crate::picture::{Canvas, Light, Random};

/// Samples per pixel along each side.
const SAMPLES: usize = 2;
/// Rays that look for near surfaces, per sample.
const CORNER_RAYS: usize = 4;
/// How far a surface darkens a corner, in metres.
const CORNER_REACH_M: f32 = 0.7;
const FAR: f32 = 1e6;

/// A painted box, seen from outside; the room itself is one seen from inside.
#[derive(Debug, Clone)]
pub(crate) struct Solid {
    pub(crate) min: Vec3,
    pub(crate) max: Vec3,
    pub(crate) paint: Paint,
}

/// A lamp in the ceiling.
#[derive(Debug, Clone)]
pub(crate) struct Lamp {
    pub(crate) centre: Vec3,
    /// Half its size in x and z.
    pub(crate) half: [f32; 2],
    pub(crate) power: f32,
}

/// Room, things and lamps.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) size: Vec3,
    pub(crate) floor: Paint,
    pub(crate) walls: Paint,
    pub(crate) ceiling: Paint,
    pub(crate) solids: Vec<Solid>,
    pub(crate) lamps: Vec<Lamp>,
    /// Light from everywhere.
    pub(crate) ambient: Light,
    pub(crate) lamp_colour: Light,
}

/// A camera with a straight projection.
#[derive(Debug, Clone)]
pub(crate) struct Eye {
    pub(crate) position: Vec3,
    right: Vec3,
    up: Vec3,
    forward: Vec3,
    focal_px: f32,
    centre_px: [f32; 2],
}

/// What a ray meets.
struct Hit<'a> {
    distance: f32,
    point: Vec3,
    normal: Vec3,
    paint: &'a Paint,
}

/// The finished still part.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    pub(crate) eye: Eye,
    pub(crate) size: Vec3,
    pub(crate) lit: Canvas,
    pub(crate) albedo: Vec<Light>,
    pub(crate) point: Vec<Vec3>,
    pub(crate) normal: Vec<Vec3>,
    /// Distance along the view axis in metres.
    pub(crate) depth: Vec<f32>,
}

impl Eye {
    /// `yaw` to the right and `pitch` downwards in degrees, `view` the horizontal angle of view in degrees.
    pub(crate) fn new(position: Vec3, yaw: f32, pitch: f32, view: f32, width: usize, height: usize) -> Self {
        let (yaw, pitch) = (yaw.to_radians(), pitch.to_radians());
        let forward = [yaw.sin() * pitch.cos(), -pitch.sin(), yaw.cos() * pitch.cos()];
        let right = [yaw.cos(), 0.0, -yaw.sin()];
        let up = [yaw.sin() * pitch.sin(), pitch.cos(), yaw.cos() * pitch.sin()];
        let focal_px = width as f32 / 2.0 / (view.to_radians() / 2.0).tan();
        Self { position, right, up, forward, focal_px, centre_px: [width as f32 / 2.0, height as f32 / 2.0] }
    }

    /// Direction through a place on the picture, not normalised: one metre along the view axis.
    pub(crate) fn ray(&self, x: f32, y: f32) -> Vec3 {
        let across = scale(self.right, (x - self.centre_px[0]) / self.focal_px);
        let upward = scale(self.up, (self.centre_px[1] - y) / self.focal_px);
        add(self.forward, add(across, upward))
    }

    /// Place on the picture, and depth in metres; `None` behind the camera.
    pub(crate) fn project(&self, point: Vec3) -> Option<([f32; 2], f32)> {
        let to = sub(point, self.position);
        let depth = dot(to, self.forward);
        (depth > 0.1).then(|| {
            let x = self.centre_px[0] + dot(to, self.right) / depth * self.focal_px;
            let y = self.centre_px[1] - dot(to, self.up) / depth * self.focal_px;
            ([x, y], depth)
        })
    }

    /// Pixels per metre at a depth.
    pub(crate) fn scale_at(&self, depth: f32) -> f32 {
        self.focal_px / depth
    }
}

impl World {
    fn hit(&self, from: Vec3, along: Vec3) -> Hit<'_> {
        let (distance, axis) = leave_room(self.size, from, along);
        let mut normal = [0.0; 3];
        normal[axis] = -along[axis].signum();
        let paint = match (axis, along[1] > 0.0) {
            (1, true) => &self.ceiling,
            (1, false) => &self.floor,
            _ => &self.walls,
        };
        let mut best = Hit { distance, point: [0.0; 3], normal, paint };
        for solid in &self.solids {
            if let Some((distance, axis)) = enter_box(solid, from, along).filter(|(d, _)| *d < best.distance)
            {
                let mut normal = [0.0; 3];
                normal[axis] = -along[axis].signum();
                best = Hit { distance, normal, paint: &solid.paint, ..best };
            }
        }
        best.point = add(from, scale(along, best.distance));
        best
    }

    /// True when nothing stands between two points.
    pub(crate) fn sees(&self, from: Vec3, to: Vec3) -> bool {
        let along = sub(to, from);
        !self
            .solids
            .iter()
            .any(|solid| enter_box(solid, from, along).is_some_and(|(distance, _)| distance < 0.999))
    }

    fn light_at(&self, hit: &Hit<'_>, random: &mut Random) -> Light {
        let from = add(hit.point, scale(hit.normal, 0.004));
        let open = self.openness(from, hit.normal, random);
        let mut light = scale(self.ambient, open);
        for lamp in &self.lamps {
            let place = [
                lamp.centre[0] + lamp.half[0] * random.between(-1.0, 1.0),
                lamp.centre[1] - 0.02,
                lamp.centre[2] + lamp.half[1] * random.between(-1.0, 1.0),
            ];
            let to = sub(place, from);
            let distance2 = dot(to, to);
            let direction = normalise(to);
            // Lambert at both ends: lamps shine downwards.
            let strength = dot(hit.normal, direction).max(0.0) * direction[1].max(0.05) / (distance2 + 0.15);
            if strength * lamp.power > 0.002 && self.sees(from, place) {
                light = add(light, scale(self.lamp_colour, strength * lamp.power));
            }
        }
        light
    }

    /// How much of the surroundings a point sees, 0.3 to 1.
    fn openness(&self, from: Vec3, normal: Vec3, random: &mut Random) -> f32 {
        let mut open = 0.0;
        for _ in 0..CORNER_RAYS {
            let sphere = [random.gauss(), random.gauss(), random.gauss()];
            let along = normalise(add(normal, normalise(sphere)));
            open += (self.hit(from, along).distance / CORNER_REACH_M).min(1.0);
        }
        0.3 + 0.7 * open / CORNER_RAYS as f32
    }

    /// Ray-casts the whole picture.
    pub(crate) fn stage(&self, eye: Eye, width: usize, height: usize, seed: u64) -> Stage {
        let mut random = Random::new(seed);
        let count = width * height;
        let mut stage = Stage {
            eye,
            size: self.size,
            lit: Canvas::new(width, height),
            albedo: vec![[0.0; 3]; count],
            point: vec![[0.0; 3]; count],
            normal: vec![[0.0; 3]; count],
            depth: vec![0.0; count],
        };
        let share = 1.0 / (SAMPLES * SAMPLES) as f32;
        for at in 0..count {
            for sample in 0..SAMPLES * SAMPLES {
                let x = (at % width) as f32 + ((sample % SAMPLES) as f32 + random.unit()) / SAMPLES as f32;
                let y = (at / width) as f32 + ((sample / SAMPLES) as f32 + random.unit()) / SAMPLES as f32;
                let along = stage.eye.ray(x, y);
                let hit = self.hit(stage.eye.position, along);
                let (albedo, glow) = hit.paint.look(hit.point, hit.normal);
                let light = self.light_at(&hit, &mut random);
                for channel in 0..3 {
                    let seen = albedo[channel] * light[channel] + glow[channel];
                    stage.lit.pixels[at][channel] += seen * share;
                    stage.albedo[at][channel] += albedo[channel] * share;
                }
                if sample == 0 {
                    stage.point[at] = hit.point;
                    stage.normal[at] = hit.normal;
                    stage.depth[at] = hit.distance;
                }
            }
        }
        stage
    }
}

impl Stage {
    /// How strongly a light at `place` reaches each pixel's surface (1 at one metre, face on).
    pub(crate) fn reached_by(&self, world: &World, place: Vec3) -> Vec<f32> {
        let strength = |(point, normal): (&Vec3, &Vec3)| {
            let to = sub(place, *point);
            let facing = dot(*normal, normalise(to)).max(0.0);
            let from = add(*point, scale(*normal, 0.01));
            if facing > 0.0 && world.sees(from, place) { facing / (dot(to, to) + 0.08) } else { 0.0 }
        };
        self.point.iter().zip(&self.normal).map(strength).collect()
    }
}

/// Where a ray that starts inside the room meets floor, wall or ceiling. The room is centred in x.
fn leave_room(size: Vec3, from: Vec3, along: Vec3) -> (f32, usize) {
    let min = [-size[0] / 2.0, 0.0, -1.0];
    let max = [size[0] / 2.0, size[1], size[2]];
    let mut best = (FAR, 0);
    for axis in 0..3 {
        let bound = if along[axis] > 0.0 { max[axis] } else { min[axis] };
        let distance = if along[axis] == 0.0 { FAR } else { (bound - from[axis]) / along[axis] };
        if distance < best.0 {
            best = (distance.max(0.0), axis);
        }
    }
    best
}

/// Where a ray enters a box from outside.
fn enter_box(solid: &Solid, from: Vec3, along: Vec3) -> Option<(f32, usize)> {
    let (mut near, mut far, mut side) = (-FAR, FAR, 0);
    for axis in 0..3 {
        let inverse = 1.0 / if along[axis] == 0.0 { 1e-9 } else { along[axis] };
        let a = (solid.min[axis] - from[axis]) * inverse;
        let b = (solid.max[axis] - from[axis]) * inverse;
        let (enter, leave) = if a < b { (a, b) } else { (b, a) };
        if enter > near {
            (near, side) = (enter, axis);
        }
        far = far.min(leave);
    }
    (near < far && near > 1e-4).then_some((near, side))
}
