//! Zones of cameras: the whole list of one camera at a time, with a version, so that two people who draw at once lose nothing unseen.

use domain::access::Access;
use domain::ids::{CameraId, UserId};
use domain::zone::{Hours, ZONES_MAX, Zone, ZoneKind};
use jiff::Timestamp;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// The zones of a camera.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CameraZones {
    /// Counts changes; 0 before the first.
    pub version: i64,
    /// In the order in which they were given.
    pub zones: Vec<Zone>,
}

impl Store {
    /// The zones of a camera. NotFound for one outside the scope or removed.
    pub async fn camera_zones(&self, access: &Access, id: CameraId) -> Result<CameraZones> {
        // One statement, so that list and version belong together.
        let mut sql = Sql::new(
            "select c.zones_version, z.* from camera c join unit_now u on u.unit_id = c.unit_id
             left join watch_zone z on z.camera_id = c.id
             where c.removed_at is null and c.id = ",
        );
        sql.bind(id.0).narrow(access, Narrow::Current).push(" order by z.place");
        let rows = self.pools.fetch_all(sql).await?;
        let version = rows.first().ok_or(StoreError::NotFound)?.int("zones_version")?;
        let zones = rows.iter().filter_map(|row| read_zone(row).transpose()).collect::<Result<Vec<_>>>()?;
        Ok(CameraZones { version, zones })
    }

    /// Replaces the zones of a camera and answers their new version. Conflict when they are no longer at `expected_version`; Limit above
    /// [`ZONES_MAX`]; NotFound for a camera outside the scope or removed.
    pub async fn put_camera_zones(
        &self,
        access: &Access,
        id: CameraId,
        (expected_version, zones): (i64, &[Zone]),
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<i64> {
        if zones.len() > ZONES_MAX {
            return Err(StoreError::Limit(format!("{} zones, at most {ZONES_MAX}", zones.len())));
        }
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "update camera set zones_version = zones_version + 1 where id = $1 and zones_version = $2 and removed_at is null
             and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(id.0)
        .with(expected_version);
        sql.narrow(access, Narrow::Current).push(")");
        if tx.execute(sql).await? == 0 {
            return Err(missed(&mut tx, access, id, expected_version).await);
        }
        tx.execute(Sql::new("delete from watch_zone where camera_id = $1").with(id.0)).await?;
        for (place, zone) in (0_u32..).zip(zones) {
            tx.execute(insert_zone(id, place, zone, by, at)?).await?;
        }
        tx.commit().await?;
        Ok(expected_version + 1)
    }
}

/// Why nothing was changed: not there, or somebody was faster.
async fn missed(tx: &mut Tx, access: &Access, id: CameraId, expected: i64) -> StoreError {
    let mut sql = Sql::new(
        "select c.zones_version from camera c join unit_now u on u.unit_id = c.unit_id where c.removed_at is null and c.id = ",
    );
    sql.bind(id.0).narrow(access, Narrow::Current);
    match tx.fetch_opt(sql).await.map(|row| row.map(|row| row.int("zones_version"))) {
        Ok(Some(Ok(now))) => StoreError::conflict(format!(
            "the zones are at version {now}, not {expected}: somebody was faster"
        )),
        Ok(None) => StoreError::NotFound,
        Ok(Some(Err(error))) | Err(error) => error,
    }
}

fn insert_zone(id: CameraId, place: u32, zone: &Zone, by: Option<UserId>, at: Timestamp) -> Result<Sql> {
    let corners = serde_json::to_string(&zone.corners)
        .map_err(|error| StoreError::Invalid(format!("corners: {error}")))?;
    Ok(Sql::new(
        "insert into watch_zone (id, camera_id, place, kind, name, corners, hold_s, from_minute, until_minute, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .with(zone.id.0)
    .with(id.0)
    .with(place)
    .with(zone.kind.as_str())
    .with(&zone.name)
    .with(corners)
    .with(zone.hold_s)
    .with(zone.hours.map(|hours| i64::from(hours.from_minute)))
    .with(zone.hours.map(|hours| i64::from(hours.until_minute)))
    .with(by.map(|id| id.0))
    .with(at))
}

/// None where the camera of the row has no zone.
fn read_zone(row: &Row) -> Result<Option<Zone>> {
    let Some(id) = row.id_opt("id")? else { return Ok(None) };
    let minute = |column| {
        row.int_opt(column)?
            .map(|minute| u16::try_from(minute).map_err(|_| corrupt(column, &minute.to_string())))
            .transpose()
    };
    let hours = match (minute("from_minute")?, minute("until_minute")?) {
        (Some(from_minute), Some(until_minute)) => Some(Hours { from_minute, until_minute }),
        _ => None,
    };
    let hold_s = row.int("hold_s")?;
    Ok(Some(Zone {
        id,
        kind: row.word("kind", ZoneKind::parse)?,
        name: row.text("name")?,
        corners: row.word("corners", |json| serde_json::from_str(json).ok())?,
        hold_s: u32::try_from(hold_s).map_err(|_| corrupt("hold_s", &hold_s.to_string()))?,
        hours,
    }))
}
