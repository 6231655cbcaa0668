//! Units: the register. A unit is an id; what it is at a moment is a version, and a change closes one version and opens the next.

mod apply;

use domain::access::Access;
use domain::category::Category;
use domain::ids::{RegionId, UnitId, UserId};
use domain::unit::{Connection, Duty, Ownership, Provenance, StudyLevel, Unit};
use jiff::Timestamp;
use serde::Serialize;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql, contains_pattern};

/// Keys of one look-up. Few enough that PostgreSQL looks each up in the index instead of comparing every row with all of them.
pub(crate) const KEYS: usize = 100;

/// A unit with the names of its regions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// The unit.
    pub unit: Unit,
    /// The city-level region it belongs to; none for units run by the province.
    pub city: Option<(RegionId, String)>,
    /// The county, where it belongs to one.
    pub county: Option<(RegionId, String)>,
}

/// A wanted state of a unit, known or new by `unit.id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    /// As it should be.
    pub unit: Unit,
    /// Where its connection state comes from.
    pub connection_provenance: Provenance,
    /// Where its duty state comes from.
    pub duty_provenance: Provenance,
    /// Where the change comes from: a file, a page, the platform.
    pub source: String,
}

/// What [`Store::apply_units`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct UnitsApplied {
    /// New units.
    pub created: usize,
    /// Units that got a new version.
    pub updated: usize,
    /// Units that were so already.
    pub unchanged: usize,
}

/// Which units; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitFilter {
    /// In this region or below it.
    pub region_id: Option<RegionId>,
    /// Of this category.
    pub category: Option<Category>,
    /// In this connection state.
    pub connection: Option<Connection>,
    /// In this duty state.
    pub duty: Option<Duty>,
    /// Part of the name or of the school code, ASCII case set aside.
    pub text: Option<String>,
}

/// A unit as it was for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitVersion {
    /// Since when.
    pub valid_from: Timestamp,
    /// Until when; none: still.
    pub valid_until: Option<Timestamp>,
    /// As it was.
    pub unit: Unit,
    /// Where its connection state came from.
    pub connection_provenance: Provenance,
    /// Where its duty state came from.
    pub duty_provenance: Provenance,
    /// Where the change came from.
    pub source: String,
    /// Who made it; none: the platform.
    pub recorded_by: Option<UserId>,
}

/// Current units of one category, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnitCount {
    /// The category.
    pub category: Category,
    /// Units of the register.
    pub should: u64,
    /// Of these, connected.
    pub connected: u64,
    /// Of these, on 24-hour duty.
    pub duty: u64,
}

/// `cross join` and a condition, because SQLite then keeps the order of the tables: regions by position, in each the units by name,
/// which is the order of the list and needs no sorting. To PostgreSQL it is a join like any other.
const UNIT_ROWS: &str = "select u.*, r.position as region_position, r.city_id, c.name as city_name, r.county_id, k.name as county_name
    from region r
    cross join unit_now u
    left join region c on c.id = r.city_id
    left join region k on k.id = r.county_id
    where u.region_id = r.id";

impl Store {
    /// Current units in the order of their regions, then by name.
    pub async fn units(&self, access: &Access, filter: &UnitFilter, ask: &PageAsk) -> Result<Page<UnitRow>> {
        let mut sql = Sql::new(UNIT_ROWS);
        sql.narrow(access, Narrow::Current);
        if let Some(id) = filter.region_id {
            sql.push(" and u.region_id in (select descendant_id from region_tree where ancestor_id = ");
            sql.bind(id.0).push(")");
        }
        match filter.category {
            Some(category) => sql.push(" and u.category = ").bind(category.as_str()),
            None => sql.push(" and u.category <> ").bind(Category::DutySite.as_str()),
        };
        sql.filter(" and u.connection = ", filter.connection.map(Connection::as_str));
        sql.filter(" and u.duty = ", filter.duty.map(Duty::as_str));
        if let Some(text) = filter.text.as_deref().filter(|text| !text.trim().is_empty()) {
            sql.push(" and (lower(u.name) like ").bind(contains_pattern(text));
            sql.push(" escape '!' or lower(u.school_code) like ")
                .bind(contains_pattern(text))
                .push(" escape '!')");
        }
        if let Some((position, name, id)) = ask.key::<(i64, String, UnitId)>()? {
            // The first condition follows from the second and lets both engines begin there.
            sql.push(" and r.position >= ").bind(position);
            sql.push(" and (r.position, u.name, u.unit_id) > (").bind(position);
            sql.push(", ").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by r.position, u.name, u.unit_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| Ok((row.int("region_position")?, read_unit_row(row)?)));
        let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(position, row)| {
            (*position, row.unit.name.clone(), row.unit.id)
        });
        Ok(Page { items: page.items.into_iter().map(|(_, row)| row).collect(), next: page.next })
    }

    /// One current unit.
    pub async fn unit(&self, access: &Access, id: UnitId) -> Result<UnitRow> {
        let mut sql = Sql::new(UNIT_ROWS);
        sql.push(" and u.unit_id = ").bind(id.0);
        sql.narrow(access, Narrow::Current);
        read_unit_row(&self.pools.fetch_one(sql).await?)
    }

    /// Every version of a unit, oldest first.
    pub async fn unit_history(&self, access: &Access, id: UnitId) -> Result<Vec<UnitVersion>> {
        let mut sql = Sql::new(
            "select h.* from unit_version h join unit_now u on u.unit_id = h.unit_id where h.unit_id = ",
        );
        sql.bind(id.0).narrow(access, Narrow::Current).push(" order by h.seq");
        let rows = self.pools.fetch_all(sql).await?;
        if rows.is_empty() {
            return Err(StoreError::NotFound);
        }
        rows.iter().map(read_version).collect()
    }

    /// Current units with these school codes, in no order; codes nobody has are left out.
    pub async fn find_units_by_code(&self, access: &Access, codes: &[String]) -> Result<Vec<Unit>> {
        let mut found = Vec::new();
        for chunk in codes.chunks(KEYS) {
            let mut sql = Sql::new("select u.* from unit_now u where u.school_code in ");
            sql.list(chunk).narrow(access, Narrow::Current);
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_unit(&row)?);
            }
        }
        Ok(found)
    }

    /// Current units of exactly this region with these names, in no order; names nobody has are left out.
    pub async fn find_units_by_name(
        &self,
        access: &Access,
        region_id: RegionId,
        names: &[String],
    ) -> Result<Vec<Unit>> {
        let mut found = Vec::new();
        for chunk in names.chunks(KEYS) {
            let mut sql =
                Sql::new("select u.* from unit_now u where u.category <> 'duty_site' and u.region_id = ");
            sql.bind(region_id.0).push(" and u.name in ").list(chunk).narrow(access, Narrow::Current);
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_unit(&row)?);
            }
        }
        Ok(found)
    }

    /// Current units by category, in the order of the bulletin; categories without units are left out.
    pub async fn count_units(&self, access: &Access) -> Result<Vec<UnitCount>> {
        let mut sql = Sql::new(
            "select u.category, cast(count(*) as bigint) as should,
                 cast(sum(case when u.is_connected then 1 else 0 end) as bigint) as connected,
                 cast(sum(case when u.is_on_duty then 1 else 0 end) as bigint) as duty
             from unit_now u where u.category <> $1",
        )
        .with(Category::DutySite.as_str());
        sql.narrow(access, Narrow::Counted).push(" group by u.category");
        let mut counts = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            counts.push(UnitCount {
                category: row.word("category", Category::parse)?,
                should: count(&row, "should")?,
                connected: count(&row, "connected")?,
                duty: count(&row, "duty")?,
            });
        }
        counts.sort_by_key(|one| one.category);
        Ok(counts)
    }
}

pub(crate) fn count(row: &Row, column: &str) -> Result<u64> {
    u64::try_from(row.int(column)?).map_err(|_| corrupt(column, "below zero"))
}

/// Reads a unit from `unit_version.*`, `unit_now.*` or `snapshot_unit.*`.
pub(crate) fn read_unit(row: &Row) -> Result<Unit> {
    Ok(Unit {
        id: row.id("unit_id")?,
        name: row.text("name")?,
        category: row.word("category", Category::parse)?,
        region_id: row.id("region_id")?,
        ownership: row.word_opt("ownership", Ownership::parse)?,
        study_level: row.word_opt("study_level", StudyLevel::parse)?,
        boarding: row.flag("boarding")?,
        school_code: row.text_opt("school_code")?,
        connection: row.word("connection", Connection::parse)?,
        duty: row.word("duty", Duty::parse)?,
        synthetic: row.flag("synthetic")?,
    })
}

pub(crate) fn read_unit_row(row: &Row) -> Result<UnitRow> {
    Ok(UnitRow {
        unit: read_unit(row)?,
        city: row.id_opt("city_id")?.zip(row.text_opt("city_name")?),
        county: row.id_opt("county_id")?.zip(row.text_opt("county_name")?),
    })
}

pub(crate) fn read_version(row: &Row) -> Result<UnitVersion> {
    Ok(UnitVersion {
        valid_from: row.time("valid_from")?,
        valid_until: row.time_opt("valid_until")?,
        unit: read_unit(row)?,
        connection_provenance: row.word("connection_provenance", Provenance::parse)?,
        duty_provenance: row.word("duty_provenance", Provenance::parse)?,
        source: row.text("source")?,
        recorded_by: row.id_opt("recorded_by")?,
    })
}
