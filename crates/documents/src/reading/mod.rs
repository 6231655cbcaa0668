//! Documents back to text: what an office hands in, as lines for the linter and for verification.
//!
//! A notice arrives as plain text, DOCX, PDF, XLSX or as our own sealed JSON. The content decides the kind; the name is only asked
//! where the content allows two. Text is passed on only when it is certain what it says: an encoding that cannot be told, a mixture
//! of two, or fonts without a way back to characters are errors, never characters that look like an answer. What the reader had to
//! leave out or mend is in the notes. Files come from strangers: every limit stands before the parser that it protects.
//!
//! Not here: what the text means (`domain::lint`), and spreadsheets of rows to import ([`crate::read_sheet`]).

mod archive;
mod clean;
mod docx;
mod error;
mod json;
mod note;
mod pdf;
mod sniff;
mod text;
mod xlsx;
mod xml;

pub use error::ReadError;
pub use note::ReadNote;

/// Bytes of a file. A bulletin with its annexes takes about 1 MB, a sealed one ten times the province's size about 30 MB.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Bytes of text that come out of a document: a notice with an annex of 20 000 rows takes about 3 MB.
pub const DOCUMENT_TEXT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// Plain text.
    Text,
    /// Office Open XML, word processing.
    Docx,
    /// JSON with the text as a field.
    Json,
    /// PDF with text in it.
    Pdf,
    /// Office Open XML, spreadsheet.
    Xlsx,
}

/// A document read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadDocument {
    /// Lines with a line feed after each. A paragraph of DOCX or PDF and a row of a table are one line each, cells parted by tabs.
    pub text: String,
    /// What the content is.
    pub kind: DocumentKind,
    /// Name of the encoding, for plain text and JSON.
    pub encoding: Option<&'static str>,
    /// What was mended or left out.
    pub notes: Vec<ReadNote>,
}

/// Reads a document. The name only decides between plain text and JSON that is broken.
pub fn read_document(bytes: &[u8], file_name: &str) -> Result<ReadDocument, ReadError> {
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(ReadError::FileTooLarge { bytes: bytes.len() });
    }
    match sniff::content(bytes)? {
        sniff::Content::Zip => {
            let mut archive = archive::Archive::open(bytes)?;
            match archive.office_kind()? {
                DocumentKind::Xlsx => xlsx::read(bytes),
                _ => docx::read(&mut archive),
            }
        }
        sniff::Content::Pdf => pdf::read(bytes),
        sniff::Content::Text => {
            let decoded = text::decode(bytes)?;
            let named_json = file_name.to_ascii_lowercase().ends_with(".json");
            match json::text_of(&decoded.text, named_json)? {
                Some(inner) => finish(&inner, DocumentKind::Json, Some(decoded.encoding), decoded.notes),
                None => finish(&decoded.text, DocumentKind::Text, Some(decoded.encoding), decoded.notes),
            }
        }
    }
}

/// The last step of every kind: one way of breaking lines, no character that is none, a text that is there.
fn finish(
    text: &str,
    kind: DocumentKind,
    encoding: Option<&'static str>,
    mut notes: Vec<ReadNote>,
) -> Result<ReadDocument, ReadError> {
    let text = clean::clean(text, &mut notes)?;
    if text.len() > DOCUMENT_TEXT_BYTES_MAX {
        return Err(ReadError::TextTooLong);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(ReadDocument { text, kind, encoding, notes })
}

#[cfg(test)]
mod tests;
