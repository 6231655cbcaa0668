//! The desk of the register of units that should connect (应接入底册): what counts is proposed by one person and approved by another.
//!
//! Importing brings units into being; only the register's version in force makes them count. Who may approve is a capability, how far a
//! matter of scope, that it is a second person a rule of the domain.

use domain::ids::{RegisterChangeId, UnitId};
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use domain::role::Capability;
use store::{NewRegisterChange, Page, PageAsk, RegisterChange, RegisterOutcome, RegisterVersion};

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

const NOTE_LEN_MAX: usize = 500;
/// Decisions up to this many leave an audit row each; more leave one row, and the changes themselves keep who decided and when.
const NAMED_DECISIONS_MAX: usize = 50;

impl Platform {
    /// Versions of the register, newest first.
    pub async fn register_versions(
        &self,
        ask: &Ask,
        page: &PageAsk,
    ) -> Result<Page<RegisterVersion>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        Ok(self.inner.store.register_versions(page).await?)
    }

    /// Changes of units in the asker's reach, last proposed first.
    pub async fn register_changes(
        &self,
        ask: &Ask,
        state: Option<ChangeState>,
        page: &PageAsk,
    ) -> Result<Page<RegisterChange>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        Ok(self.inner.store.register_changes(&ask.access, state, page).await?)
    }

    /// Proposes that a unit should count, or should no longer.
    pub async fn propose_register_change(
        &self,
        ask: &Ask,
        unit_id: UnitId,
        kind: ChangeKind,
        reason: ChangeReason,
        note: Option<String>,
    ) -> Result<RegisterChange, PlatformError> {
        ask.access.need(Capability::ImportUnits)?;
        check_note(note.as_deref())?;
        if !reason.fits(kind) {
            let message = format!("{} is no reason to {}", reason.as_str(), kind.as_str());
            return Err(PlatformError::field("reason", "does_not_fit", message));
        }
        let id = RegisterChangeId(self.inner.surroundings.id(ask.now));
        let new = NewRegisterChange { id, unit_id, kind, reason, note };
        self.inner.store.propose_register_changes(&ask.access, &[new], ask.now).await?;
        let change = self.inner.store.register_change(&ask.access, id).await?;
        let object = Object {
            kind: "register_change",
            id: Some(id.to_string()),
            name: Some(change.unit.unit.name.clone()),
            unit_id: Some(unit_id),
        };
        let detail = format!("{} {}", kind.as_str(), reason.as_str());
        self.audit(ask, "propose_register_change", object, "ok", Some(detail)).await?;
        Ok(change)
    }

    /// Decides proposals, all or none; approving makes one version of the register.
    pub async fn decide_register_changes(
        &self,
        ask: &Ask,
        ids: &[RegisterChangeId],
        approve: bool,
        note: Option<String>,
    ) -> Result<Option<RegisterVersion>, PlatformError> {
        ask.access.need(Capability::ApproveRegister)?;
        check_note(note.as_deref())?;
        if ids.is_empty() {
            return Err(PlatformError::field("ids", "missing", "name at least one change"));
        }
        let store = &self.inner.store;
        let version =
            store.decide_register_changes(&ask.access, ids, approve, ask.now, note.as_deref()).await?;
        let action = if approve { "approve_register_change" } else { "reject_register_change" };
        let detail = version.as_ref().map(|version| format!("version {}", version.version));
        if ids.len() > NAMED_DECISIONS_MAX {
            let name = Some(format!("{} changes", ids.len()));
            let object = Object { kind: "register_change", name, ..Object::default() };
            self.audit(ask, action, object, "ok", detail).await?;
            return Ok(version);
        }
        for id in ids {
            let change = store.register_change(&ask.access, *id).await?;
            let object = Object {
                kind: "register_change",
                id: Some(id.to_string()),
                name: Some(change.unit.unit.name.clone()),
                unit_id: Some(change.unit.unit.id),
            };
            self.audit(ask, action, object, "ok", detail.clone()).await?;
        }
        Ok(version)
    }

    /// Takes care of units that no version ever had: they make the first version where there is none and the asker may approve,
    /// otherwise each is proposed as new.
    pub async fn register_new_units(&self, ask: &Ask, note: &str) -> Result<RegisterOutcome, PlatformError> {
        ask.access.need(Capability::ImportUnits)?;
        let may_approve = ask.access.may(Capability::ApproveRegister);
        let new_id = || RegisterChangeId(self.inner.surroundings.id(ask.now));
        let note: String = note.chars().take(NOTE_LEN_MAX).collect();
        let outcome =
            self.inner.store.register_new_units(&ask.access, may_approve, ask.now, &note, new_id).await?;
        if outcome.units > 0 {
            let object = Object { kind: "register_version", name: Some(note), ..Object::default() };
            let detail = match outcome.version {
                Some(version) => format!("version {version}, {} units", outcome.units),
                None => format!("{} units proposed", outcome.units),
            };
            self.audit(ask, "register_new_units", object, "ok", Some(detail)).await?;
        }
        Ok(outcome)
    }
}

fn check_note(note: Option<&str>) -> Result<(), PlatformError> {
    if note.is_some_and(|note| note.chars().count() > NOTE_LEN_MAX) {
        return Err(PlatformError::field("note", "too_long", "at most 500 characters"));
    }
    Ok(())
}
