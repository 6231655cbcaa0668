//! Two models on the same pictures: where they tell the same, and what only one of them tells.

use std::fmt;

use vision::evaluate::LabelledPicture;
use vision::{Detection, Kind};

/// Pictures named of each difference; the rest are counted.
const NAMED_MAX: usize = 20;

/// Scored pictures and the limits from which they count as told.
type Told<'a> = (&'a [(LabelledPicture, Vec<Detection>)], [f32; Kind::ALL.len()]);

/// What two models tell of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    both: usize,
    neither: usize,
    only_model: Vec<String>,
    only_other: Vec<String>,
}

/// The differences of all kinds.
#[derive(Debug)]
pub struct Comparison(Vec<(Kind, Differences)>);

/// Compares what two models tell of the same pictures.
pub fn of(model: Told<'_>, other: Told<'_>) -> Comparison {
    let differences = |kind: Kind| {
        let mut found = Differences::default();
        for ((picture, one), (_, two)) in model.0.iter().zip(other.0) {
            let i = kind.index();
            let said = match picture.label(kind) {
                Some(true) => "shows it",
                Some(false) => "does not show it",
                None => "not annotated",
            };
            let name =
                || format!("{} ({said}; {:.2}, other {:.2})", picture.image, one[i].score, two[i].score);
            match (one[i].score >= model.1[i], two[i].score >= other.1[i]) {
                (true, true) => found.both += 1,
                (false, false) => found.neither += 1,
                (true, false) => found.only_model.push(name()),
                (false, true) => found.only_other.push(name()),
            }
        }
        (kind, found)
    };
    Comparison(Kind::ALL.map(differences).into())
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, found) in &self.0 {
            let Differences { both, neither, only_model, only_other } = found;
            let (one, two) = (only_model.len(), only_other.len());
            let all = both + neither + one + two;
            writeln!(
                f,
                "{}: the two agree on {} of {all}; told by both {both}, by the model alone {one}, by the other alone {two}",
                kind.as_str(),
                both + neither,
            )?;
            for (who, names) in [("model alone", only_model), ("other alone", only_other)] {
                for name in names.iter().take(NAMED_MAX) {
                    writeln!(f, "    {who}: {name}")?;
                }
                if names.len() > NAMED_MAX {
                    writeln!(f, "    {who}: and {} more", names.len() - NAMED_MAX)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(scores: &[f32]) -> Vec<(LabelledPicture, Vec<Detection>)> {
        let one = |(n, score): (usize, &f32)| {
            let picture = LabelledPicture {
                image: format!("{n}.jpg"),
                source: "a".to_owned(),
                group: None,
                fire: Some(true),
                smoke: None,
                context: None,
                boxes: None,
            };
            let detection = |kind| Detection { kind, score: *score, regions: Vec::new() };
            (picture, Kind::ALL.map(detection).to_vec())
        };
        scores.iter().enumerate().map(one).collect()
    }

    #[test]
    fn each_model_is_held_to_its_own_thresholds() {
        let (one, two) = (scored(&[0.9, 0.6, 0.1, 0.6]), scored(&[0.9, 0.6, 0.1, 0.9]));
        let text = of((&one, [0.5; 3]), (&two, [0.8; 3])).to_string();
        assert!(text.contains(
            "flame: the two agree on 3 of 4; told by both 2, by the model alone 1, by the other alone 0"
        ));
        assert!(text.contains("model alone: 1.jpg (shows it; 0.60, other 0.60)"), "{text}");
        assert!(text.contains("smoke") && text.contains("not annotated"));
    }
}
