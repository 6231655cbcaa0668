//! Working days and working hours: who is in the office when.
//!
//! Which days are holidays and which week-ends are worked instead is decided by the State Council once a year; the table is data with its
//! source. Beyond the last day that it knows, a day is judged by its weekday, and whoever shows it says so: the make-up days of a year that
//! nobody has announced cannot be guessed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::beijing;
use crate::words::words;

const DAYS_CSV: &str = include_str!("../../../data/working-days.csv");
/// The last day of the last year that was announced when [`DAYS_CSV`] was put together.
const KNOWN_UNTIL: Date = jiff::civil::date(2026, 12, 31);
/// The first day that the table knows.
const KNOWN_FROM: Date = jiff::civil::date(2026, 1, 1);
/// Days looked through for the next working moment; the longest holiday has nine.
const DAYS_AHEAD_MAX: i32 = 60;

/// In which hours a rung is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    /// At any hour.
    Always,
    /// In working hours of working days.
    InHours,
    /// Outside them.
    OutOfHours,
}

words! { Applies:
    Always = "always", "全天", "Always";
    InHours = "in_hours", "工作时间", "In working hours";
    OutOfHours = "out_of_hours", "非工作时间", "Outside working hours";
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// An ordinary week-end.
    Weekend,
    /// A public holiday, with the days exchanged for it.
    Holiday,
    /// A week-end that is worked for a holiday.
    MakeUp,
}

words! { DayKind:
    Working = "working", "工作日", "Working day";
    Weekend = "weekend", "周末", "Week-end";
    Holiday = "holiday", "节假日", "Public holiday";
    MakeUp = "make_up", "调休上班", "Make-up working day";
}

impl DayKind {
    /// Whether people work.
    pub fn is_worked(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// A day that is not what its weekday says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Holiday or make-up day.
    pub kind: DayKind,
    /// Of which holiday.
    pub name: String,
    /// Where that was announced.
    pub source: String,
}

/// Which days are worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    exceptions: BTreeMap<Date, Exception>,
}

/// The calendar that is shipped.
pub static SHIPPED: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::parse(DAYS_CSV).expect("a test reads the shipped calendar"));

/// What is wrong with a table of days or with hours.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A line that is no day.
    #[error("line {0}: a day is written `2026-01-01,holiday,元旦,source`; the kind is holiday or make_up")]
    Line(usize),
    /// A day that stands there twice.
    #[error("line {0}: this day stands there before")]
    Twice(usize),
    /// Hours that are none.
    #[error("`{0}`: working hours are written 08:30-17:30, the end after the beginning, within one day")]
    Hours(String),
}

impl Calendar {
    /// Reads `date,kind,name,source` with a heading.
    pub fn parse(csv: &str) -> Result<Self, CalendarError> {
        let mut exceptions = BTreeMap::new();
        for (index, line) in csv.lines().enumerate().skip(1) {
            let number = index + 1;
            let wrong = || CalendarError::Line(number);
            let [day, kind, name, source] =
                line.splitn(4, ',').collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
            let day: Date = day.parse().map_err(|_| wrong())?;
            let kind = DayKind::parse(kind)
                .filter(|kind| matches!(kind, DayKind::Holiday | DayKind::MakeUp))
                .ok_or_else(wrong)?;
            let exception = Exception { kind, name: name.to_owned(), source: source.to_owned() };
            if exceptions.insert(day, exception).is_some() {
                return Err(CalendarError::Twice(number));
            }
        }
        Ok(Self { exceptions })
    }

    /// The last day of which is known whether it is worked.
    pub fn known_until(&self) -> Date {
        KNOWN_UNTIL
    }

    /// Whether the table says what a day is. A day that it does not know is judged by its weekday.
    pub fn knows(&self, day: Date) -> bool {
        (KNOWN_FROM..=KNOWN_UNTIL).contains(&day)
    }

    /// What a day is.
    pub fn kind_of(&self, day: Date) -> DayKind {
        if let Some(exception) = self.exceptions.get(&day) {
            return exception.kind;
        }
        match day.weekday() {
            Weekday::Saturday | Weekday::Sunday => DayKind::Weekend,
            _ => DayKind::Working,
        }
    }

    /// Days from `from` on that are not what their weekday says, in order, at most `limit`.
    pub fn exceptions_from(&self, from: Date, limit: usize) -> Vec<(Date, Exception)> {
        self.exceptions.range(from..).take(limit).map(|(day, one)| (*day, one.clone())).collect()
    }
}

/// When people work: hours of the working days of a calendar, in Beijing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    from_minute: u16,
    until_minute: u16,
    calendar: Calendar,
}

impl Default for WorkingHours {
    fn default() -> Self {
        Self { from_minute: 8 * 60 + 30, until_minute: 17 * 60 + 30, calendar: SHIPPED.clone() }
    }
}

impl WorkingHours {
    /// Reads `08:30-17:30`, with the shipped calendar.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let wrong = || CalendarError::Hours(text.to_owned());
        let (from, until) = text.split_once('-').ok_or_else(wrong)?;
        let (from_minute, until_minute) = (minute(from).ok_or_else(wrong)?, minute(until).ok_or_else(wrong)?);
        if from_minute >= until_minute {
            return Err(wrong());
        }
        Ok(Self { from_minute, until_minute, calendar: SHIPPED.clone() })
    }

    /// As it is written.
    pub fn text(&self) -> String {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", clock(self.from_minute), clock(self.until_minute))
    }

    /// Its calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Whether a moment lies in working hours.
    pub fn is_in_hours(&self, at: Timestamp) -> bool {
        let worked = self.calendar.kind_of(beijing::day_of(at)).is_worked();
        worked && (self.from_minute..self.until_minute).contains(&beijing::minute_of_day(at))
    }

    /// The first moment at or after `at` in which something that applies so is told.
    pub fn first_at(&self, applies: Applies, at: Timestamp) -> Timestamp {
        match applies {
            Applies::InHours if self.is_in_hours(at) => at,
            Applies::InHours => self.next_beginning(at),
            Applies::OutOfHours if self.is_in_hours(at) => moment(beijing::day_of(at), self.until_minute),
            Applies::Always | Applies::OutOfHours => at,
        }
    }

    fn next_beginning(&self, at: Timestamp) -> Timestamp {
        let today = beijing::day_of(at);
        let days = (0..DAYS_AHEAD_MAX).map(|ahead| beijing::day_after(today, ahead));
        let mut worked = days.filter(|day| self.calendar.kind_of(*day).is_worked());
        // Sixty days without a working day are in no calendar: whoever waits is told then rather than never.
        let late = moment(beijing::day_after(today, DAYS_AHEAD_MAX), self.from_minute);
        worked
            .find_map(|day| Some(moment(day, self.from_minute)).filter(|begin| *begin >= at))
            .unwrap_or(late)
    }
}

fn moment(day: Date, minute: u16) -> Timestamp {
    let begin = beijing::begin_of(day);
    begin.saturating_add(jiff::SignedDuration::from_mins(i64::from(minute))).unwrap_or(begin)
}

/// `08:30` in minutes; `24:00` is the end of the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |part: &str| {
        let is_number = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| is_number)
    };
    let total = two(hour)? * 60 + two(minute).filter(|minute| *minute < 60)?;
    (total <= 24 * 60).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_is_that_of_the_state_council_for_2026() {
        let count = |kind| SHIPPED.exceptions.values().filter(|one| one.kind == kind).count();
        // 3 + 9 + 3 + 5 + 3 + 3 + 7 days off, of which some are week-ends anyway; six week-end days are worked.
        assert_eq!((count(DayKind::Holiday), count(DayKind::MakeUp)), (33, 6));
        for (text, kind) in [
            ("2026-01-01", DayKind::Holiday),
            ("2026-01-04", DayKind::MakeUp),
            ("2026-02-14", DayKind::MakeUp),
            ("2026-02-15", DayKind::Holiday),
            ("2026-02-23", DayKind::Holiday),
            ("2026-02-24", DayKind::Working),
            ("2026-02-28", DayKind::MakeUp),
            ("2026-05-09", DayKind::MakeUp),
            ("2026-09-20", DayKind::MakeUp),
            ("2026-10-07", DayKind::Holiday),
            ("2026-10-10", DayKind::MakeUp),
            ("2026-11-28", DayKind::Weekend),
            ("2026-11-30", DayKind::Working),
        ] {
            assert_eq!(SHIPPED.kind_of(day(text)), kind, "{text}");
        }
        for (date, one) in &SHIPPED.exceptions {
            let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            assert!(one.kind == DayKind::Holiday || weekend, "{date}: only a week-end is made up");
            assert!(SHIPPED.knows(*date) && !one.source.is_empty(), "{date}");
        }
    }

    #[test]
    fn what_nobody_has_announced_is_judged_by_its_weekday_and_said() {
        assert!(SHIPPED.knows(day("2026-12-31")) && !SHIPPED.knows(day("2027-01-01")));
        assert_eq!(SHIPPED.kind_of(day("2027-01-01")), DayKind::Working, "a Friday");
        assert_eq!(SHIPPED.kind_of(day("2027-01-02")), DayKind::Weekend);
        assert_eq!(SHIPPED.exceptions_from(day("2026-10-01"), 9).len(), 8);
        assert_eq!(SHIPPED.exceptions_from(day("2027-01-01"), 9), []);
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said_with_its_line() {
        let error = |csv: &str| Calendar::parse(csv).unwrap_err().to_string();
        for line in ["", "2026-01-01", "2026-13-01,holiday,x,y", "2026-01-01,weekend,x,y"] {
            assert!(
                error(&format!("date\n2026-01-02,holiday,x,y\n{line}\n")).starts_with("line 3"),
                "{line}"
            );
        }
        assert!(error("date\n2026-01-02,holiday,x,y\n2026-01-02,make_up,x,y").contains("before"));
    }

    #[test]
    fn hours_read_back_and_say_what_is_wrong() {
        assert_eq!(WorkingHours::parse("08:30-17:30").unwrap(), WorkingHours::default());
        assert_eq!(WorkingHours::parse("00:00-24:00").unwrap().text(), "00:00-24:00");
        for text in
            ["", "8:30-17:30", "08:30", "17:30-08:30", "08:30-08:30", "08:60-09:00", "08:30-24:01", "早-晚"]
        {
            assert!(WorkingHours::parse(text).unwrap_err().to_string().contains("08:30-17:30"), "{text}");
        }
    }

    #[test]
    fn the_ends_of_working_hours_belong_to_the_right_side() {
        let hours = WorkingHours::default();
        let at = |text: &str| -> Timestamp { format!("{text}+08:00").parse().unwrap() };
        for (text, is_in) in [
            ("2026-11-30T08:29:59", false),
            ("2026-11-30T08:30:00", true),
            ("2026-11-30T17:29:59", true),
            ("2026-11-30T17:30:00", false),
            ("2026-11-29T10:00:00", false),
            ("2026-10-01T10:00:00", false),
            ("2026-10-10T10:00:00", true),
        ] {
            assert_eq!(hours.is_in_hours(at(text)), is_in, "{text}");
        }
    }
}
