//! Our own drafts are read by the linter too: what the notes declare is not asked about again.

use watchfire_domain::lint::{Options, Severity, lint};

#[test]
fn the_golden_draft_raises_nothing_that_its_notes_answer() {
    let report = lint(include_str!("../bulletin/golden.txt"), &Options::default()).unwrap();
    let raised: Vec<_> =
        report.findings.iter().filter(|finding| finding.severity != Severity::Style).collect();
    assert!(raised.is_empty(), "{raised:#?}");
}
