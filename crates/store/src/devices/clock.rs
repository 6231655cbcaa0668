//! What the clocks of devices said when they were asked last, and the alarm that was raised about one that is wrong.

use domain::ids::{AlarmId, DeviceId};
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::sql::Sql;

/// The clock of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceClock {
    /// Whose.
    pub device_id: DeviceId,
    /// When it was asked.
    pub measured_at: Timestamp,
    /// Its time less ours in milliseconds; negative where it is behind.
    pub ahead_ms: i64,
    /// The alarm that was raised about it last, and when.
    pub told: Option<(AlarmId, Timestamp)>,
}

impl Store {
    /// What the clock of a device said last; none where it was never asked.
    pub async fn device_clock(&self, id: DeviceId) -> Result<Option<DeviceClock>> {
        let sql = Sql::new("select * from device_clock where device_id = $1").with(id.0);
        let Some(row) = self.pools.fetch_opt(sql).await? else { return Ok(None) };
        Ok(Some(DeviceClock {
            device_id: id,
            measured_at: row.time("measured_at")?,
            ahead_ms: row.int("ahead_ms")?,
            told: row.id_opt("alarm_id")?.zip(row.time_opt("told_at")?),
        }))
    }

    /// Writes down what a clock said.
    pub async fn put_device_clock(&self, clock: &DeviceClock) -> Result<()> {
        let sql = Sql::new(
            "insert into device_clock (device_id, measured_at, ahead_ms, alarm_id, told_at) values ($1, $2, $3, $4, $5)
             on conflict (device_id) do update set measured_at = excluded.measured_at, ahead_ms = excluded.ahead_ms,
                 alarm_id = excluded.alarm_id, told_at = excluded.told_at",
        )
        .with(clock.device_id.0)
        .with(clock.measured_at)
        .with(clock.ahead_ms)
        .with(clock.told.map(|(id, _)| id.0))
        .with(clock.told.map(|(_, at)| at));
        self.pools.execute(sql).await.map(|_| ())
    }
}
