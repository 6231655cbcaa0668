//! The register of look-ups as it travels.

use platform::recording::GrantedLookup;
use platform::rows::LookupRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;
use super::alarm_detail::Actor;

/// What somebody is about to look at, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLookup {
    /// Of which camera.
    pub camera_id: Uuid,
    /// Beginning.
    pub from: String,
    /// End, at most 31 days later.
    pub to: String,
    /// `search` or `playback`; the latter allows the former too.
    pub kind: String,
    /// Why, a word of the dictionary.
    pub reason: String,
    /// Said in words; some reasons need it.
    pub note: Option<String>,
    /// The alarm that it is about.
    pub alarm_id: Option<Uuid>,
}

/// The look is granted.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupGrant {
    /// Number in the register.
    pub lookup: i64,
    /// To be named as `grant` when looking; holds for this account, camera, time and kind.
    pub grant: String,
    /// When it ends.
    pub until: Moment,
}

/// A row of the register, with the names of its moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lookup {
    /// Number in the register.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: Actor,
    /// At which unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Of which camera; none: a channel of a device that is no camera, named in the note.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// `search`, `playback`, `export`, `clip`.
    pub kind: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Said in words.
    pub note: Option<String>,
    /// Beginning of what was looked at.
    pub from: Moment,
    /// Its end.
    pub to: Moment,
    /// Where from.
    pub address: Option<String>,
    /// The alarm it was about.
    pub alarm_id: Option<Uuid>,
    /// The export.
    pub export_id: Option<Uuid>,
    /// SHA-256 of the export's list of files.
    pub export_sha256: Option<String>,
}

impl From<GrantedLookup> for LookupGrant {
    fn from(granted: GrantedLookup) -> Self {
        Self { lookup: granted.seq, grant: granted.token, until: granted.until.into() }
    }
}

impl From<LookupRow> for Lookup {
    fn from(row: LookupRow) -> Self {
        let (export_id, export_sha256) = row.export.map_or((None, None), |(id, sha256)| (Some(id.0), sha256));
        let lookup = row.lookup;
        Self {
            seq: row.seq,
            at: lookup.at.into(),
            actor: Actor { id: row.user_id.0, display_name: row.user_name, role: row.role.as_str() },
            unit_id: lookup.unit_id.0,
            unit_name: row.unit_name,
            camera_id: lookup.camera_id.map(|id| id.0),
            camera_name: row.camera_name,
            kind: lookup.kind.as_str(),
            reason: lookup.reason.as_str(),
            note: lookup.note,
            from: lookup.span.start.into(),
            to: lookup.span.end.into(),
            address: lookup.address,
            alarm_id: lookup.alarm_id.map(|id| id.0),
            export_id,
            export_sha256,
        }
    }
}
