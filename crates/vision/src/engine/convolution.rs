//! Plain 3x3 convolution with a leaky ReLU: every output channel sees every input channel of nine pixels.
//!
//! The neighbourhoods of many pixels are laid out as rows and multiplied with the weights at once. The rows hold every value nine times, so
//! only as many pixels are laid out together as fit the processor's cache; the matrix product runs at its full speed from a few hundred rows on.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};
use pulp::Arch;

use super::{Map, Weights, WeightsError};

const KERNEL: usize = 3;
const TAPS: usize = KERNEL * KERNEL;
/// Values laid out at once: half a MiB.
const BLOCK_VALUES: usize = 1 << 17;
/// Fewest pixels laid out at once: with fewer the weights are read too often.
const BLOCK_PIXELS_MIN: usize = 128;
/// What a negative value is multiplied with.
const SLOPE: f32 = 0.1;

/// A 3x3 convolution with one pixel of zeros around the map, followed by a leaky ReLU of slope 0.1.
pub struct Convolution {
    stride: usize,
    inputs: usize,
    outputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Convolution {
    /// Takes `NAME.weight`, shaped (9 x inputs) x outputs with the channels of one pixel together, and `NAME.bias`.
    pub fn load(
        w: &Weights<'_>,
        name: &str,
        stride: usize,
        (inputs, outputs): (usize, usize),
    ) -> Result<Self, WeightsError> {
        let weight = w.take(&format!("{name}.weight"), &[TAPS * inputs, outputs])?;
        let bias = w.take(&format!("{name}.bias"), &[outputs])?;
        Ok(Self { stride, inputs, outputs, weight, bias })
    }

    /// Convolves a map. `rows` is scratch space that calls may share.
    pub fn run(&self, input: &Map, rows: &mut Vec<f32>) -> Map {
        assert_eq!(input.channels, self.inputs);
        let (width, height) = (input.width.div_ceil(self.stride), input.height.div_ceil(self.stride));
        let mut data = Vec::with_capacity(width * height * self.outputs);
        for _ in 0..width * height {
            data.extend_from_slice(&self.bias);
        }
        let row_values = TAPS * self.inputs;
        let block = (BLOCK_VALUES / row_values).max(BLOCK_PIXELS_MIN);
        rows.resize((block * row_values).max(rows.len()), 0.0);
        for (number, out) in data.chunks_mut(block * self.outputs).enumerate() {
            let pixels = out.len() / self.outputs;
            let rows = &mut rows[..pixels * row_values];
            for (i, row) in rows.chunks_exact_mut(row_values).enumerate() {
                let pixel = number * block + i;
                let (x, y) = (pixel % width * self.stride, pixel / width * self.stride);
                neighbourhood(input, x, y, row);
            }
            self.add_product(rows, out);
            leaky_relu(out);
        }
        Map { width, height, channels: self.outputs, data }
    }

    fn add_product(&self, rows: &[f32], out: &mut [f32]) {
        let (pixels, values) = (out.len() / self.outputs, TAPS * self.inputs);
        let shapes = "lengths are pixels times values by construction";
        let a = ArrayView2::from_shape((pixels, values), rows).expect(shapes);
        let b = ArrayView2::from_shape((values, self.outputs), &self.weight).expect(shapes);
        let mut c = ArrayViewMut2::from_shape((pixels, self.outputs), out).expect(shapes);
        general_mat_mul(1.0, &a, &b, 1.0, &mut c);
    }
}

/// Copies the neighbourhood of a pixel into a row; zero outside the map.
pub(super) fn neighbourhood(input: &Map, x: usize, y: usize, row: &mut [f32]) {
    let channels = input.channels;
    // Column x - 1 of the map is the first of the neighbourhood.
    let skip = usize::from(x == 0) * channels;
    let from = x.saturating_sub(1) * channels;
    let to = (x + 2).min(input.width) * channels;
    for (ky, part) in row.chunks_exact_mut(KERNEL * channels).enumerate() {
        let Some(line) = (y + ky).checked_sub(1).filter(|line| *line < input.height) else {
            part.fill(0.0);
            continue;
        };
        let source = &input.data[line * input.width * channels..][from..to];
        part[..skip].fill(0.0);
        part[skip..][..source.len()].copy_from_slice(source);
        part[skip + source.len()..].fill(0.0);
    }
}

fn leaky_relu(values: &mut [f32]) {
    Arch::new().dispatch(
        #[inline(always)]
        || values.iter_mut().for_each(|x| *x = x.max(SLOPE * *x)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, written down.
    fn slow(layer: &Convolution, input: &Map) -> Vec<f32> {
        let mut out = Vec::new();
        for y in (0..input.height).step_by(layer.stride) {
            for x in (0..input.width).step_by(layer.stride) {
                for o in 0..layer.outputs {
                    let mut sum = layer.bias[o];
                    for tap in 0..TAPS {
                        let (sx, sy) = ((x + tap % 3).wrapping_sub(1), (y + tap / 3).wrapping_sub(1));
                        if sx < input.width && sy < input.height {
                            for c in 0..layer.inputs {
                                let value = input.data[(sy * input.width + sx) * layer.inputs + c];
                                sum += value * layer.weight[(tap * layer.inputs + c) * layer.outputs + o];
                            }
                        }
                    }
                    out.push(if sum > 0.0 { sum } else { SLOPE * sum });
                }
            }
        }
        out
    }

    #[test]
    fn it_is_a_convolution_at_every_size_and_stride() {
        let wave = |n: usize, step: f32| (0..n).map(|i| (i as f32 * step).sin()).collect::<Vec<_>>();
        let mut rows = Vec::new();
        for (width, height, stride) in [(1, 1, 1), (2, 1, 2), (1, 5, 2), (7, 4, 1), (8, 6, 2), (40, 30, 1)] {
            let layer = Convolution {
                stride,
                inputs: 5,
                outputs: 6,
                weight: wave(9 * 5 * 6, 0.37),
                bias: wave(6, 1.1),
            };
            let input = Map { width, height, channels: 5, data: wave(width * height * 5, 0.71) };
            let found = layer.run(&input, &mut rows);
            assert_eq!((found.width, found.height), (width.div_ceil(stride), height.div_ceil(stride)));
            for (f, e) in found.data.iter().zip(slow(&layer, &input)) {
                assert!((f - e).abs() < 1e-4, "{width}x{height}/{stride}: {f}, expected {e}");
            }
        }
    }
}
