//! The figures desk: freezes snapshots and reads tables, differences, trends and the rows behind every figure from them.
//!
//! Figures of the whole province are public among regulators; the rows behind them are narrowed to the asker's reach.

mod compare;
mod export;
mod table;
mod trend;

pub use compare::{Comparison, ComparisonRow};
pub use export::SheetFormat;
pub(crate) use export::{in_beijing, written};
pub use table::{FigureTable, TableAsk};
pub use trend::{Trend, TrendAsk, WEEKS_MAX};

use domain::figures::Cell;
use domain::ids::SnapshotId;
use domain::role::Capability;
use jiff::{Span, Timestamp};
use store::{
    FigureFilter, FrozenAlarm, FrozenAlarmUnit, NewSnapshot, Page, PageAsk, Snapshot, SnapshotUnitRow,
};

use crate::audit::Object;
use crate::overview::BEIJING;
use crate::{Ask, Platform, PlatformError};

const NOTE_LEN_MAX: usize = 500;

/// Units with alarms and late alarms answered at most, each; a province has a few thousand in a quarter.
const ALARM_ROWS_MAX: usize = 10_000;

/// The alarms behind the counts of a snapshot.
#[derive(Debug, Clone)]
pub struct FrozenAlarms {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Units that had alarms, those with most late ones first.
    pub units: Vec<FrozenAlarmUnit>,
    /// The late alarms themselves, in the order of their units, then by time.
    pub late: Vec<FrozenAlarm>,
}

/// Which snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotKey {
    /// The newest.
    Latest,
    /// This one.
    Id(SnapshotId),
}

impl Platform {
    /// Freezes the register as it stood at `as_of` (none: now) with the alarms of the usual period before it.
    pub async fn take_snapshot(
        &self,
        ask: &Ask,
        as_of: Option<Timestamp>,
        note: Option<String>,
    ) -> Result<Snapshot, PlatformError> {
        self.take_snapshot_with_alarms(ask, as_of, None, note).await
    }

    /// Freezes the register as it stood at `as_of` (none: now) with the alarms pushed from `alarms_from` on (none: from the first day
    /// of the month two months before, Beijing time).
    pub async fn take_snapshot_with_alarms(
        &self,
        ask: &Ask,
        as_of: Option<Timestamp>,
        alarms_from: Option<Timestamp>,
        note: Option<String>,
    ) -> Result<Snapshot, PlatformError> {
        ask.access.need(Capability::TakeSnapshot)?;
        let as_of = as_of.unwrap_or(ask.now);
        if as_of > ask.now {
            return Err(PlatformError::field(
                "as_of",
                "in_future",
                "a snapshot cannot be taken of the future",
            ));
        }
        if note.as_ref().is_some_and(|note| note.chars().count() > NOTE_LEN_MAX) {
            return Err(PlatformError::field("note", "too_long", "at most 500 characters"));
        }
        let alarms_from = alarms_from.unwrap_or_else(|| usual_alarms_from(as_of));
        if alarms_from > as_of {
            return Err(PlatformError::field(
                "alarms_from",
                "after_end",
                "the period ends when the snapshot is of",
            ));
        }
        let id = SnapshotId(self.inner.surroundings.id(ask.now));
        let new =
            NewSnapshot { id, as_of, alarms_from, taken_at: ask.now, taken_by: ask.access.user_id, note };
        let snapshot = self.inner.store.take_snapshot(&ask.access, &new).await?;
        let object = Object {
            kind: "snapshot",
            id: Some(id.to_string()),
            name: Some(as_of.to_string()),
            unit_id: None,
        };
        self.audit(ask, "take_snapshot", object, "ok", Some(snapshot.hash.clone())).await?;
        Ok(snapshot)
    }

    /// Snapshots, newest first.
    pub async fn snapshots(&self, ask: &Ask, page: &PageAsk) -> Result<Page<Snapshot>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        Ok(self.inner.store.snapshots(page).await?)
    }

    /// One snapshot; none where there is no such.
    pub async fn snapshot(&self, ask: &Ask, key: SnapshotKey) -> Result<Option<Snapshot>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        match self.find_snapshot(key).await {
            Ok(snapshot) => Ok(Some(snapshot)),
            Err(PlatformError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The frozen rows behind a figure, as far as the asker sees.
    pub async fn figure_units(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        filter: &FigureFilter,
        page: &PageAsk,
    ) -> Result<Page<SnapshotUnitRow>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let snapshot = self.find_snapshot(key).await?;
        Ok(self.inner.store.snapshot_units(&ask.access, snapshot.id, filter, page).await?)
    }

    /// The alarms of a snapshot's period behind its counts, as far as the asker sees.
    pub async fn frozen_alarms(&self, ask: &Ask, key: SnapshotKey) -> Result<FrozenAlarms, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let snapshot = self.find_snapshot(key).await?;
        let store = &self.inner.store;
        let units = store.snapshot_alarm_units(&ask.access, snapshot.id, false, ALARM_ROWS_MAX).await?;
        let late = store.snapshot_late_alarms(&ask.access, snapshot.id, ALARM_ROWS_MAX).await?;
        Ok(FrozenAlarms { snapshot, units, late })
    }

    pub(crate) async fn find_snapshot(&self, key: SnapshotKey) -> Result<Snapshot, PlatformError> {
        match key {
            SnapshotKey::Latest => Ok(self.inner.store.latest_snapshot().await?),
            SnapshotKey::Id(id) => Ok(self.inner.store.snapshot(id).await?),
        }
    }

    pub(crate) async fn cells(&self, id: SnapshotId) -> Result<Vec<Cell>, PlatformError> {
        Ok(self.inner.store.snapshot_cells(id).await?)
    }
}

/// Months of alarms before the one in which a snapshot lies: a bulletin of September speaks of 7月至9月.
const ALARM_MONTHS_BEFORE: i64 = 2;

/// The first day of the month two months before, midnight in Beijing.
fn usual_alarms_from(as_of: Timestamp) -> Timestamp {
    let day = BEIJING.to_datetime(as_of).date().first_of_month();
    let first = day.checked_sub(Span::new().months(ALARM_MONTHS_BEFORE)).unwrap_or(day);
    BEIJING.to_timestamp(first.at(0, 0, 0, 0)).unwrap_or(as_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulletin_of_september_speaks_of_alarms_since_july() {
        let as_of: Timestamp = "2026-09-02T08:00:00Z".parse().unwrap();
        assert_eq!(usual_alarms_from(as_of).to_string(), "2026-06-30T16:00:00Z");
        let new_year: Timestamp = "2025-12-31T16:00:00Z".parse().unwrap();
        assert_eq!(
            usual_alarms_from(new_year).to_string(),
            "2025-10-31T16:00:00Z",
            "already January in Beijing"
        );
    }
}
