//! Clips: MP4 with its index, and bare byte streams.

use std::cell::RefCell;
use std::io::{Seek as _, Write as _};

use media::file::{FileError, VideoFile};
use media::{NalKind, nal};
use tempfile::NamedTempFile;

/// Pictures of a file that are looked at; a small file can claim many.
const PICTURES_MAX: usize = 500;

/// Bytes of a picture: the limit of a camera's stream, and what the parameter sets and longer start codes add.
const PICTURE_BYTES_MAX: usize = 5 * (8 << 20);

thread_local! {
    /// One file for all inputs: to make a new one for each would be most of the work.
    static FILE: RefCell<NamedTempFile> = RefCell::new(NamedTempFile::new().expect("a folder for temporary files"));
}

/// Every picture of a file that opens is within limits; a key frame says so itself.
pub fn video_file(bytes: &[u8]) {
    let mut file = match opened(bytes) {
        Ok(file) => file,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert!(!file.is_empty());
    // Every picture has at least a byte somewhere in the file.
    assert!(file.len() <= bytes.len(), "{} pictures in {} bytes", file.len(), bytes.len());
    let parameters = file.parameters().clone();
    let pictures = file.len();
    let mut read = 0;
    for sample in (&mut file).take(PICTURES_MAX) {
        // A damaged picture ends a file, as it does for a camera.
        let Ok(sample) = sample else { return };
        assert!(sample.data.len() <= PICTURE_BYTES_MAX);
        if sample.is_key {
            // A bare stream may say it by its slices alone.
            let codec = parameters.codec;
            let first = nal::units(&sample.data).next().map(|unit| codec.kind(unit));
            assert!(
                first.is_some_and(|kind| kind <= NalKind::PictureSet) || codec.is_key(&sample.data),
                "a key frame that says nothing of it"
            );
        }
        read += 1;
    }
    assert_eq!(read, pictures.min(PICTURES_MAX));
    assert!(parameters.width_px > 0 && parameters.height_px > 0);
}

/// Opens bytes as a file.
pub fn opened(bytes: &[u8]) -> Result<VideoFile, FileError> {
    FILE.with_borrow_mut(|file| {
        file.as_file().set_len(0).expect("room for temporary files");
        file.rewind().expect("room for temporary files");
        file.write_all(bytes).expect("room for temporary files");
        VideoFile::open(file.path())
    })
}
