//! Cameras: what is entered about them, and what the platform last saw of them. Talking to one is `media`'s work.

use domain::access::Access;
use domain::camera::CameraState;
use domain::ids::{CameraId, ChannelId, UnitId, UserId};
use domain::place::PlaceType;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::Store;
use crate::devices::need_channel_of;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql, contains_pattern};

/// A camera as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraRecord {
    /// Own id.
    pub id: CameraId,
    /// The unit it belongs to.
    pub unit_id: UnitId,
    /// Name, e.g. 一号宿舍楼三层东走廊.
    pub name: String,
    /// What it looks at.
    pub place_type: PlaceType,
    /// Where its video comes from.
    pub source: CameraSource,
    /// Whether the watch looks at it.
    pub watch_enabled: bool,
    /// Switched off by a person.
    pub disabled: bool,
    /// A simulated camera of a demonstration.
    pub simulated: bool,
    /// Whether it is recorded; none: as the configuration says.
    pub is_recorded: Option<bool>,
    /// Since when it has been one that is to be recorded; none: never yet. Written by [`Store::begin_recording`] alone.
    pub recorded_since: Option<Timestamp>,
    /// When it was entered.
    pub created_at: Timestamp,
}

/// Where the video of a camera comes from: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraSource {
    /// The camera itself is asked.
    Rtsp {
        /// Address of the stream, without credentials.
        address: String,
        /// Address of the sub-stream, the smaller picture of the same camera, with the same account.
        sub_address: Option<String>,
        /// Where it answers ONVIF, at the same host and with the same account; none: it is looked for there.
        onvif_address: Option<String>,
        /// User name at the camera.
        user_name: Option<String>,
        /// Password at the camera, encrypted by the caller; never in clear here.
        sealed_password: Option<Vec<u8>>,
    },
    /// A device is asked for this channel of it.
    Channel(ChannelId),
}

/// The last state seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenState {
    /// The state.
    pub state: CameraState,
    /// Why, as a short code; none where the state says it all.
    pub reason: Option<String>,
    /// Since when this state holds.
    pub since: Timestamp,
}

/// A camera in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraRow {
    /// The camera.
    pub camera: CameraRecord,
    /// Name of its unit.
    pub unit_name: String,
    /// Last state seen; none before the first.
    pub seen: Option<SeenState>,
}

/// A camera with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraPlace {
    /// The camera.
    pub camera: CameraRecord,
    /// Name of its unit.
    pub unit_name: String,
    /// City the unit belongs to.
    pub city: Option<String>,
    /// County the unit belongs to.
    pub county: Option<String>,
    /// Last state seen; none before the first.
    pub seen: Option<SeenState>,
}

/// Which cameras; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CameraFilter {
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// Part of the camera's or the unit's name, ASCII case set aside.
    pub text: Option<String>,
}

pub(crate) const CAMERA_ROWS: &str =
    "select c.*, u.name as unit_name, city.name as city_name, county.name as county_name,
        s.state, s.reason, s.since
    from camera c
    join unit_now u on u.unit_id = c.unit_id
    join region r on r.id = u.region_id
    left join region city on city.id = r.city_id
    left join region county on county.id = r.county_id
    left join camera_state s on s.camera_id = c.id
    where c.removed_at is null";

impl Store {
    /// Enters a camera. NotFound when its unit or the channel it is to have is outside the scope, Conflict when the id is taken or
    /// another camera has the channel.
    pub async fn add_camera(
        &self,
        access: &Access,
        camera: &CameraRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, camera.unit_id).await?;
        need_channel_of(&mut tx, access, camera.id, &camera.source).await?;
        let source = SourceColumns::of(&camera.source);
        let sql = Sql::new(
            "insert into camera (id, unit_id, name, place_type, address, sub_address, onvif_address, user_name, sealed_password,
                 channel_id, watch_enabled, disabled, is_recorded, simulated, created_at, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        )
        .with(camera.id.0)
        .with(camera.unit_id.0)
        .with(&camera.name)
        .with(camera.place_type.as_str())
        .with(source.address)
        .with(source.sub_address)
        .with(source.onvif_address)
        .with(source.user_name)
        .with(source.sealed_password)
        .with(source.channel_id)
        .with(camera.watch_enabled)
        .with(camera.disabled)
        .with(camera.is_recorded)
        .with(camera.simulated)
        .with(camera.created_at)
        .with(at)
        .with(by.map(|id| id.0));
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Changes a camera to what `camera` says; `created_at` and `simulated` stay. It may move to another unit of the scope.
    pub async fn update_camera(
        &self,
        access: &Access,
        camera: &CameraRecord,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_unit(&mut tx, access, camera.unit_id).await?;
        need_channel_of(&mut tx, access, camera.id, &camera.source).await?;
        let source = SourceColumns::of(&camera.source);
        let mut sql = Sql::new(
            "update camera set unit_id = $1, name = $2, place_type = $3, address = $4, sub_address = $5, onvif_address = $6,
                 user_name = $7, sealed_password = $8, channel_id = $9, watch_enabled = $10, disabled = $11, is_recorded = $12,
                 changed_at = $13, changed_by = $14
             where id = $15 and removed_at is null and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(camera.unit_id.0)
        .with(&camera.name)
        .with(camera.place_type.as_str())
        .with(source.address)
        .with(source.sub_address)
        .with(source.onvif_address)
        .with(source.user_name)
        .with(source.sealed_password)
        .with(source.channel_id)
        .with(camera.watch_enabled)
        .with(camera.disabled)
        .with(camera.is_recorded)
        .with(at)
        .with(by.map(|id| id.0))
        .with(camera.id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(tx.execute(sql).await?)?;
        tx.commit().await
    }

    /// Takes a camera out of every list and forgets its credentials. Its alarms keep naming it.
    pub async fn remove_camera(&self, access: &Access, id: CameraId, at: Timestamp) -> Result<()> {
        let mut sql = Sql::new(
            "update camera set removed_at = $1, user_name = null, sealed_password = null where id = $2 and removed_at is null
             and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(at)
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(self.pools.execute(sql).await?)
    }

    /// One camera.
    pub async fn camera(&self, access: &Access, id: CameraId) -> Result<CameraPlace> {
        let mut sql = Sql::new(CAMERA_ROWS);
        sql.push(" and c.id = ").bind(id.0).narrow(access, Narrow::Current);
        let row = self.pools.fetch_one(sql).await?;
        Ok(CameraPlace {
            camera: read_camera(&row)?,
            unit_name: row.text("unit_name")?,
            city: row.text_opt("city_name")?,
            county: row.text_opt("county_name")?,
            seen: read_seen(&row)?,
        })
    }

    /// Cameras grouped by unit, then by name. Units come in the order of their ids, which is the order of the register's growth.
    pub async fn cameras(
        &self,
        access: &Access,
        filter: &CameraFilter,
        ask: &PageAsk,
    ) -> Result<Page<CameraRow>> {
        let mut sql = Sql::new(CAMERA_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and c.unit_id = ", filter.unit_id.map(|id| id.0));
        if let Some(text) = filter.text.as_deref().filter(|text| !text.trim().is_empty()) {
            sql.push(" and (lower(c.name) like ").bind(contains_pattern(text));
            sql.push(" escape '!' or lower(u.name) like ").bind(contains_pattern(text)).push(" escape '!')");
        }
        if let Some((unit_id, name, id)) = ask.key::<(UnitId, String, CameraId)>()? {
            sql.push(" and (c.unit_id, c.name, c.id) > (").bind(unit_id.0);
            sql.push(", ").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by c.unit_id, c.name, c.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_camera_row).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.camera.unit_id, row.camera.name.clone(), row.camera.id)))
    }
}

/// The columns of a source; those of the other kind are null.
#[derive(Default)]
struct SourceColumns<'a> {
    address: Option<&'a str>,
    sub_address: Option<&'a str>,
    onvif_address: Option<&'a str>,
    user_name: Option<&'a str>,
    sealed_password: Option<&'a [u8]>,
    channel_id: Option<Uuid>,
}

impl<'a> SourceColumns<'a> {
    fn of(source: &'a CameraSource) -> Self {
        match source {
            CameraSource::Rtsp { address, sub_address, onvif_address, user_name, sealed_password } => Self {
                address: Some(address),
                sub_address: sub_address.as_deref(),
                onvif_address: onvif_address.as_deref(),
                user_name: user_name.as_deref(),
                sealed_password: sealed_password.as_deref(),
                channel_id: None,
            },
            CameraSource::Channel(id) => Self { channel_id: Some(id.0), ..Self::default() },
        }
    }
}

/// Insists that the unit exists within the scope.
pub(crate) async fn need_unit(tx: &mut Tx, access: &Access, id: UnitId) -> Result<()> {
    let mut sql = Sql::new("select u.unit_id from unit_now u where u.unit_id = $1").with(id.0);
    sql.narrow(access, Narrow::Current);
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}

/// An update that changed nothing found nothing.
pub(crate) fn found(changed: u64) -> Result<()> {
    if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

fn read_seen(row: &Row) -> Result<Option<SeenState>> {
    let Some(state) = row.word_opt("state", CameraState::parse)? else { return Ok(None) };
    Ok(Some(SeenState { state, reason: row.text_opt("reason")?, since: row.time("since")? }))
}

pub(crate) fn read_camera_row(row: &Row) -> Result<CameraRow> {
    Ok(CameraRow { camera: read_camera(row)?, unit_name: row.text("unit_name")?, seen: read_seen(row)? })
}

fn read_source(row: &Row) -> Result<CameraSource> {
    match row.id_opt("channel_id")? {
        Some(id) => Ok(CameraSource::Channel(id)),
        None => Ok(CameraSource::Rtsp {
            address: row.text("address")?,
            sub_address: row.text_opt("sub_address")?,
            onvif_address: row.text_opt("onvif_address")?,
            user_name: row.text_opt("user_name")?,
            sealed_password: row.bytes_opt("sealed_password")?,
        }),
    }
}

fn read_camera(row: &Row) -> Result<CameraRecord> {
    Ok(CameraRecord {
        id: row.id("id")?,
        unit_id: row.id("unit_id")?,
        name: row.text("name")?,
        place_type: row.word("place_type", PlaceType::parse)?,
        source: read_source(row)?,
        watch_enabled: row.flag("watch_enabled")?,
        disabled: row.flag("disabled")?,
        simulated: row.flag("simulated")?,
        is_recorded: row.flag_opt("is_recorded")?,
        recorded_since: row.time_opt("recorded_since")?,
        created_at: row.time("created_at")?,
    })
}
