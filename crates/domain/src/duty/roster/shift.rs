//! Shifts (班次): one guard in one duty room from one whole minute to another, at most eight hours long.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ProblemKind;
use crate::beijing::{begin_of, day_after};
use crate::duty::minutes::MINUTE_US;
use crate::ids::{DutyRoomId, ShiftId, StaffId};
use crate::recording::Span;

/// One guard's shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Own id; parts that a stand-in takes keep it.
    pub id: ShiftId,
    /// Where.
    pub room_id: DutyRoomId,
    /// Who.
    pub guard_id: StaffId,
    /// From when to when.
    pub span: Span,
}

/// A guard as the roster needs to know one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// Who.
    pub id: StaffId,
    /// The last day on which the certificate is valid; none where there is no certificate.
    pub certified_until: Option<Date>,
}

/// Limits for shifts and for the rest between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestRules {
    /// Longest shift, minutes. 480: GB 25201—2010, a shift is at most eight hours. Rules may shorten it and never lengthen it.
    pub shift_minutes_max: u32,
    /// Shortest rest between two shifts of a person, minutes. 660: no Chinese rule names a figure; eleven hours in a row are those of the
    /// European working time directive (2003/88/EC, art. 3). A proposal, to be set by the province.
    pub rest_minutes_min: u32,
    /// Most minutes of work in any seven days. 2 880: 40 hours a week (State Council Decree 174, art. 3) with the weekly share of the 36
    /// hours of overtime a month that Labour Law art. 41 allows, rounded down to 48 hours. A proposal, to be set by the province.
    pub week_minutes_max: u32,
    /// Shortest free stretch in any seven days, minutes. 1 440: a day of rest a week, Labour Law art. 38.
    pub free_minutes_min: u32,
}

/// Longest shift that the standard allows, minutes.
pub const SHIFT_MINUTES_MAX: u32 = 480;

impl Default for RestRules {
    fn default() -> Self {
        Self {
            shift_minutes_max: SHIFT_MINUTES_MAX,
            rest_minutes_min: 660,
            week_minutes_max: 2880,
            free_minutes_min: 1440,
        }
    }
}

/// Whole minutes of a stretch.
pub fn minutes_of(span: &Span) -> u32 {
    u32::try_from(span.length_us() / MINUTE_US).unwrap_or(u32::MAX)
}

impl Shift {
    /// Why nobody can work this shift; none where somebody can.
    pub fn fault(&self, rules: &RestRules) -> Option<ProblemKind> {
        let is_whole = |time: jiff::Timestamp| time.as_microsecond() % MINUTE_US == 0;
        if self.span.is_empty() {
            Some(ProblemKind::Reversed)
        } else if !is_whole(self.span.start) || !is_whole(self.span.end) {
            Some(ProblemKind::PartOfMinute)
        } else if self.span.length_us()
            > i64::from(rules.shift_minutes_max.min(SHIFT_MINUTES_MAX)) * MINUTE_US
        {
            Some(ProblemKind::TooLong)
        } else {
            None
        }
    }
}

impl Guard {
    /// The part of a stretch in which the certificate is valid: it ends with its last day.
    pub fn certified_part(&self, span: &Span) -> Span {
        match self.certified_until {
            None => Span::new(span.start, span.start),
            Some(day) => Span::new(span.start, span.end.min(begin_of(day_after(day, 1)))),
        }
    }

    /// Whether the certificate is valid to the end of a stretch.
    pub fn is_certified(&self, span: &Span) -> bool {
        self.certified_part(span) == *span
    }
}

/// The seven days that begin at a moment.
pub fn week_from(start: jiff::Timestamp) -> Span {
    Span::new(start, start.saturating_add(SignedDuration::from_hours(7 * 24)).unwrap_or(start))
}
