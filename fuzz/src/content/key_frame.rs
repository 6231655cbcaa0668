//! Key frames of cameras, decoded to pictures.

use std::cell::RefCell;

use vision::{Coding, KeyframeDecoder};

use super::picture::check;

thread_local! {
    /// A decoder that has seen everything before, as in the product, where one serves many cameras.
    static USED: RefCell<KeyframeDecoder> = RefCell::new(KeyframeDecoder::new());
}

/// A picture keeps its limits, and what a decoder saw before does not change it.
pub fn key_frame(bytes: &[u8]) {
    for coding in [Coding::H264, Coding::H265] {
        match USED.with_borrow_mut(|decoder| decoder.decode(coding, bytes)) {
            Ok(picture) => {
                check(&picture);
                let fresh = KeyframeDecoder::new().decode(coding, bytes).ok();
                assert!(fresh.as_ref() == Some(&picture), "the picture depends on what was decoded before");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
