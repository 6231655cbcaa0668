//! Double-blind drills by lot: which regions have them, and the months' seeds, committed to beforehand and published afterwards.

use domain::access::Access;
use domain::alarm::AlarmCode;
use domain::duty::roll_call::draw::{Digest, Seed};
use domain::ids::{DutyRoomId, RegionId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Store;
use crate::cameras::found;
use crate::error::Result;
use crate::organisations::sits_within;
use crate::roll_calls::bytes_32;
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Months that one look publishes or a page shows at most.
const MONTHS_MAX: i64 = 36;

/// What is made up in the rooms of a region each month, and who knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillPlan {
    /// Which region.
    pub region_id: RegionId,
    /// Its name.
    pub region_name: String,
    /// The alarm that is made up.
    pub code: AlarmCode,
    /// Who is told beforehand.
    pub knows: String,
    /// Since when.
    pub changed_at: Timestamp,
}

/// A month to commit to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrillMonth {
    /// Its first day.
    pub month: Date,
    /// When the commitment was published.
    pub committed_at: Timestamp,
    /// The digest.
    pub commitment: Digest,
    /// The seed, encrypted.
    pub sealed_seed: Vec<u8>,
}

/// A month as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillMonth {
    /// What was committed to.
    pub committed: NewDrillMonth,
    /// The seed and when it was published.
    pub revealed: Option<(Seed, Timestamp)>,
}

/// An open room in a region with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotRoom {
    /// Which.
    pub room_id: DutyRoomId,
    /// Where it stands.
    pub unit_id: UnitId,
    /// Since when it is open and its region has a plan.
    pub since: Timestamp,
    /// What is made up.
    pub code: AlarmCode,
    /// Who is told beforehand.
    pub knows: String,
}

impl Store {
    /// The plans in reach: of one's own region and of those below and above it, which hold here too. In the order of the regions.
    pub async fn drill_plans(&self, access: &Access) -> Result<Vec<DrillPlan>> {
        let mut sql = Sql::new(
            "select p.*, r.name as region_name from drill_plan p join region r on r.id = p.region_id where 1 = 1",
        );
        match access.scope {
            Some(domain::access::Scope::Region(id)) => {
                sql.push(" and (r.id in (select descendant_id from region_tree where ancestor_id = ")
                    .bind(id.0);
                let number = sql.values.len();
                sql.push(") or r.id in (select ancestor_id from region_tree where descendant_id = ");
                sql.place(number).push("))");
            }
            None if *access == Access::PLATFORM => {}
            _ => {
                sql.push(" and 1 = 0");
            }
        }
        sql.push(" order by r.position, r.id");
        self.pools.fetch_all(sql).await?.iter().map(read_plan).collect()
    }

    /// Sets the plan of a region. NotFound outside the asker's region.
    pub async fn put_drill_plan(
        &self,
        access: &Access,
        region: RegionId,
        (code, knows): (AlarmCode, &str),
        at: Timestamp,
    ) -> Result<()> {
        let mut sql = Sql::new(
            "insert into drill_plan (region_id, code, knows, changed_by, changed_at)
             select r.id, cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as bigint) from region r where r.id = $5",
        )
        .with(code.as_str())
        .with(knows)
        .with(access.user_id.map(|id| id.0))
        .with(at)
        .with(region.0);
        sits_within(&mut sql, access, "r.id");
        sql.push(" on conflict (region_id) do update set code = excluded.code, knows = excluded.knows, changed_by = excluded.changed_by,");
        sql.push(" changed_at = excluded.changed_at");
        found(self.pools.execute(sql).await?)
    }

    /// Takes a plan away.
    pub async fn drop_drill_plan(&self, access: &Access, region: RegionId) -> Result<()> {
        let mut sql = Sql::new("delete from drill_plan where region_id = $1").with(region.0);
        sits_within(&mut sql, access, "region_id");
        found(self.pools.execute(sql).await?)
    }

    /// The open rooms of regions with a plan; where several regions above one have a plan, that of the nearest.
    pub async fn lot_rooms(&self) -> Result<Vec<LotRoom>> {
        let sql = Sql::new(
            "select r.id, r.unit_id, r.opened_at, p.code, p.knows, p.changed_at from duty_room r join unit_now u on u.unit_id = r.unit_id
             join region_tree t on t.descendant_id = u.region_id join drill_plan p on p.region_id = t.ancestor_id
             where r.closed_at is null
             order by r.id, (select count(*) from region_tree n where n.descendant_id = p.region_id) desc",
        );
        let mut rooms: Vec<LotRoom> = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            let one = read_lot_room(&row)?;
            if rooms.last().is_none_or(|last| last.room_id != one.room_id) {
                rooms.push(one);
            }
        }
        Ok(rooms)
    }

    /// Commits to a month; false where that is done. Never replaces a commitment.
    pub async fn commit_drill_month(&self, new: &NewDrillMonth) -> Result<bool> {
        let sql = Sql::new(
            "insert into drill_month (month, committed_at, commitment, sealed_seed) values ($1, $2, $3, $4) on conflict (month) do nothing",
        )
        .with(new.month.to_string())
        .with(new.committed_at)
        .with(new.commitment)
        .with(new.sealed_seed.clone());
        Ok(self.pools.execute(sql).await? > 0)
    }

    /// Months, the last first. Public: they name no room.
    pub async fn drill_months(&self) -> Result<Vec<DrillMonth>> {
        let sql = Sql::new("select * from drill_month order by month desc limit $1").with(MONTHS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_month).collect()
    }

    /// Publishes a seed, once.
    pub async fn reveal_drill_month(&self, month: Date, seed: &Seed, at: Timestamp) -> Result<()> {
        let sql =
            "update drill_month set seed = $1, revealed_at = $2 where month = $3 and revealed_at is null";
        self.pools.execute(Sql::new(sql).with(*seed).with(at).with(month.to_string())).await.map(drop)
    }
}

fn read_plan(row: &Row) -> Result<DrillPlan> {
    Ok(DrillPlan {
        region_id: row.id("region_id")?,
        region_name: row.text("region_name")?,
        code: row.word("code", AlarmCode::parse)?,
        knows: row.text("knows")?,
        changed_at: row.time("changed_at")?,
    })
}

fn read_lot_room(row: &Row) -> Result<LotRoom> {
    Ok(LotRoom {
        room_id: row.id("id")?,
        unit_id: row.id("unit_id")?,
        since: row.time("opened_at")?.max(row.time("changed_at")?),
        code: row.word("code", AlarmCode::parse)?,
        knows: row.text("knows")?,
    })
}

fn read_month(row: &Row) -> Result<DrillMonth> {
    let text = row.text("month")?;
    let seed = row.bytes_opt("seed")?.map(|bytes| bytes_32("seed", &bytes)).transpose()?;
    Ok(DrillMonth {
        committed: NewDrillMonth {
            month: text.parse().map_err(|_| corrupt("month", &text))?,
            committed_at: row.time("committed_at")?,
            commitment: bytes_32("commitment", &row.bytes("commitment")?)?,
            sealed_seed: row.bytes("sealed_seed")?,
        },
        revealed: seed.zip(row.time_opt("revealed_at")?),
    })
}
