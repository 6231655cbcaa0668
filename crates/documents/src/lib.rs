//! Spreadsheets in, documents out.
//!
//! The only place that names calamine, csv and rust_xlsxwriter. A sheet comes in as bytes and goes out as rows of text; what the rows
//! mean is the business of `domain::register::import`. Files come from strangers: every limit is checked before the parser that it
//! protects runs, and a broken file is an error that says what is broken, never a panic.

mod edition_sheets;
mod error_sheet;
mod read_csv;
mod read_xlsx;
mod sheet;
mod table;
mod template;
mod write;

pub use edition_sheets::edition_xlsx;
pub use error_sheet::error_sheet;
pub use sheet::{
    COLUMNS_MAX, FILE_BYTES_MAX, PARTS_MAX, ROWS_MAX, Sheet, SheetError, SheetKind, TEXT_BYTES_MAX,
    UNPACKED_BYTES_MAX, read_sheet,
};
pub use table::{TABLE_ROWS_MAX, Table, TableCell, TableColumn, table_csv, table_sheets};
pub use template::template_sheet;
pub use write::WriteError;
