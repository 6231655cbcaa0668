//! The letter as DOCX, the office's working format.
//!
//! Written by hand as WordprocessingML, because the layout is the point: lines of exact height, 28 characters on each, headers that
//! repeat, charts that stay editable. The official faces are named; what stands in for them is the reader's program's choice, helped
//! by `fontTable.xml`.

mod body;
mod chart;
mod fill;
mod package;
mod styles;
mod table;
mod template;
mod xml;

pub use template::{
    Place, TEMPLATE_BYTES_MAX, TEMPLATE_PARTS_MAX, TEMPLATE_UNPACKED_BYTES_MAX, Template, TemplateError,
};

use std::io::Cursor;

use domain::bulletin::edition::Edition;
use image::{GrayImage, ImageFormat, Luma};

use crate::error::PrintError;
use crate::letter::Letter;
use crate::qr::{self, Squares};

/// Pixels of one square of the code, and its quiet zone in squares.
const CODE_SQUARE_PX: u32 = 8;
const CODE_QUIET: u32 = 4;

/// Prints an edition as DOCX: in the standard layout, or into a customer's own template (then without charts).
pub fn docx(edition: &Edition, template: Option<&Template>) -> Result<Vec<u8>, PrintError> {
    let letter = Letter::of(edition);
    if let Some(template) = template {
        return template.fill(&letter);
    }
    let charts = chart::Charts::of(&letter)?;
    let code = letter.verify_url.and_then(qr::squares).map(|code| picture(&code)).transpose()?;
    let mut xml = xml::Xml::default();
    xml.raw_args(format_args!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {}><w:body>"#,
        package::NAMESPACES
    ));
    body::head(&mut xml, &letter);
    body::text(&mut xml, &letter);
    for page in &letter.annexes {
        body::annex(&mut xml, page);
    }
    body::copies(&mut xml, &letter);
    body::charts(&mut xml, &letter, &charts);
    body::proof(&mut xml, &letter, code.is_some().then_some("rIdCode"));
    xml.raw(&package::section()).raw("</w:body></w:document>");
    package::Package { letter: &letter, document: xml.finish(), charts: &charts, code: code.as_deref() }
        .write()
}

fn picture(code: &Squares) -> Result<Vec<u8>, PrintError> {
    let squares = code.dark.len() as u32 + 2 * CODE_QUIET;
    let side = squares * CODE_SQUARE_PX;
    let shade = |x: u32, y: u32| {
        let at = |pixel: u32| (pixel / CODE_SQUARE_PX).checked_sub(CODE_QUIET).map(|square| square as usize);
        let dark = at(x).zip(at(y)).and_then(|(x, y)| code.dark.get(y)?.get(x).copied()).unwrap_or_default();
        Luma([if dark { 0 } else { u8::MAX }])
    };
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::from_fn(side, side, shade)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|error| PrintError::Typesetting(error.to_string()))?;
    Ok(bytes.into_inner())
}
