//! Start codes `00 00 01 xx`: the one mark that program streams, H.264 and H.265 share.
//!
//! Codes from B9 up belong to the container, those below 80 to the video inside it: both video standards keep the top bit of the
//! byte after a start code at zero, so the two can be told apart anywhere.

/// The three bytes in front of every code.
pub(crate) const PREFIX: [u8; 3] = [0, 0, 1];
/// End of the program stream.
pub(crate) const END: u8 = 0xb9;
/// Pack header.
pub(crate) const PACK: u8 = 0xba;
/// System header.
pub(crate) const SYSTEM: u8 = 0xbb;
/// Program stream map.
pub(crate) const MAP: u8 = 0xbc;
/// Private stream 1, a PES with the full header.
pub(crate) const PRIVATE: u8 = 0xbd;
/// Padding.
pub(crate) const PADDING: u8 = 0xbe;
/// First audio stream; 32 of them.
pub(crate) const AUDIO: u8 = 0xc0;
/// First video stream; 16 of them.
pub(crate) const VIDEO: u8 = 0xe0;
/// Last video stream.
pub(crate) const VIDEO_LAST: u8 = 0xef;

/// Offset of the next `00 00 01` at or after `from`.
pub(crate) fn find(data: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(&third) = data.get(at + 2) {
        // A third byte above 1 rules out a prefix that begins at any of the three places.
        match third {
            0 => at += 1,
            1 if data[at] == 0 && data[at + 1] == 0 => return Some(at),
            _ => at += 3,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_fast_search_finds_what_the_plain_one_finds(
            data in proptest::collection::vec(0u8..3, 0..64), from in 0usize..70
        ) {
            let plain = (from..data.len().saturating_sub(2)).find(|&at| data[at..].starts_with(&PREFIX));
            proptest::prop_assert_eq!(find(&data, from), plain);
        }
    }
}
