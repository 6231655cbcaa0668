//! The code on a seat's screen, looked for in any picture.

use vision::{Picture, read_room_code};

/// What is read has a confidence, what is not has none, and the card lies about where the picture is.
pub fn room_code(bytes: &[u8]) {
    let Ok(picture) = Picture::from_encoded(bytes) else { return };
    let Some(read) = read_room_code(&picture) else { return };
    let digits = read.code.digits.iter().map(Option::is_some).zip(read.digit_confidence);
    let colours = read.code.colours.iter().map(Option::is_some).zip(read.colour_confidence);
    for (is_read, confidence) in digits.chain(colours) {
        assert!((0.0..=1.0).contains(&confidence) && is_read == (confidence > 0.0), "{read:?}");
    }
    assert!(read.corners.iter().flatten().all(|share| (-1.0..=2.0).contains(share)), "{read:?}");
}
