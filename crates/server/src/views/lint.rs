//! What the linter says, as it travels.

use platform::lint::Linted;
use serde::Serialize;
use utoipa::ToSchema;

use super::bulletins::Finding;

/// A number that was not read and so not judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadNumber {
    /// Line, from 1.
    pub line: u32,
    /// As printed, shortened.
    pub text: String,
    /// Why, in Chinese.
    pub reason: String,
}

/// The answer of the linter.
#[derive(Debug, Serialize, ToSchema)]
pub struct LintReport {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// What was not read.
    pub unread: Vec<UnreadNumber>,
    /// How much was read: paragraphs, counts, percents, lists, dates, regions.
    #[schema(value_type = Object)]
    pub read: domain::lint::ReadSummary,
    /// The text, line by line.
    pub lines: Vec<String>,
    /// What the reader of the file mended or left out, in English.
    pub notes: Vec<String>,
}

impl From<Linted> for LintReport {
    fn from(linted: Linted) -> Self {
        let unread = linted.unread.into_iter().map(|one| UnreadNumber {
            line: one.line,
            text: one.text,
            reason: one.reason.to_owned(),
        });
        Self {
            findings: linted.findings.into_iter().map(Finding::from).collect(),
            unread: unread.collect(),
            read: linted.read,
            lines: linted.lines,
            notes: linted.notes,
        }
    }
}
