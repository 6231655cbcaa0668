//! The paragraph styles of an official letter in WordprocessingML. Their ids begin with `Wf`, so that they can also be added to a
//! customer's own file without touching what it calls by other names.

use crate::sheet_of_paper::{LINES, TYPE_HEIGHT_MM, twips};

/// Width of one character of the text in twentieths of a point: 16 pt, drawn together by 0.25 pt so that 28 fit on 156 mm.
pub const CHAR_TWIPS: i64 = 315;

/// How much closer than their width characters stand.
const CLOSER_TWIPS: i64 = CHAR_TWIPS - 320;

/// Height of a line: 22 fill the type area.
pub fn line_twips() -> i64 {
    twips(TYPE_HEIGHT_MM) / i64::from(LINES)
}

/// Faces by their official names; `fontTable.xml` names what stands in.
pub const TEXT_FACE: &str = "仿宋_GB2312";
/// 小标宋.
pub const TITLE_FACE: &str = "方正小标宋_GBK";
/// 黑体.
pub const HEADING_FACE: &str = "黑体";
/// 楷体.
pub const SUBHEADING_FACE: &str = "楷体_GB2312";
/// 宋体.
pub const PAGE_NUMBER_FACE: &str = "宋体";

/// `w:rFonts` for a Chinese face; digits and Latin letters are set in Times New Roman.
pub fn fonts(face: &str) -> String {
    format!(
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{face}"/>"#
    )
}

/// One style: id, name, paragraph and character properties.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: String,
    face: &'static str,
    half_points: u32,
    character: String,
}

/// The `w:style` elements.
pub fn styles() -> String {
    all().iter().map(element).collect()
}

fn element(style: &Style) -> String {
    let Style { id, name, paragraph, face, half_points, character } = style;
    let fonts = fonts(face);
    format!(
        r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts}{character}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>"#
    )
}

#[rustfmt::skip] // a table reads better with one style a line
fn all() -> Vec<Style> {
    let line = line_twips();
    let exact =
        |twips: i64| format!(r#"<w:spacing w:before="0" w:after="0" w:line="{twips}" w:lineRule="exact"/>"#);
    let indent = format!(r#"<w:ind w:firstLine="{}"/>"#, 2 * CHAR_TWIPS);
    let closer = format!(r#"<w:spacing w:val="{CLOSER_TWIPS}"/>"#);
    let style = |id, name, paragraph: String, face, half_points, character: String| Style {
        id,
        name,
        paragraph,
        face,
        half_points,
        character,
    };
    let (text, plain) = (exact(line), String::new);
    // Only the text keeps to the grid of 22 lines; everything else has heights of its own.
    let off = r#"<w:snapToGrid w:val="0"/>"#;
    let cell = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="250" w:lineRule="atLeast"/>"#;
    vec![
        style("WfText", "公文正文", format!(r#"{text}{indent}<w:jc w:val="both"/>"#), TEXT_FACE, 32, closer.clone()),
        style("WfFlush", "公文主送机关", format!(r#"{text}<w:jc w:val="both"/>"#), TEXT_FACE, 32, closer.clone()),
        style("WfHeading", "公文一级标题", format!(r#"<w:keepNext/>{text}{indent}<w:outlineLvl w:val="0"/>"#), HEADING_FACE, 32, closer.clone()),
        style("WfSubheading", "公文二级标题", format!(r#"<w:keepNext/>{text}{indent}<w:outlineLvl w:val="1"/>"#), SUBHEADING_FACE, 32, closer.clone()),
        style("WfTitle", "公文标题", format!(r#"<w:keepNext/>{off}{}<w:jc w:val="center"/>"#, exact(700)), TITLE_FACE, 44, plain()),
        style("WfIssuer", "发文机关标志", format!(r#"{off}<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>"#), TITLE_FACE, 100, r#"<w:color w:val="FF0000"/>"#.to_owned()),
        style("WfAnnexMark", "附件标记", format!(r#"<w:keepNext/><w:pageBreakBefore/>{text}<w:outlineLvl w:val="0"/>"#), HEADING_FACE, 32, plain()),
        style("WfColumn", "附件表头", format!(r#"{cell}<w:jc w:val="center"/>"#), HEADING_FACE, 21, plain()),
        style("WfCell", "附件表格", format!(r#"{cell}<w:jc w:val="left"/>"#), TEXT_FACE, 21, plain()),
        style("WfNumber", "附件表格数字", format!(r#"{cell}<w:jc w:val="right"/>"#), TEXT_FACE, 21, plain()),
        style("WfCopies", "版记", format!(r#"{off}<w:spacing w:before="60" w:after="60" w:line="400" w:lineRule="atLeast"/>"#), TEXT_FACE, 28, plain()),
        style("WfCaption", "附图标题", format!(r#"<w:keepNext/>{off}<w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/>"#), HEADING_FACE, 28, plain()),
        style("WfNote", "数据说明", format!(r#"{off}<w:spacing w:before="0" w:after="20" w:line="330" w:lineRule="atLeast"/><w:ind w:firstLine="420"/><w:jc w:val="both"/>"#), TEXT_FACE, 21, plain()),
        style("WfPage", "公文页码", off.to_owned() + &exact(280), PAGE_NUMBER_FACE, 28, plain()),
    ]
}
