//! What people do at a seat: go on post and off it, show that they are awake; and what the seat's screen shows them.

use domain::access::Access;
use domain::duty::seat::{SeatActKind, VigilanceState};
use domain::ids::DutyRoomId;
use domain::recording::Span;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{OnList, OnPost, Seat, SeatAct, ShiftRow};

use super::{DutyRoomView, HandoverView, RecordSlot, object_of};
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Of the roster the seat shows so much before and after now.
const SHOWN_BEFORE: SignedDuration = SignedDuration::from_hours(8);
const SHOWN_AFTER: SignedDuration = SignedDuration::from_hours(16);

/// How awake a room's seats are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VigilanceView {
    /// How far the timer has come.
    pub state: VigilanceState,
    /// When that ends unless somebody does something; none where it lasts.
    pub until: Option<Timestamp>,
}

/// Everything that a seat's screen shows.
#[derive(Debug, Clone)]
pub struct SeatView {
    /// The seat.
    pub seat: Seat,
    /// Its room and what is asked of it.
    pub room: DutyRoomView,
    /// Whoever is signed in.
    pub person: OnList,
    /// Whether they are on post here.
    pub is_on_post: bool,
    /// Who is on post.
    pub on_post: Vec<OnPost>,
    /// The roster around now.
    pub roster: Vec<ShiftRow>,
    /// The timer; none while nobody is on post.
    pub vigilance: Option<VigilanceView>,
    /// The change of shifts that wants signatures, if there is one.
    pub handover: Option<HandoverView>,
    /// Today's record card.
    pub records: Vec<RecordSlot>,
}

impl Platform {
    /// What the seat shows to whoever is signed in there.
    pub async fn seat_view(&self, ask: &Ask, seat: Seat) -> Result<SeatView, PlatformError> {
        let person = self.person_at(ask, &seat).await?;
        let room = self.inner.store.duty_room(&Access::PLATFORM, seat.room_id).await?;
        let on_post = self.inner.store.on_post(room.id, ask.now).await?;
        let window = Span::new(
            ask.now.saturating_sub(SHOWN_BEFORE).unwrap_or(ask.now),
            ask.now.saturating_add(SHOWN_AFTER).unwrap_or(ask.now),
        );
        let roster = self.inner.store.roster(&Access::PLATFORM, room.id, window).await?;
        let vigilance = self.vigilance_of(room.id, ask.now).await?;
        let handover = self.handover_at(&room, &roster, ask.now).await?;
        let records = self.records_of(&room, ask.now).await?;
        Ok(SeatView {
            is_on_post: on_post.iter().any(|one| one.staff_id == person.staff_id),
            room: self.viewed(room).await?,
            seat,
            person,
            on_post,
            roster,
            vigilance,
            handover,
            records,
        })
    }

    /// Who was on post in a room during a stretch, the latest first.
    pub async fn posts(&self, ask: &Ask, room: DutyRoomId, span: Span) -> Result<Vec<OnPost>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        self.inner.store.duty_room(&ask.access, room).await?;
        Ok(self.inner.store.posts(&ask.access, room, span).await?)
    }

    /// Goes on post.
    pub async fn sign_on(&self, ask: &Ask, seat: &Seat) -> Result<(), PlatformError> {
        let act = self.act_at(ask, seat, SeatActKind::SignOn).await?;
        self.inner.store.sign_on(&act).await?;
        self.audit(ask, "post_sign_on", object_of(seat.room_id), "ok", None).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// Goes off post.
    pub async fn sign_off(&self, ask: &Ask, seat: &Seat) -> Result<(), PlatformError> {
        let act = self.act_at(ask, seat, SeatActKind::SignOff).await?;
        self.inner.store.sign_off(&act).await?;
        self.audit(ask, "post_sign_off", object_of(seat.room_id), "ok", None).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// Somebody did something at the seat. Counts only for whoever is on post here. How awake the room is afterwards.
    pub async fn note_activity(
        &self,
        ask: &Ask,
        seat: &Seat,
    ) -> Result<Option<VigilanceView>, PlatformError> {
        let person = self.person_at(ask, seat).await?;
        let on_post = self.inner.store.on_post(seat.room_id, ask.now).await?;
        if !on_post.iter().any(|one| one.staff_id == person.staff_id) {
            return Err(PlatformError::Conflict("not on post here: sign on first".to_owned()));
        }
        self.inner.store.note_seat_activity(seat.room_id, person.staff_id, ask.now).await?;
        self.inner.awake.note(seat.room_id, ask.now);
        self.vigilance_of(seat.room_id, ask.now).await
    }

    /// An act of the person at a seat, ready to be kept: it is a sign of life, too.
    pub(crate) async fn act_at(
        &self,
        ask: &Ask,
        seat: &Seat,
        kind: SeatActKind,
    ) -> Result<SeatAct, PlatformError> {
        let person = self.person_at(ask, seat).await?;
        self.inner.awake.note(seat.room_id, ask.now);
        Ok(SeatAct { room_id: seat.room_id, seat_id: seat.id, staff_id: person.staff_id, at: ask.now, kind })
    }

    /// How awake a room is; none while nobody is on post.
    async fn vigilance_of(
        &self,
        room: DutyRoomId,
        now: Timestamp,
    ) -> Result<Option<VigilanceView>, PlatformError> {
        let timed = self.inner.store.timed_room(room).await?;
        timed.map(|room| self.inner.awake.vigilance(&room, now)).transpose()
    }
}
