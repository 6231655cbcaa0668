//! Handovers and the two-hour record: the system fills in what it knows, people look around, add a line and sign.

use domain::access::{Access, Scope};
use domain::beijing::day_of;
use domain::camera::CameraState;
use domain::duty::roster::Shift;
use domain::duty::seat::handover::{EARLY_BEFORE, HandoverSide};
use domain::duty::seat::record_card::record_state;
use domain::duty::seat::{
    Handover, HandoverRefusal, HandoverState, RecordState, SeatActKind, Signature, record_slots,
};
use domain::ids::{DutyRoomId, StaffId};
use domain::recording::Span;
use domain::recording::day::day_span;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{AlarmFilter, AlarmStates, DutyRecord, DutyRoom, HandoverRow, PageAsk, Seat, ShiftRow};

use crate::events::Event;
use crate::organisations::remark;
use crate::{Ask, Platform, PlatformError};

/// For so long after the change of shifts a handover is asked for; then it is missing.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(2);
/// Open alarms written onto a sheet at most; more are counted.
const ALARMS_MAX: u32 = 200;
/// Longest look back at sheets.
const DAYS_MAX: i32 = 31;

/// A change of shifts.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// As the rules see it.
    pub handover: Handover,
    /// Names of those who leave and of those who come.
    pub names: Vec<(StaffId, String)>,
    /// What the system fills in, or filled in at the first signature.
    pub sheet: serde_json::Value,
    /// What the people wrote.
    pub remark: Option<String>,
}

/// One of the twelve two hours of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordSlot {
    /// From when to when.
    pub span: Span,
    /// How it stands.
    pub state: RecordState,
    /// What was written.
    pub record: Option<DutyRecord>,
}

impl Platform {
    /// Signs one side of the handover that is due.
    pub async fn sign_handover(
        &self,
        ask: &Ask,
        seat: &Seat,
        (due_at, side): (Timestamp, HandoverSide),
        words: &str,
    ) -> Result<(), PlatformError> {
        let act = self.act_at(ask, seat, SeatActKind::Handover).await?;
        let words = remark("remark", words)?;
        let room = self.inner.store.duty_room(&Access::PLATFORM, seat.room_id).await?;
        let roster = self.inner.store.roster(&Access::PLATFORM, room.id, beside(due_at)).await?;
        if !changes_of(&roster).contains(&due_at) {
            return Err(PlatformError::field(
                "due_at",
                "no_change",
                "the shifts do not change at that moment",
            ));
        }
        let mut view = self.handover_of(&room, &roster, due_at, ask.now).await?;
        let by = Signature { guard_id: act.staff_id, at: ask.now };
        view.handover.sign(side, seat.room_id, by).map_err(refused)?;
        let sheet = view.sheet.to_string();
        self.inner.store.sign_handover(&act, (due_at, side), (&sheet, words.as_deref())).await?;
        let said = format!("{due_at} {}", side.as_str());
        self.audit(ask, "handover_sign", super::object(&room), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// Signs the record of the two hours that run, or late the one before.
    pub async fn sign_record(
        &self,
        ask: &Ask,
        seat: &Seat,
        slot_at: Timestamp,
        words: &str,
    ) -> Result<(), PlatformError> {
        let act = self.act_at(ask, seat, SeatActKind::Record).await?;
        let words = remark("remark", words)?;
        let slot = record_slots(day_of(slot_at)).into_iter().find(|slot| slot.start == slot_at);
        let slot = slot
            .ok_or_else(|| PlatformError::field("slot_at", "invalid", "two hours begin at an even hour"))?;
        match record_state(&slot, None, ask.now) {
            RecordState::Due | RecordState::Overdue => {}
            RecordState::Ahead => {
                return Err(PlatformError::Conflict("these two hours have not begun".to_owned()));
            }
            _ => {
                return Err(PlatformError::Conflict(
                    "these two hours are too long ago to be recorded".to_owned(),
                ));
            }
        }
        let room = self.inner.store.duty_room(&Access::PLATFORM, seat.room_id).await?;
        let sheet = self.sheet_of(&room, ask.now).await?.to_string();
        self.inner.store.add_duty_record(&act, slot_at, (&sheet, words.as_deref())).await?;
        self.audit(ask, "record_sign", super::object(&room), "ok", Some(slot_at.to_string())).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// The handovers of a room on some days, the latest first.
    pub async fn handovers(
        &self,
        ask: &Ask,
        room: DutyRoomId,
        span: Span,
    ) -> Result<Vec<HandoverRow>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let span = checked(span)?;
        self.inner.store.duty_room(&ask.access, room).await?;
        Ok(self.inner.store.handovers(&ask.access, room, span).await?)
    }

    /// The change of shifts that wants signatures now: the earliest one that is not done.
    pub(super) async fn handover_at(
        &self,
        room: &DutyRoom,
        roster: &[ShiftRow],
        now: Timestamp,
    ) -> Result<Option<HandoverView>, PlatformError> {
        let from = now.saturating_sub(ASKED_FOR).unwrap_or(now);
        let until = now.saturating_add(EARLY_BEFORE).unwrap_or(now);
        for due_at in changes_of(roster).into_iter().filter(|at| (from..=until).contains(at)) {
            let view = self.handover_of(room, roster, due_at, now).await?;
            if view.handover.state() != HandoverState::Done {
                return Ok(Some(view));
            }
        }
        Ok(None)
    }

    /// One change of shifts of a roster with its signatures.
    pub(super) async fn handover_of(
        &self,
        room: &DutyRoom,
        roster: &[ShiftRow],
        due_at: Timestamp,
        now: Timestamp,
    ) -> Result<HandoverView, PlatformError> {
        let of = |is: &dyn Fn(&ShiftRow) -> bool| -> Vec<StaffId> {
            roster.iter().filter(|row| is(row)).map(|row| row.shift.guard_id).collect()
        };
        let day = Span::new(due_at, due_at.saturating_add(SignedDuration::from_micros(1)).unwrap_or(due_at));
        let signed = self.inner.store.handovers(&Access::PLATFORM, room.id, day).await?.into_iter().next();
        let names = roster.iter().map(|row| (row.shift.guard_id, row.name.clone())).collect();
        let signature = |one: &Option<(Signature, String)>| one.as_ref().map(|(signature, _)| *signature);
        let handover = Handover {
            room_id: room.id,
            due_at,
            leaving: of(&|row| row.shift.span.end == due_at),
            coming: of(&|row| row.shift.span.start == due_at),
            given: signed.as_ref().and_then(|row| signature(&row.given)),
            taken: signed.as_ref().and_then(|row| signature(&row.taken)),
        };
        let sheet = match signed.as_ref().map(|row| serde_json::from_str(&row.sheet)) {
            Some(Ok(sheet)) => sheet,
            Some(Err(_)) | None => self.sheet_of(room, now).await?,
        };
        Ok(HandoverView { handover, names, sheet, remark: signed.and_then(|row| row.remark) })
    }

    /// Today's record card, from the slot on in which the room was opened.
    pub(super) async fn records_of(
        &self,
        room: &DutyRoom,
        now: Timestamp,
    ) -> Result<Vec<RecordSlot>, PlatformError> {
        let day = day_of(now);
        let records = self.inner.store.duty_records(&Access::PLATFORM, room.id, day_span(day)).await?;
        let slots = record_slots(day).into_iter().filter(|span| span.end > room.opened_at).map(|span| {
            let record = records.iter().find(|record| record.slot_at == span.start).cloned();
            let state = record_state(&span, record.as_ref().map(|record| record.recorded_at), now);
            RecordSlot { span, state, record }
        });
        Ok(slots.collect())
    }

    /// What the system knows of what a room watches over.
    async fn sheet_of(&self, room: &DutyRoom, now: Timestamp) -> Result<serde_json::Value, PlatformError> {
        let access = Access { scope: Some(Scope::Organisation(room.organisation_id)), ..Access::PLATFORM };
        let filter = AlarmFilter { states: AlarmStates::Open, ..AlarmFilter::default() };
        let open = self.inner.store.alarms(&access, &filter, &PageAsk::first(ALARMS_MAX)).await?;
        let mut by_level = [0_u32; 4];
        for row in &open.items {
            by_level[usize::from(u8::from(row.alarm.level) - 1)] += 1;
        }
        let cameras = self.states_of(self.inner.store.camera_ids(&access).await?.into_iter());
        let count = |is: &dyn Fn(CameraState) -> bool| -> i64 {
            cameras.iter().filter(|(state, _)| is(**state)).map(|(_, count)| *count).sum()
        };
        let online = count(&|state| matches!(state, CameraState::Online | CameraState::Resting));
        let disabled = count(&|state| state == CameraState::Disabled);
        let on_post = self.inner.store.on_post(room.id, now).await?;
        Ok(json!({
            "at": now,
            "open_alarms": by_level,
            "more_alarms": open.next.is_some(),
            "cameras_online": online,
            "cameras_offline": count(&|_| true) - online - disabled,
            "on_post": on_post.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        }))
    }
}

fn changes_of(roster: &[ShiftRow]) -> Vec<Timestamp> {
    let shifts: Vec<Shift> = roster.iter().map(|row| row.shift).collect();
    changes(&shifts)
}

/// When the shifts of a room change: one ends and another begins.
pub(super) fn changes(shifts: &[Shift]) -> Vec<Timestamp> {
    let begins = |at: Timestamp| shifts.iter().any(|shift| shift.span.start == at);
    let mut all: Vec<Timestamp> =
        shifts.iter().map(|shift| shift.span.end).filter(|end| begins(*end)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn beside(at: Timestamp) -> Span {
    let day = SignedDuration::from_hours(12);
    Span::new(at.saturating_sub(day).unwrap_or(at), at.saturating_add(day).unwrap_or(at))
}

fn checked(span: Span) -> Result<Span, PlatformError> {
    let is_short = span.length_us() <= i64::from(DAYS_MAX) * 86_400_000_000;
    if span.is_empty() || !is_short {
        return Err(PlatformError::field("from", "out_of_range", format!("at most {DAYS_MAX} days")));
    }
    Ok(span)
}

fn refused(refusal: HandoverRefusal) -> PlatformError {
    let code = match refusal {
        HandoverRefusal::SignedAlready(_) => "signed_already",
        HandoverRefusal::NotOfShift => "not_of_shift",
        HandoverRefusal::SamePerson => "same_person",
        HandoverRefusal::OtherRoom => "other_room",
        HandoverRefusal::TooEarly => "too_early",
    };
    PlatformError::field("side", code, refusal.to_string())
}
