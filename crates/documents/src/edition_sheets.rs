//! A bulletin as a workbook, for people who calculate on: a cover with links, the text, one sheet an annex, every printed figure with its
//! numerator and denominator, and the charts as charts. Rates are formulas over the cells that hold their whole numbers, with the value
//! already in place. Not here: the letter itself.

use domain::bulletin::edition::{Annex, Chart, ChartKind, Edition, Value};
use domain::figures::{NO_UNIT, PercentFormat, Ratio};
use rust_xlsxwriter::{
    Chart as NativeChart, ChartType, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url,
    Workbook, Worksheet, column_number_to_name,
};

use crate::number_format::{percent_format, points_format};
use crate::write::{WriteError, workbook};

const COVER: &str = "目录";
const TEXT: &str = "正文";
const FIGURES: &str = "指标";
const CHARTS: &str = "图表";
const NOTES: &str = "数据来源";
/// The format allows no longer name of a sheet.
const SHEET_NAME_CHARS_MAX: usize = 31;
/// Width of an annex over all its columns, in characters of the sheet's face: about a landscape page.
const ANNEX_WIDTH: f64 = 120.0;
const COLUMN_WIDTH_MIN: f64 = 7.0;
/// Rows between two charts, which are drawn over the grid.
const CHART_ROWS: u32 = 22;

/// Writes the workbook.
pub fn edition_xlsx(edition: &Edition) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook()?;
    let styles = Styles::of(edition.percent);
    cover(&mut book, edition, &styles)?;
    text(book.add_worksheet(), edition, &styles)?;
    for one in &edition.annexes {
        annex(book.add_worksheet(), one, &styles)?;
    }
    figures(book.add_worksheet(), edition, &styles)?;
    charts(book.add_worksheet(), edition, &styles)?;
    notes(book.add_worksheet(), edition, &styles)?;
    Ok(book.save_to_buffer()?)
}

struct Styles {
    title: Format,
    head: Format,
    text: Format,
    count: Format,
    change: Format,
    percent: Format,
    points: Format,
    day: Format,
    absent: Format,
    note: Format,
    draft: Format,
}

impl Styles {
    fn of(percents: PercentFormat) -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let number = |format: &str| cell().set_num_format(format).set_align(FormatAlign::Right);
        Self {
            title: Format::new().set_bold().set_font_size(16.0),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color("#E8EEF0"),
            text: cell().set_text_wrap(),
            count: number("0"),
            change: number("+0;-0;0"),
            percent: number(&percent_format(percents)),
            points: number(&points_format(percents)),
            day: number("yyyy-mm-dd"),
            absent: cell().set_align(FormatAlign::Right),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            draft: Format::new().set_bold().set_font_color("#C00000"),
        }
    }
}

/// 附件2 各设区市接入…, within the length that the format allows and without the signs that it forbids.
fn sheet_name(annex: &Annex) -> String {
    let name = format!("附件{} {}", annex.number, annex.title);
    name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(SHEET_NAME_CHARS_MAX).collect()
}

fn cover(book: &mut Workbook, edition: &Edition, styles: &Styles) -> Result<(), WriteError> {
    let sheet = book.add_worksheet();
    sheet.set_name(COVER)?.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, &edition.bulletin.title, &styles.title)?;
    let mut row = 1;
    if edition.head.draft {
        sheet.write_string_with_format(row, 0, "征求意见稿", &styles.draft)?;
        row += 1;
    }
    let date = edition.head.date.map(|date| date.to_string());
    for line in [edition.head.number.as_deref(), date.as_deref()].into_iter().flatten() {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    row += 1;
    let annexes = edition.annexes.iter().map(sheet_name);
    let before = [TEXT].map(str::to_owned).into_iter();
    for name in before.chain(annexes).chain([FIGURES, CHARTS, NOTES].map(str::to_owned)) {
        sheet.write_url(row, 0, Url::new(format!("internal:'{name}'!A1")).set_text(&name))?;
        row += 1;
    }
    Ok(())
}

/// The words, one paragraph a row: whoever has only the workbook can still read and verify the bulletin.
fn text(sheet: &mut Worksheet, edition: &Edition, styles: &Styles) -> Result<(), WriteError> {
    sheet.set_name(TEXT)?.set_column_width(0, 100)?;
    for (row, paragraph) in edition.bulletin.paragraphs.iter().enumerate() {
        sheet.write_string_with_format(row as u32, 0, &paragraph.text, &styles.note)?;
    }
    Ok(())
}

fn annex(sheet: &mut Worksheet, annex: &Annex, styles: &Styles) -> Result<(), WriteError> {
    const HEAD_ROW: u32 = 1;
    sheet.set_name(sheet_name(annex))?;
    sheet.write_string_with_format(0, 0, format!("附件{}　{}", annex.number, annex.title), &styles.title)?;
    let whole: u32 = annex.columns.iter().map(|column| column.width).sum::<u32>().max(1);
    for (index, column) in annex.columns.iter().enumerate() {
        let width = (f64::from(column.width) / f64::from(whole) * ANNEX_WIDTH).max(COLUMN_WIDTH_MIN);
        sheet.set_column_width(index as u16, width)?;
        sheet.write_string_with_format(HEAD_ROW, index as u16, &column.title, &styles.head)?;
    }
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?.set_repeat_rows(HEAD_ROW, HEAD_ROW)?.set_landscape();
    for (index, cells) in annex.rows.iter().enumerate() {
        let row = HEAD_ROW + 1 + index as u32;
        for (column, value) in cells.iter().enumerate() {
            let rate_of = annex.columns.get(column).and_then(|column| column.rate_of);
            cell(sheet, (row, column as u16), value, rate_of, styles)?;
        }
    }
    let last = HEAD_ROW + annex.rows.len() as u32;
    if let (Some(columns), false) = (annex.columns.len().checked_sub(1), annex.rows.is_empty()) {
        sheet.autofilter(HEAD_ROW, 0, last, columns as u16)?;
    }
    for (index, note) in annex.notes.iter().enumerate() {
        sheet.write_string(last + 2 + index as u32, 0, note)?;
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    rate_of: Option<(usize, usize)>,
    styles: &Styles,
) -> Result<(), WriteError> {
    match value {
        Value::Text(text) => sheet.write_string_with_format(row, column, text, &styles.text)?,
        Value::Count(count) => sheet.write_number_with_format(row, column, *count as f64, &styles.count)?,
        Value::Change(change) => {
            sheet.write_number_with_format(row, column, *change as f64, &styles.change)?
        }
        Value::Rate(ratio) if ratio.is_empty() => {
            sheet.write_string_with_format(row, column, NO_UNIT, &styles.absent)?
        }
        Value::Rate(ratio) => match rate_of {
            Some(parts) => {
                let formula = quotient(row, parts, *ratio);
                sheet.write_formula_with_format(row, column, formula, &styles.percent)?
            }
            None => sheet.write_number_with_format(row, column, fraction(*ratio), &styles.percent)?,
        },
        Value::Points { now, before } if now.is_empty() || before.is_empty() => {
            sheet.write_string_with_format(row, column, NO_UNIT, &styles.absent)?
        }
        Value::Points { now, before } => {
            let points = (fraction(*now) - fraction(*before)) * 100.0;
            sheet.write_number_with_format(row, column, points, &styles.points)?
        }
        Value::Day(day) => {
            let day = ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, column, &day, &styles.day)?
        }
        Value::Absent => sheet.write_string_with_format(row, column, NO_UNIT, &styles.absent)?,
    };
    Ok(())
}

/// The formula of a rate, with its value for programs that do not calculate.
fn quotient(row: u32, (numerator, denominator): (usize, usize), ratio: Ratio) -> Formula {
    let [above, below] = [numerator, denominator].map(|column| column_number_to_name(column as u16));
    let line = row + 1;
    Formula::new(format!("={above}{line}/{below}{line}")).set_result(fraction(ratio).to_string())
}

fn fraction(ratio: Ratio) -> f64 {
    ratio.numerator as f64 / ratio.denominator as f64
}

fn figures(sheet: &mut Worksheet, edition: &Edition, styles: &Styles) -> Result<(), WriteError> {
    const HEADS: [(&str, f64); 6] =
        [("编号", 8.0), ("指标", 44.0), ("文中", 12.0), ("分子", 10.0), ("分母", 10.0), ("比例", 10.0)];
    sheet.set_name(FIGURES)?.set_freeze_panes(1, 0)?;
    for (column, (title, width)) in HEADS.into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
        sheet.write_string_with_format(0, column as u16, title, &styles.head)?;
    }
    for (index, figure) in edition.bulletin.figures.iter().enumerate() {
        let row = index as u32 + 1;
        sheet.write_string_with_format(row, 0, &figure.id, &styles.text)?;
        sheet.write_string_with_format(row, 1, &figure.label, &styles.text)?;
        sheet.write_string_with_format(row, 2, &figure.text, &styles.text)?;
        sheet.write_number_with_format(row, 3, figure.numerator as f64, &styles.count)?;
        if let Some(denominator) = figure.denominator.filter(|denominator| *denominator > 0) {
            let ratio = Ratio::new(figure.numerator, denominator);
            sheet.write_number_with_format(row, 4, denominator as f64, &styles.count)?;
            sheet.write_formula_with_format(row, 5, quotient(row, (3, 4), ratio), &styles.percent)?;
        }
    }
    if !edition.bulletin.figures.is_empty() {
        sheet.autofilter(0, 0, edition.bulletin.figures.len() as u32, HEADS.len() as u16 - 1)?;
    }
    Ok(())
}

/// The values to the left, the charts drawn from them to the right.
fn charts(sheet: &mut Worksheet, edition: &Edition, styles: &Styles) -> Result<(), WriteError> {
    sheet.set_name(CHARTS)?.set_column_width(0, 18)?;
    let mut row = 0;
    for chart in &edition.charts {
        sheet.write_string_with_format(row, 0, &chart.title, &styles.title)?;
        let head = row + 1;
        for (column, series) in chart.series.iter().enumerate() {
            sheet.write_string_with_format(head, column as u16 + 1, &series.name, &styles.head)?;
            for (index, rate) in series.rates.iter().enumerate().filter(|(_, rate)| !rate.is_empty()) {
                let at = head + 1 + index as u32;
                sheet.write_number_with_format(at, column as u16 + 1, fraction(*rate), &styles.percent)?;
            }
        }
        for (index, label) in chart.labels.iter().enumerate() {
            sheet.write_string_with_format(head + 1 + index as u32, 0, label, &styles.text)?;
        }
        if !chart.labels.is_empty() {
            sheet.insert_chart(row, chart.series.len() as u16 + 2, &native(chart, head))?;
        }
        row += CHART_ROWS.max(chart.labels.len() as u32 + 4);
    }
    Ok(())
}

fn native(chart: &Chart, head: u32) -> NativeChart {
    let mut drawn = NativeChart::new(match chart.kind {
        ChartKind::Bars => ChartType::Column,
        ChartKind::Trend => ChartType::Line,
    });
    let last = head + chart.labels.len() as u32;
    for column in 1..=chart.series.len() as u16 {
        drawn
            .add_series()
            .set_name((CHARTS, head, column))
            .set_categories((CHARTS, head + 1, 0, last, 0))
            .set_values((CHARTS, head + 1, column, last, column));
    }
    drawn.title().set_name(&chart.title);
    drawn.y_axis().set_num_format("0%").set_min(0);
    drawn.set_width(720).set_height(400);
    drawn
}

fn notes(sheet: &mut Worksheet, edition: &Edition, styles: &Styles) -> Result<(), WriteError> {
    sheet.set_name(NOTES)?.set_column_width(0, 100)?;
    let proof = &edition.proof;
    let mut lines = Vec::new();
    // A report of duty rests on no snapshot.
    if !proof.snapshot_id.is_empty() {
        lines.push(format!("统计快照：{}", proof.snapshot_id));
        lines.push(format!("快照摘要（SHA-256）：{}", proof.snapshot_hash));
    }
    if let Some(version) = proof.register_version {
        lines.push(format!("底册版本：第{version}版"));
    }
    if let Some(signature) = &proof.signature {
        lines.push(format!("正文摘要（SHA-256）：{}", signature.digest));
        lines.push(format!("签名：{} {} {}", signature.algorithm, signature.key_id, signature.value));
    }
    if let Some(url) = &proof.verify_url {
        lines.push(format!("核验地址：{url}"));
    }
    for (row, line) in lines.iter().enumerate() {
        sheet.write_string_with_format(row as u32, 0, line, &styles.note)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::bulletin::Bulletin;
    use domain::bulletin::edition::{Column, Head, Proof, Series};
    use jiff::civil::date;

    use super::*;
    use crate::{SheetKind, read_sheet};

    fn edition() -> Edition {
        let column = |title: &str, rate_of| Column { title: title.to_owned(), width: 10, rate_of };
        Edition {
            head: Head { number: Some("测字〔2026〕1号".to_owned()), draft: true, ..Head::default() },
            bulletin: Bulletin {
                title: "测试通报".to_owned(),
                paragraphs: Vec::new(),
                text: String::new(),
                figures: Vec::new(),
            },
            annexes: vec![Annex {
                number: 1,
                title: "很长的标题：含有不许在工作表名称中出现的符号[a]/b以及更多更多的文字直到超过上限"
                    .to_owned(),
                columns: vec![
                    column("单位", None),
                    column("接入", None),
                    column("应接入", None),
                    column("接入率", Some((1, 2))),
                ],
                rows: vec![
                    vec![
                        Value::Text("=1+1".to_owned()),
                        Value::Count(1),
                        Value::Count(3),
                        Value::Rate(Ratio::new(1, 3)),
                    ],
                    vec![
                        Value::Day(date(2026, 9, 2)),
                        Value::Change(-2),
                        Value::Points { now: Ratio::new(1, 4), before: Ratio::new(1, 2) },
                        Value::Rate(Ratio::default()),
                    ],
                    vec![Value::Absent, Value::Absent, Value::Absent, Value::Absent],
                ],
                notes: vec!["注".to_owned()],
            }],
            charts: vec![Chart {
                title: "图".to_owned(),
                kind: ChartKind::Bars,
                labels: vec!["甲市".to_owned(), "乙市".to_owned()],
                series: vec![Series {
                    name: "接入率".to_owned(),
                    rates: vec![Ratio::new(1, 2), Ratio::default()],
                }],
            }],
            percent: PercentFormat::default(),
            proof: Proof::default(),
        }
    }

    #[test]
    fn names_of_sheets_are_ones_the_format_allows() {
        let name = sheet_name(&edition().annexes[0]);
        assert_eq!(name.chars().count(), SHEET_NAME_CHARS_MAX);
        assert!(!name.contains(['[', ']', '/', ':']), "{name}");
    }

    #[test]
    fn equal_editions_make_equal_bytes_that_open_again() {
        let bytes = edition_xlsx(&edition()).unwrap();
        assert_eq!(bytes, edition_xlsx(&edition()).unwrap());
        let cover = read_sheet(&bytes, SheetKind::Xlsx).unwrap();
        assert!(format!("{cover:?}").contains("征求意见稿"));
    }

    #[test]
    fn an_edition_without_annexes_and_charts_is_a_workbook_too() {
        let bare = Edition { annexes: Vec::new(), charts: Vec::new(), ..edition() };
        assert!(edition_xlsx(&bare).unwrap().starts_with(b"PK"));
    }
}
