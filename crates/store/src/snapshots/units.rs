//! The frozen units behind a figure: which they are, where their states come from, since when they count.

use domain::access::Access;
use domain::category::{CATEGORIES, Category};
use domain::figures::Measure;
use domain::ids::{RegionId, SnapshotId, UnitId};
use domain::unit::{Ownership, Provenance, StudyLevel, Unit};
use jiff::Timestamp;
use serde::Serialize;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::read_unit;

/// Most names of one list of a bulletin; a category that is listed by name has a few dozen units.
const MAX_NAMES: usize = 5000;

/// A frozen unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrozenUnit {
    /// As it was.
    pub unit: Unit,
    /// The city-level region it belonged to; none for units run by the province.
    pub city: Option<(RegionId, String)>,
    /// The county, where it belonged to one.
    pub county: Option<(RegionId, String)>,
    /// Where its connection state came from.
    pub connection_provenance: Provenance,
    /// Where its duty state came from.
    pub duty_provenance: Provenance,
    /// Since when it counted as connected; none where it did not, and in snapshots taken before this was kept.
    pub connected_since: Option<Timestamp>,
    /// Since when it counted as on duty; none where it did not, and in snapshots taken before this was kept.
    pub duty_since: Option<Timestamp>,
}

/// Which side of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FigureValue {
    /// Counted in the numerator.
    In,
    /// Only in the denominator.
    Out,
    /// The denominator.
    #[default]
    All,
}

/// Which units are behind a figure; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureFilter {
    /// Of this category; none for all that carry figures, as in figures of all categories.
    pub category: Option<Category>,
    /// In this province, city or county as the tree was when frozen, or exactly of this region.
    pub region_id: Option<RegionId>,
    /// Only units that belong to no city.
    pub outside_cities: bool,
    /// Public or private.
    pub ownership: Option<Ownership>,
    /// Level of study.
    pub study_level: Option<StudyLevel>,
    /// Only units whose ownership or level of study the register does not know.
    pub kind_unknown: bool,
    /// What is counted.
    pub measure: Measure,
    /// On which side.
    pub value: FigureValue,
    /// Without the units that this measure counts in its numerator.
    pub minus: Option<Measure>,
}

impl FigureFilter {
    /// Every unit of a snapshot whose category carries figures, seen by `measure`.
    pub fn all(measure: Measure) -> Self {
        Self {
            category: None,
            region_id: None,
            outside_cities: false,
            ownership: None,
            study_level: None,
            kind_unknown: false,
            measure,
            value: FigureValue::All,
            minus: None,
        }
    }
}

impl Store {
    /// The frozen units behind a figure, narrowed to the asker's scope, in the order of their regions, then by name.
    pub async fn snapshot_units(
        &self,
        access: &Access,
        id: SnapshotId,
        filter: &FigureFilter,
        ask: &PageAsk,
    ) -> Result<Page<FrozenUnit>> {
        self.snapshot(id).await?;
        let mut sql = units_behind(access, id, filter);
        page_of(&mut sql, ask)?;
        cut_page(&self.pools.fetch_all(sql).await?, ask)
    }

    /// All of them at once, for an annex or an export, in the same order. Limit where there are more than `most`.
    pub async fn snapshot_unit_list(
        &self,
        access: &Access,
        id: SnapshotId,
        filter: &FigureFilter,
        most: usize,
    ) -> Result<Vec<FrozenUnit>> {
        self.snapshot(id).await?;
        let mut sql = units_behind(access, id, filter);
        sql.push(IN_ORDER).bind(most as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        super::refuse_more(rows.len(), most, "units")?;
        rows.iter().map(read_frozen).collect()
    }

    /// The frozen units of some categories that were not connected, narrowed to the asker's scope, in the order of their regions, then
    /// by name.
    pub async fn snapshot_unconnected(
        &self,
        access: &Access,
        id: SnapshotId,
        categories: &[Category],
        region_id: Option<RegionId>,
        ask: &PageAsk,
    ) -> Result<Page<FrozenUnit>> {
        self.snapshot(id).await?;
        let mut sql = unconnected(access, id, categories, region_id);
        page_of(&mut sql, ask)?;
        cut_page(&self.pools.fetch_all(sql).await?, ask)
    }

    /// All of them at once, for an export. Limit where there are more than `most`.
    pub async fn snapshot_unconnected_list(
        &self,
        access: &Access,
        id: SnapshotId,
        categories: &[Category],
        region_id: Option<RegionId>,
        most: usize,
    ) -> Result<Vec<FrozenUnit>> {
        self.snapshot(id).await?;
        let mut sql = unconnected(access, id, categories, region_id);
        sql.push(IN_ORDER).bind(most as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        super::refuse_more(rows.len(), most, "units")?;
        rows.iter().map(read_frozen).collect()
    }

    /// Names of the units of a category that the measure counts, in the register's order: for categories a bulletin lists by name.
    /// Limit where there are more than anybody would print.
    pub async fn snapshot_names(
        &self,
        id: SnapshotId,
        category: Category,
        measure: Measure,
    ) -> Result<Vec<String>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select s.name from snapshot_unit s where s.snapshot_id = $1").with(id.0);
        let filter =
            FigureFilter { category: Some(category), value: FigureValue::In, ..FigureFilter::all(measure) };
        add_filter(&mut sql, &filter);
        // Ids grow with the register, so this is its order: the one in which a province lists its institutions.
        sql.push(" order by s.unit_id limit ").bind(MAX_NAMES as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        if rows.len() > MAX_NAMES {
            return Err(StoreError::Limit(format!("more than {MAX_NAMES} names of {}", category.as_str())));
        }
        rows.iter().map(|row| row.text("name")).collect()
    }
}

fn units_behind(access: &Access, id: SnapshotId, filter: &FigureFilter) -> Sql {
    let mut sql = Sql::new("select s.* from snapshot_unit s where s.snapshot_id = $1").with(id.0);
    sql.narrow(access, Narrow::Frozen);
    add_filter(&mut sql, filter);
    sql
}

fn unconnected(access: &Access, id: SnapshotId, categories: &[Category], region_id: Option<RegionId>) -> Sql {
    let mut sql = Sql::new("select s.* from snapshot_unit s where s.snapshot_id = $1 and not s.is_connected")
        .with(id.0);
    sql.narrow(access, Narrow::Frozen);
    if categories.is_empty() {
        sql.push(" and 1 = 0");
    } else {
        sql.push(" and s.category in ").list(categories.iter().map(|category| category.as_str()));
    }
    add_region(&mut sql, region_id);
    sql
}

const IN_ORDER: &str = " order by s.region_position, s.name, s.unit_id limit ";

/// Goes on after the last row of the page before, in the order of regions, then by name.
fn page_of(sql: &mut Sql, ask: &PageAsk) -> Result<()> {
    if let Some((position, name, id)) = ask.key::<(i64, String, UnitId)>()? {
        sql.push(" and s.region_position >= ").bind(position);
        sql.push(" and (s.region_position, s.name, s.unit_id) > (").bind(position);
        sql.push(", ").bind(name).push(", ").bind(id.0).push(")");
    }
    sql.push(IN_ORDER).bind(ask.fetch());
    Ok(())
}

fn cut_page(rows: &[Row], ask: &PageAsk) -> Result<Page<FrozenUnit>> {
    let items = rows.iter().map(|row| Ok((row.int("region_position")?, read_frozen(row)?)));
    let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(position, row)| {
        (*position, row.unit.name.clone(), row.unit.id)
    });
    Ok(Page { items: page.items.into_iter().map(|(_, row)| row).collect(), next: page.next })
}

/// In this province, city or county as the tree was when frozen, or exactly of this region.
pub(super) fn add_region(sql: &mut Sql, region_id: Option<RegionId>) {
    if let Some(id) = region_id {
        sql.push(" and ").bind(id.0).push(" in (s.region_id, s.county_id, s.city_id, s.province_id)");
    }
}

fn add_filter(sql: &mut Sql, filter: &FigureFilter) {
    add_category(sql, filter.category);
    add_region(sql, filter.region_id);
    if filter.outside_cities {
        sql.push(" and s.city_id is null");
    }
    sql.filter(" and s.ownership = ", filter.ownership.map(Ownership::as_str));
    sql.filter(" and s.study_level = ", filter.study_level.map(StudyLevel::as_str));
    if filter.kind_unknown {
        sql.push(" and (s.ownership is null or s.study_level is null)");
    }
    let (numerator, rest, population) = conditions(filter.measure);
    let side = match filter.value {
        FigureValue::All => None,
        FigureValue::In => Some(numerator),
        FigureValue::Out => Some(rest),
    };
    for condition in [population, side].into_iter().flatten() {
        sql.push(" and ").push(condition);
    }
    if let Some((numerator, _, population)) = filter.minus.map(conditions) {
        sql.push(" and not (").push(population.unwrap_or("1 = 1")).push(" and ").push(numerator).push(")");
    }
}

/// When a unit is counted in a measure's numerator, when not, and when it belongs to the population at all.
fn conditions(measure: Measure) -> (&'static str, &'static str, Option<&'static str>) {
    match measure {
        Measure::Connection => ("s.is_connected", "not s.is_connected", None),
        Measure::Duty => ("s.is_on_duty", "not s.is_on_duty", None),
        Measure::NotConnected => ("not s.is_connected", "s.is_connected", None),
        Measure::EffectiveDuty => ("s.is_on_duty", "not s.is_on_duty", Some("s.is_connected")),
        Measure::Unattended => ("not s.is_on_duty", "s.is_on_duty", Some("s.is_connected")),
    }
}

/// One category, or those that carry figures: the rows behind a figure of all categories are as many as it counts.
pub(super) fn add_category(sql: &mut Sql, category: Option<Category>) {
    if let Some(category) = category {
        sql.push(" and s.category = ").bind(category.as_str());
        return;
    }
    let without = CATEGORIES.into_iter().filter(|category| !category.has_figures());
    sql.push(" and s.category not in ").list(without.map(Category::as_str));
}

pub(super) fn read_frozen(row: &Row) -> Result<FrozenUnit> {
    Ok(FrozenUnit {
        unit: read_unit(row)?,
        city: row.id_opt("city_id")?.zip(row.text_opt("city_name")?),
        county: row.id_opt("county_id")?.zip(row.text_opt("county_name")?),
        connection_provenance: row.word("connection_provenance", Provenance::parse)?,
        duty_provenance: row.word("duty_provenance", Provenance::parse)?,
        connected_since: row.time_opt("connected_since")?,
        duty_since: row.time_opt("duty_since")?,
    })
}
