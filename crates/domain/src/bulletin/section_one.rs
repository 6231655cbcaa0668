//! The lead and section 一: templates T1 to T5.

use super::annex::AnnexKind;
use super::draft::{Draft, Slot, joined};
use super::extremes;
use super::facts::Facts;
use super::settings::AdditionPlace;
use super::{BulletinError, ParagraphKind};
use crate::category::Category;
use crate::figures::{Dimension, Measure, Ratio, Table, TableRow};
use crate::unit::{Ownership, StudyLevel};

/// The categories in the order in which the lead lists them.
const LEAD_ORDER: [Category; 7] = [
    Category::University,
    Category::SecondaryVocational,
    Category::Kindergarten,
    Category::BoardingSchool,
    Category::TrainingInstitution,
    Category::TeachingPointHost,
    Category::AdvancedStudyCollege,
];

/// Kinds of universities in the order of the bulletin (R13).
const UNIVERSITY_KINDS: [(Ownership, StudyLevel); 4] = [
    (Ownership::Public, StudyLevel::Undergraduate),
    (Ownership::Private, StudyLevel::Undergraduate),
    (Ownership::Public, StudyLevel::Vocational),
    (Ownership::Private, StudyLevel::Vocational),
];

pub fn write(draft: &mut Draft, facts: &Facts<'_>) -> Result<(), BulletinError> {
    lead(draft, facts);
    draft.whole(ParagraphKind::Heading, "一、建设进度情况");
    for (measure, heading, addition) in [
        (Measure::Connection, "（一）平台接入情况", AdditionPlace::Connection),
        (Measure::Duty, "（二）24小时值班值守情况", AdditionPlace::Duty),
    ] {
        draft.whole(ParagraphKind::Subheading, heading);
        paragraphs(draft, facts, measure)?;
        if measure == Measure::Duty {
            where_to_look(draft, facts);
        }
        facts.additions(draft, addition);
    }
    Ok(())
}

/// T1. Only what the rows show: praise and blame are for the office to add.
fn lead(draft: &mut Draft, facts: &Facts<'_>) {
    let all = Dimension::default();
    let ratio = facts.ratio(Measure::Connection, &all);
    let slot = |label: &str| Slot::new(label, Measure::Connection, all, ratio);
    draft.say(&format!("截至目前，全省平台共接入{}共", joined(LEAD_ORDER.map(Category::name_zh))));
    draft.count(slot("全省接入家数"));
    draft.say("家");
    if !ratio.is_empty() {
        draft.say("，接入率为");
        draft.percent(slot("全省接入率"));
        facts.change(draft, "全省接入率", Measure::Connection, all);
    }
    draft.say("。");
    for addition in facts.settings.additions.iter().filter(|one| one.place == AdditionPlace::Lead) {
        draft.free(&addition.text);
    }
    draft.say("现将有关情况通报如下：");
    draft.end(ParagraphKind::Body);
}

/// The numbered paragraphs of one measure.
fn paragraphs(draft: &mut Draft, facts: &Facts<'_>, measure: Measure) -> Result<(), BulletinError> {
    let table = Table::of(&facts.figures, facts.material.regions, measure);
    for (index, row) in table.rows.iter().enumerate() {
        draft.say(&format!("{}.全省{}", index + 1, row.category.name_zh()));
        if row.total.is_empty() {
            draft.say("无应接入单位。");
        } else {
            opening(draft, facts, row.category, measure, row.total);
            match row.category {
                Category::University => by_kind(draft, facts, measure, row.total),
                category if category.by_city() => by_city(draft, facts, row, measure),
                category => by_name(draft, facts, category, measure, row.total)?,
            }
        }
        draft.end(ParagraphKind::Body);
    }
    Ok(())
}

/// T2, T5: how many, and the rate.
fn opening(draft: &mut Draft, facts: &Facts<'_>, category: Category, measure: Measure, ratio: Ratio) {
    let dimension = Dimension::of(category);
    let (name, word, stem) = (category.name_zh(), category.measure_word(), measure.stem_zh());
    let slot = |kind: &str| Slot::new(format!("{name}{stem}{kind}"), measure, dimension, ratio);
    let (before, rate) = match measure {
        Measure::Connection => ("接入", "接入率"),
        _ => ("有24小时值班值守的共", "比例"),
    };
    draft.say(before);
    draft.count(slot("数"));
    draft.say(&format!("{word}，{rate}为"));
    draft.percent(slot("率"));
    facts.change(draft, &format!("{name}{stem}率"), measure, dimension);
    draft.say("。");
}

/// T3: shares of all universities, and that they are that.
fn by_kind(draft: &mut Draft, facts: &Facts<'_>, measure: Measure, all: Ratio) {
    let university = Dimension::of(Category::University);
    let share = |draft: &mut Draft, kind: &str, dimension: Dimension| {
        let numerator = facts.ratio(measure, &dimension).numerator;
        let label = format!("高校·{kind}{}占全部高校", measure.stem_zh());
        let ratio = Ratio::new(numerator, all.denominator);
        draft.kind_share(Slot::new(label, measure, dimension, ratio));
    };
    for (index, (ownership, study_level)) in UNIVERSITY_KINDS.into_iter().enumerate() {
        let kind = format!("{}{}", ownership.name_zh(), study_level.name_zh());
        draft.say(if index == 0 { "其中" } else { "、" });
        draft.say(&format!("{kind}院校"));
        share(draft, &kind, university.kind(ownership, study_level));
    }
    // Universities whose kind the register does not know must not vanish from the sum.
    let unknown = university.of_unknown_kind();
    if facts.ratio(measure, &unknown).numerator > 0 {
        draft.say("、其他");
        share(draft, "其他", unknown);
    }
    draft.say("（占全部高校）。");
}

/// The list of T2: best first, regions without such units left to the note, units outside the cities as the last entry.
fn by_city(draft: &mut Draft, facts: &Facts<'_>, row: &TableRow, measure: Measure) {
    let entries = extremes::entries(row);
    for (index, entry) in entries.iter().enumerate() {
        draft.say(if index == 0 { "其中，" } else { "、" });
        draft.name(entry.name);
        let label = format!("{}{}{}率", entry.name, row.category.name_zh(), measure.stem_zh());
        draft.percent(Slot::new(label, measure, Dimension::of(row.category).at(entry.place), entry.ratio));
    }
    draft.say("。");
    let first = extremes::highest(&entries);
    if facts.settings.superlatives.highest && !first.is_empty() {
        draft.say(&joined(first.iter().map(|entry| entry.name)));
        draft.say(if first.len() > 1 { "并列全省最高。" } else { "全省最高。" });
    }
}

/// T4: who they are.
fn by_name(
    draft: &mut Draft,
    facts: &Facts<'_>,
    category: Category,
    measure: Measure,
    ratio: Ratio,
) -> Result<(), BulletinError> {
    let lists = facts.material.names;
    let list = lists.iter().find(|list| list.category == category && list.measure == measure);
    let names = list.map_or(&[][..], |list| &list.names);
    if names.len() as u64 != ratio.numerator {
        let units = ratio.numerator;
        return Err(BulletinError::NameCount { category, measure, units, names: names.len() });
    }
    if names.is_empty() {
        return Ok(());
    }
    let settings = facts.settings;
    // A list may be cut short only where the annex has the rest.
    let see = match category {
        Category::TeachingPointHost => facts.see(AnnexKind::TeachingPointHosts),
        _ => String::new(),
    };
    let shown = match measure {
        _ if names.len() <= settings.names_all_max || see.is_empty() => names.len(),
        Measure::Connection => settings.names_shown_connection.min(names.len()),
        _ => settings.names_shown_duty.min(names.len()),
    };
    draft.say("分别为：");
    draft.names(names[..shown].iter().map(String::as_str));
    if shown < names.len() {
        draft.say("等");
    }
    draft.say(&see);
    draft.say("。");
    Ok(())
}

/// Cites the annexes that no sentence has cited yet.
fn where_to_look(draft: &mut Draft, facts: &Facts<'_>) {
    let hosts = Dimension::of(Category::TeachingPointHost);
    let named = Measure::SECTION_ONE.iter().any(|measure| facts.ratio(*measure, &hosts).numerator > 0);
    let phrases: Vec<_> = [
        ("各高校情况", AnnexKind::Universities, true),
        ("各设区市和县（市、区）情况", AnnexKind::ByRegion, true),
        ("各校外教学点设点单位情况", AnnexKind::TeachingPointHosts, !named),
        ("第三方值班值守机构情况", AnnexKind::Organisations, true),
    ]
    .into_iter()
    .filter(|(_, _, wanted)| *wanted)
    .filter_map(|(what, annex, _)| Some((what, facts.material.annexes.number(annex)?)))
    .map(|(what, number)| format!("{what}详见附件{number}"))
    .collect();
    if !phrases.is_empty() {
        draft.whole(ParagraphKind::Body, &format!("{}。", phrases.join("，")));
    }
}
