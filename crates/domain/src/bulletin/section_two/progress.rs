//! 二（一）: who has missed a deadline (T6), and who is last (T7).

use super::super::ParagraphKind;
use super::super::annex::AnnexKind;
use super::super::draft::{Draft, Slot, joined};
use super::super::extremes::{self, Entry};
use super::super::facts::Facts;
use super::super::figure::{FigureKind, Origin, PrintedFigure};
use crate::beijing;
use crate::category::{CATEGORIES, Category};
use crate::figures::{Dimension, Measure, Ratio, Table};
use crate::plan::Overdue;

/// None where the plan has no deadline.
pub fn heading(facts: &Facts<'_>) -> Option<&'static str> {
    let milestones = facts.milestones();
    let late = milestones.iter().any(Overdue::is_late);
    (!milestones.is_empty()).then_some(if late {
        "建设进度未达到预期目标"
    } else {
        "建设时限执行情况"
    })
}

pub fn write(draft: &mut Draft, facts: &Facts<'_>) {
    let milestones = facts.milestones();
    deadlines(draft, facts, &milestones);
    unfinished(draft, facts, &milestones);
    let passed = |category: &Category| {
        let milestone = milestones.iter().find(|one| one.milestone.category == *category);
        milestone.is_none_or(|one| one.overdue_days > 0)
    };
    let categories: Vec<_> = facts.settings.superlatives.connection.iter().copied().filter(passed).collect();
    let opening = if milestones.iter().any(Overdue::is_late) { "其中，" } else { "" };
    last(draft, facts, Measure::Connection, &categories, opening);
    time_left(draft, facts, &milestones);
    draft.end(ParagraphKind::Body);
}

/// What the plan demands: document by document, day by day.
fn deadlines(draft: &mut Draft, facts: &Facts<'_>, milestones: &[Overdue<'_>]) {
    let mut sorted: Vec<_> = milestones.iter().map(|one| one.milestone).collect();
    sorted.sort_by(|a, b| (&a.document, a.due).cmp(&(&b.document, b.due)));
    for document in sorted.chunk_by(|a, b| a.document == b.document) {
        draft.say(&format!("根据《{}》，", document[0].document));
        for (index, day) in document.chunk_by(|a, b| a.due == b.due).enumerate() {
            draft.say(if index == 0 { "" } else { "；" });
            due_day(draft, facts, day[0].category);
            let categories = joined(day.iter().map(|one| one.category.name_zh()));
            draft.say(&format!("前，{categories}要完成建设并接入省平台"));
        }
        draft.say("。");
    }
}

fn due_day(draft: &mut Draft, facts: &Facts<'_>, category: Category) {
    if let Some(milestone) = facts.material.plan.of(category) {
        let text = beijing::say_day(milestone.due, beijing::day_of(facts.material.as_of));
        let figure = draft.other("完成时限", text, FigureKind::Day, Origin::Plan);
        draft.print(PrintedFigure { category: Some(category), ..figure });
    }
}

/// T6: the complement of the connection rate, under the name of the category whose rate it is (R35). Only categories whose deadline
/// has passed.
fn unfinished(draft: &mut Draft, facts: &Facts<'_>, milestones: &[Overdue<'_>]) {
    let of = |category: Category| milestones.iter().find(|one| one.milestone.category == category);
    let passed = |one: &&Overdue<'_>| one.overdue_days > 0 && one.units > 0;
    let passed: Vec<_> = CATEGORIES.into_iter().filter_map(of).filter(passed).collect();
    let (late, done): (Vec<&Overdue<'_>>, Vec<_>) = passed.into_iter().partition(|one| one.is_late());
    if !late.is_empty() {
        draft.say("但截至");
        facts.as_of_day(draft);
        draft.say("，全省还有");
        for (index, one) in late.iter().enumerate() {
            let separator = if index == 0 {
                ""
            } else if index + 1 == late.len() {
                "和"
            } else {
                "、"
            };
            draft.say(separator);
            let category = one.milestone.category;
            let ratio = Ratio::new(one.not_connected, one.units);
            let label = format!("{}未接入率", category.name_zh());
            draft.percent(Slot::new(label, Measure::NotConnected, Dimension::of(category), ratio));
            draft.say(&format!("的{}", category.name_zh()));
        }
        draft.say("未接入省平台，合计");
        let sum = |of: fn(&Overdue<'_>) -> u64| late.iter().map(|one| of(one)).sum();
        let ratio = Ratio::new(sum(|one| one.not_connected), sum(|one| one.units));
        let slot = Slot::new("逾期未接入单位数", Measure::NotConnected, Dimension::default(), ratio);
        draft.count(slot.among(late.iter().map(|one| one.milestone.category).collect()));
        draft.say(&format!("家{}。", facts.see(AnnexKind::Overdue)));
    }
    if !done.is_empty() {
        draft.say(&joined(done.iter().map(|one| one.milestone.category.name_zh())));
        draft.say("已全部接入省平台。");
    }
}

/// Days beyond each deadline, or left until it (R34); deadlines without units are left to the note.
fn time_left(draft: &mut Draft, facts: &Facts<'_>, milestones: &[Overdue<'_>]) {
    let mut counted: Vec<_> = milestones.iter().filter(|one| one.units > 0).collect();
    counted.sort_by_key(|one| one.milestone.due);
    let days: Vec<_> = counted.chunk_by(|a, b| a.milestone.due == b.milestone.due).collect();
    for (index, group) in days.iter().enumerate() {
        let one = group.iter().find(|one| one.is_late()).unwrap_or(&group[0]);
        due_day(draft, facts, one.milestone.category);
        match one.overdue_days {
            0 => draft.say("的时限当日到期"),
            days if days > 0 && !one.is_late() => draft.say("的时限内任务已完成"),
            days => {
                draft.say(if days > 0 { "的时限已逾期" } else { "的时限尚余" });
                let text = days.unsigned_abs().to_string();
                let figure = draft.other("时限天数", text, FigureKind::Days, Origin::Plan);
                let numerator = days.unsigned_abs();
                draft.print(PrintedFigure { category: Some(one.milestone.category), numerator, ..figure });
                draft.say("天");
            }
        }
        draft.say(if index + 1 == days.len() { "。" } else { "，" });
    }
}

/// T7: who is at 0, and who is last of those above it. Everybody who shares the place is named.
pub fn last(draft: &mut Draft, facts: &Facts<'_>, measure: Measure, categories: &[Category], opening: &str) {
    let table = Table::of(&facts.figures, facts.material.regions, measure);
    let rate = if measure == Measure::Connection { "接入率" } else { "值班值守比例" };
    let rows: Vec<_> = categories.iter().filter_map(|category| table.row(*category)).collect();
    let mut phrases = 0;
    let mut begin = |draft: &mut Draft| {
        draft.say(if phrases == 0 { opening } else { "，" });
        phrases += 1;
    };
    for row in &rows {
        let entries = extremes::entries(row);
        let zero = extremes::zero(&entries);
        let Some(first) = zero.first() else { continue };
        begin(draft);
        draft.say(&joined(zero.iter().map(|entry| entry.name)));
        draft.say(&format!("{}{rate}{}为", row.category.name_zh(), if zero.len() > 1 { "均" } else { "" }));
        let dimension = Dimension::of(row.category).at(first.place);
        let label = format!("{}{}{}率", first.name, row.category.name_zh(), measure.stem_zh());
        draft.percent(Slot::new(label, measure, dimension, first.ratio));
    }
    let lowest: Vec<(Vec<Entry<'_>>, &str)> = rows
        .iter()
        .map(|row| (extremes::lowest(&extremes::entries(row)), row.category.name_zh()))
        .filter(|(last, _)| !last.is_empty())
        .collect();
    let same = |a: &(Vec<Entry<'_>>, &str), b: &(Vec<Entry<'_>>, &str)| {
        a.0.iter().map(|entry| entry.place).eq(b.0.iter().map(|entry| entry.place))
    };
    for group in lowest.chunk_by(same) {
        begin(draft);
        let last = &group[0].0;
        draft.say(&joined(last.iter().map(|entry| entry.name)));
        draft.say(&joined(group.iter().map(|(_, category)| *category)));
        draft.say(&format!("{rate}{}全省最低", if last.len() > 1 { "并列" } else { "" }));
    }
    if phrases > 0 {
        draft.say("。");
    }
}
