//! A decoded picture and its way in and out of JPEG and PNG.
//!
//! Pictures stay in YUV 4:2:0, the form decoders give them in; colour is converted where it is needed,
//! at the small size for the model and at full size only for evidence.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder};
use thiserror::Error;

use crate::observation::{Kind, Rect};

/// Longest accepted edge. Larger pictures are refused before memory is taken for them.
pub const MAX_EDGE_PX: u32 = 4096;
const MAX_ALLOC_BYTES: u64 = 256 << 20;
const EVIDENCE_JPEG_QUALITY: u8 = 85;

/// A still picture that cannot be read or written.
#[derive(Debug, Error)]
pub enum PictureError {
    /// A damaged JPEG or PNG, or one that takes more memory than allowed.
    #[error("picture file: {0}")]
    File(#[from] image::ImageError),
    /// A picture of another format, animated ones among them.
    #[error("picture file: {0} is not read; give a JPEG or PNG file")]
    Format(&'static str),
    /// A picture that says it is larger than anything.
    #[error("picture file: larger than {MAX_EDGE_PX} px an edge")]
    TooLarge,
    /// No picture, or none of a format that is known.
    #[error("not a picture file; give a JPEG or PNG file")]
    NoPicture,
    /// The file could not be read while its format was looked up.
    #[error("picture file: {0}")]
    Read(#[from] std::io::Error),
    /// Edge of zero or above [`MAX_EDGE_PX`].
    #[error("picture of {width}x{height} px, allowed are 1 to {MAX_EDGE_PX} px an edge")]
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Planes that do not fit the stated size.
    #[error("planes of {y}, {u} and {v} bytes do not fit {width}x{height} px in 4:2:0")]
    Planes {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Bytes of luma.
        y: usize,
        /// Bytes of Cb.
        u: usize,
        /// Bytes of Cr.
        v: usize,
    },
}

/// How the numbers in the planes stand for colours (ITU-T H.264 Annex E).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Luma uses 0..=255 instead of 16..=235.
    pub full_range: bool,
    /// BT.709 coefficients instead of BT.601.
    pub bt709: bool,
}

impl Colour {
    /// What JPEG files use.
    pub const JPEG: Self = Self { full_range: true, bt709: false };

    /// Converts one sample triple to RGB in 0..=255.
    pub fn to_rgb(self, y: f32, u: f32, v: f32) -> [f32; 3] {
        let (luma, chroma) =
            if self.full_range { (y, 1.0) } else { ((y - 16.0) * (255.0 / 219.0), 255.0 / 224.0) };
        let (u, v) = ((u - 128.0) * chroma, (v - 128.0) * chroma);
        let [rv, gu, gv, bu] =
            if self.bt709 { [1.5748, 0.1873, 0.4681, 1.8556] } else { [1.402, 0.3441, 0.7141, 1.772] };
        [luma + rv * v, luma - gu * u - gv * v, luma + bu * u].map(|c| c.clamp(0.0, 255.0))
    }
}

/// One picture in planar YUV 4:2:0, rows without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    colour: Colour,
}

impl Picture {
    /// Takes planes as a decoder gives them: luma `width * height` bytes, chroma half in both directions
    /// (rounded up), no padding.
    pub fn from_planes(
        (width, height): (u32, u32),
        [y, u, v]: [Vec<u8>; 3],
        colour: Colour,
    ) -> Result<Self, PictureError> {
        check_size(width, height)?;
        let chroma = width.div_ceil(2) as usize * height.div_ceil(2) as usize;
        if y.len() != width as usize * height as usize || u.len() != chroma || v.len() != chroma {
            return Err(PictureError::Planes { width, height, y: y.len(), u: u.len(), v: v.len() });
        }
        Ok(Self { width, height, y, u, v, colour })
    }

    /// Reads a JPEG or PNG file held in memory.
    pub fn from_encoded(bytes: &[u8]) -> Result<Self, PictureError> {
        let open = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        let mut reader = open()?;
        readable(reader.format())?;
        // Said by its header, before memory is taken for what it claims to hold.
        let (width, height) = open()?.into_dimensions().map_err(|error| match error {
            image::ImageError::Limits(_) => PictureError::TooLarge,
            error => PictureError::File(error),
        })?;
        check_size(width, height)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_EDGE_PX);
        limits.max_image_height = Some(MAX_EDGE_PX);
        limits.max_alloc = Some(MAX_ALLOC_BYTES);
        reader.limits(limits);
        Self::from_rgb(&reader.decode()?.into_rgb8())
    }

    /// Converts an RGB picture, averaging chroma over 2x2 pixels.
    pub fn from_rgb(rgb: &RgbImage) -> Result<Self, PictureError> {
        let (width, height) = rgb.dimensions();
        check_size(width, height)?;
        let (cw, ch) = (width.div_ceil(2) as usize, height.div_ceil(2) as usize);
        let mut y = Vec::with_capacity(width as usize * height as usize);
        let mut sums = vec![[0.0_f32; 3]; cw * ch];
        for (px, py, p) in rgb.enumerate_pixels() {
            let [r, g, b] = p.0.map(f32::from);
            y.push((0.299 * r + 0.587 * g + 0.114 * b).round() as u8);
            let sum = &mut sums[(py / 2) as usize * cw + (px / 2) as usize];
            sum[0] += 128.0 - 0.168_736 * r - 0.331_264 * g + 0.5 * b;
            sum[1] += 128.0 + 0.5 * r - 0.418_688 * g - 0.081_312 * b;
            sum[2] += 1.0;
        }
        let chroma = |i: usize| sums.iter().map(|s| (s[i] / s[2]).round().clamp(0.0, 255.0) as u8).collect();
        Self::from_planes((width, height), [y, chroma(0), chroma(1)], Colour::JPEG)
    }

    /// Width in pixels.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// Width and height of the two chroma planes.
    pub const fn chroma_size(&self) -> (u32, u32) {
        (self.width.div_ceil(2), self.height.div_ceil(2))
    }

    /// The planes: luma, Cb, Cr.
    pub fn planes(&self) -> [&[u8]; 3] {
        [&self.y, &self.u, &self.v]
    }

    /// The planes, to be altered.
    pub fn planes_mut(&mut self) -> [&mut [u8]; 3] {
        [&mut self.y, &mut self.u, &mut self.v]
    }

    /// What the samples mean.
    pub const fn colour(&self) -> Colour {
        self.colour
    }

    /// The picture in RGB at full size.
    pub fn to_rgb(&self) -> RgbImage {
        let cw = self.chroma_size().0 as usize;
        RgbImage::from_fn(self.width, self.height, |x, y| {
            let luma = self.y[y as usize * self.width as usize + x as usize];
            let chroma = (y / 2) as usize * cw + (x / 2) as usize;
            let (u, v) = (self.u[chroma], self.v[chroma]);
            image::Rgb(self.colour.to_rgb(luma.into(), u.into(), v.into()).map(|c| c.round() as u8))
        })
    }

    /// The picture as a JPEG file.
    pub fn to_jpeg(&self) -> Result<Vec<u8>, PictureError> {
        encode_jpeg(&self.to_rgb())
    }

    /// The picture as a JPEG file of this quality, 1 to 100.
    pub fn to_jpeg_of(&self, quality: u8) -> Result<Vec<u8>, PictureError> {
        encode(&self.to_rgb(), quality)
    }
}

fn readable(format: Option<ImageFormat>) -> Result<(), PictureError> {
    match format {
        Some(ImageFormat::Jpeg | ImageFormat::Png) => Ok(()),
        Some(ImageFormat::Gif) => Err(PictureError::Format("GIF")),
        Some(ImageFormat::WebP) => Err(PictureError::Format("WebP")),
        Some(ImageFormat::Tiff) => Err(PictureError::Format("TIFF")),
        Some(ImageFormat::Bmp) => Err(PictureError::Format("BMP")),
        Some(ImageFormat::Avif) => Err(PictureError::Format("AVIF")),
        Some(_) => Err(PictureError::Format("this format")),
        None => Err(PictureError::NoPicture),
    }
}

/// An RGB picture as a JPEG file, in the quality used for evidence.
pub fn encode_jpeg(rgb: &RgbImage) -> Result<Vec<u8>, PictureError> {
    encode(rgb, EVIDENCE_JPEG_QUALITY)
}

fn encode(rgb: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality).encode_image(rgb)?;
    Ok(out)
}

/// Draws rectangles into a picture: red for flame, blue for smoke, amber for open flame, with a dark edge that shows on any
/// ground.
pub fn draw_boxes(rgb: &mut RgbImage, boxes: &[(Kind, Rect)]) {
    let thickness = (rgb.width().max(rgb.height()) / 240).max(2);
    for &(kind, rect) in boxes {
        let colour = match kind {
            Kind::Flame => [255, 48, 32],
            Kind::Smoke => [64, 160, 255],
            Kind::OpenFlame => [255, 176, 32],
        };
        draw_frame(rgb, rect, thickness + 1, [16, 16, 16]);
        draw_frame(rgb, rect, thickness, colour);
    }
}

fn draw_frame(rgb: &mut RgbImage, rect: Rect, thickness: u32, colour: [u8; 3]) {
    let (width, height) = rgb.dimensions();
    let px = |share: f32, edge: u32| (share.clamp(0.0, 1.0) * edge as f32).round() as u32;
    let (x0, x1) = (px(rect.x, width), px(rect.x + rect.w, width));
    let (y0, y1) = (px(rect.y, height), px(rect.y + rect.h, height));
    for y in y0..y1 {
        for x in x0..x1 {
            let inside =
                x >= x0 + thickness && x + thickness < x1 && y >= y0 + thickness && y + thickness < y1;
            if !inside {
                rgb.put_pixel(x, y, image::Rgb(colour));
            }
        }
    }
}

fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    let fits = |edge| (1..=MAX_EDGE_PX).contains(&edge);
    if fits(width) && fits(height) { Ok(()) } else { Err(PictureError::Size { width, height }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_survives_jpeg_and_back() {
        let rgb = RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, 90]));
        let picture = Picture::from_rgb(&rgb).unwrap();
        let again = Picture::from_encoded(&picture.to_jpeg().unwrap()).unwrap().to_rgb();
        let worst = rgb.iter().zip(again.iter()).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst.unwrap() < 24, "{worst:?}");
    }

    #[test]
    fn sizes_and_planes_that_do_not_fit_are_refused() {
        let planes = || [vec![0; 16], vec![0; 4], vec![0; 4]];
        assert!(Picture::from_planes((4, 4), planes(), Colour::JPEG).is_ok());
        assert!(matches!(
            Picture::from_planes((5, 4), planes(), Colour::JPEG),
            Err(PictureError::Planes { .. })
        ));
        assert!(matches!(
            Picture::from_planes((0, 4), planes(), Colour::JPEG),
            Err(PictureError::Size { .. })
        ));
        assert!(Picture::from_encoded(b"not a picture").is_err());
    }

    /// A PNG file of one grey pixel that says it is so large.
    fn boasting_png(width: u32, height: u32) -> Vec<u8> {
        let mut small = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut small);
        image::ImageEncoder::write_image(encoder, &[7], 1, 1, image::ExtendedColorType::L8).unwrap();
        // The header follows the signature: length, `IHDR`, width, height, five bytes, and its check sum.
        small[16..20].copy_from_slice(&width.to_be_bytes());
        small[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc32(&small[12..29]);
        small[29..33].copy_from_slice(&sum.to_be_bytes());
        small
    }

    /// CRC-32 of PNG (ISO/IEC 15948 annex D).
    fn crc32(bytes: &[u8]) -> u32 {
        let step = |sum: u32, byte: &u8| {
            (0..8)
                .fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
        };
        !bytes.iter().fold(u32::MAX, step)
    }

    #[test]
    fn files_that_are_not_read_are_refused_by_name() {
        let gif = [&b"GIF89a\x01\x00\x01\x00\x80\x00\x00"[..], &[0; 64]].concat();
        let webp = [&b"RIFF\x40\x00\x00\x00WEBPVP8X"[..], &[0; 64]].concat();
        let said = |bytes: &[u8]| Picture::from_encoded(bytes).unwrap_err().to_string();
        assert_eq!(said(&gif), "picture file: GIF is not read; give a JPEG or PNG file");
        assert_eq!(said(&webp), "picture file: WebP is not read; give a JPEG or PNG file");
        assert_eq!(said(b"%PDF-1.7"), "not a picture file; give a JPEG or PNG file");
        assert_eq!(said(b""), "not a picture file; give a JPEG or PNG file");
        for edge in [4097, 16_384, 65_500] {
            let refused = Picture::from_encoded(&boasting_png(edge, edge)).unwrap_err();
            assert!(matches!(refused, PictureError::Size { width, .. } if width == edge), "{refused}");
        }
        // So large that its decoder refuses it before it says how large.
        assert_eq!(
            said(&boasting_png(0x7fff_ffff, 0x7fff_ffff)),
            "picture file: larger than 4096 px an edge"
        );
        assert!(Picture::from_encoded(&boasting_png(1, 1)).is_ok());
        // Within the limits, and yet without the pixels it speaks of.
        assert!(Picture::from_encoded(&boasting_png(4000, 4000)).is_err());
    }

    #[test]
    fn a_box_is_drawn_at_its_place() {
        let mut rgb = RgbImage::new(100, 100);
        draw_boxes(&mut rgb, &[(Kind::Flame, Rect { x: 0.2, y: 0.2, w: 0.5, h: 0.5 })]);
        assert_eq!(rgb.get_pixel(21, 40).0, [255, 48, 32]);
        assert_eq!(rgb.get_pixel(45, 45).0, [0, 0, 0], "the inside stays visible");
        assert_eq!(rgb.get_pixel(5, 5).0, [0, 0, 0]);
    }

    #[test]
    fn limited_range_white_is_white() {
        let tv = Colour { full_range: false, bt709: true };
        assert!(tv.to_rgb(235.0, 128.0, 128.0).iter().all(|c| *c > 254.9));
        assert!(tv.to_rgb(16.0, 128.0, 128.0).iter().all(|c| *c < 0.1));
    }
}
