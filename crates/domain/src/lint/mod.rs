//! The linter of bulletins: reads an official notice (通报) in Chinese prose and proves where it contradicts itself.
//!
//! [`lint`] puts hard-wrapped lines together to paragraphs, finds the numbers, gives each the words it belongs to (region, category,
//! measure, role), collects lists, names, dates and annexes, and runs eighteen rules over them. A finding is a proof with its arithmetic;
//! where a sentence can be read in several ways, a rule speaks only if every reading fails. What cannot be read is listed as unread.
//!
//! Not here: decoding bytes, reading DOCX, the current date, any dictionary of places. Pure functions, bounded by [`MAX_BYTES`],
//! [`MAX_PARAGRAPHS`] and [`MAX_FIGURES`].

mod annexes;
mod dates;
mod facts;
pub mod feasibility;
mod figure;
mod lexicon;
mod list;
mod model;
mod names;
mod number;
mod phrase;
mod read;
mod regions;
mod report;
mod rule;
mod rules;
mod scan;
mod source;
mod tables;
mod words;
mod wrap;

pub use facts::{AnnexFact, Facts};
pub use report::{Finding, ReadSummary, Report, Severity, Unread, WeightNote};
pub use rule::{RULES, Rule, RuleText};

use model::Model;
use scan::Kind;

/// Longest text, in bytes: a hundred times the notice the linter was made for.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most paragraphs.
pub const MAX_PARAGRAPHS: usize = 20_000;
/// Most figures.
pub const MAX_FIGURES: usize = 20_000;
/// Most findings reported; a text with more is wrong as a whole.
pub const MAX_FINDINGS: usize = 1_000;
/// Most unread places listed.
const MAX_UNREAD: usize = 200;

/// Words official notices with figures are made of; a text needs three of them.
const WORDS: [&str; 27] = [
    "通报",
    "截至",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "各地",
    "各单位",
    "各校",
    "情况",
    "整改",
    "接入",
    "覆盖率",
    "完成率",
    "合格率",
    "整改率",
    "安装率",
    "教育局",
    "工作要求",
    "附件",
    "现将",
    "如下",
    "专项",
    "抽查",
    "同期",
    "各学院",
];

/// What the caller knows beyond the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What the platform knows; with it rules L9, L12, L13, L16 and L18 are exact.
    pub facts: Option<Facts>,
}

/// Why a text was not judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LintError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Too much of something.
    #[error("the text has more than {limit} {what}; split it or lint the notice alone")]
    TooLong {
        /// The limit.
        limit: usize,
        /// Of what.
        what: &'static str,
    },
    /// Not an official notice with figures.
    #[error("this does not look like an official notice: {reason}")]
    NotANotice {
        /// What is missing.
        reason: &'static str,
    },
}

/// Reads a notice and reports what is wrong with it. `text` is UTF-8 with the lines of the file.
pub fn lint(text: &str, options: &Options) -> Result<Report, LintError> {
    if text.len() > MAX_BYTES {
        return Err(LintError::TooLong { limit: MAX_BYTES, what: "bytes" });
    }
    let lines = source::lines(text);
    if lines.is_empty() {
        return Err(LintError::Empty);
    }
    let paragraphs = source::paragraphs(&lines);
    if paragraphs.len() > MAX_PARAGRAPHS {
        return Err(LintError::TooLong { limit: MAX_PARAGRAPHS, what: "paragraphs" });
    }
    is_notice(text, &paragraphs)?;
    let model = Model::read(paragraphs, options)?;
    if !model.figures.iter().any(|f| f.percent().is_some() || f.is_count()) {
        return Err(LintError::NotANotice { reason: "it has no counts and no percentages" });
    }
    let mut read = summary(&model);
    let mut findings = rules::all(&model, &mut read);
    findings.sort_by_key(|finding| (finding.line, finding.rule, finding.severity));
    findings.dedup_by(|a, b| {
        a.rule == b.rule && a.line == b.line && a.code == b.code && a.arithmetic == b.arithmetic
    });
    findings.truncate(MAX_FINDINGS);
    Ok(Report { findings, unread: unread(&model), read })
}

/// Reads one of our own drafts: [`lint`] with what the platform knows.
pub fn lint_draft(text: &str, facts: Facts) -> Result<Report, LintError> {
    lint(text, &Options { facts: Some(facts) })
}

/// Refuses what is certainly no notice: mostly not Chinese, or without any of its words.
fn is_notice(text: &str, paragraphs: &[source::Paragraph]) -> Result<(), LintError> {
    let letters = paragraphs
        .iter()
        .flat_map(|p| &p.chars)
        .filter(|c| !c.is_ascii_digit() && !" .,%".contains(**c))
        .count();
    let chinese = paragraphs.iter().flat_map(|p| &p.chars).filter(|c| source::is_cjk(**c)).count();
    if chinese * 2 < letters || chinese == 0 {
        return Err(LintError::NotANotice { reason: "most of it is not Chinese" });
    }
    let seen = WORDS.iter().filter(|word| text.contains(**word)).count();
    if seen < 3 {
        return Err(LintError::NotANotice {
            reason: "it has hardly any of the words official notices are made of",
        });
    }
    Ok(())
}

fn summary(model: &Model) -> ReadSummary {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let percents = model
        .figures
        .iter()
        .filter(|f| f.percent().is_some() || matches!(f.number.kind, Kind::Points(_)))
        .count();
    ReadSummary {
        paragraphs: number(model.paragraphs.len()),
        counts: number(model.figures.iter().filter(|f| f.is_count()).count()),
        percents: number(percents),
        lists: number(model.lists.len()),
        name_lists: number(model.names.len()),
        dates: number(model.scans.iter().map(|scan| scan.dates.len()).sum()),
        regions: number(model.regions.len()),
        weights: Vec::new(),
    }
}

/// Numbers that could not be read, and numbers without a unit that no list explains.
fn unread(model: &Model) -> Vec<Unread> {
    let mut unread = Vec::new();
    for (paragraph, scan) in model.paragraphs.iter().zip(&model.scans) {
        for (start, text) in &scan.unread {
            unread.push(Unread {
                line: paragraph.line(*start),
                text: text.clone(),
                reason: "数字格式无法识别",
            });
        }
    }
    for figure in &model.figures {
        let zero = figure.percent().is_some();
        if matches!(figure.number.kind, Kind::Bare(_)) && figure.list.is_none() && !zero {
            unread.push(Unread {
                line: figure.line,
                text: figure.printed(),
                reason: "数字没有单位，无法判断含义",
            });
        }
    }
    unread.sort_by_key(|entry| entry.line);
    unread.truncate(MAX_UNREAD);
    unread
}
