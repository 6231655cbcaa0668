//! Duty rooms for the stories at the desks: an organisation, its rooms at the school, a guard on the roster of the first, and a seat there.

use domain::access::{Access, Scope};
use domain::duty::roster::{RoomKind, Shift};
use domain::ids::{CameraId, DutyRoomId, OrganisationId, SeatId, ShiftId, StaffId};
use domain::organisation::{Post, credit_code};
use domain::recording::Span;
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use platform::rows::{
    DutyRoomChange, NewDutyRoom, NewSeat, OrganisationRecord, RosterChange, SeatPairing, StaffRecord, Store,
    StoreError,
};
use platform::seal::Seal;
use uuid::Uuid;

use crate::fixture::World;

pub const GUARD: StaffId = StaffId(Uuid::from_u128(0x7_0002));
pub const SEAT: SeatId = SeatId(Uuid::from_u128(0x7_0003));
const FIRM: OrganisationId = OrganisationId(Uuid::from_u128(0x7_0001));

/// An organisation with this id; nobody has approved it.
pub async fn add_firm(world: &World, store: &Store, id: OrganisationId) {
    let record = OrganisationRecord {
        id,
        name: "值守公司".to_owned(),
        credit_code: credit_code::complete("91360100MA0000007").unwrap(),
        region_id: world.county,
        address: "一号楼".to_owned(),
        premises_m2: 210,
        phone: "0791-1".to_owned(),
        units_max: 9,
        synthetic: true,
    };
    store.add_organisation(&Access::PLATFORM, &record, world.now()).await.unwrap();
}

/// So many rooms.
pub async fn rooms(world: &World, store: &Store, count: usize) -> (OrganisationId, Vec<DutyRoomId>) {
    let now = world.now();
    add_firm(world, store, FIRM).await;
    let guard = StaffRecord {
        id: GUARD,
        organisation_id: FIRM,
        name: "李值守".to_owned(),
        post: Post::Guard,
        certificate: None,
    };
    store.put_staff(&Access::PLATFORM, &guard, now).await.unwrap();
    let rooms: Vec<DutyRoomId> =
        (0..count).map(|n| DutyRoomId(Uuid::from_u128(0x7_1000 + n as u128))).collect();
    // The key of the desks' fixture.
    let seal = Seal::new(&[7; 32]);
    for (n, id) in rooms.iter().enumerate() {
        let new = NewDutyRoom {
            id: *id,
            name: format!("{n}号值班室"),
            kind: RoomKind::Organisation,
            organisation_id: FIRM,
            unit_id: world.school,
            quiet_s: 300,
            sealed_secret: seal.close(&format!("secret of {n}"), &format!("duty room {id}"), [3; 12]),
            at: now,
            synthetic: true,
        };
        store.open_duty_room(&Access::PLATFORM, &new).await.unwrap();
    }
    roster(store, rooms[0], now).await;
    seat(store, rooms[0], now).await;
    (FIRM, rooms)
}

/// The guard is there for a day.
async fn roster(store: &Store, room_id: DutyRoomId, now: Timestamp) {
    let span = Span::new(now, now + SignedDuration::from_hours(24));
    let shift = Shift { id: ShiftId(Uuid::from_u128(0x7_0004)), room_id, guard_id: GUARD, span };
    let change = RosterChange { room_id, window: span, reason: None, at: now };
    store.change_roster::<StoreError>(&Access::PLATFORM, &change, |_| Ok(vec![shift])).await.unwrap();
}

async fn seat(store: &Store, room_id: DutyRoomId, now: Timestamp) {
    let expires_at = now + SignedDuration::from_mins(10);
    let pairing =
        SeatPairing { digest: vec![9; 32], room_id, name: "主席位".to_owned(), made_at: now, expires_at };
    store.add_seat_pairing(&Access::PLATFORM, &pairing).await.unwrap();
    let new = NewSeat { id: SEAT, digest: vec![9; 32], public_key: vec![4; 65], at: now };
    store.pair_seat(&Access::PLATFORM, &new).await.unwrap();
}

/// The version of a room now.
pub async fn version(store: &Store, id: DutyRoomId) -> i64 {
    store.duty_room(&Access::PLATFORM, id).await.unwrap().version
}

/// Has a camera see a room.
pub async fn give_camera(store: &Store, id: DutyRoomId, camera: CameraId) {
    let room = store.duty_room(&Access::PLATFORM, id).await.unwrap();
    let change = DutyRoomChange { name: room.name, quiet_s: room.quiet_s, cameras: vec![camera] };
    store.change_duty_room(&Access::PLATFORM, id, room.version, &change).await.unwrap();
}

/// The account by which a person of the list signs in.
pub async fn account(world: &World, store: &Store, id: StaffId, name: &str) -> Access {
    let access = world.person(name, Role::DutyGuard, Scope::Organisation(FIRM)).await;
    store.give_staff_account(&Access::PLATFORM, FIRM, id, access.user_id.unwrap()).await.unwrap();
    access
}

/// A guard of the same organisation who is on no roster.
pub async fn colleague(world: &World, store: &Store) -> Access {
    let id = StaffId(Uuid::from_u128(0x7_0005));
    let record = StaffRecord {
        id,
        organisation_id: FIRM,
        name: "王值守".to_owned(),
        post: Post::Guard,
        certificate: None,
    };
    store.put_staff(&Access::PLATFORM, &record, world.now()).await.unwrap();
    account(world, store, id, "wang").await
}
