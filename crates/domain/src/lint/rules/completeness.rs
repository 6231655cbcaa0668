//! L9: a list by region names every region, each once; a region that is addressed has a row.

use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::regions::RegionId;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::tally;

/// A list counts as a list of all regions from this share of them, in tenths.
const ALL_TENTHS: usize = 7;
/// More absent regions than this are left out on purpose.
const ABSENT_MAX: usize = 2;
/// How far behind a list its gaps may be explained, in characters.
const EXPLAINED_WITHIN: usize = 40;
/// Fewest regions that make a full list.
const FULL_MIN: usize = 4;

/// How a note says that a region has nothing to count.
const NOTHING_TO_COUNT: [&str; 6] = ["没有应", "没有单位", "无应", "不纳入", "不统计", "以“—”"];

/// Checks lists by region and the addressees.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known: Vec<RegionId> = match &model.options.facts {
        Some(facts) if !facts.regions.is_empty() => {
            facts.regions.iter().filter_map(|name| model.regions.exactly(name)).collect()
        }
        _ => model.all_regions.clone(),
    };
    for list in model.fact_lists().filter(|list| list.regional()) {
        findings.extend(twice(model, list));
        findings.extend(missing(model, list, &known));
        findings.extend(announced(model, list));
    }
    findings.extend(addressed(model));
    findings
}

fn twice(model: &Model, list: &List) -> Option<Finding> {
    let again =
        list.items.iter().enumerate().find(|(position, item)| {
            list.items[..*position].iter().any(|other| other.region == item.region)
        })?;
    let region = again.1.region?;
    let first = list.of(region)?;
    let finding = model.finding(Rule::L9, Severity::Error, "region-twice", again.1.figure, &[first]);
    Some(finding.says(
        String::new(),
        format!("{}在同一列表中出现两次", model.regions.name(region)),
        format!("{} stands twice in one list", model.regions.name(region)),
        "删除重复项，核对是否漏列其他地区",
    ))
}

fn missing(model: &Model, list: &List, known: &[RegionId]) -> Option<Finding> {
    let here: Vec<RegionId> = list.items.iter().filter_map(|item| item.region).collect();
    let absent = known.iter().copied().filter(|region| !here.contains(region));
    let absent: Vec<RegionId> = absent.filter(|region| !has_none(model, list, *region)).collect();
    let shared = here.iter().filter(|region| known.contains(region)).count();
    let few = shared * 10 < known.len() * ALL_TENTHS || known.len() < FULL_MIN || shared < 3;
    if absent.is_empty() || few || list.partial || shared + 1 < here.len() || sums_up(model, list) {
        return None;
    }
    let names: Vec<&str> = absent.iter().map(|region| model.regions.name(*region)).collect();
    if names.len() > ABSENT_MAX || explained(model, list, &names) {
        return None;
    }
    let last = list.items.last()?.figure;
    let first = list.items.first()?.figure;
    let finding = model.finding(Rule::L9, Severity::Warning, "region-missing", first, &[last]);
    Some(finding.says(
        format!("全文地区{}个，此处列出{}个", known.len(), here.len()),
        format!("列表缺少{}", names.join("、")),
        format!("the list leaves out {}", names.join(", ")),
        "补列缺少的地区；数值为0的也应写明",
    ))
}

/// 12个设区市联网率依次为: the list has as many entries as its sentence announces regions.
fn announced(model: &Model, list: &List) -> Option<Finding> {
    let first = list.items.first()?.figure;
    let opens = ["依次", "分别", "如下", "：", "从高到低", "由高到低"];
    let index = first.checked_sub(1)?;
    let announcement = if list.rows { above(model, list)? } else { index };
    let figure = &model.figures[announcement];
    let count = usize::try_from(figure.count()?).ok()?;
    let paragraph = &model.paragraphs[figure.paragraph];
    let behind = if list.rows {
        paragraph.text(figure.number.end, paragraph.chars.len())
    } else if figure.paragraph == list.paragraph {
        paragraph.text(figure.number.end, model.figures[first].number.start)
    } else {
        return None;
    };
    let fits = tally::counts_regions(model, announcement)
        && opens.iter().any(|word| behind.contains(word))
        && !behind.trim_end_matches(['。', '：']).contains(['。', '；'])
        && figure.list.is_none()
        && !list.partial
        && list.items.iter().all(|item| item.region.is_some());
    if !fits || list.items.len() == count || list.items.len() < 3 || explained(model, list, &[]) {
        return None;
    }
    let finding = model.finding(Rule::L9, Severity::Error, "region-count", announcement, &[first]);
    Some(finding.says(
        format!("写明{count}个，列出{}个", list.items.len()),
        format!("写明{}，列表中有{}个地区", figure.printed(), list.items.len()),
        format!("{count} regions are announced, {} are listed", list.items.len()),
        "补列缺少的地区，或改正数量",
    ))
}

/// The last figure of the paragraph above rows that each stand in a paragraph of their own.
fn above(model: &Model, list: &List) -> Option<usize> {
    let first = list.items.first()?;
    let start = model.figures[first.figure].paragraph;
    let alone = list.items.iter().enumerate().all(|(offset, item)| {
        let paragraph = model.figures[item.figure].paragraph;
        paragraph >= start + offset && paragraph <= start + offset + 1
    });
    let before = model.figures[..first.figure].iter().rposition(|f| f.paragraph < start)?;
    (alone && model.figures[before].paragraph + 2 >= start).then_some(before)
}

/// A note says that the region has no such unit at all: 赣江新区没有应接入单位, 某市没有中等职业学校.
fn has_none(model: &Model, list: &List, region: RegionId) -> bool {
    let name = model.regions.name(region);
    let of_this_kind = format!("没有{}", list.subject);
    model.declared(name, &NOTHING_TO_COUNT)
        || (!list.subject.is_empty() && model.declared(name, &[&of_this_kind]))
}

/// The sentence of the list, or the one behind it, speaks of the absent regions: 其余…, 除…外, or by name.
pub(super) fn explained(model: &Model, list: &List, names: &[&str]) -> bool {
    let Some(last) = list.items.last().map(|item| &model.figures[item.figure]) else { return true };
    let text = &model.paragraphs[last.paragraph];
    let behind = text.text(last.number.end, last.number.end + EXPLAINED_WITHIN);
    let about = ["其余", "其他", "除", "未列", "不含", "不列", "没有", "另"]
        .iter()
        .any(|word| behind.contains(word) || list.intro.contains(word));
    about || names.iter().any(|name| behind.contains(name))
}

/// A list of counts that adds up to its total leaves nobody out: the absent regions have none.
fn sums_up(model: &Model, list: &List) -> bool {
    let sum = list.items.iter().map(|item| model.figures[item.figure].count()).sum::<Option<u64>>();
    list.head.is_some_and(|head| sum.is_some() && model.figures[head].count() == sum)
}

fn addressed(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    if model.all_regions.len() < FULL_MIN {
        return findings;
    }
    for (name, paragraph, line) in model.addressees() {
        let listed = model
            .regions
            .exactly(&name)
            .is_some_and(|region| model.lists.iter().any(|list| list.of(region).is_some()));
        if listed || model.declared(&name, &NOTHING_TO_COUNT) {
            continue;
        }
        let finding =
            Model::finding_at(Rule::L9, Severity::Warning, "addressee-without-row", paragraph, line);
        let rows = model.all_regions.len();
        findings.push(finding.says(
            format!("各地区列表最多{rows}个地区，均不含{name}"),
            format!("主送单位包括{name}，但正文各列表都没有该地区的数据"),
            format!("{name} is addressed but has no row in any list"),
            format!("列出{name}的数据；没有应统计单位的，写明“—”"),
        ));
    }
    findings
}
