//! The rules of importing units: what a sheet's rows must say, and what is wrong with those that do not.
//!
//! A row becomes a [`WantedUnit`] or a list of errors with row, column, value and reason; one bad row is enough for the caller to
//! import nothing. Headers are Chinese or English. A column that is absent leaves that attribute of an existing unit as it is. Not
//! here: reading files (`documents`), finding the unit that a row means and storing it (`platform`, `store`).

mod cells;
mod reason;
mod rows;

pub use cells::{school_code, text};
pub use reason::{Reason, RowError};
pub use rows::{Imported, WantedUnit, read_rows};

/// Rows below the header that one file may have: more than twice a province.
pub const ROWS_MAX: usize = 50_000;

/// Characters that one cell may have; the longest official names stay below 60.
pub const CELL_CHARS_MAX: usize = 200;

/// Errors listed at most; beyond that a file is wrong as a whole and only the number is told.
pub const ERRORS_MAX: usize = 5_000;

/// One row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet program numbers it: the header is usually 1.
    pub number: u32,
    /// Cells in the order of the headers; a short row means empty cells at its end.
    pub cells: Vec<String>,
}

/// The columns of a sheet of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Official full name; required.
    Name,
    /// Category; required.
    Category,
    /// City-level region, or 省本级; required unless the county alone decides.
    City,
    /// County; required for categories counted by city, where the city has counties (R67).
    County,
    /// Public or private; required for universities.
    Ownership,
    /// Undergraduate or vocational; universities only, required there.
    StudyLevel,
    /// Boarding or not.
    Boarding,
    /// Ten-digit school code.
    SchoolCode,
    /// Connection state.
    Connection,
    /// Duty state.
    Duty,
}

impl Column {
    /// All columns in the order of the template.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Category,
        Self::City,
        Self::County,
        Self::Ownership,
        Self::StudyLevel,
        Self::Boarding,
        Self::SchoolCode,
        Self::Connection,
        Self::Duty,
    ];

    /// The header of the template.
    pub fn header_zh(self) -> &'static str {
        self.headers().0
    }

    /// The header in English sheets; also the column's name in the API.
    pub fn header_en(self) -> &'static str {
        self.headers().1
    }

    /// Reads a header. Spaces and the kind of brackets do not matter.
    pub fn parse(header: &str) -> Option<Self> {
        let plain: String = header
            .trim()
            .trim_start_matches('\u{feff}')
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '(' => '（',
                ')' => '）',
                c => c.to_ascii_lowercase(),
            })
            .collect();
        Self::ALL.into_iter().find(|column| {
            plain == column.header_zh()
                || plain == column.header_en()
                || column.synonyms().contains(&plain.as_str())
        })
    }

    fn headers(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("单位名称", "name"),
            Self::Category => ("类别", "category"),
            Self::City => ("设区市", "city"),
            Self::County => ("县（市、区）", "county"),
            Self::Ownership => ("办学性质", "ownership"),
            Self::StudyLevel => ("办学层次", "study_level"),
            Self::Boarding => ("寄宿", "boarding"),
            Self::SchoolCode => ("学校代码", "school_code"),
            Self::Connection => ("接入状态", "connection"),
            Self::Duty => ("值班状态", "duty"),
        }
    }

    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["学校名称", "名称"],
            Self::Category => &["单位类别"],
            Self::City => &["市"],
            Self::County => &["县", "县区", "县市区", "县（区）"],
            Self::Boarding => &["是否寄宿", "寄宿制"],
            Self::SchoolCode => &["学校标识码", "代码"],
            Self::Duty => &["值守状态"],
            Self::Ownership | Self::StudyLevel | Self::Connection => &[],
        }
    }
}
