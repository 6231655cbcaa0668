//! Days: when one is over, its minutes are measured and its gaps written down with their causes; every night what is still there is counted, and
//! whoever has fewer days than the law wants is told (V05).

use std::time::Duration;

use domain::access::Access;
use domain::beijing::{begin_of, day_after, day_of};
use domain::recording::day::day_span;
use domain::recording::{Gap, GapCause, Span, StateSpan, cause_of, measure_day, subtract};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{CameraDayRecord, CameraRecord, PageAsk};
use tracing::{info, warn};

use crate::{Platform, PlatformError};

/// When in the day the day before is measured: everything of it is written down by then.
const AFTER_MIDNIGHT: SignedDuration = SignedDuration::from_mins(10);
/// Pause after the start, so that what was mended is there and a start is not slowed.
const FIRST: Duration = Duration::from_mins(2);
/// Days that are measured later, after the platform was off; causes are remembered for as long.
const CATCH_UP_DAYS: i32 = 8;
/// Days that are counted every night: the longest ceiling and a leap day.
const COUNTED_DAYS: i32 = 366;
/// Days of cameras written at once.
const BATCH: usize = 500;

/// Measures and counts every night, until the platform stops.
pub(super) async fn run(platform: Platform) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        let now = platform.inner.surroundings.now();
        match platform.close_days(now).await {
            Ok(measured) => info!(measured, "recorded days measured and counted"),
            Err(error) => warn!(%error, "recorded days not measured"),
        }
        let tomorrow = begin_of(day_after(day_of(now), 1)) + AFTER_MIDNIGHT;
        pause = Duration::try_from(tomorrow.duration_since(now)).unwrap_or(FIRST);
    }
}

impl Platform {
    /// Measures the days before `now` that are not measured yet, counts what is kept, and raises V05 where days are missing; how many days of
    /// cameras were measured.
    pub async fn close_days(&self, now: Timestamp) -> Result<usize, PlatformError> {
        let today = day_of(now);
        let mut measured = Vec::new();
        for row in self.inner.store.all_cameras().await? {
            let Some(since) = row.camera.recorded_since else { continue };
            measured.extend(self.days_to_write(&row.camera, since, today).await?);
        }
        for chunk in measured.chunks(BATCH) {
            self.inner.store.put_camera_days(chunk, now).await?;
        }
        let first = day_after(today, -COUNTED_DAYS);
        let mut after = None;
        loop {
            after = self.inner.store.count_kept_days((first, today), after, now).await?;
            if after.is_none() {
                break;
            }
        }
        self.tell_of_short_days(today, now).await?;
        self.inner.store.forget_obstacles(begin_of(day_after(today, -CATCH_UP_DAYS))).await?;
        Ok(measured.len())
    }

    async fn days_to_write(
        &self,
        camera: &CameraRecord,
        since: Timestamp,
        today: Date,
    ) -> Result<Vec<CameraDayRecord>, PlatformError> {
        let first = day_after(today, -CATCH_UP_DAYS).max(day_of(since));
        let known = self.inner.store.camera_days(&Access::PLATFORM, camera.id, (first, today)).await?;
        let mut days = Vec::new();
        let mut day = first;
        while day < today {
            if !known.iter().any(|one| one.day == day) {
                days.push(self.measured(camera, since, day).await?);
            }
            day = day_after(day, 1);
        }
        Ok(days)
    }

    async fn measured(
        &self,
        camera: &CameraRecord,
        since: Timestamp,
        day: Date,
    ) -> Result<CameraDayRecord, PlatformError> {
        let span = day_span(day);
        let recorded = self.inner.store.recorded_spans(&Access::PLATFORM, camera.id, &span).await?;
        let states = self.inner.store.obstacles(camera.id, &span).await?;
        let expected = expected(&span, since, &states);
        let measure = measure_day(day, &recorded, &expected);
        Ok(CameraDayRecord {
            camera_id: camera.id,
            day,
            expected_minutes: measure.expected_minutes,
            recorded_minutes: measure.recorded_minutes,
            gaps: measure.gaps.iter().map(|gap| with_cause(gap, &states)).collect(),
        })
    }

    async fn tell_of_short_days(&self, today: Date, now: Timestamp) -> Result<(), PlatformError> {
        let mut ask = PageAsk::first(store::MAX_PAGE);
        loop {
            let page = self.inner.store.recording_health(&Access::PLATFORM, today, &ask).await?;
            for one in page.items.iter().filter(|one| one.proof.is_short()) {
                let proof = &one.proof;
                let note = format!("应保存{}天，实际完整{}天", proof.days_required, proof.days_kept);
                self.tell_of_missing((one.unit_id, one.camera_id), note, now).await;
            }
            let Some(next) = page.next else { return Ok(()) };
            ask = PageAsk::after(store::MAX_PAGE, next);
        }
    }
}

/// The part of a stretch in which a camera was to be recorded. Where a person had it switched off for all of it, nothing was expected; a moment
/// in which it was off is a gap with a name.
pub(super) fn expected(span: &Span, since: Timestamp, states: &[StateSpan]) -> Vec<Span> {
    let wanted = Span::new(span.start.max(since), span.end);
    let off: Vec<Span> =
        states.iter().filter(|one| one.cause == GapCause::Operator).map(|one| one.span).collect();
    if wanted.is_empty() || subtract(&[wanted], &off).is_empty() { Vec::new() } else { vec![wanted] }
}

/// A gap with what explains most of it.
pub(super) fn with_cause(gap: &Span, states: &[StateSpan]) -> Gap {
    Gap { span: *gap, cause: cause_of(gap, states) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> Span {
        Span::new(Timestamp::from_second(start).unwrap(), Timestamp::from_second(end).unwrap())
    }

    #[test]
    fn a_day_on_which_a_person_had_it_off_is_no_day_and_an_hour_is_a_gap() {
        let off = |start, end| StateSpan { span: span(start, end), cause: GapCause::Operator };
        let since = Timestamp::from_second(10).unwrap();
        assert_eq!(expected(&span(0, 100), since, &[off(0, 100)]), []);
        assert_eq!(expected(&span(0, 100), since, &[off(20, 100)]), [span(10, 100)]);
        assert_eq!(expected(&span(0, 5), since, &[]), []);
    }
}
