//! Registers that nobody thought of: whatever the counts are, every number is borne out by them and every list ends in its whole.

use watchfire_domain::bulletin::{
    Bulletin, Compared, FigureKind, Material, NameList, Origin, PrintedFigure, Settings, Sources,
    named_categories, unproved, write,
};
use watchfire_domain::category::CATEGORIES;
use watchfire_domain::figures::{Cell, Dimension, Figures, Measure, PercentFormat, Ratio, city_regions};
use watchfire_domain::plan::Plan;
use watchfire_domain::region::Region;
use watchfire_domain::register::regions::jiangxi_regions;
use watchfire_domain::unit::{Ownership, StudyLevel};

/// Numbers that look random and are the same on every run (a 64-bit linear congruential generator, Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Small registers, so that ties, zeros, empty cities and full rates are common.
fn cells(numbers: &mut Numbers, regions: &[Region]) -> Vec<Cell> {
    let cities = city_regions(regions);
    let ownership = [None, Some(Ownership::Public), Some(Ownership::Private)];
    let level = [None, Some(StudyLevel::Undergraduate), Some(StudyLevel::Vocational)];
    let (count, size) = (numbers.below(60), 1 + numbers.below(12));
    let cell = |numbers: &mut Numbers| {
        let total = numbers.below(size);
        let (connected, duty) = (numbers.below(total + 1), numbers.below(total + 1));
        let least = (connected + duty).saturating_sub(total);
        let connected_on_duty = least + numbers.below(connected.min(duty) - least + 1);
        let place = numbers.below(cities.len() as u64 + 1) as usize;
        Cell {
            category: CATEGORIES[numbers.below(CATEGORIES.len() as u64) as usize],
            ownership: ownership[numbers.below(3) as usize],
            study_level: level[numbers.below(3) as usize],
            city_id: cities.get(place).map(|city| city.id),
            total,
            connected,
            duty,
            connected_on_duty,
        }
    };
    (0..count).map(|_| cell(numbers)).collect()
}

fn names(figures: &Figures) -> Vec<NameList> {
    let mut lists = Vec::new();
    for category in named_categories() {
        for measure in Measure::SECTION_ONE {
            let count = figures.ratio(measure, &Dimension::of(category)).numerator;
            let names = (0..count).map(|_| "某某学院".to_owned()).collect();
            lists.push(NameList { category, measure, names });
        }
    }
    lists
}

fn sum<'b>(bulletin: &'b Bulletin, which: impl Fn(&&'b PrintedFigure) -> bool) -> u64 {
    bulletin.figures.iter().filter(which).map(|figure| figure.numerator).sum()
}

/// T8 and T9: parts end in their whole.
fn parts_make_the_whole(bulletin: &Bulletin, seed: u64) {
    let whole = |figure: &&PrintedFigure| figure.label == "无值班值守单位数";
    let Some(total) = bulletin.figures.iter().find(whole) else { return };
    let of =
        |figure: &PrintedFigure| figure.measure == Some(Measure::Unattended) && figure.origin == Origin::Rows;
    let by_city = sum(bulletin, |figure| of(figure) && (figure.city_id.is_some() || figure.outside_cities));
    assert_eq!(by_city, total.numerator, "seed {seed}");
    let named = |figure: &&PrintedFigure| figure.category.is_some() || !figure.categories.is_empty();
    let by_category = |kind| sum(bulletin, |figure| of(figure) && named(figure) && figure.kind == kind);
    assert_eq!(by_category(FigureKind::Count), total.numerator, "seed {seed}");
    assert_eq!(by_category(FigureKind::TotalShare), total.numerator, "seed {seed}");
}

#[test]
fn every_number_is_borne_out_and_every_list_ends_in_its_whole() {
    let (regions, plan) = (jiangxi_regions(), Plan::jiangxi());
    for seed in 0..400 {
        let mut numbers = Numbers(seed);
        let (now, before) = (cells(&mut numbers, &regions), cells(&mut numbers, &regions));
        let (figures, earlier) = (Figures::new(&now), Figures::new(&before));
        let names = names(&figures);
        let as_of = format!("2025-0{}-02T00:00:00Z", 5 + numbers.below(5)).parse().unwrap();
        let compared = Compared {
            cells: &before,
            as_of: "2025-05-01T00:00:00Z".parse().unwrap(),
            published: seed % 2 == 0,
        };
        let base = Material::new(&now, &regions, &names, as_of);
        let material = Material { plan: &plan, compared: (seed % 3 > 0).then_some(compared), ..base };
        let settings = Settings {
            decimals: numbers.below(3) as u8,
            keep_zeros: seed % 5 == 0,
            categories_shown: 1 + numbers.below(4) as usize,
            ..Settings::default()
        };
        let bulletin = write(&material, &settings).unwrap();
        let sources = Sources::of_material(&material, &figures, Some(&earlier));
        assert_eq!(unproved(&bulletin, &sources), [], "seed {seed}\n{}", bulletin.text);
        parts_make_the_whole(&bulletin, seed);
        assert!(
            !bulletin.text.contains("，，") && !bulletin.text.contains("。。"),
            "seed {seed}\n{}",
            bulletin.text
        );
        for figure in bulletin.figures.iter().filter(|figure| figure.kind == FigureKind::Percent) {
            assert!(
                figure.numerator <= figure.denominator.unwrap_or_default(),
                "seed {seed}: {}",
                figure.label
            );
        }
    }
}

#[test]
fn the_printed_rate_is_the_nearest_one_there_is() {
    let mut numbers = Numbers(7);
    for _ in 0..2_000 {
        let denominator = 1 + numbers.below(20_000);
        let ratio = Ratio::new(numbers.below(denominator + 1), denominator);
        for decimals in 0..=2_u8 {
            let text = PercentFormat { decimals, keep_zeros: true }.percent(ratio).unwrap();
            let printed: u128 = text.replace('.', "").parse().unwrap();
            // |printed/10^k − 100·n/d| ≤ ½·10^-k, in whole numbers.
            let scale = 10_u128.pow(u32::from(decimals));
            let exact = 100 * u128::from(ratio.numerator) * scale;
            let distance = (printed * u128::from(denominator)).abs_diff(exact);
            assert!(2 * distance <= u128::from(denominator), "{ratio:?} as {text}");
        }
    }
}
