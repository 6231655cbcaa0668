//! Characters of MANSCDP bodies.
//!
//! The 2016 edition says GB2312 *should*, the 2022 edition GB18030 *shall* be used, and devices declare one and send another. So the
//! declaration is not read at all: valid UTF-8 is UTF-8, and everything else is GB18030, which contains GBK and GB2312. What we send is a
//! choice per device.
//!
//! One tenth of the common characters is, as GBK, a valid two-byte character of UTF-8: 路 looks like a middle dot. Chinese has three
//! bytes in UTF-8, so a body with two-byte characters only is GBK if that makes sense of it.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

/// How a device wants to be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// Declared as GB2312, encoded as GBK: what devices before 2022 expect. Characters outside become numeric references, which XML
    /// readers understand.
    #[default]
    Gb2312,
    /// Declared as GBK.
    Gbk,
    /// What the 2022 edition demands; it has every character.
    Gb18030,
    /// For devices that are known to want it.
    Utf8,
}

impl Charset {
    /// The name for the XML declaration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gb2312 => "GB2312",
            Self::Gbk => "GBK",
            Self::Gb18030 => "GB18030",
            Self::Utf8 => "UTF-8",
        }
    }

    /// Encodes XML text. Only XML: characters that the charset lacks are written as `&#n;`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        self.encoding().encode(text).0.into_owned()
    }

    /// Whether it has every character of a text.
    pub fn has(self, text: &str) -> bool {
        text.is_ascii() || !self.encoding().encode(text).2
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Gb2312 | Self::Gbk => GBK,
            Self::Gb18030 => GB18030,
            Self::Utf8 => UTF_8,
        }
    }
}

/// Decodes a body whatever it declares. Never fails: bytes that mean nothing become U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if has_wide_character(text) => Cow::Borrowed(text),
        Ok(text) => match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(chinese) => chinese,
            None => Cow::Borrowed(text),
        },
        Err(error) if is_cut_utf8(&bytes[..error.valid_up_to()], error.error_len()) => {
            String::from_utf8_lossy(bytes)
        }
        Err(_) => GB18030.decode_without_bom_handling(bytes).0,
    }
}

/// Whether a text has a character of three or more bytes, as all Chinese has.
fn has_wide_character(text: &str) -> bool {
    text.bytes().any(|byte| byte >= 0xe0)
}

/// UTF-8 whose last character was cut off, as a middlebox or a full buffer does. It counts as UTF-8 only if it has shown a wide character
/// before. A whole body never comes here by chance: XML ends in `>`, so it cannot end in half a character whatever its charset.
fn is_cut_utf8(valid: &[u8], error_len: Option<usize>) -> bool {
    error_len.is_none() && valid.iter().any(|byte| *byte >= 0xe0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_in_every_charset_is_read_without_being_told_which() {
        for charset in [Charset::Gb2312, Charset::Gbk, Charset::Gb18030, Charset::Utf8] {
            let bytes = charset.encode("<Name>东校门·烟感一号</Name>");
            assert_eq!(decode(&bytes), "<Name>东校门·烟感一号</Name>", "{charset:?}");
        }
    }

    #[test]
    fn gbk_that_declares_utf_8_is_read_as_gbk() {
        let bytes = Charset::Gbk.encode("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Name>食堂</Name>");
        assert!(decode(&bytes).ends_with("<Name>食堂</Name>"));
    }

    #[test]
    fn a_rare_character_is_whole_in_gb18030_and_a_reference_in_gbk() {
        assert_eq!(decode(&Charset::Gb18030.encode("𠮷")), "𠮷");
        assert_eq!(decode(&Charset::Gb2312.encode("𠮷")), "&#134071;");
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(decode(b"\xef\xbb\xbf<a/>"), "<a/>");
    }

    #[test]
    fn utf_8_that_was_cut_in_a_character_stays_utf_8() {
        let bytes = "<Name>东校门</Name><Name>西".as_bytes();
        assert_eq!(decode(&bytes[..bytes.len() - 1]), "<Name>东校门</Name><Name>\u{fffd}");
    }

    #[test]
    fn bytes_that_mean_nothing_become_replacement_characters() {
        assert_eq!(decode(b"\xff\xff"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn gbk_that_happens_to_be_valid_utf_8_is_read_as_chinese() {
        let bytes = Charset::Gb2312.encode("<Name>路1</Name>");
        assert!(std::str::from_utf8(&bytes).is_ok());
        assert_eq!(decode(&bytes), "<Name>路1</Name>");
    }

    #[test]
    fn a_middle_dot_among_chinese_of_utf_8_stays_a_middle_dot() {
        assert_eq!(decode("东校门·1".as_bytes()), "东校门·1");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            proptest::prop_assert!(decode(&bytes).chars().count() <= bytes.len());
        }

        #[test]
        fn gb18030_is_read_as_it_was_written(name in "[一-龥a-z0-9]{1,30}") {
            let text = format!("<Name>{name}</Name>");
            let bytes = Charset::Gb18030.encode(&text);
            // Now and then two characters of GBK are one of UTF-8 and a half; nothing tells them apart.
            proptest::prop_assume!(!std::str::from_utf8(&bytes).is_ok_and(has_wide_character));
            proptest::prop_assert_eq!(decode(&bytes), text);
        }
    }
}
