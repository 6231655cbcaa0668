//! How recording stands, as it travels: days, gaps, pins, how long things stay, what goes and what went.

use domain::recording::CameraDay;
use platform::recording::RecordingStatus as Status;
use platform::rows;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// How recording stands as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingStatus {
    /// Whether the platform records at all.
    pub is_on: bool,
    /// Whether cameras of which nothing was said are recorded.
    pub all_cameras: bool,
    /// Cameras that are being recorded.
    pub cameras: u64,
    /// Of these, the ones from which nothing comes at the moment.
    pub hindered: u64,
    /// Events of the recorder since the start.
    pub events: u64,
    /// Files written into the index, growth counted each time.
    pub written: u64,
    /// Files that wait for the database.
    pub waiting: u64,
    /// Batches that the database did not take at once.
    pub refused_batches: u64,
    /// Files forgotten because too many waited; the next start finds them.
    pub forgotten: u64,
    /// Stretches that were received and not kept.
    pub losses: u64,
}

/// The days of one camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingHealth {
    /// Its unit.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// Which camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Days below which nothing may go.
    pub floor_days: u16,
    /// Days that have to be there by now.
    pub days_required: u32,
    /// Of these, the ones that are.
    pub days_kept: u32,
    /// The ones that are not, in order, as 2026-11-29.
    pub missing: Vec<String>,
}

/// A day of one camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingDay {
    /// The Beijing day, as 2026-11-29.
    pub day: String,
    /// Minutes that should have been recorded.
    pub expected_minutes: u32,
    /// Minutes that were.
    pub recorded_minutes: u32,
    /// Minutes that are still there.
    pub kept_minutes: u32,
    /// Whether the day counts as present.
    pub is_present: bool,
}

/// A gap with where it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct Gap {
    /// The unit that the camera belonged to.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Which camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Beginning.
    pub from: Moment,
    /// End.
    pub to: Moment,
    /// Why, for most of it.
    pub cause: &'static str,
}

/// A stretch that stays past its ceiling.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pin {
    /// Id.
    pub id: Uuid,
    /// The unit it was recorded at.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Of which camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Beginning.
    pub from: Moment,
    /// End.
    pub to: Moment,
    /// What it is evidence of.
    pub reason: String,
    /// The alarm it belongs to.
    pub alarm_id: Option<Uuid>,
    /// Until when it holds.
    pub keep_until: Moment,
    /// Who set it; none: the platform.
    pub pinned_by: Option<String>,
    /// When.
    pub pinned_at: Moment,
    /// When somebody let it go before its end.
    pub released_at: Option<Moment>,
}

/// A stretch to pin.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPin {
    /// Of which camera.
    pub camera_id: Uuid,
    /// Beginning.
    pub from: String,
    /// End, at most seven days later.
    pub to: String,
    /// What it is evidence of.
    pub reason: String,
    /// The alarm it belongs to.
    pub alarm_id: Option<Uuid>,
    /// Until when it holds, at most three years.
    pub keep_until: String,
}

/// The pin that was set.
#[derive(Debug, Serialize, ToSchema)]
pub struct PinSet {
    /// Its id.
    pub id: Uuid,
}

/// A certificate: what was deleted of one camera from one disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deletion {
    /// Its number.
    pub seq: i64,
    /// The unit it was recorded at.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Of which camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Where it lay.
    pub disk_id: Uuid,
    /// Beginning of the first file.
    pub from: Moment,
    /// End of the last.
    pub to: Moment,
    /// How many files.
    pub segments: i64,
    /// Their size.
    pub size_bytes: i64,
    /// `ceiling`, `quota`, `operator`.
    pub why: &'static str,
    /// They went before the law lets them.
    pub below_floor: bool,
    /// Who; none: the platform.
    pub deleted_by: Option<String>,
    /// What they wrote.
    pub note: Option<String>,
    /// When it was decided.
    pub decided_at: Moment,
    /// When the last file was known to be gone; none: not yet.
    pub removed_at: Option<Moment>,
}

/// A stretch to delete.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletionOrder {
    /// Beginning.
    pub from: String,
    /// End.
    pub to: String,
    /// Why.
    pub note: String,
}

/// What a deletion by hand did.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletionDone {
    /// Files that went.
    pub segments: u64,
}

/// What goes next of a camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextDeletion {
    /// The unit it was recorded at.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Of which camera.
    pub camera_id: Uuid,
    /// Its name.
    pub camera_name: String,
    /// Beginning of the oldest file that is not pinned.
    pub oldest_at: Moment,
    /// From when on it may go for want of room.
    pub may_go_at: Moment,
    /// From when on it has to go.
    pub goes_at: Moment,
}

/// How long the recordings of a unit stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitRetention {
    /// Which unit.
    pub unit_id: Uuid,
    /// Its name; absent where the unit was asked for by id.
    pub unit_name: Option<String>,
    /// Which law sets the floor: `public_safety`, `key_target`.
    pub basis: &'static str,
    /// `days_30`, `days_90`, `custom`.
    pub class: &'static str,
    /// Days below which nothing may go.
    pub floor_days: u16,
    /// Days above which everything has to.
    pub ceiling_days: u16,
    /// Why so.
    pub note: Option<String>,
    /// When it was said; none: nothing was.
    pub changed_at: Option<Moment>,
}

/// How long the recordings of a unit are to stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionOrder {
    /// Which law sets the floor; a unit does not change its own.
    pub basis: String,
    /// Which class.
    pub class: String,
    /// Of class `custom`: days below which nothing may go.
    pub floor_days: Option<u16>,
    /// Of class `custom`: days above which everything has to.
    pub ceiling_days: Option<u16>,
    /// Why so.
    pub note: Option<String>,
}

impl From<Status> for RecordingStatus {
    fn from(status: Status) -> Self {
        let ledger = status.ledger;
        Self {
            is_on: status.is_on,
            all_cameras: status.all_cameras,
            cameras: status.cameras,
            hindered: status.hindered,
            events: ledger.events,
            written: ledger.written,
            waiting: ledger.waiting,
            refused_batches: ledger.refused_batches,
            forgotten: ledger.forgotten,
            losses: ledger.losses,
        }
    }
}

impl From<rows::RecordingHealth> for RecordingHealth {
    fn from(health: rows::RecordingHealth) -> Self {
        Self {
            unit_id: health.unit_id.0,
            unit_name: health.unit_name,
            camera_id: health.camera_id.0,
            camera_name: health.camera_name,
            floor_days: health.floor_days,
            days_required: health.proof.days_required,
            days_kept: health.proof.days_kept,
            missing: health.proof.missing.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<CameraDay> for RecordingDay {
    fn from(day: CameraDay) -> Self {
        Self {
            day: day.day.to_string(),
            expected_minutes: day.expected_minutes,
            recorded_minutes: day.recorded_minutes,
            kept_minutes: day.kept_minutes,
            is_present: day.is_present(),
        }
    }
}

impl From<rows::GapRow> for Gap {
    fn from(row: rows::GapRow) -> Self {
        Self {
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            camera_id: row.camera_id.0,
            camera_name: row.camera_name,
            from: row.gap.span.start.into(),
            to: row.gap.span.end.into(),
            cause: row.gap.cause.as_str(),
        }
    }
}

impl From<rows::PinRow> for Pin {
    fn from(row: rows::PinRow) -> Self {
        let pin = row.pin;
        Self {
            id: pin.id.0,
            unit_id: pin.unit_id.0,
            unit_name: row.unit_name,
            camera_id: pin.camera_id.0,
            camera_name: row.camera_name,
            from: pin.span.start.into(),
            to: pin.span.end.into(),
            reason: pin.reason,
            alarm_id: pin.alarm_id.map(|id| id.0),
            keep_until: pin.keep_until.into(),
            pinned_by: row.pinned_by.map(|(_, name)| name),
            pinned_at: row.pinned_at.into(),
            released_at: moment(row.released_at),
        }
    }
}

impl From<rows::DeletionRow> for Deletion {
    fn from(row: rows::DeletionRow) -> Self {
        Self {
            seq: row.seq,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            camera_id: row.camera_id.0,
            camera_name: row.camera_name,
            disk_id: row.disk_id.0,
            from: row.from_at.into(),
            to: row.until_at.into(),
            segments: row.segments,
            size_bytes: row.size_bytes,
            why: row.why.as_str(),
            below_floor: row.below_floor,
            deleted_by: row.deleted_by.map(|(_, name)| name),
            note: row.note,
            decided_at: row.decided_at.into(),
            removed_at: moment(row.removed_at),
        }
    }
}

impl From<rows::NextDeletion> for NextDeletion {
    fn from(next: rows::NextDeletion) -> Self {
        Self {
            unit_id: next.unit_id.0,
            unit_name: next.unit_name,
            camera_id: next.camera_id.0,
            camera_name: next.camera_name,
            oldest_at: next.oldest_at.into(),
            may_go_at: next.may_go_at.into(),
            goes_at: next.goes_at.into(),
        }
    }
}

impl UnitRetention {
    /// Of a unit, with its name where it is known.
    pub fn of(unit_id: Uuid, unit_name: Option<String>, holds: rows::UnitRetention) -> Self {
        Self {
            unit_id,
            unit_name,
            basis: holds.retention.basis().as_str(),
            class: holds.retention.class().as_str(),
            floor_days: holds.retention.floor_days(),
            ceiling_days: holds.retention.ceiling_days(),
            note: holds.note,
            changed_at: moment(holds.changed.map(|(at, _)| at)),
        }
    }
}

impl From<rows::UnitRetentionRow> for UnitRetention {
    fn from(row: rows::UnitRetentionRow) -> Self {
        Self::of(row.unit_id.0, Some(row.unit_name), row.holds)
    }
}
