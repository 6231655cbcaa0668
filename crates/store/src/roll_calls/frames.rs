//! Pictures that belong to a roll-call: the room at the question and at the answer, and the picture that decided about the code. The file
//! first, durable, then the row that names it.

use domain::access::Access;
use domain::ids::{BlobId, CameraId, DutyRollCallId};
use jiff::Timestamp;

use crate::Store;
use crate::blobs::{id_of, sha256_hex};
use crate::error::Result;
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Pictures that one look drops at most: a look a minute keeps up with ten thousand rooms.
const DROPPED_AT_ONCE: i64 = 200;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// Of the second in which the room was asked.
    Asked,
    /// Of the second in which it answered.
    Answered,
    /// The one that decided about the code.
    Code,
}

/// A picture to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewFrame<'a> {
    /// Which.
    pub kind: FrameKind,
    /// By which camera.
    pub camera_id: CameraId,
    /// When it was received.
    pub taken_at: Timestamp,
    /// JPEG file.
    pub jpeg: &'a [u8],
}

/// A picture as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCallFrame {
    /// Which.
    pub kind: FrameKind,
    /// By which camera.
    pub camera_id: CameraId,
    /// When it was received.
    pub taken_at: Timestamp,
    /// Its file.
    pub blob_id: BlobId,
    /// Its type.
    pub content_type: String,
    /// Its hash.
    pub sha256: String,
}

impl FrameKind {
    const ALL: [Self; 3] = [Self::Asked, Self::Answered, Self::Code];

    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Code => "code",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Store {
    /// Keeps a picture. That of the code takes the place of the one before; the others are kept once.
    pub async fn add_roll_call_frame(&self, id: DutyRollCallId, frame: &NewFrame<'_>) -> Result<()> {
        let sha256 = sha256_hex(frame.jpeg);
        let blob_id = id_of(&format!("roll-call {id} {} {sha256}", frame.kind.as_str()));
        self.write_blob(blob_id, frame.jpeg).await?;
        let mut sql = Sql::new(
            "insert into roll_call_frame (roll_call_id, kind, camera_id, taken_at, blob_id, content_type, size_bytes, sha256)
             values ($1, $2, $3, $4, $5, 'image/jpeg', $6, $7) on conflict (roll_call_id, kind) do ",
        )
        .with(id.0)
        .with(frame.kind.as_str())
        .with(frame.camera_id.0)
        .with(frame.taken_at)
        .with(blob_id.0)
        .with(frame.jpeg.len() as i64)
        .with(&sha256);
        sql.push(match frame.kind {
            FrameKind::Code => {
                "update set camera_id = excluded.camera_id, taken_at = excluded.taken_at, blob_id = excluded.blob_id,
                     size_bytes = excluded.size_bytes, sha256 = excluded.sha256"
            }
            FrameKind::Asked | FrameKind::Answered => "nothing",
        });
        self.pools.execute(sql).await.map(drop)
    }

    /// Which pictures a roll-call has.
    pub async fn roll_call_frames(&self, access: &Access, id: DutyRollCallId) -> Result<Vec<RollCallFrame>> {
        let mut sql = Sql::new(FRAMES);
        sql.push(" and f.roll_call_id = ").bind(id.0).narrow(access, Narrow::Current);
        sql.push(" order by f.taken_at");
        self.pools.fetch_all(sql).await?.iter().map(read_frame).collect()
    }

    /// A picture, its content checked against its hash. Corrupt when the file is missing or altered.
    pub async fn roll_call_frame(
        &self,
        access: &Access,
        id: DutyRollCallId,
        kind: FrameKind,
    ) -> Result<(RollCallFrame, Vec<u8>)> {
        let mut sql = Sql::new(FRAMES);
        sql.push(" and f.roll_call_id = ").bind(id.0).push(" and f.kind = ").bind(kind.as_str());
        sql.narrow(access, Narrow::Current);
        let frame = read_frame(&self.pools.fetch_one(sql).await?)?;
        let bytes = self.read_blob(frame.blob_id, &frame.sha256).await?;
        Ok((frame, bytes))
    }
}

impl Store {
    /// Drops pictures whose time is over, some at once, and answers how many: taken before `before`, or before `failed_before` where the call was
    /// not answered in time or its code was an old or a wrong one.
    pub async fn drop_roll_call_frames(&self, before: Timestamp, failed_before: Timestamp) -> Result<usize> {
        let sql = Sql::new(
            "select f.roll_call_id, f.kind, f.blob_id from roll_call_frame f join duty_roll_call k on k.id = f.roll_call_id
             where f.taken_at < $1 and (f.taken_at < $2
                 or (k.state not in ('late', 'absent') and coalesce(k.code_verdict, '') not in ('old', 'wrong')))
             order by f.taken_at limit $3",
        );
        let rows = self.pools.fetch_all(sql.with(before).with(failed_before).with(DROPPED_AT_ONCE)).await?;
        for row in &rows {
            let id: DutyRollCallId = row.id("roll_call_id")?;
            let sql = Sql::new("delete from roll_call_frame where roll_call_id = $1 and kind = $2");
            self.pools.execute(sql.with(id.0).with(row.text("kind")?)).await?;
            self.remove_blob(row.id("blob_id")?).await?;
        }
        Ok(rows.len())
    }
}

const FRAMES: &str = "select f.* from roll_call_frame f join duty_roll_call k on k.id = f.roll_call_id
    join unit_now u on u.unit_id = k.unit_id where 1 = 1";

fn read_frame(row: &Row) -> Result<RollCallFrame> {
    Ok(RollCallFrame {
        kind: row.word("kind", FrameKind::parse)?,
        camera_id: row.id("camera_id")?,
        taken_at: row.time("taken_at")?,
        blob_id: row.id("blob_id")?,
        content_type: row.text("content_type")?,
        sha256: row.text("sha256")?,
    })
}
