//! Suspicions of feigned duty: raised by the platform with what they rest on, replied to by the organisation, decided by an office.

use domain::access::Access;
use domain::duty::falsehood::Trick;
use domain::duty::falsehood::case::{SuspicionEvent, SuspicionState};
use domain::ids::{DutyRoomId, OrganisationId, StaffId, SuspicionId, UserId};
use domain::recording::Span;
use jiff::Timestamp;

use crate::Store;
use crate::engine::Lock;
use crate::error::{Result, StoreError};
use crate::organisations::within_reach;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sessions::hash32;
use crate::sql::Sql;

/// Most suspicions that one look at those that may stand finds.
const STANDING_MAX: i64 = 5000;

/// A suspicion to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuspicion {
    /// Own id.
    pub id: SuspicionId,
    /// What is suspected.
    pub trick: Trick,
    /// Whose people.
    pub organisation_id: OrganisationId,
    /// In which room, where it is about one.
    pub room_id: Option<DutyRoomId>,
    /// Which person, where it is about one.
    pub staff_id: Option<StaffId>,
    /// When it was seen.
    pub span: Span,
    /// The numbers it rests on, JSON.
    pub numbers: String,
    /// The evidence package as it was raised, JSON.
    pub package: String,
    /// Its SHA-256.
    pub digest: [u8; 32],
    /// When.
    pub raised_at: Timestamp,
}

/// A kept suspicion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspicionRow {
    /// As it was raised.
    pub raised: NewSuspicion,
    /// Where it stands.
    pub state: SuspicionState,
    /// Counts changes.
    pub version: i64,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Name of the room.
    pub room_name: Option<String>,
    /// Name of the person.
    pub staff_name: Option<String>,
}

/// Which suspicions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SuspicionFilter {
    /// In this state.
    pub state: Option<SuspicionState>,
    /// Of this kind.
    pub trick: Option<Trick>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspicionChange {
    /// What happens.
    pub event: SuspicionEvent,
    /// The state after it.
    pub to: SuspicionState,
    /// What was said.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to a suspicion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspicionStep {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: SuspicionEvent,
    /// The state after it.
    pub to: SuspicionState,
    /// Who, by id and name.
    pub actor: (UserId, String),
    /// What they said.
    pub words: String,
}

const ROWS: &str = "select s.*, o.name as organisation_name, d.name as room_name, p.name as staff_name
    from suspicion s join organisation o on o.id = s.organisation_id left join duty_room d on d.id = s.room_id
    left join staff p on p.id = s.staff_id where 1 = 1";

impl Store {
    /// Keeps a suspicion, unless the same one of the same room, person and organisation was raised for a stretch that meets this one. True
    /// where it is new.
    pub async fn raise_suspicion(&self, new: &NewSuspicion) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Rosters).await?;
        let mut sql = Sql::new("select id from suspicion where trick = $1 and organisation_id = $2 and starts_at <= $3 and ends_at >= $4")
            .with(new.trick.as_str())
            .with(new.organisation_id.0)
            .with(new.span.end)
            .with(new.span.start);
        match new.room_id {
            Some(id) => sql.push(" and room_id = ").bind(id.0),
            None => sql.push(" and room_id is null"),
        };
        match new.staff_id {
            Some(id) => sql.push(" and staff_id = ").bind(id.0),
            None => sql.push(" and staff_id is null"),
        };
        if tx.fetch_opt(sql).await?.is_some() {
            return Ok(false);
        }
        let sql = Sql::new(
            "insert into suspicion (id, trick, organisation_id, room_id, staff_id, starts_at, ends_at, numbers, digest, package, state, raised_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'raised', $11, 0)",
        )
        .with(new.id.0)
        .with(new.trick.as_str())
        .with(new.organisation_id.0)
        .with(new.room_id.map(|id| id.0))
        .with(new.staff_id.map(|id| id.0))
        .with(new.span.start)
        .with(new.span.end)
        .with(&new.numbers)
        .with(new.digest)
        .with(&new.package)
        .with(new.raised_at);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Suspicions, last raised first.
    pub async fn suspicions(
        &self,
        access: &Access,
        filter: &SuspicionFilter,
        ask: &PageAsk,
    ) -> Result<Page<SuspicionRow>> {
        let mut sql = Sql::new(ROWS);
        within_reach(&mut sql, access);
        sql.filter(" and s.state = ", filter.state.map(SuspicionState::as_str));
        sql.filter(" and s.trick = ", filter.trick.map(Trick::as_str));
        sql.filter(" and s.organisation_id = ", filter.organisation_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, SuspicionId)>()? {
            sql.push(" and (s.raised_at, s.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by s.raised_at desc, s.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_suspicion).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.raised.raised_at.as_microsecond(), row.raised.id)))
    }

    /// One suspicion.
    pub async fn suspicion(&self, access: &Access, id: SuspicionId) -> Result<SuspicionRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and s.id = ").bind(id.0);
        within_reach(&mut sql, access);
        read_suspicion(&self.pools.fetch_one(sql).await?)
    }

    /// What happened to it, in order.
    pub async fn suspicion_steps(&self, access: &Access, id: SuspicionId) -> Result<Vec<SuspicionStep>> {
        self.suspicion(access, id).await?;
        let sql = Sql::new(
            "select t.*, p.display_name as actor_name from suspicion_step t join account p on p.id = t.actor_id
             where t.suspicion_id = $1 order by t.seq",
        );
        self.pools.fetch_all(sql.with(id.0)).await?.iter().map(read_step).collect()
    }

    /// Writes a step. Conflict when somebody was faster; NotFound outside the asker's reach.
    pub async fn change_suspicion(
        &self,
        access: &Access,
        id: SuspicionId,
        expected_version: i64,
        change: &SuspicionChange,
    ) -> Result<SuspicionRow> {
        self.suspicion(access, id).await?;
        let (Some(actor), Some(role)) = (access.user_id, access.role) else {
            return Err(StoreError::NotFound);
        };
        let mut tx = self.pools.begin().await?;
        let sql =
            Sql::new("update suspicion set version = version + 1, state = $1 where id = $2 and version = $3");
        if tx.execute(sql.with(change.to.as_str()).with(id.0).with(expected_version)).await? == 0 {
            return Err(StoreError::conflict("the suspicion has changed since; look again"));
        }
        let sql = Sql::new(
            "insert into suspicion_step (suspicion_id, at, event, to_state, actor_id, actor_role, words) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .with(id.0)
        .with(change.at)
        .with(change.event.as_str())
        .with(change.to.as_str())
        .with(actor.0)
        .with(role.as_str())
        .with(&change.words);
        tx.execute(sql).await?;
        tx.commit().await?;
        self.suspicion(access, id).await
    }

    /// Suspicions raised since a moment that may stand against somebody's duty: for the platform itself.
    pub async fn suspicions_since(&self, since: Timestamp) -> Result<Vec<SuspicionRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and s.state in ('raised', 'upheld') and s.ends_at >= ").bind(since);
        sql.push(" order by s.raised_at desc, s.id desc limit ").bind(STANDING_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_suspicion).collect()
    }
}

pub(crate) fn read_suspicion(row: &Row) -> Result<SuspicionRow> {
    Ok(SuspicionRow {
        raised: NewSuspicion {
            id: row.id("id")?,
            trick: row.word("trick", Trick::parse)?,
            organisation_id: row.id("organisation_id")?,
            room_id: row.id_opt("room_id")?,
            staff_id: row.id_opt("staff_id")?,
            span: Span::new(row.time("starts_at")?, row.time("ends_at")?),
            numbers: row.text("numbers")?,
            package: row.text("package")?,
            digest: hash32(row, "digest")?,
            raised_at: row.time("raised_at")?,
        },
        state: row.word("state", SuspicionState::parse)?,
        version: row.int("version")?,
        organisation_name: row.text("organisation_name")?,
        room_name: row.text_opt("room_name")?,
        staff_name: row.text_opt("staff_name")?,
    })
}

fn read_step(row: &Row) -> Result<SuspicionStep> {
    Ok(SuspicionStep {
        at: row.time("at")?,
        event: row.word("event", SuspicionEvent::parse)?,
        to: row.word("to_state", SuspicionState::parse)?,
        actor: (row.id("actor_id")?, row.text("actor_name")?),
        words: row.text("words")?,
    })
}
