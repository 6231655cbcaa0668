//! Effective duty (值守有效): the five conditions of each unit counted from the ledger, and the state that follows written into the register.
//!
//! A claim is not overwritten before there is something to put in its place: the ledger says nothing of a unit until it holds seven closed days
//! of it, and nothing of one whose organisation has registered no room. Until then what the contract and the register say stands, with its
//! provenance. From then on the state is *observed*, changes by the domain's machine alone, and contracts no longer write it.

use std::collections::{HashMap, HashSet};

use domain::access::Access;
use domain::beijing::day_after;
use domain::duty::effective::{Arrangement, DAYS, DutyFacts, check, standing, tally};
use domain::duty::falsehood::case::stands;
use domain::duty::ledger::{MinuteState, decode, known_until};
use domain::duty::minutes::Minutes;
use domain::duty::report::RollCallCounts;
use domain::duty::roster::{Room, RoomKind, Roster, is_complete, week_from};
use domain::figures::Ratio;
use domain::ids::{DutyRoomId, OrganisationId, UnitId};
use domain::recording::Span;
use domain::role::Capability;
use domain::unit::{Duty, Provenance};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{
    DutyStanding, DutyStandingFilter, DutyStandingRow, HeldContract, Page, PageAsk, RoomDayFilter,
    SuspicionRow, UnitChange, UnitDaySum,
};
use tracing::{info, warn};

use super::presence::LATE;
use super::rooms::KnownRoom;
use super::serving::{Serving, by_unit};
use crate::{Ask, Platform, PlatformError};

/// What stands in the register as the source of a state that the ledger wrote.
pub const OBSERVED_SOURCE: &str = "duty_ledger";

/// What is known of all units at a moment.
struct Known {
    rooms: HashMap<OrganisationId, Vec<RoomNow>>,
    arrangements: HashMap<UnitId, Arrangement>,
    held: HashMap<UnitId, Vec<HeldContract>>,
    sums: HashMap<UnitId, UnitDaySum>,
    last_minutes: HashMap<UnitId, Vec<u8>>,
    running: Vec<(Serving, Minutes)>,
    suspicions: Vec<SuspicionRow>,
}

/// An open room as it stands.
struct RoomNow {
    id: DutyRoomId,
    kind: RoomKind,
    unit_id: UnitId,
    is_roster_complete: bool,
    calls: Ratio,
}

impl Platform {
    /// The five conditions of units in the asker's reach, those that meet least first.
    pub async fn duty_standings(
        &self,
        ask: &Ask,
        filter: &DutyStandingFilter,
        page: &PageAsk,
    ) -> Result<Page<DutyStandingRow>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        Ok(self.inner.store.duty_standings(&ask.access, filter, page).await?)
    }

    /// Counts the five conditions of every unit of the ledger at `now` and writes what follows.
    pub async fn count_standings(&self, now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let units = store.ledger_units(now).await?;
        if units.is_empty() {
            return Ok(());
        }
        let known = self.known(now).await?;
        let duties = self.duties_now(&units).await?;
        let before: HashMap<UnitId, DutyStanding> =
            store.all_duty_standings().await?.into_iter().map(|one| (one.unit_id, one)).collect();
        let mut changed = Vec::new();
        let mut moved = Vec::new();
        for unit in units {
            let Some((duty, is_observed)) = duties.get(&unit).copied() else { continue };
            let counted = known.count(unit, duty, is_observed, now)?;
            if let Some(state) = counted.state
                && (state != duty || !is_observed)
            {
                moved.push((unit, state));
            }
            if before.get(&unit) != Some(&counted) {
                changed.push(counted);
            }
        }
        store.put_duty_standings(&changed, now).await?;
        self.write_duties(&moved, now).await
    }

    async fn known(&self, now: Timestamp) -> Result<Known, PlatformError> {
        let store = &self.inner.store;
        let last = store.ledger_days(1).await?.first().map(|one| one.day);
        let (mut sums, mut last_minutes) = (HashMap::new(), HashMap::new());
        if let Some(last) = last {
            sums = store.unit_sums(day_after(last, 1 - i32::from(DAYS)), last).await?;
            last_minutes = store.unit_minutes(last).await?;
        }
        let mut running = Vec::new();
        for day in self.open_days(now).await? {
            running.push((self.serving_on(day).await?, known_minutes(day, now)));
        }
        let since =
            now.saturating_sub(SignedDuration::from_hours(24 * i64::from(DAYS))).unwrap_or(Timestamp::MIN);
        let mut suspicions = store.suspicions_since(since).await?;
        suspicions.retain(|one| stands(one.state, one.raised.raised_at, now));
        let from = now.saturating_sub(SignedDuration::from_hours(48)).unwrap_or(now);
        let held = store.held_contracts(&Access::PLATFORM, None, Span::new(from, now)).await?;
        Ok(Known {
            rooms: self.rooms_now(now, since).await?,
            arrangements: store.arrangements().await?.into_iter().collect(),
            held: by_unit(held),
            sums,
            last_minutes,
            running,
            suspicions,
        })
    }

    /// What the rooms of a day that runs are worth.
    pub(super) async fn serving_on(&self, day: Date) -> Result<Serving, PlatformError> {
        let filter = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: None };
        let rows = self.inner.store.room_days(&Access::PLATFORM, &filter).await?;
        Serving::of(day, &rows, &self.seen_on(day).await?, &self.corrections_on(day).await?)
    }

    async fn rooms_now(
        &self,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<HashMap<OrganisationId, Vec<RoomNow>>, PlatformError> {
        let rooms = self.known_rooms().await?;
        let rosters = self.rosters(&rooms, week_from(now)).await?;
        let ids: Vec<DutyRoomId> = rooms.iter().map(|one| one.room.id).collect();
        let calls = self.calls_of(&ids, Span::new(since, now)).await?;
        let mut by_organisation: HashMap<OrganisationId, Vec<RoomNow>> = HashMap::new();
        for KnownRoom { room, people } in rooms {
            let (shifts, guards) = rosters.of(room.id);
            let roster = Roster { shifts: &shifts, guards: &guards, rules: self.inner.settings.duty.rest };
            let counts = RollCallCounts::of(calls.calls.get(&room.id).into_iter().flatten());
            by_organisation.entry(room.organisation_id).or_default().push(RoomNow {
                id: room.id,
                kind: room.kind,
                unit_id: room.unit_id,
                is_roster_complete: is_complete(&roster, &Room { id: room.id, people }, now),
                calls: Ratio::new(counts.in_time, counts.asked),
            });
        }
        Ok(by_organisation)
    }

    /// The duty states of units in the register, and whether the ledger wrote them.
    async fn duties_now(&self, units: &[UnitId]) -> Result<HashMap<UnitId, (Duty, bool)>, PlatformError> {
        let all = self.inner.store.duties_of(units, OBSERVED_SOURCE).await?;
        Ok(all.into_iter().map(|(unit, duty, is_observed)| (unit, (duty, is_observed))).collect())
    }

    async fn write_duties(&self, moved: &[(UnitId, Duty)], now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let mut changes = Vec::with_capacity(moved.len());
        for (unit, duty) in moved {
            let Some(current) = store.unit_history(&Access::PLATFORM, *unit).await?.pop() else { continue };
            changes.push(UnitChange {
                unit: domain::unit::Unit { duty: *duty, ..current.unit },
                connection_provenance: current.connection_provenance,
                duty_provenance: Provenance::Observed,
                source: OBSERVED_SOURCE.to_owned(),
            });
        }
        if changes.is_empty() {
            return Ok(());
        }
        match store.apply_units(&Access::PLATFORM, &changes, None, now).await {
            Ok(applied) => {
                info!(units = applied.updated, "duty states written from the ledger");
                Ok(())
            }
            // Somebody changed one of them in this very moment; the next count writes them.
            Err(error) if error.kind() == store::ErrorKind::Conflict => {
                warn!(%error, "duty states not written from the ledger");
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Known {
    fn count(
        &self,
        unit: UnitId,
        duty: Duty,
        is_observed: bool,
        now: Timestamp,
    ) -> Result<DutyStanding, PlatformError> {
        let sum = self.sums.get(&unit).copied().unwrap_or_default();
        let held = self.held.get(&unit).map_or(&[][..], Vec::as_slice);
        let organisations: HashSet<OrganisationId> =
            held.iter().filter(|one| one.span.end >= now).map(|one| one.organisation_id).collect();
        let rooms: Vec<&RoomNow> = organisations
            .iter()
            .filter_map(|id| self.rooms.get(id))
            .flatten()
            .filter(|room| room.kind.serves(room.unit_id, unit))
            .collect();
        let calls = rooms.iter().fold(Ratio::default(), |all, room| {
            Ratio::new(all.numerator + room.calls.numerator, all.denominator + room.calls.denominator)
        });
        let suspicions = self.suspicions.iter().filter(|one| match one.raised.room_id {
            Some(id) => rooms.iter().any(|room| room.id == id),
            None => organisations.contains(&one.raised.organisation_id),
        });
        let facts = DutyFacts {
            arrangement: self.arrangements.get(&unit).copied().unwrap_or(Arrangement::None),
            is_roster_complete: rooms.iter().any(|room| room.is_roster_complete),
            camera: Ratio::new(sum.camera, sum.required),
            required: sum.required,
            exempt: sum.exempt,
            proven: sum.proven,
            roll_calls: calls,
            unproven_run: self.unproven_run(unit, held)?,
            standing_suspicions: suspicions.count() as u32,
        };
        let met = check(&facts).iter().filter(|one| one.is_met).count() as u32;
        let days = (sum.days as u32).min(u32::from(DAYS));
        let speaks = days == u32::from(DAYS) && (is_observed || !rooms.is_empty());
        let state = speaks.then(|| standing(duty, &facts).state);
        Ok(DutyStanding { unit_id: unit, facts, days, met, state })
    }

    /// Minutes in a row without proof, through the last closed day and those that run.
    fn unproven_run(&self, unit: UnitId, held: &[HeldContract]) -> Result<u32, PlatformError> {
        let mut minutes: Vec<MinuteState> = Vec::new();
        if let Some(kept) = self.last_minutes.get(&unit) {
            let (states, _) = decode(kept)
                .map_err(|error| PlatformError::Internal(format!("ledger of unit {unit}: {error}")))?;
            minutes.extend(states);
        }
        for (serving, known) in &self.running {
            minutes.extend(serving.unit(unit, known, held).day.states);
        }
        Ok(tally(&minutes).unproven_run)
    }
}

/// The minutes of a day that are known at `now`.
pub(super) fn known_minutes(day: Date, now: Timestamp) -> Minutes {
    let mut known = Minutes::NONE;
    known.insert(0, known_until(day, now, LATE.as_secs()));
    known
}
