//! Entering, changing and removing transmission devices; placing components.

use domain::access::Access;
use domain::ids::{CameraId, ComponentId, TransmitterId, UserId};
use jiff::Timestamp;

use super::{TransmitterRecord, need_transmitter};
use crate::Store;
use crate::cameras::{found, need_unit};
use crate::error::{Result, StoreError};
use crate::sql::{Narrow, Sql};

/// Most cameras of one component.
pub const COMPONENT_CAMERAS_MAX: usize = 8;

impl Store {
    /// Enters a device. NotFound when its unit is outside the scope; Conflict when the id or the address is taken, by whomever.
    pub async fn add_transmitter(
        &self,
        access: &Access,
        transmitter: &TransmitterRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, transmitter.unit_id).await?;
        let sql = Sql::new(
            "insert into transmitter (id, unit_id, address, name, disabled, simulated, created_at, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(transmitter.id.0)
        .with(transmitter.unit_id.0)
        .with(&transmitter.address)
        .with(&transmitter.name)
        .with(transmitter.disabled)
        .with(transmitter.simulated)
        .with(transmitter.created_at)
        .with(at)
        .with(by.map(|id| id.0));
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Changes unit, name and whether it is switched off. Moved to another unit, its components lose their cameras: those stay where they are.
    pub async fn update_transmitter(
        &self,
        access: &Access,
        transmitter: &TransmitterRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, transmitter.unit_id).await?;
        let was_at = need_transmitter(&mut tx, access, transmitter.id).await?;
        let sql = Sql::new(
            "update transmitter set unit_id = $1, name = $2, disabled = $3, changed_at = $4, changed_by = $5 where id = $6",
        )
        .with(transmitter.unit_id.0)
        .with(&transmitter.name)
        .with(transmitter.disabled)
        .with(at)
        .with(by.map(|id| id.0))
        .with(transmitter.id.0);
        tx.execute(sql).await?;
        if was_at != transmitter.unit_id {
            let sql = Sql::new(
                "delete from component_camera where component_id in (select id from component where transmitter_id = $1)",
            );
            tx.execute(sql.with(transmitter.id.0)).await?;
        }
        tx.commit().await
    }

    /// Takes a device out of every list; what it told keeps naming it, and its address may be entered again.
    pub async fn remove_transmitter(&self, access: &Access, id: TransmitterId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_transmitter(&mut tx, access, id).await?;
        let sql = Sql::new("update transmitter set removed_at = $1 where id = $2").with(at).with(id.0);
        found(tx.execute(sql).await?)?;
        tx.execute(Sql::new("delete from transmitter_state where transmitter_id = $1").with(id.0)).await?;
        tx.commit().await
    }

    /// Says where a component is and which cameras see that place, the best one first. NotFound for a component outside the scope, Invalid
    /// for a camera of another unit.
    pub async fn place_component(
        &self,
        access: &Access,
        id: ComponentId,
        place: Option<&str>,
        cameras: &[CameraId],
        by: Option<UserId>,
    ) -> Result<()> {
        if cameras.len() > COMPONENT_CAMERAS_MAX {
            return Err(StoreError::Limit(format!(
                "{} cameras, at most {COMPONENT_CAMERAS_MAX}",
                cameras.len()
            )));
        }
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "update component set place = $1, changed_by = $2 where id = $3 and transmitter_id in
                 (select t.id from transmitter t join unit_now u on u.unit_id = t.unit_id where t.removed_at is null",
        )
        .with(place)
        .with(by.map(|id| id.0))
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(tx.execute(sql).await?)?;
        tx.execute(Sql::new("delete from component_camera where component_id = $1").with(id.0)).await?;
        for (number, camera) in (0_u32..).zip(cameras) {
            let sql = Sql::new(
                "insert into component_camera (component_id, camera_id, place)
                 select c.id, m.id, $1 from component c join transmitter t on t.id = c.transmitter_id
                 join camera m on m.unit_id = t.unit_id and m.removed_at is null where c.id = $2 and m.id = $3",
            )
            .with(number)
            .with(id.0)
            .with(camera.0);
            if tx.execute(sql).await? == 0 {
                return Err(StoreError::Invalid("cameras: one of them belongs to another unit".to_owned()));
            }
        }
        tx.commit().await
    }
}
