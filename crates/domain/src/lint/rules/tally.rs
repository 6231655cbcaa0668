//! L11 for numbers of regions: 低于80%的有3个县区, 4个市超过90%, 高于平均水平的有5个 agree with the list they speak of.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::thresholds::{Bound, bounds};

/// Words for regions of any level.
const REGION_WORDS: [&str; 16] = [
    "设区市",
    "地市",
    "县区",
    "区县",
    "市县",
    "县市",
    "乡镇",
    "镇街",
    "街道",
    "地区",
    "市",
    "县",
    "区",
    "州",
    "乡",
    "镇",
];

/// True where a figure counts regions: 3个县区, 四市, 12个设区市, 5个乡镇.
pub(super) fn counts_regions(model: &Model, index: usize) -> bool {
    let figure = &model.figures[index];
    let unit = figure.number.unit.as_str();
    let end = figure.number.end;
    let behind = model.paragraphs[figure.paragraph].text(end, end + 10);
    let behind = behind.trim_start_matches('（');
    let word = REGION_WORDS.iter().any(|word| behind.starts_with(word));
    let longer = ["市场", "市民", "市直", "区域", "县级", "乡村", "市政", "镇级", "市级", "区级", "县直"]
        .iter()
        .any(|word| behind.starts_with(word));
    figure.is_count()
        && ((unit == "个" && word && !longer) || (figure.number.chinese && "市县区州地".contains(unit)))
}

/// Checks every number of regions that stands with a bound.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    bounds(model).iter().filter_map(|bound| one(model, bound)).collect()
}

fn one(model: &Model, bound: &Bound) -> Option<Finding> {
    let index = number_with(model, bound)?;
    let figure = &model.figures[index];
    let said = figure.count()?;
    let mut right = None;
    for list in &bound.lists {
        if list.partial || !list.regional() || list.items.len() < model.all_regions.len() {
            return None;
        }
        let (mut surely, mut perhaps) = (0, 0);
        for item in list.items.iter().filter(|item| item.region.is_some()) {
            let (inside, borderline) = bound.holds(model.figures[item.figure].percent()?);
            surely += u64::from(inside && !borderline);
            perhaps += u64::from(inside || borderline);
        }
        if (surely..=perhaps).contains(&said) {
            return None;
        }
        right.get_or_insert((surely, list.items.len()));
    }
    let (right, all) = right?;
    let finding = model.finding(Rule::L11, Severity::Error, "threshold-count", index, &[]);
    Some(finding.says(
        format!("列表{all}个地区中有{right}个，界限{}", bound.words()),
        format!("写明{}，按列表应为{right}个", figure.printed()),
        format!("{said} regions are said to be beyond {}, the list has {right}", bound.words()),
        "按列表重新计数",
    ))
}

/// The number of regions of a bound's clause: 3个县区低于80%, or behind it: 低于80%的县区有3个.
fn number_with(model: &Model, bound: &Bound) -> Option<usize> {
    let mut found = model.figures.iter().enumerate().filter(|(index, f)| {
        f.paragraph == bound.paragraph
            && (bound.clause.0..bound.clause.1).contains(&f.number.start)
            && usable(f)
            && (counts_regions(model, *index) || bare_number(model, f, bound))
    });
    let first = found.next()?.0;
    found.next().is_none().then_some(first)
}

fn usable(figure: &Figure) -> bool {
    matches!(figure.role, Role::Plain | Role::Names | Role::Change) && figure.list.is_none()
}

/// 高于平均水平的县区有3个: the noun stands before.
fn bare_number(model: &Model, figure: &Figure, bound: &Bound) -> bool {
    let paragraph = &model.paragraphs[figure.paragraph];
    let before = paragraph.text(bound.clause.0, figure.number.start);
    let noun = before.trim_end_matches(['有', '共', '仅', '只']).trim_end_matches('）');
    let behind = paragraph.chars.get(figure.number.end).copied().unwrap_or('。');
    figure.number.unit == "个"
        && "，。；：、（".contains(behind)
        && (noun.ends_with(['市', '县', '区', '州', '镇', '乡']) || noun.ends_with("地区"))
}
