//! Whether the days that the law wants of each camera are there; what alarm V05 is raised from.

use std::collections::HashMap;

use domain::access::Access;
use domain::beijing::day_after;
use domain::ids::{CameraId, UnitId};
use domain::recording::{CameraDay, Proof, prove};
use jiff::civil::Date;

use super::days::read_day;
use super::track::{read_camera_of, read_retention_days};
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// The days of one camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingHealth {
    /// The unit it belongs to.
    pub unit_id: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Which camera.
    pub camera_id: CameraId,
    /// Its name.
    pub camera_name: String,
    /// Days below which nothing may go.
    pub floor_days: u16,
    /// The days that have to be there, and those that are.
    pub proof: Proof,
}

impl Store {
    /// The days of every camera of the scope of which days were measured, as last counted, in the order in which they were first
    /// recorded. Removed cameras and the places that a camera has left are not among them: nothing new comes there.
    pub async fn recording_health(
        &self,
        access: &Access,
        today: Date,
        ask: &PageAsk,
    ) -> Result<Page<RecordingHealth>> {
        let mut sql = Sql::new(
            "select k.*, u.name as unit_name, c.name as camera_name,
                 (select min(d.day) from camera_day d where d.track = k.key) as began
             from recording_track k
             join unit_now u on u.unit_id = k.unit_id
             join camera c on c.id = k.camera_id and c.unit_id = k.unit_id
             where c.removed_at is null and exists (select 1 from camera_day d where d.track = k.key)",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and k.key > ", ask.key::<i64>()?);
        sql.push(" order by k.key limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let tracks = rows.iter().map(|row| row.int("key")).collect::<Result<Vec<_>>>()?;
        let floors = rows.iter().map(|row| Ok(read_retention_days(row)?.floor_days()));
        let floors = floors.collect::<Result<Vec<_>>>()?;
        let longest = floors.iter().copied().max().unwrap_or(0);
        let mut days = self.days_of(&tracks, (day_after(today, -i32::from(longest)), today)).await?;
        let mut items = Vec::with_capacity(rows.len());
        for ((row, track), floor_days) in rows.iter().zip(tracks).zip(floors) {
            let (unit_id, camera_id) = read_camera_of(row)?;
            let began = row.id("began")?;
            let days = days.remove(&track).unwrap_or_default();
            let health = RecordingHealth {
                unit_id,
                unit_name: row.text("unit_name")?,
                camera_id,
                camera_name: row.text("camera_name")?,
                floor_days,
                proof: prove(&days, floor_days, began, today),
            };
            items.push((track, health));
        }
        let page = ask.cut(items, |(track, _)| *track);
        Ok(Page { items: page.items.into_iter().map(|(_, one)| one).collect(), next: page.next })
    }

    async fn days_of(
        &self,
        tracks: &[i64],
        (first, today): (Date, Date),
    ) -> Result<HashMap<i64, Vec<CameraDay>>> {
        let mut days: HashMap<i64, Vec<CameraDay>> = HashMap::new();
        for chunk in tracks.chunks(KEYS) {
            let mut sql = Sql::new("select * from camera_day where day >= $1 and day < $2 and track in ")
                .with(first.to_string())
                .with(today.to_string());
            sql.list(chunk.iter().copied());
            for row in self.pools.fetch_all(sql).await? {
                days.entry(row.int("track")?).or_default().push(read_day(&row)?);
            }
        }
        Ok(days)
    }
}
