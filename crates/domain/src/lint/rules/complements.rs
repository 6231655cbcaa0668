//! L7: the contrary is the rest. 未…的比例 is 100 minus the rate.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, prints};
use crate::lint::phrase::{Phrase, drifted};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Names of units of any kind.
const GENERIC: [&str; 4] = ["单位", "场所", "机构", "点位"];

/// A contrary percentage: category, measure, value.
struct Contrary {
    figure: usize,
    subject: String,
    measure: Vec<u16>,
    value: Decimal,
}

/// Checks contrary percentages.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut other_measure: Vec<(usize, usize)> = Vec::new();
    for contrary in contraries(model) {
        let rates = rates(model, &contrary);
        let exact = |index: &usize| {
            model.figures[*index].percent().is_some_and(|rate| complement(rate, contrary.value))
        };
        let same: Vec<usize> =
            rates.iter().copied().filter(|i| model.figures[*i].measure == contrary.measure).collect();
        if let Some(rate) = same.iter().copied().find(exact) {
            findings.extend(label(model, &contrary, rate));
        } else if let [rate, ..] = same.as_slice() {
            findings.push(wrong(model, &contrary, *rate));
        } else if let Some(rate) = rates.iter().copied().find(exact) {
            other_measure.push((contrary.figure, rate));
            findings.extend(label(model, &contrary, rate));
        }
    }
    findings.extend(definition(model, &other_measure));
    findings
}

/// Contrary percentages: 52.7%的高校…未完成, 未安装率16.6%.
fn contraries(model: &Model) -> Vec<Contrary> {
    let mut found = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let Some(value) = figure.percent() else { continue };
        if !model.fact(figure) || figure.region.is_some() {
            continue;
        }
        let list = figure.list.map(|list| &model.lists[list]);
        if let Some(list) = list.filter(|list| list.of_category && list.negated) {
            let subject = list
                .items
                .iter()
                .find(|item| item.figure == index)
                .map_or_else(String::new, |item| item.name.clone());
            found.push(Contrary { figure: index, subject, measure: list.measure.clone(), value });
        } else if figure.role == Role::OfCategory && list.is_none() {
            let post = Phrase::read(figure.post.trim_start_matches('的'), &model.lexicon, &model.regions);
            if post.negated && post.regions.is_empty() && !post.measure().is_empty() {
                found.push(Contrary {
                    figure: index,
                    subject: post.noun.clone(),
                    measure: post.measure().to_vec(),
                    value,
                });
            }
        } else if let Some((subject, measure)) = share_of_contrary(model, index) {
            found.push(Contrary { figure: index, subject, measure, value });
        } else if figure.role == Role::Plain
            && figure.phrase.is_rate
            && figure.phrase.negated
            && list.is_none()
            && (!figure.subject.is_empty() || beside(model, index))
        {
            found.push(Contrary {
                figure: index,
                subject: figure.subject.clone(),
                measure: figure.measure.clone(),
                value,
            });
        }
    }
    found
}

/// 合格率为91.5%，不合格率为8.5%: the rate of the same measure stands right before.
fn beside(model: &Model, index: usize) -> bool {
    let (Some(before), figure) = (index.checked_sub(1).map(|i| &model.figures[i]), &model.figures[index])
    else {
        return false;
    };
    before.sentence == figure.sentence && before.measure == figure.measure && before.subject == figure.subject
}

/// 未整改的占9.0%; 5112名未持证，占15.3%: a share of the whole that no printed base explains. Subject and measure.
fn share_of_contrary(model: &Model, index: usize) -> Option<(String, Vec<u16>)> {
    let figure = &model.figures[index];
    let base = figure.label.rsplit_once('占')?.1.trim_end_matches(['比', '的', '为', '达']);
    if figure.role != Role::Share || figure.list.is_some() || !(base.is_empty() || base == "总数") {
        return None;
    }
    if figure.phrase.negated && !figure.phrase.measure().is_empty() {
        return Some((figure.subject.clone(), figure.phrase.measure().to_vec()));
    }
    let count = index
        .checked_sub(1)
        .map(|i| &model.figures[i])
        .filter(|f| f.segment == figure.segment && f.plain_count().is_some())?;
    let alone = figure.phrase.subject.is_empty() && count.phrase.negated && !count.measure.is_empty();
    let value = figure.percent()?;
    let explained = model
        .figures
        .iter()
        .filter_map(Figure::count)
        .any(|whole| prints(count.count().unwrap_or(0), whole, value));
    (alone && !explained).then(|| (count.subject.clone(), count.measure.clone()))
}

/// Rates of the whole of the category, of any measure, exact names before similar ones.
fn rates(model: &Model, contrary: &Contrary) -> Vec<usize> {
    let wanted = |f: &Figure| {
        f.percent().is_some() && f.phrase.is_rate && !f.phrase.negated && f.number.start != usize::MAX
    };
    let of = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        model
            .plain()
            .filter(|(i, f)| *i != contrary.figure && wanted(f) && test(&f.subject))
            .map(|(i, _)| i)
            .take(64)
            .collect()
    };
    let exact = of(&|subject| subject == contrary.subject);
    let same = |rates: &[usize]| rates.iter().any(|i| model.figures[*i].measure == contrary.measure);
    let here = model.figures[contrary.figure].paragraph;
    if same(&exact) || contrary.subject.is_empty() {
        return exact;
    }
    let similar = of(&|subject| drifted(subject, &contrary.subject));
    if !exact.is_empty() && !same(&similar) {
        return exact;
    }
    if !similar.is_empty() {
        return similar;
    }
    // 整改率93.9%，未整改的占9.0%: the rate beside it, whatever its category is called.
    let measured: Vec<usize> =
        of(&|_| true).into_iter().filter(|i| model.figures[*i].measure == contrary.measure).collect();
    let generic = GENERIC.contains(&contrary.subject.as_str());
    let named = |i: &usize| {
        let figure = &model.figures[*i];
        let paragraph = &model.paragraphs[figure.paragraph];
        generic || paragraph.text(paragraph.body, figure.number.start).contains(&contrary.subject)
    };
    measured
        .into_iter()
        .filter(|i| {
            model.figures[*i].paragraph == here || (contrary.subject.chars().count() >= 2 && named(i))
        })
        .collect()
}

/// True where both may be roundings of a value and its rest.
fn complement(rate: Decimal, value: Decimal) -> bool {
    let difference = rate.plus(value).micro - 100 * MICRO;
    let slack = if rate.decimals == value.decimals { 0 } else { rate.half_micro().max(value.half_micro()) };
    difference.abs() <= slack || difference == 2 * rate.half_micro().min(value.half_micro())
}

fn wrong(model: &Model, contrary: &Contrary, rate: usize) -> Finding {
    let printed = model.figures[rate].percent().unwrap_or(Decimal::whole(0));
    let rest = Decimal::whole(100).minus(printed);
    let finding = model.finding(Rule::L7, Severity::Error, "complement", contrary.figure, &[rate]);
    finding.says(
        format!("100 − {printed} = {rest} ≠ {}", contrary.value),
        format!("{}的比率为{printed}%，相反的比例应为{rest}%，写的是{}%", contrary.subject, contrary.value),
        format!("the rate is {printed}%, its contrary {rest}%, printed {}%", contrary.value),
        "改为100减去该比率",
    )
}

/// The number is the rest of a rate of a category with another, narrower name.
fn label(model: &Model, contrary: &Contrary, rate: usize) -> Option<Finding> {
    let subject = &model.figures[rate].subject;
    let narrower = subject.find(contrary.subject.as_str()).is_some_and(|at| at > 0)
        || contrary.subject.find(subject.as_str()).is_some_and(|at| at > 0);
    if contrary.subject.is_empty() || subject == &contrary.subject || !narrower {
        return None;
    }
    let finding = model.finding(Rule::L7, Severity::Warning, "label", contrary.figure, &[rate]);
    let printed = model.figures[rate].percent()?;
    Some(finding.says(
        format!("100 − {printed} = {}", contrary.value),
        format!("“{}”的{}%是由“{subject}”的比率得出的，两处名称和范围不同", contrary.subject, contrary.value),
        format!("{}% is said of one category and computed from another, narrower one", contrary.value),
        format!("改用同一名称“{subject}”"),
    ))
}

/// One finding where contrary percentages come from the rate of another measure: 未完成建设 from 接入率.
fn definition(model: &Model, cases: &[(usize, usize)]) -> Option<Finding> {
    let (first, rate) = *cases.first()?;
    if cases.len() < 2 {
        return None;
    }
    let others: Vec<usize> =
        cases.iter().flat_map(|(figure, rate)| [*figure, *rate]).filter(|i| *i != first).collect();
    let said = model.figures[first]
        .list
        .map_or_else(String::new, |list| model.measure_name(&model.lists[list].measure));
    let used = model.measure_name(&model.figures[rate].measure);
    let arithmetic: Vec<String> = cases
        .iter()
        .filter_map(|(figure, rate)| {
            Some(format!("100 − {} = {}", model.figures[*rate].percent()?, model.figures[*figure].percent()?))
        })
        .collect();
    let finding = model.finding(Rule::L7, Severity::Warning, "definition", first, &others);
    Some(finding.says(
        arithmetic.join("；"),
        format!("“未{said}”的比例都是100减去{used}率，而{said}和{used}是两个不同的环节"),
        "the contrary percentages are computed from the rate of another measure".to_owned(),
        format!("改为“未{used}”，或按{said}情况另行统计"),
    ))
}
