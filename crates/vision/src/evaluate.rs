//! Measuring the model on labelled pictures: AUC, precision, recall, false-positive rate and average precision of the
//! boxes, in total and for each source, with 95 % intervals: Wilson's for shares, a bootstrap over groups for the AUC.
//!
//! The labels are one JSON object a line, as the training scripts read them. `null` means that the kind was not
//! annotated; such rows do not count for that kind. The labels know no open flame: what they call fire in the contexts of
//! [`OPEN_FLAME_CONTEXTS`] is one, and such rows do not count for fire.

mod bootstrap;

use std::{collections::BTreeMap, fmt, io, path::Path};

use domain::interval::{Interval, wilson};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    observation::{Detection, Kind, Rect},
    picture::{Picture, PictureError},
    pipeline::{LookError, Worker},
};

/// Labelled data that cannot be used.
#[derive(Debug, Error)]
pub enum EvaluateError {
    /// A file could not be read.
    #[error("{path}: {source}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A line of the labels is not as expected.
    #[error("{path} line {line}: {source}")]
    Label {
        /// Which file.
        path: String,
        /// Line, counted from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// A picture could not be read.
    #[error("{path}: {source}")]
    Picture {
        /// Which.
        path: String,
        /// Why.
        source: PictureError,
    },
    /// A picture could not be scored.
    #[error(transparent)]
    Look(#[from] LookError),
}

/// One line of the labels; other fields are ignored.
#[derive(Debug, Clone, Deserialize)]
pub struct LabelledPicture {
    /// Path relative to the folder of the labels.
    pub image: String,
    /// Where it came from.
    pub source: String,
    /// Pictures of one scene; of a picture without, the picture alone.
    #[serde(default)]
    pub group: Option<String>,
    /// Whether it shows fire; `None` when not annotated.
    pub fire: Option<bool>,
    /// Whether it shows smoke; `None` when not annotated.
    pub smoke: Option<bool>,
    /// What it was collected as, for example `cctv`.
    #[serde(default)]
    pub context: Option<String>,
    /// Boxes and what is in them; `None` when only the picture is labelled.
    #[serde(default)]
    pub boxes: Option<Vec<LabelledBox>>,
}

/// What is in it (`fire`, `smoke`), left, top, width, height as shares of the picture.
#[derive(Debug, Clone, Deserialize)]
pub struct LabelledBox(String, f32, f32, f32, f32);

/// Contexts whose fire is an [`Kind::OpenFlame`].
pub const OPEN_FLAME_CONTEXTS: [&str; 2] = ["small_flame", "controlled"];

impl LabelledPicture {
    fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(&self.image)
    }

    /// Whether it shows a kind; `None` when that is not annotated.
    pub fn label(&self, kind: Kind) -> Option<bool> {
        let held = self.fire == Some(true)
            && self.context.as_deref().is_some_and(|context| OPEN_FLAME_CONTEXTS.contains(&context));
        match kind {
            Kind::Flame if held => None,
            Kind::Flame => self.fire,
            Kind::Smoke => self.smoke,
            Kind::OpenFlame => self.fire.map(|_| held),
        }
    }

    /// The boxes of a kind; `None` when nobody drew any although it is there or may be.
    fn boxes(&self, kind: Kind) -> Option<Vec<Rect>> {
        let shown = self.label(kind)?;
        let word = if kind == Kind::Smoke { "smoke" } else { "fire" };
        let boxes = match &self.boxes {
            Some(boxes) if shown => boxes.iter().filter(|b| b.0 == word),
            None if shown => return None,
            _ => return Some(Vec::new()),
        };
        Some(boxes.map(|&LabelledBox(_, x, y, w, h)| Rect { x, y, w, h }).collect())
    }
}

/// Figures of one kind in one source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Pictures that show the kind.
    pub positives: usize,
    /// Pictures that do not.
    pub negatives: usize,
    /// Positives at or above the threshold.
    pub hits: usize,
    /// Negatives at or above the threshold.
    pub false_alarms: usize,
    /// Chance that a positive scores above a negative; `None` without both.
    pub auc: Option<f64>,
    /// Its 95 % interval over groups; `None` with too few of them.
    pub auc_interval: Option<Interval>,
    /// Area under the precision-recall curve of the boxes, a hit being an overlap (intersection over union) of at least
    /// [`LEAST_OVERLAP`]; `None` without drawn boxes.
    pub ap50: Option<f64>,
}

/// Overlap from which a found box hits a drawn one.
pub const LEAST_OVERLAP: f32 = 0.5;

/// Figures by kind and source; the source `all` is the total.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report(pub BTreeMap<Kind, BTreeMap<String, Figures>>);

/// Which threshold counts as a detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// [`crate::Thresholds::suspect`].
    Suspect,
    /// [`crate::Thresholds::confirm`].
    Confirm,
}

/// The figures of a labels file (for example `labels_val.jsonl`) in `folder`.
pub fn pictures(
    worker: &mut Worker,
    folder: &Path,
    labels_file: &str,
    level: Level,
) -> Result<Report, EvaluateError> {
    let scored = score(worker, folder, labels_file)?;
    Ok(report(&scored, limits(worker, level)))
}

/// The thresholds of a worker's model by which a picture counts as told, by [`Kind::index`].
pub fn limits(worker: &Worker, level: Level) -> [f32; Kind::ALL.len()] {
    let thresholds = worker.model().thresholds();
    match level {
        Level::Suspect => thresholds.suspect,
        Level::Confirm => thresholds.confirm,
    }
}

/// Scores every picture of a labels file in `folder`.
pub fn score(
    worker: &mut Worker,
    folder: &Path,
    labels_file: &str,
) -> Result<Vec<(LabelledPicture, Vec<Detection>)>, EvaluateError> {
    let labels_path = folder.join(labels_file);
    let text = read(&labels_path)?;
    let text = String::from_utf8_lossy(&text);
    let mut scored = Vec::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let label: LabelledPicture = serde_json::from_str(line).map_err(|source| EvaluateError::Label {
            path: labels_path.display().to_string(),
            line: i + 1,
            source,
        })?;
        let path = folder.join(&label.image);
        let picture = Picture::from_encoded(&read(&path)?)
            .map_err(|source| EvaluateError::Picture { path: path.display().to_string(), source })?;
        scored.push((label, worker.detect(&picture)?));
    }
    Ok(scored)
}

fn read(path: &Path) -> Result<Vec<u8>, EvaluateError> {
    std::fs::read(path).map_err(|source| EvaluateError::Read { path: path.display().to_string(), source })
}

/// What was drawn and what was found in one picture.
type Boxes<'a> = (Vec<Rect>, &'a Detection);

/// Scores of the pictures without and with the kind, and boxes where they are annotated.
#[derive(Default)]
struct Source<'a> {
    /// In the order in which they came.
    scores: Vec<bootstrap::Scored>,
    groups: BTreeMap<&'a str, usize>,
    boxes: Vec<Boxes<'a>>,
}

/// The figures of scored pictures, where a picture counts as told from these limits on.
pub fn report(scored: &[(LabelledPicture, Vec<Detection>)], limits: [f32; Kind::ALL.len()]) -> Report {
    let mut out = Report::default();
    for kind in Kind::ALL {
        let mut split: BTreeMap<&str, Source<'_>> = BTreeMap::new();
        for (label, detections) in scored {
            let Some(shown) = label.label(kind) else { continue };
            let found = &detections[kind.index()];
            for source in ["all", &label.source] {
                let source = split.entry(source).or_default();
                let count = source.groups.len();
                let group = *source.groups.entry(label.group()).or_insert(count);
                source.scores.push((found.score, shown, group));
                source.boxes.extend(label.boxes(kind).map(|drawn| (drawn, found)));
            }
        }
        let limit = limits[kind.index()];
        let figures = split.into_iter().map(|(source, of)| (source.to_owned(), figures(&of, limit)));
        out.0.insert(kind, figures.collect());
    }
    out
}

fn figures(source: &Source<'_>, limit: f32) -> Figures {
    let scores = |shown: bool| -> Vec<f32> {
        source.scores.iter().filter(|(_, is_shown, _)| *is_shown == shown).map(|(score, ..)| *score).collect()
    };
    let [negative, positive] = [scores(false), scores(true)];
    let above = |scores: &[f32]| scores.iter().filter(|s| **s >= limit).count();
    Figures {
        positives: positive.len(),
        negatives: negative.len(),
        hits: above(&positive),
        false_alarms: above(&negative),
        auc: auc(&positive, &negative),
        auc_interval: bootstrap::auc_interval(&source.scores, source.groups.len()),
        ap50: average_precision(&source.boxes),
    }
}

/// Each drawn box is hit once, by the strongest box that overlaps it enough; precision is made monotonic.
fn average_precision(pictures: &[Boxes<'_>]) -> Option<f64> {
    let drawn: usize = pictures.iter().map(|(boxes, _)| boxes.len()).sum();
    let mut marks = Vec::new();
    for (boxes, detection) in pictures {
        let mut free = boxes.clone();
        for region in &detection.regions {
            let overlaps = free.iter().map(|b| b.overlap(region.rect)).enumerate();
            let best = overlaps.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, o)| *o >= LEAST_OVERLAP);
            if let Some((at, _)) = best {
                free.swap_remove(at);
            }
            marks.push((region.score, best.is_some()));
        }
    }
    marks.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut hits, mut curve) = (0_usize, Vec::new());
    for (i, (_, hit)) in marks.iter().enumerate() {
        hits += usize::from(*hit);
        curve.push((*hit, hits as f64 / (i + 1) as f64));
    }
    let (mut area, mut best) = (0.0, 0.0_f64);
    for (hit, precision) in curve.into_iter().rev() {
        best = best.max(precision);
        area += if hit { best } else { 0.0 };
    }
    (drawn > 0).then(|| area / drawn as f64)
}

/// Area under the ROC curve by counting pairs, ties half (Mann-Whitney).
fn auc(positive: &[f32], negative: &[f32]) -> Option<f64> {
    if positive.is_empty() || negative.is_empty() {
        return None;
    }
    let mut sorted = negative.to_vec();
    sorted.sort_by(f32::total_cmp);
    let won: f64 = positive
        .iter()
        .map(|p| {
            let below = sorted.partition_point(|n| n < p);
            let ties = sorted.partition_point(|n| n <= p) - below;
            below as f64 + 0.5 * ties as f64
        })
        .sum();
    Some(won / (positive.len() as f64 * negative.len() as f64))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["AUC", "precision", "recall", "FPR"].map(|word| format!("{word:<20}")).join("  ");
        writeln!(f, "kind       source                      pos   neg  {head}   AP50")?;
        let share = |value: Option<f64>| value.map_or("–".to_owned(), |v| format!("{v:.3}"));
        let with_interval = |value: Option<f64>, interval: Option<Interval>| match (value, interval) {
            (Some(value), Some(Interval { low, high })) => format!("{value:.3} [{low:.3}, {high:.3}]"),
            (value, _) => share(value),
        };
        let ratio = |part: usize, whole: usize| {
            let value = (whole > 0).then(|| part as f64 / whole as f64);
            with_interval(value, wilson(part as u64, whole as u64))
        };
        for (kind, sources) in &self.0 {
            for (source, n) in sources {
                writeln!(
                    f,
                    "{:10} {source:26} {:4} {:5}  {:<20}  {:<20}  {:<20}  {:<20}  {:>5}",
                    kind.as_str(),
                    n.positives,
                    n.negatives,
                    with_interval(n.auc, n.auc_interval),
                    ratio(n.hits, n.hits + n.false_alarms),
                    ratio(n.hits, n.positives),
                    ratio(n.false_alarms, n.negatives),
                    share(n.ap50),
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Region;

    #[test]
    fn auc_counts_pairs() {
        assert_eq!(auc(&[0.9, 0.8], &[0.1, 0.2]), Some(1.0));
        assert_eq!(auc(&[0.5], &[0.5]), Some(0.5));
        assert_eq!(auc(&[0.9, 0.1], &[0.5]), Some(0.5));
        assert_eq!(auc(&[], &[0.5]), None);
    }

    fn row(fire: Option<bool>) -> LabelledPicture {
        let boxes = fire.is_some().then(Vec::new);
        let (image, source) = (String::new(), "a".into());
        LabelledPicture { image, source, group: None, fire, smoke: None, context: None, boxes }
    }

    /// What a model says: picture scores, and boxes of flame with their scores.
    fn said(scores: [f32; 3], boxes: &[(f32, [f32; 4])]) -> Vec<Detection> {
        let regions = |kind| {
            let boxes = boxes.iter().filter(|_| kind == Kind::Flame);
            boxes.map(|&(score, rect)| Region { rect: rect.into(), score }).collect()
        };
        Kind::ALL.map(|kind| Detection { kind, score: scores[kind.index()], regions: regions(kind) }).to_vec()
    }

    #[test]
    fn rows_without_a_label_do_not_count() {
        let scored = [
            (row(Some(true)), said([0.9, 0.9, 0.1], &[])),
            (row(Some(false)), said([0.7, 0.0, 0.1], &[])),
            (row(None), said([0.9, 0.0, 0.1], &[])),
        ];
        let report = report(&scored, [0.6; 3]);
        let all = report.0[&Kind::Flame]["all"];
        assert_eq!((all.positives, all.negatives, all.hits, all.false_alarms), (1, 1, 1, 1));
        assert!(report.0[&Kind::Smoke].is_empty());
        assert!(report.to_string().contains("flame      all"));
    }

    #[test]
    fn an_open_flame_counts_as_neither_fire_nor_its_absence() {
        let held = LabelledPicture { context: Some("small_flame".into()), ..row(Some(true)) };
        let report =
            report(&[(held, said([0.9; 3], &[])), (row(Some(false)), said([0.1; 3], &[]))], [0.6; 3]);
        assert_eq!(report.0[&Kind::Flame]["all"].positives, 0);
        assert_eq!(report.0[&Kind::OpenFlame]["all"].hits, 1);
    }

    #[test]
    fn boxes_are_hit_once_and_the_stronger_counts_first() {
        let drawn = vec![
            LabelledBox("fire".into(), 0.0, 0.0, 0.5, 0.5),
            LabelledBox("fire".into(), 0.6, 0.6, 0.2, 0.2),
        ];
        let picture = LabelledPicture { boxes: Some(drawn), ..row(Some(true)) };
        let hit = (0.9, [0.0, 0.0, 0.5, 0.45]);
        let again = (0.8, [0.0, 0.05, 0.5, 0.45]);
        let second = (0.7, [0.6, 0.6, 0.2, 0.2]);
        let ap = |boxes: &[(f32, [f32; 4])]| {
            report(&[(picture.clone(), said([0.9; 3], boxes))], [0.5; 3]).0[&Kind::Flame]["all"].ap50.unwrap()
        };
        assert!((ap(&[hit, second]) - 1.0).abs() < 1e-9);
        assert!((ap(&[hit]) - 0.5).abs() < 1e-9);
        assert!((ap(&[hit, again, second]) - (0.5 + 0.5 * 2.0 / 3.0)).abs() < 1e-9);
    }
}
