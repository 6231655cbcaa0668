//! Documents as offices hand them in: any bytes, DOCX by its parts, PDF.

use documents::read_document;
use documents::reading::{DOCUMENT_TEXT_BYTES_MAX, DocumentKind, ReadDocument, ReadError, ReadNote};

use super::packed::{archive, parts};

/// The parts without which nothing is a DOCX, for texts that do not bring their own.
const DOCX_PARTS: [(&str, &str); 3] = [
    (
        "[Content_Types].xml",
        r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
    ),
    (
        "word/_rels/document.xml.rels",
        concat!(
            r#"<Relationships><Relationship Id="a" Type="http://x/styles" Target="styles.xml"/>"#,
            r#"<Relationship Id="b" Type="http://x/numbering" Target="numbering.xml"/>"#,
            r#"<Relationship Id="c" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>"#
        ),
    ),
    ("word/document.xml", "<w:document/>"),
];

/// Any bytes under a name that promises nothing.
pub fn document(bytes: &[u8]) {
    check(bytes, "document");
}

/// A DOCX from its parts, see `packed`.
pub fn document_docx(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(docx) = archive(&parts(&text), &DOCX_PARTS) {
        let read = check(&docx, "document.docx");
        assert_eq!(read, read_document(&docx, "document.docx").ok(), "reading twice gives two texts");
        let kind = read.map_or(DocumentKind::Docx, |read| read.kind);
        assert!(matches!(kind, DocumentKind::Docx | DocumentKind::Xlsx), "{kind:?}");
    }
}

/// Bytes behind a PDF's mark.
pub fn document_pdf(bytes: &[u8]) {
    let mut pdf = bytes.to_vec();
    if !pdf.starts_with(b"%PDF-") {
        pdf.splice(0..0, *b"%PDF-1.7\n");
    }
    let read = check(&pdf, "document.pdf");
    assert!(read.is_none_or(|read| read.kind == DocumentKind::Pdf));
}

/// Reads a document and asks for everything that must hold of any.
pub fn check(bytes: &[u8], name: &str) -> Option<ReadDocument> {
    match read_document(bytes, name) {
        Ok(read) => {
            check_read(&read);
            Some(read)
        }
        Err(error) => {
            check_error(&error, bytes);
            None
        }
    }
}

fn check_read(read: &ReadDocument) {
    let text = &read.text;
    assert!(text.ends_with('\n') && !text.trim().is_empty(), "{text:?}");
    assert!(text.len() <= DOCUMENT_TEXT_BYTES_MAX);
    let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t') || *c == '\u{fffd}');
    assert_eq!(odd, None, "{text:?}");
    assert_eq!(read.encoding.is_some(), matches!(read.kind, DocumentKind::Text | DocumentKind::Json));
    assert!(read.notes.iter().all(|note| !note.message_zh().is_empty() && !note.to_string().is_empty()));
    assert_eq!(read.notes.contains(&ReadNote::FromPlaces), read.kind == DocumentKind::Pdf);
}

/// An error points into the file and can be told in both languages.
fn check_error(error: &ReadError, bytes: &[u8]) {
    assert!(!error.to_string().is_empty() && !error.message_zh().is_empty());
    // Every byte could end a line of text, and packed text is longer than the file.
    let lines =
        if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF-") { usize::MAX } else { bytes.len() + 1 };
    match error {
        ReadError::NotText { offset, line } => {
            assert!(*offset <= bytes.len() && (1..=lines).contains(line), "{error:?}");
        }
        ReadError::Garbled { line, .. } | ReadError::ControlCharacter { line, .. } => {
            assert!((1..=lines).contains(line), "{error:?}");
        }
        ReadError::NoCharacters { unread, glyphs } => assert!(unread <= glyphs, "{error:?}"),
        _ => {}
    }
}
