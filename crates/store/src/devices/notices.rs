//! Notices: what devices told, as they sent it. One that no mapping knows stays in the list until somebody says what it is.

use domain::access::Access;
use domain::device::{GbId, NoticeKind};
use domain::ids::{AlarmId, DeviceId, DeviceNoticeId, UnitId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceNotice {
    /// Own id.
    pub id: DeviceNoticeId,
    /// The device that sent it; it may be removed since.
    pub device_id: DeviceId,
    /// Its name.
    pub device_name: String,
    /// The unit it belongs to.
    pub unit_id: UnitId,
    /// Name of the unit.
    pub unit_name: String,
    /// The channel or alarm input it is about; none where that is no id.
    pub channel_gb_id: Option<GbId>,
    /// The command, e.g. `Alarm`.
    pub command: String,
    /// When it happened, by the clock of the device.
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
    /// The body; shorter than `raw_size_bytes` where it was cut.
    pub raw: String,
    /// Size of the body as it came.
    pub raw_size_bytes: i64,
    /// What the mapping says; none: nobody has mapped it.
    pub kind: Option<NoticeKind>,
    /// The alarm it became or joined.
    pub alarm_id: Option<AlarmId>,
    /// Whether the point stays silent until a person resets it.
    pub needs_reset: bool,
    /// Its reset.
    pub reset: Option<NoticeReset>,
}

/// Who let an alarm input report again, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeReset {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
}

/// Which notices; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoticeFilter {
    /// Of this device.
    pub device_id: Option<DeviceId>,
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// Only those that no mapping knows.
    pub unmapped: bool,
    /// Only those whose point is silent until somebody resets it.
    pub silent: bool,
}

const NOTICE_ROWS: &str = "select n.*, d.name as device_name, u.name as unit_name
    from device_notice n
    join device d on d.id = n.device_id
    join unit_now u on u.unit_id = n.unit_id
    where 1 = 1";

impl Store {
    /// One notice.
    pub async fn device_notice(&self, access: &Access, id: DeviceNoticeId) -> Result<DeviceNotice> {
        let mut sql = Sql::new(NOTICE_ROWS);
        sql.push(" and n.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_notice(&self.pools.fetch_one(sql).await?)
    }

    /// Notices, newest first.
    pub async fn device_notices(
        &self,
        access: &Access,
        filter: &NoticeFilter,
        ask: &PageAsk,
    ) -> Result<Page<DeviceNotice>> {
        let mut sql = Sql::new(NOTICE_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and n.device_id = ", filter.device_id.map(|id| id.0));
        sql.filter(" and n.unit_id = ", filter.unit_id.map(|id| id.0));
        if filter.unmapped {
            sql.push(" and n.kind is null");
        }
        if filter.silent {
            sql.push(" and n.needs_reset and n.reset_at is null");
        }
        if let Some((at, id)) = ask.key::<(i64, DeviceNoticeId)>()? {
            sql.push(" and (n.received_at, n.id) < (").bind(at).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by n.received_at desc, n.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_notice).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |notice| (notice.received_at.as_microsecond(), notice.id)))
    }
}

fn read_notice(row: &Row) -> Result<DeviceNotice> {
    Ok(DeviceNotice {
        id: row.id("id")?,
        device_id: row.id("device_id")?,
        device_name: row.text("device_name")?,
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        channel_gb_id: row.id_opt("channel_gb_id")?,
        command: row.text("command")?,
        at: row.time_opt("at")?,
        received_at: row.time("received_at")?,
        priority: row.text_opt("priority")?,
        method: row.text_opt("method")?,
        alarm_type: row.text_opt("alarm_type")?,
        description: row.text_opt("description")?,
        raw: row.text("raw")?,
        raw_size_bytes: row.int("raw_size_bytes")?,
        kind: row.word_opt("kind", NoticeKind::parse)?,
        alarm_id: row.id_opt("alarm_id")?,
        needs_reset: row.flag("needs_reset")?,
        reset: match row.time_opt("reset_at")? {
            None => None,
            Some(at) => Some(NoticeReset { at, by: row.id("reset_by")? }),
        },
    })
}
