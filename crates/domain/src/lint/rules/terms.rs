//! L15: a category has one name throughout.

use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::phrase::{drifted, members};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Checks names of categories and of parts.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = objects(model);
    findings.extend(parts(model));
    findings
}

/// A total names 校外教学点, the figure counts 校外教学点设点单位.
fn objects(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counts = &model.category_counts;
    for (_, total) in model.plain() {
        let names = members(&total.subject);
        if total.count().is_none()
            || names.len() < 3
            || total.measure.is_empty()
            || total.phrase.subject != total.subject
        {
            continue;
        }
        let of_measure: Vec<usize> =
            counts.iter().copied().filter(|i| model.figures[*i].measure == total.measure).collect();
        let exact = |name: &str| of_measure.iter().any(|i| model.figures[*i].subject == name);
        for name in names.iter().filter(|name| !exact(name)) {
            let other = of_measure.iter().copied().find(|i| {
                let subject = &model.figures[*i].subject;
                drifted(subject, name) && !names.contains(subject)
            });
            let Some(other) = other else { continue };
            let subject = &model.figures[other].subject;
            let mut finding = model.finding(Rule::L15, Severity::Warning, "object-drift", other, &[]);
            finding.related_lines.push(total.line);
            findings.push(finding.says(
                String::new(),
                format!("第{}行统计的是“{name}”，此处统计的是“{subject}”，对象不同", total.line),
                format!("line {} counts “{name}”, this figure counts “{subject}”", total.line),
                "写明统计对象，全文使用同一名称",
            ));
        }
    }
    findings
}

/// The same division with two names for a part: 公办高职院校 / 公办高职.
fn parts(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let named: Vec<&List> = model
        .fact_lists()
        .filter(|list| {
            !list.of_category && list.items.iter().all(|item| item.region.is_none()) && list.items.len() >= 3
        })
        .take(100)
        .collect();
    for (position, later) in named.iter().enumerate() {
        for earlier in &named[..position] {
            if earlier.items.len() != later.items.len() || earlier.subject != later.subject {
                continue;
            }
            let drifts: Vec<(usize, String)> = earlier
                .items
                .iter()
                .zip(&later.items)
                .filter(|(one, other)| drifted(&one.name, &other.name))
                .map(|(one, other)| (other.figure, format!("{} / {}", one.name, other.name)))
                .collect();
            let same =
                earlier.items.iter().zip(&later.items).filter(|(one, other)| one.name == other.name).count();
            if drifts.is_empty() || same + drifts.len() != later.items.len() {
                continue;
            }
            let finding = model.finding(
                Rule::L15,
                Severity::Style,
                "part-drift",
                drifts[0].0,
                &[earlier.items[0].figure],
            );
            findings.push(finding.says(
                String::new(),
                format!(
                    "同一分类前后名称不一致：{}",
                    drifts.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>().join("；")
                ),
                "the same parts have two names".to_owned(),
                "全文使用同一名称",
            ));
        }
    }
    findings
}
