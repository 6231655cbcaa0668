//! Entering, changing and removing devices.

use std::collections::HashSet;

use domain::access::Access;
use domain::device::GbId;
use domain::ids::{DeviceId, UserId};
use jiff::Timestamp;

use super::{DeviceRecord, need_device};
use crate::Store;
use crate::cameras::{found, need_unit};
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

impl Store {
    /// Enters a device. NotFound when its unit is outside the scope; Conflict when the id or the 20 digits are taken, by whomever.
    pub async fn add_device(
        &self,
        access: &Access,
        device: &DeviceRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        self.add_devices(access, std::slice::from_ref(device), by, at).await
    }

    /// Enters devices: all of them or none. Errors as for one.
    pub async fn add_devices(
        &self,
        access: &Access,
        devices: &[DeviceRecord],
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let mut seen = HashSet::new();
        for device in devices {
            if seen.insert(device.unit_id) {
                need_unit(&mut tx, access, device.unit_id).await?;
            }
            insert(&mut tx, device, by, at).await?;
        }
        tx.commit().await
    }

    /// Which of these 20 digits are entered already, by whomever: a taken id is refused to everybody alike.
    pub async fn known_devices(&self, gb_ids: &[GbId]) -> Result<Vec<GbId>> {
        let mut known = Vec::new();
        for chunk in gb_ids.chunks(KEYS) {
            let mut sql = Sql::new("select gb_id from device where removed_at is null and gb_id in ");
            sql.list(chunk.iter().map(GbId::as_str));
            for row in self.pools.fetch_all(sql).await? {
                known.push(row.id("gb_id")?);
            }
        }
        Ok(known)
    }

    /// Changes a device to what `device` says; `gb_id`, `created_at` and `simulated` stay: another id is another device. It may
    /// move to another unit of the scope; notices it sent before stay where they are.
    pub async fn update_device(
        &self,
        access: &Access,
        device: &DeviceRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, device.unit_id).await?;
        let mut sql = Sql::new(
            "update device set unit_id = $1, name = $2, sealed_secret = $3, profile = $4, disabled = $5, changed_at = $6, changed_by = $7
             where id = $8 and removed_at is null and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(device.unit_id.0)
        .with(&device.name)
        .with(device.sealed_secret.clone())
        .with(&device.profile)
        .with(device.disabled)
        .with(at)
        .with(by.map(|id| id.0))
        .with(device.id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(tx.execute(sql).await?)?;
        tx.commit().await
    }

    /// Takes a device out of every list and forgets its secret and its registration; its notices keep naming it, and its 20 digits
    /// may be entered again. Conflict while a camera gets its video from one of its channels.
    pub async fn remove_device(&self, access: &Access, id: DeviceId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_device(&mut tx, access, id).await?;
        let sql = Sql::new(
            "update device set removed_at = $1, sealed_secret = null where id = $2 and removed_at is null",
        )
        .with(at)
        .with(id.0);
        found(tx.execute(sql).await?)?;
        let used = Sql::new(
            "select cast(count(*) as bigint) as n from camera c join channel h on h.id = c.channel_id
             where h.device_id = $1 and c.removed_at is null",
        )
        .with(id.0);
        let cameras = tx.fetch_opt(used).await?.map_or(Ok(0), |row| row.int("n"))?;
        if cameras > 0 {
            return Err(StoreError::Conflict(format!("{cameras} cameras get their video from this device")));
        }
        tx.execute(Sql::new("delete from device_state where device_id = $1").with(id.0)).await?;
        tx.commit().await
    }
}

async fn insert(tx: &mut Tx, device: &DeviceRecord, by: Option<UserId>, at: Timestamp) -> Result<()> {
    let sql = Sql::new(
            "insert into device (id, unit_id, gb_id, name, sealed_secret, profile, disabled, simulated, created_at, changed_at,
                 changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .with(device.id.0)
        .with(device.unit_id.0)
        .with(device.gb_id.as_str())
        .with(&device.name)
        .with(device.sealed_secret.clone())
        .with(&device.profile)
        .with(device.disabled)
        .with(device.simulated)
        .with(device.created_at)
        .with(at)
        .with(by.map(|id| id.0));
    match tx.execute(sql).await {
        // The database would name the column; whose device it is is nobody's business.
        Err(StoreError::Conflict(_)) => {
            return Err(StoreError::conflict("this device is entered already"));
        }
        other => other?,
    };
    Ok(())
}
