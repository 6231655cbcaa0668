//! The synthetic register of Jiangxi as a snapshot would hand it to a bulletin.

use std::collections::HashMap;

use watchfire_domain::bulletin::annex::{AnnexRows, Annexes, UnitLine};
use watchfire_domain::bulletin::{
    Bulletin, BulletinError, Material, NameList, Settings, named_categories, write,
};
use watchfire_domain::figures::{Cell, CountyCell, Measure};
use watchfire_domain::ids::RegionId;
use watchfire_domain::plan::Plan;
use watchfire_domain::region::{Region, RegionLevel};
use watchfire_domain::register::expand::jiangxi_units;
use watchfire_domain::register::regions::jiangxi_regions;
use watchfire_domain::unit::Unit;

/// Everything a bulletin of the register needs, to change before it is written.
pub struct Jiangxi {
    pub cells: Vec<Cell>,
    pub counties: Vec<CountyCell>,
    pub regions: Vec<Region>,
    pub names: Vec<NameList>,
    pub lines: Vec<UnitLine>,
    pub plan: Plan,
    pub annexes: Annexes,
    pub settings: Settings,
}

/// 2 September 2025, 08:00 in Beijing.
pub const AS_OF: &str = "2025-09-02T00:00:00Z";

impl Jiangxi {
    /// The register with annexes 1 to 4 and 6 of it.
    pub fn new() -> Self {
        let (units, regions) = (jiangxi_units(), jiangxi_regions());
        let counties = counties(&units, &regions);
        let cells = counties.iter().map(|one| one.cell).collect();
        let (names, lines) = (names(&units), lines(&units, &regions));
        let (plan, settings) = (Plan::jiangxi(), Settings::default());
        let mut new = Self { cells, counties, regions, names, lines, plan, annexes: Annexes::NONE, settings };
        new.draw_annexes();
        new
    }

    /// Draws the annexes again after a change.
    pub fn draw_annexes(&mut self) {
        self.annexes = Annexes::of(&AnnexRows {
            units: &self.lines,
            counties: &self.counties,
            counties_before: &[],
            regions: &self.regions,
            plan: &self.plan,
            as_of: AS_OF.parse().expect("a time"),
            organisations: &[],
            alarms: &[],
        });
    }

    /// The whole material, synthetic as the register is.
    pub fn material(&self) -> Material<'_> {
        let as_of = AS_OF.parse().expect("a time");
        let base = Material::new(&self.cells, &self.regions, &self.names, as_of);
        Material { synthetic: true, plan: &self.plan, annexes: &self.annexes, ..base }
    }

    /// The bulletin of it.
    pub fn write(&self) -> Result<Bulletin, BulletinError> {
        write(&self.material(), &self.settings)
    }
}

/// City and county of a region.
fn place(regions: &HashMap<RegionId, &Region>, id: RegionId) -> (Option<RegionId>, Option<RegionId>) {
    let region = regions[&id];
    match region.level {
        RegionLevel::Province => (None, None),
        RegionLevel::City => (Some(id), None),
        RegionLevel::County => (region.parent_id, Some(id)),
    }
}

/// Adds the units up the way a snapshot does.
fn counties(units: &[Unit], regions: &[Region]) -> Vec<CountyCell> {
    let regions: HashMap<_, _> = regions.iter().map(|region| (region.id, region)).collect();
    let mut sums: HashMap<_, CountyCell> = HashMap::new();
    for unit in units {
        let (city_id, county_id) = place(&regions, unit.region_id);
        let one = Cell::of_unit(unit, city_id);
        sums.entry((one.category, one.ownership, one.study_level, city_id, county_id))
            .and_modify(|sum| {
                sum.cell.total += one.total;
                sum.cell.connected += one.connected;
                sum.cell.duty += one.duty;
                sum.cell.connected_on_duty += one.connected_on_duty;
            })
            .or_insert(CountyCell { county_id, cell: one });
    }
    sums.into_values().collect()
}

/// The units as annexes list them; the demonstration does not know since when.
fn lines(units: &[Unit], regions: &[Region]) -> Vec<UnitLine> {
    let regions: HashMap<_, _> = regions.iter().map(|region| (region.id, region)).collect();
    let name = |id: Option<RegionId>| id.map(|id| regions[&id].name.clone());
    let line = |unit: &Unit| {
        let (city, county) = place(&regions, unit.region_id);
        UnitLine {
            name: unit.name.clone(),
            category: unit.category,
            ownership: unit.ownership,
            study_level: unit.study_level,
            city: name(city),
            county: name(county),
            connection: unit.connection,
            duty: unit.duty,
            connected_since: None,
            duty_since: None,
            organisation: None,
            teaching_points: None,
            reason: None,
        }
    };
    units.iter().map(line).collect()
}

/// Names of the units that count, in the register's order.
fn names(units: &[Unit]) -> Vec<NameList> {
    let list = |category, measure: Measure| {
        let counts = |unit: &&Unit| {
            measure.counts(unit.connection.counts_as_connected(), unit.duty.counts_as_on_duty()).0
        };
        let of = units.iter().filter(|unit| unit.category == category).filter(counts);
        NameList { category, measure, names: of.map(|unit| unit.name.clone()).collect() }
    };
    named_categories()
        .into_iter()
        .flat_map(|category| Measure::SECTION_ONE.into_iter().map(move |measure| (category, measure)))
        .map(|(category, measure)| list(category, measure))
        .collect()
}
