//! L11 for thresholds: 均低于20%, 均超过90%, 6个市超过50% agree with the list, and name everybody concerned.

use crate::lint::figure::{Figure, Role};
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::Decimal;
use crate::lint::phrase::Phrase;
use crate::lint::regions::RegionId;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::superlatives::spoken_of;

/// Words that say that not everybody concerned is named.
const EXAMPLES: [&str; 8] = ["等", "如", "其中", "个别", "主要", "特别", "尤其", "部分"];

/// Checks every percentage that is a threshold.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        if figure.role == Role::Threshold && figure.percent().is_some() && model.fact(figure) {
            findings.extend(one(model, index, figure));
        }
    }
    findings
}

/// Below or above, and whether the threshold itself is inside.
fn side(figure: &Figure) -> Option<(bool, bool)> {
    let words = &figure.label;
    let below =
        ["低于", "不足", "不到", "未达", "达不", "少于", "小于"].iter().any(|word| words.contains(word));
    let above = ["超过", "高于", "突破", "大于", "逾", "超", "满"].iter().any(|word| words.contains(word));
    match (below, above) {
        (true, false) => Some((true, false)),
        (false, true) => Some((false, false)),
        (false, false) if figure.post.starts_with("以上") || figure.post.starts_with("及以上") => {
            Some((false, true))
        }
        (false, false) if figure.post.starts_with("以下") => Some((true, true)),
        _ => None,
    }
}

fn one(model: &Model, index: usize, figure: &Figure) -> Option<Finding> {
    let threshold = figure.percent()?;
    let side = side(figure)?;
    let paragraph = &model.paragraphs[figure.paragraph];
    let sentence = paragraph.sentence_start(figure.number.start);
    let floor = paragraph.chars[sentence..figure.number.start]
        .iter()
        .rposition(|c| "，；：".contains(*c))
        .map_or(sentence, |offset| sentence + offset + 1);
    let clause = paragraph.text(floor, figure.number.start);
    let phrase = Phrase::read(&clause, &model.lexicon, &model.regions);
    let all = phrase.regions.is_empty()
        && (clause.contains('均') || clause.contains("全部") || clause.contains('都'));
    if phrase.regions.is_empty() && !all {
        return None;
    }
    let mut phrase = phrase;
    if phrase.is_rate && phrase.rate.is_none() && phrase.verbs.is_empty() {
        phrase.weak.clear();
    }
    let groups = spoken_of(model, &phrase, &phrase.subject.clone(), figure.paragraph, false);
    let lists: Vec<&List> = groups.into_iter().flatten().collect();
    let mut first = None;
    for list in &lists {
        match judge(model, list, &phrase.regions, threshold, side, all) {
            Verdict::Agrees => return None,
            verdict => first = first.or(Some((list, verdict))),
        }
    }
    let (list, verdict) = first?;
    report(model, index, list, verdict, &clause, threshold)
}

enum Verdict {
    Agrees,
    /// This entry is on the wrong side.
    Wrong(usize),
    /// These regions are on the same side and not named.
    Omits(Vec<RegionId>),
}

fn judge(
    model: &Model,
    list: &List,
    named: &[RegionId],
    threshold: Decimal,
    (below, inclusive): (bool, bool),
    all: bool,
) -> Verdict {
    let inside = |figure: usize| {
        model.figures[figure].percent().map(|value| {
            let rounded_on_it = (value.micro - threshold.micro).abs()
                <= if value.decimals == 0 { 0 } else { value.half_micro() };
            let clear = if below { value.micro < threshold.micro } else { value.micro > threshold.micro };
            (clear || (inclusive && value.micro == threshold.micro), rounded_on_it)
        })
    };
    let mut omitted = Vec::new();
    for item in &list.items {
        let (Some(region), Some((is_inside, borderline))) = (item.region, inside(item.figure)) else {
            continue;
        };
        let is_named = all || named.contains(&region);
        if is_named && !is_inside && !borderline {
            return Verdict::Wrong(item.figure);
        }
        if !is_named && is_inside && !borderline {
            omitted.push(region);
        }
    }
    if omitted.is_empty() { Verdict::Agrees } else { Verdict::Omits(omitted) }
}

fn report(
    model: &Model,
    index: usize,
    list: &List,
    verdict: Verdict,
    clause: &str,
    threshold: Decimal,
) -> Option<Finding> {
    match verdict {
        Verdict::Agrees => None,
        Verdict::Wrong(figure) => {
            let item = list.items.iter().find(|item| item.figure == figure)?;
            let name = item.region.map_or("", |region| model.regions.name(region));
            let finding = model.finding(Rule::L11, Severity::Error, "threshold-false", index, &[figure]);
            Some(finding.says(
                format!("{name} {}；界限{threshold}%", model.figures[figure].printed()),
                format!(
                    "{name}为{}（第{}行），不符合此处所称",
                    model.figures[figure].printed(),
                    model.figures[figure].line
                ),
                format!(
                    "{name} has {} and is on the other side of {threshold}%",
                    model.figures[figure].printed()
                ),
                "核对界限和所列地区",
            ))
        }
        Verdict::Omits(regions) => {
            if EXAMPLES.iter().any(|word| clause.contains(word)) {
                return None;
            }
            let figures: Vec<usize> = regions.iter().filter_map(|region| list.of(*region)).collect();
            let names: Vec<String> = regions
                .iter()
                .map(|region| {
                    format!(
                        "{}（{}）",
                        model.regions.name(*region),
                        list.of(*region).map_or_else(String::new, |i| model.figures[i].printed())
                    )
                })
                .collect();
            let finding = model.finding(Rule::L11, Severity::Style, "threshold-incomplete", index, &figures);
            Some(finding.says(
                format!("{}；界限{threshold}%", names.join("、")),
                format!("同样符合条件的还有{}，没有列出", names.join("、")),
                format!("the list leaves out {} others on the same side of {threshold}%", names.len()),
                "列全符合条件的地区，或写“等”",
            ))
        }
    }
}
