//! The rate of a total that names its categories against the denominators that the categories imply.

use crate::lint::model::Model;
use crate::lint::number::{MICRO, denominators, percent_text, prints};
use crate::lint::phrase::members;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rules::sums::parts_of;

use super::range;

/// A total that names its categories: its rate against the denominators that the categories imply.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.plain() {
        let names = members(&figure.subject);
        if figure.count().is_none()
            || names.len() < 3
            || figure.measure.is_empty()
            || figure.phrase.subject != figure.subject
        {
            continue;
        }
        let (Some(rate), Some(parts)) = (model.rate_with(index), parts_of(model, &names, &figure.measure))
        else {
            continue;
        };
        let Some(percent) = model.figures[rate].percent() else { continue };
        let (mut low, mut high, mut sum) = (0_u64, 0_u64, 0_u64);
        let complete = parts.iter().all(|part| {
            let bounds = model
                .rate_with(*part)
                .and_then(|r| model.figures[r].percent())
                .zip(model.figures[*part].count())
                .and_then(|(p, n)| denominators(n, p).map(|d| (d, n)));
            bounds.is_some_and(|((first, last), count)| {
                low += first;
                high = high.saturating_add(last);
                sum += count;
                true
            })
        });
        let fits = |n: u64| prints(sum, n, percent);
        let between = i128::from(sum) * 100 * i128::from(MICRO)
            >= i128::from(percent.micro) * i128::from(low)
            && i128::from(sum) * 100 * i128::from(MICRO) <= i128::from(percent.micro) * i128::from(high);
        if !complete || low == 0 || fits(low) || fits(high) || between {
            continue;
        }
        let finding = model.finding(Rule::L4, Severity::Error, "total-rate", rate, &[index]);
        let (least, most) = (percent_text(sum, high, 1), percent_text(sum, low, 1));
        let value = if least == most { least } else { format!("{least}～{most}") };
        findings.push(finding.says(
            format!(
                "分类数量之和{sum}，各类分母之和{}；{sum} ÷ {} = {value} ≠ {percent}%",
                range((low, high)),
                range((low, high))
            ),
            format!("总率{percent}%与所列{}类不符：按各类数量和比率推算为{value}", parts.len()),
            format!(
                "the total rate {percent}% does not fit the {} categories, which give {value}",
                parts.len()
            ),
            "按各类分子、分母之和重新计算总率，或写明总率的口径",
        ));
    }
    findings
}
