//! L2 for references: 已建成的3165家食堂中 speaks of a number that the text has printed before, with another value.
//!
//! Such a reference takes up what was counted: the same words, the same unit, and nothing new. It is called wrong only if no count of
//! the text has its value and exactly one earlier count has its words, and the two are close: a slip of the pen, not another set.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// A slip changes a number by less than one part in this many.
const CLOSE: u64 = 8;
/// Most references of a text that are looked up.
const REFERENCES_MAX: usize = 300;
/// Fewest characters of words that two counts must have in common.
const COMMON_MIN: usize = 2;

/// Checks every count that takes up an earlier one.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let takes_up = |index: &usize| takes_up(&model.figures[*index]);
    let references = (0..model.figures.len()).filter(takes_up).take(REFERENCES_MAX);
    references.filter_map(|index| one(model, index)).collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let value = figure.span()?;
    let place = model.places[figure.paragraph];
    if place.back || figure.list.is_some() || figure.region.is_some() {
        return None;
    }
    let printed = |f: &Figure| f.span().is_some_and(|span| span.0 <= value.1 && value.0 <= span.1);
    let elsewhere = model.figures.iter().enumerate().any(|(i, f)| i != index && printed(f));
    if elsewhere || sums(model, index, value) {
        return None;
    }
    let words = own_words(figure);
    let same: Vec<usize> = (0..index)
        .filter(|i| {
            let earlier = &model.figures[*i];
            earlier.span().is_some()
                && matches!(earlier.role, Role::Plain)
                && earlier.region.is_none()
                && earlier.list.is_none()
                && earlier.sentence != figure.sentence
                && same_unit(&earlier.number.unit, &figure.number.unit)
                && !earlier.phrase.fresh
                && earlier.phrase.due == figure.phrase.due
                && earlier.phrase.negated == figure.phrase.negated
                && close(earlier, value)
                && says_the_same(model, earlier, figure, &words)
        })
        .collect();
    let [earlier] = same.as_slice() else { return None };
    let other = &model.figures[*earlier];
    let finding = model.finding(Rule::L2, Severity::Error, "reference", index, &[*earlier]);
    let difference = match (other.count(), figure.count()) {
        (Some(a), Some(b)) => format!("{} − {} = {}", a.max(b), a.min(b), a.abs_diff(b)),
        _ => format!("{} ≠ {}", other.printed(), figure.printed()),
    };
    Some(finding.says(
        difference,
        format!("此处引用的数量为{}，第{}行写的是{}", figure.printed(), other.line, other.printed()),
        format!("this takes up {} of line {} as {}", other.printed(), other.line, figure.printed()),
        "统一为同一数值",
    ))
}

/// N家食堂中, 未安装的N个食堂必须…, 正常使用的N家: a count whose words stand before it with 的, or that a set is made of.
fn takes_up(figure: &Figure) -> bool {
    let set = figure.post.ends_with('中') || figure.label.ends_with('的') || figure.post.contains("实际");
    set && matches!(figure.role, Role::Plain)
        && !figure.number.vague
        && !["其中", "其余", "另"].iter().any(|word| figure.label.contains(word))
        && !(figure.label.ends_with('的') && figure.post.is_empty())
}

/// What stands before the number and its 的, the words of demand and of the whole left out, and what it counts.
fn own_words(figure: &Figure) -> String {
    let behind = figure.post.split_once('的').map_or("", |(words, _)| words);
    if !figure.label.ends_with('的') && behind.contains("实际") {
        return behind.replace("接受", "").replace("进行", "");
    }
    let label = figure.label.trim_end_matches('的');
    let label = ["对", "请", "确保", "要", "在", "全省", "全市", "全县", "全区", "全校"]
        .iter()
        .fold(label, |text, word| text.trim_start_matches(word));
    label.to_owned()
}

/// Same measure and a category that is the same or its end; or all words of the reference stand in the earlier sentence's words.
fn says_the_same(model: &Model, earlier: &Figure, figure: &Figure, words: &str) -> bool {
    let read = |f: &Figure| f.phrase.subject.clone();
    let (one, other) = (read(earlier), read(figure));
    let subject = one.is_empty() || other.is_empty() || one.ends_with(&other) || other.ends_with(&one);
    let measured = !figure.measure.is_empty() && figure.measure == earlier.measure;
    let whole = earlier.phrase.whole
        || earlier.label.contains('共')
        || earlier.label.starts_with('已')
        || earlier.label.starts_with('实');
    if measured && subject && whole {
        return true;
    }
    let contained = words.chars().filter(|c| !"的了和及、".contains(*c)).count() > COMMON_MIN
        && words.chars().all(|c| "的了和及、".contains(c) || earlier.label.contains(c));
    let verbs = !Phrase::read(words, &model.lexicon, &model.regions).measure().is_empty();
    contained && verbs
}

fn close(earlier: &Figure, value: (u64, u64)) -> bool {
    earlier.span().is_some_and(|span| {
        let apart = if span.1 < value.0 { value.0 - span.1 } else { span.0.saturating_sub(value.1) };
        apart > 0 && apart.saturating_mul(CLOSE) <= span.1.max(value.1)
    })
}

/// The value is the sum or the difference of two counts printed beside each other before.
fn sums(model: &Model, index: usize, value: (u64, u64)) -> bool {
    let counts: Vec<u64> = model.figures[..index].iter().filter_map(Figure::count).collect();
    counts.windows(2).any(|pair| {
        let (sum, difference) = (pair[0] + pair[1], pair[0].abs_diff(pair[1]));
        (value.0..=value.1).contains(&sum) || (value.0..=value.1).contains(&difference)
    })
}
