//! Twenty digits for what has none of its own: a camera that is reached by its address, and a unit, which is no device at all. They are
//! given when they are first shown and never change, because upper platforms keep them.

use domain::device::GbId;
use domain::ids::{CameraId, UnitId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Serial numbers of one county and type.
const SERIALS: u32 = 1_000_000;

/// Who gets digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GivenTo {
    /// A camera without a channel, or with one whose digits another camera has.
    Camera(CameraId),
    /// A unit, as a virtual organisation.
    Unit(UnitId),
}

impl Store {
    /// The digits of a camera or unit; given now where it has none. `prefix` are the first 14 digits: division, grassroots unit, industry, type
    /// and network; six more count. What a channel of a device bears already is passed over.
    ///
    /// Errors: Limit when the numbers of this prefix are used up, Invalid for a prefix that is none or somebody who does not exist.
    pub async fn give_gb_id(&self, to: GivenTo, prefix: &str, at: Timestamp) -> Result<GbId> {
        if prefix.len() != 14 || prefix.bytes().any(|byte| !byte.is_ascii_digit()) {
            return Err(StoreError::Invalid(format!("{prefix:?} are not the first 14 digits of an id")));
        }
        let (camera_id, unit_id) = match to {
            GivenTo::Camera(id) => (Some(id.0), None),
            GivenTo::Unit(id) => (None, Some(id.0)),
        };
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::GivenIds).await?;
        if let Some(known) = given(&mut tx, camera_id, unit_id).await? {
            return Ok(known);
        }
        let gb_id = next_free(&mut tx, prefix).await?;
        let sql =
            Sql::new("insert into given_gb_id (gb_id, camera_id, unit_id, given_at) values ($1, $2, $3, $4)")
                .with(gb_id.as_str())
                .with(camera_id)
                .with(unit_id)
                .with(at);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(gb_id)
    }
}

async fn given(tx: &mut Tx, camera_id: Option<Uuid>, unit_id: Option<Uuid>) -> Result<Option<GbId>> {
    let sql = match (camera_id, unit_id) {
        (Some(id), _) => Sql::new("select gb_id from given_gb_id where camera_id = $1").with(id),
        (None, Some(id)) => Sql::new("select gb_id from given_gb_id where unit_id = $1").with(id),
        (None, None) => return Ok(None),
    };
    tx.fetch_opt(sql).await?.map(|row| row.id("gb_id")).transpose()
}

/// One above the highest that was ever given or told.
async fn next_free(tx: &mut Tx, prefix: &str) -> Result<GbId> {
    let (first, last) = (format!("{prefix}000000"), format!("{prefix}999999"));
    let mut serial = 0;
    for table in [
        "select max(gb_id) as highest from given_gb_id where gb_id between $1 and $2",
        "select max(gb_id) as highest from channel where gb_id between $1 and $2",
    ] {
        let highest = tx.fetch_opt(Sql::new(table).with(&first).with(&last)).await?;
        if let Some(highest) = highest.map(|row| row.text_opt("highest")).transpose()?.flatten() {
            serial = serial.max(highest[prefix.len()..].parse().unwrap_or(SERIALS));
        }
    }
    serial += 1;
    if serial >= SERIALS {
        return Err(StoreError::Limit(format!("all serial numbers after {prefix} are given")));
    }
    GbId::parse(&format!("{prefix}{serial:06}")).map_err(|error| StoreError::Invalid(error.to_string()))
}
