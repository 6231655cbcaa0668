//! Relations between figures, each in several wordings: the right text gives no finding at all, the wrong one is found.

use watchfire_domain::lint::{Finding, Options, Severity, lint};

const RELATIONS: &str = include_str!("relations.txt");

/// A short notice around a text.
fn notice(text: &str) -> String {
    format!(
        "关于安全工作情况的通报\n各县（区）教育局：\n现将截至2025年9月30日的有关情况通报如下：\n一、工作情况\n{}\n",
        text.replace('⏎', "\n")
    )
}

/// The text with the first or the second of every {right|wrong}.
fn variant(text: &str, wrong: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (choice, after) = behind.split_once('}').expect("a brace is closed");
        let (right, bad) = choice.split_once('|').expect("two variants");
        out.push_str(before);
        out.push_str(if wrong { bad } else { right });
        rest = after;
    }
    out + rest
}

fn findings(text: &str) -> Vec<Finding> {
    lint(&notice(text), &Options::default()).map_or_else(|_| Vec::new(), |report| report.findings)
}

#[test]
fn every_wording_of_a_relation_is_right_or_wrong_as_it_says() {
    let mut problems = Vec::new();
    for line in RELATIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (rule, text) = line.split_once(" | ").expect("rule and text");
        let right = findings(&variant(text, false));
        problems.extend(right.iter().filter(|finding| finding.severity != Severity::Style).map(|finding| {
            format!(
                "false {} {}: {} | {}",
                finding.rule.as_str(),
                finding.code,
                finding.message,
                variant(text, false)
            )
        }));
        if rule == "-" {
            continue;
        }
        let wrong = findings(&variant(text, true));
        if !wrong.iter().any(|finding| rule.split('/').any(|rule| finding.rule.as_str() == rule)) {
            let others: Vec<&str> = wrong.iter().map(|finding| finding.code).collect();
            problems.push(format!("missed {rule} (found {others:?}): {}", variant(text, true)));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
