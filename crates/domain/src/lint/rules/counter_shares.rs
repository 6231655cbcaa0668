//! L7 for two shares of one sentence whose words are contraries: 实行集中配送的占86.6%；没有实行集中配送的占15.4%.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Fewest characters of the words that both shares have in common.
const COMMON_MIN: usize = 2;
/// Words that deny what stands behind them.
const DENIALS: [&str; 4] = ["没有", "尚未", "未", "不"];

/// Checks every pair of neighbouring shares.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    (1..model.figures.len()).filter_map(|index| one(model, index)).collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let (first, second) = (&model.figures[index - 1], &model.figures[index]);
    let share = |f: &Figure| {
        matches!(f.role, Role::Share | Role::Plain)
            && f.label
                .rsplit_once('占')
                .is_some_and(|(_, base)| base.trim_end_matches(['比', '为', '达', '的', '到']).is_empty())
    };
    let beside = first.sentence == second.sentence && first.region == second.region && model.fact(second);
    if !beside || !share(first) || !share(second) {
        return None;
    }
    let percentages =
        model.figures.iter().filter(|f| f.sentence == second.sentence && f.percent().is_some()).count();
    if percentages != 2 || !denies(&first.label, &second.label) {
        return None;
    }
    let (one, other) = (first.percent()?, second.percent()?);
    let sum = one.plus(other);
    if (sum.micro - 100 * MICRO).abs() <= one.half_micro() + other.half_micro() {
        return None;
    }
    let rest = Decimal::whole(100).minus(one);
    let finding = model.finding(Rule::L7, Severity::Error, "counter-share", index, &[index - 1]);
    Some(finding.says(
        format!("{one} + {other} = {sum} ≠ 100"),
        format!("相反的两个占比之和为{sum}%；按{one}%，相反的应为{rest}%"),
        format!("two contrary shares add to {sum}%, not to 100"),
        "核对两个占比",
    ))
}

/// True where the second says that what the first says is not so.
fn denies(first: &str, second: &str) -> bool {
    let words = |text: &str| text.rsplit_once('占').map_or_else(String::new, |(words, _)| words.to_owned());
    let (first, second) = (words(first), words(second));
    let Some((_, denied)) = DENIALS.iter().find_map(|word| second.split_once(word)) else { return false };
    let denied: Vec<char> = denied.trim_end_matches('的').chars().collect();
    let end: String = denied[denied.len().saturating_sub(4)..].iter().collect();
    denied.len() >= COMMON_MIN
        && first.contains(&end)
        && !DENIALS.iter().any(|word| first.contains(&format!("{word}{end}")))
}
