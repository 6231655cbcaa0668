//! How long figures, annexes and text of a bulletin take, for the synthetic register and for ten times as many units.
//!
//! `cargo run --release -p watchfire-domain --example bulletin_speed`. Every unit is a cell of its own: the worst that a snapshot
//! could hand over.

use std::io::Write as _;
use std::time::Instant;

use watchfire_domain::bulletin::annex::{AnnexRows, Annexes, UnitLine};
use watchfire_domain::bulletin::{Material, NameList, Settings, Sources, named_categories, unproved, write};
use watchfire_domain::figures::{Cell, CountyCell, Figures, Measure};
use watchfire_domain::plan::Plan;
use watchfire_domain::region::{Region, RegionLevel};
use watchfire_domain::register::expand::jiangxi_units;
use watchfire_domain::register::regions::jiangxi_regions;
use watchfire_domain::unit::Unit;

const ROUNDS: usize = 5;

fn main() -> std::io::Result<()> {
    let (units, regions) = (jiangxi_units(), jiangxi_regions());
    for times in [1, 10] {
        let many: Vec<Unit> = std::iter::repeat_n(&units, times).flatten().cloned().collect();
        let best_ms = (0..ROUNDS).map(|_| once_ms(&many, &regions)).fold([f64::MAX; 3], |best, round| {
            [best[0].min(round[0]), best[1].min(round[1]), best[2].min(round[2])]
        });
        let [annexes, text, proof] = best_ms;
        let count = many.len();
        writeln!(
            std::io::stdout(),
            "{count} units: annexes {annexes:.1} ms, figures and text {text:.1} ms, proof {proof:.1} ms"
        )?;
    }
    Ok(())
}

/// Milliseconds for the annexes, for the figures with the text, and for proving every printed figure.
fn once_ms(units: &[Unit], regions: &[Region]) -> [f64; 3] {
    let counties: Vec<_> = units.iter().map(|unit| county_cell(unit, regions)).collect();
    let cells: Vec<_> = counties.iter().map(|one| one.cell).collect();
    let (lines, names) = (units.iter().map(line).collect::<Vec<_>>(), names(units));
    let (plan, as_of) = (Plan::jiangxi(), "2025-09-02T00:00:00Z".parse().expect("a time"));
    let start = Instant::now();
    let annexes = Annexes::of(&AnnexRows {
        units: &lines,
        counties: &counties,
        counties_before: &counties,
        regions,
        plan: &plan,
        as_of,
        organisations: &[],
        alarms: &[],
    });
    let annexes_ms = start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    let material =
        Material { plan: &plan, annexes: &annexes, ..Material::new(&cells, regions, &names, as_of) };
    let bulletin = write(&material, &Settings::default()).expect("one register");
    let text_ms = start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    let figures = Figures::new(&cells);
    assert!(unproved(&bulletin, &Sources::of_material(&material, &figures, None)).is_empty());
    [annexes_ms, text_ms, start.elapsed().as_secs_f64() * 1000.0]
}

fn county_cell(unit: &Unit, regions: &[Region]) -> CountyCell {
    let region = regions.iter().find(|region| region.id == unit.region_id).expect("in the tree");
    let (city_id, county_id) = match region.level {
        RegionLevel::Province => (None, None),
        RegionLevel::City => (Some(region.id), None),
        RegionLevel::County => (region.parent_id, Some(region.id)),
    };
    CountyCell { county_id, cell: Cell::of_unit(unit, city_id) }
}

fn line(unit: &Unit) -> UnitLine {
    UnitLine {
        name: unit.name.clone(),
        category: unit.category,
        ownership: unit.ownership,
        study_level: unit.study_level,
        city: None,
        county: None,
        connection: unit.connection,
        duty: unit.duty,
        connected_since: None,
        duty_since: None,
        organisation: None,
        teaching_points: None,
        reason: None,
    }
}

fn names(units: &[Unit]) -> Vec<NameList> {
    let pairs = named_categories()
        .into_iter()
        .flat_map(|category| Measure::SECTION_ONE.into_iter().map(move |measure| (category, measure)));
    let list = |(category, measure): (_, Measure)| {
        let counts = |unit: &&Unit| {
            unit.category == category
                && measure.counts(unit.connection.counts_as_connected(), unit.duty.counts_as_on_duty()).0
        };
        let names = units.iter().filter(counts).map(|unit| unit.name.clone()).collect();
        NameList { category, measure, names }
    };
    pairs.map(list).collect()
}
