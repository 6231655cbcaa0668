//! What a document has that its text does not show.

use super::super::ReadNote;

/// Counts and marks of what was met on the way.
#[derive(Debug, Default)]
pub struct Seen {
    pub pictures: usize,
    /// Symbols of fonts that do not say which characters they are.
    pub symbols: usize,
    pub embedded: bool,
    pub revisions: bool,
    /// A table of contents.
    pub contents: bool,
}

impl Seen {
    /// The same as notes, with the numbering format that was not known.
    pub fn notes(&self, unknown_format: Option<String>) -> Vec<ReadNote> {
        let mut notes = Vec::new();
        notes.extend(self.revisions.then_some(ReadNote::Revisions));
        notes.extend(self.contents.then_some(ReadNote::Contents));
        notes.extend(unknown_format.map(|format| ReadNote::UnknownNumbering { format }));
        notes.extend((self.pictures > 0).then_some(ReadNote::Pictures { count: self.pictures }));
        notes.extend((self.symbols > 0).then_some(ReadNote::UnreadSymbols { count: self.symbols }));
        notes.extend(self.embedded.then_some(ReadNote::Embedded));
        notes
    }
}
