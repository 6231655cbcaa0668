//! Placing a channel: a camera of the tree gets its video from it.

use domain::access::Access;
use domain::ids::{CameraId, ChannelId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::cameras::{CameraSource, found};
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::{Narrow, Sql};

impl Store {
    /// Lets a camera get its video from a channel instead of where it came from before; an address and its credentials are forgotten.
    /// The way back is `update_camera` with an address.
    ///
    /// Errors: NotFound when camera or channel is outside the scope, Conflict when another camera has this channel.
    pub async fn link_camera(
        &self,
        access: &Access,
        camera_id: CameraId,
        channel_id: ChannelId,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_channel(&mut tx, access, channel_id).await?;
        let mut sql = Sql::new(
            "update camera set address = null, user_name = null, sealed_password = null, channel_id = $1, changed_at = $2,
                 changed_by = $3
             where id = $4 and removed_at is null and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(channel_id.0)
        .with(at)
        .with(by.map(|id| id.0))
        .with(camera_id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(tx.execute(sql).await?)?;
        tx.commit().await
    }
}

/// Insists that the channel a camera is to have lies within the scope. One that the camera has already may lie outside: a lower
/// platform of the county has the pictures of a school that does not see it.
pub(crate) async fn need_channel_of(
    tx: &mut Tx,
    access: &Access,
    camera_id: CameraId,
    source: &CameraSource,
) -> Result<()> {
    let CameraSource::Channel(channel_id) = source else { return Ok(()) };
    let sql = Sql::new("select id from camera where id = $1 and channel_id = $2")
        .with(camera_id.0)
        .with(channel_id.0);
    if tx.fetch_opt(sql).await?.is_some() {
        return Ok(());
    }
    need_channel(tx, access, *channel_id).await
}

async fn need_channel(tx: &mut Tx, access: &Access, id: ChannelId) -> Result<()> {
    let mut sql = Sql::new(
        "select h.id from channel h join device d on d.id = h.device_id join unit_now u on u.unit_id = d.unit_id
         where d.removed_at is null and h.id = $1",
    )
    .with(id.0);
    sql.narrow(access, Narrow::Current);
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}
