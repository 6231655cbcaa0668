//! Measuring the model on labelled pictures: AUC, precision, recall and false-positive rate, in total and
//! for each source.
//!
//! The labels are one JSON object a line, as the training scripts read them. `null` means that the kind was not
//! annotated; such rows do not count for that kind.

use std::{collections::BTreeMap, fmt, io, path::Path};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    observation::Kind,
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
    /// Whether it shows fire; `None` when not annotated.
    pub fire: Option<bool>,
    /// Whether it shows smoke; `None` when not annotated.
    pub smoke: Option<bool>,
}

impl LabelledPicture {
    const fn label(&self, kind: Kind) -> Option<bool> {
        match kind {
            Kind::Flame => self.fire,
            Kind::Smoke => self.smoke,
        }
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
}

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

/// Scores every picture of a labels file (for example `labels_val.jsonl`) in `folder`.
pub fn pictures(
    worker: &mut Worker,
    folder: &Path,
    labels_file: &str,
    level: Level,
) -> Result<Report, EvaluateError> {
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
        let scores = worker.detect(&picture)?.into_iter().map(|d| d.score).collect();
        scored.push((label, scores));
    }
    let thresholds = worker.model().thresholds();
    let limits = match level {
        Level::Suspect => thresholds.suspect,
        Level::Confirm => thresholds.confirm,
    };
    Ok(report(&scored, limits))
}

fn read(path: &Path) -> Result<Vec<u8>, EvaluateError> {
    std::fs::read(path).map_err(|source| EvaluateError::Read { path: path.display().to_string(), source })
}

fn report(scored: &[(LabelledPicture, Vec<f32>)], limits: [f32; 2]) -> Report {
    let mut out = Report::default();
    for kind in Kind::ALL {
        let mut split: BTreeMap<&str, [Vec<f32>; 2]> = BTreeMap::new();
        for (label, scores) in scored {
            let Some(shown) = label.label(kind) else { continue };
            for source in ["all", &label.source] {
                split.entry(source).or_default()[usize::from(shown)].push(scores[kind.index()]);
            }
        }
        let limit = limits[kind.index()];
        let figures =
            split.into_iter().map(|(source, [no, yes])| (source.to_owned(), figures(&yes, &no, limit)));
        out.0.insert(kind, figures.collect());
    }
    out
}

fn figures(positive: &[f32], negative: &[f32], limit: f32) -> Figures {
    let above = |scores: &[f32]| scores.iter().filter(|s| **s >= limit).count();
    Figures {
        positives: positive.len(),
        negatives: negative.len(),
        hits: above(positive),
        false_alarms: above(negative),
        auc: auc(positive, negative),
    }
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
        writeln!(f, "kind   source                      pos   neg    AUC  prec.  recall    FPR")?;
        let ratio = |part: usize, whole: usize| match whole {
            0 => "    –".to_owned(),
            _ => format!("{:.3}", part as f64 / whole as f64),
        };
        for (kind, sources) in &self.0 {
            for (source, n) in sources {
                writeln!(
                    f,
                    "{:6} {source:26} {:4} {:5}  {:>5}  {:>5}   {:>5}  {:>5}",
                    kind.as_str(),
                    n.positives,
                    n.negatives,
                    n.auc.map_or("–".to_owned(), |a| format!("{a:.3}")),
                    ratio(n.hits, n.hits + n.false_alarms),
                    ratio(n.hits, n.positives),
                    ratio(n.false_alarms, n.negatives),
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auc_counts_pairs() {
        assert_eq!(auc(&[0.9, 0.8], &[0.1, 0.2]), Some(1.0));
        assert_eq!(auc(&[0.5], &[0.5]), Some(0.5));
        assert_eq!(auc(&[0.9, 0.1], &[0.5]), Some(0.5));
        assert_eq!(auc(&[], &[0.5]), None);
    }

    #[test]
    fn rows_without_a_label_do_not_count() {
        let row = |fire| LabelledPicture { image: String::new(), source: "a".into(), fire, smoke: None };
        let scored = [
            (row(Some(true)), vec![0.9, 0.9]),
            (row(Some(false)), vec![0.7, 0.0]),
            (row(None), vec![0.9, 0.0]),
        ];
        let report = report(&scored, [0.6, 0.6]);
        let all = report.0[&Kind::Flame]["all"];
        assert_eq!((all.positives, all.negatives, all.hits, all.false_alarms), (1, 1, 1, 1));
        assert!(report.0[&Kind::Smoke].is_empty());
        assert!(report.to_string().contains("flame  all"));
    }
}
