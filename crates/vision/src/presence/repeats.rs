//! Whether pictures come again: the same one all the time, or a stretch that is shown once more.
//!
//! Fingerprints of the small luma picture are remembered. Sensor noise makes every real picture different, so that one that was there before is
//! odd and several in their old order are a replay. Found are replays of the same coded pictures; a screen that is filmed, or a film that is
//! coded anew, has noise of its own and is not found.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hasher},
};

use jiff::{SignedDuration, Timestamp};

use super::PresenceEvent;

/// Pictures that are remembered: two hours at a look every two seconds.
const REMEMBERED_MAX: usize = 3600;
/// Pictures that must come again one after the other, and different ones among them, before it is told.
const AGAIN_MIN: usize = 6;
const DIFFERENT_MIN: usize = 3;
/// Times after which pictures come again may differ by this much: looks do not fall on the very same moment.
const PERIOD_TOLERANCE: SignedDuration = SignedDuration::from_secs(3);

/// Fingerprints of the last pictures of one camera.
#[derive(Debug, Clone, Default)]
pub struct Repeats {
    seen: VecDeque<(u64, Timestamp)>,
    identical: Option<Identical>,
    again: Vec<Again>,
    told_repeating: bool,
}

#[derive(Debug, Clone, Copy)]
struct Identical {
    print: u64,
    since: Timestamp,
    told: bool,
}

/// A picture that came before.
#[derive(Debug, Clone, Copy)]
struct Again {
    at: Timestamp,
    print: u64,
    period: SignedDuration,
}

impl Repeats {
    /// Takes the small luma picture of a look.
    pub fn observe(&mut self, at: Timestamp, luma: &[u8], hold: SignedDuration) -> Option<PresenceEvent> {
        let mut hasher = DefaultHasher::new();
        hasher.write(luma);
        let print = hasher.finish();
        match &mut self.identical {
            // A picture that only stays is not one that comes again.
            Some(same) if same.print == print => {
                let since = same.since;
                if same.told || at.duration_since(since) < hold {
                    return None;
                }
                same.told = true;
                return Some(PresenceEvent::Identical { since });
            }
            _ => self.identical = Some(Identical { print, since: at, told: false }),
        }
        let before = self.seen.iter().rev().find(|(old, _)| *old == print).map(|(_, then)| *then);
        self.seen.push_back((print, at));
        if self.seen.len() > REMEMBERED_MAX {
            self.seen.pop_front();
        }
        if let Some(then) = before {
            return self.came_again(Again { at, print, period: at.duration_since(then) });
        }
        self.again.clear();
        self.told_repeating = false;
        None
    }

    /// Since when the pictures up to the last one have been equal to the bit: the last one where it was another.
    pub fn identical_since(&self) -> Option<Timestamp> {
        self.identical.map(|same| same.since)
    }

    /// Whether the last pictures came before in the same order.
    pub fn is_repeating(&self) -> bool {
        self.told_repeating
    }

    /// Looks were missed: what holds must begin anew. Pictures are still known.
    pub fn interrupted(&mut self) {
        self.identical = None;
        self.again.clear();
        self.told_repeating = false;
    }

    fn came_again(&mut self, again: Again) -> Option<PresenceEvent> {
        let first = self.again.first().copied().unwrap_or(again);
        if (again.period - first.period).abs() > PERIOD_TOLERANCE {
            self.again.clear();
        }
        if self.told_repeating {
            return None;
        }
        self.again.push(again);
        let mut prints: Vec<u64> = self.again.iter().map(|one| one.print).collect();
        prints.sort_unstable();
        prints.dedup();
        if self.again.len() < AGAIN_MIN || prints.len() < DIFFERENT_MIN {
            // As many as are needed are kept, no more.
            if self.again.len() > AGAIN_MIN {
                self.again.remove(0);
            }
            return None;
        }
        self.told_repeating = true;
        let first = self.again[0];
        Some(PresenceEvent::Repeating { since: first.at, period_s: first.period.as_secs_f32() })
    }
}
