//! L7 for counts whose base stands elsewhere: 已接入103家，接入率85.1%。…仍有20家没有接入.
//!
//! The done count and its rate say between which numbers the base lies, so what is left is known without knowing the base. Where no
//! rate is printed, the one count of the sentence before is the base.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::number::denominators;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// How many figures back the done count may stand.
const LOOK_BACK: usize = 200;
/// How many figures before what is left its contrary stands in the same sentence.
const BESIDE: usize = 3;
/// Names of units of any kind.
const GENERIC: [&str; 5] = ["单位", "场所", "点位", "机构", "地方"];
/// Words before the verb of what is left.
const NOT_YET: [&str; 8] = ["未", "没有", "没", "仍", "尚", "还", "有", "待"];
/// Words of all that there are.
const ALL: [&str; 9] = ["共", "应", "需", "现有", "在册", "发现", "排查", "检查", "受理"];

/// What is left against what is done.
pub(super) fn one(model: &Model, index: usize) -> Option<Finding> {
    let left = &model.figures[index];
    left.plain_count()?;
    let negated = left.phrase.negated || left.label.contains('未');
    if !negated || left.phrase.due || left.region.is_some() || left.list.is_some() || !model.fact(left) {
        return None;
    }
    if left.label.starts_with("其中") || left.label.contains('另') || left.post.contains('但') {
        return None;
    }
    by_rate(model, index).or_else(|| by_sentence_before(model, index))
}

/// A done count with the interval of its base.
struct Done {
    count: usize,
    rest: (u64, u64),
}

fn by_rate(model: &Model, index: usize) -> Option<Finding> {
    let (left, remaining) = (&model.figures[index], model.figures[index].count()?);
    let done: Vec<Done> = (index.saturating_sub(LOOK_BACK)..index)
        .rev()
        .filter(|i| contrary(model, *i, index))
        .filter_map(|i| with_rate(model, i))
        .collect();
    if done.iter().any(|done| (done.rest.0..=done.rest.1).contains(&remaining)) {
        return None;
    }
    let own = own_words(left);
    let mut of_all = done.iter().filter(|done| speaks_of(model, done.count, index, &own));
    let first = of_all.next()?;
    if of_all.any(|other| model.figures[other.count].count() != model.figures[first.count].count())
        || shared(model, index, first.rest)
    {
        return None;
    }
    Some(report(model, index, &[first.count], first.rest))
}

/// True where the count is of what was done and `left` of what was not: one measure, or one verb.
fn contrary(model: &Model, done: usize, left: usize) -> bool {
    let (one, other) = (&model.figures[done], &model.figures[left]);
    let same_measure = !other.measure.is_empty() && one.measure == other.measure;
    one.plain_count().is_some()
        && one.list.is_none()
        && one.region.is_none()
        && model.fact(one)
        && same_unit(&one.number.unit, &other.number.unit)
        && !one.phrase.negated
        && !one.phrase.due
        && !one.phrase.fresh
        && (same_measure || same_verb(one, other))
}

/// 已完成一对一访谈941人 … 尚未访谈142人.
fn same_verb(done: &Figure, left: &Figure) -> bool {
    let behind = ["未", "没有"].iter().find_map(|word| left.post.rsplit_once(word));
    if let Some((_, verb)) = behind {
        // 仍有128栋未完成.
        return verb.chars().count() >= 2 && done.label.contains('已') && done.label.contains(verb);
    }
    let mut verb = left.label.as_str();
    while let Some(rest) = NOT_YET.iter().find_map(|word| verb.strip_prefix(word)) {
        verb = rest;
    }
    let verb = verb.trim_end_matches("的");
    left.label.contains('未')
        && verb.chars().count() >= 2
        && done.label.contains('已')
        && done.label.trim_end_matches('的').ends_with(verb)
}

/// The numbers that may be left, from the count and the rate that stands with it.
fn with_rate(model: &Model, count: usize) -> Option<Done> {
    let figure = &model.figures[count];
    let next = model.figures.get(count + 1)?;
    let named = next.measure.last().is_some_and(|id| figure.label.contains(model.lexicon.stem(*id)));
    let fits = next.segment == figure.segment
        && next.role == Role::Plain
        && next.phrase.is_rate
        && next.region == figure.region
        && !next.phrase.negated
        && (next.measure == figure.measure || next.phrase.rate.is_none() || named);
    let (value, done) = (next.percent().filter(|_| fits)?, figure.count()?);
    let (low, high) = denominators(done, value)?;
    Some(Done { count, rest: (low.saturating_sub(done), high.saturating_sub(done)) })
}

/// The noun that the remaining count is of, by its own words.
fn own_words(left: &Figure) -> String {
    left.phrase.subject.trim_end_matches('中').to_owned()
}

/// True where the done count is of all that the remaining one is left of.
fn speaks_of(model: &Model, done: usize, left: usize, own: &str) -> bool {
    let (one, other) = (&model.figures[done], &model.figures[left]);
    if own.is_empty() || GENERIC.contains(&own) {
        let beside = one.sentence == other.sentence || one.paragraph == other.paragraph;
        return beside || one.phrase.whole || stands_behind_whole(model, done, own);
    }
    one.subject == own || stands_behind_whole(model, done, own)
}

/// 全县学校食堂共121家，…已接入103家: a count of the whole before it in its paragraph, and of the same noun.
fn stands_behind_whole(model: &Model, done: usize, own: &str) -> bool {
    let figure = &model.figures[done];
    (done.saturating_sub(LOOK_BACK)..done).any(|i| {
        let base = &model.figures[i];
        base.paragraph == figure.paragraph
            && base.phrase.whole
            && base.is_count()
            && base.region.is_none()
            && (own.is_empty() || GENERIC.contains(&own) || base.subject.ends_with(own))
    })
}

/// 另有12所正在安装: the rest is told in more than one count of the sentence.
fn shared(model: &Model, index: usize, rest: (u64, u64)) -> bool {
    let left = &model.figures[index];
    let near = index.saturating_sub(BESIDE)..model.figures.len().min(index + BESIDE + 1);
    near.filter(|i| *i != index && model.figures[*i].sentence == left.sentence).any(|i| {
        let sum = model.figures[i].count().zip(left.count()).map(|(a, b)| a + b);
        sum.is_some_and(|sum| (rest.0..=rest.1).contains(&sum))
    })
}

/// 需要关注的1126人。其中已访谈941人，尚未访谈142人: the one count of the sentence before.
fn by_sentence_before(model: &Model, index: usize) -> Option<Finding> {
    let left = &model.figures[index];
    let done = index.checked_sub(1).filter(|i| {
        let figure = &model.figures[*i];
        figure.sentence == left.sentence && contrary(model, *i, index)
    })?;
    let alike = |f: &Figure| f.is_count() && same_unit(&f.number.unit, &left.number.unit);
    let in_sentence = |f: &Figure| f.sentence == left.sentence;
    let near = index.saturating_sub(LOOK_BACK)..model.figures.len().min(index + LOOK_BACK);
    if near.filter(|i| alike(&model.figures[*i]) && in_sentence(&model.figures[*i])).count() != 2 {
        return None;
    }
    let mut before = (index.saturating_sub(LOOK_BACK)..done).rev().filter(|i| {
        let base = &model.figures[*i];
        alike(base) && base.paragraph == left.paragraph && base.sentence + 1 == left.sentence
    });
    let base = before.next().filter(|_| before.next().is_none())?;
    let figure = &model.figures[base];
    let opens = model.sentence_before(&model.figures[done]).contains("其中");
    let words = format!("{}{}", figure.label, figure.post);
    let population = opens || figure.phrase.whole || ALL.iter().any(|word| words.contains(word));
    let (all, part, rest) = (figure.plain_count()?, model.figures[done].count()?, left.count()?);
    if !population || figure.phrase.negated || part > all || part + rest == all {
        return None;
    }
    Some(report(model, index, &[base, done], (all - part, all - part)))
}

fn report(model: &Model, index: usize, others: &[usize], rest: (u64, u64)) -> Finding {
    let left = &model.figures[index];
    let expected = if rest.0 == rest.1 { rest.0.to_string() } else { format!("{}～{}", rest.0, rest.1) };
    let remaining = left.count().unwrap_or(0);
    let terms: Vec<String> = others.iter().map(|i| model.figures[*i].printed()).collect();
    let finding = model.finding(Rule::L7, Severity::Error, "left-over", index, others);
    finding.says(
        format!("{} → 剩余{expected} ≠ {remaining}", terms.join("、")),
        format!("按已完成数及其比率或总数，剩余数应为{expected}，写的是{}", left.printed()),
        format!("what remains should be {expected}, printed {remaining}"),
        "核对总数、已完成数和剩余数",
    )
}
