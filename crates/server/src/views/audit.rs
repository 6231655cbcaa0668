//! Rows of the audit register as they travel.

use platform::rows::AuditRow as Row;
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;
use super::alarm_detail::Actor;

/// An act, or a look at footage.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditRow {
    /// Number in the register.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; none for the platform itself and for somebody not signed in.
    pub actor: Option<Actor>,
    /// What.
    pub action: String,
    /// Kind of thing it was about.
    pub object_kind: String,
    /// Its id; empty where it has none.
    pub object_id: String,
    /// Its name.
    pub object_name: Option<String>,
    /// `ok`, `refused`, `locked`.
    pub result: String,
    /// Id of the request; empty for the platform itself.
    pub request_id: String,
    /// Where from; empty for the platform itself.
    pub address: String,
    /// More about it.
    pub detail: Option<String>,
}

impl From<Row> for AuditRow {
    fn from(row: Row) -> Self {
        let entry = row.entry;
        let name = row.actor_name.unwrap_or_default();
        Self {
            seq: row.seq,
            at: entry.at.into(),
            actor: entry.actor_id.map(|id| Actor {
                id: id.0,
                display_name: name,
                role: entry.role.map_or("", domain::role::Role::as_str),
            }),
            action: entry.action,
            object_kind: entry.object_kind,
            object_id: entry.object_id.unwrap_or_default(),
            object_name: entry.object_name,
            result: entry.result,
            request_id: entry.request_id.unwrap_or_default(),
            address: entry.address.unwrap_or_default(),
            detail: entry.detail,
        }
    }
}
