//! L11 for means: 合计54次，平均每个园区10.5次 is the total divided by the number of what it is spread over.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::source::Paragraph;

/// Most means of a text that are looked at.
const MEANS_MAX: usize = 100;
/// Longest name of what a total is spread over, in characters.
const OVER_MAX: usize = 12;
/// How many figures before a mean its total may stand.
const TOTALS_MAX: usize = 14;

/// A mean as printed: 平均每个园区10.5次.
struct Mean {
    at: usize,
    end: usize,
    value: Decimal,
    unit: String,
    over: String,
}

/// Checks every mean whose total and number are printed before it.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut left = MEANS_MAX;
    for (index, paragraph) in model.paragraphs.iter().enumerate() {
        let place = model.places[index];
        if !place.demand && !place.back {
            let found = means(paragraph);
            findings.extend(found.iter().take(left).filter_map(|mean| one(model, index, mean)));
            left = left.saturating_sub(found.len());
        }
    }
    findings
}

fn means(paragraph: &Paragraph) -> Vec<Mean> {
    let chars = &paragraph.chars;
    let mut found = Vec::new();
    for at in paragraph.body..chars.len().saturating_sub(3) {
        if chars[at..].starts_with(&['平', '均', '每']) {
            found.extend(mean_at(chars, at));
        }
    }
    found
}

fn mean_at(chars: &[char], at: usize) -> Option<Mean> {
    let from = at + 3;
    let length = chars[from..].iter().take(OVER_MAX).position(char::is_ascii_digit)?;
    let over: String = chars[from..from + length].iter().collect();
    let over = over.trim_start_matches(['个', '家', '所', '名', '辆', '栋', '间', '户', '台']).to_owned();
    let vague =
        over.ends_with(['约', '近', '超']) || over.contains(['，', '、', '天', '日', '月', '年', '周']);
    let digits = chars[from + length..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let end = from + length + digits;
    let text: String = chars[from + length..end].iter().collect();
    let unit = chars.get(end)?.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = u8::try_from(fraction.len()).ok().filter(|n| *n <= 4)?;
    let micro =
        whole.parse::<i64>().ok()?.checked_mul(MICRO)? + format!("{fraction:0<6}").parse::<i64>().ok()?;
    (!vague && !over.is_empty()).then_some(Mean {
        at,
        end: end + 1,
        value: Decimal { micro, decimals },
        unit,
        over,
    })
}

/// 4个园区, 使用燃气的食堂476家: the noun stands behind the number, or right before it.
fn counts_these(model: &Model, figure: &Figure, over: &str) -> bool {
    let behind = model.paragraphs[figure.paragraph].text(figure.number.end, figure.number.end + OVER_MAX);
    let label = figure.label.trim_end_matches(['共', '有', '计', '为', '达']);
    let part = figure.phrase.negated || figure.phrase.fresh || figure.label.starts_with("其中");
    !part
        && figure.span().is_some()
        && figure.role == Role::Plain
        && (behind.starts_with(over) || label.ends_with(over))
}

fn one(model: &Model, index: usize, mean: &Mean) -> Option<Finding> {
    let floor = model.paragraphs[index].sentence_start(mean.at);
    let before = model
        .figures
        .partition_point(|f| f.paragraph < index || (f.paragraph == index && f.number.start < mean.at));
    let near = model.figures[before.saturating_sub(TOTALS_MAX)..before].iter();
    let totals: Vec<&Figure> = near
        .filter(|f| {
            f.paragraph == index
                && f.number.start >= floor
                && f.number.unit == mean.unit
                && f.span().is_some()
        })
        .collect();
    let numbers: Vec<&Figure> = model.figures.iter().filter(|f| counts_these(model, f, &mean.over)).collect();
    let total = totals.last()?;
    let certain = ["共", "合计", "总计", "累计"].iter().any(|word| total.label.contains(word));
    let fits = |total: &Figure, number: &Figure| {
        let (Some(total), Some(number)) = (total.span(), number.span()) else { return true };
        let half = i128::from(mean.value.half_micro());
        let scaled = |count: u64| i128::from(count) * i128::from(MICRO);
        let value = i128::from(mean.value.micro);
        scaled(total.1) >= (value - half) * i128::from(number.0)
            && scaled(total.0) <= (value + half) * i128::from(number.1)
    };
    let any = totals.iter().any(|total| numbers.iter().any(|number| fits(total, number)));
    let number = numbers.iter().filter_map(|f| f.count()).max().filter(|n| *n > 0)?;
    if any || !certain {
        return None;
    }
    let count = total.count()?;
    let printed = model.paragraphs[index].text(mean.at, mean.end);
    let line = model.paragraphs[index].line(mean.at);
    let mut finding = Model::finding_at(Rule::L11, Severity::Error, "mean", index, line);
    finding.figures = vec![printed.clone(), total.printed()];
    let hundredth = (count * 200 + number) / (number * 2);
    Some(finding.says(
        format!("{count} ÷ {number} ≈ {}.{:02} ≠ {}", hundredth / 100, hundredth % 100, mean.value),
        format!("{}由{number}个{}平均，不是“{printed}”", total.printed(), mean.over),
        format!("{count} over {number} is not {}", mean.value),
        "核对总数、个数和平均数",
    ))
}
