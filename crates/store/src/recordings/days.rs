//! Minutes of a camera and day: written when the day is over, and counted again every night for as long as the law wants the day.

use domain::access::Access;
use domain::beijing::{begin_of, day_after, day_of};
use domain::ids::CameraId;
use domain::recording::day::MINUTE_US;
use domain::recording::{CameraDay, Gap, GapCause};
use jiff::Timestamp;
use jiff::civil::Date;

use super::track::tracks_now;
use super::{DAY_US, TRACK_KEYS};
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// Rows of one statement; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;
/// Days of cameras that are written at once.
const DAYS_MAX: usize = 5_000;
/// Tracks that are counted in one transaction: each has up to half a million segments to read.
const COUNTED_AT_ONCE: i64 = 20;

/// A day of one camera as it was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraDayRecord {
    /// Which camera.
    pub camera_id: CameraId,
    /// Which Beijing day.
    pub day: Date,
    /// Minutes that should have been recorded, at most 1 440.
    pub expected_minutes: u32,
    /// Minutes that were; at most the expected ones.
    pub recorded_minutes: u32,
    /// What is missing; every gap begins on that day.
    pub gaps: Vec<Gap>,
}

impl Store {
    /// Writes down measured days with their gaps, in one transaction; measured again, a day is replaced. What was recorded counts as kept
    /// until it is counted. NotFound for an unknown camera, Limit above 5 000 days; then nothing is written.
    pub async fn put_camera_days(&self, days: &[CameraDayRecord], at: Timestamp) -> Result<()> {
        if days.len() > DAYS_MAX {
            return Err(StoreError::Limit(format!("{} days, at most {DAYS_MAX}", days.len())));
        }
        let mut tx = self.pools.begin().await?;
        let mut cameras: Vec<CameraId> = days.iter().map(|one| one.camera_id).collect();
        cameras.sort_unstable();
        cameras.dedup();
        let tracks = tracks_now(&mut tx, &cameras).await?;
        for one in days {
            let track = *tracks.get(&one.camera_id).ok_or(StoreError::NotFound)?;
            put_day(&mut tx, track, one, at).await?;
        }
        tx.commit().await
    }

    /// Counts again which minutes of the days from `first` to the day before `today` are still there, for the tracks after `after`; the
    /// track to go on after, none at the end.
    pub async fn count_kept_days(
        &self,
        (first, today): (Date, Date),
        after: Option<i64>,
        at: Timestamp,
    ) -> Result<Option<i64>> {
        let sql = Sql::new("select key from recording_track where key > $1 order by key limit $2")
            .with(after.unwrap_or(0))
            .with(COUNTED_AT_ONCE);
        let rows = self.pools.fetch_all(sql).await?;
        let tracks = rows.iter().map(|row| row.int("key")).collect::<Result<Vec<_>>>()?;
        let mut counted = Vec::new();
        for track in &tracks {
            counted.push((*track, self.kept_minutes(*track, first, today).await?));
        }
        let mut tx = self.pools.begin().await?;
        for (track, minutes) in counted {
            for (back, minutes) in (0..).zip(minutes) {
                let sql = Sql::new(
                    "update camera_day set counted_at = $1,
                         kept_minutes = case when recorded_minutes < $2 then recorded_minutes else $2 end
                     where track = $3 and day = $4",
                )
                .with(at)
                .with(minutes)
                .with(track)
                .with(day_after(first, back).to_string());
                tx.execute(sql).await?;
            }
        }
        tx.commit().await?;
        Ok(tracks.last().copied().filter(|_| tracks.len() as i64 == COUNTED_AT_ONCE))
    }

    /// Days of a camera from `first` to the day before `until`, in order; of a camera that moved, those at the units the asker sees, a
    /// day at two units twice. NotFound outside the scope.
    pub async fn camera_days(
        &self,
        access: &Access,
        camera_id: CameraId,
        (first, until): (Date, Date),
    ) -> Result<Vec<CameraDay>> {
        let mut days = Vec::new();
        for track in self.tracks_of(access, camera_id).await? {
            let sql = Sql::new(
                "select * from camera_day where track = $1 and day >= $2 and day < $3 order by day limit $4",
            )
            .with(track)
            .with(first.to_string())
            .with(until.to_string())
            .with(DAYS_MAX as i64);
            for row in self.pools.fetch_all(sql).await? {
                days.push(read_day(&row)?);
            }
        }
        days.sort_by_key(|one| one.day);
        Ok(days)
    }

    /// Minutes of each day of `first..today` that the segments of a track come to. A segment over midnight counts on both days.
    async fn kept_minutes(&self, track: i64, first: Date, today: Date) -> Result<Vec<i64>> {
        let (from, until) = (begin_of(first), begin_of(today));
        let mut sql = Sql::new(
            "select day, cast(sum(until_us - start_us) as bigint) as own_us, cast(sum(over_us) as bigint) as over_us",
        );
        sql.push(" from (select day, start_us, case when end_us > (day + 1) * ").bind(DAY_US);
        sql.push(" then (day + 1) * ").bind(DAY_US).push(" else end_us end as until_us,");
        sql.push(" case when end_us > (day + 1) * ")
            .bind(DAY_US)
            .push(" then end_us - (day + 1) * ")
            .bind(DAY_US);
        sql.push(" else 0 end as over_us from (select (start_at - ").bind(from).push(") / ").bind(DAY_US);
        sql.push(" as day, start_at - ").bind(from).push(" as start_us, end_at - ").bind(from);
        sql.push(" as end_us from segment where key >= ").bind(track * TRACK_KEYS + from.as_millisecond());
        sql.push(" and key < ").bind(track * TRACK_KEYS + until.as_millisecond()).push(") a) b group by day");
        let days = usize::try_from((until.as_microsecond() - from.as_microsecond()) / DAY_US).unwrap_or(0);
        let mut kept_us = vec![0; days + 1];
        for row in self.pools.fetch_all(sql).await? {
            let day = usize::try_from(row.int("day")?).unwrap_or(days);
            for (day, column) in [(day, "own_us"), (day + 1, "over_us")] {
                if let Some(kept) = kept_us.get_mut(day) {
                    *kept += row.int(column)?;
                }
            }
        }
        kept_us.truncate(days);
        Ok(kept_us.into_iter().map(|us| us / MINUTE_US).collect())
    }
}

async fn put_day(tx: &mut Tx, track: i64, one: &CameraDayRecord, at: Timestamp) -> Result<()> {
    if one.gaps.iter().any(|gap| day_of(gap.span.start) != one.day) {
        return Err(StoreError::Invalid(format!("a gap of {} begins on another day", one.day)));
    }
    let day = one.day.to_string();
    let sql = Sql::new(
        "insert into camera_day (track, day, expected_minutes, recorded_minutes, kept_minutes, counted_at)
         values ($1, $2, $3, $4, $4, $5)
         on conflict (track, day) do update set expected_minutes = excluded.expected_minutes,
             recorded_minutes = excluded.recorded_minutes, kept_minutes = excluded.kept_minutes, counted_at = excluded.counted_at",
    )
    .with(track)
    .with(&day)
    .with(one.expected_minutes)
    .with(one.recorded_minutes)
    .with(at);
    tx.execute(sql).await?;
    let before = Sql::new("delete from recording_gap where track = $1 and start_at >= $2 and start_at < $3")
        .with(track)
        .with(begin_of(one.day))
        .with(begin_of(day_after(one.day, 1)));
    tx.execute(before).await?;
    for chunk in one.gaps.chunks(INSERT_ROWS) {
        let mut sql = Sql::new("insert into recording_gap (track, start_at, end_at, cause, day) values ");
        for (index, gap) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(track);
            sql.push(", ").bind(gap.span.start).push(", ").bind(gap.span.end);
            sql.push(", ").bind(GapCause::as_str(gap.cause)).push(", ").bind(&day).push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}

/// Reads the minutes of a row of `camera_day`.
pub(super) fn read_day(row: &Row) -> Result<CameraDay> {
    let minutes = |column: &str| {
        let minutes = row.int(column)?;
        u32::try_from(minutes).map_err(|_| corrupt(column, &minutes.to_string()))
    };
    Ok(CameraDay {
        day: row.id("day")?,
        expected_minutes: minutes("expected_minutes")?,
        recorded_minutes: minutes("recorded_minutes")?,
        kept_minutes: minutes("kept_minutes")?,
    })
}
