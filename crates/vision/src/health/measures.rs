//! Figures of one picture that say something about the camera, not about the scene.

use serde::Serialize;

use crate::{
    picture::Picture,
    view::{MEDIUM_HEIGHT, MEDIUM_WIDTH},
};

/// Parts of a picture that are compared one by one: a lens out of focus blurs them all, smoke or a back in front only some.
pub const BLOCKS: usize = BLOCK_COLUMNS * BLOCK_ROWS;
const BLOCK_COLUMNS: usize = 4;
const BLOCK_ROWS: usize = 3;

/// A picture without light: mean and spread of luma below these, and no lamp anywhere. A dark room with its lamps off has more of each.
const BLACK_MEAN: f32 = 20.0;
const BLACK_SPREAD: f32 = 2.5;
const BLACK_HIGHEST: u8 = 40;
/// A picture that is nearly all white.
const WHITE_LEVEL: u8 = 245;
const WHITE_SHARE: f32 = 0.85;
/// Mean distance of chroma from grey up to which a picture has no colour: infrared at night.
const GREY_CHROMA: f32 = 1.5;
/// Difference (grey levels) up to which a pixel is the same as before.
const CALM_LEVELS: i16 = 6;

/// What a single picture measures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measures {
    /// Mean luma, 0 (black) to 255, whatever range the camera sends.
    pub mean: f32,
    /// Standard deviation of luma.
    pub spread: f32,
    /// Fine detail of each [`BLOCKS`] part of the medium picture (mean absolute Laplacian) for each grey level of the picture's spread.
    pub sharpness: [f32; BLOCKS],
    /// Brightest luma but for the brightest 1 %.
    pub highest: u8,
    /// Share of pixels that are white.
    pub white_share: f32,
    /// Mean distance of chroma from grey.
    pub chroma: f32,
}

impl Measures {
    /// Of a picture and its medium luma picture.
    pub fn of(picture: &Picture, medium: &[u8]) -> Self {
        let count = medium.len().max(1) as f32;
        let mut histogram = [0_u32; 256];
        for level in medium {
            histogram[usize::from(*level)] += 1;
        }
        let sum: f32 = (0_u16..).zip(histogram).map(|(level, n)| f32::from(level) * n as f32).sum();
        let mean = sum / count;
        let black_level = if picture.colour().full_range { 0 } else { 16 };
        let square: f32 =
            (0_u16..).zip(histogram).map(|(level, n)| (f32::from(level) - mean).powi(2) * n as f32).sum();
        let spread = (square / count).sqrt();
        let mut above = 0;
        let highest = (0..=255_u8)
            .rev()
            .find(|level| {
                above += histogram[usize::from(*level)];
                above as f32 > 0.01 * count
            })
            .unwrap_or_default();
        let white: u32 = histogram[usize::from(WHITE_LEVEL)..].iter().sum();
        Self {
            mean: (mean - f32::from(black_level)).max(0.0),
            spread,
            sharpness: detail(medium).map(|detail| detail / spread.max(1.0)),
            highest: highest.saturating_sub(black_level),
            white_share: white as f32 / count,
            chroma: chroma(picture),
        }
    }

    /// No light and no scene.
    pub fn is_black(&self) -> bool {
        self.mean < BLACK_MEAN && self.spread < BLACK_SPREAD && self.highest < BLACK_HIGHEST
    }

    /// Nearly everything is white.
    pub fn is_washed_out(&self) -> bool {
        self.white_share >= WHITE_SHARE
    }

    /// No colour: the camera sees by infrared, or delivers grey pictures.
    pub fn is_grey(&self) -> bool {
        self.chroma < GREY_CHROMA
    }
}

/// Whether a picture has no colour, as [`Measures::is_grey`].
pub fn is_grey(picture: &Picture) -> bool {
    chroma(picture) < GREY_CHROMA
}

/// Mean absolute difference of two medium pictures, in grey levels.
pub(super) fn mean_difference(a: &[u8], b: &[u8]) -> f32 {
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f32 / a.len().max(1) as f32
}

/// Share of pixels that are as they were, but for a change of the light that is the same everywhere.
pub(super) fn calm_share(a: &[u8], b: &[u8]) -> f32 {
    const SAMPLE_EVERY: usize = 37;
    let difference = |(a, b): (&u8, &u8)| i16::from(*b) - i16::from(*a);
    let mut sample: Vec<i16> = a.iter().zip(b).step_by(SAMPLE_EVERY).map(difference).collect();
    let middle = sample.len() / 2;
    let shift = *sample.select_nth_unstable(middle).1;
    let calm = a.iter().zip(b).filter(|pair| (difference(*pair) - shift).abs() <= CALM_LEVELS).count();
    calm as f32 / a.len().max(1) as f32
}

/// Mean absolute Laplacian of each block.
fn detail(medium: &[u8]) -> [f32; BLOCKS] {
    let level = |at: usize| i32::from(medium[at]);
    let (mut sums, mut counts) = ([0_i64; BLOCKS], [0_i64; BLOCKS]);
    for y in 1..MEDIUM_HEIGHT - 1 {
        let block_row = y * BLOCK_ROWS / MEDIUM_HEIGHT * BLOCK_COLUMNS;
        for x in 1..MEDIUM_WIDTH - 1 {
            let at = y * MEDIUM_WIDTH + x;
            let around = level(at - 1) + level(at + 1) + level(at - MEDIUM_WIDTH) + level(at + MEDIUM_WIDTH);
            let block = block_row + x * BLOCK_COLUMNS / MEDIUM_WIDTH;
            sums[block] += i64::from((around - 4 * level(at)).abs());
            counts[block] += 1;
        }
    }
    std::array::from_fn(|block| sums[block] as f32 / counts[block].max(1) as f32)
}

/// Mean distance of chroma from grey, over every eighth sample.
fn chroma(picture: &Picture) -> f32 {
    const SAMPLE_EVERY: usize = 8;
    let [_, u, v] = picture.planes();
    let (mut sum, mut count) = (0_u32, 0_u32);
    for (u, v) in u.iter().zip(v).step_by(SAMPLE_EVERY) {
        sum += u32::from(u.abs_diff(128)) + u32::from(v.abs_diff(128));
        count += 2;
    }
    sum as f32 / count.max(1) as f32
}
