//! Notifications that wait for their channel: found when due, claimed by one process, settled with what the other side said.
//!
//! A claim sets the next try past the time a sending can take. So a process that dies while it sends leaves a notification that is sent
//! again, never one that is forgotten; the receiver knows the repetition by its delivery number.

use domain::alarm::Clock;
use domain::alarm::ladder::{Run, Rung};
use domain::ids::{AlarmId, NoticeId};
use jiff::{SignedDuration, Timestamp};

use crate::Store;
use crate::engine::Pools;
use crate::error::{Result, StoreError};
use crate::ladder::NotificationState;
use crate::row::Row;
use crate::sql::Sql;

/// A notification that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingNotification {
    /// Row number.
    pub seq: i64,
    /// The rung's row, of an alarm's ladder or a notice's chain.
    pub rung_seq: i64,
    /// What it tells of.
    pub of: ToldOf,
    /// Who is told.
    pub rung: Rung,
    /// With which telling of the rung.
    pub round: u32,
    /// Name of the address.
    pub recipient: String,
    /// How often it was tried.
    pub tries: u32,
}

/// What a notification tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldOf {
    /// An alarm that climbs its ladder.
    Alarm {
        /// Which.
        id: AlarmId,
        /// Clock and run it is about.
        run: Run,
    },
    /// A notice that goes down its chain, or up.
    Notice(NoticeId),
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The other side took it.
    Sent,
    /// It is tried again then.
    Again(Timestamp),
    /// It is not tried again.
    GivenUp,
}

/// How a channel fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelStanding {
    /// Which.
    pub channel: String,
    /// Notifications that wait, counted up to 1 000.
    pub waiting: i64,
    /// When the last one was taken.
    pub last_sent_at: Option<Timestamp>,
    /// The last that was given up, and what was said of it.
    pub last_failure: Option<(Timestamp, String)>,
}

/// Waiting notifications are counted up to here.
const WAITING_MAX: i64 = 1000;
/// Longest answer kept, in characters.
const ANSWER_CHARS_MAX: usize = 500;

impl Store {
    /// Notifications of a channel whose next try is due, the longest due first. None waits longer than `longest`: one that does was put off
    /// before the clock was put back, and is due.
    pub async fn notifications_due(
        &self,
        channel: &str,
        now: Timestamp,
        longest: SignedDuration,
        limit: u32,
    ) -> Result<Vec<WaitingNotification>> {
        let mut sql = Sql::new(
            "select n.seq, coalesce(n.rung_seq, n.notice_rung_seq) as rung_seq, n.round, n.recipient, n.tries,
                 l.alarm_id, l.clock, l.since, g.notice_id, coalesce(l.rung, g.rung) as rung
             from notification n left join ladder_rung l on l.seq = n.rung_seq
             left join notice_rung g on g.seq = n.notice_rung_seq
             where n.state = 'waiting' and n.channel = $1 and (n.next_try_at <= $2 or n.next_try_at > $3)",
        )
        .with(channel)
        .with(now)
        .with(now.saturating_add(longest).unwrap_or(Timestamp::MAX));
        sql.push(" order by n.next_try_at, n.seq limit ").bind(limit);
        self.pools.fetch_all(sql).await?.iter().map(read_waiting).collect()
    }

    /// Frees what a process claimed for at most `claim` and did not settle before it died; how many. Only in SQLite, whose rows one process keeps:
    /// there nobody else can be sending. In PostgreSQL a claim runs out by itself.
    pub async fn free_claims(&self, now: Timestamp, claim: SignedDuration) -> Result<u64> {
        if let Pools::Postgres(_) = self.pools {
            return Ok(0);
        }
        let until = now.saturating_add(claim).unwrap_or(Timestamp::MAX);
        let mut freed = 0;
        for table in ["notification", "watchdog_message"] {
            let mut sql = Sql::new("update ");
            sql.push(table).push(" set next_try_at = ").bind(now);
            sql.push(" where state = 'waiting' and tries > 0 and next_try_at > ").bind(now);
            sql.push(" and next_try_at <= ").bind(until);
            freed += self.pools.execute(sql).await?;
        }
        Ok(freed)
    }

    /// Takes a notification for sending until `until`. False where another process was faster.
    pub async fn claim_notification(&self, one: &WaitingNotification, until: Timestamp) -> Result<bool> {
        let sql = Sql::new(
            "update notification set tries = tries + 1, next_try_at = $1 where seq = $2 and tries = $3 and state = 'waiting'",
        )
        .with(until)
        .with(one.seq)
        .with(one.tries);
        Ok(self.pools.execute(sql).await? == 1)
    }

    /// Writes what became of a claimed try. Nothing where somebody else has claimed it since.
    pub async fn settle_notification(
        &self,
        one: &WaitingNotification,
        settled: Settled,
        answer: &str,
        at: Timestamp,
    ) -> Result<()> {
        let (state, next) = settled.state();
        let answer = kept_answer(answer);
        let sql = Sql::new(
            "update notification set state = $1, next_try_at = $2, sent_at = $3, answer = $4, settled_at = $5
             where seq = $6 and tries = $7 and state = 'waiting'",
        )
        .with(state.as_str())
        .with(next)
        .with((settled == Settled::Sent).then_some(at))
        .with(answer)
        .with(at)
        .with(one.seq)
        .with(one.tries + 1);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// How a channel fares.
    pub async fn channel_standing(&self, channel: &str) -> Result<ChannelStanding> {
        let mut waiting = Sql::new(
            "select cast(count(*) as bigint) as n from (select seq from notification where channel = $1 and state = 'waiting' limit ",
        )
        .with(channel);
        waiting.bind(WAITING_MAX).push(") waiting");
        let last = |state: NotificationState| {
            Sql::new(
                "select settled_at, answer from notification where channel = $1 and state = $2 and settled_at is not null
                 order by settled_at desc limit 1",
            )
            .with(channel)
            .with(state.as_str())
        };
        let sent = self.pools.fetch_opt(last(NotificationState::Sent)).await?;
        let failed = self.pools.fetch_opt(last(NotificationState::GivenUp)).await?;
        let failure = |row: Row| {
            Ok::<_, StoreError>((row.time("settled_at")?, row.text_opt("answer")?.unwrap_or_default()))
        };
        Ok(ChannelStanding {
            channel: channel.to_owned(),
            waiting: self.pools.fetch_one(waiting).await?.int("n")?,
            last_sent_at: sent.map(|row| row.time("settled_at")).transpose()?,
            last_failure: failed.map(failure).transpose()?,
        })
    }
}

impl Settled {
    /// The state, and when the next try is.
    pub(crate) fn state(self) -> (NotificationState, Option<Timestamp>) {
        match self {
            Self::Sent => (NotificationState::Sent, None),
            Self::Again(at) => (NotificationState::Waiting, Some(at)),
            Self::GivenUp => (NotificationState::GivenUp, None),
        }
    }
}

/// As much of an answer as is kept. U+0000 has no place in a row, whatever the other side says.
pub(crate) fn kept_answer(answer: &str) -> String {
    answer.chars().filter(|c| *c != '\0').take(ANSWER_CHARS_MAX).collect()
}

fn read_waiting(row: &Row) -> Result<WaitingNotification> {
    let of = match row.id_opt("notice_id")? {
        Some(id) => ToldOf::Notice(id),
        None => ToldOf::Alarm {
            id: row.id("alarm_id")?,
            run: Run { clock: row.word("clock", Clock::parse)?, since: row.time("since")? },
        },
    };
    Ok(WaitingNotification {
        seq: row.int("seq")?,
        rung_seq: row.int("rung_seq")?,
        of,
        rung: row.word("rung", Rung::parse)?,
        round: row.int("round")? as u32,
        recipient: row.text("recipient")?,
        tries: row.int("tries")? as u32,
    })
}
