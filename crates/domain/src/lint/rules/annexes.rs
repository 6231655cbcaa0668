//! L16: every cited annex is listed, every listed one cited, and counts in titles equal the text.

use std::collections::BTreeSet;

use crate::lint::figure::{Figure, same_unit};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::source::Mark;

/// Fewest numbered rows that make an annex.
const ROWS_MIN: u64 = 3;

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
    findings.extend(printed_rows(model));
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

/// An annex printed under the text with numbered rows: they are as many as the text says where it cites the annex.
fn printed_rows(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in model.paragraphs.iter().enumerate() {
        let title: String = paragraph.chars.iter().filter(|c| !"附件：".contains(**c)).collect();
        if paragraph.mark != Mark::Annex
            || title.chars().count() > 2
            || !title.chars().all(|c| c.is_ascii_digit())
        {
            continue;
        }
        let rows = numbered_rows(model, index + 1);
        if rows < ROWS_MIN {
            continue;
        }
        let Some(count) = count_at_citation(model, &title) else { continue };
        let figure = &model.figures[count];
        let near = model.figures.iter().filter(|f| f.sentence == figure.sentence);
        if near.filter_map(Figure::count).any(|count| count == rows) {
            continue;
        }
        let printed = figure.count().unwrap_or(0);
        let mut finding = model.finding(Rule::L16, Severity::Error, "annex-rows", count, &[]);
        finding.related_lines.push(paragraph.line(0));
        findings.push(finding.says(
            format!("{printed} ≠ {rows}"),
            format!("附件{title}有{rows}行，正文为{}", figure.printed()),
            format!("annex {title} has {rows} rows, the text says {printed}"),
            "以附件行数为准",
        ));
    }
    findings
}

/// Rows 1, 2, 3… from a paragraph on, up to the next annex.
fn numbered_rows(model: &Model, from: usize) -> u64 {
    let mut rows = 0_u64;
    for paragraph in model.paragraphs[from..].iter().take_while(|p| p.mark != Mark::Annex) {
        let digits: String = paragraph.chars.iter().take(4).take_while(|c| c.is_ascii_digit()).collect();
        rows += u64::from(digits.parse() == Ok(rows + 1));
    }
    rows
}

/// The last count of the sentence that cites an annex; an annex without number is the only one.
fn count_at_citation(model: &Model, number: &str) -> Option<usize> {
    if let Ok(number) = number.parse::<u32>() {
        return model.annexes.cited.iter().find(|citation| citation.number == number)?.count;
    }
    for (index, paragraph) in model.paragraphs.iter().enumerate().filter(|(i, _)| !model.places[*i].back) {
        let cited = paragraph.chars.windows(2).position(|pair| pair == ['附', '件']);
        let Some(at) = cited.filter(|at| !paragraph.chars.get(at + 2).is_some_and(char::is_ascii_digit))
        else {
            continue;
        };
        let floor = paragraph.sentence_start(at);
        let mut counts = model.figures.iter().enumerate().filter(|(_, f)| {
            f.paragraph == index && (floor..at).contains(&f.number.start) && f.plain_count().is_some()
        });
        return counts.next_back().map(|(index, _)| index);
    }
    None
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
