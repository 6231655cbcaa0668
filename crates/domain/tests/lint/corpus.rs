//! Invented notices with what must be found in them: precision and recall, printed.
//!
//! Any other folder of notices with side-cars is scored too where `WATCHFIRE_LINT_CORPUS` names it; its figures and all its problems
//! are printed and fail nothing, so that a set nobody has looked at can be measured. Without the variable there is nothing to print:
//!
//! `WATCHFIRE_LINT_CORPUS=/folder cargo test -p watchfire-domain --test lint corpus -- --nocapture`

use std::path::Path;
use std::{env, fs};

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

impl Score {
    fn summary(&self) -> String {
        format!(
            "planted and found: {} of {} (recall {:.3}); reported as error or warning and right: {} of {} (precision {:.3})",
            self.found,
            self.must,
            self.found as f64 / self.must.max(1) as f64,
            self.right,
            self.reported,
            self.right as f64 / self.reported.max(1) as f64
        )
    }
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
        let report = match lint(&text, &Options::default()) {
            Ok(report) => report,
            Err(refused) => {
                score.problems.push(format!("{name}: refused: {refused}"));
                continue;
            }
        };
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
    println!("{}", score.summary());
    assert!(score.problems.is_empty(), "{}", score.problems.join("\n"));
}

#[test]
fn a_folder_of_the_callers_is_scored_and_fails_nothing() {
    let Some(folder) = env::var_os("WATCHFIRE_LINT_CORPUS") else { return };
    let score = score(Path::new(&folder));
    println!("{}\n{}", score.problems.join("\n"), score.summary());
}
