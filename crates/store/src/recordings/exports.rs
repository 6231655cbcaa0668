//! Exports as people see them: asked for together with their row of the register, listed, taken back.

use domain::access::Access;
use domain::ids::{CameraId, ExportId, UnitId, UserId};
use domain::recording::{Alteration, ExportEvent, ExportState, LookupKind, LookupReason, Span};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lookups::{NewLookup, insert_lookup};
use super::track::read_camera_of;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A stretch that somebody wants to take along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// Own id.
    pub id: ExportId,
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Of which camera.
    pub camera_id: CameraId,
    /// What of it.
    pub span: Span,
    /// What is done to its pictures.
    pub alteration: Alteration,
    /// Why.
    pub reason: LookupReason,
    /// Said in words.
    pub note: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFile {
    /// Its name within the export.
    pub name: String,
    /// Its length.
    pub size_bytes: i64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRow {
    /// Which.
    pub id: ExportId,
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Its name now.
    pub unit_name: String,
    /// Of which camera.
    pub camera_id: CameraId,
    /// Its name now.
    pub camera_name: String,
    /// What of it.
    pub span: Span,
    /// What is done to its pictures.
    pub alteration: Alteration,
    /// Where it stands.
    pub state: ExportState,
    /// Who asked, by what name.
    pub asked_by: Option<(UserId, String)>,
    /// When.
    pub asked_at: Timestamp,
    /// Why, as the register says.
    pub reason: LookupReason,
    /// Said in words.
    pub note: Option<String>,
    /// When somebody began to write it, the last time.
    pub started_at: Option<Timestamp>,
    /// When it was done, failed or taken back.
    pub ended_at: Option<Timestamp>,
    /// Its files; none until it is done. They stay here when the files themselves are removed.
    pub files: Vec<ExportFile>,
    /// Size of all files.
    pub size_bytes: Option<i64>,
    /// SHA-256 of the manifest, lower-case hex.
    pub manifest_sha256: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
}

/// Every export has exactly one row of the register.
pub(super) const EXPORT_ROWS: &str =
    "select e.*, k.camera_id, k.unit_id, u.name as unit_name, c.name as camera_name, p.display_name as by_name, l.reason, l.note
    from recording_export e
    join recording_track k on k.key = e.track
    join unit_now u on u.unit_id = k.unit_id
    join camera c on c.id = k.camera_id
    join recording_lookup l on l.export_id = e.id
    left join account p on p.id = e.asked_by
    where 1 = 1";

impl Store {
    /// Asks for an export in the name of the asker and writes its row of the register, in one transaction. NotFound when the unit is outside
    /// the scope or nothing of the camera was recorded there; Conflict when the id is taken; Invalid for an empty stretch.
    pub async fn add_export(&self, access: &Access, new: &NewExport, at: Timestamp) -> Result<()> {
        let alteration =
            (!new.alteration.is_none()).then(|| serde_json::to_string(&new.alteration)).transpose();
        let alteration = alteration.map_err(|error| StoreError::Invalid(format!("alteration: {error}")))?;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new(
            "select k.key from recording_track k join unit_now u on u.unit_id = k.unit_id where k.camera_id = $1 and k.unit_id = $2",
        )
        .with(new.camera_id.0)
        .with(new.unit_id.0);
        sql.narrow(access, Narrow::Current);
        let track = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("key")?;
        let sql = Sql::new(
            "insert into recording_export (id, track, from_at, until_at, state, asked_by, asked_at, alteration)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .with(new.id.0)
        .with(track)
        .with(new.span.start)
        .with(new.span.end)
        .with(ExportState::Waiting.as_str())
        .with(access.user_id.map(|id| id.0))
        .with(at)
        .with(alteration);
        tx.execute(sql).await?;
        let lookup = NewLookup {
            at,
            unit_id: new.unit_id,
            camera_id: Some(new.camera_id),
            span: new.span,
            kind: LookupKind::Export,
            reason: new.reason,
            note: new.note.clone(),
            address: new.address.clone(),
            alarm_id: None,
        };
        insert_lookup(&mut tx, access, &lookup, Some(new.id)).await?;
        tx.commit().await
    }

    /// One export.
    pub async fn export(&self, access: &Access, id: ExportId) -> Result<ExportRow> {
        let mut sql = Sql::new(EXPORT_ROWS);
        sql.push(" and e.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_export(&self.pools.fetch_one(sql).await?)
    }

    /// Exports of the scope, newest first; of one person where one is named.
    pub async fn exports(
        &self,
        access: &Access,
        asked_by: Option<UserId>,
        ask: &PageAsk,
    ) -> Result<Page<ExportRow>> {
        let mut sql = Sql::new(EXPORT_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and e.asked_by = ", asked_by.map(|id| id.0));
        if let Some((asked_us, id)) = ask.key::<(i64, ExportId)>()? {
            sql.push(" and (e.asked_at, e.id) < (").bind(asked_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by e.asked_at desc, e.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_export).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.asked_at.as_microsecond(), row.id)))
    }

    /// Takes a request back. NotFound outside the scope; Conflict when it is over already.
    pub async fn cancel_export(&self, access: &Access, id: ExportId, at: Timestamp) -> Result<()> {
        self.export(access, id).await?;
        let mut sql =
            Sql::new("update recording_export set state = $1, ended_at = $2 where id = $3 and state in ")
                .with(ExportState::Cancelled.as_str())
                .with(at)
                .with(id.0);
        sql.list(ExportState::before(ExportEvent::Cancel).map(ExportState::as_str));
        match self.pools.execute(sql).await? {
            0 => Err(StoreError::conflict("the export is over")),
            _ => Ok(()),
        }
    }
}

pub(super) fn read_export(row: &Row) -> Result<ExportRow> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(ExportRow {
        id: row.id("id")?,
        unit_id,
        unit_name: row.text("unit_name")?,
        camera_id,
        camera_name: row.text("camera_name")?,
        span: Span::new(row.time("from_at")?, row.time("until_at")?),
        alteration: row.word_opt("alteration", |json| serde_json::from_str(json).ok())?.unwrap_or_default(),
        state: row.word("state", ExportState::parse)?,
        asked_by: row.id_opt("asked_by")?.zip(row.text_opt("by_name")?),
        asked_at: row.time("asked_at")?,
        reason: row.word("reason", LookupReason::parse)?,
        note: row.text_opt("note")?,
        started_at: row.time_opt("started_at")?,
        ended_at: row.time_opt("ended_at")?,
        files: row.word_opt("manifest", |json| serde_json::from_str(json).ok())?.unwrap_or_default(),
        size_bytes: row.int_opt("size_bytes")?,
        manifest_sha256: row.text_opt("manifest_sha256")?,
        error: row.text_opt("error")?,
    })
}
