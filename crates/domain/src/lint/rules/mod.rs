//! The rules. Each takes the model and returns findings; none knows of another.

mod annexes;
mod averages;
mod changes;
mod complements;
mod completeness;
mod counter_shares;
mod dates;
mod denominators;
mod derived;
mod differences;
mod enumerations;
mod left_over;
mod multiples;
mod names;
mod order;
mod overlaps;
mod precision;
mod provenance;
mod ranking;
mod rates;
mod references;
mod remainders;
mod restated;
mod shares;
mod spoken;
mod subsets;
mod sums;
mod superlatives;
mod tables;
mod tally;
mod terms;
mod thresholds;
mod totals_above;
mod values;
mod weights;
mod without_lists;

use super::model::Model;
use super::report::{Finding, ReadSummary};

/// Runs every rule.
pub(crate) fn all(model: &Model, read: &mut ReadSummary) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(sums::check(model));
    findings.extend(totals_above::check(model));
    findings.extend(tables::check(model));
    findings.extend(shares::check(model));
    findings.extend(values::check(model));
    findings.extend(restated::check(model));
    findings.extend(references::check(model));
    findings.extend(changes::check(model));
    findings.extend(averages::check(model));
    findings.extend(rates::check(model));
    findings.extend(denominators::check(model));
    findings.extend(subsets::check(model));
    findings.extend(derived::check(model));
    findings.extend(without_lists::check(model));
    findings.extend(complements::check(model));
    findings.extend(counter_shares::check(model));
    findings.extend(remainders::check(model));
    findings.extend(overlaps::check(model));
    findings.extend(precision::check(model));
    findings.extend(completeness::check(model));
    findings.extend(order::check(model));
    findings.extend(superlatives::check(model));
    findings.extend(differences::check(model));
    findings.extend(multiples::check(model));
    findings.extend(thresholds::check(model));
    findings.extend(tally::check(model));
    findings.extend(names::check(model));
    findings.extend(enumerations::check(model));
    findings.extend(dates::check(model));
    findings.extend(terms::check(model));
    findings.extend(annexes::check(model));
    findings.extend(weights::check(model, read));
    findings.extend(provenance::check(model));
    findings
}
