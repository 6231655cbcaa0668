//! L5 and L6 for sets the text itself derives: 在已接入的12171所中，还有2096所没有值班值守.
//!
//! Such a sentence says that duty is counted inside connection. Then, in every region, the rate of duty may not exceed the rate of
//! connection, and in every category the units that have one and not the other are at least the difference of both counts.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::phrase::{Phrase, drifted};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// A derived set: in `set` (measure `has`), `without` units lack measure `lacks`.
struct Derived {
    set: usize,
    without: usize,
    has: Vec<u16>,
    lacks: Vec<u16>,
}

/// Checks all derived sets.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for derived in find(model) {
        if !model.counted_outside(&derived.has, &derived.lacks) {
            findings.extend(regions(model, &derived));
        }
        let categories = categories(model, &derived);
        findings.extend(bounds(model, &derived, &categories));
        findings.extend(implied(model, &derived, &categories));
    }
    findings.extend((0..model.figures.len()).filter_map(|index| without(model, index)));
    findings
}

fn find(model: &Model) -> Vec<Derived> {
    let mut found = Vec::new();
    for (set, figure) in model.plain() {
        if figure.count().is_none()
            || figure.measure.is_empty()
            || figure.phrase.negated
            || !figure.post.ends_with('中')
            || !figure.phrase.whole
        {
            continue;
        }
        let next = (set + 1..model.figures.len().min(set + 4)).find(|i| {
            let other = &model.figures[*i];
            other.sentence == figure.sentence
                && other.plain_count().is_some()
                && other.phrase.negated
                && !other.measure.is_empty()
                && other.measure != figure.measure
        });
        if let Some(without) = next {
            found.push(Derived {
                set,
                without,
                has: figure.measure.clone(),
                lacks: model.figures[without].measure.clone(),
            });
        }
    }
    found
}

/// L5: rates by region of the inner measure above those of the outer one.
fn regions(model: &Model, derived: &Derived) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rates = |measure: &[u16]| {
        model
            .fact_lists()
            .filter(|list| list.percent && list.regional() && list.measure == measure && !list.share)
            .collect::<Vec<_>>()
    };
    let outside = rates(&derived.has);
    for inner in rates(&derived.lacks) {
        for outer in outside.iter().filter(|outer| outer.subject == inner.subject) {
            let mut over = Vec::new();
            for item in &inner.items {
                let Some(region) = item.region else { continue };
                let (Some(q), Some(other)) = (model.figures[item.figure].percent(), outer.of(region)) else {
                    continue;
                };
                let Some(p) = model.figures[other].percent() else { continue };
                if q.micro > p.micro + q.half_micro() + p.half_micro() {
                    over.push((item.figure, other, format!("{} {q} > {p}", model.regions.name(region))));
                }
            }
            let Some((first, _, _)) = over.first() else { continue };
            let others: Vec<usize> =
                over.iter().flat_map(|(q, p, _)| [*q, *p]).filter(|i| i != first).collect();
            let finding = model.finding(Rule::L5, Severity::Warning, "subset-rate", *first, &others);
            let (has, lacks) = (model.measure_name(&derived.has), model.measure_name(&derived.lacks));
            findings.push(finding.says(
                over.iter().map(|(_, _, text)| text.clone()).collect::<Vec<_>>().join("；"),
                format!("{}：{}个地区的{lacks}比例高于{has}率；第{}行把{lacks}作为{has}的一部分统计，两者不能同时成立，除非另有定义", inner.subject, over.len(), model.figures[derived.set].line),
                format!("in {} regions the inner rate exceeds the outer one although line {} counts it inside", over.len(), model.figures[derived.set].line),
                format!("写明{lacks}是否以{has}为前提；是，则核对上述地区的数据"),
            ));
        }
    }
    findings
}

/// Category, count with the outer measure, count with the inner one.
type Category = (String, usize, usize);

fn categories(model: &Model, derived: &Derived) -> Vec<Category> {
    let counts = &model.category_counts;
    let mut found = Vec::new();
    for outer in counts.iter().filter(|i| model.figures[**i].measure == derived.has && **i != derived.set) {
        let subject = &model.figures[*outer].subject;
        if let Some(inner) = counts
            .iter()
            .find(|i| model.figures[**i].measure == derived.lacks && model.figures[**i].subject == *subject)
            && !found.iter().any(|(name, _, _): &Category| name == subject)
        {
            found.push((subject.clone(), *outer, *inner));
        }
    }
    found
}

/// L6: at least A − B, at most A, by category and in total.
fn bounds(model: &Model, derived: &Derived, categories: &[Category]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let parts = parts(model, derived);
    let (mut named, mut rest_bound, mut rest_names) = (0, 0_u64, Vec::new());
    for (subject, outer, inner) in categories {
        let (a, b) = (count(*outer), count(*inner));
        let part = parts
            .iter()
            .copied()
            .find(|i| subject_of(model, *i) == *subject)
            .or_else(|| parts.iter().copied().find(|i| drifted(&subject_of(model, *i), subject)));
        let Some(part) = part else {
            rest_bound += a.saturating_sub(b);
            rest_names.push(subject.as_str());
            continue;
        };
        named += count(part);
        let lower = a.saturating_sub(b);
        if count(part) < lower || count(part) > a {
            let finding = model.finding(Rule::L6, Severity::Error, "derived-bound", part, &[*outer, *inner]);
            let arithmetic = if count(part) < lower {
                format!("{a} − {b} = {lower} > {}；短少{}", count(part), lower - count(part))
            } else {
                format!("{} > {a}", count(part))
            };
            findings.push(finding.says(
                arithmetic,
                format!(
                    "{subject}中没有{}的不应少于{lower}、不应多于{a}，写的是{}",
                    model.measure_name(&derived.lacks),
                    count(part)
                ),
                format!("without must be between {lower} and {a}, printed {}", count(part)),
                "按单位逐一求交集后重新统计",
            ));
        }
    }
    let total = count(derived.without);
    let lower: u64 = categories.iter().map(|(_, a, b)| count(*a).saturating_sub(count(*b))).sum();
    if categories.len() >= 2 && total < lower {
        findings.push(total_bound(model, derived, categories, lower));
    }
    if !parts.is_empty() && !rest_names.is_empty() && named <= total && total - named < rest_bound {
        let finding = model.finding(Rule::L6, Severity::Error, "derived-rest", derived.without, &parts);
        findings.push(finding.says(
            format!("{total} − {named} = {} < {rest_bound}", total - named),
            format!(
                "其余类别（{}）没有{}的不应少于{rest_bound}，推算只有{}",
                rest_names.join("、"),
                model.measure_name(&derived.lacks),
                total - named
            ),
            format!("the other categories need at least {rest_bound}, only {} remain", total - named),
            "按单位逐一求交集后重新统计",
        ));
    }
    findings
}

fn total_bound(model: &Model, derived: &Derived, categories: &[Category], lower: u64) -> Finding {
    let count = |i: usize| model.figures[i].count().unwrap_or(0);
    let (a, b): (u64, u64) =
        categories.iter().fold((0, 0), |(a, b), (_, x, y)| (a + count(*x), b + count(*y)));
    let total = count(derived.without);
    let others: Vec<usize> = categories.iter().flat_map(|(_, x, y)| [*x, *y]).collect();
    let finding = model.finding(Rule::L6, Severity::Error, "derived-total", derived.without, &others);
    finding.says(
        format!("各类合计{a} − {b} = {}，逐类下限之和{lower} > {total}", i128::from(a) - i128::from(b)),
        format!("没有{}的总数{total}低于按分类数字推出的下限{lower}", model.measure_name(&derived.lacks)),
        format!("{total} without is below the lower bound {lower} from the categories"),
        "按单位逐一求交集后重新统计",
    )
}

/// L6: the number that has both, as the sentence implies it, against the categories.
fn implied(model: &Model, derived: &Derived, categories: &[Category]) -> Option<Finding> {
    let (set, without) = (model.figures[derived.set].count()?, model.figures[derived.without].count()?);
    let both = set.checked_sub(without)?;
    let printed: u64 = categories.iter().filter_map(|(_, _, inner)| model.figures[*inner].count()).sum();
    let all_inner =
        model.category_counts.iter().filter(|i| model.figures[**i].measure == derived.lacks).count();
    if categories.len() < 3 || all_inner != categories.len() || both <= printed {
        return None;
    }
    let others: Vec<usize> =
        std::iter::once(derived.without).chain(categories.iter().map(|(_, _, inner)| *inner)).collect();
    let finding = model.finding(Rule::L6, Severity::Error, "derived-implied", derived.set, &others);
    let name = model.measure_name(&derived.lacks);
    Some(finding.says(
        format!("{set} − {without} = {both}；分类合计{printed}；{both} − {printed} = {}", both - printed),
        format!("由此推出有{name}的为{both}，比分类公布的合计{printed}多{}", both - printed),
        format!("this implies {both} that have both, the categories print {printed}"),
        "两处使用同一统计快照",
    ))
}

/// L6 without a printed set: 在已建成的站中，幼儿园有903个没有配齐; 已安装但不在线的498艘. At least A − B, at most A.
fn without(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let value = figure.plain_count()?;
    if !model.fact(figure) || figure.region.is_some() || figure.list.is_some() {
        return None;
    }
    let read = |text: &str| Phrase::read(text, &model.lexicon, &model.regions);
    let parted = figure.label.split_once('但').filter(|(_, rest)| rest.starts_with(['不', '未', '没']));
    let (outer, inner, subject) = if let Some((set, rest)) = parted {
        (read(set), read(rest), String::new())
    } else {
        let before = model.sentence_before(figure);
        let clause = before.rsplit_once("中，")?.0.rsplit(['，', '：']).next()?;
        if !figure.phrase.negated || clause.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        (read(clause), figure.phrase.clone(), figure.phrase.subject.clone())
    };
    let (has, lacks) = (outer.measure(), inner.measure());
    if outer.negated || !inner.negated || has.is_empty() || lacks.is_empty() || has == lacks {
        return None;
    }
    let about = |f: &Figure| subject.is_empty() || f.subject == subject || f.subject.starts_with(&subject);
    let only = |measure: &[u16]| {
        let unit = &figure.number.unit;
        let mut found = model.plain().filter(|(i, f)| {
            *i != index
                && f.count().is_some()
                && f.measure == measure
                && f.number.unit == *unit
                && !f.phrase.negated
                && !f.phrase.due
                && !f.phrase.fresh
                && about(f)
        });
        let first = found.next()?.0;
        found.all(|(_, f)| f.count() == model.figures[first].count()).then_some(first)
    };
    let (a, b) = (only(has)?, only(lacks)?);
    let (all, both) = (model.figures[a].count()?, model.figures[b].count()?);
    let lower = all.saturating_sub(both);
    if value >= lower && value <= all {
        return None;
    }
    let finding = model.finding(Rule::L6, Severity::Error, "derived-bound", index, &[a, b]);
    Some(finding.says(
        if value < lower {
            format!("{all} − {both} = {lower} > {value}；短少{}", lower - value)
        } else {
            format!("{value} > {all}")
        },
        format!(
            "有{}而没有{}的不应少于{lower}、不应多于{all}，写的是{value}",
            model.measure_name(has),
            model.measure_name(lacks)
        ),
        format!("with one and without the other there are {lower} to {all}, printed {value}"),
        "按单位逐一求交集后重新统计",
    ))
}

/// Counts by category of the derived set: named right behind it in its paragraph.
fn parts(model: &Model, derived: &Derived) -> Vec<usize> {
    let set = &model.figures[derived.without];
    let usable = |f: &Figure| {
        let listed = f.list.is_none_or(|list| !model.lists[list].regional());
        f.paragraph == set.paragraph
            && f.role == Role::Plain
            && f.count().is_some()
            && f.region.is_none()
            && listed
    };
    let mut parts = Vec::new();
    for index in derived.without + 1..model.figures.len() {
        let figure = &model.figures[index];
        if figure.paragraph != set.paragraph {
            break;
        }
        let known = model.category_counts.iter().any(|i| {
            let subject = &model.figures[*i].subject;
            *subject == subject_of(model, index) || drifted(subject, &subject_of(model, index))
        });
        if usable(figure) && known && figure.count() != set.count() {
            parts.push(index);
        }
    }
    parts
}

fn subject_of(model: &Model, index: usize) -> String {
    let figure = &model.figures[index];
    figure
        .list
        .and_then(|list| model.lists[list].items.iter().find(|item| item.figure == index))
        .map_or_else(|| figure.subject.clone(), |item| item.name.clone())
}
