//! What an alarm rests on, where a fire facility has to do with it: its detectors, and what cameras saw at the same place, on one card.
//!
//! The direction matters. A camera's sighting may join the card of a detector; a detector's alarm is always raised by itself, and takes in what
//! a camera saw before, because AI does not replace a fire alarm system (GB 15631). All of it happens in the transaction that raises.

use std::collections::HashMap;

use domain::access::Access;
use domain::alarm::code::ALARM_CODES;
use domain::alarm::{Alarm, AlarmCode, AlarmEvent, Level, Source};
use domain::facility::{is_same_fire, is_taken_in};
use domain::ids::{AlarmId, CameraId, ComponentId, TransmitterId};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::change::{tell, write_change, write_step};
use super::{AlarmRow, JoinRule, NewAlarm, StepRecord, read_alarm};
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::Sql;

/// A panel tells its system's fire and its detector's one after the other: within this span they are one.
const SAME_FIRE_WITHIN: SignedDuration = SignedDuration::from_secs(60);
/// Most sightings taken in by one detector.
const TAKEN_IN_MAX: i64 = 8;

/// Which component of a fire facility an alarm comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detector {
    /// The device that told it.
    pub transmitter_id: TransmitterId,
    /// The component; none where it spoke of a system or of itself.
    pub component_id: Option<ComponentId>,
}

/// One thing that an alarm rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlarmSource {
    /// A camera that was watched, or a device.
    pub source: Source,
    /// What it told.
    pub code: AlarmCode,
    /// How urgent that is by itself.
    pub level: Level,
    /// The device and its name.
    pub transmitter: Option<(TransmitterId, String)>,
    /// The component, its type by the standard's table, and where it is.
    pub component: Option<(ComponentId, u8, String)>,
    /// The camera that saw it.
    pub camera: Option<(CameraId, String)>,
    /// The alarm that the same sighting was before; its picture and clip are there.
    pub seen_alarm_id: Option<AlarmId>,
    /// When it told first.
    pub first_at: Timestamp,
    /// When it told last.
    pub last_at: Timestamp,
    /// How often.
    pub times: i64,
    /// Cameras that see the place of the component, the best one first.
    pub cameras: Vec<(CameraId, String)>,
}

/// The camera that sees the place of a component best.
pub(super) async fn best_camera(tx: &mut Tx, alarm: &Alarm, detector: Detector) -> Result<Option<CameraId>> {
    let Some(component) = detector.component_id else { return Ok(None) };
    let sql = Sql::new(
        "select m.id from component_camera p join camera m on m.id = p.camera_id
         where p.component_id = $1 and m.removed_at is null and m.unit_id = $2 order by p.place limit 1",
    )
    .with(component.0)
    .with(alarm.unit_id.0);
    tx.fetch_opt(sql).await?.map(|row| row.id("id")).transpose()
}

/// The open alarm that a detector's belongs to: that of the same component; or, of a fire that the panel tells twice, once with the component
/// and once without, the other one. Never what a camera saw.
pub(super) async fn detector_alarm_to_join(
    tx: &mut Tx,
    alarm: &Alarm,
    detector: Detector,
) -> Result<Option<AlarmId>> {
    let mut sql = Sql::new(
        "select a.id from alarm a join alarm_source s on s.alarm_id = a.id and s.source = 'device'
         where a.is_open and a.source = 'device' and a.code = $1 and s.transmitter_id = $2",
    )
    .with(alarm.code.as_str())
    .with(detector.transmitter_id.0);
    let is_fire = alarm.code.group() == "F";
    match detector.component_id {
        Some(component) => {
            sql.push(" and (s.component_id = ").bind(component.0);
            if is_fire {
                let since = alarm.times.pushed_at.saturating_sub(SAME_FIRE_WITHIN).unwrap_or(Timestamp::MIN);
                sql.push(" or (s.component_id is null and a.pushed_at >= ").bind(since);
                sql.push(
                    " and not exists (select 1 from alarm_source o where o.alarm_id = a.id and o.component_id is not null))",
                );
            }
            sql.push(")");
        }
        None if is_fire => {}
        None => {
            sql.push(" and s.component_id is null");
        }
    }
    sql.push(" order by a.pushed_at desc limit 1");
    tx.fetch_opt(sql).await?.map(|row| row.id("id")).transpose()
}

/// Notes that a detector told its alarm again, or told where it is.
pub(super) async fn note_detector(tx: &mut Tx, id: AlarmId, alarm: &Alarm, detector: Detector) -> Result<()> {
    let at = alarm.times.pushed_at;
    let mut sql = Sql::new(
        "update alarm_source set times = times + 1, last_at = $1 where alarm_id = $2 and transmitter_id = $3",
    )
    .with(at)
    .with(id.0)
    .with(detector.transmitter_id.0);
    match detector.component_id {
        Some(component) => sql.push(" and component_id = ").bind(component.0),
        None => sql.push(" and component_id is null"),
    };
    if tx.execute(sql).await? == 0 {
        insert_device(tx, id, alarm, detector).await?;
        if let Some(camera) = best_camera(tx, alarm, detector).await? {
            let sql = Sql::new("update alarm set camera_id = coalesce(camera_id, $1) where id = $2");
            tx.execute(sql.with(camera.0).with(id.0)).await?;
        }
    }
    Ok(())
}

/// The detector's open alarm on whose card a camera's sighting belongs: one of the same unit whose component is at a place that this camera sees,
/// told or joined within the span.
pub(super) async fn detectors_card(tx: &mut Tx, alarm: &Alarm, joins: JoinRule) -> Result<Option<Alarm>> {
    let codes: Vec<_> = ALARM_CODES.iter().filter(|code| is_same_fire(alarm.code, **code)).collect();
    let (Some(camera_id), Source::Ai, false) = (alarm.camera_id, alarm.source, codes.is_empty()) else {
        return Ok(None);
    };
    let since = alarm.times.pushed_at.saturating_sub(joins.fuse_within).unwrap_or(Timestamp::MIN);
    let mut sql = Sql::new(
        "select a.* from alarm a where a.is_open and a.source = 'device' and a.unit_id = $1
         and coalesce(a.last_joined_at, a.pushed_at) >= $2
         and exists (select 1 from alarm_source s join component_camera p on p.component_id = s.component_id
             where s.alarm_id = a.id and p.camera_id = $3) and a.code in ",
    )
    .with(alarm.unit_id.0)
    .with(since)
    .with(camera_id.0);
    sql.list(codes.iter().map(|code| code.as_str())).push(" order by a.pushed_at desc limit 1");
    tx.fetch_opt(sql).await?.map(|row| read_alarm(&row)).transpose()
}

/// Puts a camera's sighting on the card of a detector; whether it is the first of this camera and kind. The detector's alarm stays as it is:
/// its state, its owner, its version, and its level unless the sighting is more urgent.
pub(super) async fn put_on_card(tx: &mut Tx, card: &Alarm, new: &NewAlarm) -> Result<bool> {
    let (seen, at) = (&new.alarm, new.alarm.times.pushed_at);
    let json = |error: serde_json::Error| StoreError::Invalid(format!("boxes: {error}"));
    let sql = Sql::new(
        "update alarm_source set times = times + 1, last_at = $1 where alarm_id = $2 and source = 'ai' and camera_id = $3 and code = $4",
    )
    .with(at)
    .with(card.id.0)
    .with(seen.camera_id.map(|id| id.0))
    .with(seen.code.as_str());
    let is_first = tx.execute(sql).await? == 0;
    let level = i64::from(u8::from(seen.level.min(card.level)));
    let sql = Sql::new(
        "update alarm set joined_count = joined_count + 1, last_joined_at = $1, level = $2 where id = $3",
    );
    tx.execute(sql.with(at).with(level).with(card.id.0)).await?;
    if is_first {
        insert_seen(tx, card.id, seen, None).await?;
        let sql = Sql::new(
            "update alarm set boxes = $1, score = $2, model = $3 where id = $4 and camera_id = $5 and boxes = '[]'",
        )
        .with(serde_json::to_string(&new.boxes).map_err(json)?)
        .with(new.score)
        .with(new.model.clone())
        .with(card.id.0)
        .with(seen.camera_id.map(|id| id.0));
        tx.execute(sql).await?;
        tell(tx, "alarm.changed", at, card).await?;
    }
    Ok(is_first)
}

/// What cameras saw at the place of a detector that fires now: open alarms about fire or smoke of the cameras of its component.
pub(super) async fn seen_before(
    tx: &mut Tx,
    alarm: &Alarm,
    detector: Detector,
    joins: JoinRule,
) -> Result<Vec<Alarm>> {
    let codes: Vec<_> = ALARM_CODES.iter().filter(|code| is_same_fire(**code, alarm.code)).collect();
    let (Some(component), false) = (detector.component_id, codes.is_empty()) else { return Ok(Vec::new()) };
    let since = alarm.times.pushed_at.saturating_sub(joins.fuse_within).unwrap_or(Timestamp::MIN);
    let mut sql = Sql::new(
        "select a.* from alarm a where a.is_open and a.source = 'ai' and a.unit_id = $1
         and coalesce(a.last_joined_at, a.pushed_at) >= $2
         and a.camera_id in (select camera_id from component_camera where component_id = $3) and a.code in ",
    )
    .with(alarm.unit_id.0)
    .with(since)
    .with(component.0);
    sql.list(codes.iter().map(|code| code.as_str()))
        .push(" order by a.pushed_at desc limit ")
        .bind(TAKEN_IN_MAX);
    tx.fetch_all(sql).await?.iter().map(read_alarm).collect()
}

/// Writes what a new detector's alarm rests on, and takes in what cameras saw before; what somebody has found true stays a card of its own and
/// is only named.
pub(super) async fn take_in(tx: &mut Tx, alarm: &Alarm, detector: Detector, seen: &[Alarm]) -> Result<()> {
    insert_device(tx, alarm.id, alarm, detector).await?;
    let at = alarm.times.pushed_at;
    for before in seen {
        insert_seen(tx, alarm.id, before, Some(before.id)).await?;
        if !is_taken_in(before.state) {
            continue;
        }
        let event = AlarmEvent::Merge;
        let change = domain::alarm::decide(before, event, None, None, at)
            .map_err(|refusal| StoreError::conflict(refusal.to_string()))?;
        let note = Some(format!("并入探测器告警 Taken into the detector's alarm {}", alarm.id));
        let step = StepRecord { at, event, actor_id: None, note, reason: None };
        write_change(tx, before, &change, at).await?;
        write_step(tx, &Access::PLATFORM, before, change.to, &step).await?;
        tell(tx, "alarm.changed", at, before).await?;
    }
    Ok(())
}

async fn insert_device(tx: &mut Tx, id: AlarmId, alarm: &Alarm, detector: Detector) -> Result<()> {
    let at = alarm.times.pushed_at;
    let sql = Sql::new(
        "insert into alarm_source (alarm_id, source, code, level, transmitter_id, component_id, first_at, last_at, times)
         values ($1, 'device', $2, $3, $4, $5, $6, $7, 1)",
    )
    .with(id.0)
    .with(alarm.code.as_str())
    .with(i64::from(u8::from(alarm.code.default_level())))
    .with(detector.transmitter_id.0)
    .with(detector.component_id.map(|id| id.0))
    .with(alarm.times.occurred_at.min(at))
    .with(at);
    tx.execute(sql).await.map(|_| ())
}

async fn insert_seen(tx: &mut Tx, id: AlarmId, seen: &Alarm, before: Option<AlarmId>) -> Result<()> {
    let sql = Sql::new(
        "insert into alarm_source (alarm_id, source, code, level, camera_id, seen_alarm_id, first_at, last_at, times)
         values ($1, 'ai', $2, $3, $4, $5, $6, $7, 1)",
    )
    .with(id.0)
    .with(seen.code.as_str())
    .with(i64::from(u8::from(seen.level)))
    .with(seen.camera_id.map(|id| id.0))
    .with(before.map(|id| id.0))
    .with(seen.times.occurred_at.min(seen.times.pushed_at))
    .with(seen.times.pushed_at);
    tx.execute(sql).await.map(|_| ())
}

/// Adds their sources to alarms within a transaction.
pub(super) async fn attach_in(tx: &mut Tx, alarms: &mut [AlarmRow]) -> Result<()> {
    let Some(sql) = sources_of(alarms) else { return Ok(()) };
    let rows = tx.fetch_all(sql).await?;
    let cameras = match cameras_of(&rows)? {
        Some(sql) => tx.fetch_all(sql).await?,
        None => Vec::new(),
    };
    attach_sources(alarms, &rows, &cameras)
}

/// Reads the sources of alarms that come from devices; none where there is no such alarm.
pub(super) fn sources_of(alarms: &[AlarmRow]) -> Option<Sql> {
    let from_devices: Vec<_> = alarms.iter().filter(|row| row.alarm.source == Source::Device).collect();
    if from_devices.is_empty() {
        return None;
    }
    let mut sql = Sql::new(
        "select s.*, t.name as transmitter_name, c.kind as component_kind,
             coalesce(c.place, c.description) as component_place, m.name as camera_name
         from alarm_source s
         left join transmitter t on t.id = s.transmitter_id
         left join component c on c.id = s.component_id
         left join camera m on m.id = s.camera_id
         where s.alarm_id in ",
    );
    sql.list(from_devices.iter().map(|row| row.alarm.id.0)).push(" order by s.seq");
    Some(sql)
}

/// Reads the cameras of the components of these sources; none where there is none.
pub(super) fn cameras_of(rows: &[Row]) -> Result<Option<Sql>> {
    let components = rows
        .iter()
        .filter_map(|row| row.id_opt::<ComponentId>("component_id").transpose())
        .collect::<Result<Vec<_>>>()?;
    if components.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::new(
        "select p.component_id, m.id, m.name from component_camera p join camera m on m.id = p.camera_id
         where m.removed_at is null and p.component_id in ",
    );
    sql.list(components.iter().map(|id| id.0)).push(" order by p.place");
    Ok(Some(sql))
}

pub(super) fn attach_sources(alarms: &mut [AlarmRow], rows: &[Row], cameras: &[Row]) -> Result<()> {
    let mut seeing: HashMap<ComponentId, Vec<(CameraId, String)>> = HashMap::new();
    for row in cameras {
        seeing.entry(row.id("component_id")?).or_default().push((row.id("id")?, row.text("name")?));
    }
    let mut by_alarm: HashMap<AlarmId, Vec<AlarmSource>> = HashMap::new();
    for row in rows {
        by_alarm.entry(row.id("alarm_id")?).or_default().push(read_source(row, &seeing)?);
    }
    for alarm in alarms {
        alarm.sources = by_alarm.remove(&alarm.alarm.id).unwrap_or_default();
    }
    Ok(())
}

fn read_source(row: &Row, seeing: &HashMap<ComponentId, Vec<(CameraId, String)>>) -> Result<AlarmSource> {
    let level = u8::try_from(row.int("level")?).ok().and_then(|number| Level::try_from(number).ok());
    let component_id: Option<ComponentId> = row.id_opt("component_id")?;
    let component = match (component_id, row.int_opt("component_kind")?) {
        (Some(id), Some(kind)) => {
            let kind = u8::try_from(kind).map_err(|_| corrupt("component_kind", &kind.to_string()))?;
            Some((id, kind, row.text_opt("component_place")?.unwrap_or_default()))
        }
        _ => None,
    };
    Ok(AlarmSource {
        source: row.word("source", Source::parse)?,
        code: row.word("code", AlarmCode::parse)?,
        level: level.ok_or_else(|| corrupt("level", "not 1 to 4"))?,
        transmitter: row.id_opt("transmitter_id")?.zip(row.text_opt("transmitter_name")?),
        component,
        camera: row.id_opt("camera_id")?.zip(row.text_opt("camera_name")?),
        seen_alarm_id: row.id_opt("seen_alarm_id")?,
        first_at: row.time("first_at")?,
        last_at: row.time("last_at")?,
        times: row.int("times")?,
        cameras: component_id.and_then(|id| seeing.get(&id).cloned()).unwrap_or_default(),
    })
}
