//! The fire-and-smoke model: picture in, a score and boxes for each kind out.
//!
//! An EfficientNet-Lite0 trunk and a small head over its stride-16 grid. How it was trained, on what and
//! how well it does is in `models/firesmoke.card.md`; `training/` makes the file again.

use crate::{
    engine::{Depthwise, Map, Pointwise, Trunk, Weights, WeightsError},
    observation::{Detection, Kind},
    regions::{self, sigmoid},
};

const FORMAT: &str = "watchfire-firesmoke-2";
const HIDDEN: usize = 128;
const NECK: usize = 96;
/// Edge of the head's look at a cell's neighbours.
const AROUND: usize = 5;
const KINDS: usize = Kind::ALL.len();

static EMBEDDED: &[u8] = include_bytes!("../../../models/firesmoke.safetensors");

/// Picture scores at which a look counts, as chosen with the weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// At or above: the look supports a suspicion. By [`Kind::index`].
    pub suspect: [f32; KINDS],
    /// At or above: the look supports a confirmation. By [`Kind::index`].
    pub confirm: [f32; KINDS],
}

/// What one run of the model gives, before boxes are drawn from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Picture scores by [`Kind::index`], 0 to 1.
    pub scores: [f32; KINDS],
    /// What the cells say, [`regions::VALUES`] a cell, row by row.
    pub cells: Vec<f32>,
    /// Cells in a row.
    pub width: usize,
}

/// The model, ready to run. Share it with `Arc`: running does not change it.
pub struct FireSmoke {
    trunk: Trunk,
    cell: Pointwise,
    wide: Pointwise,
    whole: Pointwise,
    rounds: [(Depthwise, Pointwise); 2],
    cells: Pointwise,
    picture: Pointwise,
    thresholds: Thresholds,
    version: String,
}

impl FireSmoke {
    /// The weights that are part of the program.
    pub fn embedded() -> Result<Self, WeightsError> {
        Self::load(EMBEDDED)
    }

    /// Reads a weights file held in memory.
    pub fn load(bytes: &[u8]) -> Result<Self, WeightsError> {
        let w = Weights::parse(bytes)?;
        w.expect_format(FORMAT)?;
        let trunk = Trunk::load(&w)?;
        let [stride16, stride32] = Trunk::CHANNELS;
        Ok(Self {
            cell: Pointwise::load(&w, "head.cell", stride16, HIDDEN)?,
            wide: Pointwise::load(&w, "head.wide", stride32, HIDDEN)?,
            whole: Pointwise::load(&w, "head.whole", stride32, HIDDEN)?,
            rounds: [
                (
                    Depthwise::load(&w, "head.around1", (AROUND, 1), HIDDEN)?,
                    Pointwise::load(&w, "head.mix1", HIDDEN, HIDDEN)?,
                ),
                (
                    Depthwise::load(&w, "head.around2", (AROUND, 1), HIDDEN)?,
                    Pointwise::load(&w, "head.mix2", HIDDEN, NECK)?,
                ),
            ],
            cells: Pointwise::load(&w, "head.cells", NECK, regions::VALUES)?,
            picture: Pointwise::load(&w, "head.picture", 2 * NECK + KINDS, KINDS)?,
            thresholds: Thresholds {
                suspect: [
                    w.share("fire_suspect")?,
                    w.share("smoke_suspect")?,
                    w.share("open_flame_suspect")?,
                ],
                confirm: [
                    w.share("fire_confirm")?,
                    w.share("smoke_confirm")?,
                    w.share("open_flame_confirm")?,
                ],
            },
            version: w.text("version")?.into(),
            trunk,
        })
    }

    /// Version of the weights, with the first digits of their hash.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The thresholds that belong to these weights.
    pub const fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// Scores a picture made by [`crate::scale::Scaler::model_input`].
    pub fn detect(&self, input: &Map) -> Vec<Detection> {
        let output = self.run(input);
        Kind::ALL
            .into_iter()
            .map(|kind| Detection {
                kind,
                score: output.scores[kind.index()],
                regions: regions::regions(&output.cells, output.width, kind),
            })
            .collect()
    }

    /// Runs trunk and head.
    pub fn run(&self, input: &Map) -> Output {
        let features = self.trunk.run(input);
        let grid = &features.stride16;
        let (mut hidden, mut smoothed) = (Vec::new(), Vec::new());
        self.cell.run(&grid.data, &mut hidden);
        self.add_context(&features.stride32, grid.width, &mut hidden);
        for x in &mut hidden {
            *x = x.clamp(0.0, 6.0);
        }
        for (around, mix) in &self.rounds {
            around.run(&hidden, (grid.height, grid.width), &mut smoothed);
            mix.run_relu6(&smoothed, &mut hidden);
        }
        let mut cells = Vec::new();
        self.cells.run(&hidden, &mut cells);
        let mut logits = Vec::new();
        self.picture.run(&pooled(hidden, &cells, grid), &mut logits);
        Output { scores: std::array::from_fn(|kind| sigmoid(logits[kind])), cells, width: grid.width }
    }

    /// Adds to each cell what the stride-32 cell around it and the whole picture have to say.
    fn add_context(&self, stride32: &Map, grid_width: usize, hidden: &mut [f32]) {
        let (mut wide, mut whole) = (Vec::new(), Vec::new());
        self.wide.run(&stride32.data, &mut wide);
        self.whole.run(&stride32.mean(), &mut whole);
        for (i, cell) in hidden.chunks_exact_mut(HIDDEN).enumerate() {
            let parent = (i / grid_width / 2) * stride32.width + (i % grid_width) / 2;
            let parent = &wide[parent * HIDDEN..][..HIDDEN];
            for ((x, w), all) in cell.iter_mut().zip(parent).zip(&whole) {
                *x += w + all;
            }
        }
    }
}

/// Mean and maximum of the last hidden layer, and the highest heat of each kind.
fn pooled(hidden: Vec<f32>, cells: &[f32], grid: &Map) -> Vec<f32> {
    let map = Map { width: grid.width, height: grid.height, channels: NECK, data: hidden };
    let highest = |values: &[f32], channels: usize, first: usize| {
        let mut most = vec![f32::MIN; first];
        for pixel in values.chunks_exact(channels) {
            most.iter_mut().zip(pixel).for_each(|(m, x)| *m = m.max(*x));
        }
        most
    };
    let mut out = map.mean();
    out.extend(highest(&map.data, NECK, NECK));
    out.extend(highest(cells, regions::VALUES, KINDS));
    out
}
