//! How much light comes from a field of the card, in linear light, with colour or without.

use super::plane::Plane;
use crate::picture::{Colour, Picture};

/// Samples of a field along each side.
const SAMPLES: usize = 4;
/// Share of the field that is sampled, in the middle of each direction; its edges hold light of their neighbours.
const MIDDLE: f32 = 0.6;
/// Exponent of the display curve, near enough for sRGB and BT.709.
const GAMMA: f32 = 2.2;

/// A field of the card in strokes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// A picture seen through the card's plane.
pub(super) struct Cells<'a> {
    planes: [&'a [u8]; 3],
    size: [usize; 2],
    colour: Colour,
    plane: Plane,
}

impl<'a> Cells<'a> {
    pub(super) fn new(picture: &'a Picture, plane: Plane) -> Self {
        let size = [picture.width() as usize, picture.height() as usize];
        Self { planes: picture.planes(), size, colour: picture.colour(), plane }
    }

    /// Mean light of a field, white being 1.
    pub(super) fn light(&self, field: Field) -> f32 {
        let mut sum = 0.0;
        each_place(field, |place| {
            let [x, y] = self.plane.to_picture(place);
            let luma = between(self.planes[0], self.size, x, y);
            let level = if self.colour.full_range { luma / 255.0 } else { (luma - 16.0) / 219.0 };
            sum += level.clamp(0.0, 1.2).powf(GAMMA);
        });
        sum / (SAMPLES * SAMPLES) as f32
    }

    /// Mean red, green and blue light of a field, each 1 at most.
    pub(super) fn coloured_light(&self, field: Field) -> [f32; 3] {
        let mut sum = [0.0; 3];
        let chroma_size = self.size.map(|edge| edge.div_ceil(2));
        each_place(field, |place| {
            let [x, y] = self.plane.to_picture(place);
            let luma = between(self.planes[0], self.size, x, y);
            let [blue, red] = [1, 2].map(|plane| between(self.planes[plane], chroma_size, x / 2.0, y / 2.0));
            for (sum, level) in sum.iter_mut().zip(self.colour.to_rgb(luma, blue, red)) {
                *sum += (level / 255.0).clamp(0.0, 1.0).powf(GAMMA);
            }
        });
        sum.map(|light| light / (SAMPLES * SAMPLES) as f32)
    }
}

fn each_place(field: Field, mut act: impl FnMut([f32; 2])) {
    let part = |n: usize| 0.5 + MIDDLE * ((n as f32 + 0.5) / SAMPLES as f32 - 0.5);
    for row in 0..SAMPLES {
        for column in 0..SAMPLES {
            act([field.x + field.width * part(column), field.y + field.height * part(row)]);
        }
    }
}

/// A plane between its samples; at its edge the last sample goes on.
pub(super) fn between(plane: &[u8], [width, height]: [usize; 2], x: f32, y: f32) -> f32 {
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_share, lower_share) = (x - left, y - top);
    let sample = |column: f32, row: f32| {
        let column = (column.max(0.0) as usize).min(width - 1);
        let row = (row.max(0.0) as usize).min(height - 1);
        f32::from(plane[row * width + column])
    };
    let upper = sample(left, top) * (1.0 - right_share) + sample(left + 1.0, top) * right_share;
    let lower = sample(left, top + 1.0) * (1.0 - right_share) + sample(left + 1.0, top + 1.0) * right_share;
    upper * (1.0 - lower_share) + lower * lower_share
}
