//! Bicycles and motorcycles that stay in a part of the picture where none may be: what an e-bike in a stairwell looks like to the people model.
//!
//! It cannot tell an e-bike from a bicycle or a motorcycle, and it misses many (`models/people.card.md`), so one look without it says nothing: it
//! is there from its first look to the last that showed it. What follows is said elsewhere.

use jiff::{SignedDuration, Timestamp};

use crate::{
    observation::Rect,
    people::{Object, ObjectKind},
    pipeline::WatchedZone,
    view::ZoneState,
};

/// Looks that have to show it before it counts.
const SIGHTINGS_MIN: u32 = 3;
/// Unseen for this long, it is gone: the model misses what stands still as it misses it always, by the picture and not by chance.
const GONE_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// One such part.
#[derive(Debug, Clone)]
pub(crate) struct TwoWheelsWatch {
    zone: WatchedZone,
    seen: Option<Seen>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    first: Timestamp,
    last: Timestamp,
    looks: u32,
    /// Share of the zone's surroundings that its box takes; for the page.
    share: f32,
}

impl TwoWheelsWatch {
    pub(crate) fn new(zone: WatchedZone) -> Self {
        Self { zone, seen: None }
    }

    /// Whether something is there that has to be looked at again, even if nothing moves.
    pub(crate) fn is_pending(&self) -> bool {
        self.seen.is_some()
    }

    /// Takes a look.
    pub(crate) fn observe(&mut self, at: Timestamp, objects: &[Object]) -> ZoneState {
        let found = objects.iter().filter(|object| is_two_wheels(object.kind) && self.stands_in(object.rect));
        let share = found.map(|object| object.rect.w * object.rect.h).reduce(f32::max);
        self.seen = match (self.seen, share) {
            (Some(seen), Some(share)) => Some(Seen { last: at, looks: seen.looks + 1, share, ..seen }),
            (None, Some(share)) => Some(Seen { first: at, last: at, looks: 1, share }),
            (seen, None) => seen.filter(|seen| at.duration_since(seen.last) < GONE_AFTER),
        };
        self.state(at)
    }

    /// How it is when nothing has moved since the last look.
    pub(crate) fn state(&self, at: Timestamp) -> ZoneState {
        let blocked = self
            .seen
            .filter(|seen| seen.looks >= SIGHTINGS_MIN && at.duration_since(seen.first) >= self.zone.hold);
        ZoneState {
            share: self.seen.map_or(0.0, |seen| seen.share),
            blocked_since: blocked.map(|seen| seen.first),
        }
    }

    /// By where it touches the ground.
    fn stands_in(&self, rect: Rect) -> bool {
        self.zone.outline.contains([rect.x + rect.w / 2.0, rect.y + 0.9 * rect.h])
    }
}

fn is_two_wheels(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Bicycle | ObjectKind::Motorcycle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + s).unwrap()
    }

    fn object(kind: ObjectKind, x: f32) -> Object {
        Object { kind, score: 0.3, rect: Rect { x, y: 0.4, w: 0.2, h: 0.3 } }
    }

    /// Looks every two seconds at the right half of the picture: `#` a motorcycle there, `<` one to the left, `p` a person, `.` nothing. The seconds at
    /// which it was blocked.
    fn blocked(looks: &str) -> Vec<i64> {
        let outline = vec![[0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.5, 1.0]].try_into().unwrap();
        let mut watch = TwoWheelsWatch::new(WatchedZone { outline, hold: SignedDuration::from_secs(10) });
        let mut blocked = Vec::new();
        for (look, mark) in looks.bytes().enumerate() {
            let objects = match mark {
                b'#' => vec![object(ObjectKind::Motorcycle, 0.6)],
                b'<' => vec![object(ObjectKind::Motorcycle, 0.1)],
                b'p' => vec![object(ObjectKind::Person, 0.6)],
                _ => vec![],
            };
            let s = 2 * look as i64;
            let state = watch.observe(at(s), &objects);
            blocked.extend(state.blocked_since.is_some().then_some(s));
        }
        blocked
    }

    #[test]
    fn what_stays_is_there_though_it_is_missed_now_and_then() {
        assert_eq!(blocked(".#.#..#."), [12, 14]);
        assert_eq!(blocked(".#####"), [] as [i64; 0]);
        assert_eq!(blocked(".######."), [12, 14]);
    }

    #[test]
    fn what_passes_stands_elsewhere_or_is_no_bicycle_is_not() {
        assert_eq!(blocked("##.............."), [] as [i64; 0]);
        assert_eq!(blocked("<<<<<<<<<<"), [] as [i64; 0]);
        assert_eq!(blocked("pppppppppp"), [] as [i64; 0]);
    }

    #[test]
    fn it_is_gone_twenty_seconds_after_it_was_seen_last() {
        assert_eq!(blocked("######.............").last(), Some(&28));
    }
}
