//! How long the recordings of a unit stay.

use domain::access::Access;
use domain::ids::{UnitId, UserId};
use domain::recording::{FloorBasis, Retention, RetentionClass};
use jiff::Timestamp;

use crate::Store;
use crate::cameras::need_unit;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// What holds for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRetention {
    /// How long.
    pub retention: Retention,
    /// Why so.
    pub note: Option<String>,
    /// When that was said, and by whom; none of a unit of which nothing was said.
    pub changed: Option<(Timestamp, Option<UserId>)>,
}

/// What holds for a unit, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRetentionRow {
    /// Which unit.
    pub unit_id: UnitId,
    /// Its name.
    pub unit_name: String,
    /// What holds.
    pub holds: UnitRetention,
}

const RETENTION_ROWS: &str =
    "select u.unit_id, u.name as unit_name, r.basis, r.class, r.floor_days, r.ceiling_days, r.note, r.changed_at, r.changed_by
    from unit_now u left join unit_retention r on r.unit_id = u.unit_id where 1 = 1";

impl Store {
    /// What holds for a unit. NotFound outside the scope.
    pub async fn unit_retention(&self, access: &Access, unit_id: UnitId) -> Result<UnitRetention> {
        let mut sql = Sql::new(RETENTION_ROWS);
        sql.push(" and u.unit_id = ").bind(unit_id.0).narrow(access, Narrow::Current);
        Ok(read_retention(&self.pools.fetch_one(sql).await?)?.holds)
    }

    /// The units of the scope of which something was said, in the order of their ids.
    pub async fn unit_retentions(&self, access: &Access, ask: &PageAsk) -> Result<Page<UnitRetentionRow>> {
        let mut sql = Sql::new(RETENTION_ROWS);
        sql.push(" and r.unit_id is not null").narrow(access, Narrow::Current);
        sql.filter(" and u.unit_id > ", ask.key::<UnitId>()?.map(|id| id.0));
        sql.push(" order by u.unit_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_retention).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| row.unit_id))
    }

    /// Says what holds for a unit from now on, in the name of the asker, also for what was recorded before. NotFound outside the scope.
    pub async fn set_unit_retention(
        &self,
        access: &Access,
        unit_id: UnitId,
        retention: &Retention,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        let (floor, ceiling) = (i64::from(retention.floor_days()), i64::from(retention.ceiling_days()));
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, unit_id).await?;
        let sql = Sql::new(
            "insert into unit_retention (unit_id, basis, class, floor_days, ceiling_days, note, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (unit_id) do update set basis = excluded.basis, class = excluded.class, floor_days = excluded.floor_days,
                 ceiling_days = excluded.ceiling_days, note = excluded.note, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by",
        )
        .with(unit_id.0)
        .with(retention.basis().as_str())
        .with(retention.class().as_str())
        .with(floor)
        .with(ceiling)
        .with(note)
        .with(at)
        .with(access.user_id.map(|id| id.0));
        tx.execute(sql).await?;
        let sql =
            Sql::new("update recording_track set floor_days = $1, ceiling_days = $2 where unit_id = $3")
                .with(floor)
                .with(ceiling)
                .with(unit_id.0);
        tx.execute(sql).await?;
        tx.commit().await
    }
}

fn read_retention(row: &Row) -> Result<UnitRetentionRow> {
    let days = |column: &str| {
        let days = row.int(column)?;
        u16::try_from(days).map_err(|_| corrupt(column, &days.to_string()))
    };
    let holds = match row.word_opt("basis", FloorBasis::parse)? {
        None => UnitRetention { retention: Retention::default(), note: None, changed: None },
        Some(basis) => {
            let class = row.word("class", RetentionClass::parse)?;
            let retention = match class {
                RetentionClass::Custom => {
                    Retention::custom(basis, days("floor_days")?, days("ceiling_days")?)
                }
                fixed => Retention::of_class(basis, fixed),
            };
            UnitRetention {
                retention: retention.map_err(|error| corrupt("floor_days", &error.to_string()))?,
                note: row.text_opt("note")?,
                changed: Some((row.time("changed_at")?, row.id_opt("changed_by")?)),
            }
        }
    };
    Ok(UnitRetentionRow { unit_id: row.id("unit_id")?, unit_name: row.text("unit_name")?, holds })
}
