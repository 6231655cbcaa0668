//! Asking rooms: by a regulator – one, many, all in reach, or a sample by lot –, by the schedule, and again. One way for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use domain::duty::roll_call::draw::{SampleSize, sample};
use domain::duty::roll_call::{RollCall, RollCallOrigin, RollCallState};
use domain::ids::{DutyRollCallId, DutyRoomId, OrganisationId, RegionId, RollCallRoundId, UnitId};
use domain::role::Capability;
use jiff::Timestamp;
use store::{NewDutyCall, NewRound, RoomChoice, RoomToAsk, RoundRow, SeatCall, sha256};

use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Most rooms of one round: more than a province has.
pub const ROOMS_MAX: usize = 20_000;
/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;
/// Names of rooms in one sentence.
const NAMED_MAX: usize = 5;

/// Rooms that somebody wishes to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCallWish {
    /// These; empty: every open one in reach.
    pub rooms: Vec<DutyRoomId>,
    /// Below this region.
    pub region_id: Option<RegionId>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// So many of them, by lot.
    pub sample: Option<SampleSize>,
    /// Minutes to answer; none: as usual.
    pub minutes: Option<u8>,
    /// Why.
    pub reason: String,
}

/// A round as it is to be asked.
pub(super) struct Asking {
    pub(super) origin: RollCallOrigin,
    pub(super) minutes: u8,
    pub(super) reason: Option<String>,
    pub(super) of_rooms: usize,
    pub(super) sample_seed: Option<[u8; 32]>,
    pub(super) rooms: Vec<AskedRoom>,
}

/// A room of a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedRoom {
    pub(super) id: DutyRoomId,
    pub(super) unit_id: UnitId,
    pub(super) planned_at: Option<Timestamp>,
    pub(super) previous_id: Option<DutyRollCallId>,
}

impl Platform {
    /// Asks rooms now. Refused as a whole where one that is named is closed or out of reach; nobody is asked by half a round.
    pub async fn ask_rooms(&self, ask: &Ask, wish: RollCallWish) -> Result<RoundRow, PlatformError> {
        ask.access.need(Capability::CallRoll)?;
        let minutes = wish.minutes.unwrap_or(self.inner.settings.roll_calls.minutes);
        if minutes == 0 {
            return Err(PlatformError::field("minutes", "out_of_range", "1 to 255 minutes"));
        }
        let reason = wish.reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
            return Err(PlatformError::field(
                "reason",
                "required",
                "why the rooms are asked, 1 to 500 characters",
            ));
        }
        let found = self.rooms_wished(ask, &wish).await?;
        let of_rooms = found.len();
        let id = RollCallRoundId(self.inner.surroundings.id(ask.now));
        let (rooms, sample_seed) = self.drawn(found, wish.sample, id)?;
        let rooms = rooms.into_iter().map(|room| AskedRoom {
            id: room.id,
            unit_id: room.unit_id,
            planned_at: None,
            previous_id: None,
        });
        let asking = Asking {
            origin: RollCallOrigin::Regulator,
            minutes,
            reason: Some(reason.clone()),
            of_rooms,
            sample_seed,
            rooms: rooms.collect(),
        };
        self.ask_round(ask, id, &asking).await?;
        let object = Object {
            kind: "roll_call_round",
            id: Some(id.to_string()),
            name: Some(format!("{} / {of_rooms}", asking.rooms.len())),
            unit_id: None,
        };
        self.audit(ask, "duty_roll_call_ask", object, "ok", Some(format!("{minutes} min, {reason}"))).await?;
        Ok(self.inner.store.roll_call_round(&ask.access, id).await?)
    }

    /// Writes a round, tells the seats, and has the rooms' cameras looked at.
    pub(super) async fn ask_round(
        &self,
        ask: &Ask,
        id: RollCallRoundId,
        asking: &Asking,
    ) -> Result<(), PlatformError> {
        let exemptions = self.inner.store.exemptions_in_force(ask.now).await?;
        let mut calls = Vec::with_capacity(asking.rooms.len());
        let mut told = HashMap::with_capacity(asking.rooms.len());
        let mut deadline_at = ask.now;
        for room in &asking.rooms {
            let call = RollCall::ask(room.id, ask.now, asking.minutes, &exemptions);
            let new = NewDutyCall {
                id: DutyRollCallId(self.inner.surroundings.id(ask.now)),
                room_id: room.id,
                unit_id: room.unit_id,
                state: call.state,
                planned_at: room.planned_at,
                previous_id: room.previous_id,
            };
            deadline_at = call.deadline_at;
            if call.state == RollCallState::Waiting {
                told.insert(room.id, seat_call(&new, &call, asking.origin));
            }
            calls.push(new);
        }
        let round = NewRound {
            id,
            origin: asking.origin,
            asked_at: ask.now,
            deadline_at,
            minutes: asking.minutes,
            asked_by: ask.access.user_id,
            reason: asking.reason.clone(),
            of_rooms: u32::try_from(asking.of_rooms).unwrap_or(u32::MAX),
            sample_seed: asking.sample_seed,
        };
        self.inner.store.ask_rooms(&round, &calls).await?;
        let asked: Vec<SeatCall> = told.values().copied().collect();
        self.inner.events.publish(Event::RoomsAsked(Arc::new(told)));
        self.calls_changed();
        self.look_at_rooms(asked);
        Ok(())
    }

    async fn rooms_wished(&self, ask: &Ask, wish: &RollCallWish) -> Result<Vec<RoomToAsk>, PlatformError> {
        let (store, access) = (&self.inner.store, &ask.access);
        if wish.rooms.is_empty() {
            let choice =
                RoomChoice::Reach { region_id: wish.region_id, organisation_id: wish.organisation_id };
            let found = store.rooms_to_ask(access, choice).await?;
            return match found.len() {
                0 => Err(PlatformError::field("rooms", "none", "no open duty room here")),
                1..=ROOMS_MAX => Ok(found),
                many => Err(too_many(many)),
            };
        }
        let mut ids = wish.rooms.clone();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > ROOMS_MAX {
            return Err(too_many(ids.len()));
        }
        let found = store.rooms_to_ask(access, RoomChoice::Rooms(&ids)).await?;
        if found.len() < ids.len() {
            let missing = ids.len() - found.len();
            return Err(PlatformError::field(
                "rooms",
                "unknown",
                format!("{missing} of these rooms are not in reach"),
            ));
        }
        let closed: Vec<&str> = found
            .iter()
            .filter(|room| room.is_closed)
            .take(NAMED_MAX)
            .map(|room| room.name.as_str())
            .collect();
        if !closed.is_empty() {
            return Err(PlatformError::field("rooms", "closed", format!("closed: {}", closed.join("、"))));
        }
        Ok(found)
    }

    /// The rooms to ask: all of them, or a sample with the seed it can be repeated by.
    fn drawn(
        &self,
        mut rooms: Vec<RoomToAsk>,
        size: Option<SampleSize>,
        round: RollCallRoundId,
    ) -> Result<(Vec<RoomToAsk>, Option<[u8; 32]>), PlatformError> {
        let Some(size) = size else { return Ok((rooms, None)) };
        if matches!(size, SampleSize::Rooms(0) | SampleSize::Percent(0 | 101..)) {
            return Err(PlatformError::field(
                "sample",
                "out_of_range",
                "one room or more, or 1 to 100 percent",
            ));
        }
        let seed = self.inner.surroundings.random();
        let ids: Vec<DutyRoomId> = rooms.iter().map(|room| room.id).collect();
        let mut drawn = sample(&seed, &format!("round {round}"), &ids, size.of(ids.len()), &sha256);
        drawn.sort_unstable();
        rooms.retain(|room| drawn.binary_search(&room.id).is_ok());
        Ok((rooms, Some(seed)))
    }
}

fn seat_call(new: &NewDutyCall, call: &RollCall, origin: RollCallOrigin) -> SeatCall {
    SeatCall {
        id: new.id,
        room_id: new.room_id,
        asked_at: call.asked_at,
        deadline_at: call.deadline_at,
        origin,
        state: call.state,
    }
}

fn too_many(rooms: usize) -> PlatformError {
    PlatformError::Limit {
        detail: format!("{rooms} rooms, at most {ROOMS_MAX} at once"),
        retry_after_s: None,
    }
}
