//! Who is there over time: people counted minute by minute, and four things about a duty room that one picture cannot tell.
//!
//! A state machine over looks at one camera. Each look brings a time, the objects of [`crate::People`] and the small luma picture; out come a
//! [`PresenceMinute`] whenever a minute is over, and events: nobody for a while, a person who does not move at all, pictures that come again,
//! a switched light that shows or does not. It tells what is seen, never what it means: whether an empty room is a fault, whether a still person
//! sleeps, is ill or made of plastic, whether equal pictures are a fraud or a hung camera, is decided by others. It knows nobody: boxes are not
//! joined to names, and a person who leaves and comes back is another box.
//!
//! Unwatched time proves nothing: after a pause between looks every hold begins anew. Time comes in as an argument.

mod lights;
mod repeats;
mod stillness;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    observation::Rect,
    people::{Object, ObjectKind},
};
use lights::{Answer, Lights};
use repeats::Repeats;
use stillness::Stillness;

/// A longer pause between looks is unwatched time. Cameras give a key frame every one to eight seconds.
pub const PAUSE_MAX: SignedDuration = SignedDuration::from_secs(30);
const MINUTE_S: i64 = 60;
/// Looks of one minute that count; more than ten a second say nothing more.
const LOOKS_PER_MINUTE_MAX: usize = 600;

/// How long things must hold before they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenceRules {
    /// People who ought to be there; fewer make a minute [`PresenceMinute::too_few`].
    pub required: u32,
    /// Nobody seen for this long.
    pub nobody_hold: SignedDuration,
    /// A person without any movement for this long. People who sit, doze or read move within a minute or two.
    pub still_hold: SignedDuration,
    /// Pictures equal to the bit for this long; sensor noise changes every real picture.
    pub identical_hold: SignedDuration,
    /// A switched light must show within this time; cameras follow light within seconds and hide the step again.
    pub light_within: SignedDuration,
}

impl Default for PresenceRules {
    fn default() -> Self {
        Self {
            required: 1,
            nobody_hold: SignedDuration::from_secs(60),
            still_hold: SignedDuration::from_secs(180),
            identical_hold: SignedDuration::from_secs(20),
            light_within: SignedDuration::from_secs(12),
        }
    }
}

impl PresenceRules {
    /// Short holds, for clips and demonstrations of a minute or less.
    pub const fn brief() -> Self {
        Self {
            required: 1,
            nobody_hold: SignedDuration::from_secs(6),
            still_hold: SignedDuration::from_secs(15),
            identical_hold: SignedDuration::from_secs(5),
            light_within: SignedDuration::from_secs(12),
        }
    }
}

/// What the looks of one minute showed. Minutes without a look are not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PresenceMinute {
    /// Beginning of the minute.
    pub minute: Timestamp,
    /// Looks in it; the fewer, the less it says.
    pub looks: u32,
    /// Fewest people in a look.
    pub people_min: u32,
    /// People in the middle look when they are sorted by number; of two middle ones the smaller.
    pub people_median: u32,
    /// Most people in a look.
    pub people_max: u32,
    /// No look showed anybody.
    pub empty: bool,
    /// The median is below [`PresenceRules::required`].
    pub too_few: bool,
    /// Seconds during which people were seen and none of them moved.
    pub motionless_s: u32,
}

/// Something that became so by the last look. Each is told once, and again only after it has ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PresenceEvent {
    /// Nobody seen for [`PresenceRules::nobody_hold`].
    Nobody {
        /// First look without anybody.
        since: Timestamp,
    },
    /// Somebody is seen again after [`Self::Nobody`].
    Somebody {
        /// First look without anybody.
        nobody_since: Timestamp,
    },
    /// A box of a person in which nothing moved for [`PresenceRules::still_hold`]: somebody very quiet, or something that only looks like a
    /// person.
    PersonStill {
        /// Last movement, or the first look at this box.
        since: Timestamp,
        /// Where.
        #[serde(rename = "box")]
        rect: Rect,
    },
    /// Pictures equal to the bit for [`PresenceRules::identical_hold`].
    Identical {
        /// First of the equal pictures.
        since: Timestamp,
    },
    /// Pictures come again in the order they came before.
    Repeating {
        /// First of those that came again.
        since: Timestamp,
        /// Time after which they come again, in seconds.
        period_s: f32,
    },
    /// The picture became brighter or darker after a light was switched.
    LightAnswered {
        /// When the switch was commanded.
        commanded_at: Timestamp,
        /// Time until the first look that shows it, in seconds.
        after_s: f32,
        /// Step of the median of the picture in grey levels, negative for darker.
        step: f32,
    },
    /// The picture did not become brighter or darker within [`PresenceRules::light_within`].
    LightUnanswered {
        /// When the switch was commanded.
        commanded_at: Timestamp,
        /// Largest step seen, in grey levels. Zero, too, when there was no look to compare with.
        step: f32,
    },
}

/// What one look showed by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PresenceLook {
    /// Each person's box, and for how long nothing in it has moved. By place: who gets up and sits down elsewhere is another box.
    pub people: Vec<(Rect, SignedDuration)>,
    /// Pictures have been equal to the bit for [`PresenceRules::identical_hold`].
    pub is_identical: bool,
    /// Pictures come again in the order they came before.
    pub is_repeating: bool,
}

/// What one look brought.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PresenceReport {
    /// What it showed; none for a look that does not count.
    pub look: Option<PresenceLook>,
    /// The minute that ended before this look.
    pub minute: Option<PresenceMinute>,
    /// What became so by this look.
    pub events: Vec<PresenceEvent>,
}

/// What is known about the people before one camera.
#[derive(Debug, Clone)]
pub struct PresenceWatch {
    rules: PresenceRules,
    last: Option<Timestamp>,
    minute: Option<Counting>,
    nobody: Nobody,
    stillness: Stillness,
    repeats: Repeats,
    lights: Lights,
}

/// A minute that is not over.
#[derive(Debug, Clone)]
struct Counting {
    minute: Timestamp,
    people: Vec<u32>,
    motionless: SignedDuration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nobody {
    /// Somebody was seen, or nothing was seen yet.
    No,
    Waiting(Timestamp),
    Told(Timestamp),
}

impl PresenceWatch {
    /// A camera nothing is known about yet.
    pub fn new(rules: PresenceRules) -> Self {
        Self {
            rules,
            last: None,
            minute: None,
            nobody: Nobody::No,
            stillness: Stillness::default(),
            repeats: Repeats::default(),
            lights: Lights::default(),
        }
    }

    /// The rules, to be changed: a roster may ask for more people at night. Holds that run are measured by the new ones.
    pub const fn rules_mut(&mut self) -> &mut PresenceRules {
        &mut self.rules
    }

    /// Takes note that a light was commanded to switch. A challenge that is still open is given up.
    pub fn light_commanded(&mut self, at: Timestamp) {
        self.lights.commanded(at);
    }

    /// Takes the next look: everything seen in the picture, and its small luma picture
    /// ([`crate::scale::Scaler::small_luma`]). A look that is not later than the last one is ignored.
    pub fn observe(&mut self, at: Timestamp, objects: &[Object], luma: &[u8]) -> PresenceReport {
        let mut report = PresenceReport::default();
        if self.last.is_some_and(|last| at <= last) {
            return report;
        }
        let since_last = self.last.map(|last| at.duration_since(last)).filter(|pause| *pause <= PAUSE_MAX);
        if since_last.is_none() {
            self.nobody = Nobody::No;
            self.stillness = Stillness::default();
            self.repeats.interrupted();
        }
        self.last = Some(at);
        let persons: Vec<Rect> = objects
            .iter()
            .filter(|object| object.kind == ObjectKind::Person)
            .map(|object| object.rect)
            .collect();

        report.minute = self.begin_minute(at);
        self.count_people(at, persons.len() as u32, &mut report.events);
        let stillness = self.stillness.observe(at, &persons, luma, self.rules.still_hold);
        report.events.extend(
            stillness.told.into_iter().map(|(since, rect)| PresenceEvent::PersonStill { since, rect }),
        );
        if let (Some(counting), Some(passed)) = (&mut self.minute, since_last)
            && !persons.is_empty()
            && !stillness.moved
        {
            counting.motionless += passed;
        }
        report.events.extend(self.repeats.observe(at, luma, self.rules.identical_hold));
        let identical_since = self.repeats.identical_since().unwrap_or(at);
        report.look = Some(PresenceLook {
            people: persons.into_iter().zip(stillness.still).collect(),
            is_identical: at.duration_since(identical_since) >= self.rules.identical_hold,
            is_repeating: self.repeats.is_repeating(),
        });
        report.events.extend(self.lights.observe(at, luma, self.rules.light_within).map(PresenceEvent::from));
        report
    }

    /// The minute that has begun, when nothing more will come.
    pub fn finish(&mut self) -> Option<PresenceMinute> {
        let required = self.rules.required;
        self.minute.take().map(|counting| counting.summary(required))
    }

    /// Begins a new minute if this time is in another one than the last; gives the one that ended.
    fn begin_minute(&mut self, at: Timestamp) -> Option<PresenceMinute> {
        let minute = minute_of(at);
        if self.minute.as_ref().is_some_and(|counting| counting.minute == minute) {
            return None;
        }
        let ended = self.finish();
        self.minute = Some(Counting { minute, people: Vec::new(), motionless: SignedDuration::ZERO });
        ended
    }

    fn count_people(&mut self, at: Timestamp, people: u32, events: &mut Vec<PresenceEvent>) {
        if let Some(counting) = &mut self.minute
            && counting.people.len() < LOOKS_PER_MINUTE_MAX
        {
            counting.people.push(people);
        }
        self.nobody = match (self.nobody, people) {
            (Nobody::No, 0) => Nobody::Waiting(at),
            (Nobody::Waiting(since), 0) if at.duration_since(since) >= self.rules.nobody_hold => {
                events.push(PresenceEvent::Nobody { since });
                Nobody::Told(since)
            }
            (unchanged, 0) => unchanged,
            (Nobody::Told(nobody_since), _) => {
                events.push(PresenceEvent::Somebody { nobody_since });
                Nobody::No
            }
            (Nobody::No | Nobody::Waiting(_), _) => Nobody::No,
        };
    }
}

impl Counting {
    fn summary(mut self, required: u32) -> PresenceMinute {
        self.people.sort_unstable();
        let at = |index: usize| self.people.get(index).copied().unwrap_or(0);
        let (median, most) =
            (at(self.people.len().saturating_sub(1) / 2), at(self.people.len().saturating_sub(1)));
        PresenceMinute {
            minute: self.minute,
            looks: self.people.len() as u32,
            people_min: at(0),
            people_median: median,
            people_max: most,
            empty: most == 0,
            too_few: median < required,
            motionless_s: self.motionless.as_secs().clamp(0, MINUTE_S) as u32,
        }
    }
}

impl From<Answer> for PresenceEvent {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Seen { commanded_at, after, step } => {
                Self::LightAnswered { commanded_at, after_s: after.as_secs_f32(), step }
            }
            Answer::NotSeen { commanded_at, step } => Self::LightUnanswered { commanded_at, step },
        }
    }
}

/// The beginning of the minute a time lies in.
fn minute_of(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(MINUTE_S)).unwrap_or(at)
}

#[cfg(test)]
mod tests;
