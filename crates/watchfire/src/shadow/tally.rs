//! What two models would have told of the same recordings, counted and printed.

use std::fmt;

use jiff::Timestamp;
use serde_json::json;
use vision::Kind;

/// Events named on the terminal; the rest are counted.
const NAMED_MAX: usize = 50;

/// Something that at least one model would have confirmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// When the first of them would have confirmed it.
    pub at: Timestamp,
    /// Unit and camera.
    pub camera: String,
    /// Score by the serving and the tried model; none where it would have said nothing.
    pub scores: [Option<f32>; 2],
}

/// Looks of one kind: told by neither, by the serving model alone, by the tried one alone, by both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Looks {
    neither: usize,
    serving: usize,
    tried: usize,
    both: usize,
}

/// Everything that was compared.
#[derive(Debug)]
pub struct Tally {
    versions: [String; 2],
    /// Recorded files there are.
    pub files_found: usize,
    /// Files that were opened.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Key frames that both models looked at.
    pub looks: usize,
    /// Key frames that gave no picture.
    pub undecodable: usize,
    /// Key frames of files that were looked at closely.
    pub close_looks: usize,
    /// What would have been confirmed.
    pub events: Vec<Event>,
    by_kind: [Looks; Kind::ALL.len()],
}

impl Tally {
    /// Nothing counted yet, for a serving and a tried version.
    pub fn new(versions: [String; 2]) -> Self {
        Self {
            versions,
            files_found: 0,
            files: 0,
            unreadable: 0,
            looks: 0,
            undecodable: 0,
            close_looks: 0,
            events: Vec::new(),
            by_kind: [Looks::default(); Kind::ALL.len()],
        }
    }

    /// Counts one look: whether the serving and the tried model tell the kind.
    pub fn look(&mut self, kind: Kind, told: [bool; 2]) {
        let looks = &mut self.by_kind[kind.index()];
        *match told {
            [false, false] => &mut looks.neither,
            [true, false] => &mut looks.serving,
            [false, true] => &mut looks.tried,
            [true, true] => &mut looks.both,
        } += 1;
    }

    fn events_by(&self, serving: bool, tried: bool) -> usize {
        let is = |event: &&Event| event.scores.map(|score| score.is_some()) == [serving, tried];
        self.events.iter().filter(is).count()
    }

    /// As one JSON object.
    pub fn in_json(&self) -> String {
        let looks: serde_json::Map<String, serde_json::Value> = Kind::ALL
            .into_iter()
            .map(|kind| {
                let Looks { neither, serving, tried, both } = self.by_kind[kind.index()];
                let counts =
                    json!({ "neither": neither, "serving_only": serving, "tried_only": tried, "both": both });
                (kind.as_str().to_owned(), counts)
            })
            .collect();
        let events: Vec<_> = self
            .events
            .iter()
            .map(|event| {
                json!({
                    "kind": event.kind.as_str(),
                    "at": event.at.to_string(),
                    "camera": event.camera,
                    "serving": event.scores[0],
                    "tried": event.scores[1],
                })
            })
            .collect();
        json!({
            "serving": self.versions[0],
            "tried": self.versions[1],
            "files": self.files,
            "files_found": self.files_found,
            "files_unreadable": self.unreadable,
            "looks": self.looks,
            "undecodable": self.undecodable,
            "close_looks": self.close_looks,
            "by_kind": looks,
            "events": events,
        })
        .to_string()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "serving {}\ntried   {}", self.versions[0], self.versions[1])?;
        writeln!(
            f,
            "{} of {} recorded files, {} looks, {} more where something was suspected; {} files and {} key frames unreadable",
            self.files, self.files_found, self.looks, self.close_looks, self.unreadable, self.undecodable
        )?;
        writeln!(f, "\nsingle looks at the thresholds of a confirmation")?;
        writeln!(f, "kind        agree   both  serving only  tried only")?;
        for kind in Kind::ALL {
            let Looks { neither, serving, tried, both } = self.by_kind[kind.index()];
            let share = match self.looks {
                0 => "–".to_owned(),
                looks => format!("{:.2} %", (neither + both) as f64 * 100.0 / looks as f64),
            };
            writeln!(f, "{:10} {share:>8} {both:5}  {serving:12}  {tried:10}", kind.as_str())?;
        }
        let [both, serving, tried] =
            [self.events_by(true, true), self.events_by(true, false), self.events_by(false, true)];
        writeln!(
            f,
            "\nwould have been confirmed: {both} by both, {serving} by the serving model alone, {tried} by the tried one alone"
        )?;
        for event in self.events.iter().take(NAMED_MAX) {
            let [one, two] =
                event.scores.map(|score| score.map_or("–".to_owned(), |score| format!("{score:.2}")));
            writeln!(
                f,
                "    {} {} {}: serving {one}, tried {two}",
                event.at,
                event.kind.as_str(),
                event.camera
            )?;
        }
        if self.events.len() > NAMED_MAX {
            writeln!(f, "    and {} more (--json has all)", self.events.len() - NAMED_MAX)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_and_what_only_one_tells_are_counted() {
        let mut tally = Tally::new(["a".to_owned(), "b".to_owned()]);
        for told in [[false, false], [true, true], [true, false], [false, true]] {
            tally.look(Kind::Smoke, told);
            tally.looks += 1;
        }
        let event = |scores| Event {
            kind: Kind::Smoke,
            at: Timestamp::UNIX_EPOCH,
            camera: "甲 · 乙".to_owned(),
            scores,
        };
        tally.events = vec![event([Some(0.9), Some(0.8)]), event([None, Some(0.7)])];
        let text = tally.to_string();
        assert!(text.contains("smoke       50.00 %     1             1           1"), "{text}");
        assert!(text.contains("1 by both, 0 by the serving model alone, 1 by the tried one alone"));
        assert!(text.contains("甲 · 乙: serving –, tried 0.70"));
        let json: serde_json::Value = serde_json::from_str(&tally.in_json()).unwrap();
        assert_eq!(json["by_kind"]["smoke"]["tried_only"], 1);
        assert_eq!(json["events"].as_array().map(Vec::len), Some(2));
    }
}
