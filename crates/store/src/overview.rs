//! What the overview needs beside the lists: overdue alarms and the cameras of a scope, counted in one statement each.

use domain::access::Access;
use domain::alarm::Limits;
use domain::alarm::code::LEVELS;
use domain::ids::CameraId;
use jiff::{SignedDuration, Timestamp};

use crate::Store;
use crate::error::Result;
use crate::sql::{Narrow, Sql};

/// Cameras answered at most; beyond it an overview counts the first ones.
const CAMERAS_MAX: i64 = 100_000;

impl Store {
    /// Alarms nobody has taken although the limit of their level has passed at `now`.
    pub async fn untaken_overdue(&self, access: &Access, now: Timestamp) -> Result<i64> {
        let mut overdue = 0;
        for level in LEVELS {
            let limit = SignedDuration::from_secs(Limits::of(level).take_s);
            let before = now.saturating_sub(limit).unwrap_or(Timestamp::MIN);
            let mut sql = Sql::new(
                "select cast(count(*) as bigint) as n from unit_now u cross join alarm a
                 where a.unit_id = u.unit_id and a.is_open = true and a.taken_at is null and a.level = $1 and a.pushed_at < $2",
            )
            .with(i64::from(u8::from(level)))
            .with(before);
            sql.narrow(access, Narrow::Counted);
            overdue += self.pools.fetch_one(sql).await?.int("n")?;
        }
        Ok(overdue)
    }

    /// Every camera of the scope, and whether it is switched off.
    pub async fn camera_ids(&self, access: &Access) -> Result<Vec<(CameraId, bool)>> {
        let mut sql = Sql::new(
            "select c.id, c.disabled from camera c join unit_now u on u.unit_id = c.unit_id where c.removed_at is null",
        );
        sql.narrow(access, Narrow::Current).push(" limit ").bind(CAMERAS_MAX);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.id("id")?, row.flag("disabled")?))).collect()
    }
}
