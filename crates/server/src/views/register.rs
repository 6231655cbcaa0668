//! The register of units that should connect: its versions and the changes proposed to it.

use platform::rows::{RegisterChange as Change, RegisterVersion as Version};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::units::UnitRow;
use super::{Moment, moment};

/// How a version differs from the one before.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionChanges {
    /// Units the one before did not have.
    pub added: u64,
    /// Units only the one before had.
    pub removed: u64,
}

/// A version of the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterVersion {
    /// Its number, from 1.
    pub version: i64,
    /// It holds from here until the next one.
    pub valid_from: Moment,
    /// When it was approved.
    pub approved_at: Moment,
    /// By whom; empty for the platform itself.
    pub approved_by: String,
    /// Units in it.
    pub units: u64,
    /// What was said about it.
    pub note: Option<String>,
    /// SHA-256 over the ids of its units.
    pub hash: String,
    /// How it differs from the one before.
    pub changes: VersionChanges,
}

impl RegisterVersion {
    /// From its row and the name of the person who approved it.
    pub fn of(row: Version, approved_by: String) -> Self {
        Self {
            version: row.version,
            valid_from: row.valid_from.into(),
            approved_at: row.approved_at.into(),
            approved_by,
            units: row.units,
            note: row.note,
            hash: row.hash,
            changes: VersionChanges { added: row.added, removed: row.removed },
        }
    }
}

/// A proposed change.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterChange {
    /// Id.
    pub id: Uuid,
    /// The unit as it stands now.
    pub unit: UnitRow,
    /// `add` or `remove`.
    pub kind: &'static str,
    /// `new`, `merged`, `closed`, `correction` or `out_of_scope`.
    pub reason: &'static str,
    /// What the proposer wrote.
    pub note: Option<String>,
    /// Who; empty for the platform itself.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Moment,
    /// True where the asker proposed it and therefore cannot decide it.
    pub own: bool,
    /// Who decided; empty for the platform itself, none while nobody has.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// What they wrote.
    pub decision_note: Option<String>,
    /// `proposed`, `approved` or `rejected`.
    pub state: &'static str,
    /// The version an approval made.
    pub version: Option<i64>,
}

/// The names around a change.
pub struct ChangeNames {
    /// Of the proposer.
    pub proposed_by: String,
    /// Of the person who decided.
    pub decided_by: String,
    /// Whether the asker is the proposer.
    pub own: bool,
}

impl RegisterChange {
    /// From its row and the names around it.
    pub fn of(row: Change, names: ChangeNames) -> Self {
        let decided_by = row.decided_at.map(|_| names.decided_by);
        Self {
            id: row.id.0,
            unit: row.unit.into(),
            kind: row.kind.as_str(),
            reason: row.reason.as_str(),
            note: row.note,
            proposed_by: names.proposed_by,
            proposed_at: row.proposed_at.into(),
            own: names.own,
            decided_by,
            decided_at: moment(row.decided_at),
            decision_note: row.decision_note,
            state: row.state.as_str(),
            version: row.version,
        }
    }
}

/// A change to propose.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRegisterChange {
    /// The unit.
    pub unit_id: Uuid,
    /// `add` or `remove`.
    pub kind: String,
    /// `new` or `correction` to add; `merged`, `closed`, `correction` or `out_of_scope` to remove.
    pub reason: String,
    /// In the proposer's words.
    pub note: Option<String>,
}

/// A decision about changes: all of them, or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterDecision {
    /// Which.
    pub ids: Vec<Uuid>,
    /// True approves, false rejects.
    pub approve: bool,
    /// In the decider's words.
    pub note: Option<String>,
}

/// What a decision did.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterDecided {
    /// The version an approval made.
    pub version: Option<i64>,
}
