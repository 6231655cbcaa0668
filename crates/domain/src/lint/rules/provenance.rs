//! L18: with the platform's figures at hand, every printed figure is one of them.

use std::collections::HashMap;

use crate::lint::figure::Role;
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

/// Checks every present figure of a draft.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let Some(facts) = model.options.facts.as_ref().filter(|facts| !facts.figures.is_empty()) else {
        return Vec::new();
    };
    let mut left: HashMap<&str, usize> = HashMap::new();
    for figure in &facts.figures {
        *left.entry(figure.as_str()).or_default() += 1;
    }
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let judged =
            matches!(figure.role, Role::Plain | Role::Share | Role::OfCategory) && model.fact(figure);
        if !judged {
            continue;
        }
        let text = match figure.number.kind {
            Kind::Percent(value) => format!("{value}%"),
            Kind::Bare(value) => value.to_string(),
            Kind::Count { low, high } if low == high => low.to_string(),
            _ => figure.printed(),
        };
        if left.contains_key(text.as_str()) {
            continue;
        }
        let finding = model.finding(Rule::L18, Severity::Warning, "no-provenance", index, &[]);
        findings.push(finding.says(
            String::new(),
            format!("{}不是由统计快照计算得出的指标值", figure.printed()),
            format!("{} is no figure computed from the snapshot", figure.printed()),
            "由指标值填入，或注明来源",
        ));
    }
    findings
}
