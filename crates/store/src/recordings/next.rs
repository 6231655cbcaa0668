//! What goes next, and when: for each camera its oldest recording, soonest first.

use domain::access::Access;
use domain::beijing::begin_of;
use domain::ids::{CameraId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::due::unpinned;
use super::track::{read_camera_of, read_retention_days};
use super::{DAY_US, TRACK_KEYS};
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// The oldest recording of a camera that is not pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextDeletion {
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Its name now.
    pub unit_name: String,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// Its name now.
    pub camera_name: String,
    /// When the oldest segment begins.
    pub oldest_at: Timestamp,
    /// From when on it may go for want of room.
    pub may_go_at: Timestamp,
    /// From when on it has to go. In the past: with the next round of the deleter.
    pub goes_at: Timestamp,
}

impl Store {
    /// What goes next of every camera of the scope, soonest first; cameras without recordings are left out.
    pub async fn next_deletions(
        &self,
        access: &Access,
        now: Timestamp,
        ask: &PageAsk,
    ) -> Result<Page<NextDeletion>> {
        let mut sql = Sql::new(
            "select t.*, c.name as camera_name, s.start_at, s.end_at from (
                 select k.key, k.camera_id, k.unit_id, k.floor_days, k.ceiling_days, u.name as unit_name, (
                     select s.key from segment s where s.key >= k.key * ",
        );
        sql.bind(TRACK_KEYS).push(" and s.key < (k.key + 1) * ").bind(TRACK_KEYS).push(" and not s.is_open");
        unpinned(&mut sql, now);
        sql.push(" order by s.key limit 1) as oldest from recording_track k join unit_now u on u.unit_id = k.unit_id where 1 = 1");
        sql.narrow(access, Narrow::Current);
        sql.push(") t join segment s on s.key = t.oldest join camera c on c.id = t.camera_id where 1 = 1");
        // The domain's moment, as a number that grows with it: the day on which the segment ends, and the days that it stays.
        let epoch_us = begin_of(Date::constant(1970, 1, 1)).as_microsecond();
        if let Some((day, track)) = ask.key::<(i64, i64)>()? {
            sql.push(" and ((s.end_at - 1 - ").bind(epoch_us).push(") / ").bind(DAY_US);
            sql.push(" + t.ceiling_days, t.key) > (").bind(day).push(", ").bind(track).push(")");
        }
        sql.push(" order by (s.end_at - 1 - ").bind(epoch_us).push(") / ").bind(DAY_US);
        sql.push(" + t.ceiling_days, t.key limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let mut items = Vec::new();
        for row in &rows {
            let day = (row.int("end_at")? - 1 - epoch_us) / DAY_US + row.int("ceiling_days")?;
            items.push(((day, row.int("key")?), read_next(row)?));
        }
        let page = ask.cut(items, |(key, _)| *key);
        Ok(Page { items: page.items.into_iter().map(|(_, one)| one).collect(), next: page.next })
    }
}

fn read_next(row: &Row) -> Result<NextDeletion> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    let (retention, end_at) = (read_retention_days(row)?, row.time("end_at")?);
    Ok(NextDeletion {
        unit_id,
        unit_name: row.text("unit_name")?,
        camera_id,
        camera_name: row.text("camera_name")?,
        oldest_at: row.time("start_at")?,
        may_go_at: retention.may_go_at(end_at),
        goes_at: retention.goes_at(end_at),
    })
}
