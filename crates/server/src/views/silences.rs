//! Planned silences as they travel.

use domain::access::Access;
use domain::alarm::AlarmCode;
use domain::alarm::silence::SilenceState;
use domain::ids::UserId;
use domain::role::Capability;
use jiff::Timestamp;
use platform::rows::SilenceRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct SilencePerson {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    pub display_name: String,
}

/// A planned silence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Silence {
    /// Id.
    pub id: Uuid,
    /// At which unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// At which camera; null: at the whole unit.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// Which rule; null: every one.
    pub code: Option<&'static str>,
    /// A word of `silence_states`, as it is now.
    pub state: &'static str,
    /// True while it holds.
    pub in_force: bool,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// Why.
    pub reason: String,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
    /// When it was asked for.
    pub asked_at: Moment,
    /// By whom.
    pub asked_by: SilencePerson,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// By whom.
    pub decided_by: Option<SilencePerson>,
    /// What they wrote.
    pub decided_why: Option<String>,
    /// True where it could take in fire that cameras see: the approval says whether it does.
    pub meets_fire: bool,
    /// True where the approval names fire that cameras see.
    pub with_fire: bool,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// By whom; null: by time.
    pub closed_by: Option<SilencePerson>,
    /// What they wrote.
    pub closed_why: Option<String>,
    /// Alarms that were raised in it.
    pub alarms: i64,
    /// What the asker may do now: `approve`, `decline`, `lift`.
    pub next: Vec<&'static str>,
}

/// A silence that somebody asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSilence {
    /// At which unit.
    pub unit_id: Uuid,
    /// At which camera; absent: at the whole unit.
    pub camera_id: Option<Uuid>,
    /// Which rule; absent: every one.
    pub code: Option<String>,
    /// Why, 1 to 500 characters.
    pub reason: String,
    /// When it begins; may be past.
    pub starts_at: String,
    /// When it ends, 7 days later at most.
    pub ends_at: String,
}

/// A decision about a silence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SilenceEventRequest {
    /// `approve`, `decline` or `lift`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why; may be absent with an approval.
    pub why: Option<String>,
    /// With an approval: fire of level 1 that cameras see is quiet too. Then it lasts 24 hours at most.
    pub with_fire: Option<bool>,
}

impl Silence {
    /// As the asker sees it at `now`.
    pub fn of(row: SilenceRow, access: &Access, now: Timestamp) -> Self {
        let person = |who: Option<(UserId, String)>| {
            who.map(|(id, display_name)| SilencePerson { id: id.0, display_name })
        };
        let one = row.silence;
        let state = one.state_at(now);
        Self {
            id: row.id.0,
            unit_id: one.unit_id.0,
            unit_name: row.unit_name,
            camera_id: one.camera_id.map(|id| id.0),
            camera_name: row.camera_name,
            code: one.code.map(AlarmCode::as_str),
            state: state.as_str(),
            in_force: one.holds_at(now),
            version: row.version,
            reason: row.reason,
            starts_at: one.starts_at.into(),
            ends_at: one.ends_at.into(),
            asked_at: row.asked_at.into(),
            asked_by: SilencePerson { id: one.asked_by.0, display_name: row.asked_by_name },
            decided_at: moment(row.decided_at),
            decided_by: person(row.decided_by),
            decided_why: row.decided_why,
            meets_fire: one.meets_fire(),
            with_fire: one.with_fire,
            closed_at: moment(row.closed_at),
            closed_by: person(row.closed_by),
            closed_why: row.closed_why,
            alarms: row.alarms,
            next: next(state, access, access.user_id == Some(one.asked_by)),
        }
    }
}

fn next(state: SilenceState, access: &Access, is_own: bool) -> Vec<&'static str> {
    let decides = access.may(Capability::ApproveSilence);
    match state {
        SilenceState::Asked if is_own => vec!["lift"],
        SilenceState::Asked if decides => vec!["approve", "decline"],
        SilenceState::Approved if decides || is_own => vec!["lift"],
        _ => Vec::new(),
    }
}
