//! Files of strangers as text.

use documents::read_document;

/// A copy as read from a file.
pub struct ReadCopy {
    /// Its text.
    pub text: String,
    /// What the reader mended or left out, in English.
    pub notes: Vec<String>,
}

/// Why a file cannot be read, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Whether a file is, or says it is, JSON.
pub fn looks_like_json(name: &str, bytes: &[u8]) -> bool {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = plain.iter().find(|byte| !byte.is_ascii_whitespace());
    first == Some(&b'{') || name.to_lowercase().ends_with(".json")
}

/// Reads a file; its content tells the kind.
pub fn read(bytes: &[u8], name: &str) -> Result<ReadCopy, Unreadable> {
    let document = read_document(bytes, name)
        .map_err(|error| Unreadable { zh: error.message_zh(), en: error.to_string() })?;
    Ok(ReadCopy { text: document.text, notes: document.notes.iter().map(ToString::to_string).collect() })
}
