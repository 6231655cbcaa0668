//! The day of a duty room: each minute judged by what the roster, the camera, the roll-calls and the seat say of it.
//!
//! **What proves a minute.** The roster has as many certified people as required, *and* the room's camera saw as many people who move, *and*
//! no roll-call has failed since somebody was last shown to be there. Each of the three alone is easily feigned.
//!
//! **When the camera is down** the seat may stand in for it: people at work there press keys, and a dummy does not. But a key is pressed by
//! one person, so as many different guards as are required have to have been active within their quiet time; and a camera is easily
//! unplugged, so this lasts for [`SEAT_ALONE_MINUTES_MAX`] minutes and no longer. Then the minutes are gaps until the camera sees again,
//! whoever presses keys.
//!
//! **A planned exemption** excuses absence and never feigning: a replayed picture stays a replayed picture.

use crate::duty::minutes::{DAY_MINUTES, Minutes};
use crate::duty::presence::Seen;

use super::state::MinuteState;

/// Minutes in a row without the camera for which activity at the seat counts; a proposal. An hour is enough to restart a camera or to lay
/// a new cable, and D10 has been an alarm for most of it.
pub const SEAT_ALONE_MINUTES_MAX: u16 = 60;

/// What is known of one minute of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts of a minute, named where they are made"
)]
pub struct MinuteFacts {
    /// The roster has enough people who count.
    pub is_rostered: bool,
    /// What the camera showed; none where the platform did not look.
    pub seen: Option<Seen>,
    /// As many guards as required were active at the room's seat within their quiet time.
    pub is_active: bool,
    /// A roll-call has failed, and nothing has shown anybody since.
    pub is_broken: bool,
    /// Exempt by a plan.
    pub is_exempt: bool,
}

/// What is known of the day of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Minutes in which the roster has enough people who count.
    pub rostered: Minutes,
    /// What the camera showed, minute by minute; none where the platform did not look.
    pub seen: [Option<Seen>; DAY_MINUTES as usize],
    /// Minutes in which as many guards as required were active at the room's seat within their quiet time.
    pub active: Minutes,
    /// Minutes that a failed roll-call leaves unproved.
    pub broken: Minutes,
    /// Minutes exempted by plan.
    pub exempt: Minutes,
    /// Minutes of which somebody said that there was duty.
    pub claimed: Minutes,
    /// Minutes in a row without the camera at the end of the day before.
    pub unseen_before: u16,
}

/// A room's day, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomDay {
    /// What each minute is worth for a unit that the room serves.
    pub states: [MinuteState; DAY_MINUTES as usize],
    /// Minutes of which somebody said that there was duty.
    pub claimed: Minutes,
    /// Minutes in which the camera showed the room, whatever it showed.
    pub camera: Minutes,
    /// Minutes in a row without the camera at the end of the day, for the next one.
    pub unseen_after: u16,
}

/// What a minute is worth; `seat_counts` says that the seat may still stand in for the camera.
pub fn judge_minute(facts: &MinuteFacts, seat_counts: bool) -> MinuteState {
    use MinuteState as M;
    if !facts.is_rostered {
        return M::NoRoster;
    }
    match (facts.seen, facts.is_broken) {
        (Some(Seen::Replay), _) => M::Replay,
        (Some(Seen::Dummy), _) => M::Dummy,
        (Some(Seen::Staffed), false) => M::Proven,
        _ if facts.is_exempt => M::Exempt,
        (Some(Seen::Empty), _) => M::Empty,
        (Some(Seen::TooFew), _) => M::TooFew,
        (Some(Seen::Asleep), _) => M::Asleep,
        (_, true) => M::RollCallFailed,
        (Some(Seen::Down) | None, false) if facts.is_active && seat_counts => M::ProvenAtSeat,
        (Some(Seen::Down), false) => M::CameraDown,
        (None, false) => M::Unwatched,
    }
}

/// Judges a day.
pub fn judge_day(facts: &Facts) -> RoomDay {
    let mut unseen = facts.unseen_before;
    let mut camera = Minutes::NONE;
    let states = std::array::from_fn(|n| {
        let (minute, seen) = (n as u16, facts.seen[n]);
        if matches!(seen, Some(Seen::Down) | None) {
            unseen = unseen.saturating_add(1);
        } else {
            unseen = 0;
            camera.insert(minute, minute + 1);
        }
        let facts = MinuteFacts {
            is_rostered: facts.rostered.contains(minute),
            seen,
            is_active: facts.active.contains(minute),
            is_broken: facts.broken.contains(minute),
            is_exempt: facts.exempt.contains(minute),
        };
        judge_minute(&facts, unseen <= SEAT_ALONE_MINUTES_MAX)
    });
    RoomDay { states, claimed: facts.claimed, camera, unseen_after: unseen }
}
