//! Answers counted: for every rule, or every rule at every camera, how many alarms people confirmed and rejected and why, in one statement over
//! one index.

use domain::access::Access;
use domain::alarm::{AlarmCode, FalseAlarmReason};
use domain::ids::{AlarmId, CameraId, UnitId};
use domain::quality::{Answer, Answers};
use jiff::Timestamp;

use crate::Store;
use crate::alarms::{ALARM_ROWS, AlarmRow, attach_blobs, blobs_of, read_alarm_row};
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Lines read of one count: eleven for each rule at each camera at most.
const LINES_MAX: i64 = 200_000;

/// By what answers are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswersBy {
    /// A rule, over all cameras.
    Rule,
    /// A rule at a camera.
    Camera,
}

/// Which answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFilter {
    /// Given at or after this.
    pub from: Timestamp,
    /// Given before this.
    pub until: Timestamp,
    /// About this code.
    pub code: Option<AlarmCode>,
    /// About this camera.
    pub camera_id: Option<CameraId>,
}

/// Which answered alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredFilter {
    /// About what, answered when.
    pub given: AnswerFilter,
    /// Seen by this version of the model; none: by a rule without one.
    pub model: Option<String>,
    /// So answered.
    pub answer: Option<Answer>,
    /// For this reason.
    pub reason: Option<FalseAlarmReason>,
}

/// The camera that a rule is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCamera {
    /// Which.
    pub id: CameraId,
    /// Its name now.
    pub name: String,
    /// The unit of the alarms.
    pub unit_id: UnitId,
    /// Its name now.
    pub unit_name: String,
}

/// The answers about a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleAnswers {
    /// Its code.
    pub code: AlarmCode,
    /// Version of the model; none for rules without one.
    pub model: Option<String>,
    /// Where; none over all cameras.
    pub camera: Option<RuleCamera>,
    /// Counted.
    pub answers: Answers,
    /// Lowest score of a real alarm.
    pub lowest_real: Option<f64>,
    /// False ones that scored lower.
    pub below: u32,
    /// The highest score among these.
    pub highest_below: Option<f64>,
    /// Answers about simulated cameras.
    pub simulated: u32,
}

const ANSWERED: &str =
    " as place, coalesce(a.model, '') as model, a.unit_id, a.score, a.pushed_at, a.simulated,
        case when a.state = 'false_alarm' then coalesce(a.false_alarm_reason, 'other') else '' end as reason,
        (a.pushed_at + 28800000000) / 86400000000 as beijing_day
    from alarm a join unit_now u on u.unit_id = a.unit_id
    where 1 = 1";

/// Which alarms count, up to the moment from which they were answered.
const COUNTS: &str =
    " and a.source = 'ai' and a.verified_at is not null and a.camera_id is not null and not a.drill
        and a.state in ('confirmed', 'handling', 'in_review', 'closed', 'false_alarm') and a.verified_at >= ";

const COUNTED: &str = "
), lowest as (
    select code, place, model, min(score) as lowest_real from answered where reason = '' group by code, place, model
), days as (
    select code, place, model, max(n) as worst_day from (
        select code, place, model, beijing_day, count(*) as n from answered where reason <> '' group by code, place, model, beijing_day
    ) d group by code, place, model
), counted as (
    select t.code, t.place, t.model, t.reason, count(*) as n, max(t.unit_id) as unit_id, min(t.pushed_at) as first_at,
        sum(case when t.simulated then 1 else 0 end) as simulated,
        sum(case when t.reason <> '' and t.score < l.lowest_real then 1 else 0 end) as below,
        max(case when t.reason <> '' and t.score < l.lowest_real then t.score end) as highest_below,
        min(l.lowest_real) as lowest_real, max(d.worst_day) as worst_day
    from answered t
    left join lowest l on l.code = t.code and l.place = t.place and l.model = t.model
    left join days d on d.code = t.code and d.place = t.place and d.model = t.model
    group by t.code, t.place, t.model, t.reason
)
select k.code, k.place, k.model, k.reason, k.unit_id, k.first_at, k.highest_below, k.lowest_real,
    cast(k.n as bigint) as n, cast(k.simulated as bigint) as simulated, cast(k.below as bigint) as below,
    cast(coalesce(k.worst_day, 0) as bigint) as worst_day, c.name as camera_name, v.name as unit_name
from counted k
left join camera c on c.id = k.place
left join unit_now v on v.unit_id = k.unit_id
order by k.code, k.model, k.place, k.reason limit ";

impl Store {
    /// What people said of the alarms of the watch that the asker sees, by rule or by rule and camera. Drills, tests and alarms that are being
    /// worked count for nothing; of one that was opened again, only its last answer does.
    pub async fn answers(
        &self,
        access: &Access,
        by: AnswersBy,
        filter: &AnswerFilter,
    ) -> Result<Vec<RuleAnswers>> {
        let mut sql = Sql::new("with answered as (\n    select a.code, ");
        sql.push(match by {
            AnswersBy::Rule => "''",
            AnswersBy::Camera => "a.camera_id",
        });
        sql.push(ANSWERED).push(COUNTS).bind(filter.from).push(" and a.verified_at < ").bind(filter.until);
        sql.filter(" and a.code = ", filter.code.map(AlarmCode::as_str));
        sql.filter(" and a.camera_id = ", filter.camera_id.map(|id| id.0));
        sql.narrow(access, Narrow::Current).push(COUNTED).bind(LINES_MAX);
        let mut rules: Vec<RuleAnswers> = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            let line = read_line(&row, by)?;
            match rules.last_mut().filter(|last| is_same(last, &line)) {
                Some(last) => add(last, line),
                None => rules.push(line),
            }
        }
        Ok(rules)
    }

    /// The alarms that [`Store::answers`] counts, newest first.
    pub async fn answered_alarms(
        &self,
        access: &Access,
        filter: &AnsweredFilter,
        ask: &PageAsk,
    ) -> Result<Page<AlarmRow>> {
        let mut sql = Sql::new(ALARM_ROWS);
        sql.narrow(access, Narrow::Current).push(COUNTS);
        sql.bind(filter.given.from);
        sql.push(" and a.verified_at < ").bind(filter.given.until);
        sql.push(" and coalesce(a.model, '') = ").bind(filter.model.clone().unwrap_or_default());
        sql.filter(" and a.code = ", filter.given.code.map(AlarmCode::as_str));
        sql.filter(" and a.camera_id = ", filter.given.camera_id.map(|id| id.0));
        match filter.answer {
            Some(Answer::Real) => sql.push(" and a.state <> 'false_alarm'"),
            Some(Answer::False) => sql.push(" and a.state = 'false_alarm'"),
            None => &mut sql,
        };
        sql.filter(" and a.false_alarm_reason = ", filter.reason.map(FalseAlarmReason::as_str));
        if let Some((pushed_us, id)) = ask.key::<(i64, AlarmId)>()? {
            sql.push(" and (a.pushed_at, a.id) < (").bind(pushed_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by a.pushed_at desc, a.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_alarm_row).collect::<Result<Vec<_>>>()?;
        let mut page = ask.cut(rows, |row| (row.alarm.times.pushed_at.as_microsecond(), row.alarm.id));
        if !page.items.is_empty() {
            let blobs = self.pools.fetch_all(blobs_of(&page.items)).await?;
            attach_blobs(&mut page.items, &blobs)?;
        }
        Ok(page)
    }
}

fn is_same(one: &RuleAnswers, other: &RuleAnswers) -> bool {
    let camera = |of: &RuleAnswers| of.camera.as_ref().map(|camera| camera.id);
    (one.code, &one.model, camera(one)) == (other.code, &other.model, camera(other))
}

/// Adds the line of another answer to a rule.
fn add(rule: &mut RuleAnswers, line: RuleAnswers) {
    rule.answers.real += line.answers.real;
    rule.answers.by_reason.extend(line.answers.by_reason);
    rule.answers.first_at = rule.answers.first_at.min(line.answers.first_at);
    rule.below += line.below;
    rule.highest_below = match (rule.highest_below, line.highest_below) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    };
    rule.simulated += line.simulated;
}

fn read_line(row: &Row, by: AnswersBy) -> Result<RuleAnswers> {
    let count = |column| row.int(column).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    let n = count("n")?;
    let reason = row.text("reason")?;
    let reason = if reason.is_empty() { None } else { Some(row.word("reason", FalseAlarmReason::parse)?) };
    let model = Some(row.text("model")?).filter(|model| !model.is_empty());
    let camera = match by {
        AnswersBy::Rule => None,
        AnswersBy::Camera => Some(RuleCamera {
            id: row.id("place")?,
            name: row.text("camera_name")?,
            unit_id: row.id("unit_id")?,
            unit_name: row.text("unit_name")?,
        }),
    };
    Ok(RuleAnswers {
        code: row.word("code", AlarmCode::parse)?,
        model,
        camera,
        answers: Answers {
            real: if reason.is_none() { n } else { 0 },
            by_reason: reason.map(|reason| (reason, n)).into_iter().collect(),
            worst_day: count("worst_day")?,
            first_at: row.time_opt("first_at")?,
        },
        lowest_real: row.real_opt("lowest_real")?,
        below: count("below")?,
        highest_below: row.real_opt("highest_below")?,
        simulated: count("simulated")?,
    })
}
