//! How recording stands: of the platform, of each camera, day by day; how long the recordings of a unit stay; what goes next, and what went.

use domain::access::Denied;
use domain::ids::{CameraId, UnitId};
use domain::recording::{CameraDay, FloorBasis, GapCause, Retention, RetentionClass};
use domain::role::Capability;
use jiff::Timestamp;
use jiff::civil::Date;
use media::RecordingCounts;
use store::{
    CameraRecord, DeletionFilter, DeletionRow, GapFilter, GapRow, NextDeletion, Page, PageAsk,
    RecordingHealth, UnitRetention, UnitRetentionRow,
};

use super::ledger::LedgerCounts;
use crate::audit::Object;
use crate::{Ask, FieldError, Platform, PlatformError};

const NOTE_LEN_MAX: usize = 500;
/// Days of one answer: the longest ceiling.
const DAYS_MAX: i32 = 366;

/// How recording stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordingStatus {
    /// Whether the platform records at all.
    pub is_on: bool,
    /// Whether cameras of which nothing was said are recorded.
    pub all_cameras: bool,
    /// Cameras whose streams are being recorded.
    pub cameras: u64,
    /// Of these, the ones from which nothing comes at the moment.
    pub hindered: u64,
    /// What the index has counted.
    pub ledger: LedgerCounts,
}

/// How the recording of one camera stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordingState {
    /// Whether it is to be recorded.
    pub is_wanted: bool,
    /// Since when; none: never yet.
    pub since: Option<Timestamp>,
    /// What stands in the way, and since when.
    pub obstacle: Option<(Timestamp, GapCause)>,
    /// What was taken since the camera was started.
    pub counts: Option<RecordingCounts>,
}

/// How long the recordings of a unit are to stay.
#[derive(Debug, Clone)]
pub struct RetentionAsk {
    /// By which law.
    pub basis: FloorBasis,
    /// By which class.
    pub class: RetentionClass,
    /// Floor and ceiling in days, for a class of the unit's own.
    pub days: Option<(u16, u16)>,
    /// Why so.
    pub note: Option<String>,
}

impl Platform {
    /// How recording stands as a whole.
    pub fn recording_status(&self, ask: &Ask) -> Result<RecordingStatus, PlatformError> {
        ask.access.need(Capability::SeeSystem)?;
        let settings = self.inner.settings.recording.as_ref();
        let (cameras, hindered) = self.recorded_cameras();
        Ok(RecordingStatus {
            is_on: settings.is_some(),
            all_cameras: settings.is_some_and(|settings| settings.all_cameras),
            cameras,
            hindered,
            ledger: self.inner.recording.line.counts(),
        })
    }

    /// How the recording of a camera stands.
    pub(crate) fn recording_state(&self, camera: &CameraRecord) -> RecordingState {
        RecordingState {
            is_wanted: self.is_to_be_recorded(camera),
            since: camera.recorded_since,
            obstacle: self.obstacle_of(camera.id),
            counts: self.recording_counts(camera.id),
        }
    }

    /// Whether the days that the law wants are there, camera by camera.
    pub async fn recording_health(
        &self,
        ask: &Ask,
        today: Date,
        page: &PageAsk,
    ) -> Result<Page<RecordingHealth>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.recording_health(&ask.access, today, page).await?)
    }

    /// Minutes of each day of a camera, from `first` to the day before `until`.
    pub async fn recording_days(
        &self,
        ask: &Ask,
        id: CameraId,
        (first, until): (Date, Date),
    ) -> Result<Vec<CameraDay>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        if first >= until || domain::beijing::day_after(first, DAYS_MAX) < until {
            return Err(PlatformError::field("until", "invalid", "1 to 366 days after `first`"));
        }
        Ok(self.inner.store.camera_days(&ask.access, id, (first, until)).await?)
    }

    /// What is missing, and why.
    pub async fn recording_gaps(
        &self,
        ask: &Ask,
        filter: &GapFilter,
        page: &PageAsk,
    ) -> Result<Page<GapRow>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.recording_gaps(&ask.access, filter, page).await?)
    }

    /// What goes next of every camera, soonest first.
    pub async fn next_deletions(
        &self,
        ask: &Ask,
        page: &PageAsk,
    ) -> Result<Page<NextDeletion>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.next_deletions(&ask.access, ask.now, page).await?)
    }

    /// Certificates of what was deleted, newest first.
    pub async fn recording_deletions(
        &self,
        ask: &Ask,
        filter: &DeletionFilter,
        page: &PageAsk,
    ) -> Result<Page<DeletionRow>, PlatformError> {
        ask.access.need(Capability::SeeLookups)?;
        Ok(self.inner.store.recording_deletions(&ask.access, filter, page).await?)
    }

    /// How long the recordings of a unit stay.
    pub async fn unit_retention(&self, ask: &Ask, id: UnitId) -> Result<UnitRetention, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.unit_retention(&ask.access, id).await?)
    }

    /// Units of which something was said.
    pub async fn unit_retentions(
        &self,
        ask: &Ask,
        page: &PageAsk,
    ) -> Result<Page<UnitRetentionRow>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.unit_retentions(&ask.access, page).await?)
    }

    /// Says how long the recordings of a unit stay. Which law holds is not the unit's own word.
    pub async fn set_unit_retention(
        &self,
        ask: &Ask,
        id: UnitId,
        wanted: &RetentionAsk,
    ) -> Result<UnitRetention, PlatformError> {
        ask.access.need(Capability::ManageRecording)?;
        let before = self.inner.store.unit_retention(&ask.access, id).await?;
        let may_set = ask.access.role.is_none_or(FloorBasis::is_set_by);
        if wanted.basis != before.retention.basis() && !may_set {
            return Err(Denied(Capability::ManageRecording).into());
        }
        let retention = match (wanted.class, wanted.days) {
            (RetentionClass::Custom, Some((floor, ceiling))) => {
                Retention::custom(wanted.basis, floor, ceiling)
            }
            (class, _) => Retention::of_class(wanted.basis, class),
        };
        let retention =
            retention.map_err(|refused| PlatformError::field("class", "invalid", refused.to_string()))?;
        let note = wanted.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        if note.is_some_and(|note| note.chars().count() > NOTE_LEN_MAX || note.chars().any(char::is_control))
        {
            let message = "at most 500 characters".to_owned();
            return Err(PlatformError::Invalid(vec![FieldError { field: "note", code: "invalid", message }]));
        }
        self.inner.store.set_unit_retention(&ask.access, id, &retention, note, ask.now).await?;
        let days = format!("{}–{} days", retention.floor_days(), retention.ceiling_days());
        let object = Object { kind: "unit", id: Some(id.to_string()), name: None, unit_id: Some(id) };
        self.audit(ask, "set_retention", object, "ok", Some(days)).await?;
        Ok(self.inner.store.unit_retention(&ask.access, id).await?)
    }
}
