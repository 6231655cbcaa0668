//! What the first bytes say, and a name for what is not read.

use super::ReadError;

/// What is worth opening.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// A ZIP archive, as office programs write.
    Zip,
    /// A PDF.
    Pdf,
    /// Perhaps text.
    Text,
}

/// A PDF's mark may stand behind other bytes; readers look this far.
const PDF_MARK_WITHIN: usize = 1024;

/// First bytes of formats that are not read, with their names.
const OTHERS: [(&[u8], &str, &str); 13] = [
    (b"\x89PNG\r\n", "a PNG picture", "PNG 图片"),
    (b"\xff\xd8\xff", "a JPEG picture", "JPEG 图片"),
    (b"GIF8", "a GIF picture", "GIF 图片"),
    (b"BM", "a BMP picture", "BMP 图片"),
    (b"II*\0", "a TIFF picture", "TIFF 图片"),
    (b"MM\0*", "a TIFF picture", "TIFF 图片"),
    (b"{\\rtf", "an RTF document", "RTF 文档"),
    (b"Rar!", "a RAR archive", "RAR 压缩包"),
    (b"7z\xbc\xaf", "a 7z archive", "7z 压缩包"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩包"),
    (b"MZ", "a Windows program", "Windows 程序"),
    (b"\x7fELF", "a program", "程序文件"),
    (b"RIFF", "a RIFF media file", "RIFF 媒体文件"),
];

/// Streams inside a compound file and what they mean, most telling first.
const COMPOUND: [(&str, &str, &str); 4] = [
    ("WordDocument", "an old .doc or .wps document", "旧版 .doc 或 .wps 文档"),
    ("Workbook", "an old .xls workbook", "旧版 .xls 工作簿"),
    ("PowerPoint Document", "an old .ppt presentation", "旧版 .ppt 演示文稿"),
    ("__properties_version1.0", "an Outlook message", "Outlook 邮件"),
];

/// Looks at the first bytes.
pub fn content(bytes: &[u8]) -> Result<Content, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Content::Zip);
    }
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Content::Pdf);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(compound(bytes));
    }
    for (mark, name_en, name_zh) in OTHERS {
        // Two letters alone could begin a text; binary formats have a zero soon after.
        let certain = mark.len() > 2 || head.iter().take(64).any(|byte| *byte == 0) || mark[0] >= 0x80;
        if bytes.starts_with(mark) && certain {
            return Err(ReadError::OtherFormat { name_en, name_zh });
        }
    }
    markup(head)?;
    Ok(Content::Text)
}

/// A compound file is an old document, or a new one with a password.
fn compound(bytes: &[u8]) -> ReadError {
    if contains_utf16(bytes, "EncryptedPackage") {
        return ReadError::Encrypted;
    }
    for (stream, name_en, name_zh) in COMPOUND {
        if contains_utf16(bytes, stream) {
            return ReadError::OtherFormat { name_en, name_zh };
        }
    }
    ReadError::OtherFormat { name_en: "an old office document", name_zh: "旧版 Office 文档" }
}

fn contains_utf16(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Web pages and flat XML are text, but not the text that people see.
fn markup(head: &[u8]) -> Result<(), ReadError> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start: String = head
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take(16)
        .map(|byte| char::from(*byte))
        .collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err(ReadError::OtherFormat { name_en: "a web page", name_zh: "网页" });
    }
    if start.starts_with("<?xml") {
        return Err(ReadError::OtherFormat { name_en: "an XML file", name_zh: "XML 文件" });
    }
    Ok(())
}
