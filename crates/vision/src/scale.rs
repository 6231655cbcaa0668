//! From planes to the small pictures the later stages eat.
//!
//! The planes are made small first and converted to RGB afterwards: a full-size conversion costs more than
//! everything else here together.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeError, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use crate::{
    engine::Map,
    picture::{Picture, PictureError},
    view::{MEDIUM_HEIGHT, MEDIUM_WIDTH, MediumLuma},
};

/// Input sizes of the model (width, height): multiples of 32 of about equal area, one for each family of
/// aspect ratios. The training scripts hold the same list.
pub const SHAPES: [(u32, u32); 5] = [(384, 224), (320, 256), (288, 288), (256, 320), (224, 384)];

/// The model reads `(sample - MEAN) / SPREAD`.
const MEAN: f32 = 127.0;
const SPREAD: f32 = 128.0;

/// Quality of thumbnails: blocks show when one looks for them, and a wall of pictures costs a third.
const THUMBNAIL_QUALITY: u8 = 60;

const MEDIUM: (u32, u32) = (MEDIUM_WIDTH as u32, MEDIUM_HEIGHT as u32);

/// Size of the luma picture that the gate looks at.
pub const SMALL_WIDTH: usize = 160;
/// See [`SMALL_WIDTH`].
pub const SMALL_HEIGHT: usize = 90;

/// A luma picture of [`SMALL_WIDTH`] by [`SMALL_HEIGHT`].
pub type SmallLuma = Vec<u8>;

/// The entry of [`SHAPES`] whose aspect ratio is nearest to the picture's.
pub fn shape_for(width: u32, height: u32) -> (u32, u32) {
    nearest_shape(SHAPES, width, height)
}

/// The shape (width, height) whose aspect ratio is nearest to that of a picture.
pub(crate) fn nearest_shape<const N: usize>(shapes: [(u32, u32); N], width: u32, height: u32) -> (u32, u32) {
    let ratio = (width.max(1) as f32 / height.max(1) as f32).ln();
    let distance = |s: &(u32, u32)| ((s.0 as f32 / s.1 as f32).ln() - ratio).abs();
    shapes.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(shapes[0])
}

/// Scales planes; keeps its buffers between pictures.
pub struct Scaler {
    resizer: Resizer,
}

impl Default for Scaler {
    fn default() -> Self {
        Self::new()
    }
}

impl Scaler {
    /// A scaler with empty buffers.
    pub fn new() -> Self {
        Self { resizer: Resizer::new() }
    }

    /// The luma of a picture at [`MEDIUM_WIDTH`] by [`MEDIUM_HEIGHT`].
    pub fn medium_luma(&mut self, picture: &Picture) -> Result<MediumLuma, ResizeError> {
        let size = (picture.width(), picture.height());
        self.plane(picture.planes()[0], size, MEDIUM, FilterType::Box)
    }

    /// The small luma picture of a medium one, at [`SMALL_WIDTH`] by [`SMALL_HEIGHT`].
    pub fn small_luma(&mut self, medium: &[u8]) -> Result<SmallLuma, ResizeError> {
        self.plane(medium, MEDIUM, (SMALL_WIDTH as u32, SMALL_HEIGHT as u32), FilterType::Box)
    }

    /// The picture at another size, the planes made small before anything else is done with them.
    pub fn resized(
        &mut self,
        picture: &Picture,
        (width, height): (u32, u32),
    ) -> Result<Picture, PictureError> {
        let chroma = (width.div_ceil(2), height.div_ceil(2));
        let [y, u, v] = picture.planes();
        let mut plane =
            |samples, from, to| self.plane(samples, from, to, FilterType::Box).unwrap_or_default();
        // A plane that could not be scaled is empty, and does not fit.
        let planes = [
            plane(y, (picture.width(), picture.height()), (width, height)),
            plane(u, picture.chroma_size(), chroma),
            plane(v, picture.chroma_size(), chroma),
        ];
        Picture::from_planes((width, height), planes, picture.colour())
    }

    /// The picture as the model reads it: RGB, normalised, in the nearest of [`SHAPES`].
    pub fn model_input(&mut self, picture: &Picture) -> Result<Map, ResizeError> {
        let shape = shape_for(picture.width(), picture.height());
        self.rgb_input(picture, shape, ([MEAN; 3], [SPREAD; 3]))
    }

    /// The picture at a size in RGB, each colour made `(sample - mean) / spread`.
    pub fn rgb_input(
        &mut self,
        picture: &Picture,
        shape: (u32, u32),
        (mean, spread): ([f32; 3], [f32; 3]),
    ) -> Result<Map, ResizeError> {
        let size = (picture.width(), picture.height());
        let [y, u, v] = picture.planes();
        let y = self.plane(y, size, shape, FilterType::Bilinear)?;
        let u = self.plane(u, picture.chroma_size(), shape, FilterType::Bilinear)?;
        let v = self.plane(v, picture.chroma_size(), shape, FilterType::Bilinear)?;
        let colour = picture.colour();
        let mut data = Vec::with_capacity(y.len() * 3);
        for (&y, (&u, &v)) in y.iter().zip(u.iter().zip(&v)) {
            let rgb = colour.to_rgb(y.into(), u.into(), v.into());
            data.extend((0..3).map(|c| (rgb[c] - mean[c]) / spread[c]));
        }
        Ok(Map { width: shape.0 as usize, height: shape.1 as usize, channels: 3, data })
    }

    /// The picture as a JPEG file of this width or, where it is smaller, its own: some 10 kB at 320 pixels.
    pub fn thumbnail(&mut self, picture: &Picture, width: u32) -> Result<Vec<u8>, PictureError> {
        let width = width.min(picture.width());
        let height = ((picture.height() * width + picture.width() / 2) / picture.width()).max(1);
        self.resized(picture, (width, height))?.to_jpeg_of(THUMBNAIL_QUALITY)
    }

    fn plane(
        &mut self,
        samples: &[u8],
        from: (u32, u32),
        to: (u32, u32),
        filter: FilterType,
    ) -> Result<Vec<u8>, ResizeError> {
        // A plane always fits its picture's size, so this only fails on an impossible picture.
        let source = ImageRef::new(from.0, from.1, samples, PixelType::U8)
            .map_err(|_| ResizeError::PixelTypesAreDifferent)?;
        let mut out = Image::new(to.0, to.1, PixelType::U8);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
        self.resizer.resize(&source, &mut out, &options)?;
        Ok(out.into_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Colour;

    #[test]
    fn cameras_get_the_shape_nearest_to_theirs() {
        for (size, shape) in [
            ((640, 360), (384, 224)),
            ((1920, 1080), (384, 224)),
            ((704, 576), (320, 256)),
            ((608, 608), (288, 288)),
            ((400, 533), (256, 320)),
            ((270, 480), (224, 384)),
            ((0, 0), (288, 288)),
        ] {
            assert_eq!(shape_for(size.0, size.1), shape, "{size:?}");
        }
    }

    #[test]
    fn a_thumbnail_has_its_width_and_the_shape_of_its_picture() {
        let rgb = image::RgbImage::from_fn(704, 576, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8]));
        let picture = Picture::from_rgb(&rgb).unwrap();
        let jpeg = Scaler::new().thumbnail(&picture, 320).unwrap();
        let small = Picture::from_encoded(&jpeg).unwrap();
        assert_eq!((small.width(), small.height()), (320, 262));
        let tiny = Scaler::new().resized(&picture, (64, 64)).unwrap();
        assert_eq!(Picture::from_encoded(&Scaler::new().thumbnail(&tiny, 320).unwrap()).unwrap().width(), 64);
    }

    #[test]
    fn an_even_picture_stays_even() {
        let picture = Picture::from_planes(
            (640, 360),
            [vec![200; 640 * 360], vec![128; 320 * 180], vec![128; 320 * 180]],
            Colour::JPEG,
        )
        .unwrap();
        let mut scaler = Scaler::new();
        let input = scaler.model_input(&picture).unwrap();
        assert_eq!(input.data.len(), 384 * 224 * 3);
        assert!(input.data.iter().all(|&x| (x - (200.0 - MEAN) / SPREAD).abs() < 1e-3));
        let medium = scaler.medium_luma(&picture).unwrap();
        assert_eq!(medium, vec![200; MEDIUM_WIDTH * MEDIUM_HEIGHT]);
        assert_eq!(scaler.small_luma(&medium).unwrap(), vec![200; SMALL_WIDTH * SMALL_HEIGHT]);
    }
}
