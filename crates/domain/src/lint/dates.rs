//! As-of dates, periods, deadlines and the date of signature.

use jiff::civil;

use super::read::Place;
use super::scan::{Date, Scan};
use super::source::Paragraph;

/// A date in the text, as a day of the calendar: the last day of what was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Last day meant.
    pub last: civil::Date,
    /// Paragraph index.
    pub paragraph: usize,
    /// Character index.
    pub start: usize,
    /// Line.
    pub line: u32,
    /// A month without a day: its last day is meant at the latest.
    pub whole_month: bool,
}

/// The dates of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dates {
    /// 截至…
    pub as_of: Vec<Moment>,
    /// Ends of periods: 7月至9月.
    pub periods: Vec<(Moment, String)>,
    /// …前, in sentences that ask for something; with the text of the clause behind.
    pub deadlines: Vec<(Moment, String)>,
    /// The date under the text.
    pub signed: Option<Moment>,
}

/// Sorts the dates of all paragraphs.
pub(crate) fn read(paragraphs: &[Paragraph], scans: &[Scan], places: &[Place]) -> Dates {
    let mut dates = Dates::default();
    let Some(year) = year_of_text(scans) else { return dates };
    for (index, (paragraph, scan)) in paragraphs.iter().zip(scans).enumerate() {
        for (position, date) in scan.dates.iter().enumerate() {
            let resolved = |date: &Date, year: i16| {
                last_day(date, year).map(|last| Moment {
                    last,
                    paragraph: index,
                    start: date.start,
                    line: paragraph.line(date.start),
                    whole_month: date.month.is_some() && date.day.is_none(),
                })
            };
            let Some(moment) = resolved(date, date.year.unwrap_or(year)) else { continue };
            let before = paragraph.text(date.start.saturating_sub(8), date.start);
            let behind = paragraph.text(date.end, date.end + 60);
            let alone = paragraph.chars.len() <= date.end - date.start + 2;
            if alone && date.day.is_some() && date.year.is_some() {
                dates.signed = Some(moment);
            } else if (before.ends_with("截至")
                || before.ends_with("截止")
                || before.ends_with("截止到")
                || before.ends_with("截至到")
                || declares(&before))
                && date.month.is_some()
            {
                dates.as_of.push(moment);
            } else if let Some(next) = scan.dates.get(position + 1)
                && matches!(paragraph.chars[date.end..next.start], ['至' | '到' | '—' | '-'])
            {
                let end_year = next.year.or(date.year).unwrap_or(year);
                let month = next.month.or(date.month);
                if let Some(end) = resolved(&Date { month, ..*next }, end_year)
                    && !places[index].demand
                    && (date.month.is_some() || date.year.is_some())
                {
                    dates
                        .periods
                        .push((Moment { line: moment.line, ..end }, paragraph.text(date.start, next.end)));
                }
            } else if behind.starts_with('前') || behind.starts_with("之前") {
                dates.deadlines.push((moment, clause_behind(&behind)));
            }
        }
    }
    dates
}

/// 统计时点为, 数据截止日期为: the text says of which day its figures are.
pub(crate) fn declares(before: &str) -> bool {
    let before = before.trim_end_matches(['为', '是', '：']);
    ["统计时点", "数据时点", "截止时间", "截止日期", "截至时间", "截至日期", "统计时间", "截止时点"]
        .iter()
        .any(|word| before.ends_with(word))
}

fn clause_behind(behind: &str) -> String {
    behind
        .trim_start_matches("之前")
        .trim_start_matches(['前', '，'])
        .chars()
        .take_while(|c| !"，。；".contains(*c))
        .collect()
}

/// The year meant where none is printed: that of the last full date, or a leap year where no year is printed at all.
fn year_of_text(scans: &[Scan]) -> Option<i16> {
    let mut dates = scans.iter().flat_map(|scan| &scan.dates).peekable();
    dates.peek()?;
    let years: Vec<i16> = dates.filter_map(|date| date.year).collect();
    Some(years.last().copied().unwrap_or(2024))
}

/// The last day that a printed date covers.
fn last_day(date: &Date, year: i16) -> Option<civil::Date> {
    let Some(month) = date.month else {
        return date.year.and_then(|year| civil::Date::new(year, 12, 31).ok());
    };
    match date.day {
        Some(day) => civil::Date::new(year, month, day).ok(),
        None => civil::Date::new(year, month, 1).ok().map(civil::Date::last_of_month),
    }
}
