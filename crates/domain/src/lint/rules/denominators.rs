//! L4: counts and percentages fit whole denominators, printed or implied.
//!
//! A percentage may be of many things. It is called wrong only if no two counts near it print as it, and the sentence names its base.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, denominators, percent_text, prints};
use crate::lint::phrase::{Phrase, members};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::sums::parts_of;

/// Counts before a percentage that may be its numerator or its base.
const WINDOW: usize = 12;
/// Verbs of what was looked at: the base of what was found.
const POPULATION: [&str; 11] =
    ["共", "现有", "总数", "全省", "全市", "全县", "全区", "全州", "在册", "摸排", "涉及"];

/// How far behind a percentage its base may be explained, in characters.
const BASE_WITHIN: usize = 30;
/// Measures whose rates are usually of what was looked at, not of all: they have no base in common with others.
const CONDITIONAL: [&str; 18] = [
    "合格", "在线", "整改", "办结", "处置", "响应", "达标", "通过", "反馈", "回复", "复查", "结案", "故障",
    "离线", "运行", "检出", "应答", "处理",
];

/// Checks pairs, implied denominators and totals.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        (0..model.figures.len()).filter_map(|index| pair(model, index)).collect();
    findings.extend((0..model.figures.len()).filter_map(|index| sibling(model, index)));
    findings.extend(two_rates(model));
    findings.extend(totals(model));
    findings.extend(by_region(model));
    findings
}

/// True where some numbers of `part` and `base` print as the percentage.
fn admits(part: (u64, u64), base: (u64, u64), percent: Decimal) -> bool {
    if part.0 == part.1 && base.0 == base.1 {
        return prints(part.0, base.0, percent);
    }
    let (low, high) = (percent.micro - percent.half_micro(), percent.micro + percent.half_micro());
    let scaled = |count: u64| i128::from(count) * 100 * i128::from(MICRO);
    scaled(part.0) <= i128::from(high) * i128::from(base.1)
        && scaled(part.1) >= i128::from(low) * i128::from(base.0)
}

fn candidates<'m>(model: &'m Model, index: usize) -> impl Iterator<Item = usize> + 'm {
    let figure = &model.figures[index];
    let from = index.saturating_sub(WINDOW);
    let to = model.figures.len().min(index + 4);
    (from..to).filter(move |i| {
        let other = &model.figures[*i];
        let behind = *i > index && other.sentence != figure.sentence;
        other.paragraph == figure.paragraph
            && other.span().is_some()
            && matches!(other.role, Role::Plain)
            && !behind
            && (other.region == figure.region || other.region.is_none())
    })
}

/// The count that a percentage stands with: the nearest before it in its sentence.
fn numerator(model: &Model, index: usize) -> Option<usize> {
    let figure = &model.figures[index];
    let before = (index.saturating_sub(2)..index).rev();
    let mut counts = before.filter(|i| {
        let count = &model.figures[*i];
        count.segment == figure.segment
            && count.span().is_some()
            && count.role == Role::Plain
            && count.list.is_none_or(|list| model.lists[list].rows)
    });
    counts.next()
}

/// A printed base that fits, whatever it is called.
fn printed_base(model: &Model, index: usize, percent: Decimal) -> bool {
    let all: Vec<usize> = candidates(model, index).collect();
    let span = |i: usize| model.figures[i].span().unwrap_or((0, 0));
    let near: Vec<usize> = all.iter().copied().filter(|i| index.abs_diff(*i) <= 4).collect();
    all.iter().any(|base| near.iter().any(|part| part != base && admits(span(*part), span(*base), percent)))
        || near.iter().any(|part| {
            near.iter().any(|more| {
                part != more
                    && admits(
                        span(*part),
                        (span(*part).0 + span(*more).0, span(*part).1 + span(*more).1),
                        percent,
                    )
            })
        })
        || sums_fit(&all, &near, &span, percent)
}

/// A base that is the sum of neighbouring counts: 中小学412所、幼儿园300所，已接入….
fn sums_fit(all: &[usize], near: &[usize], span: &dyn Fn(usize) -> (u64, u64), percent: Decimal) -> bool {
    (0..all.len()).any(|from| {
        let mut sum = (0_u64, 0_u64);
        all[from..].iter().enumerate().any(|(length, i)| {
            let one = span(*i);
            sum = (sum.0 + one.0, sum.1 + one.1);
            length > 0
                && near
                    .iter()
                    .any(|part| admits(span(*part), sum, percent) || admits(sum, span(*part), percent))
        })
    })
}

fn pair(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let percent = figure.percent()?;
    if figure.label.contains("分别") {
        return None;
    }
    let named = figure.role == Role::Share || (figure.role == Role::Plain && figure.phrase.is_rate);
    if !named || !model.fact(figure) || figure.list.is_some_and(|list| !model.lists[list].rows) {
        return None;
    }
    if own_base(model, figure) {
        return None;
    }
    let part = numerator(model, index)?;
    if let Some(base) = named_base(model, index, part) {
        return mismatch(model, index, (part, base), percent);
    }
    if printed_base(model, index, percent) {
        return None;
    }
    if let Some(base) = due_before(model, index, part) {
        return mismatch(model, index, (part, base), percent);
    }
    if !belongs(&model.figures[part], figure) {
        return None;
    }
    match base(model, index, part) {
        Some(base) if shares_population(model, part, base, percent) => None,
        Some(base) => mismatch(model, index, (part, base), percent),
        None => impossible(model, index, part, percent),
    }
}

/// 应设42处，已设33处，设置率84.6%: due, done and rate side by side, whatever the verb is.
fn due_before(model: &Model, index: usize, part: usize) -> Option<usize> {
    let base = part.checked_sub(1)?;
    let (rate, count, due) = (&model.figures[index], &model.figures[part], &model.figures[base]);
    let done = count.label.starts_with(['已', '实'])
        && !count.phrase.due
        && !count.phrase.negated
        && !count.phrase.fresh;
    let side_by_side = part + 1 == index
        && rate.segment == due.segment
        && rate.phrase.rate.is_some()
        && !rate.phrase.negated
        && rate.role == Role::Plain;
    let fits = due.phrase.due
        && due.plain_count().is_some()
        && due.number.unit == count.number.unit
        && due.region == count.region;
    (done && side_by_side && fits).then_some(base)
}

/// 占排查总数的7.3%: the count printed before for what the words behind 占 name. `None` where there is none, or where one fits.
fn named_base(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (figure, count) = (&model.figures[index], &model.figures[part]);
    let words =
        figure.label.rsplit_once('占')?.1.trim_end_matches(['的', '为', '达']).trim_end_matches("总数");
    let phrase = Phrase::read(words, &model.lexicon, &model.regions);
    if words.is_empty() || phrase.negated || !phrase.regions.is_empty() || phrase.measure().is_empty() {
        return None;
    }
    let percent = figure.percent()?;
    let numerator = count.span()?;
    let bases: Vec<usize> = model
        .plain()
        .filter(|(i, f)| {
            *i < part
                && f.span().is_some()
                && f.measure == phrase.measure()
                && !f.phrase.negated
                && !f.phrase.due
                && f.number.unit == count.number.unit
        })
        .map(|(i, _)| i)
        .collect();
    let fits = model.figures.iter().filter_map(Figure::span).any(|base| admits(numerator, base, percent));
    let near = bases.last().copied().filter(|i| model.figures[*i].paragraph == figure.paragraph)?;
    (!fits).then_some(near)
}

/// Two shares of one sentence, 占 and nothing else: the base that gives the first must give the second.
fn sibling(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let percent = figure.percent()?;
    let bare = |f: &Figure| {
        f.role == Role::Share && f.label.trim_end_matches(['比', '为', '达']) == "占" && f.list.is_none()
    };
    if !bare(figure) || !model.fact(figure) {
        return None;
    }
    let numerator_of = |i: usize| {
        i.checked_sub(1).filter(|n| {
            model.figures[*n].plain_count().is_some() && model.figures[*n].segment == model.figures[i].segment
        })
    };
    let part = numerator_of(index)?;
    let count = model.figures[part].count()?;
    if model.figures.iter().any(|f| f.count().is_some_and(|base| prints(count, base, percent))) {
        return None;
    }
    let first = (index.saturating_sub(6)..index)
        .find(|i| model.figures[*i].sentence == figure.sentence && bare(&model.figures[*i]))?;
    let beside = numerator_of(first)?;
    let (one, value) = (model.figures[beside].count()?, model.figures[first].percent()?);
    let unit = &model.figures[part].number.unit;
    if model.figures[beside].number.unit != *unit {
        return None;
    }
    let whole = |f: &Figure| {
        f.number.unit == *unit
            && (f.phrase.whole || f.label.contains('共'))
            && f.count().is_some_and(|base| base >= count && prints(one, base, value))
    };
    let base = model.plain().find(|(i, f)| *i < beside && whole(f))?.0;
    mismatch(model, index, (part, base), percent)
}

/// The text says beside the percentage what it is of: 以…为基数, 按…计算, and means a part of the whole.
fn own_base(model: &Model, figure: &Figure) -> bool {
    stated_base(model, figure).is_some_and(|words| !words.contains("总数"))
}

/// The words behind a percentage that name its base.
fn stated_base(model: &Model, figure: &Figure) -> Option<String> {
    let behind = model.paragraphs[figure.paragraph].text(figure.number.end, figure.number.end + BASE_WITHIN);
    let words = behind.split('。').next().unwrap_or("");
    let names =
        ["基数", "分母", "计算", "口径", "折算", "去重", "加权"].iter().any(|word| words.contains(word));
    names.then(|| words.to_owned())
}

/// True for a rate of what was looked at, unless the text says that it is of all.
fn conditional(model: &Model, count: usize, rate: usize) -> bool {
    let of_all = stated_base(model, &model.figures[rate]).is_some_and(|words| words.contains("总数"));
    !of_all && model.figures[count].measure.iter().any(|id| CONDITIONAL.contains(&model.lexicon.stem(*id)))
}

/// True where a percentage can only be of this count.
fn belongs(count: &Figure, rate: &Figure) -> bool {
    let same = rate.measure == count.measure || rate.phrase.rate.is_none();
    same && !count.phrase.fresh
        && !count.phrase.due
        && !rate.phrase.fresh
        && count.phrase.negated == rate.phrase.negated
}

/// The count that the sentence names as the base: before the numerator, same unit, a population by its words.
fn base(model: &Model, index: usize, part: usize) -> Option<usize> {
    let (figure, count) = (&model.figures[index], &model.figures[part]);
    let share_of = figure.role == Role::Share;
    (part.saturating_sub(6)..part).rev().find(|i| {
        let other = &model.figures[*i];
        let near = if share_of {
            other.sentence == figure.sentence
        } else {
            other.segment == figure.segment
                || (other.sentence == figure.sentence && other.region == count.region)
        };
        let words = format!("{}{}", other.label, other.post);
        let population = other.phrase.due
            || POPULATION.iter().any(|word| words.contains(word))
            || (!other.measure.is_empty() && other.measure != count.measure);
        let beside = model.paragraphs[other.paragraph].chars.get(other.number.end) == Some(&'、')
            || model.figures[part].label.starts_with('、');
        let enumerated =
            model.paragraphs[other.paragraph].text(other.number.end, count.number.start).contains('、')
                && other.number.unit != count.number.unit;
        let alike = !other.measure.is_empty() && other.measure == count.measure && !other.phrase.due;
        let population = (population || other.post.ends_with('中'))
            && !alike
            && !other.phrase.negated
            && !(enumerated && beside);
        near && population
            && other.span().is_some()
            && other.role == Role::Plain
            && same_unit(&other.number.unit, &count.number.unit)
            && !other.phrase.fresh
            && other.region == figure.region
            && !other.label.contains("其中")
            && other.list.is_none_or(|list| model.lists[list].rows)
    })
}

/// 接入5995所，接入率55.7%，落实值守4650所，比例43.2%: both rates may be of one population that is not printed.
fn shares_population(model: &Model, part: usize, base: usize, percent: Decimal) -> bool {
    let population = || {
        let rate = model.figures[model.rate_with(base)?].percent()?;
        denominators(model.figures[base].count()?, rate)
    };
    let part = model.figures[part].span();
    population().zip(part).is_some_and(|(population, part)| admits(part, population, percent))
}

fn mismatch(model: &Model, index: usize, (part, base): (usize, usize), percent: Decimal) -> Option<Finding> {
    let (a, n) = (model.figures[part].span()?, model.figures[base].span()?);
    if n.0 == 0 {
        return None;
    }
    let exact = percent_text(a.0, n.0, percent.decimals.max(1));
    let finding = model.finding(Rule::L4, Severity::Error, "rate-of-counts", index, &[part, base]);
    Some(finding.says(
        format!("{} ÷ {} = {exact} ≠ {percent}%", a.0, n.0),
        format!(
            "{}占{}应为{exact}，写的是{percent}%",
            model.figures[part].printed(),
            model.figures[base].printed()
        ),
        format!("{} of {} is {exact}, printed {percent}%", a.0, n.0),
        "核对数量和比率；比率的分母另有所指的，写明分母",
    ))
}

/// No whole denominator at all prints as this percentage.
fn impossible(model: &Model, index: usize, part: usize, percent: Decimal) -> Option<Finding> {
    let count = model.figures[part].count()?;
    let figure = &model.figures[index];
    if model.rate_with(part) != Some(index)
        || percent.decimals == 0
        || percent.micro > 100 * MICRO
        || count == 0
        || denominators(count, percent).is_some()
        || figure.role != Role::Plain
    {
        return None;
    }
    let finding = model.finding(Rule::L4, Severity::Error, "no-denominator", index, &[part]);
    Some(finding.says(
        format!("不存在整数N，使{count}÷N四舍五入为{percent}%"),
        format!("{}和{percent}%不能同时成立：没有任何整数分母", model.figures[part].printed()),
        format!("{count} is {percent}% of no whole number"),
        "核对数量和比率",
    ))
}

/// Two rates of one category whose denominators are not printed and have none in common.
fn two_rates(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counts = &model.category_counts;
    let mut pairs: Vec<(usize, usize, Decimal)> = Vec::new();
    for count in counts {
        if let Some(rate) = model.rate_with(*count)
            && let Some(percent) = model.figures[rate].percent()
            && !printed_base(model, rate, percent)
            && percent.micro < 100 * MICRO
            && !own_base(model, &model.figures[rate])
            && !conditional(model, *count, rate)
        {
            pairs.push((*count, rate, percent));
        }
    }
    for (position, (later, later_rate, q)) in pairs.iter().enumerate() {
        let recent = pairs[..position].iter().rev().take(64);
        for (earlier, earlier_rate, p) in recent {
            let (one, other) = (&model.figures[*earlier], &model.figures[*later]);
            let same = one.subject == other.subject
                && one.measure != other.measure
                && same_unit(&one.number.unit, &other.number.unit);
            let (Some(a), Some(b)) = (one.count(), other.count()) else { continue };
            if !same || prints(b, a, *q) || prints(a, b, *p) {
                continue;
            }
            let (Some(first), Some(second)) = (denominators(a, *p), denominators(b, *q)) else { continue };
            if first.0.max(second.0) <= first.1.min(second.1) {
                continue;
            }
            let finding = model.finding(
                Rule::L4,
                Severity::Error,
                "denominators",
                *later_rate,
                &[*later, *earlier_rate, *earlier],
            );
            findings.push(finding.says(
                format!("{a}÷{p}% → 分母{}；{b}÷{q}% → 分母{}；没有共同的整数", range(first), range(second)),
                format!(
                    "{}的两个比率分母不一致：第{}行要求{}，此处要求{}",
                    other.subject,
                    one.line,
                    range(first),
                    range(second)
                ),
                format!(
                    "two rates of one population need different denominators: {} and {}",
                    range(first),
                    range(second)
                ),
                "两个比率使用同一底册作分母；口径不同的，分别写明分母",
            ));
        }
    }
    findings
}

fn range((low, high): (u64, u64)) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

/// A total that names its categories: its rate against the denominators that the categories imply.
fn totals(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.plain() {
        let names = members(&figure.subject);
        if figure.count().is_none()
            || names.len() < 3
            || figure.measure.is_empty()
            || figure.phrase.subject != figure.subject
        {
            continue;
        }
        let (Some(rate), Some(parts)) = (model.rate_with(index), parts_of(model, &names, &figure.measure))
        else {
            continue;
        };
        let Some(percent) = model.figures[rate].percent() else { continue };
        let (mut low, mut high, mut sum) = (0_u64, 0_u64, 0_u64);
        let complete = parts.iter().all(|part| {
            let bounds = model
                .rate_with(*part)
                .and_then(|r| model.figures[r].percent())
                .zip(model.figures[*part].count())
                .and_then(|(p, n)| denominators(n, p).map(|d| (d, n)));
            bounds.is_some_and(|((first, last), count)| {
                low += first;
                high = high.saturating_add(last);
                sum += count;
                true
            })
        });
        let fits = |n: u64| prints(sum, n, percent);
        let between = i128::from(sum) * 100 * i128::from(MICRO)
            >= i128::from(percent.micro) * i128::from(low)
            && i128::from(sum) * 100 * i128::from(MICRO) <= i128::from(percent.micro) * i128::from(high);
        if !complete || low == 0 || fits(low) || fits(high) || between {
            continue;
        }
        let finding = model.finding(Rule::L4, Severity::Error, "total-rate", rate, &[index]);
        let (least, most) = (percent_text(sum, high, 1), percent_text(sum, low, 1));
        let value = if least == most { least } else { format!("{least}～{most}") };
        findings.push(finding.says(
            format!(
                "分类数量之和{sum}，各类分母之和{}；{sum} ÷ {} = {value} ≠ {percent}%",
                range((low, high)),
                range((low, high))
            ),
            format!("总率{percent}%与所列{}类不符：按各类数量和比率推算为{value}", parts.len()),
            format!(
                "the total rate {percent}% does not fit the {} categories, which give {value}",
                parts.len()
            ),
            "按各类分子、分母之和重新计算总率，或写明总率的口径",
        ));
    }
    findings
}

/// Rates by region against counts by region printed in other lists: 已装…户, 应装…户, 安装率….
fn by_region(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rates in model.fact_lists().filter(|list| list.percent && !list.share && !list.measure.is_empty()) {
        let section = model.figures[rates.items[0].figure].section;
        let counts = |due: bool| {
            let mut lists = model.fact_lists().filter(move |list| {
                !list.percent
                    && list.due == due
                    && list.measure == rates.measure
                    && !list.negated
                    && model.figures[list.items[0].figure].section == section
            });
            let first = lists.next();
            if lists.next().is_some() { None } else { first }
        };
        let (Some(done), Some(due)) = (counts(false), counts(true)) else { continue };
        for item in rates.items.iter().filter(|item| item.region.is_some()) {
            let Some(region) = item.region else { continue };
            let (Some(a), Some(n), Some(percent)) =
                (done.of(region), due.of(region), model.figures[item.figure].percent())
            else {
                continue;
            };
            let (Some(x), Some(y)) = (model.figures[a].count(), model.figures[n].count()) else { continue };
            if y > 0 && !prints(x, y, percent) {
                let finding =
                    model.finding(Rule::L4, Severity::Error, "rate-of-region", item.figure, &[a, n]);
                findings.push(finding.says(
                    format!("{x} ÷ {y} = {} ≠ {percent}%", percent_text(x, y, percent.decimals.max(1))),
                    format!("{}的比率与所列数量不符", model.regions.name(region)),
                    format!("the rate of {} does not fit its counts", model.regions.name(region)),
                    "核对该地区的数量和比率",
                ));
            }
        }
    }
    findings
}
