//! Evidence of an alarm: the picture and clip the watch kept, and the result picture that ends it. Every look leaves a row.

use domain::access::Access;
use domain::alarm::AlarmState;
use domain::ids::AlarmId;
use domain::recording::{LookupKind, LookupReason};
use domain::role::Capability;
use store::{AlarmBlob, AlarmBlobKind};

use super::work::alarm_object;
use crate::{Ask, Platform, PlatformError};

/// Largest result picture taken, in bytes.
pub const PICTURE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A result picture as sent by a person.
#[derive(Debug, Clone)]
pub struct ResultPicture {
    /// JPEG or PNG file.
    pub bytes: Vec<u8>,
}

impl Platform {
    /// Picture, clip or result picture of an alarm.
    pub async fn alarm_evidence(
        &self,
        ask: &Ask,
        id: AlarmId,
        kind: AlarmBlobKind,
    ) -> Result<(AlarmBlob, Vec<u8>), PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let found = self.inner.store.alarm_blob(&ask.access, id, kind).await?;
        if kind == AlarmBlobKind::Clip && self.is_new_look(ask, "view_clip", &id.to_string()) {
            // A clip is a piece of recording: whoever works the alarm has said why by working it.
            let about = (row.alarm.unit_id, row.alarm.camera_id);
            let span = domain::recording::clip::clip_span(row.alarm.times.occurred_at);
            let why = (LookupKind::Clip, LookupReason::AlarmCheck, None);
            self.register_look(ask, about, span, why, Some(id)).await?;
        }
        self.audit_look(ask, "view_evidence", alarm_object(&row)).await?;
        Ok(found)
    }

    /// Stores the picture that shows the alarm is dealt with.
    pub async fn set_result_picture(
        &self,
        ask: &Ask,
        id: AlarmId,
        picture: ResultPicture,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::WorkAlarms)?;
        let content_type = picture_type(&picture.bytes)?;
        let row = self.inner.store.alarm(&ask.access, id).await?;
        if row.alarm.owner_id != ask.access.user_id {
            return Err(domain::alarm::Refusal::NotOwner.into());
        }
        if !matches!(row.alarm.state, AlarmState::Confirmed | AlarmState::Handling) {
            return Err(PlatformError::Conflict(
                "a result picture belongs to an alarm being handled".to_owned(),
            ));
        }
        self.inner
            .store
            .add_alarm_blob(
                &ask.access,
                id,
                AlarmBlobKind::ResultPicture,
                content_type,
                &picture.bytes,
                ask.access.user_id,
                ask.now,
            )
            .await?;
        self.inner.outbox_written.notify_one();
        self.audit(ask, "alarm_result_picture", alarm_object(&row), "ok", None).await
    }

    /// Adds what the watch kept.
    pub(crate) async fn add_evidence(
        &self,
        id: AlarmId,
        kind: AlarmBlobKind,
        content_type: &str,
        bytes: &[u8],
    ) -> Result<(), PlatformError> {
        let now = self.inner.surroundings.now();
        self.inner.store.add_alarm_blob(&Access::PLATFORM, id, kind, content_type, bytes, None, now).await?;
        self.inner.outbox_written.notify_one();
        Ok(())
    }
}

fn picture_type(bytes: &[u8]) -> Result<&'static str, PlatformError> {
    if bytes.len() > PICTURE_BYTES_MAX {
        return Err(PlatformError::field("picture", "too_large", "at most 8 MiB"));
    }
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok("image/png"),
        _ => Err(PlatformError::field("picture", "not_a_picture", "send a JPEG or PNG file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_taken() {
        assert_eq!(picture_type(&[0xff, 0xd8, 0xff, 0xe0]).unwrap(), "image/jpeg");
        assert!(picture_type(b"<svg onload=alert(1)>").is_err());
        assert!(picture_type(b"").is_err());
        assert!(picture_type(&vec![0xff; PICTURE_BYTES_MAX + 1]).is_err());
    }
}
