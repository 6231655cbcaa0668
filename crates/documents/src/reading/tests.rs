//! Tests of the reader on files built in place: encodings, numbering, limits and refusals.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const NOTICE: &str = "关于智慧消防建设情况的通报\n截至目前，全省高校接入52所，接入率为47.3%。\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

fn docx_of(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", TYPES), ("word/document.xml", document.as_str())];
    parts.extend_from_slice(more);
    archive(&parts)
}

fn text_of(body: &str) -> String {
    read_document(&docx_of(body, &[]), "x.docx").unwrap().text
}

fn read_error(bytes: &[u8], name: &str) -> ReadError {
    read_document(bytes, name).unwrap_err()
}

fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

fn t(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_text_is_read_in_the_encodings_of_offices() {
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    let cases = [
        (NOTICE.as_bytes().to_vec(), "UTF-8"),
        (marked(b"\xef\xbb\xbf", NOTICE.into()), "UTF-8"),
        (marked(b"\xff\xfe", utf16(NOTICE, true)), "UTF-16LE"),
        (marked(b"\xfe\xff", utf16(NOTICE, false)), "UTF-16BE"),
        (utf16(NOTICE, true), "UTF-16LE"),
        (utf16(NOTICE, false), "UTF-16BE"),
        (gbk(NOTICE), "gb18030"),
        (NOTICE.replace('\n', "\r\n").into_bytes(), "UTF-8"),
    ];
    for (bytes, encoding) in cases {
        let read = read_document(&bytes, "通报.txt").unwrap();
        assert_eq!((read.text.as_str(), read.encoding), (NOTICE, Some(encoding)));
        assert!(read.notes.is_empty());
    }
    assert_eq!(read_document(&gbk("联通"), "x.txt").unwrap().text, "联通\n");
}

#[test]
fn a_last_character_that_is_cut_off_is_dropped_with_a_note() {
    let notice = "截至目前，全省高校接入52所，接入率为百分之四十七点三，取得了阶段性成效";
    for (bytes, name) in [
        (notice.as_bytes().to_vec(), "UTF-8"),
        (gbk(notice), "GB18030"),
        ([b"\xff\xfe".to_vec(), utf16(notice, true)].concat(), "UTF-16"),
    ] {
        let read = read_document(&bytes[..bytes.len() - 1], "x.txt").unwrap();
        assert_eq!(read.notes, [ReadNote::CutCharacter], "{name}");
        assert_eq!(read.text.trim_end(), notice.trim_end_matches('效'), "{name}");
    }
}

#[test]
fn a_mixture_or_garbled_text_is_refused() {
    let half = "截至目前，全省中等职业学校接入82所，接入率为50%。\n";
    let mixed = [NOTICE.as_bytes().to_vec(), gbk(half), gbk(half)].concat();
    let other = [gbk(half), gbk(half), NOTICE.as_bytes().to_vec()].concat();
    let garbled = encoding_rs::GB18030.decode("截至目前接入，".repeat(6).as_bytes()).0.into_owned();
    let latin = encoding_rs::WINDOWS_1252.decode(half.as_bytes()).0.into_owned();
    for bytes in [
        mixed,
        other,
        garbled.into_bytes(),
        latin.into_bytes(),
        "通报锟斤拷通报".into(),
        "通报\u{fffd}".into(),
    ] {
        let error = read_error(&bytes, "x.txt");
        assert!(matches!(error, ReadError::Garbled { .. } | ReadError::ControlCharacter { .. }), "{error:?}");
        assert!(error.message_zh().contains("行"));
    }
    let big5 =
        encoding_rs::BIG5.encode("關於全省教育系統智慧消防建設情況的通報，各設區市教育局").0.into_owned();
    assert!(matches!(read_error(&big5, "x.txt"), ReadError::NotText { .. } | ReadError::Garbled { .. }));
    assert!(matches!(read_error(b"a\0b", "x.txt"), ReadError::ControlCharacter { code: 0, .. }));
    assert!(matches!(
        read_error("通\x07报".as_bytes(), "x.txt"),
        ReadError::ControlCharacter { code: 7, .. }
    ));
    assert_eq!(read_error(b" \n", "x.txt"), ReadError::Empty);
}

#[test]
fn other_formats_are_named() {
    let ole = |stream: &str| {
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 64], utf16(stream, true)].concat()
    };
    let named = |bytes: &[u8]| read_error(bytes, "x.txt").message_zh();
    assert!(named(&ole("WordDocument")).contains(".doc"));
    assert!(named(b"\x89PNG\r\n\x1a\n").contains("PNG"));
    assert!(named(b"{\\rtf1 x}").contains("RTF"));
    assert!(named(b"<!DOCTYPE html><html>").contains("网页"));
    assert!(named(&archive(&[("OFD.xml", "")])).contains("OFD"));
    assert_eq!(read_error(&ole("EncryptedPackage"), "x.docx"), ReadError::Encrypted);
    let macros = docx_of(&p(&t("一")), &[("word/vbaProject.bin", "")]);
    assert_eq!(read_error(&macros, "x.docm"), ReadError::Macros);
}

#[test]
fn json_gives_its_text() {
    let sealed = br#"{"format":"watchfire-bulletin/1","bulletin":{"text":"\u901a\u62a5\n"},"text":"x"}"#;
    let read = read_document(sealed, "x").unwrap();
    assert_eq!((read.text.as_str(), read.kind), ("通报\n", DocumentKind::Json));
    assert_eq!(read_document(br#"{"text":"a","n":[1]}"#, "x.json").unwrap().text, "a\n");
    assert_eq!(read_error(br#"{"text":1}"#, "x.json"), ReadError::NoTextField);
    assert!(matches!(read_error(br#"{"text":"a""#, "x.json"), ReadError::Broken { .. }));
    assert!(matches!(read_error("[".repeat(100_000).as_bytes(), "x.json"), ReadError::Broken { .. }));
}

#[test]
fn a_docx_is_read_as_a_person_sees_it() {
    let box_of = |text: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            p(&t(text))
        )
    };
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    assert_eq!(text_of(&p(&(t("接入") + &t("52所")))), "接入52所\n");
    assert_eq!(text_of(&p(&format!("<w:del>{}</w:del><w:ins>{}</w:ins>", t("51"), t("52")))), "52\n");
    assert_eq!(text_of(&p(&(t("甲") + &box_of("框")))), "甲\n框\n");
    assert_eq!(text_of(&p(&(t("第") + &field(" PAGE ", &t("3")) + &t("页")))), "第3页\n");
    assert_eq!(text_of(&(p(&field(" TOC \\o ", &t("一、目录"))) + &p(&t("一、")))), "一、\n");
    assert_eq!(
        text_of(&p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:br/><w:t>c</w:t></w:r>")),
        "a\tb-\nc\n"
    );
    assert_eq!(text_of(&p(&format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>{}", t("y")))), "y\n");
    let broken = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>";
    assert_eq!(text_of(&p(broken)), "甲\n乙\n");
    assert_eq!(text_of(&p(&format!("<w:pPr><w:jc w:val=\"center\"/></w:pPr>{broken}"))), "甲乙\n");
    let mark_deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    assert_eq!(text_of(&(p(&format!("{mark_deleted}{}", t("甲"))) + &p(&t("乙")))), "甲乙\n");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&t(text)));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}{}</w:tc>{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        cell("市"),
        cell("率"),
        p(&t("甲")),
        p(&t("乙")),
        cell("1"),
        cell("x")
    );
    assert_eq!(text_of(&table), "市\t率\n甲 乙\t\t1\n");
    assert_eq!(text_of(&p(&t("&lt;一&gt;&#x4e8c;&amp;"))), "<一>二&\n");
}

#[test]
fn automatic_numbers_stand_in_front_again() {
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"7\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
         <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl>\
         <w:lvl w:ilvl=\"3\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"x\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"
    );
    let rels = "<Relationships><Relationship Type=\"http://x/numbering\" Target=\"numbering.xml\"/>\
        <Relationship Type=\"http://x/styles\" Target=\"/word/styles.xml\"/></Relationships>";
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"H\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>"
    );
    let item = |level: u32, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}",
            t(text)
        ))
    };
    let styled = p(&format!("<w:pPr><w:pStyle w:val=\"H\"/></w:pPr>{}", t("要求")));
    let body = item(0, "进度")
        + &item(1, "接入")
        + &item(2, "高校")
        + &item(2, "5所")
        + &item(1, "值守")
        + &item(2, "甲")
        + &item(3, "点")
        + &styled;
    let more = [
        ("word/_rels/document.xml.rels", rels),
        ("word/numbering.xml", numbering.as_str()),
        ("word/styles.xml", styles.as_str()),
    ];
    let read = read_document(&docx_of(&body, &more), "x.docx").unwrap();
    assert_eq!(read.text, "一、进度\n（一）接入\n1.高校\n2. 5所\n（二）值守\n1.甲\n点\n二、要求\n");
}

#[test]
fn lists_that_claim_the_same_style_are_read_the_same_every_time() {
    let claim = |id: u32| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:styleLink w:val=\"S\"/>\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"{id}\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>"
        )
    };
    let claims = (2..9).map(claim).collect::<Vec<_>>().concat();
    let numbering = format!(
        "<w:numbering {W}>{claims}<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let rels =
        "<Relationships><Relationship Type=\"http://x/numbering\" Target=\"numbering.xml\"/></Relationships>";
    let body = p(&format!("<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}", t("要求")));
    let docx =
        docx_of(&body, &[("word/_rels/document.xml.rels", rels), ("word/numbering.xml", numbering.as_str())]);
    for _ in 0..20 {
        assert_eq!(read_document(&docx, "x.docx").unwrap().text, "2.要求\n");
    }
}

#[test]
fn hostile_documents_are_refused() {
    let entity = archive(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"),
    ]);
    assert!(matches!(read_error(&entity, "x.docx"), ReadError::Entity { .. }));
    assert!(matches!(read_error(&docx_of(&p(&t("&b;")), &[]), "x.docx"), ReadError::Entity { .. }));
    let deep = "<w:tbl>".repeat(300) + &"</w:tbl>".repeat(300);
    assert!(matches!(read_error(&docx_of(&deep, &[]), "x.docx"), ReadError::Limit { .. }));
    let bomb = docx_of(&p(&t(&"0".repeat(20_000_000))), &[]);
    assert!(matches!(read_error(&bomb, "x.docx"), ReadError::Limit { .. } | ReadError::TextTooLong));
    assert!(matches!(read_error(&docx_of("<w:p>", &[]), "x.docx"), ReadError::Broken { .. }));
    let field = p("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>x</w:t></w:r>");
    assert!(matches!(read_error(&docx_of(&field, &[]), "x.docx"), ReadError::Broken { .. }));
    let nested = format!("%PDF-1.7\n1 0 obj\n{}\nendobj\ntrailer <</Root 1 0 R>>", "[".repeat(1_000_000));
    assert!(read_document(nested.as_bytes(), "x.pdf").is_err());
    let cycle = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";
    assert!(read_document(cycle, "x.pdf").is_err());
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 70_000_000]).unwrap();
    let bomb =
        [b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>>stream\n".to_vec(), packed.finish().unwrap()].concat();
    assert!(matches!(read_error(&bomb, "x.pdf"), ReadError::Limit { .. }));
}

const PRINTED: &str = include_str!("../../tests/reading/printed.txt");
const TYPST: &[u8] = include_bytes!("../../tests/reading/typst.pdf");
const LIBREOFFICE: &[u8] = include_bytes!("../../tests/reading/libreoffice.pdf");
const CHROMIUM: &[u8] = include_bytes!("../../tests/reading/chromium.pdf");
const DOCX: &[u8] = include_bytes!("../../tests/reading/libreoffice.docx");

#[test]
fn documents_of_three_programs_give_the_same_text() {
    for (bytes, name) in
        [(TYPST, "typst"), (LIBREOFFICE, "LibreOffice"), (CHROMIUM, "Chromium"), (DOCX, "docx")]
    {
        let read = read_document(bytes, name).unwrap();
        assert_eq!(read.text, PRINTED, "{name}: {:?}", read.notes);
    }
}

#[test]
fn a_workbook_is_read_row_by_row() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "设区市").unwrap();
    sheet.write_string(0, 2, "接入").unwrap();
    sheet.write_number(2, 0, 52).unwrap();
    book.add_worksheet().write_string(4, 1, "=乙").unwrap();
    let read = read_document(&book.save_to_buffer().unwrap(), "x").unwrap();
    assert_eq!((read.text.as_str(), read.kind), ("设区市\t\t接入\n52\n\t=乙\n", DocumentKind::Xlsx));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..2_000), name in "[a-z]{1,4}\\.(txt|json|pdf|docx)") {
        let _ = read_document(&bytes, &name);
    }

    #[test]
    fn no_change_of_a_document_breaks_the_reader(
        which in 0..4_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        kept in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = [TYPST, LIBREOFFICE, CHROMIUM, DOCX][which].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(kept.index(bytes.len()));
        }
        if let Ok(read) = read_document(&bytes, "x") {
            prop_assert!(read.text.len() <= DOCUMENT_TEXT_BYTES_MAX);
        }
    }

    #[test]
    fn no_document_part_breaks_the_reader(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>一</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:del>", "</w:del>", "<w:pPr>", "</w:pPr>", "<w:txbxContent>", "</w:txbxContent>", "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>", "<w:gridSpan w:val=\"9\"/>", "<w:footnote>", "</w:footnote>", "&#0;", "<w:br/>",
    ]), 0..40)) {
        let _ = read_document(&docx_of(&pieces.concat(), &[]), "x.docx");
    }

    #[test]
    fn text_in_any_encoding_is_that_text_or_refused(lines in prop::collection::vec("[一-龥，。0-9a-z]{0,40}", 1..6), encoding in 0..3_usize) {
        let text = lines.join("\n");
        let bytes = match encoding { 0 => text.clone().into_bytes(), 1 => utf16(&text, true), _ => gbk(&text) };
        if let Ok(read) = read_document(&bytes, "x.txt") {
            prop_assert_eq!(read.text.trim_end_matches('\n'), text.trim_end_matches('\n'));
        }
    }
}
