//! A sheet as rows of text, its limits, and why a file may be refused.

use std::path::Path;

use domain::register::import::{CELL_CHARS_MAX, Row};
use thiserror::Error;

use crate::{read_csv, read_xlsx};

/// Bytes of a file; a province's register is about 2 MB.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;

/// Bytes that the parts of an XLSX file may unpack to, all together.
pub const UNPACKED_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Parts inside an XLSX file; spreadsheet programs write about a dozen.
pub const PARTS_MAX: usize = 1_000;

/// Rows with text below the header.
pub const ROWS_MAX: usize = domain::register::import::ROWS_MAX;

/// Columns with text.
pub const COLUMNS_MAX: usize = 64;

/// Bytes of text in all cells together: one shared string can fill millions of cells of a small file.
pub const TEXT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// Comma- or tab-separated text in UTF-8, UTF-16 with a mark, or GB18030.
    Csv,
    /// Office Open XML, first worksheet.
    Xlsx,
}

/// A sheet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Row number of the headers: the first row with any text.
    pub header_row: u32,
    /// The headers.
    pub headers: Vec<String>,
    /// The rows below that have any text. Cells longer than the import's limit are cut one character past it.
    pub rows: Vec<Row>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// More bytes than [`FILE_BYTES_MAX`].
    #[error("the file has {bytes} bytes, at most {FILE_BYTES_MAX} are read")]
    FileTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The name ends in neither .csv nor .xlsx.
    #[error("{name:?} is neither a .csv nor an .xlsx file")]
    UnknownKind {
        /// The file's name.
        name: String,
    },
    /// The content is that of another format than the name says.
    #[error("the file is not {expected} but {found}")]
    OtherKind {
        /// By its name.
        expected: &'static str,
        /// By its first bytes.
        found: &'static str,
    },
    /// Bytes that are no text in any encoding read here.
    #[error("not text: byte {offset} fits neither UTF-8 nor GB18030")]
    NotText {
        /// The first byte that does not fit UTF-8.
        offset: usize,
    },
    /// Not well-formed.
    #[error("broken file: {part}: {what}")]
    Broken {
        /// Which part of the file, or which line.
        part: String,
        /// What the parser says.
        what: String,
    },
    /// The parts unpack to more than [`UNPACKED_BYTES_MAX`].
    #[error("the file unpacks to more than {UNPACKED_BYTES_MAX} bytes")]
    UnpackedTooLarge,
    /// More than [`PARTS_MAX`] parts.
    #[error("the file has {parts} parts, at most {PARTS_MAX} are read")]
    TooManyParts {
        /// How many.
        parts: usize,
    },
    /// More than [`ROWS_MAX`] rows.
    #[error("more than {ROWS_MAX} rows (from row {row} on): split the file")]
    TooManyRows {
        /// The first row too many.
        row: u32,
    },
    /// Text beyond column [`COLUMNS_MAX`].
    #[error("row {row} has text beyond column {COLUMNS_MAX}")]
    TooManyColumns {
        /// The row.
        row: u32,
    },
    /// More than [`TEXT_BYTES_MAX`] bytes of text.
    #[error("the cells hold more than {TEXT_BYTES_MAX} bytes of text (at row {row})")]
    TooMuchText {
        /// Where the limit was passed.
        row: u32,
    },
    /// No row has text.
    #[error("the sheet is empty")]
    Empty,
}

impl SheetKind {
    /// By the ending of a file's name.
    pub fn of_name(name: &str) -> Result<Self, SheetError> {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(SheetError::UnknownKind { name: name.chars().take(CELL_CHARS_MAX).collect() }),
        }
    }
}

impl SheetError {
    /// The same for people, in Chinese.
    pub fn message_zh(&self) -> String {
        let megabytes = |bytes: usize| bytes / (1024 * 1024);
        match self {
            Self::FileTooLarge { bytes } => {
                let (is, max) = (megabytes(*bytes), megabytes(FILE_BYTES_MAX));
                format!("文件过大（{is} MB），最大 {max} MB")
            }
            Self::UnknownKind { name } => format!("“{name}”不是 .csv 或 .xlsx 文件"),
            Self::OtherKind { expected, found } => {
                format!("文件内容与扩展名不符：应为 {expected}，实为 {found}")
            }
            Self::NotText { offset } => {
                format!("不是文本文件：第 {offset} 字节既不是 UTF-8 也不是 GB18030 编码")
            }
            Self::Broken { part, what } => format!("文件已损坏：{part}：{what}"),
            Self::UnpackedTooLarge => {
                format!("文件解压后超过 {} MB", UNPACKED_BYTES_MAX / (1024 * 1024))
            }
            Self::TooManyParts { parts } => format!("文件内部部件过多（{parts} 个），最多 {PARTS_MAX} 个"),
            Self::TooManyRows { row } => format!("超过 {ROWS_MAX} 行（自第 {row} 行起），请分多个文件导入"),
            Self::TooManyColumns { row } => format!("第 {row} 行在第 {COLUMNS_MAX} 列之后还有内容"),
            Self::TooMuchText { row } => {
                format!("单元格文字总量超过 {} MB（第 {row} 行）", megabytes(TEXT_BYTES_MAX))
            }
            Self::Empty => "表格是空的".to_owned(),
        }
    }

    /// True where the file is too big rather than wrong.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::FileTooLarge { .. }
                | Self::UnpackedTooLarge
                | Self::TooManyParts { .. }
                | Self::TooManyRows { .. }
                | Self::TooManyColumns { .. }
                | Self::TooMuchText { .. }
        )
    }
}

/// Reads a file of a kind.
pub fn read_sheet(bytes: &[u8], kind: SheetKind) -> Result<Sheet, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(SheetError::FileTooLarge { bytes: bytes.len() });
    }
    match (kind, magic(bytes)) {
        (SheetKind::Csv, Some(found)) => Err(SheetError::OtherKind { expected: "CSV", found }),
        (SheetKind::Csv, None) => read_csv::read(bytes),
        (SheetKind::Xlsx, Some(OLD_EXCEL)) => {
            Err(SheetError::OtherKind { expected: "XLSX", found: OLD_EXCEL })
        }
        (SheetKind::Xlsx, _) => read_xlsx::read(bytes),
    }
}

const OLD_EXCEL: &str = "XLS or a file with a password";

/// What the first bytes tell, where they tell anything.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some("XLSX")
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Some(OLD_EXCEL)
    } else {
        None
    }
}

/// Gathers rows under the limits. Cells come row by row, left to right.
#[derive(Default)]
pub struct Gather {
    rows: Vec<Row>,
    text_bytes: usize,
}

impl Gather {
    /// Adds a cell at a row number (from 1) and a column index (from 0). Cells without text are left out.
    pub fn cell(&mut self, number: u32, column: usize, text: &str) -> Result<(), SheetError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(SheetError::TooManyColumns { row: number });
        }
        let kept: String = text.chars().take(CELL_CHARS_MAX + 1).collect();
        self.text_bytes += kept.len();
        if self.text_bytes > TEXT_BYTES_MAX {
            return Err(SheetError::TooMuchText { row: number });
        }
        let cells = self.row(number)?;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = kept;
        Ok(())
    }

    fn row(&mut self, number: u32) -> Result<&mut Vec<String>, SheetError> {
        let last = self.rows.last().map_or(0, |row| row.number);
        if number < last {
            let what = format!("row {number} comes after row {last}");
            return Err(SheetError::Broken { part: "rows".to_owned(), what });
        }
        if number > last {
            if self.rows.len() > ROWS_MAX {
                return Err(SheetError::TooManyRows { row: number });
            }
            self.rows.push(Row { number, cells: Vec::new() });
        }
        match self.rows.last_mut() {
            Some(row) => Ok(&mut row.cells),
            None => Err(SheetError::Empty),
        }
    }

    /// The first row makes the headers.
    pub fn finish(self) -> Result<Sheet, SheetError> {
        let mut rows = self.rows.into_iter();
        let header = rows.next().ok_or(SheetError::Empty)?;
        Ok(Sheet { header_row: header.number, headers: header.cells, rows: rows.collect() })
    }
}
