//! Plain text in the encodings that Chinese offices use, told apart with certainty or refused.
//!
//! A byte order mark decides. Without one, strict UTF-8 decides, because hardly any other text is valid UTF-8 by chance. What is left is
//! UTF-16 or GB18030, and nearly any bytes decode as either; there the answer must look like Chinese: of the Chinese characters, most
//! belong to the 3 755 of GB 2312's first level, everywhere in the text. Wrong decodings hit rare characters and fail this by far.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::{ReadError, ReadNote};

/// Text and where it came from.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a mark.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// What was mended.
    pub notes: Vec<ReadNote>,
}

/// Of all Chinese characters of a text, the share that must be of the first level, in percent. Official prose has about 98.
const COMMON_PERCENT_MIN: usize = 70;

/// Chinese characters in a row that are looked at together; a run of rare names is shorter.
const WINDOW: usize = 16;

/// Common characters that such a row must have; wrong decodings have one or two.
const WINDOW_COMMON_MIN: usize = 5;

/// Of a text taken for UTF-16 without a mark, the share of characters that a notice may have, in percent.
const PLAUSIBLE_PERCENT_MIN: usize = 95;

/// Characters from which a text may count as UTF-16 without a mark; a few bytes look like anything.
const UTF16_CHARACTERS_MIN: usize = 8;

/// Decodes a text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        if bytes.starts_with(&[0xff, 0xfe, 0, 0]) && bytes.len() >= 4 {
            return Err(ReadError::OtherFormat {
                name_en: "text in UTF-32", name_zh: "UTF-32 编码的文本"
            });
        }
        let rest = &bytes[mark..];
        let (text, cut) =
            strict(encoding, rest).ok_or_else(|| not_text(bytes, mark + first_wrong(encoding, rest)))?;
        reject_garbled(&text)?;
        return Ok(decoded(text, encoding.name(), cut));
    }
    if let Some((text, cut)) = strict(encoding_rs::UTF_8, bytes) {
        let foreign = !text.is_ascii() && !text.chars().any(is_chinese_or_mark);
        // A few Chinese words in GB18030 can be valid UTF-8 of letters that no notice has ("联通" was the famous one).
        let better = if foreign || text.contains('\0') { other_than_utf8(bytes) } else { None };
        if let Some(better) = better {
            return Ok(better);
        }
        if !text.contains('\0') {
            reject_garbled(&text)?;
            return Ok(decoded(text, "UTF-8", cut));
        }
    }
    match other_than_utf8(bytes) {
        Some(decoded) => Ok(decoded),
        None => Err(refusal(bytes)),
    }
}

fn decoded(text: String, encoding: &'static str, cut: bool) -> Decoded {
    let notes = if cut { vec![ReadNote::CutCharacter] } else { Vec::new() };
    Decoded { text, encoding, notes }
}

/// UTF-16 without a mark, or GB18030; none where both or neither look like Chinese.
fn other_than_utf8(bytes: &[u8]) -> Option<Decoded> {
    let mut found = None;
    for encoding in [UTF_16LE, UTF_16BE, GB18030] {
        let Some((text, cut)) = strict(encoding, bytes) else { continue };
        let looks_right = if encoding == GB18030 {
            !text.contains('\0') && is_chinese(&text)
        } else {
            !cut && text.chars().count() >= UTF16_CHARACTERS_MIN && is_plausible(&text) && is_chinese(&text)
        };
        if looks_right && found.replace(decoded(text, encoding.name(), cut)).is_some() {
            return None;
        }
    }
    found
}

/// Decodes without a single replacement; true where the last character was cut off and dropped.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, bool)> {
    /// A character has at most this many bytes.
    const CHARACTER_BYTES_MAX: usize = 4;
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Some((text.into_owned(), false));
    }
    for dropped in 1..CHARACTER_BYTES_MAX.min(bytes.len()) {
        let kept = &bytes[..bytes.len() - dropped];
        if is_cut(encoding, &bytes[kept.len()..])
            && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(kept)
        {
            return Some((text.into_owned(), true));
        }
    }
    None
}

/// True where bytes begin a character and do not end it.
fn is_cut(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == encoding_rs::UTF_8 {
        return std::str::from_utf8(bytes)
            .is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none());
    }
    if encoding == GB18030 {
        return match bytes {
            [0x81..=0xfe] | [0x81..=0xfe, b'0'..=b'9'] => true,
            [0x81..=0xfe, b'0'..=b'9', third] => (0x81..=0xfe).contains(third),
            _ => false,
        };
    }
    let high = |pair: u16| (0xd800..0xdc00).contains(&pair);
    match (bytes, encoding == UTF_16LE) {
        ([_], _) => true,
        ([a, b] | [a, b, _], true) => high(u16::from_le_bytes([*a, *b])),
        ([a, b] | [a, b, _], false) => high(u16::from_be_bytes([*a, *b])),
        _ => false,
    }
}

/// Index of the first byte that does not decode.
fn first_wrong(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    if encoding == encoding_rs::UTF_8 {
        return std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    }
    // UTF-16 goes wrong only at a surrogate that stands alone.
    let pair = |chunk: &[u8]| match (chunk, encoding == UTF_16LE) {
        ([a, b], true) => u16::from_le_bytes([*a, *b]),
        ([a, b], false) => u16::from_be_bytes([*a, *b]),
        _ => 0xd800,
    };
    let units = bytes.chunks(2).map(pair);
    let mut before = 0;
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => before += character.len_utf16() * 2,
            Err(_) => return before,
        }
    }
    before
}

/// Says why bytes are no text: bytes of two encodings, or none at all.
fn refusal(bytes: &[u8]) -> ReadError {
    let offset = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let looks_mixed = |line: &[u8]| {
        std::str::from_utf8(line).is_ok_and(|text| text.chars().filter(|c| is_hanzi(*c)).count() >= 2)
    };
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return ReadError::ControlCharacter { line: line_of(bytes, at), code: 0 };
    }
    // Some lines read as UTF-8 and others do not: a mixture.
    if bytes.split(|byte| *byte == b'\n').any(looks_mixed) {
        return ReadError::Garbled { line: line_of(bytes, offset), what: "only part of the file is UTF-8" };
    }
    if let Some((text, _)) = strict(GB18030, bytes)
        && let Some(line) = first_rare_line(&text)
    {
        return if line == 1 {
            not_text(bytes, offset)
        } else {
            ReadError::Garbled { line, what: "characters that no notice has" }
        };
    }
    not_text(bytes, offset)
}

fn not_text(bytes: &[u8], offset: usize) -> ReadError {
    ReadError::NotText { offset, line: line_of(bytes, offset) }
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes[..offset.min(bytes.len())].split(|byte| *byte == b'\n').count()
}

/// Refuses text that is valid and yet was decoded wrongly before somebody saved it: turning the mistake back gives Chinese.
fn reject_garbled(text: &str) -> Result<(), ReadError> {
    for (index, line) in text.lines().enumerate() {
        if line.is_ascii() {
            continue;
        }
        if line.contains("锟斤拷") {
            return Err(ReadError::Garbled { line: index + 1, what: "replacement characters read as GBK" });
        }
        let suspicious =
            line.chars().filter(|c| is_hanzi(*c)).count() == 0 || first_rare_line(line).is_some();
        if !suspicious {
            continue;
        }
        for (wrong, what) in
            [(GB18030, "UTF-8 read as GBK"), (encoding_rs::WINDOWS_1252, "UTF-8 read as Latin")]
        {
            let (bytes, _, lost) = wrong.encode(line);
            let turned =
                if lost { None } else { std::str::from_utf8(&bytes).ok().filter(|text| !text.is_ascii()) };
            if turned.is_some_and(|text| text.chars().filter(|c| is_hanzi(*c)).count() >= 2) {
                return Err(ReadError::Garbled { line: index + 1, what });
            }
        }
    }
    Ok(())
}

/// True where a text has Chinese characters and they are the common ones, everywhere.
pub fn is_chinese(text: &str) -> bool {
    let (mut hanzi, mut common) = (0, 0);
    for character in text.chars().filter(|c| is_hanzi(*c)) {
        hanzi += 1;
        common += usize::from(is_common(character));
    }
    hanzi > 0 && common * 100 >= hanzi * COMMON_PERCENT_MIN && first_rare_line(text).is_none()
}

/// 1-based line where a row of Chinese characters has hardly a common one among them.
pub fn first_rare_line(text: &str) -> Option<usize> {
    let mut window = [true; WINDOW];
    let (mut seen, mut line) = (0, 1);
    for character in text.chars() {
        line += usize::from(character == '\n');
        if !is_hanzi(character) {
            continue;
        }
        window[seen % WINDOW] = is_common(character);
        seen += 1;
        if window.iter().filter(|common| **common).count() < WINDOW_COMMON_MIN {
            return Some(line);
        }
    }
    None
}

/// True where nearly all characters are such as a notice has.
fn is_plausible(text: &str) -> bool {
    let all = text.chars().count();
    let plausible =
        text.chars().filter(|c| is_chinese_or_mark(*c) || matches!(c, '\n' | '\r' | '\t' | ' '..='~'));
    plausible.count() * 100 >= all * PLAUSIBLE_PERCENT_MIN
}

fn is_hanzi(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Chinese characters, their punctuation, full-width forms, and the signs of official prose.
fn is_chinese_or_mark(character: char) -> bool {
    is_hanzi(character)
        || matches!(character, '\u{2010}'..='\u{203b}' | '\u{2103}'..='\u{2122}' | '\u{2150}'..='\u{21ff}'
            | '\u{2200}'..='\u{22ff}' | '\u{2460}'..='\u{24ff}' | '\u{2500}'..='\u{25ff}' | '\u{2e80}'..='\u{30ff}'
            | '\u{3200}'..='\u{33ff}' | '\u{ff00}'..='\u{ffee}' | '·' | '×' | '÷' | '±' | '°' | '§' | '\u{a0}')
}

/// True for the 3 755 characters of the first level of GB 2312 (rows 16 to 55).
fn is_common(character: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, lost) = GB18030.encode(character.encode_utf8(&mut buffer));
    !lost && matches!(&*bytes, [0xb0..=0xd7, 0xa1..=0xfe])
}
