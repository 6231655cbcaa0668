//! Pins: set, listed, released. Whether a stretch may be pinned so is the domain's word.

use domain::access::Access;
use domain::ids::{AlarmId, CameraId, PinId, UnitId, UserId};
use domain::recording::Span;
use jiff::Timestamp;

use super::track::{read_camera_of, track_within};
use crate::Store;
use crate::cameras::found;
use crate::engine::Lock;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A stretch that is to stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPin {
    /// Own id.
    pub id: PinId,
    /// The unit it is recorded at.
    pub unit_id: UnitId,
    /// Of which camera.
    pub camera_id: CameraId,
    /// What is to stay; may lie ahead.
    pub span: Span,
    /// What it is evidence of.
    pub reason: String,
    /// The alarm it belongs to.
    pub alarm_id: Option<AlarmId>,
    /// Until when it holds.
    pub keep_until: Timestamp,
}

/// A pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinRow {
    /// As it was set.
    pub pin: NewPin,
    /// Name of the unit now.
    pub unit_name: String,
    /// Name of the camera now.
    pub camera_name: String,
    /// Who set it, by what name; none: the platform.
    pub pinned_by: Option<(UserId, String)>,
    /// When.
    pub pinned_at: Timestamp,
    /// When somebody let it go before its end.
    pub released_at: Option<Timestamp>,
}

impl PinRow {
    /// Whether it holds.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.released_at.is_none() && self.pin.keep_until > now
    }
}

impl Store {
    /// Pins a stretch of a camera, in the name of the asker. NotFound when the unit or the alarm is outside the scope, or the camera
    /// was never there; Conflict when the id is taken; Invalid for an empty stretch, no reason, or an end in the past.
    pub async fn add_pin(&self, access: &Access, pin: &NewPin, at: Timestamp) -> Result<()> {
        if let Some(alarm_id) = pin.alarm_id {
            self.alarm(access, alarm_id).await?;
        }
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Pins).await?;
        let track = track_within(&mut tx, access, (pin.unit_id, pin.camera_id)).await?;
        let sql = Sql::new(
            "insert into recording_pin (id, track, from_at, until_at, reason, alarm_id, pinned_by, pinned_at, keep_until)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(pin.id.0)
        .with(track)
        .with(pin.span.start)
        .with(pin.span.end)
        .with(&pin.reason)
        .with(pin.alarm_id.map(|id| id.0))
        .with(access.user_id.map(|id| id.0))
        .with(at)
        .with(pin.keep_until);
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// Lets a pin go before its end, in the name of the asker. NotFound outside the scope; Conflict when it was let go before.
    pub async fn release_pin(&self, access: &Access, id: PinId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "select p.released_at from recording_pin p join recording_track k on k.key = p.track
             join unit_now u on u.unit_id = k.unit_id where p.id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Current);
        let row = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        if row.time_opt("released_at")?.is_some() {
            return Err(StoreError::conflict("the pin was let go before"));
        }
        let sql = Sql::new(
            "update recording_pin set released_at = $1, released_by = $2 where id = $3 and released_at is null",
        )
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(id.0);
        found(tx.execute(sql).await?)?;
        tx.commit().await
    }

    /// Pins, newest first; of one camera where one is named. Those that no longer hold stay in the list.
    pub async fn pins(
        &self,
        access: &Access,
        camera_id: Option<CameraId>,
        ask: &PageAsk,
    ) -> Result<Page<PinRow>> {
        let mut sql = Sql::new(
            "select p.*, k.camera_id, k.unit_id, u.name as unit_name, c.name as camera_name, a.display_name as by_name
             from recording_pin p
             join recording_track k on k.key = p.track
             join unit_now u on u.unit_id = k.unit_id
             join camera c on c.id = k.camera_id
             left join account a on a.id = p.pinned_by
             where 1 = 1",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and k.camera_id = ", camera_id.map(|id| id.0));
        if let Some((pinned_us, id)) = ask.key::<(i64, PinId)>()? {
            sql.push(" and (p.pinned_at, p.id) < (").bind(pinned_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by p.pinned_at desc, p.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_pin).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.pinned_at.as_microsecond(), row.pin.id)))
    }
}

fn read_pin(row: &Row) -> Result<PinRow> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(PinRow {
        pin: NewPin {
            id: row.id("id")?,
            unit_id,
            camera_id,
            span: Span::new(row.time("from_at")?, row.time("until_at")?),
            reason: row.text("reason")?,
            alarm_id: row.id_opt("alarm_id")?,
            keep_until: row.time("keep_until")?,
        },
        unit_name: row.text("unit_name")?,
        camera_name: row.text("camera_name")?,
        pinned_by: row.id_opt("pinned_by")?.zip(row.text_opt("by_name")?),
        pinned_at: row.time("pinned_at")?,
        released_at: row.time_opt("released_at")?,
    })
}
