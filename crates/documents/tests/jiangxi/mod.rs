//! A whole bulletin of the synthetic register of Jiangxi, as printers get it: written by `domain`, with annexes, charts and proof.

use domain::bulletin::annex::{AnnexRows, Annexes, UnitLine};
use domain::bulletin::edition::{Chart, ChartKind, Edition, Head, Proof, Series, Signature};
use domain::bulletin::{Material, NameList, Settings, charts, named_categories, write};
use domain::figures::{Cell, CountyCell, Figures, Measure, Ratio};
use domain::plan::Plan;
use domain::region::{Region, RegionLevel};
use domain::register::expand::jiangxi_units;
use domain::register::regions::jiangxi_regions;
use domain::unit::Unit;
use jiff::civil::date;

/// The bulletin of the register taken `times` over; a draft or the approved letter.
pub fn edition(times: usize, draft: bool) -> Edition {
    let regions = jiangxi_regions();
    let units: Vec<Unit> = std::iter::repeat_n(jiangxi_units(), times).flatten().collect();
    let counties: Vec<_> = units.iter().map(|unit| county_cell(unit, &regions)).collect();
    let cells: Vec<_> = counties.iter().map(|one| one.cell).collect();
    let lines: Vec<_> = units.iter().map(|unit| line(unit, &regions)).collect();
    let (names, plan, as_of) =
        (names(&units), Plan::jiangxi(), "2025-09-02T00:00:00Z".parse().expect("a time"));
    let annexes = Annexes::of(&AnnexRows {
        units: &lines,
        counties: &counties,
        counties_before: &[],
        regions: &regions,
        plan: &plan,
        as_of,
        organisations: &[],
        alarms: &[],
    });
    let settings = Settings {
        demands: vec![
            "1.加快推进建设。各地各校要对照建设方案倒排工期，按期接入省平台。".to_owned(),
            "2.落实值班值守。没有值班场所、人员和能力的第三方机构要及时更换。".to_owned(),
        ],
        copies_to: "省消防救援总队，各设区市人民政府办公室。".to_owned(),
        issuer: "江西省教育厅".to_owned(),
        ..Settings::default()
    };
    let dated = (!draft).then(|| date(2025, 9, 3));
    let material = Material {
        plan: &plan,
        annexes: &annexes,
        dated,
        synthetic: true,
        ..Material::new(&cells, &regions, &names, as_of)
    };
    let bulletin = write(&material, &settings).expect("one register");
    let mut charts = charts(&Figures::new(&cells), &regions, &[]);
    charts.push(trend());
    Edition {
        head: Head {
            issuer: "江西省教育厅文件".to_owned(),
            number: (!draft).then(|| "赣教监管字〔2025〕12号".to_owned()),
            date: dated,
            draft,
        },
        bulletin,
        annexes: annexes.into_tables(),
        charts,
        percent: settings.percent_format(),
        proof: proof(draft),
    }
}

fn trend() -> Chart {
    let rates =
        |from: u64| (0..9).map(|week| Ratio::new(from + 400 * week + week * week * 13, 18_847)).collect();
    Chart {
        title: "全省变化趋势".to_owned(),
        kind: ChartKind::Trend,
        labels: (0..9).map(|week| format!("{}月{}日", 7 + week / 4, 1 + 7 * (week % 4))).collect(),
        series: vec![
            Series { name: "平台接入".to_owned(), rates: rates(8_000) },
            Series { name: "值班值守".to_owned(), rates: rates(5_500) },
        ],
    }
}

fn proof(draft: bool) -> Proof {
    let digest = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";
    Proof {
        snapshot_id: "0199a1b2-0000-7000-8000-000000000001".to_owned(),
        snapshot_hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        register_version: Some(3),
        verify_url: Some(format!("https://fire.example.cn/#/verify/{digest}")),
        signature: (!draft).then(|| Signature {
            algorithm: "ed25519".to_owned(),
            key_id: "e3b0c44298fc1c14".to_owned(),
            digest: digest.to_owned(),
            value: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kA=="
                .to_owned(),
            signer: "示例处长".to_owned(),
        }),
    }
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

fn line(unit: &Unit, regions: &[Region]) -> UnitLine {
    let region = regions.iter().find(|region| region.id == unit.region_id).expect("in the tree");
    let parent = regions.iter().find(|other| Some(other.id) == region.parent_id);
    let (city, county) = match region.level {
        RegionLevel::Province => (None, None),
        RegionLevel::City => (Some(region.name.clone()), None),
        RegionLevel::County => (parent.map(|city| city.name.clone()), Some(region.name.clone())),
    };
    UnitLine {
        name: unit.name.clone(),
        category: unit.category,
        ownership: unit.ownership,
        study_level: unit.study_level,
        city,
        county,
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
