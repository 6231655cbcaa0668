//! Files of strangers as text.

/// A copy as read from a file.
pub struct ReadCopy {
    /// Its text.
    pub text: String,
    /// True for a spreadsheet, which holds annexes and no text of the bulletin.
    pub is_sheet: bool,
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

/// Reads a file; its name tells the kind where the content does not.
pub fn read(bytes: &[u8], _name: &str) -> Result<ReadCopy, Unreadable> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match String::from_utf8(plain.to_vec()) {
        Ok(text) => Ok(ReadCopy { text, is_sheet: false }),
        Err(_) => Err(Unreadable {
            zh: "文件不是UTF-8文本".to_owned(),
            en: "the file is no text in UTF-8".to_owned(),
        }),
    }
}
