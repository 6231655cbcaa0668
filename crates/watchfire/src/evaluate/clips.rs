//! Labelled clips: which events were told of which clip, and whether in time.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use vision::{CameraWatch, Worker};

use crate::detect::{Event, Events, look_through};

/// Name of the list in the folder.
pub const LIST: &str = "clips.jsonl";
/// A camera's fault has to be told so many seconds after it began.
const FAULT_WITHIN_S: f64 = 6.0;

/// One line of the list; other fields are ignored.
#[derive(Debug, Deserialize)]
struct LabelledClip {
    video: String,
    split: String,
    label: String,
    /// `[[start_s, end_s], …]` of what was made on purpose; other forms say nothing about times.
    events: Option<serde_json::Value>,
}

impl LabelledClip {
    fn path(&self, folder: &Path) -> PathBuf {
        folder.join("clips").join(&self.split).join(&self.video)
    }

    fn begins_s(&self) -> Option<f64> {
        self.events.as_ref()?.get(0)?.get(0)?.as_f64()
    }
}

/// What one line of the table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    FireOrSmokeCaught,
    FireOrSmokeFalse,
    FaultCaught,
    FaultFalse,
    LeftCaught,
    LeftFalse,
}

impl Question {
    const ALL: [Self; 6] = [
        Self::FireOrSmokeCaught,
        Self::FireOrSmokeFalse,
        Self::FaultCaught,
        Self::FaultFalse,
        Self::LeftCaught,
        Self::LeftFalse,
    ];

    const fn words(self) -> &'static str {
        match self {
            Self::FireOrSmokeCaught => "fire and smoke clips caught",
            Self::FireOrSmokeFalse => "fire or smoke told of clips without",
            Self::FaultCaught => "camera faults told by their kind within 6 s",
            Self::FaultFalse => "camera faults told of clips without",
            Self::LeftCaught => "left objects found",
            Self::LeftFalse => "left objects told that were taken again, or that nobody left",
        }
    }

    /// Whether yes is what one wants.
    const fn wants_yes(self) -> bool {
        matches!(self, Self::FireOrSmokeCaught | Self::FaultCaught | Self::LeftCaught)
    }
}

/// Answers of all clips.
#[derive(Debug, Default)]
pub struct Report {
    answers: Vec<(Question, bool, String)>,
}

/// Looks through every clip of the list.
pub fn measure(folder: &Path, worker: &mut Worker) -> anyhow::Result<Report> {
    let list = folder.join(LIST);
    let text = std::fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let mut report = Report::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let clip: LabelledClip =
            serde_json::from_str(line).with_context(|| format!("{} line {}", list.display(), number + 1))?;
        let path = clip.path(folder);
        let mut events = Events::default();
        let mut camera = CameraWatch::new(worker.model()).ungated().finding_left_objects();
        look_through(&path, worker, &mut camera, None, |looked| {
            events.take(looked.look);
        })
        .with_context(|| path.display().to_string())?;
        report.answers.extend(answers(&clip, &events.into_events()));
    }
    Ok(report)
}

fn answers(clip: &LabelledClip, events: &[Event]) -> Vec<(Question, bool, String)> {
    let told: Vec<String> = events.iter().map(|e| format!("{} at {:.1} s", e.kind, e.confirmed_s)).collect();
    let shown = format!(
        "{} ({}): {}",
        clip.video,
        clip.label,
        if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
    );
    let burning = |e: &&Event| matches!(e.kind.as_str(), "fire" | "smoke");
    let open_flame = |e: &&Event| e.kind == "open_flame";
    let burns = clip.label.contains("fire") || clip.label == "smoke";
    let in_time = |e: &&Event| clip.begins_s().is_none_or(|began| e.confirmed_s <= began + FAULT_WITHIN_S);
    let fire = if burns {
        // A flame in a hand is burning too, and told as what it is.
        let seen = events.iter().any(|e| burning(&e) || open_flame(&e));
        (Question::FireOrSmokeCaught, seen)
    } else {
        (Question::FireOrSmokeFalse, events.iter().any(|e| burning(&e)))
    };
    let faults: Vec<&Event> = events.iter().filter(|e| e.kind.starts_with("camera_")).collect();
    let fault = if clip.label.starts_with("camera_") {
        (Question::FaultCaught, faults.iter().any(|e| e.kind == clip.label && in_time(e)))
    } else {
        (Question::FaultFalse, !faults.is_empty())
    };
    let left = events.iter().any(|e| e.kind == "object_left");
    let left =
        if clip.label == "left_object" { (Question::LeftCaught, left) } else { (Question::LeftFalse, left) };
    [fire, fault, left].into_iter().map(|(question, yes)| (question, yes, shown.clone())).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for question in Question::ALL {
            let asked: Vec<_> = self.answers.iter().filter(|(q, ..)| *q == question).collect();
            let yes = asked.iter().filter(|(_, yes, _)| *yes).count();
            writeln!(f, "{:62} {yes:3} of {}", question.words(), asked.len())?;
            for (_, _, clip) in asked.iter().filter(|(_, yes, _)| *yes != question.wants_yes()) {
                writeln!(f, "    {clip}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, confirmed_s: f64) -> Event {
        serde_json::from_value(serde_json::json!({
            "kind": kind, "start_s": 0.0, "confirmed_s": confirmed_s, "end_s": confirmed_s, "p": 1.0
        }))
        .unwrap()
    }

    fn ask(label: &str, events: &[Event]) -> Vec<(Question, bool)> {
        let clip = LabelledClip {
            video: "a.mp4".to_owned(),
            split: "val".to_owned(),
            label: label.to_owned(),
            events: Some(serde_json::json!([[4.0, 12.0]])),
        };
        answers(&clip, events).into_iter().map(|(question, yes, _)| (question, yes)).collect()
    }

    #[test]
    fn a_fault_counts_by_its_kind_and_in_time() {
        let caught = |events: &[Event]| ask("camera_black", events)[1];
        assert_eq!(caught(&[event("camera_black", 6.0)]), (Question::FaultCaught, true));
        assert_eq!(caught(&[event("camera_black", 10.5)]), (Question::FaultCaught, false));
        assert_eq!(caught(&[event("camera_covered", 6.0)]), (Question::FaultCaught, false));
    }

    #[test]
    fn what_is_told_of_a_quiet_clip_is_false() {
        let told = [event("smoke", 3.0), event("object_left", 9.0)];
        let expected =
            [(Question::FireOrSmokeFalse, true), (Question::FaultFalse, false), (Question::LeftFalse, true)];
        assert_eq!(ask("cigarette_smoke", &told), expected);
        assert_eq!(ask("fire+smoke", &told)[0], (Question::FireOrSmokeCaught, true));
        assert_eq!(ask("fire", &[event("open_flame", 3.0)])[0], (Question::FireOrSmokeCaught, true));
    }
}
