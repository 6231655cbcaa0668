//! The alarms of a snapshot: how many each unit had in the period, how many were not handled in time, and which those were.
//!
//! Rows of alarms change; their steps do not. An alarm that moved on after the snapshot's moment is therefore put back to its beginning
//! and led through the steps up to that moment, by the domain's own rules. Announced drills, tests and merged alarms are not counted.

use std::collections::BTreeMap;

use domain::alarm::{
    Alarm, AlarmCode, AlarmEvent, AlarmState, Clock, FalseAlarmReason, Level, Times, clock, replay,
};
use domain::ids::{AlarmId, SnapshotId, UnitId};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::seal::hash_number;
use super::{FrozenAlarmCounts, NewSnapshot};
use crate::alarms::{RAISE_EVENT, read_alarm};
use crate::audit::hash_field;
use crate::blobs::hex;
use crate::engine::Tx;
use crate::error::Result;
use crate::row::{Row, corrupt};
use crate::sql::Sql;
use crate::units::{KEYS, count};

/// Rows of one insert; see `units::apply`.
const INSERT_ROWS: usize = 25;
/// Alarms read at a time.
const CHUNK: i64 = 2000;

/// Counts of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfUnit {
    raised: u64,
    late: u64,
    open: u64,
    late_open: u64,
}

/// A late alarm as it is written.
#[derive(Debug)]
pub struct Late {
    pub(super) unit_id: UnitId,
    pub(super) code: AlarmCode,
    pub(super) level: Level,
    pub(super) state: AlarmState,
    pub(super) simulated: bool,
    pub(super) occurred_at: Timestamp,
    pub(super) pushed_at: Timestamp,
    pub(super) clock: Clock,
    pub(super) due_at: Timestamp,
    pub(super) stopped_at: Option<Timestamp>,
}

/// The alarms of a snapshot's period.
#[derive(Debug, Default)]
pub struct Alarms {
    units: BTreeMap<UnitId, OfUnit>,
    late: BTreeMap<AlarmId, Late>,
}

impl Alarms {
    pub fn counts(&self, new: &NewSnapshot) -> FrozenAlarmCounts {
        let sum = |of: fn(&OfUnit) -> u64| self.units.values().map(of).sum();
        FrozenAlarmCounts {
            from: Some(new.alarms_from),
            until: new.as_of,
            raised: sum(|unit| unit.raised),
            late: sum(|unit| unit.late),
            open: sum(|unit| unit.open),
            late_open: sum(|unit| unit.late_open),
        }
    }

    /// SHA-256 over period, counts and late alarms, in the order of ids.
    pub fn hash(&self, new: &NewSnapshot) -> String {
        let mut hasher = Sha256::new();
        for time in [new.alarms_from, new.as_of] {
            hash_number(&mut hasher, Some(time.as_microsecond()));
        }
        for (id, unit) in &self.units {
            hash_field(&mut hasher, Some(&id.to_string()));
            for number in [unit.raised, unit.late, unit.open, unit.late_open] {
                hasher.update(number.to_be_bytes());
            }
        }
        for (id, late) in &self.late {
            for text in [&id.to_string(), &late.unit_id.to_string()] {
                hash_field(&mut hasher, Some(text));
            }
            for word in [late.code.as_str(), late.state.as_str(), late.clock.as_str()] {
                hash_field(&mut hasher, Some(word));
            }
            hasher.update([u8::from(late.level), u8::from(late.simulated)]);
            for time in [Some(late.occurred_at), Some(late.pushed_at), Some(late.due_at), late.stopped_at] {
                hash_number(&mut hasher, time.map(Timestamp::as_microsecond));
            }
        }
        hex(&hasher.finalize())
    }

    fn add(&mut self, alarm: &Alarm, simulated: bool, now: Timestamp) {
        let is_open = alarm.state.is_open();
        let readings = clock::read(alarm.level, &alarm.times, alarm.state.is_dismissed(), now);
        let overdue = readings.into_iter().filter(|reading| reading.overdue);
        let first =
            overdue.filter_map(|reading| Some((reading.due_at?, reading))).min_by_key(|(due, _)| *due);
        let unit = self.units.entry(alarm.unit_id).or_default();
        unit.raised += 1;
        unit.open += u64::from(is_open);
        let Some((due_at, reading)) = first else { return };
        unit.late += 1;
        unit.late_open += u64::from(is_open);
        let late = Late {
            unit_id: alarm.unit_id,
            code: alarm.code,
            level: alarm.level,
            state: alarm.state,
            simulated,
            occurred_at: alarm.times.occurred_at,
            pushed_at: alarm.times.pushed_at,
            clock: reading.clock,
            due_at,
            stopped_at: reading.stopped_at,
        };
        self.late.insert(alarm.id, late);
    }
}

/// Reads the period's alarms as they stood at the moment, and freezes them.
pub async fn freeze(tx: &mut Tx, new: &NewSnapshot) -> Result<Alarms> {
    let mut alarms = Alarms::default();
    let mut after = String::new();
    loop {
        // An alarm opened again is pushed again, later: its first push may lie in the period although the last does not.
        let sql = Sql::new(
            "select a.* from alarm a where a.id > $1 and a.pushed_at >= $2 and a.occurred_at <= $3 and not a.drill
                 and a.unit_id not in (select unit_id from duty_room where kind = 'organisation')
             order by a.id limit $4",
        )
        .with(&after)
        .with(new.alarms_from)
        .with(new.as_of)
        .with(CHUNK);
        let rows = tx.fetch_all(sql).await?;
        add_chunk(tx, &mut alarms, &rows, new).await?;
        match rows.last() {
            Some(last) if rows.len() as i64 == CHUNK => after = last.text("id")?,
            _ => break,
        }
    }
    write_units(tx, &alarms, new).await?;
    write_late(tx, &alarms, new.id).await?;
    Ok(alarms)
}

async fn add_chunk(tx: &mut Tx, alarms: &mut Alarms, rows: &[Row], new: &NewSnapshot) -> Result<()> {
    let mut moved: Vec<(Alarm, bool)> = Vec::new();
    for row in rows {
        let (alarm, simulated) = (read_alarm(row)?, row.flag("simulated")?);
        if row.time("last_step_at")? > new.as_of {
            moved.push((alarm, simulated));
        } else if counts(&alarm, new) {
            alarms.add(&alarm, simulated, new.as_of);
        }
    }
    for chunk in moved.chunks(KEYS) {
        let mut steps: BTreeMap<AlarmId, Vec<Row>> = BTreeMap::new();
        let mut sql = Sql::new("select * from alarm_step where at <= ");
        sql.bind(new.as_of).push(" and alarm_id in ").list(chunk.iter().map(|(alarm, _)| alarm.id.0));
        sql.push(" order by seq");
        for row in tx.fetch_all(sql).await? {
            steps.entry(row.id("alarm_id")?).or_default().push(row);
        }
        for (alarm, simulated) in chunk {
            let Some(steps) = steps.get(&alarm.id) else { continue };
            let alarm = as_it_stood(alarm, steps)?;
            if counts(&alarm, new) {
                alarms.add(&alarm, *simulated, new.as_of);
            }
        }
    }
    Ok(())
}

/// Pushed in the period, and not a test or a repetition.
fn counts(alarm: &Alarm, new: &NewSnapshot) -> bool {
    let pushed_at = alarm.times.pushed_at;
    let in_period = new.alarms_from <= pushed_at && pushed_at <= new.as_of;
    in_period && !matches!(alarm.state, AlarmState::Test | AlarmState::Merged)
}

/// The alarm as its steps left it.
fn as_it_stood(alarm: &Alarm, steps: &[Row]) -> Result<Alarm> {
    let mut past = Alarm {
        marks: Vec::new(),
        owner_id: None,
        handler_id: None,
        false_alarm_reason: None,
        ..alarm.clone()
    };
    for step in steps {
        let (at, to) = (step.time("at")?, step.word("to_state", AlarmState::parse)?);
        let event = step.text("event")?;
        if event == RAISE_EVENT {
            past.state = to;
            let quiet_until = alarm.times.quiet_until;
            past.times = Times { quiet_until, ..Times::raised(alarm.times.occurred_at, at) };
            continue;
        }
        let event = AlarmEvent::parse(&event).ok_or_else(|| corrupt("event", &event))?;
        let reason = step.word_opt("reason", FalseAlarmReason::parse)?;
        replay(&mut past, to, event, step.id_opt("actor_id")?, reason, at);
    }
    Ok(past)
}

/// Names and regions of the units as they were, written with their counts.
async fn write_units(tx: &mut Tx, alarms: &Alarms, new: &NewSnapshot) -> Result<()> {
    let ids: Vec<UnitId> = alarms.units.keys().copied().collect();
    for chunk in ids.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into snapshot_alarm_unit (snapshot_id, unit_id, name, category, region_id, region_position, city_id, city_name,
                 county_id, county_name, raised, late, open, late_open)
             select cast($1 as text), v.unit_id, v.name, v.category, v.region_id, r.position, r.city_id, c.name, r.county_id, k.name,
                 n.raised, n.late, n.open, n.late_open
             from (",
        )
        .with(new.id.0);
        for (index, id) in chunk.iter().enumerate() {
            let unit = alarms.units[id];
            sql.push(if index == 0 { "select cast(" } else { " union all select cast(" }).bind(id.0);
            sql.push(" as text) as unit_id, cast(").bind(unit.raised as i64);
            sql.push(" as bigint) as raised, cast(").bind(unit.late as i64);
            sql.push(" as bigint) as late, cast(").bind(unit.open as i64);
            sql.push(" as bigint) as open, cast(").bind(unit.late_open as i64);
            sql.push(" as bigint) as late_open");
        }
        // An alarm may be older than the version of its unit that holds at the moment, never than the unit's first.
        sql.push(
            ") n join unit_version v on v.unit_id = n.unit_id and v.seq = (select max(o.seq) from unit_version o
                 where o.unit_id = n.unit_id and (o.valid_from <= ",
        );
        sql.bind(new.as_of);
        sql.push(" or o.seq = (select min(f.seq) from unit_version f where f.unit_id = n.unit_id)))");
        sql.push(" join region r on r.id = v.region_id left join region c on c.id = r.city_id");
        sql.push(" left join region k on k.id = r.county_id");
        tx.execute(sql).await?;
    }
    Ok(())
}

async fn write_late(tx: &mut Tx, alarms: &Alarms, id: SnapshotId) -> Result<()> {
    let late: Vec<(&AlarmId, &Late)> = alarms.late.iter().collect();
    for chunk in late.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into snapshot_alarm (snapshot_id, alarm_id, unit_id, code, level, state, is_open, simulated, occurred_at,
                 pushed_at, clock, due_at, stopped_at) values ",
        );
        for (index, (alarm_id, one)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
            sql.push(", ").bind(alarm_id.0);
            sql.push(", ").bind(one.unit_id.0);
            sql.push(", ").bind(one.code.as_str());
            sql.push(", ").bind(i64::from(u8::from(one.level)));
            sql.push(", ").bind(one.state.as_str());
            sql.push(", ").bind(one.state.is_open());
            sql.push(", ").bind(one.simulated);
            sql.push(", ").bind(one.occurred_at);
            sql.push(", ").bind(one.pushed_at);
            sql.push(", ").bind(one.clock.as_str());
            sql.push(", ").bind(one.due_at);
            sql.push(", ").bind(one.stopped_at).push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}

/// The frozen alarms of a snapshot, for sealing them again.
pub async fn read_back(tx: &mut Tx, new: &NewSnapshot) -> Result<Alarms> {
    let mut alarms = Alarms::default();
    let sql = Sql::new("select * from snapshot_alarm_unit where snapshot_id = $1").with(new.id.0);
    for row in tx.fetch_all(sql).await? {
        let unit = OfUnit {
            raised: count(&row, "raised")?,
            late: count(&row, "late")?,
            open: count(&row, "open")?,
            late_open: count(&row, "late_open")?,
        };
        alarms.units.insert(row.id("unit_id")?, unit);
    }
    let sql = Sql::new("select * from snapshot_alarm where snapshot_id = $1").with(new.id.0);
    for row in tx.fetch_all(sql).await? {
        alarms.late.insert(row.id("alarm_id")?, read_late(&row)?);
    }
    Ok(alarms)
}

pub(super) fn read_late(row: &Row) -> Result<Late> {
    let level = u8::try_from(row.int("level")?).ok().and_then(|number| Level::try_from(number).ok());
    Ok(Late {
        unit_id: row.id("unit_id")?,
        code: row.word("code", AlarmCode::parse)?,
        level: level.ok_or_else(|| corrupt("level", "not 1 to 4"))?,
        state: row.word("state", AlarmState::parse)?,
        simulated: row.flag("simulated")?,
        occurred_at: row.time("occurred_at")?,
        pushed_at: row.time("pushed_at")?,
        clock: row.word("clock", Clock::parse)?,
        due_at: row.time("due_at")?,
        stopped_at: row.time_opt("stopped_at")?,
    })
}
