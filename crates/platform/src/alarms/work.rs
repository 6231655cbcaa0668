//! Working an alarm: reading it, and every step a person takes on it.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmEvent, FalseAlarmReason, life};
use domain::ids::AlarmId;
use domain::role::Capability;
use store::{AlarmFilter, AlarmRow, AlarmStep, Page, PageAsk, StepRecord};

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Longest note of a step.
const NOTE_LEN_MAX: usize = 2000;

/// An alarm with everything that happened to it.
#[derive(Debug, Clone)]
pub struct AlarmDetail {
    /// As it stands.
    pub row: AlarmRow,
    /// Steps, oldest first.
    pub steps: Vec<AlarmStep>,
}

/// A step a person wants to take.
#[derive(Debug, Clone)]
pub struct Step {
    /// What.
    pub event: AlarmEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// For a false alarm.
    pub reason: Option<FalseAlarmReason>,
    /// In the person's words.
    pub note: Option<String>,
}

/// What the asker may do to the alarm now.
pub fn next_events(access: &Access, alarm: &Alarm) -> Vec<AlarmEvent> {
    const OFFERED: [AlarmEvent; 12] = [
        AlarmEvent::Take,
        AlarmEvent::StartVerify,
        AlarmEvent::Confirm,
        AlarmEvent::Reject,
        AlarmEvent::MarkTest,
        AlarmEvent::StartHandling,
        AlarmEvent::Arrive,
        AlarmEvent::Handle,
        AlarmEvent::Approve,
        AlarmEvent::Return,
        AlarmEvent::Release,
        AlarmEvent::Reopen,
    ];
    OFFERED
        .into_iter()
        .filter(|event| life::next_state(alarm.state, *event).is_some())
        .filter(|event| access.may(capability_for(*event)))
        .filter(|event| !event.is_owners() || alarm.owner_id == access.user_id)
        .filter(|event| !(*event == AlarmEvent::Arrive && alarm.times.arrived_at.is_some()))
        .collect()
}

fn capability_for(event: AlarmEvent) -> Capability {
    if event.is_reviewers() { Capability::ReviewAlarms } else { Capability::WorkAlarms }
}

impl Platform {
    /// Alarms in the asker's reach.
    pub async fn alarms(
        &self,
        ask: &Ask,
        filter: &AlarmFilter,
        page: &PageAsk,
    ) -> Result<Page<AlarmRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.alarms(&ask.access, filter, page).await?)
    }

    /// One alarm without its steps, for pushing to a listener.
    pub async fn alarm_row(&self, ask: &Ask, id: AlarmId) -> Result<AlarmRow, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.alarm(&ask.access, id).await?)
    }

    /// One alarm. The first look by somebody who works alarms is T2.
    pub async fn alarm(&self, ask: &Ask, id: AlarmId) -> Result<AlarmDetail, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let mut row = self.inner.store.alarm(&ask.access, id).await?;
        if row.alarm.times.opened_at.is_none()
            && row.alarm.state.is_open()
            && ask.access.may(Capability::WorkAlarms)
        {
            let step = Step { event: AlarmEvent::Open, version: row.alarm.version, reason: None, note: None };
            match self.step(ask, &row, step).await {
                Ok(opened) => row = opened,
                // Somebody else was first; their row is the one to show.
                Err(PlatformError::Conflict(_)) => row = self.inner.store.alarm(&ask.access, id).await?,
                Err(error) => return Err(error),
            }
        }
        self.inner.store.saw_alarm(&ask.access, id, ask.now).await?;
        let steps = self.inner.store.alarm_steps(&ask.access, id).await?;
        Ok(AlarmDetail { row, steps })
    }

    /// Takes one step on an alarm.
    pub async fn work_alarm(&self, ask: &Ask, id: AlarmId, step: Step) -> Result<AlarmDetail, PlatformError> {
        if step.event.is_platforms() {
            return Err(PlatformError::field(
                "event",
                "not_for_people",
                "the platform takes this step itself",
            ));
        }
        ask.access.need(capability_for(step.event))?;
        if step.note.as_ref().is_some_and(|note| note.chars().count() > NOTE_LEN_MAX) {
            return Err(PlatformError::field("note", "too_long", "at most 2000 characters"));
        }
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let event = step.event;
        let row = self.step(ask, &row, step).await?;
        let object = alarm_object(&row);
        self.audit(ask, &format!("alarm_{}", event.as_str()), object, "ok", None).await?;
        let steps = self.inner.store.alarm_steps(&ask.access, id).await?;
        Ok(AlarmDetail { row, steps })
    }

    async fn step(&self, ask: &Ask, row: &AlarmRow, step: Step) -> Result<AlarmRow, PlatformError> {
        if row.alarm.version != step.version {
            return Err(PlatformError::Conflict("the alarm has changed since; look again".to_owned()));
        }
        let change = domain::alarm::decide(&row.alarm, step.event, ask.access.user_id, step.reason, ask.now)?;
        let record = StepRecord {
            at: ask.now,
            event: step.event,
            actor_id: ask.access.user_id,
            note: step.note,
            reason: step.reason,
        };
        let row = self
            .inner
            .store
            .change_alarm(&ask.access, row.alarm.id, row.alarm.version, &change, &record)
            .await?;
        self.inner.outbox_written.notify_one();
        Ok(row)
    }
}

pub(super) fn alarm_object(row: &AlarmRow) -> Object {
    Object {
        kind: "alarm",
        id: Some(row.alarm.id.to_string()),
        name: Some(format!("{} {}", row.alarm.code.as_str(), row.unit_name)),
        unit_id: Some(row.alarm.unit_id),
    }
}
