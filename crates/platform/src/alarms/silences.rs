//! Planned silences (计划静默): asked for by one person, decided by another, ended by time; and the question whether an alarm is raised in one.

use domain::access::Access;
use domain::alarm::silence::{
    REASON_CHARS_MAX, Silence, SilenceEvent, SilenceRefusal, SilenceState, Sounding, check_approval,
    check_wish, next_state,
};
use domain::alarm::{AlarmCode, Mark};
use domain::ids::{CameraId, SilenceId, UnitId};
use domain::role::Capability;
use jiff::Timestamp;
use store::{ErrorKind, NewAlarm, NewSilence, Page, PageAsk, SilenceChange, SilenceFilter, SilenceRow};
use tracing::{info, warn};

use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// A silence as somebody wishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceWish {
    /// At which unit.
    pub unit_id: UnitId,
    /// At which camera; none: at the whole unit.
    pub camera_id: Option<CameraId>,
    /// Which rule; none: every one.
    pub code: Option<AlarmCode>,
    /// Why.
    pub reason: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// What a person decides about a silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceDecision {
    /// Approve, decline or lift.
    pub event: SilenceEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why.
    pub why: String,
    /// With an approval: names fire that cameras see.
    pub with_fire: bool,
}

impl Platform {
    /// Silences in the asker's reach, last asked for first.
    pub async fn silences(
        &self,
        ask: &Ask,
        filter: &SilenceFilter,
        page: &PageAsk,
    ) -> Result<Page<SilenceRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.silences(&ask.access, filter, page).await?)
    }

    /// Asks for a silence.
    pub async fn ask_for_silence(&self, ask: &Ask, wish: SilenceWish) -> Result<SilenceRow, PlatformError> {
        ask.access.need(Capability::AskSilence)?;
        let asked_by = ask.access.user_id.ok_or(domain::access::Denied(Capability::AskSilence))?;
        let SilenceWish { unit_id, camera_id, code, reason, starts_at, ends_at } = wish;
        let silence = Silence {
            unit_id,
            camera_id,
            code,
            state: SilenceState::Asked,
            starts_at,
            ends_at,
            asked_by,
            with_fire: false,
        };
        check_wish(&silence, &reason, ask.now).map_err(refused)?;
        let id = SilenceId(self.inner.surroundings.id(ask.now));
        let new = NewSilence { id, silence, reason: reason.trim().to_owned(), at: ask.now };
        let row = self.inner.store.ask_for_silence(&ask.access, &new).await?;
        let span = format!("{} {starts_at:.0} to {ends_at:.0}", row.reason);
        self.audit(ask, "silence_ask", object(&row), "ok", Some(span)).await?;
        self.inner.events.publish(Event::Silences);
        Ok(row)
    }

    /// Approves, declines or lifts a silence. Whoever asked may take the wish back; everything else needs a regulator, and an approval another
    /// person than the one who asked.
    pub async fn decide_silence(
        &self,
        ask: &Ask,
        id: SilenceId,
        decision: SilenceDecision,
    ) -> Result<SilenceRow, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let row = self.inner.store.silence(&ask.access, id).await?;
        let is_own = ask.access.user_id == Some(row.silence.asked_by);
        if !(decision.event == SilenceEvent::Lift && is_own) {
            ask.access.need(Capability::ApproveSilence)?;
        }
        if row.version != decision.version {
            return Err(PlatformError::Conflict("the silence has changed since; look again".to_owned()));
        }
        let change = changed(&row, decision, ask)?;
        let (after, ringing) = self.inner.store.change_silence(&ask.access, id, row.version, &change).await?;
        // What was quiet rings from now: its ladder is looked at anew.
        self.inner.store.ask_for_looks(&ringing, ask.now).await?;
        self.inner.look_asked.notify_one();
        let why = change.why.unwrap_or_default();
        let fire = if change.with_fire { ", fire seen by cameras included" } else { "" };
        let action = format!("silence_{}", change.event.as_str());
        self.audit(ask, &action, object(&after), "ok", Some(format!("{why}{fire}"))).await?;
        self.inner.events.publish(Event::Silences);
        Ok(after)
    }

    /// Marks an alarm that is raised in a silence, and says until when it is quiet. Where that cannot be read, it rings.
    pub(super) async fn hush(&self, new: &mut NewAlarm, now: Timestamp) {
        let alarm = &mut new.alarm;
        let sounding = Sounding {
            unit_id: alarm.unit_id,
            camera_id: alarm.camera_id,
            code: alarm.code,
            source: alarm.source,
        };
        match self.inner.store.silences_in_force(&Access::PLATFORM, alarm.unit_id, now).await {
            Ok(silences) => {
                let quiet =
                    silences.iter().filter_map(|(id, one)| Some((one.quiet_until(&sounding, now)?, *id)));
                let Some((until, id)) = quiet.max() else { return };
                alarm.marks.push(Mark::Silenced);
                alarm.times.quiet_until = Some(until);
                new.silence_id = Some(id);
            }
            Err(error) => {
                warn!(unit = %alarm.unit_id, %error, "planned silences not read; the alarm is raised loudly");
            }
        }
    }

    /// Writes down which silences are over at `now`.
    pub async fn keep_silences(&self, now: Timestamp) -> Result<(), PlatformError> {
        let ask = Ask::platform(now);
        let over = self.inner.store.silences_over(now).await?;
        for row in &over {
            let event = SilenceEvent::Expire;
            let to = next_state(row.silence.state, event).map_err(refused)?;
            let change =
                SilenceChange { event, to, at: now, by: None, why: None, with_fire: row.silence.with_fire };
            match self.inner.store.change_silence(&ask.access, row.id, row.version, &change).await {
                Ok((after, _)) => {
                    info!(silence = %row.id, state = to.as_str(), "planned silence over");
                    self.audit(&ask, "silence_expire", object(&after), "ok", None).await?;
                }
                // A person decided in this very moment.
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        if !over.is_empty() {
            self.inner.events.publish(Event::Silences);
        }
        Ok(())
    }
}

fn changed(row: &SilenceRow, decision: SilenceDecision, ask: &Ask) -> Result<SilenceChange, PlatformError> {
    let SilenceDecision { event, why, with_fire, .. } = decision;
    let why = why.trim().to_owned();
    let length = why.chars().count();
    if length > REASON_CHARS_MAX || (length == 0 && event != SilenceEvent::Approve) {
        return Err(PlatformError::field("why", "invalid", SilenceRefusal::Reason.to_string()));
    }
    let to = next_state(row.silence.state_at(ask.now), event).map_err(refused)?;
    let with_fire = match (event, ask.access.user_id) {
        (SilenceEvent::Expire, _) | (SilenceEvent::Approve, None) => {
            return Err(PlatformError::field("event", "not_for_people", "time ends a silence"));
        }
        (SilenceEvent::Approve, Some(by)) => {
            check_approval(&row.silence, with_fire, by, ask.now).map_err(refused)?;
            with_fire && row.silence.meets_fire()
        }
        (SilenceEvent::Decline | SilenceEvent::Lift, _) => row.silence.with_fire,
    };
    let why = Some(why).filter(|why| !why.is_empty());
    Ok(SilenceChange { event, to, at: ask.now, by: ask.access.user_id, why, with_fire })
}

fn refused(refusal: SilenceRefusal) -> PlatformError {
    use SilenceRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::NotNow(..) | R::OwnWish => PlatformError::Conflict(message),
        R::Reason => PlatformError::field("reason", "invalid", message),
        R::Backwards | R::Over => PlatformError::field("ends_at", "in_past", message),
        R::TooFar => PlatformError::field("starts_at", "too_late", message),
        R::TooLong | R::TooLongWithFire => PlatformError::field("ends_at", "too_long", message),
        R::FireNotNamed => PlatformError::field("with_fire", "required", message),
        R::Detector => PlatformError::field("code", "not_allowed", message),
    }
}

fn object(row: &SilenceRow) -> Object {
    let what = row.silence.code.map_or("*", AlarmCode::as_str);
    let place = row.camera_name.as_ref().unwrap_or(&row.unit_name);
    Object {
        kind: "silence",
        id: Some(row.id.to_string()),
        name: Some(format!("{what} {place}")),
        unit_id: Some(row.silence.unit_id),
    }
}
