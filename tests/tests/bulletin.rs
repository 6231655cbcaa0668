//! Bulletins from the command line: on the office's own paper, with the office's own settings, and refused with a word that helps.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::io::{Cursor, Read as _, Write as _};

use stories::{Ended, run};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

struct Office {
    folder: tempfile::TempDir,
    data: String,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data").to_str().unwrap().to_owned();
        let ended = run(&["demo", "--prepare-only", "--data", &data]).unwrap();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        Self { folder, data }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn write(&self, more: &[&str]) -> Ended {
        let mut words = vec!["bulletin", "new", "--data", &self.data];
        words.extend(more);
        run(&words).unwrap()
    }
}

fn red_head(body: &str) -> Vec<u8> {
    const NAMESPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        (
            "word/document.xml",
            format!("<w:document {NAMESPACE}><w:body>{body}<w:sectPr/></w:body></w:document>"),
        ),
        ("word/styles.xml", format!("<w:styles {NAMESPACE}></w:styles>")),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn part(archive: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(archive)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_bulletin_is_filled_into_the_offices_own_red_head() {
    let office = Office::open();
    let body = "<w:p><w:r><w:t>某省教育厅文件</w:t></w:r></w:p><w:p><w:r><w:t>{{正文}}</w:t></w:r></w:p>";
    let template = office.file("head.docx", &red_head(body));
    let output = office.file("bulletin.docx", b"");
    let ended = office.write(&["--format", "docx", "--template", &template, "-o", &output]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let text = part(&std::fs::read(&output).unwrap(), "word/document.xml");
    assert!(text.contains("某省教育厅文件") && text.contains("全省高校接入52所") && !text.contains("{{"));
}

#[test]
fn one_precision_holds_for_text_and_annexes() {
    let office = Office::open();
    let settings = office.file("settings.json", br#"{"decimals": 2, "keep_zeros": true}"#);
    let output = office.file("bulletin.docx", b"");
    let text = office.write(&["--settings", &settings]).out;
    assert!(text.contains("全省寄宿制中小学校有24小时值班值守的共1575所，比例为45.04%"), "{text}");
    let ended = office.write(&["--settings", &settings, "--format", "docx", "-o", &output]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let document = part(&std::fs::read(&output).unwrap(), "word/document.xml");
    let annexes = &document[document.find("应接入").unwrap()..];
    assert!(annexes.contains("45.04%"), "the boarding schools of the province in the annex by city");
    assert!(!annexes.contains(">45%<"));
}

#[test]
fn what_cannot_be_used_is_named_and_nothing_is_written() {
    let office = Office::open();
    let output = office.folder.path().join("never.docx");
    let output = output.to_str().unwrap();
    let place_unknown = office.file("head.docx", &red_head("<w:p><w:r><w:t>{{印章}}</w:t></w:r></w:p>"));
    let no_archive = office.file("no.docx", b"PK\x03\x04");
    let too_fine = office.file("fine.json", br#"{"decimals": 7}"#);
    let unknown = office.file("unknown.json", br#"{"decimal": 1}"#);
    for (words, said) in [
        (vec!["--format", "docx", "--template", &place_unknown, "-o", output], "印章"),
        (vec!["--format", "docx", "--template", &no_archive, "-o", output], "template"),
        (vec!["--format", "pdf", "--template", &no_archive, "-o", output], "--format docx"),
        (vec!["--settings", &too_fine, "-o", output], "decimals"),
        (vec!["--settings", &unknown, "-o", output], "unknown.json"),
        (vec!["--format", "docx"], "-o FILE"),
        (vec!["--snapshot", "0199a1b2-0000-7000-8000-000000000001", "-o", output], "snapshot take"),
    ] {
        let ended = office.write(&words);
        assert_eq!(ended.code, Some(1), "{words:?}: {ended:?}");
        assert!(ended.err.contains(said), "{words:?}: {}", ended.err);
        assert!(!std::path::Path::new(output).exists(), "{words:?}");
    }
}
