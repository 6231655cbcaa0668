//! The first worksheet of an XLSX file, cell by cell.
//!
//! Three guards stand before the parser. All parts are unpacked once into nothing, counting real bytes, because sizes declared in the
//! archive can lie. The table of shared strings must have room for as many strings as it claims, because calamine reserves memory for
//! the claim. And cells are streamed instead of asked for as a range: a range is a dense rectangle, which two cells in opposite
//! corners of a sheet make larger than any memory.

use std::io::{Cursor, Read, sink};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::sheet::{Gather, PARTS_MAX, Sheet, SheetError, UNPACKED_BYTES_MAX};

/// How the name of the part with the shared strings ends.
const SHARED_STRINGS: &str = "sharedstrings.xml";

/// The shortest string in that part: `<si/>`.
const SHARED_STRING_BYTES_MIN: usize = 5;

pub fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    measure_parts(bytes)?;
    // The parser is foreign code fed by strangers; a panic in it must cost one upload and nothing else.
    catch_unwind(AssertUnwindSafe(|| read_cells(bytes))).unwrap_or_else(|_| {
        let what = "the parser gave up".to_owned();
        Err(SheetError::Broken { part: "workbook".to_owned(), what })
    })
}

/// Unpacks every part once under the limits of a sheet.
pub fn measure_parts(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken("archive", &error))?;
    if archive.len() > PARTS_MAX {
        return Err(SheetError::TooManyParts { parts: archive.len() });
    }
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| broken("archive", &error))?;
        let name = part.name().map_err(|error| broken("archive", &error))?.into_owned();
        let mut part = part.by_ref().take(left + 1);
        let unpacked = if name.to_ascii_lowercase().ends_with(SHARED_STRINGS) {
            let mut content = Vec::new();
            let unpacked = part.read_to_end(&mut content).map_err(|error| broken(&name, &error))?;
            check_shared_strings(&name, &content)?;
            unpacked as u64
        } else {
            std::io::copy(&mut part, &mut sink()).map_err(|error| broken(&name, &error))?
        };
        left = left.checked_sub(unpacked).ok_or(SheetError::UnpackedTooLarge)?;
    }
    Ok(())
}

/// Refuses a table that claims more strings than its bytes could hold.
fn check_shared_strings(part: &str, content: &[u8]) -> Result<(), SheetError> {
    const CLAIM: &[u8] = b"uniqueCount";
    let refuse = |what: String| Err(SheetError::Broken { part: part.to_owned(), what });
    if content.contains(&0) {
        return refuse("not UTF-8".to_owned());
    }
    for at in
        content.windows(CLAIM.len()).enumerate().filter(|(_, window)| *window == CLAIM).map(|(at, _)| at)
    {
        let value = content[at + CLAIM.len()..].iter().skip_while(|byte| !byte.is_ascii_digit());
        let digits: String =
            value.take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        let room = content.len() / SHARED_STRING_BYTES_MIN;
        if !digits.is_empty() && !digits.parse::<usize>().is_ok_and(|claimed| claimed <= room) {
            return refuse(format!("claims {digits} strings in {} bytes", content.len()));
        }
    }
    Ok(())
}

fn read_cells(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken("workbook", &error))?;
    let name = book.sheet_names().first().cloned().ok_or(SheetError::Empty)?;
    let in_sheet = |error: XlsxError| broken(&format!("sheet {name:?}"), &error);
    let mut cells = book.worksheet_cells_reader(&name).map_err(in_sheet)?;
    let mut gather = Gather::default();
    while let Some(cell) = cells.next_cell().map_err(in_sheet)? {
        let (row, column) = cell.get_position();
        gather.cell(row.saturating_add(1), column as usize, &cell_text(cell.get_value()))?;
    }
    gather.finish()
}

/// A cell as a person sees it. Whole numbers lose their `.0`, so that a school code typed as a number is still a code.
pub fn cell_text(value: &DataRef<'_>) -> String {
    /// Whole numbers up to here are exact in a spreadsheet's floating point.
    const EXACT_MAX: f64 = 1e15;
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < EXACT_MAX => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn broken(part: &str, error: &dyn std::fmt::Display) -> SheetError {
    SheetError::Broken { part: part.to_owned(), what: error.to_string() }
}
