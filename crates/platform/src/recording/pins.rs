//! Pins: a stretch stays past its ceiling, because it is evidence of something.

use domain::ids::{AlarmId, CameraId, PinId};
use domain::recording::Span;
use domain::recording::pin::check_pin;
use domain::role::Capability;
use jiff::Timestamp;
use store::{NewPin, Page, PageAsk, PinRow};

use crate::access::camera_object;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

const REASON_LEN_MAX: usize = 500;

/// A stretch that somebody wants to stay.
#[derive(Debug, Clone)]
pub struct PinAsk {
    /// Of which camera.
    pub camera_id: CameraId,
    /// What is to stay.
    pub span: Span,
    /// What it is evidence of.
    pub reason: String,
    /// The alarm it belongs to.
    pub alarm_id: Option<AlarmId>,
    /// Until when.
    pub keep_until: Timestamp,
}

impl Platform {
    /// Pins a stretch.
    pub async fn pin_recording(&self, ask: &Ask, wanted: PinAsk) -> Result<PinId, PlatformError> {
        ask.access.need(Capability::ManageRecording)?;
        let camera = self.inner.store.camera(&ask.access, wanted.camera_id).await?.camera;
        let reason = wanted.reason.trim();
        check_pin(&wanted.span, reason, wanted.keep_until, ask.now)
            .map_err(|refused| PlatformError::field("pin", "invalid", refused.to_string()))?;
        if reason.chars().count() > REASON_LEN_MAX || reason.chars().any(char::is_control) {
            return Err(PlatformError::field("reason", "invalid", "1 to 500 characters"));
        }
        let pin = NewPin {
            id: PinId(self.inner.surroundings.id(ask.now)),
            unit_id: camera.unit_id,
            camera_id: camera.id,
            span: wanted.span,
            reason: reason.to_owned(),
            alarm_id: wanted.alarm_id,
            keep_until: wanted.keep_until,
        };
        self.inner.store.add_pin(&ask.access, &pin, ask.now).await?;
        let detail = Some(format!("{} – {}: {reason}", pin.span.start, pin.span.end));
        self.audit(ask, "pin_recording", camera_object(&camera), "ok", detail).await?;
        Ok(pin.id)
    }

    /// Lets a pin go before its end.
    pub async fn release_recording_pin(&self, ask: &Ask, id: PinId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageRecording)?;
        self.inner.store.release_pin(&ask.access, id, ask.now).await?;
        let object = Object { kind: "pin", id: Some(id.to_string()), ..Object::default() };
        self.audit(ask, "release_pin", object, "ok", None).await
    }

    /// Pins, newest first.
    pub async fn recording_pins(
        &self,
        ask: &Ask,
        camera_id: Option<CameraId>,
        page: &PageAsk,
    ) -> Result<Page<PinRow>, PlatformError> {
        ask.access.need(Capability::SeeRecordings)?;
        Ok(self.inner.store.pins(&ask.access, camera_id, page).await?)
    }
}
