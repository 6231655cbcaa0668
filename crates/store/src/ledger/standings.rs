//! The five conditions of effective duty as they were counted last.

use domain::access::Access;
use domain::duty::effective::{Arrangement, DutyFacts};
use domain::ids::{RegionId, UnitId};
use domain::unit::{Duty, Provenance};
use jiff::Timestamp;

use super::INSERT_ROWS;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// What was counted of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyStanding {
    /// Which unit.
    pub unit_id: UnitId,
    /// What is known of it.
    pub facts: DutyFacts,
    /// Closed days in the ledger, seven at most.
    pub days: u32,
    /// How many of the five conditions are met.
    pub met: u32,
    /// What follows; none: the ledger does not reach back far enough.
    pub state: Option<Duty>,
}

/// A unit's standing with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyStandingRow {
    /// What was counted.
    pub standing: DutyStanding,
    /// Name of the unit.
    pub unit_name: String,
    /// Name of the county, where it belongs to one.
    pub county_name: Option<String>,
    /// What the register says of its duty now.
    pub duty: Duty,
    /// When it was counted.
    pub computed_at: Timestamp,
}

/// Which units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DutyStandingFilter {
    /// In this region or below.
    pub region_id: Option<RegionId>,
    /// One unit.
    pub unit_id: Option<UnitId>,
    /// With this state following.
    pub state: Option<Duty>,
    /// Only those that do not meet all five.
    pub unmet: bool,
}

impl Store {
    /// The standings in the asker's reach, those that meet least first.
    pub async fn duty_standings(
        &self,
        access: &Access,
        filter: &DutyStandingFilter,
        ask: &PageAsk,
    ) -> Result<Page<DutyStandingRow>> {
        let mut sql = Sql::new(
            "select s.*, u.name as unit_name, u.duty, k.name as county_name from duty_standing s join unit_now u on u.unit_id = s.unit_id
             join region r on r.id = u.region_id left join region k on k.id = r.county_id where 1 = 1",
        );
        sql.filter(" and s.unit_id = ", filter.unit_id.map(|id| id.0));
        sql.filter(" and s.state = ", filter.state.map(Duty::as_str));
        if filter.unmet {
            sql.push(" and s.met < 5");
        }
        if let Some(region) = filter.region_id {
            sql.push(" and u.region_id in (select descendant_id from region_tree where ancestor_id = ");
            sql.bind(region.0).push(")");
        }
        if let Some((met, id)) = ask.key::<(i64, UnitId)>()? {
            sql.push(" and (s.met, s.unit_id) > (").bind(met).push(", ").bind(id.0).push(")");
        }
        sql.narrow(access, Narrow::Current).push(" order by s.met, s.unit_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_standing).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (i64::from(row.standing.met), row.standing.unit_id)))
    }

    /// Writes what was counted.
    pub async fn put_duty_standings(&self, standings: &[DutyStanding], at: Timestamp) -> Result<()> {
        if standings.is_empty() {
            return Ok(());
        }
        let mut tx = self.pools.begin().await?;
        for chunk in standings.chunks(INSERT_ROWS) {
            let mut sql =
                Sql::new("insert into duty_standing (unit_id, computed_at, facts, days, met, state) values ");
            for (index, one) in chunk.iter().enumerate() {
                let facts = serde_json::to_string(&one.facts)
                    .map_err(|error| StoreError::Corrupt(error.to_string()))?;
                sql.push(if index == 0 { "(" } else { ", (" }).bind(one.unit_id.0).push(", ").bind(at);
                sql.push(", ").bind(facts).push(", ").bind(one.days).push(", ").bind(one.met);
                sql.push(", ").bind(one.state.map(Duty::as_str)).push(")");
            }
            sql.push(
                " on conflict (unit_id) do update set computed_at = excluded.computed_at, facts = excluded.facts, days = excluded.days,
                     met = excluded.met, state = excluded.state",
            );
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// Everything that was counted last: for the platform itself, which writes what changed.
    pub async fn all_duty_standings(&self) -> Result<Vec<DutyStanding>> {
        self.pools
            .fetch_all(Sql::new("select * from duty_standing"))
            .await?
            .iter()
            .map(read_counted)
            .collect()
    }

    /// The duty states of units in the register, and whether they were observed by this source: for the platform itself.
    pub async fn duties_of(&self, units: &[UnitId], source: &str) -> Result<Vec<(UnitId, Duty, bool)>> {
        let mut all = Vec::with_capacity(units.len());
        for chunk in units.chunks(KEYS) {
            let mut sql =
                Sql::new("select unit_id, duty, duty_provenance, source from unit_now where unit_id in ");
            sql.list(chunk.iter().map(|id| id.0));
            for row in self.pools.fetch_all(sql).await? {
                let is_observed = row.word("duty_provenance", Provenance::parse)? == Provenance::Observed
                    && row.text("source")? == source;
                all.push((row.id("unit_id")?, row.word("duty", Duty::parse)?, is_observed));
            }
        }
        Ok(all)
    }

    /// How the contracts of the ledger's units stand now: for the platform itself.
    pub async fn arrangements(&self) -> Result<Vec<(UnitId, Arrangement)>> {
        let sql = Sql::new(
            "select c.unit_id, cast(max(case when c.state = 'running' then 1 else 0 end) as bigint) as running,
                 cast(max(case when c.state in ('proposed', 'accepted') then 1 else 0 end) as bigint) as claimed
             from contract c group by c.unit_id",
        );
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter()
            .map(|row| {
                let arrangement = match (row.int("running")? > 0, row.int("claimed")? > 0) {
                    (true, _) => Arrangement::Accepted,
                    (false, true) => Arrangement::Claimed,
                    (false, false) => Arrangement::None,
                };
                Ok((row.id("unit_id")?, arrangement))
            })
            .collect()
    }
}

fn read_counted(row: &Row) -> Result<DutyStanding> {
    let facts = row.text("facts")?;
    Ok(DutyStanding {
        unit_id: row.id("unit_id")?,
        facts: serde_json::from_str(&facts).map_err(|_| corrupt("facts", &facts))?,
        days: row.count("days")?,
        met: row.count("met")?,
        state: row.word_opt("state", Duty::parse)?,
    })
}

fn read_standing(row: &Row) -> Result<DutyStandingRow> {
    Ok(DutyStandingRow {
        standing: read_counted(row)?,
        unit_name: row.text("unit_name")?,
        county_name: row.text_opt("county_name")?,
        duty: row.word("duty", Duty::parse)?,
        computed_at: row.time("computed_at")?,
    })
}
