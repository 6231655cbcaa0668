//! The linter for documents that somebody hands in: any notice of the genre, ours or not. Nothing is kept.

use domain::lint::{self, Options, ReadSummary, Unread};
use domain::role::Capability;

use crate::bulletins::Finding;
use crate::verify::{Unreadable, read};
use crate::{Ask, Platform, PlatformError};

/// Largest document linted, in bytes.
pub const LINT_BYTES_MAX: usize = 5 * 1024 * 1024;

/// What the linter says of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linted {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Numbers that were not read and so not judged.
    pub unread: Vec<Unread>,
    /// How much was read.
    pub read: ReadSummary,
    /// The lines that findings speak of.
    pub lines: Vec<String>,
    /// What the reader of the file mended or left out, in English.
    pub notes: Vec<String>,
}

/// Lints a document; its content tells the kind. The error says in two languages why it cannot be judged.
pub fn lint_document(name: &str, bytes: &[u8]) -> Result<Linted, Unreadable> {
    let copy = read(bytes, name)?;
    let report = lint::lint(&copy.text, &Options::default()).map_err(|error| not_judged(&error))?;
    Ok(Linted {
        findings: report.findings.into_iter().map(Finding::from).collect(),
        unread: report.unread,
        read: report.read,
        lines: copy.text.lines().map(str::to_owned).collect(),
        notes: copy.notes,
    })
}

fn not_judged(error: &lint::LintError) -> Unreadable {
    let zh = match error {
        lint::LintError::Empty => "文件中没有文字".to_owned(),
        lint::LintError::TooLong { limit, .. } => format!("文件过长，不能校验（上限{limit}）"),
        lint::LintError::NotANotice { .. } => {
            "这不像一份带有数据的通报，没有校验，以免把猜测当作问题".to_owned()
        }
    };
    Unreadable { zh, en: error.to_string() }
}

impl Platform {
    /// Lints a document for somebody who reads figures.
    pub async fn lint(&self, ask: &Ask, name: &str, bytes: Vec<u8>) -> Result<Linted, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        if bytes.len() > LINT_BYTES_MAX {
            let detail = format!("a document to be checked has at most {LINT_BYTES_MAX} bytes");
            return Err(PlatformError::Limit { detail, retry_after_s: None });
        }
        let name = name.to_owned();
        let linted = self.inner.presses.run(move || lint_document(&name, &bytes)).await?;
        linted.map_err(|fault| {
            PlatformError::field("file", "unreadable", format!("{} / {}", fault.zh, fault.en))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_notice_is_not_judged() {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"hello world", "今天天气很好。".as_bytes()] {
            let fault = lint_document("a.txt", bytes).unwrap_err();
            assert!(!fault.zh.is_empty() && !fault.en.is_empty());
        }
    }

    #[test]
    fn a_sum_that_does_not_add_up_is_found() {
        let text = "关于校园安全工作情况的通报\n各市教育局：\n截至目前，全省共接入学校100所。其中，甲市40所、乙市30所、丙市20所。现将有关情况通报如下。\n";
        let linted = lint_document("a.txt", text.as_bytes()).unwrap();
        assert_eq!(linted.lines.len(), 3);
        assert!(linted.findings.iter().any(|finding| finding.rule == "L1"), "{:?}", linted.findings);
    }
}
