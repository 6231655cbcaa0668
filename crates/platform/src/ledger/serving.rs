//! Which rooms serve a unit when, and what its day comes to.
//!
//! A room of the kind *organisation* serves every unit that its organisation has a contract with, another room the unit that it stands in. A
//! minute with a contract whose organisation has no such room was not looked at: nothing is proved, and nobody is accused.

use std::collections::HashMap;

use domain::duty::ledger::{
    Correction, DayTotals, MinuteState, RoomDay, Served, ServedBy, UnitDay, camera_minutes, correct, decode,
    totals, unit_day,
};
use domain::duty::minutes::{DAY_MINUTES, Minutes};
use domain::duty::presence::{Seen, SeenDay};
use domain::duty::roster::RoomKind;
use domain::ids::{DutyRoomId, OrganisationId, UnitId};
use jiff::civil::Date;
use store::{HeldContract, RoomDayRow};

use crate::PlatformError;

/// The rooms of one day with what they are worth.
pub(super) struct Serving {
    day: Date,
    by_organisation: HashMap<OrganisationId, Vec<DayRoom>>,
    nobody: RoomDay,
}

struct DayRoom {
    id: DutyRoomId,
    kind: RoomKind,
    unit_id: UnitId,
    day: RoomDay,
}

/// A unit's day with what stands around it.
pub(super) struct ServedDay {
    pub(super) day: UnitDay,
    pub(super) served: Vec<ServedBy>,
    pub(super) camera: u16,
}

impl Serving {
    /// Of the rows of a day, of what the cameras showed, and of corrections in their order.
    pub(super) fn of(
        day: Date,
        rows: &[RoomDayRow],
        seen: &HashMap<DutyRoomId, SeenDay>,
        corrections: &HashMap<DutyRoomId, Vec<Correction>>,
    ) -> Result<Self, PlatformError> {
        let mut by_organisation: HashMap<OrganisationId, Vec<DayRoom>> = HashMap::new();
        for row in rows.iter().filter(|row| row.day == day) {
            let id = row.kept.room_id;
            let of_room = corrections.get(&id).map_or(&[][..], Vec::as_slice);
            let (states, claimed) = corrected(row, of_room)?;
            let camera = seen.get(&id).map_or(Minutes::NONE, shown);
            let day = RoomDay { states, claimed, camera, unseen_after: row.kept.unseen_after };
            let room = DayRoom { id, kind: row.kind, unit_id: row.unit_id, day };
            by_organisation.entry(row.organisation_id).or_default().push(room);
        }
        let nobody = RoomDay {
            states: [MinuteState::Unwatched; DAY_MINUTES as usize],
            claimed: Minutes::NONE,
            camera: Minutes::NONE,
            unseen_after: DAY_MINUTES,
        };
        Ok(Self { day, by_organisation, nobody })
    }

    /// Whether one of its organisations has a room that serves this unit alone, so that its day may be like nobody else's.
    pub(super) fn is_only_theirs(&self, unit: UnitId, held: &[HeldContract]) -> bool {
        let rooms = held.iter().filter_map(|one| self.by_organisation.get(&one.organisation_id)).flatten();
        rooms.into_iter().any(|room| room.kind != RoomKind::Organisation && room.unit_id == unit)
    }

    /// The day of a unit with these contracts; `required`: the minutes in which duty has to be there, as far as they are known.
    pub(super) fn unit(&self, unit: UnitId, required: &Minutes, held: &[HeldContract]) -> ServedDay {
        let mut served: Vec<Served<'_>> = Vec::new();
        let mut by: Vec<ServedBy> = Vec::new();
        for contract in held {
            let minutes = Minutes::within(self.day, &[contract.span]).and(required);
            let rooms = self.by_organisation.get(&contract.organisation_id).map_or(&[][..], Vec::as_slice);
            let mut serving = rooms.iter().filter(|room| room.kind.serves(room.unit_id, unit)).peekable();
            if serving.peek().is_none() {
                served.push(Served { minutes, room: &self.nobody });
            }
            for room in serving {
                served.push(Served { minutes, room: &room.day });
                by.push(ServedBy { room_id: room.id, minutes: minutes.count() });
            }
        }
        by.sort_unstable_by_key(|one| (one.room_id, one.minutes));
        let day = unit_day(unit, self.day, required, &served);
        ServedDay { day, camera: camera_minutes(required, &served), served: by }
    }
}

/// The minutes of a room's day with its corrections.
pub(super) fn corrected(
    row: &RoomDayRow,
    corrections: &[Correction],
) -> Result<([MinuteState; DAY_MINUTES as usize], Minutes), PlatformError> {
    let broken = |error: &dyn std::fmt::Display| {
        PlatformError::Internal(format!("ledger of room {} on {}: {error}", row.kept.room_id, row.day))
    };
    let (mut states, claimed) = decode(&row.kept.minutes).map_err(|error| broken(&error))?;
    for one in corrections {
        states = correct(&states, one).map_err(|error| broken(&error))?;
    }
    Ok((states, claimed))
}

/// What a room's day comes to, corrections applied.
pub(crate) fn totals_of(row: &RoomDayRow, corrections: &[Correction]) -> Result<DayTotals, PlatformError> {
    let (states, claimed) = corrected(row, corrections)?;
    Ok(totals(&states, &claimed))
}

/// The minutes in which the camera showed the room, whatever it showed.
pub(crate) fn shown(seen: &SeenDay) -> Minutes {
    let mut minutes = Minutes::NONE;
    for (minute, one) in seen.iter().enumerate() {
        if !matches!(one, None | Some(Seen::Down)) {
            minutes.insert(minute as u16, minute as u16 + 1);
        }
    }
    minutes
}

/// Contracts by unit.
pub(super) fn by_unit(held: Vec<HeldContract>) -> HashMap<UnitId, Vec<HeldContract>> {
    let mut units: HashMap<UnitId, Vec<HeldContract>> = HashMap::new();
    for one in held {
        units.entry(one.unit_id).or_default().push(one);
    }
    units
}
