//! L7 for counts: what remains is the total minus what is done. 应安装412所，已安装386所，尚有25所未安装.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::left_over;

/// Words of what is left.
const LEFT: [&str; 9] = ["剩余", "仍有", "尚有", "还有", "其余", "余下", "另有", "未", "尚未"];
/// Words that mean the whole rest, whatever stands behind them.
const ALL_THE_REST: [&str; 6] = ["剩余", "其余", "余下", "尚余", "还剩", "仅剩"];
/// Words of what is under way: the other side of what is done.
const UNDER_WAY: [&str; 3] = ["正在", "待", "未完成"];
/// Two sides of which every unit is on one.
const OPPOSITES: [(&str, &str); 7] = [
    ("在线", "离线"),
    ("合格", "不合格"),
    ("正常", "异常"),
    ("正常", "故障"),
    ("达标", "不达标"),
    ("有效", "失效"),
    ("通过", "未通过"),
];
/// Fewest characters that name a thing which works or fails.
const THING_MIN: usize = 2;
/// How many figures back the base and the done count of another sentence may stand.
const LOOK_BACK: usize = 200;
/// Most counts of one sentence taken for a division.
const SENTENCE_COUNTS_MAX: usize = 6;

/// Checks every count of what is left.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    (0..model.figures.len())
        .filter_map(|index| {
            one(model, index)
                .or_else(|| two_sides(model, index))
                .or_else(|| opposites(model, index))
                .or_else(|| left_over::one(model, index))
        })
        .collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let left = &model.figures[index];
    let remaining = left.plain_count()?;
    let says_left = left.phrase.negated || LEFT.iter().any(|word| left.label.contains(word));
    if !says_left || !model.fact(left) || left.list.is_some_and(|list| !model.lists[list].rows) {
        return None;
    }
    let pairs = pairs(model, index);
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    if pairs.is_empty()
        || pairs.iter().any(|(base, done)| count(*base).checked_sub(count(*done)) == Some(remaining))
    {
        return None;
    }
    if pairs.iter().any(|pair| shared(model, index, *pair)) {
        return None;
    }
    let (base, done) = *pairs.iter().find(|(base, done)| certain(model, index, *base, *done))?;
    Some(wrong(model, index, (base, done)))
}

/// 另有12所正在安装，其余14所: the rest is told in more than one count of the sentence.
fn shared(model: &Model, index: usize, (base, done): (usize, usize)) -> bool {
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let left = &model.figures[index];
    let from = index.saturating_sub(SENTENCE_COUNTS_MAX);
    let others: Vec<u64> = (from..model.figures.len().min(index + SENTENCE_COUNTS_MAX))
        .filter(|i| ![base, done, index].contains(i) && model.figures[*i].sentence == left.sentence)
        .filter(|i| model.figures[*i].number.unit == left.number.unit)
        .map(count)
        .collect();
    let rest = count(base).saturating_sub(count(done));
    let sums = |set: u32| {
        let chosen = others.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
        chosen.map(|(_, count)| count).sum::<u64>()
    };
    // 测试300次，应答261次；超时27次，无应答12次: a larger whole of the sentence may be what is divided.
    let all = count(index) + count(done) + count(base);
    (1_u32..1 << others.len()).any(|set| sums(set) + count(index) == rest || sums(set) == all)
}

fn wrong(model: &Model, index: usize, (base, done): (usize, usize)) -> Finding {
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let (left, remaining) = (&model.figures[index], count(index));
    let finding = model.finding(Rule::L7, Severity::Error, "remaining", index, &[base, done]);
    let rest = i128::from(count(base)) - i128::from(count(done));
    finding.says(
        format!("{} − {} = {rest} ≠ {remaining}", count(base), count(done)),
        format!("剩余数应为{rest}，写的是{}", left.printed()),
        format!("what remains should be {rest}, printed {remaining}"),
        "核对总数、已完成数和剩余数",
    )
}

/// Pairs of base and done that the remaining count may be the difference of.
fn pairs(model: &Model, index: usize) -> Vec<(usize, usize)> {
    let left = &model.figures[index];
    let mut pairs = Vec::new();
    let usable = |f: &Figure| {
        f.plain_count().is_some()
            && same_unit(&f.number.unit, &left.number.unit)
            && f.region == left.region
            && !f.phrase.negated
            && f.number.unit == left.number.unit
    };
    for done in (index.saturating_sub(LOOK_BACK)..index).rev() {
        let figure = &model.figures[done];
        if !usable(figure)
            || figure.phrase.due
            || !(figure.measure == left.measure || left.measure.is_empty())
            || figure.measure.is_empty()
        {
            continue;
        }
        for base in (done.saturating_sub(3)..done).rev() {
            let other = &model.figures[base];
            if usable(other)
                && other.sentence == figure.sentence
                && other.count() >= figure.count()
                && other.measure != figure.measure
                || (usable(other) && other.phrase.due && other.sentence == figure.sentence)
            {
                pairs.push((base, done));
            }
        }
    }
    pairs
}

/// True where the remaining count can only be the difference of these two: same measure, same category, and one base in their sentence.
fn certain(model: &Model, index: usize, base: usize, done: usize) -> bool {
    let (left, all, part) = (&model.figures[index], &model.figures[base], &model.figures[done]);
    let same_sentence = left.sentence == part.sentence;
    let same_measure = !left.measure.is_empty() && left.measure == part.measure;
    let own = |f: &Figure| f.phrase.subject.clone();
    let alike = |one: &str, other: &str| !one.is_empty() && (one.ends_with(other) || other.ends_with(one));
    let same_subject =
        left.subject == part.subject || own(left).is_empty() || alike(&left.subject, &all.subject);
    let adjacent = done == base + 1;
    adjacent
        && !part.phrase.fresh
        && same_subject
        && all.list.is_none()
        && part.list.is_none()
        && ((same_sentence && (same_measure || left.measure.is_empty()))
            || (same_measure
                && alike(&left.subject, &all.subject)
                && (!left.phrase.whole || all.phrase.whole)))
}

/// Three counts of one sentence and nothing else of their unit: all, one side, the other side.
fn two_sides(model: &Model, index: usize) -> Option<Finding> {
    let left = &model.figures[index];
    left.plain_count()?;
    if !model.fact(left) {
        return None;
    }
    let counts = counts_of_sentence(model, index)?;
    let [base, done, last] = counts.as_slice() else { return None };
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let (all, part) = (&model.figures[*base], &model.figures[*done]);
    if *last != index
        || count(*done) + count(index) == count(*base)
        || count(*done) > count(*base)
        || !covers(model, all, part)
    {
        return None;
    }
    let (one_side, words) = (words_of(part), words_of(left));
    let whole_rest = ALL_THE_REST.iter().any(|word| left.label.starts_with(word));
    let contrary = contrary_words(part, left)
        || left.phrase.negated
            && !left.measure.is_empty()
            && left.measure.iter().all(|id| part.measure.contains(id));
    let nested = model.paragraphs[all.paragraph].text(all.number.end, part.number.start).contains("其中");
    let same_matter = left.phrase.measure().is_empty() || left.measure == part.measure;
    let under_way = UNDER_WAY.iter().any(|word| words.contains(word))
        && same_matter
        && !nested
        && !left.label.contains('另');
    let opposite = !all.phrase.due
        && OPPOSITES.iter().any(|(one, other)| one_side.contains(one) && words.contains(other));
    (whole_rest || contrary || under_way || opposite).then(|| wrong(model, index, (*base, *done)))
}

/// 613台电梯中，报警装置有效的576台，装有监控的210台；报警装置失效的61台: one thing that works or does not, among other counts.
fn opposites(model: &Model, index: usize) -> Option<Finding> {
    let left = &model.figures[index];
    if left.plain_count().is_none() || !model.fact(left) {
        return None;
    }
    let counts = counts_of_sentence(model, index)?;
    let base = *counts.first().filter(|base| **base < index && model.figures[**base].post.ends_with('中'))?;
    let thing = |label: &str, word: &str| label.split_once(word).map(|(thing, _)| thing.to_owned());
    let part = counts.iter().copied().find(|part| {
        let figure = &model.figures[*part];
        (base + 1..index).contains(part)
            && covers(model, &model.figures[base], figure)
            && OPPOSITES.iter().any(|(works, fails)| {
                let (one, other) = (thing(&figure.label, works), thing(&left.label, fails));
                one.zip(other)
                    .is_some_and(|(one, other)| other.chars().count() >= THING_MIN && one.ends_with(&other))
            })
    })?;
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    (count(part) + count(index) != count(base)).then(|| wrong(model, index, (base, part)))
}

/// 已报送127家，未报送11家: one verb, done and not done, whatever it is.
fn contrary_words(part: &Figure, left: &Figure) -> bool {
    let done = part.label.strip_prefix('已').filter(|verb| !verb.is_empty());
    let not = left.label.trim_start_matches(['尚', '仍', '还', '有']).strip_prefix('未');
    done.is_some() && done == not
}

fn words_of(figure: &Figure) -> String {
    format!("{}{}", figure.label, figure.post)
}

/// The counts of the unit and the region of a figure in its sentence, in order; `None` where one of them is not plain or is in a list.
fn counts_of_sentence(model: &Model, index: usize) -> Option<Vec<usize>> {
    let figure = &model.figures[index];
    let same = |i: &usize| model.figures[*i].sentence == figure.sentence;
    let before: Vec<usize> = (0..index).rev().take_while(same).collect();
    let behind = (index..model.figures.len()).take_while(same);
    let all: Vec<usize> = before.into_iter().rev().chain(behind).collect();
    let counts: Vec<usize> = all
        .into_iter()
        .filter(|i| {
            let f = &model.figures[*i];
            f.is_count() && same_unit(&f.number.unit, &figure.number.unit)
        })
        .collect();
    let plain = |i: &usize| {
        let f = &model.figures[*i];
        f.plain_count().is_some()
            && f.list.is_none()
            && f.region == figure.region
            && f.number.unit == figure.number.unit
    };
    (counts.len() <= SENTENCE_COUNTS_MAX && counts.iter().all(plain)).then_some(counts)
}

/// True where the sentence counts the second figure inside the first: all that there are, or that were looked at, asked for, received.
fn covers(model: &Model, all: &Figure, part: &Figure) -> bool {
    let between = model.paragraphs[all.paragraph].text(all.number.end, part.number.start);
    let population = all.phrase.due
        || all.phrase.whole
        || all.post.ends_with('中')
        || [
            "已接入",
            "共",
            "现有",
            "在册",
            "应",
            "抽查",
            "检查",
            "受理",
            "下达",
            "下发",
            "收到",
            "排查",
            "发现",
        ]
        .iter()
        .any(|word| all.label.contains(word));
    population
        && all.role == Role::Plain
        && !all.phrase.negated
        && !all.phrase.fresh
        && !part.phrase.fresh
        && !part.phrase.negated
        && !between.contains('。')
}
