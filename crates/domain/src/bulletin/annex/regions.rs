//! Annex 2: the categories that are broken down by city, by city and county, with the change since the compared snapshot.

use std::collections::HashMap;

use super::rows::AnnexRows;
use super::{Drawn, columns};
use crate::bulletin::edition::{Column, Value};
use crate::category::{CATEGORIES, Category};
use crate::figures::{Counts, CountyCell, Measure, NO_UNIT, city_regions, county_regions};
use crate::ids::RegionId;
use crate::region::Region;

/// What stands in the county column of a sum.
const SUM: &str = "合计";
/// What stands in the city column of the province's sum.
const PROVINCE: &str = "全省";
/// Units that belong to a city but to none of its counties.
const CITY_ITSELF: &str = "市本级";

/// One line: which part of the province.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Province,
    City(RegionId),
    County(RegionId),
    CityItself(RegionId),
    OutsideCities,
}

pub fn by_region(rows: &AnnexRows<'_>) -> Drawn {
    let compared = !rows.counties_before.is_empty();
    let (now, before) = (sums(rows.counties), sums(rows.counties_before));
    let mut lines = Vec::new();
    for category in CATEGORIES.into_iter().filter(|category| category.by_city()) {
        for (part, city, county) in parts(rows.regions) {
            let Some(counts) = now.get(&(category, part)).filter(|counts| counts.total > 0) else { continue };
            let mut line: Vec<Value> =
                [category.name_zh(), city, county].map(|words| Value::Text(words.to_owned())).into();
            let then = before.get(&(category, part)).copied().unwrap_or_default();
            line.extend(values(*counts, compared.then_some(then)));
            lines.push(line);
        }
    }
    let notes = compared.then(|| format!("变化以百分点计；对比时点没有该类单位的以“{NO_UNIT}”表示。"));
    (heads(compared), lines, notes.into_iter().collect())
}

fn heads(compared: bool) -> Vec<Column> {
    let mut heads = columns(&[
        ("类别", 14),
        ("设区市", 10),
        ("县（市、区）", 12),
        ("应接入", 9),
        ("已接入", 9),
        ("接入率", 9),
        ("有24小时值班值守", 11),
        ("值班率", 9),
    ]);
    heads[5].rate_of = Some((4, 3));
    heads[7].rate_of = Some((6, 3));
    if compared {
        heads.extend(columns(&[("接入率变化", 9), ("值班率变化", 9)]));
    }
    heads
}

fn values(now: Counts, before: Option<Counts>) -> Vec<Value> {
    let rate = |measure: Measure| measure.of(now);
    let mut values = vec![
        Value::Count(now.total),
        Value::Count(now.connected),
        Value::Rate(rate(Measure::Connection)),
        Value::Count(now.duty),
        Value::Rate(rate(Measure::Duty)),
    ];
    if let Some(before) = before {
        let change = |measure: Measure| {
            let (now, before) = (rate(measure), measure.of(before));
            if now.is_empty() || before.is_empty() { Value::Absent } else { Value::Points { now, before } }
        };
        values.extend(Measure::SECTION_ONE.map(change));
    }
    values
}

/// Every line in order: the province, each city with its counties, and what belongs to no city.
fn parts(regions: &[Region]) -> Vec<(Part, &str, &str)> {
    let mut parts = vec![(Part::Province, PROVINCE, SUM)];
    for city in city_regions(regions) {
        parts.push((Part::City(city.id), &city.name, SUM));
        for county in county_regions(regions, city.id) {
            parts.push((Part::County(county.id), &city.name, &county.name));
        }
        parts.push((Part::CityItself(city.id), &city.name, CITY_ITSELF));
    }
    parts.push((Part::OutsideCities, crate::register::counts::OUTSIDE_CITIES, SUM));
    parts
}

fn sums(cells: &[CountyCell]) -> HashMap<(Category, Part), Counts> {
    let mut sums: HashMap<_, Counts> = HashMap::new();
    for one in cells {
        let city = one.cell.city_id.map_or(Part::OutsideCities, Part::City);
        let below = match (one.county_id, one.cell.city_id) {
            (Some(county), _) => Some(Part::County(county)),
            (None, Some(city)) => Some(Part::CityItself(city)),
            (None, None) => None,
        };
        for part in [Some(Part::Province), Some(city), below].into_iter().flatten() {
            sums.entry((one.cell.category, part)).or_default().add(one.cell.counts());
        }
    }
    sums
}
