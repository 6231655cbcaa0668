//! The lead and section 一: templates T1 to T5.

use super::draft::{Draft, Slot};
use super::{BulletinError, Material, ParagraphKind, Settings};
use crate::category::Category;
use crate::figures::{Dimension, Figures, Measure, Place, Ratio, Table, TableRow};
use crate::register::counts::OUTSIDE_CITIES;
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

/// T1. Only what the rows show: praise and blame are for the office to add.
pub fn lead(draft: &mut Draft, figures: &Figures<'_>) {
    let all = Dimension::default();
    let ratio = figures.ratio(Measure::Connection, &all);
    let slot =
        |label: &str| Slot { label: label.to_owned(), measure: Measure::Connection, dimension: &all, ratio };
    let [first @ .., last] = LEAD_ORDER.map(Category::name_zh);
    draft.say(&format!("截至目前，全省平台共接入{}和{last}共", first.join("、")));
    draft.count(slot("全省接入家数"));
    draft.say("家");
    if !ratio.is_empty() {
        draft.say("，接入率为");
        draft.percent(slot("全省接入率"));
    }
    draft.say("。现将有关情况通报如下：");
    draft.end(ParagraphKind::Body);
}

/// The numbered paragraphs of one measure.
pub fn paragraphs(
    draft: &mut Draft,
    figures: &Figures<'_>,
    material: &Material<'_>,
    settings: &Settings,
    measure: Measure,
) -> Result<(), BulletinError> {
    let table = Table::of(figures, material.regions, measure);
    for (index, row) in table.rows.iter().enumerate() {
        draft.say(&format!("{}.全省{}", index + 1, row.category.name_zh()));
        if row.total.is_empty() {
            draft.say("无应接入单位。");
        } else {
            opening(draft, row.category, measure, row.total);
            match row.category {
                Category::University => by_kind(draft, figures, measure, row.total),
                category if category.by_city() => by_city(draft, row, measure),
                category => by_name(draft, material, settings, category, measure, row.total)?,
            }
        }
        draft.end(ParagraphKind::Body);
    }
    Ok(())
}

/// T2, T5: how many, and the rate.
fn opening(draft: &mut Draft, category: Category, measure: Measure, ratio: Ratio) {
    let dimension = Dimension::of(category);
    let (name, word, stem) = (category.name_zh(), category.measure_word(), measure.stem_zh());
    let slot =
        |kind: &str| Slot { label: format!("{name}{stem}{kind}"), measure, dimension: &dimension, ratio };
    let (before, rate) = match measure {
        Measure::Connection => ("接入", "接入率"),
        _ => ("有24小时值班值守的共", "比例"),
    };
    draft.say(before);
    draft.count(slot("数"));
    draft.say(&format!("{word}，{rate}为"));
    draft.percent(slot("率"));
    draft.say("。");
}

/// T3: shares of all universities, and that they are that.
fn by_kind(draft: &mut Draft, figures: &Figures<'_>, measure: Measure, all: Ratio) {
    let university = Dimension::of(Category::University);
    let mut named = 0;
    for (index, (ownership, study_level)) in UNIVERSITY_KINDS.into_iter().enumerate() {
        let dimension = university.kind(ownership, study_level);
        let numerator = figures.ratio(measure, &dimension).numerator;
        named += numerator;
        let kind = format!("{}{}", ownership.name_zh(), study_level.name_zh());
        draft.say(if index == 0 { "其中" } else { "、" });
        draft.say(&format!("{kind}院校"));
        draft.percent(Slot {
            label: format!("高校·{kind}{}占全部高校", measure.stem_zh()),
            measure,
            dimension: &dimension,
            ratio: Ratio::new(numerator, all.denominator),
        });
    }
    // Universities whose kind the register does not know must not vanish from the sum.
    let rest = all.numerator.saturating_sub(named);
    if rest > 0 {
        draft.say("、其他");
        draft.percent(Slot {
            label: format!("高校·其他{}占全部高校", measure.stem_zh()),
            measure,
            dimension: &university,
            ratio: Ratio::new(rest, all.denominator),
        });
    }
    draft.say("（占全部高校）。");
}

/// The list of T2: best first, regions without such units left to the note, units outside the cities as the last entry.
fn by_city(draft: &mut Draft, row: &TableRow, measure: Measure) {
    let cities =
        row.ranked().into_iter().map(|city| (city.name.as_str(), Place::City(city.region_id), city.ratio));
    let outside = Some((OUTSIDE_CITIES, Place::OutsideCities, row.outside_cities));
    let outside = outside.filter(|(_, _, ratio)| !ratio.is_empty());
    for (index, (name, place, ratio)) in cities.chain(outside).enumerate() {
        draft.say(if index == 0 { "其中，" } else { "、" });
        draft.say(name);
        let label = format!("{name}{}{}率", row.category.name_zh(), measure.stem_zh());
        draft.percent(Slot { label, measure, dimension: &Dimension::of(row.category).at(place), ratio });
    }
    draft.say("。");
}

/// T4: who they are.
fn by_name(
    draft: &mut Draft,
    material: &Material<'_>,
    settings: &Settings,
    category: Category,
    measure: Measure,
    ratio: Ratio,
) -> Result<(), BulletinError> {
    let list = material.names.iter().find(|list| list.category == category && list.measure == measure);
    let names = list.map_or(&[][..], |list| &list.names);
    if names.len() as u64 != ratio.numerator {
        let units = ratio.numerator;
        return Err(BulletinError::NameCount { category, measure, units, names: names.len() });
    }
    if names.is_empty() {
        return Ok(());
    }
    let shown = match measure {
        _ if names.len() <= settings.names_all_max => names.len(),
        Measure::Connection => settings.names_shown_connection.min(names.len()),
        _ => settings.names_shown_duty.min(names.len()),
    };
    draft.say(&format!("分别为：{}", names[..shown].join("、")));
    if shown < names.len() {
        draft.say(&format!("等（详见附件{}）", settings.names_annex));
    }
    draft.say("。");
    Ok(())
}
