//! Texts: GB 18030, padded with zeros or spaces to their length.

use encoding_rs::GB18030;

/// Reads a text of fixed length. Bytes that mean nothing become U+FFFD, control characters go.
pub(crate) fn read(bytes: &[u8]) -> String {
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let clean: String = text.chars().filter(|character| !character.is_control()).collect();
    clean.trim().to_owned()
}

/// Writes a text into `length` bytes, cut between characters, padded with zeros.
pub(crate) fn write(text: &str, length: usize) -> Vec<u8> {
    let mut bytes = cut(text, length);
    bytes.resize(length, 0);
    bytes
}

/// A text as at most `length` bytes, cut between characters.
pub(crate) fn cut(text: &str, length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut utf8 = [0; 4];
    for character in text.chars() {
        let (encoded, ..) = GB18030.encode(character.encode_utf8(&mut utf8));
        if bytes.len() + encoded.len() > length {
            break;
        }
        bytes.extend_from_slice(&encoded);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(write("三楼", 5), [0xc8, 0xfd, 0xc2, 0xa5, 0]);
        assert_eq!(write("三楼", 3), [0xc8, 0xfd, 0]);
        assert_eq!(read(&[0xc8, 0xfd, 0xc2, 0xa5, 0, 0x20]), "三楼");
        assert!(!read(&[0xc8, 0, 0xff]).contains('\0'));
    }
}
