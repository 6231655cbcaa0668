//! Rest: whether people have enough of it between their shifts and in seven days.

use std::collections::BTreeSet;

use super::shift::{Shift, minutes_of, week_from};
use super::{Problem, ProblemKind, Roster, worked};
use crate::duty::minutes::MINUTE_US;
use crate::ids::{DutyRoomId, StaffId};
use crate::recording::{Span, overlap, subtract, total_us};

/// Problems of rest of everybody who has a shift in `window`; of a week that is too long and of a week without a day of rest the first of
/// each person is named.
pub(super) fn check(roster: &Roster<'_>, window: &Span) -> Vec<Problem> {
    let in_window = |shift: &&Shift| !shift.span.overlap(window).is_empty();
    let people: BTreeSet<StaffId> =
        roster.shifts.iter().filter(in_window).map(|shift| shift.guard_id).collect();
    people.into_iter().flat_map(|guard_id| of_guard(roster, guard_id, window)).collect()
}

/// Minutes of rest before a stretch, where something was worked before it.
pub(super) fn rest_before(worked: &[Span], span: &Span) -> Option<u32> {
    let before = worked.iter().rev().find(|one| one.start < span.start)?;
    Some(minutes_of(&Span::new(before.end, span.start)))
}

/// Every seven days that end with a stretch, and the minutes worked in them. The seven days that hold the most are among them.
pub(super) fn weeks_worked(worked: &[Span]) -> impl Iterator<Item = (Span, u32)> {
    worked.iter().map(|last| {
        let start = last.end.saturating_sub(jiff::SignedDuration::from_hours(7 * 24)).unwrap_or(last.start);
        let week = Span::new(start, last.end);
        (week, (total_us(&overlap(worked, &[week])) / MINUTE_US) as u32)
    })
}

/// Most minutes that are worked in any seven days, and the week in which they are.
fn longest_week(worked: &[Span]) -> Option<(Span, u32)> {
    weeks_worked(worked).fold(None, |most: Option<(Span, u32)>, week| {
        Some(most.filter(|most| most.1 >= week.1).unwrap_or(week))
    })
}

fn of_guard(roster: &Roster<'_>, guard_id: StaffId, window: &Span) -> Vec<Problem> {
    let rules = &roster.rules;
    let worked = worked(roster.shifts, guard_id);
    let mut shifts: Vec<&Shift> =
        roster.shifts.iter().filter(|shift| shift.guard_id == guard_id && !shift.span.is_empty()).collect();
    shifts.sort_unstable_by_key(|shift| (shift.span, shift.room_id));
    let problem = |room_id: DutyRoomId, span, kind, found, limit| Problem {
        room_id,
        span,
        kind,
        guard_id: Some(guard_id),
        found,
        limit,
    };
    let mut found = Vec::new();
    for pair in shifts.windows(2).filter(|pair| !pair[1].span.overlap(window).is_empty()) {
        let (before, after) = (pair[0], pair[1]);
        // Shifts that overlap are another problem.
        let rest = minutes_of(&Span::new(before.span.end, after.span.start));
        if after.span.start >= before.span.end && rest < rules.rest_minutes_min {
            found.push(problem(
                after.room_id,
                after.span,
                ProblemKind::LittleRest,
                rest,
                rules.rest_minutes_min,
            ));
        }
    }
    let room_of = |span: &Span| {
        shifts.iter().find(|shift| !shift.span.overlap(span).is_empty()).map(|shift| shift.room_id)
    };
    if let Some((week, minutes)) =
        longest_week(&worked).filter(|(_, minutes)| *minutes > rules.week_minutes_max)
        && let Some(room_id) = room_of(&week)
    {
        found.push(problem(room_id, week, ProblemKind::LongWeek, minutes, rules.week_minutes_max));
    }
    let longest_free = |week: &Span| {
        let free = subtract(&[*week], &worked);
        free.iter().map(minutes_of).max().unwrap_or_default()
    };
    let without = worked.iter().map(|first| week_from(first.start)).find_map(|week| {
        let free = longest_free(&week);
        (free < rules.free_minutes_min).then_some((week, free))
    });
    if let Some((week, free)) = without
        && let Some(room_id) = room_of(&week)
    {
        found.push(problem(room_id, week, ProblemKind::NoRestDay, free, rules.free_minutes_min));
    }
    found
}
