//! The checks every draft goes through: the linter with everything the platform knows, and every figure computed anew.

use domain::beijing;
use domain::bulletin::edition::{Annex, Value};
use domain::bulletin::{Bulletin, FigureKind, Origin, PrintedFigure, Unproved};
use domain::figures::city_regions;
use domain::lint::{self, AnnexFact, Facts};
use domain::region::Region;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The rule that every number has rows behind it.
const PROVENANCE: &str = "L18";

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A contradiction that arithmetic proves; a draft that has one is approved only with a reason.
    Error,
    /// A gap, or something undeclared.
    Warning,
    /// Wording, precision, order.
    Style,
}

/// Something a check found, as it is kept with the revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `L1` to `L18`.
    pub rule: String,
    /// Line of the text, from 1.
    pub line: u32,
    /// Paragraph of the text, from 1.
    pub paragraph: u32,
    /// How bad it is.
    pub severity: Severity,
    /// The printed figures involved.
    pub figures: Vec<String>,
    /// The proof.
    pub arithmetic: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// What to do, in Chinese.
    pub suggestion: String,
    /// Other lines to look at.
    pub related_lines: Vec<u32>,
}

impl Severity {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Style => "style",
        }
    }
}

impl From<lint::Finding> for Finding {
    fn from(found: lint::Finding) -> Self {
        Self {
            rule: found.rule.as_str().to_owned(),
            line: found.line,
            paragraph: found.paragraph,
            severity: match found.severity {
                lint::Severity::Error => Severity::Error,
                lint::Severity::Warning => Severity::Warning,
                lint::Severity::Style => Severity::Style,
            },
            figures: found.figures,
            arithmetic: found.arithmetic,
            message: found.message,
            message_en: found.message_en,
            suggestion: found.suggestion,
            related_lines: found.related_lines,
        }
    }
}

/// Lints a draft and reports the figures its sources do not bear out.
pub fn check(
    written: &Bulletin,
    annexes: &[Annex],
    regions: &[Region],
    as_of: Timestamp,
    unproved: &[Unproved],
) -> Vec<Finding> {
    let facts = Facts {
        regions: city_regions(regions).into_iter().map(|region| region.name.clone()).collect(),
        annexes: annexes.iter().map(annex_fact).collect(),
        as_of: Some(beijing::day_of(as_of)),
        figures: proved(written, unproved),
    };
    let mut findings: Vec<Finding> = match lint::lint_draft(&written.text, facts) {
        Ok(report) => report.findings.into_iter().map(Finding::from).collect(),
        Err(error) => vec![unread(&error)],
    };
    findings.extend(unproved.iter().filter_map(|one| not_borne_out(written, one)));
    findings.sort_by_key(|finding| finding.line);
    findings
}

fn annex_fact(annex: &Annex) -> AnnexFact {
    let name = |row: &Vec<Value>| {
        row.iter().find_map(|value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    AnnexFact {
        number: annex.number,
        rows: annex.rows.len() as u64,
        names: annex.rows.iter().filter_map(name).collect(),
    }
}

/// The figures that came out as printed, in the form in which they stand in the text.
fn proved(written: &Bulletin, unproved: &[Unproved]) -> Vec<String> {
    let is_proved = |figure: &&PrintedFigure| !unproved.iter().any(|one| one.id == figure.id);
    let printed = |figure: &PrintedFigure| {
        let is_rate =
            matches!(figure.kind, FigureKind::Percent | FigureKind::KindShare | FigureKind::TotalShare);
        if is_rate && figure.text != "0" { format!("{}%", figure.text) } else { figure.text.clone() }
    };
    written.figures.iter().filter(is_proved).map(printed).collect()
}

/// A figure of ours that its sources do not give. Numbers of the office's own are the linter's to name.
fn not_borne_out(written: &Bulletin, one: &Unproved) -> Option<Finding> {
    let figure = written.figures.iter().find(|figure| figure.id == one.id)?;
    if figure.origin == Origin::Office {
        return None;
    }
    let line = written.text[..figure.span.offset].matches('\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    let (severity, recomputed) = match &one.recomputed {
        Some(text) => (Severity::Error, text.as_str()),
        None => (Severity::Warning, "—"),
    };
    Some(Finding {
        rule: PROVENANCE.to_owned(),
        line,
        paragraph: line,
        severity,
        figures: vec![figure.text.clone()],
        arithmetic: format!("{} {} ≠ {recomputed}", figure.id, figure.text),
        message: format!("“{}”印为{}，由快照重新计算为{recomputed}", figure.label, figure.text),
        message_en: format!(
            "{} ({}) prints {}, computed anew from the snapshot it is {recomputed}",
            figure.id, figure.label, figure.text
        ),
        suggestion: "用同一快照重新生成本稿".to_owned(),
        related_lines: vec![],
    })
}

/// A draft the linter cannot read is not clean.
fn unread(error: &lint::LintError) -> Finding {
    Finding {
        rule: PROVENANCE.to_owned(),
        line: 1,
        paragraph: 1,
        severity: Severity::Warning,
        figures: vec![],
        arithmetic: String::new(),
        message: "校验器未能读取本稿，数字之间的关系没有核对".to_owned(),
        message_en: format!("the linter could not read this draft: {error}"),
        suggestion: "检查标题和正文设置后重新生成".to_owned(),
        related_lines: vec![],
    }
}
