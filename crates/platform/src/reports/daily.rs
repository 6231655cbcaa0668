//! The daily report of an organisation: counted from 08:00 to 08:00.

use std::collections::HashMap;

use domain::access::{Access, Scope};
use domain::alarm::{AlarmState, Limits};
use domain::beijing::{begin_of, day_after, day_of, say_moment};
use domain::duty::ledger::{MinuteState, Run, totals};
use domain::duty::minutes::{DAY_MINUTES, Minutes};
use domain::duty::presence::SeenDay;
use domain::duty::report::{AlarmLevelCounts, DailyReport, Gap, RollCallCounts, RoomReport, daily};
use domain::ids::{DutyRoomId, OrganisationId, StaffId};
use domain::recording::Span;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmFilter, AlarmStates, DutyRoom, DutyRoomFilter, PageAsk, RoomDayFilter, SuspicionFilter, hex,
    sha256_hex,
};

use super::{ReportKind, ReportWish, Written};
use crate::ledger::{RoomDayView, shown};
use crate::{Ask, Platform, PlatformError};

/// The report begins at eight.
const BEGINS_MIN: u16 = 8 * 60;
/// Most alarms that are counted one by one; an organisation that has more in a day has other worries.
const ALARMS_MAX: usize = 20_000;
/// Days back that are looked through for the digest a report rests on.
const DAYS_BACK: u32 = 40;

impl Platform {
    pub(super) async fn write_daily(&self, ask: &Ask, wish: ReportWish) -> Result<Written, PlatformError> {
        let own = match ask.access.scope {
            Some(Scope::Organisation(id)) => Some(id),
            _ => None,
        };
        let Some(id) = wish.organisation_id.or(own) else {
            return Err(PlatformError::field(
                "organisation_id",
                "required",
                "a daily report is of one organisation",
            ));
        };
        let eight = SignedDuration::from_mins(i64::from(BEGINS_MIN));
        let span = Span::new(begin_of(wish.day) + eight, begin_of(day_after(wish.day, 1)) + eight);
        if span.end > ask.now {
            return Err(PlatformError::field(
                "day",
                "not_over",
                "this report ends at eight on the next morning",
            ));
        }
        let organisation = self.inner.store.organisation(&ask.access, id).await?;
        let filter =
            DutyRoomFilter { organisation_id: Some(id), with_closed: true, ..DutyRoomFilter::default() };
        let rooms = self.inner.store.duty_rooms(&ask.access, &filter, &PageAsk::first(200)).await?.items;
        let days = RoomDayFilter {
            from: wish.day,
            to: day_after(wish.day, 1),
            organisation_id: Some(id),
            room_id: None,
        };
        let kept = self.ledger_rooms(ask, &days).await?;
        let mut seen = HashMap::new();
        for day in [wish.day, day_after(wish.day, 1)] {
            seen.insert(day, self.seen_on(day).await?);
        }
        let mut reports = Vec::new();
        for room in rooms {
            let of_room: Vec<&RoomDayView> =
                kept.iter().filter(|one| one.row.kept.room_id == room.id).collect();
            if !of_room.is_empty() {
                reports.push(self.room_report(ask, &room, (&of_room, &seen), span).await?);
            }
        }
        let served = Access { scope: Some(Scope::Organisation(id)), ..ask.access };
        let held =
            self.inner.store.held_contracts(&Access::PLATFORM, None, Span::new(span.start, span.end)).await?;
        let report = DailyReport {
            organisation: organisation.record.name,
            day: wish.day,
            units: held.iter().filter(|one| one.organisation_id == id && one.span.end >= span.end).count()
                as u64,
            rooms: reports,
            alarms: self.count_alarms(&served, span).await?,
            suspicions: self.count_suspicions(ask, id, span).await?,
            rests_on: rests_on(&kept, wish.day, self.closed_digests().await?.remove(&wish.day)),
        };
        Ok(Written {
            kind: ReportKind::Daily,
            alarm_id: None,
            edition: daily(&report),
            organisation_id: Some(id),
            region_id: None,
            span,
        })
    }

    async fn room_report(
        &self,
        ask: &Ask,
        room: &DutyRoom,
        (days, seen): (&[&RoomDayView], &HashMap<Date, HashMap<DutyRoomId, SeenDay>>),
        span: Span,
    ) -> Result<RoomReport, PlatformError> {
        let store = &self.inner.store;
        let certificates: HashMap<StaffId, String> = store
            .roster_guards(&[room.id])
            .await?
            .into_iter()
            .filter_map(|one| one.certificate.map(|certificate| (one.id, masked(&certificate.number))))
            .collect();
        let shifts = store.roster(&ask.access, room.id, span).await?;
        let records = store.duty_records(&ask.access, room.id, span).await?;
        let handovers = store.handovers(&ask.access, room.id, span).await?;
        let calls = self.calls_of(&[room.id], span).await?;
        let roll_calls = RollCallCounts::of(calls.calls.get(&room.id).into_iter().flatten());
        let (states, claimed, gaps) = from_eight_to_eight(days, span);
        let totals = totals(&states, &claimed);
        let text = |value: Option<String>| value.unwrap_or_default();
        Ok(RoomReport {
            name: room.name.clone(),
            people: days.first().map_or(0, |one| one.row.kept.people),
            shifts: shifts
                .iter()
                .map(|one| {
                    let number = certificates.get(&one.shift.guard_id).cloned();
                    let span = one.shift.span;
                    [say_moment(span.start), say_moment(span.end), one.name.clone(), text(number)]
                })
                .collect(),
            totals,
            camera: shown_from_eight_to_eight(days, seen, day_of(span.start)),
            gaps,
            roll_calls,
            records: records
                .into_iter()
                .map(|one| [say_moment(one.slot_at), say_moment(one.recorded_at), one.name, text(one.remark)])
                .collect(),
            handovers: handovers
                .into_iter()
                .rev()
                .map(|one| {
                    let name =
                        |side: Option<(_, String)>| side.map_or_else(|| "未签".to_owned(), |(_, name)| name);
                    [say_moment(one.due_at), name(one.given), name(one.taken), text(one.remark)]
                })
                .collect(),
        })
    }

    async fn count_alarms(
        &self,
        access: &Access,
        span: Span,
    ) -> Result<[AlarmLevelCounts; 4], PlatformError> {
        let filter = AlarmFilter {
            states: AlarmStates::All,
            from: Some(span.start),
            until: Some(span.end),
            ..AlarmFilter::default()
        };
        let mut counts = [AlarmLevelCounts::default(); 4];
        let (mut page, mut seen) = (PageAsk::first(200), 0);
        loop {
            let found = self.inner.store.alarms(access, &filter, &page).await?;
            for row in &found.items {
                let alarm = &row.alarm;
                let level = u8::from(alarm.level);
                let Some(one) = counts.get_mut(usize::from(level) - 1) else { continue };
                one.received += 1;
                let limit = SignedDuration::from_secs(Limits::of(alarm.level).take_s);
                let taken = alarm.times.taken_at.map(|at| at.duration_since(alarm.times.rings_at()));
                one.taken_in_time += u64::from(taken.is_some_and(|after| after <= limit));
                one.falsely += u64::from(alarm.state == AlarmState::FalseAlarm);
                one.open += u64::from(alarm.state.is_open());
            }
            seen += found.items.len();
            match found.next {
                Some(next) if seen < ALARMS_MAX => page = PageAsk::after(200, next),
                _ => return Ok(counts),
            }
        }
    }

    /// Suspicions raised about an organisation in a stretch.
    pub(super) async fn count_suspicions(
        &self,
        ask: &Ask,
        id: OrganisationId,
        span: Span,
    ) -> Result<u64, PlatformError> {
        let filter = SuspicionFilter { organisation_id: Some(id), ..SuspicionFilter::default() };
        let (mut page, mut count) = (PageAsk::first(200), 0);
        loop {
            let found = self.inner.store.suspicions(&ask.access, &filter, &page).await?;
            let is_in = |at: Timestamp| (span.start..span.end).contains(&at);
            count += found.items.iter().filter(|one| is_in(one.raised.raised_at)).count() as u64;
            // Last raised first: what follows is older still.
            let is_past = found.items.last().is_none_or(|one| one.raised.raised_at < span.start);
            match found.next {
                Some(next) if !is_past => page = PageAsk::after(200, next),
                _ => return Ok(count),
            }
        }
    }

    /// The digests of days that are closed, of the last weeks.
    pub(super) async fn closed_digests(&self) -> Result<HashMap<Date, String>, PlatformError> {
        let days = self.inner.store.ledger_days(DAYS_BACK).await?;
        Ok(days.iter().map(|one| (one.day, hex(&one.digest))).collect())
    }
}

/// The minutes from eight on of the first day and before eight of the next, as one row of minutes that begins at eight, and the gaps in them.
fn from_eight_to_eight(
    days: &[&RoomDayView],
    span: Span,
) -> ([MinuteState; DAY_MINUTES as usize], Minutes, Vec<Gap>) {
    let mut states = [MinuteState::NotRequired; DAY_MINUTES as usize];
    let (mut claimed, mut gaps) = (Minutes::NONE, Vec::new());
    let first = day_of(span.start);
    for one in days {
        let is_first = one.row.day == first;
        for run in &one.runs {
            let (from, until) = (run.from, run.from + run.minutes);
            let (from, until) =
                if is_first { (from.max(BEGINS_MIN), until) } else { (from, until.min(BEGINS_MIN)) };
            if from >= until {
                continue;
            }
            let shift =
                |minute: u16| if is_first { minute - BEGINS_MIN } else { minute + DAY_MINUTES - BEGINS_MIN };
            states[usize::from(shift(from))..usize::from(shift(until))].fill(run.state);
            if run.is_claimed {
                claimed.insert(shift(from), shift(until));
            }
            let is_gap =
                run.state.is_required() && !run.state.is_proven() && run.state != MinuteState::Exempt;
            if is_gap {
                gaps.push(Gap { day: one.row.day, run: Run { from, minutes: until - from, ..*run } });
            }
        }
    }
    (states, claimed, gaps)
}

/// Minutes of the report in which the room's camera showed it.
fn shown_from_eight_to_eight(
    days: &[&RoomDayView],
    seen: &HashMap<Date, HashMap<DutyRoomId, SeenDay>>,
    first: Date,
) -> u16 {
    let mut minutes = 0;
    for one in days {
        let Some(of_room) = seen.get(&one.row.day).and_then(|day| day.get(&one.row.kept.room_id)) else {
            continue;
        };
        let (from, until) = if one.row.day == first { (BEGINS_MIN, DAY_MINUTES) } else { (0, BEGINS_MIN) };
        let mut half = Minutes::NONE;
        half.insert(from, until);
        minutes += shown(of_room).and(&half).count();
    }
    minutes
}

/// The digests of what the report rests on.
fn rests_on(kept: &[RoomDayView], day: Date, closed: Option<String>) -> Vec<String> {
    let mut lines = vec![match closed {
        Some(digest) => format!("{day}已结账，台账摘要{digest}。"),
        None => format!("{day}尚未结账，结账后数字可能变化。"),
    }];
    lines.push(format!("{}00:00至08:00尚未结账。", domain::beijing::short_day(day_after(day, 1))));
    for one in kept {
        let digest = sha256_hex(&one.row.kept.minutes);
        lines.push(format!("{} {} 分钟数据SHA-256 {digest}。", one.row.room_name, one.row.day));
    }
    lines
}

/// A certificate number with its middle masked.
fn masked(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    match digits.len() {
        length @ 9.. => digits[..4].iter().chain(&['*'; 4]).chain(&digits[length - 4..]).collect(),
        _ => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_told_by_its_ends() {
        assert_eq!(masked("360100199001011234"), "3601****1234");
        assert_eq!(masked("12345"), "****");
    }
}
