//! The whole text as a golden file, every printed number proved, annexes and citations, precision, the office's own words.

use std::collections::HashSet;

use watchfire_domain::bulletin::annex::{AlarmLine, AnnexKind, AnnexRows, Annexes, OrganisationLine};
use watchfire_domain::bulletin::edition::{ChartKind, Value};
use watchfire_domain::bulletin::{
    Addition, AdditionPlace, AlarmStatistics, Bulletin, BulletinError, FigureKind, Material, Origin,
    ParagraphKind, PrintedFigure, Settings, Side, Sources, charts, recompute, unproved, write,
};
use watchfire_domain::category::Category;
use watchfire_domain::figures::trend::Point;
use watchfire_domain::figures::{Figures, Measure, PercentFormat, Ratio};
use watchfire_domain::unit::{Connection, Duty};

use crate::jiangxi::Jiangxi;

const GOLDEN: &str = include_str!("golden.txt");

#[test]
fn the_bulletin_of_the_synthetic_register_is_this_text() {
    let text = Jiangxi::new().write().unwrap().text;
    if std::env::var_os("WATCHFIRE_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bulletin/golden.txt");
        std::fs::write(path, &text).unwrap();
        return;
    }
    for (ours, golden) in text.lines().zip(GOLDEN.lines()) {
        assert_eq!(ours, golden);
    }
    assert_eq!(text, GOLDEN);
}

/// The text without its figures, and without what is a number by name only.
fn without_figures(bulletin: &Bulletin) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for figure in &bulletin.figures {
        rest += &bulletin.text[from..figure.span.offset];
        from = figure.span.offset + figure.span.len;
    }
    rest += &bulletin.text[from..];
    rest.replace("24小时", "")
}

#[test]
fn every_number_of_the_text_is_a_figure_and_every_figure_is_borne_out_by_its_source() {
    let register = Jiangxi::new();
    let bulletin = register.write().unwrap();
    let figures = Figures::new(&register.cells);
    let material = register.material();
    assert_eq!(unproved(&bulletin, &Sources::of_material(&material, &figures, None)), []);
    for figure in &bulletin.figures {
        let span = figure.span.offset..figure.span.offset + figure.span.len;
        assert_eq!(&bulletin.text[span], figure.text, "{}", figure.label);
    }
    for line in without_figures(&bulletin).lines() {
        let line = line.trim_start_matches("附件：").replace("小数末位为0的省略", "");
        let line = line.trim_start_matches(|one: char| one.is_ascii_digit());
        let after_annex: Vec<_> = line.split("详见附件").skip(1).collect();
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        let citations: usize =
            after_annex.iter().map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count()).sum();
        assert_eq!(digits, citations, "a number that is no figure: {line}");
    }
}

#[test]
fn a_figure_leads_to_its_rows() {
    let register = Jiangxi::new();
    let bulletin = register.write().unwrap();
    let units: HashSet<_> = [Measure::Connection, Measure::Duty].into();
    let figure = |label: &str| bulletin.figures.iter().find(|figure| figure.label == label).unwrap();
    let rest = figure("其余类别无值班值守").row_sets();
    assert_eq!(rest.len(), 4, "four categories make the remainder");
    assert!(rest.iter().all(|set| set.measure == Measure::Unattended && set.side == Side::In));
    let early = figure("未接入但有值班值守单位数").row_sets();
    assert_eq!((early[0].measure, early[0].minus), (Measure::Duty, Some(Measure::EffectiveDuty)));
    assert!(units.contains(&early[0].measure));
    let late = figure("逾期未接入单位数").row_sets();
    let of: Vec<_> = late.iter().filter_map(|set| set.dimension.category).collect();
    let expected = [
        Category::University,
        Category::SecondaryVocational,
        Category::BoardingSchool,
        Category::Kindergarten,
    ];
    assert_eq!(of, expected);
    assert!(figure("时限天数").row_sets().is_empty());
}

#[test]
fn a_changed_cell_unproves_the_figures_that_rest_on_it_and_a_missing_source_proves_nothing() {
    let register = Jiangxi::new();
    let bulletin = register.write().unwrap();
    let mut cells = register.cells.clone();
    let changed = cells.iter_mut().find(|cell| cell.category == Category::AdvancedStudyCollege).unwrap();
    changed.connected -= 1;
    changed.connected_on_duty = changed.connected_on_duty.min(changed.connected);
    let (figures, material) = (Figures::new(&cells), register.material());
    let found = unproved(&bulletin, &Sources::of_material(&material, &figures, None));
    let label = |id: &str| bulletin.figures.iter().find(|figure| figure.id == id).unwrap().label.as_str();
    let labels: Vec<_> = found.iter().map(|one| label(&one.id)).collect();
    assert!(labels.contains(&"专修学院接入数") && labels.contains(&"全省接入家数"), "{labels:?}");
    assert!(!labels.contains(&"高校接入数"));
    let college = found.iter().find(|one| label(&one.id) == "专修学院接入数").unwrap();
    assert_eq!(college.recomputed.as_deref(), Some("6"));
    let days = bulletin.figures.iter().find(|figure| figure.kind == FigureKind::Days).unwrap();
    assert_eq!(recompute(days, &Sources::of(&figures)), None);
}

#[test]
fn every_annex_is_cited_and_every_citation_resolves() {
    let register = Jiangxi::new();
    let bulletin = register.write().unwrap();
    let rows: Vec<_> =
        register.annexes.tables().iter().map(|annex| (annex.number, annex.rows.len())).collect();
    assert_eq!(rows, [(1, 110), (2, 447), (3, 105), (4, 6_452), (5, 2_759)]);
    let cited = |number: u32| bulletin.text.matches(&format!("详见附件{number}")).count();
    assert_eq!([1, 2, 3, 4, 5, 6, 7].map(cited), [1, 1, 2, 1, 1, 0, 0]);
    let listed: Vec<_> =
        bulletin.paragraphs.iter().filter(|one| one.kind == ParagraphKind::AnnexList).collect();
    assert_eq!(listed.len(), 5);
    assert_eq!(listed[0].text, "附件：1.高校接入和值班值守情况");
    assert_eq!(listed[4].text, "5.已接入未落实值班值守单位名单");
    // By city and county: the sums of the cities are the sum of the province.
    let by_region = &register.annexes.tables()[1];
    let sum = |city: fn(&str) -> bool| {
        let of = by_region.rows.iter().filter(|row| match (&row[1], &row[2]) {
            (Value::Text(one), Value::Text(county)) => city(one) && county == "合计",
            _ => false,
        });
        of.map(|row| if let Value::Count(count) = row[4] { count } else { 0 }).sum::<u64>()
    };
    assert_eq!(sum(|city| city == "全省"), 82 + 1_945 + 3_634 + 6_158);
    assert_eq!(sum(|city| city != "全省"), sum(|city| city == "全省"));
    for annex in register.annexes.tables() {
        assert!(annex.rows.iter().all(|row| row.len() == annex.columns.len()), "{}", annex.title);
    }
}

#[test]
fn with_organisations_and_alarms_the_numbers_are_those_of_the_notice() {
    let register = Jiangxi::new();
    let organisation = OrganisationLine {
        name: "某某科技".to_owned(),
        county: Some("万载县".to_owned()),
        premises: 1,
        staff: 8,
        units: 31,
        coverage: Ratio::new(9_900, 10_080),
        roll_calls: Ratio::new(17, 20),
        score: None,
    };
    let alarm = AlarmLine {
        party: "某某科技".to_owned(),
        kind: "烟雾".to_owned(),
        level: 1,
        occurred_at: "2025-09-01T00:00:00Z".parse().unwrap(),
        overdue_minutes: 30,
        notices: 2,
    };
    let rows = AnnexRows {
        units: &register.lines,
        counties: &register.counties,
        counties_before: &register.counties,
        regions: &register.regions,
        plan: &register.plan,
        as_of: register.material().as_of,
        organisations: &[organisation],
        alarms: &[alarm],
    };
    let annexes = Annexes::of(&rows);
    assert_eq!(annexes.kinds(), AnnexKind::ALL);
    assert_eq!(annexes.number(AnnexKind::Unattended), Some(6), "附件6, as in the notice");
    assert_eq!(annexes.tables()[1].columns.len(), 10);
    assert_eq!(annexes.tables()[1].rows[0][8].text(PercentFormat::default()), "0");
    let statistics = AlarmStatistics {
        from: "2025-07-01T00:00:00Z".parse().unwrap(),
        until: register.material().as_of,
        raised: 3,
        late: 1,
        told: None,
        open: 0,
        parties: Vec::new(),
    };
    let material = Material { annexes: &annexes, alarms: Some(&statistics), ..register.material() };
    let text = write(&material, &register.settings).unwrap().text;
    assert!(
        text.contains("占总数的0.8%（详见附件6）") && text.contains("，第三方值班值守机构情况详见附件5。")
    );
    assert!(text.contains("条，占同期告警的33.3%；截至9月2日均已办结（详见附件7）。"), "{text}");
    let without = Material { alarms: None, ..material };
    let refused = write(&without, &register.settings);
    let uncounted = BulletinError::AnnexRows { annex: AnnexKind::Alarms, units: 0, rows: 1 };
    assert_eq!(refused, Err(uncounted), "an annex that no sentence counts");

    let short = Annexes::of(&AnnexRows { units: &register.lines[..2_000], ..rows });
    let material = Material { annexes: &short, ..register.material() };
    let refused = write(&material, &register.settings);
    assert!(matches!(refused, Err(BulletinError::AnnexRows { .. })), "{refused:?}");
}

#[test]
fn an_annex_is_cited_even_where_nobody_in_it_counts() {
    let mut register = Jiangxi::new();
    for cell in &mut register.cells {
        (cell.connected, cell.duty, cell.connected_on_duty) = (0, 0, 0);
    }
    for line in &mut register.lines {
        (line.connection, line.duty) = (Connection::NotStarted, Duty::None);
    }
    register.names.clear();
    register.draw_annexes();
    let text = register.write().unwrap().text;
    assert!(text.contains("，各校外教学点设点单位情况详见附件3。\n"), "{text}");
    for annex in register.annexes.tables() {
        assert!(text.contains(&format!("详见附件{}", annex.number)), "{}", annex.title);
    }
    assert!(
        !text.contains("值班值守落实"),
        "nothing is connected: nothing to say about duty of the connected"
    );
}

#[test]
fn one_precision_holds_for_the_whole_bulletin() {
    let mut register = Jiangxi::new();
    (register.settings.decimals, register.settings.keep_zeros) = (2, true);
    let bulletin = register.write().unwrap();
    let percent = |kind| matches!(kind, FigureKind::Percent | FigureKind::KindShare | FigureKind::TotalShare);
    for figure in bulletin.figures.iter().filter(|figure| percent(figure.kind)) {
        assert_eq!(figure.text.split_once('.').map(|(_, digits)| digits.len()), Some(2), "{}", figure.label);
    }
    assert!(bulletin.text.contains("比例为45.04%") && bulletin.text.contains("保留两位小数，四舍五入，因此"));
    let figures = Figures::new(&register.cells);
    let material = register.material();
    assert_eq!(unproved(&bulletin, &Sources::of_material(&material, &figures, None)), []);
    (register.settings.decimals, register.settings.keep_zeros) = (0, false);
    assert!(register.write().unwrap().text.contains("接入率为63%。现将"));
}

#[test]
fn the_office_s_own_words_stand_where_it_wants_them_and_their_numbers_are_unproved() {
    let mut register = Jiangxi::new();
    let addition = |place, text: &str| Addition { place, text: text.to_owned() };
    register.settings = Settings {
        additions: vec![
            addition(AdditionPlace::Lead, "各地各校认真落实部署，取得了阶段性成效。"),
            addition(AdditionPlace::Progress, "其中{{0}}<b>还有12家</b>。"),
        ],
        demands: vec!["1.要进一步加快推进建设。".to_owned(), "2.要落实24小时值班值守责任。".to_owned()],
        copies_to: "省应急管理厅，省消防救援总队。".to_owned(),
        ..Settings::default()
    };
    let material = Material { dated: Some(jiff::civil::date(2025, 9, 3)), ..register.material() };
    let bulletin = write(&material, &register.settings).unwrap();
    let text = &bulletin.text;
    assert!(text.contains("接入率为63.2%。各地各校认真落实部署，取得了阶段性成效。现将有关情况通报如下：\n"));
    assert!(text.contains("\n其中{{0}}<b>还有12家</b>。\n（二）"), "words are data");
    assert!(
        text.contains("\n三、工作要求\n1.要进一步加快推进建设。\n2.要落实24小时值班值守责任。\n附件：1.")
    );
    assert!(text.contains(
        "\n江西省教育厅\n2025年9月3日\n抄送：省应急管理厅，省消防救援总队。\n数据说明\n1.统计时点"
    ));
    let figures = Figures::new(&register.cells);
    let found = unproved(&bulletin, &Sources::of_material(&material, &figures, None));
    let texts: Vec<_> = bulletin
        .figures
        .iter()
        .filter(|figure| found.iter().any(|one| one.id == figure.id))
        .map(|figure| (figure.text.as_str(), figure.kind))
        .collect();
    assert_eq!(texts, [("0", FigureKind::Unproved), ("12", FigureKind::Unproved)]);
    register.settings.title = "一\n二".to_owned();
    assert!(matches!(register.write(), Err(BulletinError::Settings(_))));
}

#[test]
fn charts_show_the_rates_that_the_text_prints() {
    let register = Jiangxi::new();
    let figures = Figures::new(&register.cells);
    let point = |day: &str, numerator| Point {
        as_of: format!("{day}T00:00:00Z").parse().unwrap(),
        ratio: Ratio::new(numerator, 18_847),
    };
    let trend = vec![(Measure::Connection, vec![point("2025-08-01", 11_000), point("2025-09-02", 11_907)])];
    let drawn = charts(&figures, &register.regions, &trend);
    assert_eq!(drawn.len(), 5);
    assert_eq!(drawn[0].title, "各设区市中等职业学校接入率和值班率");
    assert_eq!((drawn[0].labels[0].as_str(), drawn[0].series[0].rates[0]), ("新余市", Ratio::new(8, 8)));
    assert_eq!((drawn[4].kind, drawn[4].labels.len()), (ChartKind::Trend, 2));
    assert_eq!(charts(&figures, &register.regions, &[]).len(), 4);
}

#[test]
fn names_from_rows_cannot_break_a_paragraph() {
    let mut register = Jiangxi::new();
    register.names[0].names[0] = "坏\n名\u{7}称".to_owned();
    let bulletin = register.write().unwrap();
    assert!(bulletin.text.contains("坏名称、"));
    assert_eq!(bulletin.text.lines().count(), bulletin.paragraphs.len());
}

#[test]
fn a_bulletin_and_its_settings_are_kept_as_json() {
    let bulletin = Jiangxi::new().write().unwrap();
    let json = serde_json::to_string(&bulletin).unwrap();
    assert_eq!(serde_json::from_str::<Bulletin>(&json).unwrap(), bulletin);
    let settings: Settings = serde_json::from_str(r#"{"decimals":2,"demands":["抓紧建设。"]}"#).unwrap();
    assert_eq!((settings.decimals, settings.title), (2, Settings::default().title));
    assert!(
        serde_json::from_str::<Settings>(r#"{"decimal":2}"#).is_err(),
        "a misspelt setting is no setting"
    );
    // A figure as it was kept before figures had an origin.
    let old = r#"{"id":"F001","label":"全省接入家数","text":"3","kind":"count","measure":"connection","category":null,"city_id":null,
        "outside_cities":false,"ownership":null,"study_level":null,"numerator":3,"denominator":null,"span":{"offset":0,"len":1}}"#;
    let old: PrintedFigure = serde_json::from_str(old).unwrap();
    assert_eq!((old.origin, old.measure, old.row_sets().len()), (Origin::Rows, Some(Measure::Connection), 1));
}
