//! The customer's red-head template.

use domain::role::Capability;
use store::BulletinTemplate;

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Largest template, in bytes: a red head is text and perhaps a seal picture.
pub const TEMPLATE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Longest file name kept, in characters.
const NAME_CHARS_MAX: usize = 200;

impl Platform {
    /// The template in force.
    pub async fn bulletin_template(&self, ask: &Ask) -> Result<Option<BulletinTemplate>, PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        Ok(self.inner.store.bulletin_template(&ask.access).await?)
    }

    /// Puts a DOCX in force as the template, once it has been read as one.
    pub async fn put_bulletin_template(
        &self,
        ask: &Ask,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let (_, bytes) = self.read_template(bytes).await?;
        let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
        self.inner.store.put_bulletin_template(&ask.access, &name, &bytes, ask.now).await?;
        self.audit_template(ask, "bulletin_template_put", &name).await
    }

    /// Takes the template out of force.
    pub async fn drop_bulletin_template(&self, ask: &Ask) -> Result<(), PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let Some(template) = self.inner.store.bulletin_template(&ask.access).await? else { return Ok(()) };
        self.inner.store.drop_bulletin_template(&ask.access, ask.now).await?;
        self.audit_template(ask, "bulletin_template_drop", &template.name).await
    }

    async fn audit_template(&self, ask: &Ask, action: &str, name: &str) -> Result<(), PlatformError> {
        let object =
            Object { kind: "bulletin_template", id: None, name: Some(name.to_owned()), unit_id: None };
        self.audit(ask, action, object, "ok", None).await
    }
}
