//! Invented notices with what must be found in them: precision and recall, printed.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use watchfire_domain::lint::{Finding, Options, Severity, lint};

/// One expectation of a side-car file.
#[derive(Debug, Deserialize)]
struct Expected {
    rule: String,
    #[serde(default)]
    lines: Vec<u32>,
    #[serde(default)]
    must: bool,
    #[serde(default)]
    alt: Vec<String>,
    #[serde(default)]
    what: String,
}

#[derive(Debug, Deserialize)]
struct Sidecar {
    clean: bool,
    expected: Vec<Expected>,
    allowed: Vec<Expected>,
}

impl Expected {
    fn covers(&self, finding: &Finding) -> bool {
        let rule = finding.rule.as_str();
        (self.rule == rule || self.alt.iter().any(|alt| alt == rule))
            && (self.lines.is_empty() || self.lines.contains(&finding.line))
    }
}

#[derive(Default)]
struct Score {
    found: usize,
    must: usize,
    right: usize,
    reported: usize,
    problems: Vec<String>,
}

fn score(folder: &Path) -> Score {
    let mut score = Score::default();
    let mut texts: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    texts.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts.sort();
    for path in texts {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let sidecar: Sidecar =
            serde_json::from_str(&fs::read_to_string(path.with_extension("expected.json")).unwrap()).unwrap();
        let report = lint(&text, &Options::default()).unwrap();
        for finding in report.findings.iter().filter(|finding| finding.severity != Severity::Style) {
            score.reported += 1;
            if sidecar.expected.iter().chain(&sidecar.allowed).any(|expected| expected.covers(finding)) {
                score.right += 1;
            } else {
                let clean = if sidecar.clean { " (clean text)" } else { "" };
                score.problems.push(format!(
                    "{name}: false{clean}: {} line {} {}: {}",
                    finding.rule.as_str(),
                    finding.line,
                    finding.code,
                    finding.message
                ));
            }
        }
        for expected in sidecar.expected.iter().filter(|expected| expected.must) {
            score.must += 1;
            if report.findings.iter().any(|finding| expected.covers(finding)) {
                score.found += 1;
            } else {
                score.problems.push(format!(
                    "{name}: missed: {} lines {:?}: {}",
                    expected.rule, expected.lines, expected.what
                ));
            }
        }
    }
    score
}

#[test]
fn invented_notices_are_read_without_a_false_word() {
    let score = score(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/notices"));
    println!(
        "planted and found: {} of {} (recall {:.3}); reported as error or warning and right: {} of {} (precision {:.3})",
        score.found,
        score.must,
        score.found as f64 / score.must.max(1) as f64,
        score.right,
        score.reported,
        score.right as f64 / score.reported.max(1) as f64
    );
    assert!(score.problems.is_empty(), "{}", score.problems.join("\n"));
}
