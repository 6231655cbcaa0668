//! 数据说明: as-of time, definitions, rounding and what has no units, so that nobody has to guess what a figure means (R5, R13, R25).

use jiff::Timestamp;
use jiff::tz::Offset;

use super::draft::Draft;
use super::{Material, ParagraphKind};
use crate::figures::{Figures, Measure, NO_UNIT, Table};

/// Beijing time.
const BEIJING: Offset = Offset::constant(8);

pub fn write(draft: &mut Draft, figures: &Figures<'_>, material: &Material<'_>) {
    let mut points = vec![
        format!("统计时点为{}（北京时间）", in_beijing(material.as_of)),
        Measure::Connection.definition_zh().to_owned(),
        Measure::Duty.definition_zh().to_owned(),
        "各类高校的比例均以全部高校为分母".to_owned(),
        "百分比由单位数直接计算，保留一位小数，四舍五入，小数末位为0的省略；地区按比例从高到低排列，比例完全相同的按行政区顺序排列"
            .to_owned(),
    ];
    if let Some(absent) = absent(figures, material) {
        points.push(absent);
    }
    if material.synthetic {
        points.push("本文数据来自合成的示范底册，不是真实统计".to_owned());
    }
    draft.whole(ParagraphKind::Note, &format!("数据说明：{}。", points.join("；")));
}

/// Which regions have no unit at all, and which none of a category: they are missing from the lists for that reason only (R70).
fn absent(figures: &Figures<'_>, material: &Material<'_>) -> Option<String> {
    let table = Table::of(figures, material.regions, Measure::Connection);
    let empty: Vec<_> = table.by_city_total.iter().filter(|city| city.ratio.is_empty()).collect();
    let mut phrases: Vec<String> = Vec::new();
    if !empty.is_empty() {
        let names: Vec<_> = empty.iter().map(|city| city.name.as_str()).collect();
        phrases.push(format!("{}没有应接入单位", names.join("、")));
    }
    for row in table.rows.iter().filter(|row| row.category.by_city()) {
        let names: Vec<_> = row
            .cities
            .iter()
            .filter(|city| {
                city.ratio.is_empty() && !empty.iter().any(|none| none.region_id == city.region_id)
            })
            .map(|city| city.name.as_str())
            .collect();
        if !names.is_empty() && !row.total.is_empty() {
            phrases.push(format!("{}没有{}", names.join("、"), row.category.name_zh()));
        }
    }
    (!phrases.is_empty()).then(|| format!("{}，表中以“{NO_UNIT}”表示", phrases.join("，")))
}

fn in_beijing(time: Timestamp) -> String {
    let local = BEIJING.to_datetime(time);
    format!("{}年{}月{}日{:02}:{:02}", local.year(), local.month(), local.day(), local.hour(), local.minute())
}
