//! The rules of entering devices by a sheet: what its rows must say, and what is wrong with those that do not.
//!
//! A device is entered for a unit, which is named by its school code or by its own id here. Not here: finding the unit, and sealing the
//! secret (`platform`).

use std::collections::HashMap;

use super::GbId;
use crate::ids::UnitId;
use crate::register::import::{CELL_CHARS_MAX, ERRORS_MAX, Reason, Row, RowError, school_code, text};

/// Shortest and longest secret, in characters: recorders commonly take 8 to 32; the standard names no bound.
pub const SECRET_LEN: std::ops::RangeInclusive<usize> = 8..=64;

/// The columns of a sheet of devices, each with its header in Chinese, in English, and other words for it.
const COLUMNS: [(&str, &str, &[&str]); 5] = [
    ("设备编号", "gb_id", &["国标编号", "设备国标编号", "编号"]),
    ("设备名称", "name", &["名称"]),
    ("学校代码", "school_code", &["学校标识码", "代码"]),
    ("单位编号", "unit_id", &[]),
    ("接入密码", "secret", &["密码"]),
];
const GB_ID: usize = 0;
const NAME: usize = 1;
const SCHOOL_CODE: usize = 2;
const UNIT_ID: usize = 3;
const SECRET: usize = 4;

/// What a row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedDevice {
    /// Row in the sheet.
    pub row: u32,
    /// Its 20 digits.
    pub gb_id: GbId,
    /// Its name.
    pub name: String,
    /// The unit it belongs to.
    pub unit: WantedUnitOf,
    /// Its secret; none: one is made.
    pub secret: Option<String>,
}

/// How a row names the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedUnitOf {
    /// By school code.
    SchoolCode(String),
    /// By the unit's id here.
    Id(UnitId),
}

/// The outcome of reading a sheet. Nothing may be stored unless `errors` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedDevices {
    /// Good rows in sheet order.
    pub devices: Vec<WantedDevice>,
    /// Everything wrong, in sheet order, at most [`ERRORS_MAX`].
    pub errors: Vec<RowError>,
    /// Further errors that are not listed.
    pub errors_not_listed: usize,
    /// Headers that mean nothing to us; their columns were not read.
    pub ignored_columns: Vec<String>,
}

impl ImportedDevices {
    /// Notes something wrong.
    pub fn refuse(&mut self, error: RowError) {
        if self.errors.len() < ERRORS_MAX { self.errors.push(error) } else { self.errors_not_listed += 1 }
    }
}

/// The header of the column that names the unit, for errors found later.
pub fn unit_header(unit: &WantedUnitOf) -> &'static str {
    match unit {
        WantedUnitOf::SchoolCode(_) => COLUMNS[SCHOOL_CODE].0,
        WantedUnitOf::Id(_) => COLUMNS[UNIT_ID].0,
    }
}

/// The header of the column of ids.
pub fn gb_id_header() -> &'static str {
    COLUMNS[GB_ID].0
}

/// Reads a sheet. `header_row` is the number of the header's row; rows without any text are skipped.
pub fn read_rows(header_row: u32, headers: &[String], rows: &[Row]) -> ImportedDevices {
    let mut imported = ImportedDevices::default();
    let Some(at) = columns(header_row, headers, &mut imported) else { return imported };
    let mut seen = HashMap::new();
    for row in rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())) {
        let read = read_row(row, &at, |column, value, reason| {
            imported.refuse(RowError::new(row.number, COLUMNS[column].0, value, reason));
        });
        let Some(wanted) = read else { continue };
        if let Some(first_row) = seen.insert(wanted.gb_id, wanted.row) {
            let reason = Reason::DuplicateGbId { first_row };
            imported.refuse(RowError::new(row.number, COLUMNS[GB_ID].0, wanted.gb_id.as_str(), reason));
            continue;
        }
        imported.devices.push(wanted);
    }
    imported
}

type At = [Option<usize>; COLUMNS.len()];

fn columns(header_row: u32, headers: &[String], imported: &mut ImportedDevices) -> Option<At> {
    let mut at: At = [None; COLUMNS.len()];
    for (index, header) in headers.iter().enumerate() {
        let plain = header.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
        let is_it = |(zh, en, others): &(&str, &str, &[&str])| {
            plain == *zh || plain == *en || others.contains(&plain.as_str())
        };
        match COLUMNS.iter().position(is_it) {
            None if plain.is_empty() => {}
            None => imported.ignored_columns.push(header.chars().take(CELL_CHARS_MAX).collect()),
            Some(column) if at[column].is_some() => {
                imported.refuse(RowError::new(header_row, header.clone(), header, Reason::DuplicateColumn));
            }
            Some(column) => at[column] = Some(index),
        }
    }
    for column in [GB_ID, NAME] {
        if at[column].is_none() {
            imported.refuse(RowError::new(header_row, COLUMNS[column].0, "", Reason::MissingColumn));
        }
    }
    if at[SCHOOL_CODE].or(at[UNIT_ID]).is_none() {
        imported.refuse(RowError::new(header_row, COLUMNS[SCHOOL_CODE].0, "", Reason::MissingColumn));
    }
    imported.errors.is_empty().then_some(at)
}

fn read_row(row: &Row, at: &At, mut refuse: impl FnMut(usize, &str, Reason)) -> Option<WantedDevice> {
    let mut cell = |column: usize| -> Option<&str> {
        let raw = at[column].and_then(|index| row.cells.get(index)).map_or("", String::as_str);
        match text(raw) {
            Ok(text) => Some(text),
            Err(reason) => {
                refuse(column, raw, reason);
                None
            }
        }
    };
    let (gb_id, name, code) = (cell(GB_ID)?, cell(NAME)?, cell(SCHOOL_CODE)?);
    let (unit_id, secret) = (cell(UNIT_ID)?, cell(SECRET)?);
    let mut good = true;
    let mut wrong = |column: usize, value: &str, reason: Reason| {
        refuse(column, value, reason);
        good = false;
    };
    let parsed_id = GbId::parse(gb_id).ok();
    if parsed_id.is_none() {
        wrong(GB_ID, gb_id, Reason::BadGbId);
    }
    if name.is_empty() {
        wrong(NAME, name, Reason::Required);
    }
    let unit = if unit_id.is_empty() {
        match school_code(code) {
            Ok(code) => Some(WantedUnitOf::SchoolCode(code)),
            Err(reason) => {
                wrong(SCHOOL_CODE, code, if code.is_empty() { Reason::Required } else { reason });
                None
            }
        }
    } else {
        let id = unit_id.parse().ok().map(WantedUnitOf::Id);
        if id.is_none() {
            wrong(UNIT_ID, unit_id, Reason::UnknownUnit);
        }
        id
    };
    if !secret.is_empty() && !is_secret(secret) {
        // The value is a secret: it does not go into an error sheet.
        wrong(SECRET, "", Reason::BadSecret);
    }
    good.then_some(())?;
    Some(WantedDevice {
        row: row.number,
        gb_id: parsed_id?,
        name: name.to_owned(),
        unit: unit?,
        secret: Some(secret.to_owned()).filter(|secret| !secret.is_empty()),
    })
}

/// Whether a text can be a device's secret: what every recorder's form takes and nobody loses a blank of.
pub fn is_secret(text: &str) -> bool {
    SECRET_LEN.contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(headers: &[&str], rows: &[&[&str]]) -> ImportedDevices {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(index, cells)| Row { number: index as u32 + 2, cells: own(cells) })
            .collect();
        read_rows(1, &own(headers), &rows)
    }

    const HEADERS: [&str; 4] = ["设备编号", "设备名称", "学校代码", "密码"];

    #[test]
    fn a_row_names_a_device_its_school_and_perhaps_its_secret() {
        let read = sheet(
            &HEADERS,
            &[
                &["36010200111180000001", "一号录像机", "3136000001", "geheim-2026"],
                &["36010200111180000002", "二号录像机", "3136000001", ""],
            ],
        );
        assert_eq!(read.errors, []);
        assert_eq!(read.devices[0].secret.as_deref(), Some("geheim-2026"));
        assert_eq!(read.devices[1].secret, None);
        assert_eq!(read.devices[1].unit, WantedUnitOf::SchoolCode("3136000001".to_owned()));
    }

    #[test]
    fn every_wrong_cell_is_told_and_no_secret_with_it() {
        let read = sheet(
            &HEADERS,
            &[
                &["3601", "", "31", "short"],
                &["36010200111180000001", "甲", "3136000001", ""],
                &["36010200111180000001", "乙", "3136000001", ""],
            ],
        );
        let told: Vec<_> = read.errors.iter().map(|error| (error.row, error.reason.code())).collect();
        assert_eq!(
            told,
            [
                (2, "bad_gb_id"),
                (2, "required"),
                (2, "bad_school_code"),
                (2, "bad_secret"),
                (4, "duplicate_gb_id")
            ]
        );
        assert!(read.errors.iter().all(|error| error.value != "short"));
    }

    #[test]
    fn a_sheet_without_the_columns_is_refused_as_a_whole() {
        let read = sheet(&["设备编号", "备注"], &[&["36010200111180000001", "x"]]);
        assert!(read.devices.is_empty());
        assert_eq!(read.errors.len(), 2);
        assert_eq!(read.ignored_columns, ["备注"]);
    }
}
