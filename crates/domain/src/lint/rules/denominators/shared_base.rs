//! Two shares of one named base that is not printed: 46个占全省县总数的43.8% … 61个占全省县总数的55.5% need one whole base in common.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, denominators};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::range;

/// Fewest characters of words that name a base; shorter ones may mean another base every time.
const BASE_WORDS_MIN: usize = 4;
/// Most shares of one text compared with each other.
const SHARES_MAX: usize = 60;

/// A count and its share of a base that has a name.
struct Share {
    count: usize,
    rate: usize,
    base: String,
    numerator: u64,
    percent: Decimal,
}

/// Compares every two shares whose bases have the same name.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let shares: Vec<Share> =
        (0..model.figures.len()).filter_map(|index| share(model, index)).take(SHARES_MAX).collect();
    let mut findings = Vec::new();
    for (position, later) in shares.iter().enumerate() {
        let against = shares[..position].iter().find(|earlier| {
            earlier.base == later.base
                && model.figures[earlier.count].number.unit == model.figures[later.count].number.unit
                && apart(earlier, later).is_some()
        });
        let Some(earlier) = against else { continue };
        let Some((one, other)) = apart(earlier, later) else { continue };
        let others = [later.count, earlier.rate, earlier.count];
        let finding = model.finding(Rule::L4, Severity::Error, "shared-base", later.rate, &others);
        findings.push(finding.says(
            format!(
                "{}÷{}% → 分母{}；{}÷{}% → 分母{}；没有共同的整数",
                earlier.numerator,
                earlier.percent,
                range(one),
                later.numerator,
                later.percent,
                range(other)
            ),
            format!(
                "两处都是占{}的比例，但推算的{}不同：{}和{}",
                later.base,
                later.base,
                range(one),
                range(other)
            ),
            format!("two shares of one base need different bases: {} and {}", range(one), range(other)),
            "核对数量和比率，使用同一分母",
        ));
    }
    findings
}

fn share(model: &Model, index: usize) -> Option<Share> {
    let figure = &model.figures[index];
    let percent = figure.percent().filter(|_| figure.role == Role::Share && figure.list.is_none())?;
    let (_, words) = figure.label.rsplit_once('占')?;
    let base = words.trim_end_matches(['的', '为', '达']).to_owned();
    let count = index.checked_sub(1)?;
    let part = &model.figures[count];
    // 占应对接数: of what stands before, another number for every category.
    let base = if base.starts_with(['应', '已', '总']) { format!("{}{base}", part.subject) } else { base };
    let fits = part.segment == figure.segment && part.role == Role::Plain && model.fact(figure);
    let named = base.chars().count() >= BASE_WORDS_MIN && !base.contains(['其', '该', '此', '上', '本']);
    let numerator = Figure::count(part).filter(|_| fits && named)?;
    Some(Share { count, rate: index, base, numerator, percent })
}

/// The bases that two shares need, where they have none in common.
fn apart(one: &Share, other: &Share) -> Option<((u64, u64), (u64, u64))> {
    let first = denominators(one.numerator, one.percent)?;
    let second = denominators(other.numerator, other.percent)?;
    (first.0.max(second.0) > first.1.min(second.1)).then_some((first, second))
}
