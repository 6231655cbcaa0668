//! The sheet of paper of an official letter, in numbers (GB/T 9704—2012, 5.2 and 5.3): A4, a type area of 156 mm × 225 mm, 22 lines of
//! 28 characters in 3号 (16 pt).
//!
//! The PDF template states the same numbers in its own language; a test compares what comes out.

/// Width of A4.
pub const PAPER_WIDTH_MM: f64 = 210.0;
/// Height of A4.
pub const PAPER_HEIGHT_MM: f64 = 297.0;
/// White above the type area (天头).
pub const TOP_MM: f64 = 37.0;
/// White below it: what 225 mm leave.
pub const BOTTOM_MM: f64 = 35.0;
/// White on the binding side (订口).
pub const LEFT_MM: f64 = 28.0;
/// White on the other side.
pub const RIGHT_MM: f64 = 26.0;
/// Width of the type area.
pub const TYPE_WIDTH_MM: f64 = PAPER_WIDTH_MM - LEFT_MM - RIGHT_MM;
/// Height of the type area.
pub const TYPE_HEIGHT_MM: f64 = PAPER_HEIGHT_MM - TOP_MM - BOTTOM_MM;
/// Lines on a page.
pub const LINES: u32 = 22;
/// From the lower edge of the type area to the page number.
pub const PAGE_NUMBER_DROP_MM: f64 = 7.0;

/// Millimetres in twentieths of a point, the unit of DOCX.
pub fn twips(mm: f64) -> i64 {
    (mm * 1440.0 / 25.4).round() as i64
}
