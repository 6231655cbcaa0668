//! Depthwise convolution: every channel is filtered by itself.
//!
//! Arithmetic is next to nothing here, moving data is everything: four neighbouring pixels are worked on together so
//! that a weight is read once for all of them, two vectors of channels at a time. The vectors are the
//! widest this processor has, chosen at run time by `pulp`.

#![allow(
    clippy::inline_always,
    reason = "vector code must be inlined into the function compiled for the vectors"
)]

use pulp::{Arch, Simd, WithSimd};

use super::{Weights, WeightsError};

/// Every channel count in the family of networks is a multiple of this, and it is a multiple of two vectors of
/// every kind.
const CHANNEL_STEP: usize = 16;
/// Vectors of channels worked on at once.
const VECTORS: usize = 2;
/// Neighbouring output pixels worked on at once.
const TILE: usize = 4;
const CLAMP: f32 = 6.0;

/// A depthwise convolution with square kernel, zero padding of half the kernel and ReLU6.
pub struct Depthwise {
    kernel: usize,
    stride: usize,
    channels: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Depthwise {
    /// Takes `NAME.weight`, shaped kernel² x channels, and `NAME.bias`. `channels` is a multiple of 16 in
    /// every network of the family.
    pub fn load(
        w: &Weights<'_>,
        name: &str,
        (kernel, stride): (usize, usize),
        channels: usize,
    ) -> Result<Self, WeightsError> {
        assert!(channels.is_multiple_of(CHANNEL_STEP), "{name}: {channels} channels");
        let weight = w.take(&format!("{name}.weight"), &[kernel * kernel, channels])?;
        let bias = w.take(&format!("{name}.bias"), &[channels])?;
        Ok(Self { kernel, stride, channels, weight, bias })
    }

    /// Convolves a map of `height` by `width`; returns the new height and width.
    pub fn run(&self, input: &[f32], (height, width): (usize, usize), out: &mut Vec<f32>) -> (usize, usize) {
        assert_eq!(input.len(), height * width * self.channels);
        let (rows, columns) = (height.div_ceil(self.stride), width.div_ceil(self.stride));
        out.resize(rows * columns * self.channels, 0.0);
        Arch::new().dispatch(Convolution { layer: self, input, height, width, columns, out });
        (rows, columns)
    }
}

struct Convolution<'a> {
    layer: &'a Depthwise,
    input: &'a [f32],
    height: usize,
    width: usize,
    columns: usize,
    out: &'a mut [f32],
}

/// The operands as vectors, and how many of them make a pixel.
struct Vectors<'a, S: Simd> {
    simd: S,
    input: &'a [S::f32s],
    weight: &'a [S::f32s],
    bias: &'a [S::f32s],
    per_pixel: usize,
}

impl WithSimd for Convolution<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let layer = self.layer;
        let vectors = Vectors {
            simd,
            input: S::as_simd_f32s(self.input).0,
            weight: S::as_simd_f32s(&layer.weight).0,
            bias: S::as_simd_f32s(&layer.bias).0,
            per_pixel: layer.channels / S::F32_LANES,
        };
        let out = S::as_mut_simd_f32s(self.out).0;
        let half = layer.kernel / 2;
        let inside =
            |column: usize| column * layer.stride >= half && column * layer.stride + half < self.width;
        for (row, line) in out.chunks_exact_mut(self.columns * vectors.per_pixel).enumerate() {
            let y = Taps::new(row * layer.stride, layer.kernel, self.height);
            let mut column = 0;
            while column < self.columns {
                let x = Taps::new(column * layer.stride, layer.kernel, self.width);
                let place = Place { column, width: self.width, y, x };
                if column + TILE <= self.columns && inside(column) && inside(column + TILE - 1) {
                    tile::<S, TILE>(layer, &vectors, &place, line);
                    column += TILE;
                } else {
                    tile::<S, 1>(layer, &vectors, &place, line);
                    column += 1;
                }
            }
        }
    }
}

struct Place {
    column: usize,
    width: usize,
    y: Taps,
    x: Taps,
}

/// `N` neighbouring pixels of a row. With `N` above 1 the kernel must lie inside the row for all of them.
#[inline(always)]
fn tile<S: Simd, const N: usize>(layer: &Depthwise, v: &Vectors<'_, S>, at: &Place, line: &mut [S::f32s]) {
    let (simd, c, kernel) = (v.simd, v.per_pixel, layer.kernel);
    let (zero, six) = (simd.splat_f32s(0.0), simd.splat_f32s(CLAMP));
    for channel in (0..c).step_by(VECTORS) {
        let mut sums = [[zero; VECTORS]; N];
        for sum in &mut sums {
            sum.copy_from_slice(&v.bias[channel..channel + VECTORS]);
        }
        for ky in at.y.first..at.y.end {
            let row = (at.y.origin + ky - kernel / 2) * at.width;
            for kx in at.x.first..at.x.end {
                let weights = &v.weight[(ky * kernel + kx) * c + channel..][..VECTORS];
                let from = (row + at.x.origin + kx - kernel / 2) * c + channel;
                for (n, sum) in sums.iter_mut().enumerate() {
                    let values = &v.input[from + n * layer.stride * c..][..VECTORS];
                    for k in 0..VECTORS {
                        sum[k] = simd.mul_add_e_f32s(values[k], weights[k], sum[k]);
                    }
                }
            }
        }
        for (n, sum) in sums.into_iter().enumerate() {
            let target = &mut line[(at.column + n) * c + channel..][..VECTORS];
            for (out, x) in target.iter_mut().zip(sum) {
                *out = simd.min_f32s(simd.max_f32s(x, zero), six);
            }
        }
    }
}

/// Which kernel taps along one axis fall inside the map.
#[derive(Clone, Copy)]
struct Taps {
    origin: usize,
    first: usize,
    end: usize,
}

impl Taps {
    #[inline(always)]
    fn new(origin: usize, kernel: usize, length: usize) -> Self {
        let half = kernel / 2;
        Self { origin, first: half.saturating_sub(origin), end: kernel.min(length + half - origin) }
    }
}
