//! Overdue alarms: the definition of the domain as one condition in SQL, counted by who answers for them.
//!
//! The condition finds the rows; which clock is the worst is then read by the domain, so that both are one definition. A contract test
//! holds them against each other.

use std::collections::HashMap;

use domain::access::Access;
use domain::alarm::clock::{CLOCKS, ClockReading};
use domain::alarm::code::LEVELS;
use domain::alarm::{Clock, Level, Limits, Rung};
use domain::ids::{AlarmId, OrganisationId, RegionId, UnitId};
use domain::notice::{Party, due_for_notice};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{COUNTED, number};
use crate::Store;
use crate::alarms::{ALARM_ROWS, AlarmRow, attach_blobs, blobs_of, read_alarm_row};
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Alarms asked for by id in one statement.
const IDS_AT_ONCE: usize = 200;

/// By whom overdue alarms are counted, and whose notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartyKind {
    /// The units at which they happened.
    #[default]
    Unit,
    /// The organisations that do those units' duty under a running contract.
    Organisation,
}

impl PartyKind {
    /// Reads the word of requests.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "unit" => Some(Self::Unit),
            "organisation" => Some(Self::Organisation),
            _ => None,
        }
    }
}

/// An organisation that does a unit's duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serving {
    /// The unit.
    pub unit_id: UnitId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub name: String,
}

/// Which overdue alarms; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OverdueFilter {
    /// By units or by organisations: whose notices count, too.
    pub by: PartyKind,
    /// At this unit.
    pub unit_id: Option<UnitId>,
    /// At the units that this organisation serves.
    pub organisation_id: Option<OrganisationId>,
    /// At units of this region.
    pub region_id: Option<RegionId>,
    /// Of this level.
    pub level: Option<Level>,
    /// With at least so many notices about them.
    pub notices_min: u32,
    /// The notice that makes so many was sent at or before this.
    pub noticed_before: Option<Timestamp>,
}

/// An alarm that is overdue.
#[derive(Debug, Clone, PartialEq)]
pub struct OverdueAlarm {
    /// The alarm.
    pub row: AlarmRow,
    /// The clock exceeded longest.
    pub worst: ClockReading,
    /// Notices about it.
    pub notices: u64,
    /// When the last of them was sent.
    pub last_notice_at: Option<Timestamp>,
}

/// Who answers for overdue alarms, and for how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueParty {
    /// Who.
    pub party: Party,
    /// Name now.
    pub name: String,
    /// City.
    pub city: Option<String>,
    /// County.
    pub county: Option<String>,
    /// Overdue alarms that are open, of all levels.
    pub overdue: u64,
    /// The same of level 1 to 4.
    pub by_level: [u64; 4],
    /// Of these, with a notice about them already.
    pub noticed: u64,
    /// When the oldest of them was pushed.
    pub oldest_at: Timestamp,
    /// Notices to the party since the period began.
    pub notices: u64,
    /// Of these, supervision orders.
    pub orders: u64,
    /// Notices whose reply is owed and late.
    pub unanswered: u64,
    /// When the last notice was sent.
    pub last_notice_at: Option<Timestamp>,
}

impl OverdueParty {
    fn party_uuid(&self) -> Uuid {
        match self.party {
            Party::Unit(id) => id.0,
            Party::Organisation(id) => id.0,
        }
    }
}

impl Store {
    /// Open alarms that are overdue at `now`, the longest pushed first.
    pub async fn overdue_alarms(
        &self,
        access: &Access,
        filter: &OverdueFilter,
        now: Timestamp,
        ask: &PageAsk,
    ) -> Result<Page<OverdueAlarm>> {
        let mut sql = Sql::new(ALARM_ROWS);
        sql.narrow(access, Narrow::Current);
        add_overdue(&mut sql, filter, now);
        if let Some((pushed_us, id)) = ask.key::<(i64, AlarmId)>()? {
            sql.push(" and (a.pushed_at, a.id) > (").bind(pushed_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by a.pushed_at, a.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        let page = ask.cut(rows, |row| (row.alarm.times.pushed_at.as_microsecond(), row.alarm.id));
        Ok(Page { items: self.with_notices(page.items, now).await?, next: page.next })
    }

    /// Open overdue alarms of these units, at most `most` of them, the longest pushed first.
    pub async fn overdue_alarms_of_units(
        &self,
        access: &Access,
        units: &[UnitId],
        filter: &OverdueFilter,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<OverdueAlarm>> {
        if units.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(ALARM_ROWS);
        sql.narrow(access, Narrow::Current).push(" and a.unit_id in ").list(units.iter().map(|id| id.0));
        add_overdue(&mut sql, filter, now);
        sql.push(" order by a.pushed_at, a.id limit ").bind(most);
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        self.with_notices(rows, now).await
    }

    /// Open overdue alarms, at most `most` of them, the longest pushed first.
    pub async fn first_overdue_alarms(
        &self,
        access: &Access,
        filter: &OverdueFilter,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<OverdueAlarm>> {
        let mut sql = Sql::new(ALARM_ROWS);
        sql.narrow(access, Narrow::Current);
        add_overdue(&mut sql, filter, now);
        sql.push(" order by a.pushed_at, a.id limit ").bind(most);
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        self.with_notices(rows, now).await
    }

    /// The organisations that do these units' duty under a running contract, by unit and name.
    pub async fn organisations_serving(&self, access: &Access, units: &[UnitId]) -> Result<Vec<Serving>> {
        let mut found = Vec::new();
        for chunk in units.chunks(IDS_AT_ONCE) {
            let mut sql = Sql::new(
                "select c.unit_id, g.id as organisation_id, g.name from contract c join organisation g on g.id = c.organisation_id
                 join unit_now u on u.unit_id = c.unit_id where c.state = 'running' and c.unit_id in ",
            );
            sql.list(chunk.iter().map(|id| id.0)).narrow(access, Narrow::Current);
            sql.push(" order by c.unit_id, g.name, g.id");
            for row in self.pools.fetch_all(sql).await? {
                found.push(Serving {
                    unit_id: row.id("unit_id")?,
                    organisation_id: row.id("organisation_id")?,
                    name: row.text("name")?,
                });
            }
        }
        Ok(found)
    }

    /// These alarms as far as they lie in the asker's reach, overdue or not, in no order.
    pub async fn alarms_for_notice(&self, access: &Access, ids: &[AlarmId]) -> Result<Vec<AlarmRow>> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(IDS_AT_ONCE) {
            found.extend(self.alarms_by_id(access, chunk).await?);
        }
        Ok(found)
    }

    /// Who answers for open overdue alarms at `now`, those with most of them first. Notices are counted since `period_from`.
    pub async fn overdue_parties(
        &self,
        access: &Access,
        filter: &OverdueFilter,
        (now, period_from): (Timestamp, Timestamp),
        ask: &PageAsk,
    ) -> Result<Page<OverdueParty>> {
        let is_unit = filter.by == PartyKind::Unit;
        let to_party = if is_unit { "m.unit_id = q.party_id" } else { "m.organisation_id = q.party_id" };
        let mut sql = Sql::new("select q.*");
        for (name, condition) in [(" as notices", ""), (" as orders", " and m.kind = 'supervision'")] {
            sql.push(", (select cast(count(*) as bigint) from notice m where ").push(to_party).push(" and ");
            sql.push(COUNTED)
                .push(condition)
                .push(" and m.sent_at >= ")
                .bind(period_from)
                .push(")")
                .push(name);
        }
        sql.push(", (select cast(count(*) as bigint) from notice m where ").push(to_party);
        sql.push(
            " and m.kind <> 'reminder' and m.state in ('sent', 'received', 'returned') and m.deadline_at < ",
        );
        sql.bind(now).push(") as unanswered");
        sql.push(", (select max(m.sent_at) from notice m where ").push(to_party).push(" and ").push(COUNTED);
        sql.push(") as last_notice_at from (select ");
        sql.push(if is_unit { "u.unit_id as party_id, u.name," } else { "g.id as party_id, g.name," });
        sql.push(" city.name as city_name, county.name as county_name,");
        for (level, name) in LEVELS.into_iter().zip([" as n1,", " as n2,", " as n3,", " as n4,"]) {
            sql.push(" cast(sum(case when a.level = ").bind(i64::from(u8::from(level)));
            sql.push(" then 1 else 0 end) as bigint)").push(name);
        }
        sql.push(
            " cast(sum(case when exists (select 1 from notice_alarm x join notice m on m.id = x.notice_id
                where x.alarm_id = a.id and ",
        );
        sql.push(if is_unit { "m.unit_id is not null and " } else { "m.organisation_id = g.id and " });
        sql.push(COUNTED).push(
            ") then 1 else 0 end) as bigint) as noticed, min(a.pushed_at) as oldest_at, cast(count(*) as bigint) as n
             from alarm a join unit_now u on u.unit_id = a.unit_id",
        );
        if is_unit {
            sql.push(" join region r on r.id = u.region_id");
        } else {
            sql.push(
                " join contract c on c.unit_id = a.unit_id and c.state = 'running'
                 join organisation g on g.id = c.organisation_id join region r on r.id = g.region_id",
            );
        }
        sql.push(
            " left join region city on city.id = r.city_id left join region county on county.id = r.county_id where 1 = 1",
        );
        sql.narrow(access, Narrow::Counted);
        add_overdue(&mut sql, filter, now);
        sql.push(if is_unit { " group by u.unit_id, u.name" } else { " group by g.id, g.name" });
        sql.push(", city.name, county.name) q");
        if let Some((n, party)) = ask.key::<(i64, Uuid)>()? {
            sql.push(" where q.n < ")
                .bind(n)
                .push(" or q.n = ")
                .bind(n)
                .push(" and q.party_id > ")
                .bind(party);
        }
        sql.push(" order by q.n desc, q.party_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| read_party(row, filter.by)).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |one| (one.overdue as i64, one.party_uuid())))
    }

    /// Counted notices by alarm and the last of them, sent at or before `until`: what an annex prints. What one act sent to a unit and to an
    /// organisation counts once.
    pub async fn notices_of_alarms(
        &self,
        access: &Access,
        ids: &[AlarmId],
        until: Timestamp,
    ) -> Result<HashMap<AlarmId, (u64, Timestamp)>> {
        let mut found = HashMap::new();
        for chunk in ids.chunks(IDS_AT_ONCE) {
            let mut sql = Sql::new(
                "select x.alarm_id, cast(count(distinct m.batch_id) as bigint) as n, max(m.sent_at) as last_at from notice_alarm x
                 join notice m on m.id = x.notice_id join alarm a on a.id = x.alarm_id join unit_now u on u.unit_id = a.unit_id
                 where m.kind <> 'reminder' and (m.state <> 'withdrawn' or m.ended_at > $1) and m.sent_at <= $2
                 and x.alarm_id in ",
            )
            .with(until)
            .with(until);
            sql.list(chunk.iter().map(|id| id.0))
                .narrow(access, Narrow::Current)
                .push(" group by x.alarm_id");
            for row in self.pools.fetch_all(sql).await? {
                found.insert(row.id("alarm_id")?, (number(&row, "n")?, row.time("last_at")?));
            }
        }
        Ok(found)
    }

    /// How often alarms in the asker's reach were told to parties by offices of this level, alarm by alarm and act by act, from the first moment up
    /// to and with the second.
    pub async fn count_alarm_notices(
        &self,
        access: &Access,
        level: Rung,
        (from, until): (Timestamp, Timestamp),
    ) -> Result<u64> {
        let mut sql = Sql::new(
            "select cast(count(distinct x.alarm_id || m.batch_id) as bigint) as n from notice_alarm x
             join notice m on m.id = x.notice_id join alarm a on a.id = x.alarm_id join unit_now u on u.unit_id = a.unit_id
             where m.kind <> 'reminder' and m.issuer_level = $1 and m.sent_at >= $2 and m.sent_at <= $3
             and (m.state <> 'withdrawn' or m.ended_at > $4)",
        )
        .with(level.as_str())
        .with(from)
        .with(until)
        .with(until);
        sql.narrow(access, Narrow::Counted);
        number(&self.pools.fetch_one(sql).await?, "n")
    }

    async fn with_notices(&self, mut rows: Vec<AlarmRow>, now: Timestamp) -> Result<Vec<OverdueAlarm>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        for chunk in rows.chunks_mut(IDS_AT_ONCE) {
            let blobs = self.pools.fetch_all(blobs_of(chunk)).await?;
            attach_blobs(chunk, &blobs)?;
        }
        let ids: Vec<AlarmId> = rows.iter().map(|row| row.alarm.id).collect();
        // The alarms were found within the asker's reach.
        let mut notices = self.notices_of_alarms(&Access::PLATFORM, &ids, now).await?;
        let overdue = rows.into_iter().filter_map(|row| {
            let worst = due_for_notice(&row.alarm, now).ok()?;
            let (notices, last_notice_at) =
                notices.remove(&row.alarm.id).map_or((0, None), |(count, last)| (count, Some(last)));
            Some(OverdueAlarm { row, worst, notices, last_notice_at })
        });
        Ok(overdue.collect())
    }
}

/// Open, overdue at `now` by any clock, no drill, not quiet; then the filter.
fn add_overdue(sql: &mut Sql, filter: &OverdueFilter, now: Timestamp) {
    sql.push(" and a.is_open and not a.drill and a.marks not like '%\"quarantined\"%' and a.marks not like '%\"inhibited\"%' and (");
    let mut is_first = true;
    for level in LEVELS {
        for clock in CLOCKS {
            let Some(limit_s) = Limits::of(level).limit_s(clock) else { continue };
            sql.push(if is_first { "a.level = " } else { " or a.level = " }).bind(i64::from(u8::from(level)));
            is_first = false;
            let (stopped, started) = match clock {
                Clock::Take => (" and coalesce(a.taken_at, ", ") > a.pushed_at + "),
                Clock::Verify => (" and coalesce(a.verified_at, ", ") > a.taken_at + "),
                Clock::Arrive => (" and coalesce(a.arrived_at, a.handled_at, ", ") > a.verified_at + "),
                Clock::Handle => (" and coalesce(a.handled_at, ", ") > a.verified_at + "),
            };
            let limit_us = i64::try_from(SignedDuration::from_secs(limit_s).as_micros()).unwrap_or(i64::MAX);
            sql.push(stopped).bind(now).push(started).bind(limit_us);
        }
    }
    sql.push(")");
    sql.filter(" and a.unit_id = ", filter.unit_id.map(|id| id.0));
    if let Some(organisation) = filter.organisation_id {
        sql.push(
            " and a.unit_id in (select unit_id from contract where state = 'running' and organisation_id = ",
        );
        sql.bind(organisation.0).push(")");
    }
    sql.filter(" and a.level = ", filter.level.map(|level| i64::from(u8::from(level))));
    if let Some(region) = filter.region_id {
        sql.push(" and u.region_id in (select descendant_id from region_tree where ancestor_id = ");
        sql.bind(region.0).push(")");
    }
    if filter.notices_min > 0 {
        sql.push(
            " and (select count(*) from notice_alarm x join notice m on m.id = x.notice_id where x.alarm_id = a.id and ",
        );
        sql.push(match filter.by {
            PartyKind::Unit => "m.unit_id is not null and ",
            PartyKind::Organisation => "m.organisation_id is not null and ",
        });
        sql.push(COUNTED).filter(" and m.sent_at <= ", filter.noticed_before);
        sql.push(") >= ").bind(i64::from(filter.notices_min));
    }
}

fn read_party(row: &Row, by: PartyKind) -> Result<OverdueParty> {
    Ok(OverdueParty {
        party: match by {
            PartyKind::Unit => Party::Unit(row.id("party_id")?),
            PartyKind::Organisation => Party::Organisation(row.id("party_id")?),
        },
        name: row.text("name")?,
        city: row.text_opt("city_name")?,
        county: row.text_opt("county_name")?,
        overdue: number(row, "n")?,
        by_level: [number(row, "n1")?, number(row, "n2")?, number(row, "n3")?, number(row, "n4")?],
        noticed: number(row, "noticed")?,
        oldest_at: row.time("oldest_at")?,
        notices: number(row, "notices")?,
        orders: number(row, "orders")?,
        unanswered: number(row, "unanswered")?,
        last_notice_at: row.time_opt("last_notice_at")?,
    })
}
