//! Exports as whoever writes their files sees them. No asker: the asking was done before.

use domain::ids::ExportId;
use domain::recording::{ExportEvent, ExportState};
use jiff::Timestamp;

use super::exports::{EXPORT_ROWS, ExportFile, ExportRow, read_export};
use crate::Store;
use crate::blobs::sha256_hex;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Most files of one export: a day in minutes.
const FILES_MAX: usize = 1_500;
/// Most exports of one look for old ones; the next look finds the rest.
const EXPIRED_MAX: i64 = 500;

impl Store {
    /// Takes the export that has waited longest; none where none waits. Of two that take at once none gets what the other has; it may
    /// get none, and asks again.
    pub async fn take_export(&self, at: Timestamp) -> Result<Option<ExportRow>> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update recording_export set state = $1, started_at = $2 where state = $3 and id = (
                 select e.id from recording_export e where e.state = $3 order by e.asked_at, e.id limit 1) returning id",
        )
        .with(ExportState::Running.as_str())
        .with(at)
        .with(ExportState::Waiting.as_str());
        let Some(row) = tx.fetch_opt(sql).await? else { return Ok(None) };
        let id: ExportId = row.id("id")?;
        let mut sql = Sql::new(EXPORT_ROWS);
        sql.push(" and e.id = ").bind(id.0);
        let taken = tx.fetch_opt(sql).await?.as_ref().map(read_export).transpose()?;
        tx.commit().await?;
        Ok(taken)
    }

    /// After a restart: what was being written waits again; how many.
    pub async fn abandon_exports(&self) -> Result<u64> {
        let sql = Sql::new("update recording_export set state = $1, started_at = null where state = $2")
            .with(ExportState::Waiting.as_str())
            .with(ExportState::Running.as_str());
        self.pools.execute(sql).await
    }

    /// The files lie ready; answers the SHA-256 of the manifest that names them. Conflict when the export is not being written any more,
    /// because it was taken back: whoever wrote the files removes them. Limit above 1 500 files.
    pub async fn finish_export(&self, id: ExportId, files: &[ExportFile], at: Timestamp) -> Result<String> {
        if files.len() > FILES_MAX {
            return Err(StoreError::Limit(format!("{} files, at most {FILES_MAX}", files.len())));
        }
        let manifest = serde_json::to_string(files)
            .map_err(|error| StoreError::Invalid(format!("manifest: {error}")))?;
        let sha256 = sha256_hex(manifest.as_bytes());
        let sql = Sql::new(
            "update recording_export set state = $1, ended_at = $2, manifest = $3, manifest_sha256 = $4, size_bytes = $5
             where id = $6 and state = $7",
        )
        .with(ExportState::Done.as_str())
        .with(at)
        .with(manifest)
        .with(&sha256)
        .with(files.iter().map(|file| file.size_bytes).sum::<i64>())
        .with(id.0)
        .with(ExportState::Running.as_str());
        self.step_export(sql).await?;
        Ok(sha256)
    }

    /// It cannot be written. Conflict when it is not being written any more.
    pub async fn fail_export(&self, id: ExportId, error: &str, at: Timestamp) -> Result<()> {
        let sql = Sql::new(
            "update recording_export set state = $1, ended_at = $2, error = $3 where id = $4 and state = $5",
        )
        .with(ExportState::Failed.as_str())
        .with(at)
        .with(error)
        .with(id.0)
        .with(ExportState::Running.as_str());
        self.step_export(sql).await
    }

    /// Exports whose files have lain ready since before `before`, at most 500.
    pub async fn exports_done_before(&self, before: Timestamp) -> Result<Vec<ExportId>> {
        let sql = Sql::new(
            "select id from recording_export where state = $1 and ended_at < $2 order by asked_at, id limit $3",
        )
        .with(ExportState::Done.as_str())
        .with(before)
        .with(EXPIRED_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// The files of an export are removed. Conflict when it is not done.
    pub async fn expire_export(&self, id: ExportId) -> Result<()> {
        let mut sql = Sql::new("update recording_export set state = $1 where id = $2 and state in ")
            .with(ExportState::Expired.as_str())
            .with(id.0);
        sql.list(ExportState::before(ExportEvent::Expire).map(ExportState::as_str));
        self.step_export(sql).await
    }

    async fn step_export(&self, sql: Sql) -> Result<()> {
        match self.pools.execute(sql).await? {
            0 => Err(StoreError::conflict("the export stands elsewhere")),
            _ => Ok(()),
        }
    }
}
