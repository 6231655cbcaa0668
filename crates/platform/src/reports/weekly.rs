//! The weekly report of an office: seven closed days of every organisation in its reach.

use std::collections::BTreeMap;

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after};
use domain::duty::report::{OrganisationWeek, WeekTotals, WeeklyReport, weekly};
use domain::ids::OrganisationId;
use domain::recording::Span;
use jiff::SignedDuration;
use jiff::civil::Date;
use store::RoomDayFilter;

use super::{ReportKind, Written};
use crate::{Ask, Platform, PlatformError};

/// Days of the report.
const DAYS: i32 = 7;

impl Platform {
    pub(super) async fn write_weekly(&self, ask: &Ask, last: Date) -> Result<Written, PlatformError> {
        let Some(Scope::Region(region)) = ask.access.scope else {
            return Err(PlatformError::field(
                "kind",
                "not_yours",
                "a weekly report is made by an office for its region",
            ));
        };
        let first = day_after(last, 1 - DAYS);
        if begin_of(day_after(last, 1)) > ask.now {
            return Err(PlatformError::field("day", "not_over", "the last day of the week is not over"));
        }
        let filter = RoomDayFilter { from: first, to: last, organisation_id: None, room_id: None };
        let mut weeks: BTreeMap<OrganisationId, OrganisationWeek> = BTreeMap::new();
        for one in self.ledger_rooms(ask, &filter).await? {
            let week = weeks.entry(one.row.organisation_id).or_insert_with(|| OrganisationWeek {
                name: one.row.organisation_name.clone(),
                rooms: 0,
                totals: WeekTotals::default(),
                suspicions: 0,
                ending: 0,
            });
            week.rooms += u64::from(one.row.day == last);
            week.totals.required += u64::from(one.totals.required);
            week.totals.proven += u64::from(one.totals.proven);
            week.totals.claimed += u64::from(one.totals.claimed);
            week.totals.contradicted += u64::from(one.totals.contradicted);
        }
        let span = Span::new(begin_of(first), begin_of(day_after(last, 1)));
        for (id, week) in &mut weeks {
            week.suspicions = self.count_suspicions(ask, *id, span).await?;
        }
        let week_on = ask.now.saturating_add(SignedDuration::from_hours(24 * 7)).unwrap_or(ask.now);
        for held in
            self.inner.store.held_contracts(&Access::PLATFORM, None, Span::new(ask.now, week_on)).await?
        {
            if held.span.end <= week_on
                && let Some(week) = weeks.get_mut(&held.organisation_id)
            {
                week.ending += 1;
            }
        }
        let mut digests = self.closed_digests().await?;
        let mut rests_on = Vec::new();
        for days in 0..DAYS {
            let day = day_after(first, days);
            rests_on.push(match digests.remove(&day) {
                Some(digest) => format!("{day}台账摘要{digest}。"),
                None => format!("{day}尚未结账或无台账。"),
            });
        }
        let region_name = self.inner.store.region(&ask.access, region).await?.name;
        let organisations = weeks.into_values().collect();
        let report = WeeklyReport { region: region_name, first, last, organisations, rests_on };
        Ok(Written {
            kind: ReportKind::Weekly,
            alarm_id: None,
            edition: weekly(&report),
            organisation_id: None,
            region_id: Some(region),
            span,
        })
    }
}
