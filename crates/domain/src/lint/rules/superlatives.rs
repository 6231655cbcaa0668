//! L11: 最高, 最低, 最多 and differences between two regions agree with the lists they speak of.

use crate::lint::figure::Role;
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::Decimal;
use crate::lint::phrase::{Phrase, drifted, members};
use crate::lint::regions::RegionId;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

/// Superlative, and whether it is the top.
const WORDS: [(&str, bool); 24] = [
    ("最高", true),
    ("最低", false),
    ("最多", true),
    ("最少", false),
    ("居首", true),
    ("垫底", false),
    ("倒数第一", false),
    ("末位", false),
    ("排名第一", true),
    ("位列第一", true),
    ("居全省第一", true),
    ("居全市第一", true),
    ("居全省首位", true),
    ("居全市首位", true),
    ("居首位", true),
    ("居末位", false),
    ("前三", true),
    ("前两", true),
    ("前五", true),
    ("后三", false),
    ("后两", false),
    ("后五", false),
    ("倒数后三", false),
    ("列第一", true),
];
/// Clauses about something else: other places, other times, several at once.
const NOT_THESE: [&str; 9] =
    ["全国", "之一", "最高与最低", "最高和最低", "历史", "历年", "不得", "排名第一责任", "连续"];
/// Longest clause looked at, in characters.
const CLAUSE_MAX: usize = 80;

/// Checks superlatives and differences.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for index in 0..model.paragraphs.len() {
        let place = model.places[index];
        if !place.demand && !place.back {
            findings.extend(paragraph(model, index));
        }
    }
    findings.extend((0..model.figures.len()).filter_map(|index| difference(model, index)));
    findings
}

fn paragraph(model: &Model, index: usize) -> Vec<Finding> {
    let paragraph = &model.paragraphs[index];
    let mut findings = Vec::new();
    let mut start = paragraph.body;
    for at in paragraph.body..=paragraph.chars.len() {
        let c = paragraph.chars.get(at).copied().unwrap_or('。');
        if !"，。；：！？".contains(c) {
            continue;
        }
        let end = at.min(start + CLAUSE_MAX);
        let text = paragraph.text(start, end);
        let both = WORDS.iter().any(|(word, top)| *top && text.contains(word))
            && WORDS.iter().any(|(word, top)| !*top && text.contains(word));
        if let Some((word, top)) = WORDS.iter().find(|(word, _)| text.contains(word))
            && !both
            && !NOT_THESE.iter().any(|word| text.contains(word))
        {
            findings.extend(claim(model, (index, start), &text, (word, *top)));
        }
        start = at + 1;
    }
    findings
}

fn claim(
    model: &Model,
    (index, start): (usize, usize),
    text: &str,
    (word, top): (&str, bool),
) -> Vec<Finding> {
    let phrase = Phrase::read(&without_brackets(text), &model.lexicon, &model.regions);
    let mut regions = phrase.regions.clone();
    regions.dedup();
    let ranked = word.contains(['三', '两', '五']);
    let places = [("三", 3), ("两", 2), ("五", 5)]
        .iter()
        .find(|(digit, _)| word.ends_with(digit))
        .map(|(_, places)| *places);
    if regions.is_empty()
        || regions.len() > 5
        || (ranked && places != Some(regions.len()))
        || (!ranked && regions.len() > 3)
    {
        return Vec::new();
    }
    let counts = word == "最多" || word == "最少";
    let subject = phrase.subject.replace(word, "");
    let mut findings = Vec::new();
    for lists in spoken_of(model, &phrase, &subject, index, counts) {
        let wrong: Vec<(RegionId, usize)> =
            lists.iter().filter_map(|list| beaten(model, list, &regions, top)).collect();
        if lists.is_empty() || wrong.len() < lists.len() {
            continue;
        }
        let (better, figure) = wrong[0];
        let paragraph = &model.paragraphs[index];
        let offset = text.find(word).map_or(0, |bytes| text[..bytes].chars().count());
        let mut finding = Model::finding_at(
            Rule::L11,
            Severity::Error,
            "superlative",
            index,
            paragraph.line(start + offset),
        );
        let claimed = lists[0].of(regions[0]).map_or_else(String::new, |i| model.figures[i].printed());
        finding.figures = vec![claimed.clone(), model.figures[figure].printed()];
        finding.related_lines = vec![model.figures[figure].line, paragraph.line(start)];
        findings.push(finding.says(
            format!(
                "{} {claimed}；{} {}",
                model.regions.name(regions[0]),
                model.regions.name(better),
                model.figures[figure].printed()
            ),
            format!(
                "称{}{word}，但第{}行{}为{}",
                model.regions.name(regions[0]),
                model.figures[figure].line,
                model.regions.name(better),
                model.figures[figure].printed()
            ),
            format!(
                "{} is not the extreme: {} has {}",
                model.regions.name(regions[0]),
                model.regions.name(better),
                model.figures[figure].printed()
            ),
            "按列表重新判断最高、最低的地区",
        ));
    }
    findings
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '（');
            let keep = depth == 0;
            depth -= i32::from(*c == '）' && depth > 0);
            keep
        })
        .collect()
}

/// The lists a clause speaks of, one group a category named. In a group any list that agrees is enough.
pub(super) fn spoken_of<'m>(
    model: &'m Model,
    phrase: &Phrase,
    subject: &str,
    paragraph: usize,
    counts: bool,
) -> Vec<Vec<&'m List>> {
    let measure = phrase.rate.map_or_else(|| phrase.measure().to_vec(), |rate| vec![rate]);
    let section = model.places[paragraph].section;
    let lists: Vec<&List> = model
        .fact_lists()
        .filter(|list| {
            list.regional()
                && list.items.len() >= 3
                && list.percent != counts
                && !list.share
                && list.negated == phrase.negated
                && !list.partial
        })
        .filter(|list| measure.is_empty() || list.measure == measure)
        .collect();
    let near: Vec<&List> = if measure.is_empty() {
        let here: Vec<&List> = lists.iter().copied().filter(|list| list.paragraph == paragraph).collect();
        if here.is_empty() {
            lists.iter().copied().filter(|list| model.places[list.paragraph].section == section).collect()
        } else {
            here
        }
    } else {
        lists
    };
    let mut groups = Vec::new();
    for name in members(subject) {
        let exact: Vec<&List> = near
            .iter()
            .copied()
            .filter(|list| list.subject == name || (!list.subject.is_empty() && name.contains(&list.subject)))
            .collect();
        let similar: Vec<&List> = near.iter().copied().filter(|list| drifted(&list.subject, &name)).collect();
        let group = if exact.is_empty() { similar } else { exact };
        if !group.is_empty() {
            groups.push(group);
        }
    }
    let one_subject = near.windows(2).all(|pair| pair[0].subject == pair[1].subject);
    let here = near.iter().any(|list| model.places[list.paragraph].section == section);
    let another = members(subject)
        .iter()
        .any(|name| model.category_counts.iter().any(|i| model.figures[*i].subject == *name))
        && near.iter().all(|list| !list.subject.is_empty());
    if groups.is_empty() && !another && !near.is_empty() && (one_subject || here || subject.is_empty()) {
        groups.push(near);
    }
    groups
}

fn value(model: &Model, figure: usize) -> Option<i64> {
    let figure = &model.figures[figure];
    figure
        .percent()
        .map(|value| value.micro)
        .or_else(|| figure.count().and_then(|count| i64::try_from(count).ok()))
}

/// A region that is not claimed and beats one that is. `None` also where the list does not know the region.
fn beaten(model: &Model, list: &List, regions: &[RegionId], top: bool) -> Option<(RegionId, usize)> {
    let claimed: Vec<i64> =
        regions.iter().map(|region| list.of(*region).and_then(|i| value(model, i))).collect::<Option<_>>()?;
    let weakest = if top { *claimed.iter().min()? } else { *claimed.iter().max()? };
    list.items.iter().find_map(|item| {
        let region = item.region.filter(|region| !regions.contains(region))?;
        let other = value(model, item.figure)?;
        (if top { other > weakest } else { other < weakest }).then_some((region, item.figure))
    })
}

/// 大河市与景云市相差30.39个百分点; 最高与最低相差….
fn difference(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let Kind::Points(points) = figure.number.kind else { return None };
    if figure.role != Role::Change || !figure.label.contains("相差") || !model.fact(figure) {
        return None;
    }
    let sentence = model.sentence_before(figure);
    let phrase = Phrase::read(&without_brackets(&sentence), &model.lexicon, &model.regions);
    let own = Phrase::read(&figure.label, &model.lexicon, &model.regions);
    let mut regions = if own.regions.len() == 2 { own.regions } else { phrase.regions.clone() };
    regions.sort_unstable();
    regions.dedup();
    let lists: Vec<&List> = model
        .fact_lists()
        .filter(|list| {
            list.regional()
                && list.percent
                && list.items.len() >= 3
                && (phrase.measure().is_empty() && phrase.rate.is_none()
                    || Some(list.measure.clone()) == phrase.rate.map(|rate| vec![rate])
                    || list.measure == phrase.verbs)
        })
        .collect();
    let spread = |list: &&List| -> Option<i64> {
        let values: Vec<i64> = match regions.as_slice() {
            [a, b] => vec![value(model, list.of(*a)?)?, value(model, list.of(*b)?)?],
            _ => list.items.iter().map(|item| value(model, item.figure)).collect::<Option<_>>()?,
        };
        Some(values.iter().max()? - values.iter().min()?)
    };
    let spreads: Vec<i64> = lists.iter().filter_map(spread).collect();
    let slack = 2 * points.half_micro();
    let [only] = spreads.as_slice() else { return None };
    if (only - points.micro).abs() <= slack {
        return None;
    }
    let right = Decimal { micro: *only, decimals: points.decimals };
    let finding = model.finding(Rule::L11, Severity::Error, "difference", index, &[]);
    Some(finding.says(
        format!("最大 − 最小 = {right} ≠ {points}"),
        format!("相差应为{right}个百分点，写的是{points}个百分点"),
        format!("the difference is {right} points, printed {points}"),
        "按列表重新计算差距",
    ))
}
