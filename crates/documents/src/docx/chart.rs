//! Charts as DrawingML: sharp at any size, and their numbers can be edited, because each carries a small workbook.

use super::xml::Xml;
use crate::chart_sheet::chart_sheet;
use crate::error::PrintError;
use crate::letter::{ChartPage, Letter};

/// English metric units in a millimetre.
pub const EMU_PER_MM: i64 = 36_000;
const WIDTH_MM: i64 = 150;
/// Height of a line chart, and what a bar chart has beside its bars.
const HEIGHT_MM: i64 = 80;
const HEIGHT_BESIDE_BARS_MM: i64 = 22;
/// Height of one bar.
const BAR_MM: i64 = 3;
const HEIGHT_MM_MAX: i64 = 210;
/// Told apart also in grey.
const COLORS: [&str; 6] = ["1F4E8C", "D1662C", "3F7F5F", "7A5AA6", "8A6D1F", "2B8A9E"];

/// The parts of all charts of a letter.
pub struct Charts(Vec<ChartPart>);

/// One chart.
pub struct ChartPart {
    /// `chartN.xml`
    pub xml: String,
    /// The workbook behind it.
    pub workbook: Vec<u8>,
    height_mm: i64,
}

impl Charts {
    /// Draws the charts.
    pub fn of(letter: &Letter<'_>) -> Result<Self, PrintError> {
        let part = |chart: &ChartPage<'_>| {
            Ok(ChartPart {
                xml: chart_xml(chart),
                workbook: chart_sheet(chart)?,
                height_mm: height_mm(chart),
            })
        };
        Ok(Self(letter.charts.iter().map(part).collect::<Result<_, PrintError>>()?))
    }

    /// In order.
    pub fn parts(&self) -> &[ChartPart] {
        &self.0
    }

    /// The paragraph that shows a chart.
    pub fn place(&self, xml: &mut Xml, index: usize, title: &str) {
        let Some(part) = self.0.get(index) else { return };
        let (wide, high, id) = (WIDTH_MM * EMU_PER_MM, part.height_mm * EMU_PER_MM, index + 1);
        xml.raw_args(format_args!(
            r#"<w:p><w:pPr><w:pStyle w:val="WfColumn"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{id}" name=""#
        ));
        xml.text(title);
        xml.raw_args(format_args!(
            r#""/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rIdChart{id}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
        ));
    }
}

fn height_mm(chart: &ChartPage<'_>) -> i64 {
    let bars = chart.labels.len() as i64 * chart.series.len() as i64;
    if chart.trend { HEIGHT_MM } else { (HEIGHT_BESIDE_BARS_MM + bars * BAR_MM).min(HEIGHT_MM_MAX) }
}

fn chart_xml(chart: &ChartPage<'_>) -> String {
    let mut xml = Xml::default();
    xml.raw(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>"#);
    if chart.trend {
        xml.raw(r#"<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>"#);
    } else {
        xml.raw(r#"<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>"#);
    }
    for (index, one) in chart.series.iter().enumerate() {
        series(&mut xml, chart, index, one.name, &one.values);
    }
    if chart.trend {
        xml.raw(r#"<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>"#);
    } else {
        xml.raw(r#"<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>"#);
    }
    // Bars are read from the top, so the first label stands there.
    let (names_at, values_at, order) = if chart.trend { ("b", "l", "minMax") } else { ("l", "b", "maxMin") };
    let small = r#"<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>"#;
    xml.raw_args(format_args!(
        r#"<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/><c:axPos val="{names_at}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{small}<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="1"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="{values_at}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D0D0D0"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0%" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{small}<c:crossAx val="1"/><c:crosses val="{crosses}"/><c:majorUnit val="0.2"/></c:valAx></c:plotArea><c:legend><c:legendPos val="t"/><c:overlay val="0"/>{small}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"#,
        crosses = if chart.trend { "autoZero" } else { "max" },
    ));
    xml.finish()
}

fn series(xml: &mut Xml, chart: &ChartPage<'_>, index: usize, name: &str, values: &[Option<f64>]) {
    let color = COLORS[index % COLORS.len()];
    let column = char::from(b'B' + (index % 24) as u8);
    let (last, format) = (chart.labels.len() + 1, &chart.number_format);
    xml.raw_args(format_args!(r#"<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>"#));
    xml.text(name).raw("</c:v></c:pt></c:strCache></c:strRef></c:tx>");
    if chart.trend {
        xml.raw_args(format_args!(r#"<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="4"/><c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr></c:marker>"#));
    } else {
        xml.raw_args(format_args!(r#"<c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="{format}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>"#));
    }
    let count = chart.labels.len();
    xml.raw_args(format_args!(
        r#"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{count}"/>"#
    ));
    for (at, label) in chart.labels.iter().enumerate() {
        xml.raw_args(format_args!(r#"<c:pt idx="{at}"><c:v>"#)).text(label).raw("</c:v></c:pt>");
    }
    xml.raw_args(format_args!(r#"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>{format}</c:formatCode><c:ptCount val="{count}"/>"#));
    for (at, value) in values.iter().take(count).enumerate() {
        if let Some(value) = value {
            xml.raw_args(format_args!(r#"<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>"#));
        }
    }
    xml.raw("</c:numCache></c:numRef></c:val>");
    xml.raw(if chart.trend { r#"<c:smooth val="0"/></c:ser>"# } else { "</c:ser>" });
}
