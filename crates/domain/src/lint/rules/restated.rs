//! L2 for what is told twice in the same words: 三季度约谈38人次 … 三季度虽约谈53人次; 理论考试合格率为96.2% … 仅为92.6%.

use crate::lint::figure::Figure;
use crate::lint::model::Model;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Most statements of a text compared with each other.
const STATEMENTS_MAX: usize = 300;
/// Fewest characters of words that name one thing only.
const WORDS_MIN: usize = 4;
/// Words that date a sentence.
const PERIODS: [&str; 12] = [
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "上半年",
    "下半年",
    "前三季度",
    "今年以来",
    "本学期",
    "上学期",
    "本月",
    "上周",
];
/// Words of another time than the text's own.
const OTHER_TIMES: [&str; 11] =
    ["去年", "上年", "同期", "季度", "月份", "月底", "年底", "上半年", "上学期", "此前", "上次"];

/// Checks counts of one named period, and rates in the same words.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = counts(model);
    findings.extend(rates(model));
    findings
}

fn period(model: &Model, figure: &Figure) -> Option<&'static str> {
    let sentence = model.sentence_before(figure);
    let mut found = PERIODS.iter().copied().filter(|word| sentence.contains(word));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What the verb of a count is done to: 约谈|单位负责人.
fn object(model: &Model, figure: &Figure) -> String {
    let verb = figure.measure.last().map_or("", |id| model.lexicon.stem(*id));
    figure
        .label
        .rsplit_once(verb)
        .filter(|_| !verb.is_empty())
        .map_or_else(String::new, |(_, object)| object.to_owned())
}

/// Counts of one measure, noun and unit, both dated with the same word.
fn counts(model: &Model) -> Vec<Finding> {
    let statements: Vec<(usize, &'static str)> = model
        .plain()
        .filter(|(_, f)| {
            f.count().is_some()
                && !f.measure.is_empty()
                && !f.phrase.negated
                && !f.phrase.due
                && object(model, f).chars().count() >= 2
                && !model.sentence_before(f).contains("其中")
        })
        .filter_map(|(index, f)| Some((index, period(model, f)?)))
        .take(STATEMENTS_MAX)
        .collect();
    pairs(model, &statements, |one, other| {
        one.measure == other.measure
            && object(model, one) == object(model, other)
            && one.number.unit == other.number.unit
            && one.count() != other.count()
    })
}

/// Rates of the whole in the same words, neither of them dated otherwise.
fn rates(model: &Model) -> Vec<Finding> {
    let statements: Vec<(usize, &'static str)> = model
        .plain()
        .filter(|(_, f)| {
            let sentence = model.sentence_before(f);
            f.percent().is_some()
                && f.phrase.rate.is_some()
                && !f.bracketed
                && name(f).chars().count() >= WORDS_MIN
                && !OTHER_TIMES.iter().any(|word| sentence.contains(word))
        })
        .map(|(index, _)| (index, ""))
        .take(STATEMENTS_MAX)
        .collect();
    let same = |one: &Figure, other: &Figure| {
        let (a, b) = (name(one), name(other));
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        let apart = match (one.percent(), other.percent()) {
            (Some(p), Some(q)) => (p.micro - q.micro).abs() > p.half_micro().max(q.half_micro()),
            _ => false,
        };
        one.measure == other.measure
            && one.phrase.negated == other.phrase.negated
            && long.ends_with(short.as_str())
            && apart
    };
    pairs(model, &statements, same)
}

/// The words of a rate: 理论考试合格率.
fn name(figure: &Figure) -> String {
    let words = figure.label.trim_end_matches(['为', '仅', '达', '到', '是', '只', '有', '已', '约']);
    let words = words.strip_suffix('率').map_or("", |_| words);
    let own = words.rsplit(['的', '中']).next().unwrap_or(words);
    let chars = own.chars().count();
    let stem = figure.phrase.subject.chars().count();
    if stem >= 2 && chars > WORDS_MIN { own.to_owned() } else { String::new() }
}

fn pairs(
    model: &Model,
    statements: &[(usize, &'static str)],
    differ: impl Fn(&Figure, &Figure) -> bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, (later, period)) in statements.iter().enumerate() {
        let other = &model.figures[*later];
        let of_same_time = statements[..position].iter().filter(|(_, time)| time == period);
        let agreeing = |i: usize| {
            let one = &model.figures[i];
            one.measure == other.measure
                && one.percent() == other.percent()
                && one.count() == other.count()
                && one.sentence != other.sentence
        };
        let mut earlier = of_same_time
            .map(|(index, _)| *index)
            .filter(|i| model.figures[*i].sentence != other.sentence && differ(&model.figures[*i], other));
        let agrees = statements[..position].iter().any(|(i, _)| agreeing(*i));
        let (Some(first), false) = (earlier.next(), agrees) else { continue };
        let one = &model.figures[first];
        let finding = model.finding(Rule::L2, Severity::Error, "restated", *later, &[first]);
        findings.push(finding.says(
            format!("{} ≠ {}", one.printed(), other.printed()),
            format!("同一指标第{}行为{}，此处为{}", one.line, one.printed(), other.printed()),
            format!(
                "told in the same words: {} on line {}, {} here",
                one.printed(),
                one.line,
                other.printed()
            ),
            "统一使用同一统计快照的数值；口径或时段不同的，写明口径和时段",
        ));
    }
    findings
}
