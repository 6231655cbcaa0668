//! What the desk shows, as files: units behind a figure, tables, differences, overdue units, trends. Rows are narrowed to the asker's
//! reach exactly as on the screen, and every export leaves a row in the audit register.

use documents::{Table as Sheet, TableCell, TableColumn, table_csv, table_sheets};
use domain::figures::{Measure, Ratio, Table};
use domain::unit::{Ownership, StudyLevel};
use jiff::Timestamp;
use store::{DifferenceFilter, FigureFilter, FrozenUnit, Snapshot};

use super::{FigureTable, SnapshotKey, TableAsk, TrendAsk};
use crate::audit::Object;
use crate::overview::BEIJING;
use crate::progress::{ProgressFilter, day};
use crate::{Ask, Platform, PlatformError};

/// Most rows of one file: the units of ten provinces.
const EXPORT_ROWS_MAX: usize = 200_000;

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// Text, UTF-8 with a byte-order mark.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Platform {
    /// The units behind a figure.
    pub async fn units_file(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &FigureFilter,
        format: SheetFormat,
    ) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(domain::role::Capability::SeeFigures)?;
        let snapshot = self.find_snapshot(key).await?;
        let units =
            self.inner.store.snapshot_unit_list(&ask.access, snapshot.id, filter, EXPORT_ROWS_MAX).await?;
        let mut notes = notes_of(&snapshot);
        notes.push(filter.measure.definition_zh().to_owned());
        self.note_export(ask, &snapshot, "units", units.len()).await?;
        written(format, move || Sheet {
            name: "单位 Units".to_owned(),
            columns: unit_columns(),
            rows: units.iter().map(unit_row).collect(),
            notes,
        })
        .await
    }

    /// A table of a measure: the rates as a matrix, then every cell with its whole numbers, place and change.
    pub async fn figures_file(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        wanted: &TableAsk,
    ) -> Result<Vec<u8>, PlatformError> {
        let found = self.figure_table(ask, key, wanted).await?;
        self.note_export(ask, &found.snapshot, "figures", found.table.rows.len()).await?;
        blocking(move || {
            let sheets = [matrix(&found), cells(&found)];
            table_sheets(&sheets).map_err(|error| PlatformError::Internal(error.to_string()))
        })
        .await
    }

    /// The units that differ between two snapshots.
    pub async fn differences_file(
        &self,
        ask: &Ask,
        (from, to): (SnapshotKey, SnapshotKey),
        filter: &DifferenceFilter,
        format: SheetFormat,
    ) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(domain::role::Capability::SeeFigures)?;
        let (from, to) = (self.find_snapshot(from).await?, self.find_snapshot(to).await?);
        let store = &self.inner.store;
        let found =
            store.snapshot_difference_list(&ask.access, from.id, to.id, filter, EXPORT_ROWS_MAX).await?;
        self.note_export(ask, &to, "differences", found.len()).await?;
        let notes = [notes_of(&from), notes_of(&to)].concat();
        written(format, move || {
            let mut columns = vec![
                TableColumn::new("变化 Change", 14.0),
                TableColumn::new("原值 Before", 20.0),
                TableColumn::new("现值 After", 20.0),
            ];
            columns.extend(unit_columns());
            let row = |one: &store::UnitDifference| {
                let mut row =
                    vec![one.difference.name_zh().into(), one.old.clone().into(), one.new.clone().into()];
                row.extend(unit_row(&one.unit));
                row
            };
            Sheet {
                name: "差异 Differences".to_owned(),
                columns,
                rows: found.iter().map(row).collect(),
                notes,
            }
        })
        .await
    }

    /// The units beyond their deadline.
    pub async fn overdue_file(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &ProgressFilter,
        format: SheetFormat,
    ) -> Result<Vec<u8>, PlatformError> {
        let (snapshot, units) = self.whole_progress(ask, key, filter, EXPORT_ROWS_MAX).await?;
        self.note_export(ask, &snapshot, "overdue", units.len()).await?;
        let notes = notes_of(&snapshot);
        written(format, move || {
            let mut columns = vec![
                TableColumn::new("期限 Deadline", 12.0),
                TableColumn::new("逾期天数 Days overdue", 12.0),
            ];
            columns.extend(unit_columns());
            let row = |one: &crate::progress::OverdueUnit| {
                let mut row = vec![TableCell::Text(one.due.to_string()), TableCell::Number(one.overdue_days)];
                row.extend(unit_row(&one.unit));
                row
            };
            Sheet { name: "逾期 Overdue".to_owned(), columns, rows: units.iter().map(row).collect(), notes }
        })
        .await
    }

    /// A figure over time.
    pub async fn trend_file(
        &self,
        ask: &Ask,
        wanted: &TrendAsk,
        format: SheetFormat,
    ) -> Result<Vec<u8>, PlatformError> {
        let trend = self.trend(ask, wanted).await?;
        let measure = wanted.measure;
        let object = Object { kind: "snapshot", name: Some("trend".to_owned()), ..Object::default() };
        self.audit(ask, "export", object, "ok", Some(format!("{} points", trend.points.len()))).await?;
        written(format, move || {
            let columns = vec![
                TableColumn::new("统计时点 As of", 18.0),
                TableColumn::new("单位数 Units", 12.0),
                TableColumn::new("总数 Of", 12.0),
                TableColumn::new(rate_title(measure), 14.0),
            ];
            let row = |point: &domain::figures::trend::Point| {
                vec![
                    TableCell::Text(in_beijing(point.as_of)),
                    TableCell::count(point.ratio.numerator),
                    TableCell::count(point.ratio.denominator),
                    TableCell::Rate { ratio: point.ratio, numerator_column: 1, denominator_column: 2 },
                ]
            };
            let rows = trend.points.iter().map(|(_, point)| row(point)).collect();
            let notes = trend.forecast.map(|forecast| forecast.basis).into_iter().collect();
            Sheet { name: "趋势 Trend".to_owned(), columns, rows, notes }
        })
        .await
    }

    async fn note_export(
        &self,
        ask: &Ask,
        snapshot: &Snapshot,
        what: &str,
        rows: usize,
    ) -> Result<(), PlatformError> {
        let object = Object {
            kind: "snapshot",
            id: Some(snapshot.id.to_string()),
            name: Some(what.to_owned()),
            unit_id: None,
        };
        self.audit(ask, "export", object, "ok", Some(format!("{rows} rows"))).await
    }
}

/// Draws and writes a table away from the threads that answer requests.
pub(crate) async fn written(
    format: SheetFormat,
    draw: impl FnOnce() -> Sheet + Send + 'static,
) -> Result<Vec<u8>, PlatformError> {
    blocking(move || {
        let sheet = draw();
        match format {
            SheetFormat::Csv => Ok(table_csv(&sheet)),
            SheetFormat::Xlsx => {
                table_sheets(&[sheet]).map_err(|error| PlatformError::Internal(error.to_string()))
            }
        }
    })
    .await
}

async fn blocking(
    work: impl FnOnce() -> Result<Vec<u8>, PlatformError> + Send + 'static,
) -> Result<Vec<u8>, PlatformError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| PlatformError::Internal(error.to_string()))?
}

fn unit_columns() -> Vec<TableColumn> {
    [
        ("单位名称 Name", 36.0),
        ("类别 Category", 18.0),
        ("设区市 City", 12.0),
        ("县（市、区） County", 14.0),
        ("办学性质 Ownership", 10.0),
        ("办学层次 Level", 10.0),
        ("学校代码 Code", 14.0),
        ("接入状态 Connection", 12.0),
        ("来源 From", 12.0),
        ("接入日期 Connected since", 12.0),
        ("值守状态 Duty", 14.0),
        ("来源 From", 12.0),
        ("值守日期 Duty since", 12.0),
        ("合成数据 Synthetic", 10.0),
    ]
    .into_iter()
    .map(|(title, width)| TableColumn::new(title, width))
    .collect()
}

fn unit_row(row: &FrozenUnit) -> Vec<TableCell> {
    let unit = &row.unit;
    let name =
        |region: &Option<(domain::ids::RegionId, String)>| region.as_ref().map(|(_, name)| name.clone());
    let word = |word: Option<&str>| word.map(str::to_owned);
    vec![
        unit.name.as_str().into(),
        unit.category.name_zh().into(),
        name(&row.city).into(),
        name(&row.county).into(),
        word(unit.ownership.map(Ownership::name_zh)).into(),
        word(unit.study_level.map(StudyLevel::name_zh)).into(),
        unit.school_code.clone().into(),
        unit.connection.name_zh().into(),
        row.connection_provenance.name_zh().into(),
        day(row.connected_since).into(),
        unit.duty.name_zh().into(),
        row.duty_provenance.name_zh().into(),
        day(row.duty_since).into(),
        if unit.synthetic { "是".into() } else { TableCell::Empty },
    ]
}

/// Category by region, rates only; the places are columns, so that the sheet reads like the page.
fn matrix(found: &FigureTable) -> Sheet {
    let table = &found.table;
    let mut columns = vec![TableColumn::new("类别 Category", 20.0), TableColumn::new(whole(found), 12.0)];
    columns.extend(table.by_city_total.iter().map(|city| TableColumn::new(city.name.clone(), 12.0)));
    columns.push(TableColumn::new(outside(found), 12.0));
    let line = |name: &str, total: Ratio, cities: &[domain::figures::CityFigure], outside: Ratio| {
        let mut row: Vec<TableCell> = vec![name.into(), TableCell::Text(total.in_words())];
        row.extend(cities.iter().map(|city| TableCell::Text(city.ratio.in_words())));
        row.push(TableCell::Text(outside.in_words()));
        row
    };
    let mut rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| line(row.category.name_zh(), row.total, &row.cities, row.outside_cities))
        .collect();
    rows.push(line("合计 Total", table.total, &table.by_city_total, table.outside_cities));
    let mut notes = notes_of(&found.snapshot);
    notes.push(found.measure.definition_zh().to_owned());
    Sheet { name: "比例 Rates".to_owned(), columns, rows, notes }
}

/// One line a cell, with the whole numbers and the rate as a formula of them.
fn cells(found: &FigureTable) -> Sheet {
    let columns = vec![
        TableColumn::new("类别 Category", 20.0),
        TableColumn::new("地区 Region", 14.0),
        TableColumn::new("单位数 Units", 12.0),
        TableColumn::new("总数 Of", 12.0),
        TableColumn::new(rate_title(found.measure), 14.0),
        TableColumn::new("名次 Rank", 8.0),
        TableColumn::new("变化（百分点） Change in points", 14.0),
    ];
    let line = |category: &str, place: &str, ratio: Ratio, rank: Option<u32>, points: Option<i64>| {
        vec![
            category.into(),
            place.into(),
            TableCell::count(ratio.numerator),
            TableCell::count(ratio.denominator),
            TableCell::Rate { ratio, numerator_column: 2, denominator_column: 3 },
            rank.map_or(TableCell::Empty, |rank| TableCell::Number(rank.into())),
            points.map_or(TableCell::Empty, |points| TableCell::Text(in_points(points))),
        ]
    };
    let before = |category| found.before.as_ref().and_then(|(_, table): &(_, Table)| table.row(category));
    let mut rows = Vec::new();
    for row in &found.table.rows {
        let name = row.category.name_zh();
        let then = before(row.category);
        let since = |now: Ratio, then: Option<Ratio>| then.and_then(|then| now.points_since(then));
        rows.push(line(name, whole(found), row.total, None, since(row.total, then.map(|row| row.total))));
        let points = then.map(|then| row.points_since(then)).unwrap_or_default();
        for (index, (city, rank)) in row.cities.iter().zip(row.ranks()).enumerate() {
            rows.push(line(name, &city.name, city.ratio, rank, points.get(index).copied().flatten()));
        }
        let points = since(row.outside_cities, then.map(|row| row.outside_cities));
        rows.push(line(name, outside(found), row.outside_cities, None, points));
    }
    let mut notes = notes_of(&found.snapshot);
    if let Some((earlier, _)) = &found.before {
        notes.push(format!("与此比较 Compared with: {} {}", in_beijing(earlier.as_of), earlier.hash));
    }
    Sheet { name: "明细 Cells".to_owned(), columns, rows, notes }
}

/// What the whole is called.
fn whole(found: &FigureTable) -> &str {
    found.city.as_ref().map_or("全省 Province", |city| city.name.as_str())
}

/// What belongs to none of the columns.
fn outside(found: &FigureTable) -> &'static str {
    if found.city.is_some() { "市本级 City itself" } else { "省本级 Province itself" }
}

fn rate_title(measure: Measure) -> String {
    format!("{} {}", measure.name_zh(), measure.name_en())
}

/// Hundredths of a percentage point as text: `+1.82`, `-0.05`, `0.00`.
fn in_points(hundredths: i64) -> String {
    let sign = match hundredths {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

fn notes_of(snapshot: &Snapshot) -> Vec<String> {
    let version = snapshot.register_version.map_or_else(
        || "底册未经批准 no approved register".to_owned(),
        |version| format!("底册第{version}版 register version {version}"),
    );
    let mut notes = vec![
        format!("统计时点 As of: {}", in_beijing(snapshot.as_of)),
        version,
        format!("快照 Snapshot SHA-256: {}", snapshot.hash),
    ];
    if snapshot.synthetic {
        notes.push("合成的示范数据，不是真实统计 Synthetic data, not real statistics".to_owned());
    }
    notes
}

pub(crate) fn in_beijing(at: Timestamp) -> String {
    BEIJING.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_signed_and_a_formula_in_no_program() {
        assert_eq!([182, -5, 0].map(in_points), ["+1.82", "−0.05", "0.00"]);
    }

    #[test]
    fn times_are_those_of_beijing() {
        assert_eq!(in_beijing("2026-09-02T00:30:00Z".parse().unwrap()), "2026-09-02 08:30");
    }
}
