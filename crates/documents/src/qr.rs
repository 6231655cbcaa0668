//! A QR code as rows of dark and light squares; the printers draw it themselves.

use qrcode::{Color, EcLevel, QrCode};

/// A square code: `dark[y][x]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squares {
    /// Rows from top to bottom, without the quiet zone.
    pub dark: Vec<Vec<bool>>,
}

/// Encodes a text with 15 % redundancy; none where it is too long for a QR code (about 2 300 bytes).
pub fn squares(text: &str) -> Option<Squares> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let colors = code.to_colors();
    let dark = colors.chunks(code.width()).map(|row| row.iter().map(|color| *color == Color::Dark).collect());
    Some(Squares { dark: dark.collect() })
}

/// The dark runs of a row: first square and number of squares.
#[cfg(any(test, feature = "pdf"))]
pub fn runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_and_has_its_three_corner_marks() {
        let code = squares("https://example.org/#/verify/0123456789abcdef").expect("short enough");
        let size = code.dark.len();
        assert!(code.dark.iter().all(|row| row.len() == size));
        for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            assert_eq!(&code.dark[y][x..x + 7], [true; 7]);
        }
        assert_eq!(squares(&"x".repeat(4000)), None);
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
    }
}
