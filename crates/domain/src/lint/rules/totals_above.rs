//! L1 for lists whose total stands in a sentence or paragraph before: 已接入103家。…各乡镇已接入家数为：A镇30家、B镇16家….

use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Fewest entries of a list that may be all there are.
const ITEMS_MIN: usize = 3;
/// Words that say that the list names everybody.
const EVERYBODY: [&str; 4] = ["各", "分县", "分乡", "按"];
/// Words of an introduction that name no category.
const NO_CATEGORY: [&str; 20] = [
    "家数", "个数", "数量", "人数", "所数", "台数", "户数", "总数", "乡镇", "街道", "县区", "县市", "区县",
    "数", "市", "县", "区", "州", "地", "所",
];

/// Checks every list by region that has no total in its own paragraph.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    model.fact_lists().filter_map(|list| one(model, list)).collect()
}

fn one(model: &Model, list: &List) -> Option<Finding> {
    let everybody = EVERYBODY.iter().any(|word| list.intro.contains(word));
    let all = list.items.len() >= ITEMS_MIN.max(model.all_regions.len());
    if list.percent || list.head.is_some() || list.of_category || list.partial || list.measure.is_empty() {
        return None;
    }
    if list.rows || !list.regional() || !all || !everybody {
        return None;
    }
    let first = &model.figures[list.items[0].figure];
    let counts: Vec<u64> =
        list.items.iter().map(|item| model.figures[item.figure].count()).collect::<Option<_>>()?;
    let sum: u64 = counts.iter().sum();
    let chapter = model.places[first.paragraph].chapter;
    let category = category(model, list);
    let totals: Vec<usize> = model
        .plain()
        .filter(|(_, f)| {
            let same = f.measure == list.measure
                && f.phrase.negated == list.negated
                && f.phrase.due == list.due
                && !f.phrase.fresh;
            let near = model.places[f.paragraph].chapter == chapter || model.places[f.paragraph].chapter == 0;
            same && near && f.count().is_some() && f.number.unit == first.number.unit
        })
        .map(|(index, _)| index)
        .collect();
    if totals.iter().any(|i| model.figures[*i].count() == Some(sum)) {
        return None;
    }
    let before = totals.iter().rev().filter(|i| model.figures[**i].paragraph <= first.paragraph);
    let of_these = |i: &&usize| {
        let subject = &model.figures[**i].subject;
        if category.is_empty() {
            totals.iter().all(|other| model.figures[*other].count() <= model.figures[**i].count())
        } else {
            subject.ends_with(&category) || category.ends_with(subject)
        }
    };
    let total = before.filter(of_these).copied().next()?;
    let printed = model.figures[total].count()?;
    let others: Vec<usize> = list.items.iter().map(|item| item.figure).collect();
    let terms: Vec<String> = counts.iter().map(u64::to_string).collect();
    let finding = model.finding(
        Rule::L1,
        Severity::Error,
        "total-above",
        others[0],
        &[&[total], &others[1..]].concat(),
    );
    Some(finding.says(
        format!("{} = {sum}；与{printed}相差{}", terms.join("+"), sum.abs_diff(printed)),
        format!(
            "各地区之和为{sum}，第{}行的总数为{}",
            model.figures[total].line,
            model.figures[total].printed()
        ),
        format!("the regions add to {sum}, the total on line {} says {printed}", model.figures[total].line),
        "核对各地区数和总数",
    ))
}

/// The category that the introduction names, empty where it names only regions and the measure.
fn category(model: &Model, list: &List) -> String {
    let mut text = list.intro.clone();
    for item in &list.items {
        text = text.replace(&item.name, "");
    }
    let mut subject = Phrase::read(&text, &model.lexicon, &model.regions).subject;
    for word in NO_CATEGORY {
        subject = subject.replace(word, "");
    }
    if subject.chars().count() < 2 { String::new() } else { subject }
}
