//! An edition put in order for paper: what stands where on an official letter (GB/T 9704—2012), before any file format.
//!
//! Both printers, PDF and DOCX, print a [`Letter`] and nothing else, so that the two can only differ in ink. Numbers have become text
//! here; nothing below formats or adds. Not here: sizes and margins (see [`crate::sheet_of_paper`]).

use domain::beijing;
use domain::bulletin::ParagraphKind;
use domain::bulletin::edition::{Annex, Chart, Edition, Proof, Value};
use domain::figures::PercentFormat;
use serde::Serialize;

use crate::number_format::percent_format;
use crate::title::title_lines;

/// The longest first sentence of a paragraph that is set as a heading of its own, in characters.
const LEAD_CHARS_MAX: usize = 40;

/// What stands above the notes; the printers set it as a heading of its own.
pub const NOTE_HEADING: &str = "数据说明";

/// Everything on paper, in order.
#[derive(Debug, Serialize)]
pub struct Letter<'a> {
    /// 发文机关标志.
    pub issuer: &'a str,
    /// 发文字号.
    pub number: Option<&'a str>,
    /// Marked 征求意见稿 on every page.
    pub draft: bool,
    /// The title as one line, for the properties of the file.
    pub name: &'a str,
    /// The title in its lines.
    pub title: Vec<String>,
    /// 主送机关, one paragraph each.
    pub addressees: Vec<&'a str>,
    /// Headings and text.
    pub blocks: Vec<Block<'a>>,
    /// 附件说明, one line an annex; the first begins with 附件：.
    pub annex_list: Vec<&'a str>,
    /// 发文机关署名.
    pub organ: Option<String>,
    /// 成文日期 in Arabic numerals.
    pub date: Option<String>,
    /// 抄送.
    pub copies_to: Vec<&'a str>,
    /// 附件.
    pub annexes: Vec<AnnexPage<'a>>,
    /// Pictures, outside the official text.
    pub charts: Vec<ChartPage<'a>>,
    /// 数据说明, outside the official text.
    pub notes: Vec<&'a str>,
    /// What proves the figures: name and value.
    pub facts: Vec<Fact>,
    /// Where a copy can be checked.
    pub verify_url: Option<&'a str>,
}

/// A paragraph of the official text.
#[derive(Debug, Serialize)]
pub struct Block<'a> {
    /// How it is set.
    pub role: Role,
    /// A first sentence that is a heading, such as `（一）建设进度未达到预期目标。`; empty where there is none.
    pub lead: &'a str,
    /// The rest.
    pub text: &'a str,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 一、 in 黑体.
    Heading,
    /// （一） in 楷体.
    Subheading,
    /// 仿宋.
    Body,
}

/// An annex whose cells are text.
#[derive(Debug, Serialize)]
pub struct AnnexPage<'a> {
    /// 附件1
    pub mark: String,
    /// Its title.
    pub name: &'a str,
    /// Its title in lines.
    pub title: Vec<String>,
    /// Columns.
    pub columns: Vec<AnnexColumn<'a>>,
    /// Cells row by row.
    pub rows: Vec<Vec<String>>,
    /// Remarks under the table.
    pub notes: Vec<&'a str>,
}

/// A column of an annex.
#[derive(Debug, Serialize)]
pub struct AnnexColumn<'a> {
    /// Heading.
    pub title: &'a str,
    /// Share of the width.
    pub width: u32,
    /// Numbers stand to the right, words to the left.
    pub numeric: bool,
}

/// A chart whose values are fractions of 1 with their printed text.
#[derive(Debug, Serialize)]
pub struct ChartPage<'a> {
    /// 图1　title.
    pub title: String,
    /// True for lines over time, false for bars.
    pub trend: bool,
    /// Along the axis.
    pub labels: &'a [String],
    /// One line or one bar a label each.
    pub series: Vec<ChartSeries<'a>>,
    /// How a spreadsheet shows these rates.
    pub number_format: String,
}

/// One row of a chart.
#[derive(Debug, Serialize)]
pub struct ChartSeries<'a> {
    /// Name.
    pub name: &'a str,
    /// 0 to 1; none is a gap.
    pub values: Vec<Option<f64>>,
    /// As printed.
    pub texts: Vec<String>,
}

/// One line of the proof.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

impl<'a> Letter<'a> {
    /// Puts an edition in order.
    pub fn of(edition: &'a Edition) -> Self {
        let bulletin = &edition.bulletin;
        let of_kind = |kind: ParagraphKind| -> Vec<&'a str> {
            let wanted = bulletin.paragraphs.iter().filter(move |paragraph| paragraph.kind == kind);
            wanted.map(|paragraph| paragraph.text.as_str()).collect()
        };
        let blocks = bulletin.paragraphs.iter().filter_map(|paragraph| {
            let role = match paragraph.kind {
                ParagraphKind::Heading => Role::Heading,
                ParagraphKind::Subheading => Role::Subheading,
                ParagraphKind::Body => Role::Body,
                ParagraphKind::Title
                | ParagraphKind::Addressees
                | ParagraphKind::AnnexList
                | ParagraphKind::Signed
                | ParagraphKind::Dated
                | ParagraphKind::CopiesTo
                | ParagraphKind::Note => return None,
            };
            let (lead, text) =
                if role == Role::Body { split_lead(&paragraph.text) } else { ("", paragraph.text.as_str()) };
            Some(Block { role, lead, text })
        });
        let one_line = |kind: ParagraphKind| (!of_kind(kind).is_empty()).then(|| of_kind(kind).join(""));
        Self {
            issuer: &edition.head.issuer,
            number: edition.head.number.as_deref(),
            draft: edition.head.draft,
            name: &bulletin.title,
            title: title_lines(&bulletin.title),
            addressees: of_kind(ParagraphKind::Addressees),
            blocks: blocks.collect(),
            annex_list: of_kind(ParagraphKind::AnnexList),
            organ: one_line(ParagraphKind::Signed),
            date: one_line(ParagraphKind::Dated).or_else(|| edition.head.date.map(beijing::full_day)),
            copies_to: of_kind(ParagraphKind::CopiesTo),
            annexes: edition
                .annexes
                .iter()
                .map(|annex| annex_page(annex, edition.annexes.len() == 1, edition.percent))
                .collect(),
            charts: edition
                .charts
                .iter()
                .enumerate()
                .map(|(index, chart)| chart_page(index + 1, chart, edition.percent))
                .collect(),
            notes: of_kind(ParagraphKind::Note).into_iter().filter(|note| *note != NOTE_HEADING).collect(),
            facts: facts(&edition.proof, edition.head.draft),
            verify_url: edition.proof.verify_url.as_deref(),
        }
    }
}

/// Splits off a first sentence that begins with a number in brackets and is short enough for a heading.
fn split_lead(text: &str) -> (&str, &str) {
    let numbered =
        text.strip_prefix('（').and_then(|rest| rest.split_once('）')).is_some_and(|(number, _)| {
            !number.is_empty() && number.chars().all(|digit| "一二三四五六七八九十".contains(digit))
        });
    let end = text.find('。').map(|at| at + '。'.len_utf8());
    match end {
        Some(end) if numbered && text[..end].chars().count() <= LEAD_CHARS_MAX => text.split_at(end),
        _ => ("", text),
    }
}

/// A single annex is marked without a number (GB/T 9704—2012, 7.3.4).
fn annex_page(annex: &Annex, alone: bool, percent: PercentFormat) -> AnnexPage<'_> {
    let columns = annex.columns.iter().enumerate().map(|(index, column)| AnnexColumn {
        title: &column.title,
        width: column.width.max(1),
        numeric: is_numeric(annex, index),
    });
    AnnexPage {
        mark: if alone { "附件".to_owned() } else { format!("附件{}", annex.number) },
        name: &annex.title,
        title: title_lines(&annex.title),
        columns: columns.collect(),
        rows: annex.rows.iter().map(|row| cells(row, annex.columns.len(), percent)).collect(),
        notes: annex.notes.iter().map(String::as_str).collect(),
    }
}

/// The cells of a row, exactly as many as there are columns.
fn cells(row: &[Value], columns: usize, percent: PercentFormat) -> Vec<String> {
    let given = row.iter().map(|value| value.text(percent)).chain(std::iter::repeat(String::new()));
    given.take(columns).collect()
}

/// True where a column has numbers and no words.
fn is_numeric(annex: &Annex, column: usize) -> bool {
    let mut values = annex
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|value| **value != Value::Absent)
        .peekable();
    values.peek().is_some() && values.all(|value| !matches!(value, Value::Text(_) | Value::Day(_)))
}

fn chart_page(number: usize, chart: &Chart, percent: PercentFormat) -> ChartPage<'_> {
    let series = chart.series.iter().map(|series| ChartSeries {
        name: &series.name,
        values: series
            .rates
            .iter()
            .map(|rate| (!rate.is_empty()).then(|| rate.numerator as f64 / rate.denominator as f64))
            .collect(),
        texts: series.rates.iter().map(|rate| Value::Rate(*rate).text(percent)).collect(),
    });
    ChartPage {
        title: format!("图{number}　{}", chart.title),
        trend: chart.kind == domain::bulletin::edition::ChartKind::Trend,
        labels: &chart.labels,
        series: series.collect(),
        number_format: percent_format(percent),
    }
}

fn facts(proof: &Proof, draft: bool) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |name, value: String| {
        if !value.is_empty() {
            facts.push(Fact { name, value });
        }
    };
    if draft {
        add("状态", "征求意见稿，尚未批准，没有签名".to_owned());
    }
    add("统计快照", proof.snapshot_id.clone());
    add("快照摘要（SHA-256）", proof.snapshot_hash.clone());
    add("底册版本", proof.register_version.map(|version| format!("第{version}版")).unwrap_or_default());
    if let Some(signature) = &proof.signature {
        add("正文摘要（SHA-256）", signature.digest.clone());
        add("签名算法", signature.algorithm.clone());
        add("密钥编号", signature.key_id.clone());
        add("签名", signature.value.clone());
        add("签发人", signature.signer.clone());
    }
    add("核验地址", proof.verify_url.clone().unwrap_or_default());
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_numbered_first_sentence_is_a_heading() {
        assert_eq!(
            split_lead("（一）建设进度未达到预期目标。根据方案"),
            ("（一）建设进度未达到预期目标。", "根据方案")
        );
        assert_eq!(split_lead("（试行）办法。正文"), ("", "（试行）办法。正文"));
        assert_eq!(split_lead("1.全省高校接入52所。其中"), ("", "1.全省高校接入52所。其中"));
    }
}
