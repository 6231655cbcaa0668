//! Reports of duty as they travel.

use platform::rows::DutyReport as Kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyReport {
    /// Id.
    pub id: Uuid,
    /// `daily`, `weekly`, `alarm` (the sheet of an alarm) or `incident` (the report of a fire).
    pub kind: String,
    /// Title.
    pub title: String,
    /// Of which organisation; null: of a region.
    pub organisation_id: Option<Uuid>,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// When it was made.
    pub made_at: Moment,
    /// By whom; null: the platform.
    pub made_by: Option<String>,
    /// SHA-256 of the sealed content, hex.
    pub digest: String,
    /// Which key signed it; its public half is in the list of keys.
    pub key_id: String,
    /// The signature over the purpose and the digest, base64.
    pub signature: String,
}

/// A report to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDutyReport {
    /// `daily` or `weekly`.
    pub kind: String,
    /// Of which organisation; a daily report needs one, an organisation names itself.
    pub organisation_id: Option<Uuid>,
    /// The Beijing day on which a daily report begins, or the last one of a week.
    pub day: String,
}

impl From<Kept> for DutyReport {
    fn from(kept: Kept) -> Self {
        let made = kept.made;
        Self {
            id: made.id.0,
            kind: made.kind,
            title: made.title,
            organisation_id: made.organisation_id.map(|id| id.0),
            starts_at: made.span.start.into(),
            ends_at: made.span.end.into(),
            made_at: made.made_at.into(),
            made_by: kept.made_by,
            digest: made.digest,
            key_id: made.key_id,
            signature: made.signature,
        }
    }
}
