//! The error sheet that goes back to whoever sent the rows: one line for every wrong cell.

use domain::register::import::RowError;

use crate::write::{WriteError, header, workbook};

/// Writes the errors of an import as XLSX.
pub fn error_sheet(errors: &[RowError]) -> Result<Vec<u8>, WriteError> {
    let titles = [
        ("行 Row", 8.0),
        ("列 Column", 18.0),
        ("内容 Value", 36.0),
        ("原因 Reason", 40.0),
        ("Reason in English", 44.0),
        ("代码 Code", 20.0),
    ];
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("错误 Errors")?;
    header(sheet, &titles.map(|(title, width)| (title.to_owned(), width)))?;
    for (index, error) in errors.iter().enumerate() {
        let line = index as u32 + 1;
        sheet.write_number(line, 0, error.row)?;
        let words =
            [&*error.column, &*error.value, &*error.message_zh, &*error.message_en, error.reason.code()];
        for (column, word) in words.into_iter().enumerate() {
            sheet.write_string(line, column as u16 + 1, word)?;
        }
    }
    Ok(book.save_to_buffer()?)
}
