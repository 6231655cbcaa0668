//! The two kinds of layer and ReLU6.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

use super::{Weights, WeightsError};

/// Channels a depthwise convolution works on at once: four SSE or two AVX registers.
const LANES: usize = 16;

/// Clamps every value to 0..=6.
pub fn relu6(values: &mut [f32]) {
    for x in values {
        *x = x.clamp(0.0, 6.0);
    }
}

/// A 1x1 convolution: one matrix product over all pixels. Also used for the first layer, on patches.
pub struct Pointwise {
    inputs: usize,
    outputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Pointwise {
    /// Takes `NAME.weight`, shaped inputs x outputs, and `NAME.bias`.
    pub fn load(w: &Weights<'_>, name: &str, inputs: usize, outputs: usize) -> Result<Self, WeightsError> {
        let weight = w.take(&format!("{name}.weight"), &[inputs, outputs])?;
        let bias = w.take(&format!("{name}.bias"), &[outputs])?;
        Ok(Self { inputs, outputs, weight, bias })
    }

    /// Values per pixel that come out.
    pub const fn outputs(&self) -> usize {
        self.outputs
    }

    /// Writes `input * weight + bias` for each pixel of `input` to `out`.
    pub fn run(&self, input: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for _ in 0..input.len() / self.inputs {
            out.extend_from_slice(&self.bias);
        }
        self.add_to(input, out);
    }

    /// Adds `input * weight` (no bias) to `out`, which already has the right size.
    pub fn add_to(&self, input: &[f32], out: &mut [f32]) {
        let pixels = input.len() / self.inputs;
        let shapes = "lengths are pixels times channels by construction";
        let a = ArrayView2::from_shape((pixels, self.inputs), input).expect(shapes);
        let b = ArrayView2::from_shape((self.inputs, self.outputs), &self.weight).expect(shapes);
        let mut c = ArrayViewMut2::from_shape((pixels, self.outputs), out).expect(shapes);
        general_mat_mul(1.0, &a, &b, 1.0, &mut c);
    }
}

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
        assert!(channels.is_multiple_of(LANES), "{name}: {channels} channels");
        let weight = w.take(&format!("{name}.weight"), &[kernel * kernel, channels])?;
        let bias = w.take(&format!("{name}.bias"), &[channels])?;
        Ok(Self { kernel, stride, channels, weight, bias })
    }

    /// Convolves a map of `height` by `width`; returns the new height and width.
    pub fn run(&self, input: &[f32], (height, width): (usize, usize), out: &mut Vec<f32>) -> (usize, usize) {
        let (rows, columns) = (height.div_ceil(self.stride), width.div_ceil(self.stride));
        out.resize(rows * columns * self.channels, 0.0);
        for (i, pixel) in out.chunks_exact_mut(self.channels).enumerate() {
            let y = Taps::new((i / columns) * self.stride, self.kernel, height);
            let x = Taps::new((i % columns) * self.stride, self.kernel, width);
            self.pixel(input, width, &y, &x, pixel);
        }
        (rows, columns)
    }

    fn pixel(&self, input: &[f32], width: usize, y: &Taps, x: &Taps, out: &mut [f32]) {
        let c = self.channels;
        for (block, target) in out.chunks_exact_mut(LANES).enumerate() {
            let at = block * LANES;
            let mut sum = [0.0_f32; LANES];
            sum.copy_from_slice(&self.bias[at..at + LANES]);
            for ky in y.first..y.end {
                let row = (y.origin + ky - self.kernel / 2) * width;
                for kx in x.first..x.end {
                    let from = (row + x.origin + kx - self.kernel / 2) * c + at;
                    let values = &input[from..from + LANES];
                    let weights = &self.weight[(ky * self.kernel + kx) * c + at..][..LANES];
                    for lane in 0..LANES {
                        sum[lane] += values[lane] * weights[lane];
                    }
                }
            }
            for lane in 0..LANES {
                target[lane] = sum[lane].clamp(0.0, 6.0);
            }
        }
    }
}

/// Which kernel taps along one axis fall inside the map.
struct Taps {
    origin: usize,
    first: usize,
    end: usize,
}

impl Taps {
    fn new(origin: usize, kernel: usize, length: usize) -> Self {
        let half = kernel / 2;
        Self { origin, first: half.saturating_sub(origin), end: kernel.min(length + half - origin) }
    }
}
