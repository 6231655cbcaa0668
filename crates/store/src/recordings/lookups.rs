//! The register of look-ups: written before the first picture of a recording is shown, never changed.

use domain::access::Access;
use domain::ids::{AlarmId, CameraId, ExportId, UnitId, UserId};
use domain::recording::{LookupKind, LookupReason, Span};
use domain::role::Role;
use jiff::Timestamp;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// What somebody is about to look at, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLookup {
    /// When.
    pub at: Timestamp,
    /// At which unit.
    pub unit_id: UnitId,
    /// Of which camera; none: a search over the whole unit.
    pub camera_id: Option<CameraId>,
    /// What of it.
    pub span: Span,
    /// What is done with it; an export has its own function.
    pub kind: LookupKind,
    /// Why.
    pub reason: LookupReason,
    /// Said in words.
    pub note: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// The alarm that it is about.
    pub alarm_id: Option<AlarmId>,
}

/// A row of the register, with the names of that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupRow {
    /// Its number.
    pub seq: i64,
    /// What, when and why.
    pub lookup: NewLookup,
    /// Who.
    pub user_id: UserId,
    /// By what name.
    pub user_name: String,
    /// As what.
    pub role: Role,
    /// Name of the unit.
    pub unit_name: String,
    /// Name of the camera.
    pub camera_name: Option<String>,
    /// The export, and the digest of its manifest once it is written.
    pub export: Option<(ExportId, Option<String>)>,
}

/// Which rows; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LookupFilter {
    /// At this unit.
    pub unit_id: Option<UnitId>,
    /// Of this camera.
    pub camera_id: Option<CameraId>,
    /// By this person.
    pub user_id: Option<UserId>,
    /// Of this kind.
    pub kind: Option<LookupKind>,
    /// At or after this.
    pub from: Option<Timestamp>,
    /// Before this.
    pub until: Option<Timestamp>,
}

impl Store {
    /// Writes a look-up into the register and answers its number. NotFound when the unit is outside the scope, or the camera was never
    /// there; Invalid for an export, which is written with its request, and for an asker who is no person.
    pub async fn add_lookup(&self, access: &Access, lookup: &NewLookup) -> Result<i64> {
        let mut tx = self.pools.begin().await?;
        let seq = insert_lookup(&mut tx, access, lookup, None).await?;
        tx.commit().await?;
        Ok(seq)
    }

    /// The register about units of the scope, newest first.
    pub async fn lookups(
        &self,
        access: &Access,
        filter: &LookupFilter,
        ask: &PageAsk,
    ) -> Result<Page<LookupRow>> {
        let mut sql = Sql::new(
            "select l.*, e.manifest_sha256 from recording_lookup l join unit_now u on u.unit_id = l.unit_id
             left join recording_export e on e.id = l.export_id where 1 = 1",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and l.unit_id = ", filter.unit_id.map(|id| id.0));
        sql.filter(" and l.camera_id = ", filter.camera_id.map(|id| id.0));
        sql.filter(" and l.user_id = ", filter.user_id.map(|id| id.0));
        sql.filter(" and l.kind = ", filter.kind.map(LookupKind::as_str));
        sql.filter(" and l.at >= ", filter.from);
        sql.filter(" and l.at < ", filter.until);
        sql.filter(" and l.seq < ", ask.key::<i64>()?);
        sql.push(" order by l.seq desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_lookup).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| row.seq))
    }
}

/// Writes a row with the names of this moment.
pub(super) async fn insert_lookup(
    tx: &mut Tx,
    access: &Access,
    lookup: &NewLookup,
    export_id: Option<ExportId>,
) -> Result<i64> {
    let (Some(user_id), Some(role)) = (access.user_id, access.role) else {
        return Err(StoreError::Invalid("a look-up is somebody's".to_owned()));
    };
    if (lookup.kind == LookupKind::Export) != export_id.is_some() {
        return Err(StoreError::Invalid("an export is written with its request".to_owned()));
    }
    // Removed cameras too: what was recorded of them may still be looked at. The camera is or was at the unit.
    let mut sql = Sql::new(
        "insert into recording_lookup (at, user_id, user_name, role, unit_id, unit_name, camera_id, camera_name, kind, reason, note,
             from_at, until_at, address, alarm_id, export_id)
         select cast($1 as bigint), p.id, p.display_name, cast($2 as text), u.unit_id, u.name, c.id, c.name, cast($3 as text),
             cast($4 as text), cast($5 as text), cast($6 as bigint), cast($7 as bigint), cast($8 as text), cast($9 as text),
             cast($10 as text)
         from unit_now u join account p on p.id = $11 left join camera c on c.id = $12
         where u.unit_id = $13 and (cast($12 as text) is null or c.unit_id = u.unit_id or exists (
             select 1 from recording_track k where k.camera_id = c.id and k.unit_id = u.unit_id))",
    )
    .with(lookup.at)
    .with(role.as_str())
    .with(lookup.kind.as_str())
    .with(lookup.reason.as_str())
    .with(lookup.note.clone())
    .with(lookup.span.start)
    .with(lookup.span.end)
    .with(lookup.address.clone())
    .with(lookup.alarm_id.map(|id| id.0))
    .with(export_id.map(|id| id.0))
    .with(user_id.0)
    .with(lookup.camera_id.map(|id| id.0))
    .with(lookup.unit_id.0);
    sql.narrow(access, Narrow::Current).push(" returning seq");
    tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("seq")
}

fn read_lookup(row: &Row) -> Result<LookupRow> {
    let export_id: Option<ExportId> = row.id_opt("export_id")?;
    let manifest_sha256 = row.text_opt("manifest_sha256")?;
    Ok(LookupRow {
        seq: row.int("seq")?,
        lookup: NewLookup {
            at: row.time("at")?,
            unit_id: row.id("unit_id")?,
            camera_id: row.id_opt("camera_id")?,
            span: Span::new(row.time("from_at")?, row.time("until_at")?),
            kind: row.word("kind", LookupKind::parse)?,
            reason: row.word("reason", LookupReason::parse)?,
            note: row.text_opt("note")?,
            address: row.text_opt("address")?,
            alarm_id: row.id_opt("alarm_id")?,
        },
        user_id: row.id("user_id")?,
        user_name: row.text("user_name")?,
        role: row.word("role", Role::parse)?,
        unit_name: row.text("unit_name")?,
        camera_name: row.text_opt("camera_name")?,
        export: export_id.map(|id| (id, manifest_sha256)),
    })
}
