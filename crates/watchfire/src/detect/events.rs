//! From looks to events: what began, was confirmed and ended in a video or stream.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vision::{Certainty, ConditionStep, Kind, Look, PresenceEvent};

/// Something that was confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// `fire`, `smoke`, `camera_…`, `object_left`, …
    pub kind: String,
    /// First look that counted towards it, in seconds.
    pub start_s: f64,
    /// The look that settled it.
    pub confirmed_s: f64,
    /// Last look that showed it; while it goes on, the newest look.
    pub end_s: f64,
    /// Highest score of the looks that agree; 1 for what is measured and not judged by a model.
    pub p: f32,
    #[serde(skip)]
    start: Timestamp,
    #[serde(skip)]
    goes_on: bool,
}

/// Events in the order of their confirmation.
#[derive(Debug, Default)]
pub struct Events(Vec<Event>);

impl Events {
    /// Takes the next look; what it confirmed.
    pub fn take(&mut self, look: &Look) -> Vec<Event> {
        let now_s = second_of(look.at);
        for event in self.0.iter_mut().filter(|event| event.goes_on) {
            let kind = Kind::ALL.into_iter().find(|kind| event_kind(*kind) == event.kind);
            match kind {
                // A model's kind ends with the last look that supports it, which may come back within the pause.
                Some(kind) if look.supports(kind) => event.end_s = now_s,
                Some(_) => {}
                None => event.end_s = now_s,
            }
        }
        let known = self.0.len();
        for found in look.observations.iter().filter(|found| found.certainty == Certainty::Confirmed) {
            self.began(event_kind(found.kind).to_owned(), found.first_seen_at, found.at, found.score);
        }
        for change in &look.conditions {
            let kind = format!("camera_{}", change.condition.as_str());
            match change.step {
                ConditionStep::Began => self.began(kind, change.since, change.at, 1.0),
                ConditionStep::Ended => self.ended(&kind, change.since, change.at),
            }
        }
        for object in &look.left {
            match object.ended_at {
                None => self.began(OBJECT_LEFT.to_owned(), object.since, object.at, 1.0),
                Some(ended_at) => self.ended(OBJECT_LEFT, object.since, ended_at),
            }
        }
        for event in &look.presence.events {
            match *event {
                PresenceEvent::Nobody { since } => self.began(NOBODY.to_owned(), since, look.at, 1.0),
                PresenceEvent::Somebody { nobody_since } => self.ended(NOBODY, nobody_since, look.at),
                PresenceEvent::PersonStill { since, .. } => {
                    self.began(PERSON_STILL.to_owned(), since, look.at, 1.0);
                }
                // Equal pictures are told as a frozen camera; lights are not switched in a film.
                _ => {}
            }
        }
        self.0[known..].to_vec()
    }

    /// All events.
    pub fn into_events(self) -> Vec<Event> {
        self.0
    }

    fn began(&mut self, kind: String, start: Timestamp, confirmed: Timestamp, p: f32) {
        let confirmed_s = second_of(confirmed);
        let start_s = second_of(start);
        self.0.push(Event { kind, start_s, confirmed_s, end_s: confirmed_s, p, start, goes_on: true });
    }

    fn ended(&mut self, kind: &str, start: Timestamp, at: Timestamp) {
        for event in self.0.iter_mut().filter(|event| event.kind == kind && event.start == start) {
            (event.end_s, event.goes_on) = (second_of(at), false);
        }
    }
}

const OBJECT_LEFT: &str = "object_left";
const NOBODY: &str = "nobody";
const PERSON_STILL: &str = "person_still";

/// The word of an event for what the model sees.
pub const fn event_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Flame => "fire",
        Kind::Smoke | Kind::OpenFlame => kind.as_str(),
    }
}

/// Seconds of a time that counts from the beginning of a film.
pub fn second_of(at: Timestamp) -> f64 {
    at.as_microsecond() as f64 / 1e6
}
