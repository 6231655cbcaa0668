//! Scores of organisations: the figure of a month and the file it was computed from, kept once; and the rows that such a file is made of.

use domain::access::Access;
use domain::alarm::Level;
use domain::duty::drill::half_points_max;
use domain::duty::roll_call::RollCallState;
use domain::duty::score::file::{Month, ROWS_MAX, ScoredCall, ScoredDrill, ScoredFinding};
use domain::ids::{AlarmId, OrganisationId, UnitId};
use domain::recording::Span;
use jiff::Timestamp;
use jiff::civil::Date;

use super::within_reach;
use crate::Store;
use crate::error::Result;
use crate::row::{Row, corrupt};
use crate::sessions::hash32;
use crate::sql::Sql;

/// Most scores of one question: five years of one organisation, or a month of a province's.
const SHOWN_MAX: i64 = 1000;

/// A month's score to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewScore {
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Of which month.
    pub month: Month,
    /// By which rules.
    pub rules: String,
    /// Hundredths of a point.
    pub hundredths: u32,
    /// The file, JSON.
    pub file: String,
    /// Its SHA-256.
    pub digest: [u8; 32],
    /// When.
    pub made_at: Timestamp,
}

/// A kept score, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Of which month.
    pub month: Month,
    /// By which rules.
    pub rules: String,
    /// Hundredths of a point.
    pub hundredths: u32,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// When it was computed.
    pub made_at: Timestamp,
}

/// An alarm of a unit at a time when an organisation's contract with it was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedAlarm {
    /// Which.
    pub id: AlarmId,
    /// Of which unit.
    pub unit_id: UnitId,
    /// Its level.
    pub level: Level,
    /// When it began to ring.
    pub rings_at: Timestamp,
    /// When it was taken.
    pub taken_at: Option<Timestamp>,
}

impl Store {
    /// Keeps a score, unless the month has one; true where it is new.
    pub async fn add_score(&self, new: &NewScore) -> Result<bool> {
        let sql = Sql::new(
            "insert into organisation_score (organisation_id, month, rules, hundredths, file, digest, made_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (organisation_id, month) do nothing",
        )
        .with(new.organisation_id.0)
        .with(new.month.text())
        .with(&new.rules)
        .with(new.hundredths)
        .with(&new.file)
        .with(new.digest)
        .with(new.made_at);
        Ok(self.pools.execute(sql).await? > 0)
    }

    /// Scores in the asker's reach, the last month first and the best first within it: of one organisation or one month, where wanted.
    pub async fn scores(
        &self,
        access: &Access,
        organisation: Option<OrganisationId>,
        month: Option<Month>,
    ) -> Result<Vec<ScoreRow>> {
        let mut sql = Sql::new(
            "select s.organisation_id, s.month, s.rules, s.hundredths, s.digest, s.made_at, o.name as organisation_name
             from organisation_score s join organisation o on o.id = s.organisation_id where 1 = 1",
        );
        within_reach(&mut sql, access);
        sql.filter(" and s.organisation_id = ", organisation.map(|id| id.0));
        sql.filter(" and s.month = ", month.map(Month::text));
        sql.push(" order by s.month desc, s.hundredths desc, s.organisation_id limit ").bind(SHOWN_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_score).collect()
    }

    /// The score of a month with the file it was computed from.
    pub async fn score_file(
        &self,
        access: &Access,
        organisation: OrganisationId,
        month: Month,
    ) -> Result<(ScoreRow, String)> {
        let mut sql = Sql::new(
            "select s.*, o.name as organisation_name from organisation_score s join organisation o on o.id = s.organisation_id
             where s.organisation_id = $1 and s.month = $2",
        )
        .with(organisation.0)
        .with(month.text());
        within_reach(&mut sql, access);
        let row = self.pools.fetch_one(sql).await?;
        Ok((read_score(&row)?, row.text("file")?))
    }

    /// Organisations with a day of a room in the month and no score of it yet: for the platform itself.
    pub async fn unscored(&self, month: Month) -> Result<Vec<OrganisationId>> {
        let sql = Sql::new(
            "select distinct d.organisation_id from room_day y join duty_room d on d.id = y.room_id
             where y.day >= $1 and y.day <= $2 and not exists (select 1 from organisation_score s
                 where s.organisation_id = d.organisation_id and s.month = $3) order by d.organisation_id",
        )
        .with(month.first().to_string())
        .with(month.last().to_string())
        .with(month.text());
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("organisation_id")).collect()
    }

    /// The first day of which a room's day is kept: scores begin with its month.
    pub async fn first_room_day(&self) -> Result<Option<Date>> {
        let row = self.pools.fetch_one(Sql::new("select min(day) as first from room_day")).await?;
        row.text_opt("first")?.map(|text| text.parse().map_err(|_| corrupt("day", &text))).transpose()
    }

    /// Roll-calls of an organisation's rooms that were asked in a stretch: for the platform itself.
    pub async fn scored_calls(&self, organisation: OrganisationId, span: Span) -> Result<Vec<ScoredCall>> {
        let sql = Sql::new(
            "select k.id, k.room_id, k.asked_at, k.state from duty_roll_call k join duty_room d on d.id = k.room_id
             where d.organisation_id = $1 and k.asked_at >= $2 and k.asked_at < $3 order by k.asked_at, k.id limit $4",
        )
        .with(organisation.0)
        .with(span.start)
        .with(span.end)
        .with(ROWS_MAX as i64);
        let read = |row: &Row| {
            Ok(ScoredCall {
                id: row.id("id")?,
                room_id: row.id("room_id")?,
                asked_at: row.time("asked_at")?,
                state: row.word("state", RollCallState::parse)?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Drills of an organisation's rooms that began in a stretch and are over: for the platform itself.
    pub async fn scored_drills(&self, organisation: OrganisationId, span: Span) -> Result<Vec<ScoredDrill>> {
        let sql = Sql::new(
            "select d.begun_at, d.half_points from drill d join duty_room r on r.id = d.room_id
             where r.organisation_id = $1 and d.state = 'done' and d.begun_at >= $2 and d.begun_at < $3
             order by d.begun_at, d.id limit $4",
        )
        .with(organisation.0)
        .with(span.start)
        .with(span.end)
        .with(ROWS_MAX as i64);
        let read = |row: &Row| {
            Ok(ScoredDrill {
                at: row.time("begun_at")?,
                half_points: crate::drills::half_points(row)?.unwrap_or_default(),
                half_points_max: half_points_max(),
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Alarms that began to ring in a stretch at units with which the organisation's contract was in force at that moment; drills, tests,
    /// merged ones and those of duty rooms themselves left out. For the platform itself.
    pub async fn served_alarms(&self, organisation: OrganisationId, span: Span) -> Result<Vec<ServedAlarm>> {
        let sql = Sql::new(
            "select a.id, a.unit_id, a.level, a.taken_at, r.rings_at
             from alarm a join (select b.id, case when b.quiet_until > b.pushed_at then b.quiet_until else b.pushed_at end as rings_at
                 from alarm b where b.pushed_at < $1 and (b.pushed_at >= $2 or b.quiet_until >= $2)) r on r.id = a.id
             where not a.drill and a.state not in ('test', 'merged') and r.rings_at >= $2 and r.rings_at < $1
                 and a.unit_id not in (select unit_id from duty_room where kind = 'organisation')
                 and exists (select 1 from contract c where c.unit_id = a.unit_id and c.organisation_id = $3
                     and c.state in ('running', 'ended', 'terminated', 'replaced') and c.accepted_at is not null
                     and c.accepted_at <= r.rings_at and c.starts_at <= r.rings_at and c.ends_at > r.rings_at
                     and (c.over_at is null or c.over_at > r.rings_at))
             order by r.rings_at, a.id limit $4",
        )
        .with(span.end)
        .with(span.start)
        .with(organisation.0)
        .with(ROWS_MAX as i64);
        let read = |row: &Row| {
            let level = row.int("level")?;
            let level = u8::try_from(level).ok().and_then(|level| Level::try_from(level).ok());
            Ok(ServedAlarm {
                id: row.id("id")?,
                unit_id: row.id("unit_id")?,
                level: level.ok_or_else(|| corrupt("level", "no level"))?,
                rings_at: row.time("rings_at")?,
                taken_at: row.time_opt("taken_at")?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Deceit that was confirmed against an organisation in a stretch and still stands: for the platform itself.
    pub async fn scored_findings(
        &self,
        organisation: OrganisationId,
        span: Span,
    ) -> Result<Vec<ScoredFinding>> {
        let sql = Sql::new(
            "select id, confirmed_at from violation where organisation_id = $1 and confirmed_at >= $2 and confirmed_at < $3
                 and state in ('confirmed', 'appealed', 'upheld') and kind in ('feigned_duty', 'false_claim', 'false_certificate')
             order by confirmed_at, id limit $4",
        )
        .with(organisation.0)
        .with(span.start)
        .with(span.end)
        .with(ROWS_MAX as i64);
        let read =
            |row: &Row| Ok(ScoredFinding { id: row.id("id")?, confirmed_at: row.time("confirmed_at")? });
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }
}

fn read_score(row: &Row) -> Result<ScoreRow> {
    let month = row.text("month")?;
    Ok(ScoreRow {
        organisation_id: row.id("organisation_id")?,
        organisation_name: row.text("organisation_name")?,
        month: Month::parse(&month).ok_or_else(|| corrupt("month", &month))?,
        rules: row.text("rules")?,
        hundredths: row.count("hundredths")?,
        digest: hash32(row, "digest")?,
        made_at: row.time("made_at")?,
    })
}
