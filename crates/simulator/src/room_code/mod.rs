//! The room's code as a seat's screen shows it, drawn from the same description that the seat's page is drawn from
//! (`docs/reference/room-code.md`), and pictures of it as cameras take them.
//!
//! Nothing here knows which code a room has now: whoever simulates a room says what its screen shows.

mod shot;

use std::str::FromStr;

use crate::picture::Light;

pub use shot::Shot;

/// Width of the card in strokes: frame, gap, four columns of five and a gap each, frame.
pub const CARD_WIDTH: f32 = 27.0;
/// Height of the card in strokes: frame, gap, blocks, gap, digits, gap, marks, gap, frame.
pub const CARD_HEIGHT: f32 = 16.0;
/// Black around the card in strokes.
pub const QUIET: f32 = 1.0;

/// Level of everything that shines, of 255 in sRGB.
const SHINING: f32 = 200.0;
const COLUMN_LEFT: f32 = 2.0;
const COLUMN_STEP: f32 = 6.0;
const COLUMN_WIDTH: f32 = 5.0;
const BLOCK_ROWS: [f32; 2] = [2.0, 5.0];
const DIGIT_ROWS: [f32; 2] = [6.0, 12.0];
const MARK_ROWS: [f32; 2] = [13.0, 14.0];

/// The segments of each digit: upper, upper right, lower right, lower, lower left, upper left, middle, as letters a to g. Six and nine have no
/// tails: so they differ from eight in two segments.
const SEGMENTS: [&str; 10] =
    ["abcdef", "bc", "abdeg", "abcdg", "bcfg", "acdfg", "cdefg", "abc", "abcdefg", "abcfg"];
/// Which two of the five marks below a digit shine. Digits that differ in one segment have no mark in common.
const MARKS: [[u8; 2]; 10] = [[1, 3], [2, 3], [0, 3], [1, 2], [1, 4], [3, 4], [0, 1], [0, 4], [2, 4], [0, 2]];

/// A colour of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockColour {
    /// 红
    Red,
    /// 黄
    Yellow,
    /// 绿
    Green,
    /// 青
    Cyan,
    /// 蓝
    Blue,
    /// 品红
    Magenta,
}

impl BlockColour {
    /// All colours, around the circle.
    pub const ALL: [Self; 6] = [Self::Red, Self::Yellow, Self::Green, Self::Cyan, Self::Blue, Self::Magenta];

    /// Its word in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Magenta => "magenta",
        }
    }

    /// Which of red, green and blue shine in it.
    fn channels(self) -> [bool; 3] {
        match self {
            Self::Red => [true, false, false],
            Self::Yellow => [true, true, false],
            Self::Green => [false, true, false],
            Self::Cyan => [false, true, true],
            Self::Blue => [false, false, true],
            Self::Magenta => [true, false, true],
        }
    }
}

/// What a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoomCode {
    /// Four blocks from left to right.
    pub colours: [BlockColour; 4],
    /// Four digits, 0 to 9 each.
    pub digits: [u8; 4],
}

impl RoomCode {
    /// The light of the card at a place in strokes from its upper left corner, white paper being 1; black beside it.
    pub fn light_at(&self, x: f32, y: f32) -> Light {
        let shining = (SHINING / 255.0).powf(2.2);
        let is_inside = (1.0..CARD_WIDTH - 1.0).contains(&x) && (1.0..CARD_HEIGHT - 1.0).contains(&y);
        let is_card = (0.0..CARD_WIDTH).contains(&x) && (0.0..CARD_HEIGHT).contains(&y);
        let channels = match (is_card, is_inside) {
            (false, _) => [false; 3],
            (true, false) => [true; 3],
            (true, true) => self.shines_at(x, y),
        };
        channels.map(|shines| if shines { shining } else { 0.0 })
    }

    fn shines_at(self, x: f32, y: f32) -> [bool; 3] {
        let column = ((x - COLUMN_LEFT) / COLUMN_STEP).floor();
        let x = x - COLUMN_LEFT - column * COLUMN_STEP;
        if !(0.0..4.0).contains(&column) || x >= COLUMN_WIDTH {
            return [false; 3];
        }
        let (colour, digit) = (self.colours[column as usize], usize::from(self.digits[column as usize] % 10));
        let within = |rows: [f32; 2]| (rows[0]..rows[1]).contains(&y);
        if within(BLOCK_ROWS) {
            colour.channels()
        } else if within(DIGIT_ROWS) {
            [segment_shines(SEGMENTS[digit], x, y - DIGIT_ROWS[0]); 3]
        } else {
            [within(MARK_ROWS) && MARKS[digit].contains(&(x as u8)); 3]
        }
    }
}

/// Whether a digit of so many segments covers a place of its field, 5 strokes wide and 6 high.
fn segment_shines(segments: &str, x: f32, y: f32) -> bool {
    segments.bytes().any(|segment| {
        let [left, top, right, bottom] = match segment {
            b'a' => [0.0, 0.0, 5.0, 1.0],
            b'b' => [4.0, 0.0, 5.0, 3.5],
            b'c' => [4.0, 2.5, 5.0, 6.0],
            b'd' => [0.0, 5.0, 5.0, 6.0],
            b'e' => [0.0, 2.5, 1.0, 6.0],
            b'f' => [0.0, 0.0, 1.0, 3.5],
            _ => [0.0, 2.5, 5.0, 3.5],
        };
        (left..right).contains(&x) && (top..bottom).contains(&y)
    })
}

/// A text that names no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no room code; four colours and four digits are, such as \"red cyan blue green 0471\"")]
pub struct NotACode(String);

impl FromStr for RoomCode {
    type Err = NotACode;

    /// Four words of colours and four digits, whatever stands between them: a line that a person types, or the JSON of a page.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let wrong = || NotACode(text.chars().take(80).collect());
        let colours: Vec<BlockColour> = text
            .split(|letter: char| !letter.is_ascii_alphabetic())
            .filter_map(|word| BlockColour::ALL.into_iter().find(|colour| colour.name() == word))
            .collect();
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        Ok(Self {
            colours: colours.try_into().map_err(|_| wrong())?,
            digits: digits.try_into().map_err(|_| wrong())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_from_a_line_or_from_json() {
        let code = RoomCode {
            colours: [BlockColour::Red, BlockColour::Cyan, BlockColour::Blue, BlockColour::Green],
            digits: [0, 4, 7, 1],
        };
        assert_eq!("red cyan blue green 0471".parse(), Ok(code));
        assert_eq!(r#"{"colours":["red","cyan","blue","green"],"digits":[0,4,7,1]}"#.parse(), Ok(code));
        for wrong in ["", "red cyan blue 0471", "red cyan blue green 047", "red cyan blue green 04711"] {
            assert!(wrong.parse::<RoomCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn any_two_digits_differ_in_four_places_at_least() {
        let places = |digit: usize| {
            let segments = "abcdefg".chars().map(move |segment| SEGMENTS[digit].contains(segment));
            segments.chain((0..5).map(move |mark| MARKS[digit].contains(&mark)))
        };
        for one in 0..10 {
            for other in 0..one {
                let apart = places(one).zip(places(other)).filter(|(one, other)| one != other).count();
                assert!(apart >= 4, "{one} and {other}: {apart}");
            }
        }
    }
}
