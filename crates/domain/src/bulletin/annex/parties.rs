//! Annexes 5 and 7: organisations, and alarms not handled in time.

use super::rows::{AlarmLine, AnnexRows, OrganisationLine};
use super::{Drawn, columns, text};
use crate::beijing;
use crate::bulletin::edition::Value;

pub fn organisations(rows: &AnnexRows<'_>) -> Drawn {
    let columns = columns(&[
        ("机构", 28),
        ("县（市、区）", 12),
        ("值班场所", 8),
        ("在册人员", 8),
        ("服务单位", 8),
        ("值守覆盖率", 10),
        ("查岗按时率", 10),
        ("评分", 8),
    ]);
    let line = |one: &OrganisationLine| {
        vec![
            Value::Text(one.name.clone()),
            text(one.county.as_deref()),
            Value::Count(one.premises),
            Value::Count(one.staff),
            Value::Count(one.units),
            Value::Rate(one.coverage),
            Value::Rate(one.roll_calls),
            one.score.map_or(Value::Absent, Value::Count),
        ]
    };
    (columns, rows.organisations.iter().map(line).collect(), Vec::new())
}

pub fn alarms(rows: &AnnexRows<'_>) -> Drawn {
    let columns = columns(&[
        ("责任单位（机构）", 30),
        ("告警类型", 14),
        ("级别", 8),
        ("发生时间", 20),
        ("超时（分钟）", 12),
        ("通报次数", 10),
    ]);
    let line = |one: &AlarmLine| {
        vec![
            Value::Text(one.party.clone()),
            Value::Text(one.kind.clone()),
            Value::Count(u64::from(one.level)),
            Value::Text(beijing::say_moment(one.occurred_at)),
            Value::Count(one.overdue_minutes),
            Value::Count(one.notices),
        ]
    };
    (columns, rows.alarms.iter().map(line).collect(), Vec::new())
}
