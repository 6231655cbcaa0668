//! Verification by somebody who sees drafts: copies of what was never published are compared with the drafts on file.

use domain::role::Capability;
use store::{BulletinRow, PageAsk};

use super::compare::compare;
use super::judge::{altered, check_signature, judged, sealed_differences};
use super::reading::{looks_like_json, read};
use super::shown::squeeze;
use super::{Published, Verdict, Verification};
use crate::bulletins::sealed::Sealed;
use crate::{Ask, Platform, PlatformError};

/// Drafts looked through, newest first.
const DRAFTS_MAX: u32 = 200;
/// Of those, compared with the copy.
const COMPARED_MAX: usize = 5;

impl Platform {
    /// Checks a copy like [`Platform::verify_copy`]; where no published bulletin belongs to it, against the drafts the asker sees.
    pub async fn verify_own_copy(
        &self,
        ask: &Ask,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Verification, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let public = self.verify_copy(name, bytes.clone()).await?;
        if public.verdict != Verdict::Unknown {
            return Ok(public);
        }
        let sealed = if looks_like_json(name, &bytes) { Sealed::read(&bytes).ok() } else { None };
        if let Some((copy, digest)) = sealed {
            return self.verify_sealed_draft(ask, copy, &digest, public).await;
        }
        let Ok(copy) = read(&bytes, name) else { return Ok(public) };
        let mut best: Option<(Sealed, super::Comparison)> = None;
        for original in self.drafts_titled(ask, &copy.text, None).await? {
            let (sealed, text) = (original.clone(), copy.text.clone());
            let Some(found) = self.inner.presses.run(move || compare(&sealed, &text)).await? else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, best)| found.differences.len() < best.differences.len()) {
                best = Some((original, found));
            }
        }
        let Some((original, found)) = best else { return Ok(public) };
        let published = Published::of(&original, domain::bulletin::life::BulletinState::Draft);
        Ok(judged(published, None, found.differences, &found.annexes_not_compared))
    }

    async fn verify_sealed_draft(
        &self,
        ask: &Ask,
        copy: Sealed,
        digest: &str,
        public: Verification,
    ) -> Result<Verification, PlatformError> {
        let keys = self.public_keys().await?;
        let signature = check_signature(&copy, digest, &keys);
        if signature.as_ref().is_some_and(|signature| signature.valid) {
            let published = Published::of(&copy, domain::bulletin::life::BulletinState::Draft);
            return Ok(judged(published, signature, self.recompute(&copy).await?, &[]));
        }
        let drafts = self.drafts_titled(ask, &copy.bulletin.text, Some(&copy.snapshot.id)).await?;
        let mut best: Option<(Sealed, Vec<super::Difference>)> = None;
        for original in drafts {
            let (ours, theirs) = (original.clone(), copy.clone());
            let found = self.inner.presses.run(move || sealed_differences(&ours, &theirs)).await?;
            if best.as_ref().is_none_or(|(_, best)| found.len() < best.len()) {
                best = Some((original, found));
            }
        }
        let Some((original, differences)) = best else { return Ok(Verification { signature, ..public }) };
        let published = Published::of(&original, domain::bulletin::life::BulletinState::Draft);
        Ok(altered(published, signature, differences))
    }

    /// Drafts whose title stands in a text, as they would be sealed now; with `snapshot_id`, only those written from it.
    async fn drafts_titled(
        &self,
        ask: &Ask,
        text: &str,
        snapshot_id: Option<&str>,
    ) -> Result<Vec<Sealed>, PlatformError> {
        let store = &self.inner.store;
        let page = store.bulletins(&ask.access, None, ask.now, &PageAsk::first(DRAFTS_MAX)).await?;
        let plain = squeeze(text);
        let belongs = |row: &BulletinRow| {
            let is_wanted = snapshot_id.is_none_or(|id| row.snapshot_id.to_string() == id);
            row.sees_all && row.published_at.is_none() && is_wanted && plain.contains(&squeeze(&row.title))
        };
        let mut drafts = Vec::new();
        for row in page.items.into_iter().filter(belongs).take(COMPARED_MAX) {
            let revision = store.bulletin_revision(&ask.access, row.id).await?;
            drafts.push(self.draft_sealed(ask, &row, &revision).await?);
        }
        Ok(drafts)
    }
}
