//! Reading the ledger: days of rooms, days of a unit, and what a day comes to. A day that runs is put together from the days of its rooms; a closed
//! one is read.

use std::collections::HashMap;

use domain::access::Access;
use domain::beijing::day_after;
use domain::duty::ledger::{Correction, DayTotals, Run, decode, runs, totals};
use domain::ids::{OrganisationId, UnitId};
use domain::recording::day::day_span;
use domain::role::Capability;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{HeldContract, RoomDayFilter, RoomDayRow, UnitDayRow, UnitDaySum};

use super::effective::known_minutes;
use super::serving::{Serving, by_unit, corrected};
use crate::{Ask, Platform, PlatformError};

/// Most days of one question.
const DAYS_MAX: i32 = 92;

/// By whom from when until when, microseconds.
type HeldStretch = (OrganisationId, i64, i64);

/// A room's day to be shown, corrections applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomDayView {
    /// As it is kept.
    pub row: RoomDayRow,
    /// Its minutes.
    pub runs: Vec<Run>,
    /// What they come to.
    pub totals: DayTotals,
    /// How many corrections lie on it.
    pub corrections: usize,
}

/// A unit's day to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDayView {
    /// Which day.
    pub day: Date,
    /// Its minutes.
    pub runs: Vec<Run>,
    /// What they come to.
    pub totals: DayTotals,
    /// As it was closed; none while it runs.
    pub closed: Option<UnitDayRow>,
}

/// What a day comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Which day.
    pub day: Date,
    /// Whether it is closed.
    pub is_closed: bool,
    /// Over the minutes of units in the asker's reach.
    pub units: UnitDaySum,
    /// Over the minutes of rooms, organisation by organisation.
    pub organisations: Vec<OrganisationCoverage>,
}

/// What the rooms of an organisation come to on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationCoverage {
    /// Which organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its rooms; `days` counts them.
    pub rooms: UnitDaySum,
}

impl Platform {
    /// The days of rooms that the asker sees.
    pub async fn ledger_rooms(
        &self,
        ask: &Ask,
        filter: &RoomDayFilter,
    ) -> Result<Vec<RoomDayView>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        check_days(filter.from, filter.to)?;
        let rows = self.inner.store.room_days(&ask.access, filter).await?;
        let corrections = self.corrections_of(filter.from, filter.to).await?;
        rows.into_iter()
            .map(|row| {
                let of_room: &[Correction] =
                    corrections.get(&(row.kept.room_id, row.day)).map_or(&[], Vec::as_slice);
                let (states, claimed) = corrected(&row, of_room)?;
                let (runs, totals) = (runs(&states, &claimed), totals(&states, &claimed));
                Ok(RoomDayView { row, runs, totals, corrections: of_room.len() })
            })
            .collect()
    }

    /// The days of a unit from one day to another, itself too.
    pub async fn unit_ledger(
        &self,
        ask: &Ask,
        unit: UnitId,
        from: Date,
        to: Date,
    ) -> Result<Vec<UnitDayView>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        check_days(from, to)?;
        self.inner.store.unit(&ask.access, unit).await?;
        self.days_of_unit((&ask.access, ask.now), unit, from, to).await
    }

    /// The days of a unit, for an asker who has been let in.
    pub(super) async fn days_of_unit(
        &self,
        (access, now): (&Access, Timestamp),
        unit: UnitId,
        from: Date,
        to: Date,
    ) -> Result<Vec<UnitDayView>, PlatformError> {
        let mut days = Vec::new();
        for row in self.inner.store.unit_days(access, unit, from, to).await? {
            let (states, claimed) = decode(&row.kept.minutes).map_err(|error| {
                PlatformError::Internal(format!("ledger of unit {unit} on {}: {error}", row.day))
            })?;
            let (runs, totals) = (runs(&states, &claimed), row.kept.totals);
            days.push(UnitDayView { day: row.day, runs, totals, closed: Some(row) });
        }
        for day in self.open_days(now).await? {
            if day < from || day > to || days.iter().any(|one| one.day == day) {
                continue;
            }
            let held = self.inner.store.held_contracts(&Access::PLATFORM, Some(unit), day_span(day)).await?;
            if held.is_empty() {
                continue;
            }
            let one = self.serving_for(day, &held).await?.unit(unit, &known_minutes(day, now), &held).day;
            let (runs, totals) = (runs(&one.states, &one.claimed), one.totals());
            days.push(UnitDayView { day, runs, totals, closed: None });
        }
        Ok(days)
    }

    /// What a day comes to in the asker's reach.
    pub async fn ledger_coverage(&self, ask: &Ask, day: Date) -> Result<Coverage, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        let is_open = self.open_days(ask.now).await?.contains(&day);
        let units = if is_open {
            self.running_sum(ask, day).await?
        } else {
            self.inner.store.unit_day_sum(&ask.access, day).await?
        };
        let filter = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: None };
        let mut organisations: Vec<OrganisationCoverage> = Vec::new();
        for one in self.ledger_rooms(ask, &filter).await? {
            let (id, name) = (one.row.organisation_id, &one.row.organisation_name);
            if organisations.last().is_none_or(|last| last.id != id) {
                let rooms = UnitDaySum::default();
                organisations.push(OrganisationCoverage { id, name: name.clone(), rooms });
            }
            if let Some(last) = organisations.last_mut() {
                add(&mut last.rooms, &one.totals, one.row.kept.camera);
            }
        }
        Ok(Coverage { day, is_closed: !is_open, units, organisations })
    }

    /// The rooms of those who have these contracts, on a day that runs: nothing is corrected on one, and what cameras showed is in its minutes.
    async fn serving_for(&self, day: Date, held: &[HeldContract]) -> Result<Serving, PlatformError> {
        let mut organisations: Vec<OrganisationId> = held.iter().map(|one| one.organisation_id).collect();
        organisations.sort_unstable();
        organisations.dedup();
        let mut rows = Vec::new();
        for id in organisations {
            let filter = RoomDayFilter { from: day, to: day, organisation_id: Some(id), room_id: None };
            rows.extend(self.inner.store.room_days(&Access::PLATFORM, &filter).await?);
        }
        Serving::of(day, &rows, &HashMap::new(), &HashMap::new())
    }

    async fn running_sum(&self, ask: &Ask, day: Date) -> Result<UnitDaySum, PlatformError> {
        let serving = self.serving_on(day).await?;
        let known = known_minutes(day, ask.now);
        let held = by_unit(self.inner.store.held_contracts(&ask.access, None, day_span(day)).await?);
        // Thousands of units have the same contract days: those are put together once.
        let mut like: HashMap<Vec<HeldStretch>, (DayTotals, u16)> = HashMap::new();
        let mut sum = UnitDaySum::default();
        for (unit, contracts) in &held {
            let one = if serving.is_only_theirs(*unit, contracts) {
                let served = serving.unit(*unit, &known, contracts);
                (served.day.totals(), served.camera)
            } else {
                let span = day_span(day);
                let key = contracts.iter().map(|one| {
                    let held = one.span.overlap(&span);
                    (one.organisation_id, held.start.as_microsecond(), held.end.as_microsecond())
                });
                *like.entry(key.collect()).or_insert_with(|| {
                    let served = serving.unit(*unit, &known, contracts);
                    (served.day.totals(), served.camera)
                })
            };
            add(&mut sum, &one.0, one.1);
        }
        Ok(sum)
    }
}

fn add(sum: &mut UnitDaySum, totals: &DayTotals, camera: u16) {
    sum.days += 1;
    sum.required += u64::from(totals.required);
    sum.proven += u64::from(totals.proven);
    sum.at_seat += u64::from(totals.at_seat);
    sum.exempt += u64::from(totals.exempt);
    sum.claimed += u64::from(totals.claimed);
    sum.contradicted += u64::from(totals.contradicted);
    sum.camera += u64::from(camera);
}

fn check_days(from: Date, to: Date) -> Result<(), PlatformError> {
    if from > to || day_after(from, DAYS_MAX) < to {
        return Err(PlatformError::field("to", "out_of_range", format!("1 to {DAYS_MAX} days")));
    }
    Ok(())
}
