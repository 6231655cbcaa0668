//! What the linter hands back: findings with their proof, what it could not read, and how much it read.

use serde::Serialize;

use super::rule::Rule;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A contradiction that arithmetic proves.
    Error,
    /// An undeclared definition, a gap, something incomplete.
    Warning,
    /// Wording, precision, order.
    Style,
}

/// One thing that is wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: Rule,
    /// 1-based line of the file where the claim stands.
    pub line: u32,
    /// 1-based paragraph.
    pub paragraph: u32,
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the kind of finding.
    pub code: &'static str,
    /// The printed figures involved, as printed.
    pub figures: Vec<String>,
    /// The proof: `52+82 = 134; 140 − 134 = 6`.
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

/// Something that looks like a figure and could not be read; never judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// 1-based line.
    pub line: u32,
    /// As printed, shortened.
    pub text: String,
    /// Why it could not be read, in Chinese.
    pub reason: &'static str,
}

/// How much was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadSummary {
    /// Paragraphs.
    pub paragraphs: u32,
    /// Counts with a measure word.
    pub counts: u32,
    /// Percentages and percentage points.
    pub percents: u32,
    /// Lists of figures.
    pub lists: u32,
    /// Lists of names.
    pub name_lists: u32,
    /// Dates.
    pub dates: u32,
    /// Regions.
    pub regions: u32,
    /// What rule L17 says about each list of rates with a known total, one entry a list.
    pub weights: Vec<WeightNote>,
}

/// Whether regions' rates and the rate of the whole admit whole numbers of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightNote {
    /// Line of the rate of the whole.
    pub line: u32,
    /// `feasible`, `infeasible` or `undecided`.
    pub verdict: &'static str,
}

/// The whole answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Findings in the order of the text.
    pub findings: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// How much was read.
    pub read: ReadSummary,
}

impl Report {
    /// True where there is nothing to say.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Number of findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
