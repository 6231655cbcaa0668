//! A customer's red-head template, by its parts, filled with a small bulletin.

use std::sync::LazyLock;

use documents::{Template, TemplateError, docx};
use domain::bulletin::edition::{Annex, Column, Edition, Head, Proof, Value};
use domain::bulletin::{Bulletin, Paragraph, ParagraphKind};
use domain::figures::PercentFormat;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::packed::{archive, parts, unpacked};

/// The part without which nothing is a template, for texts that do not bring their own.
const TEMPLATE_PARTS: [(&str, &str); 1] = [("word/styles.xml", "<w:styles></w:styles>")];

static EDITION: LazyLock<Edition> = LazyLock::new(edition);

/// A template that is taken can be filled; no place is left in it, and what was well formed stays so.
pub fn red_head(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(packed) = archive(&parts(&text), &TEMPLATE_PARTS) else { return };
    let template = match Template::read(&packed) {
        Ok(template) => template,
        Err(error) => return assert!(!error.to_string().is_empty() && !error.message_zh().is_empty()),
    };
    assert!(!template.places().is_empty());
    let filled = docx(&EDITION, Some(&template)).expect("a template that was taken can be filled");
    let was_whole = unpacked(&packed).iter().all(|(_, content)| is_whole(content));
    if was_whole {
        for (name, content) in unpacked(&filled) {
            assert!(is_whole(&content), "{name} is no longer well formed: {content}");
        }
        assert_eq!(Template::read(&filled), Err(TemplateError::NoText), "a place was left");
    }
}

/// True where one element holds everything, every element ends as it began and attributes are readable.
fn is_whole(content: &str) -> bool {
    let mut reader = Reader::from_str(content);
    let (mut open, mut roots) = (0_usize, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if is_element(&element) => {
                roots += usize::from(open == 0);
                open += 1;
            }
            Ok(Event::Empty(element)) if is_element(&element) => roots += usize::from(open == 0),
            Ok(Event::Start(_) | Event::Empty(_)) | Err(_) => return false,
            Ok(Event::End(_)) => open -= 1,
            Ok(Event::Text(text)) if open == 0 && !text.trim_ascii().is_empty() => return false,
            Ok(Event::CData(_)) if open == 0 => return false,
            Ok(Event::Eof) => return open == 0 && roots == 1,
            Ok(_) => {}
        }
    }
}

fn is_element(element: &BytesStart<'_>) -> bool {
    !element.contains('<') && element.attributes().all(|attribute| attribute.is_ok())
}

/// A bulletin of one paragraph of each kind and an annex of one row.
fn edition() -> Edition {
    let paragraph = |kind, text: &str| Paragraph { kind, text: text.to_owned() };
    let paragraphs = vec![
        paragraph(ParagraphKind::Title, "关于接入情况的通报"),
        paragraph(ParagraphKind::Addressees, "各设区市教育局："),
        paragraph(ParagraphKind::Heading, "一、总体情况"),
        paragraph(ParagraphKind::Body, "（一）进展。<a>&\"'已接入1所。"),
        paragraph(ParagraphKind::AnnexList, "附件：1.名单"),
        paragraph(ParagraphKind::Signed, "江西省教育厅"),
        paragraph(ParagraphKind::CopiesTo, "抄送：省消防救援总队。"),
        paragraph(ParagraphKind::Note, "数据说明"),
        paragraph(ParagraphKind::Note, "1.百分比由单位数直接计算。"),
    ];
    let text = paragraphs.iter().flat_map(|paragraph| [paragraph.text.as_str(), "\n"]).collect();
    Edition {
        head: Head { issuer: "江西省教育厅文件".to_owned(), draft: true, ..Head::default() },
        bulletin: Bulletin { title: paragraphs[0].text.clone(), paragraphs, text, figures: Vec::new() },
        annexes: vec![Annex {
            number: 1,
            title: "名单".to_owned(),
            columns: vec![Column { title: "单位".to_owned(), width: 1, rate_of: None }],
            rows: vec![vec![Value::Text("甲学院".to_owned())]],
            notes: Vec::new(),
        }],
        charts: Vec::new(),
        percent: PercentFormat::default(),
        proof: Proof::default(),
    }
}
