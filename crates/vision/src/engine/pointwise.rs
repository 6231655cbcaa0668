//! Pointwise convolution and ReLU6.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};
use pulp::Arch;

use super::{Map, Weights, WeightsError};

/// Pixels a pointwise convolution works on at once.
const BLOCK_PIXELS: usize = 384;

/// Clamps every value to 0..=6.
fn relu6(values: &mut [f32]) {
    Arch::new().dispatch(
        #[inline(always)]
        || values.iter_mut().for_each(|x| *x = x.clamp(0.0, 6.0)),
    );
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
        self.blocks(input, out, |_| ());
    }

    /// The same for a map.
    pub fn map(&self, input: &Map) -> Map {
        assert_eq!(input.channels, self.inputs);
        let mut data = Vec::new();
        self.run(&input.data, &mut data);
        Map { width: input.width, height: input.height, channels: self.outputs, data }
    }

    /// The same with ReLU6 on the result.
    pub fn run_relu6(&self, input: &[f32], out: &mut Vec<f32>) {
        self.blocks(input, out, relu6);
    }

    /// Works on so few pixels at a time that bias, product and `then` meet them in the cache.
    fn blocks(&self, input: &[f32], out: &mut Vec<f32>, then: impl Fn(&mut [f32])) {
        let pixels = input.len() / self.inputs;
        out.resize(pixels * self.outputs, 0.0);
        let inputs = input.chunks(BLOCK_PIXELS * self.inputs);
        for (input, out) in inputs.zip(out.chunks_mut(BLOCK_PIXELS * self.outputs)) {
            for pixel in out.chunks_exact_mut(self.outputs) {
                pixel.copy_from_slice(&self.bias);
            }
            self.add_to(input, out);
            then(out);
        }
    }

    fn add_to(&self, input: &[f32], out: &mut [f32]) {
        let pixels = input.len() / self.inputs;
        let shapes = "lengths are pixels times channels by construction";
        let a = ArrayView2::from_shape((pixels, self.inputs), input).expect(shapes);
        let b = ArrayView2::from_shape((self.inputs, self.outputs), &self.weight).expect(shapes);
        let mut c = ArrayViewMut2::from_shape((pixels, self.outputs), out).expect(shapes);
        general_mat_mul(1.0, &a, &b, 1.0, &mut c);
    }
}
