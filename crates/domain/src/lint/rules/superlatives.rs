//! L11: 最高, 垫底, 第二, 后两位 agree with the lists they speak of.

use crate::lint::list::{Item, List};
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;
use crate::lint::regions::RegionId;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::ranking::{Claim, Place, claims};
use super::spoken::{Values, spoken_of, value, without_brackets};

/// Clauses about something else: other places, other times, several at once, changes.
const NOT_THESE: [&str; 17] = [
    "全国",
    "之一",
    "最高与最低",
    "最高和最低",
    "历史",
    "历年",
    "不得",
    "连续",
    "增幅",
    "降幅",
    "升幅",
    "提升",
    "增长",
    "上升",
    "下降",
    "进步",
    "并列",
];
/// Words of what is asked for.
const ASKED: [&str; 6] = ["力争", "确保", "要", "应", "争取", "奖"];
/// Words around a place that name no category.
const PLACE_WORDS: [&str; 18] = [
    "最高", "最低", "最多", "最少", "排名", "排在", "排", "位列", "位居", "倒数", "全省", "全市", "全县",
    "全区", "全校", "差距", "明显", "居",
];
/// Most claims of a text that are looked at.
const CLAIMS_MAX: usize = 500;
/// Longest clause looked at, in characters.
const CLAUSE_MAX: usize = 80;
/// Most names a clause ranks.
const NAMES_MAX: usize = 5;
/// Fewest entries of a list of parts that are not regions.
const PARTS_MIN: usize = 3;

/// Checks every clause that ranks somebody.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut claims_left = CLAIMS_MAX;
    for index in 0..model.paragraphs.len() {
        let place = model.places[index];
        if !place.back {
            findings.extend(paragraph(model, index, &mut claims_left));
        }
    }
    findings
}

fn paragraph(model: &Model, index: usize, claims_left: &mut usize) -> Vec<Finding> {
    let paragraph = &model.paragraphs[index];
    let mut findings = Vec::new();
    let mut start = paragraph.body;
    for at in paragraph.body..=paragraph.chars.len() {
        let c = paragraph.chars.get(at).copied().unwrap_or('。');
        if !"，。；：！？".contains(c) {
            continue;
        }
        let end = at.min(start + CLAUSE_MAX);
        let text = without_brackets(&paragraph.text(start, end));
        // Demands say who stands where, too; what they ask for is no claim.
        let asked = model.places[index].demand && ASKED.iter().any(|word| text.contains(word));
        if !asked && !NOT_THESE.iter().any(|word| text.contains(word)) {
            let chars: Vec<char> = text.chars().collect();
            let is_name = |text: &str| names_somebody(model, index, text);
            for claim in claims(&chars, &is_name) {
                if *claims_left == 0 {
                    return findings;
                }
                *claims_left -= 1;
                findings.extend(judge(model, (index, start), &text, &claim));
            }
        }
        start = at + 1;
    }
    findings
}

fn names_somebody(model: &Model, paragraph: usize, text: &str) -> bool {
    !Phrase::read(text, &model.lexicon, &model.regions).regions.is_empty()
        || parts_of(model, paragraph, text).next().is_some()
}

fn judge(model: &Model, place: (usize, usize), clause: &str, claim: &Claim) -> Vec<Finding> {
    // 最多的甲县是乙县的2.2倍: who holds the place stands before the comparison.
    let who = claim.who.trim_start_matches(['的', '是', '为']);
    let who = who
        .split(['是', '为', '比'])
        .next()
        .filter(|who| who.ends_with(['市', '县', '区', '州']))
        .unwrap_or(who);
    let mut regions = Phrase::read(who, &model.lexicon, &model.regions).regions;
    regions.dedup();
    if regions.is_empty() {
        return part(model, place, claim).into_iter().collect();
    }
    let too_many = match claim.place {
        Place::First => regions.len() > 3,
        Place::Exactly(_) => regions.len() > 1,
        Place::Within(number) => regions.len() > number.min(NAMES_MAX),
    };
    if too_many {
        return Vec::new();
    }
    let mut phrase = Phrase::read(clause, &model.lexicon, &model.regions);
    if phrase.measure().is_empty() && phrase.rate.is_none() {
        // 培训覆盖率方面，甲县最高: the measure stands in a clause before.
        let paragraph = &model.paragraphs[place.0];
        let before = paragraph.text(paragraph.sentence_start(place.1), place.1);
        phrase.rate = Phrase::read(&before, &model.lexicon, &model.regions).rate;
    }
    let subject = subject(&phrase, claim);
    let mut findings = Vec::new();
    for lists in spoken_of(model, &phrase, &subject, place.0, values(claim)) {
        let wrong: Vec<(usize, usize)> =
            lists.iter().filter_map(|list| broken(model, list, &regions, claim)).collect();
        if !lists.is_empty() && wrong.len() == lists.len() {
            findings.push(report(model, place, claim, lists[0], wrong[0]));
        }
    }
    findings
}

fn values(claim: &Claim) -> Values {
    match claim.word.as_str() {
        "最多" | "最少" => Values::Counts,
        "最高" | "最低" => Values::Percents,
        _ => Values::Any,
    }
}

/// The category that a clause speaks of, without the words of place.
fn subject(phrase: &Phrase, claim: &Claim) -> String {
    let mut subject = phrase.subject.replace(&claim.word, "");
    for word in PLACE_WORDS {
        subject = subject.replace(word, "");
    }
    subject
}

/// The claimed entry and one that contradicts the claim. `None` also where the list does not know a region.
fn broken(model: &Model, list: &List, regions: &[RegionId], claim: &Claim) -> Option<(usize, usize)> {
    let claimed: Vec<usize> = regions.iter().map(|region| list.of(*region)).collect::<Option<_>>()?;
    let others: Vec<usize> = list
        .items
        .iter()
        .filter(|item| item.region.is_some_and(|region| !regions.contains(&region)))
        .map(|item| item.figure)
        .collect();
    misplaced(model, &claimed, &others, claim)
}

fn misplaced(model: &Model, claimed: &[usize], others: &[usize], claim: &Claim) -> Option<(usize, usize)> {
    let beyond = |one: usize, other: usize| -> Option<bool> {
        let (one, other) = (value(model, one)?, value(model, other)?);
        Some(if claim.top { one > other } else { one < other })
    };
    for own in claimed {
        let mut better = Vec::new();
        let mut worse = Vec::new();
        for other in others.iter().chain(claimed).filter(|i| *i != own) {
            if beyond(*other, *own)? {
                better.push(*other);
            } else if beyond(*own, *other)? {
                worse.push(*other);
            }
        }
        let outside = better.iter().find(|i| !claimed.contains(i)).copied();
        let wrong = match claim.place {
            Place::First => outside.is_some(),
            Place::Within(number) => better.len() >= number,
            Place::Exactly(number) => {
                better.len() >= number || worse.len() + number > others.len() + claimed.len()
            }
        };
        if wrong {
            let other = outside.or(better.first().copied()).or(worse.first().copied())?;
            return Some((*own, other));
        }
    }
    None
}

/// Lists of kinds rather than regions near a paragraph, with the one entry that a text names.
fn parts_of<'m>(
    model: &'m Model,
    paragraph: usize,
    text: &str,
) -> impl Iterator<Item = (&'m List, &'m Item)> {
    let words = Phrase::read(text, &model.lexicon, &model.regions);
    let text = text.to_owned();
    let section = model.places[paragraph].section;
    model
        .fact_lists()
        .filter(move |list| {
            !list.rows
                && !list.of_category
                && !list.partial
                && !list.regional()
                && list.items.len() >= PARTS_MIN
                && model.places[list.paragraph].section == section
        })
        .filter_map(move |list| {
            let named = |item: &&Item| {
                item.region.is_none()
                    && item.name.chars().count() >= 2
                    && (text.contains(&item.name)
                        || (words.subject.chars().count() >= 3 && item.name.ends_with(&words.subject)))
            };
            let mut found = list.items.iter().filter(named);
            let item = found.next()?;
            found.next().is_none().then_some((list, item))
        })
}

/// 占比最多的为校外培训机构: a kind among the kinds of a list.
fn part(model: &Model, place: (usize, usize), claim: &Claim) -> Option<Finding> {
    let lists: Vec<(&List, &Item)> = parts_of(model, place.0, &claim.who).collect();
    let wrong: Vec<(usize, usize)> = lists
        .iter()
        .filter_map(|(list, item)| {
            let others: Vec<usize> =
                list.items.iter().map(|item| item.figure).filter(|i| *i != item.figure).collect();
            misplaced(model, &[item.figure], &others, claim)
        })
        .collect();
    (!lists.is_empty() && wrong.len() == lists.len())
        .then(|| report(model, place, claim, lists[0].0, wrong[0]))
}

fn report(
    model: &Model,
    (index, start): (usize, usize),
    claim: &Claim,
    list: &List,
    (own, other): (usize, usize),
) -> Finding {
    let name = |figure: usize| {
        let item = list.items.iter().find(|item| item.figure == figure);
        item.map_or_else(String::new, |item| match item.region {
            Some(region) => model.regions.name(region).to_owned(),
            None => item.name.clone(),
        })
    };
    let paragraph = &model.paragraphs[index];
    let line = paragraph.line(start + claim.at);
    let mut finding = Model::finding_at(Rule::L11, Severity::Error, "superlative", index, line);
    let (claimed, beyond) = (model.figures[own].printed(), &model.figures[other]);
    finding.figures = vec![claimed.clone(), beyond.printed()];
    finding.related_lines = vec![beyond.line, paragraph.line(start)];
    finding.says(
        format!("{} {claimed}；{} {}", name(own), name(other), beyond.printed()),
        format!("称{}{}，但第{}行{}为{}", name(own), claim.word, beyond.line, name(other), beyond.printed()),
        format!("{} does not hold that place: {} has {}", name(own), name(other), beyond.printed()),
        "按列表重新判断名次",
    )
}
