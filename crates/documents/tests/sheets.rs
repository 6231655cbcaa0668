//! Sheets as people send them, good and bad: what is read, what is refused and with which words.

#![allow(clippy::unwrap_used)] // the fixtures of a test may fail like its asserts

use std::io::{Cursor, Write};

use domain::register::import::{Column, Reason, Row, RowError, read_rows};
use domain::register::regions::jiangxi_regions;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use watchfire_documents::{
    COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX, Sheet, SheetError, SheetKind, error_sheet, read_sheet,
    template_sheet,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const CSV: &str = "单位名称,类别,设区市,县（市、区）,学校代码\n黎川县一幼,幼儿园,抚州市,黎川县,3636000123\n";

fn row(number: u32, cells: &[&str]) -> Row {
    Row { number, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
}

/// An XLSX whose first sheet holds these cells.
fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(line as u32, column as u16, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A small XLSX in which one part is replaced.
fn xlsx_with_part(name: &str, content: &[u8]) -> Vec<u8> {
    with_part(&xlsx(&[&["单位名称"], &["某园"]]), name, content)
}

fn with_part(book: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let part = archive.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        if part_name != name {
            writer.raw_copy_file(part).unwrap();
        }
    }
    writer.start_file(name, options).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

/// A worksheet part with this sheet data.
fn worksheet(data: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{data}</sheetData></worksheet>"
    )
    .into_bytes()
}

const SHEET_1: &str = "xl/worksheets/sheet1.xml";

#[test]
fn csv_is_read_in_every_encoding_people_save_it_in() {
    let expected = Sheet {
        header_row: 1,
        headers: row(1, &["单位名称", "类别", "设区市", "县（市、区）", "学校代码"]).cells,
        rows: vec![row(2, &["黎川县一幼", "幼儿园", "抚州市", "黎川县", "3636000123"])],
    };
    let marked = ["\u{feff}", CSV].concat();
    let gb18030 = encoding_rs::GB18030.encode(CSV).0.into_owned();
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows = CSV.replace('\n', "\r\n");
    let macintosh = CSV.replace('\n', "\r");
    let tabs = CSV.replace(',', "\t");
    for bytes in [
        CSV.as_bytes(),
        marked.as_bytes(),
        &gb18030,
        &utf16,
        windows.as_bytes(),
        macintosh.as_bytes(),
        tabs.as_bytes(),
    ] {
        assert_eq!(read_sheet(bytes, SheetKind::Csv).as_ref(), Ok(&expected));
    }
}

#[test]
fn row_numbers_are_those_the_spreadsheet_program_shows() {
    let csv = "\n名称,类别\n\"一\n园\",幼儿园\n\n二园,幼儿园\n";
    let sheet = read_sheet(csv.as_bytes(), SheetKind::Csv).unwrap();
    assert_eq!(sheet.header_row, 2);
    assert_eq!(sheet.rows, [row(3, &["一\n园", "幼儿园"]), row(5, &["二园", "幼儿园"])]);
    let sheet = read_sheet(&xlsx(&[&[], &["名称"], &[], &["一园"]]), SheetKind::Xlsx).unwrap();
    assert_eq!((sheet.header_row, sheet.rows), (2, vec![row(4, &["一园"])]));
}

#[test]
fn xlsx_numbers_and_empty_cells_become_the_text_a_person_sees() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "名称").unwrap().write_string(0, 3, "学校代码").unwrap();
    sheet.write_string(1, 0, "一园").unwrap().write_number(1, 3, 3_636_000_123.0).unwrap();
    sheet.write_boolean(1, 1, true).unwrap().write_number(1, 2, 1.5).unwrap();
    let sheet = read_sheet(&book.save_to_buffer().unwrap(), SheetKind::Xlsx).unwrap();
    assert_eq!(sheet.headers, ["名称", "", "", "学校代码"]);
    assert_eq!(sheet.rows, [row(2, &["一园", "TRUE", "1.5", "3636000123"])]);
}

#[test]
fn kinds_are_told_by_name_and_checked_by_content() {
    assert_eq!(SheetKind::of_name("底册.XLSX"), Ok(SheetKind::Xlsx));
    assert_eq!(SheetKind::of_name("a.b.csv"), Ok(SheetKind::Csv));
    assert!(SheetKind::of_name("register.ods").is_err());
    let book = xlsx(&[&["名称"]]);
    let named_csv = read_sheet(&book, SheetKind::Csv).unwrap_err();
    assert_eq!(named_csv.message_zh(), "文件内容与扩展名不符：应为 CSV，实为 XLSX");
    let old = read_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetKind::Xlsx).unwrap_err();
    assert!(old.to_string().contains("XLS or a file with a password"));
}

#[test]
fn a_zero_is_told_by_its_place_in_the_file_whatever_the_encoding() {
    let gb18030 = [&[0xc3, 0xfb, 0xb3, 0xc6], &b",\0\n"[..]].concat();
    assert_eq!(read_sheet(&gb18030, SheetKind::Csv), Err(SheetError::NotText { offset: 5 }));
    let utf16: Vec<u8> = "\u{feff}名称,\0\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_sheet(&utf16, SheetKind::Csv), Err(SheetError::NotText { offset: 8 }));
    assert_eq!(
        read_sheet("\u{feff}名,\0".as_bytes(), SheetKind::Csv),
        Err(SheetError::NotText { offset: 7 })
    );
}

#[test]
fn broken_files_are_errors_that_say_what_is_broken() {
    let book = xlsx(&[&["名称", "类别"], &["一园", "幼儿园"]]);
    for cut in [0, 1, 4, 30, book.len() / 2, book.len() - 1] {
        let error = read_sheet(&book[..cut], SheetKind::Xlsx).unwrap_err();
        assert!(matches!(error, SheetError::Broken { .. }), "{cut}: {error:?}");
    }
    let not_text = read_sheet(b"a,b\n\xff\xff\xff,c\n", SheetKind::Csv).unwrap_err();
    assert_eq!(not_text, SheetError::NotText { offset: 4 });
    assert!(matches!(read_sheet(b"a,\0\n", SheetKind::Csv), Err(SheetError::NotText { .. })));
    for empty in ["", "\n\n", " , \n,,\n"] {
        assert_eq!(read_sheet(empty.as_bytes(), SheetKind::Csv), Err(SheetError::Empty));
    }
    let unclosed = xlsx_with_part(SHEET_1, b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\">");
    let error = read_sheet(&unclosed, SheetKind::Xlsx).unwrap_err();
    assert!(error.message_zh().starts_with("文件已损坏：sheet"), "{error:?}");
    let backwards =
        worksheet("<row r=\"9\"><c r=\"A9\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
    let error = read_sheet(&xlsx_with_part(SHEET_1, &backwards), SheetKind::Xlsx).unwrap_err();
    assert!(error.to_string().contains("row 2 comes after row 9"), "{error}");
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_refused_before_it_is_parsed() {
    let bomb = xlsx_with_part("xl/media/image1.png", &vec![0; 200 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
    assert_eq!(read_sheet(&bomb, SheetKind::Xlsx), Err(SheetError::UnpackedTooLarge));
}

#[test]
fn a_table_of_strings_that_claims_more_than_it_can_hold_is_refused() {
    // The parser would reserve memory for the claim: 96 GB here.
    let claims = b"<sst uniqueCount = \"4000000000\"><si><t>a</t></si></sst>";
    let error = read_sheet(&xlsx_with_part("xl/sharedStrings.xml", claims), SheetKind::Xlsx).unwrap_err();
    assert!(error.to_string().contains("claims 4000000000 strings"), "{error}");
}

#[test]
fn limits_on_size_rows_columns_and_text_are_kept() {
    let large = vec![b'a'; FILE_BYTES_MAX + 1];
    assert_eq!(
        read_sheet(&large, SheetKind::Csv),
        Err(SheetError::FileTooLarge { bytes: FILE_BYTES_MAX + 1 })
    );
    let long = "a\n".repeat(ROWS_MAX + 2);
    let error = read_sheet(long.as_bytes(), SheetKind::Csv).unwrap_err();
    assert_eq!(error, SheetError::TooManyRows { row: ROWS_MAX as u32 + 2 });
    assert!(error.is_limit());
    let exactly = read_sheet("a\n".repeat(ROWS_MAX + 1).as_bytes(), SheetKind::Csv).unwrap();
    assert_eq!(exactly.rows.len(), ROWS_MAX);
    let wide = format!("a{}b\n", ",".repeat(COLUMNS_MAX));
    assert_eq!(read_sheet(wide.as_bytes(), SheetKind::Csv), Err(SheetError::TooManyColumns { row: 1 }));
    // Two cells in opposite corners: a dense rectangle of them would need hundreds of gigabytes.
    let corners = worksheet(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    let error = read_sheet(&xlsx_with_part(SHEET_1, &corners), SheetKind::Xlsx);
    assert_eq!(error, Err(SheetError::TooManyColumns { row: 1_048_576 }));
    // One long text that very many cells share: the file stays small, the rows would not.
    let mut cells = String::new();
    for row in 1..=30_000 {
        let cell = |column| format!("<c r=\"{column}{row}\" t=\"s\"><v>0</v></c>");
        cells.extend([
            format!("<row r=\"{row}\">"),
            ["A", "B", "C", "D", "E"].map(cell).concat(),
            "</row>".into(),
        ]);
    }
    let book = with_part(&xlsx(&[&["长".repeat(300).as_str()]]), SHEET_1, &worksheet(&cells));
    assert!(book.len() < 2 * 1024 * 1024, "{}", book.len());
    assert!(matches!(read_sheet(&book, SheetKind::Xlsx), Err(SheetError::TooMuchText { .. })));
}

#[test]
fn a_cell_longer_than_the_limit_reaches_the_rules_as_too_long() {
    let csv = format!("单位名称,类别,县\n{},幼儿园,黎川县\n", "长".repeat(100_000));
    let sheet = read_sheet(csv.as_bytes(), SheetKind::Csv).unwrap();
    let imported = read_rows(sheet.header_row, &sheet.headers, &sheet.rows, &jiangxi_regions());
    assert_eq!(imported.errors.len(), 1);
    assert_eq!((imported.errors[0].row, &imported.errors[0].reason), (2, &Reason::TooLong));
}

#[test]
fn the_error_sheet_lists_every_error_and_keeps_formulas_as_text() {
    let errors = [
        RowError::new(7, "类别", "=1+1", Reason::UnknownCategory),
        RowError::new(9, "单位名称", "坏\u{1}字", Reason::BadCharacter),
    ];
    let book = error_sheet(&errors).unwrap();
    let sheet = read_sheet(&book, SheetKind::Xlsx).unwrap();
    assert_eq!(sheet.headers[0], "行 Row");
    assert_eq!(
        sheet.rows[0].cells,
        ["7", "类别", "=1+1", "类别不在字典中", "no such category", "unknown_category"]
    );
    assert_eq!(sheet.rows.len(), 2);
    let mut archive = ZipArchive::new(Cursor::new(&book)).unwrap();
    let part = std::io::read_to_string(archive.by_name(SHEET_1).unwrap()).unwrap();
    assert!(!part.contains("<f>"), "no formula anywhere");
    assert_eq!(book, error_sheet(&errors).unwrap(), "equal errors make equal bytes");
}

#[test]
fn the_template_has_the_headers_that_the_import_reads() {
    let sheet = read_sheet(&template_sheet().unwrap(), SheetKind::Xlsx).unwrap();
    let columns: Vec<_> = sheet.headers.iter().map(|header| Column::parse(header)).collect();
    assert_eq!(columns, Column::ALL.map(Some));
    assert!(sheet.rows.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_sheet(&bytes, SheetKind::Csv);
        let _ = read_sheet(&bytes, SheetKind::Xlsx);
    }

    #[test]
    fn no_damage_to_a_good_book_makes_reading_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut book = xlsx(&[&["名称", "类别"], &["一园", "幼儿园"]]);
        for (index, byte) in damage {
            let index = index.index(book.len());
            book[index] = byte;
        }
        let _ = read_sheet(&book, SheetKind::Xlsx);
    }

    #[test]
    fn no_damage_to_a_worksheet_makes_reading_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), "[<>/a-z0-9\"= &;]{0,4}"), 1..4),
    ) {
        let mut part = String::from_utf8(worksheet(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"b\"><v>1</v></c><c r=\"C1\"><v>1.5</v></c></row>",
        )).unwrap();
        for (index, insert) in damage {
            part.insert_str(index.index(part.len()), &insert);
        }
        let _ = read_sheet(&xlsx_with_part(SHEET_1, part.as_bytes()), SheetKind::Xlsx);
    }
}
