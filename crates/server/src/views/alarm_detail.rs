//! One alarm with its steps, its spans of time, and the cameras around it.

use domain::access::Access;
use domain::alarm::Times;
use jiff::Timestamp;
use platform::alarms::AlarmDetail as Detail;
use platform::rows::AlarmStep as Step;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;
use super::alarms::Alarm;
use super::cameras::Camera;

/// The person who took a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct Actor {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    pub display_name: String,
    /// Role at that time.
    pub role: &'static str,
}

/// One step in the life of an alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmStep {
    /// When.
    pub at: Moment,
    /// `raise`, or the word of an event.
    pub event: String,
    /// State before; none for the first step.
    pub from: Option<&'static str>,
    /// State after.
    pub to: Option<&'static str>,
    /// Who; none for the platform itself.
    pub actor: Option<Actor>,
    /// In the person's words.
    pub note: Option<String>,
    /// For a false alarm.
    pub reason: Option<&'static str>,
}

/// Spans between the times, in milliseconds; null where one end is missing.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "units stand at the end of names")]
pub struct AlarmDerived {
    /// T0 to T1.
    pub discovery_ms: Option<i64>,
    /// T1 to T3.
    pub take_ms: Option<i64>,
    /// T3 to T4.
    pub verify_ms: Option<i64>,
    /// T4 to T5.
    pub arrive_ms: Option<i64>,
    /// T4 to T6.
    pub handle_ms: Option<i64>,
    /// T1 to T7.
    pub close_ms: Option<i64>,
}

/// An alarm with everything that happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmDetail {
    /// The alarm.
    #[serde(flatten)]
    pub alarm: Alarm,
    /// Steps, oldest first.
    pub steps: Vec<AlarmStep>,
    /// Spans.
    pub derived: AlarmDerived,
    /// Cameras of the same unit, where the asker may see them.
    pub neighbours: Vec<Camera>,
}

impl AlarmDetail {
    /// As `access` sees it at `now`.
    pub fn of(detail: Detail, neighbours: Vec<Camera>, access: &Access, now: Timestamp) -> Self {
        Self {
            derived: detail.row.alarm.times.into(),
            steps: detail.steps.into_iter().map(AlarmStep::from).collect(),
            alarm: Alarm::of(detail.row, access, now),
            neighbours,
        }
    }
}

impl From<Times> for AlarmDerived {
    fn from(times: Times) -> Self {
        let span = |from: Option<Timestamp>, to: Option<Timestamp>| {
            Some(to?.as_millisecond() - from?.as_millisecond())
        };
        let (occurred_at, pushed_at) = (Some(times.occurred_at), Some(times.pushed_at));
        Self {
            discovery_ms: span(occurred_at, pushed_at),
            take_ms: span(pushed_at, times.taken_at),
            verify_ms: span(times.taken_at, times.verified_at),
            arrive_ms: span(times.verified_at, times.arrived_at),
            handle_ms: span(times.verified_at, times.handled_at),
            close_ms: span(pushed_at, times.reviewed_at),
        }
    }
}

impl From<Step> for AlarmStep {
    fn from(step: Step) -> Self {
        Self {
            at: step.at.into(),
            event: step.event,
            from: step.from.map(domain::alarm::AlarmState::as_str),
            to: Some(step.to.as_str()),
            actor: step.actor.map(|(id, display_name, role)| Actor {
                id: id.0,
                display_name,
                role: role.as_str(),
            }),
            note: step.note,
            reason: step.reason.map(domain::alarm::FalseAlarmReason::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_measured_between_the_times_of_the_trade() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let times = Times { taken_at: Some(at(9)), verified_at: Some(at(20)), ..Times::raised(at(0), at(1)) };
        let derived = AlarmDerived::from(times);
        assert_eq!(derived.discovery_ms, Some(1000));
        assert_eq!(derived.take_ms, Some(8000));
        assert_eq!(derived.verify_ms, Some(11_000));
        assert_eq!(derived.handle_ms, None);
    }
}
