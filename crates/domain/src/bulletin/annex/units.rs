//! Annexes 1, 3, 4 and 6: lists of units.

use jiff::civil::Date;

use super::rows::{AnnexRows, UnitLine};
use super::{Drawn, columns, text};
use crate::beijing;
use crate::bulletin::edition::Value;
use crate::category::Category;
use crate::unit::{Ownership, StudyLevel};

pub fn universities(rows: &AnnexRows<'_>) -> Drawn {
    let columns =
        columns(&[("学校", 30), ("类型", 12), ("接入日期", 14), ("值班值守落实日期", 16), ("值守机构", 24)]);
    let line = |unit: &UnitLine| {
        let kind = [unit.ownership.map(Ownership::name_zh), unit.study_level.map(StudyLevel::name_zh)];
        let kind: String = kind.into_iter().flatten().collect();
        vec![
            Value::Text(unit.name.clone()),
            text(Some(&kind)),
            since(unit.connection.counts_as_connected(), unit.connected_since, "已接入"),
            since(unit.duty.counts_as_on_duty(), unit.duty_since, "已落实"),
            text(unit.organisation.as_deref()),
        ]
    };
    let lines = of_category(rows, Category::University).map(line).collect();
    (columns, lines, Vec::new())
}

pub fn teaching_point_hosts(rows: &AnnexRows<'_>) -> Drawn {
    let columns =
        columns(&[("设点单位", 40), ("校外教学点数", 16), ("是否接入", 16), ("是否有24小时值班值守", 20)]);
    let line = |unit: &UnitLine| {
        vec![
            Value::Text(unit.name.clone()),
            unit.teaching_points.map_or(Value::Absent, Value::Count),
            yes_no(unit.connection.counts_as_connected()),
            yes_no(unit.duty.counts_as_on_duty()),
        ]
    };
    let lines = of_category(rows, Category::TeachingPointHost).map(line).collect();
    (columns, lines, Vec::new())
}

/// Units not connected whose category's deadline has passed (R34); the reason is the unit's connection state unless somebody gave one.
pub fn overdue(rows: &AnnexRows<'_>) -> Drawn {
    let columns = columns(&[
        ("单位", 30),
        ("类别", 14),
        ("设区市", 12),
        ("县（市、区）", 12),
        ("完成时限", 14),
        ("逾期天数", 10),
        ("原因", 14),
    ]);
    let today = beijing::day_of(rows.as_of);
    let line = |unit: &UnitLine| {
        let milestone = rows.plan.of(unit.category)?;
        let days = u64::try_from(milestone.overdue_days(today)).ok().filter(|days| *days > 0)?;
        Some(vec![
            Value::Text(unit.name.clone()),
            Value::Text(unit.category.name_zh().to_owned()),
            text(unit.city.as_deref()),
            text(unit.county.as_deref()),
            Value::Day(milestone.due),
            Value::Count(days),
            text(Some(unit.reason.as_deref().unwrap_or(unit.connection.name_zh()))),
        ])
    };
    let late = rows.units.iter().filter(|unit| !unit.connection.counts_as_connected());
    let notes = vec!["“原因”栏没有另行填报的，为统计时点的接入状态。".to_owned()];
    (columns, late.filter_map(line).collect(), notes)
}

/// Units connected but without duty (R38); the reason is the unit's duty state unless somebody gave one.
pub fn unattended(rows: &AnnexRows<'_>) -> Drawn {
    let columns = columns(&[
        ("单位", 30),
        ("类别", 14),
        ("设区市", 12),
        ("县（市、区）", 12),
        ("接入日期", 14),
        ("原因", 18),
    ]);
    let line = |unit: &UnitLine| {
        vec![
            Value::Text(unit.name.clone()),
            Value::Text(unit.category.name_zh().to_owned()),
            text(unit.city.as_deref()),
            text(unit.county.as_deref()),
            since(true, unit.connected_since, "已接入"),
            text(Some(unit.reason.as_deref().unwrap_or(unit.duty.name_zh()))),
        ]
    };
    let without = |unit: &&UnitLine| {
        let connected = unit.connection.counts_as_connected();
        connected && !unit.duty.counts_as_on_duty() && unit.category.has_figures()
    };
    let notes = vec!["“原因”栏没有另行填报的，为统计时点的值班值守状态。".to_owned()];
    (columns, rows.units.iter().filter(without).map(line).collect(), notes)
}

fn of_category<'a>(rows: &AnnexRows<'a>, category: Category) -> impl Iterator<Item = &'a UnitLine> {
    rows.units.iter().filter(move |unit| unit.category == category)
}

/// The day since when a state holds; only that it holds where the day is not known; a dash where it does not.
fn since(holds: bool, day: Option<Date>, word: &str) -> Value {
    match (holds, day) {
        (false, _) => Value::Absent,
        (true, Some(day)) => Value::Day(day),
        (true, None) => Value::Text(word.to_owned()),
    }
}

fn yes_no(yes: bool) -> Value {
    Value::Text(if yes { "是" } else { "否" }.to_owned())
}
