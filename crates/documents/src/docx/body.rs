//! The content of the letter in WordprocessingML, from the red head to the proof.

use super::chart::{Charts, EMU_PER_MM};
use super::styles::{CHAR_TWIPS, HEADING_FACE, SUBHEADING_FACE, fonts};
use super::table;
use super::xml::Xml;
use crate::letter::{AnnexPage, Letter, NOTE_HEADING, Role};
use crate::sheet_of_paper::{TYPE_WIDTH_MM, twips};

/// From the upper edge of the type area to the red head (GB/T 9704—2012, 7.2.4).
const ISSUER_DROP_MM: f64 = 35.0;
/// Between 发文字号 and the red rule, in points (4 mm).
const RULE_SPACE_POINTS: u32 = 11;
/// The largest red head, in half points.
const ISSUER_HALF_POINTS_MAX: usize = 100;
/// Width of the type area in half points, a little less.
const TYPE_WIDTH_HALF_POINTS: usize = 872;
/// 成文日期 ends so many characters before the right edge (7.3.5.1).
const DATE_CHARS_FROM_RIGHT: i64 = 4;
/// Lines between text and signature.
const LINES_BEFORE_SIGNATURE: usize = 2;
/// Side of the code.
const CODE_MM: i64 = 28;
/// The date of a draft.
const NO_DATE: &str = "　　　　年　月　日";

/// A paragraph of one style with one text.
pub fn paragraph(xml: &mut Xml, style: &str, text: &str) {
    xml.raw_args(format_args!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#));
    run(xml, "", text);
    xml.raw("</w:p>");
}

/// A run with character properties.
pub fn run(xml: &mut Xml, properties: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.raw("<w:r>");
    if !properties.is_empty() {
        xml.raw("<w:rPr>").raw(properties).raw("</w:rPr>");
    }
    xml.raw(r#"<w:t xml:space="preserve">"#).text(text).raw("</w:t></w:r>");
}

fn empty_lines(xml: &mut Xml, lines: usize) {
    for _ in 0..lines {
        paragraph(xml, "WfFlush", "");
    }
}

/// Red head, 发文字号 and red rule.
pub fn head(xml: &mut Xml, letter: &Letter<'_>) {
    if letter.issuer.is_empty() {
        return;
    }
    let half_points = (TYPE_WIDTH_HALF_POINTS / letter.issuer.chars().count()).min(ISSUER_HALF_POINTS_MAX);
    let before = twips(ISSUER_DROP_MM);
    xml.raw_args(format_args!(
        r#"<w:p><w:pPr><w:pStyle w:val="WfIssuer"/><w:spacing w:before="{before}" w:after="0"/></w:pPr>"#
    ));
    run(xml, &format!(r#"<w:sz w:val="{half_points}"/>"#), letter.issuer);
    xml.raw("</w:p>");
    empty_lines(xml, 2);
    xml.raw_args(format_args!(
        r#"<w:p><w:pPr><w:pStyle w:val="WfFlush"/><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{RULE_SPACE_POINTS}" w:color="FF0000"/></w:pBdr><w:jc w:val="center"/></w:pPr>"#
    ));
    run(xml, "", letter.number.unwrap_or_default());
    xml.raw("</w:p>");
    empty_lines(xml, 2);
}

/// A title in its lines.
pub fn title(xml: &mut Xml, lines: &[String]) {
    xml.raw(r#"<w:p><w:pPr><w:pStyle w:val="WfTitle"/></w:pPr>"#);
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            xml.raw("<w:r><w:br/></w:r>");
        }
        run(xml, "", line);
    }
    xml.raw("</w:p>");
}

/// From the title to the signature.
pub fn text(xml: &mut Xml, letter: &Letter<'_>) {
    title(xml, &letter.title);
    empty_lines(xml, 1);
    for names in &letter.addressees {
        paragraph(xml, "WfFlush", names);
    }
    for block in &letter.blocks {
        match block.role {
            Role::Heading => paragraph(xml, "WfHeading", block.text),
            Role::Subheading => paragraph(xml, "WfSubheading", block.text),
            Role::Body => {
                xml.raw(r#"<w:p><w:pPr><w:pStyle w:val="WfText"/></w:pPr>"#);
                run(xml, &fonts(SUBHEADING_FACE), block.lead);
                run(xml, "", block.text);
                xml.raw("</w:p>");
            }
        }
    }
    annex_list(xml, letter);
    signature(xml, letter);
}

fn annex_list(xml: &mut Xml, letter: &Letter<'_>) {
    if !letter.annex_list.is_empty() {
        empty_lines(xml, 1);
    }
    for (index, line) in letter.annex_list.iter().enumerate() {
        let (left, hanging) = (6 * CHAR_TWIPS, if index == 0 { 4 * CHAR_TWIPS } else { CHAR_TWIPS });
        xml.raw_args(format_args!(
            r#"<w:p><w:pPr><w:pStyle w:val="WfFlush"/><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>"#
        ));
        run(xml, "", line);
        xml.raw("</w:p>");
    }
}

/// 署名 centred over 成文日期, as where a seal will be set (GB/T 9704—2012, 7.3.5.1).
fn signature(xml: &mut Xml, letter: &Letter<'_>) {
    empty_lines(xml, LINES_BEFORE_SIGNATURE);
    let organ = letter.organ.as_deref().unwrap_or_default();
    let date = letter.date.as_deref().unwrap_or(NO_DATE);
    let date_right = DATE_CHARS_FROM_RIGHT * CHAR_TWIPS;
    let organ_right = (date_right + (width(date) - width(organ)) * CHAR_TWIPS / 4).max(0);
    for (line, right, keep) in [(organ, organ_right, "<w:keepNext/>"), (date, date_right, "")] {
        xml.raw_args(format_args!(
            r#"<w:p><w:pPr><w:pStyle w:val="WfFlush"/>{keep}<w:ind w:right="{right}"/><w:jc w:val="right"/></w:pPr>"#
        ));
        run(xml, "", line);
        xml.raw("</w:p>");
    }
}

/// Width in halves of a character.
fn width(text: &str) -> i64 {
    text.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum()
}

/// One annex from a new page on.
pub fn annex(xml: &mut Xml, page: &AnnexPage<'_>) {
    paragraph(xml, "WfAnnexMark", &page.mark);
    empty_lines(xml, 1);
    title(xml, &page.title);
    empty_lines(xml, 1);
    table::annex(xml, page);
    for note in &page.notes {
        paragraph(xml, "WfCell", note);
    }
}

/// 版记 at the foot of the page: 抄送, 印发机关 and 印发日期 (GB/T 9704—2012, 7.4).
pub fn copies(xml: &mut Xml, letter: &Letter<'_>) {
    if letter.copies_to.is_empty() {
        return;
    }
    let width = twips(TYPE_WIDTH_MM);
    xml.raw_args(format_args!(
        r#"<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="0" w:tblpYSpec="bottom"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>"#
    ));
    let row = |xml: &mut Xml, properties: &str, left: &str, right: &str| {
        xml.raw_args(format_args!(
            r#"<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="WfCopies"/>{properties}</w:pPr>"#
        ));
        run(xml, "", left);
        if !right.is_empty() {
            xml.raw("<w:r><w:tab/></w:r>");
            run(xml, "", right);
        }
        xml.raw("</w:p></w:tc></w:tr>");
    };
    for names in &letter.copies_to {
        row(xml, r#"<w:ind w:left="1120" w:right="280" w:hanging="840"/>"#, names, "");
    }
    let printed = letter.date.as_deref().map(|date| format!("{date}印发")).unwrap_or_default();
    let tab = width - 600;
    let ends = format!(
        r#"<w:tabs><w:tab w:val="right" w:pos="{tab}"/></w:tabs><w:ind w:left="280" w:right="280"/>"#
    );
    row(xml, &ends, letter.organ.as_deref().unwrap_or_default(), &printed);
    xml.raw("</w:tbl>");
    paragraph(xml, "WfCell", "");
}

/// Pictures of the figures, outside the official text.
pub fn charts(xml: &mut Xml, letter: &Letter<'_>, charts: &Charts) {
    for (index, chart) in letter.charts.iter().enumerate() {
        let break_before = if index == 0 { "<w:pageBreakBefore/>" } else { "" };
        xml.raw_args(format_args!(r#"<w:p><w:pPr><w:pStyle w:val="WfCaption"/>{break_before}</w:pPr>"#));
        run(xml, "", &chart.title);
        xml.raw("</w:p>");
        charts.place(xml, index, &chart.title);
    }
}

/// The last page: notes, proof and the code to check them; `code` is the relation id of its picture.
pub fn proof(xml: &mut Xml, letter: &Letter<'_>, code: Option<&str>) {
    xml.raw(
        r#"<w:p><w:pPr><w:pStyle w:val="WfCaption"/><w:pageBreakBefore/><w:outlineLvl w:val="0"/></w:pPr>"#,
    );
    run(xml, &format!(r#"{}<w:sz w:val="32"/>"#, fonts(HEADING_FACE)), NOTE_HEADING);
    xml.raw("</w:p>");
    for note in &letter.notes {
        paragraph(xml, "WfNote", note);
    }
    table::facts(xml, &letter.facts);
    let Some(code) = code else { return };
    let side = CODE_MM * EMU_PER_MM;
    xml.raw(r#"<w:p><w:pPr><w:pStyle w:val="WfColumn"/></w:pPr><w:r><w:drawing>"#);
    xml.raw_args(format_args!(
        r#"<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/><wp:docPr id="900" name="核验二维码" descr="核验二维码"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="900" name="核验二维码"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{code}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    ));
    paragraph(xml, "WfColumn", "扫码核验原文和数据");
}
