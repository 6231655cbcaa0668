//! Writing a draft, writing it anew with other settings, withdrawing.

use domain::bulletin::Settings;
use domain::bulletin::life::{BulletinEvent, BulletinState, decide};
use domain::ids::BulletinId;
use domain::role::Capability;
use store::{NewBulletin, Revision, Snapshot};

use super::{needed, write_json};
use crate::figures::SnapshotKey;
use crate::{Ask, FieldError, Platform, PlatformError};

/// Longest reason of a withdrawal, in characters.
const REASON_CHARS_MAX: usize = 500;

impl Platform {
    /// What a bulletin is written with where nobody decides otherwise.
    pub fn bulletin_defaults(&self, ask: &Ask) -> Result<Settings, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        Ok(Settings::default())
    }

    /// Writes a draft from a snapshot, compared with an earlier one where that is given.
    pub async fn new_bulletin(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        compare: Option<SnapshotKey>,
        settings: Settings,
    ) -> Result<BulletinId, PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let snapshot = self.find_snapshot(key).await?;
        let compared = match compare {
            Some(key) => Some(self.find_snapshot(key).await?),
            None => None,
        };
        let revision = self.write_revision(&snapshot, compared.as_ref(), &settings).await?;
        let id = BulletinId(self.inner.surroundings.id(ask.now));
        let title = revision.title.clone();
        let compare_snapshot_id = compared.map(|snapshot| snapshot.id);
        let new = NewBulletin { id, snapshot_id: snapshot.id, compare_snapshot_id, revision };
        self.inner.store.add_bulletin(&ask.access, &new, ask.now).await?;
        self.audit_bulletin(ask, "bulletin_new", id, &title, Some(snapshot.hash)).await?;
        Ok(id)
    }

    /// Writes a draft anew from the same snapshots with other settings; the text before stays as a revision.
    pub async fn change_bulletin_settings(
        &self,
        ask: &Ask,
        id: BulletinId,
        version: i64,
        settings: Settings,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let (row, life) = self.working_copy(ask, id, Some(version)).await?;
        decide(&life, BulletinEvent::Rewrite, ask.access.user_id, false, ask.now)?;
        let (snapshot, compared) = self.snapshots_of(&row).await?;
        let revision = self.write_revision(&snapshot, compared.as_ref(), &settings).await?;
        self.inner.store.revise_bulletin(&ask.access, id, version, &revision, ask.now).await?;
        self.audit_bulletin(ask, "bulletin_rewrite", id, &revision.title, Some(format!("version {version}")))
            .await
    }

    /// Takes a bulletin back: a draft by those who write, an approved or published one by those who approve, with a reason.
    pub async fn withdraw_bulletin(
        &self,
        ask: &Ask,
        id: BulletinId,
        reason: Option<&str>,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let (row, life) = self.working_copy(ask, id, None).await?;
        let is_approved = matches!(row.state, BulletinState::Approved | BulletinState::Published);
        let reason = match reason.filter(|reason| !reason.trim().is_empty()) {
            Some(reason) => Some(needed("reason", reason, REASON_CHARS_MAX)?),
            None if is_approved => {
                return Err(PlatformError::field(
                    "reason",
                    "required",
                    "an approved bulletin is withdrawn with a reason",
                ));
            }
            None => None,
        };
        if is_approved {
            ask.access.need(Capability::ApproveBulletin)?;
        }
        let to = decide(&life, BulletinEvent::Withdraw, ask.access.user_id, false, ask.now)?;
        let step = (BulletinEvent::Withdraw, to);
        self.inner
            .store
            .step_bulletin(&ask.access, id, row.version, step, reason.as_deref(), ask.now)
            .await?;
        self.audit_bulletin(ask, "bulletin_withdraw", id, &row.title, reason).await
    }

    /// The snapshots a bulletin was written from.
    pub(super) async fn snapshots_of(
        &self,
        row: &store::BulletinRow,
    ) -> Result<(Snapshot, Option<Snapshot>), PlatformError> {
        let snapshot = self.inner.store.snapshot(row.snapshot_id).await?;
        let compared = match row.compare_snapshot_id {
            Some(id) => Some(self.inner.store.snapshot(id).await?),
            None => None,
        };
        Ok((snapshot, compared))
    }

    async fn write_revision(
        &self,
        snapshot: &Snapshot,
        compared: Option<&Snapshot>,
        settings: &Settings,
    ) -> Result<Revision, PlatformError> {
        refuse_bad(settings)?;
        if compared.is_some_and(|compared| compared.as_of >= snapshot.as_of) {
            return Err(PlatformError::field(
                "compare_snapshot_id",
                "not_earlier",
                "a bulletin is compared with a snapshot of an earlier moment",
            ));
        }
        let composed = self.compose(snapshot, compared, settings, None).await?;
        composed.revision(settings)
    }
}

impl super::compose::Composed {
    /// As it is kept.
    pub(super) fn revision(&self, settings: &Settings) -> Result<Revision, PlatformError> {
        let findings = self.findings();
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as i64;
        Ok(Revision {
            title: self.written.title.clone(),
            settings: write_json(settings)?,
            written: write_json(&self.kept())?,
            errors: count(super::Severity::Error),
            warnings: count(super::Severity::Warning),
            findings: write_json(&findings)?,
        })
    }
}

/// Settings that cannot be printed are refused with the place of each fault.
fn refuse_bad(settings: &Settings) -> Result<(), PlatformError> {
    let faults = settings.check();
    if faults.is_empty() {
        return Ok(());
    }
    let field = |fault: domain::bulletin::FieldError| FieldError {
        field: "settings",
        code: fault.code,
        message: format!("{}: {}", fault.field, fault.message),
    };
    Err(PlatformError::Invalid(faults.into_iter().map(field).collect()))
}
