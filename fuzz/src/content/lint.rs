//! The linter on any text, alone and with what the platform knows.

use domain::lint::{AnnexFact, Facts, MAX_FINDINGS, Options, Report, lint as read, lint_draft};

/// Findings point into the text, stand in its order, and come out the same when the text is read again.
pub fn lint(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let alone = read(&text, &Options::default());
    if let Ok(report) = &alone {
        check(report, &text);
    }
    assert_eq!(alone, read(&text, &Options::default()), "reading twice gives two answers");
    match lint_draft(&text, facts()) {
        Ok(report) => check(&report, &text),
        Err(error) => assert_eq!(Some(error), alone.err(), "facts do not decide whether a text is a notice"),
    }
}

fn check(report: &Report, text: &str) {
    let lines = text.split('\n').count();
    let exists = |line: u32| (1..=lines).contains(&(line as usize));
    assert!(report.findings.len() <= MAX_FINDINGS);
    assert!(report.findings.is_sorted_by_key(|finding| finding.line));
    assert!(report.unread.is_sorted_by_key(|unread| unread.line));
    for finding in &report.findings {
        assert!(
            exists(finding.line) && finding.related_lines.iter().all(|line| exists(*line)),
            "{finding:?}"
        );
        assert!((1..=report.read.paragraphs).contains(&finding.paragraph), "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.message_en.is_empty(), "{finding:?}");
    }
    for unread in &report.unread {
        assert!(exists(unread.line) && !unread.text.is_empty(), "{unread:?}");
    }
    for weight in &report.read.weights {
        assert!(exists(weight.line), "{weight:?}");
    }
}

fn facts() -> Facts {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Facts {
        regions: owned(&["南昌市", "九江市", "赣州市", "赣江新区"]),
        annexes: vec![AnnexFact { number: 1, rows: 3, names: owned(&["甲学院", "乙学院"]) }],
        as_of: "2025-09-02".parse().ok(),
        figures: owned(&["12253", "47.3%", "0", "100%"]),
    }
}
