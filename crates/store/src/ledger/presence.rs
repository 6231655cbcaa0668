//! What the cameras of a room showed on a day, packed.

use domain::ids::DutyRoomId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::INSERT_ROWS;
use crate::Store;
use crate::error::Result;
use crate::sql::Sql;

/// The verdicts of a room's day, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceDay {
    /// Which room.
    pub room_id: DutyRoomId,
    /// `domain::duty::presence::packed`.
    pub seen: Vec<u8>,
}

impl Store {
    /// What was seen of every room on a day.
    pub async fn presence_days(&self, day: Date) -> Result<Vec<PresenceDay>> {
        let sql = Sql::new("select room_id, seen from presence_day where day = $1 order by room_id");
        let rows = self.pools.fetch_all(sql.with(day.to_string())).await?;
        rows.iter()
            .map(|row| Ok(PresenceDay { room_id: row.id("room_id")?, seen: row.bytes("seen")? }))
            .collect()
    }

    /// Writes what was seen of rooms on a day, in place of what was written before.
    pub async fn put_presence_days(&self, day: Date, days: &[PresenceDay], at: Timestamp) -> Result<()> {
        if days.is_empty() {
            return Ok(());
        }
        let mut tx = self.pools.begin().await?;
        for chunk in days.chunks(INSERT_ROWS) {
            let mut sql = Sql::new("insert into presence_day (day, room_id, seen, changed_at) values ");
            for (index, one) in chunk.iter().enumerate() {
                sql.push(if index == 0 { "(" } else { ", (" }).bind(day.to_string());
                sql.push(", ")
                    .bind(one.room_id.0)
                    .push(", ")
                    .bind(one.seen.clone())
                    .push(", ")
                    .bind(at)
                    .push(")");
            }
            sql.push(" on conflict (day, room_id) do update set seen = excluded.seen, changed_at = excluded.changed_at");
            tx.execute(sql).await?;
        }
        tx.commit().await
    }
}
