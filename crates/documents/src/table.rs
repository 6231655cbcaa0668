//! Plain tables as files: XLSX with one sheet a table, and CSV.
//!
//! Text stays text in both: in XLSX by its type, in CSV by an apostrophe before whatever a spreadsheet program would read as a formula.
//! Rates are formulas over the two columns that hold their whole numbers, with the value already in place for programs that do not
//! calculate. What the rows mean is the caller's business.

use domain::figures::{NO_UNIT, PercentFormat, Ratio};
use rust_xlsxwriter::{Format, Formula, Worksheet};

use crate::number_format::percent_format;
use crate::write::{WriteError, header, workbook};

/// Rows of one sheet, the first being the header; the format of the file allows no more.
pub const TABLE_ROWS_MAX: usize = 1_048_575;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// What stands above it.
    pub title: String,
    /// Width in characters.
    pub width: f64,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableCell {
    /// Text, never a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A percentage of two whole numbers that stand in other columns of the row.
    Rate {
        /// The value.
        ratio: Ratio,
        /// Column of the numerator, from 0.
        numerator_column: u16,
        /// Column of the denominator, from 0.
        denominator_column: u16,
    },
    /// Nothing.
    Empty,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of the sheet: at most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Columns.
    pub columns: Vec<TableColumn>,
    /// Rows, each as long as there are columns.
    pub rows: Vec<Vec<TableCell>>,
    /// Lines below the table: as-of time, definition, hash.
    pub notes: Vec<String>,
}

impl TableColumn {
    /// A column of a title and a width.
    pub fn new(title: impl Into<String>, width: f64) -> Self {
        Self { title: title.into(), width }
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<String>> for TableCell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

impl TableCell {
    /// A count of things.
    pub fn count(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Writes tables as XLSX, one sheet each.
pub fn table_sheets(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook()?;
    for table in tables {
        write_sheet(book.add_worksheet(), table)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Writes a table as CSV: UTF-8 with a byte-order mark, without which spreadsheet programs guess another encoding. Notes are left out.
pub fn table_csv(table: &Table) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    push_line(&mut text, table.columns.iter().map(|column| column.title.clone()));
    for row in &table.rows {
        push_line(&mut text, row.iter().map(in_csv));
    }
    text.into_bytes()
}

fn write_sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), WriteError> {
    sheet.set_name(&table.name)?;
    let titles: Vec<(String, f64)> =
        table.columns.iter().map(|column| (column.title.clone(), column.width)).collect();
    header(sheet, &titles)?;
    let percent = Format::new().set_num_format(percent_format(PercentFormat::default()));
    for (index, row) in table.rows.iter().enumerate() {
        let line = index as u32 + 1;
        for (column, cell) in row.iter().enumerate() {
            write_cell(sheet, line, column as u16, cell, &percent)?;
        }
    }
    if let (Some(last), false) = (table.columns.len().checked_sub(1), table.rows.is_empty()) {
        sheet.autofilter(0, 0, table.rows.len() as u32, last as u16)?;
    }
    for (index, note) in table.notes.iter().enumerate() {
        sheet.write_string(table.rows.len() as u32 + 2 + index as u32, 0, note)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    line: u32,
    column: u16,
    cell: &TableCell,
    percent: &Format,
) -> Result<(), WriteError> {
    match cell {
        TableCell::Text(text) => sheet.write_string(line, column, text)?,
        TableCell::Number(number) => sheet.write_number(line, column, *number as f64)?,
        TableCell::Empty => return Ok(()),
        TableCell::Rate { ratio, .. } if ratio.is_empty() => sheet.write_string(line, column, NO_UNIT)?,
        TableCell::Rate { ratio, numerator_column, denominator_column } => {
            let (numerator, denominator) = (letters(*numerator_column), letters(*denominator_column));
            let row = line + 1;
            let value = ratio.numerator as f64 / ratio.denominator as f64;
            let formula =
                Formula::new(format!("={numerator}{row}/{denominator}{row}")).set_result(value.to_string());
            sheet.write_formula_with_format(line, column, formula, percent)?
        }
    };
    Ok(())
}

/// A, B, …, Z, AA, …
fn letters(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}

fn in_csv(cell: &TableCell) -> String {
    match cell {
        TableCell::Text(text) => guarded(text),
        TableCell::Number(number) => number.to_string(),
        TableCell::Empty => String::new(),
        TableCell::Rate { ratio, .. } => ratio.percent_text().map_or(NO_UNIT.to_owned(), |text| text + "%"),
    }
}

/// Text that a spreadsheet program would take for a formula gets an apostrophe in front.
fn guarded(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

fn push_line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&field);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "单位 Units".to_owned(),
            columns: vec![
                TableColumn::new("单位", 20.0),
                TableColumn::new("接入", 8.0),
                TableColumn::new("应接入", 8.0),
                TableColumn::new("接入率", 8.0),
            ],
            rows: vec![
                vec![
                    "=1+1".into(),
                    TableCell::count(1),
                    TableCell::count(3),
                    TableCell::Rate { ratio: Ratio::new(1, 3), numerator_column: 1, denominator_column: 2 },
                ],
                vec![
                    "甲,\"乙\"\n丙".into(),
                    TableCell::Empty,
                    TableCell::count(0),
                    TableCell::Rate { ratio: Ratio::new(0, 0), numerator_column: 1, denominator_column: 2 },
                ],
            ],
            notes: vec!["统计时点".to_owned()],
        }
    }

    #[test]
    fn a_csv_is_quoted_and_holds_no_formula() {
        let text = String::from_utf8(table_csv(&table())).unwrap();
        assert_eq!(
            text,
            "\u{feff}单位,接入,应接入,接入率\r\n'=1+1,1,3,33.3%\r\n\"甲,\"\"乙\"\"\n丙\",,0,—\r\n"
        );
        for first in ["+1", "-1", "@x", "\tx"] {
            assert!(guarded(first).starts_with('\''), "{first:?}");
        }
        assert_eq!(guarded("一=二"), "一=二");
    }

    #[test]
    fn a_sheet_is_a_workbook_and_the_same_each_time() {
        let bytes = table_sheets(&[table()]).unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, table_sheets(&[table()]).unwrap());
    }
}
