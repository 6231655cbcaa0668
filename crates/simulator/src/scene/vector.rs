//! Vectors of three numbers; metres, x to the right, y up, z away from the camera.

pub(crate) type Vec3 = [f32; 3];

pub(crate) fn add(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

pub(crate) fn sub(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(crate) fn scale(a: Vec3, by: f32) -> Vec3 {
    [a[0] * by, a[1] * by, a[2] * by]
}

pub(crate) fn dot(a: Vec3, b: Vec3) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn normalise(a: Vec3) -> Vec3 {
    scale(a, 1.0 / dot(a, a).sqrt().max(1e-9))
}

pub(crate) fn mix(a: Vec3, b: Vec3, share: f32) -> Vec3 {
    add(scale(a, 1.0 - share), scale(b, share))
}

/// 0 below `low`, 1 above `high`, smooth between.
pub(crate) fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Value noise of two coordinates between 0 and 1, smooth, the same for the same seed.
pub(crate) fn noise(seed: u32, x: f32, y: f32) -> f32 {
    let (cell_x, cell_y) = (x.floor(), y.floor());
    let (fx, fy) = (smoothstep(0.0, 1.0, x - cell_x), smoothstep(0.0, 1.0, y - cell_y));
    let corner = |dx: i32, dy: i32| hash(seed, cell_x as i32 + dx, cell_y as i32 + dy);
    let low = corner(0, 0) * (1.0 - fx) + corner(1, 0) * fx;
    let high = corner(0, 1) * (1.0 - fx) + corner(1, 1) * fx;
    low * (1.0 - fy) + high * fy
}

/// Four octaves of [`noise`].
pub(crate) fn fractal_noise(seed: u32, x: f32, y: f32) -> f32 {
    let (mut sum, mut weight, mut frequency) = (0.0, 0.5, 1.0);
    for octave in 0..4 {
        sum += weight * noise(seed + octave, x * frequency, y * frequency);
        weight *= 0.5;
        frequency *= 2.03;
    }
    sum / 0.9375
}

/// A number between 0 and 1 for a grid point.
pub(crate) fn hash(seed: u32, x: i32, y: i32) -> f32 {
    let mut h = seed.wrapping_mul(0x9e37_79b1)
        ^ (x as u32).wrapping_mul(0x85eb_ca6b)
        ^ (y as u32).wrapping_mul(0xc2b2_ae35);
    h = (h ^ h >> 15).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ h >> 12).wrapping_mul(0x297a_2d39);
    (h >> 8) as f32 / (1 << 24) as f32
}
