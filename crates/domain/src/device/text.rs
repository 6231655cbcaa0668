//! Texts that devices send. They are cut and cleaned, never refused: for one bad name the whole catalogue would be lost, and for one odd
//! description an alarm.

/// The text as it may be kept: at most `max_bytes` bytes, cut between characters, with U+FFFD for each U+0000, which no database of
/// ours can keep.
pub fn kept(text: &str, max_bytes: usize) -> String {
    let clean = text.replace('\0', "\u{fffd}");
    clean[..clean.floor_char_boundary(max_bytes)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_has_no_nul() {
        assert_eq!(kept("宿舍楼", 9), "宿舍楼");
        assert_eq!(kept("宿舍楼", 8), "宿舍");
        assert_eq!(kept("a\0b", 9), "a\u{fffd}b");
        assert_eq!(kept("\0\0\0", 4), "\u{fffd}");
        assert_eq!(kept("x", 0), "");
    }
}
