//! Publication: deliveries, the inbox, receipts.

use domain::bulletin::life::{BulletinEvent, decide};
use domain::ids::BulletinId;
use domain::role::Capability;
use store::{Delivery, InboxItem, Page, PageAsk};

use super::{Kept, read_revision};
use crate::{Ask, Platform, PlatformError};

impl Platform {
    /// Sends an approved bulletin to its addressees; from now on anybody can verify a copy.
    pub async fn publish_bulletin(&self, ask: &Ask, id: BulletinId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ApproveBulletin)?;
        let (row, life) = self.working_copy(ask, id, None).await?;
        decide(&life, BulletinEvent::Publish, ask.access.user_id, false, ask.now)?;
        let (snapshot, _) = self.snapshots_of(&row).await?;
        let revision = self.inner.store.bulletin_revision(&ask.access, id).await?;
        let (settings, Kept { written, .. }) = read_revision(id, &revision)?;
        let addressees = self.addressees(&snapshot, &written, &settings).await?;
        self.inner.store.publish_bulletin(&ask.access, id, row.version, &addressees, ask.now).await?;
        let detail = format!("{} addressees", addressees.len());
        self.audit_bulletin(ask, "bulletin_publish", id, &row.title, Some(detail)).await
    }

    /// Confirms that the asker's office has read a bulletin sent to it.
    pub async fn receive_bulletin(&self, ask: &Ask, id: BulletinId) -> Result<(), PlatformError> {
        ask.access.need(Capability::AnswerBulletin)?;
        let row = self.inner.store.bulletin(&ask.access, id).await?;
        let was_read = self.inner.store.is_received(&ask.access, id).await?;
        if !self.inner.store.receive_bulletin(&ask.access, id, ask.now).await? {
            return Err(PlatformError::Conflict("this bulletin was not sent to this office".to_owned()));
        }
        if was_read == Some(false) {
            self.audit_bulletin(ask, "bulletin_receive", id, &row.title, None).await?;
        }
        Ok(())
    }

    /// Deliveries with their receipts; an addressee sees its own.
    pub async fn receipts(&self, ask: &Ask, id: BulletinId) -> Result<Vec<Delivery>, PlatformError> {
        super::need_reader(ask)?;
        self.inner.store.bulletin(&ask.access, id).await?;
        Ok(self.inner.store.deliveries(&ask.access, id).await?)
    }

    /// What was sent to the asker's office: drafts to answer, bulletins to read.
    pub async fn inbox(&self, ask: &Ask, page: &PageAsk) -> Result<Page<InboxItem>, PlatformError> {
        super::need_reader(ask)?;
        Ok(self.inner.store.inbox(&ask.access, page).await?)
    }
}
