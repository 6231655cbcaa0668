//! Plain text in every encoding, and text inside JSON.

use documents::reading::{DocumentKind, ReadError};

use super::document::check;

/// Any bytes as a text file; where they are UTF-8, the same text in every encoding with a mark must be read the same.
pub fn document_text(bytes: &[u8]) {
    let Some(plain) = check(bytes, "notice.txt") else { return };
    let certain =
        plain.kind == DocumentKind::Text && plain.encoding == Some("UTF-8") && plain.notes.is_empty();
    let (true, Ok(text)) = (certain, std::str::from_utf8(bytes)) else { return };
    let text = text.trim_start_matches('\u{feff}');
    for marked in [utf8(text), utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)] {
        // Characters that happen to spell another format's mark in UTF-16 are taken for it.
        if marked.windows(5).take(1024).any(|window| window == b"%PDF-") {
            continue;
        }
        let read = check(&marked, "notice.txt").expect("a text stays a text in another encoding");
        assert_eq!(read.text, plain.text);
    }
    // Without a mark the reader may decline, and must not guess.
    check(&utf16(text, u16::to_le_bytes)[2..], "notice.txt");
}

/// Any bytes as JSON, and a text as a field of it. Only texts whose encoding nobody can mistake: a few foreign letters among ASCII can
/// also be Chinese in UTF-16 (`zz` is 空).
pub fn document_json(bytes: &[u8]) {
    check(bytes, "sealed.json");
    let is_hanzi = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let Some(plain) = check(bytes, "notice.txt").filter(|read| read.kind == DocumentKind::Text) else {
        return;
    };
    let text = &plain.text;
    if !text.is_ascii() && !text.contains(is_hanzi) {
        return;
    }
    let sealed =
        serde_json::json!({"format": "watchfire-bulletin/1", "text": "not this", "bulletin": {"text": text}});
    for json in [serde_json::json!({"text": text}), sealed] {
        let json = json.to_string();
        match documents::read_document(json.as_bytes(), "sealed.json") {
            Ok(read) => assert_eq!((read.kind, &read.text), (DocumentKind::Json, text)),
            // Lines that are fine each can look wrongly decoded when JSON joins them to one.
            Err(error) => assert!(matches!(error, ReadError::Garbled { .. }), "{error:?}"),
        }
    }
}

fn utf8(text: &str) -> Vec<u8> {
    ["\u{feff}", text].concat().into_bytes()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
}
