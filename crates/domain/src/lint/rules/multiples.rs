//! L11 for multiples: A县是B县的2.2倍 is the quotient of their values in the list that both stand in.

use crate::lint::model::Model;
use crate::lint::number::MICRO;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::spoken::value;

/// How far before 倍 its clause may begin, in characters.
const CLAUSE_MAX: usize = 60;
/// Most multiples of a text that are looked at.
const MULTIPLES_MAX: usize = 100;
/// Most decimals of a multiple.
const DECIMALS_MAX: usize = 3;

/// Checks every multiple of one region by another.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut places = Vec::new();
    for (index, paragraph) in model.paragraphs.iter().enumerate().filter(|(i, _)| !model.places[*i].back) {
        let times = paragraph.chars.iter().enumerate().skip(paragraph.body).filter(|(_, c)| **c == '倍');
        places.extend(times.map(|(at, _)| (index, at)).take(MULTIPLES_MAX));
    }
    places.truncate(MULTIPLES_MAX);
    places.into_iter().filter_map(|(index, at)| one(model, index, at)).collect()
}

fn one(model: &Model, index: usize, at: usize) -> Option<Finding> {
    let paragraph = &model.paragraphs[index];
    let floor = at.saturating_sub(CLAUSE_MAX).max(paragraph.body);
    let clause: String = paragraph.text(floor, at).rsplit(['。', '；', '，', '：']).next()?.to_owned();
    let words = clause.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let (whole, fraction) = {
        let number = &clause[words.len()..];
        number.split_once('.').unwrap_or((number, ""))
    };
    let decimals = fraction.len();
    if !words.ends_with('的') || decimals > DECIMALS_MAX {
        return None;
    }
    let printed =
        whole.parse::<i64>().ok()?.checked_mul(MICRO)? + format!("{fraction:0<6}").parse::<i64>().ok()?;
    let regions = Phrase::read(words, &model.lexicon, &model.regions).regions;
    let [one, other] = regions.as_slice() else { return None };
    let half = i128::from(MICRO / 2 / 10_i64.pow(u32::try_from(decimals).ok()?));
    let quotients: Vec<(i64, i64)> = model
        .fact_lists()
        .filter(|list| !list.share && !list.partial)
        .filter_map(|list| Some((value(model, list.of(*one)?)?, value(model, list.of(*other)?)?)))
        .filter(|(_, below)| *below > 0)
        .collect();
    let fits = |(above, below): &(i64, i64)| {
        let off = i128::from(*above) * i128::from(MICRO) - i128::from(printed) * i128::from(*below);
        off.abs() <= half * i128::from(*below)
    };
    let (above, below) = *quotients.first()?;
    if quotients.iter().any(fits) {
        return None;
    }
    let line = paragraph.line(at);
    let hundredth = (i128::from(above) * 200 + i128::from(below)) / (i128::from(below) * 2);
    let finding = Model::finding_at(Rule::L11, Severity::Error, "multiple", index, line);
    let (name, base) = (model.regions.name(*one), model.regions.name(*other));
    let said = &clause[words.len()..];
    let right = format!("{}.{:02}", hundredth / 100, hundredth % 100);
    Some(finding.says(
        format!("{name} ÷ {base} ≈ {right} ≠ {said}"),
        format!("{name}是{base}的{right}倍，写的是{said}倍"),
        format!("{name} is {right} times {base}, printed {said}"),
        "按列表重新计算倍数",
    ))
}
