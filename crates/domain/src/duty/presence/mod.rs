//! Presence (在岗): what the camera of a duty room shows, looked at against how many people have to be there.
//!
//! The watch hands in samples: for a stretch of seconds how many people were there, for how long each has not moved, and whether the picture
//! can be trusted. Here they become one verdict a minute for the ledger ([`verdict`]) and alarms that begin and end ([`watch`]). Nobody is
//! recognised: heads are counted, and who they are is the roster's claim.
//!
//! A person who leaves for a moment while another stays is human, not a gap: see [`pardon_breaks`].

pub mod minute;
pub mod packed;
pub mod watch;

use serde::{Deserialize, Serialize};

use crate::duty::roster::head_count::PEOPLE_MAX;
use crate::words::words;

pub use minute::{BREAK_MINUTES_MAX, BREAKS_A_DAY_MINUTES_MAX, pardon_breaks, verdict};
pub use packed::{SeenDay, UNSEEN, pack, unpack};
pub use watch::{Armed, PresenceRule, PresenceRuleError, PresenceStep, PresenceWatch, Thresholds};

/// Whether a picture can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureState {
    /// Live as far as can be seen.
    Live,
    /// None, black, covered, or turned away.
    Down,
    /// Equal to the bit again and again: no sensor does that.
    Frozen,
    /// A row of pictures that was shown before.
    Repeating,
}

words! { PictureState:
    Live = "live", "实时画面", "Live picture";
    Down = "down", "无有效画面", "No usable picture";
    Frozen = "frozen", "画面静止", "Picture stands still";
    Repeating = "repeating", "画面重复", "Picture repeats";
}

/// What was seen for some seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Its length, whole seconds, 1 to 60.
    pub seconds: u8,
    /// People counted, [`PEOPLE_MAX`] at most.
    pub people: u8,
    /// For each of them in any order, seconds for which the shape at that place has not moved at all, counted to the end of the sample. By place
    /// and not by the room: two drowsy people who move in turn are two people, and a dummy beside one who moves is a dummy.
    pub still_s: [u16; PEOPLE_MAX as usize],
    /// Whether the picture can be trusted.
    pub picture: PictureState,
}

impl Sample {
    /// A live sample of people who all move.
    pub fn of_people(seconds: u8, people: u8) -> Self {
        Self { seconds, people, still_s: [0; PEOPLE_MAX as usize], picture: PictureState::Live }
    }

    /// People who moved within the last so many seconds.
    pub fn moving_within(&self, seconds: u16) -> u8 {
        let shapes = &self.still_s[..usize::from(self.people.min(PEOPLE_MAX))];
        shapes.iter().filter(|still_s| **still_s < seconds).count() as u8
    }
}

/// What a minute showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Enough people who move.
    Staffed,
    /// Enough people, of whom too many have not moved for [`minute::ASLEEP_MINUTES`] minutes.
    Asleep,
    /// Somebody, and too few.
    TooFew,
    /// Nobody.
    Empty,
    /// The picture stands still, or enough shapes of which too many have not moved for [`minute::DUMMY_MINUTES`] minutes.
    Dummy,
    /// The picture was shown before.
    Replay,
    /// The picture cannot be trusted for more than half of the minute.
    Down,
}

words! { Seen:
    Staffed = "staffed", "人数足够", "Staffed";
    Asleep = "asleep", "疑似睡岗", "Possibly asleep";
    TooFew = "too_few", "在岗人数不足", "Too few on duty";
    Empty = "empty", "无人在岗", "Nobody there";
    Dummy = "dummy", "疑似假人或静止画面", "Possible dummy or still picture";
    Replay = "replay", "疑似画面重放", "Possible replayed picture";
    Down = "down", "无有效画面", "No usable picture";
}
