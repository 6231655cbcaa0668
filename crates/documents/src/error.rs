//! Why a document cannot be printed.

use thiserror::Error;

#[cfg(feature = "pdf")]
use crate::fonts::FontError;
use crate::write::WriteError;

/// A document could not be printed.
#[derive(Debug, Error)]
pub enum PrintError {
    /// There is no face to print with.
    #[cfg(feature = "pdf")]
    #[error(transparent)]
    Font(#[from] FontError),
    /// The typesetter refused; the text names the line of the template.
    #[error("cannot set the letter: {0}")]
    Typesetting(String),
    /// The container of a DOCX could not be written.
    #[error("cannot write the document: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// A part of a DOCX could not be written.
    #[error("cannot write the document: {0}")]
    Io(#[from] std::io::Error),
    /// A spreadsheet could not be written.
    #[error(transparent)]
    Sheet(#[from] WriteError),
}
