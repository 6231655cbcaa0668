//! Quarantines: proposed from the answers, decided by people, ended by time; and the question whether an alarm is raised quietly.

use domain::access::Access;
use domain::alarm::{Alarm, Mark};
use domain::ids::QuarantineId;
use domain::quality::{
    QuarantineEvent, QuarantineRefusal, REASON_CHARS_MAX, check_approval, next_state, quiet_level,
};
use domain::role::Capability;
use jiff::Timestamp;
use store::{
    AnswerFilter, AnswersBy, ErrorKind, NewQuarantine, Page, PageAsk, QuarantineChange, QuarantineFilter,
    QuarantineRow, RuleAnswers,
};
use tracing::{info, warn};

use super::window;
use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// What a person decides about a quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Approve, decline or lift.
    pub event: QuarantineEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why.
    pub why: String,
    /// When it ends: with an approval.
    pub until: Option<Timestamp>,
}

impl Platform {
    /// Quarantines in the asker's reach, newest first.
    pub async fn quarantines(
        &self,
        ask: &Ask,
        filter: &QuarantineFilter,
        page: &PageAsk,
    ) -> Result<Page<QuarantineRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.quarantines(&ask.access, filter, page).await?)
    }

    /// Approves, declines or lifts a quarantine.
    pub async fn decide_quarantine(
        &self,
        ask: &Ask,
        id: QuarantineId,
        decision: Decision,
    ) -> Result<QuarantineRow, PlatformError> {
        ask.access.need(Capability::QuarantineRules)?;
        let row = self.inner.store.quarantine(&ask.access, id).await?;
        if row.version != decision.version {
            return Err(PlatformError::Conflict("the quarantine has changed since; look again".to_owned()));
        }
        let change = changed(&row, decision, ask)?;
        let after = self.inner.store.change_quarantine(&ask.access, id, row.version, &change).await?;
        let detail = match change.until {
            Some(until) => format!("{} until {until:.0}", change.why.unwrap_or_default()),
            None => change.why.unwrap_or_default(),
        };
        let action = format!("quarantine_{}", change.event.as_str());
        self.audit(ask, &action, object(&after), "ok", Some(detail)).await?;
        self.inner.events.publish(Event::RuleQuality);
        Ok(after)
    }

    /// Lowers an alarm whose rule is in quarantine at its camera, and marks it. Where that cannot be read, it rings.
    pub(crate) async fn quieten(&self, alarm: &mut Alarm, now: Timestamp) {
        let Some(camera_id) = alarm.camera_id else { return };
        match self.inner.store.is_rule_quiet(&Access::PLATFORM, camera_id, alarm.code, now).await {
            Ok(true) => {
                alarm.level = alarm.level.max(quiet_level());
                alarm.marks.push(Mark::Quarantined);
            }
            Ok(false) => {}
            Err(error) => {
                warn!(camera = %camera_id, %error, "quarantine not read; the alarm is raised loudly");
            }
        }
    }

    /// Ends what is over and proposes what is noisy at `now`.
    pub async fn keep_quarantines(&self, now: Timestamp) -> Result<(), PlatformError> {
        let ask = Ask::platform(now);
        let mut is_news = self.end_quarantines(&ask).await?;
        let [from, until] = window(now);
        let filter = AnswerFilter { from, until, code: None, camera_id: None };
        for rule in self.inner.store.answers(&Access::PLATFORM, AnswersBy::Camera, &filter).await? {
            is_news |= self.propose(&ask, &rule).await?;
        }
        if is_news {
            self.inner.events.publish(Event::RuleQuality);
        }
        Ok(())
    }

    async fn end_quarantines(&self, ask: &Ask) -> Result<bool, PlatformError> {
        let over = self.inner.store.quarantines_over(ask.now).await?;
        for row in &over {
            let event = QuarantineEvent::Expire;
            let to = next_state(row.state, event).map_err(refused)?;
            let change = QuarantineChange { event, to, at: ask.now, by: None, why: None, until: None };
            match self.inner.store.change_quarantine(&ask.access, row.new.id, row.version, &change).await {
                Ok(after) => {
                    info!(camera = %row.new.camera_id, code = row.new.code.as_str(), state = to.as_str(), "quarantine over");
                    self.audit(ask, "quarantine_expire", object(&after), "ok", None).await?;
                }
                // A person decided in this very moment.
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(!over.is_empty())
    }

    /// Proposes a quarantine where a rule at a camera is noisy. What another model than the serving one saw says nothing of what rings now.
    async fn propose(&self, ask: &Ask, rule: &RuleAnswers) -> Result<bool, PlatformError> {
        let (Some(camera), Some(grounds)) = (&rule.camera, rule.answers.grounds()) else { return Ok(false) };
        if rule.model.as_deref().is_some_and(|model| model != self.inner.workers.model_version()) {
            return Ok(false);
        }
        let new = NewQuarantine {
            id: QuarantineId(self.inner.surroundings.id(ask.now)),
            camera_id: camera.id,
            code: rule.code,
            model: rule.model.clone(),
            grounds,
            answered: rule.answers.answered(),
            real: rule.answers.real,
            worst_day: rule.answers.worst_day,
            at: ask.now,
        };
        let is_new = self.inner.store.propose_quarantine(&new).await?;
        if is_new {
            let row = self.inner.store.quarantine(&ask.access, new.id).await?;
            info!(camera = %camera.id, code = rule.code.as_str(), grounds = grounds.as_str(), "quarantine proposed");
            self.audit(ask, "quarantine_propose", object(&row), "ok", Some(grounds.as_str().to_owned()))
                .await?;
        }
        Ok(is_new)
    }
}

fn changed(row: &QuarantineRow, decision: Decision, ask: &Ask) -> Result<QuarantineChange, PlatformError> {
    let Decision { event, why, until, .. } = decision;
    let why = why.trim().to_owned();
    let until = match (event, until) {
        (QuarantineEvent::Expire, _) => {
            return Err(PlatformError::field("event", "not_for_people", "time ends a quarantine"));
        }
        (QuarantineEvent::Approve, Some(until)) => {
            check_approval(row.new.code, &why, until, ask.now).map_err(refused)?;
            Some(until)
        }
        (QuarantineEvent::Approve, None) => {
            return Err(PlatformError::field("until", "required", "say when the quarantine ends"));
        }
        (QuarantineEvent::Decline | QuarantineEvent::Lift, _) => {
            let length = why.chars().count();
            if length == 0 || length > REASON_CHARS_MAX {
                return Err(refused(QuarantineRefusal::Reason));
            }
            None
        }
    };
    let to = next_state(row.state, event).map_err(refused)?;
    Ok(QuarantineChange { event, to, at: ask.now, by: ask.access.user_id, why: Some(why), until })
}

fn refused(refusal: QuarantineRefusal) -> PlatformError {
    let message = refusal.to_string();
    match refusal {
        QuarantineRefusal::NotNow(..) => PlatformError::Conflict(message),
        QuarantineRefusal::Reason => PlatformError::field("why", "invalid", message),
        QuarantineRefusal::Over => PlatformError::field("until", "in_past", message),
        QuarantineRefusal::TooLongForLevelOne | QuarantineRefusal::TooLong => {
            PlatformError::field("until", "too_long", message)
        }
    }
}

fn object(row: &QuarantineRow) -> Object {
    Object {
        kind: "quarantine",
        id: Some(row.new.id.to_string()),
        name: Some(format!("{} {}", row.new.code.as_str(), row.camera_name)),
        unit_id: Some(row.unit_id),
    }
}
