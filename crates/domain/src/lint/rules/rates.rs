//! L3: the rate of the whole lies between the rates of its parts; percentages that can only be shares add up to it.

use crate::lint::figure::Role;
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::Decimal;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::completeness::explained;

/// Sums up to this many times the total may be shares; larger ones are rates of the parts themselves.
const SHARES_MAX: i64 = 2;

/// Fewest regions that may be all there are.
const REGIONS_MIN: usize = 3;

/// Checks every list of rates that has a total.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    model
        .fact_lists()
        .filter(|list| list.percent && !list.share && !list.of_category && !list.partial)
        .filter_map(|list| one(model, list))
        .collect()
}

/// The rate that a list of rates divides: its head, or the only rate of the whole with its measure and category under the same heading.
pub(super) fn total_of(model: &Model, list: &List) -> Option<usize> {
    if let Some(head) = list.head {
        let figure = &model.figures[head];
        return (figure.measure == list.measure && figure.region.is_none()).then_some(head);
    }
    if let Some(total) = total_behind(model, list) {
        return Some(total);
    }
    let section = model.figures[list.items[0].figure].section;
    let mut rates = model.plain().filter(|(_, f)| {
        f.percent().is_some()
            && f.phrase.is_rate
            && f.section == section
            && f.measure == list.measure
            && f.subject == list.subject
            && f.phrase.negated == list.negated
            && f.role == Role::Plain
    });
    let first = rates.next()?.0;
    rates.next().is_none().then_some(first)
}

/// 小学、初中、高中完成率分别为…，三个学段合计完成率为76.2%: the total right behind the list.
fn total_behind(model: &Model, list: &List) -> Option<usize> {
    let last = list.items.last()?.figure;
    let next = model.figures.get(last + 1..)?.iter().take(2).position(|f| f.percent().is_some())? + last + 1;
    let figure = &model.figures[next];
    let sums_up =
        ["合计", "总体", "整体", "平均", "综合", "总的"].iter().any(|word| figure.label.contains(word));
    let same = figure.phrase.rate.is_none() || figure.measure == list.measure || list.measure.is_empty();
    (sums_up
        && same
        && figure.sentence == model.figures[last].sentence
        && figure.role == Role::Plain
        && figure.region.is_none()
        && !figure.phrase.negated)
        .then_some(next)
}

fn one(model: &Model, list: &List) -> Option<Finding> {
    let total = total_of(model, list)?;
    let rate = model.figures[total].percent()?;
    let values: Vec<Decimal> =
        list.items.iter().map(|item| model.figures[item.figure].percent()).collect::<Option<_>>()?;
    let (smallest, largest) = (*values.iter().min()?, *values.iter().max()?);
    let slack = rate.half_micro().max(smallest.half_micro()).max(largest.half_micro()) * 2;
    let (above, below) = (rate.micro > largest.micro + slack, rate.micro < smallest.micro - slack);
    if !above && !below {
        return None;
    }
    let items: Vec<usize> = list.items.iter().map(|item| item.figure).collect();
    if list.regional() {
        let all = list.items.len() >= REGIONS_MIN.max(model.all_regions.len());
        if !all || explained(model, list, &[]) {
            return None;
        }
        return Some(outside(model, total, &items, rate, (smallest, largest)));
    }
    let sum = values.iter().fold(Decimal::whole(0), |sum, value| sum.plus(*value));
    if above && sum.micro <= SHARES_MAX * rate.micro {
        return shares(model, total, &items, (rate, sum), &values);
    }
    (values.len() >= 3).then(|| outside(model, total, &items, rate, (smallest, largest)))
}

fn outside(
    model: &Model,
    total: usize,
    items: &[usize],
    rate: Decimal,
    (smallest, largest): (Decimal, Decimal),
) -> Finding {
    let finding = model.finding(Rule::L3, Severity::Error, "outside-parts", total, items);
    let arithmetic = if rate > largest {
        format!("{rate}% > {largest}%（各部分最高）")
    } else {
        format!("{rate}% < {smallest}%（各部分最低）")
    };
    finding.says(
        arithmetic,
        format!("总率{rate}%不在各部分{smallest}%～{largest}%之间，不可能成立"),
        format!("the total rate {rate}% is not between those of its parts, {smallest}% to {largest}%"),
        "核对总率和各部分的比率，总率必须是各部分的加权平均",
    )
}

fn shares(
    model: &Model,
    total: usize,
    items: &[usize],
    (rate, sum): (Decimal, Decimal),
    values: &[Decimal],
) -> Option<Finding> {
    let tolerance = values.iter().map(|value| value.half_micro()).sum::<i64>() + rate.half_micro();
    let difference = sum.minus(rate);
    if difference.micro.abs() <= tolerance {
        return None;
    }
    let smallest = values.iter().map(|value| value.micro).min().unwrap_or(0);
    if difference.micro < 0 && -difference.micro >= smallest {
        return None;
    }
    let printed: Vec<String> = values.iter().map(ToString::to_string).collect();
    let severity = if difference.micro > 0 { Severity::Error } else { Severity::Warning };
    let finding = model.finding(Rule::L3, severity, "share-sum", total, items);
    let largest = values.iter().max().copied().unwrap_or(rate);
    Some(finding.says(
        format!(
            "{} = {sum}；{sum} − {rate} = {difference}；最大分项{largest} < {rate}，不可能是各类自身的比率",
            printed.join("+")
        ),
        format!("分项都低于总率，只能是占全体的份额，但份额之和{sum}%不等于总率{rate}%"),
        format!("all parts lie below the total, so they are shares, but they add to {sum}%, not {rate}%"),
        "核对漏计或重计的类别，并写明各百分比的分母",
    ))
}
