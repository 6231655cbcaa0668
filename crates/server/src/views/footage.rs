//! Footage as it travels: time lines, marks, exports. The pictures themselves travel as files.

use domain::recording::{Alteration, ExportState, PictureArea, Span};
use platform::recording::{Film, Timeline};
use platform::rows::ExportRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::recording::{Deletion, Pin};
use super::{Moment, moment};

/// A stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedSpan {
    /// Beginning.
    pub from: Moment,
    /// End.
    pub to: Moment,
}

/// A stretch that should be there and was never recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineGap {
    /// Beginning.
    pub from: Moment,
    /// End.
    pub to: Moment,
    /// Why, for most of it.
    pub cause: &'static str,
}

/// An alarm of the camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineAlarm {
    /// Which.
    pub id: Uuid,
    /// What.
    pub code: &'static str,
    /// How urgent, 1 to 4.
    pub level: u8,
    /// Where it stands.
    pub state: &'static str,
    /// When.
    pub at: Moment,
}

/// How the camera's pictures are coded.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineVideo {
    /// For a MIME type: `video/mp4; codecs="…"`.
    pub codec: String,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
}

/// A camera's time line.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraTimeline {
    /// Which camera.
    pub camera_id: Uuid,
    /// Beginning of what was asked for.
    pub from: Moment,
    /// Its end.
    pub to: Moment,
    /// What is there, in order.
    pub recorded: Vec<RecordedSpan>,
    /// What should be there and was never recorded.
    pub gaps: Vec<TimelineGap>,
    /// What happened, oldest first; at most 200.
    pub alarms: Vec<TimelineAlarm>,
    /// What stays past its ceiling.
    pub pins: Vec<Pin>,
    /// What was deleted, newest first; at most 200.
    pub deletions: Vec<Deletion>,
    /// Files of what is there; none of more than a day.
    pub segments: Option<u64>,
    /// Their size.
    pub size_bytes: Option<u64>,
    /// As the camera sends now; none while it does not.
    pub video: Option<TimelineVideo>,
}

/// A moment of what is played, and when it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingMark {
    /// Microseconds since the beginning of the file.
    pub position_us: i64,
    /// When that was. Time goes on from here until the next mark.
    pub at: Moment,
}

/// The file of a range, without its pictures.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingMarks {
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Pieces that can no longer be read and are left out.
    pub damaged: usize,
    /// Which moment is where, in order.
    pub marks: Vec<RecordingMark>,
}

/// What somebody wants to take along.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecordingExport {
    /// Beginning.
    pub from: String,
    /// End, at most 24 hours later.
    pub to: String,
    /// Why, a word of the dictionary.
    pub reason: String,
    /// Said in words; some reasons need it.
    pub note: Option<String>,
    /// What is done to the pictures; absent or empty: nothing, they are as the camera sent them.
    #[serde(default)]
    pub alteration: ExportAlteration,
}

/// What is done to the pictures of an export. Altered copies are coded anew as H.264; evidence is not altered.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ExportAlteration {
    /// Name of who takes it along, and when, all over the pictures.
    pub watermark: bool,
    /// Everything is hidden that does not belong to the empty room, whose picture is the median of the film: somebody who does not move for
    /// more than half of it is not hidden. Sound is left out.
    pub hide_people: bool,
    /// Areas that are hidden from beginning to end, 16 at most.
    pub hidden_areas: Vec<HiddenArea>,
}

/// A rectangle of a picture in thousandths of its width and height, from the upper left corner.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "units stand at the end of names")]
pub struct HiddenArea {
    /// Left edge.
    pub left_permille: u16,
    /// Upper edge.
    pub top_permille: u16,
    /// Width, above 0.
    pub width_permille: u16,
    /// Height, above 0.
    pub height_permille: u16,
}

/// A file of an export.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingExportFile {
    /// Its name; read at `/api/exports/{id}/files/{name}`.
    pub name: String,
    /// Its length.
    pub size_bytes: i64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// An export.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingExport {
    /// Id.
    pub id: Uuid,
    /// Unit it was recorded at.
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
    /// `waiting`, `running`, `done`, `failed`, `cancelled`, `expired`.
    pub state: &'static str,
    /// While it is being written, how far: 0 to 1 of the time that is wanted. None in every other state.
    #[schema(minimum = 0, maximum = 1)]
    pub share: Option<f64>,
    /// Who asked.
    pub asked_by: Option<String>,
    /// When.
    pub asked_at: Moment,
    /// Why.
    pub reason: &'static str,
    /// Said in words.
    pub note: Option<String>,
    /// What is done to its pictures.
    pub alteration: ExportAlteration,
    /// When it was begun to be written.
    pub started_at: Option<Moment>,
    /// When it was done, failed or taken back.
    pub ended_at: Option<Moment>,
    /// Films, `manifest.json` and its signature; empty until it is done.
    pub files: Vec<RecordingExportFile>,
    /// Size of all files.
    pub size_bytes: Option<i64>,
    /// Why it failed.
    pub error: Option<String>,
}

impl From<Span> for RecordedSpan {
    fn from(span: Span) -> Self {
        Self { from: span.start.into(), to: span.end.into() }
    }
}

impl From<Timeline> for CameraTimeline {
    fn from(line: Timeline) -> Self {
        let gap = |gap: domain::recording::Gap| TimelineGap {
            from: gap.span.start.into(),
            to: gap.span.end.into(),
            cause: gap.cause.as_str(),
        };
        let alarm = |alarm: platform::recording::TimelineAlarm| TimelineAlarm {
            id: alarm.id.0,
            code: alarm.code.as_str(),
            level: alarm.level.into(),
            state: alarm.state.as_str(),
            at: alarm.occurred_at.into(),
        };
        Self {
            camera_id: line.camera_id.0,
            from: line.span.start.into(),
            to: line.span.end.into(),
            recorded: line.recorded.into_iter().map(RecordedSpan::from).collect(),
            gaps: line.gaps.into_iter().map(gap).collect(),
            alarms: line.alarms.into_iter().map(alarm).collect(),
            pins: line.pins.into_iter().map(Pin::from).collect(),
            deletions: line.deletions.into_iter().map(Deletion::from).collect(),
            segments: line.segments,
            size_bytes: line.size_bytes,
            video: line.video.map(|video| TimelineVideo {
                codec: video.codec,
                width: video.width_px,
                height: video.height_px,
            }),
        }
    }
}

impl From<&Film> for RecordingMarks {
    fn from(film: &Film) -> Self {
        let marks = film.marks().iter().filter_map(|mark| {
            let at = jiff::Timestamp::from_microsecond(mark.wall_us).ok()?;
            Some(RecordingMark { position_us: mark.position_us, at: at.into() })
        });
        Self { size_bytes: film.length(), damaged: film.damaged(), marks: marks.collect() }
    }
}

impl From<Alteration> for ExportAlteration {
    fn from(alteration: Alteration) -> Self {
        let area = |area: PictureArea| HiddenArea {
            left_permille: area.left_permille,
            top_permille: area.top_permille,
            width_permille: area.width_permille,
            height_permille: area.height_permille,
        };
        Self {
            watermark: alteration.watermark,
            hide_people: alteration.hide_people,
            hidden_areas: alteration.hidden_areas.into_iter().map(area).collect(),
        }
    }
}

impl From<ExportAlteration> for Alteration {
    fn from(wanted: ExportAlteration) -> Self {
        let area = |area: HiddenArea| PictureArea {
            left_permille: area.left_permille,
            top_permille: area.top_permille,
            width_permille: area.width_permille,
            height_permille: area.height_permille,
        };
        Self {
            watermark: wanted.watermark,
            hide_people: wanted.hide_people,
            hidden_areas: wanted.hidden_areas.into_iter().map(area).collect(),
        }
    }
}

impl RecordingExport {
    /// A row, and how far it is written.
    pub fn new(row: ExportRow, share: Option<f64>) -> Self {
        let file = |file: platform::rows::ExportFile| RecordingExportFile {
            name: file.name,
            size_bytes: file.size_bytes,
            sha256: file.sha256,
        };
        Self {
            id: row.id.0,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            camera_id: row.camera_id.0,
            camera_name: row.camera_name,
            from: row.span.start.into(),
            to: row.span.end.into(),
            share: share.filter(|_| row.state == ExportState::Running),
            state: row.state.as_str(),
            asked_by: row.asked_by.map(|(_, name)| name),
            asked_at: row.asked_at.into(),
            reason: row.reason.as_str(),
            note: row.note,
            alteration: row.alteration.into(),
            started_at: moment(row.started_at),
            ended_at: moment(row.ended_at),
            files: row.files.into_iter().map(file).collect(),
            size_bytes: row.size_bytes,
            error: row.error,
        }
    }
}
