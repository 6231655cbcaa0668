//! L11 for thresholds: 均低于20%, 低于90%的有A、B, 高于全市平均水平 agree with the list, and name everybody concerned.

use crate::lint::figure::{Figure, Role};
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::Decimal;
use crate::lint::phrase::Phrase;
use crate::lint::regions::RegionId;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::rates::total_of;
use super::spoken::{Values, spoken_of};

/// Words that say that not everybody concerned is named.
const EXAMPLES: [&str; 8] = ["等", "如", "其中", "个别", "主要", "特别", "尤其", "部分"];
/// Words below or above the mean of the whole.
const MEANS: [(&str, bool); 6] =
    [("低于", true), ("不及", true), ("未达到", true), ("高于", false), ("超过", false), ("好于", false)];
/// Most bounds of a text that are looked at.
const BOUNDS_MAX: usize = 400;
/// How far behind a bound the names may stand, in characters.
const NAMES_WITHIN: usize = 120;

/// A value, a side of it, and the lists a clause speaks of.
#[allow(clippy::struct_excessive_bools, reason = "each is something the clause says or does not say")]
pub(super) struct Bound<'m> {
    /// Paragraph of the clause.
    pub paragraph: usize,
    /// First character of the clause, and the one behind its last.
    pub clause: (usize, usize),
    /// Lists that may be meant.
    pub lists: Vec<&'m List>,
    /// Figure that the finding stands at: the threshold, or the rate of the whole.
    at: usize,
    threshold: Decimal,
    below: bool,
    inclusive: bool,
    mean: bool,
    text: String,
    named: Vec<RegionId>,
    all: bool,
}

impl Bound<'_> {
    /// True where a value lies on the side, and where rounding leaves that open.
    pub(super) fn holds(&self, value: Decimal) -> (bool, bool) {
        let rounded = if value.decimals == 0 { 0 } else { value.half_micro() };
        let slack = if self.mean { rounded.max(self.threshold.half_micro()) } else { rounded };
        let borderline = (value.micro - self.threshold.micro).abs() <= slack;
        let clear =
            if self.below { value.micro < self.threshold.micro } else { value.micro > self.threshold.micro };
        (clear || (self.inclusive && value.micro == self.threshold.micro), borderline)
    }

    /// The bound as words.
    pub(super) fn words(&self) -> String {
        format!("{}{}%", if self.below { "低于" } else { "高于" }, self.threshold)
    }
}

/// Checks every bound whose clause names regions or says 均.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    bounds(model).iter().filter_map(|bound| one(model, bound)).collect()
}

/// All bounds of a text: printed percentages, and the mean of the whole.
pub(super) fn bounds<'m>(model: &'m Model) -> Vec<Bound<'m>> {
    let printed = model.figures.iter().enumerate().filter(|(_, figure)| {
        figure.role == Role::Threshold && figure.percent().is_some() && model.fact(figure)
    });
    let mut bounds: Vec<Bound> =
        printed.take(BOUNDS_MAX).filter_map(|(index, figure)| printed_bound(model, index, figure)).collect();
    for index in 0..model.paragraphs.len() {
        let place = model.places[index];
        if !place.demand && !place.back && bounds.len() < BOUNDS_MAX {
            bounds.extend(means(model, index));
        }
    }
    bounds
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

/// The clause around an index; commas inside an enumeration behind 的有 belong to it.
fn clause(model: &Model, paragraph: usize, (start, end): (usize, usize)) -> (usize, usize) {
    let text = &model.paragraphs[paragraph];
    let floor = text.sentence_start(start);
    let from = text.chars[floor..start]
        .iter()
        .rposition(|c| "，；：".contains(*c))
        .map_or(floor, |offset| floor + offset + 1);
    let rest = &text.chars[end..text.chars.len().min(end + NAMES_WITHIN)];
    let to =
        rest.iter().position(|c| "，；。！？".contains(*c)).map_or(end + rest.len(), |offset| end + offset);
    (from, to)
}

fn printed_bound<'m>(model: &'m Model, index: usize, figure: &Figure) -> Option<Bound<'m>> {
    let (below, inclusive) = side(figure)?;
    let threshold = figure.percent()?;
    let span = clause(model, figure.paragraph, (figure.number.start, figure.number.end));
    let paragraph = &model.paragraphs[figure.paragraph];
    let before = paragraph.text(span.0, figure.number.start);
    let behind = paragraph.text(figure.number.end, span.1);
    bound(model, index, (figure.paragraph, span), (&before, &behind), (threshold, below, inclusive, false))
}

/// 高于全市平均水平的有A、B: the value is the rate of the whole.
fn means<'m>(model: &'m Model, index: usize) -> Vec<Bound<'m>> {
    let paragraph = &model.paragraphs[index];
    let mut found = Vec::new();
    let mut from = paragraph.body;
    while let Some(at) = paragraph.chars[from..].windows(2).position(|pair| pair == ['平', '均']) {
        let at = from + at;
        from = at + 2;
        let floor = at.saturating_sub(8).max(paragraph.body);
        let before = paragraph.text(floor, at);
        let Some((word, below)) = MEANS.iter().find(|(word, _)| before.contains(word)) else { continue };
        let whole = before
            .rsplit(word)
            .next()
            .is_some_and(|rest| rest.is_empty() || rest.contains(['全', '总']) && !rest.contains("全国"));
        let span = clause(model, index, (at, at + 2));
        let text = paragraph.text(span.0, span.1);
        let Some((head, tail)) = text.split_once("平均") else { continue };
        if !whole || text.contains("个百分点") {
            continue;
        }
        let head = head.rsplit_once(word).map_or(head, |(head, _)| head).to_owned();
        let phrase = Phrase::read(&head, &model.lexicon, &model.regions);
        let groups = spoken_of(model, &phrase, &phrase.subject.clone(), index, Values::Percents);
        let totals: Vec<usize> = groups
            .iter()
            .flatten()
            .filter_map(|list| total_of(model, list).or_else(|| rate_of_all(model, list)))
            .collect();
        let Some(total) = totals.first().copied() else { continue };
        let same = totals.iter().all(|i| model.figures[*i].percent() == model.figures[total].percent());
        let (Some(value), true) = (model.figures[total].percent(), same) else { continue };
        found.extend(bound(model, total, (index, span), (&head, tail), (value, *below, false, true)));
    }
    found
}

/// The only rate of the whole with the measure of a list.
fn rate_of_all(model: &Model, list: &List) -> Option<usize> {
    if list.measure.is_empty() {
        return None;
    }
    let mut rates = model.plain().filter(|(_, f)| {
        f.percent().is_some()
            && f.phrase.is_rate
            && f.measure == list.measure
            && f.phrase.negated == list.negated
    });
    let first = rates.next()?.0;
    rates.all(|(_, f)| f.percent() == model.figures[first].percent()).then_some(first)
}

fn bound<'m>(
    model: &'m Model,
    at: usize,
    (paragraph, clause): (usize, (usize, usize)),
    (before, behind): (&str, &str),
    (threshold, below, inclusive, mean): (Decimal, bool, bool, bool),
) -> Option<Bound<'m>> {
    let read = |text: &str| Phrase::read(text, &model.lexicon, &model.regions);
    let mut phrase = read(before);
    let named_behind =
        ["的有", "的是", "的为", "的分别", "的包括", "的县", "的市", "的区", "的地区", "水平的"]
            .iter()
            .any(|word| behind.contains(word));
    if phrase.regions.is_empty() && named_behind {
        phrase.regions = read(behind).regions;
    }
    let all = phrase.regions.is_empty()
        && (before.contains('均') || before.contains("全部") || before.contains('都'));
    if phrase.is_rate && phrase.rate.is_none() && phrase.verbs.is_empty() {
        phrase.weak.clear();
    }
    let mut subject = phrase.subject.clone();
    if subject.ends_with(['个', '有', '市', '县', '区']) || subject.chars().count() < 2 {
        subject.clear();
    }
    let groups = spoken_of(model, &phrase, &subject, paragraph, Values::Percents);
    let lists: Vec<&List> = groups.into_iter().flatten().collect();
    let named = phrase.regions;
    let text = format!("{before}{behind}");
    (!lists.is_empty()).then_some(Bound {
        paragraph,
        clause,
        lists,
        at,
        threshold,
        below,
        inclusive,
        mean,
        text,
        named,
        all,
    })
}

fn one(model: &Model, bound: &Bound) -> Option<Finding> {
    if bound.named.is_empty() && !bound.all {
        return None;
    }
    let mut first = None;
    for list in &bound.lists {
        match judge(model, list, bound) {
            Verdict::Agrees => return None,
            verdict => first = first.or(Some((list, verdict))),
        }
    }
    let (list, verdict) = first?;
    report(model, bound, list, verdict)
}

enum Verdict {
    Agrees,
    /// This entry is on the wrong side.
    Wrong(usize),
    /// These regions are on the same side and not named.
    Omits(Vec<RegionId>),
}

fn judge(model: &Model, list: &List, bound: &Bound) -> Verdict {
    let mut omitted = Vec::new();
    if bound.named.iter().any(|region| list.of(*region).is_none()) {
        return Verdict::Agrees;
    }
    for item in &list.items {
        let (Some(region), Some(value)) = (item.region, model.figures[item.figure].percent()) else {
            continue;
        };
        let (is_inside, borderline) = bound.holds(value);
        let is_named = bound.all || bound.named.contains(&region);
        if is_named && !is_inside && !borderline {
            return Verdict::Wrong(item.figure);
        }
        if !is_named && is_inside && !borderline {
            omitted.push(region);
        }
    }
    if omitted.is_empty() { Verdict::Agrees } else { Verdict::Omits(omitted) }
}

fn report(model: &Model, bound: &Bound, list: &List, verdict: Verdict) -> Option<Finding> {
    let finding = |severity, code, figures: &[usize]| {
        let line = model.paragraphs[bound.paragraph].line(bound.clause.0);
        if bound.mean {
            let mut finding = Model::finding_at(Rule::L11, severity, code, bound.paragraph, line);
            finding.figures.extend(figures.iter().map(|i| model.figures[*i].printed()));
            finding.related_lines.push(model.figures[bound.at].line);
            finding
        } else {
            model.finding(Rule::L11, severity, code, bound.at, figures)
        }
    };
    match verdict {
        Verdict::Agrees => None,
        Verdict::Wrong(figure) => {
            let item = list.items.iter().find(|item| item.figure == figure)?;
            let name = item.region.map_or("", |region| model.regions.name(region));
            let printed = model.figures[figure].printed();
            Some(finding(Severity::Error, "threshold-false", &[figure]).says(
                format!("{name} {printed}；界限{}%", bound.threshold),
                format!("{name}为{printed}（第{}行），不符合此处所称", model.figures[figure].line),
                format!("{name} has {printed} and is on the other side of {}%", bound.threshold),
                "核对界限和所列地区",
            ))
        }
        Verdict::Omits(regions) => {
            if EXAMPLES.iter().any(|word| bound.text.contains(word)) {
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
            Some(finding(Severity::Style, "threshold-incomplete", &figures).says(
                format!("{}；界限{}%", names.join("、"), bound.threshold),
                format!("同样符合条件的还有{}，没有列出", names.join("、")),
                format!(
                    "the list leaves out {} others on the same side of {}%",
                    names.len(),
                    bound.threshold
                ),
                "列全符合条件的地区，或写“等”",
            ))
        }
    }
}
