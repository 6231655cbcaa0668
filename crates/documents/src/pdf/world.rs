//! All that the typesetter can see: one template, a few faces, one value. Every other file is denied, there is no clock and no network.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};

use crate::error::PrintError;

/// The layout of the letter.
const TEMPLATE: &str = include_str!("letter.typ");

static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    let path = VirtualPath::new("letter.typ").expect("the constant is a path");
    Source::new(FileId::new(RootedPath::new(VirtualRoot::Project, path)), TEMPLATE.to_owned())
});

/// The world of one letter.
pub struct World {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl World {
    /// `data` is the JSON text that the template reads.
    pub fn new(data: Vec<u8>, fonts: &[Font]) -> Self {
        let mut inputs = Dict::new();
        inputs.insert("data".into(), Bytes::new(data).into_value());
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(fonts)),
            fonts: fonts.to_vec(),
        }
    }

    /// The typesetter's complaints with their lines in the template.
    pub fn explain(&self, errors: &[SourceDiagnostic]) -> PrintError {
        let said = errors.iter().map(|error| {
            let line = self
                .range(error.span)
                .map(|range| SOURCE.text()[..range.start.min(SOURCE.text().len())].matches('\n').count() + 1);
            format!("letter.typ:{}: {}", line.unwrap_or_default(), error.message)
        });
        PrintError::Typesetting(said.collect::<Vec<_>>().join("; "))
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        SOURCE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SOURCE.id() { Ok(SOURCE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
