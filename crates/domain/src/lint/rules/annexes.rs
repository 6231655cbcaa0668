//! L16: every cited annex is listed, every listed one cited, and counts in titles equal the text.

use std::collections::BTreeSet;

use crate::lint::figure::same_unit;
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Checks citations against the list of annexes, or against the annexes the platform has.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut listed: BTreeSet<u32> = model.annexes.listed.iter().map(|annex| annex.number).collect();
    if let Some(facts) = &model.options.facts {
        listed.extend(facts.annexes.iter().map(|annex| annex.number));
    }
    let mut findings =
        if listed.is_empty() { gaps(model).into_iter().collect() } else { against(model, &listed) };
    findings.extend(counts(model));
    findings.extend(rows(model));
    findings
}

/// Without a list: numbers that are skipped.
fn gaps(model: &Model) -> Option<Finding> {
    let cited: BTreeSet<u32> = model.annexes.cited.iter().map(|citation| citation.number).collect();
    let first = model.annexes.cited.first()?;
    let most = *cited.last()?;
    let skipped: Vec<String> =
        (1..most).filter(|number| !cited.contains(number)).map(|number| number.to_string()).collect();
    if skipped.is_empty() {
        return None;
    }
    let finding = Model::finding_at(Rule::L16, Severity::Style, "annex-gap", first.paragraph, first.line);
    let numbers: Vec<String> = cited.iter().map(u32::to_string).collect();
    Some(finding.says(
        format!("引用：{}；未引用：{}", numbers.join("、"), skipped.join("、")),
        format!("只引用了附件{}，附件{}没有引用，文末也没有附件目录", numbers.join("、"), skipped.join("、")),
        format!(
            "annexes {} are cited, {} never, and there is no list of annexes",
            numbers.join(", "),
            skipped.join(", ")
        ),
        "文末列出附件目录，逐一引用",
    ))
}

fn against(model: &Model, listed: &BTreeSet<u32>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut told = BTreeSet::new();
    for citation in &model.annexes.cited {
        if listed.contains(&citation.number) || !told.insert(citation.number) {
            continue;
        }
        let finding =
            Model::finding_at(Rule::L16, Severity::Error, "annex-absent", citation.paragraph, citation.line);
        let numbers: Vec<String> = listed.iter().map(u32::to_string).collect();
        findings.push(finding.says(
            format!("附件目录：{}", numbers.join("、")),
            format!("引用了附件{}，附件目录中没有", citation.number),
            format!("annex {} is cited and not listed", citation.number),
            "补充附件，或改正引用的编号",
        ));
    }
    for annex in &model.annexes.listed {
        let cited = model.annexes.cited.iter().any(|citation| citation.number == annex.number);
        if cited || model.annexes.cited.is_empty() {
            continue;
        }
        let finding =
            Model::finding_at(Rule::L16, Severity::Style, "annex-uncited", annex.paragraph, annex.line);
        findings.push(finding.says(
            String::new(),
            format!("附件{}在正文中没有引用", annex.number),
            format!("annex {} is never cited", annex.number),
            "在正文相应处注明“详见附件”",
        ));
    }
    findings
}

/// 名单（共43家） against the count beside the citation.
fn counts(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for annex in &model.annexes.listed {
        let Some(title) = annex.count else { continue };
        let counts: Vec<usize> =
            model.annexes.cited.iter().filter(|c| c.number == annex.number).filter_map(|c| c.count).collect();
        let comparable: Vec<usize> = counts
            .into_iter()
            .filter(|i| same_unit(&model.figures[*i].number.unit, &model.figures[title].number.unit))
            .collect();
        let agrees = comparable.iter().any(|i| model.figures[*i].count() == model.figures[title].count());
        let (Some(cited), false) = (comparable.first(), agrees) else { continue };
        let (a, b) = (model.figures[*cited].count().unwrap_or(0), model.figures[title].count().unwrap_or(0));
        let finding = model.finding(Rule::L16, Severity::Error, "annex-count", title, &[*cited]);
        findings.push(finding.says(
            format!("{a} ≠ {b}；相差{}", a.abs_diff(b)),
            format!(
                "正文为{}，附件{}标题为{}",
                model.figures[*cited].printed(),
                annex.number,
                model.figures[title].printed()
            ),
            format!("the text says {a}, the title of annex {} says {b}", annex.number),
            "以附件名单为准统一数量",
        ));
    }
    findings
}

/// With the platform's annexes: rows against the count beside the citation.
fn rows(model: &Model) -> Vec<Finding> {
    let Some(facts) = &model.options.facts else { return Vec::new() };
    let mut findings = Vec::new();
    for citation in &model.annexes.cited {
        let annex = facts.annexes.iter().find(|annex| annex.number == citation.number && annex.rows > 0);
        let (Some(annex), Some(count)) = (annex, citation.count) else { continue };
        let printed = model.figures[count].count().unwrap_or(0);
        let candidates =
            model.figures[..=count].iter().rev().take(8).filter(|f| f.paragraph == citation.paragraph);
        if candidates.into_iter().any(|f| f.count() == Some(annex.rows)) {
            continue;
        }
        let finding = model.finding(Rule::L16, Severity::Error, "annex-rows", count, &[]);
        findings.push(finding.says(
            format!("{printed} ≠ {}", annex.rows),
            format!("附件{}有{}行，正文为{}", annex.number, annex.rows, model.figures[count].printed()),
            format!("annex {} has {} rows, the text says {printed}", annex.number, annex.rows),
            "以附件行数为准",
        ));
    }
    findings
}
