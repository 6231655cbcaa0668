//! What goes: everything over its ceiling, and, when a disk is short of room, the oldest first across all cameras.
//!
//! Room is looked for past the floors first, whatever the age: a unit that has to keep 90 days loses nothing while another's recordings
//! lie past their 30. Only when that is not enough does something go that is owed, because a full disk would stop the recording of
//! everybody; then the camera has fewer days than the law wants, and V05 says so. What is pinned never goes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::retention::{Retention, Standing};
use crate::words::words;

/// Why a recording was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletionWhy {
    /// It was older than the ceiling.
    Ceiling,
    /// Its disk was short of room.
    Quota,
    /// A person asked for it.
    Operator,
}

words! { DeletionWhy:
    Ceiling = "ceiling", "超过保存上限", "Over the ceiling";
    Quota = "quota", "磁盘配额不足", "Short of room";
    Operator = "operator", "人工删除", "Deleted by a person";
}

/// A recording that could go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// When it ended.
    pub end: Timestamp,
    /// Room it takes.
    pub size_bytes: u64,
    /// Whether it is pinned.
    pub pinned: bool,
    /// How long it has to stay.
    pub retention: Retention,
}

/// A recording that goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Going {
    /// Which of the candidates.
    pub index: usize,
    /// Why.
    pub why: DeletionWhy,
    /// It was owed: the caller raises V05.
    pub below_floor: bool,
}

/// What goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// In the order in which to delete.
    pub going: Vec<Going>,
    /// Room that this gives.
    pub freed_bytes: u64,
    /// Room that is still wanted, though nothing else may go: the rest is pinned, or not among the candidates.
    pub wanted_bytes: u64,
}

/// Decides what goes today of `candidates` so that at least `wanted_bytes` become free.
pub fn due(candidates: &[Candidate], today: Date, wanted_bytes: u64) -> Due {
    let mut by_age: Vec<usize> = (0..candidates.len()).collect();
    by_age.sort_by_key(|index| candidates[*index].end);
    let mut due = Due::default();
    for (standing, why) in [
        (Standing::Over, DeletionWhy::Ceiling),
        (Standing::Free, DeletionWhy::Quota),
        (Standing::Owed, DeletionWhy::Quota),
    ] {
        for index in &by_age {
            let one = &candidates[*index];
            if why == DeletionWhy::Quota && due.freed_bytes >= wanted_bytes {
                break;
            }
            if one.retention.standing(one.end, one.pinned, today) == standing {
                due.going.push(Going { index: *index, why, below_floor: standing == Standing::Owed });
                due.freed_bytes = due.freed_bytes.saturating_add(one.size_bytes);
            }
        }
    }
    due.wanted_bytes = wanted_bytes.saturating_sub(due.freed_bytes);
    due
}

/// Whether a person may delete a recording before its time. Nobody may: what is owed is kept for the law (Regulations on Security
/// Services: no deletion within 30 days), and what is pinned is evidence.
pub fn may_delete_by_hand(standing: Standing) -> bool {
    matches!(standing, Standing::Free | Standing::Over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beijing::{begin_of, day_after};
    use crate::recording::retention::FloorBasis;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 1);

    /// Of 10 bytes, ended at the beginning of the day `age` days ago.
    fn aged(age: i32, floor_days: u16, ceiling_days: u16, pinned: bool) -> Candidate {
        let retention = Retention::custom(FloorBasis::PublicSafety, floor_days, ceiling_days).unwrap();
        // A minute after midnight, so that it ends on that day.
        let end = begin_of(day_after(TODAY, -age)) + jiff::SignedDuration::from_mins(1);
        Candidate { end, size_bytes: 10, pinned, retention }
    }

    fn going(candidates: &[Candidate], wanted_bytes: u64) -> Vec<(usize, DeletionWhy, bool)> {
        let due = due(candidates, TODAY, wanted_bytes);
        due.going.iter().map(|one| (one.index, one.why, one.below_floor)).collect()
    }

    #[test]
    fn what_is_over_the_ceiling_goes_though_there_is_room_and_what_is_pinned_stays() {
        use DeletionWhy::Ceiling;
        let all = [
            aged(61, 30, 60, false),
            aged(60, 30, 60, false),
            aged(300, 30, 60, true),
            aged(90, 30, 60, false),
        ];
        assert_eq!(going(&all, 0), [(3, Ceiling, false), (0, Ceiling, false)]);
    }

    #[test]
    fn room_comes_from_past_the_floors_before_anybody_loses_what_is_owed() {
        use DeletionWhy::Quota;
        let all = [
            aged(80, 90, 90, false),
            aged(40, 30, 60, false),
            aged(35, 30, 60, false),
            aged(20, 30, 60, false),
        ];
        assert_eq!(going(&all, 10), [(1, Quota, false)]);
        assert_eq!(going(&all, 11), [(1, Quota, false), (2, Quota, false)]);
        assert_eq!(going(&all, 30), [(1, Quota, false), (2, Quota, false), (0, Quota, true)]);
        let everything = due(&all, TODAY, 1000);
        assert_eq!((everything.freed_bytes, everything.wanted_bytes), (40, 960));
    }

    #[test]
    fn nobody_deletes_what_is_owed_or_pinned() {
        use Standing::{Free, Over, Owed, Pinned};
        assert_eq!([Pinned, Owed, Free, Over].map(may_delete_by_hand), [false, false, true, true]);
    }
}
