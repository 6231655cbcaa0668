//! A fire in a corridor: the fluid of [`super::fluid`] on an upright plane, its light, and its smoke.
//!
//! Colours follow what a camera does with real flames: light is added in linear form and clipped by the sensor,
//! so the core burns out to white-yellow, thinner gas stays orange and the cooling tips end dark red.

use super::fluid::{Fluid, Gas};
use super::stage::{Stage, World};
use super::vector::{Vec3, fractal_noise, noise, smoothstep};
use crate::picture::{Canvas, Light, Random};

/// Cells of the fluid per metre.
const CELLS_PER_M: f32 = 44.0;
/// Steps of the fluid per second; pictures need fewer.
const STEPS_PER_S: u32 = 30;
/// Seconds from the first flame to the full fire.
pub(crate) const GROWTH_S: f32 = 18.0;
/// Half the width of the source in metres, at first and at last.
const SOURCE_HALF_M: [f32; 2] = [0.09, 0.46];
/// Colour of flame light on walls and floor.
const CAST: Light = [1.0, 0.42, 0.1];

const GAS: Gas = Gas {
    buoyancy: 330.0,
    smoke_weight: 4.0,
    curl: 5.0,
    swelling: 3.2,
    cooling: 0.5,
    radiation: 0.75,
    sooting: 2.0,
    clearing: 0.3,
    drag: 0.55,
};

/// A fire that grows.
pub(crate) struct Blaze {
    fluid: Fluid,
    /// Foot of the fire.
    place: Vec3,
    /// How strongly a flame at half height reaches each pixel's surface.
    reach: Vec<f32>,
    age_s: f32,
    power: f32,
    random: Random,
    seed: u32,
}

impl Blaze {
    /// A fire that starts at `place` on a stage; the plane of the flames stands across the corridor.
    pub(crate) fn new(stage: &Stage, world: &World, place: Vec3, seed: u64) -> Self {
        let width = (stage.size[0] * CELLS_PER_M) as usize;
        let height = (stage.size[1] * CELLS_PER_M) as usize;
        let lamp = [place[0], place[1] + 0.35, place[2] - 0.25];
        Self {
            fluid: Fluid::new(width, height),
            reach: stage.reached_by(world, lamp),
            place,
            age_s: 0.0,
            power: 0.0,
            random: Random::new(seed ^ 0xf1ae),
            seed: seed as u32,
        }
    }

    /// 0 at the first spark, 1 for the full fire.
    fn growth(&self) -> f32 {
        smoothstep(0.0, GROWTH_S, self.age_s)
    }

    /// Burns for `seconds`.
    pub(crate) fn advance(&mut self, seconds: f32) {
        let steps = (seconds * STEPS_PER_S as f32).round().max(1.0) as u32;
        let dt = seconds / steps as f32;
        for _ in 0..steps {
            self.age_s += dt;
            self.feed();
            self.fluid.step(&GAS, dt);
        }
        let total: f32 = self.fluid.heat.iter().map(|heat| heat * heat).sum();
        self.power = total / (CELLS_PER_M * CELLS_PER_M) * 6.0;
    }

    /// Puts heat and a little disorder in at the foot.
    fn feed(&mut self) {
        let growth = self.growth();
        let half = SOURCE_HALF_M[0] + (SOURCE_HALF_M[1] - SOURCE_HALF_M[0]) * growth;
        let middle = (self.place[0] + 0.5 * self.fluid.width as f32 / CELLS_PER_M) * CELLS_PER_M;
        let foot = self.place[1] * CELLS_PER_M;
        let half_cells = half * CELLS_PER_M;
        let strength = 0.8 + 0.4 * growth;
        for column in (middle - half_cells) as i32..=(middle + half_cells) as i32 {
            let off = (column as f32 - middle) / half_cells.max(1.0);
            let flicker = noise(self.seed, column as f32 * 0.16, self.age_s * 3.1);
            let heat = strength * (1.0 - off * off * 0.5) * smoothstep(0.1, 0.42, flicker);
            // The middle burns higher up than the edges: a heap, not a line.
            let rise = (1.0 - off * off) * growth * 6.0;
            for row in 0..3 {
                let push = [self.random.gauss() * 5.0, self.random.gauss() * 3.0];
                let y =
                    foot + rise * noise(self.seed ^ 9, column as f32 * 0.1, self.age_s * 0.4) + row as f32;
                if column > 0 {
                    self.fluid.ignite(column as usize, y as usize, heat.min(1.1), 0.12, push);
                }
            }
        }
    }

    /// Lays cast light, ceiling smoke, flames and their glow over the still picture.
    pub(crate) fn draw(&self, stage: &Stage, canvas: &mut Canvas, time_s: f32) {
        self.cast_light(stage, canvas, time_s);
        self.ceiling_smoke(stage, canvas, time_s);
        let mut glow = Glow::new(canvas.width, canvas.height);
        self.flames(stage, canvas, &mut glow, time_s);
        self.mirror_on_floor(stage, canvas);
        glow.spread_onto(canvas);
    }

    fn cast_light(&self, stage: &Stage, canvas: &mut Canvas, time_s: f32) {
        let flicker = 0.82 + 0.36 * noise(self.seed ^ 0x4d, time_s * 7.0, 0.5);
        let strength = self.power * 0.55 * flicker;
        for ((pixel, reach), albedo) in canvas.pixels.iter_mut().zip(&self.reach).zip(&stage.albedo) {
            for channel in 0..3 {
                pixel[channel] += albedo[channel] * CAST[channel] * reach * strength;
            }
        }
    }

    /// Smoke that has gathered under the ceiling, along the whole corridor.
    fn ceiling_smoke(&self, stage: &Stage, canvas: &mut Canvas, time_s: f32) {
        let amount = smoothstep(4.0, 45.0, self.age_s);
        if amount <= 0.0 {
            return;
        }
        let top = stage.size[1];
        let layer = top - 1.25 * amount;
        let mut billow = 0.5;
        for (at, pixel) in canvas.pixels.iter_mut().enumerate() {
            let point = stage.point[at];
            if point[1] < layer - 0.85 {
                continue;
            }
            // Billows are wider than two pixels; every second one is enough.
            if at % 2 == 0 {
                let (x, y) = (point[0] * 0.9 + time_s * 0.16, point[2] * 0.45 + point[1] * 1.6);
                billow = fractal_noise(self.seed ^ 5, x, y);
            }
            let inside = smoothstep(layer - 0.35, layer + 0.5, point[1] + (billow - 0.5) * 0.9);
            let near = 1.0 / (1.0 + 0.02 * (point[2] - self.place[2]).powi(2));
            let opacity = 1.0 - (-inside * amount * (0.35 + 0.1 * stage.depth[at]) * (0.4 + near)).exp();
            let warm = near * self.power * 0.035;
            let tone = 0.16 + 0.07 * billow;
            let smoke = [tone + warm, tone + warm * 0.45, tone + warm * 0.15];
            for channel in 0..3 {
                pixel[channel] += (smoke[channel] - pixel[channel]) * opacity * 0.85;
            }
        }
    }

    fn flames(&self, stage: &Stage, canvas: &mut Canvas, glow: &mut Glow, time_s: f32) {
        let fluid = &self.fluid;
        let foot = self.place[1] * CELLS_PER_M;
        for y in 0..canvas.height {
            for x in 0..canvas.width {
                let at = y * canvas.width + x;
                let ray = stage.eye.ray(x as f32 + 0.5, y as f32 + 0.5);
                let Some([cell_x, cell_y]) = self.cell_on_ray(stage, ray, stage.depth[at]) else { continue };
                // Detail finer than the cells: bend the place looked at, faster where it is hot.
                let bend = noise(self.seed ^ 3, cell_x * 0.33, cell_y * 0.21 - time_s * 17.0) - 0.5;
                let ripple = noise(self.seed ^ 4, cell_x * 0.8, cell_y * 0.5 - time_s * 26.0) - 0.5;
                let look_x = cell_x + bend * 3.4 + ripple * 1.5;
                let look_y = cell_y + bend * 2.2;
                // What curls back below the foot of the fire stands behind the bin.
                let above_foot = smoothstep(foot - 3.0, foot + 2.0, cell_y);
                let smoke = fluid.sample(&fluid.smoke, look_x, look_y) * above_foot;
                let heat = fluid.sample(&fluid.heat, look_x, look_y) * (1.0 + 0.35 * ripple);
                let lit = fluid.sample(&fluid.heat, cell_x, (cell_y - 14.0).max(0.0));
                let pixel = &mut canvas.pixels[at];
                lay_smoke(pixel, smoke, lit);
                let flame = lay_flame(pixel, heat);
                glow.collect(x, y, flame);
            }
        }
    }

    /// Where a ray crosses the plane of the flames, in cells; `None` when something stands before it.
    fn cell_on_ray(&self, stage: &Stage, ray: Vec3, depth: f32) -> Option<[f32; 2]> {
        let from = stage.eye.position;
        let distance = (self.place[2] - from[2]) / ray[2].max(1e-3);
        if distance <= 0.0 || distance > depth + 0.3 {
            return None;
        }
        let x = from[0] + ray[0] * distance + stage.size[0] / 2.0;
        let y = from[1] + ray[1] * distance;
        let inside = (0.0..stage.size[0]).contains(&x) && (0.0..stage.size[1]).contains(&y);
        inside.then_some([x * CELLS_PER_M, y * CELLS_PER_M])
    }

    /// A polished floor shows the flames upside down, faintly.
    fn mirror_on_floor(&self, stage: &Stage, canvas: &mut Canvas) {
        let fluid = &self.fluid;
        for (at, pixel) in canvas.pixels.iter_mut().enumerate() {
            let point = stage.point[at];
            if stage.normal[at][1] < 0.5 || point[1] > 0.01 || point[2] > self.place[2] {
                continue;
            }
            // Mirrored ray: from the floor point on, with the vertical direction turned round.
            let from = stage.eye.position;
            let steps = (self.place[2] - point[2]) / (point[2] - from[2]).max(0.1);
            let x = point[0] + (point[0] - from[0]) * steps;
            let y = from[1] * steps;
            if y > stage.size[1] || x.abs() > stage.size[0] / 2.0 {
                continue;
            }
            let cell = [(x + stage.size[0] / 2.0) * CELLS_PER_M, y * CELLS_PER_M];
            let blur: f32 = [-4.0, -1.5, 1.5, 4.0]
                .iter()
                .map(|dx| fluid.sample(&fluid.heat, cell[0] + dx, cell[1]))
                .sum();
            let flame = emission(blur * 0.25);
            for channel in 0..3 {
                pixel[channel] += flame[channel] * 0.07;
            }
        }
    }
}

/// Light of a flame of the given heat, linear, more than the sensor can hold in the core.
fn emission(heat: f32) -> Light {
    let x = smoothstep(0.03, 0.95, heat);
    let body = smoothstep(0.02, 0.16, heat);
    [
        body * (0.12 + 3.6 * x.powf(1.1)),
        body * (0.015 + 2.2 * x.powf(1.9)),
        body * (0.004 + 0.75 * x.powf(3.2)),
    ]
}

fn lay_flame(pixel: &mut Light, heat: f32) -> Light {
    let light = emission(heat);
    let opacity = smoothstep(0.03, 0.35, heat) * 0.75;
    for channel in 0..3 {
        pixel[channel] = pixel[channel] * (1.0 - opacity) + light[channel];
    }
    light
}

fn lay_smoke(pixel: &mut Light, smoke: f32, lit_from_below: f32) {
    let opacity = (1.0 - (-smoke * 1.7).exp()).min(0.9);
    let tone = 0.2 - 0.1 * smoothstep(0.3, 1.3, smoke);
    let warm = lit_from_below * 0.35;
    let light = [tone + warm, tone * 0.98 + warm * 0.4, tone * 0.97 + warm * 0.1];
    for channel in 0..3 {
        pixel[channel] += (light[channel] - pixel[channel]) * opacity;
    }
}

/// Light that spills over in the lens, at a quarter of the resolution.
struct Glow {
    width: usize,
    height: usize,
    light: Vec<Light>,
}

/// Pixels of the picture per pixel of the glow.
const GLOW_STEP: usize = 4;

impl Glow {
    fn new(width: usize, height: usize) -> Self {
        let (width, height) = (width.div_ceil(GLOW_STEP), height.div_ceil(GLOW_STEP));
        Self { width, height, light: vec![[0.0; 3]; width * height] }
    }

    fn collect(&mut self, x: usize, y: usize, light: Light) {
        let cell = &mut self.light[y / GLOW_STEP * self.width + x / GLOW_STEP];
        for channel in 0..3 {
            cell[channel] += light[channel] / (GLOW_STEP * GLOW_STEP) as f32;
        }
    }

    /// Two box blurs in each direction, then added with bilinear interpolation.
    fn spread_onto(mut self, canvas: &mut Canvas) {
        for radius in [2, 5, 9] {
            self.light = blur(&self.light, self.width, self.height, radius, 1);
            self.light = blur(&self.light, self.height, self.width, radius, self.width);
        }
        for y in 0..canvas.height {
            for x in 0..canvas.width {
                let (gx, gy) = ((x / GLOW_STEP).min(self.width - 2), (y / GLOW_STEP).min(self.height - 2));
                let (fx, fy) =
                    (x as f32 / GLOW_STEP as f32 - gx as f32, y as f32 / GLOW_STEP as f32 - gy as f32);
                let at = gy * self.width + gx;
                let pixel = &mut canvas.pixels[y * canvas.width + x];
                for (channel, value) in pixel.iter_mut().enumerate() {
                    let light = |offset: usize| self.light[at + offset][channel];
                    let low = light(0) * (1.0 - fx) + light(1) * fx;
                    let high = light(self.width) * (1.0 - fx) + light(self.width + 1) * fx;
                    *value += (low * (1.0 - fy) + high * fy) * 0.22;
                }
            }
        }
    }
}

/// Box blur along lines of `length` pixels; `stride` 1 for rows, the width for columns.
fn blur(from: &[Light], length: usize, lines: usize, radius: usize, stride: usize) -> Vec<Light> {
    let mut to = vec![[0.0; 3]; from.len()];
    let across = if stride == 1 { length } else { 1 };
    let share = 1.0 / (2 * radius + 1) as f32;
    for line in 0..lines {
        let place = |at: usize| line * across + at * stride;
        for channel in 0..3 {
            let value = |at: isize| from[place(at.clamp(0, length as isize - 1) as usize)][channel];
            let mut sum: f32 = (-(radius as isize)..=radius as isize).map(value).sum();
            for at in 0..length {
                to[place(at)][channel] = sum * share;
                sum += value(at as isize + radius as isize + 1) - value(at as isize - radius as isize);
            }
        }
    }
    to
}
