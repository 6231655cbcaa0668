//! The difference of two snapshots, unit by unit: who came and went, who was connected or put on duty since, who moved or changed name.

use domain::access::Access;
use domain::category::Category;
use domain::ids::{RegionId, SnapshotId, UnitId};
use domain::register::difference::Difference;
use domain::unit::{Connection, Duty};
use serde::Serialize;

use super::FrozenUnit;
use super::units::{add_region, read_frozen};
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};
use crate::units::count;

/// How many units differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct PairCounts {
    /// Units of the later one only.
    pub added: u64,
    /// Units of the earlier one only.
    pub removed: u64,
    /// Units of both that differ in name, category, region, or in counting as connected or on duty.
    pub changed: u64,
}

/// One difference of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitDifference {
    /// The unit as the later snapshot has it; as the earlier one had it where it was removed.
    pub unit: FrozenUnit,
    /// What happened.
    pub difference: Difference,
    /// The value before: a name, a word, the names of city and county. None for added and removed units.
    pub old: Option<String>,
    /// The value after.
    pub new: Option<String>,
}

/// Which differences; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferenceFilter {
    /// Of this kind.
    pub difference: Option<Difference>,
    /// Of units of this category.
    pub category: Option<Category>,
    /// Of units in this province, city or county, or exactly of this region.
    pub region_id: Option<RegionId>,
}

/// Every unit of either snapshot with what it was in the earlier one: `$1` earlier, `$2` later.
const PAIR: &str = "with pair as (
        select n.*, true as is_present, o.unit_id as old_id, o.name as old_name, o.category as old_category,
            o.region_id as old_region_id, o.city_name as old_city_name, o.county_name as old_county_name,
            o.connection as old_connection, o.duty as old_duty, o.is_connected as old_connected, o.is_on_duty as old_on_duty
        from snapshot_unit n
            left join snapshot_unit o on o.snapshot_id = $1 and o.unit_id = n.unit_id
        where n.snapshot_id = $2
        union all
        select o.*, false, o.unit_id, o.name, o.category, o.region_id, o.city_name, o.county_name, o.connection, o.duty,
            o.is_connected, o.is_on_duty
        from snapshot_unit o
        where o.snapshot_id = $1
            and not exists (select 1 from snapshot_unit n where n.snapshot_id = $2 and n.unit_id = o.unit_id))";

/// When a unit of `pair` under the alias `s` has the difference. Comparisons with what was not there are null, which is not true.
fn condition(difference: Difference) -> &'static str {
    match difference {
        Difference::Added => "s.old_id is null",
        Difference::Removed => "not s.is_present",
        Difference::Connected => "s.is_connected and not s.old_connected",
        Difference::Disconnected => "not s.is_connected and s.old_connected",
        Difference::DutyGained => "s.is_on_duty and not s.old_on_duty",
        Difference::DutyLost => "not s.is_on_duty and s.old_on_duty",
        Difference::Moved => "s.region_id <> s.old_region_id",
        Difference::Renamed => "s.name <> s.old_name",
        Difference::Recategorised => "s.category <> s.old_category",
    }
}

impl Store {
    /// How many units differ between two snapshots. Counts of everybody, like all figures.
    pub async fn snapshot_pair_counts(&self, earlier: SnapshotId, later: SnapshotId) -> Result<PairCounts> {
        self.snapshot(earlier).await?;
        self.snapshot(later).await?;
        let mut sql = Sql::new(PAIR).with(earlier.0).with(later.0);
        sql.push(" select cast(coalesce(sum(case when s.old_id is null then 1 else 0 end), 0) as bigint) as added,");
        sql.push(" cast(coalesce(sum(case when s.is_present then 0 else 1 end), 0) as bigint) as removed,");
        sql.push(" cast(coalesce(sum(case when s.is_present and (s.is_connected <> s.old_connected");
        sql.push(
            " or s.is_on_duty <> s.old_on_duty or s.region_id <> s.old_region_id or s.name <> s.old_name",
        );
        sql.push(
            " or s.category <> s.old_category) then 1 else 0 end), 0) as bigint) as changed from pair s",
        );
        let row = self.pools.fetch_one(sql).await?;
        Ok(PairCounts {
            added: count(&row, "added")?,
            removed: count(&row, "removed")?,
            changed: count(&row, "changed")?,
        })
    }

    /// The differences themselves, narrowed to the asker's scope, in the order of the units' regions, then by name.
    pub async fn snapshot_differences(
        &self,
        access: &Access,
        earlier: SnapshotId,
        later: SnapshotId,
        filter: &DifferenceFilter,
        ask: &PageAsk,
    ) -> Result<Page<UnitDifference>> {
        self.snapshot(earlier).await?;
        self.snapshot(later).await?;
        let mut sql = differences(access, earlier, later, filter);
        if let Some((position, name, id, kind)) = ask.key::<(i64, String, UnitId, i64)>()? {
            sql.push(" and (s.region_position, s.name, s.unit_id, k.n) > (").bind(position);
            sql.push(", ").bind(name).push(", ").bind(id.0).push(", ").bind(kind).push(")");
        }
        sql.push(" order by s.region_position, s.name, s.unit_id, k.n limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items =
            rows.iter().map(|row| Ok((row.int("region_position")?, row.int("n")?, read_difference(row)?)));
        let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(position, kind, row)| {
            (*position, row.unit.unit.name.clone(), row.unit.unit.id, *kind)
        });
        Ok(Page { items: page.items.into_iter().map(|(_, _, row)| row).collect(), next: page.next })
    }

    /// All of them at once, for an export. Limit where there are more than `most`.
    pub async fn snapshot_difference_list(
        &self,
        access: &Access,
        earlier: SnapshotId,
        later: SnapshotId,
        filter: &DifferenceFilter,
        most: usize,
    ) -> Result<Vec<UnitDifference>> {
        self.snapshot(earlier).await?;
        self.snapshot(later).await?;
        let mut sql = differences(access, earlier, later, filter);
        sql.push(" order by s.region_position, s.name, s.unit_id, k.n limit ").bind(most as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        super::refuse_more(rows.len(), most, "differences")?;
        rows.iter().map(read_difference).collect()
    }
}

fn differences(access: &Access, earlier: SnapshotId, later: SnapshotId, filter: &DifferenceFilter) -> Sql {
    let mut sql = Sql::new(PAIR).with(earlier.0).with(later.0);
    sql.push(" select s.*, k.n from pair s cross join (");
    let kinds = Difference::ALL.iter().enumerate();
    let wanted = || kinds.clone().filter(|(_, kind)| filter.difference.is_none_or(|one| one == **kind));
    for (place, (number, _)) in wanted().enumerate() {
        sql.push(if place == 0 { "select cast(" } else { " union all select cast(" });
        sql.bind(number as i64).push(" as bigint) as n");
    }
    sql.push(") k where (");
    for (place, (number, kind)) in wanted().enumerate() {
        sql.push(if place == 0 { "(k.n = " } else { " or (k.n = " }).bind(number as i64);
        sql.push(" and ").push(condition(*kind)).push(")");
    }
    sql.push(")").narrow(access, Narrow::Frozen);
    sql.filter(" and s.category = ", filter.category.map(Category::as_str));
    add_region(&mut sql, filter.region_id);
    sql
}

fn read_difference(row: &Row) -> Result<UnitDifference> {
    let number = row.int("n")?;
    let difference = usize::try_from(number).ok().and_then(|number| Difference::ALL.get(number).copied());
    let difference = difference.ok_or_else(|| corrupt("n", &number.to_string()))?;
    let unit = read_frozen(row)?;
    let (old, new) = match difference {
        Difference::Added | Difference::Removed => (None, None),
        Difference::Connected | Difference::Disconnected => {
            let old = row.word("old_connection", Connection::parse)?;
            (Some(old.as_str().to_owned()), Some(unit.unit.connection.as_str().to_owned()))
        }
        Difference::DutyGained | Difference::DutyLost => {
            let old = row.word("old_duty", Duty::parse)?;
            (Some(old.as_str().to_owned()), Some(unit.unit.duty.as_str().to_owned()))
        }
        Difference::Moved => {
            let old = place(row.text_opt("old_city_name")?, row.text_opt("old_county_name")?);
            let name = |region: &Option<(RegionId, String)>| region.as_ref().map(|(_, name)| name.clone());
            (Some(old), Some(place(name(&unit.city), name(&unit.county))))
        }
        Difference::Renamed => (row.text_opt("old_name")?, Some(unit.unit.name.clone())),
        Difference::Recategorised => {
            (row.text_opt("old_category")?, Some(unit.unit.category.as_str().to_owned()))
        }
    };
    Ok(UnitDifference { unit, difference, old, new })
}

/// 南昌市东湖区; empty for a unit of the province itself.
fn place(city: Option<String>, county: Option<String>) -> String {
    city.unwrap_or_default() + &county.unwrap_or_default()
}
