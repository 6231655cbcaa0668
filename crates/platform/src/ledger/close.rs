//! Closing a day: what everybody's minutes are worth is written for good, chained to the day before, and the day gets a digest of its own.
//!
//! A close that was cut off goes on where it stopped: what is kept already is not computed again, and the day counts as closed with its last row.

use std::collections::HashMap;

use domain::access::Access;
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::ledger::{Correction, day_text, encode, ledger_text};
use domain::duty::minutes::Minutes;
use domain::duty::roll_call::draw::Digest;
use domain::ids::UnitId;
use domain::recording::day::day_span;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{LedgerDay, NewUnitDay, RoomDayFilter, sha256};
use tracing::info;

use super::CLOSED_AFTER;
use super::serving::{ServedDay, Serving, by_unit};
use crate::{Platform, PlatformError};

/// Units of one transaction: SQLite's writer is free for alarms in between.
const UNITS_AT_ONCE: usize = 500;
/// The digest before the first one.
pub(super) const FIRST: Digest = [0; 32];

impl Platform {
    /// Closes every day that is due at `now`, in order.
    pub async fn close_ledger_days(&self, now: Timestamp) -> Result<(), PlatformError> {
        while let Some((day, before)) = self.day_to_close(now).await? {
            self.close_day(day, before, now).await?;
        }
        Ok(())
    }

    async fn day_to_close(&self, now: Timestamp) -> Result<Option<(Date, Option<LedgerDay>)>, PlatformError> {
        let last = self.inner.store.ledger_days(1).await?.into_iter().next();
        let yesterday = day_after(day_of(now), -1);
        let mut day = yesterday;
        if let Some(last) = &last {
            day = day_after(last.day, 1);
        } else {
            // The ledger begins with the first day on which there was a room.
            let rooms = self.inner.store.open_duty_rooms().await?;
            if !rooms.iter().any(|room| room.opened_at < begin_of(day_of(now))) {
                return Ok(None);
            }
        }
        let due = begin_of(day_after(day, 1)).saturating_add(CLOSED_AFTER).unwrap_or(Timestamp::MAX);
        Ok((due <= now).then_some((day, last)))
    }

    async fn close_day(
        &self,
        day: Date,
        before: Option<LedgerDay>,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        self.judge_rooms(day, &self.known_rooms().await?, now).await?;
        store.close_room_days(day, now).await?;
        let filter = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: None };
        let rows = store.room_days(&Access::PLATFORM, &filter).await?;
        let serving = Serving::of(day, &rows, &self.seen_on(day).await?, &HashMap::new())?;
        let held = by_unit(store.held_contracts(&Access::PLATFORM, None, day_span(day)).await?);
        let units = store.ledger_units(day_span(day).end).await?;
        let mut links: HashMap<UnitId, Digest> = HashMap::new();
        if let Some(before) = &before {
            links.extend(store.day_links(before.day).await?.into_iter().map(|one| (one.unit_id, one.digest)));
        }
        let mut done: HashMap<UnitId, Digest> =
            store.day_links(day).await?.into_iter().map(|one| (one.unit_id, one.digest)).collect();
        for chunk in units.chunks(UNITS_AT_ONCE) {
            let mut days = Vec::with_capacity(chunk.len());
            for unit in chunk.iter().filter(|unit| !done.contains_key(*unit)) {
                let previous = match links.get(unit) {
                    Some(digest) => *digest,
                    None => store.link_before(*unit, day).await?.unwrap_or(FIRST),
                };
                let contracts = held.get(unit).map_or(&[][..], Vec::as_slice);
                let served = serving.unit(*unit, &Minutes::ALL, contracts);
                days.push(new_unit_day(&served, 0, &[], previous));
            }
            store.add_unit_days(day, &days, now).await?;
            done.extend(days.iter().map(|one| (one.unit_id, one.digest)));
        }
        let mut all: Vec<(UnitId, Digest)> = done.into_iter().collect();
        all.sort_unstable();
        let digest = sha256(day_text(day, &before.map_or(FIRST, |one| one.digest), &all).as_bytes());
        let closed =
            LedgerDay { day, units: all.len() as u32, rooms: rows.len() as u32, digest, closed_at: now };
        store.close_ledger_day(&closed).await?;
        info!(%day, units = closed.units, rooms = closed.rooms, "day of the duty ledger closed");
        Ok(())
    }
}

/// A unit's day as it is kept.
pub(super) fn new_unit_day(
    served: &ServedDay,
    edition: u32,
    corrections: &[Correction],
    previous: Digest,
) -> NewUnitDay {
    let day = &served.day;
    NewUnitDay {
        unit_id: day.unit_id,
        edition,
        minutes: encode(&day.states, &day.claimed),
        served: served.served.clone(),
        totals: day.totals(),
        camera: served.camera,
        previous,
        digest: sha256(ledger_text(day, &served.served, corrections, &previous).as_bytes()),
    }
}
