//! A digit: seven segments and, below them, five marks of which two shine. Together any two digits differ in four of twelve fields at least.

use super::cells::{Cells, Field};
use super::field;

/// The segments of each digit from bit 0 on: upper, upper right, lower right, lower, lower left, upper left, middle. Six and nine have no
/// tails.
const SEGMENTS: [u16; 10] = [
    0b011_1111, 0b000_0110, 0b101_1011, 0b100_1111, 0b110_0110, 0b110_1101, 0b111_1100, 0b000_0111,
    0b111_1111, 0b110_0111,
];
/// The marks of each digit from bit 0 on, left to right.
const MARKS: [u16; 10] =
    [0b0_1010, 0b0_1100, 0b0_1001, 0b0_0110, 0b1_0010, 0b1_1000, 0b0_0011, 0b1_0001, 0b1_0100, 0b0_0101];
/// Where the segments are in a column, in strokes: what is only theirs, without the corners that two share.
const SEGMENT_FIELDS: [[f32; 4]; 7] = [
    [1.0, 6.0, 3.0, 1.0],
    [4.0, 7.0, 1.0, 1.5],
    [4.0, 9.5, 1.0, 1.5],
    [1.0, 11.0, 3.0, 1.0],
    [0.0, 9.5, 1.0, 1.5],
    [0.0, 7.0, 1.0, 1.5],
    [1.0, 8.5, 3.0, 1.0],
];
const MARKS_TOP: f32 = 13.0;
/// Black around a digit: beside it, above and below; the signs of the neighbours are as near as its own.
const BLACK_FIELDS: [[f32; 4]; 6] = [
    [-1.0, 6.0, 1.0, 3.0],
    [-1.0, 9.0, 1.0, 3.0],
    [5.0, 6.0, 1.0, 3.0],
    [5.0, 9.0, 1.0, 3.0],
    [0.0, 12.0, 5.0, 1.0],
    [0.0, 14.0, 5.0, 1.0],
];
/// Least light between black and white.
const CONTRAST_MIN: f32 = 0.004;
/// Largest sum of squared differences to what a digit should look like; a field that is wrong counts 1.
const MISFIT_MAX: f32 = 1.3;
/// Least distance to the next best digit; without any fault it is 4.
const LEAD_MIN: f32 = 1.7;

/// The digit of the column that begins here, in strokes, and how sure it is.
pub(super) fn read(cells: &Cells<'_>, left: f32) -> Option<(u8, f32)> {
    let mut blacks = BLACK_FIELDS.map(|black| cells.light(field(left, black)));
    blacks.sort_by(f32::total_cmp);
    let black = (blacks[0] + blacks[1] + blacks[2]) / 3.0;
    let frame = |y: f32| cells.light(Field { x: left, y, width: 5.0, height: 1.0 });
    // The lower side of the frame is nearer.
    let white = 0.35 * frame(0.0) + 0.65 * frame(15.0);
    if white - black < CONTRAST_MIN {
        return None;
    }
    let level = |of: [f32; 4]| ((cells.light(field(left, of)) - black) / (white - black)).clamp(-0.2, 1.2);
    let segments = SEGMENT_FIELDS.map(level);
    let marks: [f32; 5] = std::array::from_fn(|mark| level([mark as f32, MARKS_TOP, 1.0, 1.0]));
    best(&segments, &marks)
}

/// The digit that twelve levels, 0 black and 1 white, come nearest to.
fn best(segments: &[f32; 7], marks: &[f32; 5]) -> Option<(u8, f32)> {
    let misfit = |levels: &[f32], signs: u16| -> f32 {
        let should = |bit: usize| f32::from(signs >> bit & 1);
        levels.iter().enumerate().map(|(bit, level)| (level - should(bit)).powi(2)).sum()
    };
    let mut ranked: [(f32, u8); 10] = std::array::from_fn(|digit| {
        (misfit(segments, SEGMENTS[digit]) + misfit(marks, MARKS[digit]), digit as u8)
    });
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [(least, digit), (next, _), ..] = ranked;
    let lead = next - least;
    (least <= MISFIT_MAX && lead >= LEAD_MIN).then_some((digit, (lead / 4.0).min(1.0)))
}
