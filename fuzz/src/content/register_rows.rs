//! Rows of a register sheet: text with tabs and line feeds, the first line being the header.

use std::collections::HashSet;

use domain::category::Category;
use domain::register::import::{CELL_CHARS_MAX, Column, ERRORS_MAX, Imported, Row, WantedUnit, read_rows};
use domain::register::regions::jiangxi_regions;
use domain::unit::{Connection, Duty, Ownership, StudyLevel};

/// What is good can be written as a row and read back as the same; what is wrong is told with a row that exists.
pub fn register_rows(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n').map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let headers = lines.next().unwrap_or_default();
    let rows: Vec<Row> = (2..).zip(lines).map(|(number, cells)| Row { number, cells }).collect();
    check(1, &headers, &rows);
}

/// Reads rows and asks for everything that must hold.
pub fn check(header_row: u32, headers: &[String], rows: &[Row]) {
    let imported = read_rows(header_row, headers, rows, &jiangxi_regions());
    let numbers: HashSet<u32> = rows.iter().map(|row| row.number).chain([header_row]).collect();
    assert!(imported.errors.len() <= ERRORS_MAX);
    assert!(imported.errors_not_listed == 0 || imported.errors.len() == ERRORS_MAX);
    assert!(imported.errors.is_sorted_by_key(|error| error.row));
    for error in &imported.errors {
        assert!(numbers.contains(&error.row), "{error:?}");
        assert!(!error.message_zh.is_empty() && !error.message_en.is_empty(), "{error:?}");
    }
    assert!(imported.units.len() <= rows.len());
    assert!(imported.units.is_sorted_by(|one, next| one.row < next.row), "a row makes one unit");
    for unit in &imported.units {
        assert!(numbers.contains(&unit.row), "{unit:?}");
        assert!((1..=CELL_CHARS_MAX).contains(&unit.name.chars().count()), "{unit:?}");
        assert!(unit.name.trim() == unit.name && !unit.name.chars().any(char::is_control), "{unit:?}");
        assert!(unit.category != Category::University || unit.study_level.is_some(), "{unit:?}");
    }
    // A whole province is not read twice for every input.
    if imported.units.len() <= 200 {
        read_back(&imported);
    }
}

fn read_back(imported: &Imported) {
    let headers = Column::ALL.map(|column| column.header_zh().to_owned());
    let rows: Vec<Row> = imported.units.iter().map(written).collect();
    let again = read_rows(1, &headers, &rows, &jiangxi_regions());
    assert_eq!(again.errors, [], "what was written from good rows is refused");
    assert_eq!(again.units, imported.units);
}

/// A unit as a row of the template.
fn written(unit: &WantedUnit) -> Row {
    let regions = jiangxi_regions();
    let region = regions.iter().find(|region| region.id == unit.region_id).expect("a region of the tree");
    let above = regions.iter().find(|above| Some(above.id) == region.parent_id);
    let (city, county) = match above {
        Some(city) if city.parent_id.is_some() => (city.name.clone(), region.name.clone()),
        _ => (region.name.clone(), String::new()),
    };
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let cell = |column: Column| match column {
        Column::Name => unit.name.clone(),
        Column::Category => unit.category.name_zh().to_owned(),
        Column::City => city.clone(),
        Column::County => county.clone(),
        Column::Ownership => word(unit.ownership.map(Ownership::name_zh)),
        Column::StudyLevel => word(unit.study_level.map(StudyLevel::name_zh)),
        Column::Boarding => word(unit.boarding.map(|boards| if boards { "是" } else { "否" })),
        Column::SchoolCode => word(unit.school_code.as_deref()),
        Column::Connection => word(unit.connection.map(Connection::name_zh)),
        Column::Duty => word(unit.duty.map(Duty::name_zh)),
    };
    Row { number: unit.row, cells: Column::ALL.map(cell).to_vec() }
}
