//! Sheets of rows: CSV and XLSX.

use documents::{COLUMNS_MAX, ROWS_MAX, Sheet, SheetError, SheetKind, read_sheet};
use domain::register::import::CELL_CHARS_MAX;

use super::packed::{archive, parts};
use super::{document, register_rows};

/// The parts without which nothing is an XLSX, for texts that do not bring their own.
const XLSX_PARTS: [(&str, &str); 3] = [
    (
        "[Content_Types].xml",
        r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        concat!(
            r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>"#,
            r#"<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
        ),
    ),
];

/// Any bytes as CSV; what was read can be written and is read the same.
pub fn sheet_csv(bytes: &[u8]) {
    let sheet = match read_sheet(bytes, SheetKind::Csv) {
        Ok(sheet) => sheet,
        Err(error) => return check_error(&error, bytes),
    };
    check(&sheet);
    assert!(sheet.rows.last().map_or(sheet.header_row, |row| row.number) as usize <= bytes.len() + 1);
    // A tab in the header could be taken for the mark between columns.
    if !sheet.headers.iter().any(|header| header.contains('\t')) {
        let again = read_sheet(written(&sheet).as_bytes(), SheetKind::Csv);
        assert_eq!(again, Ok(sheet), "written and read again");
    }
}

/// An XLSX from its parts, see `packed`, as a sheet of rows and as a document.
pub fn workbook(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(xlsx) = archive(&parts(&text), &XLSX_PARTS) else { return };
    match read_sheet(&xlsx, SheetKind::Xlsx) {
        Ok(sheet) => check(&sheet),
        Err(error) => check_error(&error, &xlsx),
    }
    document::check(&xlsx, "workbook.xlsx");
}

fn check(sheet: &Sheet) {
    assert!(sheet.rows.len() <= ROWS_MAX);
    assert!(sheet.rows.first().is_none_or(|row| row.number > sheet.header_row));
    assert!(sheet.rows.is_sorted_by(|one, next| one.number < next.number), "rows in order");
    for cells in sheet.rows.iter().map(|row| &row.cells).chain([&sheet.headers]) {
        assert!((1..=COLUMNS_MAX).contains(&cells.len()));
        assert!(cells.last().is_some_and(|cell| !cell.trim().is_empty()), "no empty cells at the end");
        assert!(cells.iter().all(|cell| cell.chars().count() <= CELL_CHARS_MAX + 1));
    }
    register_rows::check(sheet.header_row, &sheet.headers, &sheet.rows);
}

fn check_error(error: &SheetError, bytes: &[u8]) {
    assert!(!error.to_string().is_empty() && !error.message_zh().is_empty());
    if let SheetError::NotText { offset } = error {
        assert!(*offset < bytes.len(), "{error:?} in {} bytes", bytes.len());
    }
}

/// A sheet as CSV, every row at its number. The comma behind the last cell says what parts columns.
fn written(sheet: &Sheet) -> String {
    let mut csv = String::new();
    let mut at = 1;
    let header = std::iter::once((sheet.header_row, &sheet.headers));
    for (number, cells) in header.chain(sheet.rows.iter().map(|row| (row.number, &row.cells))) {
        csv.extend(std::iter::repeat_n('\n', (number - at) as usize));
        at = number;
        for cell in cells {
            csv.extend(["\"", &cell.replace('"', "\"\""), "\","]);
        }
    }
    csv
}
