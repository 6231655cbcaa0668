//! All sheets of a workbook as lines: a row is a line, its cells parted by tabs. Empty rows and cells behind the last text are left out.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, Xlsx, XlsxError};

use super::{DOCUMENT_TEXT_BYTES_MAX, DocumentKind, ReadDocument, ReadError, ReadNote, finish};
use crate::read_xlsx::{cell_text, measure_parts};
use crate::sheet::SheetError;

/// Columns that count; text further right is refused.
const COLUMNS_MAX: u32 = 256;

/// Sheets of a workbook.
const SHEETS_MAX: usize = 100;

pub fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    measure_parts(bytes).map_err(of_sheet)?;
    // The parser is foreign code fed by strangers; a panic in it must cost one document and nothing else.
    let text = catch_unwind(AssertUnwindSafe(|| lines(bytes))).unwrap_or_else(|_| {
        Err(ReadError::Broken { part: "workbook".to_owned(), what: "the parser gave up".to_owned() })
    })?;
    finish(&text, DocumentKind::Xlsx, None, vec![ReadNote::StoredNumbers])
}

fn lines(bytes: &[u8]) -> Result<String, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken("workbook", &error))?;
    let names = book.sheet_names().clone();
    if names.len() > SHEETS_MAX {
        return Err(ReadError::Limit { what: format!("{} sheets, at most {SHEETS_MAX}", names.len()) });
    }
    let mut text = String::new();
    for name in names {
        let in_sheet = |error: XlsxError| broken(&format!("sheet {name:?}"), &error);
        // Sheets of charts have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let (mut at_row, mut at_column) = (None, 0);
        while let Some(cell) = cells.next_cell().map_err(in_sheet)? {
            let (row, column) = cell.get_position();
            let content = cell_text(cell.get_value());
            if content.trim().is_empty() {
                continue;
            }
            if column >= COLUMNS_MAX {
                return Err(ReadError::Limit {
                    what: format!("row {} goes beyond column {COLUMNS_MAX}", row + 1),
                });
            }
            if at_row != Some(row) {
                if !text.is_empty() {
                    text.push('\n');
                }
                (at_row, at_column) = (Some(row), 0);
            }
            for _ in at_column..column {
                text.push('\t');
            }
            at_column = column.max(at_column);
            text.extend(
                content.trim().chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }),
            );
            if text.len() > DOCUMENT_TEXT_BYTES_MAX {
                return Err(ReadError::TextTooLong);
            }
        }
    }
    Ok(text)
}

fn broken(part: &str, error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Broken { part: part.to_owned(), what: error.to_string() }
}

fn of_sheet(error: SheetError) -> ReadError {
    match error {
        SheetError::Broken { part, what } => ReadError::Broken { part, what },
        SheetError::Empty => ReadError::Empty,
        other => ReadError::Limit { what: other.to_string() },
    }
}
