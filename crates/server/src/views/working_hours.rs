//! Working hours and the calendar as they travel.

use domain::beijing;
use domain::calendar::WorkingHours as Found;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Holidays and make-up days shown.
const DAYS_SHOWN: usize = 40;

/// When people work.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkingHours {
    /// Hours of working days in Beijing, e.g. `08:30-17:30`.
    pub hours: String,
    /// Today in Beijing.
    pub today: String,
    /// What today is: a word of `day_kinds`.
    pub today_kind: &'static str,
    /// True in working hours.
    pub in_hours: bool,
    /// The last day that the calendar knows; later days are judged by their weekday.
    pub known_until: String,
    /// False where today is judged by its weekday.
    pub today_known: bool,
    /// The holidays and make-up days from today on.
    pub days: Vec<CalendarDay>,
}

/// A day that is not what its weekday says.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarDay {
    /// The day.
    pub day: String,
    /// `holiday` or `make_up`.
    pub kind: &'static str,
    /// Of which holiday.
    pub name: String,
    /// Where it was announced.
    pub source: String,
}

impl WorkingHours {
    /// As they are at `now`.
    pub fn of(found: &Found, now: Timestamp) -> Self {
        let calendar = found.calendar();
        let today = beijing::day_of(now);
        let days = calendar.exceptions_from(today, DAYS_SHOWN).into_iter().map(|(day, one)| CalendarDay {
            day: day.to_string(),
            kind: one.kind.as_str(),
            name: one.name,
            source: one.source,
        });
        Self {
            hours: found.text(),
            today: today.to_string(),
            today_kind: calendar.kind_of(today).as_str(),
            in_hours: found.is_in_hours(now),
            known_until: calendar.known_until().to_string(),
            today_known: calendar.knows(today),
            days: days.collect(),
        }
    }
}
