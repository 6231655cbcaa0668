//! Planned exemptions: asked for by a unit or an organisation, decided by another person at an office, before they begin.

use domain::access::Denied;
use domain::duty::roll_call::exemption::{
    ExemptionEvent, ExemptionRefusal, REASON_CHARS_MAX, check_decision, check_wish, next_state,
};
use domain::ids::{DutyRoomId, ExemptionId};
use domain::recording::Span;
use domain::role::Capability;
use store::{ExemptionChange, ExemptionFilter, ExemptionRow, NewExemption, Page, PageAsk};

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// An exemption as somebody wishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptionWish {
    /// Of which room.
    pub room_id: DutyRoomId,
    /// When it is not asked.
    pub span: Span,
    /// Why.
    pub reason: String,
}

/// What a person decides about an exemption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptionDecision {
    /// Approve, decline or withdraw.
    pub event: ExemptionEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why.
    pub why: Option<String>,
}

impl Platform {
    /// Exemptions of rooms in reach, last asked for first.
    pub async fn exemptions(
        &self,
        ask: &Ask,
        filter: &ExemptionFilter,
        page: &PageAsk,
    ) -> Result<Page<ExemptionRow>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.exemptions(&ask.access, filter, page).await?)
    }

    /// Asks for an exemption.
    pub async fn ask_for_exemption(
        &self,
        ask: &Ask,
        wish: ExemptionWish,
    ) -> Result<ExemptionRow, PlatformError> {
        ask.access.need(Capability::AskExemption)?;
        let asked_by = ask.access.user_id.ok_or(Denied(Capability::AskExemption))?;
        check_wish(&wish.span, &wish.reason, ask.now).map_err(refused)?;
        let new = NewExemption {
            id: ExemptionId(self.inner.surroundings.id(ask.now)),
            room_id: wish.room_id,
            span: wish.span,
            reason: wish.reason.trim().to_owned(),
            asked_by,
            at: ask.now,
        };
        let row = self.inner.store.ask_for_exemption(&ask.access, &new).await?;
        self.note_exemption(ask, "roll_call_exemption_ask", &row, &row.reason).await?;
        Ok(row)
    }

    /// Approves, declines or takes back an exemption. Whoever asked may take it back; everything else needs an office, and another person.
    pub async fn decide_exemption(
        &self,
        ask: &Ask,
        id: ExemptionId,
        decision: ExemptionDecision,
    ) -> Result<ExemptionRow, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let row = self.inner.store.exemption(&ask.access, id).await?;
        let by = ask.access.user_id.ok_or(Denied(Capability::ApproveExemption))?;
        if !(decision.event == ExemptionEvent::Withdraw && by == row.asked_by.0) {
            ask.access.need(Capability::ApproveExemption)?;
        }
        if row.version != decision.version {
            return Err(PlatformError::Conflict("the exemption has changed since; look again".to_owned()));
        }
        let to = next_state(row.state, decision.event).map_err(refused)?;
        check_decision(decision.event, (row.asked_by.0, by), row.span.start, ask.now).map_err(refused)?;
        let why = decision.why.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
        if why.as_ref().is_some_and(|why| why.chars().count() > REASON_CHARS_MAX)
            || (why.is_none() && decision.event == ExemptionEvent::Decline)
        {
            return Err(PlatformError::field("why", "required", "why not, 1 to 500 characters"));
        }
        let change = ExemptionChange { event: decision.event, to, by, at: ask.now, why };
        let after = self.inner.store.change_exemption(&ask.access, id, row.version, &change).await?;
        let action = format!("roll_call_exemption_{}", change.event.as_str());
        self.note_exemption(ask, &action, &after, change.why.as_deref().unwrap_or_default()).await?;
        Ok(after)
    }

    async fn note_exemption(
        &self,
        ask: &Ask,
        action: &str,
        row: &ExemptionRow,
        words: &str,
    ) -> Result<(), PlatformError> {
        let object = Object {
            kind: "roll_call_exemption",
            id: Some(row.id.to_string()),
            name: Some(row.room_name.clone()),
            unit_id: None,
        };
        let span = format!("{:.0} to {:.0} {words}", row.span.start, row.span.end);
        self.audit(ask, action, object, "ok", Some(span)).await?;
        self.calls_changed();
        Ok(())
    }
}

fn refused(refusal: ExemptionRefusal) -> PlatformError {
    use ExemptionRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::NotNow(..) | R::OwnWish => PlatformError::Conflict(message),
        R::Reason => PlatformError::field("reason", "required", message),
        R::Backwards => PlatformError::field("ends_at", "out_of_range", message),
        R::TooLong => PlatformError::field("ends_at", "too_long", message),
        R::Begun => PlatformError::field("starts_at", "in_past", message),
        R::TooFar => PlatformError::field("starts_at", "too_late", message),
    }
}
