//! What can be wrong with a cell, said in both languages.

use super::{CELL_CHARS_MAX, ROWS_MAX};

/// Characters of a wrong value that an error repeats.
const VALUE_CHARS_MAX: usize = 60;

/// One thing wrong in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Row as the spreadsheet numbers it.
    pub row: u32,
    /// Header of the column, as the sheet writes it; the template's header where the column is missing.
    pub column: String,
    /// The value found, shortened.
    pub value: String,
    /// What is wrong.
    pub reason: Reason,
    /// The same in Chinese, with what to do.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

/// Reasons, each with a stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A required column is not in the header.
    MissingColumn,
    /// Two columns have headers of the same meaning.
    DuplicateColumn,
    /// More rows than [`ROWS_MAX`].
    TooManyRows,
    /// Cells beyond the last header.
    CellWithoutHeader,
    /// Nothing in a required cell.
    Required,
    /// More characters than [`CELL_CHARS_MAX`].
    TooLong,
    /// Line breaks or control characters.
    BadCharacter,
    /// No such category.
    UnknownCategory,
    /// No such city-level region.
    UnknownCity,
    /// No such county in the city, or in the province.
    UnknownCounty,
    /// A county name that several cities have, and no city given.
    AmbiguousCounty,
    /// The category is counted by city and needs a county.
    CountyRequired,
    /// The value is none of the words of this column.
    UnknownWord {
        /// The words that would do.
        allowed: String,
    },
    /// The column is for universities only.
    UniversitiesOnly,
    /// A boarding school that says it is none.
    NotBoarding,
    /// Not ten digits.
    BadSchoolCode,
    /// The school code of an earlier row.
    DuplicateCode {
        /// That row.
        first_row: u32,
    },
    /// Not twenty digits.
    BadGbId,
    /// The device of an earlier row.
    DuplicateGbId {
        /// That row.
        first_row: u32,
    },
    /// The device is entered already.
    KnownDevice,
    /// No such unit within reach.
    UnknownUnit,
    /// Too short, too long or with blanks.
    BadSecret,
    /// Name and region of an earlier row.
    DuplicateName {
        /// That row.
        first_row: u32,
    },
}

impl RowError {
    /// An error at a cell.
    pub fn new(row: u32, column: impl Into<String>, value: &str, reason: Reason) -> Self {
        let mut shown: String = value.chars().take(VALUE_CHARS_MAX).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        let (message_zh, message_en) = reason.messages();
        Self { row, column: column.into(), value: shown, reason, message_zh, message_en }
    }
}

impl Reason {
    /// Stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingColumn => "missing_column",
            Self::DuplicateColumn => "duplicate_column",
            Self::TooManyRows => "too_many_rows",
            Self::CellWithoutHeader => "cell_without_header",
            Self::Required => "required",
            Self::TooLong => "too_long",
            Self::BadCharacter => "bad_character",
            Self::UnknownCategory => "unknown_category",
            Self::UnknownCity => "unknown_city",
            Self::UnknownCounty => "unknown_county",
            Self::AmbiguousCounty => "ambiguous_county",
            Self::CountyRequired => "county_required",
            Self::UnknownWord { .. } => "unknown_word",
            Self::UniversitiesOnly => "universities_only",
            Self::NotBoarding => "not_boarding",
            Self::BadSchoolCode => "bad_school_code",
            Self::DuplicateCode { .. } => "duplicate_code",
            Self::DuplicateName { .. } => "duplicate_name",
            Self::BadGbId => "bad_gb_id",
            Self::DuplicateGbId { .. } => "duplicate_gb_id",
            Self::KnownDevice => "known_device",
            Self::UnknownUnit => "unknown_unit",
            Self::BadSecret => "bad_secret",
        }
    }

    fn messages(&self) -> (String, String) {
        let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match self {
            Self::MissingColumn => fixed("表头缺少此列", "the header lacks this column"),
            Self::DuplicateColumn => fixed("表头中此列出现多次", "the header has this column more than once"),
            Self::TooManyRows => (
                format!("超过{ROWS_MAX}行，请分多个文件导入"),
                format!("more than {ROWS_MAX} rows: split the file"),
            ),
            Self::CellWithoutHeader => {
                fixed("该单元格所在列没有表头", "this cell stands in a column without a header")
            }
            Self::Required => fixed("必填", "must not be empty"),
            Self::TooLong => {
                (format!("超过{CELL_CHARS_MAX}个字符"), format!("longer than {CELL_CHARS_MAX} characters"))
            }
            Self::BadCharacter => {
                fixed("含有换行或控制字符", "contains a line break or another control character")
            }
            Self::UnknownCategory => fixed("类别不在字典中", "no such category"),
            Self::UnknownCity => fixed(
                "没有这个设区市；请填写全称、简称、区划代码或“省本级”",
                "no such city: write its name, short name, division code or 省本级",
            ),
            Self::UnknownCounty => fixed("该设区市下没有这个县（市、区）", "no such county in this city"),
            Self::AmbiguousCounty => fixed(
                "多个设区市有同名县（市、区），请填写设区市",
                "several cities have this county: fill in the city",
            ),
            Self::CountyRequired => {
                fixed("该类别按县（市、区）统计，必须填写", "this category is counted by county: fill it in")
            }
            Self::UnknownWord { allowed } => {
                (format!("只能填写：{allowed}"), format!("must be one of: {allowed}"))
            }
            Self::UniversitiesOnly => fixed("仅高校填写此列", "only universities have this"),
            Self::NotBoarding => {
                fixed("寄宿制中小学校的“寄宿”不能为否", "a boarding school cannot be marked as not boarding")
            }
            Self::BadSchoolCode => fixed(
                "学校代码应为10位数字；请把该列设为文本格式",
                "a school code has ten digits; format the column as text",
            ),
            Self::BadGbId => fixed(
                "设备编号应为20位数字；请把该列设为文本格式",
                "a device id has twenty digits; format the column as text",
            ),
            Self::DuplicateGbId { first_row } => {
                (format!("设备编号与第{first_row}行重复"), format!("same device id as row {first_row}"))
            }
            Self::KnownDevice => fixed("该设备已登记", "this device is entered already"),
            Self::UnknownUnit => {
                fixed("没有这个单位，或不在您的管理范围内", "no such unit within your reach")
            }
            Self::BadSecret => fixed(
                "接入密码应为8至64个字母、数字或符号，不能有空格",
                "a secret has 8 to 64 letters, digits and signs without blanks",
            ),
            Self::DuplicateCode { first_row } => {
                (format!("学校代码与第{first_row}行重复"), format!("same school code as row {first_row}"))
            }
            Self::DuplicateName { first_row } => (
                format!("同一地区的单位名称与第{first_row}行重复"),
                format!("same name in the same region as row {first_row}"),
            ),
        }
    }
}
