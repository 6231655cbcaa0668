//! 二（二）: who is connected but has no duty, by city (T8) and by category (T9); who is last (T7) or below a limit (T10).

use super::super::ParagraphKind;
use super::super::annex::AnnexKind;
use super::super::draft::{Draft, Slot, joined};
use super::super::extremes;
use super::super::facts::Facts;
use super::super::figure::{FigureKind, Origin, PrintedFigure};
use super::progress;
use crate::category::{CATEGORIES, Category};
use crate::figures::{Dimension, Measure, Place, Ratio, Table, city_regions};
use crate::register::counts::OUTSIDE_CITIES;

const ALL: Dimension = Dimension {
    category: None,
    ownership: None,
    study_level: None,
    kind_unknown: false,
    place: Place::Province,
};

/// None where nothing is connected.
pub fn heading(facts: &Facts<'_>) -> Option<&'static str> {
    let ratio = facts.ratio(Measure::Unattended, &ALL);
    let bad = ratio.numerator > 0;
    (!ratio.is_empty()).then_some(if bad {
        "值班值守落实不到位"
    } else {
        "值班值守落实情况"
    })
}

pub fn write(draft: &mut Draft, facts: &Facts<'_>) {
    let unattended = facts.ratio(Measure::Unattended, &ALL);
    by_city(draft, facts, unattended);
    if unattended.numerator > 0 {
        by_category(draft, facts, unattended.numerator);
    }
    effective(draft, facts);
    progress::last(draft, facts, Measure::Duty, &facts.settings.superlatives.duty, "");
    thresholds(draft, facts);
    draft.end(ParagraphKind::Body);
}

/// T8: in official order, those without a case included, with whoever belongs to no city (R38, R39).
fn by_city(draft: &mut Draft, facts: &Facts<'_>, unattended: Ratio) {
    draft.say("全省平台显示，在已接入全省平台的");
    let connected = facts.ratio(Measure::Connection, &ALL);
    draft.count(Slot::new("全省接入家数", Measure::Connection, ALL, connected));
    if unattended.numerator == 0 {
        draft.say("家单位中，没有未落实值班值守的单位。");
        return;
    }
    draft.say("家单位中，还有");
    draft.count(Slot::new("无值班值守单位数", Measure::Unattended, ALL, unattended));
    draft.say("家没有落实值班值守。");
    let cities = city_regions(facts.material.regions);
    let cities = cities.iter().map(|city| (city.name.as_str(), Place::City(city.id)));
    let mut first = true;
    for (name, place) in cities.chain([(OUTSIDE_CITIES, Place::OutsideCities)]) {
        // A region that has units but none connected has no case, and says so.
        if facts.ratio(Measure::Connection, &ALL.at(place)).is_empty() {
            continue;
        }
        let ratio = facts.ratio(Measure::Unattended, &ALL.at(place));
        draft.say(if first { "其中" } else { "、" });
        first = false;
        draft.name(name);
        draft.count(Slot::new(format!("{name}无值班值守单位数"), Measure::Unattended, ALL.at(place), ratio));
        draft.say("家");
    }
    draft.say("。");
}

/// T9: largest first, shares of the total, and the remainder, so that the shares end at 100 % (R40).
fn by_category(draft: &mut Draft, facts: &Facts<'_>, total: u64) {
    let count = |category: Category| facts.ratio(Measure::Unattended, &Dimension::of(category)).numerator;
    let mut ranked: Vec<_> =
        CATEGORIES.into_iter().filter(|category| category.has_figures() && count(*category) > 0).collect();
    ranked.sort_by_key(|category| std::cmp::Reverse(count(*category)));
    // Who has as many as the last one named is named too.
    let mut shown = facts.settings.categories_shown.min(ranked.len());
    while shown < ranked.len() && count(ranked[shown]) == count(ranked[shown - 1]) {
        shown += 1;
    }
    let (shown, rest) = ranked.split_at(shown);
    let slot = |kind: &str, category: Category| {
        let label = format!("{}{kind}", category.name_zh());
        let ratio = Ratio::new(count(category), total);
        Slot::new(label, Measure::Unattended, Dimension::of(category), ratio)
    };
    draft.count(Slot::new("无值班值守单位数", Measure::Unattended, ALL, Ratio::new(total, total)));
    draft.say("家无值班值守单位中，");
    let tied = shown.get(1).is_some_and(|second| count(*second) == count(shown[0]));
    let next = if tied { shown } else { &shown[1..] };
    if !tied {
        let category = shown[0];
        draft.say(&format!("占比最多的为{}，有", category.name_zh()));
        draft.count(slot("无值班值守", category));
        draft.say(&format!("{}，占总数的", category.measure_word()));
        draft.total_share(slot("占无值班总数", category));
    }
    if !next.is_empty() {
        draft.say(if tied { "由多到少为" } else { "，其次为" });
        draft.say(&joined(next.iter().map(|category| category.name_zh())));
        draft.say(if next.len() > 1 { "，分别为" } else { "，有" });
        for (index, category) in next.iter().enumerate() {
            draft.say(separator(index, next.len()));
            draft.count(slot("无值班值守", *category));
            draft.say(category.measure_word());
        }
        draft.say(if next.len() > 1 { "，分别占总数的" } else { "，占总数的" });
        for (index, category) in next.iter().enumerate() {
            draft.say(separator(index, next.len()));
            draft.total_share(slot("占无值班总数", *category));
        }
    }
    if !rest.is_empty() {
        let ratio = Ratio::new(rest.iter().map(|category| count(*category)).sum(), total);
        let slot = |label: &str| Slot::new(label, Measure::Unattended, ALL, ratio).among(rest.to_vec());
        draft.say("，其余");
        draft.count(slot("其余类别无值班值守"));
        draft.say("家，占总数的");
        draft.total_share(slot("其余类别占无值班总数"));
    }
    draft.say(&format!("{}。", facts.see(AnnexKind::Unattended)));
}

fn separator(index: usize, len: usize) -> &'static str {
    match index {
        0 => "",
        index if index + 1 == len => "和",
        _ => "、",
    }
}

/// The rate that the notice lacks, and why the two counts of duty differ (R23).
fn effective(draft: &mut Draft, facts: &Facts<'_>) {
    let effective = facts.ratio(Measure::EffectiveDuty, &ALL);
    let slot = |label: &str| Slot::new(label, Measure::EffectiveDuty, ALL, effective);
    draft.say("已接入单位中有24小时值班值守的");
    draft.count(slot("已接入且值守有效单位数"));
    draft.say("家，值守有效率为");
    draft.percent(slot("全省值守有效率"));
    let duty = facts.ratio(Measure::Duty, &ALL);
    let early = duty.numerator.saturating_sub(effective.numerator);
    if early > 0 {
        draft.say("；另有");
        let ratio = Ratio::new(early, duty.denominator);
        draft.count(
            Slot::new("未接入但有值班值守单位数", Measure::Duty, ALL, ratio).minus(Measure::EffectiveDuty),
        );
        draft.say("家尚未接入省平台的单位有24小时值班值守");
    }
    draft.say("。");
}

/// T10: the complete list of those below a limit (R42).
fn thresholds(draft: &mut Draft, facts: &Facts<'_>) {
    for threshold in &facts.settings.thresholds {
        let table = Table::of(&facts.figures, facts.material.regions, threshold.measure);
        let Some(row) = table.row(threshold.category) else { continue };
        let limit = Ratio::new(u64::from(threshold.below_percent), 100);
        let entries = extremes::entries(row);
        let below = extremes::below(&entries, limit);
        if below.is_empty() {
            continue;
        }
        let rate = if threshold.measure == Measure::Connection { "接入率" } else { "值班值守比例" };
        draft.names(below.iter().map(|entry| entry.name));
        draft.say(&format!("的{}{rate}", threshold.category.name_zh()));
        draft.say(if below.len() > 1 { "均低于" } else { "低于" });
        let text = facts.settings.percent_format().percent(limit).unwrap_or_default();
        let figure = draft.other("列名界限", text, FigureKind::Percent, Origin::Setting);
        draft.print(PrintedFigure {
            measure: Some(threshold.measure),
            category: Some(threshold.category),
            numerator: limit.numerator,
            denominator: Some(limit.denominator),
            ..figure
        });
        draft.say("%。");
    }
}
