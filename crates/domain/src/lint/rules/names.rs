//! L12: a list of names has as many names as its count says; names of a subset stand in the set's list.

use std::collections::HashSet;

use crate::lint::model::Model;
use crate::lint::names::NameList;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// How many counts before 以上…家 may take part in it.
const TOGETHER_MAX: usize = 8;

/// Checks lists of names.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in model.names.iter().filter(|list| !model.places[list.paragraph].back) {
        findings.extend(number(model, list));
        findings.extend(twice(list));
        findings.extend(in_annex(model, list));
    }
    findings.extend(subsets(model));
    findings.extend((0..model.figures.len()).filter_map(|index| together(model, index)));
    findings
}

fn number(model: &Model, list: &NameList) -> Option<Finding> {
    let figure = &model.figures[list.count];
    let count = usize::try_from(figure.count()?).ok()?;
    let (least, most) = (list.names.len(), list.names.len() + list.slack);
    let wrong = if list.open { least > count } else { count < least || count > most };
    if !wrong {
        return None;
    }
    let finding = model.finding(Rule::L12, Severity::Error, "name-count", list.count, &[]);
    let mut finding = finding.says(
        format!(
            "{}：{least}个；{}",
            list.names.join("、").chars().take(60).collect::<String>(),
            figure.printed()
        ),
        format!("写明{}，实际列出{least}个名称", figure.printed()),
        format!("the count says {count}, {least} names follow"),
        "核对数量和名单；未列全的加“等”并注明附件",
    );
    if list.line != finding.line {
        finding.related_lines.push(list.line);
    }
    Some(finding)
}

/// 3家机构…，其余2家（…），以上6家机构: the number that sums up what the paragraph has named.
fn together(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let said = figure.count()?;
    let sums_up = ["以上", "上述"]
        .iter()
        .any(|word| figure.label.ends_with(word) || figure.label.trim_end_matches('这') == *word);
    if !sums_up || !model.fact(figure) {
        return None;
    }
    let from = index.saturating_sub(TOGETHER_MAX);
    let counts: Vec<usize> = (from..index)
        .filter(|i| {
            model.figures[*i].paragraph == figure.paragraph
                && model.figures[*i].is_count()
                && model.figures[*i].number.unit == figure.number.unit
        })
        .collect();
    let values: Vec<u64> = counts.iter().map(|i| model.figures[*i].span().map_or(0, |span| span.0)).collect();
    let named = model.names.iter().any(|list| counts.contains(&list.count));
    let reachable = (1_u32..1 << values.len()).any(|set| {
        values.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, value)| value).sum::<u64>()
            == said
    });
    let sum: u64 = values.iter().sum();
    if counts.len() < 2 || !named || reachable {
        return None;
    }
    let terms: Vec<String> = values.iter().map(u64::to_string).collect();
    let finding = model.finding(Rule::L12, Severity::Error, "together", index, &counts);
    Some(finding.says(
        format!("{} = {sum} ≠ {said}", terms.join("+")),
        format!("前文点名合计{sum}{}，此处写“以上{}”", figure.number.unit, figure.printed()),
        format!("{sum} were named before, this says {said}"),
        "核对点名数量",
    ))
}

fn twice(list: &NameList) -> Option<Finding> {
    let mut seen = HashSet::new();
    let name = list.names.iter().find(|name| !seen.insert(name.as_str()) && !name.contains('某'))?;
    let finding = Model::finding_at(Rule::L12, Severity::Warning, "name-twice", list.paragraph, list.line);
    Some(finding.says(
        String::new(),
        format!("名单中“{name}”重复出现"),
        format!("“{name}” stands twice in the list"),
        "删除重复的名称，核对数量",
    ))
}

/// With the annex at hand: every name printed stands in it.
fn in_annex(model: &Model, list: &NameList) -> Option<Finding> {
    let facts = model.options.facts.as_ref()?;
    let citation = model
        .annexes
        .cited
        .iter()
        .find(|citation| citation.paragraph == list.paragraph && citation.count == Some(list.count))?;
    let annex =
        facts.annexes.iter().find(|annex| annex.number == citation.number && !annex.names.is_empty())?;
    let absent: Vec<&str> =
        list.names.iter().filter(|name| !annex.names.contains(name)).map(String::as_str).collect();
    if absent.is_empty() {
        return None;
    }
    let finding =
        Model::finding_at(Rule::L12, Severity::Error, "name-not-in-annex", list.paragraph, list.line);
    Some(finding.says(
        String::new(),
        format!("{}不在附件{}的名单中", absent.join("、"), annex.number),
        format!("{} do not stand in annex {}", absent.join(", "), annex.number),
        "以附件名单为准改正",
    ))
}

/// Names with the inner measure against names with the outer one, where the text counts one inside the other.
fn subsets(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for inner in &model.names {
        let count = &model.figures[inner.count];
        let outer = model.names.iter().find(|outer| {
            let other = &model.figures[outer.count];
            other.subject == count.subject
                && other.number.start != count.number.start
                && other.measure != count.measure
                && outer.line < inner.line
                && other.count() >= count.count()
                && !other.subject.is_empty()
        });
        let Some(outer) = outer else { continue };
        let in_annexes = model.options.facts.as_ref().is_some_and(|facts| {
            inner.names.iter().all(|name| facts.annexes.iter().any(|annex| annex.names.contains(name)))
        });
        if in_annexes || model.counted_outside(&model.figures[outer.count].measure, &count.measure) {
            continue;
        }
        let absent: Vec<&str> =
            inner.names.iter().filter(|name| !outer.names.contains(name)).map(String::as_str).collect();
        if absent.is_empty() {
            continue;
        }
        let shared = inner.names.len() - absent.len();
        let (severity, code) =
            if outer.open { (Severity::Warning, "subset-unseen") } else { (Severity::Error, "subset-names") };
        if !outer.open && !counted_inside(model, inner, outer) {
            continue;
        }
        let finding = Model::finding_at(Rule::L12, severity, code, inner.paragraph, inner.line);
        let mut finding = finding.says(
            format!("列名{}个，第{}行名单中可见{shared}个", inner.names.len(), outer.line),
            format!(
                "{}没有出现在第{}行的名单中，{}",
                absent.join("、"),
                outer.line,
                if outer.open { "须凭附件核对" } else { "子集名单超出全集名单" }
            ),
            format!("{} names are not in the list on line {}", absent.len(), outer.line),
            "逐一核对两份名单，注明附件",
        );
        finding.related_lines.push(outer.line);
        findings.push(finding);
    }
    findings
}

/// The text says somewhere that units with the inner measure are counted among those with the outer one.
fn counted_inside(model: &Model, inner: &NameList, outer: &NameList) -> bool {
    let (inner, outer) = (&model.figures[inner.count].measure, &model.figures[outer.count].measure);
    model.figures.iter().enumerate().any(|(index, set)| {
        set.measure == *outer
            && set.post.ends_with('中')
            && model.figures[index + 1..].iter().take(2).any(|other| {
                other.sentence == set.sentence && other.phrase.negated && other.measure == *inner
            })
    })
}
