//! L10: a list that says or shows that it is sorted is sorted.

use crate::lint::list::{Item, List, Order};
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// A list shows that it is sorted from this many entries on, with a single one out of place.
const SHOWN_MIN: usize = 5;

/// Checks the order of every list by region.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    model
        .fact_lists()
        .filter(|list| (!list.rows || list.order != Order::Unsaid) && !list.of_category)
        .filter_map(|list| one(model, list))
        .collect()
}

fn one(model: &Model, list: &List) -> Option<Finding> {
    let items: Vec<&Item> =
        list.items.iter().filter(|item| !list.regional() || item.region.is_some()).collect();
    let values: Vec<i64> = items
        .iter()
        .map(|item| {
            let figure = &model.figures[item.figure];
            figure
                .percent()
                .map(|value| value.micro)
                .or_else(|| figure.count().and_then(|count| i64::try_from(count).ok()))
        })
        .collect::<Option<_>>()?;
    let breaks = |rising: bool| -> Vec<usize> {
        (1..values.len())
            .filter(|i| if rising { values[*i] < values[*i - 1] } else { values[*i] > values[*i - 1] })
            .collect()
    };
    let (broken, said) = match list.order {
        Order::Falling => (breaks(false), true),
        Order::Rising => (breaks(true), true),
        Order::Unsaid if list.percent && list.regional() && values.len() >= SHOWN_MIN => {
            (breaks(false), false)
        }
        Order::Unsaid => return None,
    };
    if broken.is_empty() || (!said && (broken.len() > 1 || !one_out_of_place(&values))) {
        return None;
    }
    let at = items[broken[0]].figure;
    let before = items[broken[0] - 1].figure;
    let sign = if list.order == Order::Rising { '<' } else { '>' };
    let finding = model.finding(Rule::L10, Severity::Style, "order", at, &[before]);
    let (this, that) = (model.figures[at].printed(), model.figures[before].printed());
    Some(finding.says(
        format!("{this} {sign} {that}，却排在其后"),
        if said {
            format!("列表称已排序，但{}与{}次序颠倒", items[broken[0] - 1].name, items[broken[0]].name)
        } else {
            format!("列表按高低排列，唯{}（{this}）位置不当", items[broken[0]].name)
        },
        format!("{this} stands behind {that} in a sorted list"),
        "按数值重新排序，或核对数值",
    ))
}

/// True where taking one entry out leaves the list falling.
fn one_out_of_place(values: &[i64]) -> bool {
    (0..values.len()).any(|skip| {
        let rest: Vec<i64> = values.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, v)| *v).collect();
        rest.windows(2).all(|pair| pair[0] >= pair[1])
    })
}
