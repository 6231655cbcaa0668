//! The parts around the content: styles, settings, page numbers, relations, and the archive that holds them.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::chart::Charts;
use super::styles::{
    self, HEADING_FACE, PAGE_NUMBER_FACE, SUBHEADING_FACE, TEXT_FACE, TITLE_FACE, fonts, line_twips,
};
use super::xml::{Xml, escaped};
use crate::error::PrintError;
use crate::letter::Letter;
use crate::sheet_of_paper::{
    BOTTOM_MM, LEFT_MM, PAGE_NUMBER_DROP_MM, PAPER_HEIGHT_MM, PAPER_WIDTH_MM, RIGHT_MM, TOP_MM, twips,
};

/// Height of a page number.
const PAGE_NUMBER_MM: f64 = 5.0;
/// From the upper edge of the paper to the draft mark.
const DRAFT_MARK_MM: f64 = 22.0;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
/// Namespaces of the content.
pub const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart""#;
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD_TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What a letter consists of.
pub struct Package<'a> {
    /// For the properties of the file.
    pub letter: &'a Letter<'a>,
    /// `w:document`.
    pub document: String,
    /// Charts.
    pub charts: &'a Charts,
    /// The code to check a copy, as PNG.
    pub code: Option<&'a [u8]>,
}

impl Package<'_> {
    /// The DOCX. Equal letters make equal bytes.
    pub fn write(&self) -> Result<Vec<u8>, PrintError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, bytes: &[u8]| -> Result<(), PrintError> {
            archive.start_file(name, SimpleFileOptions::default())?;
            Ok(archive.write_all(bytes)?)
        };
        part("[Content_Types].xml", self.content_types().as_bytes())?;
        part("_rels/.rels", root_relations().as_bytes())?;
        part("docProps/core.xml", self.properties().as_bytes())?;
        part("word/document.xml", self.document.as_bytes())?;
        part("word/_rels/document.xml.rels", self.document_relations().as_bytes())?;
        part("word/styles.xml", styles_part().as_bytes())?;
        part("word/settings.xml", settings().as_bytes())?;
        part("word/fontTable.xml", font_table().as_bytes())?;
        part("word/footer1.xml", footer("right").as_bytes())?;
        part("word/footer2.xml", footer("left").as_bytes())?;
        part("word/header1.xml", header(self.letter.draft).as_bytes())?;
        if let Some(code) = self.code {
            part("word/media/code.png", code)?;
        }
        for (index, chart) in self.charts.parts().iter().enumerate() {
            let number = index + 1;
            let relation = format!(
                r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/package" Target="../embeddings/chart{number}.xlsx"/></Relationships>"#
            );
            part(&format!("word/charts/chart{number}.xml"), chart.xml.as_bytes())?;
            part(&format!("word/charts/_rels/chart{number}.xml.rels"), relation.as_bytes())?;
            part(&format!("word/embeddings/chart{number}.xlsx"), &chart.workbook)?;
        }
        Ok(archive.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION).raw(r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#);
        let main = [
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("footer1", "footer"),
            ("footer2", "footer"),
            ("header1", "header"),
        ];
        for (name, kind) in main {
            xml.raw_args(format_args!(
                r#"<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPES}.{kind}+xml"/>"#
            ));
        }
        for number in 1..=self.charts.parts().len() {
            xml.raw_args(format_args!(
                r#"<Override PartName="/word/charts/chart{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>"#
            ));
        }
        xml.raw("</Types>");
        xml.finish()
    }

    fn document_relations(&self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION)
            .raw(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
        for (id, kind, target) in [
            ("rIdStyles", "styles", "styles.xml"),
            ("rIdSettings", "settings", "settings.xml"),
            ("rIdFonts", "fontTable", "fontTable.xml"),
            ("rIdFooterOdd", "footer", "footer1.xml"),
            ("rIdFooterEven", "footer", "footer2.xml"),
            ("rIdHeader", "header", "header1.xml"),
        ] {
            relation(&mut xml, id, kind, target);
        }
        if self.code.is_some() {
            relation(&mut xml, "rIdCode", "image", "media/code.png");
        }
        for number in 1..=self.charts.parts().len() {
            relation(&mut xml, &format!("rIdChart{number}"), "chart", &format!("charts/chart{number}.xml"));
        }
        xml.raw("</Relationships>");
        xml.finish()
    }

    fn properties(&self) -> String {
        let (title, organ) =
            (escaped(self.letter.name), escaped(self.letter.organ.as_deref().unwrap_or_default()));
        format!(
            r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{organ}</dc:creator></cp:coreProperties>"#
        )
    }
}

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str) {
    xml.raw_args(format_args!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#));
}

fn root_relations() -> String {
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

/// The section: paper, margins, page numbers, 22 lines.
pub fn section() -> String {
    let (width, height) = (twips(PAPER_WIDTH_MM), twips(PAPER_HEIGHT_MM));
    let (top, right, bottom, left) = (twips(TOP_MM), twips(RIGHT_MM), twips(BOTTOM_MM), twips(LEFT_MM));
    let header = twips(DRAFT_MARK_MM);
    let footer = twips(BOTTOM_MM - PAGE_NUMBER_DROP_MM - PAGE_NUMBER_MM);
    let line = line_twips();
    format!(
        r#"<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:headerReference w:type="even" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooterOdd"/><w:footerReference w:type="even" r:id="rIdFooterEven"/><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{header}" w:footer="{footer}" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="{line}"/></w:sectPr>"#
    )
}

fn styles_part() -> String {
    let fonts = fonts(TEXT_FACE);
    format!(
        r#"{DECLARATION}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>{}</w:styles>"#,
        styles::styles()
    )
}

fn settings() -> String {
    format!(
        r#"{DECLARATION}<w:settings {W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#
    )
}

/// Names of faces with what stands in where they are missing.
fn font_table() -> String {
    let faces = [
        (TEXT_FACE, "仿宋", "02010609060101010101", "roman"),
        (TITLE_FACE, "方正小标宋简体", "02010601030101010101", "roman"),
        (HEADING_FACE, "SimHei", "02010609060101010101", "swiss"),
        (SUBHEADING_FACE, "楷体", "02010609060101010101", "roman"),
        (PAGE_NUMBER_FACE, "SimSun", "02010600030101010101", "roman"),
    ];
    let mut xml = Xml::default();
    xml.raw_args(format_args!("{DECLARATION}<w:fonts {W}>"));
    for (name, other, panose, family) in faces {
        xml.raw_args(format_args!(
            r#"<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>"#
        ));
    }
    xml.raw("</w:fonts>");
    xml.finish()
}

/// The page number: — 1 — on the outer side, one character from the edge (GB/T 9704—2012, 7.5).
fn footer(side: &str) -> String {
    format!(
        r#"{DECLARATION}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="WfPage"/><w:ind w:left="280" w:right="280"/><w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#
    )
}

fn header(draft: bool) -> String {
    let mark = if draft {
        format!("<w:r><w:rPr>{}</w:rPr><w:t>征求意见稿</w:t></w:r>", fonts(HEADING_FACE))
    } else {
        String::new()
    };
    format!(r#"{DECLARATION}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="WfFlush"/></w:pPr>{mark}</w:p></w:hdr>"#)
}
