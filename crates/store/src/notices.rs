//! Notices (通报督办) as kept: what they are about, the chain of those who were told and their receipts, every step, and the overdue
//! alarms that call for one.
//!
//! What may happen to a notice is the domain's word. A draft is seen by the office that writes it alone; what was sent, by everybody
//! whose reach includes the unit; one to an organisation by its own people and by the offices of where it sits and of where it was written.

mod change;
mod due;
mod list;
mod overdue;
mod send;

use domain::access::{Access, Scope};
use domain::alarm::{Clock, Rung};
use domain::ids::{NoticeId, RegionId, UserId};
use domain::notice::{Notice, NoticeEvent, NoticeKind, NoticeState, Party};
use domain::role::Role;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Store;
use crate::alarms::{AlarmRow, read_actor};
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::ladder::{Notified, Receipt, read_notified};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

pub use change::NoticeAct;
pub use list::{NoticeCounts, NoticeQuery, NoticeStates};
pub use overdue::{OverdueAlarm, OverdueFilter, OverdueParty, PartyKind, Serving};
pub use send::{Compose, NewNotice, NewNoticeAlarm, NoticeTelling, Sending};

/// A notice with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The notice.
    pub notice: Notice,
    /// The act of sending it belongs to.
    pub batch_id: Uuid,
    /// Who answers.
    pub party: Party,
    /// The party, as it was called when the notice was written.
    pub party_name: String,
    /// City the party belongs to now.
    pub city: Option<String>,
    /// County.
    pub county: Option<String>,
    /// Code (GB/T 2260) of the smallest region around the party that has one.
    pub region_code: Option<String>,
    /// Whose office sends it.
    pub issuer_region_id: RegionId,
    /// Name of that region.
    pub issuer_region: String,
    /// Who wrote it.
    pub issuer: (UserId, String),
    /// Its number, once sent.
    pub number: Option<String>,
    /// How many notices the party has had since `period_from`, with this one.
    pub nth: u64,
    /// Since when they are counted, once sent.
    pub period_from: Option<Timestamp>,
    /// In the sender's own words.
    pub remark: Option<String>,
    /// The text as sent.
    pub body: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it climbed.
    pub escalated_at: Option<Timestamp>,
    /// When it was closed or withdrawn.
    pub ended_at: Option<Timestamp>,
    /// Alarms that it is about.
    pub alarms: u64,
    /// Of these, still open.
    pub open_alarms: u64,
    /// Levels that were told and have not signed.
    pub unsigned: u64,
}

/// An alarm of a notice.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticedAlarm {
    /// As it stands now.
    pub row: AlarmRow,
    /// The clock exceeded longest when the notice was written.
    pub clock: Clock,
    /// When that clock ran out.
    pub due_at: Timestamp,
    /// Notices about this alarm, with this one.
    pub nth: u64,
}

/// What a level of the chain is to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainRole {
    /// Whom it is sent to.
    Party,
    /// Through whom it is relayed.
    Relay,
    /// To whom it climbed.
    Escalation,
}

impl ChainRole {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Relay => "relay",
            Self::Escalation => "escalation",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Party, Self::Relay, Self::Escalation].into_iter().find(|role| role.as_str() == word)
    }
}

/// One level that was told of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRung {
    /// Row number.
    pub seq: i64,
    /// Which level.
    pub rung: Rung,
    /// What it is to the notice.
    pub role: ChainRole,
    /// When it was told first.
    pub first_told_at: Timestamp,
    /// When last.
    pub last_told_at: Timestamp,
    /// How often.
    pub rounds: u32,
    /// To how many people the last time; 0: nobody stood there.
    pub people: u32,
    /// Who signed, when.
    pub receipt: Option<Receipt>,
}

/// A step of a notice, as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeStep {
    /// When.
    pub at: Timestamp,
    /// What; none for the writing of the draft.
    pub event: Option<NoticeEvent>,
    /// State after.
    pub to: NoticeState,
    /// Who, by what name, as what at that moment; none: the platform.
    pub actor: Option<(UserId, String, Role)>,
    /// The reply, or why.
    pub words: Option<String>,
}

/// The `event` of the first step.
const DRAFT_EVENT: &str = "draft";

/// Notices that count in a series: sent, not taken back, not mere reminders. Under the alias `m`.
const COUNTED: &str = "m.kind <> 'reminder' and m.sent_at is not null and m.state <> 'withdrawn'";

const NOTICE_ROWS: &str =
    "select n.*, city.name as city_name, county.name as county_name,
        coalesce(r.gb2260_code, county.gb2260_code, city.gb2260_code) as region_code, o.name as issuer_region_name, p.display_name as issuer_name,
        (select cast(count(*) as bigint) from notice_alarm x where x.notice_id = n.id) as alarms,
        (select cast(count(*) as bigint) from notice_alarm x join alarm a on a.id = x.alarm_id
            where x.notice_id = n.id and a.is_open) as open_alarms,
        (select cast(count(*) as bigint) from notice_rung g where g.notice_id = n.id and g.signed_at is null) as unsigned
    from notice n
    left join unit_now u on u.unit_id = n.unit_id
    left join organisation q on q.id = n.organisation_id
    join region r on r.id = coalesce(u.region_id, q.region_id)
    left join region city on city.id = r.city_id
    left join region county on county.id = r.county_id
    join region o on o.id = n.issuer_region_id
    join account p on p.id = n.issuer_id
    where 1 = 1";

impl Store {
    /// One notice.
    pub async fn notice(&self, access: &Access, id: NoticeId) -> Result<NoticeRow> {
        read_notice_row(&self.pools.fetch_one(one_notice(access, id)).await?)
    }

    /// The notices of one act of sending by this person, in the order of writing.
    pub async fn notices_of_batch(&self, access: &Access, batch_id: Uuid) -> Result<Vec<NoticeRow>> {
        let mut sql = Sql::new(NOTICE_ROWS);
        visible(&mut sql, access);
        sql.push(" and n.batch_id = ").bind(batch_id);
        sql.push(" and n.issuer_id = ").bind(access.user_id.map(|id| id.0)).push(" order by n.id");
        self.pools.fetch_all(sql).await?.iter().map(read_notice_row).collect()
    }

    /// What a notice is about, the longest overdue first.
    pub async fn notice_alarms(
        &self,
        access: &Access,
        id: NoticeId,
        ask: &PageAsk,
    ) -> Result<Page<NoticedAlarm>> {
        self.notice(access, id).await?;
        let mut sql = Sql::new("select x.* from notice_alarm x where x.notice_id = $1").with(id.0);
        if let Some((due_us, alarm)) = ask.key::<(i64, Uuid)>()? {
            sql.push(" and (x.due_at, x.alarm_id) > (").bind(due_us).push(", ").bind(alarm).push(")");
        }
        sql.push(" order by x.due_at, x.alarm_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let ids = rows.iter().map(|row| row.id("alarm_id")).collect::<Result<Vec<_>>>()?;
        let mut alarms = self.alarms_by_id(access, &ids).await?;
        let mut items = Vec::with_capacity(rows.len());
        for (row, id) in rows.iter().zip(ids) {
            // An alarm whose unit has moved out of reach since is left out; the notice itself is not.
            let Some(at) = alarms.iter().position(|one| one.alarm.id == id) else { continue };
            items.push(NoticedAlarm {
                row: alarms.swap_remove(at),
                clock: row.word("clock", Clock::parse)?,
                due_at: row.time("due_at")?,
                nth: number(row, "nth")?,
            });
        }
        Ok(ask.cut(items, |one| (one.due_at.as_microsecond(), one.row.alarm.id.0)))
    }

    /// The chain of a notice, from the sender down to the party, then what it climbed to. Empty for a draft.
    pub async fn notice_rungs(&self, access: &Access, id: NoticeId) -> Result<Vec<NoticeRung>> {
        self.notice(access, id).await?;
        let sql = Sql::new(
            "select g.*, k.display_name as receipt_name from notice_rung g left join account k on k.id = g.signed_by
             where g.notice_id = $1 order by g.seq",
        )
        .with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(read_rung).collect()
    }

    /// Who was told of a notice by which channel, in the order of writing; [`Notified::rung_seq`] is that of the chain.
    pub async fn notice_notified(&self, access: &Access, id: NoticeId) -> Result<Vec<Notified>> {
        self.notice(access, id).await?;
        let sql = Sql::new(
            "select n.*, p.display_name as person_name from notification n
             join notice_rung g on g.seq = n.notice_rung_seq left join account p on p.id = n.user_id
             where g.notice_id = $1 order by n.seq",
        )
        .with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(|row| read_notified(row, "notice_rung_seq")).collect()
    }

    /// What happened to a notice, in order.
    pub async fn notice_steps(&self, access: &Access, id: NoticeId) -> Result<Vec<NoticeStep>> {
        self.notice(access, id).await?;
        let sql = Sql::new(
            "select s.*, p.display_name as actor_name from notice_step s left join account p on p.id = s.actor_id
             where s.notice_id = $1 order by s.seq",
        )
        .with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(read_step).collect()
    }

    /// Remembers that the asker looked at a notice after being told of it; the first time counts.
    pub async fn saw_notice(&self, access: &Access, id: NoticeId, at: Timestamp) -> Result<()> {
        let Some(user) = access.user_id else { return Ok(()) };
        let unseen = Sql::new(
            "select n.seq from notification n join notice_rung g on g.seq = n.notice_rung_seq
             where g.notice_id = $1 and n.user_id = $2 and n.seen_at is null limit 1",
        )
        .with(id.0)
        .with(user.0);
        // Most looks are not the first: they cost a read and no writer.
        if self.pools.fetch_opt(unseen).await?.is_none() {
            return Ok(());
        }
        let sql = Sql::new(
            "update notification set seen_at = $1 where user_id = $2 and seen_at is null
             and notice_rung_seq in (select seq from notice_rung where notice_id = $3)",
        )
        .with(at)
        .with(user.0)
        .with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }
}

fn one_notice(access: &Access, id: NoticeId) -> Sql {
    let mut sql = Sql::new(NOTICE_ROWS);
    sql.push(" and n.id = ").bind(id.0);
    visible(&mut sql, access);
    sql
}

/// A notice within a transaction, or NotFound.
async fn notice_in(tx: &mut Tx, access: &Access, id: NoticeId) -> Result<NoticeRow> {
    let row = tx.fetch_opt(one_notice(access, id)).await?.ok_or(StoreError::NotFound)?;
    read_notice_row(&row)
}

/// Narrows to the asker's reach: an office sees the notices to units in its region, and those to organisations that sit there or were written
/// there; a party its own. What was never sent is seen by the office that wrote it alone. Units stand under the alias `u`, organisations under `q`.
fn visible(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and exists (select 1 from region_tree t where t.ancestor_id = ").bind(id.0);
            sql.push(
                " and (t.descendant_id = u.region_id
                    or n.organisation_id is not null and t.descendant_id in (q.region_id, n.issuer_region_id)))",
            );
            sql.push(" and (n.sent_at is not null or n.issuer_region_id = ").bind(id.0).push(")");
        }
        Some(Scope::Unit(id)) => {
            sql.push(" and n.sent_at is not null and n.unit_id = ").bind(id.0);
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and n.sent_at is not null and n.organisation_id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
}

fn stale(row: &NoticeRow, expected: i64) -> StoreError {
    StoreError::conflict(format!(
        "the notice is at version {} ({}), not {expected}: somebody was faster",
        row.notice.version,
        row.notice.state.as_str()
    ))
}

fn read_notice_row(row: &Row) -> Result<NoticeRow> {
    let party = match row.text("party_kind")?.as_str() {
        "unit" => Party::Unit(row.id("unit_id")?),
        "organisation" => Party::Organisation(row.id("organisation_id")?),
        other => return Err(corrupt("party_kind", other)),
    };
    Ok(NoticeRow {
        notice: Notice {
            id: row.id("id")?,
            kind: row.word("kind", NoticeKind::parse)?,
            state: row.word("state", NoticeState::parse)?,
            issuer_level: row.word("issuer_level", Rung::parse)?,
            party_level: party.level(),
            escalated_to: row.word_opt("escalated_to", Rung::parse)?,
            deadline_at: row.time("deadline_at")?,
            version: row.int("version")?,
        },
        batch_id: row.id("batch_id")?,
        party,
        party_name: row.text("party_name")?,
        city: row.text_opt("city_name")?,
        county: row.text_opt("county_name")?,
        region_code: row.text_opt("region_code")?,
        issuer_region_id: row.id("issuer_region_id")?,
        issuer_region: row.text("issuer_region_name")?,
        issuer: (row.id("issuer_id")?, row.text("issuer_name")?),
        number: row.text_opt("number")?,
        nth: number(row, "nth")?,
        period_from: row.time_opt("period_from")?,
        remark: row.text_opt("remark")?,
        body: row.text_opt("body")?,
        created_at: row.time("created_at")?,
        sent_at: row.time_opt("sent_at")?,
        escalated_at: row.time_opt("escalated_at")?,
        ended_at: row.time_opt("ended_at")?,
        alarms: number(row, "alarms")?,
        open_alarms: number(row, "open_alarms")?,
        unsigned: number(row, "unsigned")?,
    })
}

fn read_rung(row: &Row) -> Result<NoticeRung> {
    let receipt = match (row.time_opt("signed_at")?, row.id_opt("signed_by")?) {
        (Some(at), Some(by)) => {
            Some(Receipt { at, by, by_name: row.text("receipt_name")?, note: row.text_opt("signed_note")? })
        }
        _ => None,
    };
    let small = |column: &str| u32::try_from(row.int(column)?).map_err(|_| corrupt(column, "out of range"));
    Ok(NoticeRung {
        seq: row.int("seq")?,
        rung: row.word("rung", Rung::parse)?,
        role: row.word("role", ChainRole::parse)?,
        first_told_at: row.time("first_told_at")?,
        last_told_at: row.time("last_told_at")?,
        rounds: small("rounds")?,
        people: small("people")?,
        receipt,
    })
}

fn read_step(row: &Row) -> Result<NoticeStep> {
    let event = row.text("event")?;
    let event = match event.as_str() {
        DRAFT_EVENT => None,
        word => Some(NoticeEvent::parse(word).ok_or_else(|| corrupt("event", word))?),
    };
    Ok(NoticeStep {
        at: row.time("at")?,
        event,
        to: row.word("to_state", NoticeState::parse)?,
        actor: read_actor(row)?,
        words: row.text_opt("words")?,
    })
}

fn number(row: &Row, column: &str) -> Result<u64> {
    u64::try_from(row.int(column)?).map_err(|_| corrupt(column, "below zero"))
}
