//! Whether a camera's pictures can be trusted at all: black, frozen, covered, turned away, out of focus, washed out, undecodable.
//!
//! Conditions with their times, from the same key frames that are watched for fire; when a condition becomes a fault report or an alarm
//! is decided elsewhere. What happens in any room – lamps going off, somebody close to the lens, a lorry in front – is no condition.

mod condition;
mod measures;

use std::hash::{DefaultHasher, Hasher};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    picture::Picture,
    view::{EdgeField, ReferenceEdges},
};

use condition::Held;
pub use condition::{Condition, ConditionChange, ConditionStep};
pub(crate) use measures::is_grey;
pub use measures::{BLOCKS, Measures};

/// Lines of the scene below which the view is lost, and above which it is there again.
const VIEW_LOST: f32 = 0.3;
const VIEW_THERE: f32 = 0.45;
/// Sharpness below this share of the usual one is out of focus, in so many of the picture's blocks.
const BLURRED_SHARE: f32 = 0.5;
const BLURRED_BLOCKS: f32 = 0.75;
/// Spread of brightness below this share of the usual one is a covered lens.
const COVERED_SHARE: f32 = 0.3;
/// Spread of brightness (grey levels) of a lens that something lies on, whatever the scene was.
const FLAT_SPREAD: f32 = 3.0;
/// Mean difference (grey levels) up to which two pictures are the same but for the encoder's last bits.
const SAME_LEVELS: f32 = 0.05;
/// Share of a new look in what is usual.
const FOLLOW: f32 = 1.0 / 32.0;
/// A view that was lost and then stays as it is for this long is the camera's new view: somebody turned it on purpose and left it.
pub const NEW_VIEW_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// What is known about one camera's pictures.
#[derive(Debug, Clone, Default)]
pub struct Health {
    counts: Counts,
    held: Vec<Held>,
    measures: Measures,
    usual: Option<Usual>,
    reference: ReferenceEdges,
    last: Option<Last>,
    lost_since: Option<Timestamp>,
    shows_something_else: bool,
}

/// Key frames counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Key frames turned into pictures.
    pub decoded: u64,
    /// Key frames that could not be decoded.
    pub undecodable: u64,
    /// Of these, how many since the last picture.
    pub undecodable_in_a_row: u32,
}

/// Spread and sharpness of the scene as it usually is.
#[derive(Debug, Clone, Copy)]
struct Usual {
    spread: f32,
    sharpness: [f32; BLOCKS],
}

impl Usual {
    fn is_blurred(&self, now: &Measures) -> bool {
        let pairs = now.sharpness.iter().zip(&self.sharpness);
        let blurred = pairs.filter(|(now, usual)| **now < BLURRED_SHARE * **usual).count();
        blurred as f32 >= BLURRED_BLOCKS * BLOCKS as f32
    }

    fn follow(&mut self, now: &Measures) {
        let follow = |kept: &mut f32, new: f32| *kept += FOLLOW * (new - *kept);
        follow(&mut self.spread, now.spread);
        for (kept, new) in self.sharpness.iter_mut().zip(now.sharpness) {
            follow(kept, new);
        }
    }
}

#[derive(Debug, Clone)]
struct Last {
    hash: u64,
    luma: Vec<u8>,
    same_in_a_row: u32,
    identical_in_a_row: u32,
}

impl Health {
    /// Key frames counted so far.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Figures of the newest picture.
    pub const fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Since when a condition holds; `None` while it does not, or not for long enough to say so.
    pub fn since(&self, condition: Condition) -> Option<Timestamp> {
        self.held.iter().find(|held| held.condition == condition).and_then(Held::told_since)
    }

    /// Every condition that holds, with the time it began.
    pub fn conditions(&self) -> Vec<(Condition, Timestamp)> {
        Condition::ALL.into_iter().filter_map(|c| Some((c, self.since(c)?))).collect()
    }

    /// Whether the newest picture shows anything but the scene, however short: a hand before the lens, black, a turned camera.
    pub const fn shows_something_else(&self) -> bool {
        self.shows_something_else
    }

    /// Takes a decoded picture and its medium luma picture; what began or ended by it, and the picture's lines for others to use.
    pub fn decoded(
        &mut self,
        at: Timestamp,
        picture: &Picture,
        medium: &[u8],
    ) -> (Vec<ConditionChange>, EdgeField) {
        self.counts.decoded += 1;
        self.counts.undecodable_in_a_row = 0;
        self.measures = Measures::of(picture, medium);
        let edges = EdgeField::of(medium);
        let kept = self.reference.kept(&edges);
        let still = self.compare_with_last(picture, medium);
        let present = self.present(kept, still);
        self.shows_something_else = !matches!(present, None | Some(Condition::Frozen));
        self.learn(at, kept, present, &edges);
        if self.held.is_empty() {
            self.held = Condition::ALL.map(Held::new).into();
        }
        let changes = self
            .held
            .iter_mut()
            .filter_map(|held| held.observe(at, present == Some(held.condition)))
            .collect();
        (changes, edges)
    }

    /// Takes note of a key frame that could not be decoded.
    pub fn undecodable(&mut self) {
        self.counts.undecodable += 1;
        self.counts.undecodable_in_a_row = self.counts.undecodable_in_a_row.saturating_add(1);
    }

    /// The one condition that this look shows: of several the one that explains the others.
    fn present(&self, kept: f32, still: Stillness) -> Option<Condition> {
        let m = &self.measures;
        if m.is_black() {
            return Some(Condition::Black);
        }
        if m.is_washed_out() {
            return Some(Condition::WashedOut);
        }
        let usual_spread = self.usual.map_or(0.0, |usual| usual.spread);
        let view_is_lost = self.reference.is_known() && kept < VIEW_LOST;
        // A scene that never had lines or spread (a white wall) cannot be told from a covered lens.
        if m.spread < FLAT_SPREAD.max(COVERED_SHARE * usual_spread)
            && usual_spread > 2.0 * FLAT_SPREAD
            && kept < VIEW_THERE
        {
            return Some(Condition::Covered);
        }
        if self.usual.is_some_and(|usual| usual.is_blurred(m)) {
            return Some(Condition::Blurred);
        }
        if view_is_lost && still.mostly_calm {
            return Some(Condition::Moved);
        }
        // Bit for bit the same now and then happens to a quiet scene under a strong encoder; a stopped picture stays so.
        still.is_frozen().then_some(Condition::Frozen)
    }

    fn compare_with_last(&mut self, picture: &Picture, medium: &[u8]) -> Stillness {
        let mut hasher = DefaultHasher::new();
        hasher.write(picture.planes()[0]);
        let hash = hasher.finish();
        let Some(last) = &mut self.last else {
            self.last = Some(Last { hash, luma: medium.to_vec(), same_in_a_row: 0, identical_in_a_row: 0 });
            return Stillness::default();
        };
        let difference = measures::mean_difference(&last.luma, medium);
        let identical = last.hash == hash;
        last.same_in_a_row = if difference <= SAME_LEVELS { last.same_in_a_row + 1 } else { 0 };
        last.identical_in_a_row = if identical {
            last.identical_in_a_row + 1
        } else if last.same_in_a_row > 0 {
            last.identical_in_a_row
        } else {
            0
        };
        let mostly_calm = measures::calm_share(&last.luma, medium) >= 0.5;
        last.hash = hash;
        last.luma.clear();
        last.luma.extend_from_slice(medium);
        Stillness { same: last.same_in_a_row, identical: last.identical_in_a_row, mostly_calm }
    }

    /// What is usual follows looks at the scene as it is; while the view is lost it waits.
    fn learn(&mut self, at: Timestamp, kept: f32, present: Option<Condition>, edges: &EdgeField) {
        let is_scene = present.is_none() && (kept >= VIEW_THERE || !self.reference.is_known());
        if is_scene {
            self.lost_since = None;
            self.reference.follow(edges);
            let Measures { spread, sharpness, .. } = self.measures;
            self.usual.get_or_insert(Usual { spread, sharpness }).follow(&self.measures);
            return;
        }
        let since = *self.lost_since.get_or_insert(at);
        let is_new_view = present == Some(Condition::Moved) && at.duration_since(since) >= NEW_VIEW_AFTER;
        if is_new_view {
            *self = Self {
                counts: self.counts,
                held: std::mem::take(&mut self.held),
                measures: self.measures,
                last: self.last.take(),
                ..Self::default()
            };
        }
    }
}

/// How this picture compares with the one before.
#[derive(Debug, Clone, Copy, Default)]
struct Stillness {
    same: u32,
    identical: u32,
    mostly_calm: bool,
}

impl Stillness {
    /// Looks in a row that are the same, and how many of them bit for bit.
    const SAME_LOOKS: u32 = 2;
    const IDENTICAL_LOOKS: u32 = 1;

    const fn is_frozen(self) -> bool {
        self.same >= Self::SAME_LOOKS && self.identical >= Self::IDENTICAL_LOOKS
    }
}

#[cfg(test)]
mod tests;
