//! A small inference engine for two families of networks, in fp32 on the CPU.
//!
//! It knows the layers EfficientNet-Lite ([`Trunk`]) and NanoDet-g ([`NanoDet`]) are made of and no others: plain 3x3, pointwise and
//! depthwise convolutions, ReLU6 and leaky ReLU, sums, and maps made smaller and larger, with batch
//! normalisation already folded into the weights. Maps are stored pixel by pixel, channels innermost, so that a
//! pointwise convolution is one matrix product over the whole map and a depthwise one runs along channels.
//!
//! Not a general runtime, and no native library: why is in `docs/design/vision.md`.

mod convolution;
mod depthwise;
mod nanodet;
mod pointwise;
mod resample;
mod trunk;
mod weights;

pub use convolution::Convolution;
pub use depthwise::Depthwise;
pub use nanodet::{DISTANCE_BINS, Grid, NanoDet, SIZE_STEP};
pub use pointwise::Pointwise;
pub use trunk::{Features, Trunk};
pub use weights::{Weights, WeightsError};

/// A feature map or picture: `height * width * channels` values, channels innermost.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Values per pixel.
    pub channels: usize,
    /// The values, row by row.
    pub data: Vec<f32>,
}

impl Map {
    /// Number of pixels.
    pub const fn pixels(&self) -> usize {
        self.width * self.height
    }

    /// Mean of each channel over all pixels.
    pub fn mean(&self) -> Vec<f32> {
        let mut mean = vec![0.0; self.channels];
        for pixel in self.data.chunks_exact(self.channels) {
            for (sum, x) in mean.iter_mut().zip(pixel) {
                *sum += x;
            }
        }
        let share = 1.0 / self.pixels().max(1) as f32;
        for sum in &mut mean {
            *sum *= share;
        }
        mean
    }
}
