//! The duty room of the demonstration's organisation: opened, with a roster from now on and accounts for two who are on it. No seat: the
//! browser of whoever looks becomes one with a code.

use std::net::SocketAddr;

use anyhow::Context as _;
use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::roster::RoomKind;
use domain::ids::{DutyRoomId, OrganisationId, StaffId, UnitId};
use domain::organisation::Post;
use jiff::{SignedDuration, Timestamp};
use platform::duty::{DutyRoomWish, RoomEdit, RosterStep, ShiftWish};
use platform::organisations::StaffMember;
use platform::rows::{CameraFilter, DutyRoomFilter, MAX_PAGE, PageAsk};
use platform::{Ask, Platform, PlatformError};

use crate::wire;

const NAME: &str = "一号值班室";
const QUIET_S: u32 = 360;
/// How far ahead the roster goes.
const DAYS: i32 = 14;
const SHIFT_H: i64 = 8;
/// Links of the two who are on the first shift, by their places in it.
const LINKS: [&str; 2] = ["on_duty_1", "on_duty_2"];

/// Where the room is.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The room.
    pub room: DutyRoomId,
    /// The site on which it stands.
    pub site: UnitId,
}

/// The room; it is opened where it is not there.
pub async fn fill(platform: &Platform, organisation: OrganisationId) -> anyhow::Result<Place> {
    let ask = wire::operator(platform);
    let filter = DutyRoomFilter { organisation_id: Some(organisation), ..DutyRoomFilter::default() };
    let known = platform.duty_rooms(&ask, &filter, &PageAsk::first(1)).await?;
    if let Some(view) = known.items.into_iter().next() {
        return Ok(Place { room: view.room.id, site: view.room.unit_id });
    }
    let wish = DutyRoomWish {
        name: NAME.to_owned(),
        kind: RoomKind::Organisation,
        organisation_id: organisation,
        unit_id: None,
        quiet_s: QUIET_S,
    };
    let room = platform.open_duty_room(&ask, wish).await?.room;
    Ok(Place { room: room.id, site: room.unit_id })
}

/// The roster from this minute on, where there is none for it, and links of those who begin.
pub async fn people(
    platform: &Platform,
    organisation: OrganisationId,
    place: Place,
    address: SocketAddr,
) -> anyhow::Result<Vec<(String, String)>> {
    let ask = wire::operator(platform);
    let staff: Vec<StaffMember> = platform
        .staff(&ask, organisation, false)
        .await?
        .into_iter()
        .filter(|one| one.standing.counts() && one.row.record.post != Post::Leader)
        .collect();
    let on_duty = enter(platform, &ask, place, &staff).await?;
    let mut links = Vec::new();
    for (key, id) in LINKS.into_iter().zip(on_duty) {
        let login_name = key.replace('_', "-");
        let token = match platform.give_staff_account(&ask, organisation, id, &login_name).await {
            Ok(link) => link.token,
            Err(PlatformError::Conflict(_)) => {
                let account = platform.account_named(&ask, &login_name).await?;
                platform.reset_account(&ask, account.id).await?.token
            }
            Err(error) => return Err(error).context("the account of somebody on duty"),
        };
        links.push((key.to_owned(), format!("http://{address}/#/enter/{token}")));
    }
    Ok(links)
}

/// Shifts of two people each; whoever begins now. The same people in the same hours, so that the two of the first shift are known.
async fn enter(
    platform: &Platform,
    ask: &Ask,
    place: Place,
    staff: &[StaffMember],
) -> anyhow::Result<Vec<StaffId>> {
    let ids: Vec<StaffId> = staff.iter().map(|one| one.row.record.id).collect();
    let pair = |n: i64| [0, 1].map(|place| ids[(n as usize * 2 + place) % ids.len()]);
    anyhow::ensure!(ids.len() >= LINKS.len(), "the organisation has too few people with certificates");
    let hours_now = ask.now.duration_since(begin_of(day_of(ask.now))).as_hours();
    let first = hours_now / SHIFT_H;
    let minute = SignedDuration::from_mins(1);
    let now = whole_minute(ask.now);
    let known = platform.roster(ask, place.room, day_of(ask.now), 1).await?.shifts;
    if known.iter().any(|row| row.shift.span.end > now) {
        return Ok(pair(first).to_vec());
    }
    let mut shifts = Vec::new();
    for day in 0..DAYS {
        for band in 0..24 / SHIFT_H {
            let begin =
                begin_of(day_after(day_of(ask.now), day)) + SignedDuration::from_hours(band * SHIFT_H);
            let ends_at = begin + SignedDuration::from_hours(SHIFT_H);
            let starts_at = begin.max(now);
            if ends_at - starts_at >= minute {
                shifts.extend(pair(band).map(|staff_id| ShiftWish { staff_id, starts_at, ends_at }));
            }
        }
    }
    platform.change_roster(ask, place.room, RosterStep::Enter(shifts), "").await.context("the roster")?;
    Ok(pair(first).to_vec())
}

/// Names the cameras of the site as those of the room.
pub async fn see(platform: &Platform, place: Place) -> anyhow::Result<()> {
    let ask = wire::operator(platform);
    let filter = CameraFilter { unit_id: Some(place.site), ..CameraFilter::default() };
    let found = platform.cameras(&ask, &filter, &PageAsk { limit: MAX_PAGE, after: None }).await?;
    let cameras = found.items.iter().map(|row| row.camera.id).collect();
    let version = platform.duty_room(&ask, place.room).await?.room.version;
    let edit = RoomEdit { cameras: Some(cameras), version, ..RoomEdit::default() };
    platform.edit_duty_room(&ask, place.room, edit).await?;
    Ok(())
}

fn whole_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(at)
}
