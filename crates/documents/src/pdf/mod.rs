//! The letter as PDF, set by typst.
//!
//! The template is ours and fixed; everything that people wrote reaches it as data (a JSON value), never as markup, so no text can
//! become a command. The typesetter may open nothing: it has the template, the faces and the data. The text of the file can be
//! selected and searched, its headings and annexes are bookmarks. Compiling takes whole processor seconds for long annexes; callers
//! run it away from their event loops.

mod world;

use domain::bulletin::edition::Edition;
use serde::Serialize;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::error::PrintError;
use crate::fonts::{FaceRole, Fonts};
use crate::letter::Letter;
use crate::qr;

/// Annex rows up to which the file also carries its structure for screen readers: for ten thousand rows that is 14 of 15 MB.
const TAGGED_ROWS_MAX: usize = 1_000;

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    letter: Letter<'a>,
    faces: Faces,
    /// Rows of dark runs: first square and length.
    qr: Option<Vec<Vec<(usize, usize)>>>,
}

/// Families and weights by purpose.
#[derive(Serialize)]
struct Faces {
    text: FaceName,
    title: FaceName,
    heading: FaceName,
    subheading: FaceName,
    page_number: FaceName,
    latin: Option<FaceName>,
}

#[derive(Serialize)]
struct FaceName {
    family: String,
    weight: u16,
}

/// Prints an edition as PDF.
pub fn pdf(edition: &Edition, fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let letter = Letter::of(edition);
    let qr = letter
        .verify_url
        .and_then(qr::squares)
        .map(|code| code.dark.iter().map(|row| qr::runs(row)).collect());
    let data = Data { letter, faces: faces(fonts)?, qr };
    let data = serde_json::to_vec(&data).map_err(|error| PrintError::Typesetting(error.to_string()))?;
    let rows: usize = edition.annexes.iter().map(|annex| annex.rows.len()).sum();
    let world = world::World::new(data, fonts.loaded()?);
    let made = typeset(&world, rows <= TAGGED_ROWS_MAX);
    // What the typesetter remembers of a letter helps no other letter.
    typst::comemo::evict(0);
    made
}

fn typeset(world: &world::World, tagged: bool) -> Result<Vec<u8>, PrintError> {
    let document: PagedDocument = typst::compile(world).output.map_err(|errors| world.explain(&errors))?;
    let options =
        PdfOptions { creator: Smart::Custom(Some("Watchfire".to_owned())), tagged, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|errors| world.explain(&errors))
}

fn faces(fonts: &Fonts) -> Result<Faces, PrintError> {
    let name = |role| fonts.family(role);
    let needed = |role| Ok::<_, PrintError>(name(role)?.unwrap_or_else(|| (String::new(), 400)));
    let face = |(family, weight)| FaceName { family, weight };
    Ok(Faces {
        text: needed(FaceRole::Text).map(face)?,
        title: needed(FaceRole::Title).map(face)?,
        heading: needed(FaceRole::Heading).map(face)?,
        subheading: needed(FaceRole::Subheading).map(face)?,
        page_number: needed(FaceRole::PageNumber).map(face)?,
        latin: name(FaceRole::Latin)?.map(face),
    })
}
