//! An edition: a written bulletin with everything a copy on paper or screen carries – the head of the sheet, annexes, charts and the
//! proof of where its figures come from.
//!
//! This is what `documents` prints. Every number in it has been computed before; a printer formats and never adds up. Not here: the
//! words themselves (see [`super::write`]) and the rows of the annexes, which the caller reads from the same snapshot.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Bulletin;
use crate::figures::Ratio;

/// A bulletin as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Red head and reference number.
    pub head: Head,
    /// The text with its figures.
    pub bulletin: Bulletin,
    /// Annex tables in the order of their numbers.
    pub annexes: Vec<Annex>,
    /// Pictures of figures that the text prints as well.
    pub charts: Vec<Chart>,
    /// Where the figures come from and who answers for them.
    pub proof: Proof,
}

/// The head of the first page (GB/T 9704—2012, 7.2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Head {
    /// 发文机关标志 as printed in red, e.g. 江西省教育厅文件.
    pub issuer: String,
    /// 发文字号, e.g. 赣教监管字〔2025〕12号; none while it is a draft.
    pub number: Option<String>,
    /// 成文日期; none while it is a draft.
    pub date: Option<Date>,
    /// True until it is approved: printers mark every page 征求意见稿.
    pub draft: bool,
}

/// One annex (附件): a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// 1, 2, … as cited in the text.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows; each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Remarks under the table.
    pub notes: Vec<String>,
}

/// One column of an annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Share of the table's width, in any unit common to the table.
    pub width: u32,
    /// For rates: the columns (from 0) of the numerator and the denominator, so that a sheet can carry the formula.
    pub rate_of: Option<(usize, usize)>,
}

/// One field of an annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Words, printed as they are.
    Text(String),
    /// A number of things.
    Count(u64),
    /// A difference, printed with its sign.
    Change(i64),
    /// A percentage of whole numbers.
    Rate(Ratio),
    /// A difference of two percentages in hundredths of a percentage point, printed with its sign.
    Points(i64),
    /// A day.
    Day(Date),
    /// There is nothing to say here: printed as a dash, which is not 0.
    Absent,
}

/// A picture of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Title.
    pub title: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Names along the axis: regions, or days.
    pub labels: Vec<String>,
    /// Rates, each as long as `labels`.
    pub series: Vec<Series>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// One bar a label and series.
    Bars,
    /// Lines over time.
    Trend,
}

/// One row of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Rates; empty ratios leave a gap.
    pub rates: Vec<Ratio>,
}

/// Where the figures come from: printed on the last page, outside the official text (R45, R76).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proof {
    /// Id of the snapshot.
    pub snapshot_id: String,
    /// SHA-256 over the snapshot's rows, lower-case hex.
    pub snapshot_hash: String,
    /// Version of the register of units that should connect, e.g. 3.
    pub register_version: Option<u32>,
    /// Where anybody can check a copy; none where the platform has no public address.
    pub verify_url: Option<String>,
    /// Who signed and with what; none while it is a draft.
    pub signature: Option<Signature>,
}

/// A signature over the sealed bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Name of the scheme, e.g. `ed25519`.
    pub algorithm: String,
    /// Short name of the key: the first 16 hex digits of SHA-256 over the public key.
    pub key_id: String,
    /// SHA-256 over the sealed content, lower-case hex.
    pub digest: String,
    /// The signature, base64.
    pub value: String,
    /// Name of the person who approved.
    pub signer: String,
}
