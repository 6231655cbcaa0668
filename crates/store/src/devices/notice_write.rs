//! Notices come in, get a meaning, are reset by a person, and are thinned out.

use domain::access::Access;
use domain::device::{GbId, NoticeKind, kept};
use domain::ids::{AlarmId, DeviceId, DeviceNoticeId, UnitId, UserId};
use jiff::Timestamp;

use super::DEVICE_TEXT_MAX_BYTES;
use crate::Store;
use crate::cameras::found;
use crate::error::{Result, StoreError};
use crate::sql::{Narrow, Sql};

/// Most bytes of a body that are kept. Alarms have some hundred; the rest is for makers who add a picture's worth of text.
pub const NOTICE_RAW_MAX_BYTES: usize = 8 * 1024;
/// Most bytes of a description that are kept.
const DESCRIPTION_MAX_BYTES: usize = 1024;
/// Most notices thinned out at once; the next time takes the rest.
const MAX_THINNED: i64 = 10_000;

/// A notice as it comes in. Texts are cut and cleaned ([`domain::device::kept`]), never refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeviceNotice {
    /// Own id.
    pub id: DeviceNoticeId,
    /// The device that sent it.
    pub device_id: DeviceId,
    /// Whose it is: the unit of the camera that has the channel, or else of the device.
    pub unit_id: UnitId,
    /// The channel or alarm input; none where what was sent is no id.
    pub channel_gb_id: Option<GbId>,
    /// The command, e.g. `Alarm`.
    pub command: String,
    /// When it happened, by the clock of the device; none where it sent no time that can be read.
    pub at: Option<Timestamp>,
    /// When it came.
    pub received_at: Timestamp,
    /// `AlarmPriority` as sent.
    pub priority: Option<String>,
    /// `AlarmMethod` as sent.
    pub method: Option<String>,
    /// `AlarmType` as sent.
    pub alarm_type: Option<String>,
    /// `AlarmDescription` as sent.
    pub description: Option<String>,
    /// The body as it came, decoded.
    pub raw: String,
    /// What the mapping says; none where it does not know.
    pub kind: Option<NoticeKind>,
    /// The alarm it became or joined; only with a kind.
    pub alarm_id: Option<AlarmId>,
    /// Whether the point stays silent until a person resets it.
    pub needs_reset: bool,
}

impl Store {
    /// Keeps a notice. Conflict for an id that is taken, Invalid for a device, unit or alarm that does not exist.
    pub async fn add_device_notice(&self, new: &NewDeviceNotice) -> Result<()> {
        let text = |text: &Option<String>, max| text.as_deref().map(|text| kept(text, max));
        let sql = Sql::new(
            "insert into device_notice (id, device_id, unit_id, channel_gb_id, command, at, received_at, priority, method, alarm_type,
                 description, raw, raw_size_bytes, kind, alarm_id, needs_reset)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        )
        .with(new.id.0)
        .with(new.device_id.0)
        .with(new.unit_id.0)
        .with(new.channel_gb_id.as_ref().map(GbId::as_str))
        .with(kept(&new.command, DEVICE_TEXT_MAX_BYTES))
        .with(new.at)
        .with(new.received_at)
        .with(text(&new.priority, DEVICE_TEXT_MAX_BYTES))
        .with(text(&new.method, DEVICE_TEXT_MAX_BYTES))
        .with(text(&new.alarm_type, DEVICE_TEXT_MAX_BYTES))
        .with(text(&new.description, DESCRIPTION_MAX_BYTES))
        .with(kept(&new.raw, NOTICE_RAW_MAX_BYTES))
        .with(new.raw.len() as i64)
        .with(new.kind.map(NoticeKind::as_str))
        .with(new.alarm_id.map(|id| id.0))
        .with(new.needs_reset);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Gives a notice its meaning, and the alarm where it became one. An alarm once given stays.
    pub async fn map_device_notice(
        &self,
        access: &Access,
        id: DeviceNoticeId,
        kind: NoticeKind,
        alarm_id: Option<AlarmId>,
    ) -> Result<()> {
        let mut sql = Sql::new(
            "update device_notice set kind = $1, alarm_id = coalesce(alarm_id, $2)
             where id = $3 and unit_id in (select u.unit_id from unit_now u where 1 = 1",
        )
        .with(kind.as_str())
        .with(alarm_id.map(|id| id.0))
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(")");
        found(self.pools.execute(sql).await?)
    }

    /// Writes down that a person reset the point of a notice; how many notices of the point waited for it, this one and earlier ones.
    ///
    /// Errors: NotFound when it is outside the scope, Conflict when it needs no reset or has had it.
    pub async fn mark_notice_reset(
        &self,
        access: &Access,
        id: DeviceNoticeId,
        by: UserId,
        at: Timestamp,
    ) -> Result<u64> {
        let notice = self.device_notice(access, id).await?;
        // A reset is sent to the point, so it frees all that the point has waiting.
        let mut sql = Sql::new(
            "update device_notice set reset_at = $1, reset_by = $2
             where needs_reset and reset_at is null and device_id = $3 and unit_id = $4 and received_at <= $5
             and exists (select 1 from device_notice n where n.id = $6 and n.needs_reset and n.reset_at is null)",
        )
        .with(at)
        .with(by.0)
        .with(notice.device_id.0)
        .with(notice.unit_id.0)
        .with(notice.received_at)
        .with(id.0);
        match &notice.channel_gb_id {
            Some(point) => sql.push(" and channel_gb_id = ").bind(point.as_str()),
            None => sql.push(" and channel_gb_id is null"),
        };
        match self.pools.execute(sql).await? {
            0 => Err(StoreError::conflict("this notice needs no reset, or has had it")),
            marked => Ok(marked),
        }
    }

    /// Deletes notices received before `before` that became no alarm and wait for nobody; how many. There may be more.
    pub async fn thin_device_notices(&self, before: Timestamp) -> Result<u64> {
        let sql = Sql::new(
            "delete from device_notice where id in (select n.id from device_notice n
                 where n.received_at < $1 and n.kind is not null and n.alarm_id is null
                 and (not n.needs_reset or n.reset_at is not null) order by n.received_at limit $2)",
        )
        .with(before)
        .with(MAX_THINNED);
        self.pools.execute(sql).await
    }
}
