//! The few functions that look at everybody's rows without an asker: what the platform needs to run itself. Never called for a
//! request; a test lists them all.

use domain::camera::CameraState;
use domain::ids::{AlarmId, CameraId, OrganisationId, UnitId};
use jiff::Timestamp;

use crate::Store;
use crate::cameras::{CAMERA_ROWS, CameraRow, read_camera_row};
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Most silent alarms of one look; the next look finds the rest.
const MAX_SILENT: i64 = 500;

impl Store {
    /// Every camera that is not removed, for the watch to connect to.
    pub async fn all_cameras(&self) -> Result<Vec<CameraRow>> {
        let mut sql = Sql::new(CAMERA_ROWS);
        sql.push(" order by c.unit_id, c.name, c.id");
        self.pools.fetch_all(sql).await?.iter().map(read_camera_row).collect()
    }

    /// Remembers what was seen of a camera. The same state again keeps its `since`. NotFound for an unknown camera.
    pub async fn record_camera_state(
        &self,
        id: CameraId,
        state: CameraState,
        reason: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        let sql = Sql::new(
            "insert into camera_state (camera_id, state, reason, since) values ($1, $2, $3, $4)
             on conflict (camera_id) do update set
                 since = case when camera_state.state = excluded.state then camera_state.since else excluded.since end,
                 state = excluded.state, reason = excluded.reason",
        )
        .with(id.0)
        .with(state.as_str())
        .with(reason)
        .with(at);
        match self.pools.execute(sql).await {
            Err(StoreError::Invalid(_)) => Err(StoreError::NotFound),
            other => other.map(|_| ()),
        }
    }

    /// Alarms somebody took or verifies, and whose last step by a person is older than `before`: what the platform notes on an alarm is no
    /// sign of life of its owner.
    pub async fn taken_silent_since(&self, before: Timestamp) -> Result<Vec<AlarmId>> {
        let sql = Sql::new(
            "select a.id from alarm a where a.state in ('taken', 'verifying') and coalesce(
                 (select max(s.at) from alarm_step s where s.alarm_id = a.id and s.actor_id is not null), a.last_step_at) < $1
             order by a.last_step_at limit $2",
        )
        .with(before)
        .with(MAX_SILENT);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Alarms of a unit that people of an organisation have taken and not decided, where no contract of theirs with the unit runs.
    pub async fn alarms_held_by(&self, unit: UnitId, organisation: OrganisationId) -> Result<Vec<AlarmId>> {
        let sql = Sql::new(
            "select a.id from alarm a join account p on p.id = a.owner_id
             where a.unit_id = $1 and a.state in ('taken', 'verifying') and p.scope_organisation_id = $2
                 and not exists (select 1 from contract c where c.unit_id = a.unit_id and c.organisation_id = $2 and c.state = 'running')
             order by a.level, a.pushed_at, a.id limit $3",
        )
        .with(unit.0)
        .with(organisation.0)
        .with(MAX_SILENT);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }
}
