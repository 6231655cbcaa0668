//! The schedule of a day: committed to in the hour before it, asked as it was drawn, published after it, and checked by whoever wants to.
//!
//! A moment at which the platform was not running is left out, said so, and never made up for. A day nobody committed to in time has no
//! scheduled roll-calls at all: a commitment that is made during the day proves nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use domain::access::Access;
use domain::beijing::{begin_of, day_of};
use domain::duty::roll_call::RollCallOrigin;
use domain::duty::roll_call::draw::{Seed, hex};
use domain::duty::roll_call::schedule::{
    ASKED_WITHIN_S, LeftOutReason, Planned, VerifyError, commitment_text, held_against, schedule, verify,
};
use domain::ids::{DutyRoomId, RollCallRoundId};
use domain::recording::Span;
use domain::recording::day::day_span;
use domain::role::Capability;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{LeftOut, NewRollCallDay, Page, PageAsk, RollCallDay, RoomChoice, sha256};
use tracing::{info, warn};

use super::ask::{AskedRoom, Asking};
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// So long before a day it is committed to: late, so that rooms opened today are asked tomorrow.
const COMMITTED_BEFORE: SignedDuration = SignedDuration::from_hours(1);
/// So long after a day its seed is published: the last calls of the day have been made by then.
const PUBLISHED_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// The schedule of the day that runs.
#[derive(Clone)]
pub(super) struct Running {
    day: Date,
    planned: Arc<[Planned]>,
    /// Moments up to here are settled.
    asked_until: Timestamp,
}

/// A day held against what was made of it.
#[derive(Debug, Clone)]
pub struct DayCheck {
    /// The commitment, and the seed where it is published.
    pub day: RollCallDay,
    /// Whether the published seed is the one committed to; none before it is published.
    pub proof: Option<Result<(), VerifyError>>,
    /// Rooms in reach that the schedule is for.
    pub rooms: usize,
    /// Moments planned for them; none before the seed is published.
    pub planned: Option<usize>,
    /// Calls made for them in the schedule's name.
    pub made: usize,
    /// What the two do not have in common.
    pub deviations: Vec<Deviation>,
    /// The moments of one room that was asked for; none before the seed is published.
    pub moments: Option<Vec<Planned>>,
}

/// A moment that was planned and not made, or made and not planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// When, and which room.
    pub at: Planned,
    /// Its name.
    pub room_name: String,
    /// True for a call that was not planned.
    pub is_added: bool,
    /// Why it was left out, where the platform says so.
    pub reason: Option<LeftOutReason>,
}

impl Platform {
    /// Draws tomorrow's seed in the last hour of today, seals it, and publishes the commitment.
    pub(super) async fn commit_to_tomorrow(&self, now: Timestamp) -> Result<(), PlatformError> {
        let day = day_of(now.saturating_add(COMMITTED_BEFORE).unwrap_or(now));
        if day == day_of(now) || self.done().committed == Some(day) {
            return Ok(());
        }
        let choice = RoomChoice::Reach { region_id: None, organisation_id: None };
        let rooms = self.inner.store.rooms_to_ask(&Access::PLATFORM, choice).await?;
        let rooms: Vec<DutyRoomId> = rooms.into_iter().map(|room| room.id).collect();
        if !rooms.is_empty() {
            let seed: Seed = self.inner.surroundings.random();
            let rules = self.inner.settings.roll_calls.rules;
            let commitment = sha256(commitment_text(&seed, day, &rooms, &rules).as_bytes());
            let sealed_seed = self.close_seed(&seed, &seal_context(day));
            let new = NewRollCallDay { day, committed_at: now, commitment, sealed_seed, rules, rooms };
            if self.inner.store.commit_roll_call_day(&new).await? {
                info!(%day, rooms = new.rooms.len(), "roll-calls of a day committed to");
                let detail = Some(format!("sha256 {}", hex(&commitment)));
                self.audit(&Ask::platform(now), "roll_call_commit", day_object(day), "ok", detail).await?;
            }
        }
        self.done().committed = Some(day);
        Ok(())
    }

    /// Asks the rooms whose moment has come.
    pub(super) async fn ask_scheduled(&self, now: Timestamp) -> Result<(), PlatformError> {
        // The last moments of yesterday first, where its schedule runs still.
        if let Some(running) = self.running_schedule() {
            self.ask_due(running, now).await?;
        }
        let today = day_of(now);
        if self.running_schedule().is_none_or(|running| running.day != today) {
            let planned = match self.inner.store.roll_call_day(today).await? {
                Some(day) => self.planned(&day)?,
                None => Vec::new(),
            };
            let asked_until = begin_of(today).saturating_sub(SignedDuration::from_secs(1)).unwrap_or(now);
            self.ask_due(Running { day: today, planned: planned.into(), asked_until }, now).await?;
        }
        Ok(())
    }

    /// Asks what is due, leaves out what is too old, and remembers that both are settled.
    async fn ask_due(&self, running: Running, now: Timestamp) -> Result<(), PlatformError> {
        let from = running.planned.partition_point(|one| one.at <= running.asked_until);
        let to = running.planned.partition_point(|one| one.at <= now);
        if let Some(due) = running.planned.get(from..to).filter(|due| !due.is_empty()) {
            let span = Span::new(due[0].at, now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(now));
            let made: HashSet<Planned> =
                self.inner.store.scheduled_moments(span).await?.into_iter().collect();
            let oldest = now.saturating_sub(SignedDuration::from_secs(ASKED_WITHIN_S.into())).unwrap_or(now);
            let (open, old): (Vec<Planned>, Vec<Planned>) =
                due.iter().copied().filter(|one| !made.contains(one)).partition(|one| one.at >= oldest);
            let mut left = left_out(old, LeftOutReason::NotRunning);
            left.extend(self.ask_planned(&open, now).await?);
            if !left.is_empty() {
                warn!(day = %running.day, moments = left.len(), "scheduled roll-calls left out");
                self.inner.store.leave_out(running.day, &left, now).await?;
            }
        }
        let settled = Running { asked_until: now.max(running.asked_until), ..running };
        *self.inner.roll_calls.schedule.lock().unwrap_or_else(PoisonError::into_inner) = Some(settled);
        Ok(())
    }

    /// Asks these rooms, and answers which could not be.
    async fn ask_planned(&self, open: &[Planned], now: Timestamp) -> Result<Vec<LeftOut>, PlatformError> {
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<DutyRoomId> = open.iter().map(|one| one.room_id).collect();
        let found = self.inner.store.rooms_to_ask(&Access::PLATFORM, RoomChoice::Rooms(&ids)).await?;
        let units: HashMap<DutyRoomId, _> =
            found.into_iter().filter(|room| !room.is_closed).map(|room| (room.id, room.unit_id)).collect();
        let (open, closed): (Vec<Planned>, Vec<Planned>) =
            open.iter().copied().partition(|one| units.contains_key(&one.room_id));
        let rooms: Vec<AskedRoom> = open
            .iter()
            .filter_map(|one| {
                let unit_id = *units.get(&one.room_id)?;
                Some(AskedRoom { id: one.room_id, unit_id, planned_at: Some(one.at), previous_id: None })
            })
            .collect();
        if !rooms.is_empty() {
            let asking = Asking {
                origin: RollCallOrigin::Scheduled,
                minutes: self.inner.settings.roll_calls.minutes,
                reason: None,
                of_rooms: rooms.len(),
                sample_seed: None,
                rooms,
            };
            let id = RollCallRoundId(self.inner.surroundings.id(now));
            self.ask_round(&Ask::platform(now), id, &asking).await?;
        }
        Ok(left_out(closed, LeftOutReason::RoomClosed))
    }

    /// Publishes the seeds of days that are over, each after what was left out of it is written down.
    pub(super) async fn reveal_days(&self, now: Timestamp) -> Result<(), PlatformError> {
        let today = day_of(now.saturating_sub(PUBLISHED_AFTER).unwrap_or(now));
        if self.done().published == Some(today) {
            return Ok(());
        }
        for day in self.inner.store.roll_call_days_to_reveal(today).await? {
            let date = day.committed.day;
            let Some(seed) = self.seed_of(&day) else {
                warn!(day = %date, "the seed of a day's roll-calls cannot be opened with this key");
                continue;
            };
            let planned = self.planned(&day)?;
            let made: HashSet<Planned> =
                self.inner.store.scheduled_moments(day_span(date)).await?.into_iter().collect();
            let noted = self.inner.store.left_out(&Access::PLATFORM, date).await?;
            let noted: HashSet<Planned> = noted.into_iter().map(|one| one.planned).collect();
            let open =
                planned.into_iter().filter(|one| !made.contains(one) && !noted.contains(one)).collect();
            self.inner.store.leave_out(date, &left_out(open, LeftOutReason::NotRunning), now).await?;
            self.inner.store.reveal_roll_call_day(date, &seed, now).await?;
            let detail = Some(format!("seed {}", hex(&seed)));
            self.audit(&Ask::platform(now), "roll_call_publish", day_object(date), "ok", detail).await?;
            self.calls_changed();
        }
        self.done().published = Some(today);
        Ok(())
    }

    /// Days that were committed to, the last first.
    pub async fn roll_call_days(
        &self,
        ask: &Ask,
        page: &PageAsk,
    ) -> Result<Page<RollCallDay>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.roll_call_days(page).await?)
    }

    /// Holds a day's schedule against the calls that were made, for the rooms in reach.
    pub async fn check_roll_call_day(
        &self,
        ask: &Ask,
        date: Date,
        room: Option<DutyRoomId>,
    ) -> Result<DayCheck, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let store = &self.inner.store;
        let day = store.roll_call_day(date).await?.ok_or(PlatformError::NotFound)?;
        let rooms = store.rooms_to_ask(&ask.access, RoomChoice::Rooms(&day.committed.rooms)).await?;
        let names: HashMap<DutyRoomId, String> = rooms.into_iter().map(|room| (room.id, room.name)).collect();
        let span = day_span(date);
        let last =
            span.end.saturating_add(SignedDuration::from_secs(ASKED_WITHIN_S.into())).unwrap_or(span.end);
        let made = store.calls_made_as_scheduled(&ask.access, span, last).await?;
        let noted: HashMap<Planned, LeftOutReason> = store
            .left_out(&ask.access, date)
            .await?
            .into_iter()
            .map(|one| (one.planned, one.reason))
            .collect();
        let name = |id: DutyRoomId| names.get(&id).cloned().unwrap_or_default();
        let deviation = |at: Planned, is_added| Deviation {
            room_name: name(at.room_id),
            reason: noted.get(&at).copied(),
            at,
            is_added,
        };
        let mut check = DayCheck {
            proof: None,
            rooms: names.len(),
            planned: None,
            made: made.len(),
            deviations: noted.keys().map(|at| deviation(*at, false)).collect(),
            moments: None,
            day,
        };
        if let Some((seed, _)) = check.day.revealed {
            let day = &check.day.committed;
            let shown = (&seed, date, day.rooms.as_slice(), &day.rules);
            check.proof = Some(verify(&day.commitment, day.committed_at, shown, &sha256).map(drop));
            let mut planned = schedule(&seed, date, &day.rooms, &day.rules, &sha256);
            planned.retain(|one| names.contains_key(&one.room_id));
            let found = held_against(&planned, &made, ASKED_WITHIN_S);
            check.deviations = found.left_out.into_iter().map(|at| deviation(at, false)).collect();
            check.deviations.extend(found.added.into_iter().map(|at| deviation(at, true)));
            let of_room = |id| planned.iter().filter(|one| one.room_id == id).copied().collect();
            check.moments = room.map(of_room);
            check.planned = Some(planned.len());
        }
        check.deviations.sort_unstable_by_key(|one| one.at);
        Ok(check)
    }

    /// The text whose digest was published before the day, once its seed is published: what anybody can check with `sha256sum`.
    pub async fn roll_call_day_text(&self, ask: &Ask, date: Date) -> Result<String, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let day = self.inner.store.roll_call_day(date).await?.ok_or(PlatformError::NotFound)?;
        let Some((seed, _)) = day.revealed else {
            return Err(PlatformError::Conflict("the seed is published after the day".to_owned()));
        };
        Ok(commitment_text(&seed, date, &day.committed.rooms, &day.committed.rules))
    }

    fn planned(&self, day: &RollCallDay) -> Result<Vec<Planned>, PlatformError> {
        let NewRollCallDay { day: date, rooms, rules, .. } = &day.committed;
        let seed = self.seed_of(day).ok_or_else(|| {
            PlatformError::Internal(format!("the seed of {date} cannot be opened with this key"))
        })?;
        Ok(schedule(&seed, *date, rooms, rules, &sha256))
    }

    fn seed_of(&self, day: &RollCallDay) -> Option<Seed> {
        if let Some((seed, _)) = day.revealed {
            return Some(seed);
        }
        self.open_seed(&day.committed.sealed_seed, &seal_context(day.committed.day))
    }

    fn running_schedule(&self) -> Option<Running> {
        self.inner.roll_calls.schedule.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn done(&self) -> std::sync::MutexGuard<'_, super::DaysDone> {
        self.inner.roll_calls.days.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn left_out(moments: Vec<Planned>, reason: LeftOutReason) -> Vec<LeftOut> {
    moments.into_iter().map(|planned| LeftOut { planned, reason }).collect()
}

fn seal_context(day: Date) -> String {
    format!("roll-calls of {day}")
}

fn day_object(day: Date) -> Object {
    Object { kind: "roll_call_day", id: Some(day.to_string()), name: None, unit_id: None }
}
