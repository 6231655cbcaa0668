//! The cameras of a subtree with everything that a catalogue says of them, in one pass.

use domain::access::Access;
use domain::device::{ChannelStatus, DeviceState, GbId};
use domain::ids::{CameraId, ChannelId, RegionId, UnitId};
use domain::place::PlaceType;

use crate::Store;
use crate::error::Result;
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// Cameras of one look; the next look goes on after them.
const SHARED_AT_ONCE: i64 = 1_000;

/// A camera that is switched on, as a catalogue sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCamera {
    /// The camera.
    pub id: CameraId,
    /// Its name.
    pub name: String,
    /// Where it looks.
    pub place_type: PlaceType,
    /// Its unit.
    pub unit_id: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// The digits that the unit was given.
    pub unit_gb_id: Option<GbId>,
    /// The unit's region.
    pub region_id: RegionId,
    /// The digits that the camera was given.
    pub given: Option<GbId>,
    /// The channel that it gets its video from.
    pub channel: Option<SharedChannel>,
}

/// The channel of a shared camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedChannel {
    /// Own id.
    pub id: ChannelId,
    /// Its digits.
    pub gb_id: GbId,
    /// The device to ask.
    pub device_gb_id: GbId,
    /// Whether the device is there and the channel works, by the rows.
    pub is_on: bool,
    /// Manufacturer.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Kind of mount, as sent.
    pub ptz_type: Option<u8>,
}

impl Store {
    /// Cameras of the scope that are switched on, by their ids, after this one. Fewer than asked for means the end.
    pub async fn shared_cameras(
        &self,
        access: &Access,
        after: Option<CameraId>,
    ) -> Result<(Vec<SharedCamera>, bool)> {
        let mut sql = Sql::new(
            "select c.id, c.name, c.place_type, c.unit_id, u.name as unit_name, u.region_id, g.gb_id as given, v.gb_id as unit_gb_id,
                 c.channel_id, h.gb_id, d.gb_id as device_gb_id, d.disabled as device_disabled, s.state, h.status, h.present,
                 h.maker, h.model, h.ptz_type
             from camera c
             join unit_now u on u.unit_id = c.unit_id
             left join given_gb_id g on g.camera_id = c.id
             left join given_gb_id v on v.unit_id = c.unit_id
             left join channel h on h.id = c.channel_id
             left join device d on d.id = h.device_id
             left join device_state s on s.device_id = d.id
             where c.removed_at is null and not c.disabled",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and c.id > ", after.map(|id| id.0));
        sql.push(" order by c.id limit ").bind(SHARED_AT_ONCE);
        let rows = self.pools.fetch_all(sql).await?;
        let is_end = (rows.len() as i64) < SHARED_AT_ONCE;
        Ok((rows.iter().map(read_shared).collect::<Result<_>>()?, is_end))
    }
}

fn read_shared(row: &Row) -> Result<SharedCamera> {
    Ok(SharedCamera {
        id: row.id("id")?,
        name: row.text("name")?,
        place_type: row.word("place_type", PlaceType::parse)?,
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        unit_gb_id: row.id_opt("unit_gb_id")?,
        region_id: row.id("region_id")?,
        given: row.id_opt("given")?,
        channel: row.id_opt("channel_id")?.map(|id| read_channel(row, id)).transpose()?,
    })
}

fn read_channel(row: &Row, id: ChannelId) -> Result<SharedChannel> {
    let state = row.word_opt("state", DeviceState::parse)?;
    let is_there =
        state == Some(DeviceState::Online) && !row.flag("device_disabled")? && row.flag("present")?;
    let ptz_type = row.int_opt("ptz_type")?;
    Ok(SharedChannel {
        id,
        gb_id: row.id("gb_id")?,
        device_gb_id: row.id("device_gb_id")?,
        is_on: is_there && row.word("status", ChannelStatus::parse)? != ChannelStatus::Off,
        maker: row.text_opt("maker")?,
        model: row.text_opt("model")?,
        ptz_type: ptz_type
            .map(|kind| u8::try_from(kind).map_err(|_| corrupt("ptz_type", &kind.to_string())))
            .transpose()?,
    })
}
