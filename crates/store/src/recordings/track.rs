//! Tracks: found or begun for the cameras of a batch, and found for an asker.

use std::collections::HashMap;

use domain::access::Access;
use domain::ids::{CameraId, UnitId};
use domain::recording::{FloorBasis, Retention};

use crate::Store;
use crate::cameras::need_unit;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// The tracks on which these cameras are recorded now, begun where there is none yet. NotFound names no camera: one of them does not
/// exist.
pub(super) async fn tracks_now(tx: &mut Tx, cameras: &[CameraId]) -> Result<HashMap<CameraId, i64>> {
    let mut tracks = HashMap::with_capacity(cameras.len());
    for chunk in cameras.chunks(KEYS) {
        find_tracks(tx, chunk, &mut tracks).await?;
        if chunk.iter().all(|id| tracks.contains_key(id)) {
            continue;
        }
        begin_tracks(tx, chunk).await?;
        find_tracks(tx, chunk, &mut tracks).await?;
        if chunk.iter().any(|id| !tracks.contains_key(id)) {
            return Err(StoreError::NotFound);
        }
    }
    Ok(tracks)
}

async fn find_tracks(tx: &mut Tx, cameras: &[CameraId], tracks: &mut HashMap<CameraId, i64>) -> Result<()> {
    let mut sql = Sql::new(
        "select k.key, k.camera_id from recording_track k join camera c on c.id = k.camera_id and c.unit_id = k.unit_id
         where k.camera_id in ",
    );
    sql.list(cameras.iter().map(|id| id.0));
    for row in tx.fetch_all(sql).await? {
        tracks.insert(row.id("camera_id")?, row.int("key")?);
    }
    Ok(())
}

async fn begin_tracks(tx: &mut Tx, cameras: &[CameraId]) -> Result<()> {
    let unsaid = Retention::default();
    let mut sql = Sql::new(
        "insert into recording_track (camera_id, unit_id, floor_days, ceiling_days)
         select c.id, c.unit_id, coalesce(r.floor_days, $1), coalesce(r.ceiling_days, $2)
         from camera c left join unit_retention r on r.unit_id = c.unit_id where c.id in ",
    )
    .with(i64::from(unsaid.floor_days()))
    .with(i64::from(unsaid.ceiling_days()));
    sql.list(cameras.iter().map(|id| id.0)).push(" on conflict (camera_id, unit_id) do nothing");
    tx.execute(sql).await.map(|_| ())
}

/// The track of a camera at a unit, for an asker; begun where the camera is there now and nothing was recorded yet. NotFound when the unit
/// is outside the scope or the camera was never there.
pub(super) async fn track_within(
    tx: &mut Tx,
    access: &Access,
    (unit_id, camera_id): (UnitId, CameraId),
) -> Result<i64> {
    need_unit(tx, access, unit_id).await?;
    let sql = Sql::new("select key from recording_track where camera_id = $1 and unit_id = $2")
        .with(camera_id.0)
        .with(unit_id.0);
    if let Some(row) = tx.fetch_opt(sql).await? {
        return row.int("key");
    }
    let sql =
        Sql::new("select id from camera where id = $1 and unit_id = $2").with(camera_id.0).with(unit_id.0);
    tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
    let tracks = tracks_now(tx, &[camera_id]).await?;
    tracks.get(&camera_id).copied().ok_or(StoreError::NotFound)
}

impl Store {
    /// Every track of a camera that the asker sees, oldest first. NotFound when the camera itself is outside the scope too.
    pub(super) async fn tracks_of(&self, access: &Access, camera_id: CameraId) -> Result<Vec<i64>> {
        let mut sql = Sql::new(
            "select k.key from recording_track k join unit_now u on u.unit_id = k.unit_id where k.camera_id = $1",
        )
        .with(camera_id.0);
        sql.narrow(access, Narrow::Current).push(" order by k.key");
        let tracks: Vec<i64> =
            self.pools.fetch_all(sql).await?.iter().map(|row| row.int("key")).collect::<Result<_>>()?;
        if tracks.is_empty() {
            // Not recorded yet, or not the asker's.
            self.camera(access, camera_id).await?;
        }
        Ok(tracks)
    }
}

/// Which unit and camera a row with the columns of a track is about.
pub(super) fn read_camera_of(row: &Row) -> Result<(UnitId, CameraId)> {
    Ok((row.id("unit_id")?, row.id("camera_id")?))
}

/// The retention of a row with the columns of a track. A track knows its days and not by which law.
pub(super) fn read_retention_days(row: &Row) -> Result<Retention> {
    let days = |column: &str| {
        let days = row.int(column)?;
        u16::try_from(days).map_err(|_| corrupt(column, &days.to_string()))
    };
    Retention::custom(FloorBasis::PublicSafety, days("floor_days")?, days("ceiling_days")?)
        .map_err(|error| corrupt("floor_days", &error.to_string()))
}
