//! The register of look-ups (State Council Decree 799 art. 16): a reason is written down before the first picture is shown.

use domain::ids::{AlarmId, CameraId, UnitId};
use domain::recording::lookup::check_reason;
use domain::recording::{LookupKind, LookupReason, Span};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{ErrorKind, LookupFilter, LookupRow, NewLookup, Page, PageAsk, hex};

use super::grants::{GRANT_HOLDS, Grant, Wish};
use crate::access::camera_object;
use crate::{Ask, Platform, PlatformError};

/// Longest stretch of one look-up: a month, as a time line shows it.
const LOOKUP_RANGE_MAX: SignedDuration = SignedDuration::from_hours(24 * 31);

/// What somebody is about to look at, and why.
#[derive(Debug, Clone)]
pub struct LookupAsk {
    /// Of which camera.
    pub camera_id: CameraId,
    /// What of it.
    pub span: Span,
    /// Search or playback; exports and clips are written down with what they are.
    pub kind: LookupKind,
    /// Why.
    pub reason: LookupReason,
    /// Said in words.
    pub note: Option<String>,
    /// The alarm that it is about.
    pub alarm_id: Option<AlarmId>,
}

/// A look-up that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedLookup {
    /// Its number in the register.
    pub seq: i64,
    /// To be named when looking.
    pub token: String,
    /// When it ends.
    pub until: Timestamp,
}

impl Platform {
    /// Writes a look-up into the register and grants the look.
    pub async fn add_lookup(&self, ask: &Ask, wanted: LookupAsk) -> Result<GrantedLookup, PlatformError> {
        ask.access.need(wanted.kind.capability())?;
        if !matches!(wanted.kind, LookupKind::Search | LookupKind::Playback) {
            return Err(PlatformError::field("kind", "invalid", "search or playback"));
        }
        let user_id = ask.access.user_id.ok_or(PlatformError::NotSignedIn)?;
        check_span(&wanted.span, LOOKUP_RANGE_MAX)?;
        let camera = self.inner.store.camera(&ask.access, wanted.camera_id).await?.camera;
        if let Some(alarm_id) = wanted.alarm_id {
            self.inner.store.alarm(&ask.access, alarm_id).await?;
        }
        let note = checked_note(wanted.reason, wanted.note.as_deref())?;
        let lookup = NewLookup {
            at: ask.now,
            unit_id: camera.unit_id,
            camera_id: Some(camera.id),
            span: wanted.span,
            kind: wanted.kind,
            reason: wanted.reason,
            note,
            address: ask.address.clone(),
            alarm_id: wanted.alarm_id,
        };
        let seq = self.inner.store.add_lookup(&ask.access, &lookup).await?;
        let detail = format!("{} {} – {}", wanted.kind.as_str(), wanted.span.start, wanted.span.end);
        self.audit(ask, "lookup_recording", camera_object(&camera), "ok", Some(detail)).await?;
        let token = hex(&self.inner.surroundings.random::<16>());
        let until = ask.now + GRANT_HOLDS;
        let (camera_id, span, kind) = (camera.id, wanted.span, wanted.kind);
        let grant = Grant { user_id, camera_id, span, kind, until, seq };
        self.inner.recording.grants.add(token.clone(), grant, ask.now);
        Ok(GrantedLookup { seq, token, until })
    }

    /// The register, newest first.
    pub async fn lookup_rows(
        &self,
        ask: &Ask,
        filter: &LookupFilter,
        page: &PageAsk,
    ) -> Result<Page<LookupRow>, PlatformError> {
        ask.access.need(Capability::SeeLookups)?;
        Ok(self.inner.store.lookups(&ask.access, filter, page).await?)
    }

    /// Insists on a grant for what is looked at.
    pub(super) fn need_grant(
        &self,
        ask: &Ask,
        token: &str,
        (camera_id, span, kind): (CameraId, Span, LookupKind),
    ) -> Result<(), PlatformError> {
        ask.access.need(kind.capability())?;
        let wish = Wish { user_id: ask.access.user_id, camera_id, span, kind };
        self.inner.recording.grants.check(token, &wish, ask.now).map(|_| ())
    }

    /// Writes down that somebody looks at recordings that lie at a device, or at the clip of an alarm. The platform itself is nobody.
    pub(crate) async fn register_look(
        &self,
        ask: &Ask,
        (unit_id, camera_id): (UnitId, Option<CameraId>),
        span: Span,
        (kind, reason, note): (LookupKind, LookupReason, Option<&str>),
        alarm_id: Option<AlarmId>,
    ) -> Result<(), PlatformError> {
        if ask.access.user_id.is_none() {
            return Ok(());
        }
        let lookup = NewLookup {
            at: ask.now,
            unit_id,
            camera_id,
            span,
            kind,
            reason,
            note: checked_note(reason, note)?,
            address: ask.address.clone(),
            alarm_id,
        };
        match self.inner.store.add_lookup(&ask.access, &lookup).await {
            // A camera that has moved away since: the unit is told, as far as it is known there.
            Err(error) if error.kind() == ErrorKind::NotFound && lookup.camera_id.is_some() => {
                let lookup = NewLookup { camera_id: None, ..lookup };
                self.inner.store.add_lookup(&ask.access, &lookup).await?;
            }
            other => {
                other?;
            }
        }
        Ok(())
    }
}

/// A note that is enough for the reason; empty ones are none.
pub(super) fn checked_note(
    reason: LookupReason,
    note: Option<&str>,
) -> Result<Option<String>, PlatformError> {
    check_reason(reason, note)
        .map_err(|refused| PlatformError::field("note", "invalid", refused.to_string()))?;
    let is_clean = |note: &&str| !note.is_empty();
    let note = note.map(str::trim).filter(is_clean);
    if note.is_some_and(|note| note.chars().any(|c| c.is_control() && c != '\n')) {
        return Err(PlatformError::field("note", "invalid", "no control characters"));
    }
    Ok(note.map(str::to_owned))
}

/// Insists that a stretch has moments, and not too many.
pub(super) fn check_span(span: &Span, longest: SignedDuration) -> Result<(), PlatformError> {
    if span.is_empty() {
        return Err(PlatformError::field("to", "invalid", "after `from`"));
    }
    if span.end.duration_since(span.start) > longest {
        let hours = longest.as_hours();
        return Err(PlatformError::field("to", "too_long", format!("at most {hours} hours after `from`")));
    }
    Ok(())
}
