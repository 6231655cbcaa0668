//! L1 for percentages: shares of one whole do not exceed 100 %, and what they leave is printed.

use std::collections::BTreeMap;

use crate::lint::figure::Role;
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Beyond this sum the percentages are no shares of one whole at all.
const SUM_MAX: i64 = 140;
/// Words that say that parts overlap.
const OVERLAP: [&str; 6] = ["交叉", "重复", "可多", "多选", "兼有", "同时存在"];

/// Checks the shares of each sentence that have the same base.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut groups: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let in_share_list = figure.list.is_some_and(|list| model.lists[list].share);
        if (figure.role == Role::Share || in_share_list)
            && figure.percent().is_some()
            && model.fact(figure)
            && !figure.phrase.negated
        {
            let base = match (in_share_list, figure.role) {
                (true, _) => figure.list.map_or_else(String::new, |list| {
                    base(&model.figures[model.lists[list].items[0].figure].label)
                }),
                _ => base(&figure.label),
            };
            groups.entry((figure.sentence, base)).or_default().push(index);
        }
    }
    groups.into_values().filter_map(|members| sum(model, &members)).collect()
}

/// What the shares are of: the words behind 占.
fn base(label: &str) -> String {
    let behind = label.rsplit_once('占').map_or("", |(_, base)| base);
    behind.trim_start_matches('比').trim_end_matches(['的', '为', '达']).trim_end_matches("分别").to_owned()
}

fn sum(model: &Model, members: &[usize]) -> Option<Finding> {
    let text = model.paragraphs[model.figures[members[0]].paragraph].body_text();
    if members.len() < 3 || OVERLAP.iter().any(|word| text.contains(word)) {
        return None;
    }
    let values: Vec<Decimal> = members.iter().filter_map(|i| model.figures[*i].percent()).collect();
    let sum = values.iter().fold(Decimal::whole(0), |sum, value| sum.plus(*value));
    let tolerance: i64 = values.iter().map(|value| value.half_micro()).sum();
    let difference = sum.micro - 100 * MICRO;
    if difference.abs() <= tolerance || sum.micro > SUM_MAX * MICRO {
        return None;
    }
    let smallest = values.iter().map(|value| value.micro).min().unwrap_or(0);
    let closed = members
        .iter()
        .any(|i| ["其他", "其它", "其余"].iter().any(|word| model.figures[*i].label.starts_with(word)));
    if difference < 0 && -difference >= smallest && !closed {
        return None;
    }
    let last = *members.last()?;
    let behind = model.figures.get(last + 1).filter(|f| f.sentence == model.figures[last].sentence);
    if difference < 0 && behind.is_some_and(|f| ["其余", "其他"].iter().any(|word| f.label.starts_with(word)))
    {
        return None;
    }
    let printed: Vec<String> = values.iter().map(ToString::to_string).collect();
    let arithmetic = format!("{} = {sum}%", printed.join("+"));
    let rest = Decimal { micro: difference.abs(), decimals: sum.decimals };
    if difference > 0 {
        let finding = model.finding(Rule::L1, Severity::Error, "share-sum", members[0], &members[1..]);
        return Some(finding.says(
            format!("{arithmetic} > 100%"),
            format!("各项占比之和为{sum}%，超过100%"),
            format!("the shares add to {sum}%, more than 100%"),
            "核对各项占比；类别有交叉的，应当写明",
        ));
    }
    if closed {
        let finding = model.finding(Rule::L1, Severity::Error, "share-sum", members[0], &members[1..]);
        return Some(finding.says(
            format!("{arithmetic}；100 − {sum} = {rest}"),
            format!("含“其他”在内的各项占比之和为{sum}%，比100%少{rest}%"),
            format!("the shares, others included, add to {sum}%, {rest}% short"),
            "核对各项占比",
        ));
    }
    let finding = model.finding(Rule::L1, Severity::Warning, "share-rest", members[0], &members[1..]);
    Some(finding.says(
        format!("{arithmetic}；100 − {sum} = {rest}"),
        format!("各项占比之和为{sum}%，其余{rest}%没有写明"),
        format!("the shares add to {sum}%; the remaining {rest}% are not named"),
        "写明其余部分的数量和占比",
    ))
}
