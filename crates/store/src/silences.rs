//! Planned silences: asked for, decided by whoever is first, found by those who raise alarms. Who may ask for what is the domain's word.

use domain::access::Access;
use domain::alarm::AlarmCode;
use domain::alarm::silence::{Silence, SilenceEvent, SilenceState};
use domain::ids::{AlarmId, CameraId, SilenceId, UnitId, UserId};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most silences whose time is over that one look finds; the next finds the rest.
const OVER_MAX: i64 = 500;

/// A silence with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceRow {
    /// Own id.
    pub id: SilenceId,
    /// As the rules see it.
    pub silence: Silence,
    /// Counts changes.
    pub version: i64,
    /// Name of the unit now.
    pub unit_name: String,
    /// Name of the camera now.
    pub camera_name: Option<String>,
    /// Why it was asked for.
    pub reason: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By what name.
    pub asked_by_name: String,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<(UserId, String)>,
    /// What they wrote.
    pub decided_why: Option<String>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By whom; none: time.
    pub closed_by: Option<(UserId, String)>,
    /// What they wrote.
    pub closed_why: Option<String>,
    /// Alarms that were raised in it.
    pub alarms: i64,
}

/// A silence to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSilence {
    /// Own id.
    pub id: SilenceId,
    /// As the rules see it.
    pub silence: Silence,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Which silences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SilenceFilter {
    /// Only those that are asked for or approved, and not over at this moment.
    pub open_at: Option<Timestamp>,
    /// At this unit.
    pub unit_id: Option<UnitId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilenceChange {
    /// What happens.
    pub event: SilenceEvent,
    /// The state after it.
    pub to: SilenceState,
    /// When.
    pub at: Timestamp,
    /// Who; none: the platform.
    pub by: Option<UserId>,
    /// What they wrote.
    pub why: Option<String>,
    /// With an approval: whether it names fire that cameras see.
    pub with_fire: bool,
}

const ROWS: &str = "select s.*, u.name as unit_name, c.name as camera_name, a.display_name as asked_name, d.display_name as decided_name,
        e.display_name as closed_name,
        (select cast(count(*) as bigint) from alarm q where q.silence_id = s.id) as alarms
    from silence s
    join unit_now u on u.unit_id = s.unit_id
    join account a on a.id = s.asked_by
    left join camera c on c.id = s.camera_id
    left join account d on d.id = s.decided_by
    left join account e on e.id = s.closed_by
    where 1 = 1";

impl Store {
    /// Keeps a silence that somebody asks for. NotFound where the unit lies outside the scope, or the camera is not the unit's.
    pub async fn ask_for_silence(&self, access: &Access, new: &NewSilence) -> Result<SilenceRow> {
        let one = &new.silence;
        let mut sql = Sql::new(
            "insert into silence (id, unit_id, camera_id, code, state, version, reason, starts_at, ends_at, asked_at, asked_by, with_fire)
             select cast($1 as text), u.unit_id, cast($2 as text), cast($3 as text), cast($4 as text), 0, cast($5 as text), cast($6 as bigint),
                 cast($7 as bigint), cast($8 as bigint), cast($9 as text), cast($10 as boolean)
             from unit_now u where u.unit_id = $11",
        )
        .with(new.id.0)
        .with(one.camera_id.map(|id| id.0))
        .with(one.code.map(AlarmCode::as_str))
        .with(one.state.as_str())
        .with(&new.reason)
        .with(one.starts_at)
        .with(one.ends_at)
        .with(new.at)
        .with(one.asked_by.0)
        .with(one.with_fire)
        .with(one.unit_id.0);
        if let Some(camera) = one.camera_id {
            sql.push(" and exists (select 1 from camera c where c.unit_id = u.unit_id and c.removed_at is null and c.id = ");
            sql.bind(camera.0).push(")");
        }
        sql.narrow(access, Narrow::Current);
        if self.pools.execute(sql).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.silence(access, new.id).await
    }

    /// One silence.
    pub async fn silence(&self, access: &Access, id: SilenceId) -> Result<SilenceRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and s.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_silence(&self.pools.fetch_one(sql).await?)
    }

    /// Silences, last asked for first.
    pub async fn silences(
        &self,
        access: &Access,
        filter: &SilenceFilter,
        ask: &PageAsk,
    ) -> Result<Page<SilenceRow>> {
        let mut sql = Sql::new(ROWS);
        sql.narrow(access, Narrow::Current);
        if let Some(at) = filter.open_at {
            sql.push(" and s.state in ('asked', 'approved') and s.ends_at > ").bind(at);
        }
        sql.filter(" and s.unit_id = ", filter.unit_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, SilenceId)>()? {
            sql.push(" and (s.asked_at, s.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by s.asked_at desc, s.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_silence).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.asked_at.as_microsecond(), row.id)))
    }

    /// Writes a step. Where it ends a silence before its time, the open alarms that it kept quiet ring from then; answers which these are.
    /// Conflict when somebody was faster; NotFound outside the scope.
    pub async fn change_silence(
        &self,
        access: &Access,
        id: SilenceId,
        expected_version: i64,
        change: &SilenceChange,
    ) -> Result<(SilenceRow, Vec<AlarmId>)> {
        let before = self.silence(access, id).await?;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new("update silence set version = version + 1, state = ");
        sql.bind(change.to.as_str());
        if matches!(change.event, SilenceEvent::Approve | SilenceEvent::Decline) {
            sql.push(", decided_at = ").bind(change.at);
            sql.push(", decided_by = ").bind(change.by.map(|id| id.0));
            sql.push(", decided_why = ").bind(change.why.clone());
            sql.push(", with_fire = ").bind(change.with_fire);
        }
        if change.event != SilenceEvent::Approve {
            sql.push(", closed_at = ").bind(change.at).push(", closed_by = ").bind(change.by.map(|id| id.0));
            sql.push(", closed_why = ").bind(change.why.clone());
        }
        sql.push(" where id = ").bind(id.0).push(" and version = ").bind(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict(format!(
                "the silence is at version {} ({}), not {expected_version}: somebody was faster",
                before.version,
                before.silence.state.as_str()
            )));
        }
        let mut ringing = Vec::new();
        if change.event == SilenceEvent::Lift {
            let sql = Sql::new(
                "update alarm set quiet_until = $1, version = version + 1 where silence_id = $2 and is_open and quiet_until > $3 returning id",
            )
            .with(change.at)
            .with(id.0)
            .with(change.at);
            for row in tx.fetch_all(sql).await? {
                ringing.push(row.id("id")?);
            }
        }
        tx.commit().await?;
        Ok((self.silence(access, id).await?, ringing))
    }

    /// Silences that hold at a unit at a moment: the few among which those who raise an alarm look.
    pub async fn silences_in_force(
        &self,
        access: &Access,
        unit_id: UnitId,
        at: Timestamp,
    ) -> Result<Vec<(SilenceId, Silence)>> {
        let mut sql = Sql::new(
            "select s.* from silence s join unit_now u on u.unit_id = s.unit_id
             where s.state = 'approved' and s.unit_id = $1 and s.ends_at > $2 and s.starts_at <= $3",
        )
        .with(unit_id.0)
        .with(at)
        .with(at);
        sql.narrow(access, Narrow::Current);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.id("id")?, read_rules(row)?))).collect()
    }

    /// Silences whose time is over and that nobody has written so. No asker: it is the platform that keeps time.
    pub async fn silences_over(&self, now: Timestamp) -> Result<Vec<SilenceRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and s.state in ('asked', 'approved') and s.ends_at <= ").bind(now);
        sql.push(" order by s.ends_at limit ").bind(OVER_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_silence).collect()
    }
}

fn read_rules(row: &Row) -> Result<Silence> {
    Ok(Silence {
        unit_id: row.id("unit_id")?,
        camera_id: row.id_opt::<CameraId>("camera_id")?,
        code: row.word_opt("code", AlarmCode::parse)?,
        state: row.word("state", SilenceState::parse)?,
        starts_at: row.time("starts_at")?,
        ends_at: row.time("ends_at")?,
        asked_by: row.id("asked_by")?,
        with_fire: row.flag("with_fire")?,
    })
}

fn read_silence(row: &Row) -> Result<SilenceRow> {
    Ok(SilenceRow {
        id: row.id("id")?,
        silence: read_rules(row)?,
        version: row.int("version")?,
        unit_name: row.text("unit_name")?,
        camera_name: row.text_opt("camera_name")?,
        reason: row.text("reason")?,
        asked_at: row.time("asked_at")?,
        asked_by_name: row.text("asked_name")?,
        decided_at: row.time_opt("decided_at")?,
        decided_by: row.id_opt("decided_by")?.zip(row.text_opt("decided_name")?),
        decided_why: row.text_opt("decided_why")?,
        closed_at: row.time_opt("closed_at")?,
        closed_by: row.id_opt("closed_by")?.zip(row.text_opt("closed_name")?),
        closed_why: row.text_opt("closed_why")?,
        alarms: row.int("alarms")?,
    })
}
