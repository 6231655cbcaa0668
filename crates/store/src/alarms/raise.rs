//! Raising: observations become new alarms, or belong to ones that are there, in one transaction with what others must hear.
//!
//! Several at once cost hardly more than one: what is asked of the database is asked for all of them, and what is new is written together.

use std::collections::{HashMap, HashSet};

use domain::access::Access;
use domain::alarm::again::{Repeat, after_end};
use domain::alarm::life::REOPEN_WITHIN;
use domain::alarm::{AfterEnd, Alarm, FalseAlarmReason, Level, Source};
use domain::ids::{AlarmId, CameraId, UnitId};
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::change::payload;
use super::{
    ALARM_ROWS, AlarmRow, Detector, JoinRule, NewAlarm, RAISE_EVENT, Raised, read_alarm_row, sources,
};
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::outbox::{NewEntry, write_entries};
use crate::sql::{Narrow, Sql};

/// Most boxes kept of one observation.
const MAX_BOXES: usize = 64;
/// Most alarms raised at a time: each binds some thirty values, and a statement of SQLite takes 32 766.
const MAX_TOGETHER: usize = 500;

impl Store {
    /// Raises an alarm, or joins it to one of the same camera and code as `joins` says. Committed, with its first step and its
    /// outbox entry, before anybody hears of it.
    ///
    /// What a camera saw goes onto the card of a detector that tells of a fire at the same place; what a detector tells becomes an alarm of its own
    /// and takes in what cameras saw before ([`sources`]).
    ///
    /// The same `observation_id` again answers the alarm it went to and changes nothing. Errors: NotFound when the unit or the
    /// camera is outside the scope or the camera belongs to another unit.
    pub async fn raise_alarm(&self, access: &Access, new: &NewAlarm, joins: JoinRule) -> Result<Raised> {
        let mut raised = self.raise_alarms(&[(*access, new.clone())], joins).await?;
        raised.pop().unwrap_or(Err(StoreError::NotFound))
    }

    /// Raises several alarms, each as [`Self::raise_alarm`] does, in one transaction. What one of them lacks is its own error and keeps none
    /// of the others; an error of the database is everybody's, and nothing is written. At most 500.
    pub async fn raise_alarms(
        &self,
        asked: &[(Access, NewAlarm)],
        joins: JoinRule,
    ) -> Result<Vec<Result<Raised>>> {
        if asked.len() > MAX_TOGETHER {
            return Err(StoreError::Limit(format!("{} alarms at once, at most {MAX_TOGETHER}", asked.len())));
        }
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let mut raising = Raising::begin(&mut tx, asked).await?;
        let mut outcomes = Vec::with_capacity(asked.len());
        for (access, new) in asked {
            outcomes.push(raising.take(&mut tx, access, new, joins).await?);
        }
        raising.write(&mut tx).await?;
        let mut rows = rows_of(&mut tx, &raising.written).await?;
        tx.commit().await?;
        let raised = |outcome| match outcome {
            Outcome::New(id) => Ok(Raised::New(Box::new(rows.remove(&id).ok_or(StoreError::NotFound)?))),
            Outcome::Joined(id) => Ok(Raised::Joined(id)),
            Outcome::Fused(id) => Ok(Raised::Fused(id)),
            Outcome::Refused(error) => Err(error),
        };
        Ok(outcomes.into_iter().map(raised).collect())
    }

    /// Goes through every statement of raising an alarm, at any unit, and takes all of it back: nothing remains, and nobody can have seen it.
    /// False where there is no unit.
    pub async fn rehearse_alarm(&self, mut new: NewAlarm) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let Some(unit) = any_unit(&mut tx).await? else { return Ok(false) };
        new.alarm.unit_id = unit;
        let asked = [(Access::PLATFORM, new)];
        let mut raising = Raising::begin(&mut tx, &asked).await?;
        let [(access, new)] = &asked;
        let outcome = raising
            .take(
                &mut tx,
                access,
                new,
                JoinRule { window: SignedDuration::ZERO, fuse_within: SignedDuration::ZERO },
            )
            .await?;
        raising.write(&mut tx).await?;
        let rows = rows_of(&mut tx, &raising.written).await?;
        tx.roll_back().await?;
        match outcome {
            Outcome::New(id) if rows.contains_key(&id) => Ok(true),
            Outcome::Refused(error) => Err(error),
            _ => Err(StoreError::NotFound),
        }
    }
}

/// What becomes of one of them.
enum Outcome {
    New(AlarmId),
    Joined(AlarmId),
    Fused(AlarmId),
    Refused(StoreError),
}

/// The alarm about the same thing that is there already.
enum Before {
    /// What is seen belongs to it.
    Joins(AlarmId),
    /// It was ended, and what is seen is a new one after it.
    Follows(AlarmId),
}

/// Alarms on their way into the rows, and what has to be known for it.
struct Raising<'a> {
    /// Units within reach, by who asks.
    units: HashSet<(usize, UnitId)>,
    askers: Vec<Access>,
    /// The units of the cameras.
    cameras: HashMap<CameraId, UnitId>,
    /// Those of them that see the place of a component.
    beside: HashSet<CameraId>,
    /// Where observations went.
    observations: HashMap<Uuid, AlarmId>,
    /// Which ended alarms new ones follow.
    predecessors: HashMap<AlarmId, AlarmId>,
    new: Vec<(&'a Access, &'a NewAlarm)>,
    joined: Vec<(&'a NewAlarm, AlarmId)>,
    written: Vec<AlarmId>,
}

impl<'a> Raising<'a> {
    async fn begin(tx: &mut Tx, asked: &'a [(Access, NewAlarm)]) -> Result<Self> {
        let mut raising = Self {
            units: HashSet::new(),
            askers: Vec::new(),
            cameras: HashMap::new(),
            beside: HashSet::new(),
            observations: HashMap::new(),
            predecessors: HashMap::new(),
            new: Vec::with_capacity(asked.len()),
            joined: Vec::new(),
            written: Vec::with_capacity(asked.len()),
        };
        for (access, _) in asked {
            if !raising.askers.contains(access) {
                raising.askers.push(*access);
            }
        }
        for (index, access) in raising.askers.iter().enumerate() {
            let wanted =
                asked.iter().filter(|(asker, _)| asker == access).map(|(_, new)| new.alarm.unit_id.0);
            let mut sql = Sql::new("select u.unit_id from unit_now u where u.unit_id in ");
            sql.list(distinct(wanted)).narrow(access, Narrow::Current);
            for row in tx.fetch_all(sql).await? {
                raising.units.insert((index, row.id("unit_id")?));
            }
        }
        let cameras = distinct(asked.iter().filter_map(|(_, new)| new.alarm.camera_id).map(|id| id.0));
        if !cameras.is_empty() {
            let mut sql = Sql::new("select id, unit_id from camera where id in ");
            sql.list(cameras.iter().copied());
            for row in tx.fetch_all(sql).await? {
                raising.cameras.insert(row.id("id")?, row.id("unit_id")?);
            }
            let mut sql = Sql::new("select distinct camera_id from component_camera where camera_id in ");
            sql.list(cameras);
            for row in tx.fetch_all(sql).await? {
                raising.beside.insert(row.id("camera_id")?);
            }
        }
        let observations = distinct(asked.iter().map(|(_, new)| new.observation_id));
        let mut sql =
            Sql::new("select observation_id, alarm_id from alarm_observation where observation_id in ");
        sql.list(observations);
        for row in tx.fetch_all(sql).await? {
            raising.observations.insert(row.id("observation_id")?, row.id("alarm_id")?);
        }
        Ok(raising)
    }

    async fn take(
        &mut self,
        tx: &mut Tx,
        access: &'a Access,
        new: &'a NewAlarm,
        joins: JoinRule,
    ) -> Result<Outcome> {
        if let Err(error) = self.check(access, new) {
            return Ok(Outcome::Refused(error));
        }
        if let Some(id) = self.observations.get(&new.observation_id) {
            return Ok(Outcome::Joined(*id));
        }
        if let Some(detector) = new.detector {
            return self.take_detector(tx, access, new, (detector, joins)).await;
        }
        if let Some(outcome) = self.take_sighting(tx, new, joins).await? {
            return Ok(outcome);
        }
        if let Some(camera_id) = new.alarm.camera_id {
            // What this camera has just shown is looked for among the rows like everything before it.
            if self.new.iter().any(|(_, earlier)| earlier.alarm.camera_id == Some(camera_id)) {
                self.write(tx).await?;
            }
            let before = match new.told_again {
                None => alarm_to_join(tx, camera_id, &new.alarm, joins.window).await?.map(Before::Joins),
                Some(rule) => before_repeat(tx, camera_id, &new.alarm, rule).await?,
            };
            match before {
                Some(Before::Joins(id)) => {
                    self.observations.insert(new.observation_id, id);
                    self.joined.push((new, id));
                    return Ok(Outcome::Joined(id));
                }
                Some(Before::Follows(id)) => drop(self.predecessors.insert(new.alarm.id, id)),
                None => {}
            }
        }
        self.observations.insert(new.observation_id, new.alarm.id);
        self.new.push((access, new));
        Ok(Outcome::New(new.alarm.id))
    }

    /// What a detector tells: the alarm of the same component goes on, or there is one of its own, at once.
    async fn take_detector(
        &mut self,
        tx: &mut Tx,
        access: &Access,
        new: &'a NewAlarm,
        (detector, joins): (Detector, JoinRule),
    ) -> Result<Outcome> {
        // Whatever came before is looked for among the rows.
        self.write(tx).await?;
        if let Some(id) = sources::detector_alarm_to_join(tx, &new.alarm, detector).await? {
            sources::note_detector(tx, id, &new.alarm, detector).await?;
            self.observations.insert(new.observation_id, id);
            self.joined.push((new, id));
            return Ok(Outcome::Joined(id));
        }
        let seen = sources::seen_before(tx, &new.alarm, detector, joins).await?;
        let mut own = new.clone();
        own.alarm.camera_id = sources::best_camera(tx, &new.alarm, detector).await?;
        own.alarm.level = seen.iter().map(|one| one.level).fold(new.alarm.level, Level::min);
        self.write_new(tx, &[(access, &own)]).await?;
        sources::take_in(tx, &own.alarm, detector, &seen).await?;
        self.observations.insert(new.observation_id, own.alarm.id);
        Ok(Outcome::New(own.alarm.id))
    }

    /// What a camera beside a detector saw, where it belongs onto the card of that detector.
    async fn take_sighting(
        &mut self,
        tx: &mut Tx,
        new: &'a NewAlarm,
        joins: JoinRule,
    ) -> Result<Option<Outcome>> {
        if !new.alarm.camera_id.is_some_and(|id| self.beside.contains(&id)) {
            return Ok(None);
        }
        let Some(card) = sources::detectors_card(tx, &new.alarm, joins).await? else { return Ok(None) };
        note_observations(tx, std::iter::once((new, card.id))).await?;
        self.observations.insert(new.observation_id, card.id);
        let is_first = sources::put_on_card(tx, &card, new).await?;
        Ok(Some(if is_first { Outcome::Fused(card.id) } else { Outcome::Joined(card.id) }))
    }

    /// The unit lies in the asker's reach, and the camera is the unit's own. One removed a moment ago may still raise what it saw.
    fn check(&self, access: &Access, new: &NewAlarm) -> Result<()> {
        if new.boxes.len() > MAX_BOXES {
            return Err(StoreError::Limit(format!("{} boxes, at most {MAX_BOXES}", new.boxes.len())));
        }
        let alarm = &new.alarm;
        let asker = self.askers.iter().position(|one| one == access);
        let is_in_reach = asker.is_some_and(|asker| self.units.contains(&(asker, alarm.unit_id)));
        let is_own = alarm.camera_id.is_none_or(|id| self.cameras.get(&id) == Some(&alarm.unit_id));
        if is_in_reach && is_own { Ok(()) } else { Err(StoreError::NotFound) }
    }

    async fn write_new(&mut self, tx: &mut Tx, new: &[(&Access, &NewAlarm)]) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        insert_alarms(tx, new, &self.predecessors).await?;
        note_observations(tx, new.iter().map(|(_, new)| (*new, new.alarm.id))).await?;
        first_steps(tx, new).await?;
        let told = new.iter().map(|(_, NewAlarm { alarm, .. })| NewEntry {
            at: alarm.times.pushed_at,
            topic: "alarm.raised",
            key: alarm.id.to_string(),
            payload: payload(alarm),
        });
        write_entries(tx, told).await?;
        self.written.extend(new.iter().map(|(_, new)| new.alarm.id));
        Ok(())
    }

    /// Writes what was taken so far.
    async fn write(&mut self, tx: &mut Tx) -> Result<()> {
        let new = std::mem::take(&mut self.new);
        self.write_new(tx, &new).await?;
        let joined = std::mem::take(&mut self.joined);
        if !joined.is_empty() {
            note_observations(tx, joined.iter().copied()).await?;
        }
        for (new, id) in joined {
            let sql = Sql::new(
                "update alarm set joined_count = joined_count + 1, last_joined_at = $1 where id = $2",
            );
            tx.execute(sql.with(new.alarm.times.pushed_at).with(id.0)).await?;
        }
        Ok(())
    }
}

/// The unit that a rehearsal is about: any.
async fn any_unit(tx: &mut Tx) -> Result<Option<UnitId>> {
    let row = tx.fetch_opt(Sql::new("select unit_id from unit_now limit 1")).await?;
    row.map(|row| row.id("unit_id")).transpose()
}

fn distinct(ids: impl Iterator<Item = Uuid>) -> HashSet<Uuid> {
    ids.collect()
}

/// The open alarm of this camera and code, or else the last one pushed within the window. Never a less urgent one: what was raised quietly
/// must not swallow what would ring now; so one that a planned silence keeps quiet takes in only what is quiet itself. One that
/// was pushed later than now, before the clock was put back, takes in nothing once it is ended.
async fn alarm_to_join(
    tx: &mut Tx,
    camera_id: CameraId,
    alarm: &Alarm,
    window: SignedDuration,
) -> Result<Option<AlarmId>> {
    let since = alarm.times.pushed_at.saturating_sub(window).unwrap_or(Timestamp::MIN);
    let sql = Sql::new(
        "select id from alarm where camera_id = $1 and code = $2 and (is_open or pushed_at between $3 and $4)
             and level <= $5 and (quiet_until is null or quiet_until <= $6)
         order by is_open desc, pushed_at desc limit 1",
    )
    .with(camera_id.0)
    .with(alarm.code.as_str())
    .with(since)
    .with(alarm.times.pushed_at)
    .with(i64::from(u8::from(alarm.level)))
    .with(alarm.times.rings_at());
    tx.fetch_opt(sql).await?.map(|row| row.id("id")).transpose()
}

/// What a camera told before and sees on: the open alarm it joins, or the ended one that it still joins or follows by the rule. Only what the
/// camera saw itself counts, and an ended alarm that was quieter than this one takes nothing in.
async fn before_repeat(
    tx: &mut Tx,
    camera_id: CameraId,
    alarm: &Alarm,
    rule: AfterEnd,
) -> Result<Option<Before>> {
    let open = Sql::new(
        "select id from alarm where camera_id = $1 and code = $2 and is_open and level <= $3
             and (quiet_until is null or quiet_until <= $4) order by pushed_at desc limit 1",
    )
    .with(camera_id.0)
    .with(alarm.code.as_str())
    .with(i64::from(u8::from(alarm.level)))
    .with(alarm.times.rings_at());
    if let Some(row) = tx.fetch_opt(open).await? {
        return Ok(Some(Before::Joins(row.id("id")?)));
    }
    let now = alarm.times.pushed_at;
    let since = now.saturating_sub(REOPEN_WITHIN).unwrap_or(Timestamp::MIN);
    let ended = Sql::new(
        "select id, last_step_at, level from alarm where camera_id = $1 and code = $2 and not is_open and source = $3
             and last_step_at >= $4 order by last_step_at desc limit 1",
    )
    .with(camera_id.0)
    .with(alarm.code.as_str())
    .with(Source::Ai.as_str())
    .with(since);
    let Some(last) = tx.fetch_opt(ended).await? else { return Ok(None) };
    let id = last.id("id")?;
    if last.int("level")? > i64::from(u8::from(alarm.level)) {
        return Ok(Some(Before::Follows(id)));
    }
    let followers = Sql::new(
        "select cast(count(*) as bigint) as n from alarm
         where camera_id = $1 and code = $2 and predecessor_id is not null and pushed_at >= $3",
    )
    .with(camera_id.0)
    .with(alarm.code.as_str())
    .with(since);
    let followed = u32::try_from(tx.fetch_opt(followers).await?.map_or(Ok(0), |row| row.int("n"))?);
    Ok(Some(match after_end(rule, last.time("last_step_at")?, followed.unwrap_or(u32::MAX), now) {
        Repeat::Joins => Before::Joins(id),
        Repeat::Follows => Before::Follows(id),
    }))
}

async fn note_observations(tx: &mut Tx, observed: impl Iterator<Item = (&NewAlarm, AlarmId)>) -> Result<()> {
    let mut sql = Sql::new("insert into alarm_observation (observation_id, alarm_id, at) values ");
    for (index, (new, id)) in observed.enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(new.observation_id);
        sql.push(", ").bind(id.0).push(", ").bind(new.alarm.times.pushed_at).push(")");
    }
    tx.execute(sql).await.map(|_| ())
}

async fn insert_alarms(
    tx: &mut Tx,
    new: &[(&Access, &NewAlarm)],
    predecessors: &HashMap<AlarmId, AlarmId>,
) -> Result<()> {
    let mut sql = Sql::new(
        "insert into alarm (id, code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, owner_id,
             handler_id, occurred_at, pushed_at, opened_at, taken_at, verified_at, arrived_at, handled_at, reviewed_at,
             false_alarm_reason, has_result_picture, version, score, boxes, note, model, quiet_until, silence_id, joined_count,
             last_step_at, predecessor_id) values ",
    );
    for (index, (_, new)) in new.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" });
        bind_alarm(&mut sql, new)?;
        sql.push(", ").bind(predecessors.get(&new.alarm.id).map(|id| id.0)).push(")");
    }
    tx.execute(sql).await.map(|_| ())
}

fn bind_alarm(sql: &mut Sql, new: &NewAlarm) -> Result<()> {
    let alarm = &new.alarm;
    let times = &alarm.times;
    let json = |error: serde_json::Error| StoreError::Invalid(format!("boxes: {error}"));
    sql.bind(alarm.id.0);
    sql.push(", ").bind(alarm.code.as_str());
    sql.push(", ").bind(i64::from(u8::from(alarm.level)));
    sql.push(", ").bind(alarm.state.as_str());
    sql.push(", ").bind(alarm.state.is_open());
    sql.push(", ").bind(serde_json::to_string(&alarm.marks).map_err(json)?);
    sql.push(", ").bind(alarm.drill);
    sql.push(", ").bind(new.simulated);
    sql.push(", ").bind(alarm.unit_id.0);
    sql.push(", ").bind(alarm.camera_id.map(|id| id.0));
    sql.push(", ").bind(alarm.source.as_str());
    sql.push(", ").bind(alarm.owner_id.map(|id| id.0));
    sql.push(", ").bind(alarm.handler_id.map(|id| id.0));
    sql.push(", ").bind(times.occurred_at);
    sql.push(", ").bind(times.pushed_at);
    let later = [
        times.opened_at,
        times.taken_at,
        times.verified_at,
        times.arrived_at,
        times.handled_at,
        times.reviewed_at,
    ];
    for time in later {
        sql.push(", ").bind(time);
    }
    sql.push(", ").bind(alarm.false_alarm_reason.map(FalseAlarmReason::as_str));
    sql.push(", ").bind(alarm.has_result_picture);
    sql.push(", ").bind(alarm.version);
    sql.push(", ").bind(new.score);
    sql.push(", ").bind(serde_json::to_string(&new.boxes).map_err(json)?);
    sql.push(", ").bind(new.note.clone());
    sql.push(", ").bind(new.model.clone());
    sql.push(", ").bind(times.quiet_until);
    sql.push(", ").bind(new.silence_id.map(|id| id.0));
    sql.push(", 0, ").bind(times.pushed_at);
    Ok(())
}

async fn first_steps(tx: &mut Tx, new: &[(&Access, &NewAlarm)]) -> Result<()> {
    let mut sql = Sql::new(
        "insert into alarm_step (alarm_id, at, event, to_state, actor_id, actor_role, note) values ",
    );
    for (index, (access, new)) in new.iter().enumerate() {
        let alarm = &new.alarm;
        sql.push(if index == 0 { "(" } else { ", (" }).bind(alarm.id.0);
        sql.push(", ").bind(alarm.times.pushed_at).push(", ").bind(RAISE_EVENT);
        sql.push(", ").bind(alarm.state.as_str()).push(", ").bind(access.user_id.map(|id| id.0));
        sql.push(", ").bind(access.role.map(Role::as_str)).push(", ").bind(new.note.clone()).push(")");
    }
    tx.execute(sql).await.map(|_| ())
}

/// The alarms as they stand now; new ones have no files yet.
async fn rows_of(tx: &mut Tx, ids: &[AlarmId]) -> Result<HashMap<AlarmId, AlarmRow>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(ALARM_ROWS);
    sql.push(" and a.id in ").list(ids.iter().map(|id| id.0));
    let rows = tx.fetch_all(sql).await?;
    let mut alarms = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
    sources::attach_in(tx, &mut alarms).await?;
    Ok(alarms.into_iter().map(|row| (row.alarm.id, row)).collect())
}
