//! L5 and L6 for two conditions and those that meet both: 定位的121辆、监控的126辆，两者同时具备的124辆.
//!
//! Those that meet both are not more than those that meet one, and of `all` units at least one + other − all meet both.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Words of those that meet both conditions.
const BOTH: [&str; 12] = [
    "两项均",
    "两项都",
    "两者均",
    "两者都",
    "二者均",
    "二者都",
    "两样都",
    "均达标",
    "同时具备",
    "同时达到",
    "同时满足",
    "同时",
];
/// How many figures before the two conditions their base may stand.
const BASE_WITHIN: usize = 4;

/// Checks every count of those that meet both of two conditions.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    (0..model.figures.len()).filter_map(|index| one(model, index)).collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let both = &model.figures[index];
    let value = both.plain_count()?;
    let words = format!("{}{}", both.label, both.post);
    if !says_both(&words) || !model.fact(both) || index < 2 {
        return None;
    }
    let alike = |i: &usize| {
        let f = &model.figures[*i];
        f.sentence == both.sentence
            && f.count().is_some()
            && f.number.unit == both.number.unit
            && f.region == both.region
    };
    let before: Vec<usize> = (index.saturating_sub(BASE_WITHIN + 2)..index).filter(alike).collect();
    let [earlier @ .., first, second] = before.as_slice() else { return None };
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let (one, other) = (count(*first), count(*second));
    let all =
        earlier.iter().rev().copied().find(|i| is_base(&model.figures[*i]) && count(*i) >= one.max(other));
    if is_base(&model.figures[*first]) && earlier.is_empty() {
        return None;
    }
    if value > one.min(other) {
        let finding =
            model.finding(Rule::L5, Severity::Error, "both-more-than-one", index, &[*first, *second]);
        return Some(finding.says(
            format!(
                "{value} > {}；{value} − {} = {}",
                one.min(other),
                one.min(other),
                value - one.min(other)
            ),
            format!("同时符合两项的{}多于只符合其中一项的{}", both.printed(), one.min(other)),
            format!("{value} meet both conditions, only {} meet one of them", one.min(other)),
            "核对两项条件和同时符合的数量",
        ));
    }
    let base = all?;
    let least = (one + other).saturating_sub(count(base));
    if value >= least {
        return None;
    }
    let finding = model.finding(Rule::L6, Severity::Error, "both-bound", index, &[base, *first, *second]);
    Some(finding.says(
        format!("{one} + {other} − {} = {least} > {value}；短少{}", count(base), least - value),
        format!("同时符合两项的不应少于{least}，写的是{}", both.printed()),
        format!("at least {least} meet both conditions, printed {value}"),
        "按单位逐一求交集后重新统计",
    ))
}

/// 同时 as a conjunction (同时，抽查…) says nothing about two conditions.
fn says_both(words: &str) -> bool {
    let found = BOTH.iter().any(|word| words.contains(word));
    let conjunction = words.starts_with("同时") && !words.contains(['两', '均', '都', '的']);
    let both_of = words.contains('既') && words.contains('又') && !words.contains(['未', '没', '不']);
    (found && !conjunction) || both_of
}

/// All that there are or that were looked at.
fn is_base(figure: &Figure) -> bool {
    figure.role == Role::Plain
        && (figure.post.ends_with('中')
            || figure.phrase.whole
            || ["共", "对", "现有", "在册", "抽查", "检查", "核查"]
                .iter()
                .any(|word| figure.label.contains(word))
            || figure.post.contains("进行了"))
}
