//! Tables in WordprocessingML: fixed widths, so that thousands of rows open at once; the header is repeated on every page.

use super::body::run;
use super::xml::Xml;
use crate::letter::{AnnexPage, Fact};
use crate::sheet_of_paper::{TYPE_WIDTH_MM, twips};

/// Width of the names of facts.
const FACT_NAME_TWIPS: i64 = 2_300;

/// The table of an annex.
pub fn annex(xml: &mut Xml, page: &AnnexPage<'_>) {
    let widths = widths(page);
    begin(xml, &widths);
    let titles: Vec<&str> = page.columns.iter().map(|column| column.title).collect();
    let styles: Vec<&str> =
        page.columns.iter().map(|column| if column.numeric { "WfNumber" } else { "WfCell" }).collect();
    row(xml, "<w:cantSplit/><w:tblHeader/>", &widths, titles.iter().map(|title| ("WfColumn", *title)));
    for cells in &page.rows {
        row(xml, "<w:cantSplit/>", &widths, styles.iter().copied().zip(cells.iter().map(String::as_str)));
    }
    xml.raw("</w:tbl>");
}

/// The proof: name and value.
pub fn facts(xml: &mut Xml, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    let widths = [FACT_NAME_TWIPS, twips(TYPE_WIDTH_MM) - FACT_NAME_TWIPS];
    begin(xml, &widths);
    for fact in facts {
        row(
            xml,
            "<w:cantSplit/>",
            &widths,
            [("WfColumn", fact.name), ("WfCell", fact.value.as_str())].into_iter(),
        );
    }
    xml.raw("</w:tbl>");
}

fn widths(page: &AnnexPage<'_>) -> Vec<i64> {
    let shares: i64 = page.columns.iter().map(|column| i64::from(column.width)).sum();
    page.columns.iter().map(|column| twips(TYPE_WIDTH_MM) * i64::from(column.width) / shares.max(1)).collect()
}

fn begin(xml: &mut Xml, widths: &[i64]) {
    let total: i64 = widths.iter().sum();
    xml.raw_args(format_args!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>"#
    ));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.raw_args(format_args!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#));
    }
    xml.raw(r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#);
    for width in widths {
        xml.raw_args(format_args!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.raw("</w:tblGrid>");
}

fn row<'a>(xml: &mut Xml, properties: &str, widths: &[i64], cells: impl Iterator<Item = (&'a str, &'a str)>) {
    xml.raw("<w:tr><w:trPr>").raw(properties).raw("</w:trPr>");
    for (width, (style, text)) in widths.iter().zip(cells) {
        xml.raw_args(format_args!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#
        ));
        run(xml, "", text);
        xml.raw("</w:p></w:tc>");
    }
    xml.raw("</w:tr>");
}
