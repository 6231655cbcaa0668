//! The empty sheet that people fill in: headers, lists to choose from, and a second sheet that says what each column wants.

use domain::category::CATEGORIES;
use domain::register::import::{Column, ROWS_MAX};
use domain::unit::{Connection, Duty, Ownership, StudyLevel};
use rust_xlsxwriter::{DataValidation, Format, Worksheet};

use crate::write::{WriteError, header, workbook};

/// Writes the template for importing units as XLSX.
pub fn template_sheet() -> Result<Vec<u8>, WriteError> {
    let mut book = workbook()?;
    let units = book.add_worksheet();
    units.set_name("单位 Units")?;
    header(units, &Column::ALL.map(|column| (column.header_zh().to_owned(), width(column))))?;
    // Text cells keep the leading zeros and all ten digits of a code.
    let as_text = Format::new().set_num_format("@");
    for (index, column) in Column::ALL.into_iter().enumerate() {
        units.set_column_format(index as u16, &as_text)?;
        choices(units, index as u16, &words(column))?;
    }
    let notes = book.add_worksheet();
    notes.set_name("说明 Notes")?;
    header(notes, &[("列", 16.0), ("Column", 14.0), ("填写要求", 60.0), ("What it wants", 60.0)].map(owned))?;
    for (index, column) in Column::ALL.into_iter().enumerate() {
        let (zh, en) = wants(column);
        let line = index as u32 + 1;
        for (place, text) in [column.header_zh(), column.header_en(), zh, en].into_iter().enumerate() {
            notes.write_string(line, place as u16, text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn owned((title, width): (&str, f64)) -> (String, f64) {
    (title.to_owned(), width)
}

fn choices(sheet: &mut Worksheet, column: u16, words: &[&str]) -> Result<(), WriteError> {
    if words.is_empty() {
        return Ok(());
    }
    let list = DataValidation::new().allow_list_strings(words)?;
    sheet.add_data_validation(1, column, ROWS_MAX as u32, column, &list)?;
    Ok(())
}

fn width(column: Column) -> f64 {
    match column {
        Column::Name => 36.0,
        Column::Category | Column::Duty => 20.0,
        _ => 14.0,
    }
}

/// The closed lists.
fn words(column: Column) -> Vec<&'static str> {
    match column {
        Column::Category => CATEGORIES.into_iter().map(domain::category::Category::name_zh).collect(),
        Column::Ownership => Ownership::ALL.iter().map(|value| value.name_zh()).collect(),
        Column::StudyLevel => StudyLevel::ALL.iter().map(|value| value.name_zh()).collect(),
        Column::Boarding => vec!["是", "否"],
        Column::Connection => Connection::ALL.iter().map(|value| value.name_zh()).collect(),
        Column::Duty => Duty::ALL.iter().map(|value| value.name_zh()).collect(),
        Column::Name | Column::City | Column::County | Column::SchoolCode => Vec::new(),
    }
}

fn wants(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::Name => {
            ("必填，单位全称，同一地区内不得重复", "Required. Official full name, once per region")
        }
        Column::Category => ("必填，从列表中选择", "Required. Choose from the list"),
        Column::City => (
            "设区市全称、简称或六位区划代码；不属于设区市的填“省本级”",
            "Name, short name or six-digit code of the city; 省本级 for units of the province itself",
        ),
        Column::County => (
            "中等职业学校、寄宿制中小学校、幼儿园、校外培训机构必填",
            "Required for vocational and boarding schools, kindergartens and training institutions",
        ),
        Column::Ownership => ("高校必填", "Required for universities"),
        Column::StudyLevel => ("高校必填，其他单位留空", "Required for universities, empty for all others"),
        Column::Boarding => ("是或否", "是 (yes) or 否 (no)"),
        Column::SchoolCode => ("10位数字，没有可留空", "Ten digits, or empty"),
        Column::Connection | Column::Duty => ("留空表示不改变", "Empty leaves it as it is"),
    }
}
