//! A customer's own red-head template: what is filled in, and what is refused.

mod jiangxi;

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use watchfire_documents::{Place, Template, TemplateError, docx};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

const NAMESPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn template_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {NAMESPACE}><w:body>{body}<w:sectPr/></w:body></w:document>");
    let styles = format!("<w:styles {NAMESPACE}></w:styles>");
    let mut parts = vec![("word/document.xml", document.as_str()), ("word/styles.xml", styles.as_str())];
    parts.extend(more);
    archive(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn document(docx: &[u8]) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(docx)).expect("an archive");
    archive.by_name("word/document.xml").expect("the document").read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn places_are_filled_also_where_word_has_split_them() {
    let body = concat!(
        r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>关于{{标</w:t></w:r><w:r><w:t>题}}的</w:t></w:r><w:r><w:t>函 {{ 文号 }}</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>{{正文}}</w:t></w:r></w:p>"#,
        "<w:p><w:r><w:t>{{署名}} {{日期}}</w:t></w:r></w:p>",
    );
    let template = Template::read(&template_with(body, &[])).expect("a template");
    assert_eq!(template.places(), [Place::Title, Place::Number, Place::Text, Place::Organ, Place::Date]);
    let edition = jiangxi::edition(1, false);
    let filled = document(&docx(&edition, Some(&template)).expect("filled"));
    assert!(filled.contains(&format!("<w:t>关于{}</w:t>", edition.bulletin.title)));
    assert!(filled.contains("<w:t>的</w:t>") && filled.contains("<w:t>函 赣教监管字〔2025〕12号</w:t>"));
    assert!(filled.contains("<w:t>江西省教育厅 2025年9月3日</w:t>"));
    assert!(filled.contains(r#"<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">"#));
    assert!(!filled.contains("{{"));
    let (annex, section) =
        (filled.find("附件1").expect("annexes"), filled.find("<w:sectPr").expect("a section"));
    assert!(annex < section && filled.ends_with("<w:sectPr/></w:body></w:document>"));
}

#[test]
fn the_words_of_the_bulletin_are_never_markup_and_never_a_place() {
    let template = Template::read(&template_with(&(paragraph("{{标题}}") + &paragraph("{{正文}}")), &[]))
        .expect("a template");
    let mut edition = jiangxi::edition(1, false);
    edition.bulletin.title = "{{正文}}<w:p>&".to_owned();
    let filled = document(&docx(&edition, Some(&template)).expect("filled"));
    assert!(filled.contains("<w:t>{{正文}}&lt;w:p&gt;&amp;</w:t>"));
}

#[test]
fn what_a_template_must_not_hold_is_refused() {
    let good = paragraph("{{正文}}");
    let relations = |kind: &str| {
        format!(
            r#"<Relationships><Relationship Id="a" Type="http://x/{kind}" Target="http://evil/x" TargetMode="External"/></Relationships>"#
        )
    };
    let read = |body: &str, more: &[(&str, &str)]| Template::read(&template_with(body, more));
    assert!(matches!(read(&good, &[("word/vbaProject.bin", "x")]), Err(TemplateError::Active(_))));
    assert!(matches!(read(&good, &[("word/embeddings/oleObject1.bin", "x")]), Err(TemplateError::Active(_))));
    assert!(matches!(
        read(&good, &[("word/a.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a/>")]),
        Err(TemplateError::DocumentType(_))
    ));
    assert!(matches!(
        read(&good, &[("word/_rels/settings.xml.rels", &relations("attachedTemplate"))]),
        Err(TemplateError::External(_))
    ));
    assert!(read(&good, &[("word/_rels/document.xml.rels", &relations("hyperlink"))]).is_ok());
    let field = "<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r></w:p>";
    assert!(matches!(read(&format!("{field}{good}"), &[]), Err(TemplateError::External(_))));
    assert_eq!(read(&paragraph("无"), &[]), Err(TemplateError::NoText));
    assert_eq!(read(&paragraph("见{{正文}}"), &[]), Err(TemplateError::NotAlone("正文".to_owned())));
    assert_eq!(
        read(&(good + &paragraph("{{印章}}")), &[]),
        Err(TemplateError::UnknownPlace("印章".to_owned()))
    );
    assert!(matches!(Template::read(b"PK\x03\x04"), Err(TemplateError::Broken { .. })));
    assert!(matches!(read("<w:p>", &[]), Err(TemplateError::Broken { .. })));
}

#[test]
fn a_template_that_unpacks_without_end_is_refused() {
    let zeros = "0".repeat(60 * 1024 * 1024);
    let bomb = template_with(&paragraph("{{正文}}"), &[("word/media/a.png", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(matches!(Template::read(&bomb), Err(TemplateError::TooLarge(_))));
}

proptest! {
    #[test]
    fn damaged_templates_are_errors_and_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = template_with(&(paragraph("{{标题}}") + &paragraph("{{正文}}")), &[]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(bytes.len() * 2).max(1));
        let _ = Template::read(&bytes);
    }

    #[test]
    fn any_markup_is_read_or_refused(markup in r#"(<w:p>|</w:p>|<w:t>|</w:t>|<w:r>|</w:r>|<w:rPr>|</w:rPr>|<w:pPr/>|\{\{|\}\}|正文|标题|&amp;|&|"|<){0,24}"#) {
        let body = format!("{markup}{}", paragraph("{{正文}}"));
        if let Ok(template) = Template::read(&template_with(&body, &[])) {
            let mut edition = jiangxi_small();
            edition.annexes.clear();
            docx(&edition, Some(&template)).expect("a template that was accepted can be filled");
        }
    }
}

fn jiangxi_small() -> domain::bulletin::edition::Edition {
    static EDITION: std::sync::OnceLock<domain::bulletin::edition::Edition> = std::sync::OnceLock::new();
    EDITION.get_or_init(|| jiangxi::edition(1, false)).clone()
}
