//! 数据说明: as-of time, definitions, provenance, rounding and what has no units, so that nobody has to guess what a figure means
//! (R5, R13, R25, R37).

use super::ParagraphKind;
use super::draft::{Draft, joined};
use super::facts::Facts;
use super::figure::{FigureKind, Origin, PrintedFigure, Which};
use super::material::ProvenanceCounts;
use crate::beijing;
use crate::category::Category;
use crate::figures::{Dimension, Measure, NO_UNIT, Table};
use crate::unit::Provenance;

/// What counts as an alarm not handled in time (§3.6 of the domain notes).
const LATE_DEFINITION: &str = "未及时处理＝接警、核实、到场、处置任一环节超过规定时限，每条告警只计一次";

pub fn write(draft: &mut Draft, facts: &Facts<'_>) {
    draft.whole(ParagraphKind::Note, "数据说明");
    let mut points = Points { draft, number: 0 };
    points.add(|draft| as_of(draft, facts));
    for measure in Measure::ALL {
        points.add(|draft| draft.say(measure.definition_zh()));
    }
    points.add(|draft| draft.say("各类高校的比例均以全部高校为分母"));
    points.add(|draft| draft.say(&rounding(facts)));
    if facts.material.compared.is_some() {
        points.add(|draft| compared(draft, facts));
    }
    for measure in Measure::SECTION_ONE {
        points.add(|draft| provenance(draft, facts, measure));
    }
    for words in
        [deadlines(facts), Some(alarms(facts)), absent(facts), synthetic(facts)].into_iter().flatten()
    {
        points.add(|draft| draft.say(&words));
    }
}

/// The numbered points.
struct Points<'d> {
    draft: &'d mut Draft,
    number: usize,
}

impl Points<'_> {
    fn add(&mut self, point: impl FnOnce(&mut Draft)) {
        self.number += 1;
        self.draft.say(&format!("{}.", self.number));
        point(self.draft);
        self.draft.say("。");
        self.draft.end(ParagraphKind::Note);
    }
}

fn as_of(draft: &mut Draft, facts: &Facts<'_>) {
    draft.say("统计时点为");
    let moment = beijing::say_moment(facts.material.as_of);
    draft.day("统计时点", moment, Origin::AsOf(Which::Own));
    draft.say("（北京时间）");
    let Some(version) = facts.material.register_version else {
        draft.say("；应接入底册未标注核定版本，以统计时点登记的单位为准");
        return;
    };
    draft.say("；应接入底册为第");
    draft.number("应接入底册版本", u64::from(version), Origin::RegisterVersion);
    draft.say("版");
}

fn rounding(facts: &Facts<'_>) -> String {
    let places = match facts.settings.decimals {
        0 => "取整数",
        1 => "保留一位小数",
        _ => "保留两位小数",
    };
    let zeros = match (facts.settings.decimals, facts.settings.keep_zeros) {
        (0, _) | (_, true) => "",
        _ => "，小数末位为0的省略",
    };
    format!(
        "百分比由单位数直接计算，{places}，四舍五入{zeros}，因此各部分百分比之和可能与合计略有出入；地区按比例从高到低排列，\
         比例完全相同的按行政区顺序排列"
    )
}

fn compared(draft: &mut Draft, facts: &Facts<'_>) {
    if let Some(compared) = facts.material.compared {
        draft.say(if compared.published {
            "上次通报的统计时点为"
        } else {
            "对比的统计时点为"
        });
        let moment = beijing::say_moment(compared.as_of);
        draft.day("对比统计时点", moment, Origin::AsOf(Which::Compared));
        draft.say("，变化由两个时点各自的单位数直接计算");
    }
}

/// R37: who says that a unit is connected or on duty.
fn provenance(draft: &mut Draft, facts: &Facts<'_>, measure: Measure) {
    let stem = if measure == Measure::Connection { "接入" } else { "值班值守" };
    let Some(counts) = facts.material.provenance.iter().find(|counts| counts.measure == measure) else {
        draft.say(&format!("{stem}状态未统计来源"));
        return;
    };
    let all = facts.of_every_category(measure);
    let others = all > facts.ratio(measure, &Dimension::default()).numerator;
    let others = if others { "（含不列入合计的类别）" } else { "" };
    draft.say(&format!("{stem}状态的来源{others}："));
    for (index, provenance) in Provenance::ALL.into_iter().enumerate() {
        draft.say(if index == 0 { "" } else { "、" });
        draft.say(provenance.name_zh());
        let number = counts.of(provenance);
        let label = format!("{stem}状态{}", provenance.name_zh());
        let origin = Origin::Provenance(provenance);
        let figure = draft.other(label, number.to_string(), FigureKind::Count, origin);
        draft.print(PrintedFigure { measure: Some(measure), numerator: number, ..figure });
        draft.say("家");
    }
    if all > counts.sum() {
        draft.say("，其余没有来源记录");
    }
}

impl ProvenanceCounts {
    /// Units with a provenance of any kind.
    pub(super) fn sum(&self) -> u64 {
        self.observed + self.reported + self.confirmed
    }
}

/// Deadlines without units, and units without a deadline (R31, R35).
fn deadlines(facts: &Facts<'_>) -> Option<String> {
    let milestones = facts.milestones();
    if milestones.is_empty() {
        return None;
    }
    let mut phrases = vec!["未接入率以类别为单位，类别名称与接入率相同".to_owned()];
    let none: Vec<_> =
        milestones.iter().filter(|one| one.units == 0).map(|one| one.milestone.category.name_zh()).collect();
    if !none.is_empty() {
        phrases.push(format!("{}有完成时限，但应接入底册中没有单位，不列比例", joined(none)));
    }
    let without = |category: &Category| {
        facts.material.plan.of(*category).is_none()
            && !facts.ratio(Measure::Connection, &Dimension::of(*category)).is_empty()
    };
    let without: Vec<_> =
        crate::category::CATEGORIES.into_iter().filter(without).map(Category::name_zh).collect();
    if !without.is_empty() {
        phrases.push(format!("{}没有规定完成时限，不列为逾期", joined(without)));
    }
    Some(phrases.join("；"))
}

fn alarms(facts: &Facts<'_>) -> String {
    match facts.material.alarms {
        Some(_) => LATE_DEFINITION.to_owned(),
        None => "本次统计不含风险告警，正文不作通报".to_owned(),
    }
}

/// Which regions have no unit at all, and which none of a category: they are missing from the lists for that reason only (R70).
fn absent(facts: &Facts<'_>) -> Option<String> {
    let table = Table::of(&facts.figures, facts.material.regions, Measure::Connection);
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

fn synthetic(facts: &Facts<'_>) -> Option<String> {
    facts.material.synthetic.then(|| "本文数据来自合成的示范底册，不是真实统计".to_owned())
}
