//! Who turns a camera: a guard of ours before every upper platform, among these the lower number.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::ChannelId;
use jiff::{SignedDuration, Timestamp};

/// The rank of our own people; upper platforms have 1 to 255.
pub(in crate::access) const OURS: u8 = 0;

/// For so long after an order the camera is theirs who gave it.
const HELD: SignedDuration = SignedDuration::from_secs(10);
/// Cameras remembered; whoever turned one longer ago is forgotten first.
const TURNED_MAX: usize = 10_000;

/// The last turn of each channel.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    last: Mutex<HashMap<ChannelId, (u8, Timestamp)>>,
}

impl Turns {
    /// Takes a camera to turn it; false where somebody of a better rank has it.
    pub(in crate::access) fn take(&self, channel: ChannelId, rank: u8, now: Timestamp) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.get(&channel).is_some_and(|(held, at)| *held < rank && now.duration_since(*at) < HELD) {
            return false;
        }
        if last.len() >= TURNED_MAX {
            last.retain(|_, (_, at)| now.duration_since(*at) < HELD);
        }
        last.insert(channel, (rank, now));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_rank_holds_a_camera_for_ten_seconds() {
        let turns = Turns::default();
        let camera = ChannelId(uuid::Uuid::from_u128(1));
        let at = |s| Timestamp::from_second(s).unwrap();
        assert!(turns.take(camera, 5, at(0)));
        assert!(!turns.take(camera, 6, at(9)));
        assert!(turns.take(camera, 5, at(9)), "its own turn goes on");
        assert!(turns.take(camera, 4, at(10)), "a better one takes it");
        assert!(turns.take(camera, OURS, at(11)));
        assert!(!turns.take(camera, 1, at(20)));
        assert!(turns.take(camera, 255, at(21)));
    }
}
