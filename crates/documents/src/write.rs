//! What the written sheets have in common. Text is always stored as text, so that a value such as `=1+1` sent back to a person stays
//! what it was and never becomes a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use thiserror::Error;

/// A sheet could not be written.
#[derive(Debug, Error)]
#[error("cannot write the spreadsheet: {0}")]
pub struct WriteError(#[from] XlsxError);

/// A workbook without traces of when and by whom, so that equal rows make equal bytes.
pub fn workbook() -> Result<Workbook, WriteError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

/// Writes the first row, bold and kept in view, and sets the widths of the columns in characters.
pub fn header(sheet: &mut Worksheet, titles: &[(String, f64)]) -> Result<(), WriteError> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (column, (title, width)) in titles.iter().enumerate() {
        let column = column as u16;
        sheet.write_string_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
