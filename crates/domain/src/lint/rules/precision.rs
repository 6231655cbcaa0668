//! L8 and L14: how precisely numbers are printed.

use std::collections::BTreeMap;

use crate::lint::figure::Role;
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

/// Percentages with decimals that make a habit.
const HABIT_MIN: usize = 5;
/// At most one in this many may break a habit; otherwise there is none.
const EXCEPTION_SHARE: usize = 5;

/// Checks decimals and vague numbers.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = decimals(model);
    findings.extend(vague(model));
    findings
}

fn decimals(model: &Model) -> Vec<Finding> {
    let measured = |f: &&crate::lint::figure::Figure| {
        model.fact(f) && matches!(f.role, Role::Plain | Role::Share | Role::OfCategory)
    };
    let mut habit: BTreeMap<u8, usize> = BTreeMap::new();
    for figure in model.figures.iter().filter(measured) {
        if let Some(value) = figure.percent().filter(|value| value.decimals > 0) {
            *habit.entry(value.decimals).or_default() += 1;
        }
    }
    let Some((&usual, &count)) = habit.iter().max_by_key(|(_, count)| **count) else { return Vec::new() };
    let odd: usize = habit.iter().filter(|(decimals, _)| **decimals > usual).map(|(_, count)| count).sum();
    if count < HABIT_MIN || odd * EXCEPTION_SHARE > count {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate().filter(|(_, f)| measured(f)) {
        let Some(value) = figure.percent().filter(|value| value.decimals > usual) else { continue };
        let finding = model.finding(Rule::L8, Severity::Style, "decimals", index, &[]);
        findings.push(finding.says(
            format!("{value}：{}位小数；其余百分数{usual}位小数", value.decimals),
            format!("{}的小数位数与全文（{usual}位）不一致", figure.printed()),
            format!("{} has {} decimals, the text has {usual}", figure.printed(), value.decimals),
            format!("统一保留{usual}位小数"),
        ));
    }
    findings
}

fn vague(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let counted = matches!(figure.number.kind, Kind::Count { .. });
        if figure.role != Role::Vague || !counted || !model.fact(figure) || figure.bracketed {
            continue;
        }
        let finding = model.finding(Rule::L14, Severity::Style, "vague", index, &[]);
        findings.push(finding.says(
            String::new(),
            format!("“{}”是概数，无法核对，也没有分母", figure.printed()),
            format!("{} is not an exact number and cannot be checked", figure.printed()),
            "写出准确数量、统计时段和判定标准",
        ));
    }
    findings
}
