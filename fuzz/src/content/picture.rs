//! Still pictures, JPEG and PNG.

use vision::Picture;
use vision::picture::MAX_EDGE_PX;

/// Pixels up to which a picture is also written; a large one of one colour comes in a few bytes.
const WRITTEN_PIXELS_MAX: u32 = 1 << 16;

/// A picture that is read keeps its limits, and can be written and read again.
pub fn picture(bytes: &[u8]) {
    match Picture::from_encoded(bytes) {
        Ok(picture) => {
            check(&picture);
            if picture.width() * picture.height() <= WRITTEN_PIXELS_MAX {
                let jpeg = picture.to_jpeg().expect("a picture within limits can be written");
                let again = Picture::from_encoded(&jpeg).expect("a picture of our own");
                assert_eq!((again.width(), again.height()), (picture.width(), picture.height()));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Edges within limits and planes that fit them.
pub fn check(picture: &Picture) {
    let (width, height) = (picture.width(), picture.height());
    assert!((1..=MAX_EDGE_PX).contains(&width) && (1..=MAX_EDGE_PX).contains(&height), "{width}x{height}");
    let (chroma_width, chroma_height) = picture.chroma_size();
    let chroma = chroma_width as usize * chroma_height as usize;
    let sizes = picture.planes().map(<[u8]>::len);
    assert_eq!(sizes, [width as usize * height as usize, chroma, chroma]);
}
