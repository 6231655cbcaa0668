//! Our own drafts are read by the linter too: what the notes declare is not asked about again.

use watchfire_domain::lint::{Facts, Options, Severity, lint, lint_draft};

#[test]
fn the_golden_draft_raises_nothing_that_its_notes_answer() {
    let report = lint(include_str!("../bulletin/golden.txt"), &Options::default()).unwrap();
    let raised: Vec<_> =
        report.findings.iter().filter(|finding| finding.severity != Severity::Style).collect();
    assert!(raised.is_empty(), "{raised:#?}");
}

#[test]
fn a_region_without_units_is_not_missed_in_a_list_when_a_note_says_so() {
    let golden = include_str!("../bulletin/golden.txt");
    let regions = "南昌市 九江市 景德镇市 萍乡市 新余市 鹰潭市 赣州市 宜春市 上饶市 吉安市 抚州市 赣江新区";
    let facts = Facts { regions: regions.split(' ').map(str::to_owned).collect(), ..Facts::default() };
    let left_out = |text: &str| {
        let report = lint_draft(text, facts.clone()).unwrap();
        report.findings.iter().filter(|finding| finding.code == "region-missing").count()
    };
    assert_eq!(left_out(golden), 0);
    assert_ne!(left_out(&golden.replace("赣江新区没有应接入单位", "底册按季度核定")), 0);
}
