//! NanoDet-g (RangiLyu, github.com/RangiLyu/nanodet): picture in; for every cell of three grids, scores of kinds and distances to the edges
//! of a box out.
//!
//! A backbone of plain convolutions in cross-stage blocks, lateral 1x1 convolutions whose maps are added coarse to fine and back, and
//! one small head a grid. Nothing depends on the size of the picture except that its edges are multiples of 32.

use super::{Convolution, Map, Pointwise, Weights, WeightsError};

/// Channels behind each stage's first convolution, and blocks in it.
const STAGES: [(usize, usize); 4] = [(32, 1), (64, 2), (128, 2), (256, 3)];
const STEM_CHANNELS: usize = 32;
const NECK_CHANNELS: usize = 128;
/// Pixels of the picture between cells of each grid, fine to coarse.
pub const STRIDES: [usize; 3] = [8, 16, 32];
/// Width and height of a picture are multiples of this.
pub const SIZE_STEP: usize = STRIDES[2];
/// A distance is told as weights of 0, 1, … 10 cells.
pub const DISTANCE_BINS: usize = 11;
const SIDES: usize = 4;

/// The network, ready to run.
pub struct NanoDet {
    stem: Convolution,
    stages: Vec<Stage>,
    neck: Vec<Pointwise>,
    heads: Vec<Head>,
    kinds: usize,
}

/// Enters, passes through blocks that halve the channels and put them together again, leaves, and keeps what entered beside it.
struct Stage {
    enter: Convolution,
    blocks: Vec<(Convolution, Convolution)>,
    leave: Convolution,
}

struct Head {
    tower: Convolution,
    out: Pointwise,
}

/// What the network says about the cells of one grid, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Pixels between cells.
    pub stride: usize,
    /// Cells in a row.
    pub width: usize,
    /// For each cell the score of each kind, 0 to 1.
    pub scores: Vec<f32>,
    /// For each cell left, top, right, bottom: [`DISTANCE_BINS`] weights before the softmax.
    pub edges: Vec<f32>,
}

impl NanoDet {
    /// Takes the tensors from a weights file whose heads tell this many kinds.
    pub fn load(w: &Weights<'_>, kinds: usize) -> Result<Self, WeightsError> {
        let stem = Convolution::load(w, "stem", 2, (3, STEM_CHANNELS))?;
        let mut inputs = STEM_CHANNELS;
        let mut stages = Vec::new();
        for (number, (channels, blocks)) in STAGES.into_iter().enumerate() {
            // The stem and the maximum after it have come down to a quarter already.
            let stride = if number == 0 { 1 } else { 2 };
            stages.push(Stage::load(w, &format!("stage{number}"), stride, (inputs, channels), blocks)?);
            inputs = 2 * channels;
        }
        let (mut neck, mut heads) = (Vec::new(), Vec::new());
        for (stride, (channels, _)) in STRIDES.into_iter().zip(&STAGES[1..]) {
            neck.push(Pointwise::load(w, &format!("neck.{stride}"), 2 * channels, NECK_CHANNELS)?);
            heads.push(Head {
                tower: Convolution::load(
                    w,
                    &format!("head.{stride}.tower"),
                    1,
                    (NECK_CHANNELS, NECK_CHANNELS),
                )?,
                out: Pointwise::load(
                    w,
                    &format!("head.{stride}.out"),
                    NECK_CHANNELS,
                    kinds + SIDES * DISTANCE_BINS,
                )?,
            });
        }
        Ok(Self { stem, stages, neck, heads, kinds })
    }

    /// Runs a normalised RGB picture through the network. Width and height are multiples of [`SIZE_STEP`].
    pub fn run(&self, input: &Map) -> Vec<Grid> {
        assert!(input.width.is_multiple_of(SIZE_STEP) && input.height.is_multiple_of(SIZE_STEP));
        let rows = &mut Vec::new();
        let mut x = self.stem.run(input, rows).pooled();
        let mut levels = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            x = stage.run(&x, rows);
            if number > 0 {
                levels.push(self.neck[number - 1].map(&x));
            }
        }
        for fine in (0..levels.len() - 1).rev() {
            let coarse = levels[fine + 1].doubled();
            levels[fine].add(&coarse);
        }
        for coarse in 1..levels.len() {
            let fine = levels[coarse - 1].halved();
            levels[coarse].add(&fine);
        }
        let heads = STRIDES.into_iter().zip(&self.heads).zip(&levels);
        heads.map(|((stride, head), level)| head.run(level, stride, self.kinds, rows)).collect()
    }
}

impl Stage {
    fn load(
        w: &Weights<'_>,
        name: &str,
        stride: usize,
        (inputs, channels): (usize, usize),
        blocks: usize,
    ) -> Result<Self, WeightsError> {
        let half = channels / 2;
        let block = |number| {
            let narrow = Convolution::load(w, &format!("{name}.narrow{number}"), 1, (channels, half))?;
            let filter = Convolution::load(w, &format!("{name}.filter{number}"), 1, (half, half))?;
            Ok((narrow, filter))
        };
        Ok(Self {
            enter: Convolution::load(w, &format!("{name}.enter"), stride, (inputs, channels))?,
            blocks: (0..blocks).map(block).collect::<Result<_, WeightsError>>()?,
            leave: Convolution::load(w, &format!("{name}.leave"), 1, (channels, channels))?,
        })
    }

    fn run(&self, input: &Map, rows: &mut Vec<f32>) -> Map {
        let entered = self.enter.run(input, rows);
        let mut x = entered.clone();
        for (narrow, filter) in &self.blocks {
            let half = narrow.run(&x, rows);
            x = filter.run(&half, rows).beside(&half);
        }
        self.leave.run(&x, rows).beside(&entered)
    }
}

impl Head {
    fn run(&self, level: &Map, stride: usize, kinds: usize, rows: &mut Vec<f32>) -> Grid {
        let out = self.out.map(&self.tower.run(level, rows));
        let cells = out.pixels();
        let mut scores = Vec::with_capacity(cells * kinds);
        let mut edges = Vec::with_capacity(cells * SIDES * DISTANCE_BINS);
        for cell in out.data.chunks_exact(out.channels) {
            scores.extend(cell[..kinds].iter().map(|x| 1.0 / (1.0 + (-x).exp())));
            edges.extend_from_slice(&cell[kinds..]);
        }
        Grid { stride, width: out.width, scores, edges }
    }
}
