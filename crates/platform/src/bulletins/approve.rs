//! Approval by a second person: the dated text, the number, the seal, the signature.
//!
//! The text is written once more from the snapshot before it is signed. If it is not word for word what the approver has read, nothing
//! is approved: a program or settings that changed in between must not slip in under a signature.

use domain::beijing;
use domain::bulletin::Settings;
use domain::bulletin::life::{BulletinEvent, decide};
use domain::ids::{BulletinId, UserId};
use domain::role::Capability;
use store::{Approval, Approved, BulletinRow, NewSeal, Snapshot};

use super::sealed::{SealError, Sealed, SealedApproval};
use super::{needed, read_revision};
use crate::signing::Purpose;
use crate::{Ask, Platform, PlatformError};

/// Longest reason for passing over errors, in characters.
const REASON_CHARS_MAX: usize = 500;
/// How often a number may be taken by another bulletin between looking and sealing.
const TRIES_MAX: usize = 8;

impl From<SealError> for PlatformError {
    fn from(error: SealError) -> Self {
        Self::Internal(format!("seal: {error}"))
    }
}

impl Platform {
    /// Approves the bulletin at the version the approver has read, and gives it its number.
    pub async fn approve_bulletin(
        &self,
        ask: &Ask,
        id: BulletinId,
        version: i64,
        override_reason: Option<&str>,
    ) -> Result<String, PlatformError> {
        ask.access.need(Capability::ApproveBulletin)?;
        let reason = match override_reason.filter(|reason| !reason.trim().is_empty()) {
            Some(reason) => Some(needed("override_reason", reason, REASON_CHARS_MAX)?),
            None => None,
        };
        let (row, life) = self.working_copy(ask, id, Some(version)).await?;
        decide(&life, BulletinEvent::Approve, ask.access.user_id, reason.is_some(), ask.now)?;
        let by = ask.access.user_id.ok_or(PlatformError::NotSignedIn)?;
        // A reason is on record only where there was something to pass over.
        let reason = reason.filter(|_| life.errors > 0 || life.open_objections > 0);
        let number = self.seal(ask, &row, by, reason.as_deref()).await?;
        let detail = reason.map_or_else(|| number.clone(), |reason| format!("{number}; override: {reason}"));
        self.audit_bulletin(ask, "bulletin_approve", id, &row.title, Some(detail)).await?;
        Ok(number)
    }

    async fn seal(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        by: UserId,
        override_reason: Option<&str>,
    ) -> Result<String, PlatformError> {
        let store = &self.inner.store;
        let (snapshot, compared) = self.snapshots_of(row).await?;
        let revision = store.bulletin_revision(&ask.access, row.id).await?;
        let (settings, read) = read_revision(row.id, &revision)?;
        let again = self.compose(&snapshot, compared.as_ref(), &settings, None).await?;
        if again.kept() != read {
            return Err(PlatformError::Conflict(
                "written anew from its snapshot the text is not the one on file; have the draft rewritten, and read it again"
                    .to_owned(),
            ));
        }
        let date = beijing::day_of(ask.now);
        let composed = self.compose(&snapshot, compared.as_ref(), &settings, Some(date)).await?;
        let text = composed.revision(&settings)?;
        let rows = self.frozen_units(snapshot.id).await?;
        let signer = store.account(by).await?.map(|account| account.display_name).unwrap_or_default();
        let key = self.signing_key(ask.now).await?;
        for _ in 0..TRIES_MAX {
            let serial = store.next_bulletin_serial(&ask.access, date.year()).await?;
            let number = self.inner.settings.bulletins.number_pattern.number(date.year(), serial);
            let edition = composed.edition(&settings, Some(number.clone()), Some(date));
            let approved = SealedApproval { by: signer.clone(), at: ask.now, number: number.clone() };
            let compared_id = row.compare_snapshot_id.map(|id| id.to_string());
            let sealed = Sealed::of(&edition, snapshot.as_of, compared_id, Some(approved), |figure| {
                rows.hash(figure)
            })?;
            let digest = sealed.digest()?;
            let signed = self.sign(&key, Purpose::Bulletin, &digest)?;
            let seal = NewSeal {
                year: date.year(),
                serial,
                number: number.clone(),
                algorithm: signed.algorithm.clone(),
                key_id: signed.key_id.clone(),
                digest: digest.clone(),
                value: signed.value.clone(),
                content: sealed.signed(digest, signed).to_json()?,
            };
            let approval = Approval { id: row.id, version: row.version, by, override_reason, at: ask.now };
            if store.approve_bulletin(&ask.access, &approval, &text, &seal).await? == Approved::Done {
                return Ok(number);
            }
        }
        Err(PlatformError::Unavailable(
            "too many bulletins are approved at this moment; try again".to_owned(),
        ))
    }

    /// The sealed form of a draft: signed by the platform, approved by nobody.
    pub(crate) async fn sealed_draft(
        &self,
        ask: &Ask,
        row: &BulletinRow,
        settings: &Settings,
        snapshot: &Snapshot,
        composed: &super::compose::Composed,
    ) -> Result<Sealed, PlatformError> {
        let rows = self.frozen_units(snapshot.id).await?;
        let edition = composed.edition(settings, None, None);
        let compared_id = row.compare_snapshot_id.map(|id| id.to_string());
        let sealed = Sealed::of(&edition, snapshot.as_of, compared_id, None, |figure| rows.hash(figure))?;
        let digest = sealed.digest()?;
        let signed = self.sign(&self.signing_key(ask.now).await?, Purpose::Bulletin, &digest)?;
        Ok(sealed.signed(digest, signed))
    }
}
