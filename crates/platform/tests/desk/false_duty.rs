//! Feigned duty from end to end: rooms whose guards do their duty and rooms whose guards play each trick, for a week, through the real desks –
//! rosters, seats, roll-calls, minutes as the room's camera would give them – to the ledger and the suspicions. The guards are simulated, with a
//! seed that is printed; what the figures say is how the rules behave under what the simulator assumes.
//!
//! `cargo test -p watchfire-platform --test desk false_duty -- --nocapture` prints the table of `docs/design/duty.md`.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::falsehood::Trick;
use domain::duty::ledger::decode;
use domain::duty::presence::{PictureState, Sample, SeenDay, pack, verdict};
use domain::duty::roll_call::code::CodeVerdict;
use domain::duty::roster::{RoomKind, Shift};
use domain::ids::{CameraId, DutyRoomId, OrganisationId, SeatId, ShiftId, StaffId};
use domain::organisation::Post;
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::place::PlaceType;
use domain::recording::Span;
use domain::role::Role;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use platform::roll_calls::{RollCallWish, SeatAnswer};
use platform::rows::{
    AlarmFilter, AlarmStates, DutyRoomChange, FrameKind, NewDutyRoom, NewFrame, NewSeat, PageAsk,
    PresenceDay, RoomDayFilter, RosterChange, Seat, SeatCall, SeatPairing, StaffRecord, Store, StoreError,
    SuspicionFilter,
};
use platform::seal::Seal;
use platform::{Ask, Platform};
use simulator::{CodeShown, Conduct, Guards, Lens};
use uuid::Uuid;

use crate::duty_room;
use crate::fixture::World;

const SEED: u64 = 20_261_201;
/// Days, of which the first is honest for all.
const DAYS: u32 = 8;
/// Honest rooms beside one of each trick.
const HONEST: usize = 5;
/// Hours of the day, in hundredths, at which all rooms are asked: three times a shift, each day a few minutes later.
const ASKED_AT: [i64; 9] = [120, 320, 580, 910, 1150, 1380, 1720, 1960, 2210];
const FIRM: OrganisationId = OrganisationId(Uuid::from_u128(0xfa_0001));

/// A room with whoever sits there.
struct Room {
    id: DutyRoomId,
    seat: Seat,
    camera: CameraId,
    conduct: Conduct,
    guards: Guards,
    /// Three shifts of two.
    people: Vec<(StaffId, Access)>,
    /// Answers that the desk refused.
    refused: u32,
}

struct Town {
    world: World,
    store: Store,
    office: Access,
    rooms: Vec<Room>,
    first: Date,
}

impl Town {
    async fn new() -> Self {
        let world = World::new().await;
        let store = world.store().await;
        let province = world.province().await;
        duty_room::add_firm(&world, &store, FIRM).await;
        let first = day_after(day_of(world.now()), 1);
        let mut town = Self { world, store, office: province, rooms: Vec::new(), first };
        let conducts = std::iter::repeat_n(Conduct::Honest, HONEST).chain(Conduct::ALL.into_iter().skip(1));
        for (n, conduct) in conducts.enumerate() {
            town.add_room(n as u128, conduct).await;
        }
        // Whoever shares rooms sits here and in a room of another county, and is on both rosters.
        let shared = town.rooms.iter().position(|room| room.conduct == Conduct::SharesRooms).unwrap();
        let people = town.rooms[shared].people.clone();
        town.add_room_of(99, Conduct::SharesRooms, Some(people)).await;
        let platform = &town.world.platform;
        platform.keep_roll_calls(town.world.now()).await;
        town.world.wait_s(begin_of(first).duration_since(town.world.now()).as_secs());
        town
    }

    async fn add_room(&mut self, n: u128, conduct: Conduct) {
        self.add_room_of(n, conduct, None).await;
    }

    async fn add_room_of(&mut self, n: u128, conduct: Conduct, shared: Option<Vec<(StaffId, Access)>>) {
        let (world, store, now) = (&self.world, &self.store, self.world.now());
        let is_other = shared.is_some();
        let unit_id = if is_other { world.neighbour } else { world.school };
        let id = DutyRoomId(Uuid::from_u128(0xfa_1000 + n));
        let new = NewDutyRoom {
            id,
            name: format!("{n}号值班室"),
            kind: RoomKind::Organisation,
            organisation_id: FIRM,
            unit_id,
            quiet_s: 300,
            sealed_secret: Seal::new(&[7; 32]).close(
                &format!("secret {n}"),
                &format!("duty room {id}"),
                [3; 12],
            ),
            at: now,
            synthetic: true,
        };
        store.open_duty_room(&Access::PLATFORM, &new).await.unwrap();
        let mut people = shared.unwrap_or_default();
        for place in people.len()..6 {
            people.push(self.guard(n * 10 + place as u128).await);
        }
        let camera = world.camera("值班室", PlaceType::DutyRoom, format!("rtsp://127.0.0.1:9/{n}"));
        let camera = platform::access::NewCamera { unit_id, ..camera };
        let camera = world.platform.add_camera(&world.operator(), camera).await.unwrap().camera.id;
        let change = DutyRoomChange { name: new.name, quiet_s: 300, cameras: vec![camera] };
        store.change_duty_room(&Access::PLATFORM, id, 0, &change).await.unwrap();
        let seat = self.seat(n, id).await;
        self.enter_roster(n, id, &people).await;
        let guards = Guards::new(conduct, SEED + n as u64);
        self.rooms.push(Room { id, seat, camera, conduct, guards, people, refused: 0 });
    }

    async fn guard(&self, n: u128) -> (StaffId, Access) {
        let id = StaffId(Uuid::from_u128(0xfa_2000 + n));
        let certificate = Certificate {
            number: format!("2136{n:07}"),
            level: CertificateLevel::Four,
            direction: CertificateDirection::Monitoring,
            valid_until: Some(date(2099, 1, 1)),
            query: CertificateQuery::Confirmed,
            queried_on: Some(self.first),
        };
        let record = StaffRecord {
            id,
            organisation_id: FIRM,
            name: format!("值班员{n}"),
            post: Post::Guard,
            certificate: Some(certificate),
        };
        self.store.put_staff(&Access::PLATFORM, &record, self.world.now()).await.unwrap();
        let access = self.world.person(&format!("g{n}"), Role::DutyGuard, Scope::Organisation(FIRM)).await;
        self.store.give_staff_account(&Access::PLATFORM, FIRM, id, access.user_id.unwrap()).await.unwrap();
        (id, access)
    }

    async fn seat(&self, n: u128, room_id: DutyRoomId) -> Seat {
        let (store, now) = (&self.store, self.world.now());
        let (id, digest) = (SeatId(Uuid::from_u128(0xfa_3000 + n)), vec![n as u8 + 1; 32]);
        let expires_at = now + SignedDuration::from_mins(10);
        let pairing = SeatPairing {
            digest: digest.clone(),
            room_id,
            name: "主席位".to_owned(),
            made_at: now,
            expires_at,
        };
        store.add_seat_pairing(&Access::PLATFORM, &pairing).await.unwrap();
        store
            .pair_seat(&Access::PLATFORM, &NewSeat { id, digest, public_key: vec![n as u8 + 1; 65], at: now })
            .await
            .unwrap();
        store.bound_seat(id).await.unwrap().unwrap()
    }

    /// Three shifts of two on each day.
    async fn enter_roster(&self, n: u128, room_id: DutyRoomId, people: &[(StaffId, Access)]) {
        let begin = begin_of(self.first);
        let at = |hours: i64| begin + SignedDuration::from_hours(hours);
        let shift = |turn: u32, place: u32| Shift {
            id: ShiftId(Uuid::from_u128(0xfa_4000_0000 + n * 10_000 + u128::from(turn * 2 + place))),
            room_id,
            guard_id: people[(turn % 3 * 2 + place) as usize].0,
            span: Span::new(at(i64::from(turn) * 8), at(i64::from(turn) * 8 + 8)),
        };
        let shifts: Vec<Shift> =
            (0..DAYS * 3).flat_map(|turn| [0, 1].map(|place| shift(turn, place))).collect();
        let window = Span::new(begin, at(i64::from(DAYS) * 24));
        let change = RosterChange { room_id, window, reason: None, at: self.world.now() };
        let decide = |known: &[Shift]| {
            let others = known.iter().filter(|shift| shift.room_id != room_id).copied();
            Ok::<_, StoreError>(others.chain(shifts).collect())
        };
        self.store.change_roster(&Access::PLATFORM, &change, decide).await.unwrap();
    }

    fn platform(&self) -> &Platform {
        &self.world.platform
    }

    /// What the cameras of all rooms show on a day.
    async fn show(&mut self, number: u32) {
        let day = day_after(self.first, number as i32);
        let mut days = Vec::new();
        for room in &mut self.rooms {
            let mut seen: SeenDay = [None; 1440];
            for (minute, glance) in room.guards.day(number).into_iter().enumerate() {
                let mut sample = Sample::of_people(60, glance.people);
                for (one, still) in glance.still_minutes.into_iter().enumerate() {
                    sample.still_s[one] = still * 60;
                }
                sample.picture = match glance.lens {
                    Lens::Live => PictureState::Live,
                    Lens::Frozen => PictureState::Frozen,
                    Lens::Repeating => PictureState::Repeating,
                    Lens::Dark => PictureState::Down,
                };
                seen[minute] = verdict(&[sample], 2);
            }
            days.push(PresenceDay { room_id: room.id, seen: pack(&seen) });
        }
        self.store.put_presence_days(day, &days, self.world.now()).await.unwrap();
    }

    /// Every room is asked, and everybody answers as they do; whoever failed before is asked again beside it.
    async fn ask(&mut self, number: u32) {
        let now = self.world.now();
        self.platform().keep_roll_calls(now).await;
        let rooms = self.rooms.iter().map(|room| room.id).collect();
        let wish = RollCallWish {
            rooms,
            region_id: None,
            organisation_id: None,
            sample: None,
            minutes: None,
            reason: "抽查".to_owned(),
        };
        self.platform().ask_rooms(&self.world.ask(self.office), wish).await.unwrap();
        let second = now.duration_since(begin_of(day_of(now))).as_secs() as u32;
        let platform = self.world.platform.clone();
        let mut late = Vec::new();
        for (n, room) in self.rooms.iter_mut().enumerate() {
            let shift = (second / 28_800) as usize;
            for call in platform.seat_calls(room.id, &[], Duration::ZERO).await.unwrap() {
                let Some(reply) = room.guards.reply(number, second) else { continue };
                film(&self.store, room, &call, reply.code).await;
                let who = room.people[shift * 2 + reply.who].1;
                let at = call.asked_at + SignedDuration::from_millis(i64::from(reply.after_ms));
                if at > call.deadline_at {
                    late.push((at, n, who, call));
                } else {
                    answer(&platform, room, who, at, &call).await;
                }
            }
        }
        self.world.wait_s(181);
        self.platform().keep_roll_calls(self.world.now()).await;
        for (at, n, who, call) in late {
            answer(&platform, &mut self.rooms[n], who, at, &call).await;
        }
        self.world.wait_s(400);
        self.platform().keep_roll_calls(self.world.now()).await;
    }

    async fn tricks_of(&self, room: &Room) -> Vec<Trick> {
        let filter = SuspicionFilter::default();
        let ask = self.world.ask(self.office);
        let found = self.platform().suspicions(&ask, &filter, &PageAsk::first(200)).await.unwrap().items;
        let people: Vec<StaffId> = room.people.iter().map(|(id, _)| *id).collect();
        let is_theirs = |one: &&platform::rows::SuspicionRow| {
            one.raised.room_id == Some(room.id)
                || one.raised.staff_id.is_some_and(|staff| people.contains(&staff))
        };
        let mut tricks: Vec<Trick> = found.iter().filter(is_theirs).map(|one| one.raised.trick).collect();
        tricks.sort_unstable();
        tricks.dedup();
        tricks
    }

    /// Minutes proved of those required after the first day, and within the nights.
    async fn proved(&self, room: &Room) -> (f64, f64) {
        let (from, to) = (day_after(self.first, 1), day_after(self.first, DAYS as i32 - 1));
        let filter = RoomDayFilter { from, to, organisation_id: None, room_id: Some(room.id) };
        let rows = self.store.room_days(&Access::PLATFORM, &filter).await.unwrap();
        let (mut all, mut night) = ((0, 0), (0, 0));
        for row in rows {
            let (states, _) = decode(&row.kept.minutes).unwrap();
            for (minute, state) in states.into_iter().enumerate() {
                let is_proved = u32::from(state.is_proven());
                all = (all.0 + is_proved, all.1 + 1);
                if !(360..1320).contains(&minute) {
                    night = (night.0 + is_proved, night.1 + 1);
                }
            }
        }
        let share = |(proved, of): (u32, u32)| f64::from(proved) * 100.0 / f64::from(of.max(1));
        (share(all), share(night))
    }
}

/// A picture of the room belongs to each call, and what it shows of the code is noted.
async fn film(store: &Store, room: &Room, call: &SeatCall, code: CodeShown) {
    let frame =
        NewFrame { kind: FrameKind::Asked, camera_id: room.camera, taken_at: call.asked_at, jpeg: b"jpeg" };
    store.add_roll_call_frame(call.id, &frame).await.unwrap();
    let verdict = match code {
        CodeShown::Now => CodeVerdict::Seen,
        CodeShown::Old => CodeVerdict::Old,
        CodeShown::None => return,
    };
    store.note_code(call.id, verdict, call.asked_at + SignedDuration::from_secs(9)).await.unwrap();
}

async fn answer(platform: &Platform, room: &mut Room, who: Access, at: Timestamp, call: &SeatCall) {
    let ask = Ask { access: who, now: at, request_id: None, address: None };
    let (code, _) = platform.seat_code(&ask, &room.seat).await.unwrap();
    let digits = code.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    let given = SeatAnswer { call_id: call.id, digits, device_at: None };
    if platform.answer_duty_call(&ask, &room.seat, given).await.is_err() {
        room.refused += 1;
    }
}

/// What has to be found, and what must be lost, of each conduct.
fn expected(conduct: Conduct) -> (&'static [Trick], f64) {
    match conduct {
        Conduct::Honest => (&[], 100.0),
        Conduct::AnswersLate => (&[], 98.0),
        Conduct::BothAway => (&[], 95.0),
        Conduct::OneAtHome => (&[], 72.0),
        Conduct::SharesRooms => (&[Trick::TwoPlaces], 1.0),
        Conduct::FixedClicker | Conduct::InstantClicker | Conduct::RandomClicker => {
            (&[Trick::AutoAnswer], 100.0)
        }
        Conduct::Mannequin | Conduct::Photo => (&[Trick::Mannequin], 72.0),
        Conduct::Film => (&[Trick::Replay], 72.0),
        Conduct::YesterdaysFilm => (&[Trick::Replay], 100.0),
    }
}

#[tokio::test]
async fn each_trick_of_false_duty_is_caught_and_no_honest_guard_is_accused() {
    let mut town = Town::new().await;
    for number in 0..DAYS {
        town.show(number).await;
        let day = begin_of(day_after(town.first, number as i32));
        for hour in ASKED_AT {
            let at = day + SignedDuration::from_secs(hour * 36 + i64::from(number) * 137);
            town.world.wait_s(at.duration_since(town.world.now()).as_secs());
            town.ask(number).await;
        }
        let now = begin_of(day_after(town.first, number as i32 + 1)) + SignedDuration::from_secs(1);
        town.world.wait_s(now.duration_since(town.world.now()).as_secs());
        town.platform().keep_rooms(town.world.now()).await.unwrap();
        town.platform().look_for_feigned_duty(town.world.now()).await.unwrap();
    }
    let mut wrong: Vec<String> = Vec::new();
    let mut table: BTreeMap<String, (usize, f64, f64, Vec<Trick>)> = BTreeMap::new();
    for room in &town.rooms {
        let (proved, night) = town.proved(room).await;
        let tricks = town.tricks_of(room).await;
        let (wanted, most) = expected(room.conduct);
        let mut note = |is_wrong: bool, what: String| {
            if is_wrong {
                wrong.push(format!("{:?}: {what}", room.conduct));
            }
        };
        for trick in wanted {
            note(!tricks.contains(trick), format!("not suspected of {trick:?}"));
        }
        note(wanted.is_empty() && !tricks.is_empty(), format!("accused of {tricks:?}"));
        note(proved > most, format!("{proved:.1} % proved, at most {most}"));
        if room.conduct == Conduct::Honest {
            note(proved < 97.0, format!("only {proved:.1} % proved"));
            note(room.refused > 0, format!("{} honest answers refused", room.refused));
        }
        let row = table.entry(format!("{:?}", room.conduct)).or_insert((0, 0.0, 0.0, tricks));
        *row = (row.0 + 1, row.1 + proved, row.2 + night, row.3.clone());
    }
    println!(
        "seed {SEED}, {DAYS} days, the first honest; {} roll-calls a room",
        DAYS as usize * ASKED_AT.len()
    );
    for (conduct, (rooms, proved, night, tricks)) in table {
        let (all, nights) = (proved / rooms as f64, night / rooms as f64);
        let said: Vec<&str> = tricks.iter().map(|trick| trick.as_str()).collect();
        println!(
            "{conduct:<16} rooms {rooms}  proved {all:5.1} %  at night {nights:5.1} %  {}",
            said.join(", ")
        );
    }
    // One person in two towns is an alarm, too: somebody is missing in one of them.
    let filter =
        AlarmFilter { states: AlarmStates::All, code: Some(AlarmCode::D09), ..AlarmFilter::default() };
    let raised = town.store.alarms(&Access::PLATFORM, &filter, &PageAsk::first(50)).await.unwrap().items;
    assert!(!raised.is_empty(), "seed {SEED}: nobody runs to where a guard is missing");
    assert!(wrong.is_empty(), "seed {SEED}: {wrong:#?}");
}
