//! A camera's time line: what is there, what is missing and why, what happened, what is pinned, what was deleted.

use domain::alarm::{AlarmCode, AlarmState, Level};
use domain::beijing::{day_after, day_of};
use domain::ids::{AlarmId, CameraId};
use domain::recording::day::{day_span, days_of};
use domain::recording::gap::gaps;
use domain::recording::{Gap, LookupKind, Span};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmFilter, AlarmStates, CameraRecord, DeletionFilter, DeletionRow, GapFilter, PageAsk, PinRow,
};

use super::days::{expected, with_cause};
use super::lookups::check_span;
use crate::{Ask, Platform, PlatformError};

/// Longest time line: a month.
const TIMELINE_MAX: SignedDuration = SignedDuration::from_hours(24 * 31);
/// The newest seconds are on their way to the disk and into the rows; they are no gap yet.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_secs(15);

/// An alarm of the camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineAlarm {
    /// Which.
    pub id: AlarmId,
    /// What.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// Where it stands.
    pub state: AlarmState,
    /// When.
    pub occurred_at: Timestamp,
}

/// How the camera's pictures are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoForm {
    /// For the MIME type, e.g. `avc1.42c01e`.
    pub codec: String,
    /// Width in pixels.
    pub width_px: u16,
    /// Height in pixels.
    pub height_px: u16,
}

/// A camera's time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Which camera.
    pub camera_id: CameraId,
    /// What was asked for.
    pub span: Span,
    /// What is there.
    pub recorded: Vec<Span>,
    /// What should be and was never recorded.
    pub gaps: Vec<Gap>,
    /// What happened, oldest first.
    pub alarms: Vec<TimelineAlarm>,
    /// What stays past its ceiling.
    pub pins: Vec<PinRow>,
    /// What was deleted.
    pub deletions: Vec<DeletionRow>,
    /// Files of what is there; none of a stretch longer than a day, where nobody counts them.
    pub segments: Option<u64>,
    /// Their size.
    pub size_bytes: Option<u64>,
    /// As the camera sends now; none while it does not.
    pub video: Option<VideoForm>,
}

impl Platform {
    /// A camera's time line in the name of a grant.
    pub async fn timeline(
        &self,
        ask: &Ask,
        grant: &str,
        id: CameraId,
        span: Span,
    ) -> Result<Timeline, PlatformError> {
        self.need_grant(ask, grant, (id, span, LookupKind::Search))?;
        check_span(&span, TIMELINE_MAX)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let recorded = self.inner.store.recorded_spans(&ask.access, id, &span).await?;
        let gaps = self.gaps_of(ask, &camera, span, &recorded).await?;
        let overlaps = |from: Timestamp, until: Timestamp| from < span.end && until > span.start;
        let page = PageAsk::first(store::MAX_PAGE);
        let pins = self.inner.store.pins(&ask.access, Some(id), &page).await?.items;
        let holds = |row: &PinRow| row.holds_at(ask.now) && overlaps(row.pin.span.start, row.pin.span.end);
        let filter = DeletionFilter { camera_id: Some(id), ..DeletionFilter::default() };
        let deletions = self.inner.store.recording_deletions(&ask.access, &filter, &page).await?.items;
        let (segments, size_bytes) = self.counted(ask, id, span).await?;
        Ok(Timeline {
            camera_id: id,
            span,
            recorded,
            gaps,
            alarms: self.alarms_within(ask, id, span).await?,
            pins: pins.into_iter().filter(holds).collect(),
            deletions: deletions.into_iter().filter(|row| overlaps(row.from_at, row.until_at)).collect(),
            segments,
            size_bytes,
            video: self.video_form(id),
        })
    }

    /// Gaps of days that are measured as they were written, of the others as they are now.
    async fn gaps_of(
        &self,
        ask: &Ask,
        camera: &CameraRecord,
        span: Span,
        recorded: &[Span],
    ) -> Result<Vec<Gap>, PlatformError> {
        let store = &self.inner.store;
        let until = day_after(day_of(span.end), 1);
        let measured = store.camera_days(&ask.access, camera.id, (day_of(span.start), until)).await?;
        let mut found = Vec::new();
        if !measured.is_empty() {
            let filter = GapFilter {
                camera_id: Some(camera.id),
                from: Some(span.start),
                until: Some(span.end),
                ..GapFilter::default()
            };
            let page = store.recording_gaps(&ask.access, &filter, &PageAsk::first(store::MAX_PAGE)).await?;
            found.extend(page.items.into_iter().map(|row| row.gap));
        }
        let Some(since) = camera.recorded_since else { return Ok(found) };
        let settled = Span::new(span.start, span.end.min(ask.now - ON_ITS_WAY));
        for day in days_of(&settled).filter(|day| !measured.iter().any(|one| one.day == *day)) {
            let day = day_span(day).overlap(&settled);
            let states = store.obstacles(camera.id, &day).await?;
            let missing = gaps(recorded, &expected(&day, since, &states));
            found.extend(missing.iter().map(|gap| with_cause(gap, &states)));
        }
        found.sort_by_key(|gap| gap.span);
        Ok(found)
    }

    async fn alarms_within(
        &self,
        ask: &Ask,
        id: CameraId,
        span: Span,
    ) -> Result<Vec<TimelineAlarm>, PlatformError> {
        if !ask.access.may(Capability::SeeAlarms) {
            return Ok(Vec::new());
        }
        let filter = AlarmFilter {
            states: AlarmStates::All,
            camera_id: Some(id),
            from: Some(span.start),
            until: Some(span.end),
            ..AlarmFilter::default()
        };
        let page = self.inner.store.alarms(&ask.access, &filter, &PageAsk::first(store::MAX_PAGE)).await?;
        let alarm = |row: store::AlarmRow| TimelineAlarm {
            id: row.alarm.id,
            code: row.alarm.code,
            level: row.alarm.level,
            state: row.alarm.state,
            occurred_at: row.alarm.times.occurred_at,
        };
        let mut alarms: Vec<TimelineAlarm> = page.items.into_iter().map(alarm).collect();
        alarms.sort_by_key(|one| one.occurred_at);
        Ok(alarms)
    }

    /// How many files, and their size; of a day at most.
    async fn counted(
        &self,
        ask: &Ask,
        id: CameraId,
        span: Span,
    ) -> Result<(Option<u64>, Option<u64>), PlatformError> {
        if span.end.duration_since(span.start) > SignedDuration::from_hours(24) {
            return Ok((None, None));
        }
        let (mut segments, mut size_bytes) = (0, 0);
        let mut page_ask = PageAsk::first(store::MAX_PAGE);
        loop {
            let page = self.inner.store.segments(&ask.access, id, &span, &page_ask).await?;
            segments += page.items.len() as u64;
            size_bytes += page.items.iter().map(|row| row.size_bytes.unsigned_abs()).sum::<u64>();
            let Some(next) = page.next else { return Ok((Some(segments), Some(size_bytes))) };
            page_ask = PageAsk::after(store::MAX_PAGE, next);
        }
    }

    fn video_form(&self, id: CameraId) -> Option<VideoForm> {
        let frame = self.stream(id)?.latest_key_frame()?;
        let video = &frame.parameters;
        let (width_px, height_px) = (video.width_px, video.height_px);
        Some(VideoForm { codec: video.codec_string.clone(), width_px, height_px })
    }
}
