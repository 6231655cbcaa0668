//! Writing and sending: drafts, numbers, the text as sent, the chain of those who are told – one act, one transaction.
//!
//! An act carries an id that its asker chose. Asked for again, after a lost answer or a double click, it answers what it wrote the
//! first time. Numbers and places in the series are given under a lock, so that no two notices share one.

use domain::access::Access;
use domain::alarm::{AlarmCode, Clock, Level, Rung};
use domain::beijing::day_of;
use domain::ids::{AlarmId, NoticeId, RegionId, UserId};
use domain::notice::{LetterAlarm, NoticeEvent, NoticeKind, NoticeState, Party};
use domain::role::Role;
use jiff::Timestamp;
use uuid::Uuid;

use super::{COUNTED, ChainRole, DRAFT_EVENT, NoticeRow, notice_in, number, stale};
use crate::Store;
use crate::contacts::Addressee;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::ladder::{IN_APP, NotificationState};
use crate::row::corrupt;
use crate::sql::Sql;

/// Rows of one statement.
const ROWS_AT_ONCE: usize = 100;

/// A notice to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNotice {
    /// Own id.
    pub id: NoticeId,
    /// The act it belongs to.
    pub batch_id: Uuid,
    /// How strongly it is put.
    pub kind: NoticeKind,
    /// To whom.
    pub party: Party,
    /// What the party is called now.
    pub party_name: String,
    /// Level of the office.
    pub issuer_level: Rung,
    /// Its region.
    pub issuer_region_id: RegionId,
    /// Who writes it.
    pub issuer_id: UserId,
    /// In their own words.
    pub remark: Option<String>,
    /// Until when the party signs or replies.
    pub deadline_at: Timestamp,
    /// What it is about; at least one.
    pub alarms: Vec<NewNoticeAlarm>,
    /// Now.
    pub created_at: Timestamp,
}

/// One alarm of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewNoticeAlarm {
    /// Which.
    pub alarm_id: AlarmId,
    /// The clock exceeded longest.
    pub clock: Clock,
    /// When that ran out.
    pub due_at: Timestamp,
    /// When it was stopped all the same.
    pub stopped_at: Option<Timestamp>,
}

/// A level to tell, and whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeTelling {
    /// Which level.
    pub rung: Rung,
    /// What it is to the notice.
    pub role: ChainRole,
    /// Its people; nobody: the level is empty, and that is written.
    pub people: Vec<UserId>,
    /// Who is told besides by a channel to the outside.
    pub addresses: Vec<Addressee>,
}

/// What sending one notice needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Which.
    pub id: NoticeId,
    /// The version that was looked at.
    pub version: i64,
    /// Its chain, from the sender down.
    pub tellings: Vec<NoticeTelling>,
}

/// Writes the text, from the row with its number and place in the series, and its alarms.
pub type Compose<'a> = &'a (dyn Fn(&NoticeRow, &[LetterAlarm]) -> String + Sync);

/// The moment of sending, since when notices of a party are counted, and who writes the text.
#[derive(Clone, Copy)]
struct Terms<'a> {
    at: Timestamp,
    period_from: Timestamp,
    compose: Compose<'a>,
}

impl Store {
    /// Writes notices as drafts and, where `sendings` are given (one for each), sends them: all or none. Answers what was written, or
    /// what the same act wrote before.
    pub async fn add_notices(
        &self,
        access: &Access,
        new: &[NewNotice],
        sendings: &[Sending],
        (at, period_from): (Timestamp, Timestamp),
        compose: Compose<'_>,
    ) -> Result<Vec<NoticeRow>> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Notices).await?;
        let Some(batch_id) = new.first().map(|one| one.batch_id) else { return Ok(Vec::new()) };
        let known = Sql::new("select id from notice where batch_id = $1 limit 1").with(batch_id);
        if tx.fetch_opt(known).await?.is_some() {
            drop(tx);
            let before = self.notices_of_batch(access, batch_id).await?;
            return if before.is_empty() {
                Err(StoreError::conflict("another person's act has this id; choose another"))
            } else {
                Ok(before)
            };
        }
        for one in new {
            write_draft(&mut tx, access, one).await?;
        }
        let terms = Terms { at, period_from, compose };
        for sending in sendings {
            send(&mut tx, access, sending, terms).await?;
        }
        let mut rows = Vec::with_capacity(new.len());
        for one in new {
            rows.push(notice_in(&mut tx, access, one.id).await?);
        }
        tx.commit().await?;
        Ok(rows)
    }

    /// Sends a draft. Conflict where it is no longer one, or not at the version that was looked at.
    pub async fn send_notice(
        &self,
        access: &Access,
        sending: &Sending,
        (at, period_from): (Timestamp, Timestamp),
        compose: Compose<'_>,
    ) -> Result<NoticeRow> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Notices).await?;
        send(&mut tx, access, sending, Terms { at, period_from, compose }).await?;
        let row = notice_in(&mut tx, access, sending.id).await?;
        tx.commit().await?;
        Ok(row)
    }
}

async fn write_draft(tx: &mut Tx, access: &Access, new: &NewNotice) -> Result<()> {
    let sql = Sql::new(
        "insert into notice (id, batch_id, kind, state, party_kind, unit_id, organisation_id, party_name, issuer_level, issuer_region_id,
             issuer_id, nth, remark, deadline_at, created_at, version)
         values ($1, $2, $3, 'drafted', $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, 0)",
    )
    .with(new.id.0)
    .with(new.batch_id)
    .with(new.kind.as_str())
    .with(new.party.kind())
    .with(new.party.unit_id().map(|id| id.0))
    .with(new.party.organisation_id().map(|id| id.0))
    .with(&new.party_name)
    .with(new.issuer_level.as_str())
    .with(new.issuer_region_id.0)
    .with(new.issuer_id.0)
    .with(new.remark.clone())
    .with(new.deadline_at)
    .with(new.created_at);
    tx.execute(sql).await?;
    for chunk in new.alarms.chunks(ROWS_AT_ONCE) {
        let mut sql = Sql::new(
            "insert into notice_alarm (notice_id, alarm_id, clock, due_at, stopped_at, nth) values ",
        );
        for (index, alarm) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(new.id.0).push(", ").bind(alarm.alarm_id.0);
            sql.push(", ").bind(alarm.clock.as_str()).push(", ").bind(alarm.due_at);
            sql.push(", ").bind(alarm.stopped_at).push(", 0)");
        }
        tx.execute(sql).await?;
    }
    let sql = Sql::new(
        "insert into notice_step (notice_id, at, event, to_state, actor_id, actor_role) values ($1, $2, $3, $4, $5, $6)",
    )
    .with(new.id.0)
    .with(new.created_at)
    .with(DRAFT_EVENT)
    .with(NoticeState::Drafted.as_str())
    .with(new.issuer_id.0)
    .with(access.role.map(Role::as_str));
    tx.execute(sql).await.map(|_| ())
}

async fn send(tx: &mut Tx, access: &Access, sending: &Sending, terms: Terms<'_>) -> Result<()> {
    let mut row = notice_in(tx, access, sending.id).await?;
    if row.notice.version != sending.version || row.notice.state != NoticeState::Drafted {
        return Err(stale(&row, sending.version));
    }
    let counts = i64::from(row.notice.kind.asks_for_reply());
    let year = day_of(terms.at).year();
    let serial = next_serial(tx, &row, year).await?;
    row.nth = count_of_party(tx, &row, terms.period_from).await? + counts.unsigned_abs();
    row.period_from = Some(terms.period_from);
    row.sent_at = Some(terms.at);
    row.number = Some(domain::notice::number(&row.issuer_region, row.notice.kind, year, serial));
    let mut sql = Sql::new(
        "update notice_alarm set nth = (select count(*) from notice_alarm x join notice m on m.id = x.notice_id
             where x.alarm_id = notice_alarm.alarm_id and ",
    );
    of_party(&mut sql, row.party);
    sql.push(" and ")
        .push(COUNTED)
        .push(") + ")
        .bind(counts)
        .push(" where notice_id = ")
        .bind(row.notice.id.0);
    tx.execute(sql).await?;
    let alarms = letter_alarms(tx, row.notice.id).await?;
    let body = (terms.compose)(&row, &alarms);
    let sql = Sql::new(
        "update notice set state = 'sent', number = $1, year = $2, serial = $3, nth = $4, period_from = $5, body = $6,
             sent_at = $7, version = version + 1
         where id = $8 and version = $9",
    )
    .with(row.number.clone())
    .with(i64::from(year))
    .with(serial as i64)
    .with(row.nth as i64)
    .with(terms.period_from)
    .with(body)
    .with(terms.at)
    .with(row.notice.id.0)
    .with(sending.version);
    if tx.execute(sql).await? == 0 {
        return Err(stale(&row, sending.version));
    }
    let step = Step { event: NoticeEvent::Send, to: NoticeState::Sent, words: None, at: terms.at };
    write_step(tx, access, &row, &step).await?;
    for telling in &sending.tellings {
        tell(tx, row.notice.id, telling, terms.at).await?;
    }
    Ok(())
}

async fn next_serial(tx: &mut Tx, row: &NoticeRow, year: i16) -> Result<u64> {
    let sql = Sql::new(
        "select cast(coalesce(max(serial), 0) + 1 as bigint) as serial from notice
         where issuer_region_id = $1 and kind = $2 and year = $3",
    )
    .with(row.issuer_region_id.0)
    .with(row.notice.kind.as_str())
    .with(i64::from(year));
    number(&tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?, "serial")
}

async fn count_of_party(tx: &mut Tx, row: &NoticeRow, from: Timestamp) -> Result<u64> {
    let mut sql = Sql::new("select cast(count(*) as bigint) as n from notice m where ");
    of_party(&mut sql, row.party);
    sql.push(" and ").push(COUNTED).push(" and m.sent_at >= ").bind(from);
    number(&tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?, "n")
}

/// Notices to a party, under the alias `m`.
fn of_party(sql: &mut Sql, party: Party) {
    match party {
        Party::Unit(id) => sql.push("m.unit_id = ").bind(id.0),
        Party::Organisation(id) => sql.push("m.organisation_id = ").bind(id.0),
    };
}

async fn letter_alarms(tx: &mut Tx, id: NoticeId) -> Result<Vec<LetterAlarm>> {
    let sql = Sql::new(
        "select x.clock, x.due_at, x.stopped_at, x.nth, a.code, a.level, a.occurred_at, u.name as unit_name from notice_alarm x
         join alarm a on a.id = x.alarm_id join unit_now u on u.unit_id = a.unit_id where x.notice_id = $1 order by x.due_at, x.alarm_id",
    )
    .with(id.0);
    let read = |row: &crate::row::Row| {
        let level = u8::try_from(row.int("level")?).ok().and_then(|number| Level::try_from(number).ok());
        Ok(LetterAlarm {
            unit: row.text("unit_name")?,
            code: row.word("code", AlarmCode::parse)?,
            level: level.ok_or_else(|| corrupt("level", "not 1 to 4"))?,
            occurred_at: row.time("occurred_at")?,
            clock: row.word("clock", Clock::parse)?,
            due_at: row.time("due_at")?,
            stopped_at: row.time_opt("stopped_at")?,
            nth: number(row, "nth")?,
        })
    };
    tx.fetch_all(sql).await?.iter().map(read).collect()
}

/// A step to be written.
pub(super) struct Step<'a> {
    pub(super) event: NoticeEvent,
    pub(super) to: NoticeState,
    pub(super) words: Option<&'a str>,
    pub(super) at: Timestamp,
}

pub(super) async fn write_step(
    tx: &mut Tx,
    access: &Access,
    before: &NoticeRow,
    step: &Step<'_>,
) -> Result<()> {
    let sql = Sql::new(
        "insert into notice_step (notice_id, at, event, from_state, to_state, actor_id, actor_role, words)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(before.notice.id.0)
    .with(step.at)
    .with(step.event.as_str())
    .with(before.notice.state.as_str())
    .with(step.to.as_str())
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(Role::as_str))
    .with(step.words);
    tx.execute(sql).await.map(|_| ())
}

/// Tells one level, the first time or again: its row of the chain, and one line of the log for each person and address.
pub(super) async fn tell(tx: &mut Tx, id: NoticeId, telling: &NoticeTelling, at: Timestamp) -> Result<()> {
    let sql = Sql::new(
        "insert into notice_rung (notice_id, rung, role, first_told_at, last_told_at, rounds, people)
         values ($1, $2, $3, $4, $5, 1, $6)
         on conflict (notice_id, rung) do update set last_told_at = excluded.last_told_at,
             rounds = notice_rung.rounds + 1, people = excluded.people
         returning seq, rounds",
    )
    .with(id.0)
    .with(telling.rung.as_str())
    .with(telling.role.as_str())
    .with(at)
    .with(at)
    .with(telling.people.len() as i64);
    let row = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
    let (rung_seq, round) = (row.int("seq")?, row.int("rounds")?);
    let people = telling.people.iter().map(|id| (IN_APP, Some(*id), id.to_string()));
    let addresses =
        telling.addresses.iter().map(|one| (one.channel.as_str(), one.user_id, one.recipient.clone()));
    let lines: Vec<(&str, Option<UserId>, String)> = people.chain(addresses).collect();
    for chunk in lines.chunks(ROWS_AT_ONCE) {
        let mut sql = Sql::new(
            "insert into notification (notice_rung_seq, round, channel, user_id, recipient, state, created_at, next_try_at, tries,
                 sent_at, settled_at) values ",
        );
        for (index, (channel, user, recipient)) in chunk.iter().enumerate() {
            let is_sent = *channel == IN_APP;
            let state = if is_sent { NotificationState::Sent } else { NotificationState::Waiting };
            sql.push(if index == 0 { "(" } else { ", (" }).bind(rung_seq).push(", ").bind(round);
            sql.push(", ").bind(*channel).push(", ").bind(user.map(|id| id.0)).push(", ").bind(recipient);
            sql.push(", ").bind(state.as_str()).push(", ").bind(at);
            sql.push(", ").bind((!is_sent).then_some(at)).push(", ").bind(i64::from(is_sent));
            sql.push(", ").bind(is_sent.then_some(at)).push(", ").bind(is_sent.then_some(at)).push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}
