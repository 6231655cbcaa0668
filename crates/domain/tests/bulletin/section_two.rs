//! Section 二 against the notice: F127 to F150, sentence by sentence, and the sentences that must not be written.

use watchfire_domain::bulletin::annex::Annexes;
use watchfire_domain::bulletin::{
    AlarmStatistics, BulletinError, Compared, FigureKind, LateParty, Material, NameList, ProvenanceCounts,
    Sources, Superlatives, Threshold, unproved, write,
};
use watchfire_domain::category::Category;
use watchfire_domain::figures::{Cell, Figures, Measure};
use watchfire_domain::plan::Plan;

use crate::expected;
use crate::jiangxi::Jiangxi;

/// The notice: 但截至 9 月 2 日，全省还有 52.7%的高校、50%的中等职业学校、44.4%的中小学、56.7%的幼儿园和 53.3%的专修学院未完成建设。其中，
/// 萍乡市中等职业学校接入率为 0，抚州市中小学和幼儿园接入率全省最低.
///
/// Ours differs where the notice cannot hold: the rate is that of connection, so the text says 未接入 and not 未完成建设; 44.4 % is that of
/// boarding schools, and they are called so; 专修学院 have no deadline and are not late (F131 is not printed).
const PROGRESS: &str = "（一）建设进度未达到预期目标。根据《江西省教育系统智慧消防（视频监控）平台建设方案》，5月31日前，青少年活动中心、学生综合实践基地、寄宿制中小学校和幼儿园\
     要完成建设并接入省平台；8月31日前，高校和中等职业学校要完成建设并接入省平台。但截至9月2日，全省还有52.7%的高校、50%的中等职业学校、\
     44.4%的寄宿制中小学校和56.7%的幼儿园未接入省平台，合计6452家（详见附件4）。其中，萍乡市中等职业学校接入率为0，\
     抚州市寄宿制中小学校和幼儿园接入率全省最低。5月31日的时限已逾期94天，8月31日的时限已逾期2天。";

/// The notice counts 12 171 connected here and 12 253 in its lead (F132, F001); one name has one value. Its 2 096 cannot be had from the
/// rows either: connected minus on duty is already 2 302. The remainder outside the cities, the remainder of the shares and the fourth
/// city below 20 % (鹰潭, 12 %) are what the notice leaves out.
const DUTY: &str = "（二）值班值守落实不到位。全省平台显示，在已接入全省平台的11907家单位中，还有2759家没有落实值班值守。其中南昌市74家、九江市333家、景德镇市309家、\
     萍乡市98家、新余市106家、鹰潭市168家、赣州市519家、宜春市621家、上饶市182家、吉安市220家、抚州市120家、省本级9家。\
     2759家无值班值守单位中，占比最多的为校外培训机构，有1211家，占总数的43.9%，其次为幼儿园和寄宿制中小学校，分别为1157所和370所，\
     分别占总数的41.9%和13.4%，其余21家，占总数的0.8%（详见附件5）。已接入单位中有24小时值班值守的9148家，值守有效率为76.8%；\
     另有457家尚未接入省平台的单位有24小时值班值守。抚州市寄宿制中小学校值班值守比例全省最低，鹰潭市幼儿园值班值守比例全省最低。\
     新余市、上饶市、宜春市、鹰潭市的幼儿园值班值守比例均低于20%。";

#[test]
fn section_two_is_the_notice_s_wherever_it_can_hold() {
    let text = Jiangxi::new().write().unwrap().text;
    for line in [PROGRESS, DUTY] {
        assert!(text.lines().any(|ours| ours == line), "{line}\nin\n{text}");
    }
    assert!(!text.contains("（三）"), "no statistics, no paragraph");
    assert!(text.contains("本次统计不含风险告警，正文不作通报"));
}

#[test]
fn the_shares_not_finished_are_printed_with_the_category_whose_rate_they_complement() {
    let bulletin = Jiangxi::new().write().unwrap();
    for theirs in expected().iter().filter(|figure| ("F127".."F132").contains(&figure.id)) {
        let category = theirs.label.trim_end_matches("未完成建设");
        let ours = bulletin.figures.iter().find(|one| one.label == format!("{category}未接入率"));
        if theirs.id == "F131" {
            assert_eq!(ours, None, "专修学院 has no deadline");
            continue;
        }
        let ours = ours.unwrap();
        assert_eq!((ours.text.as_str(), ours.numerator), (theirs.printed, theirs.numerator), "{}", theirs.id);
        assert_eq!((ours.denominator, ours.measure), (theirs.denominator, Some(Measure::NotConnected)));
    }
    let f132 = expected().into_iter().find(|figure| figure.id == "F132").unwrap();
    let connected: Vec<_> = bulletin.figures.iter().filter(|figure| figure.label == "全省接入家数").collect();
    assert!(connected.len() > 1 && !f132.reproducible && f132.printed == "12171");
    assert!(connected.iter().all(|figure| figure.text == f132.recomputed), "one measure, one value");
}

/// The notice's 2 096 units, which contradict its own rates and are therefore another snapshot: per city the units of each category that
/// are connected without duty, in the order 中等职业学校, 寄宿制中小学校, 幼儿园, 校外培训机构.
const UNATTENDED: [(&str, [u64; 4]); 11] = [
    ("南昌市", [3, 93, 85, 135]),
    ("九江市", [0, 3, 0, 113]),
    ("景德镇市", [0, 13, 11, 69]),
    ("萍乡市", [0, 20, 4, 10]),
    ("新余市", [0, 14, 12, 25]),
    ("鹰潭市", [0, 13, 0, 86]),
    ("赣州市", [2, 0, 31, 343]),
    ("宜春市", [3, 101, 312, 43]),
    ("上饶市", [3, 56, 50, 180]),
    ("吉安市", [0, 13, 121, 24]),
    ("抚州市", [1, 4, 2, 95]),
];

/// Cells with exactly those units without duty, and so many with duty that 12 171 are connected.
fn notice_s_unattended(register: &mut Jiangxi) {
    let cell = |category, city_id, connected, connected_on_duty| Cell {
        category,
        ownership: None,
        study_level: None,
        city_id,
        total: connected,
        connected,
        duty: connected_on_duty,
        connected_on_duty,
    };
    let city = |name: &str| register.regions.iter().find(|region| region.name == name).map(|one| one.id);
    let categories = [
        Category::SecondaryVocational,
        Category::BoardingSchool,
        Category::Kindergarten,
        Category::TrainingInstitution,
    ];
    let mut cells = vec![
        cell(Category::TrainingInstitution, city("南昌市"), 12_171 - 2_096, 12_171 - 2_096),
        // Two of 专修学院 and 校外教学点设点单位 in 南昌, one university of the province.
        cell(Category::AdvancedStudyCollege, city("南昌市"), 2, 0),
        cell(Category::University, None, 1, 0),
    ];
    for (name, counts) in UNATTENDED {
        let of = categories.into_iter().zip(counts);
        cells.extend(of.map(|(category, count)| cell(category, city(name), count, 0)));
    }
    let names = vec!["甲专修学院".to_owned(), "乙专修学院".to_owned()];
    register.names =
        vec![NameList { category: Category::AdvancedStudyCollege, measure: Measure::Connection, names }];
    register.cells = cells;
    register.annexes = Annexes::NONE;
    register.plan = Plan::default();
}

#[test]
fn from_the_notice_s_own_2096_its_sentences_come_out() {
    let mut register = Jiangxi::new();
    notice_s_unattended(&mut register);
    let bulletin = register.write().unwrap();
    let line = "全省平台显示，在已接入全省平台的12171家单位中，还有2096家没有落实值班值守。其中南昌市318家、九江市116家、景德镇市93家、\
         萍乡市34家、新余市51家、鹰潭市99家、赣州市376家、宜春市459家、上饶市289家、吉安市158家、抚州市102家、省本级1家。\
         2096家无值班值守单位中，占比最多的为校外培训机构，有1123家，占总数的53.6%，其次为幼儿园和寄宿制中小学校，分别为628所和330所，\
         分别占总数的30%和15.7%，其余15家，占总数的0.7%。";
    assert!(bulletin.text.contains(line), "{}", bulletin.text);
    for theirs in expected().iter().filter(|figure| figure.id > "F132") {
        let label = match theirs.label.trim_end_matches("无值班值守") {
            "无值班值守总数" => "无值班值守单位数".to_owned(),
            city if city.ends_with('市') => format!("{}单位数", theirs.label),
            _ => theirs.label.to_owned(),
        };
        let ours = bulletin.figures.iter().find(|figure| figure.label == label).expect(&label);
        assert_eq!((ours.text.as_str(), ours.numerator), (theirs.printed, theirs.numerator), "{label}");
        assert_eq!(ours.kind == FigureKind::TotalShare, theirs.percent);
        assert!(theirs.reproducible);
    }
}

fn alarms() -> AlarmStatistics {
    let party = |name: &str, organisation, city: &str, county: Option<&str>| LateParty {
        name: name.to_owned(),
        organisation,
        city: Some(city.to_owned()),
        county: county.map(str::to_owned),
        open: 3,
    };
    AlarmStatistics {
        from: "2025-06-30T16:00:00Z".parse().expect("a time"),
        until: "2025-09-01T16:00:00Z".parse().expect("a time"),
        raised: 9_000,
        late: 2_411,
        told: Some(3_020),
        open: 37,
        parties: vec![
            party("某某高级中学", false, "南昌市", None),
            party("黎川县某某培训有限公司", false, "抚州市", Some("黎川县")),
            party("某某科技", true, "宜春市", Some("万载县")),
            party("某某幼儿园", false, "吉安市", Some("吉水县")),
        ],
    }
}

#[test]
fn alarms_are_counted_in_a_period_that_ends_with_the_figures() {
    let register = Jiangxi::new();
    let statistics = alarms();
    let material = Material { alarms: Some(&statistics), ..register.material() };
    let bulletin = write(&material, &register.settings).unwrap();
    let line = "7月1日至9月1日，全省平台产生风险告警9000条，其中未及时处理2411条，占同期告警的26.8%，江西省教育厅累计向各地通报\
         未及时处理风险告警信息3020条次；截至9月1日仍有37条未办结，涉及南昌市某某高级中学、抚州市黎川县某某培训有限公司、\
         宜春市万载县第三方值班值守机构某某科技等4家。";
    assert!(bulletin.text.contains("（三）平台风险告警处理不及时。7月"));
    assert!(bulletin.text.contains(line), "{}", bulletin.text);
    assert!(bulletin.text.contains("未及时处理＝"), "the definition is printed");

    let refused = |change: fn(&mut AlarmStatistics)| {
        let mut statistics = alarms();
        change(&mut statistics);
        let material = Material { alarms: Some(&statistics), ..register.material() };
        matches!(write(&material, &register.settings), Err(BulletinError::Alarms(_)))
    };
    assert!(
        refused(|one| one.until = "2025-09-30T16:00:00Z".parse().unwrap()),
        "7 月至 9 月 as of 2 September"
    );
    assert!(refused(|one| one.until = one.from));
    assert!(refused(|one| one.late = one.raised + 1));
    assert!(refused(|one| one.open = one.late + 1));

    let none = AlarmStatistics { late: 0, open: 0, told: None, parties: Vec::new(), ..alarms() };
    let material = Material { alarms: Some(&none), ..register.material() };
    let text = write(&material, &register.settings).unwrap().text;
    assert!(text.contains(
        "（三）平台风险告警处理情况。7月1日至9月1日，全省平台产生风险告警9000条，均在时限内处理。\n"
    ));
}

#[test]
fn a_heading_does_not_blame_where_the_figures_do_not() {
    let mut register = Jiangxi::new();
    for cell in &mut register.cells {
        (cell.connected, cell.duty, cell.connected_on_duty) = (cell.total, cell.total, cell.total);
    }
    register.names.clear();
    for (category, total) in [(Category::AdvancedStudyCollege, 15), (Category::TeachingPointHost, 105)] {
        let names: Vec<_> = (1..=total).map(|number| format!("{}{number}", category.name_zh())).collect();
        for measure in Measure::SECTION_ONE {
            register.names.push(NameList { category, measure, names: names.clone() });
        }
    }
    register.annexes = Annexes::NONE;
    let text = register.write().unwrap().text;
    let line = "高校、中等职业学校、寄宿制中小学校和幼儿园已全部接入省平台。5月31日的时限内任务已完成，8月31日的时限内任务已完成。\n";
    assert!(text.contains("（一）建设时限执行情况。根据") && text.contains(line), "{text}");
    assert!(text.contains("（二）值班值守落实情况。全省"));
    assert!(text.contains("18847家单位中，没有未落实值班值守的单位。"));
    for word in ["最低", "低于", "未达到", "不到位", "还有"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    assert!(!text.contains("等（详见"), "without the annex everybody is named");
}

#[test]
fn before_a_deadline_nobody_is_late_and_the_year_is_said_where_it_is_another() {
    let register = Jiangxi::new();
    let at = |as_of: &str| {
        let as_of = as_of.parse().unwrap();
        let material = Material { as_of, annexes: &Annexes::NONE, ..register.material() };
        write(&material, &register.settings).unwrap().text
    };
    let june = at("2025-06-02T00:00:00Z");
    assert!(
        june.contains("但截至6月2日，全省还有44.4%的寄宿制中小学校和56.7%的幼儿园未接入省平台，合计6312家。")
    );
    assert!(june.contains("5月31日的时限已逾期2天，8月31日的时限尚余90天。"), "{june}");
    assert!(!june.contains("萍乡市中等职业学校接入率为0，"), "its deadline has not passed");
    assert!(at("2025-08-31T00:00:00Z").contains("8月31日的时限当日到期。"));
    assert!(
        at("2026-09-02T00:00:00Z")
            .contains("2025年5月31日的时限已逾期459天，2025年8月31日的时限已逾期367天。")
    );
}

#[test]
fn changes_are_printed_where_there_is_something_to_compare_with() {
    let register = Jiangxi::new();
    let mut earlier = register.cells.clone();
    for cell in &mut earlier {
        match cell.category {
            Category::University => cell.connected = cell.connected.saturating_sub(1),
            Category::Kindergarten => cell.connected += cell.total / 10,
            Category::AdvancedStudyCollege => (cell.total, cell.connected, cell.duty) = (0, 0, 0),
            Category::TrainingInstitution if cell.connected > 500 => cell.connected -= 1,
            _ => {}
        }
        cell.connected = cell.connected.min(cell.total);
    }
    let compared =
        |published, as_of: &str| Compared { cells: &earlier, as_of: as_of.parse().unwrap(), published };
    let material = |compared| Material { compared: Some(compared), ..register.material() };
    let first = material(compared(true, "2025-08-02T00:00:00Z"));
    let bulletin = write(&first, &register.settings).unwrap();
    let text = &bulletin.text;
    for part in [
        "接入率为47.3%，较上次通报提高3.6个百分点。其中公办本科",
        "1945所，接入率为55.6%，与上次通报持平。",
        "接入率为43.3%，较上次通报下降9.6个百分点。",
        "接入率为46.7%。分别为：",
        "上次通报的统计时点为2025年8月2日08:00",
    ] {
        assert!(text.contains(part), "{part}\nin\n{text}");
    }
    let (now, before) = (Figures::new(&register.cells), Figures::new(&earlier));
    let sources = Sources::of_material(&first, &now, Some(&before));
    assert_eq!(unproved(&bulletin, &sources), []);
    let day = write(&material(compared(false, "2024-12-31T00:00:00Z")), &register.settings).unwrap().text;
    assert!(day.contains("接入率为47.3%，较2024年12月31日提高3.6个百分点"), "{day}");
    let later = material(compared(true, "2025-09-02T00:00:00Z"));
    assert_eq!(write(&later, &register.settings), Err(BulletinError::ComparedNotBefore));
}

#[test]
fn the_note_says_where_the_states_come_from() {
    let register = Jiangxi::new();
    let counts =
        |observed| ProvenanceCounts { measure: Measure::Connection, observed, reported: 1_900, confirmed: 7 };
    let provenance = [counts(10_000)];
    let material = Material { provenance: &provenance, register_version: Some(3), ..register.material() };
    let bulletin = write(&material, &register.settings).unwrap();
    assert!(bulletin.text.contains(
        "接入状态的来源：平台观测10000家、单位上报1900家、监管确认7家。\n10.值班值守状态未统计来源"
    ));
    assert!(bulletin.text.contains("应接入底册为第3版"));
    let figures = Figures::new(&register.cells);
    assert_eq!(unproved(&bulletin, &Sources::of_material(&material, &figures, None)), []);
    // A youth centre is in the register but not in the total.
    let mut with_centre = register.cells.clone();
    with_centre.push(Cell {
        category: Category::YouthCentre,
        city_id: None,
        ownership: None,
        study_level: None,
        total: 2,
        connected: 1,
        duty: 0,
        connected_on_duty: 0,
    });
    let one_more = [counts(10_001)];
    let centre = Material { cells: &with_centre, provenance: &one_more, annexes: &Annexes::NONE, ..material };
    let text = write(&centre, &register.settings).unwrap().text;
    assert!(text.contains("接入状态的来源（含不列入合计的类别）：平台观测10001家"));
    let too_many = [counts(10_001)];
    let material = Material { provenance: &too_many, ..material };
    assert!(matches!(write(&material, &register.settings), Err(BulletinError::ProvenanceCount { .. })));
}

#[test]
fn superlatives_name_all_who_share_the_place_and_lists_below_a_limit_are_complete() {
    let mut register = Jiangxi::new();
    let (all, duty) = (Category::TrainingInstitution, Measure::Duty);
    register.settings.superlatives =
        Superlatives { connection: vec![Category::SecondaryVocational], duty: vec![all], highest: true };
    let threshold = |measure, category, below_percent| Threshold { measure, category, below_percent };
    register.settings.thresholds = vec![
        threshold(duty, all, 65),
        threshold(Measure::Connection, Category::BoardingSchool, 10),
        threshold(Measure::Connection, Category::SecondaryVocational, 15),
    ];
    let text = register.write().unwrap().text;
    for part in [
        "萍乡市0。新余市全省最高。\n",
        "鹰潭市校外培训机构值班值守比例全省最低。鹰潭市的校外培训机构值班值守比例低于65%。",
        "九江市、景德镇市、萍乡市的中等职业学校接入率均低于15%。",
    ] {
        assert!(text.contains(part), "{part}\nin\n{text}");
    }
    assert!(!text.contains("低于10%"), "nobody is below: no sentence");

    // 九江 and 景德镇 share 14.3 % (3 of 21, 1 of 7) once 萍乡 is no longer at 0.
    let pingxiang = register.regions.iter().find(|region| region.name == "萍乡市").map(|one| one.id);
    for cell in &mut register.cells {
        if cell.category == Category::SecondaryVocational && cell.city_id == pingxiang {
            cell.connected = cell.total;
        }
    }
    register.annexes = Annexes::NONE;
    let text = register.write().unwrap().text;
    assert!(text.contains("九江市和景德镇市中等职业学校接入率并列全省最低"), "{text}");
    assert!(text.contains("萍乡市和新余市并列全省最高。"));
}

#[test]
fn categories_that_share_the_first_place_are_not_called_the_most() {
    let mut register = Jiangxi::new();
    notice_s_unattended(&mut register);
    for cell in &mut register.cells {
        let wanted = [Category::University, Category::Kindergarten].contains(&cell.category);
        (cell.connected, cell.total) = if wanted { (cell.connected.min(1), 1) } else { (0, 0) };
    }
    register.cells.retain(|cell| cell.connected > 0);
    register.cells.truncate(2);
    register.names.clear();
    let text = register.write().unwrap().text;
    let line = "2家无值班值守单位中，由多到少为高校和幼儿园，分别为1所和1所，分别占总数的50%和50%。";
    assert!(text.contains(line), "{text}");
}

#[test]
fn units_in_a_city_that_nobody_knows_stop_the_bulletin() {
    let mut register = Jiangxi::new();
    let county = register.counties.iter().find_map(|one| one.county_id);
    register.cells[0].city_id = county;
    assert!(matches!(register.write(), Err(BulletinError::UnknownCity { .. })));
}
