//! L17: the rates of all regions and the rate of the whole admit whole numbers of units.

use crate::lint::feasibility::{Rate, Verdict, feasible};
use crate::lint::figure::same_unit;
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::{Decimal, denominators};
use crate::lint::report::{Finding, ReadSummary, Severity, WeightNote};
use crate::lint::rule::Rule;

use super::completeness::explained;
use super::rates::total_of;

/// Checks every complete list of rates whose total has a count.
pub(super) fn check(model: &Model, read: &mut ReadSummary) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in model.fact_lists().filter(|list| {
        list.percent
            && list.regional()
            && !list.partial
            && !list.share
            && list.items.len() >= model.all_regions.len()
            && !explained(model, list, &[])
    }) {
        let Some(total) = total_of(model, list) else { continue };
        let Some((verdict, part, whole)) = weigh(model, list, total) else { continue };
        read.weights.push(WeightNote { line: model.figures[total].line, verdict: verdict.as_str() });
        if verdict != Verdict::Infeasible {
            continue;
        }
        let items: Vec<usize> = list.items.iter().map(|item| item.figure).collect();
        let finding = model.finding(Rule::L17, Severity::Error, "weights", total, &items);
        findings.push(finding.says(
            format!("总数{part}/{}；{}个地区的比率没有同时成立的整数解", span(whole), items.len()),
            "各地区比率与总数不能同时成立：不存在符合四舍五入的整数规模".to_owned(),
            "no whole numbers of units satisfy all regional rates and the total".to_owned(),
            "核对各地区比率、总数和总率",
        ));
    }
    findings
}

fn span((low, high): (u64, u64)) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

fn weigh(model: &Model, list: &List, total: usize) -> Option<(Verdict, u64, (u64, u64))> {
    let part = (total.saturating_sub(3)..total).rev().find(|i| {
        let figure = &model.figures[*i];
        model.rate_with(*i) == Some(total) && figure.plain_count().is_some()
    })?;
    let (count, rate) = (model.figures[part].count()?, model.figures[total].percent()?);
    // A whole percentage may be a dropped zero or one without decimals: the wider reading, so that infeasible means infeasible.
    let implied = denominators(count, rate)?;
    let printed = part.checked_sub(1).filter(|i| {
        let base = &model.figures[*i];
        base.sentence == model.figures[part].sentence
            && base.plain_count().is_some()
            && same_unit(&base.number.unit, &model.figures[part].number.unit)
    });
    let whole = match printed.and_then(|i| model.figures[i].count()) {
        Some(base) if base >= implied.0 && base <= implied.1 => (base, base),
        _ => implied,
    };
    let rates: Vec<Rate> = list
        .items
        .iter()
        .map(|item| model.figures[item.figure].percent().map(as_rate))
        .collect::<Option<_>>()?;
    Some((feasible(&rates, count, whole), count, whole))
}

fn as_rate(value: Decimal) -> Rate {
    Rate { micro_percent: value.micro, half_micro_percent: value.half_micro() }
}
