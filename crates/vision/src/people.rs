//! People, and a few things that stand about, in one picture: boxes and counts.
//!
//! A published NanoDet-g whose weights were made on COCO; nothing was trained here. What it sees and misses is in `models/people.card.md`;
//! `training/people.py` makes the file again. It tells that somebody is there and where, never who: there is no face, no likeness and no
//! memory from one picture to the next. What follows from a count over time is in [`crate::presence`].

use fast_image_resize::ResizeError;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{DISTANCE_BINS, Grid, Map, NanoDet, Weights, WeightsError},
    observation::Rect,
    picture::Picture,
    scale::{Scaler, nearest_shape},
};

const FORMAT: &str = "watchfire-people-1";
const KINDS: usize = ObjectKind::ALL.len();

/// Input sizes of the model (width, height): multiples of 32 of about equal area, one for each family of aspect ratios. The network was
/// trained at 416x416; people in rooms fill so much of the picture that fewer pixels find them better (`models/people.card.md`).
pub const SHAPES: [(u32, u32); 5] = [(448, 256), (384, 288), (320, 320), (288, 384), (256, 448)];

/// The model reads `(sample - mean) / spread`, red first (NanoDet's configuration, there blue first).
const MEAN: [f32; 3] = [123.675, 116.28, 103.53];
const SPREAD: [f32; 3] = [58.395, 57.12, 57.375];

/// Most boxes told of one picture, strongest first. A full classroom has fifty people.
pub const MAX_OBJECTS: usize = 100;
/// Most cells that are looked at for one kind, strongest first; limits the work on a picture that is all crowd.
const MAX_CANDIDATES: usize = 1000;
/// Boxes of one kind are one object from this share of their union on.
const SAME_OVERLAP: f32 = 0.5;
/// A box inside a stronger one is a part of it – head, or body without legs – from this share of its own area on.
const SAME_INSIDE: f32 = 0.85;

static EMBEDDED: &[u8] = include_bytes!("../../../models/people.safetensors");

/// What can be told of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// Somebody, or what looks like somebody: mannequins, posters and screens too.
    Person,
    /// A bicycle. An e-bike is told as this or as a motorcycle, or not at all.
    Bicycle,
    /// A motorcycle.
    Motorcycle,
    /// A chair.
    Chair,
}

impl ObjectKind {
    /// Every kind, in the order of the model's outputs.
    pub const ALL: [Self; 4] = [Self::Person, Self::Bicycle, Self::Motorcycle, Self::Chair];

    /// Position in the model's outputs.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used in JSON and in the weights file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Bicycle => "bicycle",
            Self::Motorcycle => "motorcycle",
            Self::Chair => "chair",
        }
    }
}

/// One thing in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// What it is.
    pub kind: ObjectKind,
    /// How sure the model is, 0 to 1.
    pub score: f32,
    /// Where.
    #[serde(rename = "box")]
    pub rect: Rect,
}

/// The model, ready to run. Share it with `Arc`: running does not change it.
pub struct People {
    network: NanoDet,
    thresholds: [f32; KINDS],
    version: String,
}

impl People {
    /// The weights that are part of the program.
    pub fn embedded() -> Result<Self, WeightsError> {
        Self::load(EMBEDDED)
    }

    /// Reads a weights file held in memory.
    pub fn load(bytes: &[u8]) -> Result<Self, WeightsError> {
        let w = Weights::parse(bytes)?;
        w.expect_format(FORMAT)?;
        if w.text("kinds")? != ObjectKind::ALL.map(ObjectKind::as_str).join(",") {
            return Err(WeightsError::Metadata("kinds"));
        }
        let mut thresholds = [0.0; KINDS];
        for kind in ObjectKind::ALL {
            thresholds[kind.index()] = w.share(kind.as_str())?;
        }
        Ok(Self { network: NanoDet::load(&w, KINDS)?, thresholds, version: w.text("version")?.into() })
    }

    /// Version of the weights, with the first digits of their hash.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Score from which a box is told, by [`ObjectKind::index`], as chosen with the weights.
    pub const fn thresholds(&self) -> [f32; KINDS] {
        self.thresholds
    }

    /// The same model with other thresholds, for measuring.
    #[must_use]
    pub fn with_thresholds(mut self, thresholds: [f32; KINDS]) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// How many people are in a picture.
    pub fn count(&self, scaler: &mut Scaler, picture: &Picture) -> Result<usize, ResizeError> {
        let objects = self.detect(scaler, picture)?;
        Ok(objects.iter().filter(|object| object.kind == ObjectKind::Person).count())
    }

    /// Everything seen in a picture, strongest first, at most [`MAX_OBJECTS`].
    pub fn detect(&self, scaler: &mut Scaler, picture: &Picture) -> Result<Vec<Object>, ResizeError> {
        Ok(self.detect_in(&Self::input(scaler, picture)?))
    }

    /// The picture as the model reads it, in the nearest of [`SHAPES`].
    pub fn input(scaler: &mut Scaler, picture: &Picture) -> Result<Map, ResizeError> {
        let shape = nearest_shape(SHAPES, picture.width(), picture.height());
        scaler.rgb_input(picture, shape, (MEAN, SPREAD))
    }

    /// Everything seen in a picture made by [`Self::input`].
    pub fn detect_in(&self, input: &Map) -> Vec<Object> {
        let grids = self.run(input);
        let size = (input.width as f32, input.height as f32);
        let mut objects: Vec<Object> =
            ObjectKind::ALL.into_iter().flat_map(|kind| self.objects(&grids, kind, size)).collect();
        objects.sort_by(|a, b| b.score.total_cmp(&a.score));
        objects.truncate(MAX_OBJECTS);
        objects
    }

    /// Runs the network.
    pub fn run(&self, input: &Map) -> Vec<Grid> {
        self.network.run(input)
    }

    fn objects(&self, grids: &[Grid], kind: ObjectKind, size: (f32, f32)) -> Vec<Object> {
        let threshold = self.thresholds[kind.index()];
        let mut candidates: Vec<(f32, &Grid, usize)> = Vec::new();
        for grid in grids {
            let scores = grid.scores.iter().skip(kind.index()).step_by(KINDS).enumerate();
            candidates.extend(scores.filter(|(_, s)| **s >= threshold).map(|(cell, s)| (*s, grid, cell)));
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
        candidates.truncate(MAX_CANDIDATES);
        let mut kept: Vec<Object> = Vec::new();
        for (score, grid, cell) in candidates {
            let Some(rect) = cell_box(grid, cell, size) else { continue };
            if kept.iter().all(|stronger| !is_same(stronger.rect, rect)) {
                kept.push(Object { kind, score, rect });
            }
        }
        kept
    }
}

/// The box a cell tells of, cut at the edges of the picture; nothing when all of it lies outside.
fn cell_box(grid: &Grid, cell: usize, (width, height): (f32, f32)) -> Option<Rect> {
    let stride = grid.stride as f32;
    let (x, y) = ((cell % grid.width) as f32 + 0.5, (cell / grid.width) as f32 + 0.5);
    let mut sides = grid.edges[cell * 4 * DISTANCE_BINS..].chunks_exact(DISTANCE_BINS).map(mean_bin);
    let mut next = || sides.next().unwrap_or(0.0);
    let (left, top) = (x - next(), y - next());
    let (right, bottom) = (x + next(), y + next());
    let x0 = (left * stride / width).clamp(0.0, 1.0);
    let y0 = (top * stride / height).clamp(0.0, 1.0);
    let x1 = (right * stride / width).clamp(0.0, 1.0);
    let y1 = (bottom * stride / height).clamp(0.0, 1.0);
    (x1 > x0 && y1 > y0).then_some(Rect { x: x0, y: y0, w: x1 - x0, h: y1 - y0 })
}

/// The mean bin under the softmax of these weights.
fn mean_bin(weights: &[f32]) -> f32 {
    let most = weights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (mut sum, mut mean) = (0.0, 0.0);
    for (bin, weight) in weights.iter().enumerate() {
        let share = (weight - most).exp();
        sum += share;
        mean += share * bin as f32;
    }
    mean / sum
}

/// Whether a box tells of the same object as a stronger one.
fn is_same(stronger: Rect, weaker: Rect) -> bool {
    let is_inside = stronger.shared_area(weaker) >= SAME_INSIDE * weaker.w * weaker.h;
    is_inside || stronger.overlap(weaker) >= SAME_OVERLAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Colour;

    fn grey(width: u32, height: u32) -> Picture {
        let chroma = (width.div_ceil(2) * height.div_ceil(2)) as usize;
        let planes = [vec![120; (width * height) as usize], vec![128; chroma], vec![128; chroma]];
        Picture::from_planes((width, height), planes, Colour::JPEG).unwrap()
    }

    #[test]
    fn an_empty_picture_of_any_shape_has_nobody_in_it() {
        let people = People::embedded().unwrap();
        let mut scaler = Scaler::new();
        for (width, height) in [(1, 1), (1, 4096), (4096, 1), (3, 5), (640, 360)] {
            assert_eq!(people.count(&mut scaler, &grey(width, height)).unwrap(), 0, "{width}x{height}");
        }
    }

    #[test]
    fn boxes_are_told_once_and_parts_of_them_not_at_all() {
        let body = Rect { x: 0.2, y: 0.1, w: 0.2, h: 0.8 };
        assert!(is_same(body, Rect { x: 0.21, y: 0.12, w: 0.2, h: 0.75 }));
        assert!(is_same(body, Rect { x: 0.25, y: 0.1, w: 0.1, h: 0.2 }), "a head");
        assert!(!is_same(body, Rect { x: 0.35, y: 0.1, w: 0.2, h: 0.8 }), "somebody beside");
        assert!(!is_same(Rect { x: 0.25, y: 0.1, w: 0.1, h: 0.2 }, body), "somebody behind");
    }

    #[test]
    fn a_cell_tells_how_far_it_is_to_each_side() {
        let mut edges = vec![-30.0; 4 * DISTANCE_BINS];
        for (side, bin) in [1, 2, 3, 10].into_iter().enumerate() {
            edges[side * DISTANCE_BINS + bin] = 30.0;
        }
        let grid = Grid { stride: 8, width: 1, scores: vec![1.0; KINDS], edges };
        let rect = cell_box(&grid, 0, (80.0, 80.0)).unwrap();
        let expected = Rect { x: 0.0, y: 0.0, w: 0.35, h: 1.0 };
        assert!((rect.w - expected.w).abs() < 1e-6 && (rect.h - expected.h).abs() < 1e-6, "{rect:?}");
    }

    #[test]
    fn another_models_weights_are_refused_by_name() {
        let fire = include_bytes!("../../../models/firesmoke.safetensors");
        let refused = People::load(fire).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(refused.starts_with("weights file: format watchfire-firesmoke-"), "{refused}");
        assert!(refused.ends_with(", needed is watchfire-people-1"), "{refused}");
        assert!(matches!(People::load(&EMBEDDED[..4000]), Err(WeightsError::File(_))));
        assert!(People::load(b"").is_err());
    }
}
