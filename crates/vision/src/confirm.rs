//! Temporal confirmation: one look is a hint, several looks that agree are an observation.
//!
//! For each kind a camera keeps its last few looks. A kind becomes *suspect* when two recent looks agree, and
//! *confirmed* when enough of the last looks agree in one place over enough time and some of them are sure: a high score where the
//! picture is changing.
//! Each is told once; after that the kind stays told until it has been absent for a while. Where it is asked for, what is confirmed and goes on
//! is told again at a stated interval. A pure state machine: time comes in with each look, and looks from a clock that was put back since
//! are forgotten.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::{
    model::Thresholds,
    observation::{Certainty, Detection, Kind, Rect},
};

/// How many looks, how long, how near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Newest looks that count (M).
    pub looks: usize,
    /// Looks among them that must reach the suspect threshold in one place (N).
    pub agreeing: usize,
    /// Looks among those that must also reach the confirm threshold where the picture is changing.
    pub sure: usize,
    /// Least time from the first agreeing look to the newest; looks that agree without a long pause belong together, however many they are. Keeps a burst of near-identical frames from
    /// confirming itself.
    pub persistence: SignedDuration,
}

/// Change (grey levels, [`crate::gate::Gate::change_in`]) at or above which an area is alive. Noise and the encoder make
/// about 1; posters, lamps and orange walls stay below.
pub const ALIVE_LEVELS: f32 = 3.0;
/// Looks older than this say nothing about now.
pub const MEMORY: SignedDuration = SignedDuration::from_secs(40);
/// A longer pause between two agreeing looks, and the later one begins anew.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);
/// Looks remembered at most: ten seconds of a close look, minutes of key frames.
const REMEMBERED: usize = 32;
/// A kind that was told is told again only after it has been absent for this long.
pub const REARM: SignedDuration = SignedDuration::from_secs(30);
/// Agreeing areas may be this far apart (share of the picture): flames and plumes move within it.
pub const POSITION_MARGIN: f32 = 0.08;
/// Agreeing looks that make a suspicion.
const SUSPECT_LOOKS: usize = 2;

impl Rule {
    /// Flame: three agreeing looks of the last five, two of them sure.
    pub const FLAME: Self =
        Self { looks: 5, agreeing: 3, sure: 2, persistence: SignedDuration::from_millis(1500) };
    /// A flame that is held or tended: as flame, since what burns flickers alike.
    pub const OPEN_FLAME: Self = Self::FLAME;
    /// Smoke is harder to tell from haze and steam: four of six, three of them sure. By key frames that takes four to eight seconds.
    pub const SMOKE: Self =
        Self { looks: 6, agreeing: 4, sure: 3, persistence: SignedDuration::from_millis(1500) };
}

/// Something the looks agree on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sighting {
    /// What.
    pub kind: Kind,
    /// Suspect or confirmed.
    pub certainty: Certainty,
    /// Highest score among the agreeing looks.
    pub score: f32,
    /// The strongest area of this look.
    pub rect: Rect,
    /// Time of this look.
    pub at: Timestamp,
    /// Time of the first agreeing look.
    pub first_seen_at: Timestamp,
    /// Told before, and seen on since.
    pub is_again: bool,
}

/// One kind on one camera.
#[derive(Debug, Clone)]
pub struct Confirmation {
    kind: Kind,
    rule: Rule,
    suspect: f32,
    confirm: f32,
    recent: VecDeque<Seen>,
    told: Option<Certainty>,
    /// What is confirmed and goes on is told again after this; none: it is not.
    again_after: Option<SignedDuration>,
    confirmed_at: Option<Timestamp>,
    last_support: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Timestamp,
    score: f32,
    sure: bool,
    rect: Option<Rect>,
}

impl Confirmation {
    /// A camera's state for one kind, with nothing seen yet.
    pub fn new(kind: Kind, thresholds: &Thresholds) -> Self {
        let rule = match kind {
            Kind::Flame => Rule::FLAME,
            Kind::Smoke => Rule::SMOKE,
            Kind::OpenFlame => Rule::OPEN_FLAME,
        };
        Self {
            kind,
            rule,
            suspect: thresholds.suspect[kind.index()],
            confirm: thresholds.confirm[kind.index()],
            recent: VecDeque::with_capacity(REMEMBERED),
            told: None,
            again_after: None,
            confirmed_at: None,
            last_support: None,
        }
    }

    /// From now on, tells again what it goes on seeing, each time that so much time has passed.
    pub fn tell_again(&mut self, after: SignedDuration) {
        self.again_after = Some(after);
    }

    /// Whether recent looks support the kind: then the next picture deserves a look whatever the gate says.
    pub fn is_open(&self) -> bool {
        self.recent.iter().rev().take(self.rule.looks).any(|seen| seen.rect.is_some())
    }

    /// Whether a look counts towards the kind.
    pub fn is_supported_by(&self, detection: &Detection) -> bool {
        detection.score >= self.suspect
    }

    /// Takes the next look and tells what became certain by it. `change_in` says how much an area of this look's
    /// picture changed, in grey levels.
    pub fn observe(
        &mut self,
        at: Timestamp,
        detection: &Detection,
        change_in: impl Fn(Rect) -> f32,
    ) -> Option<Sighting> {
        debug_assert_eq!(detection.kind, self.kind);
        let supports = self.is_supported_by(detection);
        let rect = supports.then(|| detection.regions.first().map_or(Rect::WHOLE, |r| r.rect));
        self.forget(at);
        let sure = detection.score >= self.confirm && rect.is_some_and(|r| change_in(r) >= ALIVE_LEVELS);
        self.recent.push_back(Seen { at, score: detection.score, sure, rect });
        if let Some(rect) = rect {
            self.last_support = Some(at);
            self.weigh(at, rect)
        } else {
            self.rearm(at);
            None
        }
    }

    fn forget(&mut self, at: Timestamp) {
        while self.recent.len() >= REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.retain(|seen| seen.at <= at && at.duration_since(seen.at) <= MEMORY);
        // A clock that was put back must not keep a fire waiting until it has caught up.
        self.last_support = self.last_support.map(|last| last.min(at));
        self.confirmed_at = self.confirmed_at.map(|told| told.min(at));
    }

    fn rearm(&mut self, at: Timestamp) {
        if self.last_support.is_none_or(|last| at.duration_since(last) >= REARM) {
            self.told = None;
        }
    }

    fn weigh(&mut self, at: Timestamp, rect: Rect) -> Option<Sighting> {
        let agrees = |seen: &&Seen| seen.rect.is_some_and(|r| r.near(rect, POSITION_MARGIN));
        let agreeing: Vec<&Seen> = self.recent.iter().rev().take(self.rule.looks).filter(agrees).collect();
        let sure = agreeing.iter().filter(|s| s.sure).count();
        let first_seen_at = self
            .recent
            .iter()
            .rev()
            .filter(agrees)
            .fold(at, |first, seen| if first.duration_since(seen.at) <= PAUSE { seen.at } else { first });
        let confirmed = agreeing.len() >= self.rule.agreeing
            && sure >= self.rule.sure
            && at.duration_since(first_seen_at) >= self.rule.persistence;
        let certainty = if confirmed {
            Certainty::Confirmed
        } else if agreeing.len() >= SUSPECT_LOOKS {
            Certainty::Suspect
        } else {
            return None;
        };
        let is_again = self.told == Some(Certainty::Confirmed);
        if self.told.is_some_and(|told| told >= certainty) && !self.is_due_again(at, certainty) {
            return None;
        }
        let score = agreeing.iter().map(|s| s.score).fold(0.0, f32::max);
        self.told = Some(certainty);
        if certainty == Certainty::Confirmed {
            self.confirmed_at = Some(at);
        }
        Some(Sighting { kind: self.kind, certainty, score, rect, at, first_seen_at, is_again })
    }

    fn is_due_again(&self, at: Timestamp, certainty: Certainty) -> bool {
        let due = self.again_after.zip(self.confirmed_at);
        certainty == Certainty::Confirmed && due.is_some_and(|(after, told)| at.duration_since(told) >= after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Region;

    const THRESHOLDS: Thresholds = Thresholds { suspect: [0.5; 3], confirm: [0.9; 3] };
    const HERE: Rect = Rect { x: 0.4, y: 0.4, w: 0.1, h: 0.1 };
    const ELSEWHERE: Rect = Rect { x: 0.8, y: 0.0, w: 0.1, h: 0.1 };

    /// Milliseconds, score, place.
    type Told = (i64, f32, Rect);

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap()
    }

    fn seen(kind: Kind, score: f32, rect: Rect) -> Detection {
        Detection { kind, score, regions: vec![Region { rect, score }] }
    }

    /// Feeds looks and lists (milliseconds, certainty) of what was told.
    fn story(kind: Kind, looks: &[Told]) -> Vec<(i64, Certainty)> {
        story_with_change(kind, looks, 20.0)
    }

    fn story_with_change(kind: Kind, looks: &[Told], change: f32) -> Vec<(i64, Certainty)> {
        let mut state = Confirmation::new(kind, &THRESHOLDS);
        looks
            .iter()
            .filter_map(|&(ms, score, rect)| {
                state.observe(at(ms), &seen(kind, score, rect), |_| change).map(|s| (ms, s.certainty))
            })
            .collect()
    }

    #[test]
    fn a_fire_is_confirmed_by_its_third_key_frame() {
        use Certainty::{Confirmed, Suspect};
        for spacing in [1000, 2000] {
            let looks: Vec<_> = (0..4).map(|i| (i * spacing, 0.97, HERE)).collect();
            let told = story(Kind::Flame, &looks);
            assert_eq!(told, [(spacing, Suspect), (2 * spacing, Confirmed)], "{spacing} ms");
        }
    }

    #[test]
    fn what_does_not_last_or_stay_or_convince_is_not_confirmed() {
        let cases: [(&str, Vec<Told>); 5] = [
            ("one look", vec![(0, 0.99, HERE), (2000, 0.1, HERE), (4000, 0.1, HERE)]),
            ("two looks", vec![(0, 0.99, HERE), (2000, 0.99, HERE), (4000, 0.1, HERE), (6000, 0.1, HERE)]),
            (
                "jumps about",
                vec![(0, 0.99, HERE), (2000, 0.99, ELSEWHERE), (4000, 0.1, HERE), (6000, 0.99, HERE)],
            ),
            ("never sure", (0..20).map(|i| (i * 2000, 0.7, HERE)).collect()),
            ("a burst of frames", (0..5).map(|i| (i * 40, 0.99, HERE)).collect()),
        ];
        for (name, looks) in cases {
            let told = story(Kind::Flame, &looks);
            assert!(told.iter().all(|(_, c)| *c == Certainty::Suspect), "{name}: {told:?}");
        }
    }

    #[test]
    fn a_poster_of_a_fire_stays_a_suspicion() {
        let looks: Vec<_> = (0..60).map(|i| (i * 2000, 0.99, HERE)).collect();
        assert_eq!(story_with_change(Kind::Flame, &looks, 1.0), [(2000, Certainty::Suspect)]);
    }

    #[test]
    fn smoke_takes_four_looks() {
        let looks: Vec<_> = (0..6).map(|i| (i * 2000, 0.97, HERE)).collect();
        assert_eq!(story(Kind::Smoke, &looks).last(), Some(&(6000, Certainty::Confirmed)));
    }

    #[test]
    fn smoke_that_is_looked_at_closely_is_confirmed_in_less_than_two_seconds() {
        let looks: Vec<_> = (0..9).map(|i| (i * 400, 0.97, HERE)).collect();
        assert_eq!(story(Kind::Smoke, &looks).last(), Some(&(1600, Certainty::Confirmed)));
        let pause: Vec<_> = [0, 12_000, 12_400, 12_800].map(|ms| (ms, 0.97, HERE)).into();
        assert!(story(Kind::Smoke, &pause).iter().all(|(_, c)| *c == Certainty::Suspect));
    }

    #[test]
    fn a_fire_that_goes_on_is_told_once_and_again_after_it_was_gone() {
        let burning = |from: i64, to: i64| (from..to).map(|s| (s * 2000, 0.97, HERE));
        let quiet = (30..50).map(|s| (s * 2000, 0.02, HERE));
        let looks: Vec<_> = burning(0, 30).chain(quiet).chain(burning(50, 60)).collect();
        let confirmed: Vec<i64> = story(Kind::Flame, &looks)
            .into_iter()
            .filter(|(_, c)| *c == Certainty::Confirmed)
            .map(|(ms, _)| ms)
            .collect();
        assert_eq!(confirmed, [4000, 104_000]);
    }

    /// Feeds looks two seconds apart from second to second, and lists when it was confirmed and whether that was a repeat.
    fn repeats(spans: &[(i64, i64, f32)], again_s: Option<i64>) -> Vec<(i64, bool)> {
        let mut state = Confirmation::new(Kind::Flame, &THRESHOLDS);
        if let Some(s) = again_s {
            state.tell_again(SignedDuration::from_secs(s));
        }
        let mut told = Vec::new();
        for (from_s, to_s, score) in spans {
            for s in (*from_s..*to_s).step_by(2) {
                let sighting = state.observe(at(s * 1000), &seen(Kind::Flame, *score, HERE), |_| 20.0);
                told.extend(
                    sighting.filter(|one| one.certainty == Certainty::Confirmed).map(|one| (s, one.is_again)),
                );
            }
        }
        told
    }

    #[test]
    fn a_fire_that_goes_on_is_told_again_each_minute_where_that_is_asked_for() {
        let burns = [(0, 200, 0.97)];
        assert_eq!(repeats(&burns, None), [(4, false)]);
        assert_eq!(repeats(&burns, Some(60)), [(4, false), (64, true), (124, true), (184, true)]);
        // Gone for half a minute, it is a new one; a glow below the confirm threshold is no repeat.
        let gone = [(0, 20, 0.97), (20, 60, 0.02), (60, 130, 0.97)];
        assert_eq!(repeats(&gone, Some(60)), [(4, false), (64, false), (124, true)]);
        let glows = [(0, 20, 0.97), (20, 120, 0.6), (120, 130, 0.97)];
        assert_eq!(repeats(&glows, Some(60)), [(4, false), (122, true)]);
    }

    #[test]
    fn a_clock_that_is_put_back_an_hour_keeps_no_fire_waiting() {
        let hour = 3600;
        let burns_on = [(hour, hour + 20, 0.97), (0, 80, 0.97)];
        assert_eq!(repeats(&burns_on, Some(60)), [(hour + 4, false), (60, true)]);
        // One that went out before, and one that begins after: told when it is seen, not an hour later.
        let begins = [(hour, hour + 10, 0.02), (0, 10, 0.97)];
        assert_eq!(repeats(&begins, None), [(4, false)]);
        let again = [(hour, hour + 10, 0.97), (0, 40, 0.02), (40, 50, 0.97)];
        assert_eq!(repeats(&again, None), [(hour + 4, false), (44, false)]);
    }

    #[test]
    fn a_gap_of_one_frame_does_not_lose_the_fire() {
        let looks = [(0, 0.97, HERE), (2000, 0.2, HERE), (4000, 0.97, HERE), (6000, 0.6, HERE)];
        assert_eq!(story(Kind::Flame, &looks).last(), Some(&(6000, Certainty::Confirmed)));
    }

    #[test]
    fn looks_long_ago_do_not_count() {
        let looks: Vec<_> = (0..6).map(|i| (i * 60_000, 0.97, HERE)).collect();
        assert!(story(Kind::Flame, &looks).is_empty());
    }
}
