//! Spreadsheets in, documents out, and documents read back to text.
//!
//! The only place that names calamine, csv, hayro, quick-xml, rust_xlsxwriter and typst. A bulletin
//! ([`domain::bulletin::edition::Edition`]) becomes PDF, DOCX or XLSX, and the text of such files is read back ([`reading`]). A sheet
//! comes in as bytes and goes out as rows of text; what the rows mean is the business of `domain::register::import`. Files come from
//! strangers: every limit is checked before the parser that it protects runs, and a broken file is an error that says what is broken,
//! never a panic.

mod chart_sheet;
mod docx;
mod edition_sheets;
mod error;
mod error_sheet;
#[cfg(feature = "pdf")]
mod fonts;
mod letter;
mod number_format;
#[cfg(feature = "pdf")]
mod pdf;
mod qr;
mod read_csv;
mod read_xlsx;
pub mod reading;
mod sheet;
mod sheet_of_paper;
mod table;
mod template;
mod title;
mod write;

pub use docx::{
    Place, TEMPLATE_BYTES_MAX, TEMPLATE_PARTS_MAX, TEMPLATE_UNPACKED_BYTES_MAX, Template, TemplateError, docx,
};
pub use edition_sheets::edition_xlsx;
pub use error::PrintError;
pub use error_sheet::error_sheet;
#[cfg(feature = "pdf")]
pub use fonts::{FONT_BYTES_MAX, FaceRole, FontError, Fonts};
#[cfg(feature = "pdf")]
pub use pdf::pdf;
pub use reading::{ReadDocument, ReadError, read_document};
pub use sheet::{
    COLUMNS_MAX, FILE_BYTES_MAX, PARTS_MAX, ROWS_MAX, Sheet, SheetError, SheetKind, TEXT_BYTES_MAX,
    UNPACKED_BYTES_MAX, read_sheet,
};
pub use table::{TABLE_ROWS_MAX, Table, TableCell, TableColumn, table_csv, table_sheets};
pub use template::template_sheet;
pub use write::WriteError;
