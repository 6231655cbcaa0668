//! Duty rooms, head-counts and seats as they travel.

use domain::duty::roster::HeadCountRule;
use platform::duty::{DutyRoomView, PairingCode};
use platform::rows::{OnPost, Seat as SeatRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A duty room.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyRoom {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// A word of `room_kinds`.
    pub kind: &'static str,
    /// Whose people sit there.
    pub organisation_id: Uuid,
    /// Name of that organisation.
    pub organisation_name: String,
    /// The unit or duty site where it stands.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// The region where that lies.
    pub region_id: Uuid,
    /// People who have to be there at once.
    pub people: u8,
    /// By which rule, a word of `legal_bases`.
    pub basis: &'static str,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
    /// The cameras that see it.
    pub cameras: Vec<Uuid>,
    /// Seats bound to it.
    pub seats: u32,
    /// People on post now.
    pub on_post: u32,
    /// Since when.
    pub opened_at: Moment,
    /// Until when; null while it is open.
    pub closed_at: Option<Moment>,
    /// Counts changes; sent back with every change.
    pub version: i64,
    /// Invented for a demonstration.
    pub synthetic: bool,
}

/// A room to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDutyRoom {
    /// Name.
    pub name: String,
    /// A word of `room_kinds`.
    pub kind: String,
    /// Whose people sit there.
    pub organisation_id: Uuid,
    /// The unit where it stands; not for an organisation's own room, which gets a site.
    pub unit_id: Option<Uuid>,
    /// Quiet time of its seats, 180 to 720 seconds; 360 when absent.
    pub quiet_s: Option<u32>,
}

/// Changes of a room; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyRoomEdit {
    /// Name.
    pub name: Option<String>,
    /// Quiet time of its seats, 180 to 720 seconds.
    pub quiet_s: Option<u32>,
    /// The cameras that see it.
    pub cameras: Option<Vec<Uuid>>,
    /// The version that was looked at.
    pub version: i64,
}

/// A camera for an organisation's own room.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRoomCamera {
    /// Name.
    pub name: String,
    /// `rtsp://` address.
    pub address: String,
    /// Account at the camera.
    pub user_name: Option<String>,
    /// Its password; kept encrypted and never answered.
    pub password: Option<String>,
}

/// Closing a room.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDutyRoom {
    /// Why.
    pub reason: String,
    /// The version that was looked at.
    pub version: i64,
}

/// How many people a region asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadCount {
    /// The region.
    pub region_id: Uuid,
    /// A word of `room_kinds`.
    pub kind: &'static str,
    /// People at once.
    pub people: u8,
    /// A word of `legal_bases`.
    pub basis: &'static str,
    /// Title and clause of the document.
    pub document: String,
}

/// A head-count to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHeadCount {
    /// People at once, 1 to 5.
    pub people: u8,
    /// A word of `legal_bases`.
    pub basis: String,
    /// Title and clause of the document; needed for a provincial rule and for a stricter order.
    pub document: Option<String>,
}

/// A browser bound to a room.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seat {
    /// Id.
    pub id: Uuid,
    /// The room.
    pub room_id: Uuid,
    /// Name.
    pub name: String,
    /// When it was bound.
    pub paired_at: Moment,
    /// Until when it was; null while it is.
    pub unpaired_at: Option<Moment>,
}

/// Asks for a code that binds a browser.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeatCode {
    /// Name of the seat to be.
    pub name: String,
}

/// A code that binds a browser; shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatCode {
    /// Eight digits.
    pub code: String,
    /// Until when it can be used.
    pub expires_at: Moment,
}

/// A browser that wants to be bound.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    /// The code.
    pub code: String,
    /// Public key on P-256, uncompressed point, base64url without padding.
    pub public_key: String,
    /// Signature of the key over `watchfire-seat-pairing/1`, the code's digits and `public_key`, each ended by a line feed; base64url.
    pub signature: String,
}

/// Somebody on post.
#[derive(Debug, Serialize, ToSchema)]
pub struct Post {
    /// Who.
    pub staff_id: Uuid,
    /// Name.
    pub name: String,
    /// At which seat they signed on.
    pub seat_id: Uuid,
    /// Since when.
    pub since: Moment,
    /// Until when; null while they are.
    pub until: Option<Moment>,
}

impl DutyRoom {
    /// As it travels.
    pub fn of(view: DutyRoomView) -> Self {
        let DutyRoomView { room, required } = view;
        Self {
            id: room.id.0,
            name: room.name,
            kind: room.kind.as_str(),
            organisation_id: room.organisation_id.0,
            organisation_name: room.organisation_name,
            unit_id: room.unit_id.0,
            unit_name: room.unit_name,
            region_id: room.region_id.0,
            people: required.people,
            basis: required.basis.as_str(),
            quiet_s: room.quiet_s,
            cameras: room.cameras.into_iter().map(|id| id.0).collect(),
            seats: room.seats,
            on_post: room.on_post,
            opened_at: room.opened_at.into(),
            closed_at: moment(room.closed_at),
            version: room.version,
            synthetic: room.synthetic,
        }
    }
}

impl HeadCount {
    /// As it travels.
    pub fn of(rule: &HeadCountRule) -> Self {
        let head_count = rule.head_count();
        Self {
            region_id: rule.region_id().0,
            kind: rule.room().as_str(),
            people: head_count.people,
            basis: head_count.basis.as_str(),
            document: rule.document().to_owned(),
        }
    }
}

impl Seat {
    /// As it travels.
    pub fn of(seat: SeatRow) -> Self {
        Self {
            id: seat.id.0,
            room_id: seat.room_id.0,
            name: seat.name,
            paired_at: seat.paired_at.into(),
            unpaired_at: moment(seat.unpaired_at),
        }
    }
}

impl SeatCode {
    /// As it travels.
    pub fn of(code: PairingCode) -> Self {
        Self { code: code.code, expires_at: code.expires_at.into() }
    }
}

impl Post {
    /// As it travels.
    pub fn of(post: OnPost) -> Self {
        Self {
            staff_id: post.staff_id.0,
            name: post.name,
            seat_id: post.seat_id.0,
            since: post.since.into(),
            until: moment(post.until),
        }
    }
}
