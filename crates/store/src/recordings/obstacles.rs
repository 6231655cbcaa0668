//! What kept cameras from being recorded, as the recording desk saw it; the causes of gaps are read from it. No asker: it is the platform
//! that records, and whoever shows a gap has asked for the camera before.

use domain::ids::CameraId;
use domain::recording::{GapCause, Span, StateSpan};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Rows of one statement; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;
/// Obstacles of one camera that are read at once: a camera that fails every minute of a week.
const READ_MAX: i64 = 10_000;

/// Something that kept a camera from being recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Which camera.
    pub camera_id: CameraId,
    /// Since when.
    pub from: Timestamp,
    /// Until when; none: it still does.
    pub until: Option<Timestamp>,
    /// What.
    pub cause: GapCause,
}

impl Store {
    /// The camera is one that is to be recorded; said again, the first time counts.
    pub async fn begin_recording(&self, id: CameraId, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update camera set recorded_since = $1 where id = $2 and recorded_since is null")
            .with(at)
            .with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Writes obstacles down, in one transaction; one of the same camera and beginning is replaced. Invalid for one that ends before it
    /// begins, NotFound for an unknown camera; then nothing is written.
    pub async fn write_obstacles(&self, obstacles: &[Obstacle]) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        for chunk in obstacles.chunks(INSERT_ROWS) {
            for one in chunk {
                let sql = Sql::new(
                    "insert into recording_obstacle (camera_id, from_at, until_at, cause) values ($1, $2, $3, $4)
                     on conflict (camera_id, from_at) do update set until_at = excluded.until_at, cause = excluded.cause",
                )
                .with(one.camera_id.0)
                .with(one.from)
                .with(one.until)
                .with(GapCause::as_str(one.cause));
                tx.execute(sql).await.map_err(|error| match error {
                    StoreError::Invalid(_) if one.until.is_none_or(|until| until >= one.from) => {
                        StoreError::NotFound
                    }
                    other => other,
                })?;
            }
        }
        tx.commit().await
    }

    /// After a start: what stood in the way when the program ended is taken to have done so until `at`; how many.
    pub async fn end_obstacles(&self, at: Timestamp) -> Result<u64> {
        let sql = Sql::new(
            "update recording_obstacle set until_at = case when from_at > $1 then from_at else $1 end where until_at is null",
        )
        .with(at);
        self.pools.execute(sql).await
    }

    /// What stood in a camera's way during a stretch, in order; what still does ends with the stretch.
    pub async fn obstacles(&self, id: CameraId, span: &Span) -> Result<Vec<StateSpan>> {
        let sql = Sql::new(
            "select * from recording_obstacle where camera_id = $1 and from_at < $2 and (until_at is null or until_at > $3)
             order by from_at limit $4",
        )
        .with(id.0)
        .with(span.end)
        .with(span.start)
        .with(READ_MAX);
        let mut found = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            let until = row.time_opt("until_at")?.unwrap_or(span.end);
            let stretch = Span::new(row.time("from_at")?, until).overlap(span);
            found.push(StateSpan { span: stretch, cause: row.word("cause", GapCause::parse)? });
        }
        Ok(found)
    }

    /// Forgets obstacles that ended before `before`, because the days are measured; how many.
    pub async fn forget_obstacles(&self, before: Timestamp) -> Result<u64> {
        let sql = Sql::new("delete from recording_obstacle where until_at < $1").with(before);
        self.pools.execute(sql).await
    }
}
