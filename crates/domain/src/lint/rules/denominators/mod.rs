//! L4: counts and percentages fit whole denominators, printed or implied.
//!
//! A percentage may be of many things. It is called wrong only if no two counts near it print as it, and the sentence names its base.

mod base;
mod pairs;
mod regions;
mod shared_base;
mod totals;
mod two_rates;

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, prints};
use crate::lint::report::Finding;

/// Counts before a percentage that may be its numerator or its base.
const WINDOW: usize = 12;
/// How far behind a percentage its base may be explained, in characters.
const BASE_WITHIN: usize = 30;

/// Checks pairs, implied denominators and totals.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = pairs::check(model);
    findings.extend(two_rates::check(model));
    findings.extend(totals::check(model));
    findings.extend(regions::check(model));
    findings.extend(shared_base::check(model));
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

fn range((low, high): (u64, u64)) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}
