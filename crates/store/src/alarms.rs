//! Alarms as they stand, the steps that brought them there, the pictures and clips they rest on. What may happen to an alarm is the
//! domain's word; here it is written down, together with the outbox entry, in one transaction.

mod blob;
pub(crate) mod change;
mod raise;
mod sources;

pub use sources::{AlarmSource, Detector};

use std::collections::HashMap;

use domain::access::{Access, Scope};
use domain::alarm::code::LEVELS;
use domain::alarm::{
    AfterEnd, Alarm, AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Level, Mark, Source, Times,
};
use domain::ids::{AlarmId, BlobId, CameraId, ComponentId, SilenceId, TransmitterId, UnitId, UserId};
use domain::place::PlaceType;
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// The `event` of an alarm's first step; every later one is a word of [`AlarmEvent`].
pub const RAISE_EVENT: &str = "raise";

/// Most open alarms of one device that are cleared at once.
const FACILITY_ALARMS_MAX: i64 = 500;

/// An alarm with the names and files around it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlarmRow {
    /// The alarm.
    pub alarm: Alarm,
    /// Name of its unit now.
    pub unit_name: String,
    /// City the unit belongs to.
    pub city: Option<String>,
    /// County the unit belongs to.
    pub county: Option<String>,
    /// Code (GB/T 2260) of the smallest region around the unit that has one.
    pub region_code: Option<String>,
    /// Name of the camera.
    pub camera_name: Option<String>,
    /// What the camera looks at.
    pub place_type: Option<PlaceType>,
    /// Name of the owner.
    pub owner_name: Option<String>,
    /// Score of the observation, 0 to 1.
    pub score: Option<f32>,
    /// What was seen where.
    pub boxes: Vec<AlarmBox>,
    /// What the person who raised it wrote.
    pub note: Option<String>,
    /// Files, the last of each kind.
    pub blobs: Vec<AlarmBlob>,
    /// From a simulated camera.
    pub simulated: bool,
    /// Name and hash of the model that saw it.
    pub model: Option<String>,
    /// Later observations of the same thing.
    pub joined_count: i64,
    /// The last of them.
    pub last_joined_at: Option<Timestamp>,
    /// The planned silence that it was raised in.
    pub silence_id: Option<SilenceId>,
    /// The alarm about the same thing that was ended before, while the camera saw it on.
    pub predecessor_id: Option<AlarmId>,
    /// It is named in a supervision order (督办) that is sent and not over.
    pub supervised: bool,
    /// What it rests on, where a fire facility has to do with it.
    pub sources: Vec<AlarmSource>,
}

/// A box on the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlarmBox {
    /// Left edge, as a part of the width, 0 to 1.
    pub x: f32,
    /// Upper edge, as a part of the height, 0 to 1.
    pub y: f32,
    /// Width, as a part of the picture's.
    pub w: f32,
    /// Height, as a part of the picture's.
    pub h: f32,
    /// What is in it, e.g. `flame`.
    pub label: String,
}

/// Kinds of files of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmBlobKind {
    /// The key frame it was seen on.
    Picture,
    /// The seconds around it.
    Clip,
    /// The picture of the result of handling.
    ResultPicture,
}

/// A file of an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlarmBlob {
    /// What it is.
    pub kind: AlarmBlobKind,
    /// Its name in the blob folder.
    pub blob_id: BlobId,
    /// Media type, e.g. `image/jpeg`.
    pub content_type: String,
    /// Size.
    pub size_bytes: i64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// What an observation or a person asks to raise.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlarm {
    /// The alarm in its first state.
    pub alarm: Alarm,
    /// Score of the observation, 0 to 1.
    pub score: Option<f32>,
    /// What was seen where.
    pub boxes: Vec<AlarmBox>,
    /// What the person wrote.
    pub note: Option<String>,
    /// From a simulated camera.
    pub simulated: bool,
    /// The observation (or the request) it comes from: raised twice, it counts once.
    pub observation_id: Uuid,
    /// Name and hash of the model that saw it.
    pub model: Option<String>,
    /// The planned silence that it is raised in; until when it is quiet stands in the alarm's times.
    pub silence_id: Option<SilenceId>,
    /// The component of a fire facility that told it.
    pub detector: Option<Detector>,
    /// For what a camera told before and sees on: what becomes of it where the alarm about it was ended.
    pub told_again: Option<AfterEnd>,
}

/// When an observation belongs to an alarm that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinRule {
    /// An alarm of the same camera and code joins while it is open, and for this long after it was pushed.
    pub window: SignedDuration,
    /// What a camera sees and what a detector tells at the same place within this span stand on one card.
    pub fuse_within: SignedDuration,
}

/// What became of a [`NewAlarm`].
#[derive(Debug, Clone, PartialEq)]
pub enum Raised {
    /// A new alarm.
    New(Box<AlarmRow>),
    /// It belongs to this one.
    Joined(AlarmId),
    /// A camera's sighting, the first of its sort, on the card of a detector.
    Fused(AlarmId),
}

/// A step of an alarm, to be written with its change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: AlarmEvent,
    /// Who; none: the platform.
    pub actor_id: Option<UserId>,
    /// What they wrote.
    pub note: Option<String>,
    /// Why it was none.
    pub reason: Option<FalseAlarmReason>,
}

/// A step of an alarm, as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlarmStep {
    /// When.
    pub at: Timestamp,
    /// [`RAISE_EVENT`] or the word of an [`AlarmEvent`].
    pub event: String,
    /// State before; none for the first.
    pub from: Option<AlarmState>,
    /// State after.
    pub to: AlarmState,
    /// Who, by what name, as what at that moment; none: the platform.
    pub actor: Option<(UserId, String, Role)>,
    /// What they wrote.
    pub note: Option<String>,
    /// Why it was none.
    pub reason: Option<FalseAlarmReason>,
}

/// Which states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AlarmStates {
    /// Somebody still has to do something. Most urgent first, newest first within a level; every other list is newest first.
    #[default]
    Open,
    /// Nobody has.
    Closed,
    /// Any.
    All,
    /// This one.
    One(AlarmState),
}

/// Which alarms; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlarmFilter {
    /// In which states.
    pub states: AlarmStates,
    /// Of this level.
    pub level: Option<Level>,
    /// Of this code.
    pub code: Option<AlarmCode>,
    /// At this unit.
    pub unit_id: Option<UnitId>,
    /// Seen by this camera.
    pub camera_id: Option<CameraId>,
    /// Raised during this planned silence.
    pub silence_id: Option<SilenceId>,
    /// Only those named in a supervision order that is sent and not over.
    pub supervised: bool,
    /// Pushed at or after this.
    pub from: Option<Timestamp>,
    /// Pushed before this.
    pub until: Option<Timestamp>,
}

/// Alarms counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AlarmCounts {
    /// Open ones of level 1 to 4.
    pub open_by_level: [i64; 4],
    /// Pushed since the day began.
    pub today: i64,
    /// Of these, false.
    pub today_false: i64,
}

pub(crate) const ALARM_ROWS: &str =
    "select a.*, u.name as unit_name, city.name as city_name, county.name as county_name,
        coalesce(r.gb2260_code, county.gb2260_code, city.gb2260_code) as region_code,
        c.name as camera_name, c.place_type, o.display_name as owner_name,
        exists (select 1 from notice_alarm x join notice m on m.id = x.notice_id
            where x.alarm_id = a.id and m.kind = 'supervision' and m.sent_at is not null and m.ended_at is null) as supervised
    from alarm a
    join unit_now u on u.unit_id = a.unit_id
    join region r on r.id = u.region_id
    left join region city on city.id = r.city_id
    left join region county on county.id = r.county_id
    left join camera c on c.id = a.camera_id
    left join account o on o.id = a.owner_id
    where 1 = 1";

impl Store {
    /// One alarm.
    pub async fn alarm(&self, access: &Access, id: AlarmId) -> Result<AlarmRow> {
        let row = self.pools.fetch_one(one_alarm(access, id)).await?;
        let mut alarms = vec![read_alarm_row(&row)?];
        self.attach(&mut alarms).await?;
        alarms.pop().ok_or(StoreError::NotFound)
    }

    /// Alarms in the order [`AlarmStates`] says.
    pub async fn alarms(
        &self,
        access: &Access,
        filter: &AlarmFilter,
        ask: &PageAsk,
    ) -> Result<Page<AlarmRow>> {
        let mut sql = Sql::new(ALARM_ROWS);
        sql.narrow(access, Narrow::Current);
        add_filter(&mut sql, access, filter);
        let by_level = filter.states == AlarmStates::Open;
        if let Some((level, pushed_us, id)) = ask.key::<(i64, i64, AlarmId)>()? {
            sql.push(" and (");
            if by_level {
                sql.push("a.level > ").bind(level).push(" or a.level = ").bind(level).push(" and ");
            }
            sql.push("(a.pushed_at, a.id) < (").bind(pushed_us).push(", ").bind(id.0).push("))");
        }
        let order =
            if by_level { " order by a.level, a.pushed_at desc" } else { " order by a.pushed_at desc" };
        sql.push(order).push(", a.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        let mut page = ask.cut(items, |row| {
            let alarm = &row.alarm;
            (i64::from(u8::from(alarm.level)), alarm.times.pushed_at.as_microsecond(), alarm.id)
        });
        self.attach(&mut page.items).await?;
        Ok(page)
    }

    /// These alarms, as far as they lie in the scope, in no order.
    pub(crate) async fn alarms_by_id(&self, access: &Access, ids: &[AlarmId]) -> Result<Vec<AlarmRow>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(ALARM_ROWS);
        sql.push(" and a.id in ").list(ids.iter().map(|id| id.0)).narrow(access, Narrow::Current);
        let rows = self.pools.fetch_all(sql).await?;
        let mut alarms = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        self.attach(&mut alarms).await?;
        Ok(alarms)
    }

    /// Adds files and sources to alarms that were read.
    async fn attach(&self, alarms: &mut [AlarmRow]) -> Result<()> {
        if alarms.is_empty() {
            return Ok(());
        }
        let blobs = self.pools.fetch_all(blobs_of(alarms)).await?;
        attach_blobs(alarms, &blobs)?;
        let Some(sql) = sources::sources_of(alarms) else { return Ok(()) };
        let rows = self.pools.fetch_all(sql).await?;
        let cameras = match sources::cameras_of(&rows)? {
            Some(sql) => self.pools.fetch_all(sql).await?,
            None => Vec::new(),
        };
        sources::attach_sources(alarms, &rows, &cameras)
    }

    /// Open alarms of these codes that a fire facility told: of a component, or of the device itself, or of all its components.
    pub async fn open_facility_alarms(
        &self,
        id: TransmitterId,
        component: Option<Option<ComponentId>>,
        codes: &[AlarmCode],
    ) -> Result<Vec<AlarmId>> {
        let mut sql = Sql::new(
            "select distinct a.id, a.pushed_at from alarm a join alarm_source s on s.alarm_id = a.id
             where a.is_open and s.source = 'device' and s.transmitter_id = $1",
        )
        .with(id.0);
        match component {
            Some(Some(component)) => {
                sql.push(" and s.component_id = ").bind(component.0);
            }
            Some(None) => {
                sql.push(" and s.component_id is null");
            }
            None => {}
        }
        sql.push(" and a.code in ")
            .list(codes.iter().map(|code| code.as_str()))
            .push(" order by a.pushed_at limit ");
        sql.bind(FACILITY_ALARMS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// What happened to an alarm, in order.
    pub async fn alarm_steps(&self, access: &Access, id: AlarmId) -> Result<Vec<AlarmStep>> {
        let mut sql = Sql::new(
            "select s.*, p.display_name as actor_name from alarm_step s
             join alarm a on a.id = s.alarm_id
             join unit_now u on u.unit_id = a.unit_id
             left join account p on p.id = s.actor_id
             where s.alarm_id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(" order by s.seq");
        let rows = self.pools.fetch_all(sql).await?;
        if rows.is_empty() {
            return Err(StoreError::NotFound);
        }
        rows.iter().map(read_step).collect()
    }

    /// Counts for the overview; `day_start` is the caller's idea of midnight.
    pub async fn alarm_counts(&self, access: &Access, day_start: Timestamp) -> Result<AlarmCounts> {
        let mut counts = AlarmCounts::default();
        let mut sql = Sql::new(
            "select a.level, cast(count(*) as bigint) as n from unit_now u cross join alarm a
             where a.unit_id = u.unit_id and a.is_open = true",
        );
        sql.narrow(access, Narrow::Counted).push(" group by a.level");
        for row in self.pools.fetch_all(sql).await? {
            let index =
                LEVELS.iter().position(|level| i64::from(u8::from(*level)) == row.int("level").unwrap_or(0));
            counts.open_by_level[index.ok_or_else(|| corrupt("level", "not 1 to 4"))?] = row.int("n")?;
        }
        let mut sql = Sql::new(
            "select cast(count(*) as bigint) as n,
                 cast(coalesce(sum(case when a.state = 'false_alarm' then 1 else 0 end), 0) as bigint) as n_false
             from alarm a join unit_now u on u.unit_id = a.unit_id where a.pushed_at >= $1",
        )
        .with(day_start);
        sql.narrow(access, Narrow::Current);
        let row = self.pools.fetch_one(sql).await?;
        Ok(AlarmCounts { today: row.int("n")?, today_false: row.int("n_false")?, ..counts })
    }
}

fn one_alarm(access: &Access, id: AlarmId) -> Sql {
    let mut sql = Sql::new(ALARM_ROWS);
    sql.push(" and a.id = ").bind(id.0).narrow(access, Narrow::Current);
    sql
}

/// SQLite follows the wording. Of one unit or camera there are few alarms, and they are found by it: there the open ones and the code are
/// worded so that no index of theirs is taken instead. Elsewhere they are found by theirs; the closed ones are most, and found by time.
fn add_filter(sql: &mut Sql, access: &Access, filter: &AlarmFilter) {
    let is_of_one = filter.unit_id.is_some()
        || filter.camera_id.is_some()
        || matches!(access.scope, Some(Scope::Unit(_)));
    match filter.states {
        AlarmStates::Open if is_of_one => sql.push(" and a.is_open"),
        AlarmStates::Open => sql.push(" and a.is_open = true"),
        AlarmStates::Closed => sql.push(" and not a.is_open"),
        AlarmStates::All => sql,
        AlarmStates::One(state) => sql.push(" and a.state = ").bind(state.as_str()),
    };
    sql.filter(" and a.level = ", filter.level.map(|level| i64::from(u8::from(level))));
    let code = if is_of_one { " and a.code || '' = " } else { " and a.code = " };
    sql.filter(code, filter.code.map(AlarmCode::as_str));
    sql.filter(" and a.unit_id = ", filter.unit_id.map(|id| id.0));
    sql.filter(" and a.camera_id = ", filter.camera_id.map(|id| id.0));
    sql.filter(" and a.silence_id = ", filter.silence_id.map(|id| id.0));
    if filter.supervised {
        // There are few orders and many alarms: the alarms are found by the orders.
        sql.push(
            " and a.id in (select x.alarm_id from notice_alarm x join notice m on m.id = x.notice_id
                 where m.kind = 'supervision' and m.sent_at is not null and m.ended_at is null)",
        );
    }
    sql.filter(" and a.pushed_at >= ", filter.from);
    sql.filter(" and a.pushed_at < ", filter.until);
}

pub(crate) fn blobs_of(alarms: &[AlarmRow]) -> Sql {
    let mut sql = Sql::new("select * from alarm_blob where alarm_id in ");
    sql.list(alarms.iter().map(|row| row.alarm.id.0)).push(" order by seq");
    sql
}

pub(crate) fn attach_blobs(alarms: &mut [AlarmRow], rows: &[Row]) -> Result<()> {
    let mut by_alarm: HashMap<AlarmId, Vec<AlarmBlob>> = HashMap::new();
    for row in rows {
        let blob = blob::read_blob_row(row)?;
        let blobs = by_alarm.entry(row.id("alarm_id")?).or_default();
        blobs.retain(|earlier| earlier.kind != blob.kind);
        blobs.push(blob);
    }
    for alarm in alarms {
        alarm.blobs = by_alarm.remove(&alarm.alarm.id).unwrap_or_default();
    }
    Ok(())
}

/// An alarm within a transaction, or NotFound.
pub(crate) async fn alarm_in(tx: &mut Tx, access: &Access, id: AlarmId) -> Result<AlarmRow> {
    let row = tx.fetch_opt(one_alarm(access, id)).await?.ok_or(StoreError::NotFound)?;
    let mut alarms = vec![read_alarm_row(&row)?];
    let blobs = tx.fetch_all(blobs_of(&alarms)).await?;
    attach_blobs(&mut alarms, &blobs)?;
    sources::attach_in(tx, &mut alarms).await?;
    alarms.pop().ok_or(StoreError::NotFound)
}

pub(crate) fn read_alarm_row(row: &Row) -> Result<AlarmRow> {
    Ok(AlarmRow {
        alarm: read_alarm(row)?,
        unit_name: row.text("unit_name")?,
        city: row.text_opt("city_name")?,
        county: row.text_opt("county_name")?,
        region_code: row.text_opt("region_code")?,
        camera_name: row.text_opt("camera_name")?,
        place_type: row.word_opt("place_type", PlaceType::parse)?,
        owner_name: row.text_opt("owner_name")?,
        score: row.real_opt("score")?.map(|score| score as f32),
        boxes: row.word("boxes", |json| serde_json::from_str(json).ok())?,
        note: row.text_opt("note")?,
        blobs: Vec::new(),
        simulated: row.flag("simulated")?,
        model: row.text_opt("model")?,
        joined_count: row.int("joined_count")?,
        last_joined_at: row.time_opt("last_joined_at")?,
        silence_id: row.id_opt("silence_id")?,
        predecessor_id: row.id_opt("predecessor_id")?,
        supervised: row.flag("supervised")?,
        sources: Vec::new(),
    })
}

pub(crate) fn read_alarm(row: &Row) -> Result<Alarm> {
    let level = u8::try_from(row.int("level")?).ok().and_then(|number| Level::try_from(number).ok());
    Ok(Alarm {
        id: row.id("id")?,
        code: row.word("code", AlarmCode::parse)?,
        level: level.ok_or_else(|| corrupt("level", "not 1 to 4"))?,
        state: row.word("state", AlarmState::parse)?,
        marks: row.word("marks", |json| serde_json::from_str::<Vec<Mark>>(json).ok())?,
        drill: row.flag("drill")?,
        unit_id: row.id("unit_id")?,
        camera_id: row.id_opt("camera_id")?,
        source: row.word("source", Source::parse)?,
        owner_id: row.id_opt("owner_id")?,
        handler_id: row.id_opt("handler_id")?,
        times: Times {
            occurred_at: row.time("occurred_at")?,
            pushed_at: row.time("pushed_at")?,
            opened_at: row.time_opt("opened_at")?,
            taken_at: row.time_opt("taken_at")?,
            verified_at: row.time_opt("verified_at")?,
            arrived_at: row.time_opt("arrived_at")?,
            handled_at: row.time_opt("handled_at")?,
            reviewed_at: row.time_opt("reviewed_at")?,
            quiet_until: row.time_opt("quiet_until")?,
        },
        false_alarm_reason: row.word_opt("false_alarm_reason", FalseAlarmReason::parse)?,
        has_result_picture: row.flag("has_result_picture")?,
        version: row.int("version")?,
    })
}

fn read_step(row: &Row) -> Result<AlarmStep> {
    Ok(AlarmStep {
        at: row.time("at")?,
        event: row.text("event")?,
        from: row.word_opt("from_state", AlarmState::parse)?,
        to: row.word("to_state", AlarmState::parse)?,
        actor: read_actor(row)?,
        note: row.text_opt("note")?,
        reason: row.word_opt("reason", FalseAlarmReason::parse)?,
    })
}

/// Who did a step, by what name and as what; none: the platform.
pub(crate) fn read_actor(row: &Row) -> Result<Option<(UserId, String, Role)>> {
    let role = row.word_opt("actor_role", Role::parse)?;
    Ok(match (row.id_opt("actor_id")?, row.text_opt("actor_name")?, role) {
        (Some(id), Some(name), Some(role)) => Some((id, name, role)),
        _ => None,
    })
}
