//! Approval: the number, the signature and the sealed content; and finding a published bulletin by what a copy shows.
//!
//! Numbers of a year have no gap: the caller seals with the number that [`Store::next_bulletin_serial`] foretold, and the approval is
//! refused when another bulletin took it meanwhile, so that the caller seals again with the next one.

use domain::access::Access;
use domain::bulletin::life::{BulletinEvent, BulletinState};
use domain::ids::{BlobId, BulletinId, SnapshotId, UserId};
use jiff::Timestamp;

use super::change::{Revision, Step, insert_revision, take};
use super::need_all_in;
use crate::Store;
use crate::blobs::{id_of, sha256_hex};
use crate::engine::Lock;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// Published bulletins looked through for a title at most, newest first.
const TITLES_MAX: i64 = 500;

/// What sealing produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeal {
    /// Year of the number.
    pub year: i16,
    /// Running number within the year, from 1.
    pub serial: i64,
    /// 发文字号 as printed.
    pub number: String,
    /// Name of the signature scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// SHA-256 over the canonical content, lower-case hex.
    pub digest: String,
    /// The signature, base64.
    pub value: String,
    /// The sealed bulletin, JSON.
    pub content: Vec<u8>,
}

/// What is approved, on which ground.
#[derive(Debug, Clone, Copy)]
pub struct Approval<'a> {
    /// The bulletin.
    pub id: BulletinId,
    /// The version the approver read.
    pub version: i64,
    /// Who approves.
    pub by: UserId,
    /// Why errors or open objections are passed over.
    pub override_reason: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// Whether the approval holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approved {
    /// It does.
    Done,
    /// Another bulletin has the number; seal again with the next one.
    NumberTaken,
}

/// A seal with where its bulletin stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The bulletin.
    pub bulletin_id: BulletinId,
    /// Its state.
    pub state: BulletinState,
    /// Its title.
    pub title: String,
    /// 发文字号
    pub number: String,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// By whom.
    pub approved_by: UserId,
    /// Why errors or open objections were passed over.
    pub override_reason: Option<String>,
    /// Name of the signature scheme.
    pub algorithm: String,
    /// Short name of the key.
    pub key_id: String,
    /// SHA-256 over the canonical content.
    pub digest: String,
    /// The signature, base64.
    pub value: String,
    blob_id: BlobId,
    sha256: String,
}

impl Store {
    /// The number the next approved bulletin of a year gets. Only for those who see drafts.
    pub async fn next_bulletin_serial(&self, access: &Access, year: i16) -> Result<i64> {
        self.need_all(access).await?;
        let sql = Sql::new("select coalesce(max(serial), 0) + 1 as next from bulletin_seal where year = $1")
            .with(i64::from(year));
        self.pools.fetch_one(sql).await?.int("next")
    }

    /// Approves: number, seal, dated text and state in one transaction, the sealed content durable before it.
    ///
    /// Conflict when the bulletin is no longer at the version the approver read.
    pub async fn approve_bulletin(
        &self,
        access: &Access,
        approval: &Approval<'_>,
        text: &Revision,
        seal: &NewSeal,
    ) -> Result<Approved> {
        let Approval { id, version, by, override_reason, at } = *approval;
        self.need_all(access).await?;
        let sha256 = sha256_hex(&seal.content);
        let blob_id = id_of(&format!("{id} sealed {} {sha256}", seal.number));
        self.write_blob(blob_id, &seal.content).await?;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Bulletins).await?;
        need_all_in(&mut tx, access).await?;
        let year = i64::from(seal.year);
        let sql = Sql::new("select coalesce(max(serial), 0) + 1 as next from bulletin_seal where year = $1")
            .with(year);
        let next = tx.fetch_opt(sql).await?.map_or(Ok(1), |row| row.int("next"))?;
        if next != seal.serial {
            return Ok(Approved::NumberTaken);
        }
        let sql = Sql::new("update bulletin set number = $1, digest = $2, title = $3 where id = $4")
            .with(&seal.number)
            .with(&seal.digest)
            .with(&text.title)
            .with(id.0);
        tx.execute(sql).await?;
        let event = BulletinEvent::Approve;
        let step = Step { id, version, event, to: BulletinState::Approved, note: override_reason, at };
        let revision = take(&mut tx, access, &step, 1).await?;
        insert_revision(&mut tx, access, id, revision, text, at).await?;
        let sql = Sql::new(
            "insert into bulletin_seal (bulletin_id, revision, year, serial, number, approved_at, approved_by, override_reason,
                 algorithm, key_id, digest, value, blob_id, sha256, size_bytes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .with(id.0)
        .with(revision)
        .with(year)
        .with(seal.serial)
        .with(&seal.number)
        .with(at)
        .with(by.0)
        .with(override_reason)
        .with(&seal.algorithm)
        .with(&seal.key_id)
        .with(&seal.digest)
        .with(&seal.value)
        .with(blob_id.0)
        .with(&sha256)
        .with(seal.content.len() as i64);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(Approved::Done)
    }

    /// The seal of an approved bulletin the asker may see; none while there is none, or none for this asker yet.
    pub async fn bulletin_seal(&self, access: &Access, id: BulletinId) -> Result<Option<Seal>> {
        if self.bulletin(access, id).await?.number.is_none() {
            return Ok(None);
        }
        let mut sql = Sql::new(SEALS);
        sql.push("b.id = ").bind(id.0);
        self.pools.fetch_opt(sql).await?.as_ref().map(read_seal).transpose()
    }

    /// A bulletin that was published, by its number or its digest. Known to everybody; nothing unpublished is found.
    pub async fn published_bulletin(&self, number_or_digest: &str) -> Result<Option<Seal>> {
        let mut sql = Sql::new(SEALS);
        sql.push("b.published_at is not null and (z.number = ").bind(number_or_digest);
        sql.push(" or z.digest = ").bind(number_or_digest).push(")");
        self.pools.fetch_opt(sql).await?.as_ref().map(read_seal).transpose()
    }

    /// Published bulletins with a title, newest first.
    pub async fn published_bulletins_titled(&self, title: &str) -> Result<Vec<Seal>> {
        let mut sql = Sql::new(SEALS);
        sql.push("b.published_at is not null and b.title = ").bind(title);
        sql.push(" order by z.approved_at desc limit ").bind(TITLES_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_seal).collect()
    }

    /// Different titles of published bulletins, the latest first.
    pub async fn published_titles(&self) -> Result<Vec<String>> {
        let mut sql = Sql::new(
            "select b.title, max(b.published_at) as last from bulletin b where b.published_at is not null group by b.title order by last desc limit ",
        );
        sql.bind(TITLES_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.text("title")).collect()
    }

    /// The snapshot that the bulletin published last was written from.
    pub async fn last_published_snapshot(&self) -> Result<Option<SnapshotId>> {
        let sql = Sql::new(
            "select snapshot_id from bulletin where published_at is not null order by published_at desc, id desc limit 1",
        );
        self.pools.fetch_opt(sql).await?.map(|row| row.id("snapshot_id")).transpose()
    }

    /// The sealed content, compared with its hash. Corrupt when the file is missing or altered. Whoever holds a [`Seal`] was allowed
    /// to see it.
    pub async fn sealed_content(&self, seal: &Seal) -> Result<Vec<u8>> {
        self.read_blob(seal.blob_id, &seal.sha256).await
    }
}

const SEALS: &str =
    "select z.*, b.state, b.title from bulletin_seal z join bulletin b on b.id = z.bulletin_id where ";

fn read_seal(row: &Row) -> Result<Seal> {
    Ok(Seal {
        bulletin_id: row.id("bulletin_id")?,
        state: row.word("state", BulletinState::parse)?,
        title: row.text("title")?,
        number: row.text("number")?,
        approved_at: row.time("approved_at")?,
        approved_by: row.id("approved_by")?,
        override_reason: row.text_opt("override_reason")?,
        algorithm: row.text("algorithm")?,
        key_id: row.text("key_id")?,
        digest: row.text("digest")?,
        value: row.text("value")?,
        blob_id: row.id("blob_id")?,
        sha256: row.text("sha256")?,
    })
}
