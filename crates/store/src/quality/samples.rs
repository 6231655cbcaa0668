//! Samples: pictures of answered alarms, kept while their answer stands and their time lasts. The file first, durable, then the row that names it;
//! when one goes, the row first, then the file.

use domain::access::Access;
use domain::alarm::{AlarmCode, FalseAlarmReason};
use domain::ids::{AlarmId, BlobId, CameraId};
use domain::place::PlaceType;
use domain::quality::{Answer, allows_samples};
use jiff::Timestamp;

use crate::Store;
use crate::alarms::AlarmBox;
use crate::blobs::{id_of, sha256_hex};
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::Sql;

/// Most samples that one look makes or drops; the next finds the rest.
const AT_ONCE: i64 = 200;

/// An answered alarm whose picture is to become a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleDue {
    /// Which.
    pub alarm_id: AlarmId,
    /// What the person said.
    pub answer: Answer,
    /// Why it was none.
    pub reason: Option<FalseAlarmReason>,
    /// What the camera looks at.
    pub place_type: PlaceType,
}

/// A sample to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSample {
    /// Of which alarm, and what was said of it.
    pub due: SampleDue,
    /// People that were hidden.
    pub people_hidden: u32,
    /// Version of the model that looked for them.
    pub people_model: String,
    /// When it is kept.
    pub at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRow {
    /// As it was kept.
    pub new: NewSample,
    /// What the alarm was about.
    pub code: AlarmCode,
    /// Which camera.
    pub camera_id: CameraId,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Score of the observation.
    pub score: Option<f32>,
    /// What was seen where.
    pub boxes: Vec<AlarmBox>,
    /// Version of the model that saw it.
    pub model: Option<String>,
    /// From a simulated camera.
    pub simulated: bool,
    /// SHA-256 of the picture.
    pub sha256: String,
    blob_id: BlobId,
}

/// What people said of an alarm now, as a sample has it.
const SAID: &str = "case when a.state = 'false_alarm' then 'false'
        when a.state in ('confirmed', 'handling', 'in_review', 'closed') and a.verified_at is not null then 'real' end";

impl Store {
    /// Answered alarms of the watch with a picture and without a sample, answered at or after `since`, where samples are allowed. No asker: the
    /// platform keeps samples of everybody.
    pub async fn samples_due(&self, since: Timestamp) -> Result<Vec<SampleDue>> {
        let mut sql = Sql::new("select a.id, a.false_alarm_reason, c.place_type, ");
        sql.push(SAID).push(
            " as answer from alarm a join camera c on c.id = a.camera_id
             where a.source = 'ai' and a.verified_at is not null and not a.drill
                 and a.state in ('confirmed', 'handling', 'in_review', 'closed', 'false_alarm')
                 and exists (select 1 from alarm_blob b where b.alarm_id = a.id and b.kind = 'picture')
                 and not exists (select 1 from sample s where s.alarm_id = a.id) and a.verified_at >= ",
        );
        sql.bind(since).push(" and c.place_type in ");
        let places = PlaceType::ALL.into_iter().filter(|place| allows_samples(*place));
        sql.list(places.map(PlaceType::as_str)).push(" order by a.verified_at limit ").bind(AT_ONCE);
        self.pools.fetch_all(sql).await?.iter().map(|row| read_due(row, "id")).collect()
    }

    /// Keeps a sample. False where the alarm's answer is another one by now, or it has a sample. No asker: see [`Store::samples_due`].
    pub async fn add_sample(&self, new: &NewSample, jpeg: &[u8]) -> Result<bool> {
        let due = &new.due;
        let sha256 = sha256_hex(jpeg);
        let blob_id = id_of(&format!("{} sample {sha256}", due.alarm_id));
        self.write_blob(blob_id, jpeg).await?;
        let mut sql = Sql::new(
            "insert into sample (alarm_id, answer, reason, blob_id, sha256, size_bytes, place_type, people_hidden, people_model, kept_at,
                 expires_at)
             select a.id, cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text), cast($5 as bigint), cast($6 as text),
                 cast($7 as bigint), cast($8 as text), cast($9 as bigint), cast($10 as bigint)
             from alarm a where a.id = $11 and $1 = ",
        )
        .with(due.answer.as_str())
        .with(due.reason.map(FalseAlarmReason::as_str))
        .with(blob_id.0)
        .with(&sha256)
        .with(jpeg.len() as i64)
        .with(due.place_type.as_str())
        .with(new.people_hidden)
        .with(&new.people_model)
        .with(new.at)
        .with(new.expires_at)
        .with(due.alarm_id.0);
        sql.push(SAID).push(" on conflict (alarm_id) do nothing");
        let is_kept = self.pools.execute(sql).await? > 0;
        if !is_kept {
            let has_one = self.sample_blob(due.alarm_id).await? == Some(blob_id);
            if !has_one {
                self.remove_blob(blob_id).await?;
            }
        }
        Ok(is_kept)
    }

    /// Drops samples whose time is over, whose alarm has another answer by now, or whose camera looks at a place where none are allowed, and
    /// answers how many. No asker: see [`Store::samples_due`].
    pub async fn drop_samples(&self, now: Timestamp) -> Result<usize> {
        let mut sql = Sql::new(
            "select s.alarm_id, s.blob_id from sample s join alarm a on a.id = s.alarm_id join camera c on c.id = a.camera_id
             where s.expires_at <= ",
        );
        sql.bind(now).push(" or coalesce(").push(SAID).push(", '') <> s.answer or c.place_type not in ");
        let places = PlaceType::ALL.into_iter().filter(|place| allows_samples(*place));
        sql.list(places.map(PlaceType::as_str)).push(" limit ").bind(AT_ONCE);
        let rows = self.pools.fetch_all(sql).await?;
        for row in &rows {
            let alarm_id: AlarmId = row.id("alarm_id")?;
            self.pools.execute(Sql::new("delete from sample where alarm_id = $1").with(alarm_id.0)).await?;
            self.remove_blob(row.id("blob_id")?).await?;
        }
        Ok(rows.len())
    }

    /// Samples in the order of their alarms' ids, for whoever runs the machine. The asker is the platform: people do not read samples.
    pub async fn samples(&self, access: &Access, ask: &PageAsk) -> Result<Page<SampleRow>> {
        let mut sql = Sql::new(
            "select s.*, s.reason as false_alarm_reason, a.code, a.camera_id, a.occurred_at, a.score, a.boxes, a.model, a.simulated
             from sample s join alarm a on a.id = s.alarm_id join unit_now u on u.unit_id = a.unit_id where 1 = 1",
        );
        sql.narrow(access, crate::sql::Narrow::Current);
        if let Some(id) = ask.key::<AlarmId>()? {
            sql.push(" and s.alarm_id > ").bind(id.0);
        }
        sql.push(" order by s.alarm_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_sample).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| row.new.due.alarm_id))
    }

    /// The picture of a sample, checked against its hash. Corrupt when the file is missing or altered. No asker: the row was read by one.
    pub async fn sample_picture(&self, sample: &SampleRow) -> Result<Vec<u8>> {
        self.read_blob(sample.blob_id, &sample.sha256).await
    }

    async fn sample_blob(&self, id: AlarmId) -> Result<Option<BlobId>> {
        let sql = Sql::new("select blob_id from sample where alarm_id = $1").with(id.0);
        self.pools.fetch_all(sql).await?.first().map(|row| row.id("blob_id")).transpose()
    }
}

fn read_due(row: &Row, id: &str) -> Result<SampleDue> {
    Ok(SampleDue {
        alarm_id: row.id(id)?,
        answer: row.word("answer", Answer::parse)?,
        reason: row.word_opt("false_alarm_reason", FalseAlarmReason::parse)?,
        place_type: row.word("place_type", PlaceType::parse)?,
    })
}

fn read_sample(row: &Row) -> Result<SampleRow> {
    Ok(SampleRow {
        new: NewSample {
            due: read_due(row, "alarm_id")?,
            people_hidden: u32::try_from(row.int("people_hidden")?).unwrap_or(u32::MAX),
            people_model: row.text("people_model")?,
            at: row.time("kept_at")?,
            expires_at: row.time("expires_at")?,
        },
        code: row.word("code", AlarmCode::parse)?,
        camera_id: row.id("camera_id")?,
        occurred_at: row.time("occurred_at")?,
        score: row.real_opt("score")?.map(|score| score as f32),
        boxes: row.word("boxes", |json| serde_json::from_str(json).ok())?,
        model: row.text_opt("model")?,
        simulated: row.flag("simulated")?,
        sha256: row.text("sha256")?,
        blob_id: row.id("blob_id")?,
    })
}
