//! Rosters as kept: shifts are added and taken off and never rewritten. What a roster may become is the domain's word; here it is made sure
//! that of two who change the rosters of one organisation at once the second sees what the first did.

use std::collections::HashMap;

use domain::access::Access;
use domain::duty::roster::{Guard, Shift};
use domain::ids::{DutyRoomId, OrganisationId, StaffId};
use domain::organisation::certificate::{Certificate, CertificateLevel, counts_until};
use domain::recording::Span;
use jiff::Timestamp;

use super::{author, need_kept, need_room};
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::organisations::read_certificate;
use crate::row::Row;
use crate::sql::Sql;

/// Most shifts of one question: ten rooms of an organisation for a month.
const SHIFTS_MAX: i64 = 20_000;

/// A shift with the name of its guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow {
    /// As the rules see it.
    pub shift: Shift,
    /// Name of the guard.
    pub name: String,
    /// When it was entered so.
    pub entered_at: Timestamp,
    /// Why, where somebody stands in.
    pub reason: Option<String>,
}

/// A person who may be on a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterGuard {
    /// Who.
    pub id: StaffId,
    /// Whose list they are on.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
    /// The certificate, where there is one.
    pub certificate: Option<Certificate>,
}

impl RosterGuard {
    /// As the rules of rosters know one; `needed` is the least certificate.
    pub fn guard(&self, needed: CertificateLevel) -> Guard {
        Guard { id: self.id, certified_until: counts_until(self.certificate.as_ref(), needed) }
    }
}

/// How a roster is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterChange<'a> {
    /// Whose roster.
    pub room_id: DutyRoomId,
    /// The stretch that has to be known to judge the change: shifts of the whole organisation that touch it are handed in.
    pub window: Span,
    /// Why.
    pub reason: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

const COLUMNS: &str =
    "select s.id, s.room_id, s.staff_id, s.starts_at, s.ends_at, s.entered_at, s.reason, p.name
    from shift s join staff p on p.id = s.staff_id where s.removed_at is null";

impl Store {
    /// Changes the roster of a room: `decide` gets the shifts of all rooms of its organisation and answers with those that shall stand. What
    /// is new is entered, what is missing is taken off. NotFound where the room is not the asker's to keep.
    pub async fn change_roster<E: From<StoreError>>(
        &self,
        access: &Access,
        change: &RosterChange<'_>,
        decide: impl FnOnce(&[Shift]) -> std::result::Result<Vec<Shift>, E> + Send,
    ) -> std::result::Result<(), E> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Rosters).await?;
        need_kept(&mut tx, access, change.room_id).await?;
        let mut sql = Sql::new(COLUMNS);
        sql.push(" and s.room_id in (select e.id from duty_room e join duty_room d on d.organisation_id = e.organisation_id where d.id = ");
        sql.bind(change.room_id.0).push(")");
        touching(&mut sql, change.window);
        let rows = tx.fetch_all(sql).await?;
        let before = rows.iter().map(read_shift).collect::<Result<Vec<_>>>()?;
        let after = decide(&before)?;
        for gone in before.iter().filter(|shift| !after.contains(shift)) {
            take_off(&mut tx, access, gone, change).await?;
        }
        for new in after.iter().filter(|shift| !before.contains(shift)) {
            enter(&mut tx, access, new, change).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The shifts of rooms that touch a stretch, by room and time: for the platform itself.
    pub async fn shifts(&self, rooms: &[DutyRoomId], span: Span) -> Result<Vec<Shift>> {
        let mut found = Vec::new();
        for chunk in rooms.chunks(crate::units::KEYS) {
            let mut sql = Sql::new(COLUMNS);
            sql.push(" and s.room_id in ").list(chunk.iter().map(|id| id.0));
            touching(&mut sql, span);
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_shift(&row)?);
            }
        }
        Ok(found)
    }

    /// The roster of one room with names, by time.
    pub async fn roster(&self, access: &Access, room: DutyRoomId, span: Span) -> Result<Vec<ShiftRow>> {
        need_room(self, access, room).await?;
        let mut sql = Sql::new(COLUMNS);
        sql.push(" and s.room_id = ").bind(room.0);
        touching(&mut sql, span);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter()
            .map(|row| {
                let (shift, name) = (read_shift(row)?, row.text("name")?);
                Ok(ShiftRow {
                    shift,
                    name,
                    entered_at: row.time("entered_at")?,
                    reason: row.text_opt("reason")?,
                })
            })
            .collect()
    }

    /// The people of the organisations whose rooms these are, by name.
    pub async fn roster_guards(&self, rooms: &[DutyRoomId]) -> Result<Vec<RosterGuard>> {
        let mut found: HashMap<StaffId, RosterGuard> = HashMap::new();
        for chunk in rooms.chunks(crate::units::KEYS) {
            let mut sql = Sql::new(
                "select s.* from staff s where s.left_at is null and s.post <> 'leader'
                 and s.organisation_id in (select d.organisation_id from duty_room d where d.id in ",
            );
            sql.list(chunk.iter().map(|id| id.0)).push(") limit ").bind(SHIFTS_MAX);
            for row in self.pools.fetch_all(sql).await? {
                let (id, organisation_id) = (row.id("id")?, row.id("organisation_id")?);
                let (name, certificate) = (row.text("name")?, read_certificate(&row)?);
                found.insert(id, RosterGuard { id, organisation_id, name, certificate });
            }
        }
        let mut guards: Vec<RosterGuard> = found.into_values().collect();
        guards.sort_unstable_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(guards)
    }
}

fn touching(sql: &mut Sql, span: Span) {
    sql.push(" and s.starts_at < ").bind(span.end).push(" and s.ends_at > ").bind(span.start);
    sql.push(" order by s.room_id, s.starts_at, s.seq limit ").bind(SHIFTS_MAX);
}

async fn take_off(tx: &mut Tx, access: &Access, gone: &Shift, change: &RosterChange<'_>) -> Result<()> {
    let sql = Sql::new(
        "update shift set removed_at = $1, removed_by = $2
         where removed_at is null and id = $3 and room_id = $4 and staff_id = $5 and starts_at = $6 and ends_at = $7",
    )
    .with(change.at)
    .with(author(access))
    .with(gone.id.0)
    .with(gone.room_id.0)
    .with(gone.guard_id.0)
    .with(gone.span.start)
    .with(gone.span.end);
    tx.execute(sql).await.map(drop)
}

async fn enter(tx: &mut Tx, access: &Access, new: &Shift, change: &RosterChange<'_>) -> Result<()> {
    let sql = Sql::new(
        "insert into shift (id, room_id, staff_id, starts_at, ends_at, entered_at, entered_by, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(new.id.0)
    .with(new.room_id.0)
    .with(new.guard_id.0)
    .with(new.span.start)
    .with(new.span.end)
    .with(change.at)
    .with(author(access))
    .with(change.reason);
    tx.execute(sql).await.map(drop)
}

fn read_shift(row: &Row) -> Result<Shift> {
    Ok(Shift {
        id: row.id("id")?,
        room_id: row.id("room_id")?,
        guard_id: row.id("staff_id")?,
        span: Span::new(row.time("starts_at")?, row.time("ends_at")?),
    })
}
