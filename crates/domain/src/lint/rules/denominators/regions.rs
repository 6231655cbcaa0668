//! Rates by region against counts by region that stand in other lists.

use crate::lint::model::Model;
use crate::lint::number::{percent_text, prints};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Rates by region against counts by region printed in other lists: 已装…户, 应装…户, 安装率….
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rates in model.fact_lists().filter(|list| list.percent && !list.share && !list.measure.is_empty()) {
        let section = model.figures[rates.items[0].figure].section;
        let counts = |due: bool| {
            let mut lists = model.fact_lists().filter(move |list| {
                !list.percent
                    && list.due == due
                    && list.measure == rates.measure
                    && !list.negated
                    && model.figures[list.items[0].figure].section == section
            });
            let first = lists.next();
            if lists.next().is_some() { None } else { first }
        };
        let (Some(done), Some(due)) = (counts(false), counts(true)) else { continue };
        for item in rates.items.iter().filter(|item| item.region.is_some()) {
            let Some(region) = item.region else { continue };
            let (Some(a), Some(n), Some(percent)) =
                (done.of(region), due.of(region), model.figures[item.figure].percent())
            else {
                continue;
            };
            let (Some(x), Some(y)) = (model.figures[a].count(), model.figures[n].count()) else { continue };
            if y > 0 && !prints(x, y, percent) {
                let finding =
                    model.finding(Rule::L4, Severity::Error, "rate-of-region", item.figure, &[a, n]);
                findings.push(finding.says(
                    format!("{x} ÷ {y} = {} ≠ {percent}%", percent_text(x, y, percent.decimals.max(1))),
                    format!("{}的比率与所列数量不符", model.regions.name(region)),
                    format!("the rate of {} does not fit its counts", model.regions.name(region)),
                    "核对该地区的数量和比率",
                ));
            }
        }
    }
    findings
}
