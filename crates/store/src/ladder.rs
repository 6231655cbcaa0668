//! The escalation ladder as kept: which alarms are looked at again and when, which rungs were told, and who by which channel.
//!
//! What is told next is the domain's word. The idea needed to read this: a row of `ladder_look` is a promise to look, counted by
//! `asked`; whoever looks writes what it told and takes the promise back in one transaction, and only if nobody asked again
//! meanwhile. So a crash repeats the look and never the telling.

mod calls;
mod climb;
mod queue;

use domain::access::Access;
use domain::alarm::Clock;
use domain::alarm::ladder::{Run, Rung, Told};
use domain::ids::{AlarmId, OrganisationId, RegionId, UnitId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

pub use calls::OperatorCalls;
pub use climb::{Climb, Climbed, RungTelling};
pub use queue::{Escalation, EscalationFilter};

/// The channel that needs no sending: the push of the console and the seat, read from these very rows.
pub const IN_APP: &str = "in_app";

/// Most people told on one rung. A rung with more is a list of everybody, which tells nobody.
pub const PEOPLE_MAX: i64 = 200;
/// Most alarms of one statement that asks for looks.
const ASKED_AT_ONCE: usize = 200;

/// An alarm that is due to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueLook {
    /// Which.
    pub alarm_id: AlarmId,
    /// How often a look was asked for; handed back with what was told.
    pub asked: i64,
}

/// A rung that was told in one run of a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderRung {
    /// Row number.
    pub seq: i64,
    /// The alarm.
    pub alarm_id: AlarmId,
    /// Clock and run.
    pub run: Run,
    /// Which rung.
    pub rung: Rung,
    /// When it should have been told first.
    pub due_at: Timestamp,
    /// When it was.
    pub first_told_at: Timestamp,
    /// When it was told last, and how often in all.
    pub last_told_at: Timestamp,
    /// How often it was told.
    pub rounds: u32,
    /// To how many people the last time; 0: nobody stood there.
    pub people: u32,
    /// True where an acknowledgement is owed.
    pub owes_receipt: bool,
    /// The acknowledgement.
    pub receipt: Option<Receipt>,
}

/// An acknowledgement (受理回执).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
    /// By what name.
    pub by_name: String,
    /// What they wrote.
    pub note: Option<String>,
}

/// One line of the notification log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notified {
    /// The rung, as [`LadderRung::seq`] or [`crate::NoticeRung::seq`].
    pub rung_seq: i64,
    /// With which telling of the rung, from 1.
    pub round: u32,
    /// By which channel.
    pub channel: String,
    /// The person and their name; none where the channel's address itself was told.
    pub person: Option<(UserId, String)>,
    /// The person's id, or the name of the channel's address.
    pub recipient: String,
    /// How far it came.
    pub state: NotificationState,
    /// When the other side took it.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried.
    pub tries: u32,
    /// What the other side answered, or what went wrong the last time.
    pub answer: Option<String>,
    /// When the person first looked at the alarm or notice after being told.
    pub seen_at: Option<Timestamp>,
}

/// How far a notification came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotificationState {
    /// It is still to be sent, or sent again.
    Waiting,
    /// The other side took it.
    Sent,
    /// Tried as often as a channel tries.
    GivenUp,
}

impl NotificationState {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::GivenUp].into_iter().find(|state| state.as_str() == word)
    }
}

impl LadderRung {
    /// As the domain asks for it.
    pub fn told(&self) -> Told {
        Told { rung: self.rung, round: self.rounds, at: self.last_told_at, people: self.people }
    }
}

impl Store {
    /// Asks for a look at these alarms at `at`, whatever was promised before. Asking twice is no error.
    pub async fn ask_for_looks(&self, alarms: &[AlarmId], at: Timestamp) -> Result<()> {
        for chunk in alarms.chunks(ASKED_AT_ONCE) {
            let mut sql = Sql::new("insert into ladder_look (alarm_id, look_at, asked) values ");
            for (index, id) in chunk.iter().enumerate() {
                sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0).push(", ").bind(at).push(", 1)");
            }
            sql.push(
                " on conflict (alarm_id) do update set look_at = excluded.look_at, asked = ladder_look.asked + 1",
            );
            self.pools.execute(sql).await?;
        }
        Ok(())
    }

    /// Asks for a look at `now` at every alarm whose look lies later: the moments that were promised are no longer worth anything.
    pub async fn ask_for_every_look(&self, now: Timestamp) -> Result<()> {
        let sql = Sql::new("update ladder_look set look_at = $1, asked = asked + 1 where look_at > $2")
            .with(now)
            .with(now);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Alarms to look at by `now`, the longest due first.
    pub async fn looks_due(&self, now: Timestamp, limit: u32) -> Result<Vec<DueLook>> {
        let mut sql = Sql::new("select alarm_id, asked from ladder_look where look_at <= $1").with(now);
        sql.push(" order by look_at, alarm_id limit ").bind(limit);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter()
            .map(|row| Ok(DueLook { alarm_id: row.id("alarm_id")?, asked: row.int("asked")? }))
            .collect()
    }

    /// When an alarm will be looked at again; none where nothing more is promised.
    pub async fn next_look(&self, access: &Access, id: AlarmId) -> Result<Option<Timestamp>> {
        let mut sql = Sql::new(
            "select l.look_at from ladder_look l join alarm a on a.id = l.alarm_id
             join unit_now u on u.unit_id = a.unit_id where l.alarm_id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Current);
        self.pools.fetch_opt(sql).await?.map(|row| row.time("look_at")).transpose()
    }

    /// The people of a rung for a unit: accounts of its role, not shut out, whose reach includes the unit. Oldest first, at most
    /// [`PEOPLE_MAX`]. Of shift leaders those whose shift it is at `now`; where no leader is rostered, all of them.
    pub async fn people_on_rung(&self, rung: Rung, unit: UnitId, now: Timestamp) -> Result<Vec<UserId>> {
        if rung == Rung::ShiftLeader {
            let on_shift = self.leaders_on_shift(unit, now).await?;
            if !on_shift.is_empty() {
                return Ok(on_shift);
            }
        }
        let sql = Sql::new(
            "select id, created_at from account where scope_unit_id = $1 and role = $2 and not disabled
             union all
             select p.id, p.created_at from unit_now u
             join region_tree t on t.descendant_id = u.region_id
             join account p on p.scope_region_id = t.ancestor_id
             where u.unit_id = $3 and p.role = $4 and not p.disabled and p.scope_organisation_id is null
             union all
             select p.id, p.created_at from contract c
             join account p on p.scope_organisation_id = c.organisation_id
             where c.unit_id = $5 and c.state = 'running' and p.role = $6 and not p.disabled
             order by 2, 1 limit $7",
        )
        .with(unit.0)
        .with(rung.as_str())
        .with(unit.0)
        .with(rung.as_str())
        .with(unit.0)
        .with(rung.as_str())
        .with(PEOPLE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Leaders whose shift it is in a room that serves the unit: of the organisation with a running contract, or one that stands at the unit.
    async fn leaders_on_shift(&self, unit: UnitId, now: Timestamp) -> Result<Vec<UserId>> {
        let sql = Sql::new(
            "select distinct p.id, p.created_at from shift s join staff f on f.id = s.staff_id
             join account p on p.id = f.account_id join duty_room d on d.id = s.room_id
             where s.removed_at is null and s.starts_at <= $1 and s.ends_at > $2 and d.closed_at is null
             and f.left_at is null and p.role = $3 and not p.disabled
             and (d.unit_id = $4 or d.kind = 'organisation' and exists (select 1 from contract c
                 where c.unit_id = $5 and c.state = 'running' and c.organisation_id = d.organisation_id))
             order by 2, 1 limit $6",
        )
        .with(now)
        .with(now)
        .with(Rung::ShiftLeader.as_str())
        .with(unit.0)
        .with(unit.0)
        .with(PEOPLE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// The people of an organisation who answer for it. Oldest first, at most [`PEOPLE_MAX`].
    pub async fn people_of_organisation(&self, id: OrganisationId) -> Result<Vec<UserId>> {
        let sql = Sql::new(
            "select id from account where scope_organisation_id = $1 and role = $2 and not disabled
             order by created_at, id limit $3",
        )
        .with(id.0)
        .with(Rung::Organisation.as_str())
        .with(PEOPLE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// The people of an office's rung whose reach includes a region. Oldest first, at most [`PEOPLE_MAX`].
    pub async fn people_above(&self, rung: Rung, region: RegionId) -> Result<Vec<UserId>> {
        let sql = Sql::new(
            "select p.id from region_tree t join account p on p.scope_region_id = t.ancestor_id
             where t.descendant_id = $1 and p.role = $2 and not p.disabled and p.scope_organisation_id is null
             order by p.created_at, p.id limit $3",
        )
        .with(region.0)
        .with(rung.as_str())
        .with(PEOPLE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// The rungs that were told of an alarm, in the order of telling. Empty for an alarm outside the scope.
    pub async fn ladder_rungs(&self, access: &Access, id: AlarmId) -> Result<Vec<LadderRung>> {
        let mut sql = Sql::new(RUNG_ROWS);
        sql.push(" and l.alarm_id = ").bind(id.0).narrow(access, Narrow::Current).push(" order by l.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_rung).collect()
    }

    /// The notification log of an alarm, in the order of writing. Empty for an alarm outside the scope.
    pub async fn notified(&self, access: &Access, id: AlarmId) -> Result<Vec<Notified>> {
        let mut sql = Sql::new(
            "select n.*, p.display_name as person_name from notification n
             join ladder_rung l on l.seq = n.rung_seq join alarm a on a.id = l.alarm_id
             join unit_now u on u.unit_id = a.unit_id
             left join account p on p.id = n.user_id where l.alarm_id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(" order by n.seq");
        self.pools.fetch_all(sql).await?.iter().map(|row| read_notified(row, "rung_seq")).collect()
    }

    /// Remembers that the asker looked at an alarm after being told of it; the first time counts.
    pub async fn saw_alarm(&self, access: &Access, id: AlarmId, at: Timestamp) -> Result<()> {
        let Some(user) = access.user_id else { return Ok(()) };
        let unseen = Sql::new(
            "select n.seq from notification n join ladder_rung l on l.seq = n.rung_seq
             where l.alarm_id = $1 and n.user_id = $2 and n.seen_at is null limit 1",
        )
        .with(id.0)
        .with(user.0);
        // Most looks are not the first: they cost a read and no writer.
        if self.pools.fetch_opt(unseen).await?.is_none() {
            return Ok(());
        }
        let sql = Sql::new(
            "update notification set seen_at = $1 where user_id = $2 and seen_at is null
             and rung_seq in (select seq from ladder_rung where alarm_id = $3)",
        )
        .with(at)
        .with(user.0)
        .with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }
}

pub(crate) const RUNG_ROWS: &str = "select l.*, k.display_name as receipt_name from ladder_rung l
     join alarm a on a.id = l.alarm_id join unit_now u on u.unit_id = a.unit_id
     left join account k on k.id = l.acknowledged_by where 1 = 1";

pub(crate) fn read_rung(row: &Row) -> Result<LadderRung> {
    let receipt = match (row.time_opt("acknowledged_at")?, row.id_opt("acknowledged_by")?) {
        (Some(at), Some(by)) => Some(Receipt {
            at,
            by,
            by_name: row.text("receipt_name")?,
            note: row.text_opt("acknowledged_note")?,
        }),
        _ => None,
    };
    Ok(LadderRung {
        seq: row.int("seq")?,
        alarm_id: row.id("alarm_id")?,
        run: Run { clock: row.word("clock", Clock::parse)?, since: row.time("since")? },
        rung: row.word("rung", Rung::parse)?,
        due_at: row.time("due_at")?,
        first_told_at: row.time("first_told_at")?,
        last_told_at: row.time("last_told_at")?,
        rounds: count(row, "rounds")?,
        people: count(row, "people")?,
        owes_receipt: row.flag("owes_receipt")?,
        receipt,
    })
}

/// A line of the log; `rung` is the column of the rung it belongs to.
pub(crate) fn read_notified(row: &Row, rung: &str) -> Result<Notified> {
    let person = match (row.id_opt("user_id")?, row.text_opt("person_name")?) {
        (Some(id), Some(name)) => Some((id, name)),
        _ => None,
    };
    Ok(Notified {
        rung_seq: row.int(rung)?,
        round: count(row, "round")?,
        channel: row.text("channel")?,
        person,
        recipient: row.text("recipient")?,
        state: row.word("state", NotificationState::parse)?,
        sent_at: row.time_opt("sent_at")?,
        tries: count(row, "tries")?,
        answer: row.text_opt("answer")?,
        seen_at: row.time_opt("seen_at")?,
    })
}

fn count(row: &Row, column: &str) -> Result<u32> {
    let number = row.int(column)?;
    u32::try_from(number).map_err(|_| StoreError::Corrupt(format!("column {column} holds {number}")))
}
