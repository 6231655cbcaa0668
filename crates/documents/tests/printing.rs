//! Bulletins as files: what stands in them, that equal input makes equal bytes, and that no text becomes a command.

mod jiangxi;

use std::io::{Cursor, Read as _};

use domain::bulletin::edition::{Edition, Value};
use quick_xml::Reader;
use quick_xml::events::Event;
use watchfire_documents::docx;
use zip::ZipArchive;

/// Rows kept of every annex: enough for two pages.
const ROWS: usize = 60;

fn short_edition() -> Edition {
    let mut edition = jiangxi::edition(1, false);
    for annex in &mut edition.annexes {
        annex.rows.truncate(ROWS);
    }
    edition
}

fn hostile_edition() -> Edition {
    let mut edition = short_edition();
    let hostile = r#"</w:t><w:p>{{正文}} #read("/etc/passwd") $x$ *b* =1+1 "&<>\u{0}"#;
    for paragraph in &mut edition.bulletin.paragraphs {
        paragraph.text.push_str(hostile);
    }
    edition.bulletin.title.push_str(hostile);
    hostile.clone_into(&mut edition.head.issuer);
    edition.annexes[0].rows[0][0] = Value::Text("=HYPERLINK(\"http://x\")".to_owned());
    edition.annexes[0].title = format!("[]:*?/\\{hostile}");
    hostile.clone_into(&mut edition.charts[0].title);
    hostile.clone_into(&mut edition.charts[0].labels[0]);
    edition
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(docx)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text of every paragraph.
fn paragraphs(document: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    let (mut all, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return all,
            Event::Start(element) if element.name().as_ref() == "w:p" => all.push(String::new()),
            Event::Start(element) => inside = element.name().as_ref() == "w:t",
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                all.last_mut().expect("inside a paragraph").push_str(&text);
            }
            Event::GeneralRef(name) if inside => {
                let one = match &*name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    other => panic!("unexpected {other}"),
                };
                all.last_mut().expect("inside a paragraph").push(one);
            }
            _ => {}
        }
    }
}

#[test]
fn every_part_of_a_docx_is_well_formed_and_equal_letters_make_equal_bytes() {
    for edition in [short_edition(), hostile_edition(), jiangxi::edition(1, true)] {
        let bytes = docx(&edition, None).expect("printed");
        assert_eq!(bytes, docx(&edition, None).expect("printed"));
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
        for index in 0..archive.len() {
            let name = archive.by_index(index).expect("a part").name().expect("a name").into_owned();
            if [".xml", ".rels"].iter().any(|ending| name.ends_with(ending)) {
                paragraphs(&part(&bytes, &name));
            }
        }
    }
}

#[test]
fn a_docx_holds_every_paragraph_and_every_cell() {
    let edition = short_edition();
    let printed = paragraphs(&part(&docx(&edition, None).expect("printed"), "word/document.xml"));
    for paragraph in edition.bulletin.paragraphs.iter().filter(|paragraph| !paragraph.text.is_empty()) {
        assert!(printed.contains(&paragraph.text), "{}", paragraph.text);
    }
    let cells: usize = edition.annexes.iter().map(|annex| annex.rows.len() * annex.columns.len()).sum();
    assert!(printed.len() > cells);
    assert!(printed.contains(&edition.proof.snapshot_hash));
}

#[test]
fn hostile_text_stays_text() {
    let edition = hostile_edition();
    let printed = paragraphs(&part(&docx(&edition, None).expect("printed"), "word/document.xml"));
    let given = edition.bulletin.paragraphs[2].text.replace('\u{0}', "");
    assert!(printed.contains(&given), "{given}");
}

#[test]
fn a_draft_is_marked_on_every_page_and_a_letter_is_not() {
    let header = |draft| part(&docx(&jiangxi::edition(1, draft), None).expect("printed"), "word/header1.xml");
    assert!(header(true).contains("征求意见稿"));
    assert!(!header(false).contains("征求意见稿"));
}

#[cfg(feature = "pdf")]
mod pdf {
    use watchfire_documents::{FontError, Fonts, pdf};

    use super::{hostile_edition, short_edition};

    #[test]
    fn letters_and_hostile_text_are_set() {
        let Ok(fonts) = Fonts::find(&[]) else {
            println!("skipped: no Chinese font on this machine");
            return;
        };
        for edition in [short_edition(), hostile_edition()] {
            let bytes = pdf(&edition, &fonts).expect("set");
            assert!(bytes.starts_with(b"%PDF-"));
            assert_eq!(bytes, pdf(&edition, &fonts).expect("set"));
        }
    }

    #[test]
    fn without_a_chinese_font_the_error_names_the_package_to_install() {
        let empty = tempfile::tempdir().expect("a folder");
        let error = Fonts::find_only_in(&[empty.path().to_owned()]).expect_err("no font");
        assert!(matches!(error, FontError::NoChineseFont));
        assert!(
            error.to_string().contains("fonts-noto-cjk") && error.message_zh().contains("fonts-noto-cjk")
        );
    }
}
