//! L13: periods end on or before the as-of date, as-of dates before the signature; categories with a deadline are those with figures.

use crate::lint::dates::{Moment, declares};
use crate::lint::model::Model;
use crate::lint::phrase::{drifted, members};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// A period that ends later than this many days after the as-of date belongs to another year.
const NEAR_DAYS: i32 = 130;
/// From this day on a month may stand for the part of it that has run.
const RUNNING_FROM: i8 = 15;
/// A period that goes back further than this many months goes over the end of the year.
const REVERSED_MONTHS_MAX: i8 = 2;
/// How far behind the as-of date an opening says 通报如下, in characters.
const OPENING_MAX: usize = 60;
/// The opening is among the first paragraphs.
const OPENING_PARAGRAPHS: usize = 8;
/// Words between the categories and what they must do.
const MUST: [&str; 8] = ["要", "应", "须", "必须", "全部", "完成", "需", "均"];

/// Checks dates.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = periods(model);
    findings.extend(reversed(model));
    findings.extend(signature(model));
    findings.extend(two_days(model));
    findings.extend(given(model));
    findings.extend(deadlines(model));
    findings
}

fn periods(model: &Model) -> Vec<Finding> {
    let Some(as_of) = model.dates.as_of.iter().max_by_key(|moment| moment.last) else { return Vec::new() };
    let mut findings = Vec::new();
    for (end, text) in &model.dates.periods {
        let after = (end.last - as_of.last).get_days();
        let place = model.places[end.paragraph];
        let paragraph = &model.paragraphs[end.paragraph];
        let around = paragraph.text(end.start.saturating_sub(12), end.start + 24);
        let planned = ["将", "拟", "计划", "力争"].iter().any(|word| around.contains(word));
        // 3月至4月, as of 28 April: the running month up to that day.
        let running = end.whole_month
            && as_of.last.day() >= RUNNING_FROM
            && (end.last.year(), end.last.month()) == (as_of.last.year(), as_of.last.month());
        if after <= 0 || after > NEAR_DAYS || place.back || planned || running {
            continue;
        }
        let finding =
            Model::finding_at(Rule::L13, Severity::Warning, "period-after-as-of", end.paragraph, end.line);
        let mut finding = finding.says(
            format!("{text}止于{}，晚于截至日期{}", day(end.last), day(as_of.last)),
            format!("统计时段“{text}”超出数据截至日期（{}月{}日）", as_of.last.month(), as_of.last.day()),
            format!("the period {text} ends after the as-of date {}", as_of.last),
            "把时段写到截至日期为止，或写明另一截至日期",
        );
        finding.figures = vec![text.clone()];
        finding.related_lines.push(as_of.line);
        findings.push(finding);
    }
    findings
}

/// 自10月15日起至10月8日止: the end lies before the beginning, and not in the next year.
fn reversed(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, (paragraph, scan)) in model.paragraphs.iter().zip(&model.scans).enumerate() {
        for pair in scan.dates.windows(2) {
            let between = paragraph.text(pair[0].end, pair[1].start);
            let joined = ["至", "到", "—", "-", "起至", "起到"].contains(&between.as_str());
            let (Some(month), Some(day)) = (pair[0].month, pair[0].day) else { continue };
            let (end_month, Some(end_day)) = (pair[1].month.unwrap_or(month), pair[1].day) else { continue };
            let same_year = pair[1].year.is_none() || pair[1].year == pair[0].year;
            let backwards = (end_month, end_day) < (month, day) && month - end_month <= REVERSED_MONTHS_MAX;
            if !joined || !same_year || !backwards {
                continue;
            }
            let line = paragraph.line(pair[0].start);
            let finding = Model::finding_at(Rule::L13, Severity::Error, "period-reversed", index, line);
            let text = paragraph.text(pair[0].start, pair[1].end);
            let mut finding = finding.says(
                format!("{end_month}月{end_day}日早于{month}月{day}日"),
                format!("时段“{text}”的结束日期早于开始日期"),
                "the period ends before it begins",
                "核对起止日期",
            );
            finding.figures = vec![text];
            findings.push(finding);
        }
    }
    findings
}

fn signature(model: &Model) -> Option<Finding> {
    let signed = model.dates.signed?;
    let late = model.dates.as_of.iter().find(|moment| {
        moment.last > signed.last
            && (moment.last - signed.last).get_days() < NEAR_DAYS
            && !model.places[moment.paragraph].demand
    })?;
    let finding =
        Model::finding_at(Rule::L13, Severity::Error, "as-of-after-signature", late.paragraph, late.line);
    Some(finding.says(
        format!("{} > {}", late.last, signed.last),
        format!("数据截至日期{}晚于成文日期{}", late.last, signed.last),
        format!("the as-of date {} is later than the signature {}", late.last, signed.last),
        "核对截至日期和成文日期",
    ))
}

/// 现将截至10月31日的情况通报如下 … 数据统计时点为11月10日: the text declares two days for its figures.
fn two_days(model: &Model) -> Option<Finding> {
    let before = |moment: &Moment| {
        let paragraph = &model.paragraphs[moment.paragraph];
        (paragraph, paragraph.text(moment.start.saturating_sub(8), moment.start))
    };
    let declared = model.dates.as_of.iter().find(|moment| declares(&before(moment).1))?;
    let opening = model.dates.as_of.iter().find(|moment| {
        let (paragraph, words) = before(moment);
        let sentence = paragraph.text(moment.start, moment.start + OPENING_MAX);
        let told = sentence.split('。').next().unwrap_or_default().contains("通报");
        !declares(&words) && told && moment.paragraph <= OPENING_PARAGRAPHS
    })?;
    if opening.last == declared.last {
        return None;
    }
    let finding =
        Model::finding_at(Rule::L13, Severity::Error, "two-as-of-dates", declared.paragraph, declared.line);
    let mut finding = finding.says(
        format!("{} ≠ {}", day(opening.last), day(declared.last)),
        format!("开头称截至{}，此处统计时点为{}", day(opening.last), day(declared.last)),
        "the text declares two as-of dates for its figures",
        "统一统计截至日期",
    );
    finding.related_lines.push(opening.line);
    Some(finding)
}

/// With the platform's date: the text says the same one.
fn given(model: &Model) -> Vec<Finding> {
    let Some(known) = model.options.facts.as_ref().and_then(|facts| facts.as_of) else { return Vec::new() };
    let other = model
        .dates
        .as_of
        .iter()
        .filter(|moment| (moment.last.month(), moment.last.day()) != (known.month(), known.day()));
    other
        .map(|moment| {
            let finding =
                Model::finding_at(Rule::L13, Severity::Error, "as-of-differs", moment.paragraph, moment.line);
            finding.says(
                format!("{} ≠ {known}", moment.last),
                format!("截至日期与统计快照（{known}）不一致"),
                format!("the as-of date differs from the snapshot of {known}"),
                "改为统计快照的日期",
            )
        })
        .collect()
}

fn deadlines(model: &Model) -> Option<Finding> {
    let mut due: Vec<String> = Vec::new();
    let mut at = None;
    for (moment, text) in &model.dates.deadlines {
        if model.places[moment.paragraph].demand || model.places[moment.paragraph].back {
            continue;
        }
        let names = deadline_categories(text);
        if !names.is_empty() && at.is_none() {
            at = Some(moment);
        }
        due.extend(names);
    }
    let moment = at?;
    let mut reported: Vec<&str> = Vec::new();
    for index in &model.category_counts {
        let subject = model.figures[*index].subject.as_str();
        if !reported.contains(&subject) {
            reported.push(subject);
        }
    }
    let same = |one: &str, other: &str| one == other || drifted(one, other);
    let known = due.iter().filter(|name| reported.iter().any(|subject| same(name, subject))).count();
    if known < 2 || reported.len() < 3 {
        return None;
    }
    let printed: Vec<&str> = model
        .lists
        .iter()
        .filter(|list| list.of_category)
        .flat_map(|list| &list.items)
        .map(|item| item.name.as_str())
        .collect();
    let no_unit = |name: &&str| model.declared(name, &["没有单位", "不列比例", "没有应", "无应"]);
    let no_deadline =
        |name: &&str| model.declared(name, &["没有规定完成时限", "未规定", "没有规定", "不列为逾期"]);
    let without_figure: Vec<&str> = due
        .iter()
        .filter(|name| !reported.iter().any(|subject| same(name, subject)))
        .map(String::as_str)
        .collect();
    let without_deadline: Vec<&str> =
        reported.iter().copied().filter(|subject| !due.iter().any(|name| same(name, subject))).collect();
    let without_figure: Vec<&str> = without_figure
        .into_iter()
        .filter(|name| !no_unit(name) && !printed.iter().any(|other| same(name, other)))
        .collect();
    let without_deadline: Vec<&str> =
        without_deadline.into_iter().filter(|name| !no_deadline(name)).collect();
    if without_figure.is_empty() && without_deadline.is_empty() {
        return None;
    }
    let finding =
        Model::finding_at(Rule::L13, Severity::Warning, "deadline-categories", moment.paragraph, moment.line);
    let list = |names: &[&str]| if names.is_empty() { "无".to_owned() } else { names.join("、") };
    Some(finding.says(
        format!("有时限无数据：{}；有数据无时限：{}", list(&without_figure), list(&without_deadline)),
        "规定了时限的类别与公布数据的类别不一致".to_owned(),
        "the categories with a deadline are not those with figures".to_owned(),
        "补齐各类别的数据和时限",
    ))
}

/// 高校、中等职业学校要完成…: the names before 要.
fn deadline_categories(text: &str) -> Vec<String> {
    let Some(stop) = MUST.iter().filter_map(|word| text.find(word)).min() else { return Vec::new() };
    let mut names = Vec::new();
    for name in members(&text[..stop]) {
        let (outer, inner) = name.split_once('（').unwrap_or((&name, ""));
        names.extend(
            [outer, inner.trim_end_matches('）')]
                .into_iter()
                .filter(|name| name.chars().count() >= 2)
                .map(str::to_owned),
        );
    }
    names.retain(|name| !name.contains(['各', '所', '市', '县']) || name.contains("学校"));
    names
}

/// The year is often not printed but guessed from the text, so a proof does not name it.
fn day(date: jiff::civil::Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}
