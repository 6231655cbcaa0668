//! A drawn picture: linear light while it is drawn, planar Y′CbCr (BT.601, limited range) when it is done.

/// Linear light, red, green, blue; 1.0 is white paper, more is clipped as a sensor would.
pub type Light = [f32; 3];

/// A picture under construction.
#[derive(Debug, Clone)]
pub struct Canvas {
    /// Width in pixels, even.
    pub width: usize,
    /// Height in pixels, even.
    pub height: usize,
    /// Row by row.
    pub pixels: Vec<Light>,
}

/// A finished picture, I420: luma, then both chroma planes at half size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `width * height * 3 / 2` bytes.
    pub i420: Vec<u8>,
}

impl Canvas {
    /// A black canvas.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0; 3]; width * height] }
    }

    /// Lays `light` over a pixel with the given opacity; outside the canvas nothing happens.
    pub fn blend(&mut self, x: i32, y: i32, light: Light, opacity: f32) {
        if x < 0 || y < 0 || x >= self.width as i32 || y >= self.height as i32 {
            return;
        }
        let pixel = &mut self.pixels[y as usize * self.width + x as usize];
        for (channel, wanted) in pixel.iter_mut().zip(light) {
            *channel += (wanted - *channel) * opacity;
        }
    }

    /// Develops the canvas: exposure, sensor noise, display curve, I420.
    pub fn develop(&self, exposure: f32, noise: f32, random: &mut Random) -> Picture {
        let curve = display_curve();
        let (width, height) = (self.width, self.height);
        let mut rgb = vec![[0u8; 3]; width * height];
        for (out, light) in rgb.iter_mut().zip(&self.pixels) {
            // Shot noise grows with the square root of light; one draw serves all channels, a second tints it.
            let (grain, tint) = (random.gauss() * noise, random.gauss() * noise * 0.4);
            for (channel, value) in light.iter().enumerate() {
                let swing = grain + if channel == 1 { -tint } else { tint };
                let value = value * exposure;
                let exposed = value + swing * (value.max(0.0) + 0.02).sqrt() * 0.3;
                out[channel] = curve[(exposed.clamp(0.0, 1.0) * (CURVE_STEPS - 1) as f32) as usize];
            }
        }
        to_i420(&rgb, width, height)
    }
}

impl Picture {
    /// Luma and chroma planes.
    pub fn planes(&self) -> (&[u8], &[u8], &[u8]) {
        let luma = self.width * self.height;
        let (y, chroma) = self.i420.split_at(luma);
        let (u, v) = chroma.split_at(luma / 4);
        (y, u, v)
    }

    /// The picture as RGB, three bytes a pixel, for exports.
    pub fn to_rgb(&self) -> Vec<u8> {
        let (y_plane, u_plane, v_plane) = self.planes();
        let mut out = Vec::with_capacity(self.width * self.height * 3);
        for row in 0..self.height {
            for column in 0..self.width {
                let chroma = row / 2 * (self.width / 2) + column / 2;
                let y = (f32::from(y_plane[row * self.width + column]) - 16.0) * 1.164;
                let (u, v) = (f32::from(u_plane[chroma]) - 128.0, f32::from(v_plane[chroma]) - 128.0);
                for value in [y + 1.596 * v, y - 0.392 * u - 0.813 * v, y + 2.017 * u] {
                    out.push(value.round().clamp(0.0, 255.0) as u8);
                }
            }
        }
        out
    }
}

const CURVE_STEPS: usize = 4096;

/// Linear light to display value: gamma 1/2.2 with a soft shoulder, as cameras have it.
fn display_curve() -> Vec<u8> {
    (0..CURVE_STEPS)
        .map(|step| {
            let light = step as f32 / (CURVE_STEPS - 1) as f32;
            (light.powf(1.0 / 2.2) * 255.0).round() as u8
        })
        .collect()
}

fn to_i420(rgb: &[[u8; 3]], width: usize, height: usize) -> Picture {
    let mut i420 = vec![0; width * height * 3 / 2];
    let (luma, chroma) = i420.split_at_mut(width * height);
    for (out, [r, g, b]) in luma.iter_mut().zip(rgb) {
        let sum = 66 * i32::from(*r) + 129 * i32::from(*g) + 25 * i32::from(*b);
        *out = (((sum + 128) >> 8) + 16) as u8;
    }
    let (u_plane, v_plane) = chroma.split_at_mut(width * height / 4);
    for row in 0..height / 2 {
        for column in 0..width / 2 {
            let mut sum = [0i32; 3];
            for at in [0, 1, width, width + 1] {
                for (total, value) in sum.iter_mut().zip(rgb[row * 2 * width + column * 2 + at]) {
                    *total += i32::from(value);
                }
            }
            let [r, g, b] = sum;
            u_plane[row * (width / 2) + column] = (((-38 * r - 74 * g + 112 * b + 512) >> 10) + 128) as u8;
            v_plane[row * (width / 2) + column] = (((112 * r - 94 * g - 18 * b + 512) >> 10) + 128) as u8;
        }
    }
    Picture { width, height, i420 }
}

/// A small random sequence, the same for the same seed on every machine (SplitMix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts a sequence.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5eed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Evenly between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Evenly between two bounds.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Near enough to a normal distribution: mean 0, deviation 1.
    pub fn gauss(&mut self) -> f32 {
        // Sum of four 16-bit numbers from one draw.
        let bits = self.bits();
        let sum: u64 = (0..4).map(|part| bits >> (part * 16) & 0xffff).sum();
        (sum as f32 / 65_535.0 - 2.0) * 1.732
    }
}
