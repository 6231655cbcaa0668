//! An edition: a written bulletin with everything a copy on paper or screen carries – the head of the sheet, annexes, charts and the
//! proof of where its figures come from.
//!
//! This is what `documents` prints. Every number in it has been computed before; a printer formats and never adds up. Not here: the
//! words themselves (see [`super::write`]) and the rows of the annexes, which the caller reads from the same snapshot.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Bulletin;
use crate::beijing;
use crate::figures::{NO_UNIT, PercentFormat, Ratio};

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
    /// How annexes and charts print percentages: as the text does (R25).
    pub percent: PercentFormat,
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
    /// How far one rate lies from an earlier one, printed in percentage points with its sign.
    Points {
        /// The rate now.
        now: Ratio,
        /// The earlier one.
        before: Ratio,
    },
    /// A day.
    Day(Date),
    /// There is nothing to say here: printed as a dash, which is not 0.
    Absent,
}

impl Value {
    /// As printed; [`NO_UNIT`] where there is nothing to say.
    pub fn text(&self, percent: PercentFormat) -> String {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| NO_UNIT.to_owned());
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Change(change) => format!("{}{}", sign(change.cmp(&0)), change.unsigned_abs()),
            Self::Rate(ratio) => or_dash(percent.percent(*ratio).map(|text| text + "%")),
            Self::Points { now, before } => or_dash(percent.change(*now, *before).map(|change| {
                // What rounds to nothing has no direction that a reader could check.
                let is_zero = change.points.chars().all(|digit| matches!(digit, '0' | '.'));
                if is_zero { change.points } else { format!("{}{}", sign(change.direction), change.points) }
            })),
            Self::Day(day) => beijing::full_day(*day),
            Self::Absent => NO_UNIT.to_owned(),
        }
    }
}

fn sign(direction: Ordering) -> &'static str {
    match direction {
        Ordering::Less => "-",
        Ordering::Equal => "",
        Ordering::Greater => "+",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: PercentFormat = PercentFormat { decimals: 1, keep_zeros: false };
    const TWO_FIXED: PercentFormat = PercentFormat { decimals: 2, keep_zeros: true };

    #[test]
    fn cells_are_printed_as_the_text_prints_numbers() {
        let points =
            |now, before| Value::Points { now: Ratio::new(now, 1000), before: Ratio::new(before, 1000) };
        for (value, one, two) in [
            (Value::Text("=1+1".to_owned()), "=1+1", "=1+1"),
            (Value::Count(12), "12", "12"),
            (Value::Change(5), "+5", "+5"),
            (Value::Change(-5), "-5", "-5"),
            (Value::Change(0), "0", "0"),
            (Value::Rate(Ratio::new(1575, 3497)), "45%", "45.04%"),
            (Value::Rate(Ratio::new(0, 4)), "0%", "0.00%"),
            (Value::Rate(Ratio::default()), "—", "—"),
            (points(513, 500), "+1.3", "+1.30"),
            (points(485, 500), "-1.5", "-1.50"),
            (points(530, 500), "+3", "+3.00"),
            (points(500, 500), "0", "0.00"),
            (Value::Points { now: Ratio::new(5001, 10_000), before: Ratio::new(1, 2) }, "0", "+0.01"),
            (Value::Points { now: Ratio::new(1, 2), before: Ratio::default() }, "—", "—"),
            (Value::Day(jiff::civil::date(2025, 9, 2)), "2025年9月2日", "2025年9月2日"),
            (Value::Absent, "—", "—"),
        ] {
            assert_eq!(value.text(ONE), one, "{value:?}");
            assert_eq!(value.text(TWO_FIXED), two, "{value:?}");
        }
    }
}
