//! A name written all over a picture, so that whoever passes a film on is known.
//!
//! Light letters with dark edges, slanted, repeated over the whole picture and weak enough to see through: whoever wants them out
//! has to cut the film to pieces. Fonts come from the caller; a letter that the font has not is left out.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont as _, point};
use thiserror::Error;

use crate::picture::Picture;

/// Height of the letters as a share of the picture's height.
const HEIGHT_SHARE: f32 = 0.036;
/// Least height of the letters in pixels.
const HEIGHT_MIN_PX: f32 = 14.0;
/// Most letters that are written; a name and a time have 40.
pub const LETTERS_MAX: usize = 80;
/// Rows of text a height of letters apart.
const ROW_HEIGHTS: f32 = 5.5;
/// Gap behind the text, in heights of letters.
const GAP_HEIGHTS: f32 = 4.0;
/// Rise of the lines: tangent of 20 degrees.
const SLANT: f32 = 0.364;
/// How much of the picture's luma gives way, of 256.
const WEIGHT: i32 = 76;
const LIGHT: i32 = 235;
const DARK: i32 = 24;

/// A font that cannot be read.
#[derive(Debug, Error)]
#[error("the font for the watermark cannot be read")]
pub struct FontUnreadable;

/// A text in a font, ready to be written on pictures of any size.
pub struct Watermark<'a> {
    font: FontRef<'a>,
    text: String,
    drawn: Option<Drawn>,
}

/// What is to be done to the luma of pictures of one size: places with what is mixed in.
struct Drawn {
    size: (u32, u32),
    dots: Vec<Dot>,
}

struct Dot {
    at: u32,
    light: u8,
    dark: u8,
}

/// The text once, upright: how much of each pixel is letter.
struct Line {
    width: usize,
    height: usize,
    letters: Vec<u8>,
}

impl<'a> Watermark<'a> {
    /// A text, of which at most [`LETTERS_MAX`] letters are written, in a face of a font file.
    pub fn new(font: &'a [u8], face: u32, text: &str) -> Result<Self, FontUnreadable> {
        let font = FontRef::try_from_slice_and_index(font, face).map_err(|_| FontUnreadable)?;
        let text = text.chars().filter(|letter| !letter.is_control()).take(LETTERS_MAX).collect();
        Ok(Self { font, text, drawn: None })
    }

    /// Writes it over a picture.
    pub fn apply(&mut self, picture: &mut Picture) {
        let size = (picture.width(), picture.height());
        if self.drawn.as_ref().is_none_or(|drawn| drawn.size != size) {
            self.drawn = Some(self.draw(size));
        }
        let Some(drawn) = &self.drawn else { return };
        let [luma, ..] = picture.planes_mut();
        for dot in &drawn.dots {
            let sample = &mut luma[dot.at as usize];
            *sample = mixed(mixed(*sample, DARK, dot.dark), LIGHT, dot.light);
        }
    }

    fn draw(&self, size: (u32, u32)) -> Drawn {
        let height = (size.1 as f32 * HEIGHT_SHARE).max(HEIGHT_MIN_PX);
        let line = self.line(height);
        let (pitch_x, pitch_y) = (line.width as f32 + height * GAP_HEIGHTS, height * ROW_HEIGHTS);
        let mut dots = Vec::new();
        for y in 0..size.1 {
            for x in 0..size.0 {
                // Along the slanted line, and across it.
                let across = y as f32 + x as f32 * SLANT;
                let row = (across / pitch_y).floor();
                let along = x as f32 + row * pitch_x * 0.4;
                let (u, v) = (along.rem_euclid(pitch_x) as usize, (across - row * pitch_y) as usize);
                let light = line.at(u, v);
                let dark = [(1, 1), (1, 0), (0, 1), (2, 2)]
                    .into_iter()
                    .map(|(dx, dy)| line.at(u.wrapping_sub(dx), v.wrapping_sub(dy)))
                    .max()
                    .unwrap_or(0);
                if light > 0 || dark > 0 {
                    dots.push(Dot { at: y * size.0 + x, light, dark });
                }
            }
        }
        Drawn { size, dots }
    }

    fn line(&self, height: f32) -> Line {
        let font = self.font.as_scaled(PxScale::from(height));
        let mut glyphs: Vec<Glyph> = Vec::new();
        let mut x = 2.0;
        for letter in self.text.chars() {
            let id = font.glyph_id(letter);
            glyphs.push(id.with_scale_and_position(font.scale(), point(x, font.ascent() + 2.0)));
            x += font.h_advance(id);
        }
        let (width, rows) = (x.ceil() as usize + 4, font.height().ceil() as usize + 6);
        let mut letters = vec![0; width * rows];
        for outlined in glyphs.into_iter().filter_map(|glyph| self.font.outline_glyph(glyph)) {
            let (left, top) = (outlined.px_bounds().min.x as i32, outlined.px_bounds().min.y as i32);
            outlined.draw(|dx, dy, cover| {
                let (x, y) = (left + dx as i32, top + dy as i32);
                if (0..width as i32).contains(&x) && (0..rows as i32).contains(&y) {
                    letters[y as usize * width + x as usize] = (cover.clamp(0.0, 1.0) * 255.0) as u8;
                }
            });
        }
        Line { width, height: rows, letters }
    }
}

impl Line {
    fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width && y < self.height { self.letters[y * self.width + x] } else { 0 }
    }
}

/// A sample with some of a level mixed in.
fn mixed(sample: u8, level: i32, cover: u8) -> u8 {
    let weight = WEIGHT * i32::from(cover) / 255;
    let sample = i32::from(sample);
    (sample + (level - sample) * weight / 256).clamp(0, 255) as u8
}
