//! Alarms as they travel in lists and events.

use domain::access::Access;
use domain::alarm::{AlarmEvent, Clock, ClockReading, Mark, Times, clock};
use jiff::Timestamp;
use platform::access::transmitters::component_names;
use platform::alarms::next_events;
use platform::rows::{AlarmBlobKind, AlarmBox, AlarmRow, AlarmSource as Source};
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::transmitters::PlaceCamera;
use super::{Moment, moment};

/// The person who owns an alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct Owner {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    pub display_name: String,
}

/// The time line T0 to T7; null where it has not come to that.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names of T0 to T7 as the rows have them")]
pub struct AlarmTimes {
    /// T0: it happened.
    pub occurred_at: Moment,
    /// T1: committed and pushed.
    pub pushed_at: Moment,
    /// T2: somebody looked at it.
    pub opened_at: Option<Moment>,
    /// T3: taken.
    pub taken_at: Option<Moment>,
    /// T4: verified.
    pub verified_at: Option<Moment>,
    /// T5: somebody on site.
    pub arrived_at: Option<Moment>,
    /// T6: handled.
    pub handled_at: Option<Moment>,
    /// T7: reviewed.
    pub reviewed_at: Option<Moment>,
}

/// One clock of an alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmClock {
    /// `take`, `verify`, `arrive` or `handle`.
    pub clock: &'static str,
    /// Its limit in seconds.
    pub limit_s: i64,
    /// When it began to run.
    pub started_at: Option<Moment>,
    /// When it runs out.
    pub due_at: Option<Moment>,
    /// When it was stopped.
    pub stopped_at: Option<Moment>,
    /// True when it ran out before it was stopped, or has run out now.
    pub overdue: bool,
}

/// Something the asker may do to the alarm now.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextAction {
    /// Event to send.
    pub event: &'static str,
    /// Its key on the keyboard.
    pub key: &'static str,
}

/// A detection box: x, y, width, height as parts of the picture's size (0 to 1), and `flame` or `smoke`.
#[derive(Debug, Serialize)]
pub struct DetectionBox(f32, f32, f32, f32, String);

impl PartialSchema for DetectionBox {
    fn schema() -> RefOr<Schema> {
        let number = || Schema::from(ObjectBuilder::new().schema_type(Type::Number));
        let word = Schema::from(ObjectBuilder::new().schema_type(Type::String));
        ArrayBuilder::new()
            .prefix_items([number(), number(), number(), number(), word])
            .min_items(Some(5))
            .max_items(Some(5))
            .into()
    }
}

impl ToSchema for DetectionBox {}

/// One thing that an alarm rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmSource {
    /// `device` (a detector, call point or panel) or `ai` (a camera that is watched).
    pub source: &'static str,
    /// What it told, e.g. `F03` or `F01`.
    pub code: &'static str,
    /// How urgent that is by itself.
    pub level: u8,
    /// The transmission device.
    pub transmitter_id: Option<Uuid>,
    /// Its name.
    pub transmitter_name: Option<String>,
    /// The component.
    pub component_id: Option<Uuid>,
    /// What that is, in Chinese.
    pub component_zh: Option<&'static str>,
    /// What that is, in English.
    pub component_en: Option<&'static str>,
    /// Where that is.
    pub place: Option<String>,
    /// The camera that saw it.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// The alarm that the same sighting was before; its picture and clip are there.
    pub seen_alarm_id: Option<Uuid>,
    /// When it told first.
    pub first_at: Moment,
    /// When it told last.
    pub last_at: Moment,
    /// How often.
    pub times: i64,
    /// Cameras that see the place of the component, the best one first.
    pub cameras: Vec<PlaceCamera>,
}

impl From<&Source> for AlarmSource {
    fn from(source: &Source) -> Self {
        let names = source.component.as_ref().and_then(|(_, kind, _)| component_names(*kind));
        Self {
            source: source.source.as_str(),
            code: source.code.as_str(),
            level: source.level.into(),
            transmitter_id: source.transmitter.as_ref().map(|(id, _)| id.0),
            transmitter_name: source.transmitter.as_ref().map(|(_, name)| name.clone()),
            component_id: source.component.as_ref().map(|(id, ..)| id.0),
            component_zh: names.map(|(zh, _)| zh),
            component_en: names.map(|(_, en)| en),
            place: source.component.as_ref().map(|(.., place)| place.clone()),
            camera_id: source.camera.as_ref().map(|(id, _)| id.0),
            camera_name: source.camera.as_ref().map(|(_, name)| name.clone()),
            seen_alarm_id: source.seen_alarm_id.map(|id| id.0),
            first_at: source.first_at.into(),
            last_at: source.last_at.into(),
            times: source.times,
            cameras: source.cameras.iter().cloned().map(PlaceCamera::of).collect(),
        }
    }
}

/// An alarm.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own on the wire")]
pub struct Alarm {
    /// Id.
    pub id: Uuid,
    /// What it is about, e.g. `F02`.
    pub code: &'static str,
    /// Urgency, 1 (red) to 4 (blue).
    pub level: u8,
    /// Where it stands.
    pub state: &'static str,
    /// `overdue`, `supervised` (named in a supervision order that is not over), `escalated`, `reassigned`, `reopened`, `quarantined`, `silenced`,
    /// `inhibited` (its camera's picture could not be trusted, so nobody was called).
    pub marks: Vec<&'static str>,
    /// True for an announced drill.
    pub drill: bool,
    /// Unit it happened at.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Name of its city-level region; empty for a unit that belongs to the province itself.
    pub city: String,
    /// Name of its county.
    pub county: Option<String>,
    /// Camera that saw it.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// Where it looks.
    pub place_type: Option<&'static str>,
    /// One line in Chinese.
    pub title_zh: String,
    /// The same in English.
    pub title_en: String,
    /// `ai`, `manual` or `device`.
    pub source: &'static str,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// How sure the model was, 0 to 1.
    pub score: Option<f32>,
    /// Version of the model that saw it; null where none did.
    pub model: Option<String>,
    /// Where in the picture.
    pub boxes: Vec<DetectionBox>,
    /// Time line.
    pub times: AlarmTimes,
    /// Until when it rings nobody: the end of the planned silence it was raised in; null for every other.
    pub quiet_until: Option<Moment>,
    /// That silence.
    pub silence_id: Option<Uuid>,
    /// The alarm about the same thing that was ended before, while the camera saw it on.
    pub predecessor_id: Option<Uuid>,
    /// Clocks of its level.
    pub clocks: Vec<AlarmClock>,
    /// Why it was none.
    pub false_alarm_reason: Option<&'static str>,
    /// Note of the person who reported it.
    pub note: Option<String>,
    /// What it rests on, where a fire facility has to do with it: detectors, and what cameras saw at the same place.
    pub sources: Vec<AlarmSource>,
    /// True when a picture is kept.
    pub has_picture: bool,
    /// True when a clip is kept.
    pub has_clip: bool,
    /// True when a result picture is kept.
    pub has_result_picture: bool,
    /// True when a simulated camera or unit is behind it.
    pub simulated: bool,
    /// What the asker may do now.
    pub next: Vec<NextAction>,
    /// Counts changes; sent back with every event.
    pub version: i64,
}

impl Alarm {
    /// As `access` sees it at `now`.
    pub fn of(row: AlarmRow, access: &Access, now: Timestamp) -> Self {
        let alarm = &row.alarm;
        let readings = clock::read(alarm.level, &alarm.times, alarm.state.is_dismissed(), now);
        let mut marks: Vec<&'static str> = alarm.marks.iter().copied().map(Mark::as_str).collect();
        if row.supervised {
            marks.insert(0, "supervised");
        }
        if readings.iter().any(|reading| reading.overdue) {
            marks.insert(0, "overdue");
        }
        let next = next_events(access, alarm)
            .into_iter()
            .filter_map(|event| key_of(event).map(|key| NextAction { event: event.as_str(), key }))
            .collect();
        let has = |kind| row.blobs.iter().any(|blob| blob.kind == kind);
        let (title_zh, title_en) = titles(&row);
        Self {
            id: alarm.id.0,
            code: alarm.code.as_str(),
            level: alarm.level.into(),
            state: alarm.state.as_str(),
            marks,
            drill: alarm.drill,
            unit_id: alarm.unit_id.0,
            city: row.city.clone().unwrap_or_default(),
            county: row.county.clone(),
            camera_id: alarm.camera_id.map(|id| id.0),
            camera_name: row.camera_name.clone(),
            place_type: row.place_type.map(domain::place::PlaceType::as_str),
            title_zh,
            title_en,
            source: alarm.source.as_str(),
            owner: alarm
                .owner_id
                .map(|id| Owner { id: id.0, display_name: row.owner_name.clone().unwrap_or_default() }),
            score: row.score,
            model: row.model.clone(),
            boxes: row.boxes.iter().map(DetectionBox::from).collect(),
            times: alarm.times.into(),
            quiet_until: moment(alarm.times.quiet_until),
            silence_id: row.silence_id.map(|id| id.0),
            predecessor_id: row.predecessor_id.map(|id| id.0),
            clocks: readings.into_iter().map(AlarmClock::from).collect(),
            false_alarm_reason: alarm.false_alarm_reason.map(domain::alarm::FalseAlarmReason::as_str),
            has_picture: has(AlarmBlobKind::Picture),
            has_clip: has(AlarmBlobKind::Clip),
            has_result_picture: has(AlarmBlobKind::ResultPicture),
            simulated: row.simulated,
            next,
            version: alarm.version,
            unit_name: row.unit_name,
            sources: row.sources.iter().map(AlarmSource::from).collect(),
            note: row.note,
        }
    }
}

impl From<&AlarmBox> for DetectionBox {
    fn from(found: &AlarmBox) -> Self {
        Self(found.x, found.y, found.w, found.h, found.label.clone())
    }
}

impl From<Times> for AlarmTimes {
    fn from(times: Times) -> Self {
        Self {
            occurred_at: times.occurred_at.into(),
            pushed_at: times.pushed_at.into(),
            opened_at: moment(times.opened_at),
            taken_at: moment(times.taken_at),
            verified_at: moment(times.verified_at),
            arrived_at: moment(times.arrived_at),
            handled_at: moment(times.handled_at),
            reviewed_at: moment(times.reviewed_at),
        }
    }
}

impl From<ClockReading> for AlarmClock {
    fn from(reading: ClockReading) -> Self {
        Self {
            clock: match reading.clock {
                Clock::Take => "take",
                Clock::Verify => "verify",
                Clock::Arrive => "arrive",
                Clock::Handle => "handle",
            },
            limit_s: reading.limit_s,
            started_at: moment(reading.started_at),
            due_at: moment(reading.due_at),
            stopped_at: moment(reading.stopped_at),
            overdue: reading.overdue,
        }
    }
}

/// What a person reads first: what, and where.
fn titles(row: &AlarmRow) -> (String, String) {
    let code = row.alarm.code;
    let camera = row.camera_name.as_deref().map_or(String::new(), |name| format!(" · {name}"));
    let what_zh = format!("{} · {}{camera}", code.name_zh(), row.unit_name);
    let what_en = format!("{} · {}{camera}", code.name_en(), row.unit_name);
    (what_zh, what_en)
}

/// The key of an event on the duty seat; events without one are not offered.
fn key_of(event: AlarmEvent) -> Option<&'static str> {
    Some(match event {
        AlarmEvent::Take => " ",
        AlarmEvent::StartVerify => "v",
        AlarmEvent::Confirm => "1",
        AlarmEvent::Reject => "2",
        AlarmEvent::MarkTest => "3",
        AlarmEvent::Arrive => "a",
        AlarmEvent::StartHandling => "h",
        AlarmEvent::Handle => "d",
        AlarmEvent::Approve => "r",
        AlarmEvent::Return => "b",
        AlarmEvent::Release => "u",
        AlarmEvent::Reopen => "o",
        AlarmEvent::Open
        | AlarmEvent::Merge
        | AlarmEvent::Escalate
        | AlarmEvent::SilenceTimeout
        | AlarmEvent::Clear => return None,
    })
}

/// An alarm reported by a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAlarm {
    /// Where.
    pub unit_id: Uuid,
    /// Seen on this camera.
    pub camera_id: Option<Uuid>,
    /// What, e.g. `F02`.
    pub code: String,
    /// In the person's words.
    pub note: String,
    /// When it happened; none: now.
    pub occurred_at: Option<String>,
}

/// A step on an alarm.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmEventRequest {
    /// What.
    pub event: String,
    /// The version the person was looking at.
    pub version: i64,
    /// For a false alarm.
    pub reason: Option<String>,
    /// In the person's words.
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::alarm::state::ALARM_EVENTS;

    use super::*;

    #[test]
    fn no_two_events_share_a_key() {
        let keys: Vec<_> = ALARM_EVENTS.into_iter().filter_map(key_of).collect();
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
    }
}
