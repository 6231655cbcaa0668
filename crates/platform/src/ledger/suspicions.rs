//! Suspicions of feigned duty (疑似虚假值班): looked for in what is kept, raised with their numbers and an evidence package, replied to by the
//! organisation, decided by an office. A suspicion is no finding, and none stands before there was time for a reply.

use std::collections::HashMap;

use domain::access::{Access, Scope};
use domain::beijing::{day_after, day_of};
use domain::duty::falsehood::case::{SuspicionEvent, SuspicionRefusal, decide};
use domain::duty::falsehood::days::of_day;
use domain::duty::falsehood::places::{Sighting, too_many_units, two_places};
use domain::duty::falsehood::{Number, Suspicion};
use domain::duty::presence::pack;
use domain::duty::roster::RoomKind;
use domain::ids::{DutyRoomId, OrganisationId, RegionId, StaffId, SuspicionId, UnitId};
use domain::recording::Span;
use domain::recording::day::day_span;
use domain::role::Capability;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::{
    NewSuspicion, Page, PageAsk, SuspicionChange, SuspicionFilter, SuspicionRow, SuspicionStep, sha256,
    sha256_hex,
};
use tracing::info;

use super::evidence::EvidenceRow;
use super::rooms::KnownRoom;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Longest words of a reply or a decision, in characters.
const WORDS_CHARS_MAX: usize = 2000;
/// The least time from a city to another, from a county of a city to another, and from a unit of a county to another, minutes; proposals. The
/// register knows no distances, so these are what nobody falls short of; where a place is not known, nobody is accused.
const CITIES_APART_MINUTES: u32 = 30;
const COUNTIES_APART_MINUTES: u32 = 10;
const UNITS_APART_MINUTES: u32 = 2;
/// How far back sightings are looked at.
const SIGHTINGS: SignedDuration = SignedDuration::from_hours(24);

/// A suspicion with what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspicionDetail {
    /// As it stands.
    pub row: SuspicionRow,
    /// The numbers it rests on.
    pub numbers: Vec<Number>,
    /// What happened, in order.
    pub steps: Vec<SuspicionStep>,
}

/// A step that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspicionStepWish {
    /// Reply, uphold or dismiss.
    pub event: SuspicionEvent,
    /// What they say.
    pub words: String,
    /// The version the person was looking at.
    pub version: i64,
}

/// Whom a suspicion is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    pub(super) organisation: OrganisationId,
    pub(super) room: Option<DutyRoomId>,
    pub(super) staff: Option<StaffId>,
}

/// Where a room stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    unit: UnitId,
    region: RegionId,
    city: Option<RegionId>,
}

#[derive(Serialize)]
struct Package<'a> {
    format: &'static str,
    trick: &'static str,
    organisation_id: OrganisationId,
    room_id: Option<DutyRoomId>,
    staff_id: Option<StaffId>,
    from: Timestamp,
    until: Timestamp,
    numbers: &'a [Number],
    rows: &'a [EvidenceRow],
    raised_at: Timestamp,
}

impl Platform {
    /// Suspicions in the asker's reach, last raised first.
    pub async fn suspicions(
        &self,
        ask: &Ask,
        filter: &SuspicionFilter,
        page: &PageAsk,
    ) -> Result<Page<SuspicionRow>, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        Ok(self.inner.store.suspicions(&ask.access, filter, page).await?)
    }

    /// One suspicion.
    pub async fn suspicion(&self, ask: &Ask, id: SuspicionId) -> Result<SuspicionDetail, PlatformError> {
        ask.access.need(Capability::SeeLedger)?;
        let row = self.inner.store.suspicion(&ask.access, id).await?;
        let steps = self.inner.store.suspicion_steps(&ask.access, id).await?;
        Ok(SuspicionDetail { numbers: numbers_of(&row)?, row, steps })
    }

    /// Replies to a suspicion, upholds or dismisses it.
    pub async fn step_suspicion(
        &self,
        ask: &Ask,
        id: SuspicionId,
        wish: SuspicionStepWish,
    ) -> Result<SuspicionDetail, PlatformError> {
        ask.access.need(match wish.event {
            SuspicionEvent::Reply => Capability::ReplySuspicions,
            SuspicionEvent::Uphold | SuspicionEvent::Dismiss => Capability::DecideSuspicions,
        })?;
        let words = wish.words.trim();
        if words.chars().count() > WORDS_CHARS_MAX {
            return Err(PlatformError::field(
                "words",
                "too_long",
                format!("at most {WORDS_CHARS_MAX} characters"),
            ));
        }
        let row = self.inner.store.suspicion(&ask.access, id).await?;
        let to = decide(row.state, wish.event, words, row.raised.raised_at, ask.now).map_err(refused)?;
        let change = SuspicionChange { event: wish.event, to, words: words.to_owned(), at: ask.now };
        self.inner.store.change_suspicion(&ask.access, id, wish.version, &change).await?;
        let action = format!("suspicion_{}", wish.event.as_str());
        self.audit(ask, &action, object(&row), "ok", Some(change.words.clone())).await?;
        if wish.event == SuspicionEvent::Uphold {
            self.file_upheld_suspicions(ask.now).await?;
        }
        self.suspicion(ask, id).await
    }

    /// What the asker may do with a suspicion.
    pub fn suspicion_events(ask: &Ask, row: &SuspicionRow) -> Vec<SuspicionEvent> {
        let may = |event: &SuspicionEvent| {
            let is_theirs = match event {
                SuspicionEvent::Reply => {
                    ask.access.may(Capability::ReplySuspicions)
                        && ask.access.scope == Some(Scope::Organisation(row.raised.organisation_id))
                }
                SuspicionEvent::Uphold | SuspicionEvent::Dismiss => {
                    ask.access.may(Capability::DecideSuspicions)
                }
            };
            is_theirs && decide(row.state, *event, "…", row.raised.raised_at, ask.now).is_ok()
        };
        SuspicionEvent::ALL.into_iter().filter(may).collect()
    }

    /// Looks for signs of feigned duty in what is kept, and raises what is new.
    pub async fn look_for_feigned_duty(&self, now: Timestamp) -> Result<(), PlatformError> {
        let rooms = self.known_rooms().await?;
        for day in [day_after(day_of(now), -1), day_of(now)] {
            self.look_at_minutes(day, &rooms, now).await?;
        }
        self.look_at_places(&rooms, now).await?;
        self.look_at_answers(&rooms, now).await?;
        self.look_at_loads(&rooms, now).await?;
        // What was upheld while something failed is filed now.
        self.file_upheld_suspicions(now).await
    }

    async fn look_at_minutes(
        &self,
        day: Date,
        rooms: &[KnownRoom],
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let ids: Vec<DutyRoomId> = rooms.iter().map(|one| one.room.id).collect();
        let calls = self.calls_of(&ids, day_span(day)).await?;
        let seen = self.seen_on(day).await?;
        for one in rooms {
            let Some(of_room) = seen.get(&one.room.id) else { continue };
            let asked = calls.calls.get(&one.room.id).map_or(&[][..], Vec::as_slice);
            for suspicion in of_day(day, of_room, asked) {
                let about =
                    About { organisation: one.room.organisation_id, room: Some(one.room.id), staff: None };
                let rows = [EvidenceRow {
                    kind: "presence_day",
                    what: format!("{} {day}", one.room.id),
                    sha256: sha256_hex(&pack(of_room)),
                }];
                self.raise_suspicion(about, &suspicion, &rows, now).await?;
            }
        }
        Ok(())
    }

    async fn look_at_places(&self, rooms: &[KnownRoom], now: Timestamp) -> Result<(), PlatformError> {
        let since = now.saturating_sub(SIGHTINGS).unwrap_or(Timestamp::MIN);
        let acts = self.inner.store.sightings(Span::new(since, now)).await?;
        let places: HashMap<DutyRoomId, Place> = acts
            .iter()
            .map(|one| (one.room_id, Place { unit: one.unit_id, region: one.region_id, city: one.city_id }))
            .collect();
        let sightings: Vec<Sighting> = acts
            .iter()
            .map(|one| Sighting { guard_id: one.staff_id, at: one.at, room_id: one.room_id })
            .collect();
        let way = |one: DutyRoomId, other: DutyRoomId| {
            places.get(&one).zip(places.get(&other)).map_or(0, |(one, other)| way_minutes(one, other))
        };
        for suspicion in two_places(&sightings, way) {
            let at_end =
                |one: &&store::SightingRow| one.at == suspicion.span.end || one.at == suspicion.span.start;
            let Some(last) = acts.iter().find(|one| one.at == suspicion.span.end) else { continue };
            let rows: Vec<EvidenceRow> = acts
                .iter()
                .filter(at_end)
                .filter(|one| one.staff_id == last.staff_id)
                .map(|one| {
                    EvidenceRow::of("seat_act", format!("{} {} {}", one.room_id, one.staff_id, one.at))
                })
                .collect();
            let Some(room) = rooms.iter().find(|one| one.room.id == last.room_id) else { continue };
            let about = About {
                organisation: room.room.organisation_id,
                room: Some(last.room_id),
                staff: Some(last.staff_id),
            };
            if let Some(id) = self.raise_suspicion(about, &suspicion, &rows, now).await? {
                self.raise_two_places((id, &suspicion), last.room_id, now).await?;
            }
        }
        Ok(())
    }

    /// More units than the people on the roster of this minute can watch over.
    async fn look_at_loads(&self, rooms: &[KnownRoom], now: Timestamp) -> Result<(), PlatformError> {
        let minute = Span::new(now, now.saturating_add(SignedDuration::from_mins(1)).unwrap_or(now));
        let mut units: HashMap<OrganisationId, u64> = HashMap::new();
        for held in self.inner.store.held_contracts(&Access::PLATFORM, None, minute).await? {
            *units.entry(held.organisation_id).or_default() += 1;
        }
        let of_organisations: Vec<DutyRoomId> = rooms
            .iter()
            .filter(|one| one.room.kind == RoomKind::Organisation)
            .map(|one| one.room.id)
            .collect();
        let mut people: HashMap<OrganisationId, u64> = HashMap::new();
        for shift in self.inner.store.shifts(&of_organisations, minute).await? {
            if let Some(one) = rooms.iter().find(|one| one.room.id == shift.room_id) {
                *people.entry(one.room.organisation_id).or_default() += 1;
            }
        }
        // A day's load is one matter, however often it is looked at.
        let today = day_span(day_of(now));
        for (organisation_id, units) in units {
            let people = people.get(&organisation_id).copied().unwrap_or_default();
            if let Some(suspicion) = too_many_units(today, units, people) {
                let rows = [EvidenceRow {
                    kind: "contracts_and_shifts",
                    what: format!("{organisation_id} {now}"),
                    sha256: sha256_hex(format!("{organisation_id} {now} {units} {people}").as_bytes()),
                }];
                let about = About { organisation: organisation_id, room: None, staff: None };
                self.raise_suspicion(about, &suspicion, &rows, now).await?;
            }
        }
        Ok(())
    }

    /// Raises a suspicion; answers its id where it is new.
    pub(super) async fn raise_suspicion(
        &self,
        about: About,
        suspicion: &Suspicion,
        rows: &[EvidenceRow],
        now: Timestamp,
    ) -> Result<Option<SuspicionId>, PlatformError> {
        let package = Package {
            format: "watchfire-suspicion/1",
            trick: suspicion.trick.as_str(),
            organisation_id: about.organisation,
            room_id: about.room,
            staff_id: about.staff,
            from: suspicion.span.start,
            until: suspicion.span.end,
            numbers: &suspicion.numbers,
            rows,
            raised_at: now,
        };
        let internal = |error: serde_json::Error| PlatformError::Internal(error.to_string());
        let package = serde_json::to_string(&package).map_err(internal)?;
        let new = NewSuspicion {
            id: SuspicionId(self.inner.surroundings.id(now)),
            trick: suspicion.trick,
            organisation_id: about.organisation,
            room_id: about.room,
            staff_id: about.staff,
            span: suspicion.span,
            numbers: serde_json::to_string(&suspicion.numbers).map_err(internal)?,
            digest: sha256(package.as_bytes()),
            package,
            raised_at: now,
        };
        let is_new = self.inner.store.raise_suspicion(&new).await?;
        if is_new {
            info!(suspicion = %new.id, trick = new.trick.as_str(), organisation = %new.organisation_id, "suspicion of feigned duty");
        }
        Ok(is_new.then_some(new.id))
    }
}

/// The least time from one place to another, minutes.
fn way_minutes(one: &Place, other: &Place) -> u32 {
    match (one.city, other.city) {
        (Some(city), Some(another)) if city != another => CITIES_APART_MINUTES,
        (Some(_), Some(_)) if one.region != other.region => COUNTIES_APART_MINUTES,
        _ if one.unit != other.unit && one.region == other.region => UNITS_APART_MINUTES,
        _ => 0,
    }
}

fn numbers_of(row: &SuspicionRow) -> Result<Vec<Number>, PlatformError> {
    serde_json::from_str(&row.raised.numbers)
        .map_err(|error| PlatformError::Internal(format!("suspicion {}: {error}", row.raised.id)))
}

fn refused(refusal: SuspicionRefusal) -> PlatformError {
    let message = refusal.to_string();
    match refusal {
        SuspicionRefusal::WordsMissing(_) => PlatformError::field("words", "required", message),
        SuspicionRefusal::NotNow(..) | SuspicionRefusal::ReplyAwaited => PlatformError::Conflict(message),
    }
}

fn object(row: &SuspicionRow) -> Object {
    Object {
        kind: "suspicion",
        id: Some(row.raised.id.to_string()),
        name: Some(format!("{} {}", row.organisation_name, row.raised.trick.name_zh())),
        unit_id: None,
    }
}
