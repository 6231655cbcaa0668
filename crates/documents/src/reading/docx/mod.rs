//! The text of a DOCX document as a person sees it: paragraphs, rows of tables, text boxes once, footnotes at the end; tracked changes
//! as if accepted; automatic numbers put back where the words stand. Headers and footers, comments and hidden text are left out.

mod body;
mod format;
mod numbering;
mod parts;
mod seen;
mod styles;

use super::archive::Archive;
use super::{DocumentKind, ReadDocument, ReadError, finish};
use body::Walker;
use numbering::Numbering;
use parts::Parts;
use styles::Styles;

pub fn read(archive: &mut Archive<'_>) -> Result<ReadDocument, ReadError> {
    let parts = Parts::find(archive)?;
    let missing =
        || ReadError::Broken { part: parts.document.clone(), what: "there is no such part".to_owned() };
    let document = archive.part(&parts.document)?.ok_or_else(missing)?;
    let numbering = match optional(archive, parts.numbering.as_deref())? {
        Some((name, content)) => Numbering::parse(&content, &name)?,
        None => Numbering::default(),
    };
    let styles = match optional(archive, parts.styles.as_deref())? {
        Some((name, content)) => Styles::parse(&content, &name)?,
        None => Styles::default(),
    };
    let mut walker = Walker::new(numbering, styles);
    walker.walk(&document, &parts.document)?;
    for notes in [parts.footnotes, parts.endnotes] {
        if let Some((name, content)) = optional(archive, notes.as_deref())? {
            walker.walk(&content, &name)?;
        }
    }
    let (text, notes) = walker.finish();
    finish(&text, DocumentKind::Docx, None, notes)
}

/// A part that need not be there, with its name.
fn optional(archive: &mut Archive<'_>, name: Option<&str>) -> Result<Option<(String, String)>, ReadError> {
    let Some(name) = name else { return Ok(None) };
    Ok(archive.part(name)?.map(|content| (name.to_owned(), content)))
}
