//! Pictures and clips of an alarm: the file first, durable, then the row that names it.

use domain::access::Access;
use domain::ids::{AlarmId, UserId};
use jiff::Timestamp;

use super::change::tell;
use super::{AlarmBlob, AlarmBlobKind, alarm_in};
use crate::Store;
use crate::blobs::{id_of, sha256_hex};
use crate::engine::Lock;
use crate::error::Result;
use crate::row::Row;
use crate::sql::{Narrow, Sql};

impl Store {
    /// Adds a file to an alarm and tells; of several of one kind the last counts, the others stay. A result picture sets the
    /// alarm's flag and counts as a change of it. Limit above [`crate::blobs::MAX_BLOB_BYTES`].
    #[allow(
        clippy::too_many_arguments,
        reason = "asker, place, content and origin; a struct would only name them twice"
    )]
    pub async fn add_alarm_blob(
        &self,
        access: &Access,
        id: AlarmId,
        kind: AlarmBlobKind,
        content_type: &str,
        bytes: &[u8],
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<AlarmBlob> {
        // Before anything is written: a stranger must not fill the disk.
        self.alarm(access, id).await?;
        let sha256 = sha256_hex(bytes);
        let blob_id = id_of(&format!("{id} {} {} {}", kind.as_str(), at.as_microsecond(), sha256));
        self.write_blob(blob_id, bytes).await?;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        alarm_in(&mut tx, access, id).await?;
        let blob = AlarmBlob {
            kind,
            blob_id,
            content_type: content_type.to_owned(),
            size_bytes: bytes.len() as i64,
            sha256,
        };
        let sql = Sql::new(
            "insert into alarm_blob (alarm_id, kind, blob_id, content_type, size_bytes, sha256, added_by, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (blob_id) do nothing",
        )
        .with(id.0)
        .with(kind.as_str())
        .with(blob.blob_id.0)
        .with(&blob.content_type)
        .with(blob.size_bytes)
        .with(&blob.sha256)
        .with(by.map(|id| id.0))
        .with(at);
        tx.execute(sql).await?;
        if kind == AlarmBlobKind::ResultPicture {
            let sql = "update alarm set has_result_picture = $1, version = version + 1 where id = $2";
            tx.execute(Sql::new(sql).with(true).with(id.0)).await?;
        }
        let after = alarm_in(&mut tx, access, id).await?;
        tell(&mut tx, "alarm.changed", at, &after.alarm).await?;
        tx.commit().await?;
        Ok(blob)
    }

    /// The last file of a kind, its content checked against its hash. Corrupt when the file is missing or altered.
    pub async fn alarm_blob(
        &self,
        access: &Access,
        id: AlarmId,
        kind: AlarmBlobKind,
    ) -> Result<(AlarmBlob, Vec<u8>)> {
        let mut sql = Sql::new(
            "select b.* from alarm_blob b join alarm a on a.id = b.alarm_id join unit_now u on u.unit_id = a.unit_id
             where b.alarm_id = $1 and b.kind = $2",
        )
        .with(id.0)
        .with(kind.as_str());
        sql.narrow(access, Narrow::Current).push(" order by b.seq desc limit 1");
        let blob = read_blob_row(&self.pools.fetch_one(sql).await?)?;
        let bytes = self.read_blob(blob.blob_id, &blob.sha256).await?;
        Ok((blob, bytes))
    }
}

impl AlarmBlobKind {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Clip => "clip",
            Self::ResultPicture => "result_picture",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Picture, Self::Clip, Self::ResultPicture].into_iter().find(|kind| kind.as_str() == word)
    }
}

pub(super) fn read_blob_row(row: &Row) -> Result<AlarmBlob> {
    Ok(AlarmBlob {
        kind: row.word("kind", AlarmBlobKind::parse)?,
        blob_id: row.id("blob_id")?,
        content_type: row.text("content_type")?,
        size_bytes: row.int("size_bytes")?,
        sha256: row.text("sha256")?,
    })
}
