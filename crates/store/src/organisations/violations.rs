//! Violation files of organisations: entries with what they rest on, and what was said and decided about them. Nothing is removed.

use domain::access::Access;
use domain::ids::{DutyRoomId, OrganisationId, StaffId, SuspicionId, UserId, ViolationId};
use domain::organisation::violation::{ViolationEvent, ViolationKind, ViolationState};
use domain::recording::Span;
use jiff::Timestamp;

use super::within_reach;
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::ledger::{SuspicionRow, read_suspicion};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sessions::hash32;
use crate::sql::Sql;

/// Upheld suspicions that one look brings into the files.
const UNFILED_MAX: i64 = 200;

/// An entry to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewViolation {
    /// Own id.
    pub id: ViolationId,
    /// Against whom.
    pub organisation_id: OrganisationId,
    /// What it is about.
    pub kind: ViolationKind,
    /// Of which stretch.
    pub span: Span,
    /// In which room, where it is about one.
    pub room_id: Option<DutyRoomId>,
    /// Which person, where it is about one.
    pub staff_id: Option<StaffId>,
    /// The upheld suspicion it comes from.
    pub suspicion_id: Option<SuspicionId>,
    /// What is held against it.
    pub words: String,
    /// The rows it rests on, JSON.
    pub package: String,
    /// How many.
    pub row_count: u32,
    /// SHA-256 of the package.
    pub digest: [u8; 32],
    /// Where it begins: opened, or confirmed where a suspicion was upheld.
    pub state: ViolationState,
    /// When.
    pub opened_at: Timestamp,
    /// Until when a reply is awaited.
    pub reply_until: Timestamp,
    /// Who confirmed the suspicion it comes from.
    pub confirmed_by: Option<UserId>,
}

/// A kept entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationRow {
    /// As it was opened; its state is the one of now.
    pub opened: NewViolation,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Name of the room.
    pub room_name: Option<String>,
    /// Name of the person.
    pub staff_name: Option<String>,
    /// Who opened it; none: the platform.
    pub opener: Option<(UserId, String)>,
}

/// Which entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ViolationFilter {
    /// In this state.
    pub state: Option<ViolationState>,
    /// Of this kind.
    pub kind: Option<ViolationKind>,
    /// Against this organisation.
    pub organisation_id: Option<OrganisationId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationChange {
    /// What happens.
    pub event: ViolationEvent,
    /// The state after it.
    pub to: ViolationState,
    /// What was said.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationStep {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: ViolationEvent,
    /// The state after it.
    pub to: ViolationState,
    /// Who; none: the platform.
    pub actor: Option<(UserId, String)>,
    /// What they said.
    pub words: String,
}

const ROWS: &str = "select x.*, o.name as organisation_name, d.name as room_name, p.name as staff_name, a.display_name as opener_name
    from violation x join organisation o on o.id = x.organisation_id left join duty_room d on d.id = x.room_id
    left join staff p on p.id = x.staff_id left join account a on a.id = x.opened_by where 1 = 1";

impl Store {
    /// Opens an entry against an organisation in the asker's reach.
    pub async fn open_violation(&self, access: &Access, new: &NewViolation) -> Result<ViolationRow> {
        let mut tx = self.pools.begin().await?;
        let mut reach =
            Sql::new("select o.id from organisation o where o.id = $1").with(new.organisation_id.0);
        within_reach(&mut reach, access);
        tx.fetch_opt(reach).await?.ok_or(StoreError::NotFound)?;
        let confirmed_at = (new.state == ViolationState::Confirmed).then_some(new.opened_at);
        let sql = Sql::new(
            "insert into violation (id, organisation_id, kind, starts_at, ends_at, room_id, staff_id, suspicion_id, words, package, row_count,
                 digest, state, opened_at, opened_by, reply_until, confirmed_at, confirmed_by, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0)",
        )
        .with(new.id.0)
        .with(new.organisation_id.0)
        .with(new.kind.as_str())
        .with(new.span.start)
        .with(new.span.end)
        .with(new.room_id.map(|id| id.0))
        .with(new.staff_id.map(|id| id.0))
        .with(new.suspicion_id.map(|id| id.0))
        .with(&new.words)
        .with(&new.package)
        .with(new.row_count)
        .with(new.digest)
        .with(new.state.as_str())
        .with(new.opened_at)
        .with(access.user_id.map(|id| id.0))
        .with(new.reply_until)
        .with(confirmed_at)
        .with(new.confirmed_by.map(|id| id.0));
        tx.execute(sql).await?;
        if confirmed_at.is_some() {
            let change = ViolationChange {
                event: ViolationEvent::Confirm,
                to: ViolationState::Confirmed,
                words: new.words.clone(),
                at: new.opened_at,
            };
            write_step(&mut tx, access, new.id, &change).await?;
        }
        tx.commit().await?;
        self.violation(access, new.id).await
    }

    /// Entries in the asker's reach, last opened first.
    pub async fn violations(
        &self,
        access: &Access,
        filter: &ViolationFilter,
        ask: &PageAsk,
    ) -> Result<Page<ViolationRow>> {
        let mut sql = Sql::new(ROWS);
        within_reach(&mut sql, access);
        sql.filter(" and x.state = ", filter.state.map(ViolationState::as_str));
        sql.filter(" and x.kind = ", filter.kind.map(ViolationKind::as_str));
        sql.filter(" and x.organisation_id = ", filter.organisation_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, ViolationId)>()? {
            sql.push(" and (x.opened_at, x.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by x.opened_at desc, x.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_violation).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.opened.opened_at.as_microsecond(), row.opened.id)))
    }

    /// One entry.
    pub async fn violation(&self, access: &Access, id: ViolationId) -> Result<ViolationRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and x.id = ").bind(id.0);
        within_reach(&mut sql, access);
        read_violation(&self.pools.fetch_one(sql).await?)
    }

    /// What happened to it, in order.
    pub async fn violation_steps(&self, access: &Access, id: ViolationId) -> Result<Vec<ViolationStep>> {
        self.violation(access, id).await?;
        let sql = Sql::new(
            "select t.*, p.display_name as actor_name from violation_step t left join account p on p.id = t.actor_id
             where t.violation_id = $1 order by t.seq",
        );
        self.pools.fetch_all(sql.with(id.0)).await?.iter().map(read_step).collect()
    }

    /// Writes a step. Conflict when somebody was faster; NotFound outside the asker's reach.
    pub async fn change_violation(
        &self,
        access: &Access,
        id: ViolationId,
        expected_version: i64,
        change: &ViolationChange,
    ) -> Result<ViolationRow> {
        self.violation(access, id).await?;
        let mut tx = self.pools.begin().await?;
        let confirms = change.event == ViolationEvent::Confirm;
        let sql = Sql::new(
            "update violation set version = version + 1, state = $1, confirmed_at = coalesce(confirmed_at, $2), confirmed_by = coalesce(confirmed_by, $3)
             where id = $4 and version = $5",
        )
        .with(change.to.as_str())
        .with(confirms.then_some(change.at))
        .with(access.user_id.filter(|_| confirms).map(|id| id.0))
        .with(id.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict("the entry has changed since; look again"));
        }
        write_step(&mut tx, access, id, change).await?;
        tx.commit().await?;
        self.violation(access, id).await
    }

    /// Upheld suspicions that stand in no file yet, with who upheld them and what they said: for the platform itself.
    pub async fn unfiled_suspicions(&self) -> Result<Vec<(SuspicionRow, UserId, String)>> {
        let sql = Sql::new(
            "select s.*, o.name as organisation_name, d.name as room_name, p.name as staff_name, t.actor_id, t.words
             from suspicion s join organisation o on o.id = s.organisation_id left join duty_room d on d.id = s.room_id
             left join staff p on p.id = s.staff_id join suspicion_step t on t.suspicion_id = s.id and t.event = 'uphold'
             where s.state = 'upheld' and not exists (select 1 from violation x where x.suspicion_id = s.id)
             order by s.raised_at, s.id limit $1",
        );
        let rows = self.pools.fetch_all(sql.with(UNFILED_MAX)).await?;
        rows.iter().map(|row| Ok((read_suspicion(row)?, row.id("actor_id")?, row.text("words")?))).collect()
    }
}

async fn write_step(tx: &mut Tx, access: &Access, id: ViolationId, change: &ViolationChange) -> Result<()> {
    let sql = Sql::new(
        "insert into violation_step (violation_id, at, event, to_state, actor_id, actor_role, words) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(id.0)
    .with(change.at)
    .with(change.event.as_str())
    .with(change.to.as_str())
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(&change.words);
    tx.execute(sql).await.map(drop)
}

fn read_violation(row: &Row) -> Result<ViolationRow> {
    Ok(ViolationRow {
        opened: NewViolation {
            id: row.id("id")?,
            organisation_id: row.id("organisation_id")?,
            kind: row.word("kind", ViolationKind::parse)?,
            span: Span::new(row.time("starts_at")?, row.time("ends_at")?),
            room_id: row.id_opt("room_id")?,
            staff_id: row.id_opt("staff_id")?,
            suspicion_id: row.id_opt("suspicion_id")?,
            words: row.text("words")?,
            package: row.text("package")?,
            row_count: row.count("row_count")?,
            digest: hash32(row, "digest")?,
            state: row.word("state", ViolationState::parse)?,
            opened_at: row.time("opened_at")?,
            reply_until: row.time("reply_until")?,
            confirmed_by: row.id_opt("confirmed_by")?,
        },
        confirmed_at: row.time_opt("confirmed_at")?,
        version: row.int("version")?,
        organisation_name: row.text("organisation_name")?,
        room_name: row.text_opt("room_name")?,
        staff_name: row.text_opt("staff_name")?,
        opener: row.id_opt("opened_by")?.zip(row.text_opt("opener_name")?),
    })
}

fn read_step(row: &Row) -> Result<ViolationStep> {
    Ok(ViolationStep {
        at: row.time("at")?,
        event: row.word("event", ViolationEvent::parse)?,
        to: row.word("to_state", ViolationState::parse)?,
        actor: row.id_opt("actor_id")?.zip(row.text_opt("actor_name")?),
        words: row.text("words")?,
    })
}
