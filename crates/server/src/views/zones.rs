//! Zones of a camera, and the pictures they are compared with, as they travel.

use std::collections::HashMap;

use domain::ids::ZoneId;
use domain::zone::{Hours, Zone as Kept, ZoneKind};
use platform::rows::ReferenceRow;
use platform::watch::{CameraZonesView, Candidate, NewZone, NotCompared, ZoneIs};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};
use crate::input::needed_word;
use crate::problem::Problem;

/// Hours of the day in Beijing time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZoneHours {
    /// First minute, e.g. `10:00`.
    pub from: String,
    /// The minute it is over; before `from` it is that of the next day.
    pub until: String,
}

/// A zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Zone {
    /// Id.
    pub id: Uuid,
    /// What for: a word of `zone_kinds`.
    pub kind: &'static str,
    /// Name.
    pub name: String,
    /// Outline: `[x, y]` in shares of the picture, from the upper left corner.
    pub corners: Vec<[f32; 2]>,
    /// Seconds that a change has to stay.
    pub hold_s: u32,
    /// When it counts; null: always.
    pub hours: Option<ZoneHours>,
    /// `free`, `blocked`, `checking` (not known yet); null where nothing is compared, and for a mask.
    pub state: Option<&'static str>,
    /// Since when something stands in it.
    pub blocked_since: Option<Moment>,
    /// Share of it that is taken, 0 to 1.
    pub share: Option<f32>,
}

/// An approved picture; the file is at `/api/cameras/{id}/reference`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reference {
    /// `day` or `infrared`.
    pub light: &'static str,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When the camera sent it.
    pub taken_at: Moment,
    /// Who approved it; null: the platform itself.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Moment,
}

/// Something wrong with the camera's picture.
#[derive(Debug, Serialize, ToSchema)]
pub struct PictureCondition {
    /// `black`, `frozen`, `covered`, `moved`, `blurred`, `washed_out`.
    pub condition: &'static str,
    /// Since when.
    pub since: Moment,
}

/// The zones of a camera, and how they are.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraZones {
    /// Counts changes; sent back with the next one.
    pub version: i64,
    /// In the order in which they were put.
    pub zones: Vec<Zone>,
    /// The pictures that they are compared with, at most one by each light.
    pub references: Vec<Reference>,
    /// Why they are not compared, as a stable code; null where they are, and where there is nothing to compare.
    pub not_compared_code: Option<&'static str>,
    /// Why, and what to do, in Chinese.
    pub not_compared_zh: Option<&'static str>,
    /// The same in English.
    pub not_compared_en: Option<&'static str>,
    /// What is wrong with the picture now.
    pub conditions: Vec<PictureCondition>,
    /// When the camera was looked at last.
    pub last_look_at: Option<Moment>,
    /// Time from look to look in milliseconds, smoothed.
    pub look_interval_ms: Option<u32>,
}

/// A picture that can be approved for ten minutes; the file is at `/api/cameras/{id}/reference/candidates/{sha256}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferenceCandidate {
    /// SHA-256 of the file, by which it is approved.
    pub sha256: String,
    /// `day` or `infrared`.
    pub light: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When the camera sent it.
    pub taken_at: Moment,
}

/// A zone to put.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZonePut {
    /// The zone that it is a change of; absent: a new one.
    pub id: Option<Uuid>,
    /// What for: a word of `zone_kinds`.
    pub kind: String,
    /// Name, 1 to 40 characters.
    pub name: String,
    /// Outline: 3 to 32 times `[x, y]` in shares of the picture.
    pub corners: Vec<[f32; 2]>,
    /// Seconds that a change has to stay, 5 to 3600; absent: as usual for the kind. A mask has none.
    pub hold_s: Option<u32>,
    /// When it counts; absent: always.
    pub hours: Option<ZoneHours>,
}

/// The zones of a camera to put in place of those that were seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CameraZonesPut {
    /// `version` of the answer that was seen.
    pub version: i64,
    /// All of them, 16 at most.
    pub zones: Vec<ZonePut>,
}

/// Which picture is approved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferenceApproval {
    /// `sha256` of the candidate that was seen.
    pub sha256: String,
}

impl ZonePut {
    /// The zone, its words and hours read.
    pub fn read(self) -> Result<NewZone, Problem> {
        let hours = |hours: ZoneHours| {
            Hours::parse(&hours.from, &hours.until)
                .ok_or_else(|| Problem::field("hours", "invalid", "two different times like 10:00"))
        };
        Ok(NewZone {
            id: self.id.map(ZoneId),
            kind: needed_word("kind", &self.kind, ZoneKind::parse)?,
            name: self.name,
            corners: self.corners,
            hold_s: self.hold_s,
            hours: self.hours.map(hours).transpose()?,
        })
    }
}

impl From<CameraZonesView> for CameraZones {
    fn from(view: CameraZonesView) -> Self {
        let states: HashMap<ZoneId, ZoneIs> = view.standing.zones.into_iter().collect();
        let why = view.standing.not_compared;
        Self {
            version: view.zones.version,
            zones: view.zones.zones.into_iter().map(|zone| zone_of(&states, why, zone)).collect(),
            references: view.references.into_iter().map(Reference::from).collect(),
            not_compared_code: why.map(NotCompared::code),
            not_compared_zh: why.map(NotCompared::message_zh),
            not_compared_en: why.map(NotCompared::message_en),
            conditions: view
                .standing
                .conditions
                .into_iter()
                .map(|(condition, since)| PictureCondition {
                    condition: condition.as_str(),
                    since: since.into(),
                })
                .collect(),
            last_look_at: moment(view.last_look_at),
            look_interval_ms: view.look_interval_ms,
        }
    }
}

fn zone_of(states: &HashMap<ZoneId, ZoneIs>, why: Option<NotCompared>, zone: Kept) -> Zone {
    let is_hindered = match why {
        Some(NotCompared::NoReference | NotCompared::OtherLight | NotCompared::OtherScene) => {
            zone.kind.is_compared()
        }
        other => other.is_some(),
    };
    let is_told = !is_hindered && zone.kind.alarm().is_some();
    // One that was put just now is not known to the running watch before its next look.
    let state = is_told.then(|| states.get(&zone.id).copied().unwrap_or(ZoneIs::Checking));
    let (blocked_since, share) = match state {
        Some(ZoneIs::Blocked { since, share }) => (Some(since.into()), Some(share)),
        _ => (None, None),
    };
    let hours = zone.hours.map(|hours| {
        let [from, until] = hours.say();
        ZoneHours { from, until }
    });
    Zone {
        id: zone.id.0,
        kind: zone.kind.as_str(),
        name: zone.name,
        corners: zone.corners,
        hold_s: zone.hold_s,
        hours,
        state: state.map(|state| match state {
            ZoneIs::Checking => "checking",
            ZoneIs::Free => "free",
            ZoneIs::Blocked { .. } => "blocked",
        }),
        blocked_since,
        share,
    }
}

impl From<ReferenceRow> for Reference {
    fn from(row: ReferenceRow) -> Self {
        let [width, height] = row.picture.size_px;
        Self {
            light: row.picture.light.as_str(),
            sha256: row.sha256,
            width,
            height,
            taken_at: row.picture.taken_at.into(),
            approved_by: row.approved_by.map(|(_, name)| name),
            approved_at: row.approved_at.into(),
        }
    }
}

impl From<Candidate> for ReferenceCandidate {
    fn from(candidate: Candidate) -> Self {
        let [width, height] = candidate.picture.size_px;
        Self {
            sha256: candidate.sha256,
            light: candidate.picture.light.as_str(),
            width,
            height,
            taken_at: candidate.picture.taken_at.into(),
        }
    }
}
