//! Corrections: a person in an office found out about minutes of a closed day of a room. What they were held to be stays; every unit that the
//! room served on that day gets another edition of its day, chained to the one before.

use std::collections::HashMap;

use domain::access::Access;
use domain::duty::ledger::correction::standing;
use domain::duty::ledger::{Correction, CorrectionRefusal, MinuteState, Run, correct};
use domain::duty::minutes::Minutes;
use domain::ids::{DutyRoomId, UnitId};
use domain::recording::day::day_span;
use domain::role::Capability;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{CorrectionRow, NewCorrection, NewUnitDay, RoomDayFilter, RoomDayRow, UnitDayRow};

use super::close::new_unit_day;
use super::serving::{Serving, by_unit, corrected};
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;

/// A correction as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionWish {
    /// Of which day.
    pub day: Date,
    /// Of which room.
    pub room_id: DutyRoomId,
    /// The first minute.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth.
    pub to: MinuteState,
    /// Why, with what it rests on.
    pub reason: String,
    /// Corrections of that day that the person has seen.
    pub known: usize,
}

/// A run of old minutes as it is kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct OldRun {
    from: u16,
    minutes: u16,
    state: MinuteState,
}

impl Platform {
    /// Corrects minutes of a closed day of a room.
    pub async fn correct_ledger(&self, ask: &Ask, wish: CorrectionWish) -> Result<(), PlatformError> {
        ask.access.need(Capability::CorrectLedger)?;
        let denied = domain::access::Denied(Capability::CorrectLedger);
        let by = ask.access.user_id.ok_or(denied)?;
        if wish.reason.trim().chars().count() > REASON_CHARS_MAX {
            return Err(PlatformError::field(
                "reason",
                "too_long",
                format!("at most {REASON_CHARS_MAX} characters"),
            ));
        }
        let store = &self.inner.store;
        let (day, room) = (wish.day, wish.room_id);
        let filter = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: Some(room) };
        let row = store.room_days(&ask.access, &filter).await?.pop().ok_or(PlatformError::NotFound)?;
        if row.closed_at.is_none() {
            return Err(PlatformError::Conflict(
                "this day is not closed yet; what is late may still come".to_owned(),
            ));
        }
        let before = store.corrections(&Access::PLATFORM, Some(room), day, day).await?;
        let kept = before.iter().map(read_correction).collect::<Result<Vec<_>, _>>()?;
        let (states, _) = corrected(&row, &kept)?;
        let new = Correction {
            from: wish.from,
            minutes: wish.minutes,
            to: wish.to,
            old: standing(&states, wish.from, wish.minutes),
            by,
            at: ask.now,
            reason: wish.reason.trim().to_owned(),
        };
        correct(&states, &new).map_err(refused)?;
        let old: Vec<OldRun> = new
            .old
            .iter()
            .map(|run| OldRun { from: run.from, minutes: run.minutes, state: run.state })
            .collect();
        let written = NewCorrection {
            day,
            room_id: room,
            from: new.from,
            minutes: new.minutes,
            to: new.to.as_str(),
            old: serde_json::to_string(&old).map_err(|error| PlatformError::Internal(error.to_string()))?,
            by,
            at: ask.now,
            reason: new.reason.clone(),
        };
        // Everything that follows is computed first and written with the correction: a stop in between leaves neither.
        let editions = self.editions_with(day, room, &new).await?;
        store.add_correction(&ask.access, &written, wish.known, &editions).await?;
        self.audit(ask, "ledger_correct", object(&row), "ok", Some(said(&new))).await
    }

    /// The corrections of a day of a room, in order.
    pub async fn ledger_corrections(
        &self,
        ask: &Ask,
        room: DutyRoomId,
        day: Date,
    ) -> Result<Vec<CorrectionRow>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        self.inner.store.duty_room(&ask.access, room).await?;
        Ok(self.inner.store.corrections(&ask.access, Some(room), day, day).await?)
    }

    /// The corrections of all rooms of days, by room and in order.
    pub(crate) async fn corrections_of(
        &self,
        from: Date,
        to: Date,
    ) -> Result<HashMap<(DutyRoomId, Date), Vec<Correction>>, PlatformError> {
        let mut all: HashMap<_, Vec<Correction>> = HashMap::new();
        for row in self.inner.store.corrections(&Access::PLATFORM, None, from, to).await? {
            all.entry((row.room_id, row.day)).or_default().push(read_correction(&row)?);
        }
        Ok(all)
    }

    /// What every unit that a room served on a day is worth with one more correction.
    async fn editions_with(
        &self,
        day: Date,
        room: DutyRoomId,
        new: &Correction,
    ) -> Result<Vec<NewUnitDay>, PlatformError> {
        let store = &self.inner.store;
        let mut by_room = self.corrections_on(day).await?;
        by_room.entry(room).or_default().push(new.clone());
        let filter = RoomDayFilter { from: day, to: day, organisation_id: None, room_id: None };
        let rows = store.room_days(&Access::PLATFORM, &filter).await?;
        let serving = Serving::of(day, &rows, &self.seen_on(day).await?, &by_room)?;
        let held = by_unit(store.held_contracts(&Access::PLATFORM, None, day_span(day)).await?);
        let mut last: HashMap<UnitId, UnitDayRow> = HashMap::new();
        for row in store.unit_days_of(&Access::PLATFORM, day).await? {
            last.insert(row.kept.unit_id, row);
        }
        let touched = last.values().filter(|row| row.kept.served.iter().any(|one| one.room_id == room));
        let edition = |row: &UnitDayRow| {
            let contracts = held.get(&row.kept.unit_id).map_or(&[][..], Vec::as_slice);
            let served = serving.unit(row.kept.unit_id, &Minutes::ALL, contracts);
            let corrections = corrections_for(&row.kept.served, &by_room);
            new_unit_day(&served, row.kept.edition + 1, &corrections, row.kept.digest)
        };
        Ok(touched.map(edition).collect())
    }

    pub(super) async fn corrections_on(
        &self,
        day: Date,
    ) -> Result<HashMap<DutyRoomId, Vec<Correction>>, PlatformError> {
        let all = self.corrections_of(day, day).await?;
        Ok(all.into_iter().map(|((room, _), corrections)| (room, corrections)).collect())
    }
}

/// The corrections of the rooms that served a unit, in the order in which they were made.
pub(super) fn corrections_for(
    served: &[domain::duty::ledger::ServedBy],
    by_room: &HashMap<DutyRoomId, Vec<Correction>>,
) -> Vec<Correction> {
    let mut all: Vec<Correction> =
        served.iter().filter_map(|one| by_room.get(&one.room_id)).flatten().cloned().collect();
    all.sort_by_key(|one| one.at);
    all
}

fn read_correction(row: &CorrectionRow) -> Result<Correction, PlatformError> {
    let broken = || PlatformError::Internal(format!("correction {} of the ledger cannot be read", row.seq));
    let old: Vec<OldRun> = serde_json::from_str(&row.old).map_err(|_| broken())?;
    let run =
        |one: &OldRun| Run { from: one.from, minutes: one.minutes, state: one.state, is_claimed: false };
    Ok(Correction {
        from: row.from,
        minutes: row.minutes,
        to: MinuteState::parse(&row.to).ok_or_else(broken)?,
        old: old.iter().map(run).collect(),
        by: row.by.0,
        at: row.at,
        reason: row.reason.clone(),
    })
}

fn refused(refusal: CorrectionRefusal) -> PlatformError {
    use CorrectionRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::Minutes(..) => PlatformError::field("minutes", "out_of_range", message),
        R::ReasonMissing => PlatformError::field("reason", "required", message),
        R::NotRequired | R::Nothing => PlatformError::field("to", "invalid", message),
        R::Stale => PlatformError::Conflict(message),
    }
}

fn said(one: &Correction) -> String {
    let at = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{}–{} {}: {}", at(one.from), at(one.from + one.minutes), one.to.as_str(), one.reason)
}

fn object(row: &RoomDayRow) -> Object {
    Object {
        kind: "duty_room",
        id: Some(row.kept.room_id.to_string()),
        name: Some(format!("{} {}", row.room_name, row.day)),
        unit_id: Some(row.unit_id),
    }
}
