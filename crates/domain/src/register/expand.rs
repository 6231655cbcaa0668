//! Demonstration rows: the count table becomes units, the same ones on every run.
//!
//! Per row of the table `min(connected, duty)` units have both, the rest of either number has only that one, all others have neither.
//! Units on duty without being connected are legal rows: contract signed, not yet connected. Names carry running numbers in Arabic
//! digits so that no invented row passes for a real school. The exceptions are the colleges and institutions that the provincial
//! notice itself lists by name; they come first, in the state it prints. Every row is marked synthetic.

use thiserror::Error;
use uuid::Uuid;

use super::counts::{CountRow, jiangxi_counts};
use super::regions::{jiangxi_regions, named};
use crate::category::Category;
use crate::ids::UnitId;
use crate::region::{Region, RegionLevel};
use crate::unit::{Connection, Duty, Ownership, StudyLevel, Unit};

/// The table and the regions do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpandError {
    /// A row names a city that the tree does not have.
    #[error("count table: no city {0:?} in the region tree")]
    UnknownCity(String),
    /// More units connected or on duty than there are.
    #[error("count table: {0} counts more units connected or on duty than units")]
    MoreThanAll(String),
    /// The tree has no province.
    #[error("region tree: no province")]
    NoProvince,
}

/// The synthetic register of Jiangxi: 18 847 units.
///
/// # Panics
/// Never: both embedded files are part of the build and expanded by a test.
pub fn jiangxi_units() -> Vec<Unit> {
    expand(&jiangxi_counts(), &jiangxi_regions())
        .expect("the embedded table fits the embedded regions (tested)")
}

/// Makes the units of a count table, in its order. The id of a unit depends only on its position, and ids ascend, so that ordering by
/// id gives the order of the register.
pub fn expand(counts: &[CountRow], regions: &[Region]) -> Result<Vec<Unit>, ExpandError> {
    let mut units = Vec::with_capacity(counts.iter().map(|row| row.total as usize).sum());
    for row in counts {
        expand_row(row, regions, &mut units)?;
    }
    Ok(units)
}

/// A unit id for the n-th row of the demonstration register: UUID version 8 (RFC 9562 §5.8), "wfsyn" in front, the number behind.
pub fn synthetic_id(number: u64) -> UnitId {
    const PREFIX: u128 = 0x7766_7379_6e00 << 80;
    const VERSION_8_VARIANT_1: u128 = (0x8 << 76) | (0b10 << 62);
    UnitId(Uuid::from_u128(PREFIX | VERSION_8_VARIANT_1 | u128::from(number & ((1 << 62) - 1))))
}

/// Has the unit a connection, and duty?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    connected: bool,
    duty: bool,
}

/// How many units of a row are still to be made, by state.
struct Left {
    both: u32,
    connected_only: u32,
    duty_only: u32,
    neither: u32,
}

impl Left {
    fn of(row: &CountRow) -> Option<Self> {
        let both = row.connected.min(row.duty);
        Some(Self {
            both,
            connected_only: row.connected - both,
            duty_only: row.duty - both,
            neither: row.total.checked_sub(row.connected.max(row.duty))?,
        })
    }

    /// Takes one unit of a state; false where none is left.
    fn take(&mut self, state: State) -> bool {
        let left = match (state.connected, state.duty) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.connected_only,
            (false, true) => &mut self.duty_only,
            (false, false) => &mut self.neither,
        };
        let some = *left > 0;
        *left = left.saturating_sub(1);
        some
    }

    fn total(&self) -> u32 {
        self.both + self.connected_only + self.duty_only + self.neither
    }

    /// The state at a slot when the states lie one after the other.
    fn at(&self, slot: u32) -> State {
        let connected = slot < self.both + self.connected_only;
        let duty = slot < self.both
            || (self.both + self.connected_only..self.both + self.connected_only + self.duty_only)
                .contains(&slot);
        State { connected, duty }
    }
}

fn expand_row(row: &CountRow, regions: &[Region], units: &mut Vec<Unit>) -> Result<(), ExpandError> {
    let (home, counties) = homes(row, regions)?;
    let mut left = Left::of(row)
        .ok_or_else(|| ExpandError::MoreThanAll(format!("{} {}", home.name, row.category.name_zh())))?;
    for (name, state) in named_units(row.category) {
        if row.city.is_none() && left.take(*state) {
            units.push(unit(row, home, (*name).to_owned(), *state, units.len(), None));
        }
    }
    let total = left.total();
    let stride = spreading_stride(total);
    for index in 0..total {
        // Neighbouring rows fall into far slots, so that every county gets a share of every state.
        let slot = (u64::from(index) * u64::from(stride) % u64::from(total)) as u32;
        let county = counties.get(index as usize % counties.len().max(1)).copied();
        let number = index as usize / counties.len().max(1) + 1;
        let place = match county {
            Some(county) => format!("{}{}", home.name, county.name),
            None => home.short_name.clone(),
        };
        let name = format!("{place}第{number}{}", kind_of_name(row, number));
        let code = Some(format!("99{:08}", units.len() + 1));
        units.push(unit(row, county.unwrap_or(home), name, left.at(slot), units.len(), code));
    }
    Ok(())
}

/// The region a row stands for and, in a city, its counties.
fn homes<'a>(row: &CountRow, regions: &'a [Region]) -> Result<(&'a Region, Vec<&'a Region>), ExpandError> {
    let Some(city) = &row.city else {
        let province = regions.iter().find(|region| region.level == RegionLevel::Province);
        return Ok((province.ok_or(ExpandError::NoProvince)?, Vec::new()));
    };
    let home = *named(regions, RegionLevel::City, None, city)
        .first()
        .ok_or_else(|| ExpandError::UnknownCity(city.clone()))?;
    Ok((home, regions.iter().filter(|region| region.parent_id == Some(home.id)).collect()))
}

fn unit(
    row: &CountRow,
    region: &Region,
    name: String,
    state: State,
    index: usize,
    school_code: Option<String>,
) -> Unit {
    let private_by_definition = row.category == Category::AdvancedStudyCollege;
    // About an institution that the notice names (those without an invented code) no doubt or interruption is invented.
    let invented = school_code.is_some();
    Unit {
        id: synthetic_id(index as u64 + 1),
        name,
        category: row.category,
        region_id: region.id,
        ownership: if private_by_definition { Some(Ownership::Private) } else { row.ownership },
        study_level: row.study_level,
        boarding: row.category == Category::BoardingSchool,
        school_code,
        connection: connection(state, index),
        duty: if invented || state.duty { duty(state, index) } else { Duty::None },
        synthetic: true,
    }
}

fn connection(state: State, index: usize) -> Connection {
    const NOT_YET: [Connection; 4] =
        [Connection::NotStarted, Connection::Building, Connection::NotStarted, Connection::Built];
    if state.connected { Connection::Connected } else { NOT_YET[index % NOT_YET.len()] }
}

fn duty(state: State, index: usize) -> Duty {
    const CONNECTED_WITHOUT: [Duty; 5] =
        [Duty::None, Duty::Claimed, Duty::Agreed, Duty::Doubtful, Duty::Interrupted];
    const NOT_YET: [Duty; 4] = [Duty::None, Duty::None, Duty::Claimed, Duty::None];
    match (state.duty, state.connected) {
        (true, _) => Duty::Valid,
        (false, true) => CONNECTED_WITHOUT[index % CONNECTED_WITHOUT.len()],
        (false, false) => NOT_YET[index / 4 % NOT_YET.len()],
    }
}

/// What stands behind the running number in an invented name.
fn kind_of_name(row: &CountRow, number: usize) -> &'static str {
    let kinds: &[&str] = match row.category {
        Category::University => match (row.ownership, row.study_level) {
            (Some(Ownership::Private), Some(StudyLevel::Vocational)) => &["民办职业学院"],
            (Some(Ownership::Private), _) => &["民办学院"],
            (_, Some(StudyLevel::Vocational)) => &["职业技术学院"],
            _ => &["大学"],
        },
        Category::SecondaryVocational => &["中等职业学校"],
        Category::BoardingSchool => &["中学", "小学", "九年制学校"],
        Category::Kindergarten => &["幼儿园"],
        Category::TrainingInstitution => &["艺术培训学校", "文化培训学校", "体育培训中心", "科技培训中心"],
        Category::AdvancedStudyCollege => &["专修学院"],
        Category::TeachingPointHost => &["成人教育学院"],
        Category::YouthCentre => &["青少年活动中心"],
        Category::PracticeBase => &["学生综合实践基地"],
        Category::DutySite => &["值守场所"],
    };
    kinds[number % kinds.len()]
}

/// A step without common divisor with `total`, near the golden section: stepping by it visits every slot once, evenly spread.
fn spreading_stride(total: u32) -> u32 {
    let start = (u64::from(total) * 618 / 1000).max(1) as u32;
    (start..=start + total).find(|stride| gcd(*stride, total) == 1).unwrap_or(1)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

const CONNECTED: State = State { connected: true, duty: false };
const ON_DUTY: State = State { connected: true, duty: true };

/// Units the notice names, in its order and with the states it prints; duty of the teaching-point hosts named only as connected is
/// not printed there and is taken as absent.
fn named_units(category: Category) -> &'static [(&'static str, State)] {
    match category {
        Category::AdvancedStudyCollege => &[
            ("江西财经专修学院", ON_DUTY),
            ("江西科技管理专修学院", ON_DUTY),
            ("江西经济管理专修学院", ON_DUTY),
            ("江西外贸专修学院", ON_DUTY),
            ("江西工商专修学院", CONNECTED),
            ("江西华夏对外交流专修学院", ON_DUTY),
            ("江西江南理工专修学院", ON_DUTY),
        ],
        Category::TeachingPointHost => &[
            ("赣南卫生健康职业学院", CONNECTED),
            ("赣州职业技术学院", ON_DUTY),
            ("江西信息应用职业技术学院", CONNECTED),
            ("江西现代职业技术学院", CONNECTED),
            ("江西交通职业技术学院", CONNECTED),
            ("江西旅游商贸职业学院", CONNECTED),
            ("江西冶金职业技术学院", CONNECTED),
            ("定南中等专业学校", ON_DUTY),
            ("赣州旅游职业学校", ON_DUTY),
            ("赣州市前沿职业技术学校", ON_DUTY),
            ("赣州应用技术职业学校", ON_DUTY),
            ("和君职业学院", ON_DUTY),
            ("横峰县职业中学", ON_DUTY),
            ("吉安职业技术学院", ON_DUTY),
            ("江西工商职业技术学院", ON_DUTY),
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::ids::RegionId;

    /// City of every region at or below city level.
    fn cities(regions: &[Region]) -> HashMap<RegionId, String> {
        let names: HashMap<_, _> = regions.iter().map(|region| (region.id, region.name.clone())).collect();
        let city = |region: &Region| match region.level {
            RegionLevel::Province => None,
            RegionLevel::City => Some(region.name.clone()),
            RegionLevel::County => region.parent_id.map(|parent| names[&parent].clone()),
        };
        regions.iter().filter_map(|region| Some((region.id, city(region)?))).collect()
    }

    #[test]
    fn the_units_of_every_cell_count_up_to_the_table() {
        let cities = cities(&jiangxi_regions());
        let mut cells: HashMap<_, (u32, u32, u32)> = HashMap::new();
        for unit in jiangxi_units() {
            let university_kind = (unit.category == Category::University).then_some(unit.ownership).flatten();
            let key =
                (cities.get(&unit.region_id).cloned(), unit.category, university_kind, unit.study_level);
            let cell = cells.entry(key).or_default();
            cell.0 += 1;
            cell.1 += u32::from(unit.connection.counts_as_connected());
            cell.2 += u32::from(unit.duty.counts_as_on_duty());
        }
        let rows = jiangxi_counts();
        assert_eq!(cells.len(), rows.len());
        for row in rows {
            let key = (row.city.clone(), row.category, row.ownership, row.study_level);
            assert_eq!(cells[&key], (row.total, row.connected, row.duty), "{row:?}");
        }
    }

    #[test]
    fn ids_ascend_names_are_unique_and_a_second_run_makes_the_same_rows() {
        let units = jiangxi_units();
        assert_eq!(units.len(), 18_847);
        assert!(units.is_sorted_by(|a, b| a.id < b.id));
        assert_eq!(units[0].id.0.get_version_num(), 8);
        let names: HashSet<_> = units.iter().map(|unit| &unit.name).collect();
        assert_eq!(names.len(), units.len());
        let codes: HashSet<_> = units.iter().filter_map(|unit| unit.school_code.as_ref()).collect();
        assert_eq!(codes.len(), units.len() - 22, "all but the named ones have an invented code");
        assert!(units.iter().all(|unit| unit.synthetic));
        assert_eq!(units, jiangxi_units());
    }

    #[test]
    fn connected_without_duty_and_duty_without_connection_are_as_many_as_the_table_implies() {
        let units = jiangxi_units();
        let count = |connected, duty| {
            let is = |unit: &&Unit| {
                unit.connection.counts_as_connected() == connected && unit.duty.counts_as_on_duty() == duty
            };
            units.iter().filter(is).count()
        };
        assert_eq!(count(true, false), 2_759);
        assert_eq!(count(false, true), 347 + 27 + 21 + 62);
    }

    #[test]
    fn every_county_has_units_and_no_county_holds_all_of_a_state() {
        let regions = jiangxi_regions();
        let units = jiangxi_units();
        let nanchang = named(&regions, RegionLevel::City, None, "南昌")[0];
        for county in regions.iter().filter(|region| region.parent_id == Some(nanchang.id)) {
            let here: Vec<_> = units.iter().filter(|unit| unit.region_id == county.id).collect();
            let connected = here.iter().filter(|unit| unit.connection == Connection::Connected).count();
            assert!(here.len() > 200, "{}: {}", county.name, here.len());
            assert!(connected > here.len() / 3 && connected < here.len() * 9 / 10, "{}", county.name);
        }
        let with_units: HashSet<_> = units.iter().map(|unit| unit.region_id).collect();
        assert_eq!(with_units.len(), 101, "100 counties and the province");
    }

    #[test]
    fn a_table_that_does_not_fit_is_refused() {
        let regions = jiangxi_regions();
        let mut row = jiangxi_counts().remove(4);
        row.city = Some("北京市".into());
        assert_eq!(expand(&[row.clone()], &regions), Err(ExpandError::UnknownCity("北京市".into())));
        row.city = Some("南昌市".into());
        row.duty = row.total + 1;
        assert!(matches!(expand(&[row], &regions), Err(ExpandError::MoreThanAll(_))));
    }
}
