//! EfficientNet-Lite0 without its classifier (Tan & Le, arXiv 1905.11946; the "Lite" variant of the same
//! authors): picture in, two feature maps out.

use super::{Depthwise, Map, Pointwise, Weights, WeightsError, convolution::neighbourhood};

/// Repeats, kernel, stride, expansion and output channels of each stage.
const STAGES: [(usize, usize, usize, usize, usize); 7] = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
];
const STEM_CHANNELS: usize = 32;
const STEM_KERNEL: usize = 3;
/// The block whose output is the stride-16 map.
const STRIDE16_BLOCK: usize = 10;
/// Channels of the stride-16 map.
const STRIDE16_CHANNELS: usize = 112;
/// Channels of the stride-32 map.
const STRIDE32_CHANNELS: usize = 320;

/// What the trunk sees, at two scales.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// One pixel for 16 x 16 input pixels, 112 channels.
    pub stride16: Map,
    /// One pixel for 32 x 32 input pixels, 320 channels.
    pub stride32: Map,
}

/// The network, ready to run.
pub struct Trunk {
    stem: Pointwise,
    blocks: Vec<Block>,
}

/// An inverted residual: widen, filter each channel, narrow, add what came in.
struct Block {
    expand: Option<Pointwise>,
    depthwise: Depthwise,
    project: Pointwise,
    residual: bool,
}

impl Trunk {
    /// Channels of the stride-16 and of the stride-32 map.
    pub const CHANNELS: [usize; 2] = [STRIDE16_CHANNELS, STRIDE32_CHANNELS];

    /// Takes the trunk's tensors from a weights file.
    pub fn load(weights: &Weights<'_>) -> Result<Self, WeightsError> {
        let patch = STEM_KERNEL * STEM_KERNEL * 3;
        let stem = Pointwise::load(weights, "stem", patch, STEM_CHANNELS)?;
        let mut blocks = Vec::new();
        let mut channels = STEM_CHANNELS;
        for (repeats, kernel, first_stride, expansion, out) in STAGES {
            for repeat in 0..repeats {
                let stride = if repeat == 0 { first_stride } else { 1 };
                let name = format!("block{}", blocks.len());
                let wide = channels * expansion;
                let expand = (expansion != 1)
                    .then(|| Pointwise::load(weights, &format!("{name}.expand"), channels, wide))
                    .transpose()?;
                blocks.push(Block {
                    expand,
                    depthwise: Depthwise::load(
                        weights,
                        &format!("{name}.depthwise"),
                        (kernel, stride),
                        wide,
                    )?,
                    project: Pointwise::load(weights, &format!("{name}.project"), wide, out)?,
                    residual: stride == 1 && channels == out,
                });
                channels = out;
            }
        }
        Ok(Self { stem, blocks })
    }

    /// Runs a normalised RGB picture through the network. Width and height are multiples of 32.
    pub fn run(&self, input: &Map) -> Features {
        let (mut wide, mut filtered, mut next) = (Vec::new(), Vec::new(), Vec::new());
        let mut size = patches(input, &mut wide);
        let mut x = Vec::new();
        self.stem.run_relu6(&wide, &mut x);
        let mut stride16 = Map::default();
        for (i, block) in self.blocks.iter().enumerate() {
            let filter_input = match &block.expand {
                Some(expand) => {
                    expand.run_relu6(&x, &mut wide);
                    &wide
                }
                None => &x,
            };
            size = block.depthwise.run(filter_input, size, &mut filtered);
            block.project.run(&filtered, &mut next);
            if block.residual {
                next.iter_mut().zip(&x).for_each(|(a, b)| *a += b);
            }
            std::mem::swap(&mut x, &mut next);
            if i == STRIDE16_BLOCK {
                stride16 = map(size, STRIDE16_CHANNELS, x.clone());
            }
        }
        Features { stride16, stride32: map(size, STRIDE32_CHANNELS, x) }
    }
}

fn map((height, width): (usize, usize), channels: usize, data: Vec<f32>) -> Map {
    Map { width, height, channels, data }
}

/// Lays out the 3x3 neighbourhood of every second pixel (zero outside) as rows for the first layer.
fn patches(input: &Map, out: &mut Vec<f32>) -> (usize, usize) {
    let (rows, columns) = (input.height.div_ceil(2), input.width.div_ceil(2));
    let row_values = STEM_KERNEL * STEM_KERNEL * 3;
    out.resize(rows * columns * row_values, 0.0);
    for (i, patch) in out.chunks_exact_mut(row_values).enumerate() {
        neighbourhood(input, 2 * (i % columns), 2 * (i / columns), patch);
    }
    (rows, columns)
}
