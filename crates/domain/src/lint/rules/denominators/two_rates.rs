//! Two rates of one category whose denominators are not printed and have none in common.

use crate::lint::figure::same_unit;
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, denominators, prints};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::{own_base, printed_base, range, stated_base};

/// Measures whose rates are usually of what was looked at, not of all: they have no base in common with others.
const CONDITIONAL: [&str; 18] = [
    "合格", "在线", "整改", "办结", "处置", "响应", "达标", "通过", "反馈", "回复", "复查", "结案", "故障",
    "离线", "运行", "检出", "应答", "处理",
];

/// Compares every two rates of one category.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counts = &model.category_counts;
    let mut pairs: Vec<(usize, usize, Decimal)> = Vec::new();
    for count in counts {
        if let Some(rate) = model.rate_with(*count)
            && let Some(percent) = model.figures[rate].percent()
            && !printed_base(model, rate, percent)
            && percent.micro < 100 * MICRO
            && !own_base(model, &model.figures[rate])
            && !conditional(model, *count, rate)
        {
            pairs.push((*count, rate, percent));
        }
    }
    for (position, (later, later_rate, q)) in pairs.iter().enumerate() {
        let recent = pairs[..position].iter().rev().take(64);
        for (earlier, earlier_rate, p) in recent {
            let (one, other) = (&model.figures[*earlier], &model.figures[*later]);
            let same = one.subject == other.subject
                && one.measure != other.measure
                && same_unit(&one.number.unit, &other.number.unit);
            let (Some(a), Some(b)) = (one.count(), other.count()) else { continue };
            if !same || prints(b, a, *q) || prints(a, b, *p) {
                continue;
            }
            let (Some(first), Some(second)) = (denominators(a, *p), denominators(b, *q)) else { continue };
            if first.0.max(second.0) <= first.1.min(second.1) {
                continue;
            }
            let finding = model.finding(
                Rule::L4,
                Severity::Error,
                "denominators",
                *later_rate,
                &[*later, *earlier_rate, *earlier],
            );
            findings.push(finding.says(
                format!("{a}÷{p}% → 分母{}；{b}÷{q}% → 分母{}；没有共同的整数", range(first), range(second)),
                format!(
                    "{}的两个比率分母不一致：第{}行要求{}，此处要求{}",
                    other.subject,
                    one.line,
                    range(first),
                    range(second)
                ),
                format!(
                    "two rates of one population need different denominators: {} and {}",
                    range(first),
                    range(second)
                ),
                "两个比率使用同一底册作分母；口径不同的，分别写明分母",
            ));
        }
    }
    findings
}

/// True for a rate of what was looked at, unless the text says that it is of all.
fn conditional(model: &Model, count: usize, rate: usize) -> bool {
    let of_all = stated_base(model, &model.figures[rate]).is_some_and(|words| words.contains("总数"));
    !of_all && model.figures[count].measure.iter().any(|id| CONDITIONAL.contains(&model.lexicon.stem(*id)))
}
