//! Climbing: what one look found is written, told and promised in one transaction.

use domain::access::Access;
use domain::alarm::ladder::{Run, Telling};
use domain::alarm::{Alarm, AlarmEvent, Change};
use domain::ids::UserId;
use jiff::Timestamp;

use super::{DueLook, IN_APP, NotificationState};
use crate::Store;
use crate::alarms::{StepRecord, alarm_in, change};
use crate::contacts::Addressee;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Notifications of one statement.
const NOTIFIED_AT_ONCE: usize = 100;

/// A rung to tell, and whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungTelling {
    /// Clock and run.
    pub run: Run,
    /// What the look found.
    pub telling: Telling,
    /// The people of the rung; nobody: the rung is empty, and that is written.
    pub people: Vec<UserId>,
    /// Who is told besides by a channel to the outside.
    pub addresses: Vec<Addressee>,
}

/// What one look at one alarm found.
#[derive(Debug, Clone, PartialEq)]
pub struct Climb {
    /// The look that was due.
    pub look: DueLook,
    /// The alarm as it was looked at.
    pub alarm: Alarm,
    /// Rungs to tell, from the bottom up.
    pub tellings: Vec<RungTelling>,
    /// The mark, where a rung above the guards is told for the first time.
    pub change: Option<Change>,
    /// When to look again; none: nothing more can come.
    pub look_at: Option<Timestamp>,
    /// Now.
    pub at: Timestamp,
}

/// What became of a [`Climb`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Climbed {
    /// Written.
    Told,
    /// The alarm changed, or another process looked, since: nothing is written, the look stays due.
    Overtaken,
}

impl Store {
    /// Writes what a look found: rungs, notifications, the alarm's steps, and the next look.
    pub async fn climb(&self, climb: &Climb) -> Result<Climbed> {
        let climbed = self.climb_together(std::slice::from_ref(climb)).await?;
        climbed.into_iter().next().ok_or(StoreError::NotFound)
    }

    /// Writes what several looks found, each at another alarm, in one transaction. An error is everybody's, and nothing is written.
    pub async fn climb_together(&self, climbs: &[Climb]) -> Result<Vec<Climbed>> {
        // The clocks ask four times a second, mostly with nothing, and a transaction keeps other writers waiting.
        if climbs.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.pools.begin().await?;
        if climbs.iter().any(|climb| climb.change.is_some()) {
            tx.lock(Lock::Outbox).await?;
        }
        let mut all = Vec::with_capacity(climbs.len());
        for climb in climbs {
            all.push(climb_in(&mut tx, climb).await?);
        }
        tx.commit().await?;
        Ok(all)
    }
}

async fn climb_in(tx: &mut Tx, climb: &Climb) -> Result<Climbed> {
    // The promise is written last of what decides, so that an overtaken climb has written nothing.
    if !stands(tx, &climb.alarm).await? || !promise(tx, climb).await? {
        return Ok(Climbed::Overtaken);
    }
    for telling in &climb.tellings {
        let rung_seq = write_rung(tx, climb, telling).await?;
        notify(tx, climb, telling, rung_seq).await?;
    }
    if let Some(to) = &climb.change {
        escalate(tx, climb, to).await?;
    }
    Ok(Climbed::Told)
}

/// Sets the next look, or takes the promise back. False where somebody asked, or looked, since.
async fn promise(tx: &mut Tx, climb: &Climb) -> Result<bool> {
    let sql = match climb.look_at {
        Some(at) => Sql::new(
            "update ladder_look set look_at = $1, asked = asked + 1 where alarm_id = $2 and asked = $3",
        )
        .with(at),
        None => Sql::new("delete from ladder_look where alarm_id = $1 and asked = $2"),
    };
    Ok(tx.execute(sql.with(climb.look.alarm_id.0).with(climb.look.asked)).await? == 1)
}

async fn stands(tx: &mut Tx, alarm: &Alarm) -> Result<bool> {
    let sql = Sql::new("select version from alarm where id = $1").with(alarm.id.0);
    let row = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
    Ok(row.int("version")? == alarm.version)
}

async fn write_rung(tx: &mut Tx, climb: &Climb, one: &RungTelling) -> Result<i64> {
    let people = one.people.len() as i64;
    let sql = if one.telling.round == 1 {
        Sql::new(
            "insert into ladder_rung (alarm_id, clock, since, rung, due_at, first_told_at, last_told_at, rounds, people, owes_receipt)
             values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9) returning seq",
        )
        .with(climb.alarm.id.0)
        .with(one.run.clock.as_str())
        .with(one.run.since)
        .with(one.telling.rung.as_str())
        .with(one.telling.due_at)
        .with(climb.at)
        .with(climb.at)
        .with(people)
        .with(one.telling.owes_receipt)
    } else {
        Sql::new(
            "update ladder_rung set rounds = $1, last_told_at = $2, people = $3
             where alarm_id = $4 and clock = $5 and since = $6 and rung = $7 and rounds = $8 returning seq",
        )
        .with(one.telling.round)
        .with(climb.at)
        .with(people)
        .with(climb.alarm.id.0)
        .with(one.run.clock.as_str())
        .with(one.run.since)
        .with(one.telling.rung.as_str())
        .with(one.telling.round - 1)
    };
    let row = tx.fetch_opt(sql).await?;
    row.ok_or_else(|| StoreError::conflict("this round of the rung was told before"))?.int("seq")
}

/// One line for each person and address; people get it in the console at once, addresses wait for their channel.
async fn notify(tx: &mut Tx, climb: &Climb, one: &RungTelling, rung_seq: i64) -> Result<()> {
    let people = one.people.iter().map(|id| (IN_APP, Some(*id), id.to_string()));
    let addresses =
        one.addresses.iter().map(|one| (one.channel.as_str(), one.user_id, one.recipient.clone()));
    let lines: Vec<(&str, Option<UserId>, String)> = people.chain(addresses).collect();
    for chunk in lines.chunks(NOTIFIED_AT_ONCE) {
        let mut sql = Sql::new(
            "insert into notification (rung_seq, round, channel, user_id, recipient, state, created_at, next_try_at, tries, sent_at)
             values ",
        );
        for (index, (channel, user, recipient)) in chunk.iter().enumerate() {
            let is_sent = *channel == IN_APP;
            let state = if is_sent { NotificationState::Sent } else { NotificationState::Waiting };
            sql.push(if index == 0 { "(" } else { ", (" }).bind(rung_seq);
            sql.push(", ").bind(one.telling.round).push(", ").bind(*channel);
            sql.push(", ").bind(user.map(|id| id.0)).push(", ").bind(recipient);
            sql.push(", ").bind(state.as_str()).push(", ").bind(climb.at);
            sql.push(", ").bind((!is_sent).then_some(climb.at));
            sql.push(", ").bind(i64::from(is_sent)).push(", ").bind(is_sent.then_some(climb.at)).push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}

/// The alarm's mark, one step for each rung that was climbed to, and the entry others read.
async fn escalate(tx: &mut Tx, climb: &Climb, to: &Change) -> Result<()> {
    change::write_change(tx, &climb.alarm, to, climb.at).await?;
    let climbed = climb
        .tellings
        .iter()
        .filter(|one| one.telling.round == 1 && one.telling.rung.is_climb() && !one.people.is_empty());
    for one in climbed {
        let step = StepRecord {
            at: climb.at,
            event: AlarmEvent::Escalate,
            actor_id: None,
            note: Some(one.telling.rung.as_str().to_owned()),
            reason: None,
        };
        change::write_step(tx, &Access::PLATFORM, &climb.alarm, to.to, &step).await?;
    }
    let after = alarm_in(tx, &Access::PLATFORM, climb.alarm.id).await?;
    change::tell(tx, "alarm.changed", climb.at, &after.alarm).await
}
