//! The room's code on a seat's screen, read from a picture of the room's camera.
//!
//! What the card looks like is said in `docs/reference/room-code.md`. It is found by its bright frame: [`search`] looks for bright regions in
//! the picture, at half and at a quarter of its size, [`outline`] takes those whose outline has four corners and is a frame indeed, [`plane`]
//! undoes the perspective, [`digits`] and [`colours`] read what is in it. Black and white are measured beside each sign, because screens reflect.
//!
//! It reads what is there and knows no code that should be. A sign in doubt is none: a code that is read wrongly would accuse somebody, while
//! one that cannot be read is looked for again in the next picture.

mod cells;
mod colours;
mod digits;
mod outline;
mod plane;
mod search;

use domain::duty::roll_call::code::ReadCode;

use crate::picture::Picture;
use cells::{Cells, Field};
use plane::Plane;
use search::Luma;

/// Width of the card in strokes: frame, gap, four columns of five and a gap each, frame.
pub const CARD_WIDTH: f32 = 27.0;
/// Height of the card in strokes: frame, gap, blocks, gap, digits, gap, marks, gap, frame.
pub const CARD_HEIGHT: f32 = 16.0;
/// Left edge of the first column, and the distance of columns, in strokes.
const COLUMN_LEFT: f32 = 2.0;
const COLUMN_STEP: f32 = 6.0;
/// How often the picture is halved in the search.
const HALVINGS: usize = 2;
/// Signs (of eight) that make a bright frame a card.
const SIGNS_MIN: usize = 2;

/// A card in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoomCodeRead {
    /// What was read of it.
    pub code: ReadCode,
    /// How sure each block is, 0 to 1; 0 where none was read.
    pub colour_confidence: [f32; 4],
    /// How sure each digit is, 0 to 1; 0 where none was read.
    pub digit_confidence: [f32; 4],
    /// The card's corners as shares of the picture's width and height: upper left, upper right, lower right, lower left.
    pub corners: [[f32; 2]; 4],
}

impl RoomCodeRead {
    /// Signs that were read, of eight.
    pub fn signs(&self) -> usize {
        self.code.colours.iter().flatten().count() + self.code.digits.iter().flatten().count()
    }
}

/// Finds the card in a picture and reads it: of several the one of which most is read. None without a card, and where too little of one can
/// be read to say that it is one.
pub fn read_room_code(picture: &Picture) -> Option<RoomCodeRead> {
    let [luma, ..] = picture.planes();
    let mut level =
        Luma { width: picture.width() as usize, height: picture.height() as usize, samples: luma.into() };
    let full = level.clone();
    let mut best: Option<RoomCodeRead> = None;
    for halvings in 0..=HALVINGS {
        if halvings > 0 {
            level = level.halved();
        }
        let scale = (1 << halvings) as f32;
        for hull in search::bright_regions(&level) {
            let Some(corners) = outline::card_corners(&full, &hull, scale) else { continue };
            let Some(read) = read_card(picture, corners) else { continue };
            if read.signs() >= SIGNS_MIN && best.is_none_or(|best| read.signs() > best.signs()) {
                best = Some(read);
            }
        }
        if best.is_some_and(|best| best.signs() == 8) {
            break;
        }
    }
    best
}

/// Reads the card whose frame has these corners, along the middle of its stroke, in pixels.
fn read_card(picture: &Picture, corners: [[f32; 2]; 4]) -> Option<RoomCodeRead> {
    let plane = Plane::through(corners, outline::MIDDLE_OF_FRAME)?;
    let cells = Cells::new(picture, plane);
    let mut read = RoomCodeRead {
        code: ReadCode::default(),
        colour_confidence: [0.0; 4],
        digit_confidence: [0.0; 4],
        corners: outline::CARD_CORNERS.map(|corner| {
            let [x, y] = plane.to_picture(corner);
            [x / picture.width() as f32, y / picture.height() as f32]
        }),
    };
    for column in 0..4 {
        let left = COLUMN_LEFT + COLUMN_STEP * column as f32;
        if let Some((digit, confidence)) = digits::read(&cells, left) {
            read.code.digits[column] = Some(digit);
            read.digit_confidence[column] = confidence;
        }
        if let Some((colour, confidence)) = colours::read(&cells, left) {
            read.code.colours[column] = Some(colour);
            read.colour_confidence[column] = confidence;
        }
    }
    Some(read)
}

/// A field of a column: its left edge and that of the field in strokes, its top, width and height.
fn field(left: f32, [x, y, width, height]: [f32; 4]) -> Field {
    Field { x: left + x, y, width, height }
}
