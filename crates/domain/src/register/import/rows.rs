//! From rows to wanted units.

use std::collections::HashMap;

use super::{CELL_CHARS_MAX, Column, ERRORS_MAX, ROWS_MAX, Reason, Row, RowError, cells};
use crate::category::Category;
use crate::ids::{RegionId, UnitId};
use crate::region::{Region, RegionLevel};
use crate::register::counts::OUTSIDE_CITIES;
use crate::register::regions::named;
use crate::unit::{Connection, Duty, Ownership, StudyLevel, Unit};

/// What a row asks for. A field that is none was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedUnit {
    /// Row in the sheet.
    pub row: u32,
    /// Official full name.
    pub name: String,
    /// Category.
    pub category: Category,
    /// County, or the region above it for units run at that level.
    pub region_id: RegionId,
    /// Public or private.
    pub ownership: Option<Ownership>,
    /// Universities only.
    pub study_level: Option<StudyLevel>,
    /// Boarding.
    pub boarding: Option<bool>,
    /// School code.
    pub school_code: Option<String>,
    /// Connection state.
    pub connection: Option<Connection>,
    /// Duty state.
    pub duty: Option<Duty>,
}

/// The outcome of reading a sheet. Nothing may be stored unless `errors` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Good rows in sheet order.
    pub units: Vec<WantedUnit>,
    /// Everything wrong, in sheet order, at most [`ERRORS_MAX`].
    pub errors: Vec<RowError>,
    /// Further errors that are not listed.
    pub errors_not_listed: usize,
    /// Headers that mean nothing to us; their columns were not read.
    pub ignored_columns: Vec<String>,
}

impl WantedUnit {
    /// The unit as it shall stand. `now` is the stored unit the row means, none for a new one; attributes not given keep their
    /// stored value, or start as not connected and without duty.
    pub fn into_unit(self, id: UnitId, now: Option<&Unit>) -> Unit {
        Unit {
            id,
            name: self.name,
            category: self.category,
            region_id: self.region_id,
            ownership: self.ownership.or(now.and_then(|now| now.ownership)),
            study_level: self.study_level,
            boarding: self.category == Category::BoardingSchool
                || self.boarding.or(now.map(|now| now.boarding)).unwrap_or(false),
            school_code: self.school_code.or_else(|| now.and_then(|now| now.school_code.clone())),
            connection: self.connection.or(now.map(|now| now.connection)).unwrap_or(Connection::NotStarted),
            duty: self.duty.or(now.map(|now| now.duty)).unwrap_or(Duty::None),
            synthetic: now.is_some_and(|now| now.synthetic),
        }
    }
}

/// Reads a sheet against a region tree. `header_row` is the number of the header's row; rows without any text are skipped.
pub fn read_rows(header_row: u32, headers: &[String], rows: &[Row], regions: &[Region]) -> Imported {
    let mut imported = Imported::default();
    let sheet = match Sheet::of(header_row, headers, &mut imported) {
        Some(sheet) if rows.len() <= ROWS_MAX => sheet,
        Some(_) => {
            let number = rows[ROWS_MAX].number;
            imported.refuse(RowError::new(number, "", &rows.len().to_string(), Reason::TooManyRows));
            return imported;
        }
        None => return imported,
    };
    let mut seen = Seen::default();
    for row in rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())) {
        let mut reader = RowReader { sheet: &sheet, row, regions, errors: Vec::new() };
        let wanted = reader.wanted();
        if let Some(wanted) = &wanted {
            seen.check(wanted, &mut reader);
        }
        match wanted {
            Some(wanted) if reader.errors.is_empty() => imported.units.push(wanted),
            _ => reader.errors.into_iter().for_each(|error| imported.refuse(error)),
        }
    }
    imported
}

impl Imported {
    fn refuse(&mut self, error: RowError) {
        if self.errors.len() < ERRORS_MAX { self.errors.push(error) } else { self.errors_not_listed += 1 }
    }
}

/// Where each column stands.
struct Sheet<'a> {
    headers: &'a [String],
    at: HashMap<Column, usize>,
}

impl<'a> Sheet<'a> {
    /// None, with the errors told, where the header does not do.
    fn of(header_row: u32, headers: &'a [String], imported: &mut Imported) -> Option<Self> {
        let mut at = HashMap::new();
        for (index, header) in headers.iter().enumerate() {
            match Column::parse(header) {
                None if header.trim().is_empty() => {}
                None => imported.ignored_columns.push(header.chars().take(CELL_CHARS_MAX).collect()),
                Some(column) if at.contains_key(&column) => {
                    imported.refuse(RowError::new(
                        header_row,
                        header.clone(),
                        header,
                        Reason::DuplicateColumn,
                    ));
                }
                Some(column) => {
                    at.insert(column, index);
                }
            }
        }
        let mut missing = |column: Column| {
            imported.refuse(RowError::new(header_row, column.header_zh(), "", Reason::MissingColumn));
        };
        for column in [Column::Name, Column::Category] {
            if !at.contains_key(&column) {
                missing(column);
            }
        }
        if !at.contains_key(&Column::City) && !at.contains_key(&Column::County) {
            missing(Column::City);
        }
        imported.errors.is_empty().then_some(Self { headers, at })
    }
}

/// One row being read; errors gather so that a person sees all of a row at once.
struct RowReader<'a> {
    sheet: &'a Sheet<'a>,
    row: &'a Row,
    regions: &'a [Region],
    errors: Vec<RowError>,
}

impl RowReader<'_> {
    fn wanted(&mut self) -> Option<WantedUnit> {
        self.check_cells_without_header();
        let name = self.required(Column::Name, |cell| Ok(cell.to_owned()));
        let category = self.required(Column::Category, cells::category);
        let region_id = self.region(category);
        let ownership = self.optional(Column::Ownership, |cell| {
            cells::word(cell, &Ownership::ALL, |v| [v.name_zh(), v.as_str(), v.name_en()])
        });
        let study_level = self.optional(Column::StudyLevel, |cell| {
            cells::word(cell, &StudyLevel::ALL, |v| [v.name_zh(), v.as_str(), v.name_en()])
        });
        let boarding = self.optional(Column::Boarding, cells::yes_or_no);
        let school_code = self.optional(Column::SchoolCode, cells::school_code);
        let connection = self.optional(Column::Connection, |cell| {
            cells::word(cell, &Connection::ALL, |v| [v.name_zh(), v.as_str(), v.name_en()])
        });
        let duty = self.optional(Column::Duty, |cell| {
            cells::word(cell, &Duty::ALL, |v| [v.name_zh(), v.as_str(), v.name_en()])
        });
        self.check_kind(category, ownership, study_level, boarding);
        Some(WantedUnit {
            row: self.row.number,
            name: name?,
            category: category?,
            region_id: region_id?,
            ownership,
            study_level,
            boarding,
            school_code,
            connection,
            duty,
        })
    }

    /// What the category demands of the other columns (R13, R16).
    fn check_kind(
        &mut self,
        category: Option<Category>,
        ownership: Option<Ownership>,
        study_level: Option<StudyLevel>,
        boarding: Option<bool>,
    ) {
        match category {
            Some(Category::University) => {
                for (column, given) in
                    [(Column::Ownership, ownership.is_some()), (Column::StudyLevel, study_level.is_some())]
                {
                    if !given && !self.has_error(column) {
                        self.refuse(column, Reason::Required);
                    }
                }
            }
            Some(_) if study_level.is_some() => self.refuse(Column::StudyLevel, Reason::UniversitiesOnly),
            _ => {}
        }
        if category == Some(Category::BoardingSchool) && boarding == Some(false) {
            self.refuse(Column::Boarding, Reason::NotBoarding);
        }
    }

    fn region(&mut self, category: Option<Category>) -> Option<RegionId> {
        let city_text = self.optional(Column::City, |cell| Ok(cell.to_owned()));
        let county_text = self.optional(Column::County, |cell| Ok(cell.to_owned()));
        let regions = self.regions;
        let province = regions.iter().find(|region| region.level == RegionLevel::Province)?;
        let outside =
            |text: &str| text == OUTSIDE_CITIES || text == province.name || text == province.short_name;
        let city = match city_text.as_deref() {
            None if self.has_error(Column::City) => return None,
            None => None,
            Some(text) if outside(text) => Some(province),
            Some(text) => match named(regions, RegionLevel::City, None, text).first() {
                Some(city) => Some(*city),
                None => return self.no_region(Column::City, Reason::UnknownCity),
            },
        };
        if let Some(county) = county_text {
            let below = city.filter(|city| city.level == RegionLevel::City).map(|city| city.id);
            return match named(regions, RegionLevel::County, below, &county)[..] {
                [county] => Some(county.id),
                [] => self.no_region(Column::County, Reason::UnknownCounty),
                _ => self.no_region(Column::County, Reason::AmbiguousCounty),
            };
        }
        let Some(city) = city else { return self.no_region(Column::City, Reason::Required) };
        let has_counties = regions.iter().any(|region| region.parent_id == Some(city.id));
        if category.is_some_and(Category::by_city) && has_counties {
            return self.no_region(Column::County, Reason::CountyRequired);
        }
        Some(city.id)
    }

    fn no_region(&mut self, column: Column, reason: Reason) -> Option<RegionId> {
        if !self.has_error(column) {
            self.refuse(column, reason);
        }
        None
    }

    fn check_cells_without_header(&mut self) {
        let headers = self.sheet.headers;
        let nameless = |index: usize| headers.get(index).is_none_or(|header| header.trim().is_empty());
        let mut cells = self.row.cells.iter().enumerate();
        let beyond =
            cells.find(|(index, cell)| !cell.trim().is_empty() && nameless(*index)).map(|(_, cell)| cell);
        if let Some(cell) = beyond {
            self.errors.push(RowError::new(self.row.number, "", cell, Reason::CellWithoutHeader));
        }
    }

    fn required<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        let value = self.optional(column, read);
        if value.is_none() && !self.has_error(column) {
            self.refuse(column, Reason::Required);
        }
        value
    }

    /// None where the cell is empty, its column absent, or its content refused.
    fn optional<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        match cells::text(self.cell(column)) {
            Ok("") => None,
            Ok(text) => match read(text) {
                Ok(value) => Some(value),
                Err(reason) => {
                    self.refuse(column, reason);
                    None
                }
            },
            Err(reason) => {
                self.refuse(column, reason);
                None
            }
        }
    }

    fn cell(&self, column: Column) -> &str {
        let index = self.sheet.at.get(&column);
        index.and_then(|index| self.row.cells.get(*index)).map_or("", String::as_str)
    }

    fn header(&self, column: Column) -> String {
        self.sheet.at.get(&column).map_or(column.header_zh(), |index| &self.sheet.headers[*index]).to_owned()
    }

    fn has_error(&self, column: Column) -> bool {
        let header = self.header(column);
        self.errors.iter().any(|error| error.column == header)
    }

    fn refuse(&mut self, column: Column, reason: Reason) {
        let error = RowError::new(self.row.number, self.header(column), self.cell(column), reason);
        self.errors.push(error);
    }
}

/// Keys of earlier rows.
#[derive(Default)]
struct Seen {
    codes: HashMap<String, u32>,
    names: HashMap<(RegionId, String), u32>,
}

impl Seen {
    fn check(&mut self, wanted: &WantedUnit, reader: &mut RowReader<'_>) {
        if let Some(code) = &wanted.school_code {
            let first_row = *self.codes.entry(code.clone()).or_insert(wanted.row);
            if first_row != wanted.row {
                reader.refuse(Column::SchoolCode, Reason::DuplicateCode { first_row });
            }
        }
        let first_row = *self.names.entry((wanted.region_id, wanted.name.clone())).or_insert(wanted.row);
        if first_row != wanted.row {
            reader.refuse(Column::Name, Reason::DuplicateName { first_row });
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
