//! The published notice of the province (`notice.txt`, an official document: free of copyright by article 5 of the Copyright Law of
//! the PRC) and the contradictions a careful reader proves in it.

use std::time::Instant;

use watchfire_domain::lint::{Options, Report, Severity, lint};

const NOTICE: &str = include_str!("notice.txt");

fn report() -> Report {
    lint(NOTICE, &Options::default()).unwrap()
}

/// (what, rule, code, line, severity, a piece of the arithmetic)
const CONTRADICTIONS: [(&str, &str, &str, u32, Severity, &str); 26] = [
    ("categories do not add to the total", "L1", "category-sum", 16, Severity::Error, "12253 − 11907 = 346"),
    ("65 % belongs to other numbers", "L4", "total-rate", 16, Severity::Error, "63.2%"),
    ("two values for connected units", "L2", "two-values", 157, Severity::Error, "12253 − 12171 = 82"),
    ("university shares exceed their total", "L3", "share-sum", 26, Severity::Error, "= 53.7；"),
    ("the same for duty", "L3", "share-sum", 82, Severity::Error, "= 52.8；"),
    ("vocational denominators differ", "L4", "denominators", 90, Severity::Error, "分母162"),
    ("kindergarten duty above connection", "L5", "subset-rate", 106, Severity::Warning, "抚州市 41.6 > 18.4"),
    ("no duty below its bound: training", "L6", "derived-bound", 166, Severity::Error, "6158 − 4947 = 1211"),
    (
        "no duty below its bound: kindergartens",
        "L6",
        "derived-bound",
        166,
        Severity::Error,
        "3634 − 2934 = 700",
    ),
    (
        "no duty below its bound: boarding schools",
        "L6",
        "derived-bound",
        168,
        Severity::Error,
        "1945 − 1575 = 370",
    ),
    ("no duty below its bound: other categories", "L6", "derived-rest", 157, Severity::Error, "= 15 < 21"),
    ("no duty below its bound in total", "L6", "derived-total", 157, Severity::Error, "11907 − 9605 = 2302"),
    (
        "implied number with duty differs",
        "L6",
        "derived-implied",
        157,
        Severity::Error,
        "12171 − 2096 = 10075",
    ),
    ("cities do not add up", "L1", "list-sum", 157, Severity::Warning, "2096 − 2095 = 1"),
    ("shares stop at 99.3 %", "L1", "share-rest", 166, Severity::Warning, "100 − 99.3 = 0.7"),
    ("two decimals", "L8", "decimals", 98, Severity::Style, "45.04"),
    (
        "primary and secondary, computed from boarding schools",
        "L7",
        "label",
        149,
        Severity::Warning,
        "100 − 55.6 = 44.4",
    ),
    (
        "not completed, computed from connected",
        "L7",
        "definition",
        147,
        Severity::Warning,
        "100 − 47.3 = 52.7",
    ),
    (
        "deadline and figure categories differ",
        "L13",
        "deadline-categories",
        141,
        Severity::Warning,
        "青少年活动中心",
    ),
    ("threshold list leaves out 鹰潭", "L11", "threshold-incomplete", 174, Severity::Style, "鹰潭市（12%）"),
    ("period beyond the as-of date", "L13", "period-after-as-of", 180, Severity::Warning, "7月至9月"),
    (
        "teaching points or the institutions that set them up",
        "L15",
        "object-drift",
        71,
        Severity::Warning,
        "",
    ),
    (
        "names with duty not seen among those connected",
        "L12",
        "subset-unseen",
        129,
        Severity::Warning,
        "可见1个",
    ),
    ("赣江新区 has no row", "L9", "addressee-without-row", 6, Severity::Warning, "赣江新区"),
    ("more than 2400", "L14", "vague", 182, Severity::Style, ""),
    ("a part with two names", "L15", "part-drift", 84, Severity::Style, ""),
];

#[test]
fn every_contradiction_of_the_notice_is_found_at_its_line() {
    let report = report();
    for finding in &report.findings {
        println!(
            "{:>4} {:<4} {:<8} {:<22} {} | {}",
            finding.line,
            finding.rule.as_str(),
            format!("{:?}", finding.severity),
            finding.code,
            finding.message,
            finding.arithmetic
        );
    }
    let missing: Vec<_> = CONTRADICTIONS
        .iter()
        .filter(|(_, rule, code, line, severity, arithmetic)| {
            !report.findings.iter().any(|finding| {
                finding.rule.as_str() == *rule
                    && finding.code == *code
                    && finding.line == *line
                    && finding.severity == *severity
                    && finding.arithmetic.contains(arithmetic)
            })
        })
        .collect();
    assert!(missing.is_empty(), "not found: {missing:#?}");
}

#[test]
fn nothing_else_is_said_of_the_notice() {
    let others: Vec<_> = report()
        .findings
        .into_iter()
        .filter(|finding| {
            !CONTRADICTIONS
                .iter()
                .any(|(_, rule, code, ..)| finding.rule.as_str() == *rule && finding.code == *code)
        })
        .filter(|finding| finding.code != "annex-gap")
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn the_notice_is_read_whole_and_fast() {
    let start = Instant::now();
    let report = report();
    println!("lint of the notice: {:?}; {:?}", start.elapsed(), report.read);
    assert!(report.unread.is_empty(), "{:?}", report.unread);
    assert!(report.read.percents >= 119 && report.read.counts >= 31, "{:?}", report.read);
}
