//! L1: parts add up to their total. Lists of counts, totals that name their categories, and 其余 that closes a division.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::phrase::{drifted, members};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

/// Words that begin the remainder of a division.
const REST: [&str; 7] = ["其余", "其他", "其它", "剩余", "余下", "余", "另有"];
/// How many counts before 其余 may take part in its division.
const DIVISION_MAX: usize = 8;

/// A gap is small, and needs a word of its own, below the total divided by this.
const SMALL_GAP: u64 = 20;

/// Checks all sums.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings: Vec<Finding> = model.fact_lists().filter_map(|list| list_sum(model, list)).collect();
    findings.extend(model.fact_lists().filter_map(|list| total_behind(model, list)));
    findings.extend(named_totals(model));
    findings.extend(divisions(model));
    findings
}

fn list_sum(model: &Model, list: &List) -> Option<Finding> {
    if list.percent || list.of_category {
        return None;
    }
    let head = list.head?;
    let values: Vec<(u64, u64)> =
        list.items.iter().map(|item| span(&model.figures[item.figure])).collect::<Option<_>>()?;
    let (low, high) = (values.iter().map(|v| v.0).sum::<u64>(), values.iter().map(|v| v.1).sum::<u64>());
    let total = model.figures[head].span()?;
    let rest = remainder_behind(model, list);
    let fits = |extra: u64| low + extra <= total.1 && high + extra >= total.0;
    if fits(0) || rest.is_some_and(fits) {
        return None;
    }
    if !certain_head(model, list, head) {
        return None;
    }
    let too_much = low > total.1;
    // 具备定位的121辆、具备监控的126辆: what units have, not kinds of units.
    let predicates = list.items.iter().any(|item| item.name.ends_with('的'));
    if !list.regional() && (predicates || (too_much && may_overlap(model, list))) {
        return None;
    }
    if !too_much && !claims_all(model, list, total.0 - high.min(total.0), &values) {
        return None;
    }
    let printed: Vec<String> = values.iter().map(|v| v.0.to_string()).collect();
    let sum = format!("{} = {low}", printed.join("+"));
    let others: Vec<usize> = list.items.iter().map(|item| item.figure).collect();
    let outside = list.regional() && outside_region(model, list);
    let severity =
        if too_much || (list.regional() && !outside) { Severity::Error } else { Severity::Warning };
    let finding = model.finding(Rule::L1, severity, "list-sum", head, &others);
    let (difference, word) = if too_much { (low - total.1, "多") } else { (total.0 - high, "少") };
    let arithmetic = if too_much {
        format!("{sum}；{low} − {} = {difference}", total.1)
    } else {
        format!("{sum}；{} − {high} = {difference}", total.0)
    };
    Some(finding.says(
        arithmetic,
        format!("分项之和为{low}，比总数{}{word}{difference}", model.figures[head].printed()),
        format!("the parts add to {low}, the total says {}", model.figures[head].printed()),
        if too_much {
            "核对各分项和总数，改正其中有误的数字"
        } else {
            "核对分项；确有未列部分的，写明其余数"
        },
    ))
}

/// 1236起、847起、932起，三类合计3015起.
fn total_behind(model: &Model, list: &List) -> Option<Finding> {
    let last = list.items.last()?.figure;
    let total = model
        .figures
        .get(last + 1)
        .filter(|f| f.sentence == model.figures[last].sentence && f.role == Role::Plain)?;
    let alike = total.measure == model.figures[last].measure || total.measure == list.measure;
    let in_all = list.regional() && alike && total.label.starts_with('共');
    let says = in_all
        || ["合计", "共计", "总计"].iter().any(|word| total.label.contains(word))
            && !total.label.contains("累计");
    let counts: Vec<u64> =
        list.items.iter().map(|item| model.figures[item.figure].count()).collect::<Option<_>>()?;
    let (sum, printed) = (counts.iter().sum::<u64>(), total.count()?);
    if !says
        || list.rows
        || list.partial
        || total.number.unit != model.figures[last].number.unit
        || sum == printed
    {
        return None;
    }
    let others: Vec<usize> = list.items.iter().map(|item| item.figure).collect();
    // A count of the sentence that the list does not hold may be one of the parts.
    let stray =
        (0..=last).rev().map(|i| (i, &model.figures[i])).take_while(|(_, f)| f.sentence == total.sentence);
    if stray
        .into_iter()
        .any(|(i, f)| f.is_count() && f.number.unit == total.number.unit && !others.contains(&i))
    {
        return None;
    }
    let terms: Vec<String> = counts.iter().map(u64::to_string).collect();
    let finding = model.finding(Rule::L1, Severity::Error, "total-behind", last + 1, &others);
    Some(finding.says(
        format!("{} = {sum}；与{printed}相差{}", terms.join("+"), sum.abs_diff(printed)),
        format!("前列各项之和为{sum}，合计写的是{}", total.printed()),
        format!("the entries before add to {sum}, the total says {printed}"),
        "核对各分项和合计",
    ))
}

fn span(figure: &Figure) -> Option<(u64, u64)> {
    match figure.number.kind {
        Kind::Count { low, high } => Some((low, high)),
        Kind::Bare(value) if value.decimals == 0 => {
            u64::try_from(value.micro / 1_000_000).ok().map(|v| (v, v))
        }
        _ => None,
    }
}

/// 其余57起 right behind a list.
fn remainder_behind(model: &Model, list: &List) -> Option<u64> {
    let last = list.items.last()?.figure;
    let next = model.figures.get(last + 1)?;
    let near =
        next.paragraph == model.figures[last].paragraph && next.sentence <= model.figures[last].sentence + 1;
    if !near || !REST.iter().any(|word| next.label.starts_with(word)) {
        return None;
    }
    // 其余3个学院合计8间: who the rest are, then how much.
    let unit = &model.figures[last].number.unit;
    let counts = model.figures[last + 1..].iter().take(2).filter(|f| f.sentence == next.sentence);
    counts.filter(|f| f.number.unit == *unit).find_map(Figure::count)
}

/// True where a list that adds up to less claims to be complete: all regions, or a gap smaller than any part that was named.
fn claims_all(model: &Model, list: &List, gap: u64, values: &[(u64, u64)]) -> bool {
    if list.partial {
        return false;
    }
    let regions = list.items.iter().filter(|item| item.region.is_some()).count();
    if regions * 2 > list.items.len() {
        return regions >= model.all_regions.len();
    }
    let smallest = values.iter().map(|v| v.0).min().unwrap_or(0);
    let total = list.head.and_then(|head| model.figures[head].count()).unwrap_or(0);
    (gap < smallest && list.items.len() >= 2)
        || (gap.saturating_mul(SMALL_GAP) < total && list.items.len() >= 4)
}

/// True where the figure before a list can only be what the list divides: words that open a division stand between, no other count
/// does, and the list does not go on in a way that was not understood.
fn certain_head(model: &Model, list: &List, head: usize) -> bool {
    let (Some(first), Some(last)) =
        (list.items.first().map(|item| item.figure), list.items.last().map(|item| item.figure))
    else {
        return false;
    };
    let figure = &model.figures[head];
    let goes_on = model.figures.get(last + 1).is_some_and(|next| {
        let paragraph = &model.paragraphs[next.paragraph];
        let end = model.figures[last].number.end;
        next.sentence == model.figures[last].sentence
            && next.is_count()
            && paragraph.chars.get(end).is_some_and(|c| "、和及".contains(*c))
    });
    if list.rows {
        return figure.paragraph == list.paragraph || figure.section == model.figures[first].section;
    }
    if goes_on || figure.paragraph != list.paragraph {
        return false;
    }
    let between =
        model.paragraphs[figure.paragraph].text(figure.number.end, model.figures[first].number.start);
    // 其中高校8所，A市97所…: a part stands beside the list; only a bracket or 其中 right behind it divides it.
    let part = figure.label.starts_with("其中") || model.sentence_before(figure).ends_with("其中，");
    if part && !["（", "，其中", "（其中", "，包括", "，分别"].iter().any(|word| between.starts_with(word))
    {
        return false;
    }
    let alone = (head + 1..first).all(|i| {
        model.figures[i].list.is_some()
            || model.figures[i].plain_count().is_none()
            || !same_unit(&model.figures[i].number.unit, &figure.number.unit)
    });
    let opens = ["（", "其中", "分别", "：", "包括", "按", "从", "分", "各", "中，"]
        .iter()
        .any(|word| between.contains(word));
    alone && opens && !between.starts_with('、') && !between.contains("抽查")
}

/// True where one unit may be counted under several of the parts: conditions rather than kinds.
fn may_overlap(model: &Model, list: &List) -> bool {
    let body = model.paragraphs[list.paragraph].body_text();
    let said = ["交叉", "重复", "可多", "兼有", "同时", "多种问题"].iter().any(|word| body.contains(word));
    let condition = |name: &str| name.contains(['未', '不', '无', '缺', '有']) || name.contains("存在");
    said || list.items.iter().any(|item| condition(&item.name))
}

/// True where the addressees name a region that the list leaves out: it may hold the difference.
fn outside_region(model: &Model, list: &List) -> bool {
    model.addressees().iter().any(|(name, _, _)| {
        let region = model.regions.exactly(name);
        region.is_none_or(|region| list.of(region).is_none())
    })
}

/// A total that names its categories, each of which is printed elsewhere with the same measure.
fn named_totals(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.plain() {
        let names = members(&figure.subject);
        let Some(total) = figure.count() else { continue };
        if names.len() < 3
            || figure.measure.is_empty()
            || figure.phrase.negated
            || figure.phrase.subject != figure.subject
        {
            continue;
        }
        let Some(parts) = parts_of(model, &names, &figure.measure) else { continue };
        let counts: Vec<u64> = parts.iter().filter_map(|part| model.figures[*part].count()).collect();
        let sum: u64 = counts.iter().sum();
        if sum == total {
            continue;
        }
        let printed: Vec<String> = counts.iter().map(u64::to_string).collect();
        let finding = model.finding(Rule::L1, Severity::Error, "category-sum", index, &parts);
        findings.push(finding.says(
            format!(
                "{} = {sum}；{total} − {sum} = {}",
                printed.join("+"),
                i128::from(total) - i128::from(sum)
            ),
            format!(
                "{}类之和为{sum}，与总数{}不符，相差{}",
                parts.len(),
                figure.printed(),
                total.abs_diff(sum)
            ),
            format!("the {} categories named add to {sum}, the total says {total}", parts.len()),
            "以同一统计快照重新计算总数，或写明未列入分类的部分",
        ));
    }
    findings
}

/// The counts of all named categories; `None` where one is not printed.
pub(super) fn parts_of(model: &Model, names: &[String], measure: &[u16]) -> Option<Vec<usize>> {
    let counts = &model.category_counts;
    let mut parts = Vec::new();
    for name in names {
        let of = |test: &dyn Fn(&str) -> bool| {
            counts.iter().copied().find(|i| {
                model.figures[*i].measure == measure && !parts.contains(i) && test(&model.figures[*i].subject)
            })
        };
        let found = of(&|subject| subject == name).or_else(|| of(&|subject| drifted(subject, name)))?;
        parts.push(found);
    }
    (parts.len() >= 3).then_some(parts)
}

/// 4386名学生中，1312人…、2641人…，其余412人…
fn divisions(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, rest) in model.figures.iter().enumerate() {
        let label = rest.label.trim_start_matches("并");
        let opens = ["其余", "余下", "剩余", "其他", "其它", "余"].iter().any(|word| label.starts_with(word));
        if !opens
            || rest.role != Role::Plain
            || !model.fact(rest)
            || rest.list.is_some_and(|list| model.lists[list].head.is_some())
        {
            continue;
        }
        if let Some(finding) = division(model, index, rest) {
            findings.push(finding);
        }
    }
    findings
}

fn division(model: &Model, index: usize, rest: &Figure) -> Option<Finding> {
    let remainder = rest.count()?;
    let usable = |f: &Figure| {
        f.paragraph == rest.paragraph
            && f.plain_count().is_some()
            && same_unit(&f.number.unit, &rest.number.unit)
    };
    let start = index.saturating_sub(DIVISION_MAX * 2);
    let before: Vec<usize> = (start..index).filter(|i| usable(&model.figures[*i])).collect();
    let before = &before[before.len().saturating_sub(DIVISION_MAX)..];
    let value = |i: usize| model.figures[i].count().unwrap_or(0);
    for (position, base) in before.iter().enumerate() {
        let parts = &before[position + 1..];
        let reachable = (0_u32..1 << parts.len()).any(|set| {
            let sum: u64 = parts
                .iter()
                .enumerate()
                .filter(|(bit, _)| set >> bit & 1 == 1)
                .map(|(_, part)| value(*part))
                .sum();
            sum + remainder == value(*base)
        });
        if reachable {
            return None;
        }
    }
    // Only a base that says 其中 or 中 right behind itself is certainly the whole of this division.
    let (position, base) = before.iter().enumerate().rev().find(|(_, i)| {
        let figure = &model.figures[**i];
        figure.sentence == rest.sentence && figure.post.ends_with('中') && !figure.label.ends_with("其中")
    })?;
    let parts = &before[position + 1..];
    if parts.is_empty() {
        return None;
    }
    let sum: u64 = parts.iter().map(|part| value(*part)).sum::<u64>() + remainder;
    let mut printed: Vec<String> = parts.iter().map(|part| value(*part).to_string()).collect();
    printed.push(remainder.to_string());
    let mut others = vec![*base];
    others.extend(parts);
    let finding = model.finding(Rule::L1, Severity::Error, "division", index, &others);
    Some(finding.says(
        format!(
            "{} = {sum}；{} − {sum} = {}",
            printed.join("+"),
            value(*base),
            i128::from(value(*base)) - i128::from(sum)
        ),
        format!("各部分与其余之和为{sum}，不等于{}", model.figures[*base].printed()),
        format!("the parts and the rest add to {sum}, not to {}", value(*base)),
        "核对各部分和其余数",
    ))
}
