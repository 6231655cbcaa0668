//! What the printers write, the reader reads: every paragraph of a bulletin comes back as a line of its own.

#![allow(clippy::print_stdout)]

mod jiangxi;

use std::time::Instant;

use domain::bulletin::edition::Edition;
use watchfire_documents::reading::DocumentKind;
use watchfire_documents::{docx, edition_xlsx, read_document};

/// Paragraphs of the bulletin that are no line of the text read.
fn missing(edition: &Edition, bytes: &[u8], kind: DocumentKind) -> Vec<String> {
    let started = Instant::now();
    let read = read_document(bytes, "通报").expect("readable");
    println!("{kind:?}: {} bytes of text in {:?}; {:?}", read.text.len(), started.elapsed(), read.notes);
    assert_eq!(read.kind, kind);
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let lines: Vec<String> = read.text.lines().map(bare).collect();
    let paragraphs = edition.bulletin.paragraphs.iter().map(|paragraph| bare(&paragraph.text));
    paragraphs.filter(|paragraph| !lines.contains(paragraph)).collect()
}

#[test]
fn a_bulletin_as_docx_is_read_back_paragraph_by_paragraph() {
    let edition = jiangxi::edition(1, false);
    let bytes = docx(&edition, None).expect("printable");
    assert_eq!(missing(&edition, &bytes, DocumentKind::Docx), [""; 0]);
}

#[test]
fn annexes_as_xlsx_are_read_back() {
    let edition = jiangxi::edition(1, false);
    let read = read_document(&edition_xlsx(&edition).expect("printable"), "附件.xlsx").expect("readable");
    for column in &edition.annexes[0].columns {
        assert!(read.text.contains(&column.title), "{}", column.title);
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_bulletin_as_pdf_is_read_back_paragraph_by_paragraph() {
    let Ok(fonts) = watchfire_documents::Fonts::find(&[]) else {
        println!("skipped: no Chinese letter faces on this machine");
        return;
    };
    let mut edition = jiangxi::edition(1, false);
    // Rows of a few pages; setting all of them takes long without optimisation.
    edition.annexes.iter_mut().for_each(|annex| annex.rows.truncate(60));
    let bytes = watchfire_documents::pdf(&edition, &fonts).expect("printable");
    // The title is printed on two lines, and a place on the page does not tell a long title from two headings.
    let missing = missing(&edition, &bytes, DocumentKind::Pdf);
    assert!(missing.iter().all(|paragraph| *paragraph == edition.bulletin.title), "{missing:?}");
}
