//! A small two-dimensional fluid: hot gas rises, curls, cools and leaves smoke.
//!
//! Semi-Lagrangian transport after Stam ("Stable Fluids", 1999), vorticity confinement after Fedkiw, Stam and
//! Jensen (2001), and a corrected second transport pass (MacCormack) that keeps the edges of flames sharp (smoke does without).
//! Lengths are cells, times seconds; row 0 is the floor. Walls, floor and ceiling are closed.

/// Relaxation sweeps that make the flow free of divergence.
const SWEEPS: usize = 14;
/// Over-relaxation of those sweeps.
const RELAXATION: f32 = 1.7;

/// Constants of the gas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gas {
    /// Upward pull of heat, cells/s² at temperature 1.
    pub(crate) buoyancy: f32,
    /// Downward pull of smoke, cells/s² at density 1.
    pub(crate) smoke_weight: f32,
    /// Strength of small eddies.
    pub(crate) curl: f32,
    /// How much burning gas swells, per second at temperature 1.
    pub(crate) swelling: f32,
    /// Temperature lost per second, whatever it is.
    pub(crate) cooling: f32,
    /// Share of the temperature lost per second.
    pub(crate) radiation: f32,
    /// Smoke made per second by gas that burns out.
    pub(crate) sooting: f32,
    /// Share of the smoke lost per second.
    pub(crate) clearing: f32,
    /// Share of the speed lost per second.
    pub(crate) drag: f32,
}

/// The state of the gas.
#[derive(Debug, Clone)]
pub(crate) struct Fluid {
    pub(crate) width: usize,
    pub(crate) height: usize,
    u: Vec<f32>,
    v: Vec<f32>,
    pressure: Vec<f32>,
    divergence: Vec<f32>,
    scratch: [Vec<f32>; 3],
    /// 1 is the hottest flame.
    pub(crate) heat: Vec<f32>,
    /// 1 hides what is behind it.
    pub(crate) smoke: Vec<f32>,
}

impl Fluid {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        let zero = || vec![0.0; width * height];
        Self {
            width,
            height,
            u: zero(),
            v: zero(),
            pressure: zero(),
            divergence: zero(),
            scratch: [zero(), zero(), zero()],
            heat: zero(),
            smoke: zero(),
        }
    }

    /// Heats a cell to at least `heat` and pushes it.
    pub(crate) fn ignite(&mut self, x: usize, y: usize, heat: f32, smoke: f32, push: [f32; 2]) {
        if x >= 1 && y >= 1 && x + 1 < self.width && y + 1 < self.height {
            let at = y * self.width + x;
            self.heat[at] = self.heat[at].max(heat);
            self.smoke[at] = self.smoke[at].max(smoke);
            self.u[at] += push[0];
            self.v[at] += push[1];
        }
    }

    /// Advances the gas.
    pub(crate) fn step(&mut self, gas: &Gas, dt: f32) {
        self.forces(gas, dt);
        self.confine(gas.curl, dt);
        let (u, v) = (self.u.clone(), self.v.clone());
        let [scratch, ..] = &mut self.scratch;
        for field in [&mut self.u, &mut self.v] {
            transport(self.width, self.height, &u, &v, field, scratch, dt);
            std::mem::swap(field, scratch);
        }
        self.close_walls();
        self.project(gas.swelling);
        let [forth, back, out] = &mut self.scratch;
        transport(self.width, self.height, &self.u, &self.v, &self.smoke, out, dt);
        std::mem::swap(&mut self.smoke, out);
        transport(self.width, self.height, &self.u, &self.v, &self.heat, forth, dt);
        transport(self.width, self.height, &self.u, &self.v, forth, back, -dt);
        for ((out, forth), (old, back)) in out.iter_mut().zip(&*forth).zip(self.heat.iter().zip(&*back)) {
            // The correction may not create new extremes far from what was carried here.
            *out = (forth + 0.5 * (old - back)).clamp(forth * 0.6, forth * 1.3 + 0.02).max(0.0);
        }
        std::mem::swap(&mut self.heat, out);
        self.burn(gas, dt);
    }

    fn forces(&mut self, gas: &Gas, dt: f32) {
        let slow = (-gas.drag * dt).exp();
        for ((u, v), (heat, smoke)) in
            self.u.iter_mut().zip(&mut self.v).zip(self.heat.iter().zip(&self.smoke))
        {
            *v = (*v + (gas.buoyancy * heat - gas.smoke_weight * smoke) * dt) * slow;
            *u *= slow;
        }
    }

    fn confine(&mut self, strength: f32, dt: f32) {
        let width = self.width;
        let (u, v) = (&self.u, &self.v);
        let curl = &mut self.divergence;
        for y in 1..self.height - 1 {
            for x in 1..width - 1 {
                let at = y * width + x;
                curl[at] = 0.5 * (v[at + 1] - v[at - 1] - u[at + width] + u[at - width]);
            }
        }
        for y in 2..self.height - 2 {
            for x in 2..width - 2 {
                let at = y * width + x;
                let dx = 0.5 * (curl[at + 1].abs() - curl[at - 1].abs());
                let dy = 0.5 * (curl[at + width].abs() - curl[at - width].abs());
                let length = (dx * dx + dy * dy).sqrt() + 1e-4;
                self.u[at] += strength * dt * dy / length * curl[at];
                self.v[at] -= strength * dt * dx / length * curl[at];
            }
        }
    }

    fn close_walls(&mut self) {
        let (width, height) = (self.width, self.height);
        for y in 0..height {
            self.u[y * width] = 0.0;
            self.u[y * width + width - 1] = 0.0;
        }
        for x in 0..width {
            self.v[x] = 0.0;
            self.v[(height - 1) * width + x] = 0.0;
        }
    }

    fn project(&mut self, swelling: f32) {
        let width = self.width;
        for y in 1..self.height - 1 {
            for x in 1..width - 1 {
                let at = y * width + x;
                let flow = self.u[at + 1] - self.u[at - 1] + self.v[at + width] - self.v[at - width];
                self.divergence[at] = 0.5 * flow - swelling * self.heat[at].min(1.0);
            }
        }
        for _ in 0..SWEEPS {
            for y in 1..self.height - 1 {
                for x in 1..width - 1 {
                    let at = y * width + x;
                    let p = &self.pressure;
                    let mean =
                        (p[at - 1] + p[at + 1] + p[at - width] + p[at + width] - self.divergence[at]) * 0.25;
                    self.pressure[at] += RELAXATION * (mean - p[at]);
                }
            }
            self.mirror_pressure();
        }
        for y in 1..self.height - 1 {
            for x in 1..width - 1 {
                let at = y * width + x;
                self.u[at] -= 0.5 * (self.pressure[at + 1] - self.pressure[at - 1]);
                self.v[at] -= 0.5 * (self.pressure[at + width] - self.pressure[at - width]);
            }
        }
    }

    fn mirror_pressure(&mut self) {
        let (width, height) = (self.width, self.height);
        for y in 0..height {
            self.pressure[y * width] = self.pressure[y * width + 1];
            self.pressure[y * width + width - 1] = self.pressure[y * width + width - 2];
        }
        for x in 0..width {
            self.pressure[x] = self.pressure[width + x];
            self.pressure[(height - 1) * width + x] = self.pressure[(height - 2) * width + x];
        }
    }

    fn burn(&mut self, gas: &Gas, dt: f32) {
        let cool = (-gas.radiation * dt).exp();
        let clear = (-gas.clearing * dt).exp();
        for (heat, smoke) in self.heat.iter_mut().zip(&mut self.smoke) {
            let burning = (*heat * 4.0).min(1.0) * (1.0 - *heat).max(0.0);
            *smoke = (*smoke * clear + gas.sooting * burning * dt).min(1.6);
            *heat = (*heat * cool - gas.cooling * dt).max(0.0);
        }
    }

    /// A field between the cells, at cell coordinates.
    pub(crate) fn sample(&self, field: &[f32], x: f32, y: f32) -> f32 {
        bilinear(self.width, self.height, field, x, y)
    }
}

fn bilinear(width: usize, height: usize, field: &[f32], x: f32, y: f32) -> f32 {
    let x = x.clamp(0.0, (width - 2) as f32 + 0.999);
    let y = y.clamp(0.0, (height - 2) as f32 + 0.999);
    let (column, row) = (x as usize, y as usize);
    let (fx, fy) = (x - column as f32, y - row as f32);
    let at = row * width + column;
    let low = field[at] + (field[at + 1] - field[at]) * fx;
    let high = field[at + width] + (field[at + width + 1] - field[at + width]) * fx;
    low + (high - low) * fy
}

fn transport(width: usize, height: usize, u: &[f32], v: &[f32], from: &[f32], to: &mut [f32], dt: f32) {
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            to[at] = bilinear(width, height, from, x as f32 - u[at] * dt, y as f32 - v[at] * dt);
        }
    }
}
