//! Reading the frozen alarms of a snapshot: the units that had some, and those that were not handled in time.

use domain::access::Access;
use domain::alarm::{AlarmCode, AlarmState, Clock, Level};
use domain::category::Category;
use domain::ids::{AlarmId, RegionId, SnapshotId, UnitId};
use jiff::Timestamp;
use serde::Serialize;

use super::alarms::read_late;
use super::refuse_more;
use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::count;

/// A unit with its alarms of the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrozenAlarmUnit {
    /// The unit.
    pub unit_id: UnitId,
    /// Its name then.
    pub name: String,
    /// Its category then.
    pub category: Category,
    /// City-level region.
    pub city: Option<(RegionId, String)>,
    /// County.
    pub county: Option<(RegionId, String)>,
    /// Alarms pushed.
    pub raised: u64,
    /// Of these, any clock exceeded.
    pub late: u64,
    /// Of the raised, still open.
    pub open: u64,
    /// Both.
    pub late_open: u64,
}

/// An alarm that exceeded a clock, as it stood at the snapshot's moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrozenAlarm {
    /// The alarm.
    pub id: AlarmId,
    /// Where.
    pub unit_id: UnitId,
    /// Name of the unit then.
    pub unit_name: String,
    /// City-level region of the unit.
    pub city: Option<String>,
    /// County of the unit.
    pub county: Option<String>,
    /// What.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// Where it stood.
    pub state: AlarmState,
    /// Whether somebody still had to do something.
    pub is_open: bool,
    /// From a simulated camera.
    pub simulated: bool,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it was pushed.
    pub pushed_at: Timestamp,
    /// The first clock that ran out.
    pub clock: Clock,
    /// When it ran out.
    pub due_at: Timestamp,
    /// When it was stopped; none: it still ran.
    pub stopped_at: Option<Timestamp>,
}

impl Store {
    /// Units with alarms in the snapshot's period, narrowed to the asker's scope, those with most late alarms first; `late_only`
    /// leaves out those without. Limit where there are more than `most`.
    pub async fn snapshot_alarm_units(
        &self,
        access: &Access,
        id: SnapshotId,
        late_only: bool,
        most: usize,
    ) -> Result<Vec<FrozenAlarmUnit>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select s.* from snapshot_alarm_unit s where s.snapshot_id = $1").with(id.0);
        sql.narrow(access, Narrow::Frozen);
        if late_only {
            sql.push(" and s.late > 0");
        }
        sql.push(" order by s.late desc, s.region_position, s.name, s.unit_id limit ").bind(most as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        refuse_more(rows.len(), most, "units with alarms")?;
        rows.iter().map(read_alarm_unit).collect()
    }

    /// The alarms of the snapshot's period that exceeded a clock, narrowed to the asker's scope, in the order of their units, then by
    /// time. Limit where there are more than `most`.
    pub async fn snapshot_late_alarms(
        &self,
        access: &Access,
        id: SnapshotId,
        most: usize,
    ) -> Result<Vec<FrozenAlarm>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new(
            "select l.*, s.name, s.city_name, s.county_name from snapshot_alarm_unit s
             join snapshot_alarm l on l.snapshot_id = s.snapshot_id and l.unit_id = s.unit_id where s.snapshot_id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Frozen);
        sql.push(" order by s.region_position, s.name, s.unit_id, l.pushed_at, l.alarm_id limit ");
        sql.bind(most as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        refuse_more(rows.len(), most, "late alarms")?;
        rows.iter().map(read_frozen_alarm).collect()
    }
}

fn read_alarm_unit(row: &Row) -> Result<FrozenAlarmUnit> {
    Ok(FrozenAlarmUnit {
        unit_id: row.id("unit_id")?,
        name: row.text("name")?,
        category: row.word("category", Category::parse)?,
        city: row.id_opt("city_id")?.zip(row.text_opt("city_name")?),
        county: row.id_opt("county_id")?.zip(row.text_opt("county_name")?),
        raised: count(row, "raised")?,
        late: count(row, "late")?,
        open: count(row, "open")?,
        late_open: count(row, "late_open")?,
    })
}

fn read_frozen_alarm(row: &Row) -> Result<FrozenAlarm> {
    let late = read_late(row)?;
    Ok(FrozenAlarm {
        id: row.id("alarm_id")?,
        unit_id: late.unit_id,
        unit_name: row.text("name")?,
        city: row.text_opt("city_name")?,
        county: row.text_opt("county_name")?,
        code: late.code,
        level: late.level,
        state: late.state,
        is_open: row.flag("is_open")?,
        simulated: late.simulated,
        occurred_at: late.occurred_at,
        pushed_at: late.pushed_at,
        clock: late.clock,
        due_at: late.due_at,
        stopped_at: late.stopped_at,
    })
}
